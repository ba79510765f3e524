#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The sample is what its generator writes, its planted truths are what the oracle finds in it, and
# no node in it ever holds more than it has. GENERATE names the built generator; without it the
# first of these is left out.
set -eu
here=$(cd "$(dirname "$0")/../oracle" && pwd)
sample=$here/../../sample-data
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for tool in sqlite3 gzip awk; do
	command -v $tool >/dev/null || { echo "SKIP: $tool is not installed"; exit 77; }
done

if [ -n "${GENERATE:-}" ]; then
	gzip -dc "$sample/sacct-2025.psv.gz" >"$work/stored"
	"$GENERATE" | cmp - "$work/stored"
	"$GENERATE" --nodes | cmp - "$sample/nodes.txt"
	"$GENERATE" --seed 9 >"$work/other"
	if cmp -s "$work/other" "$work/stored"; then echo "another seed, the same year"; exit 1; fi
fi

oracle() {
	"$here/oracle.sh" -i "$sample/nodes.txt" "$@" "$sample/sacct-2025.psv.gz"
}

oracle -t truths | diff "$here/truths.tsv" -

oracle -t occupancy | awk -v inventory="$sample/nodes.txt" '
BEGIN {
	while ((getline line < inventory) > 0) {
		split(line, word, " ")
		name = substr(word[1], index(word[1], "=") + 1)
		match(line, /CPUTot=[0-9]+/)
		cpus[name] = substr(line, RSTART + 7, RLENGTH - 7) + 0
		match(line, /RealMemory=[0-9]+/)
		kib[name] = substr(line, RSTART + 11, RLENGTH - 11) * 1024
		if (match(line, /Gres=gpu:a100:[0-9]+/))
			gpus[name] = substr(line, RSTART + 14, RLENGTH - 14) + 0
	}
	FS = "\t"
}
$1 != node { node = $1; held = memory = cards = 0 }
{
	held += $3; memory += $4; cards += $5
	if (held > cpus[node] || memory > kib[node] || cards > gpus[node] + 0) {
		print "over-allocated: " $0
		bad = 1
		exit
	}
	moments++
}
END { if (bad || moments < 1000) exit 1 }'
