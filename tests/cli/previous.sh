#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What changed since a former report: words that are true, and refusals where there is nothing to compare. RECLAIM is the program
# to test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"
for tool in sqlite3 gzip pdfinfo pdftotext perl; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

gzip -dc "$SAMPLE/sacct-2025.psv.gz" > raw.psv
expect 0 anonymize raw.psv -m map.csv -o shared.psv

# on FROM TO DIR ARGUMENT...: a report on these days.
on()
{
	from=$1 to=$2 folder=$3
	shift 3
	expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --from "$from" --to "$to" "$@" -o "$folder"
}
on 2025-04-01 2025-06-30 before --only data
on 2025-07-01 2025-09-30 alone
on 2025-07-01 2025-09-30 now --previous before/report.json

figures()
{
	sh "$tests/figures.sh" "$1/report.json"
}
for report in before alone now; do
	figures $report > $report.figures
done

# without FILE: what it says of no comparison.
grep -vE '^(previous|change|daily|compare|has\.previous)' now.figures > rest
grep -vE '^(previous|change|daily|compare|has\.previous)' alone.figures | cmp -s - rest || fail 'a former report changes other figures'
! grep -qE '^(change|daily)\.' alone.figures || fail 'a change without a former report'
! grep -qE 'than before|Since the former' alone/index.html || fail 'the site speaks of a former report'
for folder in alone now; do
	[ "$(pdfinfo $folder/executive-summary.pdf | sed -n 's/^Pages: *//p')" = 1 ] || fail "$folder: the summary is not one page"
done

# Each change is that of the two reports' own figures, sums by the day.
awk -F '\t' '
	FILENAME == "before.figures" { then[$1] = $2; next }
	{ now[$1] = $2 }
	END {
		for (id in now) {
			if (sub(/^change\./, "", id) == 0 || now["change." id] == "null") continue
			a = then[id]; b = now[id]; want = 0
			daily = ("daily." id) in now
			if (daily) { a /= then["window.days"]; b /= now["window.days"] }
			points = id ~ /share$|^utilization$|^coverage$/
			want = points ? 100 * (b - a) : b / a - 1
			if ((want - now["change." id]) ^ 2 > 1e-18) { print id ": " now["change." id] ", not " want; exit 1 }
			count++
		}
		if (count < 10) { print "only " count " changes"; exit 1 }
	}' before.figures now.figures > wrong || fail "$(cat wrong)"
grep -q '^previous.period	null	text		2025-04-01 to 2025-06-30$' now.figures || fail 'the former period is not told'
change=$(awk -F '\t' '$1 == "change.utilization" { print $5 }' now.figures)
part now/summary.eml text/plain | tr '\n' ' ' > mail.txt
for file in now/index.html mail.txt; do
	grep -qF "$change than before" $file || fail "$file does not say: utilization $change"
done

# New and closed are what the two say of it; of what one of them could not judge nothing is said.
names()
{
	awk -F '\t' -v id="$1" '$1 == id { print $5 }' now.figures
}
listed()
{
	sqlite3 :memory: "
		WITH a AS (SELECT json_extract(value, '\$.id') id, json_extract(value, '\$.value') v FROM json_each(CAST(readfile('before/report.json') AS TEXT), '\$.figures')),
		b AS (SELECT json_extract(value, '\$.id') id, json_extract(value, '\$.value') v, json_extract(value, '\$.label') nav FROM json_each(CAST(readfile('now/report.json') AS TEXT), '\$.figures'))
		SELECT coalesce(group_concat(nav, ', '), '') FROM b JOIN a USING (id) WHERE id LIKE '%.$1' AND a.v $2 AND b.v $3"
}
check_courses()
{
	[ "$(names compare.new.names)" = "$(listed gain '= 0' '= 1')" ] || fail "new: $(names compare.new.names)"
	[ "$(names compare.closed.names)" = "$(listed gain '= 1' '= 0')" ] || fail "closed: $(names compare.closed.names)"
	[ "$(names compare.open.names)" = "$(listed gain '= 1' '= 1')" ] || fail "open: $(names compare.open.names)"
}
check_courses
sqlite3 :memory: "
	SELECT writefile('turned.json', json_set(text, '\$.figures[' || (SELECT key FROM json_each(text, '\$.figures') WHERE json_extract(value, '\$.id') = 'memory.gain') || '].value', 0,
		'\$.figures[' || (SELECT key FROM json_each(text, '\$.figures') WHERE json_extract(value, '\$.id') = 'memory.nothing') || '].value', 1,
		'\$.figures[' || (SELECT key FROM json_each(text, '\$.figures') WHERE json_extract(value, '\$.id') = 'time_limits.gain') || '].value', 0,
		'\$.figures[' || (SELECT key FROM json_each(text, '\$.figures') WHERE json_extract(value, '\$.id') = 'jobs.count') || '].text', 'x</p><script>',
		'\$.assumptions[0].expected', 0.25))
	FROM (SELECT CAST(readfile('before/report.json') AS TEXT) AS text)" > written
on 2025-07-01 2025-09-30 turned --only site --previous turned.json
figures turned > now.figures
[ "$(names compare.new.names)" = 'Memory requests' ] || fail "new: $(names compare.new.names)"
case $(names compare.open.names) in *'Time limits'*) fail 'a finding that could not be judged is called open' ;; esac
[ "$(names compare.assumptions)" = 1 ] || fail "assumptions: $(names compare.assumptions)"
grep -q '1</[a-z]*> of the .*assumptions.* is not the same' turned/index.html || fail 'the site does not say that an assumption changed'
! grep -rq 'x</p>' turned || fail 'words of the former report are in this one'

# What came of all advice that can be followed: growth and the shape of the jobs are nobody's to move. Nothing is said of
# what was and is nought: no job is scattered in the sample, and no CPU surely stranded.
sqlite3 :memory: "
	SELECT writefile('all.json', json_set(text, '\$.figures', (SELECT json_group_array(json(CASE
		WHEN json_extract(value, '\$.id') LIKE '%.gain' THEN json_set(value, '\$.value', 1)
		WHEN json_extract(value, '\$.id') LIKE '%.nothing' THEN json_set(value, '\$.value', 0) ELSE value END))
		FROM json_each(text, '\$.figures'))))
	FROM (SELECT CAST(readfile('before/report.json') AS TEXT) AS text)" > written
on 2025-07-01 2025-09-30 all --only mail --previous all.json
figures all > now.figures
{ names compare.closed.names; names compare.open.names; } | sed 's/, /\n/g' | grep -vxE 'Growth|Throughput or capacity|Scattered jobs|Stranded CPUs' | sort > followed
sed '1d; s/^"//; s/: .*//' all/tables/actions.csv | sort > told
diff followed told || fail 'what came of some advice is not told'
part all/summary.eml text/plain | sed '1,/^What came of the advice/d; /^What to do next/,$d' | sed -n 's/^\* \([^:]*\):.*/\1/p' | sort > mailed
diff told mailed || fail 'what came of some advice is not told in the mail'

# What is new or closed because groups are shown from another number of users on is not told as if people had changed.
for hiding in --internal '--min-users 15'; do
	# shellcheck disable=SC2086 # an option and its number
	on 2025-04-01 2025-06-30 hiding --only data $hiding
	on 2025-07-01 2025-09-30 shown --only site,mail --previous hiding/report.json
	figures shown > now.figures
	[ -z "$(names compare.new.names)" ] || fail "$hiding: new: $(names compare.new.names)"
	part shown/summary.eml text/plain | tr '\n' ' ' > mail.txt
	for file in shown/index.html mail.txt; do
		grep -q 'another number of users on' $file || fail "$file does not say that other groups are shown"
	done
	rm -r hiding shown
done
# What these groups do is then no finding that goes on, either, and all others are.
sqlite3 :memory: "
	SELECT writefile('hiding.json', json_set(text, '\$.figures', (SELECT json_group_array(json(CASE json_extract(value, '\$.id')
		WHEN 'cells.min_users' THEN json_set(value, '\$.value', 99) ELSE value END)) FROM json_each(text, '\$.figures'))))
	FROM (SELECT CAST(readfile('all.json') AS TEXT) AS text)" > written
on 2025-07-01 2025-09-30 hiding --only data --previous hiding.json
figures all > now.figures
{ names compare.closed.names; names compare.open.names; } | sed 's/, /\n/g' | sort > every
figures hiding > now.figures
{ names compare.closed.names; names compare.open.names; } | sed 's/, /\n/g' | sort > rest
grep -cxE 'Group comparison|Who drives the peak' every | grep -qx 2 || fail "no finding speaks of groups: $(cat every)"
grep -vxE 'Group comparison|Growth|Who drives the peak' every | diff - rest || fail 'other groups are told to do as before'
rm -r hiding
! grep -q 'another number of users on' now/index.html || fail 'the same groups are called others'

# With half of the work half is not needed, which is nobody's doing: what came of advice is told in shares, and that the work is another is said.
awk -F '|' 'NR == 1 || $0 ~ /^[0-9]*[02468][|._+]/' raw.psv > fewer.psv
expect 0 anonymize fewer.psv -m map.csv -o fewer.shared
expect 0 report fewer.shared --inventory "$SAMPLE/nodes.txt" --from 2025-07-01 --to 2025-09-30 --only site,mail,pdf --previous before/report.json -o fewer
figures fewer > fewer.figures
awk -F '\t' '
	$1 == "change.cpu.hours" { work = $2 }
	$1 ~ /^(power|idle|serial)\..*share$/ { now[$1] = $2 }
	$1 ~ /^previous\.(power|idle|serial)\..*share$/ { then[substr($1, 10)] = $2 }
	END {
		for (id in then)
			if (id in now) {
				count++
				if ((now[id] - then[id]) ^ 2 > 0.01) print id " changed by more than ten points"
				# By chance of which jobs are left; idle ones are few.
				if (id !~ /idle/ && (now[id] < 0.7 * then[id] || now[id] > 2 * then[id])) print id " was " then[id] " and is " now[id]
			}
		if (work > -0.3 || count < 3) print count " shares, and work changed by " work
	}' fewer.figures > wrong
[ ! -s wrong ] || fail "less work is told as less waste: $(cat wrong)"
grep -q '^Nodes to own once users ask for what they need,[0-9]*,[0-9]*,[0-9]*.% less$' fewer/tables/compared.csv || fail "fewer nodes are worth owning, which is not told: $(cat fewer/tables/compared.csv)"
! grep -q 'a day' fewer/tables/actions.csv || fail 'what came of advice is told in sums'
# says_words WORDS REPORT: that its page, its mail and its one page say so, wherever lines and blanks break.
says_words()
{
	part "$2/summary.eml" text/plain > mail.txt
	pdftotext -layout "$2/executive-summary.pdf" page.txt
	for file in "$2/index.html" mail.txt page.txt; do
		sed 's/<[^>]*>//g; s/\xc2\xa0/ /g' "$file" | tr -s ' \n' ' ' | grep -qF "$1" || fail "$file does not say: $1"
	done
}
printed()
{
	awk -F '\t' -v id="$1" '$1 == id { print $5 }' "$2" | sed 's/\xc2\xa0/ /g'
}
says_words "In core-hours jobs held $(printed change.cpu.hours fewer.figures) than" fewer

# Nor is what is no longer measured gone.
sqlite3 :memory: "
	SELECT writefile('measured.json', json_set(text, '\$.figures[' || (SELECT key FROM json_each(text, '\$.figures') WHERE json_extract(value, '\$.id') = 'coverage') || '].value', 0.25,
		'\$.figures[' || (SELECT key FROM json_each(text, '\$.figures') WHERE json_extract(value, '\$.id') = 'cpu.hours') || '].value', 4e6))
	FROM (SELECT CAST(readfile('before/report.json') AS TEXT) AS text)" > written
on 2025-07-01 2025-09-30 measured --only site,mail,pdf --previous measured.json
figures measured > measured.figures
says_words "It is known what became of $(printed coverage measured.figures) of the node-hours, $(printed change.coverage measured.figures) than" measured
grep -q 'of the node-hours, .* than in the former period' measured/index.html || fail 'it is not told how the coverage changed'
grep -q 'Since then' mail.txt && ! grep -q 'Change unchanged' mail.txt || fail 'the mail tells of a change that is none'
! grep -q 'In core-hours jobs held' measured/index.html mail.txt page.txt || fail 'much the same work is called another'
! grep -q 'of the node-hours, .* than in the former period' now/index.html fewer/index.html || fail 'the same coverage is called another'

# A saving without what users could give back is no less than one with it.
awk -F '|' -v OFS='|' '
	NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i }
	NR > 1 && $column["JobIDRaw"] ~ /[.]/ { next }
	NR > 1 { $column["TotalCPU"] = "00:00:00" }
	{ print }' raw.psv > allocations.psv
expect 0 anonymize allocations.psv -m map.csv -o unused.psv
for words in 'is not known now: this' 'was not known then: the former'; do
	case $words in is*) then=shared.psv now=unused.psv ;; *) then=unused.psv now=shared.psv ;; esac
	expect 0 report $then --inventory "$SAMPLE/nodes.txt" --from 2025-04-01 --to 2025-06-30 --only data -o bare
	expect 0 report $now --inventory "$SAMPLE/nodes.txt" --from 2025-07-01 --to 2025-09-30 --only site,mail --previous bare/report.json -o less
	part less/summary.eml text/plain | tr '\n' ' ' > mail.txt
	for file in less/index.html mail.txt; do
		grep -qF "What jobs used $words saving leaves out" $file || fail "$file does not say: $words"
	done
	figures less > now.figures
	[ "$(awk -F '\t' '$1 == "change.saving.total.expected" { print $2 }' now.figures)" = null ] || fail "$words: a change of the saving is told"
	! names compare.closed.names | grep -q 'Memory requests' || fail "$words: a finding that cannot be judged is called closed"
	grep -q '^"Saving a year, expected","\$' less/tables/compared.csv || fail 'both savings are not told'
	! grep -q '^Nodes to own once users ask' less/tables/compared.csv || fail "$words: nodes are called those of users who ask for less, of whom nothing is known"
	! tr '\n' ' ' < less/index.html | grep -qE 'former period: the saving|: the saving, and which' || fail "$words: the saving, which is not compared, may have changed"
	rm -r bare less
done

# An assumption may have moved nothing.
printf '[grid_carbon]\nexpected=0.4\n' > carbon.conf
on 2025-07-01 2025-09-30 carbon --only site,pdf --assumptions carbon.conf --previous before/report.json
page()
{
	[ "$(pdfinfo "$1/executive-summary.pdf" | sed -n 's/^Pages: *//p')" = 1 ] || fail "$1: the summary is not one page"
	pdftotext -layout "$1/executive-summary.pdf" - | tr -s ' \n' ' '
}
page carbon | grep -q '1 assumption changed since the report on 2025-04-01 to 2025-06-30' || fail 'the one page does not say that assumptions changed'
! page now | grep -q 'changed since the report' || fail 'the one page says that assumptions changed'
grep -q 'money, and which findings there are, may have changed' carbon/index.html || fail 'what an assumption may have moved is not said'

# A cell without a change is a dash in the mail, as it is elsewhere. The mail tells of figures where no advice was given.
sqlite3 :memory: "
	SELECT writefile('first.json', json_set(text, '\$.figures', (SELECT json_group_array(json(CASE
		WHEN json_extract(value, '\$.id') LIKE '%.gain' OR json_extract(value, '\$.id') = 'gpu.hours' THEN json_set(value, '\$.value', 0)
		ELSE value END))
		FROM json_each(text, '\$.figures'))))
	FROM (SELECT CAST(readfile('before/report.json') AS TEXT) AS text)" > written
on 2025-07-01 2025-09-30 first --only mail --previous first.json
part first/summary.eml text/plain | grep -q '^\* GPU-hours allocated, a day: Before 0; Now [0-9]*; Since then –$' || fail 'no dash in the words of the mail'
part first/summary.eml text/html | grep -q '>–</td></tr>' || fail 'no dash in the table of the mail'

# Only more than a tenth of the work, and more than two points of the coverage, are another's: in either direction.
figures now > now.figures
of()
{
	awk -F '\t' -v id="$1" '$1 == id { print $2 }' "$2"
}
for than in '1.12 0.025 1' '1.08 0.015 0'; do
	read -r work coverage told << END
$than
END
	sqlite3 :memory: "
		SELECT writefile('moved.json', json_set(text, '\$.figures', (SELECT json_group_array(json(CASE json_extract(value, '\$.id')
			WHEN 'cpu.hours' THEN json_set(value, '\$.value', $work * $(of daily.cpu.hours now.figures) * $(of window.days before.figures))
			WHEN 'coverage' THEN json_set(value, '\$.value', $(of coverage now.figures) - $coverage) ELSE value END))
			FROM json_each(text, '\$.figures'))))
		FROM (SELECT CAST(readfile('before/report.json') AS TEXT) AS text)" > written
	on 2025-07-01 2025-09-30 moved --only data --previous moved.json
	figures moved > moved.figures
	for cause in work coverage; do
		[ "$(of compare.$cause moved.figures)" = "$told" ] || fail "$cause changed by $(of change.cpu.hours moved.figures), $(of change.coverage moved.figures)"
	done
	rm -r moved
done

# Of what a former report lacks, as one of another version may, nothing is said to differ; of an assumption that it lacks, and of
# one with another range, it is.
sqlite3 :memory: "
	SELECT writefile('older.json', json_remove(json_set(text, '\$.figures', (SELECT json_group_array(json(value)) FROM json_each(text, '\$.figures')
		WHERE json_extract(value, '\$.id') NOT IN ('has.usage', 'window.days', 'cells.min_users')),
		'\$.assumptions[0].low', -1, '\$.assumptions[1].high', -1), '\$.assumptions[2]'))
	FROM (SELECT CAST(readfile('before/report.json') AS TEXT) AS text)" > written
! grep -q '"window.days"' older.json || fail 'nothing was left out'
on 2025-07-01 2025-09-30 older --only data --previous older.json
figures older > older.figures
for differs in usage min_users lengths_differ; do
	[ "$(of compare.$differs older.figures)" = 0 ] || fail "what the former report does not have is another: $differs"
done
[ "$(of compare.assumptions older.figures)" = 3 ] || fail "assumptions: $(of compare.assumptions older.figures)"

# Periods that differ in length are compared by the day, and it is said.
on 2025-07-01 2025-12-31 half --only site --previous before/report.json
grep -o '^"[^"]*, a day"' half/tables/compared.csv | tr -d '"' > daily
printf '%s, a day\n' 'Core-hours allocated' 'GPU-hours allocated' Jobs | diff - daily > differ || fail "told by the day: $(cat differ)"
for of in '2025-10-03 0' '2025-10-05 1'; do
	on 2025-07-01 "${of% *}" longer --only data --previous before/report.json
	figures longer > longer.figures
	[ "$(of compare.lengths_differ longer.figures)" = "${of#* }" ] || fail "$(of window.days longer.figures) days beside $(of window.days before.figures)"
	rm -r longer
done
sed 's/<[^>]*>//g; s/\xc2\xa0/ /g' half/index.html | tr -s ' \n' ' ' | grep -q 'differ in length, 184 days and 91 days:' || fail 'it is not said that the periods differ in length'
! grep -q 'differ in length' now/index.html || fail 'equal periods are said to differ'

# A quarter is not compared with another as if both had the same terms: with the same quarter of the year before it is.
for apart in '345 0' '320 1'; do
	sqlite3 :memory: "
		SELECT writefile('season.json', json_set(text, '\$.figures', (SELECT json_group_array(json(iif(json_extract(value, '\$.id') = 'window.from',
			json_set(value, '\$.value', unixepoch('2025-07-01') - ${apart% *} * 86400), value))) FROM json_each(text, '\$.figures'))))
		FROM (SELECT CAST(readfile('before/report.json') AS TEXT) AS text)" > written
	on 2025-07-01 2025-09-30 season --only data --previous season.json
	figures season > season.figures
	[ "$(of compare.seasons_differ season.figures)" = "${apart#* }" ] || fail "${apart% *} days apart: $(of compare.seasons_differ season.figures)"
	rm -r season
done
# Of two whole years each has all of them, whenever it begins.
for of in '366 0' '300 1'; do
	days=${of% *} differ=${of#* }
	sqlite3 :memory: "
		SELECT writefile('years.json', json_set(text,
			'\$.period', '2023-09-01 to 2024-08-31', '\$.figures',
			(SELECT json_group_array(json(CASE json_extract(value, '\$.id')
			WHEN 'window.from' THEN json_set(value, '\$.value', unixepoch('2023-09-01'))
			WHEN 'window.days' THEN json_set(value, '\$.value', $days) ELSE value END))
			FROM json_each(text, '\$.figures'))))
		FROM (SELECT CAST(readfile('before/report.json') AS TEXT) AS text)" > written
	on 2025-01-01 2025-12-31 years --only data --previous years.json
	figures years > years.figures
	[ "$(of compare.seasons_differ years.figures)" = "$differ" ] ||
		fail "$days days beside a year: $(of compare.seasons_differ years.figures)"
	rm -r years
done
grep -q 'two periods are of different times of the year' now/index.html || fail 'it is not said that the quarters are two'
page now | grep -q 'is of another time of the year' || fail 'the one page does not say that the quarters are two'
part now/summary.eml text/plain | tr '\n' ' ' | grep -q 'of different times of the year' || fail 'the mail does not say that the quarters are two'
! grep -q 'different times of the year' half/index.html || fail 'seasons are told twice'

# So is what a former period may have lacked.
on 2024-12-01 2025-03-31 hollow --only data
on 2025-07-01 2025-09-30 whole --only site,mail,pdf --previous hollow/report.json
page whole | grep -q 'has days without jobs at its ends' || fail 'the one page does not say that the former period may lack jobs'
part whole/summary.eml text/plain | tr '\n' ' ' > mail.txt
for file in whole/index.html mail.txt; do
	grep -q 'former period has days without jobs' $file || fail "$file does not say that the former period may lack jobs"
done
! grep -q 'days without jobs' now/index.html || fail 'a whole period is said to lack jobs'

# What cannot be compared is refused, and nothing is written.
refused()
{
	file=$1
	shift
	expect 1 report shared.psv --inventory "$SAMPLE/nodes.txt" --from 2025-07-01 --to 2025-09-30 --previous "$file" -o bad
	says "$*"
	[ ! -e bad ] || fail 'a refused report was written'
}
edited()
{
	sed "$1" before/report.json > edited.json
	! cmp -s before/report.json edited.json || fail "nothing was edited: $1"
	shift
	refused edited.json "$@"
}
refused before 'before is a folder: give the report.json in it'
refused none.json 'none.json cannot be read'
refused "$SAMPLE/nodes.txt" 'is no report.json of a report: it is not JSON'
refused before/manifest.json 'is no report.json of a report'
echo '{"program": "reclaim", "period": "2025", "currency": "$", "figures": [], "assumptions": []}' > short.json
refused short.json 'is no report.json of a report'
echo '{"program": "reclaim", "period": "2025-01-01 to 2025-01-31", "currency": "$", "figures": [1], "assumptions": []}' > list.json
refused list.json 'is no report.json of a report'
edited 's/"schema": 1/"schema": 2/' 'is of another form (schema 2, not 1)'
edited '/"schema"/d' 'is of another form (schema 0, not 1)'
for lacks in currency figures assumptions; do
	edited "s/\"$lacks\": /\"not\": /" 'is no report.json of a report'
done
edited 's/"currency": "\$"/"currency": "€"/' 'the currency is “€” there and “$” here'
edited 's/64 cores, 1000 GiB/32 cores, 1000 GiB/' 'the kinds of nodes are'
edited 's/"period": "2025-04-01/"period": "2025-04-0x/' 'is no report.json of a report'
edited 's/\("period": "2025-04-01 to 2025-06-30\)"/\1, about"/' 'is no report.json of a report'
edited 's/"period": "2025-04-01 to 2025-06-30"/"period": "2025-04-01 to 2025-07-01"/' 'does not end before the first day'
refused now/report.json 'is no former report: its period, 2025-07-01 to 2025-09-30, does not end before'
says 'the first day of that of this one, 2025-07-01 to 2025-09-30; --from and --to say of which days a report is'
expect 0 report shared.psv --from 2025-04-01 --to 2025-06-30 --only data -o nodeless
refused nodeless/report.json 'only one of them knows the nodes'
says 'Of that it is said: no list of the cluster’s nodes was given'
expect 1 report shared.psv --from 2025-07-01 --to 2025-09-30 --previous before/report.json -o bad
says 'Of this it is said: no list of the cluster’s nodes was given'
expect 0 report shared.psv --from 2025-07-01 --to 2025-09-30 --only site,mail --previous nodeless/report.json -o bound
grep -q '^"Utilization, at most",[^,]*[0-9][^,]*,[^,]*[0-9][^,]*,$' bound/tables/compared.csv || fail 'two upper bounds are told as a change'
! grep -q 'points [a-z]* than before' bound/index.html || fail "the site says how much an upper bound changed"
# The least that a saving can be is told as such, and not how it changed.
sed '/"id": "saving.is_least"/,/"value"/s/"value": 0/"value": 1/' before/report.json > least.json
on 2025-07-01 2025-09-30 least --only data --previous least.json
grep -q '^"Saving a year, expected","at least [$][0-9,]*","[$][0-9,]*",$' least/tables/compared.csv ||
	fail "of the least that a saving can be it is told how it changed: $(grep Saving least/tables/compared.csv)"
# Without a list of the nodes the kinds are those that jobs show.
sed 's/"32 cores, 469 GiB"/"64 cores, 469 GiB"/' nodeless/report.json > kinds.json
expect 1 report shared.psv --from 2025-07-01 --to 2025-09-30 --previous kinds.json -o bad
says 'the kinds of nodes are'
# What only one of them has is in no row.
expect 0 report unused.psv --from 2025-04-01 --to 2025-06-30 --only data -o useless
for of in 'nodeless unused' 'useless shared'; do
	expect 0 report "${of#* }.psv" --from 2025-07-01 --to 2025-09-30 --only data --previous "${of% *}/report.json" -o half-known
	grep -q '^"CPUs in use' half-known/tables/compared.csv || fail "nothing is compared: $(cat half-known/tables/compared.csv)"
	! grep -q '^"*Saving' half-known/tables/compared.csv || fail "a saving is told beside none: $(cat half-known/tables/compared.csv)"
	rm -r half-known
done
printf '[site]\ncluster=one\n' > one.conf
printf '[site]\ncluster=two\n' > two.conf
on 2025-04-01 2025-06-30 one --only data --site one.conf
expect 1 report shared.psv --inventory "$SAMPLE/nodes.txt" --from 2025-07-01 --to 2025-09-30 --site two.conf --previous one/report.json -o bad
says 'the cluster is “one” there and “two” here'

# One that tells no cluster may be of this one.
on 2025-07-01 2025-09-30 nameless --only data --previous one/report.json
on 2025-07-01 2025-09-30 named --only data --site two.conf --previous before/report.json
on 2025-04-01 2025-06-30 by-group --only data --group-by group
refused by-group/report.json 'users are grouped by “group” there and “account” here'

# The same kinds are the same in any order, beside what jobs show of a node that the list lacks by now, and beside a list that
# begins behind the period.
sed 's/"4 × a100, 64 cores, 500 GiB"/"that"/; s/"64 cores, 1000 GiB"/"4 × a100, 64 cores, 500 GiB"/; s/"that"/"64 cores, 1000 GiB"/' before/report.json > order.json
! cmp -s before/report.json order.json || fail 'no kinds changed places'
on 2025-07-01 2025-09-30 order --only data --previous order.json
grep -v 'NodeName=big01 ' "$SAMPLE/nodes.txt" > retired.txt
sed -n 's/NodeName=gpu01 /NodeName=new01 /; s/RealMemory=[0-9]*/RealMemory=2000000/; /NodeName=new01 /p' "$SAMPLE/nodes.txt" > later.txt
expect 0 report shared.psv --inventory retired.txt --inventory 2025-10-10=later.txt --from 2025-07-01 --to 2025-09-30 --only data \
	--previous before/report.json -o retired
for label in '32 cores, 469 GiB' '4 × a100, 64 cores, 1953 GiB'; do
	grep -qF "\"$label\"" retired/report.json || fail "there is no kind $label"
done

# A kind that went away in the former period was none at the end of it, and need not be there now; one that came since was not.
grep -v 'NodeName=big' "$SAMPLE/nodes.txt" > no-big.txt
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --inventory 2025-05-15=no-big.txt --from 2025-04-01 --to 2025-06-30 --only data -o leaving
expect 0 report shared.psv --inventory no-big.txt --from 2025-07-01 --to 2025-09-30 --only data --previous leaving/report.json -o left
grep -q '^"Cost of the nodes, a year",.*,unchanged$' left/tables/compared.csv || fail "another cost of the same nodes: $(cat left/tables/compared.csv)"
refused leaving/report.json 'the kinds of nodes are'
# Nor is one another that went away in this period.
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --inventory 2025-08-15=no-big.txt --from 2025-07-01 --to 2025-09-30 --only data \
	--previous before/report.json -o going

# What was printed then is printed again, also to a tenth of a per cent.
then=$(awk -F '\t' '$1 == "utilization" { print $5 }' before.figures)
[ "$(awk -F '\t' '$1 == "previous.utilization" { print $5 }' now.figures)" = "$then" ] || fail "the former utilization was printed as $then"

# A change of points is what is between the two as they are printed.
awk -F '\t' '
	$1 == "previous.utilization" { then = $5 }
	$1 == "utilization" { now = $5 }
	$1 == "change.utilization" { told = $5 }
	END {
		between = sprintf("%.1f", then - now)
		if (then !~ /\.[0-9]/ || index(told, between) != 1) print then " and " now " are " told " apart, not " between
	}' now.figures > wrong
[ ! -s wrong ] || fail "$(cat wrong)"

# Numbers that no report has are not known; what is nested to no end, or has none, is refused.
sed -E 's/"value": [0-9]+\.[0-9]+,/"value": 1e308,/' before/report.json > vast.json
on 2025-07-01 2025-09-30 vast --only site --previous vast.json
! grep -qiE '\binf\b|\bnan\b|0{40}' vast/tables/compared.csv vast/index.html || fail 'a number beyond all is printed'
for sign in '[' '{"a":'; do
	awk -v sign="$sign" 'BEGIN { for (i = 0; i < 200000; i++) printf "%s", sign }' > deep.json
	expect 1 report shared.psv --previous deep.json -o deep
	says 'nested more deeply'
done
expect 1 report shared.psv --previous /dev/zero -o deep
says 'larger than the 64 MiB'
cp shared.psv other.psv
awk 'BEGIN { for (i = 0; i < 3000000; i++) printf "[" }' > other.psv.manifest.json
expect 1 report other.psv -o deep
says 'nested more deeply'
mkdir words
ln -s /dev/zero words/mail.md
expect 1 report shared.psv --templates words -o deep
says 'larger than the 64 MiB'
[ ! -e deep ] || fail 'a refused report was written'

# Of under eight weeks no saving is told, and none is compared with.
on 2025-06-01 2025-06-30 brief --only data
on 2025-07-01 2025-09-30 after --only data,site --previous brief/report.json
figures after > after.figures
[ "$(awk -F '\t' '$1 == "change.saving.total.expected" || $1 == "change.own.keep_users" { print $2 }' after.figures | sort -u)" = null ] ||
	fail 'a saving is compared with what is not told'
grep -q "too short to tell a saving" after/tables/figures.csv || fail "why no saving is compared is not said"
on 2025-07-01 2025-07-31 late --only data --previous before/report.json
figures late > late.figures
for id in saving.total.expected own.keep_users; do
	[ "$(of change.$id late.figures)" = null ] || fail "$id, not told of so short a period, is compared"
done
