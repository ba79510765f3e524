#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Same input, same bytes: whatever the time zone, the language, the folder, the umask and the order of the jobs.
# RECLAIM is the program to test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"
command -v sqlite3 > /dev/null || { echo "skipped: sqlite3 is not installed"; exit 77; }

gzip -dc "$SAMPLE/sacct-2025.psv.gz" | head -n 3000 > export.psv

# A language that writes numbers and sorts words in its own way, where there is one.
language=$(locale -a 2> /dev/null | grep -E '^(de_DE|fr_FR|da_DK|sv_SE).*[uU][tT][fF]' | head -n 1)
: "${language:=$(locale -a 2> /dev/null | grep -iE 'utf-?8' | head -n 1)}"
: "${language:=C}"

# once NAME FOLDER VARIABLE=VALUE...: one run from its own folder, with its own mapping.
once()
{
	name=$1
	folder=$2
	shift 2
	mkdir -p "$folder/$name"
	(cd "$folder/$name" && env "$@" "$RECLAIM" run "$dir/export.psv" --inventory "$SAMPLE/nodes.txt" --timezone Europe/Berlin \
		--mapping map.csv -o report --single-file 2> err) || fail "$name: $(cat "$folder/$name/err")"
	# All but the line with the mapping's id, which is random.
	sed 2d "$folder/$name/map.csv" > "$folder/$name/pairs"
	(cd "$folder/$name" && find report report.psv report.psv.manifest.json pairs -type f -exec sha256sum {} + |
		sort -k 2) > "$name.sums"
	[ "$(wc -l < "$name.sums")" -gt 20 ] || fail "$name: there are only $(wc -l < "$name.sums") files"
}

once first . TZ=UTC LC_ALL=C LANG=C
once elsewhere 'deep down/in a folder' TZ=Pacific/Auckland LC_ALL="$language" LANG="$language" HOME="$dir" USER=elsewhere
cmp -s first.sums elsewhere.sums || fail "other bytes with another zone, language and folder: $(diff first.sums elsewhere.sums)"
(umask 077 && once private . TZ=UTC SOURCE_DATE_EPOCH=12345 COLUMNS=20)
cmp -s first.sums private.sums || fail "other bytes with another umask: $(diff first.sums private.sums)"

# Threads share a style sheet, and libxml2 turns the operands of (a | b)[1] and (a | b)[last()] round in it as it goes: a thread
# that reads them then finds one of the two twice. That is too rare to be seen here.
expect 0 templates -o sheets
for sheet in sheets/page.xsl sheets/mail.xsl; do
	grep -q '<xsl:template' $sheet || fail "$sheet is no style sheet"
	! grep -E '="[^"]*\|[^"]*\)\[(1|last\(\))\]' $sheet || fail "$sheet chooses from two by place"
done

# A file is mapped, a pipe is copied, what is packed is unpacked: all are read alike. Standard input is read but once, and
# anonymized otherwise than a file can be.
"$RECLAIM" anonymize - --mapping ways.csv -o file.psv < export.psv 2> err || fail "file: $(cat err)"
cat export.psv | "$RECLAIM" anonymize - --mapping ways.csv -o pipe.psv 2> err || fail "pipe: $(cat err)"
gzip -c export.psv | "$RECLAIM" anonymize - --mapping ways.csv -o packed.psv 2> err || fail "packed: $(cat err)"
for way in pipe packed; do
	cmp file.psv $way.psv || fail "$way and file are read otherwise"
done

# Jobs in another order, each with its steps: every figure and table is the same, but for the digest of the export.
awk -F '|' '
NR == 1 { print; for (i = 1; i <= NF; i++) at[$i] = i; next }
{
	if (!index($at["JobIDRaw"], "."))
		jobs++
	rows[jobs] = rows[jobs] $0 "\n"
}
END {
	srand(7)
	for (i = jobs; i >= 1; i--) {
		k = int(rand() * i) + 1
		printf "%s", rows[k]
		rows[k] = rows[i]
	}
}' export.psv > shuffled.psv
sort export.psv > sorted
sort shuffled.psv | cmp - sorted || fail 'shuffling lost a row'
! cmp -s export.psv shuffled.psv || fail 'nothing was shuffled'
cp first/map.csv map.csv
chmod 600 map.csv
"$RECLAIM" run shuffled.psv --inventory "$SAMPLE/nodes.txt" --timezone Europe/Berlin -m map.csv --only data -o mixed 2> err ||
	fail "the shuffled export: $(cat err)"
cmp map.csv first/map.csv || fail 'the mapping changed'
sh "$tests/figures.sh" first/report/report.json | grep -v '^report\.export	' > figures.first
sh "$tests/figures.sh" mixed/report.json | grep -v '^report\.export	' > figures.mixed
[ "$(wc -l < figures.first)" -gt 100 ] || fail 'there are no figures to compare'
cmp -s figures.first figures.mixed || fail "other figures in another order: $(diff figures.first figures.mixed | head -n 6)"
diff -r first/report/tables mixed/tables > diff || fail "other tables in another order: $(head -n 6 diff)"

# Any number of threads; with three, without the inventory, too.
gzip -dc "$SAMPLE/sacct-2025.psv.gz" > whole.psv
"$RECLAIM" anonymize whole.psv --mapping map.csv -o shared.psv 2> err || fail "the whole sample: $(cat err)"
for inventory in '' "--inventory=$SAMPLE/nodes.txt"; do
	for threads in 1 3 ${inventory:+2 7}; do
		# shellcheck disable=SC2086 # none or one word
		"$RECLAIM" report shared.psv --threads $threads --single-file $inventory -o threads$threads 2> err || fail "$threads threads: $(cat err)"
		diff -r threads1 threads$threads > diff || fail "other bytes with $threads threads: $(head -n 6 diff)"
	done
done
