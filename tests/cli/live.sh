#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The workbook is the model: a value typed into a blue cell, one or several, or the other column of prices, moves every figure
# as a run with that value does, also how many nodes to own, what would be saved with a price at its low or high value, which
# price moves it most, and from which on acting is not worth it; where there is no value any more it says the same words. LibreOffice
# computes all workbooks in one go. RECLAIM is the program to test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
for tool in soffice zip unzip; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

# report_with ASSUMPTIONS OUTPUT DOCUMENTS
report_with()
{
	expect 0 report out.psv --only "$3" --inventory out.psv.nodes.csv --assumptions "$1" --timezone UTC -o "$2"
}

expect 0 anonymize "$SAMPLE/sacct-2025.psv.gz" --inventory "$SAMPLE/nodes.txt" -m map -o out.psv
: > none.conf
report_with none.conf base workbook
mkdir books cases
unzip -q base/savings.xlsx -d parts

# row NAME: of the sheet of assumptions, in which a defined name stands.
row() { sed 's/<definedName /\n&/g' parts/xl/workbook.xml | sed -n "s/.*name=\"$1\">'Assumptions'!\\\$F\\\$\([0-9]*\)<.*/\1/p"; }

# Blue cells are those into which a number may be typed.
grep -o '<dataValidation type="decimal"[^>]*' parts/xl/worksheets/sheet2.xml | sed 's/.*sqref="E\([0-9]*\)".*/\1/' | sort > blue

# book CASE [PARTS]: the workbook, or that of PARTS, with what cases/CASE.conf says typed into it, and with cases/CASE.sed.
book()
{
	sheet=${2:-parts}/xl/worksheets/sheet2.xml
	[ -f "cases/$1.sed" ] || : > "cases/$1.sed"
	awk '/^\[/ { key = substr($0, 2, length($0) - 2) } /^expected/ { print key, $3 }' "cases/$1.conf" > typed
	while read -r key value; do
		[ -n "$(row "in_$key")" ] || fail "there is no input $key"
		[ -f "cases/$1.chosen" ] ||
			printf '%s\n' "s|\\(<c r=\"E$(row "in_$key")\" s=\"[0-9]*\"\\)/>|\\1><v>$value</v></c>|" >> "cases/$1.sed"
	done < typed
	cp "$sheet" kept
	sed -f "cases/$1.sed" kept > "$sheet"
	cmp -s kept "$sheet" && fail "$1: nothing was typed"
	(cd "${2:-parts}" && zip -q -r "../books/$1.xlsx" .)
	mv kept "$sheet"
}

# A case for each blue cell, halved and doubled by turns; life, in which less is more, and what begins at 1 in their range.
turn=0
"$RECLAIM" assumptions | sed -n 's/^#\(\[.*\]\)$/\1/p; s/^#expected=/expected = /p' > defaults
while read -r group && read -r _ _ value; do
	key=$(echo "$group" | tr -d '[]')
	at=$(row "in_$key")
	grep -qx "$at" blue || continue
	grep -vx "$at" blue > rest || :
	mv rest blue
	turn=$((1 - turn))
	printf '%s\nexpected = %s\n' "$group" "$(awk -v v="$value" -v turn=$turn -v key="$key" 'BEGIN {
		if (key == "pue") print 1.1; else if (key == "vcpus_per_core") print 4; else print turn ? v / 2 : v * 2 }')" > "cases/$key.conf"
done < defaults
[ -s blue ] && fail "blue cells that are no assumption: $(tr '\n' ' ' < blue)"
[ "$(find cases -name '*.conf' | wc -l)" -ge 18 ] || fail "too few cells are blue: $(ls cases)"

# Several together; owning for nothing, and owning that is never worth it; renting for nothing: then numbers of nodes cost the same.
printf '[core_purchase]\nexpected = 300\n[vcpu_hour]\nexpected = 0.02\n[electricity]\nexpected = 0.4\n[staff_hour]\nexpected = 30\n' > cases/several.conf
printf '[staff_hour]\nexpected = 270\n' > cases/acting-dear.conf
printf '[gpu_purchase]\nexpected = 60000\n[rented_gpu_hour]\nexpected = 9\n[node_life]\nexpected = 7\n' > cases/gpus.conf
printf '[vcpu_hour]\nexpected = 60\n[rented_gpu_hour]\nexpected = 600\n' > cases/own-all.conf
printf '[vcpu_hour]\nexpected = 0.0001\n[rented_gpu_hour]\nexpected = 0.001\n' > cases/own-none.conf
printf '[vcpu_hour]\nexpected = 0\n[rented_gpu_hour]\nexpected = 0\n' > cases/rent-free.conf
printf '[node_purchase]\nexpected = 0\n[core_purchase]\nexpected = 0\n[memory_purchase]\nexpected = 0\n[gpu_purchase]\nexpected = 0\n[electricity]\nexpected = 0\n' > cases/own-free.conf

# The other columns of prices are runs in which these are the expected ones, of the same ranges.
for end in Low High; do
	"$RECLAIM" assumptions | awk -v end="$(echo $end | tr LH lh)" '
	/^# .* fixed in the workbook$/ { measures = 1 }
	/^#\[/ { key = substr($0, 2); priced = !measures; measures = 0 }
	priced && /^#(low|high)=/ { print (/^#low/ ? key "\n" : "") substr($0, 2) }
	priced && $0 ~ "^#" end "=" { sub(/^#[a-z]*=/, ""); print "expected = " $0 }' > cases/$end.conf
	touch cases/$end.chosen
	printf '%s\n' "s|<c r=\"F$(row prices)\"\\( s=\"[0-9]*\"\\) t=\"s\"><v>[0-9]*</v>|<c r=\"F$(row prices)\"\\1 t=\"str\"><v>$end</v>|" > cases/$end.sed
done

for conf in cases/*.conf; do
	book "$(basename "$conf" .conf)"
done

# Where nothing was saved something is, at other prices.
report_with cases/own-free.conf free workbook
unzip -q free/savings.xlsx -d free-parts
printf '[node_purchase]\nexpected = 4000\n[core_purchase]\nexpected = 120\n[memory_purchase]\nexpected = 5\n[gpu_purchase]\nexpected = 15000\n[electricity]\nexpected = 0.13\n' > cases/again.conf
book again free-parts

# Without a list of nodes what users free is all there is, and worth nothing where nodes cost nothing.
expect 0 report out.psv --only workbook --timezone UTC -o bare
unzip -q bare/savings.xlsx -d bare-parts
cp cases/own-free.conf cases/bare-free.conf
book bare-free bare-parts
rm cases/bare-free.conf

mkdir -p profile/user computed
cat > profile/user/registrymodifications.xcu <<XML
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
XML
# Every sheet as a table with tabs, numbers with all their digits.
soffice "-env:UserInstallation=file://$dir/profile" --headless \
	--convert-to 'csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,-1' --outdir computed books/*.xlsx > log 2>&1 || fail "$(cat log)"

# figures CASE: id and value of each, or words in its place, or nothing.
figures()
{
	awk -F '\t' -v OFMT=%.17g -v CONVFMT=%.17g '$7 ~ /^[a-z][a-z0-9_]*\./ { print $7 "\t" ($2 ~ /%$/ ? substr($2, 1, length($2) - 1) / 100 : $2) }' "computed/$1-Figures.csv"
}

# compare CASE REPORT: every figure of the one is that of the other. Of a price that was typed there is no range.
compare()
{
	sh "$tests/figures.sh" "$2/report.json" | sort > run
	figures "$1" | sort > book
	awk -F '\t' -v name="$1" '
	function size(x) { return x < 0 ? -x : x }
	function same(a, b) { return a !~ /[^-+.eE0-9]/ && size(a - b) <= 1e-9 * (size(a) > 1 ? size(a) : 1) }
	function wrong(says) { bad++; if (bad <= 12) print name ": " $1 " is " $2 " in the workbook, " says " in a run" }
	NR == FNR { if ($3 != "time") { run[$1] = $2; words[$1] = $5 } next }
	$1 == "sensitivity.top.label" { if ($2 != words[$1]) wrong(words[$1]); next }
	$1 ~ /^sensitivity\./ && $2 != "" { swung++ }
	$1 ~ /^breakeven\./ && $1 in run { sought[run[$1] == "null"]++; if ($2 == "") wrong(words[$1]) }
	$1 ~ /^sensitivity\./ && $2 != "" && !($1 in run) { if (!same($2, run["saving.total.expected"])) wrong("without a range"); next }
	!($1 in run) { next }
	run[$1] == "null" { if ($2 != "" && $2 != words[$1]) wrong(words[$1]); next }
	{
		compared++
		if (!same($2, run[$1])) wrong(run[$1])
	}
	END {
		if (compared < 500 || swung < 20 || sought[0] + sought[1] < 8) { print name ": only " compared + 0 " figures are in both, " swung + 0 " of other prices, " sought[0] + sought[1] " break-evens"; bad++ }
		exit bad > 0
	}' run book || return 1
	if grep -E '#(DIV/0|VALUE|NAME|REF|N/A|NUM|NULL)|Err:[0-9]' "computed/$1"-*.csv > errors; then
		echo "$1: a cell has no value: $(head -n 3 errors)"
		return 1
	fi
	if grep -q 'does not hold' "computed/$1-Checks.csv"; then
		echo "$1: a check does not hold: $(grep 'does not hold' "computed/$1-Checks.csv" | head -n 3)"
		return 1
	fi
}

wrong=0
for conf in cases/*.conf; do
	name=$(basename "$conf" .conf)
	rm -rf again
	report_with "$conf" again data
	compare "$name" again || wrong=$((wrong + 1))
	mv again/report.json "$name.json"
done
[ $wrong -eq 0 ] || fail "$wrong workbooks do not follow"

# The cases are what they are called, so that each end was met.
nodes() { sh "$tests/figures.sh" "$1.json" | awk -F '\t' -v id="pool.1.$2" '$1 == id { print $2 }'; }
[ "$(nodes own-none keep.expected)" -eq 0 ] || fail 'owning is worth something'
[ "$(nodes rent-free keep.expected)" -eq 0 ] || fail 'what is rented for nothing is owned'
[ "$(nodes own-all keep.expected)" -eq "$(nodes own-all nodes)" ] || fail 'with dear rent not all nodes are owned'
[ "$(nodes own-free keep.expected)" -gt 0 ] || fail 'what costs nothing is not owned'
figures own-free | grep -q "^payback.share	nothing is saved" || fail 'something is saved where nodes cost nothing'
[ "$(figures acting-dear | grep -c '^breakeven\.[a-z_]*	[0-9]')" -ge 6 ] || fail 'no price does away with a saving of little more than acting costs'
figures own-all | grep -q "^own.burst.fit	nothing is rented" || fail 'something is rented where all nodes are owned'
[ "$(figures bare-free | grep -cE '^has\.(saving|freed|returned)	0$')" -eq 3 ] || fail 'without a list of nodes users free something that costs nothing'
figures again | grep -q "^payback.share	[0-9]" || fail 'nothing is saved again'

# A workbook that does not follow is noticed: the run of another case.
mkdir other
cp several.json other/report.json
compare gpus other > /dev/null && fail 'another run has the same figures'
echo "$(find cases -name '*.conf' | wc -l) workbooks follow their inputs as a run does"
