# SPDX-License-Identifier: Apache-2.0
# What is rented beside each number owned, as sizing.awk writes it to the file `curve`, and figures as oracle.sh prints them → the table of each
# kind of node of what some numbers of it cost, as lines "table.row.column TAB value" (doc/model.md, "Own or rent" and "The saving").
BEGIN { FS = "\t" }

FNR == NR {
	beyond[$1, $2] = $3
	users[$1, $2] = $4
	owned[$1] = $2 > owned[$1] ? $2 : owned[$1]
	next
}

{ of[$1] = $2 }

# With a third column where what is computed with was rounded to a millionth before: so near is near enough.
function put(column, value, slack) { printf "sizing_%d.%d.%s\t%s%s\n", pool, row, column, value, slack ? "\t" slack : "" }
function money(value) { return sprintf("%.6f", value) }
function positive(value) { return value > 0 ? value : 0 }
function figure(name) { return of["pool." pool "." name] }

function number(k,    own, rent, handed) {
	row++
	own = k * figure("year")
	rent = beyond[pool, k] * figure("rent")
	# From more nodes than were to be owned without the programmes nobody gets hours back.
	handed = positive(figure("less.expected") - (figure("burst.expected") - users[pool, k]) - (figure("keep.expected") - k) * 8760)
	handed = k > figure("keep.expected") ? 0 : handed * figure("year") / 8760
	put("k", k)
	put("own", money(own))
	put("beyond", money(beyond[pool, k]))
	put("rent", money(rent))
	put("together", money(own + rent))
	put("beyond_users", money(users[pool, k]))
	put("handed", money(handed), 1e-5)
	put("net", money(own + users[pool, k] * figure("rent") - handed), 1e-5)
}

# The two best, and from none to all in at most 24 steps.
END {
	for (pool in owned) {
		row = 0
		number(int(figure("keep.expected")))
		number(int(figure("keep_users.expected")))
		steps = owned[pool] < 24 ? owned[pool] : 24
		for (i = 0; i <= steps; i++)
			number(int((i * owned[pool] + int(steps / 2)) / steps))
	}
}
