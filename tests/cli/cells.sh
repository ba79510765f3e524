#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# No group of few people can be found in a report: not by its name, not by a number, not by subtracting tables from each other.
# 200 random logs are reported on and attacked; where nothing is hidden, or half of it, the same attack succeeds.
# And what --internal is. LOGS says how many, RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"
for tool in unzip pdftotext sqlite3; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
umask 022

# Three kinds: n1 and n2, n3 with more memory, n4 with GPUs.
for node in 1 2 3 4; do
	case $node in
	3) echo "NodeName=n$node CPUTot=64 RealMemory=128000" ;;
	4) echo "NodeName=n$node CPUTot=64 RealMemory=64000 Gres=gpu:4" ;;
	*) echo "NodeName=n$node CPUTot=64 RealMemory=64000" ;;
	esac
done > nodes.txt

# attack K REPORT [USERS.CSV]
attack()
{
	awk -v least="$1" -f "$tests/cells/attack.awk" log.psv "$2/tables/groups.csv" "${3:-$2/tables/users.csv}" \
		"$2/tables/months.csv" "$2/tables/states.csv" "$2/tables/days.csv"
}

# The groups that a report names: in tables, pages, tooltips, the workbook and the PDF.
named()
{
	if [ "${2:-}" = everywhere ]; then
		unzip -qo "$1/savings.xlsx" -d "$1.xlsx"
		pdftotext "$1/report.pdf" "$1.txt"
		pdftotext "$1/executive-summary.pdf" "$1.one.txt"
	fi
	# Every page gives "group_A" as an example of a pseudonym.
	grep -rhoE '(groups as )?group_[A-Z]+' "$1" "$1.xlsx" "$1.txt" "$1.one.txt" 2> /dev/null | grep -v '^groups as ' | sort -u
}

logs=${LOGS:-200}
hidden=0 bare=0 naive=0 numbers=0 partitions=0 told=0 seed=0
while [ $seed -lt "$logs" ]; do
	seed=$((seed + 1))
	least=$((2 + seed % 5))
	# Tables tell most of it; pages are looked at of every eighth log, and all documents of every 48th, so that each has another least.
	only='--only data' depth=
	[ $((seed % 8)) -ne 0 ] || only='--only site'
	[ $((seed % 48)) -ne 0 ] || only='' depth=everywhere
	awk -v seed=$seed -f "$tests/cells/log.awk" > log.psv
	rm -rf report report.xlsx report.txt report.one.txt
	# shellcheck disable=SC2086 # an option and its value, or none
	expect 0 report log.psv --min-users $least --inventory nodes.txt $only -o report
	attack $least report > revealed
	[ ! -s revealed ] || fail "log $seed, $least users: $(head -n 5 revealed)"
	awk -f "$tests/cells/numbers.awk" log.psv report/tables/groups.csv report/tables/users.csv report/report.json \
		report/tables/groups.csv report/tables/programmes.csv report/tables/months.csv report/tables/definitions.csv > revealed
	[ ! -s revealed ] || fail "log $seed, $least users: $(head -n 5 revealed)"
	awk -v least=$least -f "$tests/cells/partitions.awk" log.psv report/tables/groups.csv report/tables/partitions.csv > revealed
	[ ! -s revealed ] || fail "log $seed, $least users, partitions: $(head -n 5 revealed)"
	[ "$(wc -l < report/tables/partitions.csv)" -le 1 ] || partitions=$((partitions + 1))
	sed 1d report/tables/groups.csv | cut -d , -f 1 | grep -oE '^group_[A-Z]+$' | sort > shown || :
	named report "$depth" > names
	grep -vxF -f shown names > revealed || :
	[ ! -s revealed ] || fail "log $seed names a hidden group: $(cat revealed)"
	if grep -q '^other ' report/tables/groups.csv; then
		hidden=$((hidden + 1))
		[ ! -e report/groups.html ] || grep -q 'so that nobody can be picked out' report/groups.html ||
			fail "log $seed: the page does not say what is hidden"
	fi
	[ $((seed % 5)) -eq 0 ] || continue

	# Nothing hidden; and only the groups hidden, while each user's row names the group with most hours.
	rm -rf internal
	expect 0 report log.psv --internal --inventory nodes.txt --only data -o internal
	attack $least internal > revealed
	bare=$((bare + $(wc -l < revealed)))
	awk -v least=$least -f "$tests/cells/partitions.awk" log.psv report/tables/groups.csv internal/tables/partitions.csv > revealed
	told=$((told + $(wc -l < revealed)))
	other=$(grep -o '^other ([^)]*)' report/tables/groups.csv || :)
	awk -F , -v OFS=, -v other="$other" '
		NR == FNR { shown[$1]; next }
		FNR > 1 && !($(NF - 1) in shown) { $(NF - 1) = other }
		{ print }' report/tables/groups.csv internal/tables/users.csv > homes.csv
	attack $least report homes.csv > revealed
	naive=$((naive + $(wc -l < revealed)))
	awk -f "$tests/cells/numbers.awk" log.psv report/tables/groups.csv report/tables/users.csv internal/tables/groups.csv > revealed
	numbers=$((numbers + $(wc -l < revealed)))
done
echo "cells.sh: $hidden of $logs logs hide groups; hiding none gives away $bare cells and $numbers numbers, half of it $naive cells"
[ $hidden -gt $((logs / 2)) ] || fail "only $hidden of $logs logs have something to hide"
[ $bare -gt $((logs / 5)) ] || fail "where nothing is hidden the attack finds $bare cells"
[ $naive -gt $((logs / 10)) ] || fail "where only groups are hidden the attack finds $naive cells"
[ $partitions -gt $((logs / 4)) ] || fail "only $partitions of $logs logs have partitions that may be told"
[ $told -gt $((logs / 10)) ] || fail "where nothing is hidden partitions give away $told cells"
[ $numbers -gt $((logs / 10)) ] || fail "where nothing is hidden $numbers numbers of hidden groups are found"

# Of a kind of jobs with advice, core-hours, cores and GPUs give the GPU-hours: it is not told of whom these are not. Nor is who
# had idle ones. The first of thirty users is the only one of a group who had GPUs, and the only one whose GPUs were idle.
awk 'BEGIN {
	print "JobID|User|Account|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NNodes|NodeList|AllocTRES|TotalCPU|State|TRESUsageInAve"
	for (job = 0; job < 720; job++) {
		user = job % 30; gpu = job >= 360 && (user == 0 || (user > 9 && user % 10 < 8))
		printf "%d|user_%04d|group_%s|2025-01-%02dT00:00:00|2025-01-%02dT%02d:00:00|%d|4|8G|1|n%d|cpu=4,mem=8G,node=1%s|10:00:00|COMPLETED|%s\n",
			job + 1, user + 1, substr("ABC", int(user / 10) + 1, 1), 1 + job / 30, 1 + job / 30, 4 + user % 5, (4 + user % 5) * 3600,
			gpu ? 4 : 1, gpu ? ",gres/gpu=1" : "", gpu ? "gres/gpuutil=" (user == 0 ? 0 : 50) : ""
	}
}' > advised.psv
# kinds_told_of REPORT: users, and 1 with a kind of jobs on GPUs, 0 without.
kinds_told_of()
{
	awk -F , 'FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next } { print $1, ($column["gpus"] > 0) }' "$1/tables/advice.csv" | sort -u
}
expect 0 report advised.psv --inventory nodes.txt --only data -o advised
awk -F , 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next } $column["gpu_hours"] != "" { print $1 }' advised/tables/users.csv |
	sort > told
[ -s told ] && ! grep -qx user_0001 told || fail "GPU-hours are told of: $(tr '\n' ' ' < told)"
grep -q ',gpus.users,1,' advised/tables/figures.csv && grep -q ',gpus.names,,' advised/tables/figures.csv ||
	fail "whose GPUs were idle: $(grep ',gpus[.][un]' advised/tables/figures.csv)"
kinds_told_of advised > kinds
grep -qx 'user_0001 0' kinds && grep -q ' 1$' kinds || fail "advice is given to: $(tr '\n' ';' < kinds)"
sed -n 's/ 1$//p' kinds | grep -vxFf told > revealed || :
[ ! -s revealed ] || fail "advice tells GPU-hours of: $(tr '\n' ' ' < revealed)"
expect 0 report advised.psv --inventory nodes.txt --only data --internal -o advised-internal
kinds_told_of advised-internal | grep -qx 'user_0001 1' || fail 'an internal report does not advise on GPU jobs'
grep -q ',gpus.names,user_0001,' advised-internal/tables/figures.csv || fail 'an internal report does not say whose GPUs were idle'

# What is said on the command line.
awk -v seed=4 -f "$tests/cells/log.awk" > log.psv
expect 2 report log.psv --min-users 1 -o report
says '--min-users is a number from 2 to 1000'
expect 2 report log.psv --min-users 5 --internal -o report
says '--internal hides no group'
expect 2 report log.psv -m map.csv -r why -o report
says '--mapping is for --internal'
expect 0 report log.psv --min-users 3 --only data -o report
grep -q 'other (fewer than 3 users or as easily found)' report/tables/groups.csv || fail 'the row does not say how many users'

# An internal report is its owner's alone, whatever the umask, and goes nowhere where others look.
umask 000
rm -rf internal report
expect 0 report log.psv --internal --inventory nodes.txt -o internal
find internal -perm /077 > open
[ ! -s open ] || fail "open to others: $(head -n 3 open)"
expect 0 report log.psv --internal --inventory nodes.txt -o internal
mkdir -m 755 open-folder
expect 1 report log.psv --internal -o open-folder
says 'others may look into this folder'
mkdir -m 777 anyone
expect 1 report log.psv --internal -o anyone/report
says 'others may change the folder'
[ -z "$(find open-folder anyone -mindepth 1)" ] || fail 'a refused report left something'
umask 022

# It says CONFIDENTIAL everywhere, and another report nowhere.
expect 0 report log.psv --inventory nodes.txt -o report
! grep -rq CONFIDENTIAL report || fail 'a report to be shared calls itself confidential'
for page in $(find internal -name '*.html'); do
	[ "$(grep -c 'class="notice">CONFIDENTIAL' "$page")" -gt 0 ] || fail "$page does not say CONFIDENTIAL"
done
for paper in report executive-summary approval-case; do
	pdftotext internal/$paper.pdf paper.txt
	pages=$(tr -cd '\f' < paper.txt | wc -c)
	marked=$(tr '\n\f' ' \n' < paper.txt | grep -c CONFIDENTIAL)
	[ "$pages" -gt 0 ] && [ "$marked" -eq "$pages" ] || fail "$marked of $pages pages of $paper.pdf say CONFIDENTIAL"
done
[ "$(pdftotext internal/executive-summary.pdf - | grep -o CONFIDENTIAL | wc -l)" -eq 1 ] || fail 'the one page is confidential twice'
unzip -qo internal/savings.xlsx -d book
for sheet in book/xl/worksheets/sheet*.xml; do
	grep -q '<oddHeader>[^<]*CONFIDENTIAL' "$sheet" && grep -q '<oddFooter>[^<]*CONFIDENTIAL' "$sheet" ||
		fail "$sheet is printed without CONFIDENTIAL"
done
grep -q 'CONFIDENTIAL' book/xl/sharedStrings.xml || fail 'no cell of the workbook says CONFIDENTIAL'
for file in report.json manifest.json; do
	[ "$(sqlite3 :memory: "SELECT json_extract(CAST(readfile('internal/$file') AS TEXT), '\$.confidential')")" = 1 ] ||
		fail "$file is not confidential"
done

# Names: only with --internal, the mapping and a reason, which is kept; never without.
cat > raw.psv <<END
User|Account|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NNodes|NodeList|State|TotalCPU
qzvan|wkrtl|2025-01-01T00:00:00|2025-01-01T10:00:00|36000|4|1G|1|n1|COMPLETED|10:00:00
bxnom|wkrtl|2025-01-02T00:00:00|2025-01-03T10:00:00|122400|4|1G|1|n1|COMPLETED|1-10:00:00
END
"$RECLAIM" run raw.psv -m map.csv --internal -o ran 2> err || fail "run: $(cat err)"
! grep -rqE 'qzvan|wkrtl|bxnom' ran ran.psv || fail 'run shows names'
grep -q 'group_A' ran/tables/groups.csv || fail 'run --internal hides a group'
expect 2 report ran.psv --internal -m map.csv -o with-names < /dev/null
says '--reason TEXT is missing'
expect 0 report ran.psv --internal -m map.csv -r 'quarterly review' -o with-names
grep -q 'quarterly review' map.csv.log || fail 'the reason is not in the log'
cut -d , -f 1 with-names/tables/users.csv | tr '\n' ' ' | grep -qx 'name bxnom qzvan ' || fail 'the table of users has no names'
for page in with-names/*.html with-names/findings/*.html; do
	[ $page = with-names/glossary.html ] || ! grep -qE 'user_000[12]' $page || fail "$page has pseudonyms beside names"
done
grep -q 'bxnom held 136 core-hours in jobs that used about one core' with-names/findings/serial-cores.html || fail 'the title of a chart has no name'
grep -q '>bxnom<' with-names/users.html || fail 'the page of users has no names'
expect 1 report ran.psv --internal -m no-map.csv -r why -o with-names
