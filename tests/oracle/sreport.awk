# SPDX-License-Identifier: Apache-2.0
# The output of `sreport cluster utilization -P`, then jobs as fold.awk writes them → what the two say of the period of the former
# (doc/model.md, "A second opinion"): lines "id TAB value". Given: from and to, the report's own period.
function seconds(text) { # of a time such as 2025-03-01T00:00:00
	return day(substr(text, 1, 4) + 0, substr(text, 6, 2) + 0, substr(text, 9, 2) + 0) * 86400 + substr(text, 12, 2) * 3600 + \
	       substr(text, 15, 2) * 60 + substr(text, 18, 2)
}

# Days since 1970, by counting the leap years before March of that year.
function day(year, month, of_month,    of_year) {
	if (month < 3) { year--; month += 12 }
	of_year = int((153 * (month - 3) + 2) / 5) + of_month - 1
	return 365 * year + int(year / 4) - int(year / 100) + int(year / 400) + of_year - 719468
}

function most(a, b) { return a > b ? a : b }
function least(a, b) { return a < b ? a : b }
function put(id, value) { printf "sreport.%s\t%s\n", id, value }

FNR == 1 { file++ }

file == 1 && /^Cluster Utilization / {
	begins = seconds($3)
	ends = seconds($5)
	ends += ends % 60 == 59 # its last second is in it
	next
}
file == 1 && /^Usage reported in / { unit = /Hours/ ? 3600 : /Minutes/ ? 60 : /Seconds/ ? 1 : 0; next }
file == 1 && !/\|/ { next }
file == 1 {
	n = split($0, field, "|")
	if (!column) {
		for (i = 1; i <= n; i++) {
			if (field[i] == "TRES Name") tres = i
			if (field[i] == "Allocated") column = i
		}
	} else if (!tres || field[tres] == "cpu") {
		clusters++
		allocated += field[column] * unit
	}
	next
}

{
	split($0, job, "\t")
	if (job[17] == 1)
		held += most(0, least(least(job[9] + job[11], ends), to) - most(most(job[9], begins), from)) * job[12]
}

END {
	can = unit > 0 && begins >= from && ends <= to
	printf "has.sreport\t1\n"
	put("compared", can ? 1 : 0)
	put("clusters", clusters + 0)
	put("from", begins)
	put("to", ends)
	put("allocated.hours", unit > 0 ? sprintf("%.6f", allocated / 3600) : "null")
	if (!can) {
		put("own.hours", "null")
		exit
	}
	put("own.hours", sprintf("%.6f", held / 3600))
	put("difference.hours", sprintf("%.6f", (held - allocated) / 3600))
	put("difference.share", sprintf("%.6f", (held - allocated) / allocated))
	slack = 0.005 * allocated + unit * clusters
	put("is_far", held - allocated > 0.05 * allocated + unit * clusters || allocated - held > 0.05 * allocated + unit * clusters ? 1 : 0)
	put("agrees", held - allocated <= slack && allocated - held <= slack ? 1 : 0)
	put("more", held > allocated ? 1 : 0)
}
