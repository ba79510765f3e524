#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Utilization is one number, weighted by time; what other averages over the same jobs would have said stands beside it.
# The export is made so that they are far apart: 12.79 % of a guess of 76,800 CPUs, 66 % of the busiest minute by events,
# 58.7 % of it by time. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"
command -v sqlite3 > /dev/null || { echo 'skipped: sqlite3 is not installed'; exit 77; }
LC_ALL=C
export LC_ALL

# 40 days. One job holds 6,693 CPUs throughout. Beside it, jobs of one CPU follow one another in quiet time, then jobs of
# 10,041 CPUs in busy time: nearly half of the jobs run in less than a third of the time. That times are not cut to the minute,
# which would leave the busiest one unknown, the first job shows: it was submitted a second before it began.
awk 'function time(minute)
{
	day = int(minute / 1440)
	return sprintf("2025-%02d-%02dT%02d:%02d:00", day < 31 ? 1 : 2, (day < 31 ? day : day - 31) + 1,
	               minute % 1440 / 60, minute % 60)
}
function job(cpus, from, to)
{
	print "user_0001|group_A|" ++id "|COMPLETED|" (id == 1 ? "2024-12-31T23:59:59" : time(from)) "|" time(from) "|" time(to) "|" 60 * (to - from) "|" cpus
}
function chain(cpus, jobs, each, from, to, i)
{
	for (i = 0; i < jobs; i++) job(cpus, from + i * each, i == jobs - 1 ? to : from + (i + 1) * each)
}
BEGIN {
	print "User|Account|JobIDRaw|State|Submit|Start|End|ElapsedRaw|AllocCPUS"
	job(6693, 0, 57600)
	chain(1, 567, 69, 0, 39650)
	chain(10041, 433, 41, 39650, 57600)
}' > jobs.psv

# is ID FROM TO: the figure lies between, and may be either.
is()
{
	awk -F '\t' -v id="$1" -v from="$2" -v to="$3" '
	$1 == id { found = 1; if ($2 == "null" || $2 < from || $2 > to) { print id " is " $2; exit 1 } }
	END { if (!found) print id " is missing"; exit !found }' figures > differs || fail "$(cat differs)"
}

# shows PAGE TEXT: what a reader sees, without marks and with plain blanks.
shows()
{
	sed 's/<[^>]*>//g; s/\xc2\xa0/ /g' "$1" | tr -s '\n\t ' ' ' > seen
	grep -qF -- "$2" seen || fail "$1 does not show \"$2\""
}

period='--from 2025-01-01 --to 2025-02-09'
# shellcheck disable=SC2086 # two options and their values
"$RECLAIM" report jobs.psv $period --guessed-cpus 76800 --only site -o report 2> err || fail "report: $(cat err)"
sh "$tests/figures.sh" report/report.json > figures
is utilization 0.5865 0.5875
is utilization.is_bound 1 1
is weighting.time.peak 0.5865 0.5875
is weighting.time.guess 0.12785 0.12795
is weighting.event.peak 0.655 0.665
is weighting.job.peak 0.655 0.665
is demand.cpus.peak 16734 16734
shows report/capacity.html 'At most 58.7 % of the CPUs'
shows report/capacity.html 'it is at most 58.7 %.'
shows report/capacity.html '12.8 %'
shows report/capacity.html '66.0 %'
shows report/capacity.html '76,800'
shows report/index.html %
grep -qF '12.8 %' seen && fail 'a guess is on the first page'

# The same by an independent computation: demand by the minute, each start and end looked up in it.
awk -F '|' 'function minute(t) { return ((substr(t, 6, 2) - 1) * 31 + substr(t, 9, 2) - 1) * 1440 + substr(t, 12, 2) * 60 + substr(t, 15, 2) }
NR > 1 { a = minute($6); b = minute($7); start[a]++; end[b - 1]++; step[a] += $9; step[b] -= $9 }
END {
	for (m = 0; m < 57600; m++) {
		held += step[m]
		if (held > peak) peak = held
		n = start[m] + end[m]
		events += n; by_event += n * held; jobs += start[m]; by_job += start[m] * held
		samples += n > 0; by_sample += (n > 0) * held
	}
	printf "event %.9f\njob %.9f\nsample %.9f\n", by_event / events / peak, by_job / jobs / peak, by_sample / samples / peak
}' jobs.psv > oracle
while read -r name value; do
	is "weighting.$name.peak" "$(awk -v v="$value" 'BEGIN { printf "%.9f", v - 1e-8 }')" \
		"$(awk -v v="$value" 'BEGIN { printf "%.9f", v + 1e-8 }')"
done < oracle

# Pieces of the same, measured apart, say the same.
for half in 0 1; do
	awk -v half=$half 'NR == 1 || NR % 2 == half' jobs.psv > half.psv
	"$RECLAIM" tally half.psv --inventory "$tests/oracle/export-nodes.txt" -o $half.tally 2> err || fail "tally: $(cat err)"
done
"$RECLAIM" tally jobs.psv --inventory "$tests/oracle/export-nodes.txt" -o whole.tally 2> err || fail "tally: $(cat err)"
"$RECLAIM" tally 0.tally 1.tally --apart -o joined.tally 2> err || fail "joining: $(cat err)"
"$RECLAIM" report whole.tally --only data -o whole 2> err || fail "whole: $(cat err)"
"$RECLAIM" report joined.tally --only data -o joined 2> err || fail "joined: $(cat err)"
for report in whole joined; do
	sh "$tests/figures.sh" $report/report.json | grep '^weighting' > $report.figures
done
cmp whole.figures joined.figures || fail 'tallies that were joined say other averages'

# With a list of the nodes it is one number.
awk 'BEGIN { for (i = 1; i <= 300; i++) print "NodeName=n" i " CoresPerSocket=32 CPUTot=64 RealMemory=256000 Sockets=2 State=IDLE" }' > nodes.txt
sed '1s/$/|NodeList|AllocTRES/; 2,$s/$/|n[1-300]|/' jobs.psv > placed.psv
# shellcheck disable=SC2086
"$RECLAIM" report placed.psv $period --inventory nodes.txt --only site -o known 2> err || fail "known: $(cat err)"
sh "$tests/figures.sh" known/report.json > figures
is utilization 0.5115 0.5117
is utilization.is_bound 0 0
grep -qi 'at most [0-9.]* % of the CPUs' known/capacity.html && fail 'a bound, though the nodes are known'
shows known/capacity.html 'of the 19,200 CPUs owned'
grep -q 'Of the guess' known/capacity.html && fail 'a guess that nobody made'

status=0
"$RECLAIM" report jobs.psv --guessed-cpus many -o no 2> err || status=$?
[ $status -eq 2 ] || fail "a guess that is no number: exit $status"
