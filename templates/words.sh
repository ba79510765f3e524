#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints, a line each, the words that the program itself may put into a file: those of its templates, of the literals of the
# rooms whose text gets into one, and of the libraries that write some. A login that is one of them would be found anywhere.
# words.sh FILE...
set -eu
export LC_ALL=C

# A name in a comment is none of them.
uncommented()
{
	sed -e 's,/\*[^*]*\*/,,g' -e 's,/\*.*$,,' -e '/^[[:space:]]* \*[[:space:]]/d' "$1"
}

texts()
{
	for file in "$@"; do
		case $file in
		src/record/*.c | src/privacy/policy.c | src/measure/*.c | src/finding/*.c | src/report/*.c | \
			src/render/*.c | src/command/*manifest.c | src/command/manifest_sharing.c | src/command/disclosure.c | charts/*.c)
			uncommented "$file" | grep -oh '"[^"]*"' |
				sed 's/\\x[0-9a-fA-F][0-9a-fA-F]/ /g; s/\\[a-z0-9]/ /g; s/%[-0-9.*]*l*[a-zA-Z]/ /g' || :
			;;
		templates/*.[ch]) ;;
		templates/*) cat "$file" ;;
		esac
	done
	# libxlsxwriter, and how dates are printed
	cat <<'END'
Calibri Cambria Office Theme Normal Default General Hyperlink Title Heading Sheet sheet1 Table table1 Microsoft Excel Print
Area Titles workbook worksheet worksheets sharedStrings styles theme theme1 docProps app core rels xl Content Types comments1
From To Subject Date Message ID MIME Version multipart mixed alternative related plain utf quoted printable base64 cid
inline attachment application openxmlformats officedocument spreadsheetml
drawing drawings media Author Comment vmlDrawing1 metadata custom xml png
January February March April May June July August September October November December
Jan Feb Mar Apr Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun
FilterDatabase Ranges xlnm p50 p75 p80 p85 p90 p95 p99
END
	# What Slurm calls resources of its own, in every row
	echo 'billing fs disk'
	for i in $(seq 30); do
		echo "sheet$i table$i"
	done
}

texts "$@" | tr -cs 'A-Za-z0-9\200-\377' '\n' | tr 'A-Z' 'a-z' | grep '[a-z]' | sort -u
