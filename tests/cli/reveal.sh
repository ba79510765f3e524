#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What `reclaim reveal` promises. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"

printf '%s\n' kind,name,pseudonym '"user","jsmith","user_0001"' '"account","physics","group_A"' \
	'"group","staff, all","group_A"' '"user","adoe","user_0002"' > map.csv
chmod 600 map.csv

"$RECLAIM" reveal --mapping map.csv user_0002 group_A --reason "ticket 1" > out
printf '%s\t%s\t%s\n' user_0002 user adoe group_A account physics group_A group 'staff, all' | cmp out - ||
	fail "the answer differs: $(cat out)"

# An unknown pseudonym fails, and the others are still answered.
status=0
"$RECLAIM" reveal -m map.csv user_0009 user_0001 -r "ticket 2" > out 2> err || status=$?
[ "$status" -eq 1 ] || fail "an unknown pseudonym: exit $status, not 1"
printf 'user_0001\tuser\tjsmith\n' | cmp out - || fail "the known one was not answered"
grep -qF 'user_0009: not in this mapping' err || fail "the unknown one is not named: $(cat err)"
grep -qF '1 of 2 pseudonyms is unknown' err || fail "how many are unknown is not told: $(cat err)"

# A real name is no pseudonym.
status=0
"$RECLAIM" reveal -m map.csv jsmith -r "ticket 3" > out 2> err || status=$?
if [ "$status" -ne 1 ] || [ -s out ]; then fail "a name was answered"; fi

# What others may read, and is no mapping, needs not be hidden from them.
echo 'JobID|User' > export.psv
expect 1 reveal -m export.psv user_0001 -r x
says 'export.psv: this is not a mapping, which begins with kind,name,pseudonym'

# Nor is a mapping read from a pipe.
status=0
"$RECLAIM" reveal -m - user_0001 -r "ticket 3" < map.csv > out 2> err || status=$?
if [ "$status" -ne 2 ] || [ -s out ]; then fail "a mapping from a pipe: exit $status"; fi
grep -qF 'a mapping is a file, not -' err || fail "a pipe is not refused as a mapping: $(cat err)"

# No mapping is made by asking.
status=0
"$RECLAIM" reveal -m none.csv user_0001 -r "ticket 4" 2> err || status=$?
if [ "$status" -ne 1 ] || [ -e none.csv ]; then fail "a missing mapping: exit $status"; fi
grep -qF 'there is no such mapping' err || fail "the missing mapping is not named: $(cat err)"

chmod 604 map.csv
status=0
"$RECLAIM" reveal -m map.csv user_0001 -r "ticket 5" > out 2> err || status=$?
if [ "$status" -ne 1 ] || [ -s out ]; then fail "a mapping open to others was read"; fi
chmod 600 map.csv

# What anonymize assigns, reveal gives back.
printf '%s\n' 'User|Account|End' 'zo|phys|Unknown' > jobs.psv
"$RECLAIM" anonymize jobs.psv -m new.csv -o shared.psv 2> err
"$RECLAIM" reveal -m new.csv user_0001 -r "ticket 6" > out
printf 'user_0001\tuser\tzo\n' | cmp out - || fail "the round trip differs"

# A name in quotes may have line ends, which are no second answer.
printf 'User,Account,End\n"zo\nuser_0002\tuser\tford",phys,Unknown\n' > quoted.csv
"$RECLAIM" anonymize quoted.csv -m quoted.map -o shared.csv 2> err || fail "$(cat err)"
printf 'user_0001\tuser\tzo\\x0auser_0002\\x09user\\x09ford\n' > wanted
"$RECLAIM" reveal -m quoted.map user_0001 -r "ticket 7" > out
cmp out wanted || fail "a name of two lines is told as $(cat out)"
"$RECLAIM" mapping list quoted.map --names -r "ticket 8" | head -n 1 | cmp - wanted || fail 'a name of two lines is listed as two'

# The log: when, who, which pseudonym and why, a line each; never a name. What was not answered, or was no pseudonym, too.
who=$(id -un)
sed 's/^....-..-..T..:..:..Z	/WHEN	/' map.csv.log > got
printf 'WHEN\t%s\t%s\t%s\n' "$who" user_0002 'ticket 1' "$who" group_A 'ticket 1' "$who" user_0009 'ticket 2' \
	"$who" user_0001 'ticket 2' | cmp got - || fail "the log differs: $(cat map.csv.log)"
[ "$(stat -c %a map.csv.log)" = 600 ] || fail "the log has mode $(stat -c %a map.csv.log)"
! grep -qE 'jsmith|physics|adoe|staff' map.csv.log || fail "a name is in the log"
(umask 0 && "$RECLAIM" reveal -m new.csv user_0001 -r 'under no umask' > out)
[ "$(stat -c %a new.csv.log)" = 600 ] || fail "under umask 0 the log has mode $(stat -c %a new.csv.log)"

# refused WORDS ARGUMENT...: exit 1 or 2, no answer, these words.
refused()
{
	wanted=$1
	shift
	status=0
	"$RECLAIM" reveal -m map.csv "$@" < /dev/null > out 2> err || status=$?
	case $status in 1 | 2) ;; *) fail "reveal $*: exit $status" ;; esac
	[ ! -s out ] || fail "reveal $*: answered"
	grep -qF -- "$wanted" err || fail "reveal $*: does not say \"$wanted\": $(cat err)"
}

# No reason, no answer.
cp map.csv.log before.log
refused '--reason TEXT is missing' user_0001
refused '--reason is empty' user_0001 --reason ''
refused '--reason is empty' user_0001 --reason '  	'
# Whoever may change the folder can put another mapping there, of somebody else's pseudonyms, and take away the log.
chmod o+w .
refused 'others may change its folder' user_0001 -r "ticket 5"
chmod o-w .
cmp map.csv.log before.log || fail "a refused question is in the log"

# A reason cannot forge a line.
"$RECLAIM" reveal -m map.csv user_0001 -r "$(printf 'x\n2020-01-01T00:00:00Z\troot\tuser_0002\ty\r\033[2K\302\205')" > out
[ "$(wc -l < map.csv.log)" -eq $(($(wc -l < before.log) + 1)) ] || fail "a reason made a line of its own"
tail -n 1 map.csv.log | grep -qF '	x\x0a2020-01-01T00:00:00Z\x09root\x09user_0002\x09y\x0d\x1b[2K\xc2\x85' ||
	fail "the reason is not kept as it was: $(tail -n 1 map.csv.log)"
long=$(printf '%0500d' 7)
"$RECLAIM" reveal -m map.csv user_0001 -r "$long" > out
grep -q "	$long\$" map.csv.log || fail "a long reason was cut"

# A line that was cut, by a full disk, is not continued.
printf '2026-01-01T0' >> map.csv.log
"$RECLAIM" reveal -m map.csv user_0001 -r after > out
tail -n 2 map.csv.log | head -n 1 | grep -qx '2026-01-01T0' || fail "a cut line was continued"

# Nothing is revealed when the log cannot be written, or is not what it should be.
chmod 640 map.csv.log
refused 'is open to other users' user_0001 -r x
chmod 600 map.csv.log
mv map.csv.log real.log
cp real.log copy.log
ln -s real.log map.csv.log
refused 'map.csv.log: is a symbolic link' user_0001 -r x
cmp real.log copy.log || fail "a symbolic link was followed"
rm map.csv.log
mkdir map.csv.log
refused 'map.csv.log' user_0001 -r x
rmdir map.csv.log
mkfifo map.csv.log
chmod 600 map.csv.log
refused 'map.csv.log: is not a regular file' user_0001 -r x
rm map.csv.log
mv real.log map.csv.log
said=$(trap '' XFSZ; ulimit -f 0; "$RECLAIM" reveal -m map.csv user_0001 -r x 2>&1 < /dev/null) &&
	fail "a full disk: answered: $said"
case $said in *jsmith*) fail "a full disk: answered" ;; esac
case $said in *'map.csv.log: cannot be written'*) ;; *) fail "a full disk: $said" ;; esac

# Many who ask at once: no line is lost or mixed.
lines=$(wc -l < map.csv.log)
for i in 1 2 3 4 5 6 7 8; do
	"$RECLAIM" reveal -m map.csv user_0001 user_0002 -r "at once $i" > out$i &
done
wait
[ "$(tail -n "+$((lines + 1))" map.csv.log | grep -cE '^[^	]*	[^	]*	user_000[12]	at once [1-8]$')" -eq 16 ] ||
	fail "lines were lost: $(tail -n "+$((lines + 1))" map.csv.log)"

# A report and a shareable file are not touched.
sha256sum shared.psv shared.psv.manifest.json > sums
"$RECLAIM" reveal -m new.csv user_0001 -r again > out
sha256sum -c --quiet sums || fail "the shareable file was touched"
