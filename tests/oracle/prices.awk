# SPDX-License-Identifier: Apache-2.0
# Assumptions (key, low, expected, high), then nodes as shapes.awk writes them → a line for each kind of node, in order: kind, nodes,
# CPUs, GiB, GPUs, cores, purchase, capital, watts, cash, year, rate, rent, nodes before, 0 (doc/model.md, "Own or rent"). Prices are those expected.
BEGIN { FS = OFS = "\t"; OFMT = CONVFMT = "%.17g" }

NR == FNR { of[$1] = $3; next }

{ nodes[$2] += $8; before[$2] += $7; cpus[$2] = $3; gib[$2] = $4 / 1024; gpus[$2] = $5; cores[$2] = $6; kinds = $2 > kinds ? $2 : kinds }

END {
	for (k = 1; k <= kinds; k++) {
		purchase = of["node_purchase"] + cores[k] * of["core_purchase"] + gib[k] * of["memory_purchase"] + gpus[k] * of["gpu_purchase"]
		capital = purchase / of["node_life"]
		watts = of["node_watts"] + cores[k] * of["core_watts"] + gpus[k] * of["gpu_watts"]
		cash = watts / 1000 * 8760 * of["pue"] * of["electricity"] + of["support"] * purchase
		rent = gpus[k] ? gpus[k] * of["rented_gpu_hour"] : cores[k] * of["vcpus_per_core"] * of["vcpu_hour"]
		print k, nodes[k], cpus[k], gib[k], gpus[k], cores[k], purchase, capital, watts, cash, capital + cash,
		      (capital + cash) / 8760, rent * (1 + of["rent_overhead"]), before[k], 0
	}
}
