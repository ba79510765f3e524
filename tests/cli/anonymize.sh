#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What `reclaim anonymize` promises on the command line. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"

# The mapping without the line about itself, in which the id is random.
without_id()
{
	grep -qE '^"mapping","5","[0-9a-f]{32}-[0-9a-f]{64}"$' "$1" || fail "$1 has no id"
	sed 2d "$1"
}

header=User,Account,Group,ReqCPUS,ReqMem,NNodes,NodeList,AllocTRES,ReqGRES,Submit,Start,End
rest=4,16384,1,node0001,cpu=4,gpu:0,'2024-09-30 14:30:00,2024-09-30 14:31:00,2024-09-30 15:30:00'
printf '%s\n' "$header" "jsmith,physics,physics-group,$rest" > jobs.csv
tr , '|' < jobs.csv > jobs.psv

# The row of the promise, in both forms.
expect 0 anonymize jobs.csv --mapping map.csv -o shared.csv
printf '%s\n' "$header" "user_0001,group_A,group_A,$rest" > wanted
cmp shared.csv wanted || fail "the comma form differs"
expect 0 anonymize jobs.psv --mapping map.csv -o shared.psv
tr , '|' < wanted | cmp shared.psv - || fail "the bar form differs"

# The mapping is private, whatever the umask; the shareable file may be read.
[ "$(stat -c %a map.csv)" = 600 ] || fail "the mapping has mode $(stat -c %a map.csv)"
[ "$(stat -c %a shared.csv)" = 644 ] || fail "the shareable file has mode $(stat -c %a shared.csv)"
(umask 0 && "$RECLAIM" anonymize jobs.psv -m open.csv -o open.psv 2> err)
[ "$(stat -c %a open.csv)" = 600 ] || fail "under umask 0 the mapping has mode $(stat -c %a open.csv)"
printf '%s\n' kind,name,pseudonym '"user","jsmith","user_0001"' '"account","physics","group_A"' \
	'"group","physics-group","group_A"' '"end","3",""' > wanted.map
without_id map.csv | cmp - wanted.map || fail "the mapping differs"

# The manifest: counts and columns, the digest of what is shared, and no path, name or raw digest.
grep -q '"program" : "reclaim"' shared.psv.manifest.json || fail "the manifest does not name the program"
grep -q "$(sha256sum < shared.psv | cut -d' ' -f1)" shared.psv.manifest.json ||
	fail "the manifest lacks the digest of the shareable file"
for secret in jsmith physics "$dir" jobs.psv "$(sha256sum < jobs.psv | cut -d' ' -f1)"; do
	! grep -qF -- "$secret" shared.psv.manifest.json || fail "the manifest holds $secret"
done

# As a filter: the file alone on standard output, all words on standard error, no manifest.
"$RECLAIM" anonymize - -m map.csv -o - < jobs.psv > piped 2> err
cmp piped shared.psv || fail "the filter's output differs"
says '1 row read, 1 written'
[ ! -e ./-.manifest.json ] || fail "a filter wrote a manifest"

# A later export extends the mapping.
printf '%s\n' "$header" "adoe,physics,staff,$rest" "jsmith,astro,staff,$rest" > later.csv
cp map.csv before.csv
expect 0 anonymize later.csv -m map.csv -o later.shared
printf '%s\n' "$header" "user_0002,group_A,group_B,$rest" "user_0001,group_B,group_B,$rest" |
	cmp later.shared - || fail "the later export differs"
sed '$d' before.csv > begins
head -n "$(wc -l < begins)" map.csv | cmp begins - || fail "the mapping was renumbered"

# What is dropped, removed and set aside is told.
printf '%s\n' 'JobID|User|UID|State|JobName|Partition|End' '1|eve|7|CANCELLED by 7|my secret|batch|Unknown' \
	'1.batch|||COMPLETED|batch||Unknown' '2|eve|7|COMPLETED' > rich.psv
expect 1 anonymize rich.psv -m none.map -o none.shared
[ ! -e none.shared ] && [ ! -e none.map ] || fail "something was written although too many rows were set aside"
expect 0 anonymize rich.psv -m rich.map -o rich.shared --max-bad 34%
says 'dropped 2 columns: UID, JobName'
says '1 row was not written'
printf '%s\n' 'JobID|User|State|Partition|End' '1|user_0001|CANCELLED|batch|Unknown' '1.batch||COMPLETED||Unknown' |
	cmp rich.shared - || fail "the rich form differs"

# What sacct said while it wrote is no row, and a sign that some are missing.
printf '%s\n' 'JobID|User|State|End' '1|ann|COMPLETED|Unknown' 'sacct: error: Broken pipe' > told.psv
expect 0 anonymize told.psv -m told.map -o told.shared --max-bad 50
says "a message of sacct's stands among the rows: the export may be incomplete"
grep -q '"message" : 1' told.shared.manifest.json || fail 'the manifest does not tell of a message'
[ "$(wc -l < told.shared)" -eq 2 ] || fail 'a message was written as a row'

# A partition that bears somebody's name is found out by a second reading, which a pipe does not allow.
printf '%s\n' 'User|Partition|End' 'eve|bob|Unknown' 'bob|bob|Unknown' > condo.psv
expect 0 anonymize condo.psv -m condo.map -o condo.shared
! grep -q bob condo.shared || fail "a partition gave a name away"
# Whether a word is anybody's cannot be counted there: it is a token, unless it is listed, and then a name shows too late.
"$RECLAIM" anonymize - -m token.map -o token.shared < condo.psv 2> err || fail "a word from a pipe: $(cat err)"
printf '%s\n' 'User|Partition|End' 'user_0001|partition_1|Unknown' 'user_0002|partition_1|Unknown' | cmp token.shared - ||
	fail "a word from a pipe stands as it is"
printf '[partition]\nkeep=batch;bob\n' > values.conf
status=0
"$RECLAIM" anonymize - -m pipe.map -o pipe.shared --values values.conf < condo.psv 2> err || status=$?
[ "$status" -eq 5 ] || fail "a name from a pipe: exit $status, not 5"
if [ -e pipe.shared ] || [ -e pipe.map ]; then fail "a name from a pipe left a file"; fi

# A refusal leaves what was there before, and nothing else.
cp shared.psv keep.psv
cp map.csv keep.csv
expect 1 anonymize jobs.psv -m map.csv -o keep.psv
says 'keep.psv is there already, and no manifest beside it says that this program wrote it'
cmp keep.psv shared.psv || fail "a file that may be an export was written over"
cp shared.psv.manifest.json keep.psv.manifest.json
expect 1 anonymize shared.psv -m map.csv -o keep.psv
says 'the user is a pseudonym already'
expect 1 anonymize jobs.psv rich.psv -m map.csv -o keep.psv
says 'rich.psv: has no column Account, which jobs.psv has'
expect 1 anonymize none.psv -m map.csv -o keep.psv
cmp keep.psv shared.psv || fail "a refused run changed the output"
cmp keep.csv map.csv || fail "a refused run changed the mapping"
expect 1 anonymize none.psv -m new.map -o new.psv
if [ -e new.map ] || [ -e new.psv ]; then fail "a failed run left a file"; fi
chmod 644 map.csv
expect 1 anonymize jobs.psv -m map.csv -o keep.psv
says 'is open to other users'
chmod 600 map.csv
ln -s map.csv link.csv
expect 1 anonymize jobs.psv -m link.csv -o keep.psv
says 'is a symbolic link'
expect 1 anonymize jobs.psv -m no/such/folder/map.csv -o keep.psv
ln -s keep.psv link.psv
expect 1 anonymize jobs.psv -m map.csv -o link.psv
if [ -e /dev/full ]; then
	"$RECLAIM" anonymize jobs.psv -m full.map -o - > /dev/full 2> err && fail "a full disk went unseen"
	[ -e full.map ] || fail "what went out before the disk was full has no mapping"
fi
# What is said where nobody listens goes into no file that is open.
printf '%s\n' 'User|Account|End' 'gpu|test|Unknown' 'ann|phys|Unknown' > chance.psv
for closed in '>&- 2>&-' '<&- 2>&-' '<&- >&- 2>&-'; do
	rm -f chance.map chance.shared
	eval "\"\$RECLAIM\" anonymize chance.psv -m chance.map -o chance.shared $closed" || fail "$closed: exit $?"
	[ -e chance.map.scan.log ] || fail 'nothing was said'
	"$RECLAIM" mapping check chance.map > out 2> err || fail "$closed: $(cat err)"
	[ "$(wc -l < chance.shared)" -eq 3 ] || fail "$closed: the shareable file is $(cat chance.shared)"
done
status=0
"$RECLAIM" anonymize chance.psv -m chance.map -o - >&- 2> err || status=$?
[ "$status" -eq 1 ] || fail "a closed standard output: exit $status, not 1"
says 'standard output: cannot write: Bad file descriptor'
# Nor may a file get larger than the shell allows: that is told, and nothing of it is left.
{ echo 'User|Account|End'; seq 5000 | sed 's/.*/ann|physics|2024-03-01T09:00:00/'; } > large.psv
status=0
(ulimit -f 50; exec "$RECLAIM" anonymize large.psv -m limited.map -o limited.psv) 2> err || status=$?
[ "$status" -eq 1 ] || fail "a file that may not get larger: exit $status, not 1"
says 'limited.psv: cannot write: File too large'
[ -z "$(find . -name '*limited*')" ] || fail "of a file that may not get larger is left: $(find . -name '*limited*')"

# Nothing written may be something read.
expect 2 anonymize jobs.psv -m map.csv -o ./jobs.psv
expect 2 anonymize jobs.psv -m jobs.psv -o x.psv
expect 2 anonymize jobs.psv -m same.csv -o ./same.csv
printf '[partition]\nkeep=west\n' > x.psv.manifest.json
expect 2 anonymize jobs.psv -m map.csv -o x.psv --values x.psv.manifest.json
says 'a file that is read is also written'
echo 'six words that nobody drew at random' > x.psv.sha256
expect 2 anonymize jobs.psv -m map.csv -o x.psv --passphrase-file x.psv.sha256
says 'a file that is read is also written'
rm x.psv.*

# The zone is carried from --timezone to the manifest, and from a manifest onward.
expect 0 anonymize jobs.psv -m map.csv -o zone.psv --timezone Europe/Berlin
grep -q '"timezone" : "Europe/Berlin"' zone.psv.manifest.json || fail "the manifest lacks the zone"
printf '{"program": "reclaim", "timezone": "America/Denver"}\n' > jobs.psv.manifest.json
expect 0 anonymize jobs.psv -m map.csv -o zone.psv
grep -q '"timezone" : "America/Denver"' zone.psv.manifest.json || fail "the zone of the export was lost"
printf '{"program": "reclaim", "file": {"size": 3}}\n' > jobs.psv.manifest.json
expect 1 anonymize jobs.psv -m map.csv -o zone.psv
says 'the export has changed since'
# A number that is none is as if it were not there, and no library complains.
printf '{"program": "reclaim", "exports": [], "timezone": "America/Denver"}\n' > jobs.psv.manifest.json
expect 0 anonymize jobs.psv -m zone.csv -o zone.psv
! grep -q CRITICAL err || fail "a manifest with a wrong number: $(cat err)"
rm jobs.psv.manifest.json

# Same input, same bytes.
TZ=Asia/Tokyo LC_ALL=C "$RECLAIM" anonymize "$dir/later.csv" -m same.map -o one 2> err
TZ=UTC "$RECLAIM" anonymize later.csv -m other.map -o two 2> err
without_id same.map > same.names
without_id other.map > other.names
if ! cmp one two || ! cmp one.manifest.json two.manifest.json || ! cmp same.names other.names; then
	fail "two runs differ"
fi
! cmp -s same.map other.map || fail "two mappings have the same id"

[ -z "$(find . -name '.*.part')" ] || fail "part files were left: $(find . -name '.*.part')"
