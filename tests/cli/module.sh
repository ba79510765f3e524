#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What writes documents stands in a file of its own, which is loaded when the first is written: what only reads, counts or names has
# none of its libraries in memory. Where that file is missing, damaged or another version's, a report says so and leaves nothing
# behind, and all else works. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"
built=$(dirname "$RECLAIM")

cat > export << 'END'
JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NNodes|NodeList|AllocTRES
1|alba|physics|COMPLETED|2025-01-01T00:00:00|2025-01-01T00:00:00|2025-03-12T00:00:00|6048000|8|32G|1|n1|cpu=8,mem=32G,node=1
END

# loading COMMAND...: runs it; what it loads, as the loader of programs tells it, stands in the file loaded.
loading()
{
	rm -f told.*
	(export LD_DEBUG=files LD_DEBUG_OUTPUT="$dir/told"; exec "$RECLAIM" "$@" > out 2> err < /dev/null) || fail "reclaim $*: $(cat err)"
	sed -n 's/.*calling init: //p' told.* > loaded
	grep -q libglib loaded || fail 'the list of what is loaded lacks GLib'
}
# The libraries of pages, pictures, PDF, mail and workbooks, and what these bring along.
writes='documents\.so|cairo|pango|harfbuzz|fontconfig|freetype|libX11|libxml2|xslt|xlsxwriter|gmime|qpdf|libarchive|gnutls'
for command in 'anonymize export --mapping map -o shared' 'check export' 'inventory shared -o nodes' 'tally shared -i nodes -o tally' \
	'reveal --mapping map --reason asked user_0001' 'mapping check map' 'templates -o words'; do
	# shellcheck disable=SC2086 # words of a command
	loading $command
	! grep -E "$writes" loaded || fail "$command loads what writes documents"
done
loading report shared -o report --only site
grep -q 'documents\.so' loaded || fail 'a report does not load what writes documents'
[ -s report/index.html ] || fail 'there is no report'

# A program by itself, and beside a file that is not its own.
mkdir alone
cp "$RECLAIM" alone/reclaim
RECLAIM=$dir/alone/reclaim
refused() # WORDS
{
	expect 1 report shared -o refused
	says "$dir/alone/documents.so, the part of reclaim that writes documents, $1"
	says 'install reclaim again'
	[ -z "$(find . -name 'refused*' -o -name '*.part')" ] || fail "a report that was refused leaves $(ls)"
}
refused 'cannot be loaded (cannot open shared object file: No such file or directory)'
expect 0 anonymize export --mapping map -o again
expect 0 check export > out
cmp -s shared again || fail 'the program by itself anonymizes otherwise'
echo 'no library' > alone/documents.so
refused 'cannot be loaded (file too short)'
version=$("$RECLAIM" --version | sed 's/reclaim //')
other=$(echo "$version" | tr '0-8' '1-9')
LC_ALL=C sed "s/$(echo "$version" | sed 's/\./\\./g')/$other/g" "$built/documents.so" > alone/documents.so
refused "is of version $other and the program of $version"
cp "$built/documents.so" alone/documents.so
expect 0 report shared -o allowed --only site
diff -r report allowed || fail 'the same program writes another report from another folder'
