#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the stages of a report take is said by --timings, and by nothing else.
. "$(dirname "$0")/begin.sh"

cp "$SAMPLE/nodes.txt" nodes.txt
expect 0 run "$SAMPLE/sacct-2025.psv.gz" --mapping map --inventory nodes.txt --only data -o report
! grep -q ' took ' err || fail "it is said unasked: $(cat err)"
expect 0 report report.psv --inventory nodes.txt --only data -o timed --timings
for stage in 'reading and counting' computing writing; do
	grep -qE "^reclaim: $stage took [0-9]+\.[0-9]{3} s, [0-9]+\.[0-9]{3} s of processor time; at most [0-9]+\.[0-9] MB of memory so far\$" err ||
		fail "$stage: $(cat err)"
done
# A report of 30,000 jobs is not made in no time, nor in no memory.
awk '/ took / { seconds += $(NF - 14); if ($(NF - 5) < 10) bad = 1 } END { exit bad || seconds <= 0.01 }' err || fail "$(cat err)"
expect 0 run "$SAMPLE/sacct-2025.psv.gz" --mapping map --inventory nodes.txt --only data -o report --timings
[ "$(grep -c ' took ' err)" -eq 3 ] || fail "run: $(cat err)"
# No figure hangs on it.
expect 0 report report.psv --inventory nodes.txt --only data -o untimed
diff -r untimed timed || fail 'timing a report changes it'
