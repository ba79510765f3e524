#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What suits each group: four groups of five users, each of another kind, worked out by hand. All rows are made by hand.
# RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"

# Ten days of 24 hours. a: one core all the time. b: a hundred cores in the second day alone. c: jobs of two hours on one
# node. d: as a, but of eight cores it keeps one busy. e: ten GPUs for five days.
awk -v OFS='|' '
function clock(hour) { return sprintf("2024-03-%02dT%02d:00:00", 1 + int(hour / 24), hour % 24) }
function job(user, account, from, hours, cpus, used, nodes, gpus) {
	print ++id, user, account, account, "COMPLETED", clock(from), clock(from), clock(from + hours), hours * 3600, cpus, "1G", nodes,
		sprintf("%02d:00:00", used), "", gpus ? "cpu=" cpus ",mem=1G,gres/gpu=" gpus : ""
	print id ".batch", "", "", "", "COMPLETED", clock(from), clock(from), clock(from + hours), hours * 3600, cpus, "", nodes,
		sprintf("%02d:00:00", used), "1G", ""
}
BEGIN {
	print "JobID|User|Account|Group|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NodeList|TotalCPU|MaxRSS|AllocTRES"
	for (day = 0; day < 10; day++)
		for (user = 1; user <= 5; user++)
			job("zua" user, "zqsteady", day * 24, 24, 1, 24, "n1")
	for (user = 1; user <= 5; user++)
		job("zub" user, "zqbursty", 24, 24, 20, 480, "n[2-3]")
	for (day = 0; day < 10; day++)
		for (hour = 0; hour < 24; hour += 2)
			job("zuc" (hour / 2 % 5 + 1), "zqbrief", day * 24 + hour, 2, 2, 4, "n4")
	for (day = 0; day < 10; day++)
		for (user = 1; user <= 5; user++)
			job("zud" user, "zqwaste", day * 24, 24, 8, 24, "n[5-6]")
	for (user = 1; user <= 5; user++)
		job("zue" user, "zqgpus", 0, 120, 3, 300, "g1", 2)
}' > jobs.psv
for node in 1 2 3 4 5 6; do
	echo "NodeName=n$node CPUTot=64 Sockets=2 CoresPerSocket=32 RealMemory=256000 State=IDLE"
done > nodes.txt
echo 'NodeName=g1 CPUTot=64 Sockets=2 CoresPerSocket=32 RealMemory=256000 Gres=gpu:10 State=IDLE' >> nodes.txt
expect 0 run jobs.psv --inventory nodes.txt --timezone UTC -m map --only data -o report
cut -d , -f 2- report/tables/strategies.csv > found

# The window runs from the first end, 02:00 on the first day, to the last: 238 hours.
# b: its 95th percentile is 100 cores, 24 of 238 hours; its mean 100 × 24 ÷ 238; so 238 ÷ 24.
awk -F , 'NR > 1 { key = $1; at[key] = $0 } END { for (key in at) print at[key] }' found | sort > rows
# expect_row CORE-HOURS WORDS: the row with so many, and all that suits that group.
expect_row()
{
	grep "^$1\(\.0*\)\?," rows > row || fail "no group with $1 core-hours: $(cat rows)"
	[ "$(cut -d , -f 6- row)" = "$2" ] || fail "the group with $1 core-hours: $(cat row), not $2"
}
value() { cut -d , -f "$1" row; }
near() { awk -v a="$1" -v b="$2" 'BEGIN { exit !((a - b) ^ 2 < 1e-9) }' || fail "$3: $1, not $2"; }

expect_row 1200 'own nodes'
near "$(value 3)" 0 'the share of short jobs of steady work'
near "$(value 4)" 1 'the crest of steady work'
near "$(value 5)" 1 'the busiest week of steady work'
expect_row 2400 'rent its crests'
near "$(value 4)" 9.9 'the crest of a burst'
near "$(value 5)" 1.4 'the busiest week, 238 ÷ 168, of a burst that lasts for a day'
near "$(value 2)" 0 'what a burst did not need'
expect_row 480 'interruptible nodes'
near "$(value 3)" 1 'the share of short jobs'
expect_row 9600 '"train, own nodes"'
near "$(value 2)" 0.75 'what eight cores of which one is busy did not need'

# Of all core-hours, those of jobs of at most a day on one node: a and c.
# value_of ID
value_of() { tr -d '\n ' < report/report.json | sed "s/.*\"id\":\"$1\",\"value\":\([0-9.e-]*\),.*/\1/"; }
near "$(value_of own.fit)" \
	"$(awk 'BEGIN { print (1200 + 480) / (1200 + 2400 + 480 + 9600 + 1800) }')" 'what could run elsewhere'

# GPUs are counted in GPUs: ten of them for 118 of the 238 hours.
near "$(value_of demand.gpus.mean)" "$(awk 'BEGIN { print 10 * 118 / 238 }')" 'GPUs held, mean'
near "$(value_of demand.gpus.p85)" 10 'GPUs held, 85 of 100 minutes'
near "$(value_of demand.gpus.peak)" 10 'GPUs held, highest minute'

# A year. Two groups of five users hold a core at all times, and a hundred more for ten days: less than 5 % of the hours, so that
# the 95th percentile is one core, less than half of the mean. In the first, all five hold them; in the second
# one user does, and nothing is told of that week.
awk -v OFS='|' '
function clock(hour,    day, month) {
	day = int(hour / 24)
	for (month = 1; day >= length_of[month]; month++)
		day -= length_of[month]
	return sprintf("2023-%02d-%02dT%02d:00:00", month, day + 1, hour % 24)
}
function job(user, account, from, hours, cpus, nodes) {
	print ++id, user, account, account, "COMPLETED", clock(from), clock(from), clock(from + hours), hours * 3600, cpus, "1G", nodes
}
BEGIN {
	split("31 28 31 30 31 30 31 31 30 31 30 31 1", length_of, " ")
	print "JobID|User|Account|Group|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NodeList"
	for (user = 1; user <= 5; user++) {
		job("zua" user, "zqall", (user - 1) * 1752, 1751, 1, "n1")
		job("zub" user, "zqone", (user - 1) * 1752, 1751, 1, "n2")
		job("zua" user, "zqall", 4000, 240, 20, "n[3-4]")
	}
	job("zub1", "zqone", 4000, 240, 120, "n[5-6]")
}' > year.psv
expect 0 run year.psv --inventory nodes.txt --timezone UTC --from 2023-01-01 --to 2023-12-31 -m year-map --only data -o yearly
cut -d , -f 2- yearly/tables/strategies.csv > rows

# Ten days of 100 cores and a year of one: 168 hours of 101 ÷ the mean.
expect_row 32755 'rent its crests'
near "$(value 4)" 0.2 'the crest of one long peak'
near "$(value 5)" "$(awk 'BEGIN { print int(1010 / (32755 / 8760)) / 10 }')" 'the busiest week of one long peak'
expect_row 37555 'rent its crests'
near "$(value 4)" 0.2 'the crest of one long peak of a single user'
[ -z "$(value 5)" ] || fail "the busiest week of a single user is told: $(cat row)"
[ -z "$(value 2)" ] || fail "what was not needed is told where no use is measured: $(cat row)"

# On the lines, and just beyond them. made GROUP FROM HOURS [CORES]: five users of the group have a job each, of a core each, which begins
# with that hour of the month; alone: one of them has.
head='JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NodeList'
made() { for user in 1 2 3 4 5; do job "$user" "$@"; done; }
alone() { job 1 "$@"; }
job()
{
	id=$((id + 1))
	awk -v OFS='|' -v id=$id -v user="$1" -v group="$2" -v from="$3" -v hours="$4" -v cores="${5:-1}" '
	function clock(hour,    day) {
		day = 1 + int(hour / 24)
		return sprintf("2024-%02d-%02dT%02d:%02d:00", day > 31 ? 4 : 3, day > 31 ? day - 31 : day, hour % 24, hour * 60 % 60)
	}
	BEGIN {
		print id, "z" group user, group, "COMPLETED", clock(from), clock(from), clock(from + hours), hours * 3600, cores, "1G", "n1"
	}'
}
# strategies_of EXPORT DAYS...: leaves them in rows.
strategies_of()
{
	export=$1
	shift
	expect 0 run "$export" --inventory nodes.txt --timezone UTC "$@" -m lines-map --only data -o lines
	cut -d , -f 2- lines/tables/strategies.csv > rows
}

# Ten days: the 95th percentile is the 228th smallest of 240 hours. A core in 80 of them is three times its mean, in 81 a little less.
# Of 80 core-hours half are in jobs of four hours, of 85 a little less.
id=0
{
	echo "$head"
	made zqa 50 80
	made zqb 40 81
	made zqc 100 20
	made zqd 30 4 2
	made zqd 60 8
	made zqe 30 4 2
	made zqe 60 4.5 2
} > ten.psv
strategies_of ten.psv --from 2024-03-01 --to 2024-03-10
expect_row 400 'rent its crests'
near "$(value 4)" 3 'the crest of 80 of 240 hours'
expect_row 405 'own nodes'
near "$(value 4)" 2.9 'the crest of 81 of 240 hours'
expect_row 100 'rent its crests'
near "$(value 4)" 12 'the crest of 20 of 240 hours'
expect_row 80 '"interruptible nodes, rent its crests"'
near "$(value 3)" 0.5 'the share of short jobs'
expect_row 85 'rent its crests'
near "$(value 4)" 0 'the crest of 8.5 of 240 hours'

# Of a group in whose jobs nobody held a core nothing is told, where such a group is shown.
{ cat ten.psv; made zqf 70 0.5 0; } > coreless.psv
expect 0 run coreless.psv --inventory nodes.txt --timezone UTC --from 2024-03-01 --to 2024-03-10 -m lines-map --internal --only data -o idle
cut -d , -f 2- idle/tables/strategies.csv > rows
expect_row 0 ''
[ "$(cut -d , -f 2-5 row)" = ,,, ] || fail "of a group that held no core it is told $(cat row)"

# Three weeks, 504 hours. All in 21 hours on end is three times the mean in the busiest week, which may be the first; with an hour in
# another one more it is a little less. The week is the right one: with an hour before it, or behind it, in which one user was alone, it
# would not be told.
id=0
{
	echo "$head"
	made zqa 0 21
	made zqb 0 22
	made zqb 490 1
	made zqc 200 167
	alone zqc 367 1
	alone zqd 200 1
	made zqd 201 167
} > three-weeks.psv
strategies_of three-weeks.psv --from 2024-03-01 --to 2024-03-21
expect_row 105 'rent its crests'
near "$(value 4)" 0 'the crest of 21 of 504 hours'
near "$(value 5)" 3 'the busiest week of all work in 21 hours'
expect_row 115 'rent its crests'
near "$(value 4)" 0 'the crest of 23 of 504 hours'
near "$(value 5)" 2.8 'the busiest week of 22 of 23 hours, three times these'
grep '^836\.' rows > both
[ "$(wc -l < both)" -eq 2 ] && ! cut -d , -f 5 both | grep -vxE '3(\.0*)?' || fail "the busiest week of 168 hours: $(cat both)"

# Sixty days, 1,440 hours. Each user holds a core all but at all times, and more of them in 72 hours,
# the twentieth above the 95th percentile. With 21 cores in these the mean is two, with 22 a little
# more. When the 72 lie in one week, that week is 2.96 times the mean with 8 cores, 3.16 with 9.
id=0
{
	echo "$head"
	for group in a b c d; do made zq$group 0 1439.5; done
	for from in 100 600 1100; do
		made zqa $from 24 20
		made zqb $from 24 21
	done
	made zqc 200 72 7
	made zqd 200 72 8
} > sixty-days.psv
strategies_of sixty-days.psv --from 2024-03-01 --to 2024-04-29
expect_row 14397.500000 'own nodes'
near "$(value 4)" 0.5 'the crest of 72 hours that hold half of the work'
expect_row 14757.500000 'rent its crests'
near "$(value 4)" 0.4 'the crest of 72 hours that hold more than half of the work'
near "$(value 5)" 1.9 'the busiest week of three days of crests'
expect_row 9717.500000 'own nodes'
near "$(value 5)" 2.9 'the busiest week, a little less than three times the mean'
expect_row 10077.500000 'rent its crests'
near "$(value 5)" 3.1 'the busiest week, a little more than three times the mean'

# Two days have no busiest week but themselves. A period that begins and ends in the middle of an hour touches both, eleven in all.
id=0
{
	echo "$head"
	made zqa 0 47.5
	made zqb 0 36
} > two-days.psv
strategies_of two-days.psv --from 2024-03-01 --to 2024-03-02
expect_row 237.500000 'own nodes'
near "$(value 5)" 1 'two days of steady work'
expect_row 180 'own nodes'
near "$(value 5)" 1 'two days, three quarters of them at work'
id=0
{
	echo "$head"
	made zqa 0 0.5
	made zqa 10 0.5
	made zqb 2 6
} > hours.psv
strategies_of hours.psv
expect_row 30 'own nodes'
near "$(value 4)" 1.8 'the crest of six of eleven hours'
near "$(value 5)" 1 'eleven hours'

# Who is trained is decided by the share that the site assumes.
printf '[training_share]\nexpected = 0.76\n' > assumptions.conf
expect 0 run jobs.psv --inventory nodes.txt --timezone UTC --assumptions assumptions.conf -m map --only data -o untrained
cut -d , -f 2- untrained/tables/strategies.csv > rows
expect_row 9600 'own nodes'
