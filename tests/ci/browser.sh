#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# browser.sh REPORT: the pages of a report in headless Chromium: nothing on the console (violations of the pages' own policy,
# errors of the script), no missing file, no sideways scroll at 320 pixels, nothing beyond its column, heads on every sheet of
# paper, complete without JavaScript, and no address outside the report. report.html, which is all pages in one, is opened in a folder of its own, and its script is seen to work.
# Each of these is first shown to notice what it looks for.
set -euo pipefail

report=$(cd "${1:?usage: browser.sh REPORT}" && pwd)
command -v chromium > /dev/null || { echo 'skipped: chromium is not installed'; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp -r "$report" "$dir/site"
cd "$dir/site"
mapfile -t pages < <(find . -name '*.html' | cut -c 3- | sort)
[ ${#pages[@]} -ge 10 ] || { echo "only ${#pages[@]} pages"; exit 1; }
[ -e report.html ] || { echo 'there is no report.html: reclaim report --single-file makes it'; exit 1; }

# browse FLAG... FILE: its document after the script has run; what the browser logs goes to the file log.
browse()
{
	timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-extensions \
		--disable-background-networking --hide-scrollbars --user-data-dir="$dir/profile" --enable-logging=stderr --v=0 \
		--virtual-time-budget=20000 --dump-dom "${@:1:$#-1}" "file://$dir/${*: -1}" 2> "$dir/log"
}

# frames WIDTH SANDBOX PAGE...: a page that shows them all, each so wide, and that then says of each how wide it came out and
# how much of it can be seen.
frames()
{
	local page
	echo '<!doctype html><meta charset="utf-8"><title>Frames</title><body>'
	for page in "${@:3}"; do
		echo "<iframe width=\"$1\" height=\"800\" style=\"border:0\" $2 src=\"site/$page\" title=\"$page\"></iframe>"
	done
	cat << 'END'
<script>
addEventListener("load", () => {
	let text = "\n";
	for (const frame of document.querySelectorAll("iframe")) {
		const page = frame.contentDocument.scrollingElement;
		const seen = [...page.querySelectorAll("tr, td, th, li, p, h1, h2, h3, figure, svg *")].filter(e => e.getClientRects().length);
		const column = frame.contentDocument.querySelector("main").getBoundingClientRect().right + 1;
		const out = [...page.querySelectorAll(".tile, figure, .callout")].filter(e => e.getBoundingClientRect().right > column);
		text += ["page", frame.title, page.scrollWidth, page.clientWidth, seen.length, out.length].join(" ") + "\n";
	}
	document.body.textContent = text;
});
</script>
END
}

# measure WIDTH SANDBOX PAGE...: lines "page NAME scrollWidth clientWidth seen out" in the file measures; out: of what stands in
# the column of text, how much reaches beyond it.
measure()
{
	frames "$@" > "$dir/frames.html"
	browse --allow-file-access-from-files frames.html > "$dir/dom"
	grep '^page ' "$dir/dom" | sort > "$dir/measures" || { echo 'nothing was measured:'; tail -n 5 "$dir/log"; exit 1; }
}

console()
{
	grep CONSOLE "$dir/log" || :
}

# Pages with a fault each, to see that it is seen.
for page in index report; do
	sed 's|</body>|<p style="color:red">inline</p></body>|' $page.html > planted-style-$page.html
	sed 's|</body>|<script>document.title = "inline"</script></body>|' $page.html > planted-script-$page.html
	sed 's|</body>|<p onclick="alert(1)">inline</p></body>|' $page.html > planted-handler-$page.html
	sed 's|</body>|<img src="https://example.org/x.png" alt=""></body>|' $page.html > planted-address-$page.html
done
# Of the one file a letter more is too much, and so is what stands beside it.
sed 's|^:root {|:root  {|' report.html > planted-letter-style.html
sed 's|"use strict"|"use  strict"|' report.html > planted-letter-script.html
sed 's|</head>|<link rel="stylesheet" href="assets/style.css"></head>|' report.html > planted-beside-style.html
sed 's|</body>|<script src="assets/report.js"></script></body>|' report.html > planted-beside-script.html
[ "$(printf '%s\n' planted-*.html | wc -l)" -eq 12 ] || { echo 'not all faults are planted'; exit 1; }
for page in planted-*.html; do
	if cmp -s "$page" index.html || cmp -s "$page" report.html; then
		echo "$page: nothing is planted"
		exit 1
	fi
	browse "site/$page" > "$dir/dom"
	[ -n "$(console)" ] || { echo "nothing was said about $page"; exit 1; }
done
{ sed 's|</body>.*||' index.html; echo '<iframe width="2000" title="wide"></iframe></body></html>'; } > planted-wide.html

# The console, page by page, as somebody opens them.
for page in "${pages[@]}"; do
	browse "site/$page" > "$dir/dom"
	if [ -n "$(console)" ]; then
		echo "$page: $(console | head -n 3)"
		exit 1
	fi
	grep -q '</main>' "$dir/dom" || { echo "$page: was not shown"; exit 1; }
done

# The one file alone: every table that is searched can be, every head of it sorts but those of drawings, and the menu says where
# one is.
mkdir "$dir/alone"
cp report.html "$dir/alone/"
browse alone/report.html > "$dir/dom"
[ -z "$(console)" ] || { echo "report.html, alone: $(console | head -n 3)"; exit 1; }
tables=$(grep -o '<div class="table\( lookup\)\?">' report.html | wc -l)
heads=$(perl -0777 -ne 'print scalar(() = join("", m{<div class="table(?: lookup)?">.*?</thead>}gs) =~ m{<th scope="col"(?! class="drawn")}g)' report.html)
buttons=$(grep -o '<button type="button">' "$dir/dom" | wc -l)
{ [ "$tables" -ge 20 ] && [ "$heads" -gt "$tables" ] && [ "$buttons" -eq "$heads" ]; } ||
	{ echo "report.html: $buttons of $heads heads of $tables tables sort"; exit 1; }
filters=$(grep -o '<input type="search"' "$dir/dom" | wc -l)
[ "$filters" -ge 3 ] || { echo "report.html: $filters tables have a filter"; exit 1; }
# Without a screen nothing is observed: who is told by hand that one has come to the users, or to a group, shows it.
group=$(grep -o '<article id="groups_[^"]*' report.html | head -n 1 | sed 's/.*"//')
[ -n "$group" ] || { echo 'report.html: there is no group'; exit 1; }
for at in "users users location" "$group groups true"; do
	read -r article entry current <<< "$at"
	told="class { constructor(tell) { this.tell = tell } observe(target) { this.tell([{ target, isIntersecting: target.id === \"$article\" }]) } }"
	sed "s# http-equiv=\"Content-Security-Policy\"# data-policy#; s#</head>#<script>IntersectionObserver = $told</script></head>#" report.html \
		> "$dir/alone/told.html"
	browse alone/told.html > "$dir/dom"
	[ "$(grep -o '<a href="[^"]*" aria-current="[^"]*"' "$dir/dom" | sort | uniq -c | sed 's/^ *//')" = "2 <a href=\"#$entry\" aria-current=\"$current\"" ] ||
		{ echo "report.html: the menus do not say that one is at $article"; exit 1; }
done

# Sideways scroll on a narrow screen.
measure 320 '' "${pages[@]}" planted-wide.html
awk -v pages=${#pages[@]} '
$4 != 320 { print $2 " is " $4 " pixels wide, not 320"; bad = 1 }
$2 == "planted-wide.html" { noticed = $3 > $4; next }
$3 > $4 { print $2 " scrolls sideways: " $3 " pixels in " $4; bad = 1 }
END {
	if (!noticed) print "a page that is too wide was not noticed"
	if (NR != pages + 1) print "only " NR " pages were measured"
	exit bad || !noticed || NR != pages + 1
}' "$dir/measures"

# Where the menu stands beside the text, key figures and charts keep to their column.
sed 's|</head>|<link rel="stylesheet" href="assets/planted.css"></head>|' index.html > planted-beyond.html
echo '.tiles { grid-template-columns: repeat(4, 30rem) !important }' > assets/planted.css
for width in 600 760 1000 1150 1400; do
	measure $width '' "${pages[@]}" planted-beyond.html
	awk -v width=$width '
	$2 == "planted-beyond.html" { noticed = $6 > 0; next }
	$6 > 0 { print $2 " has " $6 " blocks beyond its column at " width " pixels"; bad = 1 }
	END {
		if (!noticed) print "key figures beyond their column were not noticed"
		exit bad || !noticed
	}' "$dir/measures"
done
rm assets/planted.css planted-beyond.html

# On paper a table that goes on has its head on every page, also where a click on it sorts.
printed_heads()
{
	browse --no-pdf-header-footer --print-to-pdf="$dir/printed.pdf" "site/$1" > "$dir/dom"
	pdftotext -layout "$dir/printed.pdf" "$dir/printed.txt"
	tr '\f' '\n' < "$dir/printed.txt" | grep -c 'User .*Jobs'
}
sed 's|</head>|<link rel="stylesheet" href="assets/planted.css"></head>|' users.html > planted-paper.html
echo 'thead button { display: inline !important }' > assets/planted.css
leaves=$(printed_heads users.html) fewer=$(printed_heads planted-paper.html)
{ [ "$leaves" -ge 3 ] && [ "$fewer" -lt "$leaves" ]; } || { echo "on paper $leaves heads of the table of users, and $fewer where they are left out"; exit 1; }
rm assets/planted.css planted-paper.html

# Without JavaScript as much can be seen: the script adds controls, never content.
sed 's|<main|<main hidden|; s|<script[^>]*></script>||' index.html > planted-hidden.html
measure 1280 '' "${pages[@]}"
awk '{ print $2, $5 }' "$dir/measures" > "$dir/with"
measure 1280 'sandbox="allow-same-origin"' "${pages[@]}" planted-hidden.html
awk '{ print $2, $5 }' "$dir/measures" > "$dir/without"
awk '
NR == FNR { with[$1] = $2; sum += $2; next }
$1 == "planted-hidden.html" { noticed = $2 < with["index.html"]; next }
$2 < with[$1] { print $1 ": " $2 " elements can be seen without JavaScript, " with[$1] " with it"; bad = 1 }
END {
	if (!noticed) print "a page that hides its content was not noticed"
	if (sum < 1000) print "there is nothing on the pages"
	exit bad || !noticed || sum < 1000
}' "$dir/with" "$dir/without"

# Every file that a page names is there.
missing()
{
	local page link
	for page in "$@"; do
		grep -oE '(src|href)="[^"]+' "$page" | sed 's/^[a-z]*="//; s/#.*//; /^$/d; /:/d' | sort -u | while read -r link; do
			[ -e "$(dirname "$page")/$link" ] || echo "$page: there is no $link"
		done
	done
}
sed 's|assets/report.js|assets/none.js|' index.html > planted-missing.html
[ -n "$(missing planted-missing.html)" ] || { echo 'a missing file was not noticed'; exit 1; }
[ -z "$(missing "${pages[@]}")" ] || { missing "${pages[@]}"; exit 1; }

# No address outside, except as plain words.
if grep -nE '(src|href|action|data|poster|srcset)="?(https?:)?//' "${pages[@]}" || grep -nE '@import|url\( *["'\'']?(https?:)?//' assets/*.css; then
	echo 'a page needs the network'
	exit 1
fi
echo "${#pages[@]} pages: nothing on the console, no sideways scroll at 320 pixels, nothing beyond its column, heads on every sheet, complete without JavaScript"
