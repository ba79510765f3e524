#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# oracle.sh [-i INVENTORY] [-t TABLE] EXPORT
#
# The figures of a report, computed a second time: in awk and SQLite, from doc/model.md, and from
# nothing that the program is made of. EXPORT is a rich export with a header, plain or gzip;
# INVENTORY the output of `scontrol show node -o`.
#
# Without -t: lines "id TAB value". With -t users, groups (accounts), days, states, advice, ledger (by
# account) or jobs: that table, with a head line. With -t truths: what is planted in the sample, as
# truths.tsv holds it. With -t occupancy: what jobs take from each node and give back, in order.
# Hours have six decimals.
#
# The window is first End to last End, in whole minutes. demand.cpus.* are means over minutes;
# the 85th percentile is the value at place ceil(0.85 n) of the n ascending minutes.
# node.equivalent.hours and ledger.* need an inventory; the ledger is the expected scenario
# (headrooms 20 %, sampling limit 300 s, idle sessions from an hour on, GPU grace half an hour). Shares
# are rounded to micro-nodes, half up, so compare ledger figures to one part in a thousand. A job
# that was cancelled while it waited has ended, but has not run.
set -eu
LC_ALL=C
export LC_ALL

usage() {
	echo "usage: oracle.sh [-i INVENTORY] [-t TABLE] EXPORT" >&2
	echo "TABLE: users groups days states advice ledger truths occupancy jobs" >&2
	exit 2
}

inventory=
table=figures
while getopts i:t: option; do
	case $option in
	i) inventory=$OPTARG ;;
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
esac | awk -v rows="$work/rows" -f "$here/fold.awk" >"$work/jobs"

sql() {
	sqlite3 -batch -noheader -separator '	' "$work/db" "$@"
}

sql <"$here/load.sql"
sql ".import '$work/jobs' job"
from=$(sql "SELECT min(end) - min(end) % 60 FROM job WHERE end >= 0")
to=$(sql "SELECT (max(end) + 59) / 60 * 60 FROM job WHERE end >= 0")

if [ -n "$inventory" ]; then
	awk -v inventory="$inventory" -v from="$from" -v to="$to" -f "$here/hosts.awk" \
		-v stranded="$work/stranded" -f "$here/ledger.awk" "$inventory" "$work/jobs" >"$work/ledger"
	sql ".import '$work/ledger' ledger"
fi

demand() {
	awk -v from="$from" -v to="$to" -v step=60 -f "$here/demand.awk" "$work/jobs" | sort -n |
		awk -v seconds=$((to - from)) '
		{ value[NR] = $1; sum += $1 }
		END {
			at = int(0.85 * NR); if (at < 0.85 * NR) at++
			printf "demand.cpus.mean\t%.6f\n", sum / seconds
			printf "demand.cpus.p85\t%.6f\n", value[at] / 60
			printf "demand.cpus.peak\t%.6f\n", value[NR] / 60
		}'
}

case $table in
figures)
	cat "$work/rows"
	sql <"$here/figures.sql"
	sql <"$here/habits.sql"
	demand
	if [ -n "$inventory" ]; then
		sql <"$here/ledger.sql"
		awk -F '\t' '
		{ cpus += $2; memory += $3; more += $2 > $3 ? $2 - $3 : 0; less += $3 > $2 ? $3 - $2 : 0 }
		END {
			printf "stranded.cpus.most\t%.6f\nstranded.cpus.least\t%.6f\n", cpus / 3600e6, more / 3600e6
			printf "stranded.memory.most\t%.6f\nstranded.memory.least\t%.6f\n", memory / 3600e6, less / 3600e6
		}' "$work/stranded"
	fi
	;;
users | groups | days | states | advice)
	sql -header <"$here/$table.sql"
	;;
ledger)
	[ -n "$inventory" ] || usage
	sql -header <"$here/ledger-by-account.sql"
	;;
truths)
	[ -n "$inventory" ] || usage
	sql <"$here/truths.sql"
	;;
occupancy)
	awk -f "$here/hosts.awk" -f "$here/occupancy.awk" "$work/jobs" |
		sort -t '	' -k1,1 -k2,2n -k3,3n
	;;
jobs)
	sql -header "SELECT * FROM job"
	;;
*) usage ;;
esac
