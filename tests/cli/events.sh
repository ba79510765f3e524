#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What `sacctmgr list event` says of nodes that were away is time of the nodes in classes that add up, under real names and under
# new ones. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"
command -v sqlite3 > /dev/null || { echo 'skipped: sqlite3 is not installed'; exit 77; }
LC_ALL=C
export LC_ALL

# Two days, four nodes of one kind, one of another: 192 and 48 node-hours.
for node in cn1 cn2 cn3 cn4; do
	echo "NodeName=$node CoresPerSocket=8 CPUTot=16 RealMemory=64000 Sockets=2 State=IDLE"
done > nodes.txt
echo 'NodeName=big1 CoresPerSocket=16 CPUTot=32 RealMemory=512000 Sockets=2 State=IDLE' >> nodes.txt
cat > jobs.psv <<'END'
JobIDRaw|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NNodes|NodeList|AllocTRES
1|ann|physics|COMPLETED|2025-03-01T00:00:00|2025-03-01T00:00:00|2025-03-01T12:00:00|43200|16|1|cn1|cpu=16,mem=8G,node=1
2|bob|physics|COMPLETED|2025-03-01T00:00:00|2025-03-01T06:00:00|2025-03-02T06:00:00|86400|64|4|cn[1-4]|cpu=64,mem=8G,node=4
3|ann|physics|COMPLETED|2025-03-02T00:00:00|2025-03-02T12:00:00|2025-03-02T13:00:00|3600|32|1|big1|cpu=32,mem=8G,node=1
4|bob|physics|COMPLETED|2025-03-02T00:00:00|2025-03-02T20:00:00|2025-03-02T23:59:59|14399|16|1|cn2|cpu=16,mem=8G,node=1
END
# An event of the cluster; a reason with bars and one with a name in it; two events of one node that overlap, and maintenance
# over both; one that has not ended; one before the period and into it; one of a node that nobody lists; a row that is cut;
# reserved and switched off nodes, which are there. cn4 drains while job 2 runs on it. big1 is down while job 3 runs on it.
cat > events.txt <<'END'
Cluster|NodeName|TimeStart|TimeEnd|Duration|State|StateRaw|Reason|User|TRES|Event|CPU Cnt
lab||2025-02-01T00:00:00|Unknown|1||0|Cluster Registered TRES||cpu=96|Cluster|96
lab|cn3|2025-03-02T08:00:00|2025-03-02T12:00:00|04:00:00|DOWN|1|power|supply | PSU2|root(0)|cpu=16|Node|16
lab|cn3|2025-03-02T10:00:00|2025-03-02T14:00:00|04:00:00|DRAIN|514|ann says: bad disk|ann(1001)|cpu=16|Node|16
lab|cn3|2025-03-02T13:00:00|2025-03-02T15:00:00|02:00:00|MAINT|6|monthly|root(0)|cpu=16|Node|16
lab|cn4|2025-03-02T05:00:00|2025-03-02T09:00:30|04:00:30|DRAIN|514|drain|root(0)|cpu=16|Node|16
lab|cn1|2025-03-02T23:00:00|Unknown|00:00:00|DOWN*|1|hung|root(0)|cpu=16|Node|16
lab|big1|2025-02-27T00:00:00|2025-03-01T02:00:00|2-02:00:00|FAIL|1|dimm|root(0)|cpu=32|Node|32
lab|big1|2025-03-02T12:30:00|2025-03-02T13:30:00|01:00:00|DOWN|1|again|root(0)|cpu=32|Node|32
lab|cn2|2025-03-02T12:00:00|2025-03-02T18:00:00|06:00:00|IDLE+POWERED_DOWN|2|power saving|root(0)|cpu=16|Node|16
lab|old9|2025-03-01T00:00:00|2025-03-02T00:00:00|1-00:00:00|DOWN|1|gone|root(0)|cpu=16|Node|16
lab|cn2|2025-03-01T0
END
# Of cn: down 8-13 (5 h), planned down 13-15 (2 h), cn4 5:00-9:00:30, of which the hour until 6 is job 2's; cn1 the last hour.
# Of big: down two hours at the beginning and one in which half an hour is job 3's.
expected='capacity.owned.hours 240
capacity.planned_down.hours 2
events.count 8
events.unlisted 1
events.unreadable 1
events.jobs 1'
period='--from 2025-03-01 --to 2025-03-02 --timezone UTC'

value() { awk -F '\t' -v id="$2" '$1 == id { print $2 }' "$1"; }
near() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && a - b < 1e-6 && b - a < 1e-6) }'; }

# checks REPORT
checks()
{
	sh "$tests/figures.sh" "$1/report.json" > figures
	echo "$expected" | while read -r id wanted; do
		near "$(value figures "$id")" "$wanted" || fail "$1: $id is $(value figures "$id"), not $wanted"
	done
	# 5 + (3 h and half a minute) + 1, and 2 + 0.5
	near "$(value figures pool.1.down)" "$(awk 'BEGIN { printf "%.9f", 5 + 3 + 30 / 3600 + 1 }')" ||
		fail "$1: pool 1 was down for $(value figures pool.1.down) hours"
	near "$(value figures pool.2.down)" 2.5 || fail "$1: pool 2 was down for $(value figures pool.2.down) hours"
	near "$(value figures capacity.both.hours)" 1.5 || fail "$1: $(value figures capacity.both.hours) hours are both"
	awk -F '\t' '$1 ~ /^capacity\.(allocated|down|planned_down|idle)\.hours$/ { sum += $2 } $1 == "capacity.owned.hours" { all = $2 }
		END { exit !(all > 0 && sum - all < 1e-6 && all - sum < 1e-6) }' figures || fail "$1: the classes do not add up"
}

# shellcheck disable=SC2086
{
	expect 0 run jobs.psv --inventory nodes.txt --events events.txt --mapping private.csv $period --only data -o kept
	checks kept
	expect 0 run jobs.psv --inventory nodes.txt --events events.txt --mapping private.csv --nodes rename $period --only data -o renamed
	checks renamed
}
head -n 1 renamed.psv.events.csv | grep -qx 'node,start,end,state' || fail "events begin with $(head -n 1 renamed.psv.events.csv)"
! grep -qiE 'cn[0-9]|big1|old9|ann|disk|dimm|root' renamed.psv.events.csv || fail 'a name or a reason stands in the events'
! grep -qiE 'ann|disk|dimm|root' kept.psv.events.csv || fail 'a reason stands in the events'
grep -q '^cn1,2025-03-02T23:00:00,Unknown,DOWN$' kept.psv.events.csv || fail "$(cat kept.psv.events.csv)"
grep -q events_file renamed.psv.manifest.json || fail 'the manifest does not have the events'
sha256sum --quiet -c renamed.psv.sha256 || fail 'the digests do not fit'
# The manifest has of each file its own size and digest.
for of in file: nodes_file:.nodes.csv events_file:.events.csv; do
	shared=renamed.psv${of#*:}
	tr -d ' \n' < renamed.psv.manifest.json |
		grep -qF "\"${of%%:*}\":{\"size\":$(wc -c < "$shared"),\"sha256\":\"$(sha256sum "$shared" | cut -d ' ' -f 1)\"}" ||
		fail "the manifest does not tell what $shared is"
done
# The events as they were shared say the same, and so do the real ones of nodes that kept their names.
# shellcheck disable=SC2086
for events in kept.psv.events.csv events.txt; do
	expect 0 report kept.psv --inventory kept.psv.nodes.csv --events $events $period --only site -o again
	checks again
done
grep -q 'were down for' again/capacity.html || fail 'the page about capacity says nothing of it'
grep -q 'When nodes were away' again/data-quality.html || fail 'the page about the data says nothing of it'

# An oracle: each second of each node, one by one.
awk -F '|' '
function second(t) { return (substr(t, 6, 2) == "03" ? (substr(t, 9, 2) - 1) * 86400 : -86400 * (29 - substr(t, 9, 2))) + substr(t, 12, 2) * 3600 + substr(t, 15, 2) * 60 + substr(t, 18, 2) }
$2 == "" || $2 == "old9" || $6 !~ /^(DOWN|FAIL|DRAIN|MAINT)/ || NF < 12 { next }
{
	to = $4 == "Unknown" ? 172800 : second($4)
	for (s = second($3); s < to && s < 172800; s++)
		if (s >= 0 && away[$2, s] != "planned") away[$2, s] = $6 ~ /MAINT/ ? "planned" : "down"
}
END {
	# cn4 until 6, and big1 half an hour: jobs have them.
	for (s = 18000; s < 21600; s++) delete away["cn4", 86400 + s]
	for (s = 45000; s < 46800; s++) delete away["big1", 86400 + s]
	for (k in away) n[away[k]]++
	printf "%.9f %.9f\n", n["down"] / 3600, n["planned"] / 3600
}' events.txt > oracle
read -r down planned < oracle
near "$(value figures capacity.down.hours)" "$down" || fail "down for $(value figures capacity.down.hours), the oracle says $down"
near "$(value figures capacity.planned_down.hours)" "$planned" || fail "the oracle says $planned planned"

# A node that is gone was owned until the day of the list that lacks it, whatever its events say of later days; one that came was
# owned from that day on.
grep -v cn3 nodes.txt > then.txt
grep -v cn1 nodes.txt > first.txt
cat > gone.txt <<'END'
Cluster|NodeName|TimeStart|TimeEnd|State
lab|cn3|2025-03-01T23:00:00|Unknown|DOWN
lab|cn1|2025-02-01T00:00:00|2025-03-02T01:00:00|MAINT
END
# shellcheck disable=SC2086
expect 0 report kept.psv --inventory first.txt --inventory 2025-03-02=then.txt --events gone.txt $period --internal --only data -o gone
sh "$tests/figures.sh" gone/report.json > gone.figures
for class in owned down planned_down; do value gone.figures capacity.$class.hours; done | tr '\n' ' ' > found
# From one on, when job 2 still had all four, there is nothing else; until then it had one more than there were.
[ "$(cat found)" = '192 0 0 ' ] || fail "of nodes that came and went: $(cat found)"

# Threads and order change nothing.
# shellcheck disable=SC2086
expect 0 report kept.psv --inventory kept.psv.nodes.csv --events events.txt $period --threads 3 --only data -o threads
cmp again/report.json threads/report.json || fail 'the number of threads shows'
{ head -n 1 events.txt; sed 1d events.txt | sort -r; } > shuffled.txt
# shellcheck disable=SC2086
expect 0 report kept.psv --inventory kept.psv.nodes.csv --events shuffled.txt $period --only data -o shuffled
cmp again/report.json shuffled/report.json || fail 'the order of events shows'

# Without events nothing is said to be down.
# shellcheck disable=SC2086
expect 0 report kept.psv --inventory kept.psv.nodes.csv $period --only data -o without
sh "$tests/figures.sh" without/report.json > figures
[ "$(value figures capacity.down.hours)" = null ] || fail 'nodes are down that nobody spoke of'
near "$(value figures capacity.owned.hours)" 240 || fail 'owned time is lost'

expect 2 report kept.psv --events events.txt -o no
says '--events needs --inventory'
for command in run anonymize; do
	expect 2 $command jobs.psv --events events.txt --mapping private.csv -o no
	says '--events needs --inventory'
	[ ! -e no ] || fail "$command: events without nodes are written"
done
expect 2 run jobs.psv --inventory nodes.txt --events events.txt --mapping private.csv --profile share -o no
says '--events'
# shellcheck disable=SC2086
expect 1 report kept.psv --inventory kept.psv.nodes.csv --events nodes.txt $period -o no
says 'nodes.txt: it does not begin with a header'
expect 1 report kept.psv --inventory kept.psv.nodes.csv --events nowhere -o no
says 'nowhere'
expect 0 tally kept.psv --inventory kept.psv.nodes.csv -o one.tally
expect 2 report one.tally --events events.txt -o no
says 'tallies do not name the nodes'

# Those of a release of that name are no part of the next.
expect 0 anonymize jobs.psv --mapping private.csv -o kept.psv
for list in nodes events; do
	says "kept.psv.$list.csv stood there before, and is no part of this release"
done
