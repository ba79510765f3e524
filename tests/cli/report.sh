#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What `reclaim report` reads, refuses, writes and replaces. RECLAIM is the program to test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
for tool in sqlite3 pdfinfo pdftotext unzip gzip; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

# figure DIR ID: its value.
figure()
{
	sh "$tests/figures.sh" "$1/report.json" | awk -F '\t' -v id="$2" '$1 == id { print $2; found = 1 } END { exit !found }' ||
		fail "$1 has no figure $2"
}

same()
{
	[ "$2" = "$3" ] || fail "$1: $2, not $3"
}

# A shareable file: some weeks of the sample, with its steps.
gzip -dc "$SAMPLE/sacct-2025.psv.gz" | head -n 1500 > raw.psv
expect 0 anonymize raw.psv -m map.csv -o shared.psv
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" -o whole

# Every figure that is promised is there, a number or null with its reason.
sh "$tests/figures.sh" whole/report.json > with
expect 0 report shared.psv -o bare
sh "$tests/figures.sh" bare/report.json > without
cat > promised <<END
rows.read
rows.used
rows.steps
rows.duplicates
rows.set_aside
jobs.count
jobs.ran
users.count
cpu.hours
gpu.hours
node.hours
wall.hours
wait.submit.hours
wait.eligible.hours
cpu.used.hours
cost.total
demand.cpus.mean
demand.cpus.p85
demand.cpus.peak
utilization
top10.share
saving.total.low
saving.total.expected
saving.total.high
END
while read -r id; do
	for file in with without; do
		awk -F '\t' -v id="$id" '$1 == id && $3 != "" && $5 != "" { count++ } END { exit count != 1 }' $file ||
			fail "$id is not there once, with unit and text: $(grep "^$id	" $file)"
	done
	[ "$(awk -F '\t' -v id="$id" '$1 == id { print $2 }' with)" != null ] || fail "$id is null with an inventory"
done < promised
awk -F '\t' '{ seen[$1]++ } END { for (id in seen) if (seen[id] > 1) { print id; bad = 1 }; exit bad }' with > twice ||
	fail "figures twice: $(cat twice)"
same 'cost without an inventory' "$(figure bare cost.total)" null
awk -F '\t' '$1 == "cost.total" && $5 ~ /no list of the cluster/ { found = 1 } END { exit !found }' without ||
	fail 'the missing cost gives no reason'
same 'the bound' "$(figure whole utilization.is_bound) $(figure bare utilization.is_bound)" '0 1'
awk -F '\t' '{ value[$1] = $2 } END { exit value["rows.read"] != value["rows.used"] + value["rows.steps"] \
	+ value["rows.duplicates"] + value["rows.set_aside"] || value["rows.read"] < 1000 }' with ||
	fail 'the rows do not add up'
awk -F '\t' '{ value[$1] = $2 } END { exit !(value["saving.total.low"] <= value["saving.total.expected"] && \
	value["saving.total.expected"] <= value["saving.total.high"] && value["saving.total.high"] <= value["cost.total"]) }' with ||
	fail 'the savings are not in order'

# Every file is whole.
same 'pages of the summary' "$(pdfinfo whole/executive-summary.pdf | sed -n 's/^Pages: *//p')" 1
pages=$(pdfinfo whole/report.pdf | sed -n 's/^Pages: *//p')
[ "$pages" -gt 5 ] || fail "report.pdf has $pages pages"
unzip -tq whole/savings.xlsx > zip || fail "the workbook is damaged: $(cat zip)"
for json in whole/report.json whole/manifest.json; do
	same "$json is JSON" "$(sqlite3 :memory: "SELECT json_valid(CAST(readfile('$json') AS TEXT))")" 1
done
same 'days.csv' "$(head -n 1 whole/tables/days.csv)" day,jobs_ended,cpu_hours,gpu_hours,node_hours
for table in users groups; do
	same $table.csv "$(head -n 1 whole/tables/$table.csv | cut -d, -f1-5)" name,jobs,cpu_hours,gpu_hours,node_hours
done
for page in $(find whole -name '*.html'); do
	tail -c 20 "$page" | grep -q '</html>' || fail "$page has no end"
done

# The manifest lists every file, with its size and digest.
sqlite3 -separator '  ' :memory: "SELECT json_extract(value, '\$.sha256'), json_extract(value, '\$.name')
	FROM json_each(CAST(readfile('whole/manifest.json') AS TEXT), '\$.files')" > listed
(cd whole && sha256sum --quiet -c ../listed) || fail 'the manifest has wrong digests'
same 'files in the manifest' "$(cut -c67- listed | LC_ALL=C sort)" \
	"$(cd whole && find . -type f ! -name manifest.json | cut -c3- | LC_ALL=C sort)"

# Days and groups sum to the whole.
for table in days users groups states months; do
	awk -F, -v want="$(figure whole cpu.hours)" '
	NR == 1 { for (i = 1; i <= NF; i++) if ($i == "cpu_hours") at = i }
	NR > 1 { sum += $at }
	END { if (!at || (sum - want) ^ 2 > 1e-4) { print sum " for " want; exit 1 } }' whole/tables/$table.csv > sum ||
		fail "$table.csv does not sum to cpu.hours: $(cat sum)"
done

# No row of a job is inside: neither a job id nor the second at which a job was submitted.
awk -F '|' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	!index($at["JobIDRaw"], ".") { print $at["Submit"]; print "|" $at["JobIDRaw"] "|" }' shared.psv | sort -u > marks
[ "$(wc -l < marks)" -gt 300 ] || fail 'there is nothing to look for'
! grep -rqaFf marks whole || fail "rows of jobs are in the report: $(grep -rlaFf marks whole)"
grep -qFf marks shared.psv || fail 'the marks are not even in the shareable file'

# Real names are refused, and so are pseudonyms mixed with them.
expect 1 report raw.psv -o new
says 'use `reclaim run`'
[ ! -e new ] || fail 'a refused report was written'
{ cat shared.psv; sed -n '2s/user_0001/somebody/p' shared.psv; } > mixed.psv
expect 1 report mixed.psv -o whole
says 'use `reclaim run`'

# An own report is replaced, wholly, but not with what somebody put into it; an empty folder is filled.
echo mine > whole/tables/notes.txt
expect 1 report shared.psv -o whole
says 'whole/tables/notes.txt: is no part of the report there, and would be lost: move it, or write elsewhere'
[ "$(cat whole/tables/notes.txt)" = mine ] || fail 'what somebody put into a report is gone'
rm whole/tables/notes.txt
mkdir whole/stale
expect 0 report shared.psv -o whole
[ ! -e whole/stale ] || fail 'the old report was not replaced'
diff -r whole bare > /dev/null || fail 'the new report differs from one made afresh'
mkdir empty
expect 0 report shared.psv -o empty
diff -r empty bare > /dev/null || fail 'the report in an empty folder differs'

# Anything else stays as it is.
mkdir foreign
echo mine > foreign/letter
echo file > plain
for there in foreign plain; do
	expect 1 report shared.psv -o $there
done
expect 1 report shared.psv -o no/such/folder
[ "$(ls -A foreign)" = letter ] && [ "$(cat foreign/letter)" = mine ] || fail 'a foreign folder was touched'
[ "$(cat plain)" = file ] || fail 'a foreign file was touched'
mkdir foreign2
printf '{"program": "another", "files": []}\n' > foreign2/manifest.json
expect 1 report shared.psv -o foreign2
[ "$(ls -A foreign2)" = manifest.json ] || fail "another program's folder was touched"

# A failed run leaves the earlier report as it was, byte for byte.
cp -r whole kept
gzip -c shared.psv | head -c 5000 > cut.psv.gz
for bad in 'none.psv' 'shared.psv cut.psv.gz' 'shared.psv --inventory none.txt' 'shared.psv --inventory shared.psv' \
	'shared.psv --assumptions none.conf' 'shared.psv --site none.conf' 'shared.psv --from 2025-02-01 --to 2025-01-01'; do
	# shellcheck disable=SC2086 # several arguments
	expect 1 report $bad -o whole
	diff -r kept whole > /dev/null || fail "a failed run changed the report: $bad"
done
if [ "$(id -u)" != 0 ]; then
	mkdir locked
	cp -r whole locked/whole
	chmod 555 locked
	expect 1 report shared.psv -o locked/whole
	diff -r kept locked/whole > /dev/null || fail 'a folder that may not be written was written'
fi

# Misuse.
expect 2 report shared.psv
expect 2 report -o new
expect 2 report shared.psv -o -
expect 2 report shared.psv -o new --group-by partition
expect 2 report shared.psv -o new --from 2025-02-30
expect 2 report shared.psv -o new --timezone Nowhere/Atall
expect 2 report - shared.psv -o new
[ ! -e new ] || fail 'misuse wrote a report'

# Standard input; two files, the second of which repeats jobs of the first.
"$RECLAIM" report - --only data -o piped < shared.psv 2> err || fail "standard input: $(cat err)"
# No manifest stands beside it, so what that says of the file is not known.
risk='^(risk\.|has\.risk|has\.policy|sharing\.|fields\.)'
sh "$tests/figures.sh" piped/report.json > piped.figures
grep -vE "$risk" without > without.figures
grep -vE "$risk" piped.figures | cmp -s - without.figures || fail 'standard input gives other figures'
# Other pipes are read once, too, and there may be several.
sed -n '1p; 2,800p' shared.psv > begin.psv
sed '2,800d' shared.psv > end.psv
expect 0 report begin.psv end.psv --only data -o apart
mkfifo begin.pipe end.pipe
cat begin.psv > begin.pipe &
cat end.psv > end.pipe &
expect 0 report begin.pipe end.pipe --only data -o pipes
sh "$tests/figures.sh" apart/report.json | grep -vE "$risk" > apart.figures
sh "$tests/figures.sh" pipes/report.json | grep -vE "$risk" | cmp -s - apart.figures || fail 'pipes give other figures'
status=0
echo nothing | "$RECLAIM" report - -o no 2> err || status=$?
[ "$status" -eq 1 ] && says 'reclaim: what was piped: the first line names no known column'
{ cat shared.psv; seq 60000; } > larger
status=0
(ulimit -f 50; exec "$RECLAIM" report - --only data -o limited < larger) 2> err || status=$?
[ "$status" -eq 1 ] || fail "standard input that cannot be kept: exit $status, not 1"
says 'cannot keep standard input beside the output: File too large'
{ sed -n 1p shared.psv; sed 1,800d shared.psv | sed -n '/^[0-9]*|/,$p'; } > second.psv
{ sed -n 1p shared.psv; sed -n '2,1000p' shared.psv; } > first.psv
expect 0 report first.psv second.psv --only data -o two
[ "$(figure two rows.duplicates)" -gt 50 ] || fail 'no row of the second file is known already'
for id in jobs.count users.count cpu.hours wall.hours wait.eligible.hours cpu.used.hours demand.cpus.p85; do
	same "$id of two files" "$(figure two $id)" "$(figure bare $id)"
done

# Accounts and groups are never mixed: each report speaks of one of them.
awk -F '|' '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	!index($at["JobIDRaw"], ".") { accounts[$at["Account"]]++; groups[$at["Group"]]++ }
	END { for (name in accounts) print "account," name "," accounts[name]; for (name in groups) print "group," name "," groups[name] }
	' shared.psv | sort > counted
for by in account group; do
	expect 0 report shared.psv --group-by $by --only data -o by-$by
	sed 1d by-$by/tables/groups.csv | cut -d, -f1,2 | sort > got
	sed -n "s/^$by,//p" counted | cmp -s got - || fail "--group-by $by: $(cat got)"
	same 'the word for it' "$(sh "$tests/figures.sh" by-$by/report.json | awk -F '\t' '$1 == "group.word" { print $5 }')" $by
done
{ diff -r by-account/tables bare/tables && cmp by-account/report.json bare/report.json; } > /dev/null || fail 'accounts are not the default'

# The zone moves the hours: a night in which an hour is missing, and a job without ElapsedRaw.
cat > night.psv <<END
User|Account|Group|AllocCPUS|NNodes|NodeList|Submit|Start|End
user_0001|group_A|group_A|10|1|n1|2024-03-30T23:00:00|2024-03-30T23:00:00|2024-03-31T05:00:00
user_0001|group_A|group_A|10|1|n1|2024-03-31T06:00:00|2024-03-31T06:00:00|2024-03-31T07:00:00
END
expect 0 report night.psv --timezone Europe/Berlin --only data -o berlin
printf '%s\n' day,jobs_ended,cpu_hours,gpu_hours,node_hours 2024-03-30,0,10.000000,0.000000,1.000000 \
	2024-03-31,2,50.000000,0.000000,5.000000 | cmp - berlin/tables/days.csv || fail 'the short night differs'
expect 0 report night.psv --only site -o printed
printf '%s\n' day,jobs_ended,cpu_hours,gpu_hours,node_hours 2024-03-30,0,10.000000,0.000000,1.000000 \
	2024-03-31,2,60.000000,0.000000,6.000000 | cmp - printed/tables/days.csv || fail 'the night as printed differs'
grep -q '"zone": "Europe/Berlin"' berlin/report.json || fail 'the zone is not told'

# Of a night nothing is promised for a year, and one user is not ten.
expect 0 report night.psv --inventory "$SAMPLE/nodes.txt" --only site,mail -o short
tr '\n' ' ' < short/summary.eml > short.mail
pdftotext short/executive-summary.pdf - | tr '\n' ' ' > short.page
for text in short.mail short.page short/index.html; do
	grep -q 'Too short to plan by' $text || fail "$text does not say that a night is too short"
	! grep -qE 'can be saved|[Tt]en (of|users|heaviest)|instead of' $text || fail "$text promises too much"
done
expect 0 report night.psv --only pdf -o bare
pdftotext bare/executive-summary.pdf - | tr "\n" " " > bare.page
for page in short.page bare.page; do
	grep -q 'Next steps.*30 days: export a whole year' $page || fail "$page does not say what to do next"
done
! grep -q '[^2]=A0' short/summary.eml || fail 'what fits into Latin-1 is written in it, and called UTF-8'
grep -q '<h1[^>]*>One user holds ' short/findings/power-users.html || fail 'one user is several'

# What is not so is not said: no rent where all that ran fits into fewer nodes, and nothing that users do where no use is measured.
printf '%s\n' node,cpus,memory_mb n1,8,16000 n2,8,16000 > two.csv
{ cat two.csv; printf '%s\n' n3,8,16000 n4,8,16000; } > four.csv
cat > held.psv <<END
User|Account|State|AllocCPUS|NNodes|NodeList|ReqMem|Submit|Start|End|TotalCPU
user_0001|group_A|COMPLETED|8|1|n1|4G|2024-01-01T00:00:00|2024-01-01T00:00:00|2024-03-10T00:00:00|
user_0002|group_A|COMPLETED|8|1|n2|4G|2024-01-01T00:00:00|2024-01-01T00:00:00|2024-03-10T00:00:00|
END
sed '2,$s/|$/|552-00:00:00/' held.psv > busy.psv
printf '[site]\ndecision=the board\n' > board.conf
printf '[packing]\nexpected=1\n' > packed.conf
for log in held busy; do
	expect 0 report $log.psv --inventory four.csv --assumptions packed.conf --site board.conf --only site,pdf,mail -o $log
	pdftotext $log/executive-summary.pdf - | tr '\n' ' ' > $log.page
	tr '\n' ' ' < $log/summary.eml > $log.mail
	for text in $log.page $log.mail $log/index.html $log/findings/own-or-rent.html; do
		grep -q 'a year' $text || fail "$text: is there a report?"
		! grep -oE '.{40}(([Rr]ent(ing)?|one) (the )?peaks|one peak|help users|[Uu]sers do not change|how far people|\$0 a year|in waves\. Nodes|own than to rent|has a minus).{0,20}' $text ||
			fail "$text speaks of rent or of users who give something back"
	done
	grep -q 'order no more than 2 nodes at the next refresh' $log.page || fail "$log: the decision is not told"
	! pdftotext $log/report.pdf - | grep '…' || fail "$log: what is printed is cut"
	same "the nodes that go from $log" "$(figure $log own.fewer_users)" 2
	same "what users free in $log" "$(figure $log has.freed)" 0
done
grep -q 'No job can be judged by what it used: none of these amounts holds what users could save' held.page || fail 'that no use is measured is not told'
! grep -q 'can be judged by what it used' busy.page || fail 'use that is measured is denied'
# Where there is nothing to decide none is asked to, and what is missing is what to do next.
expect 0 report night.psv --inventory "$SAMPLE/nodes.txt" --site board.conf --only site,mail -o undecided
expect 0 report held.psv --site board.conf --only site,mail -o bare
for report in undecided bare; do
	pdftotext $report/executive-summary.pdf - | tr '\n' ' ' > $report.page
	part $report/summary.eml text/plain | tr '\n' ' ' > $report.mail
	for text in $report.page $report.mail $report/index.html; do
		! grep -q 'Decision wanted' $text || fail "$text wants a decision, and does not say which"
	done
done
for text in bare.page bare.mail; do
	grep -qi 'export again,* with what jobs used,* and with the list' $text || fail "$text does not say what to do next"
done
! tr '\n' ' ' < bare/index.html | grep -q 'held what they did not need' || fail 'of what was not measured it is known who wasted it'
! grep -qE '>What we saw<|were judged' bare/findings/memory.html || fail 'nothing was judged, and the page on memory tells of it'
! grep -q 'Nothing now' bare.mail || fail 'there is something to do, and the mail says that there is nothing'
part busy/summary.eml text/plain | tr '\n' ' ' | grep -q 'Decision wanted from the board: order no more than 2 nodes' || fail 'the mail does not say what is to be decided'
# Use of jobs that are too short to be judged is use.
sed '2,$s/T00:00:00|$/T00:00:00|00:16:00/; s/2024-03-10T00:00:00/2024-01-01T00:04:00/' held.psv > brief.psv
expect 0 report brief.psv --inventory four.csv --only site -o brief
grep -q 'no job can be judged by it: all of them failed, had not ended, or were too short' brief/data-quality.html ||
	fail 'it is not said that all jobs are too short'
! grep -q 'measures no use' brief/data-quality.html || fail 'use that is measured is denied'
# Who has exported it need not export it again.
sed 's/COMPLETED/FAILED/' busy.psv > failed.psv
expect 0 report failed.psv --inventory four.csv --assumptions packed.conf --only mail -o failed
pdftotext failed/executive-summary.pdf - | tr '\n' ' ' > failed.page
part failed/summary.eml text/plain | tr '\n' ' ' > failed.mail
for text in failed.page failed.mail; do
	grep -qi 'find out why no job can be judged by' $text || fail "$text does not say what to do about use that cannot be judged"
	! grep -qi 'export again' $text || fail "$text wants what the export has"
done
grep -q 'The export measures no use. Export with steps' held/data-quality.html || fail 'it is not said how use is exported'
# worth TABLE: whether it says, in the first row, what was not needed and what of it is promised, in hours and in money.
worth()
{
	awk -F , 'NR == 1 { for (i = 1; i <= NF; i++) if ($i ~ /^((excess|promised)_1|unused|saving|share)$/) asked[i] = ++of }
		NR == 2 { for (i in asked) said += $i != ""; print said + 0 " of " of }' "$1"
}
for table in users groups; do
	same "what is said of $table in vain" "$(worth held/tables/$table.csv)" "0 of $([ $table = users ] && echo 4 || echo 5)"
done
same 'what is said of measured users' "$(worth busy/tables/users.csv)" '4 of 4'
for log in held busy; do
	expect 0 report $log.psv --inventory two.csv --assumptions packed.conf --only site,mail -o full
	pdftotext full/executive-summary.pdf - | tr '\n' ' ' > $log.full
	grep -q 'Here that is .* nodes.*, as many as today' full/findings/own-or-rent.html || fail "$log: 85 of 100 minutes cost more than all"
done
grep -q 'worth owning; what users could save cannot be told' held.full || fail 'what is not known is called little'
grep -q 'right size: little can be saved' busy.full || fail 'what is known to be little is not said'

# Nine of ten nodes are always busy, and one for three hours a day: to rent these saves something, but hardly anything. Nobody says that
# owning all is cheaper.
awk 'BEGIN {
	print "JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NNodes|NodeList"
	day = "%d|user_000%d|group_A|COMPLETED|%s|%s|%s|%d|%d|%d|%s\n"
	for (i = 1; i <= 90; i++) {
		date = sprintf("2025-%02d-%02dT", i <= 31 ? 1 : i <= 59 ? 2 : 3, i <= 31 ? i : i <= 59 ? i - 31 : i - 59)
		printf day, i, 1, date "00:00:00", date "00:00:00", date "23:59:59", 86399, 144, 9, "n[1-9]"
		printf day, i + 90, 2, date "09:00:00", date "09:00:00", date "12:00:00", 10800, 16, 1, "n10"
	}
}' > nearly.psv
for i in 1 2 3 4 5 6 7 8 9 10; do echo "NodeName=n$i CPUTot=16 RealMemory=64000 Sockets=2 CoresPerSocket=8"; done > ten.txt
printf '[packing]\nexpected=1\n' > tight.conf
expect 0 report nearly.psv --inventory ten.txt --assumptions tight.conf --from 2025-01-01 --to 2025-03-31 --timezone UTC --only site,mail -o nearly
sh "$tests/figures.sh" nearly/report.json | awk -F '\t' '$1 == "own.fewer" || $1 == "own_or_rent.gain" { print $1, $2 }' | sort | tr '\n' ' ' > found
grep -qx 'own.fewer 1 own_or_rent.gain 0 ' found || fail "of ten nodes nearly all busy: $(cat found)"
pdftotext nearly/executive-summary.pdf - | tr '\n' ' ' > nearly.page
tr '\n' ' ' < nearly/summary.eml > nearly.mail
for text in nearly.page nearly.mail nearly/index.html; do
	! grep -qE 'cheaper than renting|Every node is worth' "$text" || fail "$text: owning all is said to be cheapest"
	grep -q 'would save less than one per cent' "$text" || fail "$text does not say that renting saves little"
done

# Nor is it said that jobs held more than they needed where they did not, also when the nodes are not known.
expect 0 report busy.psv --only site,mail -o alone
pdftotext alone/executive-summary.pdf - | tr '\n' ' ' > alone.page
tr '\n' ' ' < alone/summary.eml > alone.mail
for text in alone.page alone.mail alone/index.html; do
	grep -q 'What users could hand back is worth little' $text || fail "$text does not say that little was found"
	! grep -q 'held more than they needed' $text || fail "$text: jobs held what they needed"
done

grep -q '<h1[^>]*>No job of this export held a GPU' alone/findings/gpus.html || fail 'that no GPU was held is not told'

# The period: hours outside it are no demand, and whole jobs are counted all the same.
expect 0 report night.psv --from 2024-03-31 --to 2024-03-31 --only data -o day
same 'the whole jobs' "$(figure day cpu.hours)" 70
same 'the days of the period' "$(figure day window.days)" 1
awk -v mean="$(figure day demand.cpus.mean)" 'BEGIN { exit (mean - 60 / 24) ^ 2 > 1e-12 }' ||
	fail "the mean demand of the period is $(figure day demand.cpus.mean), not 2.5"

sed 's/|10|/||/' night.psv > bare.psv
# Months at its ends of which the export has nothing: the hour between the two jobs is none of them.
echo 'NodeName=n1 CPUTot=64 RealMemory=64000' > one-node
expect 0 report night.psv --inventory one-node --from 2024-01-01 --to 2024-04-30 --only site,mail -o hollow
says '120 days at the ends of the period have no jobs and count as idle'
same 'the empty days' "$(figure hollow window.empty.days)" 120
for page in index data-quality; do
	grep -q 'No job held a CPU on' hollow/$page.html || fail "$page.html does not say that the period is mostly empty"
done
pdftotext hollow/executive-summary.pdf - | tr '\n' ' ' | grep -q '120 days at the ends' || fail 'the one page does not say that the period is mostly empty'
tr '\n' ' ' < hollow/summary.eml | grep -q 'No job held a CPU on 120 days' || fail 'the mail does not say that the period is mostly empty'
expect 0 report bare.psv --inventory one-node --from 2024-01-01 --to 2024-04-30 --only site -o unsaid
! grep -q 'No job held a CPU on' unsaid/index.html || fail 'where no job says its CPUs the period is called empty'
same 'the empty days of a period that has jobs' "$(figure printed window.empty.days)" 0
! grep -q 'No job held a CPU on' printed/index.html || fail 'a full period is called empty'

# A period in which nothing ran is a slip of the hand, and no report.
expect 1 report night.psv --from 2025-03-31 --to 2025-03-31 -o never
says 'no job ran in the period that --from and --to name'
[ ! -e never ] || fail 'a report on nothing was written'
expect 0 report bare.psv --from 2024-03-31 --to 2024-03-31 --only data -o never

# A job that ended outside is demand while it ran inside, and in no total.
expect 0 report night.psv --from 2024-03-30 --to 2024-03-30 --only data -o before
same 'jobs that ended in the period' "$(figure before jobs.count)" 0
same 'jobs that ended outside it' "$(figure before jobs.outside)" 2
same 'users of the period' "$(sed 1d before/tables/users.csv | cut -d, -f1,2)" user_0001,0
awk -v mean="$(figure before demand.cpus.mean)" 'BEGIN { exit (mean - 10 / 24) ^ 2 > 1e-12 }' ||
	fail "the mean demand of the day before is $(figure before demand.cpus.mean), not 0.417"

# One that runs and began after the period is another report's, and one that waits and was submitted after it; what began or was
# submitted in it is not. So it is of tallies.
cat > later.psv <<END
JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NodeList
1|user_0001|group_A|COMPLETED|2024-03-01T08:00:00|2024-03-01T08:00:00|2024-03-01T09:00:00|3600|1|1G|n1
2|user_0001|group_A|RUNNING|2024-03-31T23:00:00|2024-03-31T23:00:00|Unknown|360000|1|1G|n1
3|user_0002|group_A|RUNNING|2024-04-03T08:00:00|2024-04-03T08:00:00|Unknown|72000|1|1G|n1
4|user_0003|group_A|PENDING|2024-04-05T08:00:00|Unknown|Unknown|0|1|1G|None assigned
5|user_0001|group_A|PENDING|2024-03-31T23:30:00|Unknown|Unknown|0|1|1G|None assigned
END
echo 'NodeName=n1 CPUTot=4 RealMemory=8192' > n1
expect 0 report later.psv --timezone UTC --inventory n1 --from 2024-03-01 --to 2024-03-31 --only data -o march
expect 0 tally later.psv --timezone UTC --inventory n1 --from 2024-03-01 --to 2024-03-31 -o 3.tally
expect 0 tally later.psv --timezone UTC --inventory n1 --from 2024-04-01 --to 2024-04-30 -o 4.tally
expect 0 report 3.tally --only data -o of-tally
expect 0 report 3.tally 4.tally --only data -o of-tallies
for folder in march of-tally; do
	same "jobs of $folder" "$(figure $folder jobs.count) $(figure $folder cpu.hours) $(figure $folder jobs.outside) $(figure $folder users.count)" '3 101 2 1'
done
same 'jobs of both months' "$(figure of-tallies jobs.count) $(figure of-tallies cpu.hours) $(figure of-tallies users.count)" '5 121 3'

# What is read, and the mapping above all, is not removed with the report that the new one replaces; a former report may be.
ln -s . here
cp -p map.csv night.psv one-node before/
printf '[site]\ninstitution=Nowhere\n' > before/site.conf
for options in 'night.psv --scan-with before/map.csv' 'night.psv --internal -m before/map.csv -r why' 'before/night.psv' \
	'night.psv --inventory 2024-01-01=here/before/one-node' 'night.psv --site before/tables/../site.conf' 'night.psv --templates before'; do
	chmod 700 before
	# shellcheck disable=SC2086 # words
	expect 2 report $options -o before
	says 'lies in the folder of the report, which is replaced with all that is in it'
done
expect 2 run before/night.psv -m other.csv -o before
[ -s before/map.csv ] && [ -s before/night.psv ] && [ ! -e other.csv ] || fail 'what lay in the folder of a report is gone'
expect 1 report night.psv --from 2024-03-31 --to 2024-03-31 --previous before/report.json -o before
says 'would be lost'
mkdir moved
mv before/map.csv before/night.psv before/one-node before/site.conf moved
expect 0 report night.psv --from 2024-03-31 --to 2024-03-31 --previous before/report.json -o before

# Nor is what says whether a word may stay, or how the mapping is encrypted.
mkdir own
printf '[partition]\nkeep=west\n' > values.conf
"$RECLAIM" report shared.psv --only data -o own/report 2> err || fail "$(cat err)"
for option in values passphrase-file encrypt-to; do
	cp values.conf own/report/read.key
	expect 2 run shared.psv --mapping own.csv --$option own/report/read.key --only data -o own/report
	says 'lies in the folder of the report, which is replaced with all that is in it'
	[ -e own/report/read.key ] || fail "what --$option names is gone"
done

[ -z "$(find . -name '.?*')" ] || fail "something was left: $(find . -name '.?*')"
