#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# libreoffice.sh WORKBOOK: every formula's cached value is what LibreOffice itself computes.
#
# LibreOffice does not recalculate a foreign workbook unless its profile says so: the workbook is read twice, once as it is
# and once recalculated, and the two are compared cell by cell. To prove that the comparison can fail, a wrong cached
# value is planted first; to prove that the workbook is live, an input is doubled.
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
	/<table:table / { sheet = attribute("table:name") }
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
written=$(unzip -p "$workbook" 'xl/worksheets/*.xml' | grep -o '<f>' | wc -l)
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

# Another digit behind every input, which are the cells that names in_… point to.
unzip -p "$workbook" xl/workbook.xml | grep -o 'name="in_[^<]*' |
	sed -n "s/.*'Assumptions'!\\\$E\\\$\\([0-9]*\\)/s|\\\\(<c r=\"E\\1\"[^>]*><v>[^<]*\\\\)|\\\\11|/p" >"$room/digits.sed"
change "$(cat "$room/digits.sed")" xl/worksheets/sheet2.xml "$room/moved.xlsx"
formulas always "$room/moved.xlsx" >"$room/moved"
if cut -f 3 "$room/moved" | grep -qx error; then
	echo "other inputs break a formula"
	exit 1
fi
if grep -v '^Assumptions' "$room/moved" | grep -v '	text ' | cmp -s - "$room/cached.numbers"; then
	echo "other inputs move nothing"
	exit 1
fi
echo "$count formulas: cached values are what LibreOffice computes; a planted error is noticed; inputs move them"
