#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What `reclaim reveal` promises. RECLAIM is the program to test.
set -eu

: "${RECLAIM:?the program to test}"
case $RECLAIM in */*) RECLAIM=$(cd "$(dirname "$RECLAIM")" && pwd)/$(basename "$RECLAIM") ;; esac
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

fail()
{
	echo "reveal.sh: $*" >&2
	exit 1
}

printf '%s\n' kind,name,pseudonym '"user","jsmith","user_0001"' '"account","physics","group_A"' \
	'"group","staff, all","group_A"' '"user","adoe","user_0002"' > map.csv
chmod 600 map.csv

"$RECLAIM" reveal --mapping map.csv user_0002 group_A > out
printf '%s\t%s\t%s\n' user_0002 user adoe group_A account physics group_A group 'staff, all' | cmp out - ||
	fail "the answer differs: $(cat out)"

# An unknown pseudonym fails, and the others are still answered.
status=0
"$RECLAIM" reveal -m map.csv user_0009 user_0001 > out 2> err || status=$?
[ "$status" -eq 1 ] || fail "an unknown pseudonym: exit $status, not 1"
printf 'user_0001\tuser\tjsmith\n' | cmp out - || fail "the known one was not answered"
grep -qF 'user_0009: not in this mapping' err || fail "the unknown one is not named: $(cat err)"

# A real name is no pseudonym.
status=0
"$RECLAIM" reveal -m map.csv jsmith > out 2> err || status=$?
if [ "$status" -ne 1 ] || [ -s out ]; then fail "a name was answered"; fi

# No mapping is made by asking.
status=0
"$RECLAIM" reveal -m none.csv user_0001 2> err || status=$?
if [ "$status" -ne 1 ] || [ -e none.csv ]; then fail "a missing mapping: exit $status"; fi
grep -qF 'there is no such mapping' err || fail "the missing mapping is not named: $(cat err)"

chmod 604 map.csv
status=0
"$RECLAIM" reveal -m map.csv user_0001 > out 2> err || status=$?
if [ "$status" -ne 1 ] || [ -s out ]; then fail "a mapping open to others was read"; fi
chmod 600 map.csv

# What anonymize assigns, reveal gives back.
printf '%s\n' 'User|Account|End' 'zo|phys|Unknown' > jobs.psv
"$RECLAIM" anonymize jobs.psv -m new.csv -o shared.psv 2> err
"$RECLAIM" reveal -m new.csv user_0001 > out
printf 'user_0001\tuser\tzo\n' | cmp out - || fail "the round trip differs"
