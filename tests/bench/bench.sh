#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bench.sh: how fast reclaim is, as ratios to what everybody has, measured side by side on made data.
#
#   BENCH_ROWS    jobs in the data (5000000)      BENCH_REPEAT  runs of each, of which the median counts (5)
#   BENCH_INPUT   where the exports lie (TMPDIR, or /tmp): on a disk, as exports do, and in its cache by then
#   BENCH_DIR     where all else may lie (/dev/shm when there is room, else TMPDIR): no disk is measured
#   RECLAIM, GENERATE, MEASURE, DIGEST, COUNTS, REWRITE    the programs, when they are not where make puts them
#
# What is compared with other tools is what these are asked: `counts` reads, folds and sums up what DuckDB and mawk sum up, by the
# rooms that a report is made in. A report counts about twice as much in the same pass, three scenarios by minute, habits and
# what each user's jobs needed: what that takes stands beside it, as `reclaim report --timings` says it, less what the SHA-256
# of its input takes, which no other tool here makes. So is pseudonymizing to a file, less what two digests take, and with both;
# to standard output it makes none, but holds everything back until it is known to have no name in it, and then copies it.
# What looking for names in all that is written, and measuring the risk, cost of it is told by `rewrite`, which does neither.
# Two processors of a virtual machine may be halves of one: two runs at once, which have nothing to do with each other, say what
# two threads could gain there.
set -eu
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
reclaim=${RECLAIM:-$here/../../src/reclaim}
generate=${GENERATE:-$here/generate}
measure=${MEASURE:-$here/measure}
digest=${DIGEST:-$here/digest}
counts=${COUNTS:-$here/counts}
rewrite=${REWRITE:-$here/rewrite}
rows=${BENCH_ROWS:-5000000}
repeat=${BENCH_REPEAT:-5}

say() { echo "bench: $*" >&2; }
die() { say "$@"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# The data

# Room in the memory's file system, without pushing programs out of memory.
has_room() { # KIB
	[ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt "$1" ] &&
		[ "$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo)" -gt $(($1 * 3 / 2)) ]
}

if [ -n "${BENCH_DIR:-}" ]; then
	dir=$(mktemp -d "$BENCH_DIR/reclaim-bench-XXXXXX")
elif has_room $((rows * 13 / 10)); then
	dir=$(mktemp -d /dev/shm/reclaim-bench-XXXXXX)
else
	dir=$(mktemp -d)
	say "no room in /dev/shm: what is written lies in $dir, and a disk is measured too"
fi
input=$(mktemp -d "${BENCH_INPUT:-${TMPDIR:-/tmp}}/reclaim-bench-XXXXXX")
trap 'rm -rf "$dir" "$input"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$dir/times"
say "data: $rows jobs in $input"
"$generate" --nodes >"$dir/inventory"

"$generate" "$rows" --real-names --steps none >"$input/raw-rows"
"$reclaim" anonymize "$input/raw-rows" --mapping "$dir/mapping-rows" -o "$input/shared-rows" 2>"$dir/log" || die "$(cat "$dir/log")"
"$generate" "$rows" --pseudonyms --steps some --odd 1 >"$input/steps-rows"
sync "$input"/*
cat "$input"/* >/dev/null

# Running and measuring

one_core=
two_cores=
if has taskset; then
	cores=$(nproc)
	one_core="taskset -c $((cores - 1))"
	[ "$cores" -gt 1 ] && two_cores="taskset -c $((cores - 2)),$((cores - 1))"
else
	say 'taskset is not installed: what says one core may use more'
fi

# run NAME COMMAND...: what it prints goes into the file NAME, what it took into times/NAME.
run() {
	name=$1
	shift
	"$measure" "$dir/times/$name" "$@" >"$dir/out" 2>"$dir/log" || die "$*: $(tail -n 3 "$dir/log")"
}

# The median of what runs took: clock or processor in microseconds, memory in KiB. Nothing when nothing was measured.
# Where one core is allowed, processor time counts: on an idle machine the clock shows the same, and on a busy one it lies.
median() { # NAME WHAT
	[ -s "$dir/times/$1" ] || return 0
	awk -v what="$2" '{ print what == "clock" ? $1 : what == "processor" ? $2 + $3 : $4 }' "$dir/times/$1" | sort -n |
		awk '{ of[NR] = $1 } END { print (of[int((NR + 1) / 2)] + of[int(NR / 2) + 1]) / 2 }'
}

# What its stages took, by NAME-reading, NAME-computing and NAME-writing, as run() has it.
report() { # CORES NAME THREADS FILE
	run "$2" $1 "$reclaim" report "$input/$4" --threads "$3" --inventory "$dir/inventory" -o "$dir/report" --timings
	awk -v into="$dir/times/$2-" '$1 == "reclaim:" && / of processor time; / {
		for (i = 1; i <= NF; i++) {
			if ($i == "took") clock = $(i + 1)
			if ($i == "processor") used = $(i - 3)
			if ($i == "MB") memory = $(i - 1)
		}
		printf "%.0f %.0f 0 %.0f\n", clock * 1e6, used * 1e6, memory * 1e6 / 1024 >> (into $2)
	}' "$dir/log"
}

count() { # CORES NAME THREADS all|sums FILE
	run "$2" $1 "$counts" "$4" "$3" "$dir/inventory" "$input/$5"
	cp "$dir/out" "$dir/answers-$2"
}

duckdb() { # CORES THREADS all|sums
	[ -n "$node_modules" ] || return 0
	NODE_PATH=$node_modules $1 node "$here/duckdb.js" "$3" "$2" "$input/shared-rows" "$dir/times/duckdb-$3-$2" \
		"$dir/answers-duckdb-$3" 2>"$dir/log" || die "DuckDB: $(tail -n 3 "$dir/log")"
}

find_duckdb() {
	node_modules=
	has node && has npm || { say 'without DuckDB: node or npm is not installed'; return 0; }
	mkdir "$dir/npm"
	if (cd "$dir/npm" && npm install --silent --no-audit --no-fund --prefix . @duckdb/node-api) >/dev/null 2>&1; then
		node_modules=$dir/npm/node_modules
	else
		say 'without DuckDB: npm cannot install @duckdb/node-api'
	fi
}

# A virtual machine gives memory that is free for some seconds back to its host, and takes it again as it is written to,
# which can take longer than all else: who writes a copy begins when there is room for it that was free just now.
make_room() {
	rm -f "$dir/copy"
	cat "$input/raw-rows" "$input/raw-rows" >"$dir/room"
	rm -f "$dir/room"
}

# Each does its turn, and then all again: what disturbs the machine for a while disturbs all of them.
one_round() {
	run wc $one_core wc -l "$input/shared-rows"
	run digest $one_core "$digest" "$input/shared-rows"
	count "$one_core" counts1 1 all shared-rows
	count "$one_core" sums1 1 sums shared-rows
	report "$one_core" report1 1 shared-rows
	duckdb "$one_core" 1 all
	duckdb "$one_core" 1 sums
	run mawk-sums $one_core mawk -f "$here/sums.awk" "$input/shared-rows"
	cp "$dir/out" "$dir/answers-mawk"
	run wc-steps $one_core wc -l "$input/steps-rows"
	count "$one_core" steps1 1 all steps-rows
	run check1 $one_core "$reclaim" check "$input/shared-rows"
	make_room
	run cat $one_core sh -c 'cat "$0" >"$1"' "$input/raw-rows" "$dir/copy"
	make_room
	run anonymize1 $one_core sh -c '"$0" anonymize "$1" --mapping "$2" -o - >"$3"' "$reclaim" "$input/raw-rows" \
		"$dir/mapping-rows" "$dir/copy"
	make_room
	run anonymize1-digests $one_core "$reclaim" anonymize "$input/raw-rows" --mapping "$dir/mapping-rows" -o "$dir/copy"
	make_room
	run rewrite1 $one_core "$rewrite" "$dir/mapping-rows" "$input/raw-rows" "$dir/copy"
	cmp "$dir/copy" "$input/shared-rows" || die 'rewrite and reclaim write other files'
	make_room
	run mawk-anonymize $one_core sh -c 'mawk -f "$0" "$1" >"$2"' "$here/pseudonyms.awk" "$input/raw-rows" "$dir/copy"
	cmp "$dir/copy" "$input/shared-rows" || die 'mawk and reclaim write other pseudonyms'
	rm -f "$dir/copy"
	[ -n "$two_cores" ] || return 0
	count "$two_cores" counts2 2 all shared-rows
	run counts-beside sh -c 'first=$1 second=$2; shift 2; taskset -c "$first" "$@" & taskset -c "$second" "$@"; wait $!' sh \
		$((cores - 2)) $((cores - 1)) "$counts" all 1 "$dir/inventory" "$input/shared-rows"
	count "$two_cores" sums2 2 sums shared-rows
	report "$two_cores" report2 2 shared-rows
	duckdb "$two_cores" 2 all
	duckdb "$two_cores" 2 sums
	make_room
	run anonymize2 $two_cores sh -c '"$0" anonymize "$1" --mapping "$2" -o - >"$3"' "$reclaim" "$input/raw-rows" \
		"$dir/mapping-rows" "$dir/copy"
	rm -f "$dir/copy"
}

# A quarter of the rows, for what memory does with more.
quarter() {
	"$generate" $((rows / 4)) --pseudonyms --steps none >"$input/quarter"
	count "$one_core" counts-quarter 1 all quarter
	report "$one_core" report-quarter 1 quarter
	rm -f "$input/quarter"
}

# Do all of them say the same? Of what a report to be shared leaves out, only one that hides nothing can tell.

agree() {
	figure() { grep -A 1 "\"id\": \"$1\"" "$dir/report-all/report.json" | sed -n 's/.*"value": \([0-9.e+-]*\).*/\1/p'; }
	"$reclaim" report "$input/shared-rows" --inventory "$dir/inventory" --internal -o "$dir/report-all" 2>"$dir/log" || die "$(cat "$dir/log")"
	{
		awk -F , 'NR > 1 { printf "%s %d %.0f %.0f %.0f\n", $1, $2, $3 * 3600, $4 * 3600, $5 * 3600 }' "$dir/report-all/tables/users.csv"
		printf '~demand %.6f %.6f\n' "$(figure demand.cpus.peak)" "$(figure demand.cpus.mean)"
	} | sort >"$dir/answers"
	for other in mawk counts1 counts2 sums1 sums2 duckdb-all duckdb-sums; do
		[ -s "$dir/answers-$other" ] || continue
		awk '!/^~/ || /^~demand/' "$dir/answers-$other" >"$dir/common"
		sort "$dir/common" | cmp - "$dir/answers" >&2 || die "$other and reclaim disagree: sums of users, or demand"
	done
	for other in counts2 duckdb-all; do
		[ -s "$dir/answers-$other" ] || continue
		sort "$dir/answers-$other" >"$dir/common"
		sort "$dir/answers-counts1" | cmp - "$dir/common" >&2 || die "$other and counts disagree: sums by account, group, state or time"
	done
	[ "$(wc -l <"$dir/answers")" -gt 2 ] || die 'there are no answers to compare'
}

# The table

missed=0

# row NUMBER WHAT BAR FIGURE UNIT; a bar is like ">= 8".
row() {
	if [ -z "$4" ]; then
		printf '%-2s  %-66s %9s %10s\n' "$1" "$2" "${3:+$3$5}" 'not measured'
		return 0
	fi
	verdict=
	[ -z "$3" ] || verdict=$(echo "$4 $3" | awk '{ print ($2 == ">=" ? $1 >= $3 : $1 <= $3) ? "met" : "missed" }')
	[ "$verdict" != missed ] || missed=$((missed + 1))
	printf '%-2s  %-66s %9s %10s  %s\n' "$1" "$2" "${3:+$3$5}" "$(echo "$4" | awk '{ printf $1 < 100 ? "%.3g" : "%.0f", $1 }')$5" "$verdict"
}

# quotient A B [FACTOR]: nothing when one of them is missing.
quotient() { [ -z "$1" ] || [ -z "$2" ] || echo "$1 $2 ${3:-1}" | awk '{ print $1 / $2 * $3 }'; }

# By name: of one core the processor time, of two the time on the clock.
took() { # NAME
	case $1 in *2 | *2-*) median "$1" clock ;; *) median "$1" processor ;; esac
}

# What hashing alone takes: reading is part of it anyway.
hashing() { echo "$(took digest) $(took wc)" | awk '{ print $1 - $2 }'; }

# A whole report's reading, without it.
reading() { echo "$(took report1-reading) $(hashing)" | awk '{ print $1 - $2 }'; }

# Pseudonymizing to a file, without it: the digests are of what is read and of what is written, which is as long.
writing() { [ -z "$(took anonymize1-digests)" ] || echo "$(took anonymize1-digests) $(hashing)" | awk '{ print $1 - 2 * $2 }'; }

milliseconds() { # NAME
	[ -z "$(took "$1-writing")" ] || echo "$(took "$1-writing")" | awk '{ print $1 / 1000 }'
}

megabytes() { median "$1" memory | awk '{ print $1 * 1024 / 1e6 }'; }

speed() {
	row 1 'read, fold, count all against DuckDB, one core' '>= 8' "$(quotient "$(took duckdb-all-1)" "$(took counts1)")" ' x'
	row 1 'the same, two cores' '>= 8' "$(quotient "$(took duckdb-all-2)" "$(took counts2)")" ' x'
	row 1 'all that a report counts, against the same of DuckDB, one core' '' "$(quotient "$(took duckdb-all-1)" "$(reading)")" ' x'
	row 2 'users and demand against DuckDB, one core' '>= 7' "$(quotient "$(took duckdb-sums-1)" "$(took sums1)")" ' x'
	row 2 'the same, two cores' '>= 7' "$(quotient "$(took duckdb-sums-2)" "$(took sums2)")" ' x'
	row 2 'users and demand against mawk' '>= 14' "$(quotient "$(took mawk-sums)" "$(took sums1)")" ' x'
	row 3 'share of the rate of wc -l, one core' '>= 15' "$(quotient "$(took wc)" "$(took counts1)" 100)" ' %'
	row 3 'the same with steps folded and odd rows' '>= 12' "$(quotient "$(took wc-steps)" "$(took steps1)" 100)" ' %'
	row 3 'all that a report counts' '' "$(quotient "$(took wc)" "$(reading)" 100)" ' %'
	row 4 'two cores against one' '>= 1.7' "$(quotient "$(median counts1 clock)" "$(took counts2)")" ' x'
	row 4 'two runs at once, a core each: what these cores give' '' "$(quotient "$(median counts1 clock)" "$(median counts-beside clock)" 2)" ' x'
	row 4 'all that a report counts, with the digest' '' "$(quotient "$(median report1-reading clock)" "$(took report2-reading)")" ' x'
	row 5 'pseudonymize to a file against mawk, one core' '>= 5' "$(quotient "$(took mawk-anonymize)" "$(writing)")" ' x'
	row 5 'the same without the search for names and the risk' '' "$(quotient "$(took mawk-anonymize)" "$(took rewrite1)")" ' x'
	row 5 'with both digests' '' "$(quotient "$(took mawk-anonymize)" "$(took anonymize1-digests)")" ' x'
	row 5 'to standard output' '' "$(quotient "$(took mawk-anonymize)" "$(took anonymize1)")" ' x'
	row 5 'to a file against cat to the same place, one core' '>= 60' "$(quotient "$(took cat)" "$(writing)" 100)" ' %'
	row 5 'the same without the search for names and the risk' '' "$(quotient "$(took cat)" "$(took rewrite1)" 100)" ' %'
	row 5 'to standard output, two cores' '>= 75' "$(quotient "$(median cat clock)" "$(took anonymize2)" 100)" ' %'
}

beyond() { echo "$(megabytes "$1") $(megabytes "$2")" | awk '{ print $1 - $2 }'; }

memory() {
	row 6 'peak memory of counting all' '<= 64' "$(megabytes counts1)" ' MB'
	row 6 'what it is more than with a quarter of the rows' '<= 4' "$(beyond counts1 counts-quarter)" ' MB'
	row 6 'peak memory of all that a report counts, one core' '<= 64' "$(megabytes report1-reading)" ' MB'
	row 6 'the same, two cores' '<= 64' "$(megabytes report2-reading)" ' MB'
	row 6 'what it is more than with a quarter of the rows, one core' '' "$(beyond report1-reading report-quarter-reading)" ' MB'
	row 6 'peak memory of pseudonymizing' '<= 64' "$(megabytes anonymize1)" ' MB'
	row 7 'all documents for 2,000 users, two cores' '<= 500' "$(milliseconds report2)" ' ms'
	row 7 'the same, one core' '' "$(milliseconds report1)" ' ms'
	row 7 'peak memory of a report, one core' '<= 100' "$(megabytes report1-writing)" ' MB'
	row 7 'the same, two cores' '<= 100' "$(megabytes report2-writing)" ' MB'
}

medians() {
	printf '\nseconds:'
	for name in wc digest counts1 sums1 steps1 report1-reading report1-computing report1-writing check1 anonymize1 anonymize1-digests rewrite1 cat mawk-sums mawk-anonymize duckdb-all-1 duckdb-sums-1 \
		counts2 sums2 report2-reading report2-computing report2-writing anonymize2 duckdb-all-2 duckdb-sums-2; do
		[ -z "$(took $name)" ] || printf ' %s %s' "$name" "$(took $name | awk '{ printf "%.2f", $1 / 1e6 }')"
	done
	echo
}

instructions() {
	if has valgrind; then
		say 'counting instructions'
		RECLAIM=$reclaim GENERATE=$generate COUNTS=$counts "$here/instructions.sh" "$dir" >"$dir/instructions.log" 2>&1 || missed=$((missed + 1))
	fi
	row 8 'instructions a row, read, fold, count all' '<= 3000' "$(instructions_of counts)" ''
	row 8 'all that a report counts' '' "$(instructions_of scan)" ''
	row 8 'instructions a row, pseudonymize' '<= 1500' "$(pseudonymizing_alone)" ''
	row 8 'looking for names in what was written' '' "$(instructions_of anonymize-names)" ''
	row 8 'measuring the risk of it' '' "$(instructions_of anonymize-risk)" ''
	[ ! -s "$dir/instructions.log" ] || cat "$dir/instructions.log"
}

instructions_of() { [ ! -s "$dir/instructions" ] || awk -v of="$1" '$1 == of { print $2 }' "$dir/instructions"; }

# Without what the next two rows say.
pseudonymizing_alone() {
	[ ! -s "$dir/instructions" ] || awk '/^anonymize/ { sum += $1 == "anonymize" ? $2 : -$2 } END { print sum }' "$dir/instructions"
}

find_duckdb
round=0
while [ "$round" -lt "$repeat" ]; do
	round=$((round + 1))
	say "round $round of $repeat"
	one_round
done
quarter
agree
printf '%s rows, %s bytes a row; with steps and odd rows %s and %s; %s runs of each\n\n' "$(wc -l <"$input/shared-rows")" \
	"$(($(wc -c <"$input/shared-rows") / rows))" "$(wc -l <"$input/steps-rows")" \
	"$(($(wc -c <"$input/steps-rows") / $(wc -l <"$input/steps-rows")))" "$repeat"
printf '%-2s  %-66s %9s %10s\n' '#' what bar today
speed
memory
instructions
medians
[ "$missed" -eq 0 ] || say "$missed missed"
