#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# pages.sh REPORT MODULES: the pages of a report, and its mail, by the rules of others: axe-core in light and in dark finds nothing
# that keeps people out, html-validate no markup that is wrong. MODULES is the folder node_modules with the two. Each is first shown
# to notice what it looks for.
set -euo pipefail

report=$(cd "${1:?usage: pages.sh REPORT MODULES}" && pwd)
modules=$(cd "${2:?usage: pages.sh REPORT MODULES}" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp -r "$report" "$dir/light"
awk '/^Content-Type: text\/html/ { html = 1 } /^--/ { html = 0 } html' "$report/summary.eml" | sed '1,/^$/d' > "$dir/mail.qp"
perl -MMIME::QuotedPrint -0777 -ne 'print decode_qp($_)' "$dir/mail.qp" > "$dir/light/mail.html"
grep -q '</html>' "$dir/light/mail.html" || { echo 'the mail has no HTML'; exit 1; }
cd "$dir/light"
[ -e report.html ] || { echo 'there is no report.html: reclaim report --single-file makes it'; exit 1; }
# The one file has the same pages, of which each is examined by itself: all at once take minutes.
mapfile -t pages < <(find . -name '*.html' ! -path ./report.html | cut -c 3- | sort)
[ ${#pages[@]} -ge 10 ] || { echo "only ${#pages[@]} pages"; exit 1; }

# Markup

cat > "$dir/rules.json" << 'END'
{
	"extends": ["html-validate:recommended"],
	"rules": {
		"long-title": "off", "no-trailing-whitespace": "off", "void-style": "off", "no-inline-style": "off",
		"require-sri": "off", "tel-non-breaking": "off", "doctype-style": "off", "attr-quotes": "off"
	}
}
END
validate()
{
	"$modules/.bin/html-validate" --config "$dir/rules.json" "$@"
}
cd ..
sed 's|</main>|<p><ul><li>x</li></ul></p><img src="x"></main>|' light/index.html > planted.html
! validate planted.html > "$dir/said" || { echo 'html-validate does not notice what is planted'; exit 1; }
rm planted.html
mapfile -t site < <(printf 'light/%s\n' "${pages[@]}" | grep -v '/mail.html$')
validate "${site[@]}" || exit 1
# What reads mail knows the tables of long ago.
sed -i 's|"rules": {|&"no-deprecated-attr": "off", "prefer-tbody": "off",|' "$dir/rules.json"
validate light/mail.html || exit 1

# People

# A copy in which what asks for the dark is always asked, and the pages' own policy lets the examiner in.
sed -i 's| http-equiv="Content-Security-Policy"| data-policy|' "${pages[@]/#/light/}" light/report.html
cp -r light dark
sed -i 's/@media[^{]*(prefers-color-scheme: *dark)/@media all/' dark/assets/style.css dark/report.html dark/mail.html
for file in assets/style.css report.html mail.html; do
	grep -q '@media all' dark/$file || { echo "$file does not ask for the dark any more"; exit 1; }
done
cp "$modules/axe-core/axe.min.js" .
cat > examine.js << 'END'
addEventListener("load", async () => {
	for (const folded of document.querySelectorAll("details"))
		folded.open = true;
	// A mail is a part of the page of whoever shows it.
	const rules = location.href.includes("mail") ? { region: { enabled: false }, "landmark-one-main": { enabled: false } } : {};
	const found = await axe.run(document, { resultTypes: ["violations"], rules });
	let text = "\nexamined " + found.passes.length + "\n";
	for (const violation of found.violations)
		for (const node of violation.nodes)
			text += "violation " + violation.id + " " + node.target.join(" ") + " " + node.failureSummary.replace(/\s+/g, " ") + "\n";
	document.body.textContent = text;
});
END

# examine PAGE: what axe-core says of it, in the file said.
examine()
{
	local up
	up=$(dirname "$1" | sed 's|[^/]\{1,\}|..|g')
	sed "s|</head>|<script src=\"$up/axe.min.js\"></script><script src=\"$up/examine.js\"></script></head>|" "$1" > "${1%.html}-examined.html"
	timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-extensions \
		--disable-background-networking --user-data-dir="$dir/profile" --window-size=1280,900 --virtual-time-budget=60000 \
		--allow-file-access-from-files --dump-dom "file://$dir/${1%.html}-examined.html" 2> "$dir/log" |
		sed -n '/^examined /p; /^violation /p' > "$dir/said"
	grep -q '^examined [1-9]' "$dir/said" || { echo "$1 was not examined: $(tail -n 3 "$dir/log")"; exit 1; }
}

sed 's|</main>|<p><img src="x.png"></p></main>|' light/index.html > light/planted.html
examine light/planted.html
grep -q '^violation image-alt' "$dir/said" || { echo 'axe-core does not notice a picture without words'; exit 1; }
cp dark/index.html dark/planted.html
cp dark/assets/style.css style.kept
echo 'p { color: #333 !important }' >> dark/assets/style.css
examine dark/planted.html
grep -q '^violation color-contrast' "$dir/said" || { echo 'axe-core does not notice dark words on the dark'; exit 1; }
mv style.kept dark/assets/style.css
sed 's|</style>|p { color: #333 !important }</style>|' dark/report.html > dark/planted.html
examine dark/planted.html
grep -q '^violation color-contrast' "$dir/said" || { echo 'axe-core does not notice dark words in the one file'; exit 1; }

bad=0
for page in "${pages[@]}"; do
	for mode in light dark; do
		examine "$mode/$page"
		if grep -q '^violation' "$dir/said"; then
			echo "$page, $mode: $(grep '^violation' "$dir/said" | cut -c 1-300 | head -n 3)"
			bad=1
		fi
	done
done
[ $bad -eq 0 ] || exit 1
echo "${#pages[@]} pages, the mail among them: markup is valid; nothing keeps people out, in light and in dark"
