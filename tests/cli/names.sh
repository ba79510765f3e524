#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# No real name of the sample is in anything that is written, except in the mapping. Every user, account and group of
# the export is looked for in the shareable file, in the manifests and in the text of each output. That the search can find is
# shown first: a name is planted in each kind of output.
# RECLAIM is the program to test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"
for tool in pdftotext pdfinfo unzip gzip; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

# The export itself says which names there are.
gzip -dc "$SAMPLE/sacct-2025.psv.gz" | awk -F '|' '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{
		print $at["User"]
		print $at["Account"]
		print $at["Group"]
	}' | sort -u | sed '/^$/d' > names
[ "$(wc -l < names)" -ge 85 ] || fail "the sample has only $(wc -l < names) names"

# text REPORT DIR [struct]: what a reader or a program can see of every file of a report, one text for each, in DIR. What is read
# aloud of a PDF takes pdfinfo longer than all else.
text()
{
	rm -rf "$2"
	mkdir "$2"
	struct=${3:-}
	(cd "$1" && find . -type f | sort) | while read -r file; do
		to=$2/$(echo "${file#./}" | tr / _)
		cp "$1/$file" "$to"
		case $file in
		*.pdf)
			pdftotext -layout "$1/$file" "$to.txt"
			pdftotext -raw "$1/$file" "$to.raw.txt"
			pdfinfo "$1/$file" > "$to.info"
			pdfinfo -meta "$1/$file" > "$to.meta"
			[ -z "$struct" ] || pdfinfo -struct-text "$1/$file" > "$to.struct" 2> /dev/null
			[ "$(wc -w < "$to.txt")" -gt 100 ] || fail "$file has no text to look at"
			;;
		*.xlsx)
			unzip -p "$1/$file" > "$to.parts"
			grep -q '<worksheet' "$to.parts" || fail "$file has no sheet to look at"
			;;
		esac
	done
}

# found FILE...: the files that hold a name, and which.
found()
{
	grep -aoiFf names "$@" /dev/null | sort | uniq -c
}

# clean WHERE FILE...
clean()
{
	where=$1
	shift
	found "$@" > hits || :
	[ ! -s hits ] || fail "real names $where: $(head -n 5 hits)"
}

"$RECLAIM" run "$SAMPLE/sacct-2025.psv.gz" --inventory "$SAMPLE/nodes.txt" --timezone UTC \
	--mapping mapping.csv -o report > words 2>&1 || fail "reclaim run: $(cat words)"

# A name that is planted is found in every kind of file, also when it is only a part of a word.
name=$(sed -n 1p names)
printf '[site]\ninstitution = The %s centre\n' "$name" > planted.conf
"$RECLAIM" report report.psv --site planted.conf -o planted 2> err || fail "reclaim report: $(cat err)"
text planted planted.text
for kind in index.html executive-summary.pdf.txt approval-case.pdf.txt report.pdf.txt savings.xlsx.parts report.json; do
	[ -n "$(found "planted.text/$kind")" ] || fail "a name planted in $kind was not found"
done
cp report.psv planted.psv
sed -n "2s/user_0[0-9]*/x$name/p" report.psv >> planted.psv
cp report.psv.manifest.json planted.json
sed -i "s/research/$(echo "$name" | tr '[:lower:]' '[:upper:]')/" planted.json
for kind in planted.psv planted.json mapping.csv; do
	[ -n "$(found $kind)" ] || fail "a name planted in $kind was not found"
done

# The real thing: nothing.
clean 'in the shareable file' report.psv
clean 'in its manifest' report.psv.manifest.json
clean 'among the words of the program' words
text report report.text struct
[ -s report.text/report.pdf.struct ] || fail 'nothing is read aloud of the report'
clean 'in the report' report.text/*
find report report.psv* -print > paths
clean 'in the names of files' paths

# Pseudonyms stand for all of them, and lead back to them.
sed '1,2d; $d' mapping.csv | cut -d, -f2 | tr -d '"' | sort -u | cmp -s - names || fail 'the mapping does not hold exactly the names'
