#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# instructions.sh [DIR]: how many instructions a row costs, as callgrind counts them, against the committed figures. The same on
# every run, unlike time. What costs the same for any number of rows falls out: two files are run, and half the difference
# in rows counts. UPDATE=1 rewrites the committed figures. RECLAIM, GENERATE and COUNTS name the programs. Of a report only the scan
# counts, by one thread: documents of more rows have more to say, too. What looking for names and measuring the risk cost is
# counted by their functions, and is a part of what anonymize costs.
set -eu
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
reclaim=${RECLAIM:-$here/../../src/reclaim}
generate=${GENERATE:-$here/generate}
counts=${COUNTS:-$here/counts}
committed=$here/instructions.txt
few=50000
many=100000

command -v valgrind >/dev/null || { echo 'skipped: valgrind is not installed'; exit 77; }
dir=${1:-$(mktemp -d)}
[ $# -gt 0 ] || trap 'rm -rf "$dir"' EXIT

# count NAME COMMAND...: what it counts, into the file NAME.
count() {
	name=$1
	shift
	valgrind --tool=callgrind --callgrind-out-file="$dir/callgrind" "$@" >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
	awk -f "$here/instructions.awk" "$dir/callgrind" >"$dir/$name"
}

# inside FUNCTION: the same of the last command, in calls of this function.
inside() { awk -v inside="$1" -f "$here/instructions.awk" "$dir/callgrind"; }

"$generate" --nodes >"$dir/inventory"
for rows in $few $many; do
	"$generate" $rows --steps none >"$dir/rows-$rows"
	"$generate" $rows --steps none --pseudonyms >"$dir/shared-$rows"
	count counts-$rows "$counts" all 1 "$dir/inventory" "$dir/shared-$rows"
	count report-$rows "$reclaim" report "$dir/shared-$rows" --threads 1 --inventory "$dir/inventory" -o "$dir/counted-report"
	inside reader_each >"$dir/scan-$rows"
	count anonymize-$rows "$reclaim" anonymize "$dir/rows-$rows" --mapping "$dir/counted-mapping-$rows" -o "$dir/counted-shared"
	inside lexicon_add >"$dir/anonymize-names-$rows"
	echo $(($(inside witness_see) + $(inside witness_risk) - $(cat "$dir/anonymize-names-$rows"))) >"$dir/anonymize-risk-$rows"
done

for command in counts scan anonymize anonymize-names anonymize-risk; do
	echo "$command $(($(cat "$dir/$command-$many") - $(cat "$dir/$command-$few"))) $((many - few))"
done | awk '{ printf "%s %.0f\n", $1, $2 / $3 }' >"$dir/instructions"

if [ "${UPDATE:-}" = 1 ]; then
	{
		echo '# Instructions a row: tests/bench/instructions.sh, UPDATE=1 rewrites.'
		cat "$dir/instructions"
	} >"$committed"
fi
awk 'NR == FNR { if ($1 != "#") was[$1] = $2; next }
	was[$1] { printf "%s: %d instructions a row, committed %d (%+.1f %%)\n", $1, $2, was[$1], ($2 / was[$1] - 1) * 100; next }
	{ printf "%s: %d instructions a row, nothing committed\n", $1, $2 }' "$committed" "$dir/instructions"
# A tenth more is no accident of compilers.
awk 'NR == FNR { if ($1 != "#") was[$1] = $2; next } was[$1] && $2 > was[$1] * 1.1 { worse = 1 } END { exit worse }' \
	"$committed" "$dir/instructions"
