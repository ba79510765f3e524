# SPDX-License-Identifier: Apache-2.0
# A raw export → one line a job, its steps folded in, tab-separated:
#   1 cluster 2 id 3 user 4 account 5 group 6 state 7 submit 8 eligible 9 start 10 end 11 elapsed
#   12 cpus 13 memory KiB 14 gpus 15 nodes 16 node list 17 ran 18 CPU ms used 19 peak KiB 20 gpuutil
#   21 time limit, seconds; -1: none, -2: not known 22 whether it asked for all memory of its nodes 23 whether no other job may be beside it
#   24 partition 25 whether it is an element of an array; -1: not known
# Memory is -1 where nothing but "all" was asked for.
# Times are seconds since 1970, as printed; -1 is unknown. What became of each row goes to the file `rows`, and in the words of a
# report's table to the file `fates`; cluster, job number, submit and end of each job to the file `numbers`.
BEGIN { FS = "|"; OFS = "\t"; CONVFMT = "%.15g" }

function field(name) { return (name in at) ? $at[name] : "" }

function days_before(year, month, day,    y, era, of_era, of_year) {
	y = month <= 2 ? year - 1 : year
	era = int(y / 400)
	of_era = y - era * 400
	of_year = int((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
	return era * 146097 + of_era * 365 + int(of_era / 4) - int(of_era / 100) + of_year - 719468
}

function time(text,    date, hour, minute) {
	if (text !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][T ]/)
		return -1
	date = substr(text, 1, 10)
	if (!(date in day))
		day[date] = days_before(substr(date, 1, 4) + 0, substr(date, 6, 2) + 0,
		                        substr(date, 9, 2) + 0)
	hour = substr(text, 12, 2)
	minute = substr(text, 15, 2)
	return day[date] * 86400 + hour * 3600 + minute * 60 + substr(text, 18, 2)
}

# D-HH:MM:SS, HH:MM:SS, MM:SS.mmm → milliseconds
function duration(text,    part, n, i, sum, days) {
	if (text == "")
		return 0
	if (index(text, "-")) {
		days = substr(text, 1, index(text, "-") - 1)
		text = substr(text, index(text, "-") + 1)
	}
	n = split(text, part, ":")
	for (i = 1; i <= n; i++)
		sum = sum * 60 + part[i]
	return days * 86400000 + int(sum * 1000 + 0.5)
}

# 250G → KiB; without a unit the number is one of `plain` KiB
function size(text, plain,    unit) {
	unit = substr(text, length(text))
	if (unit == "K") return text + 0
	if (unit == "M") return text * 1024
	if (unit == "G") return text * 1048576
	if (unit == "T") return text * 1073741824
	return text * plain
}

# The value of one name in cpu=4,mem=16G,…; "" when it is not there
function tres(text, name,    i) {
	text = "," text
	i = index(text, "," name "=")
	if (!i)
		return ""
	text = substr(text, i + length(name) + 2)
	i = index(text, ",")
	return i ? substr(text, 1, i - 1) : text
}

function gpus(text,    part, n, i, sum) {
	if (tres(text, "gres/gpu") != "")
		return tres(text, "gres/gpu") + 0
	n = split(text, part, ",")
	for (i = 1; i <= n; i++)
		if (part[i] ~ /^gres\/gpu:/)
			sum += substr(part[i], index(part[i], "=") + 1)
	return sum + 0
}

# The largest sum over steps that run at one moment: it can only rise where a step starts.
function peak(    i, k, sum, most) {
	most = -1
	for (i = 1; i <= steps; i++) {
		sum = 0
		for (k = 1; k <= steps; k++)
			if (from[k] <= from[i] && (to[k] > from[i] || from[k] == from[i]))
				sum += held[k]
		if (sum > most)
			most = sum
	}
	return most
}

function put(    used) {
	if (id == "")
		return
	used = total_cpu ? total_cpu : step_cpu ? step_cpu : step_tres_cpu ? step_tres_cpu : -1
	printf "%s\t%.0f\t%.0f\t%d\t%d\t%d\t%d\t%s\t%d\n", line, used, peak(), gpu_util, limit, all_memory, exclusive, partition, task
	id = ""
}

# Without a list of nodes what started and took time had some.
function nodes_of(tres_list) {
	if (field("nodelist") == "None assigned" || (field("nodelist") == "" && (time(field("start")) < 0 || field("elapsedraw") <= 0)))
		return 0
	if (field("nodelist") == "" && tres(tres_list, "node") > 0)
		return tres(tres_list, "node")
	return field("nnodes") > 0 ? field("nnodes") : 1
}

# A value that is not what its column holds is not known.
function readable(column, pattern) {
	if (field(column) == "" || field(column) ~ pattern)
		return 1
	unread[column]++
	return 0
}

function job(    text, memory, cpus, nodes, asked) {
	put()
	id = field("jobidraw")
	if ((field("cluster") "|" id "|" field("submit")) in seen) {
		count["duplicates"]++
		again = id
		id = ""
		return
	}
	seen[field("cluster") "|" id "|" field("submit")] = 1
	again = ""
	count["used"]++
	asked = readable("reqmem", "^[0-9.]+[KMGTP]?[nc]?$")
	readable("totalcpu", "^([0-9]+-)?[0-9:.]+$")
	text = field("alloctres")
	memory = tres(text, "mem")
	all_memory = field("reqmem") ~ /^0[KMGT]?[nc]?$/
	free = all_memory && memory == "" && tres(text, "cpu") > 0 # Slurm says what it gave, and gave no memory
	task = "jobid" in at ? field("jobid") ~ /_/ : -1
	exclusive = field("exclusive") != "" && field("exclusive") !~ /^(0|[Nn][Oo])$/
	if (memory == "")
		memory = all_memory || !asked ? -1 : field("reqmem")
	if (free)
		all_memory = 0
	cpus = field("alloccpus")
	nodes = nodes_of(text)
	if (memory >= 0 && size(memory, 1024) == nodes * 1024) { # Slurm was not told the memory of nodes
		memory = -1
		all_memory = 0
	}
	line = field("cluster") OFS id OFS field("user") OFS field("account") OFS \
	       field("group") OFS field("state") OFS time(field("submit")) OFS time(field("eligible")) OFS \
	       time(field("start")) OFS time(field("end")) OFS field("elapsedraw") OFS cpus OFS \
	       (memory < 0 ? -1 : size(memory, 1024)) OFS gpus(text) OFS nodes OFS field("nodelist") OFS (nodes > 0)
	if (numbers)
		print field("cluster"), field("jobid") == "" ? id : field("jobid"), time(field("submit")), time(field("end")) > numbers
	partition = field("partition")
	limit = field("timelimitraw") ~ /^[0-9]+$/ ? field("timelimitraw") * 60 : field("timelimitraw") == "UNLIMITED" ? -1 : -2
	total_cpu = duration(field("totalcpu"))
	step_cpu = step_tres_cpu = steps = 0
	gpu_util = -1
}

function tasks(text) { return text > 1 ? text + 0 : 1 }

function step(raw,    used, memory, util) {
	raw = substr(raw, 1, index(raw, ".") - 1)
	if (raw == again && id == "") {
		count["duplicates"]++
		return
	}
	if (raw != id) {
		count["set_aside"]++
		alone++
		return
	}
	count["steps"]++
	readable("totalcpu", "^([0-9]+-)?[0-9:.]+$")
	readable("maxrss", "^[0-9.]+[KMGTP]?$")
	step_cpu += duration(field("totalcpu"))
	used = field("tresusageintot")
	step_tres_cpu += duration(tres(used, "cpu"))
	memory = tres(used, "mem")
	if (memory != "")
		memory = size(memory, 1 / 1024)
	else if (field("maxrss") != "")
		memory = size(field("maxrss"), 1 / 1024) * tasks(field("ntasks"))
	if (memory != "") {
		steps++
		from[steps] = time(field("start"))
		to[steps] = from[steps] + field("elapsedraw")
		held[steps] = memory
	}
	util = tres(field("tresusageinave"), "gres/gpuutil")
	if (util != "")
		gpu_util = (gpu_util < 0 ? 0 : gpu_util) + util
}

NR == 1 {
	for (i = 1; i <= NF; i++)
		at[tolower($i)] = i
	columns = NF
	next
}

{
	count["read"]++
	if (NF != columns)
		count["set_aside"]++
	else if (index(field("jobidraw"), "."))
		step(field("jobidraw"))
	else
		job()
}

function fate(words, number) { printf "rows.%s.count\t%d\n", words, number > fates }

END {
	put()
	n = split("read used steps duplicates set_aside", name, " ")
	for (i = 1; i <= n; i++)
		printf "rows.%s\t%d\n", name[i], count[name[i]] > rows
	split("ReqMem TotalCPU MaxRSS", name, " ")
	for (i = 1; i <= 3; i++) {
		all_unread += unread[tolower(name[i])]
		if (unread[tolower(name[i])])
			printf "values.%s.count\t%d\n", name[i], unread[tolower(name[i])] > fates
	}
	printf "values.unread\t%d\n", all_unread > rows
	fate("jobs", count["used"])
	fate("steps, folded into their job", count["steps"])
	fate("repetitions of a job already counted", count["duplicates"])
	if (count["set_aside"] > alone)
		fate("set aside: wrong number of fields", count["set_aside"] - alone)
	if (alone)
		fate("set aside: a step without its job", alone)
}
