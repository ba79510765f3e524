#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Names stand in every column that sacct has, and in one that it has not, in every form, in 200 random logs: none comes out, in
# nothing that any command writes or says. LOGS says how many, RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"
for tool in unzip pdftotext pdfinfo; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

for node in 0 1 2 3; do
	echo "NodeName=cn0$node CPUTot=64 RealMemory=64000 Gres=gpu:8"
done > nodes.txt

printf "[partition]\nkeep=batch;long;gpu\n" > values.conf

# nothing WHERE FILE...: all names have these letters.
nothing()
{
	where=$1
	shift
	! grep -ail zqx "$@" > hits || fail "log $seed: $where: $(head -n 1 hits): $(grep -aio -m 1 '.\{0,40\}zqx.\{0,20\}' "$(head -n 1 hits)" |
		head -n 1)"
}

# legible FOLDER: what is packed in its files, beside them.
legible()
{
	unzip -p "$1/savings.xlsx" > "$1/workbook.txt"
	for paper in report executive-summary approval-case; do
		pdftotext "$1/$paper.pdf" "$1/$paper.txt"
		pdfinfo "$1/$paper.pdf" > "$1/$paper.info"
	done
	# Of the mail what is attached stands beside it: its letters come by chance.
	awk '/^Content-Transfer-Encoding: base64/ { packed = 1 } /^--/ { packed = 0 } !packed' "$1/summary.eml" > mail.txt
}

seed=0
while [ $seed -lt "${LOGS:-200}" ]; do
	seed=$((seed + 1))
	case $((seed % 8)) in
	1) terms='--nodes rename' ;;
	2) terms='--profile share' ;;
	3) terms='--shuffle --renumber --min-users 2' ;;
	4) terms='--drop Partition,QOS --nodes drop' ;;
	5) terms='--drop MaxRSS --values values.conf' ;;
	*) terms= ;;
	esac
	awk -v seed=$seed -f "$tests/canaries/log.awk" > log.psv
	[ "$(grep -ic zqx log.psv)" -gt 5 ] || fail "log $seed holds no names"
	rm -rf map map.* shared.psv* report* shared.tally nodes.csv
	# shellcheck disable=SC2086 # words
	"$RECLAIM" anonymize log.psv -m map -o shared.psv --max-bad 100 $terms < /dev/null > out 2> err ||
		fail "log $seed $terms: $(cat err) $(cut -f 2-7 map.scan.log)"
	[ "$(wc -l < shared.psv)" -gt 3 ] || fail "log $seed: nothing is left of it"
	nothing "anonymize $terms" shared.psv shared.psv.* out err
	[ $((seed % 50)) -eq 0 ] || continue
	"$RECLAIM" run log.psv -m map -o report --max-bad 100 --inventory nodes.txt --single-file < /dev/null > out 2> err || fail "log $seed: $(cat err)"
	legible report
	# shellcheck disable=SC2046 # no name has a blank
	nothing run out err report.psv report.psv.* $(find report -type f ! -name "*.pdf" ! -name "*.xlsx" ! -name "*.eml") mail.txt
	"$RECLAIM" check shared.psv --json > out 2> err || :
	if "$RECLAIM" inventory shared.psv --inventory nodes.txt --max-bad 100 -o nodes.csv >> out 2>> err; then
		"$RECLAIM" tally shared.psv --inventory nodes.csv --max-bad 100 -o shared.tally >> out 2>> err || fail "log $seed: $(cat err)"
		# Its first line says what it is, and its last one is a digest; between them it is packed, where letters come by chance.
		sed 1d shared.tally | zstd -dcq > tally.txt 2> /dev/null || :
		[ -s tally.txt ] || fail "log $seed: the tally cannot be unpacked"
		nothing 'tally and inventory' tally.txt nodes.csv
	else
		grep -q 'no job names the nodes' err || fail "log $seed: $(cat err)"
	fi
	nothing 'check, inventory and tally' out err
	find report* shared* | grep -i zqx && fail "log $seed: a file is called after somebody"
done
echo "canaries.sh: $seed logs"
