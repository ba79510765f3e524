# SPDX-License-Identifier: Apache-2.0
# Without an inventory: jobs as fold.awk writes them → nodes as shapes.awk writes them. A node is as large as the largest even share of
# any one job on it, of memory in whole MiB, rounded up; nodes whose names differ in digits only are alike. Needs hosts.awk.
BEGIN { FS = OFS = "\t" }

function up(amount, nodes) { return int((amount + nodes - 1) / nodes) }
function most(a, b) { return a > b ? a : b }

$17 == 1 {
	count = hosts($16)
	for (i = 1; i <= count; i++) {
		stem = host[i]
		gsub(/[0-9]+/, "0", stem)
		stem_of[host[i]] = stem
		cpus[stem] = most(cpus[stem], up($12, $15))
		mib[stem] = most(mib[stem], up($13, $15 * 1024))
		gpus[stem] = most(gpus[stem], up($14, $15))
	}
}

END {
	for (name in stem_of) {
		stem = stem_of[name]
		kind[name] = cpus[stem] OFS mib[stem] OFS gpus[stem] OFS cpus[stem]
		nodes[kind[name]]++
	}
	for (k in nodes)
		for (other in nodes)
			place[k] += other == k || nodes[other] > nodes[k]
	for (name in kind)
		print name, place[kind[name]], kind[name], 1, 1
}
