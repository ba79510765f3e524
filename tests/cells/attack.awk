# SPDX-License-Identifier: Apache-2.0
# What can be found out from a report's tables by subtraction:
#   awk -v least=K -f attack.awk LOG groups.csv users.csv months.csv states.csv programmes.csv
# A line for each cell found that rests on fewer than K users, or that one of them dominates. Whoever attacks knows the tables; the log serves to
# say what has been found. Hours agree to a millionth; the tables have so many decimals.
function found(what)
{
	print what
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

FNR == 1 { file++; delete column; split($0, heading, file == 1 ? "|" : ","); for (i in heading) column[heading[i]] = i; next }

file == 1 {
	split($0, field, "|")
	who = field[column["User"]]
	where = field[column["Account"]]
	hours = field[column["ElapsedRaw"]] * field[column["AllocCPUS"]] / 3600
	worked[who, where] += hours
	log_hours += hours
	log_users[who] = 1
	log_groups[where] = 1
	next
}

{ split($0, field, ",") }

file == 2 {
	row_hours[field[column["name"]]] = field[column["cpu_hours"]]
	row_users[field[column["name"]]] = field[column["users"]]
	rows++
	next
}

file == 3 {
	who = field[column["name"]]
	label[who] = field[column["group"]]
	user_hours[who] = field[column["cpu_hours"]]
	advice[who] = field[column["advice"]]
	for (i = 1; i in heading; i++) {
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
function attack_rows(   name, who, users, most)
{
	for (name in row_hours) {
		users = most = 0
		for (who in log_users)
			if ((who, name) in inside) {
				users++
				most = inside[who, name] > most ? inside[who, name] : most
			}
		if (users != row_users[name])
			found(name ": the table says " row_users[name] " users, the log " users)
		if (rows > 1)
			cell("the row " name, users, row_hours[name], most)
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
			users += (who, other) in counted
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
}
