# SPDX-License-Identifier: Apache-2.0
# What a node of kind k costs at the prices of[] (doc/model.md, "Own or rent"), given its cores[], gib[] and gpus[]: into purchase,
# capital, watts, cash and rent.
function price(k) {
	purchase = of["node_purchase"] + cores[k] * of["core_purchase"] + gib[k] * of["memory_purchase"] + gpus[k] * of["gpu_purchase"]
	capital = purchase / of["node_life"]
	watts = of["node_watts"] + cores[k] * of["core_watts"] + gpus[k] * of["gpu_watts"]
	cash = watts / 1000 * 8760 * of["pue"] * of["electricity"] + of["support"] * purchase
	rent = gpus[k] ? gpus[k] * of["rented_gpu_hour"] : cores[k] * of["vcpus_per_core"] * of["vcpu_hour"]
	rent *= 1 + of["rent_overhead"]
}
