# SPDX-License-Identifier: Apache-2.0
# Whether the core-hours of a hidden group stand anywhere: awk -f numbers.awk LOG groups.csv users.csv FILE...
# A line for each. Those of a group that is one user's whole work stand in that user's row, and those of everybody in the total. Of a
# group with which are hidden only some who held nothing they are those of all hidden ones, who hide each other.
FNR == 1 { file++; delete column; split($0, heading, file == 1 ? "|" : ","); for (i in heading) column[heading[i]] = i; if (file < 4) next }

file == 1 {
	split($0, field, "|")
	hours[field[column["Account"]]] += field[column["ElapsedRaw"]] * field[column["AllocCPUS"]] / 3600
	next
}

file == 2 {
	split($0, field, ",")
	shown[field[column["name"]]] = 1
	if (field[column["name"]] ~ /^other /)
		known[++rows] = field[column["cpu_hours"]]
	next
}

file == 3 { split($0, field, ","); known[++rows] = field[column["cpu_hours"]]; next }

file == 4 && FNR == 1 {
	for (name in hours)
		all += hours[name]
	known[++rows] = all
	for (name in hours) {
		plain = name in shown
		for (i = 1; i <= rows; i++)
			plain = plain || (known[i] - hours[name]) ^ 2 < 1e-10
		if (!plain)
			secret[name] = hours[name]
	}
}

{
	count = split($0, word, /[^0-9.]+/)
	for (i = 1; i <= count; i++)
		for (name in secret)
			if (word[i] ~ /\.[0-9][0-9][0-9]/ && (word[i] - secret[name]) ^ 2 < 1e-10)
				print FILENAME ": " name ": " word[i]
}
