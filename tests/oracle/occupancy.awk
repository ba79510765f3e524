# SPDX-License-Identifier: Apache-2.0
# Jobs as fold.awk writes them → what each takes from each of its nodes and gives back: node, second,
# CPUs, KiB, GPUs. Sorted by node, second and CPUs, the running sums must never exceed what the node
# has. Needs hosts.awk.
BEGIN { FS = OFS = "\t" }

$17 == 1 && $11 > 0 {
	n = hosts($16)
	for (i = 1; i <= n; i++) {
		print host[i], $9, $12 / $15, $13 / $15, $14 / $15
		print host[i], $9 + $11, -$12 / $15, -$13 / $15, -$14 / $15
	}
}
