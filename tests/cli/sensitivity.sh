#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the saving hangs on: a saving with an assumption at its low or its high value is the one that a run with that value
# finds; with the value from which on nothing is gained, a year's saving is what acting costs, as it is; and what acting costs is
# added up anew. RECLAIM is the program to test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
for tool in sqlite3 unzip pdftotext; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

expect 0 run "$SAMPLE/sacct-2025.psv.gz" --inventory "$SAMPLE/nodes.txt" --timezone UTC -m map -o first
sh "$tests/figures.sh" first/report.json > figures

# figure ID [FILE]
figure() { awk -F '\t' -v id="$1" '$1 == id { print $2 }' "${2:-figures}"; }

# same A B WITHIN WHAT
same()
{
	awk -v a="$1" -v b="$2" -v within="$3" 'BEGIN { exit !(a != "" && b != "" && a - b <= within && b - a <= within) }' ||
		fail "$4: $1, not $2"
}

# saving_with KEY VALUE: what a run with it finds.
saving_with()
{
	printf '[%s]\nexpected = %s\n' "$1" "$2" > assumptions.conf
	expect 0 report out.psv --inventory out.psv.nodes.csv --assumptions assumptions.conf --timezone UTC --only data -o again
	sh "$tests/figures.sh" again/report.json > figures-again
	figure saving.total.expected figures-again
}
expect 0 anonymize "$SAMPLE/sacct-2025.psv.gz" --inventory "$SAMPLE/nodes.txt" -m map -o out.psv

[ "$(cut -f 1 figures | grep -c '^sensitivity\..*\.low$')" -ge 14 ] || fail 'too few assumptions are moved'
for swung in vcpu_hour:0.06:low:0.01 vcpu_hour:0.025:high:0.01 rented_gpu_hour:4.1:low:0.01 rent_overhead:0.1:high:0.01 \
	gpu_purchase:30000:high:0.01 node_life:6:low:0.01 electricity:0.2:high:0.01; do
	IFS=: read -r key value end within <<-END
		$swung
	END
	same "$(saving_with "$key" "$value")" "$(figure "sensitivity.$key.$end")" "$within" "the saving with $key = $value"
done

# So does a run with all prices at once at one end; what users do, and what is measured, stays as expected.
for end in low high; do
	"$RECLAIM" assumptions | awk -v end=$end '
	/^# .* fixed in the workbook$/ { measures = 1 }
	/^#\[/ { key = substr($0, 2); priced = !measures; measures = 0 }
	priced && $0 ~ "^#" end "=" { sub(/^#[a-z]*=/, ""); print key "\nexpected = " $0 }' > all.conf
	[ "$(grep -c expected all.conf)" -ge 14 ] || fail "only these are prices: $(cat all.conf)"
	cut -f 1 figures | sed -n 's/^sensitivity\.\([a-z_]*\)\.low$/[\1]/p' | grep -vF '[prices]' > moved
	awk 'NR == FNR { moved[$0]; next } /^\[/ { keep = $0 in moved } keep' moved all.conf > assumptions.conf
	expect 0 report out.psv --inventory out.psv.nodes.csv --assumptions assumptions.conf --timezone UTC --only data -o again
	sh "$tests/figures.sh" again/report.json > figures-again
	saving=$(figure saving.total.expected figures-again)
	same "$saving" "$(figure sensitivity.prices.$end)" 0.01 "the saving with all prices $end"
done
awk -F '\t' '$1 ~ /^sensitivity\.[a-z_]*\.low$/ { of[$1] = $2 }
	END { for (id in of) if (id != "sensitivity.prices.low" && of["sensitivity.prices.low"] + 0 >= of[id] + 0) exit 1 }' figures ||
	fail 'all prices at their worst are no worse than one'

# At the break-even a year's saving is the cost of acting.
for key in rent_overhead node_life; do
	even=$(figure breakeven.$key)
	[ "$even" != null ] || fail "breakeven.$key is not known"
	same "$(saving_with $key "$even")" "$(figure acting.cost)" 0.001 "the saving with $key = $even"
done

# Those who have something to give back, two groups, and renting: all as the assumptions say.
awk -v users="$(figure acting.users)" -v groups="$(figure acting.groups)" -v rents="$(figure acting.rents)" -v hours="$(figure acting.hours)" \
	-v cost="$(figure acting.cost)" -v saving="$(figure saving.total.expected)" -v payback="$(figure payback.share)" 'BEGIN {
	own = users * 4 + groups * 16 + rents * 240
	exit !(users > 0 && groups > 0 && rents == 1 && hours == own && cost == own * 80 &&
	       (payback - cost / saving) ^ 2 < 1e-12)
}' || fail "what acting costs: $(grep '^acting\|^payback' figures)"

# What it takes to help people is held against what they free, also where the nodes save much more than either.
[ "$(figure payback.people.dear)" = 0 ] || fail 'helping users is dear'
same "$(figure acting.people.cost)" "$(awk -v users="$(figure acting.users)" -v groups="$(figure acting.groups)" 'BEGIN { print (users * 4 + groups * 16) * 80 }')" 0 \
	'what helping people costs'
printf '[staff_hour]\nlow = 400\nexpected = 300\nhigh = 100\n' > assumptions.conf
expect 0 report out.psv --inventory out.psv.nodes.csv --assumptions assumptions.conf --timezone UTC --only site,pdf -o dear
sh "$tests/figures.sh" dear/report.json > figures-dear
[ "$(figure payback.people.dear figures-dear)" = 1 ] || fail "helping users is not dear: $(grep people figures-dear)"
pdftotext dear/executive-summary.pdf - | tr '\n' ' ' > dear.page
tr '\n' ' ' < first/index.html | grep -q 'takes more than they free' && fail 'helping users is told to be dear'
for text in dear.page dear/index.html; do
	grep -q 'Helping users takes more than they free in a year' $text || fail "$text does not say that helping users is dear"
done

# So is each kind of help, in words and not as a share.
for finding in idle-jobs:idle_jobs memory:took_all own-or-rent:rents; do
	dear=$(figure "payback.${finding#*:}.dear")
	share=$(figure "payback.${finding#*:}")
	awk -v share="$share" -v dear="$dear" 'BEGIN { exit !(share != "" && (share > 1) == dear) }' || fail "payback of $finding: $share, and dear: $dear"
	told=$(tr '\n' ' ' < "first/findings/${finding%:*}.html" | grep -cE 'more than (comes of it|is saved) in a year') || true
	[ "$told" = "$dear" ] || fail "the page on ${finding%:*} is wrong on whether it comes back within a year"
done
[ "$(figure payback.idle_jobs.dear)" = 1 ] || fail 'no kind of help is dear'
grep -q 'What they held and did not need cost' first/findings/idle-jobs.html || fail 'all who are idle are called some of them'

# Of one node fewer something remains, however little, when nobody changes.
printf '[vcpu_hour]\nexpected = 50\n[rented_gpu_hour]\nexpected = 2000\n' > assumptions.conf
expect 0 report out.psv --inventory out.psv.nodes.csv --assumptions assumptions.conf --timezone UTC --only pdf -o owned
sh "$tests/figures.sh" owned/report.json > figures-owned
[ "$(figure own_or_rent.nothing figures-owned)$(figure own.fewer figures-owned)" = 11 ] || fail 'one node fewer is no matter of a word'
remains=$(awk -F '\t' '$1 == "saving.infrastructure.expected" { print $5 }' figures-owned)
pdftotext owned/executive-summary.pdf - | tr '\n' ' ' | grep -qF "Users do not change. Then $remains a year remain." ||
	fail "it is not told that $remains remain when nobody changes"

# Electricity: watts of all nodes, kind by kind, with what cooling adds. Of carbon nothing is said before it is given.
awk -F '\t' '$1 ~ /^pool\.[0-9]+\.(nodes|watts|keep_users\.expected)$/ { split($1, id, "."); of[id[2], id[3]] = $2; pools = id[2] }
	$1 == "energy.total" { total = $2 }
	$1 == "energy.saved" { saved = $2 }
	END {
		for (p = 1; p <= pools; p++) {
			all += of[p, "nodes"] * of[p, "watts"]
			less += (of[p, "nodes"] - of[p, "keep_users"]) * of[p, "watts"]
		}
		exit !(all > 0 && less > 0 && (total - all * 8.76 * 1.56 / 1000) ^ 2 < 1e-12 && (saved - less * 8.76 * 1.56 / 1000) ^ 2 < 1e-12)
	}' figures || fail "electricity: $(grep '^energy' figures)"
[ "$(figure carbon.total)" = null ] || fail 'carbon is told, but not given'
saving_with grid_carbon 0.5 > /dev/null
same "$(figure carbon.total figures-again)" "$(figure energy.total | awk '{ printf "%.9f", $1 / 2 }')" 1e-4 'carbon at 0.5 kg a kWh'

# It is no money: as a range it moves nothing, and is no row of what moves the saving.
printf '[grid_carbon]\nlow = 0.3\nexpected = 0.4\nhigh = 0.5\n' > assumptions.conf
expect 0 report out.psv --inventory out.psv.nodes.csv --assumptions assumptions.conf --timezone UTC --only data -o again
cmp first/tables/sensitivity.csv again/tables/sensitivity.csv || fail 'a range of carbon is a row of the sensitivity'

# The table and the chart show them, the widest first; and without nodes there is nothing to hang on prices.
[ "$(wc -l < first/tables/sensitivity.csv)" -eq 16 ] || fail "sensitivity.csv: $(cat first/tables/sensitivity.csv)"
top=$(sed -n 2p first/tables/sensitivity.csv | cut -d , -f 1)
grep -q "“$top” moves the saving most" first/assumptions.html || fail 'the chart does not say what moves the saving most'
[ "$(awk -F '\t' '$1 == "sensitivity.top.label" { print $5 }' figures)" = "$top" ] || fail 'another price is called the one on which most hangs'
expect 0 report out.psv --timezone UTC --only data -o bare
sh "$tests/figures.sh" bare/report.json > figures
[ "$(figure sensitivity.prices.low)" = null ] || fail 'without an inventory there is a sensitivity'
! cut -f 1 figures | grep '^sensitivity\.' | grep -v -e prices -e '\.top\.' || fail 'without an inventory a price is moved'
[ "$(wc -l < bare/tables/sensitivity.csv)" -eq 1 ] || fail 'without an inventory there is a table of it'

# Where nothing is uncertain, and nobody gives anything back, the words speak of no range.
"$RECLAIM" assumptions | awk '
	/^#\[/ { key = substr($0, 2) }
	sub(/^#expected=/, "") { value = key == "[adoption]" ? 0 : $0; print key "\nlow = " value "\nexpected = " value "\nhigh = " value }' > assumptions.conf
expect 0 report out.psv --inventory out.psv.nodes.csv --assumptions assumptions.conf --timezone UTC --only site,mail -o point
find point -name '*.html' -exec sed 's/<[^>]*>//g' {} + > words
part point/summary.eml text/plain | tr '\n' ' ' >> words
! grep -oE '([Bb]etween|[Ff]rom) ([^ ]+) (and|to) \2 ' words || fail 'a point is called a range'
grep -qF 'None by itself moves the saving of ' words && grep -q 'At the prices assumed the saving is [^ ]* a year, from the next refresh on\.' words ||
	fail 'the saving is not told without its range'

# Of very many kinds of node the break-even is found as well, but no longer live: its formulas would be longer than Excel takes.
kinds()
{
	awk -v kinds="$1" 'BEGIN {
		print "NODELIST CPUS MEMORY" > "kinds.txt"
		print "JobIDRaw|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NNodes|NodeList" > "kinds.psv"
		for (kind = 1; kind <= kinds; kind++) {
			for (node = 1; node <= 3; node++)
				print "k" kind "n" node, 8 + 4 * kind, 64000 + 8000 * kind > "kinds.txt"
			for (day = 1; day <= 60; day++) {
				date = sprintf("2024-%02d-%02d", 1 + (day > 30), 1 + day % 29)
				printf "%d|u%d|a|COMPLETED|%sT00:00:00|%sT01:00:00|%sT%02d:00:00|%d|%d|4G|1|k%dn%d\n", kind * 100 + day, day % 7, date,
					date, date, 2 + day % 20, 3600 * (1 + day % 20), 1 + (day * kind) % 12, kind, 1 + day % 3 > "kinds.psv"
			}
		}
	}'
	expect 0 run kinds.psv --inventory kinds.txt --timezone UTC --only workbook -m "kinds-$1.map" -o "kinds-$1"
	sh "$tests/figures.sh" "kinds-$1/report.json" > figures
	[ "$(cut -f 1 figures | grep -c '^breakeven\.')" -eq 14 ] || fail "$1 kinds: not every price has a break-even"
	unzip -p "kinds-$1/savings.xlsx" 'xl/worksheets/*' | sed 's/<f>/\n<f>/g' | sed -n 's/^<f>\([^<]*\)<.*/\1/p' |
		sed 's/&[a-z]*;/_/g' | awk '{ longest = length > longest ? length : longest } END { print longest + 0 }' > longest
	[ "$(cat longest)" -gt 1000 ] && [ "$(cat longest)" -le 8192 ] || fail "$1 kinds: a formula of $(cat longest) characters"
	! unzip -p "kinds-$1/savings.xlsx" 'xl/worksheets/*' | grep -q 'ISNUMBER(0)' || fail "$1 kinds: words would become nought"
	unzip -p "kinds-$1/savings.xlsx" xl/styles.xml | grep -qF '[&gt;=100]#,##0;[&lt;0]-#,##0.00;0.00#' || fail "$1 kinds: a break-even with all its digits"
	unzip -p "kinds-$1/savings.xlsx" xl/workbook.xml xl/sharedStrings.xml > strings
	grep -q 'Break-even' strings && echo live || echo plain
	grep -q 'it does not follow them here' strings && echo told || true
}
[ "$(kinds 15)" = live ] || fail '15 kinds of node: the break-even is not live'
[ "$(kinds 16)" = "$(printf 'plain\ntold')" ] || fail '16 kinds of node: formulas for the break-even, or nobody says that there are none'
