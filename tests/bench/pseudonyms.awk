# SPDX-License-Identifier: Apache-2.0
# An export → the same with pseudonyms, for an input without odd rows and without columns to drop.
BEGIN { FS = OFS = "|" }

NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	user = at["User"]; account = at["Account"]; group = at["Group"]; state = at["State"]
	print
	next
}

function letters(number,    text) {
	for (; number > 0; number = int((number - 1) / 26))
		text = sprintf("%c", 65 + (number - 1) % 26) text
	return "group_" text
}

{
	if ($user != "") {
		if (!($user in users))
			users[$user] = sprintf("user_%04d", ++user_count)
		$user = users[$user]
	}
	if ($account != "") {
		if (!($account in accounts))
			accounts[$account] = letters(++account_count)
		$account = accounts[$account]
	}
	if ($group != "") {
		if (!($group in groups))
			groups[$group] = letters(++group_count)
		$group = groups[$group]
	}
	if ($state ~ / by /)
		$state = substr($state, 1, index($state, " ") - 1)
	print
}
