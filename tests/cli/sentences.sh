#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What pages say is so of small and unusual clusters, too: each sentence that once was not has its log here, made by hand.
# RECLAIM is the program to test.
# shellcheck disable=SC2016,SC2086 # amounts in dollars; options and their values
. "$(dirname "$0")/begin.sh"
for tool in sqlite3 pdftotext perl unzip; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

for node in 1 2 3 4; do
	echo "NodeName=n$node CPUTot=16 RealMemory=65536 Sockets=1 CoresPerSocket=16 ThreadsPerCore=1"
done > nodes

# log USERS DAYS LAST: every day one job of each user on a node of its own, six hours, half of the node, one core of eight busy.
# LAST is the state of the last one; none that runs has an end.
log()
{
	awk -v users="$1" -v days="$2" -v last="$3" 'BEGIN {
		OFS = "|"
		print "JobID", "User", "Account", "State", "Submit", "Eligible", "Start", "End", "ElapsedRaw", "AllocCPUS", "ReqMem", "NodeList", "TotalCPU", "MaxRSS"
		for (day = 1; day <= days; day++)
			for (user = 1; user <= users; user++) {
				date = sprintf("2025-%02d-%02dT", 1 + int((day - 1) / 28), 1 + (day - 1) % 28)
				is_last = day == days && user == users
				print ++id, sprintf("user_%04d", user), "group_A", is_last ? last : "COMPLETED", date "06:00:00", date "06:00:00",
				      date "09:00:00", is_last && last == "RUNNING" ? "Unknown" : date "15:00:00", 21600, 8, "32G", "n" 1 + user % 4, "06:00:00", "4G"
			}
	}'
}

# about ARGUMENT...: a report on jobs.psv, its site without what is no text.
about()
{
	rm -rf report
	expect 0 report jobs.psv --internal --timezone UTC --only data,site "$@" -o report
}

# told PAGE: its text, on one line, with plain spaces only. states PAGE TEXT, never PAGE TEXT.
told() { sed 's/<[^>]*>//g; s/ / /g' "report/$1" | tr -s '\n' ' '; }
states() { told "$1" | grep -qF -- "$2" || fail "$1 does not say \"$2\""; }
never() { ! told "$1" | grep -qF -- "$2" || fail "$1 says \"$2\""; }
# no_page TEXT...: none says one of these.
no_page()
{
	for page in report/*.html report/findings/*.html; do
		echo "$page: $(told "${page#report/}")"
	done > pages
	for text; do
		! grep -F -- "$text" pages > said || fail "$(sed 's/:.*//' said) says \"$text\""
	done
}

# A job that runs has not completed. Of none that failed there is no table.
log 2 60 RUNNING > jobs.psv
about --inventory nodes
states findings/failed-work.html 'All jobs that ran and ended completed'
never findings/failed-work.html 'by how they ended'

# A share stands on its side of the line that it is judged by, and the line is what the site said.
log 2 60 FAILED > jobs.psv
printf '[training_share]\nexpected = 0.74\n' > assumptions.conf
about --inventory nodes --assumptions assumptions.conf
states findings/groups.html 'Much of what one account held was not needed'
states findings/groups.html 'At group_A 74.4 % of what was held was not needed. Where a whole account is at 74 % or more,'
printf '[training_share]\nexpected = 0.735\n' > assumptions.conf
about --inventory nodes --assumptions assumptions.conf
states findings/groups.html 'At group_A 74 % of what was held was not needed. Where a whole account is at 73.5 % or more,'

# Why a figure is not known is told in words that go on, as behind “The reason:”.
! grep -E '"reason": *"([A-Z][a-z ]|[^"]*[.]")' report/report.json >&2 || fail 'a reason begins or ends like a sentence'

# One account is no other's example, and one size of job waits no longer than itself.
states findings/groups.html 'At group_A'
never findings/groups.html 'it was'
never findings/groups.html 'Ask group_A'
states findings/waiting.html 'Of sizes with at least 20 jobs, jobs with 5–16 cores wait most: 100 % of them longer than an hour. Of such lengths'
never findings/waiting.html 'of those with'
# Nodes were taken, though never all of them.
states findings/waiting.html 'In no hour of the period were all nodes of a kind full.'
# Who orders fewer nodes is told that jobs wait, in the mail, too.
states findings/own-or-rent.html '100 % of the jobs wait longer than an hour, and what waits is no part of the demand. Find out why'
expect 0 report jobs.psv --timezone UTC --only mail --inventory nodes -o mailed
part mailed/summary.eml text/plain | tr -s ' \n' ' ' | sed 's/\xc2\xa0/ /g' > mail
grep -qF 'Before fewer nodes are ordered, find out why jobs wait: 100 % of them' mail ||
	fail "the mail does not say that jobs wait: $(cat mail)"
states findings/waiting.html 'That speaks for limits: some nodes were nearly always free, and yet jobs waited.'

# Nobody is told what at least 0 % did, nor what jobs with 0 % of the core-hours could do.
states findings/waiting.html 'Nine of ten jobs waited for 3.2 h or less.'
never findings/waiting.html 'waited longer than they ran.'
states findings/idle-jobs.html '100 % are in jobs that use less than half of both'
never findings/idle-jobs.html 'price of memory'

# Where everybody ceased to work the one that lost least did not grow.
about --inventory nodes --from 2025-01-01 --to 2025-09-30
states findings/growth.html 'No account whose course can be shown held more core-hours at the end than at the beginning'
never findings/growth.html 'times as m'
states findings/growth.html 'Demand fell from 84.7 to 0 core-hours a day'
states findings/growth.html 'From the first quarter of the period to the last that is all of it'
# What became less is not said not to have become more.
log 2 250 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 200 { $10 = 6 } { print }' > jobs.psv
about --inventory nodes
states findings/growth.html 'Demand fell from 91.7 to 65.6 core-hours a day'
states findings/growth.html 'to the last that is 0.71 times as much; as weeks go up and down, it may be'
never findings/growth.html 'did not grow'
# A word is no figure that somebody looks up, nor is a reason.
! grep -l 'figure-group-word\|figure-[a-z_]*-unknown' report/*.html report/findings/*.html | grep -v figures.html >&2 || fail 'a word is a figure'

# Where no account is shown by itself none has a row that says what suits it; and of those shown none need be at work at the peak.
rm -rf report
expect 0 report jobs.psv --timezone UTC --only data,site --inventory nodes -o report
states findings/groups.html 'too small to be shown by itself'
never findings/groups.html 'bar “other”'
never findings/groups.html 'What suits whom'
log 20 40 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { day = int(($1 - 1) / 20); user = ($1 - 1) % 20
	if (day < 30 ? user >= 16 : user < 16) next; $3 = "group_" (user < 6 ? "A" : user < 11 ? "B" : user < 16 ? "C" : "D"); $10 = day < 30 ? 2 : 16 } { print }' > jobs.psv
rm -rf report
expect 0 report jobs.psv --timezone UTC --only data,site --inventory nodes -o report
states findings/groups.html 'What suits whom'
states findings/peak.html 'No account that is shown by itself held more than its own average in'
never findings/peak.html 'held 0 times'

# Of many groups the chart has the one that its title names, also where another lost as little.
log 14 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { user = ($1 - 1) % 14 + 1; $3 = "group_" substr("ABCDEFGHIJKLMN", user, 1)
	if (user == 2 || user == 13) { $10 = user == 2 ? 16 : 8; $13 = 6 * $10 ":00:00"; $14 = "32G" } } { print }' > jobs.psv
about --inventory nodes
states findings/groups.html 'at group_B 0 %'
grep -q '<text[^>]*>group_B<' report/findings/groups.html || fail 'the chart of groups lacks the one that its title names'

# One is not several.
log 1 60 COMPLETED > jobs.psv
rm -rf report
expect 0 report jobs.psv --internal --timezone UTC --only site,pdf --inventory nodes -o report
states groups.html '1 account'
states findings/power-users.html 'One user holds 100 % of the core-hours'
states findings/power-users.html 'That user held'
states findings/power-users.html 'Sit down with them for half an hour'
states index.html 'Talk to the one user. Nobody else ran a job.'
pdftotext report/executive-summary.pdf page
! grep -qE 'each (user|of them)|no more than ten' page report/index.html || fail 'one user is spoken of as several'
states findings/power-users.html 'The whole list (1 kind of job)'
no_page ', side by side' 'Ten or fewer' 'Few enough users' 'Together they held'

# Memory and CPUs in the same proportion: less memory alone would free nothing, and nothing is left beside the other.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $3 = "group_" (NR % 2 ? "A" : "B") } { print }' > jobs.psv
about --inventory nodes
states findings/memory.html 'None of that would be free if jobs asked for less memory and nothing else'
never findings/memory.html ', 0 % would be free'
states findings/stranded.html 'No CPUs stood idle because the memory beside them was taken, and no memory because the CPUs were.'
states groups.html '2 accounts, side by side'
# Nobody waits for groups side by side where all are one row; and where no time limit is known nobody asked for less than one.
rm -rf report
expect 0 report jobs.psv --timezone UTC --only data,site --inventory nodes -o report
states groups.html '2 accounts, too small to be shown one by one'
never findings/time-limits.html 'completed jobs say both times'
# Of a fortnight the one page tells no amount, and speaks of none.
rm -rf report
expect 0 report jobs.psv --timezone UTC --only pdf --inventory nodes --from 2025-01-01 --to 2025-01-14 -o report
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' > page
grep -q 'of jobs can show what the report will say' page && ! grep -qE '[$][0-9]|scaled up|free by asking' page || fail 'the page tells an amount of a fortnight'

# Jobs of which no twenty are alike are too few for a chart of all kinds.
log 4 10 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $13 = 5 + NR % 5 * 9 ":00:00" } { print }' > jobs.psv
about --inventory nodes
states findings/idle-jobs.html 'No 20 completed jobs of a core-hour or more used the same tenth of their CPUs and of their memory'

# Seconds on two nodes would have been seconds on one: fewer, where both print alike.
log 1 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $8 = substr($7, 1, 11) "09:00:01"; $9 = 1; $10 = 2; $11 = "2G"; $12 = "n[1-2]"; $13 = "" } { print }' > jobs.psv
about --inventory nodes
states findings/fragmentation.html 'ran on &lt; 0.1 node-hours and would have fitted on fewer'

# Memory that was measured of jobs that failed is measured, and no limit at all is a limit that is told.
log 2 60 COMPLETED | sed '1s/$/|Timelimit/; 1!s/$/|UNLIMITED/' > jobs.psv
about --inventory nodes
states findings/time-limits.html 'no completed job says a finite time limit'
sed 's/COMPLETED/FAILED/' jobs.psv > failed.psv
mv failed.psv jobs.psv
about --inventory nodes
states findings/memory.html 'no job that completed and ran long enough has its memory use measured'

# A job that ends behind the period is judged for what it held inside.
log 2 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $8 = "2025-03-20T12:00:00"; $9 = ""; $13 = "300:00:00" } { print }' > jobs.psv
about --inventory nodes --from 2025-01-01 --to 2025-03-04
never index.html 'What jobs needed cannot be told'
states data-quality.html 'It is known what became of'
never data-quality.html 'The export measures no use'

# Thirty jobs of one size have fifteen of each length.
log 2 15 COMPLETED | awk 'BEGIN { FS = OFS = "|" } $2 == "user_0002" { sub("T15", "T11", $8); $9 = 7200 } { print }' > jobs.psv
about --inventory nodes
states findings/waiting.html '30 jobs say when they could have started'
never findings/waiting.html 'No size of job'
states findings/waiting.html 'Of sizes with at least 20 jobs, jobs with 5–16 cores wait most: 100 % of them longer than an hour.'
never findings/waiting.html 'Of such lengths'

# Thirty of one length have fifteen of each size.
log 2 15 COMPLETED | awk 'BEGIN { FS = OFS = "|" } $2 == "user_0002" { $10 = 1 } { print }' > jobs.psv
about --inventory nodes
states findings/waiting.html 'not 20 jobs of one size that tell it'
never findings/waiting.html 'Of sizes'
states findings/waiting.html 'Of lengths with at least 20 jobs, jobs of 6–24 h wait most: 100 % of them longer than an hour.'

# Jobs of no second ran all the same, and hold no share of nothing.
log 2 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $8 = $7; $9 = 0; $13 = "" } { print }' > jobs.psv
about --inventory nodes --from 2025-01-01 --to 2025-03-04
states findings/short-jobs.html '120 jobs ran for less than a minute. Together they held 0 core-hours: the cost'
never findings/short-jobs.html 'No job ran.'

# Of eight users three are talked to; what they held is not what all held.
log 8 60 COMPLETED > jobs.psv
printf '[top_users]\nexpected = 3\n' > prices
about --inventory nodes --assumptions prices
states findings/power-users.html 'The 3 whose jobs cost most held'
about --inventory nodes
states findings/power-users.html 'Together they held'

# Nodes that cost nothing to buy still draw power: the kinds of money sum to the saving.
printf '[node_purchase]\nexpected = 0\n[core_purchase]\nexpected = 0\n[memory_purchase]\nexpected = 0\n' > prices
about --inventory nodes --assumptions prices
states index.html 'Purchases avoided at the next refresh: $0 a year'
states index.html 'Power and support: '
never index.html 'less rent'

# Where nothing costs anything fewer nodes are neither dearer nor cheaper.
printf '[electricity]\nexpected = 0\n[vcpu_hour]\nexpected = 0\n' >> prices
about --inventory nodes --assumptions prices --from 2025-01-01 --to 2025-05-10
never findings/own-or-rent.html 'than today'

# Days without jobs are idle nodes, which need not be owned; where nodes are not known they only make a year poorer.
saving() { sh "$tests/figures.sh" report/report.json | awk -F '\t' '$1 == "saving.total.expected" { print $2 }'; }
for node in 5 6 7 8; do sed -n "s/n1 /n$node /p" nodes; done > idle
cat nodes idle > eight
whole='--from 2025-01-01 --to 2025-03-04' hollow='--from 2025-01-01 --to 2025-04-10'
about $whole
known=$(saving)
about $hollow
awk -v a="$(saving)" -v b="$known" 'BEGIN { exit !(a > 0 && a < b) }' || fail "empty days make no saving of $known smaller: $(saving)"
states index.html 'make every amount for a year smaller'
never index.html 'make the saving larger'
about $whole --inventory eight
known=$(saving)
about $hollow --inventory eight
awk -v a="$(saving)" -v b="$known" 'BEGIN { exit !(a > b) }' || fail "empty days make no saving of $known larger: $(saving)"
states index.html 'They count as idle, and make the saving larger'
# Which prices are the worst ones is told: it is cheap nodes that make a small saving.
states index.html 'with nodes cheapest and rent dearest it is'
# Two users are no ten heaviest.
states index.html 'Core-hours of the heaviest user'
never index.html 'heaviest users'
never index.html 'at their best'
# All jobs are short ones on one node.
states index.html 'rent the peaks'
states findings/own-or-rent.html 'they could fill 100 % of what is rented'
never index.html 'the rest is not easily rented'

# Where all nodes are needed at these prices, nobody knows which way.
printf '[vcpu_hour]\nexpected = 100\n' > prices
about $hollow --inventory nodes --assumptions prices
states index.html 'They count as idle. If'
rm -rf report
expect 0 report jobs.psv --timezone UTC --only mail $hollow --inventory nodes --assumptions prices -o report
part report/summary.eml text/plain > mail
tr -s '\n' ' ' < mail | grep -q 'the saving is not right' || fail 'the mail says which way the saving is wrong'

# Prices without a range say nothing of what is left when they are wrong, and none of them is what the saving hangs on.
"$RECLAIM" assumptions | sed -n 's/^#\(\[.*\]\)$/\1/p; s/^#\(expected=.*\)$/\1/p' > prices
rm -rf report
expect 0 report jobs.psv --internal --timezone UTC --only pdf --inventory nodes --assumptions prices -o report
pdftotext -layout report/executive-summary.pdf - | tr -s ' \n' ' ' > page
grep -q 'Grade A: with a list of the nodes' page || fail 'a letter stands on the page, and nobody knows what for'
grep -q 'The real prices differ' page || fail 'the page says nothing of prices'
! grep -q '“”' page || fail 'the saving hangs on a price without a name'
grep -q 'is not known' page || fail "the page says what is left at prices that nobody gave"

# How many more there are is a number like any other.
log 1100 2 COMPLETED | sed 's/|32G|/|64G|/' > jobs.psv
about --inventory nodes
states findings/memory.html 'and 1,095 more'
printf '[site]\nthousands = point\ndecimals = comma\n' > site.conf
about --inventory nodes --site site.conf
states findings/memory.html 'and 1.095 more'
# A threshold in a sentence has no point that the site's numbers do not have.
states findings/serial-cores.html 'kept at most 120 % of one busy'
no_page '1.2 or fewer'

# Who grew most is drawn, however small beside the others.
log 9 200 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 {
	user = substr($2, 9); $3 = "group_" substr("ABCDEFGHI", user, 1)
	if (user == 9) { $10 = $7 > "2025-05" ? 4 : 1; $13 = "00:30:00" }
	print }  NR == 1' > jobs.psv
about --inventory nodes
states findings/growth.html 'group_I used'
grep -q '<text[^>]*>group_I</text>' report/findings/growth.html || fail 'what grew most is named and not drawn'

# Nobody trains a whole cluster at once.
expect 0 report jobs.psv --internal --timezone UTC --only pdf --inventory nodes -o report
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' | grep -qF 'first training, for the largest of 9 accounts' ||
	fail 'the first training is for all'

# All other partitions together are no place where most was not needed.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } { $0 = $0 (NR == 1 ? "|Partition" : "|partition_" 1 + NR % 30) } 1' > jobs.psv
about --inventory nodes
states capacity.html 'Of single partitions, the largest part of what was not needed was held in partition_'

# Where little can be saved and most is lost, both are said.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $11 = $14 = "60G"; $13 = "48:00:00"; if (NR % 10) $4 = "FAILED" } { print }' > jobs.psv
printf '[vcpu_hour]\nexpected = 100\n' > prices
rm -rf report
expect 0 report jobs.psv --timezone UTC --inventory nodes --assumptions prices -o report
states index.html 'But 90 % of the core-hours went into jobs that did not complete'
# Who is told that nothing is gained by renting is not told to rent.
states findings/own-or-rent.html 'Nothing to gain from renting'
states findings/waiting.html 'Weigh what more nodes cost against the wait: all that are owned are worth owning'
never findings/waiting.html 'Rent for the peaks'
# They wait for three hours each: what is owned may be too little, and nobody calls that the right size.
states index.html 'Little can be saved, and jobs wait'
never index.html 'the right size'
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' > page
part report/summary.eml text/plain | tr -s '\n' ' ' > mail
for text in page mail; do
	sed 's/\xc2\xa0/ /g' $text | grep -qF 'But 90 % of the core-hours went into jobs that did not complete' || fail "the $text does not say what failed"
	sed 's/\xc2\xa0/ /g' $text | grep -qF 'And jobs wait: 100 % of them, with 100 % of the core-hours, longer than an hour' || fail "the $text does not say that jobs wait"
done

# Where nobody is named there is no row to sit down with.
log 4 60 COMPLETED | cut -d '|' -f 1,4- > jobs.psv
about --inventory nodes
states findings/power-users.html 'Who uses the cluster most cannot be told'
never findings/power-users.html 'with the rows above'
never users.html 'Worth giving back'
never findings/serial-cores.html 'No judged job held several cores'
states privacy.html 'It was not measured: the export names no users.'
# Nor does anybody's demand grow beside that of all, which prints the same at both ends.
log 1 200 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $8 = substr($7, 1, 11) "09:01:00"; $9 = 60; $10 = 1 } { print }' | cut -d '|' -f 1,4- > jobs.psv
about --inventory nodes
states findings/growth.html 'all together did not grow by 25 % or more'
states findings/growth.html 'All together held &lt; 0.1 core-hours a day at the beginning and at the end.'

# Where Slurm hands out no memory jobs without a limit run side by side, and none of them takes all of a node.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } { $11 = NR == 1 ? $11 : "0n"; print $0, NR == 1 ? "AllocTRES" : "billing=8,cpu=8,node=1" }' > jobs.psv
about --inventory nodes $whole
states findings/memory.html 'no job says what memory it held (AllocTRES, ReqMem) and'
never findings/memory.html 'took all memory'
states data-quality.html 'where Slurm hands out no memory'
[ "$(sh "$tests/figures.sh" report/report.json | awk -F '\t' '$1 == "ledger.hours" { print $2 }')" = 720 ] ||
	fail 'jobs of eight of sixteen CPUs held more than half of a node'

# Staff that costs nothing is no amount beside the others, and no share of the saving.
log 4 60 COMPLETED > jobs.psv
printf '[staff_hour]\nexpected = 0\n' > prices
rm -rf report
expect 0 report jobs.psv --timezone UTC --only site,pdf $whole --inventory eight --assumptions prices -o report
states assumptions.html 'hours of staff, once: to'
never assumptions.html '.0 hours of staff'
states assumptions.html ' at 3.0 %'
never assumptions.html 'of what a year saves'
never assumptions.html ' . Licences'
never index.html 'of staff time'
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' | sed 's/\xc2\xa0/ /g' > page
grep -q 'hours of staff in all' page || fail 'the page does not say how long acting takes'
states index.html 'best to own: '
grep -q 'users are expected to free by asking for less: \$' page || fail 'the page does not say what users free'
! grep -qE 'staff in all,|staff time|three amounts' page || fail 'the page says what staff costs that costs nothing'

# Where no node is worth owning all work is rented, not its peaks.
log 2 60 COMPLETED | sed 's/T15:00:00|21600/T10:00:00|3600/' > jobs.psv
rm -rf report
printf '[site]\ndecision=the board\n' > board
expect 0 report jobs.psv --timezone UTC --only site,pdf,mail $whole --inventory eight --site board -o report
states findings/own-or-rent.html 'Rent the nodes of one group as a trial'
states findings/own-or-rent.html 'buy no nodes at the next refresh'
states index.html 'rent the nodes of one group as a trial, and order none before it is measured again'
states findings/own-or-rent.html 'Rent nodes for all work instead of owning 8'
states findings/own-or-rent.html 'rents nodes for all work'
states index.html 'Rented nodes in the place of 8 of your own'
states index.html 'Rent nodes for all work. To own none of 8 nodes and rent for'
never index.html '0 of 8 nodes'
never index.html '0 nodes instead of 8'
states findings/own-or-rent.html 'None of the 8 nodes with 16 cores, 64 GiB is worth owning'
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' | sed 's/\xc2\xa0/ /g' > page
grep -q 'rent nodes for all work, for' page && grep -q '• Rent nodes for all work: ' page && ! grep -q '[Oo]wn 0' page || fail 'the page rents the peaks of what is rented whole'
grep -q 'decide whether to order any node' page && grep -q 'Some of the work cannot run in a cloud' page &&
	! grep -qE 'peak as a trial|[Tt]he peaks' page || fail 'the page speaks of peaks of what is rented whole'
part report/summary.eml text/plain | tr -s ' \n' ' ' | grep -q 'the nodes of one group as a trial, and order none' || fail 'the mail rents a peak'
for words in 'more to own than to rent when they are needed: \$' 'Who buys nodes'; do
	grep -q "$words" page || fail "the page does not say what drives the saving, and who can change it: $words"
done
never index.html 'best to own'
states index.html 'of the CPUs were held by jobs on average; no CPU was in use in 85 of 100 minutes'
states index.html 'CPUs in use, drawn from hourly means'
! grep -qE 'rent peaks|order about 0' page || fail 'the page orders no nodes, or rents the peaks of what is rented whole'
# All of it is measured: there is no rest.
states index.html 'It is known what became of'
never data-quality.html 'The rest is a class of its own'
expect 0 report jobs.psv --timezone UTC --only mail $whole --inventory eight -o report
part report/summary.eml text/plain | tr -s ' \n' ' ' | grep -q 'plan the next refresh: to rent nodes for all work, for' || fail 'the mail owns no node of eight'

# Rent that costs nothing is rent all the same; and a saving that prints like the cost is nearly all of it.
log 2 60 COMPLETED > jobs.psv
printf '[vcpu_hour]\nexpected = 0\n' > prices
about $whole --inventory eight --assumptions prices
states index.html 'Nearly all of $'
states index.html 'Rented nodes in the place of 8 of your own'
states findings/own-or-rent.html 'Rent nodes for all work instead of owning 8'
never index.html '0 nodes instead of 8'

# Low and high are of how full nodes can be, too, and of nothing else where no use is measured: less than what remains when nobody changes.
log 4 60 COMPLETED > jobs.psv
for people in ' and how far people change' ''; do
	rm -rf report
	expect 0 report jobs.psv --timezone UTC --only site,pdf,mail $whole --inventory eight -o report
	states index.html "from the next refresh on, by how full nodes can be packed$people;"
	pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' | grep -q "Low and high are by how full nodes can be packed$people, at these prices" ||
		fail 'the page does not say what low and high are by'
	part report/summary.eml text/plain | tr -s ' \n' ' ' | grep -q "refresh on, by how full nodes can be packed$people[;.]" || fail 'the mail does not say what low and high are by'
	cut -d '|' -f 1-12 jobs.psv > held.psv
	mv held.psv jobs.psv
done

# Hours that need not be rented are worth more than owned ones: what does not pay for one programme may for all help together.
log 4 60 COMPLETED > jobs.psv
printf '[user_hours]\nexpected = 2\n[group_hours]\nexpected = 0\n' > prices
about $whole --inventory eight --assumptions prices
states findings/power-users.html 'does not come back within a year, though all help together does: it takes $640, and what comes free is worth $1,340 a year'
about $whole --inventory eight
states findings/power-users.html 'In money alone that does not come back within a year.'
states findings/power-users.html 'more than comes of it in a year, if'
never findings/power-users.html '% of what comes of it'

# So many GPUs or fewer are held, not so many. Of a fortnight it is not told how often in a year nodes have to be rented.
for node in 1 2 3 4; do
	echo "NodeName=n$node CPUTot=16 RealMemory=65536 Sockets=1 CoresPerSocket=16 ThreadsPerCore=1 Gres=gpu:a:4"
done > graphic
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } { print $0, NR == 1 ? "AllocTRES" : "cpu=8,mem=32G,node=1,gres/gpu=2" }' > jobs.psv
# Of a cluster of GPUs a bound on its CPUs is no headline.
about $whole
states index.html 'GPUs held, 85 of 100 minutes'
never index.html 'Utilization, at most'
states index.html 'The size of the cluster is not known, nor how full it is.'
states findings/waiting.html 'while they waited cannot be told: no list of the cluster’s nodes was given.'
# What is worth giving back is no saving: no bill gets smaller.
says 'worth giving back a year $'
states index.html 'Worth giving back a year, expected'
no_page 'Saving a year, expected'
about $whole --inventory graphic
states capacity.html 'held on average, 8 or fewer in 85 of 100 minutes'
states findings/own-or-rent.html 'times a year, at most for'
# Of one kind of node there is none that needs it most.
states findings/own-or-rent.html 'on end; in all that is '
states findings/own-or-rent.html ' to be rented.'
no_page 'the kind of node that needs'
never findings/own-or-rent.html 'of one kind'
about --from 2025-01-01 --to 2025-01-14 --inventory graphic
states findings/own-or-rent.html 'Scaled up to a year'
never findings/own-or-rent.html 'times a year'
never capacity.html 'that are best to own'
never capacity.html 'Best to own'
# Nor does the table of findings say what a year is worth, nor the workbook draw it, which says why.
worth=$(sqlite3 :memory: '.import --csv report/tables/findings.csv f' "SELECT subject FROM f WHERE low || expected || high || money || cost || payback <> ''")
[ -z "$worth" ] || fail "of a fortnight it is told what a year is worth: $worth"
expect 0 report jobs.psv --internal --timezone UTC --only workbook --from 2025-01-01 --to 2025-01-14 --inventory graphic -o report
unzip -p report/savings.xlsx xl/sharedStrings.xml > words
grep -q 'Too short to plan by: every amount for a year is scaled up from 14.*days of jobs' words || fail 'the workbook of a fortnight does not say so'
! grep -q 'Owning [0-9a-z ]* costs least' words || fail 'the workbook of a fortnight says what costs least'
about --from 2025-01-01 --to 2026-12-31 --inventory graphic
states capacity.html 'assigned to jobs, busy or not, none for 85 of 100 minutes, and'
states capacity.html 'held on average, none in 85 of 100 minutes, and at most'

# A page without amounts does not speak of them, and a tile that says nothing is none.
log 4 10 COMPLETED | cut -d '|' -f 1-12 > jobs.psv
rm -rf report
expect 0 report jobs.psv --timezone UTC --only pdf --inventory nodes -o report
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' > page
grep -q 'No job can be judged by what it used: what users could save cannot be told.' page && ! grep -q 'none of these amounts' page ||
	fail 'the page speaks of amounts that it does not tell'
log 4 60 COMPLETED | cut -d '|' -f 1-11,13-14 > jobs.psv
rm -rf report
expect 0 report jobs.psv --timezone UTC --only site,pdf,mail $whole --inventory nodes -o report
pdftotext report/executive-summary.pdf page
part report/summary.eml text/plain > mail
! grep -q 'Saving a year' page mail || fail 'a tile says that the saving is not known'
states index.html '--nodes=rename'
never index.html 'Saving a year, expected'
# What jobs held of nodes that nobody knows did not cost nothing.
rm -rf report
awk '{ print $0 "|" (NR == 1 ? "Partition" : "part" NR % 2) }' jobs.psv > parted.psv
mv parted.psv jobs.psv
expect 0 report jobs.psv --internal --timezone UTC --only data,site,pdf,workbook $whole --inventory nodes -o report
for page in users groups findings/power-users findings/groups; do never $page.html '$0'; done
sed -n 2p report/tables/pools.csv | grep -q '^"[^"]*",,,,' || fail "what was in use of nodes is told, though nobody knows: $(cat report/tables/pools.csv)"
states capacity.html 'No job’s nodes are known, so no node-hour can be placed.'
never capacity.html 'In no partition were'
! pdftotext report/report.pdf - | grep '…' || fail 'what is printed is cut'

# Of times that are cut to the day nobody knows what was in use at an hour, nor how long anybody waited; what a day held is known.
log 4 60 COMPLETED | sed "s/user_000/person/; s/group_A/lab/" > jobs.psv
rm -rf report
expect 0 anonymize jobs.psv --mapping private.csv --times day --timezone UTC -o coarse.psv
expect 0 report coarse.psv --timezone UTC --inventory eight -o report
says 'times are cut to the day'
states data-quality.html 'Times are cut to the day'
states capacity.html 'The reason: times are cut to the day'
# What is not known is no headline.
never index.html 'CPUs in use, highest minute'
never index.html 'Utilization, at most'
states findings/peak.html 'Who drives the peak cannot be told'
states findings/waiting.html 'How long jobs wait cannot be told'
states findings/own-or-rent.html 'Whether to own or to rent cannot be told'
states index.html 'Users could hand back capacity worth'
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' | grep -q '30 days: report again with full times and the nodes of jobs' || fail 'the page does not say what to do next'
sh "$tests/figures.sh" report/report.json > figures
awk -F '\t' '$1 ~ /^(utilization|demand\.[cg]pus\.(p85|peak)|wait\.(median|p90)|peak\.cpus|waiting\.late\.share|cost\.total|saving\.infrastructure\.expected)$/ { found++; if ($2 != "null") print }
	$1 == "times.are_days" && $2 == 1 { found++ }  $1 == "cpu.hours" && $2 == 11520 { found++ }  END { exit found != 13 }' figures > known ||
	fail 'figures are missing'
[ ! -s known ] || fail "of days it is known: $(cat known)"
# A tally keeps what is said of its file.
expect 0 tally coarse.psv --timezone UTC --inventory eight --from 2025-01-01 --to 2025-03-04 -o coarse.tally
expect 0 report coarse.tally --only data -o tallied
sh "$tests/figures.sh" tallied/report.json | grep -q '^times.are_days	1' || fail 'a tally of days has hours'
# A file that lost its manifest shows it; one job at another time of day shows that there are hours.
sed '/sha256/d' coarse.psv >days.psv
expect 0 report days.psv --timezone UTC --only data -o days
expect 0 check days.psv --timezone UTC > out
grep -q '^  demand by the minute: times are cut to the day' out && grep -q '^  waits: times are cut to the day' out || fail 'check finds hours in days'
sh "$tests/figures.sh" days/report.json | grep -q '^times.are_days	1' || fail 'days without a manifest have hours'
# So do tallies of parts that were too small to show it, and one with an hour shows that all have hours.
awk 'NR == 1 { head = $0; next } { part = "part" NR % 3 ".psv"; if (!(part in begun)) { print head > part; begun[part] = 1 }; print > part }' days.psv
for part in part0 part1 part2; do
	expect 0 tally $part.psv --timezone UTC --inventory eight -o $part.tally
done
expect 0 report part?.tally --apart --only site -o parts
expect 0 report part?.psv --timezone UTC --inventory eight --only site -o of-parts
diff -r parts of-parts >&2 || fail 'the tallies of days are told otherwise than the days'
sh "$tests/figures.sh" parts/report.json | grep -q '^times.are_days	1' || fail 'tallies of days have hours'
awk 'NR == 20 { gsub(/T00:00/, "T00:01") } 1' part1.psv > timed.psv
expect 0 tally timed.psv --timezone UTC --inventory eight -o timed.tally
expect 0 report part0.tally timed.tally part2.tally --apart --only data -o timed
sh "$tests/figures.sh" timed/report.json | grep -q '^times.are_days	0' || fail 'tallies of which one has hours have none'
# One that had lost its hours before it was shared does, too, whatever its manifest says of times.
sed 's/T[0-9][0-9:]*|/T00:00:00|/g' jobs.psv > lost.psv
expect 0 anonymize lost.psv --mapping private.csv --timezone UTC -o lost.shared
expect 0 report lost.shared --only data -o lost
sh "$tests/figures.sh" lost/report.json | grep -q '^times.are_days	1' || fail 'hours were lost, and are there'
awk 'NR == 200 { gsub(/T00:00/, "T00:01") } 1' days.psv >hour.psv
expect 0 report hour.psv --timezone UTC --only data -o hour
expect 0 check hour.psv --timezone UTC > out
! grep -q 'cut to the day' out || fail 'check finds no hour'
sh "$tests/figures.sh" hour/report.json | grep -q '^times.are_days	0' || fail 'one hour is none'
# To the hour is enough.
expect 0 anonymize jobs.psv --mapping private.csv --times hour --timezone UTC -o hours.psv
rm -rf report
expect 0 report hours.psv --timezone UTC --inventory eight --only data,site -o report
states index.html 'can be saved'
# But all jobs of an hour seem to begin at once: what most of them held at a time is not told.
about_hours()
{
	rm -rf report
	# shellcheck disable=SC2086 # words
	expect 0 report "$1" --timezone UTC $2 --only data,site,pdf -o report
	sh "$tests/figures.sh" report/report.json > figures
	awk -F '\t' '$1 ~ /^(demand.[cg]pus.(p85|peak)|own.bursts.deepest|peak.cpus|utilization)$/ && $2 != "null" { print $1 }  $1 == "times.are_hours" { print $1, $2 }' figures > known
}
about_hours hours.psv '--inventory eight'
printf '%s\n' 'times.are_hours 1' demand.cpus.p85 utilization | cmp - known || fail "of hours is known: $(cat known)"
states data-quality.html 'Times are cut to the hour'
states findings/peak.html 'times are cut to the hour, so that all jobs of an hour seem to begin at once'
states capacity.html '85 of 100 minutes take at most'
never capacity.html 'busiest minute'
never findings/own-or-rent.html 'In the highest minute'
about_hours hours.psv ''
printf '%s\n' 'times.are_hours 1' demand.cpus.p85 | cmp - known || fail "without nodes of hours is known: $(cat known)"
states capacity.html 'CPUs were assigned to jobs on average'
states capacity.html 'cannot be told: their number is not known'
never capacity.html 'At most'
# Nor is what all GPUs held, where there are some.
awk 'BEGIN { FS = OFS = "|" } { print $0, NR == 1 ? "AllocTRES" : "cpu=8,mem=32G,node=1,gres/gpu=1" }' jobs.psv > with-gpus.psv
expect 0 anonymize with-gpus.psv --mapping private.csv --times hour --timezone UTC -o with-gpus.hours
sed 's/$/ Gres=gpu:4/' eight > gpu-eight
about_hours with-gpus.hours '--inventory gpu-eight'
printf '%s\n' 'times.are_hours 1' demand.cpus.p85 utilization demand.gpus.p85 | sort > wanted
sort known | cmp - wanted || fail "of the GPUs of hours is known: $(cat known)"
# Where GPUs were held on nodes that nobody names, it is not said that there are none.
cut -d '|' -f 1-11,13- with-gpus.psv | sed 's/person/user_000/; s/lab/group_A/' > nowhere.psv
! head -n 1 nowhere.psv | grep -q NodeList || fail 'the nodes are named'
expect 0 report nowhere.psv --timezone UTC --only data -o nowhere
sh "$tests/figures.sh" nowhere/report.json | grep '^demand.gpus.mean' | grep -q 'the nodes of jobs with GPUs are not known' ||
	fail 'jobs with GPUs are on nodes that have none'
# So of a tally, and of a file beside one with full times.
expect 0 tally hours.psv --timezone UTC --inventory eight --from 2025-01-01 --to 2025-03-04 -o hours.tally
about_hours hours.tally ''
grep -q '^times.are_hours 1' known && ! grep -q peak known || fail "of a tally of hours is known: $(cat known)"
expect 0 anonymize jobs.psv --mapping private.csv --timezone UTC -o seconds.psv
about_hours seconds.psv '--inventory eight'
grep -q '^times.are_hours 0' known && grep -q '^demand.cpus.peak' known || fail "of seconds is known: $(cat known)"

# A minute is too much for the highest one alone: jobs that followed one another in it seem to overlap.
expect 0 anonymize jobs.psv --mapping private.csv --times minute --timezone UTC -o minutes.psv
about_hours minutes.psv '--inventory eight'
grep -qx demand.cpus.p85 known && grep -qx utilization known && ! grep -q 'demand.*peak\|deepest' known ||
	fail "of minutes is known: $(cat known)"
states data-quality.html 'Times are cut to the minute'
never capacity.html 'busiest minute'
never findings/own-or-rent.html 'In the highest minute'
about_hours minutes.psv ''
grep -qx demand.cpus.p85 known && ! grep -q utilization known || fail "without nodes of minutes is known: $(cat known)"
states capacity.html 'in the busiest minute, since times are cut to the minute'

# A thousand jobs show it where no manifest says so: nobody's clocks stand at full minutes, or hours, so often.
log 40 30 COMPLETED | sed 's/user_000/person/; s/user_/person/; s/group_A/lab/' |
	awk 'BEGIN { FS = OFS = "|" } NR > 1 { for (i = 5; i <= 8; i++) $i = substr($i, 1, 14) sprintf("%02d:%02d", NR % 60, NR % 59) } 1' > many.psv
expect 0 anonymize many.psv --mapping private.csv --timezone UTC -o exact.psv
about_hours exact.psv ''
grep -q '^times.are_hours 0' known && grep -q '^times.are_minutes	0' figures && grep -q '^demand.cpus.peak' known || fail "of seconds is known: $(cat known)"
for step in hour minute; do
	expect 0 anonymize many.psv --mapping private.csv --times $step --timezone UTC -o cut.psv
	about_hours cut.psv ''
	# All but what a manifest alone can say.
	sharing='^(has[.](risk|policy)|risk[.]|sharing[.]|fields[.])'
	grep -vE "$sharing" figures > wanted
	sed '/sha256/d' cut.psv > nameless.psv
	[ ! -e nameless.psv.manifest.json ] || fail 'there is a manifest'
	about_hours nameless.psv ''
	grep -vE "$sharing" figures | diff wanted - >&2 || fail "without a manifest times of the $step are others"
	grep -q "^times.are_${step}s	1" figures || fail "times are not known to be cut to the $step"
	states data-quality.html "Times are cut to the $step"
	expect 0 check nameless.psv --timezone UTC > out
	grep -q "^  the highest minute: times are cut to the $step" out || fail "check does not find the $step: $(cat out)"
	expect 0 check nameless.psv --timezone UTC --json > out
	grep -q "\"the highest minute\" : \"times are cut to the $step" out || fail "check --json does not find the $step: $(cat out)"
	# So do tallies of parts that are too small to show it, and one of them with seconds shows that all have.
	awk 'NR == 1 { head = $0; next } { part = "part" NR % 3 ".psv"; if (!(part in begun)) { print head > part; begun[part] = 1 }; print > part }' nameless.psv
	awk 'NR == 20 { sub(/:00\|/, ":01|") } 1' part1.psv > timed.psv
	for part in part0 part1 part2 timed; do
		expect 0 tally $part.psv --timezone UTC --inventory eight -o $part.tally
	done
	rm -rf parts timed
	expect 0 report part?.tally --apart --timezone UTC --only data -o parts
	sh "$tests/figures.sh" parts/report.json | grep -q "^times.are_${step}s	1" || fail "tallies of the $step are not"
	expect 0 report part0.tally timed.tally part2.tally --apart --timezone UTC --only data -o timed
	sh "$tests/figures.sh" timed/report.json | grep -q "^times.are_${step}s	0" || fail "tallies of which one has seconds have none"
done
expect 0 check exact.psv --timezone UTC > out
! grep -q 'highest minute' out || fail "check finds no second: $(cat out)"

# Of durations that are rounded no sum is exact, be it by one of several files, or by a tally.
expect 0 anonymize jobs.psv --mapping private.csv --profile share --timezone UTC -o rounded.psv
expect 0 tally rounded.psv --timezone UTC --from 2025-01-01 --to 2025-03-04 -i eight -o rounded.tally
for files in rounded.psv 'coarse.psv rounded.psv' rounded.tally; do
	rm -rf report
	expect 0 report $files --timezone UTC --only data,site -o report
	sh "$tests/figures.sh" report/report.json | grep -q '^durations.are_rounded	1' || fail "$files: durations are exact"
	states data-quality.html 'Durations, and what was used, are rounded'
	states data-quality.html 'the hours of a day are not those of that day alone'
	never data-quality.html 'hold.'
	states findings/power-users.html 'Core-hours may be off by some per cent'
	states findings/power-users.html 'No time is advised, since durations are rounded'
	grep -q 'sbatch --mem' report/tables/advice.csv || fail "$files: nothing is advised"
	! grep -q 'sbatch.* --time' report/tables/advice.csv || fail "$files: what is rounded off is not advised"
done
expect 0 report coarse.psv --timezone UTC --only data,site -o cut
mv report rounded && mv cut report
sh "$tests/figures.sh" report/report.json | grep -q '^durations.are_rounded	0' || fail 'durations are rounded'
states data-quality.html 'those of a month are near. Sums by user and account hold.'
states findings/growth.html 'The sums are near, since jobs seem to begin at midnight'
states findings/power-users.html 'Core-hours are exact'
grep -q 'sbatch.* --time' report/tables/advice.csv || fail 'no time is advised'
log 4 60 FAILED | sed "s/user_000/person/; s/group_A/lab/; 1s/$/|TimelimitRaw/; 2,\$s/$/|1440/" > failed.psv
expect 0 anonymize failed.psv --mapping private.csv --profile share --timezone UTC -o failed.rounded
rm -rf report
expect 0 report failed.rounded --timezone UTC --only data,site -o report
states findings/failed-work.html 'Hours may be off by some per cent, since durations are rounded'
states findings/growth.html 'The sums may be off by some per cent'
for page in serial-cores short-jobs idle-jobs time-limits; do
	states findings/$page.html 'Durations are rounded here: some jobs count that should not'
done

# A bound that says nothing is at most 100 %, not at most more than 99.9 %.
log 2 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $7 = substr($7, 1, 11) "00:00:00"; $8 = substr($7, 1, 11) "23:59:59"; $9 = 86399 } { print }' > jobs.psv
about --from 2025-01-01 --to 2025-01-28
states capacity.html 'At most 100 % of the CPUs were assigned to jobs'
never capacity.html '> 99.9 %'
never index.html '> 99.9 %'

# Where nobody waits there is nothing to draw.
log 4 60 COMPLETED | sed 's/T06:00:00/T09:00:00/g' > jobs.psv
about --inventory nodes
states findings/waiting.html 'No job waited longer than an hour, whatever its size'
states findings/waiting.html 'At no hour of the week do jobs begin to wait'
! grep -q '<svg' report/findings/waiting.html || fail 'waits are drawn that were none'

# From next to nothing anything grows a thousandfold: what grew is told, and from what.
log 4 250 COMPLETED | awk -F '|' 'NR == 1 || NR > 800 || NR % 100 == 2' > jobs.psv
about --inventory nodes
states findings/growth.html 'group_A went from 2.1 to 144 core-hours a day'

# All jobs are large ones and wait alike: what jobs and hours disagree on is how long they run. Each held what it needed, and gave way in the end.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $6 = $5 = "2024" substr($5, 5); $11 = $14 = "32G"; $13 = "48:00:00" }
	NR > 1 && NR % 4 { sub("T15:00", "T09:30", $8); $9 = 1800; $13 = "04:00:00" }  NR % 4 == 0 { $4 = "PREEMPTED" }  { print }' > jobs.psv
about --inventory nodes
states findings/throughput.html 'By jobs it is another kind of machine than by core-hours'
never findings/throughput.html 'of the jobs are small'
states index.html 'they disagree on 1 of seven signs'
states findings/failed-work.html 'such jobs give way to others'
# What to do is said of the ways in which jobs ended, and of no others.
for other in 'Ask for more time' '--mem, to' 'little data' 'Look at those nodes' 'Ask why' 'later deadline' 'began such jobs anew'; do
	never findings/failed-work.html "$other"
done
about
states findings/waiting.html 'Move what can wait'
never findings/waiting.html 'Begin with what is held and not needed'

# What is handed back waits for no refresh, though a node could be switched off until then.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $5 = $6 = $7 = substr($7, 1, 11) "00:00:00"; $8 = substr($7, 1, 11) "23:59:59"; $9 = 86399
	$11 = "60G"; $13 = "23:00:00"; $14 = "22.3G" } { print }' > jobs.psv
about $whole --inventory nodes
states index.html 'All nodes are worth owning'
states index.html 'in all, every year. Two amounts stand beside that sum'
never index.html 'They sum to'

# Where nodes are worth owning only until users ask for what they need, the finding says no other thing than the title of the summary.
sed 's/22.3G$/4G/' jobs.psv > less.psv
mv less.psv jobs.psv
about $whole --inventory nodes
states index.html '3 nodes instead of 4'
states index.html 'Owning is right for now. While users ask for what they ask for today, fewer nodes would cost more.'
states findings/own-or-rent.html 'Nothing to gain from renting while users ask for what they ask for today'
states findings/own-or-rent.html 'Once users ask for what they need, 3 nodes cost least.'
never index.html 'Owning is right.'
no_page 'the cluster is worth owning'

# Of some currencies a dollar is thousands.
cat > won <<'END'
[node_purchase]
expected=5600000
[core_purchase]
expected=140000
[memory_purchase]
expected=7000
[electricity]
low=140
expected=180
high=220
[vcpu_hour]
expected=60
[rented_gpu_hour]
expected=3900
[gpu_purchase]
expected=21000000
[staff_hour]
expected=60000
END
printf '[site]\ncurrency = KRW\n' > site.conf
log 4 60 COMPLETED > jobs.psv
about $whole --inventory eight --assumptions won --site site.conf
states index.html 'About KRW 16.7 million of KRW 21.1 million a year can be saved'
# Rent that rises, since more nodes go, is not told without these.
states index.html 'Once they ask for what they need, it is 1 node and KRW 1.79 million of rent.'
# Defaults are dollars, and no more so where they are called something else.
about $whole --inventory eight --site site.conf
says 'prices that are defaults are dollars, and count as so many KRW'
states index.html '8 prices are defaults, in dollars, and count as so many of this report’s currency'
about $whole --inventory eight
never index.html 'in dollars'

# Nine users of whom one has all but a little are not fewer than five, and cannot be shown either.
log 9 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 && $2 != "user_0001" { $8 = substr($7, 1, 11) "09:06:00"; $9 = 360; $13 = "00:30:00" } { print }' > jobs.psv
rm -rf report
expect 0 report jobs.psv --timezone UTC --only data,site $whole --inventory eight -o report
states findings/groups.html 'in no group do enough users share the work'
states groups.html 'other (fewer than 5 users or as easily found)'
# A queue is felt by the hours that stand in it, where these are more than the jobs.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 && $2 != "user_0001" { $5 = $6 = $7; $8 = substr($7, 1, 11) "09:06:00"; $9 = 360; $13 = "00:30:00" } { print }' > jobs.psv
about $whole --inventory eight
states index.html '25 % of the jobs, with 95 % of the core-hours, wait longer than an hour'

# Where nobody is kept to what was asked for the page on memory says so, and not only that all of it was used.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $11 = "4G"; $14 = "40G" } { print }' > jobs.psv
about $whole --inventory nodes
states findings/memory.html 'jobs used 100 % of the memory they held'
states findings/memory.html '240 jobs used more than they asked for and count as having used just that'

# What is dearest in the nodes is told where they have it.
log 4 60 COMPLETED | sed '1s/$/|AllocTRES/; 1!s/$/|cpu=8,mem=32G,node=1,gres\/gpu=2/' > jobs.psv
sed 's/$/ Gres=gpu:a100:4/' nodes > accelerated
about --inventory accelerated
states index.html 'of the GPUs were assigned to jobs'
log 4 60 COMPLETED > jobs.psv
about --inventory nodes
never index.html 'of the GPUs were assigned'

# Who gave a list of nodes that the jobs do not fit is not asked for one.
log 4 60 COMPLETED > jobs.psv
sed 's/=n/=other/' nodes > others
rm -rf report
expect 0 report jobs.psv --timezone UTC --only site,mail --inventory others -o report
# Two months show no growth, and nobody is told of which groups it would be shown.
states findings/growth.html 'Whether demand grows cannot be told'
never findings/growth.html 'Of each account the course'
never findings/growth.html 'the trend is not'
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' > page
part report/summary.eml text/plain | tr -s '\n' ' ' > mail
for text in page mail; do
	grep -qi 'report again with a list of nodes that fits the jobs' $text || fail "the $text does not ask for a list that fits"
done

# A part of a CPU, or of a node, is not none.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $8 = substr($7, 1, 11) "09:10:00"; $9 = 600; $10 = 1; $13 = "00:10:00" } { print }' > jobs.psv
about --inventory nodes
states capacity.html 'On average &lt; 0.1 of 64 CPUs were assigned to jobs'
never capacity.html 'with 0 CPUs on average'
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $10 = 1; $13 = "05:00:00" } { print }' > jobs.psv
about --from 2025-01-02 --to 2025-01-28
states capacity.html 'On average 1 CPU was assigned to jobs'

# What fails may hold more of the nodes than of the cores.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } $2 == "user_0001" { $4 = "FAILED"; $10 = 1; $11 = "60G" } { print }' > jobs.psv
about --inventory nodes
states findings/failed-work.html 'its share of failed work is another one'
sh "$tests/figures.sh" report/report.json | awk -F '\t' '$1 == "failed.share" { cores = $2 } $1 == "ledger.failed.share" { nodes = $2 } END { exit !(nodes > 1.5 * cores && cores > 0) }' ||
	fail 'what fails holds no more of the nodes than of the cores'

# Where no job says its CPUs jobs ran all the same, and how many were in use is not known, for whatever time.
log 4 60 COMPLETED | cut -d '|' -f 1-9,11- > jobs.psv
rm -rf report
expect 0 report jobs.psv --timezone UTC --only data,site,pdf $whole --inventory nodes -o report
says 'no money is put on the size of the cluster: no job says how many CPUs it held'
no_page 'no job ran' 'less than two days' 'not known CPUs' 'not known of the' 'with 1 core'
states capacity.html 'How many CPUs were in use cannot be told'
states index.html '100 % of the jobs wait longer than an hour'
[ "$(sh "$tests/figures.sh" report/report.json | awk -F '\t' '$1 == "throughput.single.jobs.says" { print $5 }')" = 'not decidable' ] ||
	fail 'a job that does not say its CPUs has one'

# Nor without a list of nodes, whose lack is not why; and nobody held nought of them.
rm -rf report
expect 0 report jobs.psv --timezone UTC --only data,site $whole -o report
no_page 'no job ran' 'less than two days' 'not known CPUs' '0 cores' 'export with TotalCPU'
states index.html 'How many CPUs were in use is not known: no job says how many CPUs it held'
states capacity.html 'The reason: no job says how many CPUs it held'
states findings/waiting.html 'Which sizes wait is not known: no job says how many CPUs it held'
states findings/serial-cores.html 'The reason: no job says how many CPUs it held'
for table in users months states advice; do
	awk -F , 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "cpu_hours" || $i == "cores") column[i] }
		NR > 1 { for (i in column) if ($i != "") print FILENAME ": " $i }
		END { if (length(column) == 0) print FILENAME ": no hours of cores" }' report/tables/$table.csv
done > wrong
[ ! -s wrong ] || fail "cores of which nothing is known are counted: $(cat wrong)"

# Nor did jobs run that never began.
log 4 60 CANCELLED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $4 = "CANCELLED"; $7 = "Unknown"; $9 = 0; $12 = "None assigned"; $13 = $14 = "" } { print }' > jobs.psv
about --inventory nodes
states index.html 'Neither demand nor a saving can be told: no job ran inside the period'
for page in index capacity users findings/own-or-rent findings/failed-work; do
	never $page.html 'less than two days'
	never $page.html 'not known CPUs'
	never $page.html 'not known of the'
	never $page.html 'Every job that ran'
done

# What is rented for less than a hundredth of what the nodes cost nobody is asked to try first.
log 2 60 COMPLETED > jobs.psv
printf '[rent_overhead]\nexpected=0\n[vcpu_hour]\nexpected=0.0001\n' > pennies
about --inventory nodes --assumptions pennies --site board $whole
no_page 'as a trial'
states index.html 'order none at the next refresh; to rent nodes for all work instead would be $'
states findings/own-or-rent.html 'too little to try it first'
states assumptions.html 'That is more than a year saves from the next refresh on'

# Whoever has nobody to help, and nothing to rent, is told of no staff.
log 2 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $7 = substr($7, 1, 11) "00:00:00"; $8 = substr($7, 1, 11) "23:59:59"; $9 = 86399; $10 = 16; $13 = "" } { print }' |
	sed 's/|4G$/|/' > jobs.psv
printf '[packing]\nexpected=1\n' > tight
about --inventory nodes --assumptions tight $whole
states index.html '2 nodes instead of 4'
never assumptions.html 'hours of staff, once'

# Where the one node that is worth owning is so only until users ask for less, no node is ordered.
log 4 84 COMPLETED | sed 's/T09:00:00|/T00:00:00|/; s/T15:00:00|21600|8|32G/T23:59:59|86399|4|8G/; s/06:00:00|4G$/23:00:00|1G/' > jobs.psv
printf '[packing]\nexpected=1\n[rent_overhead]\nexpected=0\n[vcpu_hour]\nexpected=0.007\n' > cheap
about --inventory nodes --assumptions cheap --site board
sh "$tests/figures.sh" report/report.json | awk -F '\t' '{ of[$1] = $2 } END { exit !(of["own.keep"] == 1 && of["own.burst"] == 0 && of["own.keep_users"] == 0 && of["own.rent_users"] > 0) }' ||
	fail 'the node is not worth owning as long as users ask for what they do'
states index.html 'rent the nodes of one group as a trial, and order none before it is measured again'
no_page 'more than 0 nodes'

# What sums of floating point leave is nothing that anybody hands back.
log 3 60 COMPLETED | sed 's/T15:00:00|21600/T09:50:00|3000/' | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $13 = "00:50:00" } { print }' > jobs.psv
about $whole --inventory nodes
states index.html 'jobs that ask for what they need,'
never index.html 'Capacity handed back to researchers'

# Of a job each nobody knows two, and one group is no groups.
log 6 1 COMPLETED | sed 's/user_000/person/; s/group_A/lab/' > jobs.psv
expect 0 run jobs.psv --timezone UTC --mapping map.csv --only data,site -o risks
sed 's/<[^>]*>//g' risks/approval.html > approval
# A day is no period from itself to itself; the report on the next day knows it all the same.
grep -q '<title>.*Cluster' risks/index.html && ! grep -q '2025-01-01 to' risks/index.html || fail 'a day is told twice'
log 6 2 COMPLETED > next.psv
expect 0 report next.psv --timezone UTC --from 2025-01-02 --to 2025-01-02 --only data --previous risks/report.json -o next
sh "$tests/figures.sh" next/report.json | awk -F '\t' '$1 == "previous.period" && $5 == "2025-01-01" { found = 1 } END { exit !found }' ||
	fail 'the period of the former report is not that day'
grep -q 'One known job' approval || fail 'what one known job tells is not said'
! grep -qE 'Two known jobs do|not known of cases' approval || fail 'what two known jobs of one tell is said'
sed 's/<[^>]*>//g' risks/privacy.html | grep -q 'Of 1 group none has fewer than 5 users' || fail 'one group is groups'

# Nodes that hold all that ran are not rented in the place of one that is not needed, however little that one saves.
seq 200 | sed 's/.*/NodeName=n& CPUTot=16 RealMemory=65536 Sockets=1 CoresPerSocket=16 ThreadsPerCore=1/' > many
log 1 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $7 = substr($7, 1, 11) "00:00:00"; $8 = substr($7, 1, 11) "23:59:59"; $9 = 86399; $10 = 3184; $12 = "n[1-199]"; $13 = "" } { print }' > jobs.psv
about --inventory many --assumptions tight
sh "$tests/figures.sh" report/report.json | awk -F '\t' '{ of[$1] = $2 } END { exit !(of["own.fewer"] == 1 && of["own.burst"] == 0 && of["own_or_rent.nothing"] == 1) }' ||
	fail 'of 200 nodes 199 are not worth owning without rent'
states index.html 'Owning 199 nodes instead of 200 would save less than one per cent'
states index.html 'ewer nodes would save less than one per cent of the cost'
states findings/own-or-rent.html '199 of 200 nodes hold all that ran, and save less than one per cent'
no_page 'enting its peaks' 'enting the peaks would'
awk 'BEGIN { FS = OFS = "|" } NR > 1 { $14 = "" } { print }' jobs.psv > unused.psv
mv unused.psv jobs.psv
about --inventory many --assumptions tight
states index.html 'little of it can be saved by owning fewer nodes'

# What is to be rented only once users ask for less is tried, too.
log 8 84 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { day = substr($7, 1, 11); $7 = day "00:00:00"; $8 = day "23:59:59"; $9 = 86399; $10 = 16; $11 = "64G"
	$12 = "n" 1 + NR % 8; $13 = "15-00:00:00"; $14 = "60G" } { if ($12 != "n8") print }
	$12 == "n8" { $8 = day "01:30:00"; $9 = 5400; $13 = "22:00:00"; print
		$1 = "9" $1; $7 = day "02:00:00"; $8 = day "04:00:00"; $9 = 7200; $10 = 1; $13 = "01:59:00"; $14 = "2G"; print }' > jobs.psv
printf '[packing]\nlow=1\nexpected=1\nhigh=1\n[vcpu_hour]\nlow=0.0425\nexpected=0.0425\nhigh=0.0425\n' > full
rm -rf report
expect 0 report jobs.psv --internal --timezone UTC --inventory eight --assumptions full --only data,pdf -o report
sh "$tests/figures.sh" report/report.json | awk -F '\t' '{ of[$1] = $2 } END { exit !(of["own.burst"] == 0 && of["own.trial"] == 1) }' ||
	fail 'there is rent before users ask for less'
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' | grep -qF '90 days: rent one peak as a trial' || fail 'the page rents without a trial'

# Who needs no node beyond those to own once users ask for less pays no rent; what is always needed is not needed a number of times.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { day = substr($7, 1, 11); $7 = day "00:00:00"; $8 = day "23:59:59"; $9 = 86399; $10 = 16; $13 = "01:00:00" }
	{ print } $2 == "user_0001" { $1 = "9" $1; $8 = day "00:10:00"; $9 = 600; $10 = 10; $11 = "4G"; $12 = "n5"; $13 = "00:01:00"; print }' > jobs.psv
about --inventory eight $whole
sh "$tests/figures.sh" report/report.json | awk -F '\t' '{ of[$1] = $2 } END { exit !(of["own.burst"] > 0 && of["own.keep_users"] < of["own.keep"] && of["own.rent_users"] == 0) }' ||
	fail 'once users ask for less there is still rent'
states index.html 'nodes and no rent.'
states index.html 'Power and support: $'
printf '[vcpu_hour]\nexpected=0.0001\n' > cheap
about --inventory eight --assumptions cheap --from 2025-01-01 --to 2025-01-28
states findings/own-or-rent.html 'Nodes are needed in the whole period.'

# Without prices nothing can be weighed: no size of a cluster is the right one, and no amount is told.
for price in node_purchase core_purchase memory_purchase gpu_purchase electricity support vcpu_hour rented_gpu_hour rent_overhead staff_hour; do
	printf '[%s]\nexpected=0\n' $price
done > free
rm -rf report
expect 0 report jobs.psv --timezone UTC --inventory eight --assumptions free --only data,site,pdf,mail -o report
states index.html 'What can be saved cannot be told: by the prices given the nodes cost nothing'
states findings/own-or-rent.html 'Whether to own or to rent cannot be told: by the prices given the nodes cost nothing'
no_page 'right size' 'is worth owning' 'Owning is right' 'largest part: $0' 'would cost $0'
for file in executive-summary.pdf summary.eml; do
	{ pdftotext report/$file - 2> /dev/null || cat report/$file; } | tr -s ' \n' ' ' > told
	grep -q 'What can be saved cannot be told' told || fail "$file does not say that nothing can be weighed"
	! grep -qE '[$]0|right size' told || fail "$file tells what nothing costs"
done

# Nor was little found where nothing has a price and the nodes are not known.
rm -rf report
expect 0 report jobs.psv --timezone UTC --assumptions free --only data,site,pdf,mail -o report
pdftotext report/executive-summary.pdf report/page.txt
part report/summary.eml text/plain > report/mail.txt
for file in index.html page.txt mail.txt; do
	told $file | tr -s ' ' > told
	grep -q 'What users could hand back is worth little' told || fail "$file says that little was found"
	grep -qE 'jobs did not need [0-9]+ % of what they held, and what users can' told || fail "$file: $(cat told)"
done

# One idle user is not the lowest of several.
sed 's/|01:00:00|/|192:00:00|/; /user_0001/s/|192:00:00|/|01:00:00|/' jobs.psv > one.psv
mv one.psv jobs.psv
about --inventory eight
states findings/idle-jobs.html 'the typical one kept'
states findings/idle-jobs.html 'Ask that user for one job script'
states findings/idle-jobs.html 'leaves most of its CPUs idle: '
never findings/idle-jobs.html 'lowest'

# Down nodes are counted by kind: who drains and still works leaves down what stood idle beside it.
printf '%s\n' 'NodeName|TimeStart|TimeEnd|State|Reason' 'n1|2025-01-01T00:00:00|Unknown|DRAIN|x' > events
about --inventory eight --events events
states capacity.html 'another of its kind that stood idle, if there was one, as down in its place'
about --inventory eight
never capacity.html 'as down in its place'

# That no group which can be shown by time grew is not said of all.
log 16 200 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { user = substr($2, 6) + 0; $3 = user > 11 ? "group_C" : user > 6 ? "group_B" : "group_A" }
	NR == 1 || $3 != "group_B" || user == 7 || $7 > "2025-03" { print }' > jobs.psv
rm -rf report
expect 0 report jobs.psv --timezone UTC --only data,site -o report
states findings/growth.html "All together went from 544 to 697 core-hours a day"
never findings/growth.html 'Nobody’s demand'
about
states findings/growth.html 'group_B went from'
# Nor need there be groups.
cut -d '|' -f 1,4- jobs.psv > nobody.psv
rm -rf report
expect 0 report nobody.psv --timezone UTC --only data,site -o report
states findings/growth.html 'All together went from 544 to 697 core-hours a day'
never findings/growth.html 'Of each account'
never findings/growth.html 'those who grow'

# Nor is what is said of groups that can be shown: beside group_A, of five, are two of few people, and need all or next to nothing of what they held.
for others in '48:00:00|30G' '01:00:00|1G'; do
	log 12 60 COMPLETED | awk -v others="$others" 'BEGIN { FS = OFS = "|"; split(others, of) }
		NR > 1 && substr($2, 6) + 0 > 5 { $3 = substr($2, 6) + 0 > 8 ? "group_C" : "group_B"; $13 = of[1]; $14 = of[2] }
		NR > 1 && of[2] == "1G" && $3 == "group_A" { $13 = "48:00:00"; $14 = "30G" }
		NR > 1 && of[2] == "1G" { $7 = substr($7, 1, 11) "00:00:00"; $8 = substr($8, 1, 11) "23:59:59"; $9 = 86399; $13 = ($3 == "group_A" ? 4 : 1) * substr($13, 1, 2) ":00:00" } { print }' > jobs.psv
	rm -rf report
	expect 0 report jobs.psv --timezone UTC --only data,site --inventory eight $whole -o report
	if [ "$others" = '01:00:00|1G' ]; then
		states findings/groups.html 'No account that can be shown holds much that it does not need'
		states findings/peak.html 'No account that can be shown drives the peak alone'
	else
		states findings/groups.html 'of what was held was not needed'
		never findings/groups.html 'nowhere less'
	fi
done

# What is saved in electricity is told of the nodes that are left once users ask for less: the table beside it has those of today.
log 4 60 COMPLETED > jobs.psv
about --inventory nodes
states capacity.html 'with the nodes that are best to own once users ask for what they need it would be'
log 1 60 COMPLETED > jobs.psv
about --inventory nodes
states capacity.html 'with the nodes that are best to own it would be'
never capacity.html 'once users ask for what they need it would be'
states index.html 'Begin with the jobs that hold most in vain'

# Whoever exports the column in which Slurm tells the use of GPUs, and measures none, is not told to export it.
log 4 60 COMPLETED | sed '1s/$/|AllocTRES|TRESUsageInAve/; 2,$s/$/|cpu=8,mem=32G,gres\/gpu=1|cpu=06:00:00,mem=4G/' > jobs.psv
about
states findings/gpus.html 'where Slurm measures it, TRESUsageInAve says it as gres/gpuutil'

# Where no job names its nodes no node-hour can be placed, whatever use is measured.
log 4 60 COMPLETED | cut -d '|' -f 1-11,13- > jobs.psv
rm -rf report
expect 0 report jobs.psv --timezone UTC --inventory nodes --only data,site,pdf -o report
no_page 'what became of not known' 'worth not known' 'worth $0' 'What users could hand back is worth little' 'division by zero'
states index.html 'What users could hand back cannot be told'
states index.html 'What became of the node-hours is not known: no job’s nodes are'
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' | grep -q 'What became of the node-hours is not known' || fail 'the page does not say that nothing is known of node-hours'

# What nobody held is told in words, what is the same for all of them once, and one user is not told whom to begin with.
sed 's/$/ Gres=gpu:a100:2/' nodes > cards
log 1 60 COMPLETED | sed 's/|32G|/|64G|/' > jobs.psv
about --inventory cards
states capacity.html 'Nobody held any of the cluster’s GPUs'
states findings/memory.html 'of a node’s memory at their peak.'
states index.html 'Nobody else ran a job.'
never index.html 'Begin with those'

# What a slice of a GPU costs nobody knows, however Slurm counts them.
for gres in 'gpu:1g.5gb:7,gpu:3g.20gb:2' 'gpu:1g.5gb:7 CfgTRES=cpu=16,mem=64G,gres/gpu=7'; do
	{ sed "1,3s/\$/ Gres=$(echo "$gres" | sed 's|/|\\/|')/" nodes; echo 'NodeName=old CPUTot=8 RealMemory=65536'; } > slices
	rm -rf report
	expect 0 report jobs.psv --internal --timezone UTC --only site,pdf --inventory slices -o report
	states index.html '3 of the 5 nodes have their GPUs in slices (MIG), for which there is no price'
	states findings/own-or-rent.html 'What is told of their cost, rent and saving does not hold.'
	states capacity.html '1g.5gb, '
	pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' | grep -qF 'have slices of GPUs, for which there is no price' || fail 'the page prices slices of GPUs'
done

# Where only GPUs are held for longer, it is not said of all that is held.
log 8 200 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR == 1 { print $0, "AllocTRES"; next } { print $0, "cpu=8,mem=32G,gres/gpu=" 1 + ($7 > "2025-05") }' > jobs.psv
about --inventory cards
states index.html 'All together hold at least a quarter more GPU-hours than at the beginning'

# A period need not be a year.
log 4 200 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 && $7 > "2025-05" { $10 = 16; $13 = "12:00:00" } { print }' > jobs.psv
rm -rf report
expect 0 report jobs.psv --internal --timezone UTC --only pdf --inventory nodes -o report
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' > page
grep -qF 'Order by its last quarter, not by the whole period.' page || fail 'the page calls the period a year'

# The busiest hour of the week is one of the clock, wherever the period begins: here at 02:19, when the first of these jobs ends.
awk 'BEGIN {
	OFS = "|"
	print "JobID", "User", "Account", "State", "Submit", "Start", "End", "ElapsedRaw", "AllocCPUS", "ReqMem", "NodeList"
	for (day = 1; day <= 28; day++) {
		date = sprintf("2025-01-%02dT", day)
		print day, "user_0001", "group_A", "COMPLETED", date "02:00:00", date "02:00:00", date "02:19:00", 1140, 8, "32G", "n1"
	}
}' > jobs.psv
about --inventory nodes
states capacity.html 'The busiest hour of the week is Tuesday at 02:00, with 3.1 CPUs on average'

# Of hours that are alike none is the busiest.
awk 'BEGIN {
	OFS = "|"
	print "JobID", "User", "Account", "State", "Submit", "Start", "End", "ElapsedRaw", "AllocCPUS", "ReqMem", "NodeList"
	for (day = 1; day <= 28; day++) {
		date = sprintf("2025-01-%02dT00:00:00", day)
		print day, "user_0001", "group_A", "COMPLETED", date, date, sprintf("2025-01-%02dT00:00:00", day + 1), 86400, 8, "32G", "n1"
	}
}' > jobs.psv
about --inventory nodes
states capacity.html 'All hours of the week are alike, with 8 CPUs on average'

# What a few days show is on the one page too, where nothing is to be saved, and whether or not the nodes are known.
log 11 20 FAILED | sed 's/COMPLETED/FAILED/' > jobs.psv
for list in '' '--inventory nodes'; do
	rm -rf report
	expect 0 report jobs.psv --internal --timezone UTC --only pdf $list -o report
	pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' > page
	grep -qF 'Ten users hold 91 % of the core-hours.' page || fail "the page does not say what was found ($list)"
	grep -qF 'What would be saved a year: not to be told from so few days' page || fail "the page does not say what was not ($list)"
done

# Where two short jobs of thousands asked for more than they need, worth less than one in money, no page counts on their users, nobody
# is sat down with where ten of many users hold little, and what is hardly worth anything is not divided by.
for node in 1 2 3 4 5 6 7 8 9; do
	sed "s/NodeName=n/NodeName=n$node/" nodes
done > many
log 50 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $3 = "group_" ($1 % 2 ? "A" : "B"); $12 = "n" 1 + $1 % 9 1 + $1 % 4; $10 = $1 % 50 ~ /^[12]$/ ? 9 : 8; $13 = 6 * $10 ":00:00"; $14 = "32G" }
	NR == 52 || NR == 53 { $8 = "2025-01-02T09:" 20 - NR % 2 * 10 ":00"; $9 = 1200 - NR % 2 * 600; $13 = "00:10:00"; $14 = "4G" } { print }' > jobs.psv
about --inventory many
states findings/power-users.html 'No ten users hold as much as a quarter of the cluster'
never findings/power-users.html 'Sit down with'
never findings/power-users.html 'What to do'
states findings/groups.html 'The largest share that was not needed is &lt; 0.1 %, at group_A.'
states findings/groups.html 'At group_A &lt; 0.1 % of what was held was not needed, and nowhere more'
never index.html 'Helping users takes more'
never index.html 'hours handed back make no bill smaller'
never index.html 'Capacity handed back to researchers'
states findings/peak.html 'CPUs were in use on average, of which group_'
# Who held less than a node-hour in vain is no work for anybody, who held more is, whatever comes of it.
sh "$tests/figures.sh" report/report.json | grep -qP '^acting.hours\t0\t' || fail 'staff is to help where there is nothing to give back'
log 2 60 COMPLETED > jobs.psv
printf '[adoption]\nexpected = 0.0001\n' > assumptions.conf
about --inventory nodes --assumptions assumptions.conf
states method.html '&gt; 999 %'

# What is told of a day is not said of its busiest hour, though as many CPUs were in use all day: on
# day 15 three of four nodes had jobs of group_A, of three of its users in an hour.
awk 'BEGIN {
	OFS = "|"
	print "JobID", "User", "Account", "State", "Submit", "Start", "End", "ElapsedRaw",
	      "AllocCPUS", "NodeList"
	for (hour = 0; hour < 28 * 24; hour++)
		for (node = 1; node <= 4; node++) {
			from = sprintf("2025-01-%02dT%02d:", 1 + int(hour / 24), hour % 24)
			is_peak = int(hour / 24) == 14
			is_less = node == 4 && hour != 14 * 24 + 12
			of_A = is_peak ? node < 4 : node == 1
			user = of_A ? 10 + (3 * hour + node) % 12 : 30 + id % 20
			print ++id, "user_00" user, of_A ? "group_A" : "group_B", "COMPLETED",
			      from "00:00", from "00:00", from (is_less ? "59:58" : "59:59"),
			      is_less ? 3598 : 3599, 128, "n" node
		}
}' > jobs.psv
rm -rf report
expect 0 report jobs.psv --timezone UTC --only data,site -o report
states findings/peak.html 'In the 24 hours around the busiest hour 512 CPUs were in use on average, of which group_A held'
states findings/peak.html 'The busiest hour was that from 2025-01-15 12:00 on.'

# What is to be decided is among the next steps, also where little is to be saved: a full cluster, its jobs with a little memory too much.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR == 1 { print; next } { id = $1; date = substr($7, 1, 11); $10 = 14; $11 = "57G"; $13 = "84:00:00"
	for (quarter = 0; quarter < 4; quarter++) { $1 = 4 * id + quarter; $5 = $6 = $7 = date sprintf("%02d:00:00", 6 * quarter)
		$8 = date sprintf("%02d:59:59", 6 * quarter + 5); $9 = 21599; print } }' > jobs.psv
printf '[site]\ndecision=the board\n' > board.conf
rm -rf report
expect 0 report jobs.psv --internal --timezone UTC --only pdf --inventory nodes --site board.conf -o report
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' > page
grep -qF 'little can be saved' page || fail 'something can be saved'
grep -qF 'Decision wanted from the board: give every partition a default for memory' page || fail 'nothing is to be decided'
grep -qF '60 days: a default for memory in every partition' page || fail 'what is to be decided is no next step'

# It is the column that is missing which is said to be missing, in the three lines of a tile, too.
log 4 60 COMPLETED > whole.psv
cut -d '|' -f 1,2,4- whole.psv > jobs.psv
about
states findings/groups.html 'The reason: no Account column; add User,Account,Group to sacct --format.'
no_page 'no User column'
cut -d '|' -f 1,4- whole.psv > jobs.psv
rm -rf report
expect 0 report jobs.psv --timezone UTC --only data,site,pdf -o report
states findings/power-users.html 'The reason: no User column; add User,Account,Group to sacct --format.'
! pdftotext report/report.pdf - | grep '…' || fail 'what is printed is cut'

# Three users are too few for a picture, and the table below ranks them; of fewer than ten jobs of a kind no row says what to type.
log 3 9 COMPLETED > jobs.psv
about --inventory nodes
states findings/power-users.html 'Fewer than five users: too few to draw.'
states findings/power-users.html 'with the rows above: what was asked for and what was used.'

# What a table does not tell is explained below it, also in the findings: GPU-hours that two users had, and the account of one in two.
log 14 40 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR == 1 { print $0, "AllocTRES"; next } { user = ($1 - 1) % 14 + 1
	$3 = "group_" ((user + (user == 1) * int($1 / 14)) % 2 ? "A" : "B"); print $0, "cpu=8,mem=32G" (user ~ /^[35]$/ ? ",gres/gpu=1" : "") }' > jobs.psv
rm -rf report
expect 0 report jobs.psv --timezone UTC --only data,site -o report
states findings/power-users.html 'Where no account is shown, or GPU-hours and cost are a dash, somebody could be picked out by it: why.'
states findings/groups.html 'Where GPU-hours and cost are a dash somebody could be picked out by them: why.'

# Where nobody stands out it is said in words, and of those who are not there nothing.
log 12 40 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { sub(/user_00/, "qxuser", $2); $3 = "qxlab" NR % 2 } { print }' > jobs.psv
expect 0 anonymize jobs.psv -m who.csv -o alike.psv
rm -rf report
expect 0 report alike.psv --timezone UTC --only site -o report
states privacy.html 'None of 12 users is alone with'
states privacy.html 'none has fewer than 5 users.'

# Where the nodes are not known what is hardly anything is no saving either: of jobs that need what they hold, one in twelve a little less.
log 12 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $13 = $1 % 12 != 1 ? "48:00:00" : "34:00:00"; $14 = $1 % 12 != 1 ? "32G" : "24G" } { print }' > jobs.psv
rm -rf report
expect 0 report jobs.psv --internal --timezone UTC --only data,site,pdf -o report
states index.html 'What users could hand back is worth little'
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' > page
grep -qF 'What users could hand back is worth little' page || fail 'the page speaks of a saving'

# Why no programme has a price: nothing was held in vain, or nobody knows on which nodes.
log 12 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { sub(/user_00/, "qxuser", $2); $3 = "qxlab"; $13 = "48:00:00"; $14 = "32G" } { print }' > jobs.psv
for profile in research share; do
	expect 0 anonymize jobs.psv --profile $profile -m $profile.csv -o $profile.psv
	rm -rf report
	expect 0 report $profile.psv --timezone UTC --only site -o report
	case $profile in
		research) states method.html 'Of nothing that jobs held it is known that it was not needed.' ;;
		share) states method.html 'No job’s nodes are known, so that what was held and not needed has no price.' ;;
	esac
done

# Of one account, and of one user, it is not said how many of them are.
log 1 60 COMPLETED | sed 's/user_0001|group_A/qxuser|qxlab/' > jobs.psv
rm -rf report
expect 0 run jobs.psv --mapping who-alone.csv --inventory nodes --timezone UTC --only site -o report
states groups.html 'The one account is shown as one row, “other”'
states data-quality.html 'The one account is shown as one row, “other”'
states approval.html 'It is shown as “other”, so that'
states privacy.html 'The one user is alone with their accounts'
states privacy.html 'The one group has fewer than 5 users'
states assumptions.html 'to help 1 user and to set renting up'
no_page '1 of 1 ' '% of 1 user' '1 of them is'

# Where memory is what jobs hold, how many of the nodes that is stands beside the few CPUs. There are no GPUs.
log 4 60 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $6 = $7; $10 = 1; $13 = "06:00:00"; $14 = "32G" } { print }' > jobs.psv
rm -rf report
expect 0 report jobs.psv --timezone UTC --only site,pdf,mail $whole --inventory eight -o report
held='of the CPUs were assigned to jobs; with the memory that jobs held, 6.0 % of the nodes were.'
states index.html "$held"
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' | sed 's/\xc2\xa0/ /g' > page
part report/summary.eml text/plain | tr -s ' \n' ' ' | sed 's/\xc2\xa0/ /g' > mail
for text in page mail; do
	grep -qF "$held" $text || fail "the $text speaks of the few CPUs beside the memory that is held: $(cat $text)"
done
states findings/own-or-rent.html 'jobs also hold memory, and nodes are filled'
# The kind of node that the title names has most node-hours, though not the longest bar.
never findings/stranded.html 'most of all'
sed '/n[12] /s/65536/131072/' eight > kinds
about $whole --inventory kinds
states findings/stranded.html 'CPUs left beside memory, most of all in node-hours'
# Who does not wait is no share of the jobs, and none of no time limits is.
states findings/waiting.html 'Nobody waits long: nothing to gain here'
states findings/waiting.html 'More nodes would start none earlier.'
states findings/waiting.html 'No job waited longer than an hour. More nodes'
never findings/waiting.html '0 % of the jobs'

# What is rented can be work of days alone, and what asked for fitting limits asked for no more.
awk 'BEGIN {
	OFS = "|"
	print "JobID", "User", "Account", "State", "Submit", "Start", "End", "ElapsedRaw", "AllocCPUS", "ReqMem", "NodeList", "TimelimitRaw"
	for (day = 1; day <= 84; day += 2)
		for (user = 1; user <= (day % 28 == 1 ? 8 : 1); user++)
			print ++id, "user_000" user, "group_A", "COMPLETED", clock(day), clock(day), clock(day + 2), 172800, 16, "32G", "n" user, 2880
}
function clock(day) { return sprintf("2025-%02d-%02dT06:00:00", 1 + int((day - 1) / 28), 1 + (day - 1) % 28) }' > jobs.psv
rm -rf report
printf '[vcpu_hour]\nexpected = 0.01\n' > prices
expect 0 report jobs.psv --timezone UTC --only site,pdf --inventory eight --assumptions prices -o report
pdftotext report/executive-summary.pdf - | tr -s ' \n' ' ' > page
grep -q 'jobs of at most a day on one node are none of ' page || fail "the page speaks of 0 % that fit: $(cat page)"
states index.html 'could fill none of what is rented; other work is not easily rented'
states findings/own-or-rent.html 'they could fill none of what is rented'
states findings/own-or-rent.html 'All that is rented would be longer or larger jobs.'
states findings/time-limits.html 'of the time it asked for; none asked for more than four times what it needed.'

# Few jobs may be much work: of 40 the two that waited had 5.0 % of the jobs, and more of the core-hours.
log 1 40 COMPLETED | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $7 = $6; $9 = NR > 3 ? $9 / 2 : $9 } NR > 3 { sub("15:", "09:", $8) } NR > 1 && NR < 4 { $5 = $6 = substr($6, 1, 11) "04:00:00" } { print }' > jobs.psv
about --inventory nodes
states findings/waiting.html 'Few jobs wait long: little to gain here'
states findings/waiting.html '5.0 % of the jobs, with 9.5 % of the core-hours, waited longer than an hour. More nodes would start few jobs earlier.'
never findings/waiting.html 'little work'

# Where it cannot be told how far weeks go up and down, that is said, and nobody's growth is told twice.
log 12 280 COMPLETED | awk 'BEGIN { FS = OFS = "|" }
	NR > 1 { user = substr($2, 6) + 0; day = int(($1 - 1) / 12); $12 = "n" 1 + user % 4
		if (user > 6) { $3 = "group_B"; $10 = 1; $13 = "01:00:00" }
		else { $10 = day > 140 ? 8 : 2; $13 = "02:00:00"; if (day >= 7 && day < 14 && user % 2) next } }
	{ print }' > jobs.psv
rm -rf report
expect 0 report jobs.psv --timezone UTC --only data,site --inventory nodes -o report
states findings/growth.html 'times as much; how much of that is the ups and downs of weeks cannot be told.'
never findings/growth.html 'grew most: from'

# Where no tile has it, the bound is told beside the words that say that it is one.
log 2 60 COMPLETED > jobs.psv
about --from 2025-01-01 --to 2025-01-14
states index.html 'The size of the cluster is not known: utilization is at most 25.0 %, which is measured against the busiest minute.'
