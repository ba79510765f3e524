#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Days and hours of a report are those of the site, whatever zone its export was printed in: the same jobs in the site's times
# and in UTC make the same tables, over both changes of the clock.
. "$(dirname "$0")/begin.sh"

echo 'NodeName=cn1 CPUTot=16 CPUEfctv=16 Sockets=2 CoresPerSocket=8 RealMemory=131072 State=IDLE' > nodes
# A job every three hours from early March to early November 2025, of eight users.
awk 'BEGIN {
	for (t = 1740870300; t < 1762300000; t += 10800) {
		n++
		user = "user" n % 8
		print t, t + n % 5 * 700, t + n % 5 * 700 + 1800 + n % 7 * 4000, 1 + n % 4, user
	}
}' > jobs

# printed_in ZONE FILE: as sacct would there.
printed_in()
{
	for field in 1 2 3; do
		cut -d ' ' -f $field jobs | sed 's/^/@/' | TZ=$1 date -f - +%Y-%m-%dT%H:%M:%S > times.$field
	done
	{
		echo 'JobIDRaw|Cluster|User|Account|State|Submit|Eligible|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NNodes|NodeList|TotalCPU'
		awk '{ print NR "|lab|" $5 "|physics|COMPLETED" }' jobs > head
		awk '{ print $3 - $2 "|" $4 "|8G|1|cn1|" int(($3 - $2) * $4 / 3600) ":00:00" }' jobs > tail
		paste -d '|' head times.1 times.1 times.2 times.3 tail
	} > "$2"
}
printed_in Europe/Berlin printed-there
printed_in UTC printed-in-utc
cut -d '|' -f 6 printed-there | uniq -d | grep -q . && fail 'the made jobs are not what they are meant to be'

# Whether it was searched for names depends on how it was made.
same() # DIR DIR: of all tables
{
	for table in "$1"/tables/*.csv; do
		grep -vE ',scan[.](done|mapping),' "$table" > one
		grep -vE ',scan[.](done|mapping),' "$2/tables/${table##*/}" > another
		cmp -s one another || fail "$table differs: $(diff one another | head -n 4)"
	done
}

period='--from 2025-03-05 --to 2025-10-31'
# shellcheck disable=SC2086 # words
expect 0 run printed-there --timezone Europe/Berlin $period -i nodes -m map --only data -o local
# shellcheck disable=SC2086
expect 0 run printed-in-utc --timezone UTC --site-timezone Europe/Berlin $period -i nodes -m map -o there
same local there
grep -q '"period": "2025-03-05 to 2025-10-31"' there/report.json || fail "$(grep period there/report.json)"
grep -q '"zone": "Europe/Berlin"' there/report.json || fail "$(grep '"zone"' there/report.json)"
grep -q 'Those in the shareable file are in' there/data-quality.html || fail 'it does not say in which zone the shareable file is'
# shellcheck disable=SC2086
expect 0 run printed-in-utc --timezone UTC $period -i nodes -m map --only data -o elsewhere
! cmp -s local/tables/days.csv elsewhere/tables/days.csv || fail 'days of UTC are those of Berlin'

# By the shareable file alone, whose manifest was told nothing: with the option again. By tallies: made with it.
# shellcheck disable=SC2086
expect 0 report there.psv --site-timezone Europe/Berlin $period -i there.psv.nodes.csv --only data -o again
same local again
# shellcheck disable=SC2086
expect 0 tally there.psv --site-timezone Europe/Berlin $period -i there.psv.nodes.csv -o there.tally
expect 0 report there.tally --only data -o tallied
same local tallied
expect 1 report there.tally --site-timezone UTC -o other
says '--site-timezone: the tallies are in Europe/Berlin'
expect 0 report there.tally --timezone UTC --site-timezone Europe/Berlin --only data -o tallied
# shellcheck disable=SC2086
expect 0 tally there.psv $period -i there.psv.nodes.csv -o of-utc.tally
expect 1 report there.tally of-utc.tally -o other
says 'tally all with the same --site-timezone'

# Two weeks, eight, and half a year are that, too, when an hour of them is lacking because summer time began; a day less is not.
# lasting LAST: a report from 5 March on.
lasting()
{
	expect 0 report there.psv --site-timezone Europe/Berlin --from 2025-03-05 --to "$1" -i there.psv.nodes.csv --only site -o long
	sh "$tests/figures.sh" long/report.json > figures
}
thin='too little for a weekly pattern'
expect 0 report there.psv --site-timezone Europe/Berlin --from 2025-03-24 --to 2025-04-06 -i there.psv.nodes.csv --only site -o long
! grep -qF "$thin" long/capacity.html || fail 'two weeks with the begin of summer time are less than two'
lasting 2025-03-17
grep -qF "$thin" long/capacity.html || fail 'thirteen days are two weeks'
for last in 2025-04-28:1 2025-04-29:0; do
	lasting "${last%:*}"
	[ "$(awk -F '\t' '$1 == "window.is_short" { print $2 }' figures)" = "${last#*:}" ] || fail "eight weeks end on ${last%:*}: $(grep window figures)"
done
for last in 2025-08-30:1 2025-08-31:0; do
	lasting "${last%:*}"
	[ "$(awk -F '\t' '$1 == "growth.unknown" { print $5 != "" }' figures)" = "${last#*:}" ] || fail "180 days end on ${last%:*}: $(grep growth figures)"
done

# On both Sundays of two such weeks twenty jobs wait from noon on, on the day of the change, too.
awk 'BEGIN {
	print "JobIDRaw|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NNodes|NodeList"
	for (i = 0; i < 40; i++) {
		day = i < 20 ? "2025-03-30T" : "2025-04-06T"
		print i + 1 "|user" i % 8 "|physics|COMPLETED|" day "10:00:00|" day "12:00:00|" day "13:00:00|3600|1|1G|1|cn1"
	}
}' > sundays
expect 0 run sundays --timezone UTC --site-timezone Europe/Berlin --from 2025-03-24 --to 2025-04-06 -i nodes -m map --only data -o noon
sh "$tests/figures.sh" noon/report.json | awk -F '\t' '$1 == "waiting.when" { print $5 } $1 == "waiting.when.share" { print $2 }' > when
printf '%s\n' 'Sunday at 12:00' 1 | cmp -s - when || fail "they wait from another hour on: $(cat when)"

# Where clocks are off UTC by half an hour, the busiest hour is told as what it is, from half past on.
expect 0 report there.psv --site-timezone Asia/Kolkata --from 2025-03-24 --to 2025-04-06 -i there.psv.nodes.csv --only site -o kolkata
grep -q 'from <[^>]*>2025-[0-9-]* [0-9]*:30<[^>]*> on' kolkata/findings/peak.html || fail "the busiest hour is not told as one: $(grep -o 'busiest hour.*' kolkata/findings/peak.html | head -n 1)"

# What it cannot mean.
sed 1q printed-in-utc > no.psv
expect 2 report there.psv --site-timezone Nowhere/Atall -o other
says '--site-timezone: '
rm there.psv.manifest.json
expect 2 report there.psv --site-timezone Europe/Berlin -o other
says '--site-timezone needs --timezone'

# An export in a folder says where the site is, and the shareable file's manifest hands it on, unless times are cut to the day.
mkdir export
tr '|' '\037' < printed-in-utc > export/jobs-20250304T230000Z-20251031T230000Z.psv
cp nodes export/nodes.txt
# manifest ZONE
manifest()
{
	for file in jobs-20250304T230000Z-20251031T230000Z.psv nodes.txt; do
		printf '"file": "%s", "size": %d, "sha256": "%s"\n' $file "$(wc -c < export/$file)" \
			"$(sha256sum < export/$file | cut -d ' ' -f 1)"
	done > entries
	printf '{ "program": "reclaim-export", "format": 1, "window": { "from": "2025-03-04T23:00:00", "to": "2025-10-31T23:00:00" },
		"timezone": "UTC", "site_timezone": "%s", "slices": [ { "from": "2025-03-04T23:00:00", "to": "2025-10-31T23:00:00", %s } ],
		"nodes": { %s } }\n' "$1" "$(sed -n 1p entries)" "$(sed -n 2p entries)" > export/manifest.json
}
manifest Europe/Berlin
expect 0 run export -m map --only data -o folder
same local folder
grep -q '"site_timezone" : "Europe/Berlin"' folder.psv.manifest.json || fail "$(cat folder.psv.manifest.json)"
expect 0 report folder.psv -i folder.psv.nodes.csv --only data -o again
same local again
expect 0 run export --site-timezone UTC -m map --only data -o other
! cmp -s local/tables/days.csv other/tables/days.csv || fail 'the option does not count'
expect 0 run export --times day -m coarse.map --only data -o coarse
grep -q '"site_timezone" : null' coarse.psv.manifest.json || fail 'days of UTC are called days of Berlin'
manifest Nowhere/Atall
expect 0 run export -m map --only data -o unknown
says 'in the zone Nowhere/Atall, which is not known here: days and hours are in UTC'
