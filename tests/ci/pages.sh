#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# pages.sh REPORT MODULES: the pages of a report, and its mail, by the rules of others: axe-core finds nothing that keeps people out,
# nor in dark a colour that does, html-validate no markup that is wrong. MODULES is the folder node_modules with the two, and
# puppeteer-core. Each is first shown to notice what it looks for.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
report=$(cd "${1:?usage: pages.sh REPORT MODULES}" && pwd)
modules=$(cd "${2:?usage: pages.sh REPORT MODULES}" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp -r "$report" "$dir/site"
awk '/^Content-Type: text\/html/ { html = 1 } /^--/ { html = 0 } html' "$report/summary.eml" | sed '1,/^$/d' > "$dir/mail.qp"
perl -MMIME::QuotedPrint -0777 -ne 'print decode_qp($_)' "$dir/mail.qp" > "$dir/site/mail.html"
grep -q '</html>' "$dir/site/mail.html" || { echo 'the mail has no HTML'; exit 1; }
cd "$dir/site"
[ -e report.html ] || { echo 'there is no report.html: reclaim report --single-file makes it'; exit 1; }
# The one file has the same pages, of which each is examined by itself: all at once take minutes.
mapfile -t pages < <(find . -name '*.html' ! -path ./report.html | cut -c 3- | sort)
[ ${#pages[@]} -ge 10 ] || { echo "only ${#pages[@]} pages"; exit 1; }

# Markup

cat > "$dir/rules.json" << 'RULES'
{
	"extends": ["html-validate:recommended"],
	"rules": {
		"long-title": "off", "no-trailing-whitespace": "off", "void-style": "off", "no-inline-style": "off",
		"require-sri": "off", "tel-non-breaking": "off", "doctype-style": "off", "attr-quotes": "off"
	}
}
RULES
validate()
{
	"$modules/.bin/html-validate" --config "$dir/rules.json" "$@"
}
sed 's|</main>|<p><ul><li>x</li></ul></p><img src="x"></main>|' index.html > planted.html
! validate planted.html > "$dir/said" || { echo 'html-validate does not notice what is planted'; exit 1; }
rm planted.html
mapfile -t site < <(printf '%s\n' "${pages[@]}" | grep -vx mail.html)
validate "${site[@]}" || exit 1
# What reads mail knows the tables of long ago.
sed -i 's|"rules": {|&"no-deprecated-attr": "off", "prefer-tbody": "off",|' "$dir/rules.json"
validate mail.html || exit 1

# People

dark='@media (prefers-color-scheme: dark) { p { color: #333 !important } }'
sed 's|</main>|<p><img src="x.png"></p></main>|' index.html > planted-picture.html
sed "s|</head>|<style>$dark</style></head>|" index.html > planted-words.html
# Of the one file the first page.
perl -0777 -pe "s|</article>.*</article>|</article>|s" report.html | sed "s|</style>|$dark&|" > planted-one.html
printf '%s\n' planted-{picture,words,one}.html "${pages[@]}" |
	node "$here/examine.js" "$(command -v chromium)" "$modules" "$dir/site" > "$dir/said"
awk -v pages=${#pages[@]} '
$1 == "examined" && $4 >= ($2 == "dark" ? 1 : 10) { examined++ }
$1 != "violation" { next }
$3 == "planted-picture.html" && $4 == "image-alt" { noticed[$2 " picture"] = 1 }
$3 ~ /^planted-(words|one)/ && $4 == "color-contrast" { noticed[$2 " " substr($3, 9, 3)]++ }
$3 !~ /^planted/ { print substr($0, 1, 400); bad = 1 }
END {
	split("light picture,dark wor,dark one", planted, ",")
	for (i in planted)
		if (!(planted[i] in noticed)) {
			print "not noticed, in " planted[i]
			bad = 1
		}
	if (noticed["light wor"] || noticed["light one"]) {
		print "what is planted for the dark was shown in the light"
		bad = 1
	}
	if (examined != 2 * (pages + 3)) {
		print "only " examined + 0 " pages were examined"
		bad = 1
	}
	exit bad
}' "$dir/said"
echo "${#pages[@]} pages, the mail among them: markup is valid; nothing keeps people out, in light and in dark"
