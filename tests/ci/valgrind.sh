#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# No error and no lost memory in small runs of every command, good ones and one that fails.
# RECLAIM is the program to test, built without sanitizers; SAMPLE the folder of the sample.
set -eu

: "${RECLAIM:?the program to test}" "${SAMPLE:?the folder of the sample}"
case $RECLAIM in */*) RECLAIM=$(cd "$(dirname "$RECLAIM")" && pwd)/$(basename "$RECLAIM") ;; esac
SAMPLE=$(cd "$SAMPLE" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
gzip -dc "$SAMPLE/sacct-2025.psv.gz" | head -n 300 > "$dir/jobs.psv"
head -n 1 "$dir/jobs.psv" > "$dir/empty.psv"
{ head -n 5 "$dir/jobs.psv"; echo 'cut|short'; head -c 300 /dev/urandom; } > "$dir/bad.psv"

# checked STATUS ARGUMENT...
checked()
{
	wanted=$1
	shift
	status=0
	valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
		--suppressions="$here/valgrind.supp" "$RECLAIM" "$@" > "$dir/out" 2> "$dir/err" || status=$?
	if [ "$status" -ne "$wanted" ]; then
		cat "$dir/err"
		echo "valgrind: reclaim $*: exit $status, not $wanted"
		exit 1
	fi
}

# What is known to be lost is found.
cat > "$dir/leak.c" <<'C'
#include <stdlib.h>
int main(void) { return malloc(10) == NULL; }
C
cc -o "$dir/leak" "$dir/leak.c"
RECLAIM=$dir/leak checked 99

cd "$dir"
checked 0 run jobs.psv --inventory "$SAMPLE/nodes.txt" --timezone Europe/Berlin -m map.csv -o report
checked 0 report report.psv --group-by group --only data -o bare
checked 0 check bad.psv --max-bad 100
checked 0 reveal -m map.csv user_0001 --reason valgrind
(umask 077 && echo 'grunt vivid oxbow lethal penny quartz' > pass)
checked 0 anonymize jobs.psv -m map.csv -o shared.psv --encrypt --passphrase-file pass
checked 0 mapping check map.csv --passphrase-file pass
rm map.csv
checked 1 run empty.psv -m map.csv -o report
checked 1 report jobs.psv -o report
checked 2 run
echo 'no error, nothing lost'
