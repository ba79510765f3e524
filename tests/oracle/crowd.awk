# SPDX-License-Identifier: Apache-2.0
# An export as export.awk writes it → the same jobs by up to forty people in groups of any size: most of them in one group, some in
# several, in partitions of which some are theirs alone. Given: seed.
BEGIN { FS = OFS = "|" }

NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	print
	next
}

NF >= at["Account"] {
	id = $at["JobIDRaw"]
	sub(/\..*/, "", id)
	who = (id * 7919 + seed * 31) % 40
	who = int(who * who / 40) # some have far more jobs than others
	group = (id * 104729 + seed) % 97 < 94 ? int(who / (2 + seed % 4)) % 14 : (id * 31 + seed) % 11
	if ($at["User"] != "")
		$at["User"] = sprintf("user_%04d", who + 1)
	$at["Account"] = "group_" substr("ABCDEFGHIJKLMN", group + 1, 1)
	$at["Partition"] = "partition_" ((id * 613 + who) % 3 + who % (3 + seed % 9) + 1)
}

{ print }
