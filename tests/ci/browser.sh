#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# browser.sh REPORT: the pages of a report in headless Chromium: nothing on the console (violations of the pages' own policy,
# errors of the script), no missing file, no sideways scroll at 320 pixels, complete without JavaScript, and no address
# outside the report. Each of these is first shown to notice what it looks for.
set -euo pipefail

report=$(cd "${1:?usage: browser.sh REPORT}" && pwd)
command -v chromium > /dev/null || { echo 'skipped: chromium is not installed'; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp -r "$report" "$dir/site"
cd "$dir/site"
mapfile -t pages < <(find . -name '*.html' | cut -c 3- | sort)
[ ${#pages[@]} -ge 10 ] || { echo "only ${#pages[@]} pages"; exit 1; }

# browse FLAG... FILE: its document after the script has run; what the browser logs goes to the file log.
browse()
{
	timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-extensions \
		--disable-background-networking --hide-scrollbars --user-data-dir="$dir/profile" --enable-logging=stderr --v=0 \
		--virtual-time-budget=20000 --dump-dom "${@:1:$#-1}" "file://$dir/${*: -1}" 2> "$dir/log"
}

# frames WIDTH PAGE...: a page that shows them all, each so wide, and then prints "page scrollWidth clientWidth".
frames()
{
	local page
	echo '<!doctype html><meta charset="utf-8"><title>Frames</title><body>'
	for page in "${@:2}"; do
		echo "<iframe width=\"$1\" height=\"800\" style=\"border:0\" src=\"site/$page\" title=\"$page\"></iframe>"
	done
	cat << 'END'
<script>
addEventListener("load", () => {
	let text = "";
	for (const frame of document.querySelectorAll("iframe")) {
		const page = frame.contentDocument.scrollingElement;
		text += "measured " + frame.title + " " + page.scrollWidth + " " + page.clientWidth + "\n";
		const rows = frame.contentDocument.querySelectorAll("tr, figure, h2, td, li, path, text").length;
		text += "counted " + frame.title + " " + rows + "\n";
	}
	document.body.textContent = "\n" + text;
});
</script>
END
}

measure()
{
	frames "$@" > "$dir/frames.html"
	browse --allow-file-access-from-files frames.html > "$dir/dom"
	grep -q 'measured ' "$dir/dom" || { echo 'nothing was measured:'; tail -n 5 "$dir/log"; exit 1; }
}

console()
{
	grep CONSOLE "$dir/log" || :
}

# Pages with a fault each, to see that it is seen.
sed 's|</body>|<p style="color:red">inline</p></body>|' index.html > planted-style.html
sed 's|</body>|<script>document.title = "inline"</script></body>|' index.html > planted-script.html
sed 's|</body>|<img src="https://example.org/x.png" alt=""></body>|' index.html > planted-address.html
for page in planted-*.html; do
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

# Sideways scroll on a narrow screen.
for width in 320 1280; do
	measure $width "${pages[@]}" planted-wide.html
	awk -v width=$width -v pages=${#pages[@]} '
	$1 == "measured" {
		seen++
		if ($4 != width) { print $2 " is " $4 " wide, not " width; bad = 1 }
		if ($2 == "planted-wide.html") { if ($3 > $4) noticed = 1 }
		else if ($3 > $4) { print $2 " scrolls sideways: " $3 " pixels in " $4; bad = 1 }
	}
	END {
		if (!noticed) print "a page that is too wide was not noticed"
		if (seen != pages + 1) print "only " seen " pages were measured"
		exit bad || !noticed || seen != pages + 1
	}' "$dir/dom"
done

# Without JavaScript everything is there: the script adds controls, never content.
awk '$1 == "counted" && $2 !~ /^planted/ { print $2, $3 }' "$dir/dom" | sort > "$dir/with"
for page in "${pages[@]}"; do
	browse --blink-settings=scriptEnabled=false "site/$page" > "$dir/dom"
	echo "$page $({ grep -oE '<(tr|figure|h2|td|li|path|text)[ >]' "$dir/dom" || :; } | wc -l)"
done | sort > "$dir/without"
cmp -s "$dir/with" "$dir/without" || { echo 'with and without JavaScript differ:'; diff "$dir/with" "$dir/without"; exit 1; }
[ "$(awk '{ sum += $2 } END { print sum }' "$dir/without")" -gt 1000 ] || { echo 'there is nothing on the pages'; exit 1; }

# Every file that a page names is there.
missing()
{
	local page link
	for page in "$@"; do
		grep -oE '(src|href)="[^"#:]+' "$page" | sed 's/^[a-z]*="//' | sort -u | while read -r link; do
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
echo "${#pages[@]} pages: nothing on the console, no sideways scroll at 320 pixels, complete without JavaScript"
