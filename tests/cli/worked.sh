#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The schedule that doc/model.md works out by hand is computed to the last digit: jobs, prices and figures are read from that page.
# RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"
command -v sqlite3 > /dev/null || { echo "skipped: sqlite3 is not installed"; exit 77; }

sed -n '/^## 12\. /,/^## 13\. /p' "$tests/../doc/model.md" > section

# Whole hours; what a job kept busy is CPU time, and what it used at the peak stands in its own row.
awk '
BEGIN { print "JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NodeList|TotalCPU|MaxRSS" }
function clock(time) { return time == "24:00" ? "2025-01-02T00:00:00" : "2025-01-01T" time ":00" }
/^    [A-Z] +n[12] / {
	hours = $4 - $3
	print ++jobs "|user_000" jobs "|group_A|" $9 "|" clock($3) "|" clock($3) "|" clock($4) "|" hours * 3600 "|" $5 "|" $6 "G|" $2 \
	      "|" $7 * hours ":00:00|" $8 "G"
}' section > day.psv
[ "$(wc -l < day.psv)" -eq 6 ] || fail "jobs are missing: $(cat day.psv)"
grep -o '\[[a-z_]*\] [0-9.]*' section | while read -r key value; do
	printf '%s\nlow = %s\nexpected = %s\nhigh = %s\n' "$key" "$value" "$value" "$value"
done > prices
[ "$(grep -c '^\[' prices)" -eq 14 ] || fail "prices are missing: $(cat prices)"
for node in 1 2; do
	echo "NodeName=n$node CPUTot=10 RealMemory=102400 Sockets=1 CoresPerSocket=10 ThreadsPerCore=1"
done > nodes

expect 0 report day.psv --internal --inventory nodes --assumptions prices --timezone UTC --from 2025-01-01 --to 2025-01-01 -o report
sh "$tests/figures.sh" report/report.json | cut -f 1,2 > found
awk '/^    [a-z_]+(\.[a-z0-9_]+)* [0-9.]+( |$)/ { print $1 "\t" $2 }' section > wanted
[ "$(wc -l < wanted)" -eq 32 ] || fail "the page has $(wc -l < wanted) figures"
awk -F '\t' 'FNR == NR { found[$1] = $2; next } found[$1] == "" || found[$1] + 0 != $2 + 0 { print $1 " is " found[$1] ", by hand " $2; bad = 1 }
	END { exit bad }' found wanted > differs || fail "$(cat differs)"
