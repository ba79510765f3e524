# SPDX-License-Identifier: Apache-2.0
# One price moved alone, to its low or its high value or as far as the saving lasts, and all of them at once to one end, as "prices"
# (doc/model.md, "What the saving hangs on"). Reads
# assumptions (key, low, expected, high, least and most that are accepted), kinds of node as prices.awk writes them, and what is rented
# beside each number owned, as sizing.awk writes it → lines "key, low, saving there, high, saving there, value at which acting pays no
# more"; the last is empty when there is none. Given: acting, what it costs. Needs cost.awk and least.awk.
BEGIN { FS = OFS = "\t"; OFMT = CONVFMT = "%.17g" }

FNR == 1 { file++ }

file == 1 {
	of[$1] = $3
	if ($1 ~ /^(node|core|memory|gpu)_(purchase|life|watts)$|^(pue|electricity|support|vcpu_hour|vcpus_per_core|rented_gpu_hour|rent_overhead)$/ &&
	    ($2 != $3 || $4 != $3)) {
		key[++keys] = $1
		low[$1] = $2
		high[$1] = $4
		worst[$1] = $2 < $4 ? $5 : $6
	}
	next
}

file == 2 { kinds = $1; nodes[$1] = $2; gib[$1] = $4; gpus[$1] = $5; cores[$1] = $6; next }

{ rented["before", $1, $2] = $3; rented["after", $1, $2] = $4; freed[$1] = $5 }

function burst(which, number) { return rented[which, kind, number] }

# The saving of a year at the prices of[].
function saving_now(    year, keep, hours, keep_users, sum, all) {
	for (kind = 1; kind <= kinds; kind++) {
		price(kind)
		year = capital + cash
		keep = best("before", year, nodes[kind])
		hours = best_burst
		keep_users = worthiest("after", year, nodes[kind], freed[kind], keep, hours)
		sum += (nodes[kind] - keep_users) * year - rent * best_burst
		sum += positive(freed[kind] - (hours - best_burst) - (keep - keep_users) * 8760) * year / 8760
		all += nodes[kind] * year
	}
	return sum < all ? sum : all
}

# With this price at this value.
function saving(name, value,    usual, sum) {
	usual = of[name]
	of[name] = value
	sum = saving_now()
	of[name] = usual
	return sum
}

# With all of them at one end, low[] or high[].
function saving_at(end,    i, usual, sum) {
	for (i = 1; i <= keys; i++) {
		usual[key[i]] = of[key[i]]
		of[key[i]] = end[key[i]]
	}
	sum = saving_now()
	for (i = 1; i <= keys; i++)
		of[key[i]] = usual[key[i]]
	return sum
}

# The dearer a node and the cheaper renting, the more is saved: so the range is halved until nothing is between its ends.
function even(name,    good, bad, middle) {
	good = of[name]
	bad = worst[name]
	if (saving(name, good) <= acting || saving(name, bad) > acting)
		return ""
	while ((middle = (good + bad) / 2) != good && middle != bad) {
		if (saving(name, middle) > acting)
			good = middle
		else
			bad = middle
	}
	return bad
}

END {
	for (i = 1; i <= keys; i++) {
		k = key[i]
		print k, low[k], saving(k, low[k]), high[k], saving(k, high[k]), even(k)
	}
	print "prices", "", saving_at(low), "", saving_at(high), ""
}
