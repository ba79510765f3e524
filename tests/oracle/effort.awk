# SPDX-License-Identifier: Apache-2.0
# assumptions.tsv, then figures as oracle.sh prints them → what each programme, and renting, takes by itself, and how much that is of what comes of
# it in a year (doc/model.md, "What acting costs").
BEGIN { FS = "\t" }

FNR == NR { assumed[$1] = $3; next }
{ of[$1] = $2 }

function put(id, known, value) { print id "\t" (known ? sprintf("%.6f", value) : "null") }

function weigh(name, known, hours, worth,    cost) {
	cost = hours * assumed["staff_hour"]
	put("acting." name ".hours", known, hours)
	put("acting." name ".cost", known, cost)
	put("payback." name, known && worth > 0, worth > 0 ? cost / worth : 0)
	put("payback." name ".dear", known, cost > (worth > 0 ? worth : 0))
}

function is_known(id) { return (id in of) && of[id] != "null" }

END {
	n = split("took_all top_users idle_jobs training", name, " ")
	for (i = 1; i <= n; i++) {
		id = "programme." name[i]
		hours = name[i] == "training" ? of["acting.groups"] * assumed["group_hours"] : of[id ".helped"] * assumed["user_hours"]
		weigh(name[i], is_known(id ".gross"), hours, of[id ".gross"] * assumed["adoption"])
	}
	weigh("rents", is_known("own.burst"), (of["own.burst"] > 0) * assumed["rent_hours"],
	      of["saving.infrastructure.expected"])
}
