# SPDX-License-Identifier: Apache-2.0
# What cells.sql writes → what a report for others hides (doc/model.md, "Small groups"): lines "id TAB value", and with -v tables=1 also what
# each row of its tables may tell: "groups.NAME.kinds", "users.NAME.group", "users.NAME.kinds" and "partitions.NAME.told".
# Given: least, the users that a shown group has. Groups and users are numbers here, in the order of their names.
BEGIN { FS = "\t"; OTHERS = 11 }

function number_of_group(name) {
	if (!(name in group_of)) { group_of[name] = ++groups; name_of[groups] = name }
	return group_of[name]
}

$1 == "pools" { pools = $2; next }
$1 == "window" { first = $2; last = $3; next }
$1 == "member" {
	m = ++members
	at[$2, $3] = m
	in_group[m] = number_of_group($2)
	if (!($3 in user_of)) { user_of[$3] = ++users; user_name[users] = $3 }
	is_of[m] = user_of[$3]
	cpu[m] = $4
	gpu[m] = $5
	next
}
$1 == "held" { held[at[$2, $3], $4] += $5; next }
$1 == "work" && least <= 1 { next } # nothing is hidden at any hour
$1 == "work" {
	for (h = $4; h < $5; h++) {
		if ($6) busy[at[$2, $3], "cpu", h] = 1
		if ($7) busy[at[$2, $3], "gpu", h] = 1
	}
	next
}
$1 == "stay" {
	s = ++stays
	if (!($4 in partition_of)) { partition_of[$4] = ++partitions; partition_name[partitions] = $4 }
	stay_at[s] = partition_of[$4]
	stay_of[s] = at[$2, $3]
	stay_cpu[s] = $5
	next
}

# What of a stay was on a kind of node.
$1 == "lay" && $6 > 0 {
	l = ++lays
	lay_of[l] = at[$2, $3]
	lay_at[l] = partition_of[$4]
	lay_on[l] = $5
	lay_held[l] = $6
	next
}

# A crowd is counted in n, of rows without a user and of who held nothing in others, in all and most.
function nobody() { n = others = all = most = 0 }
function add(amount, u) { if (user_name[u] != "" && amount > 0) n++; else others++; all += amount; most = amount > most ? amount : most }
function hides() { return least <= 1 || (n >= least && most * 100 < all * 85) }
function none() { return n + others == 0 }
function hides_or_none() { return none() || hides() }

# The people of the groups of whom `out` says so; somebody in several of them is one.
function crowd_out(out, amount,    m, sum, u) {
	for (m = 1; m <= members; m++)
		if (out[in_group[m]] && amount[m] >= 0)
			sum[is_of[m]] += amount[m]
	nobody()
	for (u in sum)
		add(sum[u], u)
}

# 1. Groups that do not hide their users, and further ones until all of these together do.
function pool_groups(    g, m, with_n, with_all, with_most, found, enough, best, sum, u) {
	for (g = 1; g <= groups; g++) {
		nobody()
		for (m = 1; m <= members; m++)
			if (in_group[m] == g)
				add(cpu[m], is_of[m])
		if (!hides()) { out[g] = 1; hidden++ }
	}
	for (crowd_out(out, cpu); !none() && !hides() && hidden < groups; crowd_out(out, cpu)) {
		found = 0
		for (g = 1; g <= groups; g++) {
			if (out[g])
				continue
			out[g] = 1
			crowd_out(out, cpu)
			out[g] = 0
			enough = hides()
			# Of those with which it is enough the smallest, else the largest.
			if (!found || (enough && !best) || (enough == best && (enough ? all < best_all : all > best_all))) {
				found = g
				best = enough
				best_all = all
			}
		}
		out[found] = 1
		hidden++
	}
	count_out()
}

# What has no name is no group; who held nothing is a user.
function count_out(    g, m, seen) {
	for (g in out)
		hidden_groups += out[g] && name_of[g] != ""
	for (m = 1; m <= members; m++)
		hidden_users += out[in_group[m]] && user_name[is_of[m]] != "" && !seen[is_of[m]]++
}

# What was in the hidden groups is one group from here on, the last.
function relabel(    m, g, key, i, seen, kept) {
	other = 0
	if (!hidden)
		return
	other = groups + 1
	name_of[other] = "other (fewer than " least " users or as easily found)"
	for (m = 1; m <= members; m++) {
		if (!out[in_group[m]])
			continue
		in_group[m] = other
		if (is_of[m] in seen)
			moved[m] = seen[is_of[m]]
		else
			seen[is_of[m]] = m
	}
	for (m in moved) {
		i = moved[m]
		cpu[i] += cpu[m]
		gpu[i] += gpu[m]
		for (g = 1; g <= pools; g++)
			held[i, g] += held[m, g]
		gone[m] = 1
	}
	for (key in busy) {
		split(key, part, SUBSEP)
		if (part[1] in moved)
			kept[moved[part[1]], part[2], part[3]] = 1
	}
	for (key in kept)
		busy[key] = 1
	groups++
}

# 2. Whose row names which group; 0: none.
function find_homes(    m, u, g, count) {
	for (m = 1; m <= members; m++) {
		if (gone[m]) continue
		count[is_of[m]]++
		home[is_of[m]] = in_group[m]
	}
	if (least <= 1)
		return
	for (u = 1; u <= users; u++)
		if (count[u] > 1)
			home[u] = 0
	for (g = 1; g <= groups; g++)
		withhold(g)
}

# The users with fewest core-hours, until those without a name hide each other.
function withhold(g,    m, found) {
	nobody()
	for (m = 1; m <= members; m++)
		if (!gone[m] && in_group[m] == g && !home[is_of[m]])
			add(cpu[m], is_of[m])
	while (!none() && !hides()) {
		found = 0
		for (m = 1; m <= members; m++)
			if (!gone[m] && in_group[m] == g && home[is_of[m]] && (!found || cpu[m] < cpu[found]))
				found = m
		if (!found)
			return
		home[is_of[found]] = 0
		add(cpu[found], is_of[found])
	}
}

# 3. Of which groups all of these cells are told: cell[c, m] is what a member has in the cell, below nought: nothing.
function tell(cells, alone, shown,    g, c, m, again, smallest, size, in_it) {
	for (g = 1; g <= groups; g++) {
		shown[g] = 1
		size[g] = 0
	}
	for (m = 1; m <= members; m++)
		if (!gone[m])
			size[in_group[m]] += cpu[m]
	if (least <= 1)
		return
	for (c = 1; c <= cells; c++)
		for (g = 1; g <= groups; g++)
			if (!cell_hides(c, g, 0) || (alone && !cell_hides(c, g, 1)))
				shown[g] = 0
	do {
		again = 0
		for (c = 1; c <= cells; c++) {
			rest_of(c, shown)
			if (hides_or_none())
				continue
			smallest = 0
			for (g = 1; g <= groups; g++)
				if (shown[g] && has_some(c, g) && (!smallest || size[g] < size[smallest]))
					smallest = g
			if (!smallest && left_out(shown) < 2)
				for (g = 1; g <= groups; g++)
					if (shown[g] && (!smallest || size[g] < size[smallest]))
						smallest = g
			if (smallest) {
				shown[smallest] = 0
				again = 1
			}
		}
	} while (again)
}

function left_out(shown,    g, count) {
	for (g = 1; g <= groups; g++)
		count += !shown[g]
	return count + 0
}

function has_some(c, g,    m) {
	for (m = 1; m <= members; m++)
		if (!gone[m] && in_group[m] == g && cell[c, m] >= 0)
			return 1
	return 0
}

function cell_hides(c, g, alone,    m) {
	nobody()
	for (m = 1; m <= members; m++)
		if (!gone[m] && in_group[m] == g && cell[c, m] >= 0 && (!alone || !home[is_of[m]]))
			add(cell[c, m], is_of[m])
	return hides_or_none()
}

function rest_of(c, shown,    m, u, sum) {
	for (m = 1; m <= members; m++)
		if (!gone[m] && !shown[in_group[m]] && cell[c, m] >= 0)
			sum[is_of[m]] += cell[c, m]
	nobody()
	for (u in sum)
		add(sum[u], u)
}

function by_kind(    p, m, g) {
	for (m = 1; m <= members; m++) {
		for (p = 1; p <= pools; p++)
			cell[p, m] = held[m, p] > 0 ? held[m, p] : -1
		cell[pools + 1, m] = gpu[m] > 0 ? gpu[m] : -1
	}
	if (groups - (other ? hidden : 0) < 2)
		for (g = 1; g <= groups; g++)
			kinds[g] = 1
	else
		tell(pools + 1, 1, kinds)
}

# 4. By time: what somebody held is spread evenly over the hours at work.
function by_time(    days, best, count, g, shown) {
	best = -1
	for (days = 28; days <= 84; days += 28) {
		tell(stretches_of(days), 0, shown)
		count = 0
		for (g = 1; g <= groups; g++)
			count += is_group(g) && shown[g]
		if (count > best && (days == 28 || stretches >= 3)) {
			best = count
			weeks = days / 7
			enough = stretches >= 3
		}
	}
	timed = enough ? best : 0
}

# The last cell is what they leave of all that somebody did.
function stretches_of(days,    day, until, c, m, h, key, hours, then, from, end) {
	day = int(first / 86400)
	until = int((last - 1) / 86400) + 1
	stretches = int((until - day) / days)
	for (c = 1; c <= stretches + 1; c++)
		for (m = 1; m <= members; m++)
			then[c, m] = 0
	from = int(first / 86400) * 24
	for (key in busy) {
		split(key, part, SUBSEP)
		if (part[2] != "cpu" || gone[part[1]])
			continue
		hours[part[1]]++
		c = int((part[3] - from) / (24 * days)) + 1
		then[part[3] >= from && c <= stretches ? c : stretches + 1, part[1]]++
	}
	for (c = 1; c <= stretches + 1; c++)
		for (m = 1; m <= members; m++)
			cell[c, m] = then[c, m] > 0 ? int(cpu[m] * then[c, m] / hours[m]) : -1
	return stretches + 1
}

# Of the groups that became one only that one.
function is_group(g) { return !(out[g] && other) || g == other }

# 5. Partitions: bit r of a choice is the row r, that of OTHERS all of the rest.
function bit(r) { return 2 ^ (r - 1) }
function has_bit(choice, r) { return int(choice / bit(r)) % 2 }

# The people who worked in the chosen rows; with `differing` those alone whose groups worked elsewhere, too.
function crowd_in(choice, differing,    s, m, u, sum, r, inside, g) {
	for (s = 1; s <= stays; s++) {
		m = of_member(stay_of[s])
		if (has_bit(choice, row[stay_at[s]]) && (!differing || elsewhere(in_group[m], choice)))
			sum[is_of[m]] += stay_cpu[s]
	}
	nobody()
	for (u in sum)
		add(sum[u], u)
}

function of_member(m) { return m in moved ? moved[m] : m }

function elsewhere(g, choice,    r) {
	for (r = 1; r <= OTHERS; r++)
		if (worked[g, r] && !has_bit(choice, r))
			return 1
	return 0
}

# The people who held something in the chosen rows on a kind of node that is also in others, unless their group is told of kinds and held
# all that it did on it in these.
function crowd_on_kinds(choice,    l, g, u, sum) {
	for (l = 1; l <= lays; l++) {
		g = in_group[of_member(lay_of[l])]
		if (has_bit(choice, row[lay_at[l]]) && lies_elsewhere(lay_on[l], choice) && !(kinds[g] && !lies_elsewhere(g SUBSEP lay_on[l], choice)))
			sum[is_of[of_member(lay_of[l])]] += lay_held[l]
	}
	nobody()
	for (u in sum)
		add(sum[u], u)
}

function lies_elsewhere(what, choice,    r) {
	for (r = 1; r <= OTHERS; r++)
		if (lain[what, r] && !has_bit(choice, r))
			return 1
	return 0
}

# A choice from whose rows groups, or kinds of node, can be taken off so that few are left; 0: there is none.
function difference(    s, l, low, choice) {
	split("", worked)
	split("", lain)
	for (l = 1; l <= lays; l++)
		lain[lay_on[l], row[lay_at[l]]] = lain[in_group[of_member(lay_of[l])], lay_on[l], row[lay_at[l]]] = 1
	for (s = 1; s <= stays; s++)
		worked[in_group[of_member(stay_of[s])], row[stay_at[s]]] = 1
	for (low = 1; low < 2 ^ (rows + 1); low++) {
		choice = low >= 2 ^ rows ? low - 2 ^ rows + bit(OTHERS) : low
		crowd_in(choice, 1)
		if (!hides_or_none())
			return choice
		crowd_on_kinds(choice)
		if (!hides_or_none())
			return choice
	}
	return 0
}

function to_others(r,    p) {
	for (p = 1; p <= partitions; p++)
		if (row[p] == r)
			row[p] = OTHERS
		else if (row[p] != OTHERS && row[p] > r)
			row[p]--
	rows--
}

function tell_partitions(    p, s, size, r, best, choice) {
	for (s = 1; s <= stays; s++)
		size[stay_at[s]] += stay_cpu[s]
	for (p = 1; p <= partitions; p++)
		row[p] = OTHERS
	for (rows = 0; rows < 10 && rows < partitions;) {
		best = 0
		for (p = 1; p <= partitions; p++)
			if (row[p] == OTHERS && (!best || size[p] > size[best]))
				best = p
		row[best] = ++rows
	}
	if (least > 1) {
		for (r = rows; r > 0; r--) {
			crowd_in(bit(r), 0)
			if (!hides_or_none())
				to_others(r)
		}
		for (crowd_in(bit(OTHERS), 0); rows > 0 && !hides_or_none(); crowd_in(bit(OTHERS), 0))
			to_others(rows)
		while (rows > 0 && (choice = difference())) {
			for (r = rows; r > 1 && !has_bit(choice, r); r--)
				;
			to_others(has_bit(choice, r) ? r : rows)
		}
	}
	crowd_in(bit(OTHERS), 0)
	together = !none()
	told = rows + together < 2 ? 0 : rows + together
	together = told && together
}

function put(id, value) { printf "%s\t%s\n", id, value }

function put_tables(    g, u, p, everybody) {
	everybody = 1
	for (g = 1; g <= groups; g++)
		if (is_group(g)) {
			put("groups." name_of[g] ".kinds", kinds[g] + 0)
			everybody = everybody && kinds[g]
		}
	for (u = 1; u <= users; u++) {
		put("users." user_name[u] ".group", !home[u] ? "not shown" : home[u] == other ? "other" : name_of[home[u]])
		put("users." user_name[u] ".kinds", everybody || (home[u] && kinds[home[u]]) ? 1 : 0)
	}
	for (p = 1; p <= partitions && told; p++)
		if (row[p] != OTHERS)
			put("partitions." partition_name[p] ".told", 1)
	if (together)
		put("partitions.all others.told", 1)
}

function held_by(g,    m, p, sum) {
	for (m = 1; m <= members; m++)
		for (p = 1; p <= pools; p++)
			sum += !gone[m] && in_group[m] == g ? held[m, p] : 0
	return sum + 0
}

function put_figures(    g, u, shown, untold, unshared, nameless) {
	for (g = 1; g <= groups; g++) {
		shown += is_group(g)
		untold += is_group(g) && !kinds[g]
		unshared += is_group(g) && !kinds[g] && held_by(g) > 0
	}
	for (u = 1; u <= users; u++)
		nameless += !home[u]
	put("cells.min_users", least)
	put("cells.hidden_groups", hidden_groups + 0)
	put("cells.hidden_users", hidden_users + 0)
	put("cells.untold_groups", untold + 0)
	put("cells.unshared_groups", unshared == 2 ? 2 : 0)
	put("cells.withheld_users", nameless + 0)
	put("cells.untimed_groups", enough ? shown - timed : 0)
	put("lines.weeks", enough && timed ? weeks : "null")
	put("partitions.told", told)
	put("partitions.hidden", together && least > 1 ? 1 : 0)
	put("partitions.beyond", together && least <= 1 ? 1 : 0)
}

END {
	pool_groups()
	relabel()
	find_homes()
	by_kind()
	by_time()
	tell_partitions()
	put_figures()
	if (tables)
		put_tables()
}
