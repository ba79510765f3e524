#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# After `make install`: a report can be written from where everything was put. RECLAIM is the program, there,
# DOC the folder of the documentation, in which is what the manual and the README refer to.
DOC=$(cd "$DOC" && pwd)
. "$(dirname "$0")/cli/begin.sh"
cat > shared << 'END'
JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NNodes|NodeList|AllocTRES
1|user_0001|group_A|COMPLETED|2025-01-01T00:00:00|2025-01-01T00:00:00|2025-03-12T00:00:00|6048000|8|32G|1|n1|cpu=8,mem=32G,node=1
END
expect 0 report shared -o report
for page in $(sed -n 's/^[.]Pa \([a-z-]*[.]md\)$/\1/p' "$tests/doc/reclaim.1") \
	$(sed -n 's/.*](doc\/\([a-z-]*[.]md\)).*/\1/p' "$tests/README.md"); do
	[ -s "$DOC/$page" ] || fail "$page is not installed"
done
[ -s report/executive-summary.pdf ] || fail 'the report has no executive-summary.pdf'
