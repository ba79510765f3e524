# SPDX-License-Identifier: Apache-2.0
# Jobs as fold.awk writes them → how easily people could be found in the file (doc/model.md, "Disclosure risk"): lines "id TAB value", of
# shares with how far the four decimals of a manifest may be off behind them.
#
# Numbers of 64 bits are four of 16, the lowest first: an awk has none that are longer than 53.
BEGIN {
	FS = "\t"
	CONVFMT = "%.17g"
	for (i = 0; i < 16; i++)
		for (k = 0; k < 16; k++)
			for (bit = 1; bit < 16; bit *= 2)
				either[i, k] += int(i / bit) % 2 == int(k / bit) % 2 ? 0 : bit
	set(golden, "9e3779b97f4a7c15")
	set(one, "bf58476d1ce4e5b9")
	set(two, "94d049bb133111eb")
	set(state, "000000000134fe13") # 20250131
}

function set(to, text,    i) {
	for (i = 0; i < 4; i++)
		to[i] = hex(substr(text, 13 - 4 * i, 4))
}

function hex(text,    i, sum) {
	for (i = 1; i <= length(text); i++)
		sum = sum * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
	return sum
}

function exclusive_or(a, b,    sum, scale) {
	for (scale = 1; scale < 65536; scale *= 16) {
		sum += either[a % 16, b % 16] * scale
		a = int(a / 16)
		b = int(b / 16)
	}
	return sum
}

# x ^ x >> so many bits, 16 to 31 of them
function fold(x, bits,    i, less, part) {
	less = 2 ^ (bits - 16)
	for (i = 0; i < 4; i++)
		part[i] = int((i < 3 ? x[i + 1] : 0) / less) + (i < 2 ? x[i + 2] : 0) * (65536 / less) % 65536
	for (i = 0; i < 4; i++)
		x[i] = exclusive_or(x[i], part[i])
}

function times(x, y,    i, k, sum, carry) {
	for (i = 0; i < 4; i++) {
		sum[i] = 0
		for (k = 0; k <= i; k++)
			sum[i] += x[k] * y[i - k]
	}
	for (i = 0; i < 4; i++) {
		sum[i] += carry
		carry = int(sum[i] / 65536)
		x[i] = sum[i] % 65536
	}
}

# The next number of the sequence, less than the bound.
function chance(bound,    i, carry, x, rest) {
	for (i = 0; i < 4; i++) {
		state[i] += golden[i] + carry
		carry = int(state[i] / 65536)
		state[i] %= 65536
		x[i] = state[i]
	}
	fold(x, 30)
	times(x, one)
	fold(x, 27)
	times(x, two)
	fold(x, 31)
	for (i = 3; i >= 0; i--)
		rest = (rest * 65536 + x[i]) % bound
	return rest
}

function number(what, name) {
	if (!((what, name) in number_of))
		number_of[what, name] = count[what]++
	return number_of[what, name]
}

function month(seconds,    days, era, of_era, of_year) { # in which it lies: any number that is another for another month
	days = int(seconds / 86400) + 719468
	era = int(days / 146097)
	days -= era * 146097
	of_era = int((days - int(days / 1460) + int(days / 36524) - int(days / 146096)) / 365)
	of_year = days - (365 * of_era + int(of_era / 4) - int(of_era / 100))
	return (era * 400 + of_era) * 12 + int((5 * of_year + 2) / 153)
}

$3 != "" {
	u = number("user", $3)
	g = number("group", $4)
	held[g, u] += $12 * $11
	in_group[g] += $12 * $11
	jobs[g]++
	all_jobs++
	all_held += $12 * $11
	if ($14 > 0)
		gpu[u] = 1
	if ($9 < 0)
		next
	m = month($9)
	if (!((u, m) in of_month)) { of_month[u, m] = 1; months[m] = 1 }
	if (!((g, m, $14 > 0, u) in seen)) {
		seen[g, m, $14 > 0, u] = 1
		users_in[g, m, $14 > 0]++
	}
	points[$9 * 65536 + g, u] = 1
}

function put(id, value) { printf "risk.%s\t%d\n", id, value }
function share(id, value) { printf "risk.%s\t%.6f\t0.000051\n", id, value }

function count_groups(    g, u, users, most, below, jobs_below, held_below, dominated) {
	for (g = 0; g < count["group"]; g++) {
		users = most = 0
		for (u = 0; u < count["user"]; u++)
			if ((g, u) in held) {
				users++
				most = held[g, u] > most ? held[g, u] : most
			}
		dominated += in_group[g] > 0 && most >= 0.85 * in_group[g]
		if (users < 5) {
			below++
			jobs_below += jobs[g]
			held_below += in_group[g]
		}
	}
	put("groups", count["group"])
	put("groups.below", below)
	if (below && least > 1) { # what the report hides
		printf "risk.groups.below.jobs\tnull\nrisk.groups.below.hours\tnull\n"
	} else {
		share("groups.below.jobs", all_jobs ? jobs_below / all_jobs : 0)
		share("groups.below.hours", all_held ? held_below / all_held : 0)
	}
	put("groups.dominated", dominated)
}

function count_cells(    cell, cells, below, two) {
	for (cell in users_in) {
		cells++
		below += users_in[cell] < 5
		two += users_in[cell] == 2
	}
	put("cells", cells)
	put("cells.below", below)
	put("cells.two", two)
}

function count_alike(    u, g, m, look, looks, of, alone) {
	for (u = 0; u < count["user"]; u++) {
		look = gpu[u] + 0
		for (g = 0; g < count["group"]; g++)
			if ((g, u) in held)
				look = look "," g
		look = look ";"
		for (m in months)
			if ((u, m) in of_month)
				look = look "," m
		of[u] = look
		looks[look]++
	}
	for (u in of)
		alone += looks[of[u]] == 1
	share("unique", alone / count["user"])
}

# Each user's points in rising order: own[user, 1 …].
function sort_points(    key, part, u, i, k, point) {
	for (key in points) {
		split(key, part, SUBSEP)
		u = part[2]
		point = part[1] + 0
		for (i = own_count[u]; i > 0 && own[u, i] > point; i--)
			own[u, i + 1] = own[u, i]
		own[u, i + 1] = point
		own_count[u]++
		owners[point] = owners[point] " " u
	}
}

# Whether another has all of these points, too.
function shared(u, known, wanted,    n, other, i, k) {
	n = split(owners[known[1]], other, " ")
	for (i = 1; i <= n; i++) {
		if (other[i] == u)
			continue
		for (k = 2; k <= wanted && ((known[k], other[i]) in points); k++)
			;
		if (k > wanted)
			return 1
	}
	return 0
}

function draw(wanted,    u, able, people, known, i, k, again, drawn, alone) {
	for (u = 0; u < count["user"]; u++)
		if (own_count[u] >= wanted)
			able[people++] = u
	for (drawn = 0; drawn < 1000 && people; drawn++) {
		u = able[chance(people)]
		for (i = 1; i <= wanted; i++)
			do {
				known[i] = own[u, chance(own_count[u]) + 1]
				again = 0
				for (k = 1; k < i; k++)
					again += known[k] == known[i]
			} while (again)
		alone += !shared(u, known, wanted)
	}
	put_interval(wanted, alone + 0, drawn)
}

# Wilson's interval of 95 %.
function put_interval(wanted, alone, n,    p, z, middle, half) {
	z = 1.959964
	p = n ? alone / n : 0
	middle = n ? (p + z * z / (2 * n)) / (1 + z * z / n) : 0
	half = n ? z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n) : 0
	share("known." wanted, p)
	share("known." wanted ".low", middle > half ? middle - half : 0)
	share("known." wanted ".high", middle + half < 1 ? middle + half : 1)
}

END {
	print "has.risk\t1"
	put("minimum", 5)
	put("users", count["user"])
	count_groups()
	count_cells()
	count_alike()
	sort_points()
	for (i = 1; i <= 5; i++)
		draw(i)
}
