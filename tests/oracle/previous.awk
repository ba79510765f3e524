# SPDX-License-Identifier: Apache-2.0
# Figures of a former report, then of this one, as oracle.sh writes them → what changed (doc/model.md, "Compared with a former report"):
# lines "id TAB value"; with -v rows=1 which figures stand in its two tables: lines "compared TAB id" and "actions TAB id TAB finding".
BEGIN {
	FS = "\t"
	# Figure, how it is compared, and the finding whose advice should move it.
	n = split("saving.total.expected ratio - own.keep_users ratio - cost.total ratio - utilization points - coverage points - capacity.nodes ratio own_or_rent " \
	          "cpu.hours daily - gpu.hours daily - jobs.count daily - demand.cpus.p85 ratio - demand.cpus.peak ratio peak " \
	          "power.excess.share points power_users memory.excess.share points memory idle.excess.share points idle_jobs " \
	          "groups.training.count ratio groups failed.share points failed_work limits.loose.share points time_limits " \
	          "short.share points short_jobs serial.spare.share points serial_cores gpus.idle.share points gpus " \
	          "spread.share points fragmentation waiting.late.share points waiting stranded.cpus.share points stranded", word, " ")
	for (i = 1; i <= n; i += 3) {
		id[++ids] = word[i]
		how[ids] = word[i + 1]
		advice[ids] = word[i + 2]
	}
	findings = split("own_or_rent:Own or rent;power_users:Heaviest users;memory:Memory requests;idle_jobs:Idle jobs;groups:Group comparison;" \
	                 "peak:Who drives the peak;growth:Growth;throughput:Throughput or capacity;failed_work:Failed work;time_limits:Time limits;" \
	                 "short_jobs:Short jobs;serial_cores:One core of many;gpus:GPUs held;fragmentation:Scattered jobs;waiting:Waiting;" \
	                 "stranded:Stranded CPUs", finding, ";")
}

FNR == 1 { file++ }
file == 1 { then[$1] = $2; next }
{ now[$1] = $2 }

function known(of, id) { return (id in of) && of[id] ~ /^-?[0-9.]+$/ }
function number(value) { return sprintf("%.9f", value) }
function put(id, value) { if (!rows) printf "%s\t%s\n", id, value }

# "new", "closed", "open", or nothing: of what one of the two could not judge nothing is said.
function course(f,    was, was_not) {
	if (other_cells && f ~ /^(groups|peak|growth)$/)
		return ""
	was = then[f ".gain"] == 1
	was_not = then[f ".nothing"] == 1
	if (now[f ".gain"] == 1)
		return was ? "open" : was_not ? "new" : ""
	return was && now[f ".nothing"] == 1 ? "closed" : ""
}

function size(x) { return x < 0 ? -x : x }

function compare(i,    a, b, dot, has_a, has_b, moved, slack) {
	dot = how[i] == "daily" ? "daily." : ""
	has_a = known(then, id[i])
	has_b = known(now, id[i])
	a = then[id[i]] / (dot ? then["window.days"] : 1)
	b = now[id[i]] / (dot ? now["window.days"] : 1)
	put("previous." dot id[i], has_a ? number(a) : "null")
	if (dot)
		put(dot id[i], has_b ? number(b) : "null")
	moved = has_a && has_b && (how[i] == "points" || a != 0) && !((other_usage || then["window.is_short"] == 1 || now["window.is_short"] == 1) && id[i] ~ /^(saving.total.expected|own.keep_users)$/) &&
		!(id[i] == "utilization" && now["utilization.is_bound"]) &&
		!(id[i] == "saving.total.expected" && (then["saving.is_least"] == 1 || now["saving.is_least"] == 1))
	# Both are known to six decimals.
	slack = how[i] == "points" ? 1e-4 : moved ? 5e-7 * (1 + size(b / a)) / size(a) : 0
	put("change." id[i], !moved ? "null" : number(how[i] == "points" ? 100 * (b - a) : b / a - 1) "\t" slack + 1e-6)
	if (id[i] == "saving.total.expected")
		put("compare.saving", moved ? 1 : 0)
	by[id[i]] = !moved ? 0 : how[i] == "points" ? 100 * (b - a) : b / a - 1
	if (!has_a || !has_b || (a == 0 && b == 0))
		return
	if (advice[i] == "-") {
		if (rows) print "compared\t" id[i]
	} else if (course(advice[i]) == "open" || course(advice[i]) == "closed") {
		actions++
		if (rows) print "actions\t" id[i] "\t" advice[i]
	}
}

END {
	other_cells = ("cells.min_users" in then) && then["cells.min_users"] != now["cells.min_users"]
	other_usage = (then["has.usage"] > 0) != (now["has.usage"] > 0)
	put("compare.min_users", other_cells)
	put("compare.usage", other_usage)
	put("compare.hollow", then["window.is_hollow"] == 1)
	put("has.previous", 1)
	put("previous.period", then["report.period"])
	put("previous.window.length", then["window.length"])
	longer = then["window.days"] > now["window.days"] ? then["window.days"] : now["window.days"]
	shorter = then["window.days"] + now["window.days"] - longer
	put("compare.lengths_differ", longer - shorter > 0.05 * longer ? 1 : 0)
	apart = (now["window.from"] - then["window.from"]) / 86400
	while (apart >= 365.25)
		apart -= 365.25
	put("compare.seasons_differ", shorter <= 334.25 && apart > 31 && 365.25 - apart > 31 ? 1 : 0)
	for (key in now)
		if (key ~ /^assumption\./)
			changed += now[key] != then[key]
	put("compare.assumptions", changed + 0)
	for (i = 1; i <= findings; i++) {
		split(finding[i], part, ":")
		c = course(part[1])
		count[c]++
		names[c] = names[c] (count[c] > 1 ? ", " : "") part[2]
	}
	split("new closed open", courses, " ")
	for (i = 1; i <= 3; i++) {
		put("compare." courses[i], count[courses[i]] + 0)
		put("compare." courses[i] ".names", names[courses[i]])
	}
	for (i = 1; i <= ids; i++)
		compare(i)
	put("compare.actions", actions + 0)
	put("compare.work", size(by["cpu.hours"]) > 0.1)
	put("compare.coverage", size(by["coverage"]) > 2)
}
