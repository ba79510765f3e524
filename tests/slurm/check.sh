#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# check.sh: the whole way from a real Slurm to a report. Brings one up (lab.sh), has people submit jobs of every shape, exports
# with reclaim-export, undisturbed and broken off again and again, and with the command that README gives, and holds what
# reclaim says against what was submitted, against sacct's own sums and against sreport's. RECLAIM, EXPORT (reclaim-export),
# README and WORK (tests/slurm/work, built) name what it needs. Takes about two minutes.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/slurm/lab.sh
. "$here/lab.sh"
: "${RECLAIM:?the program to test}" "${EXPORT:?reclaim-export}" "${README:?README.md}" "${WORK:?the program work}"
if [ -z "${LAB_USERS:-}" ]; then
	RECLAIM=$(realpath "$RECLAIM") EXPORT=$(realpath "$EXPORT") README=$(realpath "$README") WORK=$(realpath "$WORK")
	export RECLAIM EXPORT README WORK
	lab_enter "$here/check.sh"
fi

export LC_ALL=C.UTF-8 TZ=UTC
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
chmod 755 "$dir"
# In a run that crossed the hour sreport summed up too little: all of this lies within one,
# also where it takes twice as long as here.
left=$((3600 - $(date +%s) % 3600))
[ $left -gt 400 ] || sleep $((left + 5))
began=$(date +%Y-%m-%dT%H:00:00)
cp "$WORK" "$dir/work"
work=$dir/work
failed=0

fail() { echo "FAILED: $*"; failed=$((failed + 1)); }

# equal WHAT ONE OTHER: two files that must be the same.
equal()
{
	if diff "$2" "$3" > "$dir/diff"; then
		echo "the same: $1"
	else
		fail "$1 ($(basename "$2") < > $(basename "$3"))"
		head -n 20 "$dir/diff"
	fi
}

# The people

if [ "$LAB_USERS" = many ]; then
	alice=alice bob=bob.smith
else
	alice=$(id -un) bob=$alice
fi
cat > "$dir/people" << END
alice 5001 physics_grp 6001
bob.smith 5002 bio-lab.1 6002
END
cat > "$dir/associations" << END
add account physics,biology,pi|pe Organization=x Description=x
add user $alice Account=physics,pi|pe
add user $bob Account=biology
END
[ "$alice" = root ] || echo 'add user root Account=physics AdminLevel=Administrator' >> "$dir/associations"

# The jobs

# submit LABEL USER ACCOUNT OPTION...: "LABEL ID" into the file submitted; REJECTED for an id when Slurm would not have it.
submit()
{
	local label=$1 user=$2 account=$3 id
	shift 3
	id=$(lab_as "$user" sbatch --parsable -A "$account" -o /dev/null "$@" 2> "$dir/sbatch") || id=REJECTED
	[ "$id" != REJECTED ] || echo "sbatch, $label: $(tail -n 1 "$dir/sbatch")"
	last=${id%%;*}
	echo "$label $last" >> "$dir/submitted"
}

submit_all()
{
	submit timeout "$alice" physics -t 1 --wrap 'sleep 600'
	submit running "$alice" physics -n2 -w cn3 --mem=1G -t 60 --wrap 'sleep 600'
	submit waiting "$alice" physics -p closed --wrap true
	submit held "$alice" physics -H --wrap true
	submit requeued "$alice" physics --requeue --wrap 'sleep 1; [ "${SLURM_RESTART_COUNT:-0}" -lt 1 ] && exit 99; exit 0'
	submit busy "$alice" physics -n1 --wrap "$work 3 0 0"
	submit idle "$bob" biology -n1 --wrap 'sleep 3'
	submit touches "$bob" biology -n1 --mem=400M --wrap "srun $work 0 3 200"
	submit too_much "$bob" biology -n1 --mem=60M --wrap "$work 0 30 300"
	submit cancelled "$bob" biology -n3 --wrap 'sleep 300'
	to_cancel=$last
	submit words "$alice" physics -n4 -J 'two words' --wrap 'sleep 1'
	submit fails "$alice" physics -J fail --wrap 'exit 3'
	submit array "$bob" biology --array='0-3%2' --wrap 'sleep 1; exit $((SLURM_ARRAY_TASK_ID == 3))'
	submit steps "$alice" physics -n2 --wrap "srun -n1 $work 1 0 0; srun -n2 sleep 1; srun -n1 false; true"
	submit two_nodes "$alice" physics -w cn1,cn2 -N2 -n4 --mem=3G --wrap 'srun sleep 2'
	submit gpus "$bob" biology -p gpu --gpus=2 --wrap 'sleep 2'
	submit by_cpu "$bob" biology -n3 --mem-per-cpu=1500M --wrap 'sleep 1'
	submit het "$alice" physics -n1 --mem=1G : -n4 --mem=500M --wrap 'sleep 2'
	submit pipe_in_name "$alice" physics -J 'a|b' --comment='c|d' --wrap true
	submit newline_in_name "$alice" physics -J $'a\nb|c|d' --wrap true
	submit markup_in_name "$alice" physics -J '<b>zoë</b>' --wrap true
	submit pipe_in_account "$alice" 'pi|pe' -n2 --wrap 'sleep 1'
	submit too_large "$alice" physics --mem=10T --wrap true
	submit whole_node "$bob" biology -w cn2 --mem=0 --exclusive --wrap 'sleep 1'
}

# jobs: job id and state of every job that sacct shows, with the earlier runs of a requeued one.
jobs() { sacct -a -n -X -D -P -S "$began" -o JobID,State; }

# Whether every job that was submitted is in the accounts, but the held one, and all but these have ended.
settled()
{
	jobs | awk -F '|' -v submitted="$dir/submitted" -v open="$1" '
		BEGIN {
			while ((getline line < submitted) > 0) {
				split(line, of, " ")
				if (of[1] != "held" && of[2] != "REJECTED") missing[of[2]] = 1
			}
		}
		{ id = $1; sub(/[_+].*/, "", id); delete missing[id] }
		$2 ~ /RUNNING|PENDING|COMPLETING/ { still++ }
		END { for (id in missing) exit 1; exit still != open }'
}

wait_until_settled() # HOW MANY STAY OPEN
{
	local deadline=$((SECONDS + 600))
	until settled "$1"; do
		[ $SECONDS -lt $deadline ] || { jobs; lab_fail 'the jobs do not come to an end'; }
		sleep 0.5
	done
}

# The export, of the hours that there are by now.

export_all() # INTO [OPTION...]
{
	local into=$1
	shift
	# Where the machine is decides what its people mean by a time, and nothing else.
	there=$(TZ=America/New_York date -d "${began}Z" +%Y-%m-%dT%H:%M:%S)
	TZ=America/New_York sh "$EXPORT" --start "$there" --end now --slice hour --pause 0 --quiet -o "$into" "$@" ||
		lab_fail 'reclaim-export fails'
}

# The same by hand, with the command that README gives; only the window is another.
export_by_hand() # INTO
{
	awk '/^    sacct --allusers/ { on = 1 } on { print } on && !/\\$/ && /jobs\.psv/ { exit }' "$README" > "$dir/command"
	grep -q -- --format "$dir/command" || lab_fail 'README has no export command'
	sed -i "s/--starttime [^ ]*/--starttime $began/; s/--endtime [^ ]*/--endtime now/" "$dir/command"
	mkdir -p "$1"
	(cd "$1" && bash "$dir/command") || lab_fail "the export of README fails: $(cat "$dir/command")"
}

# The report on the export in a folder.
report_on() # FOLDER [MAPPING OF BEFORE]
{
	(
		cd "$1" || exit 1
		mkdir -m 700 private
		[ $# -lt 2 ] || cp -p "$2" private/mapping.csv
		"$RECLAIM" check export --json > check.json 2> check.log || { cat check.log; exit 1; }
		"$RECLAIM" run export --mapping private/mapping.csv -o report > run.log 2>&1 || { cat run.log; exit 1; }
	) || fail "reclaim on $1"
}

# However often it is broken off, the export is the same to the byte. The window is over, so that nothing changes any more.
check_broken_off()
{
	local window=(--start "$(date -d "$began 12 hours ago" +%Y-%m-%dT%H:%M:%S)" --end "$(date +%Y-%m-%dT%H:%M:%S)" --slice hour --pause 0)
	local round delay
	sh "$EXPORT" "${window[@]}" --quiet -o quiet || fail 'reclaim-export, undisturbed'
	for round in 1 2 3 4 5 6; do
		delay=0.$((RANDOM % 90 + 10))
		sh "$EXPORT" "${window[@]}" -o broken > "broken.$round" 2>&1 &
		sleep "$delay"
		kill -KILL $! 2> /dev/null
		wait $! 2> /dev/null
		echo "broken off after $delay s: $(find broken -name 'jobs-*.psv' | wc -l) slices"
	done
	sh "$EXPORT" "${window[@]}" --quiet -o broken || fail 'reclaim-export, after it was broken off'
	# A node may have come to rest in between.
	rm -f {quiet,broken}/nodes.txt
	sed -i '/"nodes":/d' {quiet,broken}/manifest.json
	diff -r quiet broken > "$dir/diff" || fail "broken off, the export is another: $(head -n 5 "$dir/diff")"
	[ "$(find quiet -name 'jobs-*.psv' | wc -l)" -ge 12 ] || fail 'there are not as many slices as hours'
}

# The twelve columns: each job once.
check_seed()
{
	export_all seed --format seed
	cat seed/jobs-*.psv | awk -F '\037' '$1 != "User"' | wc -l > seed.rows
	jobs | wc -l > seed.jobs
	equal 'as many rows as jobs in twelve columns' seed.jobs seed.rows
}

# user seconds, of what a report has; names from the mapping.
seconds_reported() # FOLDER
{
	local name hours rest
	tail -n +2 "$1/report/tables/users.csv" | while IFS=, read -r name _ hours rest; do
		printf '%s %.0f\n' "$("$RECLAIM" reveal "$name" --mapping "$1/private/mapping.csv" --reason test 2> /dev/null | awk 'END { print $NF }')" \
			"$(echo "$hours * 3600" | bc -l)"
	done | awk '$2 > 0' | sort
}

# The same by sacct: what it says of jobs alone, the window as the report's.
seconds_by_sacct()
{
	sacct -a -n -X -D -P -S "$began" -E now -o User,CPUTimeRAW,AllocTRES |
		awk -F '|' '$3 != "" { sum[$1] += $2 } END { for (user in sum) if (sum[user] > 0) print user, sum[user] }' | sort
}

# And by sreport, once it was made to sum up the hours that have not passed.
seconds_by_sreport()
{
	local until
	until=$(date -d '+1 hour' +%Y-%m-%dT%H:00:00)
	sacctmgr -i rollup "$began" "$until" > /dev/null
	sreport -n -P -t seconds cluster AccountUtilizationByUser start="$began" end="$until" format=Login,Used |
		awk -F '|' '$1 != "" { sum[$1] += $2 } END { for (user in sum) if (sum[user] > 0) print user, sum[user] }' | sort
}

# What a field of check.json says.
said() { sed -n "s/.*\"$2\" : \([0-9]*\).*/\1/p" "$1/check.json" | head -n 1; }

# As many jobs and steps as sacct has rows of either.
check_rows() # FOLDER
{
	local folder=$1
	sacct -a -n -D -P -S "$began" -E now -o JobID | awk '/\./ { steps++; next } { jobs++ } END { print jobs + 0, steps + 0 }' > "$folder/rows-sacct"
	echo "$(said "$folder" jobs) $(said "$folder" steps)" > "$folder/rows-reclaim"
	equal "$folder: jobs and steps" "$folder/rows-sacct" "$folder/rows-reclaim"
	[ "$(said "$folder" set_aside)" = 0 ] || { fail "$folder: rows set aside"; cat "$folder/check.json"; }
}

# In the shareable file no name of anybody.
check_names() # FOLDER
{
	local name
	for name in alice bob.smith bio-lab.1 physics biology; do
		! grep -rqi "$name" "$1/report.psv" "$1/report.psv.nodes.csv" "$1/report/tables" "$1/report/report.json" "$1"/report/*.html ||
			fail "$1: $name is in what may be shared"
	done
}

states() { awk -F '|' '{ sub(/ by .*/, "", $2); print $2 }' | sort | uniq -c | awk '{ print $2, $1 }' | sort; }

# The day

lab_up "$dir/lab" "$dir/people" "$dir/associations"
submit_all
sleep 2
lab_as "$bob" scancel "$to_cancel"
wait_until_settled 2

cd "$dir" || exit 1
mkdir first second
export_all first/export
report_on first
check_rows first
check_names first
for name in nodes.txt config.txt events.psv sreport.psv; do
	[ -s "first/export/$name" ] || fail "the export has no $name: $(cat first/export/manifest.json)"
done
grep -q '"site_timezone": "America/New_York"' first/export/manifest.json || fail 'the zone of the site is not said'
tail -n +2 first/report/tables/states.csv | cut -d , -f 1,2 | tr , ' ' | sort > first/states-reclaim
jobs | states > first/states-sacct
# Without control groups Slurm calls what it killed for its memory FAILED.
for state in COMPLETED FAILED TIMEOUT CANCELLED PENDING RUNNING REQUEUED; do
	grep -q "^$state " first/states-sacct || fail "no job is $state: $(cat first/states-sacct)"
done
too_much=$(sed -n 's/^too_much //p' submitted)
sacct -n -P -j "$too_much" -o State,ExitCode | grep -q '^CANCELLED.*0:9' || fail "what took too much memory was not killed: $(sacct -n -P -j "$too_much")"
[ "$(said first mended)" = 0 ] || fail 'the account with a bar in its name broke a row'
export_by_hand hand
"$RECLAIM" check hand/jobs.psv --timezone UTC --json > hand/check.json || fail 'reclaim check on the export by hand'
check_rows hand
[ "$(said hand mended)" -ge 1 ] || fail 'the account with a bar in its name was not recovered'
equal 'how many jobs ended how' first/states-sacct first/states-reclaim

# A quarter on: what ran has been cancelled, and the mapping is extended.
lab_as "$alice" scancel -u "$alice"
wait_until_settled 0
submit later "$bob" biology -n2 --wrap 'sleep 1'
wait_until_settled 0
check_broken_off
check_seed
export_all second/export
report_on second "$dir/first/private/mapping.csv"
check_rows second
seconds_reported second > second/seconds-reclaim
seconds_by_sacct > second/seconds-sacct
seconds_by_sreport > second/seconds-sreport
[ -s second/seconds-sacct ] || fail 'sacct shows no core-second'
equal 'core-seconds by user, sacct' second/seconds-sacct second/seconds-reclaim
equal 'core-seconds by user, sreport' second/seconds-sreport second/seconds-reclaim
cat second/seconds-reclaim
cp first/private/mapping.csv first/people
grep -Fxf first/people second/private/mapping.csv > second/people
equal 'everybody keeps their pseudonym' first/people second/people

[ $failed -eq 0 ] || { echo "$failed failed"; exit 1; }
echo 'from Slurm to report: all the same'
