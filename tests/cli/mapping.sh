#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What is promised of the mapping as a file, and `reclaim mapping`. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"

# expect STATUS ARGUMENT...: runs it with standard output in the file out and standard error in the file err.
expect()
{
	wanted=$1
	shift
	status=0
	"$RECLAIM" "$@" < /dev/null > out 2> err || status=$?
	[ "$status" -eq "$wanted" ] || fail "reclaim $*: exit $status, not $wanted: $(cat err)"
}

# export NAME USER...: an export in which each of them has a job.
export_of()
{
	name=$1
	shift
	{ echo 'User|Account|End'; for user in "$@"; do echo "$user|physics|Unknown"; done; } > "$name"
}

export_of jobs.psv ann bob
export_of more.psv bob eve
expect 0 anonymize jobs.psv -m map.csv -o shared.psv
cp -p map.csv first.csv

# The same mapping gives the same pseudonyms in every export.
expect 0 anonymize more.psv -m map.csv -o more.shared
printf '%s\n' 'User|Account|End' 'user_0002|group_A|Unknown' 'user_0003|group_A|Unknown' | cmp more.shared - ||
	fail "a later export has other pseudonyms"
sed '$d' first.csv > begins
head -n "$(wc -l < begins)" map.csv | cmp - begins || fail "the mapping was renumbered"

# list: names only when asked for and accounted for.
expect 0 mapping list map.csv
printf '%s\n' 'user_0001	user' 'group_A	account' 'user_0002	user' 'user_0003	user' | cmp out - || fail "list: $(cat out)"
[ ! -e map.csv.log ] || fail "listing pseudonyms was logged"
expect 0 mapping list map.csv --names --reason 'yearly review'
printf '%s\n' 'user_0001	user	ann' 'group_A	account	physics' 'user_0002	user	bob' 'user_0003	user	eve' | cmp out - ||
	fail "list --names: $(cat out)"
[ "$(cut -f 2- map.csv.log)" = "$(id -un)	all names	yearly review" ] || fail "the log says: $(cat map.csv.log)"
chmod 644 map.csv.log
expect 1 mapping list map.csv --names --reason 'yearly review'
[ ! -s out ] || fail "names were listed although the log is open to others"
rm -f map.csv.log

# check
expect 0 mapping check map.csv
id=$(sed -n '2s/.*"\([0-9a-f]*\)-[0-9a-f]*"$/\1/p' map.csv)
grep -q "^id *$id\$" out || fail "check does not show the id $id: $(cat out)"
grep -q '^encrypted *no$' out || fail "check: $(cat out)"
grep -q '^file *whole, and readable by you alone$' out || fail "check: $(cat out)"
grep -q '^user *3$' out && grep -q '^account *1$' out && grep -q '^group *0$' out || fail "check miscounts: $(cat out)"
sed 's/user_0003/user_0001/' map.csv > twice.csv
chmod 600 twice.csv
expect 1 mapping check twice.csv
says 'twice.csv, line 6: this pseudonym stands here a second time'
# Half a file is taken for nothing: its pseudonyms would go to others.
cp -p map.csv whole.csv
for lines in 0 1 2 3 4 5; do
	head -n $lines whole.csv > map.csv
	for action in 'list map.csv' 'check map.csv' 'merge map.csv whole.csv -o no.csv'; do
		# shellcheck disable=SC2086 # words
		expect 1 mapping $action
		says 'map.csv'
	done
	expect 1 anonymize jobs.psv -m map.csv -o x.psv
	[ ! -e x.psv ] && [ "$(wc -l < map.csv)" -eq $lines ] || fail "a mapping of $lines lines was extended"
done
says 'its last line is missing: the file was cut short'
cp -p whole.csv map.csv
sed 5d map.csv > taken.csv
chmod 600 taken.csv
expect 1 mapping check taken.csv
says 'taken.csv, line 6: there are not as many names as this line says'
sed '2s/"5"/"6"/' map.csv > future.csv
chmod 600 future.csv
expect 1 mapping check future.csv
says 'of a later format'
expect 1 anonymize jobs.psv -m future.csv -o x.psv
[ ! -e x.psv ] || fail "a mapping of the future was used"
chmod 640 first.csv
expect 1 mapping check first.csv
says 'is open to other users'
chmod 600 first.csv

# merge: one extended twice, where nothing contradicts; otherwise refused, without a name.
expect 0 mapping merge first.csv map.csv -o joined.csv
cmp joined.csv map.csv || fail "merging with a later state gives: $(cat joined.csv)"
[ "$(stat -c %a joined.csv)" = 600 ] || fail "a merged mapping has mode $(stat -c %a joined.csv)"
expect 1 mapping merge first.csv map.csv -o joined.csv
says 'must be a new file'
cp -p first.csv apart.csv
export_of other.psv zoe
expect 0 anonymize other.psv -m apart.csv -o other.shared
expect 1 mapping merge map.csv apart.csv -o no.csv
says 'user_0003 is one user in map.csv and another in apart.csv: each has given it to a new one'
sed 's/"eve"/"walt"/; s/"bob"/"eve"/' map.csv > swapped.csv
chmod 600 swapped.csv
expect 1 mapping merge map.csv swapped.csv -o no.csv
says 'user_0003 of map.csv and user_0002 of swapped.csv are the same user'
! grep -qE 'ann|bob|eve|zoe|walt' err || fail "a refusal names somebody: $(cat err)"
expect 0 anonymize jobs.psv -m foreign.csv -o foreign.shared
expect 1 mapping merge map.csv foreign.csv -o no.csv
says 'have different ids'
sed '2d; $d' first.csv > old.csv
chmod 600 old.csv
expect 0 mapping check old.csv
grep -q '^file *of an older format, which does not show whether a part is missing; readable by you alone$' out || fail "check: $(cat out)"
expect 0 mapping merge old.csv map.csv -o fromold.csv
cmp fromold.csv map.csv || fail "merging with one of the first format gives: $(cat fromold.csv)"
[ ! -e no.csv ] || fail "a refused merge left a file"

# destroy: asks, takes only a mapping, says what is not destroyed.
expect 2 mapping destroy joined.csv
[ -e joined.csv ] || fail "destroyed without a confirmation"
ln joined.csv hardlink.csv
cp joined.csv saved.csv
expect 0 mapping destroy joined.csv --yes
says 'SSD'
says 'the raw exports still hold the names, and so do internal reports that were made with it'
! grep -q 'joined.csv\.' err || fail "of a log that is not there it is said that it stays: $(cat err)"
[ ! -e joined.csv ] || fail "a destroyed mapping is still there"
[ "$(stat -c %s hardlink.csv)" = "$(stat -c %s saved.csv)" ] || fail "it was not overwritten"
! grep -qE 'ann|bob|eve|user' hardlink.csv || fail "its old bytes are still there"
umask 077
echo precious > letter
# What a run that was killed left beside it holds the names as well.
expect 0 anonymize jobs.psv -m left.csv -o left.psv
cp left.csv .left.csv.part
echo ann > .left.csv.out.reclaim-abc123.part
exec 4< .left.csv.part
echo '{}' > left.csv.log
expect 0 mapping destroy left.csv --yes
says 'what left.csv.log says of who asked for whom stays'
says 'what left.csv.releases.json says of which export became what stays'
rm left.csv.log
[ ! -e .left.csv.part ] || fail "what a killed run left is still there"
! grep -qa kind,name <&4 || fail "what a killed run left was removed, but not overwritten"
[ ! -e .left.csv.out.reclaim-abc123.part ] || fail "what a killed run had not looked through is still there"
exec 4<&-
# What could not be overwritten to its end is known for a mapping all the same, and can be destroyed when that is mended.
awk 'BEGIN { for (i = 0; i < 200; i++) printf "%d|user%d|physics|COMPLETED|2025-01-01T00:00:00|2025-01-01T00:00:00|2025-01-01T01:00:00|3600|1\n", i, i }' > crowd
"$RECLAIM" anonymize crowd --columns JobIDRaw,User,Account,State,Submit,Start,End,ElapsedRaw,AllocCPUS -m half.csv -o half.psv 2> err ||
	fail "$(cat err)"
(trap '' XFSZ; ulimit -f 4; expect 1 mapping destroy half.csv --yes; says 'half.csv: cannot be overwritten: File too large')
[ -s half.csv ] || fail "what could not be overwritten was removed"
expect 0 mapping destroy half.csv --yes
[ ! -e half.csv ] || fail "what was destroyed in part is still there"
echo notes > letter.scan.log
expect 1 mapping destroy letter --yes
says 'there is no mapping here'
[ "$(cat letter.scan.log)" = notes ] || fail "beside what is no mapping something was destroyed"
# What is none need not be hidden from others; one that is open to them must be.
for open in letter left.psv; do
	chmod 644 $open
	for action in list check 'destroy --yes'; do
		# shellcheck disable=SC2086 # words
		expect 1 mapping $action $open
		says "$open: this is not a mapping"
		! grep -q chmod err || fail "$action: $open is to be hidden: $(cat err)"
	done
done
cp first.csv open.csv
chmod 644 open.csv
expect 1 mapping destroy --yes open.csv
says 'is open to other users'
ln -s map.csv link.csv
expect 1 mapping destroy link.csv --yes
says 'is a symbolic link'
expect 1 mapping destroy none.csv --yes
[ "$(cat letter)" = precious ] && [ -s map.csv ] || fail "something else was destroyed"
umask 022

# A symbolic link in its place is refused, whatever it leads to, and that is untouched.
echo precious > target
chmod 600 target
for target in target none map.csv; do
	ln -sf "$target" planted.csv
	cp -p map.csv before.csv
	expect 1 anonymize more.psv -m planted.csv -o x.psv
	says 'is a symbolic link'
	expect 1 mapping list planted.csv
	expect 1 reveal -m planted.csv user_0001 -r x
	[ -L planted.csv ] || fail "the link was replaced"
done
[ "$(cat target)" = precious ] && [ ! -e none ] && cmp -s map.csv before.csv || fail "a link was followed"
rm planted.csv
ln -s target .new.csv.part
expect 1 anonymize more.psv -m new.csv -o x.psv
[ "$(cat target)" = precious ] && [ ! -e new.csv ] || fail "a planted part file was followed"
rm .new.csv.part

# A second writer is refused while the first is at work; readers are not.
mkfifo pipe
"$RECLAIM" anonymize - -m map.csv -o slow.psv < pipe 2> slow.err &
writer=$!
exec 3> pipe
in_time test -e .map.csv.part || fail 'the first writer never begins'
expect 1 anonymize jobs.psv -m map.csv -o x.psv
says 'another run is extending this mapping'
expect 1 mapping destroy map.csv --yes
says 'another run is extending this mapping'
expect 0 mapping check map.csv
printf 'User|Account|End\nnina|physics|Unknown\n' >&3
exec 3>&-
wait $writer || fail "the first writer failed: $(cat slow.err)"
expect 0 mapping list map.csv
grep -q '^user_0004	user$' out || fail "what the first writer added is missing"

# Killed at any moment: the old mapping or the new one, whole, and nothing of the output.
awk 'BEGIN { print "User|Account|End"; for (i = 0; i < 4000; i++) print "u" i "|a" i % 50 "|Unknown" }' > crowd.psv
cp -p first.csv victim.csv
old=0
new=0
start=$(date +%s%N)
"$RECLAIM" anonymize crowd.psv -m victim.csv -o victim.shared 2> err || fail "$(cat err)"
span=$((($(date +%s%N) - start) / 1000))
for i in $(seq 60); do
	cp -p first.csv victim.csv
	rm -f victim.shared
	"$RECLAIM" anonymize crowd.psv -m victim.csv -o victim.shared 2> /dev/null &
	sleep "$(awk -v i="$i" -v span="$span" 'BEGIN { srand(i); printf "%.4f", rand() * 1.2 * span / 1e6 }')"
	kill -9 $! 2> /dev/null || true
	wait $! 2> /dev/null || true
	expect 0 mapping check victim.csv
	if cmp -s victim.csv first.csv; then
		old=$((old + 1))
		[ ! -e victim.shared ] || fail "something was shared before the mapping knew it"
	else
		grep -q '^user *4002$' out || fail "a killed run left a part of a mapping: $(cat out)"
		new=$((new + 1))
	fi
	[ "$(stat -c %a victim.csv)" = 600 ] || fail "a killed run left mode $(stat -c %a victim.csv)"
done
expect 0 anonymize crowd.psv -m victim.csv -o victim.shared
echo "killed 60 times: $old old, $new new mappings"
[ -z "$(find . -name '.victim.csv*')" ] || fail "something was left: $(find . -name '.victim.csv*')"

# Whoever has made no folder for it is told how.
printf '%s\n' 'JobID|User|Start|End|AllocCPUS' '1|ann|2025-03-01T08:00:00|2025-03-01T09:00:00|4' > first.psv
expect 1 anonymize first.psv -m private/first.map -o first.shared
says 'private/first.map: its folder is not there: make one that only you can read, as with'
expect 1 reveal user_0001 -m private/first.map -r why
says 'its folder cannot be opened: No such file or directory'

# A mistyped output costs no mapping, plain or encrypted.
printf '%s\n' 'JobID|User|Account|State|Start|End|AllocCPUS|NodeList' '1|ann|physics|COMPLETED|2025-03-01T08:00:00|2025-03-01T09:00:00|4|n1' > typed.psv
expect 0 anonymize typed.psv -m typed.map -o typed.shared
echo 'NodeName=n1 CPUTot=4 RealMemory=1000' > typed.nodes
printf '\204\001' > sealed.map
cp typed.map typed.before
for map in typed.map sealed.map; do
	cp $map before
	expect 2 tally typed.shared --inventory typed.nodes -o $map
	says "$map is a mapping, or encrypted as one may be: nothing is written over it"
	expect 2 inventory typed.shared -o $map
	expect 2 assumptions -o $map
	expect 2 anonymize typed.psv -m other.map -o $map
	cmp before $map || fail "$map was written over"
done
printf 'Ärger\n' > words
expect 1 inventory typed.shared -o words
says 'words is there already, and is no list that this command wrote'
[ ! -e other.map ] || fail 'a mapping was made for nothing'
