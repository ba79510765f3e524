#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What becomes of a damaged row is the same for check, which reads the raw export, and for anonymize and report together,
# which read it one after the other; and no value that cannot be read goes unsaid. All rows are made by hand.
# RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"

# Each odd row has one oddity.
awk -v OFS='|' '
function row(id, state, submit, start, end, elapsed, limit, cpus, memory, held, nodes, used) {
	n++
	print id, "user" n % 9, "physics", "batch", state, submit, start, end, elapsed, limit, cpus, memory, held, nodes, used, "00:10:00"
}
function good(id) { row(id, "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "02:00:00", 2, "4G", "cpu=2,mem=4G", "cn1", "") }
BEGIN {
	at = "2024-03-01T"
	print "JobID|User|Account|Partition|State|Submit|Start|End|ElapsedRaw|Timelimit|AllocCPUS|ReqMem|AllocTRES|NodeList|MaxRSS|TotalCPU"
	for (id = 1; id <= 20; id++)
		good(id)
	row("x", "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "02:00:00", 2, "4G", "cpu=2", "cn1", "")
	row("", "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "02:00:00", 2, "4G", "cpu=2", "cn1", "")
	row(31, "normal", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "02:00:00", 2, "4G", "cpu=2", "cn1", "")
	row("31.batch", "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "", 2, "", "", "cn1", "1G")
	row(32, "COMPLETED", "soon", at "10:00:00", at "11:00:00", 3600, "02:00:00", 2, "4G", "cpu=2", "cn1", "")
	row(33, "COMPLETED", at "10:00:00", at "10:00:00", at "25:00:00", 3600, "02:00:00", 2, "4G", "cpu=2", "cn1", "")
	row(34, "COMPLETED", at "10:00:00", at "11:00:00", at "10:00:00", "", "02:00:00", 2, "4G", "cpu=2", "cn1", "")
	row(35, "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", "long", "02:00:00", 2, "4G", "cpu=2", "cn1", "")
	row(36, "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "soon", 2, "4G", "cpu=2", "cn1", "")
	row(37, "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "02:00:00", "two", "4G", "cpu=2", "cn1", "")
	row(38, "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "02:00:00", 2, "100Mcd", "cpu=2", "cn1", "")
	row(39, "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "02:00:00", 2, "4G", "cpu=many", "cn1", "")
	row(40, "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "02:00:00", 2, "4G", "cpu=2", "cn[", "")
	row(41, "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "02:00:00", 2, "4G", "cpu=2", "cn1", "")
	row("41.batch", "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "", 2, "", "", "cn1", "lots")
	row("41.smith", "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "", 2, "", "", "cn1", "1G")
	row("77.batch", "COMPLETED", at "10:00:00", at "10:00:00", at "11:00:00", 3600, "", 2, "", "", "cn1", "1G")
	row(42, "PENDING", at "10:00:00", "Unknown", "Unknown", 0, "", 0, "16?", "", "None assigned", "")
	print "43|user1|physics|batch|COMPLETED"
	good(44)
}' > jobs.psv

number()
{
	grep -o "\"$2\"[ :]*[0-9]*" "$1" | head -n 1 | grep -o '[0-9]*$' || echo 0
}

"$RECLAIM" check jobs.psv --json --max-bad 100 > checked.json || fail "check: exit $?"
jobs=$(number checked.json jobs) aside=$(number checked.json set_aside)
[ "$jobs $aside $(number checked.json steps)" = "28 11 1" ] || fail "$jobs jobs, $aside set aside"
for column in ElapsedRaw Timelimit AllocCPUS ReqMem AllocTRES NodeList MaxRSS; do
	[ "$(number checked.json $column)" = 1 ] || fail "check --json counts no value of $column"
done
"$RECLAIM" check jobs.psv --max-bad 100 > checked.txt
grep -q '^  7 values could not be read and taken as not known; .*: ElapsedRaw 1, Timelimit 1, AllocCPUS 1, ReqMem 1, ' \
	checked.txt || fail "check does not name the columns: $(grep 'not be read' checked.txt)"

# Where times are cut to the day, one that ends before it began cannot be seen any more.
cp jobs.psv research.raw
grep -v '^34|' jobs.psv > share.raw
for profile in research share; do
	"$RECLAIM" check $profile.raw --json --max-bad 100 > checked.json
	jobs=$(number checked.json jobs) aside=$(number checked.json set_aside)
	"$RECLAIM" run $profile.raw --profile $profile --max-bad 100 --timezone UTC -m $profile.map -o $profile 2> err ||
		fail "run --profile $profile: $(cat err)"
	used=$(number $profile/manifest.json used)
	unwritten=$(number $profile.psv.manifest.json set_aside)
	later=$(sed -n '/"rows" : {/,/}/p' $profile/manifest.json |
		awk -F: '!/"(read|used|steps|duplicates|rows)"/ { gsub(/[^0-9]/, "", $2); sum += $2 } END { print sum + 0 }')
	[ "$used" = "$jobs" ] || fail "--profile $profile: $used jobs, not $jobs"
	[ $((unwritten + later)) -eq "$aside" ] || fail "--profile $profile: $unwritten and $later set aside, not $aside"
	grep -q 'blanked, not being what their column holds: .*ReqMem 1' err || fail "nobody says what was blanked: $(cat err)"
	[ "$(sed -n '/"blanked_by_column"/,/}/p' $profile.psv.manifest.json | grep -c ' : 1')" = 7 ] ||
		[ $profile = share ] || fail "the manifest does not count by column"
	grep -q '^ReqMem,.*,1' $profile/tables/values.csv || fail "no table of values: $(cat $profile/tables/values.csv)"
	grep -q 'Values that could not be read' $profile/data-quality.html || fail "the page on data quality says nothing"
done
