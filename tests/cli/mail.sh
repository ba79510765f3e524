#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The mail of a report: what is in it, what is not, and who it says it is from. RECLAIM is the program to test, SAMPLE the folder
# of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"
for tool in perl sqlite3 unzip gzip pdftotext; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

gzip -dc "$SAMPLE/sacct-2025.psv.gz" | head -n 8000 > raw.psv
cat > site.conf <<'END'
[site]
institution=Universität <b>Größe</b>
decision=the board
mail_from=Prüfstelle <hpc@example.org>
mail_to="Dean, the" <dean@example.org>, cio@example.org
mail_subject=Größe & Nutzen
END
expect 0 anonymize raw.psv -m map.csv -o shared.psv
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --site site.conf --only mail -o full
expect 0 report shared.psv --only mail -o bare
grep -q 'summary.eml' full/manifest.json || fail 'the manifest does not list the mail'

for report in full bare; do
	part $report/summary.eml text/plain > $report.txt
	part $report/summary.eml text/html > $report.html
	[ "$(wc -c < $report.html)" -le 80000 ] || fail "the HTML of $report has $(wc -c < $report.html) bytes"

	# Every number in it is a figure of the report, as the report prints it.
	sqlite3 :memory: "SELECT json_extract(value, '\$.text'), json_extract(value, '\$.label')
		FROM json_each(CAST(readfile('$report/report.json') AS TEXT), '\$.figures')" > figures
	perl -0pe 's/<style.*?<\/style>//s; s/<[^>]*>/\n/g; s/&[a-z]+;//g' $report.html | cat - $report.txt |
		sed 's/ executive-summary.pdf.*//; s/P[0-9][0-9]//g' | grep -oE '[$−<]?[$]?[0-9][0-9,.:-]*( ?[a-zA-Z%]+)?' | sort -u > numbers
	[ "$(wc -l < numbers)" -gt 5 ] || fail "$report: there are no numbers to look for"
	while read -r number; do
		bare=$(printf '%s' "$number" | sed 's/^−//; s/[^0-9%]*$//')
		grep -qF -- "$bare" figures || fail "$report: \"$number\" is no figure of the report"
	done < numbers

	# Nobody is in it, and not in what comes with it.
	part $report/summary.eml application/vnd.openxmlformats > mailed.xlsx
	part $report/summary.eml application/pdf > mailed.pdf
	cmp mailed.pdf $report/executive-summary.pdf || fail 'another page is mailed'
	rm -rf book
	unzip -qo mailed.xlsx -d book
	pdftotext mailed.pdf page.txt
	! grep -rlE 'user_[0-9]+' book $report.txt $report.html > found || fail "a pseudonym is in $(cat found)"
	! grep -E 'user_000[2-9]|user_00[1-9]' page.txt || fail 'a pseudonym is on the page'
done
for id in saving.total.expected cost.total utilization; do
	text=$(sh "$tests/figures.sh" full/report.json | awk -F '\t' -v id=$id '$1 == id { print $5 }')
	grep -qF -- "$text" full.txt && grep -qF -- "$text" full.html || fail "$id is not in the mail"
done

# Words stay words, and the head is ASCII.
grep -qF 'Universität &lt;b&gt;Größe&lt;/b&gt;' full.html || fail 'the institution is not text'
sed '/^$/q' full/summary.eml > head
! LC_ALL=C grep -q '[^ -~	]' head || fail "the head is not ASCII: $(cat head)"
grep -q '^To: "Dean, the" <dean@example.org>, cio@example.org$' head || fail "the head: $(cat head)"
grep -qE '^Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 2025 ' head || fail "the head: $(cat head)"
sed '/^$/q' bare/summary.eml > head
! grep -qE '^(From|To):' head || fail "somebody is named: $(cat head)"
grep -q '^Subject: Cluster savings report, 2025-' head || fail "the head: $(cat head)"
awk 'length > 998 { exit 1 }' full/summary.eml || fail 'a line is too long'

# Nothing of a site file begins a header; what is no address is refused.
refused()
{
	printf '[site]\n%s\n' "$1" > bad.conf
	expect 1 report shared.psv --site bad.conf -o bad
	says "bad.conf, line 2: [site] $2"
	[ ! -e bad ] || fail 'a refused report was written'
}
refused 'mail_subject=a\nBcc: mallory@example.org' 'mail_subject: character 2 is one that cannot be seen, U+000A'
refused 'mail_from=a\r\nBcc: m@example.org' 'mail_from: character 2 is one that cannot be seen, U+000D'
refused 'mail_to=hpc' 'mail_to: not mail addresses'
refused 'mail_from=a@example.org, b@example.org' 'mail_from: not a mail address'
refused "institution=a$(printf '\342\200\256')b" 'institution: character 2 is one that cannot be seen, U+202E'
refused "contact=$(head -c 10000 /dev/zero | tr '\0' x)" 'contact: 10000 characters, and 200 is the most'
refused 'mail_bcc=a@example.org' 'has no key mail_bcc'

# What is not to be passed on is not mailed.
mkdir -m 700 private
expect 0 report shared.psv --internal -o private/report
[ ! -e private/report/summary.eml ] || fail 'a confidential report has a mail'
