# SPDX-License-Identifier: Apache-2.0
# Assumptions, nodes as shapes.awk writes them, then jobs as fold.awk writes them → for each job, kind of node and scenario a line with what
# it held inside the window, class by class, in micro-nodes (doc/model.md, "The ledger"):
#   1 line of the job 2 scenario 3 kind of node 4 user 5 account 6 group 7 state 8 from 9 to (inside the window) 10 whether it took
#   all memory of these nodes 11 held 12 useful 13 memory 14 cpu 15 both 16 gpu 17 failed 18 unfinished 19 unmeasured 20 whole nodes
# What memory takes beyond CPUs of each kind of node, and the reverse, in micro-node-seconds, goes to the file `stranded`:
#   1 kind of node 2 memory beyond CPUs 3 CPUs beyond memory
# Needs hosts.awk. Given: assumptions and shapes (their names), from, to (the window), stranded (a name),
# inferred (whether nodes are: then to hold as much as one has proves nothing).
BEGIN {
	FS = OFS = "\t"
	scenarios = split("low expected high", scenario, " ")
	classes = split("held useful memory cpu both gpu failed unfinished unmeasured whole_node", order, " ")
}

function least(a, b) { return a < b ? a : b }
function most(a, b) { return a > b ? a : b }

FILENAME == assumptions {
	expected[$1] = $3
	for (s = 1; s <= scenarios; s++) {
		if ($1 == "memory_headroom")
			memory_room[s] = int(100 + $(s + 1) * 100 + 0.5) # of a hundred, of what was used
		if ($1 == "cpu_headroom")
			cpu_room[s] = int(100 + $(s + 1) * 100 + 0.5)
	}
	next
}

FILENAME == shapes {
	shape_of[$1] = $2
	node_cpus[$2] = $3
	node_kib[$2] = $4 * 1024
	node_gpus[$2] = $5
	next
}

# How many of the job's nodes are of each shape, in places[]
function place(list,    n, i, shape) {
	for (shape in places)
		delete places[shape]
	n = hosts(list)
	for (i = 1; i <= n; i++)
		if (host[i] in shape_of)
			places[shape_of[host[i]]]++
}

# amount ÷ whole of a node, in micro-nodes: at most one, rounded once. Both are whole numbers.
function share(amount, whole) { return whole ? int(least(amount, whole) * 1000000 / whole + 0.5) : 0 }

function memory_share(shape) { return all_memory ? 1000000 : share(most(0, memory), nodes * node_kib[shape]) }

function largest(c, m, g) { return most(most(c, m), g) }

# floor(a × b ÷ c × 1000000) of whole numbers, b <= c: digit by digit, since awk counts to 2^53 only.
function millionths(a, b, c,    whole, left, digits, i) {
	left = a * b
	for (i = 0; i <= 2; i++) {
		whole = int(left / c)
		if (whole * c > left)
			whole--
		digits = digits * 1000 + whole
		left = (left - whole * c) * 1000
	}
	return digits
}

# Right-sized CPUs of the whole job, in millionths; room is of a hundred. In the high scenario there is nothing for serial phases.
function cpus_needed(s,    core, used, n) {
	core = elapsed * 1000
	used = least(used_ms, core * cpus)
	n = int((used * cpu_room[s] + core * 100 - 1) / (core * 100)) # busy × room, rounded up
	n = least(most(n, nodes), cpus)
	if (scenario[s] == "high" || cpus <= 1)
		return n * 1000000
	return cpus * 1000000 - millionths(cpus - n, core * cpus - most(used, core), core * (cpus - 1))
}

# Adds to sum[] what the job does on `count` nodes of this shape.
function judge(s, shape, count, weigh_memory,    c, c1, m, m1, g, g1, s0, sm, sc, smc, left, useful) {
	c = share(cpus, nodes * node_cpus[shape])
	m = memory_share(shape)
	g = share(gpus, nodes * node_gpus[shape])
	c1 = used_ms >= 0 ? share(cpus_needed(s), nodes * node_cpus[shape] * 1000000) : c
	m1 = weigh_memory && peak >= 0 ? least(m, share(int(peak * memory_room[s] / 100), nodes * node_kib[shape])) : m
	g1 = util == 0 && elapsed > expected["gpu_grace"] ? 0 : g
	s0 = largest(c, m, g)
	sm = largest(c, m1, g)
	sc = largest(c1, m, g)
	smc = largest(c1, m1, g)
	left = largest(c1, m1, g1)
	useful = largest(used_ms >= 0 ? c1 : 0, peak >= 0 ? m1 : 0, util >= 0 ? g1 : 0)
	sum["whole_node"] += count * ((exclusive ? 1000000 : s0) - s0)
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

function whole(class, shape, count) {
	sum[class] += count * (exclusive ? 1000000 : largest(share(cpus, nodes * node_cpus[shape]), memory_share(shape),
	                                                     share(gpus, nodes * node_gpus[shape])))
}

# By how much the job is larger in memory than in CPUs on the nodes of this shape.
function lean(shape, count, inside,    tilt) {
	leans[shape]
	if (exclusive || (memory < 0 && !all_memory))
		return
	tilt = memory_share(shape) - share(cpus, nodes * node_cpus[shape])
	if (tilt > 0)
		beyond_cpus[shape] += tilt * count * inside
	else
		beyond_memory[shape] -= tilt * count * inside
}

function class_of(state) {
	if (state ~ /^(FAILED|OUT_OF_MEMORY|NODE_FAIL|BOOT_FAIL|DEADLINE|PREEMPTED|REQUEUED)$/)
		return "failed"
	if (state ~ /^(PENDING|RUNNING|SUSPENDED|RESIZING)$/)
		return "unfinished"
	if (elapsed < expected["sampling_limit"] || (used_ms < 0 && peak < 0 && util < 0))
		return "unmeasured"
	if (state == "COMPLETED")
		return "judged"
	return elapsed >= expected["idle_session"] ? "session" : "failed"
}

function put(s, shape, class,    c, i) {
	for (c in sum)
		delete sum[c]
	whole("held", shape, places[shape])
	if (class == "judged" || class == "session")
		judge(s, shape, places[shape], class == "judged")
	else
		whole(class, shape, places[shape])
	printf "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t%d\t%d", FNR, scenario[s], shape, $3, $4, $5, state, first, last,
	       (all_memory || exclusive || (!inferred && memory / nodes >= node_kib[shape]))
	for (i = 1; i <= classes; i++)
		printf "\t%.0f", sum[order[i]]
	printf "\n"
}

$17 == 1 {
	elapsed = $11; cpus = $12; memory = $13; gpus = $14; nodes = $15
	used_ms = $18; peak = $19; util = $20; all_memory = $22; exclusive = $23
	first = most($9, from)
	last = least($9 + elapsed, to)
	state = $6
	sub(/ .*/, "", state)
	if (first >= last)
		first = last = from # it has a place, and no time inside
	place($16)
	for (shape in places) {
		lean(shape, places[shape], last - first)
		for (s = 1; s <= scenarios; s++)
			put(s, shape, class_of(state))
	}
}

END {
	for (shape in leans)
		printf "%s\t%.0f\t%.0f\n", shape, beyond_cpus[shape], beyond_memory[shape] > stranded
}
