# SPDX-License-Identifier: Apache-2.0
# What can be found out from a report's tables by subtraction:
#   awk -v least=K -f attack.awk LOG groups.csv users.csv months.csv states.csv programmes.csv
# A line for each cell found that rests on fewer than K users, or that one of them dominates. Whoever attacks knows the tables; the log serves to
# say what has been found. Hours agree to a millionth; the tables have so many decimals.
function found(what)
{
	print what
}

# What somebody had of each kind: the inventory has n1 and n2, n3, and n4. The shares of a node that its CPUs, its memory and its
# GPUs make are the same, or the CPUs' is the largest.
function note_kinds(who, where, hours,   node, kind, gpus)
{
	node = field[column["NodeList"]]
	kind = node == "n3" ? "held_" big : node == "n4" ? "held_" fast : "held_" plain
	gpus = field[column["AllocTRES"]]
	truth[kind, who, where] += hours / 64
	kinds[kind] = kinds["gpu_hours"] = 1
	if (sub(/.*gpu=/, "", gpus))
		truth["gpu_hours", who, where] += hours * gpus / field[column["AllocCPUS"]]
}

function differs(a, b)
{
	return a - b > 1e-4 || b - a > 1e-4
}

# A cell of `all` core-hours, on so many users, the first of whom has `most`.
function cell(what, users, all, most)
{
	if (users > 0 && users < least)
		found(sprintf("%s: %d users, %.6f core-hours", what, users, all))
	else if (users > 0 && all > 0 && most >= 0.85 * all)
		found(sprintf("%s: one of %d users has %.6f of %.6f core-hours", what, users, most, all))
}

BEGIN { plain = 1; fast = 2; big = 3 }

FNR == 1 { file++; delete column; split($0, heading, file == 1 ? "|" : ","); for (i in heading) column[heading[i]] = i; next }

file == 1 {
	split($0, field, "|")
	who = field[column["User"]]
	where = field[column["Account"]]
	hours = field[column["ElapsedRaw"]] * field[column["AllocCPUS"]] / 3600
	worked[who, where] += hours
	note_kinds(who, where, hours)
	log_hours += hours
	log_users[who] = 1
	log_groups[where] = 1
	next
}

{ split($0, field, ",") }

file == 2 {
	row_hours[field[column["name"]]] = field[column["cpu_hours"]]
	row_users[field[column["name"]]] = field[column["users"]]
	for (i = 1; i in heading; i++)
		if (heading[i] ~ /^held_/ || heading[i] == "gpu_hours")
			row_kind[field[column["name"]], heading[i]] = field[i]
	if ((field[column["gpu_hours"]] == "") != (field[column["cost"]] == "") || (field[column["cost"]] == "") != (field[column["excess_1"]] field[column["promised_1"]] field[column["saving"]] field[column["unused"]] == ""))
		found("the row " field[column["name"]] " shows a part of its kinds")
	rows++
	next
}

file == 3 {
	who = field[column["name"]]
	label[who] = field[column["group"]]
	user_hours[who] = field[column["cpu_hours"]]
	advice[who] = field[column["advice"]]
	for (i = 1; i in heading; i++) {
		if (heading[i] ~ /^held_/ || heading[i] == "gpu_hours")
			user_kind[who, heading[i]] = field[i]
		asked[who] += heading[i] ~ /^excess_/ ? field[i] : 0
		asked_back[who] += heading[i] ~ /^promised_/ ? field[i] : 0
	}
	next
}

# Months, states, and what else has core-hours of all: each is a total from which rows can be taken.
"cpu_hours" in column { total[file] += field[column["cpu_hours"]] }

# The log under the labels of the report: what is in a shown group, and what in the rest.
function relabel(   key, part, shown)
{
	for (key in worked) {
		split(key, part, SUBSEP)
		shown = part[2] in row_hours ? part[2] : other
		inside[part[1], shown] += worked[key]
		number[part[1]] += !((part[1], shown) in counted)
		counted[part[1], shown] = 1
	}
}

# One row, by itself.
function attack_rows(   name, who, users, holders, most)
{
	for (name in row_hours) {
		users = holders = most = 0
		for (who in log_users)
			if ((who, name) in inside) {
				users++
				holders += inside[who, name] > 0
				most = inside[who, name] > most ? inside[who, name] : most
			}
		if (users != row_users[name])
			found(name ": the table says " row_users[name] " users, the log " users)
		if (rows > 1)
			cell("the row " name, holders, row_hours[name], most)
	}
}

# All that the cluster did, less every row with a name: by each table that sums to all.
function attack_totals(   name, table, rest, who, group, users, most, sum)
{
	for (table in total) {
		rest = total[table]
		for (name in row_hours)
			rest -= name == other ? 0 : row_hours[name]
		if (rest < 1e-4)
			continue
		users = most = 0
		for (who in log_users) {
			sum = inside[who, other]
			users += sum > 0
			most = sum > most ? sum : most
		}
		if (rows > 1 || row_hours[other] == "")
			cell("table " table " less the named rows", users, rest, most)
	}
}

# Any sum of rows of groups, less the rows of the users that name one of them.
function attack_users(   names, name, count, set, bit, i, who, rest, real, mine, most, users, chosen)
{
	for (name in row_hours)
		names[count++] = name
	for (set = 1; set < 2 ^ count; set++) {
		delete chosen
		rest = real = most = users = 0
		for (i = bit = 1; i <= count; i++) {
			if (int(set / bit) % 2) {
				chosen[names[i - 1]] = 1
				rest += row_hours[names[i - 1]]
			}
			bit *= 2
		}
		for (who in user_hours) {
			if (label[who] in chosen) {
				rest -= user_hours[who]
				continue
			}
			mine = 0
			for (name in chosen)
				mine += inside[who, name]
			real += mine
			users += mine > 0
			most = mine > most ? mine : most
		}
		if (count > 1 && !differs(rest, real))
			cell("groups less their users, set " set, users, rest, most)
		else if (count > 1 && rest < real - 1e-4)
			attack_outside(set, chosen, rest)
	}
}

# A user whose row names a group and who also worked elsewhere: what is missing is that user's work elsewhere.
function attack_outside(set, chosen, rest,   who, name, users, most, mine)
{
	users = most = 0
	for (who in user_hours) {
		mine = 0
		for (name in row_hours)
			mine += (name in chosen) != (label[who] in chosen) ? inside[who, name] : 0
		users += mine > 0
		most = mine > most ? mine : most
	}
	cell("users less their groups, set " set, users, rest < 0 ? -rest : rest, most)
}

# How far the hours of a user without a label in one group are bounded by what all others leave. A range narrower than a
# hundredth of what it bounds is as good as the number.
function attack_bounds(   name, who, left, all, low, high, truth)
{
	for (name in row_hours) {
		left[name] = row_hours[name]
		for (who in user_hours)
			left[name] -= label[who] == name ? user_hours[who] : 0
		all += left[name]
	}
	for (who in user_hours) {
		if (label[who] in row_hours || number[who] < 2)
			continue
		for (name in row_hours) {
			truth = inside[who, name]
			low = user_hours[who] - (all - left[name])
			low = low < 0 ? 0 : low
			high = user_hours[who] < left[name] ? user_hours[who] : left[name]
			if (truth > 0 && high - low < 0.01 * truth)
				found(sprintf("%s in %s: between %.6f and %.6f core-hours", who, name, low, high))
		}
	}
}

# What one is asked to give back is nothing or all: a part of it would be the work in some of several groups. And without a
# reason of one's own it is asked for the group's sake, which the row then must name.
function attack_programmes(   who)
{
	for (who in user_hours) {
		if (asked_back[who] < 1e-4)
			continue
		if (number[who] > 1 && differs(asked[who], asked_back[who]))
			found(who ": " asked_back[who] " of " asked[who] " node-hours asked back")
		if (advice[who] == "" && (label[who] == other || !(label[who] in row_hours)))
			found(who ": in a group that is offered training")
	}
}

# What somebody had of a kind in all groups, or in those that are, or are not, told of it, among users that are, or are not.
function had(kind, who, some, told,   name, group, sum)
{
	for (name in log_groups) {
		group = name in row_hours ? name : other
		if (some == "all" || ((group in told) == (some == "in")))
			sum += truth[kind, who, name]
	}
	return sum
}

# The same attacks on GPU-hours, and on the hours of each kind of node: each is a table of its own.
function attack_kind(kind,   name, who, told, known, row, users, most, all, rest, sum, few, hidden, set)
{
	for (name in row_hours)
		if (row_kind[name, kind] != "")
			told[name] = 1
		else
			hidden++
	for (who in user_hours)
		if (user_kind[who, kind] != "")
			known[who] = 1
	for (who in log_users) {
		sum = had(kind, who, "all", told)
		all += sum
		few += sum > 0
		if (who in known && label[who] in row_hours && !(label[who] in told) && sum > 0)
			found(who ": " kind " is told, of its group it is not")
	}
	# One row; and what is left of it when the users who name it, and are told, are taken off.
	for (name in told) {
		delete row
		row[name] = 1
		users = most = rest = 0
		for (who in log_users) {
			sum = had(kind, who, "in", row)
			users += sum > 0
			most = sum > most ? sum : most
			rest += sum
		}
		# Of hours held on nodes only those inside the period count.
		if (kind == "gpu_hours" && differs(rest, row_kind[name, kind]))
			found(kind " of " name " is " row_kind[name, kind] ", in the log " rest)
		if (rows > 1)
			cell(kind " of " name, users, rest, most)
		users = most = rest = 0
		for (who in log_users)
			if (!(who in known && label[who] == name)) {
				sum = had(kind, who, "in", row)
				users += sum > 0
				most = sum > most ? sum : most
				rest += sum
			}
		if (rows > 1)
			cell(kind " of " name " less its users", users, rest, most)
	}
	# The cluster's, less all rows; and less all users.
	users = most = rest = 0
	for (who in log_users) {
		sum = had(kind, who, "out", told)
		users += sum > 0
		most = sum > most ? sum : most
		rest += sum
	}
	if (rest < all - 1e-4)
		cell(kind " less the rows that tell it", users, rest, most)
	else if (hidden == 1 && rows > 1 && rest > 0)
		cell(kind ", which one row alone does not tell", users, rest, most)
	users = most = rest = 0
	for (who in log_users)
		if (!(who in known)) {
			sum = had(kind, who, "all", told)
			users += sum > 0
			most = sum > most ? sum : most
			rest += sum
		}
	if (rest < all - 1e-4)
		cell(kind " less the users who tell it", users, rest, most)
}

END {
	for (name in row_hours)
		if (name ~ /^other /)
			other = name
	for (name in label)
		if (label[name] == "other")
			label[name] = other
	relabel()
	attack_rows()
	attack_totals()
	attack_users()
	attack_bounds()
	attack_programmes()
	for (kind in kinds)
		attack_kind(kind)
}
