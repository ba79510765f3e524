# SPDX-License-Identifier: Apache-2.0
# Figures as oracle.sh prints them → the tables that say nothing but what figures say: what came of each finding and what it is worth, the
# bridge from today's cost to the proposed one, as lines "table.row.column TAB value".
BEGIN {
	FS = "\t"
	# Finding, its name, where its money is, and whom it is about. Where another part of it than all jobs is known, what that is.
	n = split("own_or_rent jobs.placed power_users coverage memory coverage idle_jobs coverage groups coverage serial_cores coverage gpus gpu.measured.share " \
	          "fragmentation memory.known.share stranded memory.known.share time_limits limits.jobs waiting waiting.jobs", word, " ")
	for (i = 1; i <= n; i += 2)
		basis[word[i]] = word[i + 1]
	n = split("own_or_rent;Own or rent;saving.infrastructure;-;power_users;Heaviest users;programme.top_users;programme.top_users.users;" \
	          "memory;Memory requests;programme.took_all;memory.took_all.users;idle_jobs;Idle jobs;programme.idle_jobs;idle.users;" \
	          "groups;Group comparison;programme.training;programme.training.users;peak;Who drives the peak;-;-;growth;Growth;-;-;" \
	          "throughput;Throughput or capacity;-;-;failed_work;Failed work;-;failed.users;time_limits;Time limits;-;-;" \
	          "short_jobs;Short jobs;-;short.users;serial_cores;One core of many;-;serial.users;gpus;GPUs held;-;gpus.users;" \
	          "fragmentation;Scattered jobs;-;spread.users;waiting;Waiting;-;-;stranded;Stranded CPUs;-;-", word, ";")
}

{ of[$1] = $2 }

function put(table, row, column, value) { printf "%s.%s.%s\t%s\n", table, row, column, value }

function worth(id, known) { return known && of[id] != "null" ? of[id] : "" }

function effort(name, money, known,    what) {
	what = money == "saving.infrastructure" ? "rents" : substr(money, 1 + index(money, "."))
	put("findings", name, "effort", worth("acting." what ".hours", known && what != "-"))
	put("findings", name, "cost", worth("acting." what ".cost", known && what != "-"))
	put("findings", name, "payback", worth("payback." what, known && what != "-"))
}

function share_known(id,    of_what) {
	if (!(id in basis))
		return 1
	of_what = basis[id]
	if (of_what == "jobs.placed")
		return sprintf("%.9f", of["jobs.unplaced"] < of["jobs.ran"] ? 1 - of["jobs.unplaced"] / of["jobs.ran"] : 0)
	return of_what ~ /jobs$/ ? sprintf("%.9f", of[of_what] / of["jobs.ran"]) : of[of_what]
}

function finding(id, name, money, users,    known, priced) {
	known = of[id ".gain"] == 1 || of[id ".nothing"] == 1
	priced = known && of["window.is_short"] != 1 # nobody plans by a few weeks
	put("findings", name, "outcome", !known ? "cannot be told" : of[id ".gain"] == 1 ? "found" : "nothing to do")
	put("findings", name, "low", worth(money (money ~ /^programme/ ? ".gross.low" : ".low"), priced))
	put("findings", name, "expected", worth(money (money ~ /^programme/ ? ".gross" : ".expected"), priced))
	put("findings", name, "high", worth(money (money ~ /^programme/ ? ".gross.high" : ".high"), priced))
	put("findings", name, "users", known ? of[users] : "")
	# Nobody is to act where there is nothing to gain; what hangs on prices says it always.
	effort(name, money, priced && (of[id ".gain"] == 1 || id == "own_or_rent"))
	put("findings", name, "known", known ? share_known(id) : "")
	gsub("_", "-", id)
	put("findings", name, "id", id)
}

function programme(id, name) {
	put("programmes", name, "effort", worth("acting." id ".hours", id != "others"))
	put("programmes", name, "cost", worth("acting." id ".cost", id != "others"))
	put("programmes", name, "payback", worth("payback." id, id != "others"))
}

# A step goes down by what is saved, or up by what is added.
function step(name, from, saved) {
	put("bridge", name, "total", "")
	put("bridge", name, "before", sprintf("%.6f", from))
	put("bridge", name, "after", sprintf("%.6f", from - saved))
	put("bridge", name, "base", sprintf("%.6f", saved > 0 ? from - saved : from))
	put("bridge", name, "saved", sprintf("%.6f", saved > 0 ? saved : 0))
	put("bridge", name, "added", sprintf("%.6f", saved < 0 ? -saved : 0))
	return from - saved
}

function whole(name, value,    i) {
	put("bridge", name, "total", sprintf("%.6f", value))
	split("before after base saved added", column, " ")
	for (i = 1; i <= 5; i++)
		put("bridge", name, column[i], "")
}

END {
	for (i = 1; i <= n; i += 4)
		finding(word[i], word[i + 1], word[i + 2], word[i + 3])
	programme("took_all", "Jobs that take all of a node")
	programme("top_users", "The heaviest users, one by one")
	programme("idle_jobs", "Users whose jobs run idle")
	programme("training", "Training for whole groups")
	programme("others", "Everyone else (not promised)")
	cost = of["cost.total"]
	whole("Today", cost)
	cost = step(of["own.burst"] + 0 <= 0 ? "Own fewer nodes" : of["own.keep"] + 0 > 0 ? "Own fewer, rent peaks" : "Rent nodes for all work", cost, of["saving.infrastructure.expected"])
	known = of["saving.users.expected"] != "null"
	if (known)
		cost = step("Users ask for less", cost, of["saving.users.expected"])
	whole("To pay", cost)
	if (!known)
		exit
	cost = step("Hours handed back", cost, of["saving.returned.expected"])
	whole("Net of these hours", cost)
}
