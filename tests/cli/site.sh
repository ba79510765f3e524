#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a site says of itself: shown as text, or refused with the key and the reason. RECLAIM is the program to test, SAMPLE the
# folder of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"
for tool in gzip base64 pdftotext pdftoppm pdfinfo pdfimages perl sqlite3; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

gzip -dc "$SAMPLE/sacct-2025.psv.gz" | head -n 1500 > raw.psv
expect 0 anonymize raw.psv -m map.csv -o shared.psv
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" -o plain

# A red dot, with a comment in it.
base64 -d > dot.png <<'END'
iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAAEnRFWHRDb21tZW50AGJ5IHphcGhvZGISbVMLAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC
END

# Markup, quotes and formulas stay text in every file.
cat > hostile.conf <<'END'
[site]
institution=<script>alert(1)</script> & "Co" {jobs.count}
cluster=**bold** [link](https://example.org) =1+1
contact=</td></table><img src=x onerror=alert(2)>
owner=';DROP TABLE users;--
decision=<b>the board</b>
deadline=:::end
notice=]]><!--
END
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --site hostile.conf -o hostile
part hostile/summary.eml text/html > mail.html
! grep -rlE '<script>alert|<img src=x|<b>the board|\]\]><!--' hostile --include='*.html' mail.html > found || fail "markup in $(cat found)"
grep -q '&lt;script&gt;alert(1)&lt;/script&gt; &amp; "Co" {jobs.count}' hostile/index.html || fail 'the institution is not text'
grep -q '&lt;script&gt;alert(1)&lt;/script&gt;' mail.html || fail 'the institution of the mail is not text'
pdftotext hostile/executive-summary.pdf - | tr '\n' ' ' | grep -qF '<img src=x onerror=alert(2)>' || fail 'the page does not show the text'
pdftotext hostile/approval-case.pdf - | tr '\n' ' ' | grep -qF '<b>the board</b>' || fail 'the approval case does not show the text'
part hostile/summary.eml text/plain | grep -qF '<script>alert(1)</script> & "Co"' || fail 'the text of the mail differs'

# The way to write numbers, the language, the colour and the logo.
cat > own.conf <<'END'
[site]
currency=€
thousands=point
decimals=comma
language=de-CH
colour=#7A1020
logo=dot.png
paper=letter
END
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --site own.conf -o own
# Which prices are dollars is the one figure that hangs on the currency.
for report in plain own; do sh "$tests/figures.sh" $report/report.json | sed '/^has.dollars/d' > $report.figures; done
cut -f 1-4 plain.figures > a
cut -f 1-4 own.figures | cmp -s - a || fail 'the way to write numbers changes them'
cut -f 1,3,5 plain.figures | awk -F '\t' '$2 != "text"' | sed 's/\$/€/; :a; s/\([0-9]\),\([0-9]\)/\1@\2/; ta; :b; s/\([0-9]\)\.\([0-9][^	]*\)$/\1,\2/; s/@/./g' > want
cut -f 1,3,5 own.figures | awk -F '\t' '$2 != "text"' | diff want - > differ || fail "numbers: $(head -4 differ)"
grep -q 'data-value="15000">15.000</td>' own/assumptions.html && grep -q '^Purchase of a GPU,gpu_purchase,10000,15000,30000,' own/tables/assumptions.csv ||
	fail 'an assumption is not written as other numbers are'
# A few words stand in one line, on A4 and on letter.
for report in plain own; do
	[ "$(pdftotext -layout $report/report.pdf - | grep -c '  default, not yours$')" -eq 31 ] || fail "$report: a few words are broken for the sake of many"
done
[ "$(grep -o '<td class="word">default, not yours<' own/assumptions.html | wc -l)" -eq 31 ] || fail 'a few words may be broken on the page'
grep -q '>€ a node<' own/assumptions.html || fail 'the unit of a price is not in the currency of the site'
! grep -q 'currency a' own/assumptions.html || fail 'a unit says currency'
grep -q '<html lang="de-CH">' own/index.html || fail 'the language of the site'
grep -q 'lang=.*"de-CH"' own/summary.eml || fail 'the language of the mail'
grep -q -- '--accent:#7A1020' own/assets/style.css || fail 'the colour is not in the style sheet'
part own/summary.eml text/html | grep -q '#7A1020' || fail 'the colour is not in the mail'
grep -q '<img class="logo" src="../assets/logo.png"' own/findings/memory.html || fail 'the logo is not on the pages'
head -c 8 own/assets/logo.png | cut -b 2-4 | grep -q PNG || fail 'the logo is no PNG'
! grep -aq zaphodb own/assets/logo.png || fail 'the comment in the logo is published'
grep -q '"assets/logo.png"' own/manifest.json || fail 'the manifest does not list the logo'

# The PDFs are on the paper of the site, and the summary is one sheet of it.
for name in plain own; do
	for file in executive-summary approval-case report; do
		pdfinfo $name/$file.pdf > $name.$file 2> complaints || fail "$name/$file.pdf: $(cat complaints)"
	done
	grep -q '^Pages: *1$' $name.executive-summary || fail "$name: the summary is not one page"
done
! grep -L 'Page size:.*(A4)' plain.*-* plain.report | grep . || fail 'not on A4'
! grep -L 'Page size:.*(letter)' own.*-* own.report | grep . || fail 'not on Letter'

# The logo is in front of each, as the first thing that is read, and nowhere else.
for file in executive-summary approval-case report; do
	[ "$(pdfimages -list own/$file.pdf | awk 'NR > 2 { print $1, $3, $4, $5 }')" = '1 image 1 1' ] || fail "$file.pdf: the logo"
	pdfinfo -struct own/$file.pdf | sed -n '/Figure/{=; q}' > line 2> complaints
	[ "$(cat line)" -le 4 ] || fail "$file.pdf: the logo is read too late"
	[ -z "$(pdfimages -list plain/$file.pdf | sed 1,2d)" ] || fail "$file.pdf: a picture without a logo"
done

# So is the colour, but the charts keep theirs. A dot is three bytes, after three lines.
painted()
{
	pdftoppm -r 100 -l 1 $1 > page.ppm
	tail -c +$(($(head -n 3 page.ppm | wc -c) + 1)) page.ppm |
		perl -0777 -ne '$dots{$_} = 1 for unpack "(H6)*"; print "$_\n" for keys %dots' > dots
	[ "$(wc -l < dots)" -gt 2 ] || fail "$1: there are no dots to look at"
	grep -qx "$2" dots
}
for file in executive-summary approval-case report; do
	painted own/$file.pdf 7a1020 || fail "$file.pdf: not in the colour"
	! painted plain/$file.pdf 7a1020 || fail "$file.pdf: in a colour that nobody asked for"
done
painted own/executive-summary.pdf 0072b2 || fail 'the charts are in another colour'

# A long name has lines of its own in the head of a page, beside a long notice, and neither is cut; nor on the one page.
long=$(printf 'An institute of a long name %.0s' 1 2 3 4 5)
notice=$(printf 'Not to be decided by %.0s' 1 2 3 4 5 6)
printf '[site]\ninstitution=%s\nnotice=%s\n' "$long" "$notice" > long.conf
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --site long.conf -o long
for file in report executive-summary; do
	pdftotext long/$file.pdf - | tr -s '\n ' ' ' > text
	for words in "${long% }" "${notice% }"; do
		grep -qF -- "$words" text || fail "$file.pdf does not say \"$words\""
	done
done
grep -qF 'Pseudonymous: people appear as user_0001, groups as group_A' text || fail 'the one page does not say who people appear as'
pdftotext -f 4 -l 4 long/report.pdf - | tr -s '\n ' ' ' | grep -qF -- "${long% }" || fail 'the head of a page is cut'

# What is longer still is cut rather than printed over each other.
long=$(printf 'An institute of a long name %.0s' 1 2 3 4 5 6 7)
printf '[site]\ninstitution=%s\ncluster=%s\nnotice=%s\n' "$long" "$long" "$long" > long.conf
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --site long.conf -o long
pdftotext -f 4 -l 4 -bbox long/report.pdf - | sed -n 's/.*<word xMin="\([^"]*\)" yMin="\([^"]*\)" xMax="\([^"]*\)" yMax="\([^"]*\)".*/\2 \4 \1 \3/p' |
	awk '$1 < 50 { printf "%d %s %s %s\n", $1 + 1, $2, $3, $4 }' | sort -k1,1n -k3,3n > head
[ "$(wc -l < head)" -gt 20 ] || fail 'there is no head'
awk '$1 != line { if ($1 < below || $1 < 10) exit 1; line = $1; end = 0 } { below = $2 - 2; if ($3 < end) exit 1; end = $4 }' head ||
	fail 'words of the head are over each other'

# Anything else is refused, with the key.
refused()
{
	printf '[site]\n%s\n' "$1" > bad.conf
	expect 1 report shared.psv --site bad.conf -o bad
	says "bad.conf, line 2: [site] $2"
	[ ! -e bad ] || fail 'a refused report was written'
}
refused 'currency=' 'currency: a symbol or a word'
refused 'currency=123' 'currency: a symbol or a word'
refused 'currency=a very long one' 'currency: a symbol or a word'
refused 'language=en" onload="x' 'language: not a tag'
refused 'colour=red' 'colour: not a colour'
refused 'colour=#ffff00' 'colour: its contrast to white is 1.1'
refused 'colour=#000;}body{' 'colour: not a colour'
refused 'thousands=x' 'thousands is comma, point'
refused 'thousands=point' 'thousands is comma, point'
refused 'decimals=apostrophe' 'thousands is comma, point'
refused 'paper=A5' 'paper: the sizes are a4 and letter'
refused 'paper=' 'paper: the sizes are a4 and letter'
refused 'logo=none.png' 'logo: '
refused 'logo=own.conf' 'logo: it is no PNG'
head -c 60 dot.png > cut.png
refused 'logo=cut.png' 'logo: it is a damaged PNG'
# vast WIDTH HEIGHT: a picture that says it has so many dots, in four bytes each.
vast()
{
	{ head -c 16 dot.png; printf '%b%b' "$1" "$2"; tail -c +25 dot.png; } > vast.png
	refused 'logo=vast.png' 'logo: '
	says 'are the most'
}
vast '\0\0\03\0351' '\0\0\0\01'
vast '\0\0\0\01' '\0177\0377\0377\0377'
{ cat dot.png; head -c 200000 /dev/zero; } > heavy.png
refused 'logo=heavy.png' 'logo: '
says 'are the most'
head -c 20 dot.png > cut.png
refused 'logo=cut.png' 'logo: it is no PNG'
for bytes in '\342\200\256' '\342\200\213' '\357\273\277' '\033[31m' '\302\205' '\356\200\200'; do
	sign=$(printf "$bytes")
	refused "notice=a${sign}b" 'notice: character 2 is one that cannot be seen'
done

# What the PDFs cannot show is told once, and not of what they are not made.
printf '[site]\ncluster=計算\nnotice=計\n' > cjk.conf
expect 0 report shared.psv --site cjk.conf --only pdf -o cjk
says 'the PDFs show 2 characters that their typeface lacks by their numbers, such as 計 as [U+8A08]'
pdftotext cjk/executive-summary.pdf - | grep -qF '[U+8A08][U+7B97]' || fail 'the page does not show which characters it cannot'
expect 0 report shared.psv --site cjk.conf --only site -o cjk
! grep -q typeface err || fail 'a typeface is told of that was not used'

# The line is that of the key; of a group that no site file has, and of what is no key file, that line.
at_line()
{
	printf "$2" > bad.conf
	expect 1 report shared.psv --site bad.conf -o bad
	says "bad.conf, line $1: $3"
	[ ! -e bad ] || fail 'a refused report was written'
}
at_line 4 '# ours\n[site]\n\n colour = red\n' '[site] colour: not a colour'
at_line 3 '[site]\ncolour=#12436d\ncolour=#12436d\n' '[site] has colour already'
at_line 3 '[site]\nthousands=point\ndecimals=point\n' '[site] thousands is comma, point'
at_line 3 '[site]\ninstitution=ours\nfounded=1965\n' '[site] has no key founded'
at_line 2 '[site]\ndeadlin=May\n' '[site] has no key deadlin; did you mean deadline?'
at_line 4 '[site]\ninstitution=ours\n\n[electricity]\nexpected=1\n' '[electricity] is not a group of a site file'
at_line 3 '[site]\ninstitution=ours\nand theirs\n' ''
at_line 1 'institution=ours\n' ''
at_line 3 '[site]\npaper=a4\nnotice=a\\x\n' '[site] notice: a backslash is written'
at_line 3 '[site]\npaper=a4\nnotice=\377\n' '[site] notice: not UTF-8'
printf '' > bad.conf
expect 1 report shared.psv --site bad.conf -o bad
says 'bad.conf: there is no [site] in it'
