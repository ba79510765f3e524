#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A folder of reclaim-export is read as it is: slices, nodes, zone and window; `check` says what of it is missing or changed.
. "$(dirname "$0")/begin.sh"

unit=$(printf '\037')

# slice FOLDER FROM TO: the jobs that ran in it, days of January 2025; one ran in both slices.
slice()
{
	awk -v from="$2" -v to="$3" -v OFS="$unit" '
	function job(id, user, begin, end, used) {
		if (begin >= to || end < from) return
		print id, user, "physics", "COMPLETED", day(begin), day(begin), day(end), (end - begin) * 86400, 4, "8G", "cn1", used ":00:00", ""
		print id ".batch", "", "physics", "COMPLETED", day(begin), day(begin), day(end), (end - begin) * 86400, 4, "", "cn1", used ":00:00", "2G"
	}
	function day(number) { return sprintf("2025-01-%02dT00:00:00", number) }
	BEGIN {
		print "JobIDRaw", "User", "Account", "State", "Submit", "Start", "End", "ElapsedRaw", "AllocCPUS", "ReqMem", "NodeList", "TotalCPU", "MaxRSS"
		job(1, "ann", 2, 4, 100)
		job(2, "bob", 9, 13, 200)
		job(3, "eve", 14, 15, 10)
	}' > "$1/$(printf 'jobs-202501%02dT000000Z-202501%02dT000000Z.psv' "$2" "$3")"
}

# entry FOLDER FILE: of the manifest.
entry()
{
	printf '"file": "%s", "size": %d, "sha256": "%s"' "$2" "$(wc -c < "$1/$2")" "$(sha256sum < "$1/$2" | cut -d ' ' -f 1)"
}

# manifest FOLDER: of the slices that are there.
manifest()
{
	separator=
	{
		printf '{ "program": "reclaim-export", "format": 1, "window": { "from": "2025-01-01T00:00:00", "to": "2025-01-21T00:00:00" },\n'
		printf '"timezone": "UTC", "only_own_jobs": false, "slices": ['
		for file in "$1"/jobs-*.psv; do
			name=$(basename "$file")
			days=$(echo "$name" | sed 's/jobs-......\(..\)T000000Z-......\(..\)T.*/\1 \2/')
			printf '%s{ "from": "2025-01-%sT00:00:00", "to": "2025-01-%sT00:00:00", "rows": 1, %s }' "$separator" "${days% *}" \
				"${days#* }" "$(entry "$1" "$name")"
			separator=,
		done
		printf '], "nodes": { %s }, "events": { "file": null, "why": "no" } }\n' "$(entry "$1" nodes.txt)"
	} > "$1/manifest.json"
}

make_export()
{
	rm -rf export
	mkdir export
	slice export 1 11
	slice export 11 21
	echo 'NodeName=cn1 CPUTot=16 CPUEfctv=16 Sockets=2 CoresPerSocket=8 RealMemory=131072 State=IDLE' > export/nodes.txt
	manifest export
}

# What is in it, without an option more; and the same of its slices, whose manifest is found beside them.
make_export
"$RECLAIM" check export > checked || fail 'check does not take it'
grep -q '^    no gap, no overlap, and every file is as it was exported' checked || fail "$(cat checked)"
grep -q '^  time zone       UTC' checked || fail 'the zone of the manifest is not taken'
grep -q '^  duplicates      2' checked || fail 'the job that ran in both slices is not one job'
expect 0 run export -m map --only data -o report
says '2025-01-01 to 2025-01-20'
expect 0 run export/jobs-*.psv --inventory export/nodes.txt -m map --only data -o other
cmp -s report/report.json other/report.json || fail 'the slices say something else than the folder'
tr -d '\n' < report.psv.manifest.json | grep -q '"from" : "2025-01-01T00:00:00", *"to" : "2025-01-21T00:00:00"' || fail "$(cat report.psv.manifest.json)"
expect 0 anonymize export/ -m map -o shared.psv
cmp -s shared.psv report.psv || fail 'anonymize makes something else of it'
[ -s shared.psv.nodes.csv ] || fail 'anonymize does not take the nodes'
for day in 01 11; do
	expect 0 anonymize export/jobs-202501$day* -m map -o $day.psv
	expect 0 tally $day.psv --inventory shared.psv.nodes.csv -o $day.tally
done
expect 0 report 01.tally 11.tally --only data -o tallied
says '2025-01-01 to 2025-01-20'

# An option says otherwise, but not of what is known.
sed 's/16/32/g' export/nodes.txt > more.txt
expect 0 run export --inventory more.txt -m map --only data -o other
! cmp -s report/report.json other/report.json || fail '--inventory does not count'
expect 2 run export --timezone Europe/Berlin -m map -o other
says 'the times in export are in UTC'
expect 0 check export --timezone UTC > checked
# Of one that says of no zone in which its times are, an option does.
sed -i 's/"timezone": "UTC", //' export/manifest.json
expect 0 check export --timezone Europe/Berlin > checked
grep -q '^  time zone       Europe/Berlin' checked || fail "the zone is another: $(cat checked)"
manifest export

# Events and what sreport says are taken, too, where they are in it.
printf '%s\n' 'Cluster|NodeName|TimeStart|TimeEnd|State|StateRaw|TRES' 'lab|cn1|2025-01-06T00:00:00|2025-01-07T00:00:00|DOWN|1|cpu=16' > export/events.psv
line=--------------------------------------------------------------------------------
printf '%s\n' $line 'Cluster Utilization 2025-01-01T00:00:00 - 2025-01-20T23:59:59' 'Usage reported in CPU Seconds' $line \
	'Cluster|Allocated|Down|PLND Down|Idle|Planned|Reported' 'lab|2764800|1382400|0|24883200|0|29030400' > export/sreport.psv
sed -i "s/\"events\": { \"file\": null, \"why\": \"no\" }/\"events\": { $(entry export events.psv) }, \"sreport\": { $(entry export sreport.psv) }/" \
	export/manifest.json
expect 0 check export > checked
expect 0 run export -m map --only data -o whole
tr -d ' \n' < whole/report.json > figures
grep -q '"id":"events.count","value":1,' figures || fail 'the events of the folder are not taken'
grep -q '"id":"capacity.down.hours","value":24,' figures || fail 'a day of a node that was down is not told'
grep -q '"id":"sreport.compared","value":1,' figures || fail 'what sreport says is not compared'
# What Slurm has not summed up yet is not compared; named, it is an error.
sed -i '$d' export/sreport.psv
sed -i "s/\"sreport\": {[^}]*}/\"sreport\": { $(entry export sreport.psv) }/" export/manifest.json
expect 0 run export -m map --only data -o unsummed
says 'it is not compared'
tr -d ' \n' < unsummed/report.json | grep -q '"id":"sreport.compared","value":0,' || fail 'what sreport does not say is compared'
expect 1 run export --sreport export/sreport.psv -m map -o named
[ -s whole.psv.events.csv ] || fail 'the events are not written to be shared'
# Nobody asked for them by name: where they are of no use they are left out, and it is said, unless nothing could stand beside.
for terms in '--profile share' '--nodes drop' '--times day'; do
	# shellcheck disable=SC2086 # words
	expect 0 run export -m "map.${terms##* }" $terms --only data -o without
	says 'events.psv is left out: on these terms'
	[ -e without.psv.nodes.csv ] && [ ! -e without.psv.events.csv ] || fail "$terms: $(ls)"
	tr -d ' \n' < without/report.json | grep -q '"id":"has.events","value":0,' || fail "$terms: the events are taken"
	# shellcheck disable=SC2086 # words
	expect 0 anonymize export -m "map.${terms##* }" $terms -o without.psv
	says 'events.psv is left out: on these terms'
	# shellcheck disable=SC2086 # words
	expect 2 anonymize export -m "map.${terms##* }" $terms --events export/events.psv -o named.psv
	says 'leave it out'
done
"$RECLAIM" anonymize export -m map -o - > piped 2> err || fail "to standard output: $(cat err)"
cmp -s piped whole.psv || fail 'standard output gets something else'
# Events of nodes that Slurm did not tell are left out, too.
sed -i 's/"nodes": {[^}]*}/"nodes": { "file": null, "why": "no" }/' export/manifest.json
expect 0 run export -m map --only data -o nodeless
[ ! -e nodeless.psv.events.csv ] || fail 'there are events of nodes that are not known'
expect 0 run export --inventory export/nodes.txt -m map --only data -o known
[ -s known.psv.events.csv ] || fail 'the events are not taken beside --inventory'
make_export

# Whose jobs they are is said where it is one person's.
sed -i 's/"only_own_jobs": false/"only_own_jobs": true/' export/manifest.json
expect 0 run export -m map --only data -o mine
says 'export: all jobs are of the person who exported them'
make_export

# It is no shareable file.
for command in report tally inventory; do
	expect 1 $command export --inventory more.txt -o other.$command
	says 'export: this is a raw export; `reclaim run` reports on it'
done

# What is not as it was exported. wrong TEXT: check says so, and fails.
wrong()
{
	expect 1 check export > checked
	grep -qF -- "$1" checked || fail "check does not say \"$1\": $(cat checked err)"
	expect 1 check export --json > /dev/null
}
first=jobs-20250101T000000Z-20250111T000000Z.psv
sed -i 's/ann/ape/' export/$first
wrong "$first is not as it was exported"
make_export
echo >> export/$first
wrong "when it was exported"
expect 1 run export -m map -o other
says 'has changed since it was exported'
make_export
rm export/$first
wrong "$first is missing"
make_export
rm export/$first
manifest export
wrong '2025-01-01T00:00:00 to 2025-01-11T00:00:00: no slice covers this'
make_export
slice export 5 12
manifest export
wrong '2025-01-05T00:00:00 to 2025-01-11T00:00:00: two slices cover this'
make_export
rm export/jobs-20250111*
manifest export
wrong '2025-01-11T00:00:00 to 2025-01-21T00:00:00: no slice covers this'
make_export
slice export 3 5
manifest export
wrong '2025-01-03T00:00:00 to 2025-01-05T00:00:00: two slices cover this'
! grep -q 'no slice covers' checked || fail "a slice within another opens a gap: $(cat checked)"
make_export
sed -i 's/\({[^{}]*}\),\({[^{}]*}\)\]/\2,\1]/' export/manifest.json
expect 0 check export > checked
grep -q '"slices": \[{ "from": "2025-01-11' export/manifest.json || fail 'no slices changed places'

make_export
echo 'SlurmctldHost = one' > export/config.txt
sed -i "s/\"events\": /\"config\": { $(entry export config.txt) }, &/" export/manifest.json
expect 0 check export > checked
echo 'SlurmctldHost = two' > export/config.txt
wrong 'config.txt is not as it was exported'
# Of one that cannot be read it is not known.
rm export/config.txt
mkdir export/config.txt
sed -i "s/\"config\": {[^}]*}/\"config\": { \"file\": \"config.txt\", \"size\": $(stat -c %s export/config.txt), \"sha256\": \"0\" }/" \
	export/manifest.json
wrong 'config.txt cannot be read'

# What lies between two of them is told, in whatever order they are named, but not where the report is of another time.
gap='no export is of the time from 2025-01-11T00:00:00 to 2025-01-13T00:00:00'
make_export
rm export/jobs-20250111*
mkdir late
slice late 13 21
cp export/nodes.txt late
for folder in export late; do
	manifest $folder
	expect 0 anonymize $folder -m map -o $folder.psv
	! grep -q 'no export is of' err || fail "$folder has no gap: $(cat err)"
done
expect 0 run late export -m map --only data -o other
says "$gap"
# The nodes are those of the later one, in whatever order they are named.
cp more.txt late/nodes.txt
manifest late
sed -i 's/"to": "2025-01-21T00:00:00" },/"to": "2025-01-11T00:00:00" },/' export/manifest.json
expect 0 run late export --inventory more.txt -m map --only data -o named
for folders in 'late export' 'export late'; do
	# shellcheck disable=SC2086 # two folders
	expect 0 run $folders -m map --only data -o other
	cmp other/tables/pools.csv named/tables/pools.csv || fail "of $folders other nodes count"
done
cp export/nodes.txt late
manifest late
for files in 'export.psv late.psv' 'late.psv export.psv'; do
	# shellcheck disable=SC2086 # two files
	expect 0 report $files --inventory late/nodes.txt --only data -o other
	says "$gap, which counts as idle"
	# shellcheck disable=SC2086 # two files
	expect 0 tally $files --inventory late/nodes.txt -o other.tally
	says "$gap, which counts as idle"
	# shellcheck disable=SC2086 # two files
	expect 0 report $files --inventory late/nodes.txt --from 2025-01-13 --to 2025-01-20 --only data -o other
	! grep -q 'no export is of' err || fail "the report has no gap: $(cat err)"
done
make_export
expect 0 run export -m map --only data -o other
! grep -q 'no export is of' err || fail "slices that follow one another have a gap: $(cat err)"

# What is no export, or none yet.
make_export
mv export/manifest.json export/plan
expect 1 run export -m map -o other
says 'this export is not finished'
slice=$(echo export/jobs-20250101*)
mkdir export/sub
cp "$slice" export/sub/jobs.psv
cp "$slice" export/.jobs.psv
for name in "../export/${slice##*/}" sub/jobs.psv .jobs.psv ''; do
	printf '{ "program": "reclaim-export", "format": 1, "window": { "from": "2025-01-01T00:00:00", "to": "2025-01-11T00:00:00" }, "slices": [
		{ "from": "2025-01-01T00:00:00", "to": "2025-01-11T00:00:00", "file": "%s", "size": %d } ] }\n' "$name" "$(wc -c < "$slice")" \
		> export/manifest.json
	expect 1 check export
	says 'does not say what is in the folder'
done
# Nor does one that lacks a time, of the window or of a slice.
sed "s|\"file\": \"\"|\"file\": \"${slice##*/}\"|" export/manifest.json > named.json
cp named.json export/manifest.json
expect 0 check export > checked
for line in 1 2; do
	for lacks in from to; do
		sed "${line}s/\"$lacks\": /\"not\": /" named.json > export/manifest.json
		expect 1 check export
		says 'does not say what is in the folder'
	done
done
sed '2s/{.*} \]/]/' named.json > export/manifest.json
expect 1 check export
says 'does not say what is in the folder'
sed -i 's/"format": 1/"format": 2/' export/manifest.json
expect 1 check export
says 'another version of reclaim-export'
expect 1 check report
says 'is a directory: name the files in it'
