# SPDX-License-Identifier: Apache-2.0
# What rows of partitions tell when rows of groups are taken off them: awk -v least=K -f partitions.awk LOG groups.csv partitions.csv
# Whoever attacks knows who worked in which partition. Of each choice of rows of partitions those groups are taken off that worked in
# them alone: a line when fewer than K users are left, or one of them did nearly all that is. A line, too, for rows that do not add up.
BEGIN { rows = 0 }

# Seconds of the year.
function moment(text,    month, days)
{
	for (month = 1; month < substr(text, 6, 2) + 0; month++)
		days += substr("312831303130313130313031", 2 * month - 1, 2)
	return ((days + substr(text, 9, 2) - 1) * 24 + substr(text, 12, 2)) * 3600 + substr(text, 15, 2) * 60 + substr(text, 18, 2)
}

# Whom a sum by user does not hide.
function tell_few(where, sum,    who, users, all, most) {
	for (who in sum) {
		users += sum[who] > 0
		all += sum[who]
		most = sum[who] > most ? sum[who] : most
	}
	if (users > 0 && (users < least || most >= 0.85 * all))
		printf "%s: %d users, one with %.6f of %.6f core-hours\n", where, users, most, all
}

FNR == 1 { file++; delete column; split($0, heading, file == 1 ? "|" : ","); for (i in heading) column[heading[i]] = i; next }

file == 1 {
	split($0, field, "|")
	cells++
	user[cells] = field[column["User"]]
	group[cells] = field[column["Account"]]
	partition[cells] = field[column["Partition"]]
	hours[cells] = field[column["ElapsedRaw"]] * field[column["AllocCPUS"]] / 3600
	end[cells] = moment(field[column["End"]])
	first = cells == 1 || end[cells] < first ? end[cells] : first
	length_of[cells] = field[column["ElapsedRaw"]]
	cpus[cells] = field[column["AllocCPUS"]]
	kind[cells] = field[column["NodeList"]] ~ /^n[12]$/ ? "plain" : field[column["NodeList"]]
	next
}

file == 2 { split($0, field, ","); shown[field[column["name"]]] = 1; next }

{
	split($0, field, ",")
	row[field[column["name"]]] = rows
	told[rows++] = field[column["cpu_hours"]]
}

function bit(number, at) { return int(number / 2 ^ at) % 2 }

# The row that a partition is in.
function row_of(name) { return name in row ? row[name] : row["other partitions"] }

function left_over(chosen,    i, g, outside, sum) {
	for (i = 1; i <= cells; i++)
		if (!bit(chosen, row_of(partition[i])))
			outside[chosen, group[i] in shown ? group[i] : "other"] = 1
	for (i = 1; i <= cells; i++) {
		g = group[i] in shown ? group[i] : "other"
		if (bit(chosen, row_of(partition[i])) && (chosen, g) in outside)
			sum[user[i]] += hours[i]
	}
	tell_few("rows " chosen, sum)
}

# What a job held after the first minute in which one ended, where the period begins.
function inside(i,    begin) {
	begin = end[i] - length_of[i]
	begin = begin < first - first % 60 ? first - first % 60 : begin
	return (end[i] - begin) * cpus[i] / 3600
}

# The same of kinds of node, which are told of the whole cluster inside the period: of a node jobs have the share of its CPUs.
function left_of_kinds(chosen,    i, outside, sum) {
	for (i = 1; i <= cells; i++)
		if (!bit(chosen, row_of(partition[i])))
			outside[chosen, "kind", kind[i]] = 1
	for (i = 1; i <= cells; i++)
		if (bit(chosen, row_of(partition[i])) && (chosen, "kind", kind[i]) in outside)
			sum[user[i]] += inside(i)
	tell_few("rows " chosen " less kinds", sum)
}

END {
	if (!rows)
		exit
	for (i = 1; i <= cells; i++)
		of[row_of(partition[i])] += hours[i]
	for (r = 0; r < rows; r++)
		if ((of[r] - told[r]) ^ 2 > 1e-9)
			printf "row %d is %.6f core-hours, not %.6f\n", r, told[r], of[r]
	# Each row by itself, whatever groups are in it; then what groups leave.
	for (r = 0; r < rows; r++) {
		delete alone
		users = most = 0
		for (i = 1; i <= cells; i++)
			if (row_of(partition[i]) == r)
				alone[user[i]] += hours[i]
		for (who in alone) {
			users += alone[who] > 0
			most = alone[who] > most ? alone[who] : most
		}
		if (users < least || most >= 0.85 * of[r])
			printf "row %d: %d users, one with %.6f of %.6f core-hours\n", r, users, most, of[r]
	}
	for (chosen = 1; chosen < 2 ^ rows; chosen++) {
		left_over(chosen)
		left_of_kinds(chosen)
	}
}
