# SPDX-License-Identifier: Apache-2.0
# Assumptions (key, low, expected, high), then nodes as shapes.awk writes them → a line for each kind of node, in order: kind, nodes,
# CPUs, GiB, GPUs, cores, purchase, capital, watts, cash, year, rate, rent, nodes before, 0 (doc/model.md, "Own or rent"). Prices are those
# expected. Needs cost.awk.
BEGIN { FS = OFS = "\t"; OFMT = CONVFMT = "%.17g" }

NR == FNR { of[$1] = $3; next }

{ nodes[$2] += $8; before[$2] += $7; cpus[$2] = $3; gib[$2] = $4 / 1024; gpus[$2] = $5; cores[$2] = $6; kinds = $2 > kinds ? $2 : kinds }

END {
	for (k = 1; k <= kinds; k++) {
		price(k)
		print k, nodes[k], cpus[k], gib[k], gpus[k], cores[k], purchase, capital, watts, cash, capital + cash,
		      (capital + cash) / 8760, rent, before[k], 0
	}
}
