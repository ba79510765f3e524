#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# oracle.sh [-d FIRST:LAST] [-i INVENTORY [-l DATE=INVENTORY] [-e EVENTS]] [-g CPUS] [-c CARBON] [-k USERS] [-m] [-r SREPORT]
#           [-p FIGURES] [-t TABLE] [-o FOLDER] EXPORT
#
# The figures of a report, computed a second time: in awk and SQLite, from doc/model.md, and from
# nothing that the program is made of. EXPORT is a rich export with a header, plain or gzip;
# INVENTORY the output of `scontrol show node -o`; with -l another holds from a day on; EVENTS the
# output of `sacctmgr list event -P`, SREPORT that of `sreport cluster utilization -P`. CPUS are guessed ones, CARBON is that of a
# kilowatt-hour. Groups with fewer than so many USERS are hidden: -t cells tells that alone, and of each row of the tables what it may say.
# FIGURES is what this prints of a former report. With -m the risk that the manifest of EXPORT tells is told, too.
#
# Without -t: the figures, as lines "id TAB value". With -t jobs: what was read, with a head line. With -t truths: what is planted in the sample,
# as truths.tsv holds it. With -t occupancy: what jobs take from each node and give back, in order. Hours and money have six decimals.
# With -o all that a report has goes into FOLDER, since most of it is found together: `figures`; with an inventory `tables`, those of a report
# that hides nothing, as lines "table.row.column TAB value", and `advice`, what users could type, with a head line; of a former report `compared`.
# With -t cells `cells` goes there instead.
#
# The window is that of the days given, or first End to last End, in whole minutes. Without an inventory nodes are inferred from the jobs. Assumptions are
# those of assumptions.tsv (key, low, expected, high), the program's defaults. A job that was
# cancelled while it waited has ended, but has not run.
set -eu
LC_ALL=C
export LC_ALL

usage() {
	echo "usage: oracle.sh [-d FIRST:LAST] [-i INVENTORY [-l DATE=INVENTORY] [-e EVENTS]] [-g CPUS] [-c CARBON] [-k USERS] [-m]" >&2
	echo "                 [-r SREPORT] [-p FIGURES] [-t TABLE] [-o FOLDER] EXPORT" >&2
	echo "TABLE: cells truths occupancy jobs" >&2
	exit 2
}

inventory=
later=
days=
events=
guess=
carbon=
least=1
measured=
sreport=
former=
table=figures
folder=
while getopts c:d:e:g:i:k:l:mo:p:r:t: option; do
	case $option in
	c) carbon=$OPTARG ;;
	d) days=$OPTARG ;;
	e) events=$OPTARG ;;
	g) guess=$OPTARG ;;
	i) inventory=$OPTARG ;;
	k) least=$OPTARG ;;
	l) later=$OPTARG ;;
	m) measured=1 ;;
	o) folder=$OPTARG ;;
	p) former=$OPTARG ;;
	r) sreport=$OPTARG ;;
	t) table=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -eq 1 ] || usage

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

case $1 in
*.gz) gzip -dc "$1" ;;
*) cat "$1" ;;
esac | awk -v rows="$work/rows" -v numbers="$work/numbers" -v fates="$work/fates" -f "$here/fold.awk" >"$work/jobs"

if [ "$table" = occupancy ]; then
	awk -f "$here/hosts.awk" -f "$here/occupancy.awk" "$work/jobs" |
		sort -t '	' -k1,1 -k2,2n -k3,3n
	exit
fi

# The database lives as long as this does: nobody waits until it is on a disk.
sql() {
	sqlite3 -cmd 'PRAGMA synchronous = OFF' -batch -bail -noheader -separator '	' "$work/db" "$@"
}

sql <"$here/load.sql"
sql ".import '$work/jobs' any_job"
if [ -n "$days" ]; then
	from=$(sql "SELECT strftime('%s', '${days%:*}')")
	to=$(sql "SELECT strftime('%s', '${days#*:}', '+1 day')")
else
	from=$(sql "SELECT min(end) - min(end) % 60 FROM any_job WHERE end >= 0")
	to=$(sql "SELECT (max(end) + 59) / 60 * 60 FROM any_job WHERE end >= 0")
fi

sql "INSERT INTO period VALUES ($from, $to, $([ -n "$days" ] && echo 1 || echo 0))"
sql ".import '$here/assumptions.tsv' assumed"
[ -z "$carbon" ] || sql "UPDATE assumed SET low = $carbon, expected = $carbon, high = $carbon WHERE key = 'grid_carbon'"

# What to own and to rent of each kind of node.
sizing() {
	sql "SELECT pool, nodes, before, capital, cash, rent FROM price" | while read -r pool nodes before capital cash rent; do
		sql "SELECT scenario, first, last, held, excess, promised, light FROM demand WHERE pool = $pool
			UNION ALL SELECT what, first, last, 1000000, 0, 0, 0 FROM away WHERE pool = $pool" |
			awk -v pool="$pool" -v owned="$nodes" -v before="$before" -v change="$change" -v capital="$capital" -v cash="$cash" -v rent="$rent" \
				-v from="$from" -v to="$to" -v curve="$work/curve" -v full="$work/full" -f "$here/least.awk" -f "$here/sizing.awk" "$here/assumptions.tsv" -
	done
}

if [ -n "$inventory" ]; then
	awk -f "$here/shapes.awk" "$inventory" ${later:+"${later#*=}"} >"$work/shapes"
else
	awk -f "$here/hosts.awk" -f "$here/infer.awk" "$work/jobs" >"$work/shapes"
fi
awk -f "$here/hosts.awk" -f "$here/threads.awk" "$work/shapes" "$work/jobs" >"$work/least"
sql ".import '$work/least' least"
change=$to
if [ -n "$later" ]; then change=$(sql "SELECT strftime('%s', '${later%%=*}')"); fi
# Events of nodes that are not listed, or not then, count for nothing.
if [ -n "$events" ]; then
	awk -F '\t' -v OFS='\t' -v from="$from" -v to="$to" -v change="$change" '
		{ print $1, $2, $7 ? from : change, $8 ? to : change }' "$work/shapes" >"$work/nodes"
	awk -F '|' -v OFS='\t' -v unreadable="$work/unreadable" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["NodeName"] != "" && $at["TimeStart"] !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]/ { count++; next }
		$at["NodeName"] != "" { print $at["NodeName"], $at["TimeStart"], $at["TimeEnd"], $at["State"] }
		END { print count + 0 > unreadable }' "$events" >"$work/events"
	awk -f "$here/hosts.awk" -f "$here/sat.awk" "$work/jobs" >"$work/sat"
	sql ".import '$work/nodes' node" ".import '$work/events' event" ".import '$work/sat' sat"
fi
sql <"$here/events.sql"
awk -v shapes="$work/shapes" -v from="$from" -v to="$to" -v inferred="$([ -n "$inventory" ] || echo 1)" -f "$here/hosts.awk" \
	-v assumptions="$here/assumptions.tsv" -v stranded="$work/stranded" -f "$here/ledger.awk" "$here/assumptions.tsv" "$work/shapes" "$work/jobs" >"$work/held"
awk -f "$here/cost.awk" -f "$here/prices.awk" "$here/assumptions.tsv" "$work/shapes" >"$work/prices"
sql ".import '$work/held' held" ".import '$work/prices' price"
[ -n "$inventory" ] || sql "UPDATE price SET nodes = 0, before = 0" # unknown
sql "UPDATE price SET mean = (before * ($change - $from) + nodes * ($to - $change)) * 1.0 / ($to - $from)"
sql <"$here/programmes.sql"
case $table in
figures)
	: >"$work/curve"
	: >"$work/full"
	sizing >"$work/sized"
	sql ".import '$work/sized' sized" ".import '$work/full' full" ".import '$work/stranded' stranded"
	sql <"$here/acting.sql"
	awk -v acting="$(sql "SELECT cost FROM effort")" -f "$here/cost.awk" -f "$here/least.awk" -f "$here/moved.awk" "$here/assumptions.tsv" "$work/prices" \
		"$work/curve" >"$work/moved"
	sql ".import '$work/moved' all_moved"
	;;
esac

demand() {
	awk -v from="$from" -v to="$to" -f "$here/demand.awk" "$work/jobs" >"$work/minutes"
	sort -k 3,3n "$work/minutes" |
		awk -v column=3 -v seconds=$((to - from)) -v inferred="$([ -n "$inventory" ] || echo 1)" -f "$here/percentiles.awk"
	sort -k 4,4n "$work/minutes" | awk -v column=4 -v seconds=$((to - from)) -f "$here/percentiles.awk"
	awk -v from="$from" -v to="$to" -v guess="$guess" -f "$here/weighting.awk" "$work/minutes" "$work/jobs"
}

# What a report for others hides; with "tables=1" of its tables.
cells() {
	sql <"$here/cells.sql" | awk -v least="$least" -v "${1:-tables=}" -f "$here/cells.awk"
}

# One reading of the database finds the figures and, with an inventory, the tables that are made of the same.
found() {
	if [ -n "$inventory" ]; then owned='money room'; else owned=inferred; fi
	for part in figures ledger kinds habits statements $owned people names told; do cat "$here/$part.sql"; done
	[ -n "$inventory" ] || return 0
	echo ".output '$work/tables'"
	cat "$here/tables.sql" "$here/days.sql" "$here/parts.sql" "$here/strategies.sql"
	echo "SELECT 'assumptions.' || key || '.low', low FROM assumed;"
	echo "SELECT 'assumptions.' || key || '.expected', expected FROM assumed;"
	echo "SELECT 'assumptions.' || key || '.high', high FROM assumed;"
}

typed() {
	cat "$here/advice.sql" "$here/typed.sql"
	echo ".output '$work/asked'"
	echo "SELECT 'users.' || user || '.asked', iif(total(asked) > 0, printf('%.6f', sum(asked * cpu_seconds) / sum(iif(asked > 0, cpu_seconds, 0))), '')"
	echo 'FROM home LEFT JOIN sufficient USING (user) GROUP BY user;'
	echo ".output '$work/advice'"
	echo '.headers on'
	echo 'SELECT name, jobs, cpu_hours, memory, cpus, time, failed FROM advice ORDER BY name;'
}

figures() {
	cat "$work/rows"
	printf 'times.are_days\t0\n'
	printf 'times.are_hours\t0\n'
	printf 'times.are_minutes\t0\n'
	printf 'durations.are_rounded\t0\n'
	printf 'report.export\t%s\n' "$(sha256sum "$1" | cut -c 1-12)"
	demand >"$work/demanded"
	cat "$work/demanded"
	found | sql >"$work/found"
	awk -f "$here/effort.awk" "$here/assumptions.tsv" "$work/found" >"$work/weighed"
	cat "$work/weighed" >>"$work/found"
	cat "$work/found"
	awk -v sreport="$([ -z "$sreport" ] || echo 1)" -f "$here/numbers.awk" "$work/found" "$work/numbers"
	awk -F '\t' '{ value[$1] = $2 }
		END { print "utilization.gpus\t" (value["capacity.gpus"] > 0 ? sprintf("%.9f", value["demand.gpus.mean"] / value["capacity.gpus"]) : "null") }' \
		"$work/demanded" "$work/found"
	typed | sql
	cells
	printf 'has.events\t%d\nevents.unreadable\t%d\n' "$([ -n "$events" ] && echo 1 || echo 0)" "$([ -n "$events" ] && cat "$work/unreadable" || echo 0)"
	printf 'has.guess\t%d\nweighting.guess.cpus\t%s\n' "$([ -n "$guess" ] && echo 1 || echo 0)" "${guess:-null}"
	if [ -n "$measured" ]; then awk -v least="$least" -f "$here/risk.awk" "$work/jobs"; else printf 'has.risk\t0\n'; fi
	if [ -n "$sreport" ]; then
		awk -v from="$from" -v to="$to" -f "$here/sreport.awk" "$sreport" "$work/jobs"
	else
		printf '%s\t0\n' has.sreport sreport.compared sreport.clusters
		printf '%s\tnull\n' sreport.from sreport.to
	fi
}

# What changed since a former report.
changes() {
	if [ -n "$former" ]; then
		awk -f "$here/previous.awk" "$former" "$work/figures"
	else
		printf '%s\t0\n' has.previous compare.lengths_differ compare.seasons_differ compare.assumptions compare.min_users compare.usage compare.hollow compare.work compare.coverage compare.saving compare.new compare.closed compare.open compare.actions
	fi
}

case $table in
figures)
	figures "$1" >"$work/figures"
	changes >"$work/changes"
	if [ -z "$folder" ]; then
		cat "$work/figures" "$work/changes"
		exit
	fi
	mkdir -p "$folder"
	cat "$work/figures" "$work/changes" >"$folder/figures"
	[ -z "$former" ] || awk -v rows=1 -f "$here/previous.awk" "$former" "$work/figures" >"$folder/compared"
	[ -n "$inventory" ] || exit 0
	{
		cat "$work/tables" "$work/asked" "$work/fates"
		awk -f "$here/findings.awk" "$work/figures"
		awk -f "$here/sizings.awk" "$work/curve" "$work/figures"
	} >"$folder/tables"
	cp "$work/advice" "$folder/advice"
	;;
cells)
	if [ -n "$folder" ]; then
		mkdir -p "$folder"
		exec >"$folder/cells"
	fi
	cells tables=1
	;;
truths)
	[ -n "$inventory" ] || usage
	sql <"$here/truths.sql"
	;;
jobs)
	sql -header "SELECT * FROM job"
	;;
*) usage ;;
esac
