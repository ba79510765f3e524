#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# libreoffice.sh WORKBOOK: every formula's cached value is what LibreOffice itself computes.
#
# LibreOffice does not recalculate a foreign workbook unless its profile says so: the workbook is read twice, once as it is
# and once recalculated, and the two are compared cell by cell. To prove that the comparison can fail, a wrong cached
# value is planted first; to prove that the workbook is live, inputs are typed, another scenario is chosen, and a figure is
# changed that the checks have to notice. The charts are still there when LibreOffice has saved it.
set -eu

workbook=${1:?usage: libreoffice.sh WORKBOOK}
for tool in soffice zip unzip; do
	if ! command -v "$tool" >/dev/null 2>&1; then
		echo "skipped: $tool is not installed"
		exit 77
	fi
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 1' INT TERM

# profile NAME MODE: 0 recalculates always, 1 never.
profile() {
	mkdir -p "$room/$1/user"
	cat >"$room/$1/user/registrymodifications.xcu" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>$2</value></prop></item>
</oor:items>
XML
}

# formulas PROFILE WORKBOOK: one line per formula cell, "sheet <tab> formula <tab> value".
formulas() {
	rm -rf "$room/flat"
	soffice "-env:UserInstallation=file://$room/$1" --headless --convert-to fods --outdir "$room/flat" "$2" \
		>"$room/log" 2>&1 || { cat "$room/log" >&2; exit 1; }
	awk '
	function attribute(name,    at, rest) {
		at = index($0, " " name "=\"")
		if (!at) return ""
		rest = substr($0, at + length(name) + 3)
		return substr(rest, 1, index(rest, "\"") - 1)
	}
	# Charts keep a table of their own.
	/<table:table / && attribute("table:name") != "local-table" { sheet = attribute("table:name") }
	/<table:table-cell / && / table:formula=/ {
		value = attribute("office:value")
		if (attribute("calcext:value-type") == "error") value = "error"
		else if (value == "") value = "text " attribute("office:string-value")
		print sheet "\t" attribute("table:formula") "\t" value
	}' "$room/flat/$(basename "$2" .xlsx).fods"
}

# compare CACHED RECALCULATED: prints what differs; false when anything does.
compare() {
	paste "$1" "$2" | awk -F '\t' '
	function size(x) { return x < 0 ? -x : x }
	{
		same = $3 == $6
		if (!same && $3 $6 !~ /[a-z]/ && $3 != "" && $6 != "")
			same = size($3 - $6) <= 1e-9 * (size($3) > 1 ? size($3) : 1)
		if ($6 == "error" || $1 != $4 || !same) {
			bad++
			if (bad <= 10) print "  " $1 ": " $2 " is " $3 ", recalculated " $6
		}
	}
	END { exit bad > 0 }'
}

# change SED MEMBER TARGET: a copy of the workbook with one part edited.
change() {
	rm -rf "$room/parts"
	unzip -q "$workbook" -d "$room/parts"
	sed "$1" "$room/parts/$2" >"$room/edited"
	if cmp -s "$room/edited" "$room/parts/$2"; then
		echo "nothing to change in $2"
		exit 1
	fi
	cp "$room/edited" "$room/parts/$2"
	rm -f "$3"
	(cd "$room/parts" && zip -q -r "$3" .)
}

profile never 1
profile always 0

formulas never "$workbook" >"$room/cached"
formulas always "$workbook" >"$room/fresh"
grep -v '^Assumptions' "$room/cached" | grep -v '	text ' >"$room/cached.numbers"
count=$(wc -l <"$room/cached")
written=$(unzip -p "$workbook" 'xl/worksheets/*.xml' | grep -o '<f[ >]' | wc -l)
if [ "$count" -eq 0 ] || [ "$count" -ne "$written" ]; then
	echo "the workbook has $written formulas, LibreOffice sees $count"
	exit 1
fi
if ! compare "$room/cached" "$room/fresh"; then
	echo "cached values are not what LibreOffice computes"
	exit 1
fi

sheet=$(unzip -Z1 "$workbook" 'xl/worksheets/sheet*.xml' | sort | while read -r part; do
	if unzip -p "$workbook" "$part" | grep -q '</f><v>[-0-9]'; then
		echo "$part"
		break
	fi
done)
change 's|</f><v>[-0-9][^<]*</v>|</f><v>123456.5</v>|' "$sheet" "$room/planted.xlsx"
formulas never "$room/planted.xlsx" >"$room/planted"
formulas always "$room/planted.xlsx" >"$room/fresh"
if compare "$room/planted" "$room/fresh" >/dev/null; then
	echo "a planted wrong value was not noticed"
	exit 1
fi

# cell NAME: where a defined name points to, as "E12".
cell() {
	unzip -p "$workbook" xl/workbook.xml | grep -o "name=\"$1\">[^<]*" | sed 's/.*!//; s/\$//g'
}

# A value of one's own beside every input, which are the cells that names in_… point to.
unzip -p "$workbook" xl/workbook.xml | grep -o 'name="in_[^<]*' |
	sed -n "s/.*'Assumptions'!\\\$F\\\$\\([0-9]*\\)/s|\\\\(<c r=\"E\\1\" s=\"[0-9]*\"\\\\)\/>|\\\\1><v>7<\/v><\/c>|/p" >"$room/values.sed"
change "$(cat "$room/values.sed")" xl/worksheets/sheet2.xml "$room/moved.xlsx"
formulas always "$room/moved.xlsx" >"$room/moved"
if cut -f 3 "$room/moved" | grep -qx error; then
	echo "other inputs break a formula"
	exit 1
fi
if grep -v '^Assumptions' "$room/moved" | grep -v '	text ' | cmp -s - "$room/cached.numbers"; then
	echo "other inputs move nothing"
	exit 1
fi
if ! grep -q '	text Inputs have been changed' "$room/moved"; then
	echo "the summary does not say that inputs have been changed"
	exit 1
fi

# choose NAME WHAT: the values of all formulas, with another choice, in chosen.
choose() {
	change "s|<c r=\"$(cell "$1")\"\\( s=\"[0-9]*\"\\) t=\"s\"><v>[0-9]*</v>|<c r=\"$(cell "$1")\"\\1 t=\"str\"><v>$2</v>|" \
		xl/worksheets/sheet2.xml "$room/choice.xlsx"
	formulas always "$room/choice.xlsx" >"$room/chosen"
	if cut -f 3 "$room/chosen" | grep -qx error; then
		echo "$1 $2 breaks a formula"
		exit 1
	fi
}

# value FILE SHEET FORMULA: the value of the formula that contains these words.
value() {
	awk -F '\t' -v sheet="$2" -v words="$3" '$1 == sheet && index($2, words) { print $3; exit }' "$1"
}

# The scenario picks the figure that the report has for it, at the same prices.
for scenario in Low High; do
	choose scenario $scenario
	figure=fig_saving_total_$(echo $scenario | tr LH lh)
	wanted=$(value "$room/cached" Summary "of:=$figure")
	found=$(value "$room/chosen" Summary "$figure;")
	if [ -n "$wanted" ] && [ "$found" != "$wanted" ]; then
		echo "scenario $scenario: the saving is $found, in the report $wanted"
		exit 1
	fi
done
choose prices High
if grep -v '^Assumptions' "$room/chosen" | grep -v '	text ' | cmp -s - "$room/cached.numbers"; then
	echo "other prices move nothing"
	exit 1
fi

# A wrong figure: the checks hold before, and do not after.
checks=0
if grep -q '^Checks' "$room/cached"; then
	checks=$(grep -c '^Checks.*	text holds$' "$room/cached")
	if grep -q '	text does not hold' "$room/cached"; then
		echo "a check does not hold"
		exit 1
	fi
	change "s|\\(<c r=\"$(cell fig_ledger_hours)\"[^>]*><v>\\)[^<]*|\\1123456.5|" xl/worksheets/sheet3.xml "$room/wrong.xlsx"
	formulas always "$room/wrong.xlsx" >"$room/wrong"
	if ! grep -q '^Checks.*	text does not hold$' "$room/wrong" || ! grep -q '^Summary.*	text .*do not hold' "$room/wrong"; then
		echo "the checks do not notice a wrong figure"
		exit 1
	fi
fi

# charts WORKBOOK: how many it has.
charts() {
	unzip -Z1 "$1" | grep -c '^xl/charts/chart[0-9]*\.xml$' || true
}

# Saved by LibreOffice, it has its charts still.
soffice "-env:UserInstallation=file://$room/never" --headless --convert-to xlsx --outdir "$room/saved" "$workbook" >"$room/log" 2>&1
drawn=$(charts "$workbook")
kept=$(charts "$room/saved/$(basename "$workbook")")
if [ "$drawn" -ne "$kept" ]; then
	echo "LibreOffice saves $kept of $drawn charts"
	exit 1
fi
echo "$count formulas: cached values are what LibreOffice computes; a planted error is noticed; inputs and scenarios move them;" \
	"$checks checks notice a wrong figure; $drawn charts"
