# SPDX-License-Identifier: Apache-2.0
# Nodes as shapes.awk writes them, then jobs as fold.awk does → of each job its line and the CPUs of a core on each of its nodes: fewer it
# cannot hold. Needs hosts.awk.
BEGIN { FS = OFS = "\t" }

NR == FNR { threads[$1] = $6 > 0 && $3 > $6 ? int($3 / $6) : 1; next }

{
	least = $15 > 0 ? $15 : 1
	n = hosts($16)
	for (i = 1; i <= n; i++)
		least += host[i] in threads ? threads[host[i]] - 1 : 0
	print FNR, least
}
