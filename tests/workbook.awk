# SPDX-License-Identifier: Apache-2.0
# A sheet of a workbook, as the program writes them → its cells that hold numbers, as lines "row TAB column TAB value", the value of
# a formula like any other: awk -f workbook.awk sheet4.xml
BEGIN { RS = "<c "; FS = "\"" }

NR > 1 && $1 == "r=" && $0 !~ / t="(s|str|inlineStr|b|e)"/ && index($0, "<v>") {
	column = 0
	letters = $2
	gsub(/[0-9]/, "", letters)
	for (i = 1; i <= length(letters); i++)
		column = column * 26 + index("ABCDEFGHIJKLMNOPQRSTUVWXYZ", substr(letters, i, 1))
	value = substr($0, index($0, "<v>") + 3)
	value = substr(value, 1, index(value, "</v>") - 1)
	print substr($2, length(letters) + 1) "\t" column "\t" (value ~ /E/ ? sprintf("%.15f", value) : value)
}
