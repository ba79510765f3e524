# SPDX-License-Identifier: Apache-2.0
# What `scontrol show node -o` prints → a line a node: name, kind (the kind with most nodes is 1), CPUs, MiB, GPUs, cores,
# whether the first list has it, and the last.
function after(text, name) { # the value of name=… among words
	if (!match(" " text, " " name "=[^ ]*"))
		return ""
	return substr(" " text, RSTART + length(name) + 2, RLENGTH - length(name) - 2)
}

FNR == 1 { list++ }

/^NodeName=/ {
	listed[list, after($0, "NodeName")] = 1
	if (seen[after($0, "NodeName")]++)
		next
	gres = after($0, "Gres")
	gpus = gres ~ /^gpu:/ ? substr(gres, match(gres, /[0-9]+$/)) : 0
	sub(/:[0-9]+$/, "", gres)
	cpus = after($0, "CPUEfctv") != "" ? after($0, "CPUEfctv") : after($0, "CPUTot")
	cores = after($0, "Sockets") * after($0, "CoresPerSocket")
	mib = after($0, "RealMemory")
	line[++n] = cpus "\t" (mib > 1 ? mib : 0) "\t" gpus "\t" cores
	kind[n] = line[n] "\t" gres
	name[n] = after($0, "NodeName")
	count[kind[n]]++
}

END {
	for (k in count)
		for (other in count)
			place[k] += other == k || count[other] > count[k]
	for (i = 1; i <= n; i++)
		print name[i] "\t" place[kind[i]] "\t" line[i] "\t" listed[1, name[i]] + 0 "\t" listed[list, name[i]] + 0
}
