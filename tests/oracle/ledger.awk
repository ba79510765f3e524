# SPDX-License-Identifier: Apache-2.0
# Inventory, then jobs as fold.awk writes them → one line a job with what it held inside the window,
# class by class, in micro-node-seconds, expected scenario (doc/model.md, "The ledger"):
#   1 id 2 user 3 account 4 group 5 state 6 held 7 useful 8 memory 9 cpu 10 both 11 gpu 12 failed
#   13 unfinished 14 unmeasured
# What memory takes beyond CPUs of each shape of node, and the reverse, in micro-node-seconds, goes to the file `stranded`:
#   1 shape 2 memory beyond CPUs 3 CPUs beyond memory
# Needs hosts.awk. Given: inventory (its name), from, to (the window), stranded (a name).
BEGIN {
	OFS = "\t"
	memory_headroom = 1.2
	sampling_limit = 300
	idle_session = 3600
	gpu_grace = 1800
}

function least(a, b) { return a < b ? a : b }
function most(a, b) { return a > b ? a : b }

function after(text, name) { # the value of name=… among words
	if (!match(" " text, " " name "=[^ ]*"))
		return ""
	return substr(" " text, RSTART + length(name) + 2, RLENGTH - length(name) - 2)
}

FILENAME == inventory {
	shape = after($0, "CPUTot") " " after($0, "RealMemory") " "
	gres = after($0, "Gres")
	shape = shape (gres ~ /^gpu:/ ? substr(gres, match(gres, /[0-9]+$/)) : 0)
	shape_of[after($0, "NodeName")] = shape
	next
}

FNR == 1 { FS = "\t"; $0 = $0 }

# How many of the job's nodes are of each shape, in places[]
function place(list,    n, i, shape) {
	for (shape in places)
		delete places[shape]
	n = hosts(list)
	for (i = 1; i <= n; i++) {
		if (!(host[i] in shape_of))
			print "oracle: no such node: " host[i] > "/dev/stderr"
		places[shape_of[host[i]]]++
	}
}

function micro(share) { return int(1000000 * least(1, share) + 0.5) }

# Right-sized CPUs of the whole job
function cpus_needed(cpus, used_ms, elapsed, nodes,    busy, n, a) {
	busy = least(used_ms / 1000 / elapsed, cpus)
	n = int((used_ms * 12 + elapsed * 10000 - 1) / (elapsed * 10000)) # busy × 1.2, rounded up
	n = least(most(n, nodes), cpus)
	a = cpus > 1 ? most(0, busy - 1) / (cpus - 1) : 1
	return cpus - (cpus - n) * (1 - a)
}

# Adds to sum[] what the job does on `count` nodes of this shape.
function judge(shape, count, weigh_memory,
               has, c, c1, m, m1, g, g1, s0, sm, sc, smc, left, useful) {
	split(shape, has, " ")
	c = cpus / nodes / has[1]
	m = memory / nodes / (has[2] * 1024)
	g = has[3] ? gpus / nodes / has[3] : 0
	c1 = used_ms >= 0 ? cpus_needed(cpus, used_ms, elapsed, nodes) / nodes / has[1] : c
	m1 = weigh_memory && peak >= 0 ? least(m, m * peak * memory_headroom / memory) : m
	g1 = util == 0 && elapsed > gpu_grace ? 0 : g
	s0 = micro(most(most(c, m), g))
	sm = micro(most(most(c, m1), g))
	sc = micro(most(most(c1, m), g))
	smc = micro(most(most(c1, m1), g))
	left = micro(most(most(c1, m1), g1))
	useful = micro(most(most(used_ms >= 0 ? c1 : 0, peak >= 0 ? m1 : 0), util >= 0 ? g1 : 0))
	sum["memory"] += count * (s0 - sm)
	sum["cpu"] += count * (s0 - sc)
	sum["both"] += count * (s0 - smc - (s0 - sm) - (s0 - sc))
	sum["gpu"] += count * (smc - left)
	if (weigh_memory) {
		sum["useful"] += count * useful
		sum["unmeasured"] += count * (left - useful)
	} else {
		sum["failed"] += count * left
	}
}

function whole(class, shape, count,    has) {
	split(shape, has, " ")
	sum[class] += count * micro(most(most(cpus / nodes / has[1],
	                                      memory / nodes / (has[2] * 1024)),
	                                 has[3] ? gpus / nodes / has[3] : 0))
}

# By how much the job is larger in memory than in CPUs on the nodes of this shape.
function lean(shape, count,    has, tilt) {
	split(shape, has, " ")
	tilt = micro(memory / nodes / (has[2] * 1024)) - micro(cpus / nodes / has[1])
	if (tilt > 0) beyond_cpus[shape] += tilt * count * inside
	else beyond_memory[shape] -= tilt * count * inside
	shapes[shape]
}

function class_of(state) {
	if (state ~ /^(FAILED|OUT_OF_MEMORY|NODE_FAIL|BOOT_FAIL|DEADLINE|PREEMPTED|REQUEUED)$/)
		return "failed"
	if (state ~ /^(PENDING|RUNNING|SUSPENDED|RESIZING)$/)
		return "unfinished"
	if (elapsed < sampling_limit || (used_ms < 0 && peak < 0 && util < 0))
		return "unmeasured"
	if (state == "COMPLETED")
		return "judged"
	return elapsed >= idle_session ? "session" : "failed"
}

$17 == 1 {
	elapsed = $11; cpus = $12; memory = $13; gpus = $14; nodes = $15
	used_ms = $18; peak = $19; util = $20
	inside = least($9 + elapsed, to) - most($9, from)
	state = $6
	sub(/ .*/, "", state)
	if (inside <= 0)
		next
	for (class in sum)
		delete sum[class]
	place($16)
	class = class_of(state)
	for (shape in places) {
		whole("held", shape, places[shape])
		if (memory > 0)
			lean(shape, places[shape])
		if (class == "judged" || class == "session")
			judge(shape, places[shape], class == "judged")
		else
			whole(class, shape, places[shape])
	}
	printf "%s\t%s\t%s\t%s\t%s", $2, $3, $4, $5, state
	n = split("held useful memory cpu both gpu failed unfinished unmeasured", order, " ")
	for (i = 1; i <= n; i++)
		printf "\t%.0f", sum[order[i]] * inside
	printf "\n"
}

END {
	for (shape in shapes)
		printf "%s\t%.0f\t%.0f\n", shape, beyond_cpus[shape], beyond_memory[shape] > stranded
}
