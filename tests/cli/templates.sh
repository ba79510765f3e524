#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A site's own words, looks and assumptions. RECLAIM is the program to test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"
command -v gzip > /dev/null || { echo "skipped: gzip is not installed"; exit 77; }

gzip -dc "$SAMPLE/sacct-2025.psv.gz" | head -n 1500 > raw.psv
expect 0 anonymize raw.psv -m map.csv -o shared.psv
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" -o usual

# Words of the program have the apostrophe that those of the templates have.
! grep -rhoE ".*[a-z]'[a-z ].*" usual/tables usual/report.json || fail 'a typewriter’s apostrophe'

# What is written out is what is compiled in, and changes nothing.
expect 0 templates -o all
[ -s all/index.md ] && [ -s all/findings/memory.md ] && [ -s all/page.xsl ] && [ -s all/mail.md ] || fail "missing: $(find all)"
[ ! -e all/words.txt ] || fail 'words.txt is no template'
touch all/.hidden 'all/index.md~'
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --templates all -o same
diff -r usual same > /dev/null || fail 'the templates themselves change the report'
expect 1 templates -o all
says 'all is not empty'
expect 2 templates -o -
says 'templates are a folder: -o DIR, not -'

# One file takes the place of one.
mkdir -p own/findings
printf '# Our words on {memory.excess.share} & all\n' > own/findings/memory.md
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --templates own -o ours
grep -q 'Our words on .* &amp; ' ours/findings/memory.html || fail 'the own words are not there'
cmp -s usual/index.html ours/index.html || fail 'another page changed'
printf '/* ours */\n' > own/style.css
expect 0 report shared.psv --templates own --only site -o ours
grep -q '^/\* ours \*/' ours/assets/style.css || fail 'the own style is not there'

# What is wrong is told with file and line, before anything is published.
wrong()
{
	rm -rf bad broken
	mkdir -p "broken/$(dirname "$1")"
	printf "$2" > "broken/$1"
	case $1 in
	mail.* | executive-summary.md) only=mail ;;
	*) only=site ;;
	esac
	expect 1 report shared.psv --inventory "$SAMPLE/nodes.txt" --templates broken --only $only -o bad
	says "$3"
	[ ! -e bad ] || fail "a report with a broken $1 was published"
}
wrong index.md '# One\n\nTwo {no.such.figure}\n' 'broken/index.md, line 3: there is no figure “no.such.figure”'
wrong index.md '# One\n\n:::if has.saving\n' 'broken/index.md, line 3: what begins here has no :::end'
wrong index.md '# One\n\nTwo\n\n# Three\n' 'broken/index.md, line 5: a page has one title: this is its second heading of one #'
wrong index.md 'One\n' 'broken/index.md, line 1: the page does not begin with a heading'
wrong findings/memory.md '# One\n\n[two](nowhere)\n' 'broken/findings/memory.md, line 3: a link leads to “nowhere”, which is not there'
wrong index.md '# One\n\n<script>alert(1)</script>\n' 'broken/index.md, line 3: html_block is not used in a narrative'
wrong index.md '# One\n\n:::chart demnad\n' 'broken/index.md, line 3: there is no chart “demnad”'
wrong findings/memory.md '# One\n\n:::if has.usage\n\n:::else\n\n:::chart demnad\n\n:::end\n' 'broken/findings/memory.md, line 7: there is no chart “demnad”'
wrong mail.md '# One\n\n:::table nothing columns=a\n' 'broken/mail.md, line 3:'
wrong indx.md '# One\n' 'broken/indx.md: there is no template of this name'
wrong findings/indx.md '# One\n' 'broken/findings/indx.md: there is no template of this name'
wrong words.txt 'one\n' 'broken/words.txt: there is no template of this name'
wrong index.md '# One\n\n\377\n' 'broken/index.md, line 3: not UTF-8'
wrong page.xsl '<?xml version="1.0"?>\n<a>\n</b>\n' 'broken/page.xsl, line 3: Opening and ending tag mismatch'
wrong page.xsl '<?xml version="1.0"?>\n<a/>\n' 'broken/page.xsl'
sheet='<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">\n'
wrong page.xsl "$sheet<xsl:template match=\"/\"><xsl:no-such/></xsl:template></xsl:stylesheet>" 'line 2'
wrong mail.xsl "$sheet<xsl:template match=\"/[\"/></xsl:stylesheet>" 'broken/mail.xsl'
wrong page.xsl "$sheet<xsl:include href=\"/etc/passwd\"/></xsl:stylesheet>" 'broken/page.xsl'
for uses in "copy-of select=\"document('$dir/map.csv')\"|Local file read for $dir/map.csv refused" \
	"copy-of select=\"document('http://localhost/')\"|Network file read for http://localhost/ refused" \
	"document href=\"$dir/bad.html\"|File write for $dir/bad.html refused" 'message terminate="yes"|broken/page.xsl: '; do
	wrong page.xsl "$sheet<xsl:template match=\"/\"><html><xsl:${uses%|*}/></html></xsl:template></xsl:stylesheet>" "${uses#*|}"
	[ ! -e bad.html ] || fail 'a style sheet wrote a file'
done
wrong page.xsl "$sheet<xsl:template match=\"/\">no page</xsl:template></xsl:stylesheet>" 'broken/page.xsl: not a style sheet'
wrong page.xsl '' 'broken/page.xsl'
wrong mail.md '# One\n\n{memory.took_all.names}{power.names}\n' 'summary.eml: mail.md speaks of user_'
wrong executive-summary.md '# One\n\n{power.names}\n' 'summary.eml: executive-summary.md speaks of user_'
expect 1 report shared.psv --templates nowhere -o bad
says 'nowhere'

# Assumptions: all of them, as comments that change nothing; with the marks removed they are the site's, with the same figures.
expect 0 assumptions -o all.conf
cp all.conf before.conf
expect 1 assumptions -o all.conf
says 'all.conf is there already, perhaps with prices of your own'
cmp all.conf before.conf || fail 'prices were written over'
"$RECLAIM" assumptions > printed.conf
cmp all.conf printed.conf || fail 'the two differ'
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --assumptions all.conf --only data -o same
{ diff -r usual/tables same/tables && cmp usual/report.json same/report.json; } > /dev/null || fail 'comments change the report'
sed 's/^#\([^ ]\)/\1/' all.conf > site.conf
[ "$(grep -c '^\[' site.conf)" -eq "$(grep -c '"key": "[a-z_]*",$' usual/report.json)" ] || fail 'an assumption is missing'
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --assumptions site.conf --only data -o given
sh "$tests/figures.sh" usual/report.json > usual.figures
sh "$tests/figures.sh" given/report.json | cmp - usual.figures || fail 'the defaults give other figures'
! grep -q '"default": true' given/report.json || fail 'what is given counts as a default'
