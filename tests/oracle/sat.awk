# SPDX-License-Identifier: Apache-2.0
# Jobs as fold.awk writes them → a line for each node of each: line of the job, node, from, to. Needs hosts.awk.
BEGIN { FS = OFS = "\t" }

$17 == 1 && $11 > 0 {
	n = hosts($16)
	for (i = 1; i <= n; i++)
		print FNR, host[i], $9, $9 + $11
}
