#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What sreport says of the cluster stands beside what was counted, with reasons where they differ, and changes no other figure.
# RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"
command -v sqlite3 > /dev/null || { echo 'skipped: sqlite3 is not installed'; exit 77; }
LC_ALL=C
export LC_ALL

cat > jobs.psv <<'END'
JobIDRaw|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS
1|user_0001|group_A|COMPLETED|2025-03-01T00:00:00|2025-03-01T05:00:00|2025-03-01T15:00:00|36000|10
2|user_0001|group_A|COMPLETED|2025-03-01T00:00:00|2025-03-01T09:30:00|2025-03-01T10:30:00|3600|4
3|user_0002|group_A|COMPLETED|2025-03-02T00:00:00|2025-03-02T00:00:00|2025-03-03T00:00:00|86400|1
END
period='--from 2025-03-01 --to 2025-03-03 --timezone Europe/Berlin'

# sreport FROM TO UNIT ALLOCATED...: of so many clusters
sreport()
{
	line=--------------------------------------------------------------------------------
	printf '%s\nCluster Utilization %s - %s\nUsage reported in TRES %s\n%s\n' $line "$1" "$2" "$3" $line
	echo 'Cluster|TRES Name|Allocated|Down|PLND Down|Idle|Planned|Reported'
	shift 3
	for allocated; do echo "lab$#|cpu|$allocated|0(0.00%)|0(0.00%)|0(0.00%)|0(0.00%)|0(0.00%)"; done
}

value() { awk -F '\t' -v id="$1" '$1 == id { print $2 }' figures; }

# compare ID VALUE...: of a report with the file sreport
compare()
{
	# shellcheck disable=SC2086
	expect 0 report jobs.psv --sreport sreport.txt $period --only site -o report
	sh "$tests/figures.sh" report/report.json > figures
	while [ $# -gt 0 ]; do
		[ "$(value "$1")" = "$2" ] || fail "$1 is $(value "$1"), not $2"
		shift 2
	done
	sed 's/<[^>]*>//g; s/\xc2\xa0/ /g' report/data-quality.html | tr -s '\n\t ' ' ' > page
}

shows() { grep -qF -- "$1" page || fail "the page does not show \"$1\""; }

# Six hours of the day: ten CPUs in five of them, four in one.
sreport 2025-03-01T06:00:00 2025-03-01T11:59:59 Seconds/'Percentage of Total' '230400(12.00%)' > sreport.txt
compare sreport.compared 1 sreport.allocated.hours 64 sreport.own.hours 64 sreport.difference.hours 0 sreport.agrees 1 sreport.is_far 0
shows 'The two agree'
! grep -q 'own sums' report/index.html || fail 'the first page says that they differ'
cp figures agreeing
sreport 2025-03-01T06:00:00 2025-03-01T11:59:59 Hours 40 60 > sreport.txt
compare sreport.allocated.hours 100 sreport.difference.hours -36 sreport.difference.share -0.36 sreport.agrees 0 sreport.more 0 sreport.is_far 1
shows 'without --duplicates'
says 'sreport has 100 core-hours where the export has 64'
grep -q 'own sums' report/index.html || fail 'the first page does not say that they differ'
sreport 2025-03-01T06:00:00 2025-03-01T11:59:59 Hours 66 > sreport.txt
compare sreport.agrees 0 sreport.is_far 0
sreport 2025-03-01T06:00:00 2025-03-01T11:59:59 Minutes 3000 > sreport.txt
compare sreport.allocated.hours 50 sreport.difference.hours 14 sreport.agrees 0 sreport.more 1
shows 'runawayjobs'
# Nothing but what is said of it has changed.
for file in agreeing figures; do grep -v '^sreport' $file > $file.rest; done
cmp agreeing.rest figures.rest || fail 'what sreport says changed another figure'
# What cannot be compared is not.
sreport 2025-02-28T00:00:00 2025-03-01T11:59:59 Hours 64 > sreport.txt
compare sreport.compared 0 sreport.own.hours null sreport.agrees null
shows 'the period of sreport is not within that of the report'
sreport 2025-03-01T06:00:00 2025-03-01T11:59:59 'Percentage of Total' 12.00% > sreport.txt
compare sreport.compared 0 sreport.allocated.hours null
shows 'per cents alone'

# Tallies bring the zone along.
sreport 2025-03-01T06:00:00 2025-03-01T11:59:59 Seconds 230400 > sreport.txt
awk 'BEGIN { print "NodeName=n1 CoresPerSocket=8 CPUTot=16 RealMemory=64000 Sockets=2" }' > nodes.txt
# shellcheck disable=SC2086
expect 0 tally jobs.psv --inventory nodes.txt $period -o one.tally
expect 0 report one.tally --sreport sreport.txt --only site -o tallied
sh "$tests/figures.sh" tallied/report.json > figures
[ "$(value sreport.difference.hours)" = 0 ] || fail "a tally differs by $(value sreport.difference.hours)"

# What was not given has no period, not one of 1970.
# shellcheck disable=SC2086
expect 0 report jobs.psv $period --only site -o none
sh "$tests/figures.sh" none/report.json > figures
[ "$(value sreport.from)" = null ] && [ "$(value sreport.to)" = null ] || fail 'sreport was not given, and has a period'
! grep -rq 1970 none || fail 'a page is of 1970'

# shellcheck disable=SC2086
{
	expect 1 report jobs.psv --sreport jobs.psv $period -o no
	says 'jobs.psv: it should be the output of `sreport cluster utilization'
	expect 1 report jobs.psv --sreport nowhere $period -o no
	says 'nowhere'
}
