#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# With a period and nodes that are given rows are read once, with a part of it twice: the same report comes of both, also where a
# job is on a node that the list lacks, and so is the period of jobs that reach beyond it. A first look reads less.
. "$(dirname "$0")/begin.sh"

# row ID USER START ELAPSED NODE
row()
{
	echo "$1|$2|group_A|batch|COMPLETED|$3|$3|$4|$5|4|4G|$6|cpu=4,mem=4G,node=1|00:10:00|1G"
}
{
	echo 'JobID|User|Account|Partition|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NodeList|AllocTRES|TotalCPU|MaxRSS'
	row 1 user_0001 2024-12-31T20:00:00 2025-01-01T04:00:00 28800 n1
	row 2 user_0002 2025-01-01T10:00:00 2025-01-01T12:00:00 7200 n2
	row 3 user_0001 2025-01-03T10:00:00 2025-01-04T12:00:00 93600 n1
	row 4 user_0003 2024-12-30T10:00:00 2024-12-30T12:00:00 7200 n1
	row 5 user_0003 2025-01-05T10:00:00 2025-01-05T23:59:30 50370 n2
} > log.psv
for node in 1 2; do
	echo "NodeName=n$node CPUTot=8 RealMemory=16000"
done > nodes.txt
head -n 1 nodes.txt > some.txt

for nodes in nodes some; do
	expect 0 report log.psv --inventory $nodes.txt --from 2025-01-01 --to 2025-01-05 --internal -o once
	# The last job ends in the last minute of that day, so that no other period is meant.
	expect 0 report log.psv --inventory $nodes.txt --from 2025-01-01 --internal -o twice
	diff -r once twice || fail "$nodes.txt: read once, the report is another"
	[ "$(sed 1d once/tables/users.csv | wc -l)" -eq 3 ] || fail "users: $(cat once/tables/users.csv)"
done
cmp once/tables/pools.csv twice/tables/pools.csv
[ "$(sed 1d once/tables/pools.csv | wc -l)" -eq 2 ] || fail "the node that the list lacks is no kind of its own: $(cat once/tables/pools.csv)"

# Several files put together, of which a later one says what a job used and an earlier one does not: the first look at them skips
# what was used, finds the headers, and looks again. As several files they give the same.
head -n 1 log.psv > header
sed -n 2,3p log.psv > first
sed -n 4,6p log.psv | sed 's/00:10:00|1G$/|/' > unused
sed -n 4,6p log.psv > used
cat header first header unused header used > joined.psv
for part in first unused used; do
	cat header $part > $part.psv
done
expect 0 report joined.psv --internal --only data -o joined
expect 0 report first.psv unused.psv used.psv --internal --only data -o apart
expect 0 report log.psv --internal --only data -o plain
cmp joined/tables/users.csv apart/tables/users.csv || fail "put together: $(diff joined/tables/users.csv apart/tables/users.csv)"
cmp joined/tables/users.csv plain/tables/users.csv || fail "put together: $(diff joined/tables/users.csv plain/tables/users.csv)"

# Wrong periods are told in the same words.
expect 1 report log.psv --inventory nodes.txt --from 2025-01-05 --to 2025-01-01 -o none
says 'the period is empty'
expect 1 report log.psv --inventory nodes.txt --from 2026-01-01 -o none
says 'the export has nothing in it: its jobs ended from 2024-12-30 to 2025-01-05'
cut -d '|' -f 1-5 log.psv > untimed.psv
expect 1 report untimed.psv --inventory nodes.txt --from 2025-01-01 --to 2025-01-05 --max-bad 100 -o none
says 'no columns Start and End'
