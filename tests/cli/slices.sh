#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Slices of a period say the same as one export of all of it: jobs that sacct -T cut at the edge of a slice, and jobs that
# stand in two slices, one of which was exported without steps. All rows are made by hand. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"

# kind: whole, first (to noon of the second day), second, whole-X; a, b and c are three slices, ab the first two of them and more. A job of 30 hours that kept 3 of 4 CPUs busy, jobs
# beside it in each slice, and one that ends as the first slice does.
rows()
{
	awk -v kind="$1" -v OFS='|' '
	function clock(hour) { return sprintf("2024-03-%02dT%02d:00:00", 1 + int(hour / 24), hour % 24) }
	function job(id, user, from, to, cpus, used, peak,    begin, end) {
		begin = from; end = to
		if (kind == "first" && end > 36) end = 36
		if (kind == "second" && begin < 36) begin = 36
		if (kind == "a" && end > 26) end = 26
		if (kind == "b" && begin < 26) begin = 26
		if (kind == "b" && end > 38) end = 38
		if (kind == "ab" && end > 44) end = 44
		if (kind == "c" && begin < 38) begin = 38
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

for kind in whole first second whole-X a b c ab; do
	rows $kind > $kind.psv
done
# As the first was when the second half had not been: an export without -T, of which the last job that began is running.
awk -F '|' -v OFS='|' '/T12:00:00/ && $1 == 2 { $4 = "RUNNING"; $7 = "Unknown"; $12 = "00:00:00" } $1 != "2.batch"' first.psv > running.psv
grep -q '^2|bob|physics|RUNNING|.*|Unknown|57600|' running.psv || fail "nothing runs: $(cat running.psv)"
for how in "--inventory nodes.txt" ""; do
	report whole.psv $how > whole
	grep -q '^"cpu.used.hours", "value": 210,' whole || fail "$(grep '^"cpu.used.hours' whole)"
	for files in "first.psv second.psv" "second.psv first.psv" \
		"running.psv second.psv" "second.psv running.psv" "whole-X.psv whole.psv" "whole.psv whole-X.psv" \
		"a.psv c.psv b.psv" "c.psv a.psv b.psv" "ab.psv c.psv" "c.psv ab.psv" "a.psv whole.psv" "b.psv ab.psv c.psv"; do
		report $files $how > other
		cmp -s whole other || fail "$files $how say something else: $(diff whole other)"
	done
done

"$RECLAIM" check whole-X.psv whole.psv > checked
grep -q '^  4 jobs stand first without use (-X?) and later with it' checked || fail "check says nothing: $(cat checked)"
"$RECLAIM" check first.psv second.psv > checked
grep -q '^  1 row is a further piece of a job: ' checked || fail "check says nothing of pieces: $(cat checked)"

# Between two slices one is missing: what it would have said is not there, and all else is.
report a.psv c.psv > other
grep -q '^"cpu.hours", "value": 264,' other || fail "a slice is missing: $(grep '^"cpu.hours' other)"

# A table lists the tasks of an array under its number: they are jobs of their own, also those with the same times. Job 9 stands
# twice, since exports overlap.
tasks()
{
	echo 'job_id,user,account,processors_used,submit_time,start_time,end_time,run_time,state'
	while [ $# -gt 0 ]; do
		echo "$1,ann,physics,2,2024-03-01 08:00:00,2024-03-01 $2:00:00,2024-03-01 $3:00:00,$((($3 - $2) * 3600)),COMPLETED"
		shift 3
	done
}
tasks 7 10 12  7 10 12  7 10 14  7 11 15  7 15 16  8 10 12 > array.csv
tasks 9 10 13  7 10 12  7 10 14  7 11 15  7 15 16  8 10 12  6 10 12  6 11 13 > left.csv
tasks 8 10 12  7 15 16  9 10 13  7 17 18  7 17 19 > right.csv
cat left.csv right.csv > joined.csv
hours()
{
	jobs=$1
	cpu=$2
	shift 2
	report "$@" > other
	grep -q "^\"jobs.count\", \"value\": $jobs," other && grep -q "^\"cpu.hours\", \"value\": $cpu," other ||
		fail "$*: $(grep '^"jobs.count\|^"cpu.hours' other)"
	"$RECLAIM" check --json "$@" > checked
	grep -q "\"jobs\" : $jobs,\$" checked || fail "check $*: $(cat checked)"
}
hours 6 30 array.csv
# Tasks that ran one behind the other look like pieces, until others do not.
tasks 5 10 12  5 13 14  5 15 17  7 10 12  7 11 14 > throttled.csv
hours 5 20 throttled.csv
tasks 5 10 12  5 13 14  5 11 15 > mixed.csv
hours 3 14 mixed.csv
"$RECLAIM" check array.csv > checked
grep -q '^  5 jobs share an id and a submit time with others' checked || fail "check says nothing of arrays: $(cat checked)"
# By JobIDRaw, which each task has for itself, they are no tasks.
sed 's/^job_id/JobIDRaw/' array.csv > raw.csv
"$RECLAIM" check raw.csv > checked
grep -q '^    their own, and a job counts once$' checked || fail "check says nothing of joined pieces: $(cat checked)"
! grep -q 'tells tasks apart' checked || fail "check asks for what is there: $(cat checked)"
hours 10 46 left.csv right.csv
hours 10 46 right.csv left.csv
hours 10 46 joined.csv

# Where only the begin of a period is given the job that ended last is in it, though it ended as a minute did: no other period has it.
expect 0 run whole.psv --inventory nodes.txt --from 2024-03-02 --timezone UTC --only data -m map -o report
sh "$tests/figures.sh" report/report.json | awk -F '\t' '$1 ~ /^(jobs\.count|jobs\.outside|cpu\.hours|window\.length)$/ { print $1, $2 }' |
	sort | tr '\n' ' ' > found
grep -qx 'cpu.hours 304 jobs.count 3 jobs.outside 1 window.length 129660 ' found || fail "from a day on: $(cat found)"
