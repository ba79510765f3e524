# SPDX-License-Identifier: Apache-2.0
# Figures of the oracle, then `numbers` as fold.awk writes it → how many of the numbers given to jobs in the time of the export it has.
# With -v sreport=1 Slurm's own sums were given.
BEGIN { FS = "\t" }

FILENAME != ARGV[2] { figure[$1] = $2; next }

$4 >= 0 && (first_end == "" || $4 < first_end) { first_end = $4 }
$1 != "" { clusters += !($1 in seen); seen[$1] }
$2 + 0 > 0 {
	block = int($2 / 256)
	jobs[block]++
	if ($3 >= 0 && (!(block in submitted) || $3 < submitted[block]))
		submitted[block] = $3
}

END {
	# What had been submitted before the first job ended has numbers of before.
	for (block in jobs)
		if (first_end == "" || (block in submitted && submitted[block] < first_end))
			delete jobs[block]
	for (block in jobs) {
		all += jobs[block]
		if (low == "" || block + 0 < low)
			low = block + 0
		if (block + 0 > high)
			high = block + 0
	}
	for (lone = int(all / 100); all && sum + jobs[low] <= lone; low++)
		sum += jobs[low]
	for (behind = 0; all && behind + jobs[high] <= lone; high--)
		behind += jobs[high]
	for (block = low; all && block <= high; block++) {
		if (!jobs[block]) {
			if (++gap > widest)
				widest = gap
			continue
		}
		gap = 0
		found += jobs[block]
		if (!(block in submitted))
			continue
		if (before != "") {
			pairs++
			later += submitted[block] >= before
		}
		before = submitted[block]
	}
	between = high - low + 1 - widest
	known = clusters < 2 && found >= 100 && pairs && later >= 0.9 * pairs && between >= 20 && between <= 262144
	share = found / (256 * (between ? between : 1))
	if (share > 1)
		share = 1
	printf "numbers.share\t%s\n", known ? sprintf("%.9f", share) : "null"
	printf "numbers.few\t%d\n", known && share < 0.5 && figure["has.capacity"] && !sreport && figure["utilization"] < 0.5
}
