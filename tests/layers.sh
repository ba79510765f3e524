#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Who may include whom. Data flows to the right, includes go to the left.
set -eu
cd "${srcdir:-.}"
failed=0

complain() {
	echo "$1"
	failed=1
}

# room: the rooms whose headers it may include
rooms='base
source base
record base source
privacy base source record
measure base source record
finding base measure
report base measure finding charts templates
render base report charts templates'

allowed() { # ROOM HEADER
	room=$1
	header=$2
	target=${header%%/*}
	[ "$room" = "$target" ] && return 0
	if [ "$room" = report ] && [ "$target" = charts ]; then
		case $header in charts/chart.h) return 0 ;; *) return 1 ;; esac
	fi
	case " $(echo "$rooms" | sed -n "s/^$room //p") " in *" $target "*) return 0 ;; esac
	return 1
}

check_room() { # ROOM FILE...
	room=$1
	shift
	for file in "$@"; do
		for header in $(sed -n 's/^#include "\(.*\)"$/\1/p' "$file"); do
			case $header in */*) ;; *) complain "$file: includes $header without its room" ;; esac
			[ "$room" = command ] || allowed "$room" "$header" || complain "$file: $room may not include $header"
		done
	done
}

for room in base source record privacy measure finding report render command; do
	check_room "$room" src/"$room"/*.[ch]
done
check_room_charts='base charts'
for file in charts/*.[ch]; do
	for header in $(sed -n 's/^#include "\(.*\)"$/\1/p' "$file"); do
		case " $check_room_charts " in *" ${header%%/*} "*) ;; *) complain "$file: charts may not include $header" ;; esac
	done
done

# Outside libraries, and the only files that may include them.
only() { # LIBRARY-HEADER-PATTERN FILE-PATTERN
	for file in $(grep -lE "^#include <($1)" src/*/*.[ch] src/main.c charts/*.[ch] || true); do
		echo "$file" | grep -qE "$2" || complain "$file: may not include <$1…>"
	done
}
only 'openssl/' '^src/base/digest'
only 'csv\.h|zlib\.h|zstd\.h' '^src/source/'
only 'cairo|pango' '^(charts/(canvas_cairo|text)\.[ch]|src/render/(pdf|mail_picture|logo))'
only 'libxml/|libxslt/' '^src/render/(html|xlsx_verify)'
only 'xlsxwriter' '^src/render/xlsx'
only 'gmime' '^src/render/mail'
only 'cmark' '^src/report/narrative'
only 'qpdf/|archive' '^src/render/'
only 'gpgme|gpg-error' '^src/privacy/(gpg_|vault)'
only 'dlfcn' '^src/command/documents_load'
only 'json-glib' '^src/(render/json|command/|base/outdir_former)'

# What only main.c and command/ may do.
for word in 'exit(' 'getenv(' 'setlocale(' 'stderr' 'g_get_real_time(' 'time(NULL)'; do
	for file in $(grep -lF "$word" src/base/*.c src/source/*.c src/record/*.c src/privacy/*.c src/measure/*.c \
		src/finding/*.c src/report/*.c src/render/*.c charts/*.c || true); do
		if grep -F "$word" "$file" | grep -vqE "_exit\(|${word%(}_[a-z]*\(|[a-z_]${word%%(*}\("; then
			complain "$file: uses $word"
		fi
	done
done

# Columns, tabs eight wide. A text in quotes is not broken for its length.
for file in $(LC_ALL=C.UTF-8 wc -L src/*.[ch] src/*/*.[ch] charts/*.[ch] sample-data/*.[ch] tests/*.[ch] tests/*/*.[ch] |
	awk '$1 > 100 && $2 != "total" { print $2 }'); do
	wide=$(expand "$file" | LC_ALL=C.UTF-8 grep -nE '^.{101,}' | grep -v '"' | cut -d: -f1 | tr '\n' ' ')
	[ -z "$wide" ] || complain "$file: lines wider than 100 columns: $wide"
done
exit $failed
