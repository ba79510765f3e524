# SPDX-License-Identifier: Apache-2.0
# The demand of one kind of node → what to own and what to rent (doc/model.md, "Own or rent" and "The saving"): lines "id TAB value".
# Reads assumptions (key, low, expected, high), then lines "scenario, from, to, micro-nodes held, of these excess, of these promised, of those held by jobs on one node for at most a day"; those of
# the scenarios "planned" and "down" are nodes that were not there.
# Given: pool (the kind's number), owned, before (a `change`), capital, cash, rent, and the window, from and to. What is rented beside
# each number owned goes to the file `curve`, the hours in which the kind was full to the file `full`. Needs least.awk.
BEGIN {
	FS = "\t"
	n = split("low expected high", scenario, " ")
	first = from / 60
	last = to / 60 - 1
	a_year = 8760 * 3600 / (to - from)
	node = 60 * 1000000 # for a minute, in micro-node-seconds
	changes[int(change / 60)] = 1
	levels = split("50 75 80 85 90 95 99", level, " ")
}

NR == FNR { for (i = 2; i <= 4; i++) of[$1, scenario[i - 1]] = $i; next }

# What a job holds for a while: in minutes of which it has a part, and in all minutes between.
function hold(s, what, begin, end, amount,    a, b) {
	a = int(begin / 60)
	b = int(end / 60)
	if (a == b) {
		part[s, what, a] += amount * (end - begin)
		return
	}
	part[s, what, a] += amount * ((a + 1) * 60 - begin)
	part[s, what, b] += amount * (end - b * 60)
	rise[s, what, a + 1] += amount
	rise[s, what, b] -= amount
	changes[a + 1] = changes[b] = 1
}

{
	hold($1, "held", $2, $3, $4)
	hold($1, "excess", $2, $3, $5)
	hold($1, "light", $2, $3, $7)
	changes[int($2 / 60)] = changes[int($3 / 60)] = changes[int($2 / 60) + 1] = changes[int($3 / 60) + 1] = 1
	excess[$1] += $5 * ($3 - $2)
	promised[$1] += $6 * ($3 - $2)
}

# What a minute holds
function now_held(s, what, minute,    key) {
	key = s SUBSEP what SUBSEP minute
	if (key in rise)
		level_of[s, what] += rise[key]
	return level_of[s, what] * 60 + ((key in part) ? part[key] : 0)
}

# So many minutes of a need: counted by whole nodes, so that the rent of any number owned is a sum over whole nodes.
function count_need(which, need, minutes,    whole) {
	whole = int(need / node)
	times[which, whole] += minutes
	amount_of[which, whole] += need * minutes
	all_of[which] += need * minutes
}

# What is above so many nodes: sums from the top down, made once.
function heap(which,    k) {
	for (k = owned; k >= 0; k--) {
		above[which, k] = above[which, k + 1] + amount_of[which, k]
		minutes_above[which, k] = minutes_above[which, k + 1] + times[which, k]
	}
}

function burst(which, keep) { return (above[which, keep] - keep * node * minutes_above[which, keep]) / node / 60 * a_year }

function put(id, value) { printf "pool.%d.%s\t%.9f\n", pool, id, value }
function least(a, b) { return a < b ? a : b }

# What is rented beside each number owned, before and after, for whoever moves prices.
function put_curve(s, keep, freed,    k) {
	put_bursts(keep)
	for (k = 0; k <= owned; k++)
		printf "%d\t%d\t%.9f\t%.9f\t%.9f\n", pool, k, burst(s, k), burst(s SUBSEP "users", k), freed >> curve
}

function put_case(s, dot, year,    keep, hours, keep_users, hours_users, freed) {
	keep = best(s, year, owned)
	hours = best_burst
	freed = (all_of[s] - all_of[s, "users"]) / node / 60 * a_year
	keep_users = dot == "" ? worthiest(s SUBSEP "users", year, owned, freed, keep, hours) : best(s SUBSEP "users", year, owned)
	hours_users = best_burst
	if (s == "expected" && dot == "")
		put_curve(s, keep, freed)
	if (dot == "")
		put("less." s, freed)
	put(dot "keep." s, keep)
	put(dot "burst." s, hours)
	put(dot "keep_users." s, keep_users)
	put(dot "burst_users." s, hours_users)
	put(dot "returned." s, positive(freed - (hours - hours_users) - (keep - keep_users) * 8760))
}

# The first minutes of stretches in which nothing changes, found once for all scenarios; the last is behind the window.
function find_turns(    minute) {
	turn[turns = 1] = first
	for (minute = first + 1; minute <= last; minute++)
		if (minute in changes)
			turn[++turns] = minute
	turn[turns + 1] = last + 1
}

function whole_nodes(amount) { return int((amount + node - 1) / node) }

# Hours of the period, from its first minute on, in which this kind of node was full; what is left of the last hour is none.
function fill(minute, until, held, then, packing,    hour, end) {
	for (; minute < until; minute = end) {
		hour = int((minute - first) / 60)
		end = least(until, first + (hour + 1) * 60)
		of_hour[hour] += held * (end - minute)
		owned_of_hour[hour] += then * (end - minute)
		if (end == first + (hour + 1) * 60 && of_hour[hour] * 1000 >= owned_of_hour[hour] * packing)
			print hour >> full
	}
}

# Stretches of minutes in which more is needed than is kept
function put_bursts(keep,    i, on, count, sum, longest, filled, most) {
	for (i = 1; i <= stretches; i++) {
		most = needs[i] > most ? needs[i] : most
		if (needs[i] <= keep * node) {
			on = 0
			continue
		}
		count += on == 0
		on += lasts[i]
		sum += lasts[i]
		filled += least(needs[i] - keep * node, bears[i]) * lasts[i]
		longest = on > longest ? on : longest
	}
	put("crests", count * a_year)
	put("crests.light", filled / node / 60 * a_year)
	put("most", whole_nodes(most))
	put("crests.deepest", positive(whole_nodes(most) - keep))
	put("crests.longest", longest * 60)
	put("crests.time", sum / (last - first + 1))
}

# Once for all minutes in which nothing changes.
function walk(s, packing, fraction,    i, minute, until, held, over, light, need, after, then, gone, broken, there, left) {
	level_of["planned", "held"] = level_of["down", "held"] = 0
	for (i = 1; i <= turns; i++) {
		minute = turn[i]
		until = turn[i + 1]
		held = now_held(s, "held", minute)
		over = now_held(s, "excess", minute)
		light = now_held(s, "light", minute)
		gone = now_held("planned", "held", minute)
		broken = now_held("down", "held", minute)
		then = (minute * 60 < change ? before : owned) * node
		there = positive(then - gone - broken)
		need = least(int(held * 1000 / packing), least(held > there ? held : there, owned * node))
		after = positive(held - int(over * fraction / 1000000))
		count_need(s, need, until - minute)
		count_need(s SUBSEP "users", least(int(after * 1000 / packing), need), until - minute)
		if (s != "expected")
			continue
		covered[whole_nodes(need)] += until - minute
		unpacked[whole_nodes(held)] += until - minute
		needs[++stretches] = need
		lasts[stretches] = until - minute
		bears[stretches] = int(light * 1000 / packing)
		left = then - least(held, then)
		allocated += (then - left) * (until - minute)
		planned += least(gone, left) * (until - minute)
		down += least(broken, left - least(gone, left)) * (until - minute)
		both += (gone + broken - least(gone + broken, left)) * (until - minute)
		fill(minute, until, held, then, packing)
		mean += held / node * (until - minute)
		peak = held > peak ? held : peak
		clipped += held > then ? until - minute : 0
	}
}

# The whole nodes that are enough in so many of a hundred minutes.
function enough(of_minutes, percent,    k, sum, place) {
	place = percent * (last - first + 1) / 100
	for (k = 0; k <= 1000000; k++) {
		sum += of_minutes[k]
		if (sum >= place)
			return k
	}
}

# Where it is not known what is owned, all that users give back is returned.
function put_returned(s, fraction) {
	put("returned." s, fraction * excess[s] / node / 60 * a_year)
	put("now.returned." s, fraction * excess[s] / node / 60 * a_year)
}

END {
	if (owned)
		find_turns()
	for (i = 1; i <= n; i++) {
		s = scenario[i]
		fraction = excess[s] ? of["adoption", s] * promised[s] / excess[s] : 0
		if (!owned) {
			put_returned(s, fraction)
			continue
		}
		walk(s, int(of["packing", s] * 1000 + 0.5), int(fraction * 1000000 + 0.5))
		heap(s)
		heap(s SUBSEP "users")
		put_case(s, "", capital + cash)
		put_case(s, "now.", cash)
	}
	if (!owned)
		exit
	for (i = 1; i <= levels; i++) {
		put("own.p" level[i] ".nodes", enough(covered, level[i]))
		put("own.p" level[i] ".burst", burst("expected", enough(covered, level[i])))
	}
	put("need", all_of["expected"] / node / 60 * a_year)
	put("mean", mean / (last - first + 1))
	put("peak", peak / node)
	put("p85", enough(unpacked, 85))
	put("clipped", clipped / 60)
	put("allocated", allocated / node / 60)
	put("planned", planned / node / 60)
	put("down", down / node / 60)
	put("both", both / node / 60)
}
