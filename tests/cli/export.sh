#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# reclaim-export against stand-ins for Slurm's commands, which lack fields, refuse, hang, break off and print what was not asked
# for. Whatever they do, what has a name is whole. EXPORT is the script, when it is another than that of this tree.
. "$(dirname "$0")/begin.sh"

EXPORT=${EXPORT:-$tests/../tools/reclaim-export}
unit=$(printf '\037')

export TZ=UTC

# shellcheck source=tests/cli/stand_ins.sh
. "$tests/cli/stand_ins.sh"

# export_as STATUS ARGUMENT...: with what it said in the file err.
export_as()
{
	wanted=$1
	shift
	status=0
	sh "$EXPORT" --pause 0 "$@" > out 2> err < /dev/null || status=$?
	[ "$status" -eq "$wanted" ] || fail "reclaim-export $*: exit $status, not $wanted: $(cat err)"
}

# whole DIR: nothing in it but what has a name, and that for its owner alone.
whole()
{
	[ -z "$(find "$1" -name '.*part*')" ] || fail "$(find "$1" -name '.*part*') was left"
	[ -z "$(find "$1" -type f ! -perm 600)" ] || fail "$(find "$1" -type f ! -perm 600) can be read by others"
	for slice in "$1"/jobs-*.psv; do
		[ ! -e "$slice" ] || awk -F "$unit" 'NR == 1 { columns = NF } NF != columns { exit 1 } END { exit NR == 0 }' "$slice" || fail "$slice is not whole"
	done
}

window='--start 2025-01-01 --end 2025-04-01'

# Undisturbed: three months are three slices, and reclaim takes them.

began=$(date +%s)
# shellcheck disable=SC2086 # a list of words
export_as 0 $window -o quiet --quiet
# What asks all questions in so many seconds gets each answer within twice that.
patience=$((4 + 2 * ($(date +%s) - began)))
[ ! -s err ] || [ "$(id -un)" != root ] || fail "it is not quiet: $(cat err)"
whole quiet
[ "$(ls quiet)" = 'config.txt
events.psv
jobs-20250101T000000Z-20250201T000000Z.psv
jobs-20250201T000000Z-20250301T000000Z.psv
jobs-20250301T000000Z-20250401T000000Z.psv
manifest.json
nodes.txt
plan
sreport.psv' ] || fail "there is $(ls quiet)"
grep -q '"timezone": "UTC"' quiet/manifest.json || fail 'the manifest does not say the zone'
[ "$(cat quiet/nodes.txt)" = 'NodeName=cn1 CoresPerSocket=8 CPUEfctv=16 CPUTot=16 Gres=(null) RealMemory=131072 Sockets=2 State=IDLE CfgTRES=cpu=16,mem=128G' ] ||
	fail "nodes.txt says $(cat quiet/nodes.txt)"
! grep -q 'SlurmUser\|Configuration' quiet/config.txt || fail 'config.txt says more than is needed'
! head -n 1 quiet/jobs-*.psv | grep -q 'JobName\|Comment\|WorkDir\|ReqGRES\|Exclusive' || fail 'columns that were not wanted'

# They are the columns that `reclaim check` calls worth asking for, as far as this Slurm knows them.
head -n 1 quiet/jobs-20250101* | tr "$unit" ',' > exported.columns
printf 'JobID|User|Start|End\n1|ann|2025-01-01T00:00:00|2025-01-01T01:00:00\n' > poor.psv
"$RECLAIM" check poor.psv | sed -n 's/^ *--format=//p' > wanted.columns
cmp -s exported.columns wanted.columns || fail "exported are $(cat exported.columns), and wanted $(cat wanted.columns)"

# Nothing is asked for twice, and what is complete stays as it is.
: > asked
export_as 0 -o quiet
grep -q 'nothing to do' err || fail "$(cat err)"
[ ! -s asked ] || fail 'a complete export was asked for again'

# The same bytes when it is killed, at whatever point.

kill_after() # SECONDS SIGNAL DIR
{
	# shellcheck disable=SC2086 # a list of words
	PACE=0.2 TMPDIR=$dir sh "$EXPORT" --pause 0 $window -o "$3" 2> /dev/null < /dev/null &
	sleep "$1"
	kill "-$2" $! 2> /dev/null || :
	wait $! 2> /dev/null || :
}
for point in 0.05 0.3 0.45; do
	kill_after $point KILL killed
	for slice in killed/jobs-*.psv; do
		[ ! -e "$slice" ] || cmp -s "$slice" "quiet/${slice#killed/}" || fail "killed after $point s: $slice is not whole"
	done
	kill_after $point TERM ended
	[ ! -d ended ] || whole ended
done
for folder in killed ended; do
	# shellcheck disable=SC2086 # a list of words
	export_as 0 $window -o $folder
	whole $folder
	diff -r quiet $folder > difference || fail "$folder and taken up again it is not the same: $(cat difference)"
done

# One of another window, or of other files, is not touched.
export_as 1 --start 2025-01-01 --end 2025-03-01 -o quiet
grep -q 'holds another export: .*, --format full\. Say the same' err || fail "$(cat err)"
mkdir mine && echo mine > mine/notes
# shellcheck disable=SC2086 # a list of words
export_as 1 $window -o mine
[ "$(ls -A mine)" = notes ] || fail 'it wrote into a folder of others'

# Slurms

slices() { find exported -name 'jobs-*.psv' | wc -l; }

# mood MOOD STATUS TEXT ARGUMENT...: what it says to this Slurm; the folder is left in exported.
mood()
{
	MOOD=$1 wanted=$2 text=$3
	shift 3
	rm -rf exported
	: > asked
	# shellcheck disable=SC2086 # a list of words
	export_as "$wanted" $window -o exported "$@"
	grep -qF -- "$text" err || fail "$MOOD: it does not say \"$text\": $(cat err)"
	[ ! -d exported ] || whole exported
	[ "$wanted" = 0 ] || [ ! -e exported/manifest.json ] || fail "$MOOD: a manifest says that it is complete"
	MOOD=''
}

mood old 0 'wrote exported'
head -n 1 exported/jobs-*01T000000Z-20250201*.psv | tr "$unit" ' ' | grep -q 'ReqMem NNodes NodeList ReqGRES$' || fail "$(head -n 1 exported/jobs-20250101*)"
mood new 0 'wrote exported'
head -n 1 exported/jobs-20250101* | grep -q Exclusive || fail 'Exclusive is not exported where it is known'
mood nonsense 1 'this is not the sacct of a Slurm'
mood down 1 'sacct: error: cannot find the configuration'
mood refuse 1 'AdminLevel=Operator'
[ "$(slices)" = 0 ] || fail 'a slice of a Slurm that refused'
mood hang 1 "no answer within $patience seconds" --timeout $patience --slice hour
mood garbage 1 'its first line is not the header that was asked for'
[ "$(slices)" = 1 ] || fail 'what was finished is not kept'
mood empty 1 'it printed nothing'
mood more 1 'line 3 has 28 fields, not 27'
mood cut 1 'its last line is not complete' --slice day
mood quiet-away 1 'Problem talking to the database'
mood away 1 'Connection refused'
[ "$(slices)" = 2 ] || fail 'what was finished is not kept'

# When the database is back, only what is missing is asked for.
: > asked
# shellcheck disable=SC2086 # a list of words
export_as 0 $window -o exported
[ "$(wc -l < asked)" = 1 ] || fail "asked for again: $(cat asked)"
diff -r quiet exported > difference || fail "$(cat difference)"

# A smaller slice for what is too much.
mood wide 0 'less at once'
[ "$(slices)" = 90 ] || fail "$(slices) slices"
mood slow 0 'less at once' --timeout $patience --start 2025-02-01 --end 2025-03-01
[ "$(slices)" = 28 ] || fail "$(slices) slices"

# What may be refused is left out with a word.
mv bin/sacctmgr bin/scontrol bin/sreport .
mkdir none && printf '#!/bin/sh\necho "Access denied" >&2; exit 1\n' > bin/scontrol
chmod +x bin/scontrol && cp bin/scontrol bin/sacctmgr && cp bin/scontrol bin/sreport
mood '' 0 'without nodes.txt: Access denied'
grep -q '"sreport": { "file": null, "why": "Access denied" }' exported/manifest.json || fail "$(cat exported/manifest.json)"
mv sacctmgr scontrol sreport bin

# Who sees her own jobs only is told so.
if [ "$(id -un)" != root ]; then
	ME=$(id -un)
	sed "s/|ann|/|$ME|/" jobs > jobs.mine && JOBS=$dir/jobs.mine
	mood own 0 'you may be allowed to see your own only'
	export JOBS="$dir/jobs"
fi

# Twelve columns, each job once, though the slices overlap.
mood '' 0 'wrote exported' --format seed
[ "$(head -n 1 exported/jobs-20250101* | tr "$unit" ,)" = User,Account,Group,ReqCPUS,ReqMem,NNodes,NodeList,AllocTRES,ReqTRES,Submit,Start,End ] || fail "$(head -n 1 exported/jobs-20250101*)"
[ "$(cat exported/jobs-* | grep -vc User)" = 84 ] || fail "$(cat exported/jobs-* | grep -vc User) rows, not 84"
mood old 1 'has not all twelve columns' --format seed

# The commands, and nothing is done.
# shellcheck disable=SC2086 # a list of words
export_as 0 $window --dry-run -o dry
[ ! -e dry ] || fail 'a dry run wrote something'
grep -q "^TZ=UTC sacct --allusers --duplicates --parsable2 --delimiter=\"\$(printf '.037')\" --starttime=2025-02-01T00:00:00 --endtime=2025-03-01T00:00:00 --format=JobIDRaw," out ||
	fail "$(cat out)"
! grep -q -- ' -T\| --truncate' out || fail 'times are cut'

# What people say is in the zone of the machine: months are its months, over both changes of the clock; what it asks is in UTC. A
# zone that is not known is none.
asked_in() # ZONE ARGUMENT...
{
	export TZ="$1"
	shift
	export_as 0 "$@" --dry-run
	export TZ=UTC
	sed -n 's/^TZ=UTC sacct .*--starttime=\([^ ]*\) --endtime=\([^ ]*\) .*/\1 \2/p' out > asked
}

asked_in Europe/Berlin --start 2025-03-01 --end 2025-04-15T06:00:00
[ "$(cat asked)" = '2025-02-28T23:00:00 2025-03-31T22:00:00
2025-03-31T22:00:00 2025-04-15T04:00:00' ] || fail "Berlin: $(cat asked)"
asked_in America/Havana --start 2025-03-08 --end 2025-03-11 --slice day
[ "$(cat asked)" = '2025-03-08T05:00:00 2025-03-09T05:00:00
2025-03-09T05:00:00 2025-03-10T04:00:00
2025-03-10T04:00:00 2025-03-11T04:00:00' ] || fail "Havana, where midnight is skipped: $(cat asked)"
asked_in Asia/Kolkata --start 2025-03-08 --end 2025-03-09 --slice hour
[ "$(sed -n '1,2p;$p' asked)" = '2025-03-07T18:30:00 2025-03-07T19:00:00
2025-03-07T19:00:00 2025-03-07T20:00:00
2025-03-08T18:00:00 2025-03-08T18:30:00' ] || fail "Kolkata: $(cat asked)"
asked_in Nonsense/Zone --start 2025-03-01 --end 2025-04-01
[ "$(cat asked)" = '2025-03-01T00:00:00 2025-04-01T00:00:00' ] || fail "a zone that is not known: $(cat asked)"
export TZ=America/Los_Angeles
export_as 0 --start 2025-02-01 --end 2025-03-01
[ -d slurm-2025-02-01-to-2025-03-01 ] || fail "the folder is not called by the days of its people: $(ls)"
grep -q '"from": "2025-02-01T08:00:00", "to": "2025-03-01T08:00:00"' slurm-2025-02-01-to-2025-03-01/manifest.json ||
	fail "$(cat slurm-2025-02-01-to-2025-03-01/manifest.json)"
grep -q '"site_timezone": "America/Los_Angeles"' slurm-2025-02-01-to-2025-03-01/manifest.json || fail 'the zone of the machine is not said'
export_as 0 --start 2025-02-01 --end 2025-03-01 -o slurm-2025-02-01-to-2025-03-01
export TZ=UTC
export_as 1 --start 2025-02-01 --end 2025-03-01 -o slurm-2025-02-01-to-2025-03-01

# Command lines that make no sense.
export_as 2 --start 2025-02-30
export_as 2 --start 2025-02-01 --end 2025-01-01
export_as 2 --end 2999-01-01
export_as 2 --last week
export_as 2 --format wide
export_as 2 --start
export_as 2 --timeout 0
for option in --start --end --last --output --clusters; do
	export_as 2 --dry-run "$option" ''
	grep -q -- "$option is empty" err || fail "$option with nothing: $(cat err)"
done
# Nor does a forgotten value make the next option one.
export_as 2 $window -o --dry-run
grep -qF -- '-o has no value: behind it stands --dry-run' err || fail "a forgotten folder: $(cat err)"
export_as 2 --dryrun --quiet
grep -qF -- 'there is no option --dryrun' err || fail "a misspelt option: $(cat err)"
export_as 2 whatever
export_as 0 --last quarter --dry-run
[ "$(grep -c 'UTC sacct ' out)" = 3 ] || fail "$(cat out)"
