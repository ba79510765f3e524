# SPDX-License-Identifier: Apache-2.0
# A small random export for the nodes of export-nodes.txt, under pseudonyms, with some of every difficulty: steps side by
# side and one after another, jobs on several nodes, typed GPUs, times to the second, jobs that never started, that
# still run, that ran again under the same id, that were not measured, that took or asked for
# all memory of their nodes, or the nodes for themselves; people who work
# in several groups, and some who leave nearly all of their cores idle; a step without its job, a row cut short.
# Given: seed, jobs.

# Park and Miller's generator: the same numbers from every awk.
function chance(n) {
	seed = seed * 16807 % 2147483647
	return int(seed / 2147483647 * n)
}

function pick(words,    part, n) {
	n = split(words, part, " ")
	return part[chance(n) + 1]
}

# Seconds after the beginning of 2024, a leap year, as sacct prints a time.
function when(seconds,    day, month, length_of) {
	day = int(seconds / 86400)
	split("31 29 31 30 31 30 31 31 30 31 30 31", length_of, " ")
	for (month = 1; day >= length_of[month]; month++)
		day -= length_of[month]
	return sprintf("2024-%02d-%02dT%02d:%02d:%02d", month, day + 1, int(seconds / 3600) % 24, int(seconds / 60) % 60,
	               seconds % 60)
}

# Milliseconds as sacct prints a duration: with a fraction below an hour, with days above a day.
function duration(ms,    seconds, text) {
	seconds = int(ms / 1000)
	if (seconds < 3600)
		return sprintf("%02d:%02d.%03d", seconds / 60, seconds % 60, ms % 1000)
	text = sprintf("%02d:%02d:%02d", int(seconds / 3600) % 24, int(seconds / 60) % 60, seconds % 60)
	return seconds < 86400 ? text : int(seconds / 86400) "-" text
}

function put(    i, line) {
	for (i = 1; i <= columns; i++) {
		line = line (i > 1 ? "|" : "") field[column[i]]
		field[column[i]] = ""
	}
	print line
}

function put_step(name, from, seconds, cpu_ms, kib, tasks) {
	field["JobIDRaw"] = id "." name
	field["State"] = "COMPLETED"
	field["Start"] = when(from)
	field["End"] = when(from + seconds)
	field["ElapsedRaw"] = seconds
	field["TotalCPU"] = duration(cpu_ms)
	field["MaxRSS"] = kib "K"
	field["NTasks"] = tasks
	if (gpu && name == "0" && id % 2)
		field["TRESUsageInAve"] = "gres/gpuutil=" (chance(3) ? 1 + chance(99) : 0)
	if (chance(4))
		field["TRESUsageInTot"] = "cpu=" duration(cpu_ms - cpu_ms % 1000) ",mem=" kib * tasks "K"
	put()
}

function put_steps(    cpu_ms, kib, half) {
	if (elapsed < 10 || !chance(8))
		return
	cpu_ms = cpus * elapsed * 10 * chance(user % 5 ? 105 : 20)
	kib = int(memory * 1024 * (1 + chance(103)) / 100)
	half = int(elapsed / 2)
	put_step("batch", start, elapsed, int(cpu_ms / 4), int(kib / 4), 1)
	put_step("0", start, half, int(cpu_ms / 4), int(kib / 2 / cpus), cpus)
	put_step("1", chance(2) ? start : start + half, elapsed - half, int(cpu_ms / 2), int(kib / 2), 1)
}

function put_job(state,    first, stem) {
	user = 1 + int(chance(600) * chance(600) / 12000)
	gpu = chance(5) == 0
	stem = gpu ? "gp" : chance(10) ? "cn" : "bm"
	most = stem == "cn" ? 24 : stem == "gp" ? 4 : 2
	nodes = 1 + chance(most < 4 ? 2 : 4)
	first = 1 + chance(most - nodes + 1)
	cpus = nodes * (1 + chance(stem == "cn" ? 16 : 32))
	memory = nodes * (chance(10) ? 1000 * (1 + chance(60)) : stem == "cn" ? 64000 : stem == "gp" ? 128000 : 512000)
	submit = (state == "RUNNING" ? 180 * 86400 : 0) + chance((state == "RUNNING" ? 20 : 200) * 86400)
	start = submit + chance(20) * chance(600)
	elapsed = chance(6) ? chance(user % 5 ? 3 * 86400 : 36000) : chance(400)
	if (state == "RUNNING")
		elapsed = 202 * 86400 - start
	field["JobIDRaw"] = id
	field["User"] = sprintf("user_%04d", user)
	field["Account"] = "group_" substr("ABCDE", 1 + (chance(8) ? user % 5 : chance(5)), 1)
	field["TimelimitRaw"] = chance(6) ? int(elapsed / 60 * (10 + chance(90)) / 10) + 1 : "UNLIMITED"
	field["Group"] = "group_" pick("A B")
	field["State"] = state
	field["Partition"] = stem == "gp" ? "gpu" : stem == "bm" ? "bigmem" : id % 3 ? "batch" : "short"
	field["Submit"] = when(submit)
	if (chance(10))
		field["Eligible"] = when(submit + chance(start - submit))
	field["ReqMem"] = chance(15) ? memory "M" : "0"
	field["Exclusive"] = chance(15) ? "" : "yes"
	field["ReqCPUS"] = cpus
	if (state == "PENDING") {
		field["Start"] = field["End"] = "Unknown"
		field["ElapsedRaw"] = field["AllocCPUS"] = field["NNodes"] = 0
		field["NodeList"] = "None assigned"
		put()
		return
	}
	field["Start"] = when(start)
	field["End"] = state == "RUNNING" ? "Unknown" : when(start + elapsed)
	field["ElapsedRaw"] = elapsed
	field["AllocCPUS"] = cpus
	field["NNodes"] = nodes
	if (nodes == 1)
		field["NodeList"] = sprintf("%s%02d", stem, first)
	else if (nodes == 3)
		field["NodeList"] = sprintf("%s[%02d-%02d,%02d]", stem, first, first + 1, first + 2)
	else
		field["NodeList"] = sprintf("%s[%02d-%02d]", stem, first, first + nodes - 1)
	field["AllocTRES"] = "cpu=" cpus (field["ReqMem"] == "0" && !chance(4) ? "" : ",mem=" (++asked % 97 ? memory : nodes) "M") ",node=" nodes
	if (gpu)
		field["AllocTRES"] = field["AllocTRES"] pick(",gres/gpu= ,gres/gpu:a100=1,gres/gpu=") nodes
	put()
	put_steps()
}

BEGIN {
	columns = split("JobIDRaw User Account Group State Submit Eligible Start End ElapsedRaw ReqCPUS AllocCPUS ReqMem " \
	                "NNodes NodeList AllocTRES TotalCPU MaxRSS NTasks TRESUsageInTot TRESUsageInAve TimelimitRaw Exclusive Partition", column, " ")
	for (i = 1; i <= columns; i++)
		field[column[i]] = column[i]
	put()
	for (id = 1001; id <= 1000 + jobs; id++) {
		put_job(pick("COMPLETED COMPLETED COMPLETED COMPLETED COMPLETED COMPLETED FAILED TIMEOUT CANCELLED " \
		             "OUT_OF_MEMORY NODE_FAIL PENDING RUNNING"))
		if (!chance(25)) {
			id--
			put_job("COMPLETED") # again, submitted at another time
			id++
		}
		if (!chance(25))
			print id ".9||||COMPLETED|2024-01"
	}
	id = 99999
	put_step("batch", 86400, 60, 1000, 1000, 1)
}
