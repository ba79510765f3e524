#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Slices of a period say the same as one export of all of it: jobs that sacct -T cut at the edge of a slice, and jobs that
# stand in two slices, one of which was exported without steps. All rows are made by hand. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"

# kind: whole, first (to noon of the second day), x. A job of 30 hours that kept 3 of 4 CPUs busy, jobs
# beside it in each slice, and one that ends as the first slice does.
rows()
{
	awk -v kind="$1" -v OFS='|' '
	function clock(hour) { return sprintf("2024-03-%02dT%02d:00:00", 1 + int(hour / 24), hour % 24) }
	function job(id, user, from, to, cpus, used, peak,    begin, end) {
		begin = from; end = to
		if (kind == "first" && end > 36) end = 36
		if (kind == "second" && begin < 36) begin = 36
		if (end <= begin) return
		if (kind == "whole-X") used = 0
		print id, user, "physics", "COMPLETED", clock(from - 1), clock(begin), clock(end), (end - begin) * 3600, cpus,
			"64G", "cn1", sprintf("%d-%02d:00:00", int(used / 24), used % 24), ""
		if (kind == "whole-X") return
		print id ".batch", "", "physics", "COMPLETED", clock(begin), clock(begin), clock(end), (end - begin) * 3600, cpus,
			"", "cn1", sprintf("%d-%02d:00:00", int(used / 24), used % 24), peak
	}
	BEGIN {
		print "JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NodeList|TotalCPU|MaxRSS"
		job(1, "ann", 1, 9, 4, 8, "2G")
		job(2, "bob", 20, 50, 4, 90, "8G")
		job(3, "ann", 30, 36, 4, 12, "4G")
		job(4, "eve", 40, 60, 8, 100, "30G")
	}'
}
echo 'NodeName=cn1 CPUTot=16 CPUEfctv=16 Sockets=2 CoresPerSocket=8 RealMemory=131072 State=IDLE' > nodes.txt

# Every figure but those of rows and of what was read, and what is said of users.
report()
{
	"$RECLAIM" run "$@" --timezone UTC --only data -m map -o report > err 2>&1 || fail "$*: $(cat err)"
	tr -d '\n' < report/report.json | sed 's/"id" *: */\n/g' | sed 's/[[:space:]]\{1,\}/ /g; 1d; s/"assumptions".*//' |
		grep -v '^"rows\.[rusd]\|^"report\|^"sharing\|^"risk'
	cat report/tables/users.csv report/tables/ledger.csv report/tables/days.csv
}

for kind in whole first second whole-X; do
	rows $kind > $kind.psv
done
for how in "--inventory nodes.txt" ""; do
	report whole.psv $how > whole
	grep -q '^"cpu.used.hours", "value": 210,' whole || fail "$(grep '^"cpu.used.hours' whole)"
	for files in "first.psv second.psv" "second.psv first.psv" "whole-X.psv whole.psv" "whole.psv whole-X.psv"; do
		report $files $how > other
		cmp -s whole other || fail "$files $how say something else: $(diff whole other)"
	done
done

"$RECLAIM" check whole-X.psv whole.psv > checked
grep -q '^  4 jobs stand first without use (-X?) and later with it' checked || fail "check says nothing: $(cat checked)"
"$RECLAIM" check first.psv second.psv > checked
grep -q '^  1 row is a further piece of a job: ' checked || fail "check says nothing of pieces: $(cat checked)"
