# SPDX-License-Identifier: Apache-2.0
# a[01-03,7],b2 → host[1], host[2] …; returns how many.
function hosts(list,    comma, bracket, end) {
	hosts_found = 0
	while (list != "") {
		comma = index(list, ",")
		bracket = index(list, "[")
		if (bracket && (!comma || bracket < comma)) {
			end = index(list, "]")
			hosts_expand(substr(list, 1, bracket - 1),
			             substr(list, bracket + 1, end - bracket - 1))
			list = substr(list, end + 2)
		} else {
			host[++hosts_found] = comma ? substr(list, 1, comma - 1) : list
			list = comma ? substr(list, comma + 1) : ""
		}
	}
	return hosts_found
}

function hosts_expand(stem, ranges,    part, ends, n, i, number) {
	n = split(ranges, part, ",")
	for (i = 1; i <= n; i++) {
		if (split(part[i], ends, "-") == 1)
			ends[2] = ends[1]
		for (number = ends[1] + 0; number <= ends[2] + 0; number++)
			host[++hosts_found] = stem sprintf("%0" length(ends[1]) "d", number)
	}
}
