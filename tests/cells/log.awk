# SPDX-License-Identifier: Apache-2.0
# A random log of few people in few groups, from half a year: awk -v seed=N -f log.awk. Synthetic.
function chance(limit)
{
	state = state * 16807 % 2147483647
	return int(state / 2147483647 * limit)
}

function stamp(seconds,   day, month, length_of)
{
	day = int(seconds / 86400)
	for (month = 1; ; month++) {
		length_of = substr("312831303130313130313031", 2 * month - 1, 2) + 0
		if (day < length_of)
			break
		day -= length_of
	}
	seconds %= 86400
	return sprintf("2025-%02d-%02dT%02d:%02d:%02d", month, day + 1, seconds / 3600, seconds / 60 % 60, seconds % 60)
}

# Groups of every size: the first are drawn far more often.
function group(   limit)
{
	limit = 1 + chance(groups)
	return sprintf("group_%c", 65 + chance(limit))
}

BEGIN {
	state = 7919 * seed + 1
	for (i = 0; i < 20; i++)
		chance(2)
	users = 8 + chance(24)
	groups = 2 + chance(7)
	jobs = 3 * users + chance(60)
	wanderers = chance(3) ? 4 + chance(12) : 1000
	likings = chance(3) ? 0 : 2 + chance(4)
	print "JobIDRaw|User|Account|Group|State|Submit|Eligible|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NNodes|NodeList|AllocTRES|TotalCPU|Partition"
	for (i = 1; i <= users; i++) {
		home[i] = group()
		heavy[i] = 1 + (chance(9) == 0) * 40
		likes[i] = likings && chance(likings) ? 0 : 2 + chance(3)
		idle[i] = chance(6) == 0 # all jobs of theirs end at once
	}
	for (i = 1; i <= jobs; i++) {
		u = i <= users ? i : 1 + chance(users)
		account = i > users && chance(wanderers) == 0 ? group() : home[u]
		start = chance(200 * 86400)
		long = (600 + chance(7000)) * heavy[u] * !idle[u]
		cpus = 1 + chance(16)
		busy = int(long * cpus * (1 + chance(9)) / 10)
		node = 1 + (chance(5) < likes[u] ? chance(4) : chance(2))
		# Of a node with GPUs a job has as large a share of the CPUs as of the GPUs.
		gpus = node == 4 ? 1 + int((cpus - 1) / 16) : 0
		cpus = gpus ? gpus * 16 : cpus
		printf "%d|user_%04d|%s|%s|COMPLETED|%s|%s|%s|%s|%d|%d|%dM|1|n%d|cpu=%d,mem=%dM,node=1%s|%02d:%02d:%02d|%s\n", i, u, account,
		       account, stamp(start), stamp(start), stamp(start), stamp(start + long), long, cpus, cpus * 100, node, cpus,
		       cpus * 100, gpus ? ",gres/gpu=" gpus : "", busy / 3600, busy / 60 % 60, busy % 60,
		       node == 4 ? "gpu" : node == 3 ? "bigmem" : (i + u) % 3 && account != "group_A" ? "batch" : "short"
	}
}
