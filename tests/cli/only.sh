#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Documents that are written without the others are what they are beside them. RECLAIM is the program to test, SAMPLE the folder
# of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"
for tool in gzip sqlite3; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

gzip -dc "$SAMPLE/sacct-2025.psv.gz" | head -n 3000 > raw.psv
expect 0 anonymize raw.psv -m map.csv -o shared.psv
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" -o all

# files DIR: all but the tables, each with where it is from there
files() { (cd "$1" && find . -type f ! -path './tables/*' | sort); }

# is_only KIND FILE...: these are the files of such a report, and they are those of the whole one.
is_only()
{
	kind=$1
	shift
	expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --only "$kind" -o "only-$kind"
	printf './%s\n' manifest.json report.json "$@" | sort > wanted
	files "only-$kind" | diff wanted - > differ || fail "--only $kind: $(cat differ)"
	diff -r "only-$kind/tables" all/tables > differ || fail "--only $kind: $(head -n 5 differ)"
	grep -vE 'manifest\.json|\.html' wanted > same
	while read -r file; do
		cmp "only-$kind/$file" "all/$file" || fail "--only $kind: $file is another"
	done < same
	# The manifest lists what is there, with its digests.
	sqlite3 -separator '  ' :memory: "SELECT json_extract(value, '\$.sha256'), 'only-$kind/' || json_extract(value, '\$.name')
		FROM json_each(CAST(readfile('only-$kind/manifest.json') AS TEXT), '\$.files')" > digests
	[ "$(wc -l < digests)" -eq "$(find "only-$kind" -type f ! -name manifest.json | wc -l)" ] || fail "--only $kind: the manifest lists other files"
	sha256sum --quiet -c digests || fail "--only $kind: digests"
}
is_only data
is_only pdf approval-case.pdf executive-summary.pdf report.pdf
is_only workbook savings.xlsx
is_only mail executive-summary.pdf summary.eml
is_only workbook,mail executive-summary.pdf savings.xlsx summary.eml
pages=$(files all | grep -E '\.html$|assets' | sed 's/^\.\///')
# shellcheck disable=SC2086 # names without spaces
is_only site $pages
# A page differs in nothing but the links to what is not there.
for page in $pages; do
	case $page in *.html) ;; *) continue ;; esac
	sed -E 's/<a [^>]*href="[^"]*\.(pdf|xlsx|eml)"[^>]*>[^<]*<\/a>//g; s/<li><\/li>//g' "all/$page" > one
	sed 's/<li><\/li>//g' "only-site/$page" | cmp -s - one || fail "--only site: $page has other words"
	! grep -qE 'href="[^"]*\.(pdf|xlsx|eml)"' "only-site/$page" || fail "--only site: $page leads to what is not there"
done
grep -q 'href="report.pdf"' all/index.html || fail 'no page leads to a paper'

# The one file is asked for by itself.
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --only data --single-file -o one-file
files one-file | tr '\n' ' ' | grep -qx './manifest.json ./report.html ./report.json ' || fail "with --single-file: $(files one-file)"

# A report of less is a report: another takes its place, with nothing left of it.
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" -o only-data
diff -r only-data all > differ || fail "the whole report in the place of a part of it: $(head -n 5 differ)"
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --only data -o only-data
files only-data | tr '\n' ' ' | grep -qx './manifest.json ./report.json ' || fail "left over: $(files only-data)"
expect 0 run raw.psv -m map.csv --only ' data, data ' --inventory "$SAMPLE/nodes.txt" -o ran
[ -s ran.psv ] && [ ! -e ran/index.html ] || fail 'run --only data'

for wrong in , data, ,site nothing 'site pdf'; do
	expect 2 report shared.psv --only "$wrong" -o no
	says 'there is data, site, pdf, workbook, mail, and several with commas between them'
	[ ! -e no ] || fail "--only '$wrong' was taken"
done
says '--only “site pdf”: there is'
