#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A small export with one oddity each, and all that is made of it, word for word. UPDATE=1 rewrites what is expected:
# read the difference before it is committed.
set -eu
golden=$(cd "$(dirname "$0")/../golden" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$RECLAIM" run "$golden/jobs.psv" --inventory "$golden/nodes.txt" --timezone UTC --max-bad 100 --mapping map.csv -o out 2>messages
mkdir text
cp out.psv text/shared.psv
# The id is random.
sed 2d map.csv >text/mapping.csv
cp messages text/messages
# The version, and with it every digest, changes with a release; the figures do not.
sed '/"version"/d' out/report.json >text/report.json
cp out/tables/*.csv text/
for page in index findings/own-or-rent findings/memory data-quality; do
	sed 's/<[^>]*>/\n/g; s/reclaim [0-9.]*//' "out/$page.html" | sed 's/^[[:space:]]*//; /^$/d' >"text/$(basename $page).txt"
done

if [ "${UPDATE:-}" = 1 ]; then
	rm -rf "$golden/expected"
	cp -r text "$golden/expected"
	exit 0
fi
diff -r "$golden/expected" text
