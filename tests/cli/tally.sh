#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tallies: what is saved, added up and reported on is what would be reported on the files together. RECLAIM is the program to
# test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"

same()
{
	diff -r "$1" "$2" > diff || fail "$1 and $2 differ: $(head -n 6 diff)"
}

# What each did and could save; how many rows there were, and of which files, is another matter.
same_jobs()
{
	for table in users groups months pools advice findings; do
		diff "$1/tables/$table.csv" "$2/tables/$table.csv" || return 1
	done > diff
}

figure()
{
	sh "$tests/figures.sh" "$1/report.json" | awk -F '\t' -v id="$2" '$1 == id { print $2 }'
}

# A quarter of the sample, with its steps, and what had not ended.
gzip -dc "$SAMPLE/sacct-2025.psv.gz" | awk -F '|' '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print; next }
	!index($at["JobIDRaw"], ".") { keep = $at["Submit"] < "2025-04" || $at["End"] !~ /^20/ }
	keep' > raw.psv
expect 0 anonymize raw.psv --inventory "$SAMPLE/nodes.txt" -m map.csv -o whole.psv --timezone UTC
nodes="--inventory whole.psv.nodes.csv --timezone UTC"

# Cut by the month in which a job ended, each with its steps; those that had not ended apart.
awk -F '|' '
	NR == 1 { head = $0; for (i = 1; i <= NF; i++) at[$i] = i; next }
	!index($at["JobIDRaw"], ".") { end = $at["End"]; part = end ~ /^20/ ? substr(end, 1, 7) : "open" }
	{ file = "by-" part ".psv"; if (!(file in seen)) { print head > file; seen[file] = 1 }; print > file }' whole.psv
[ "$(ls by-*.psv | wc -l)" -ge 4 ] || fail 'there is nothing to add up'
for part in by-*.psv; do
	# shellcheck disable=SC2086 # several options
	expect 0 tally "$part" $nodes -o "${part%.psv}.tally"
done
[ "$(stat -c %a by-open.tally)" = 644 ] || fail "a tally has mode $(stat -c %a by-open.tally)"

# The report is the same to the byte, and so is the sum.
expect 0 report by-*.tally -o of-tallies
# shellcheck disable=SC2086
expect 0 report by-*.psv $nodes -o of-files
same of-tallies of-files
expect 0 tally by-*.tally -o sum.tally
# shellcheck disable=SC2086
expect 0 tally by-*.psv $nodes -o together.tally
cmp sum.tally together.tally || fail 'the sum is not the tally of all'
set -- by-*.tally
first=$1
shift
expect 0 tally "$@" -o rest.tally
expect 0 tally rest.tally "$first" -o nested.tally
cmp sum.tally nested.tally || fail 'sums of sums differ'
for threads in 1 2 5; do
	# shellcheck disable=SC2086
	expect 0 tally by-*.psv $nodes --threads $threads -o threads.tally
	cmp threads.tally together.tally || fail "other bytes with $threads threads"
done
expect 0 report sum.tally --min-users 9 --only data -o pooled
# shellcheck disable=SC2086
expect 0 report by-*.psv $nodes --min-users 9 --only data -o pooled-files
same pooled pooled-files
expect 0 report nested.tally --only data -o of-sum
diff -r of-sum/tables of-files/tables > /dev/null && cmp of-sum/report.json of-files/report.json || fail 'a sum of sums gives another report'

# One file, with all that its manifest says of it.
# shellcheck disable=SC2086
{ expect 0 tally whole.psv $nodes -o whole.tally; expect 0 report whole.psv $nodes --only site -o of-whole; }
expect 0 report whole.tally --only site -o of-its-tally
same of-its-tally of-whole

# Joined to itself without a header, with which it looks like one file: all jobs count once, also where the nodes are known and one
# pass is enough. (What was read before the joint shows must be read again.)
sed 1d whole.psv | cat whole.psv - > twice.psv
# shellcheck disable=SC2086
for threads in 1 2; do
	expect 0 report twice.psv $nodes --threads $threads --only data -o of-twice
	same_jobs of-twice of-files || fail "a file that holds its rows twice counts otherwise: $(head -n 6 diff)"
done
[ "$(figure of-twice rows.read)" = $((2 * $(figure of-files rows.read))) ] || fail 'not all rows of the joined file are told'
# shellcheck disable=SC2086
expect 0 tally twice.psv $nodes -o twice.tally
expect 0 report twice.tally --only data -o of-twice
same_jobs of-twice of-files || fail "the tally of a file that holds its rows twice counts otherwise: $(head -n 6 diff)"

# Periods: each counts what ended in it, of the whole file or of exports that overlap.
awk -F '|' '
	NR == 1 { head = $0; for (i = 1; i <= NF; i++) at[$i] = i; next }
	!index($at["JobIDRaw"], ".") {
		from = $at["Start"] ~ /^20/ ? substr($at["Start"], 1, 7) : substr($at["Submit"], 1, 7)
		to = $at["End"] ~ /^20/ ? substr($at["End"], 1, 7) : "2025-03"
	}
	{ for (m = 1; m <= 3; m++) { month = "2025-0" m; file = "at-" month ".psv"
		if (!(file in seen)) { print head > file; seen[file] = 1 }
		if (from <= month && to >= month) print > file } }' whole.psv
[ "$(cat at-*.psv | wc -l)" -gt "$(cat at-*.psv | sort -u | wc -l)" ] || fail 'no job is in two months'
for month in 01-31 02-28 03-31; do
	m=${month%-*}
	period="--from 2025-$m-01 --to 2025-$month"
	# shellcheck disable=SC2086
	{ expect 0 tally whole.psv $nodes $period -o slice-$m.tally; expect 0 tally at-2025-$m.psv $nodes $period -o at-$m.tally; }
done
quarter='--from 2025-01-01 --to 2025-03-31'
# shellcheck disable=SC2086
{ expect 0 report whole.psv $nodes $quarter --only data -o quarter; expect 0 tally whole.psv $nodes $quarter -o quarter.tally; }
expect 0 report slice-*.tally --only data -o of-slices
same of-slices quarter
expect 0 tally slice-03.tally slice-01.tally slice-02.tally -o slices.tally
cmp slices.tally quarter.tally || fail 'the slices are not the quarter'
# shellcheck disable=SC2086
expect 0 report slice-*.tally $quarter --only data -o of-slices
same of-slices quarter
# What overlaps is read twice and counted once.
expect 0 report at-*.tally --only data -o of-months
# shellcheck disable=SC2086
expect 0 report at-*.psv $nodes $quarter --only data -o of-exports
same of-months of-exports
# shellcheck disable=SC2086
expect 0 tally at-*.psv $nodes $quarter -o exports.tally
expect 0 tally at-*.tally -o months.tally
cmp exports.tally months.tally || fail 'the months are not the exports together'

# Steps that a cut took from their job are accounted for as when the files are read together.
awk -F '|' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	index($at["JobIDRaw"], ".") && NR > 900 { print NR - 1; exit }' whole.psv > line
head -n "$(cat line)" whole.psv > cut-1.psv
{ head -n 1 whole.psv; tail -n +"$(($(cat line) + 1))" whole.psv; } > cut-2.psv
for part in cut-1 cut-2; do
	# shellcheck disable=SC2086
	expect 0 tally $part.psv $nodes -o $part.tally
done
expect 1 report cut-1.tally cut-2.tally -o of-cut
says 'both have jobs that ended from'
says '--from and --to'
expect 0 report cut-1.tally cut-2.tally --apart --only data -o of-cut
# shellcheck disable=SC2086
expect 0 report cut-1.psv cut-2.psv $nodes --only data -o of-cut-files
same of-cut of-cut-files

# Inferred nodes: read back, they are what was inferred, and stay a lower bound.
expect 0 inventory whole.psv -o inferred.csv
[ "$(stat -c %a inferred.csv)" = 644 ] || fail "the nodes have mode $(stat -c %a inferred.csv)"
head -n 1 inferred.csv | grep -q '^node,cpus,cores,memory_mb,gpus,gpu_type,source$' || fail "columns: $(head -n 1 inferred.csv)"
expect 0 report whole.psv --timezone UTC --only data -o of-no-nodes
expect 0 report whole.psv --timezone UTC --inventory inferred.csv --only data -o of-inferred
same of-no-nodes of-inferred
expect 0 tally whole.psv --timezone UTC --inventory inferred.csv -o inferred.tally
expect 0 report inferred.tally --only data -o of-inferred-tally
same of-no-nodes of-inferred-tally
[ "$(figure of-inferred-tally utilization.is_bound)" = 1 ] || fail 'inferred nodes are taken for an inventory'
expect 0 inventory by-*.psv -o parts.csv
cmp inferred.csv parts.csv || fail 'the nodes depend on how files are cut'
expect 1 anonymize raw.psv --inventory inferred.csv -m map3.csv -o no.psv
says 'was inferred from jobs'

# Some nodes are known, others only by their jobs: a tally needs them all, and says how to get them.
head -n 40 whole.psv.nodes.csv > some.csv
expect 1 tally whole.psv --timezone UTC --inventory some.csv -o some.tally
says 'ran on nodes that the inventory does not list; `reclaim inventory FILE'
# Nodes that change have no room in either.
for command in tally inventory; do
	expect 1 $command whole.psv --timezone UTC --inventory some.csv --inventory 2025-02-01=whole.psv.nodes.csv -o changing
	says 'take one list that holds always'
	[ ! -e changing ] || fail "$command wrote what it refused"
done
expect 0 inventory whole.psv --inventory some.csv -o all.csv
expect 0 tally whole.psv --timezone UTC --inventory all.csv -o some.tally
expect 0 report some.tally --only data -o of-some
expect 0 report whole.psv --timezone UTC --inventory some.csv --only data -o of-some-files
same of-some of-some-files

# No name, no node, no path and no job is in a tally.
awk -F '|' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ print $at["User"]; print $at["Account"]; print $at["Group"]; split($at["NodeList"], list, /[[,]/); print list[1] }' raw.psv |
	grep -E '...' | sort -u > canaries
cut -d, -f1 whole.psv.nodes.csv | sed 1d >> canaries
basename "$dir" >> canaries
[ "$(wc -l < canaries)" -gt 100 ] || fail 'there is nothing to look for'
command -v zstd > /dev/null && for tally in whole sum slices; do
	tail -n +2 $tally.tally | head -c -72 | zstd -dcq > body
	grep -qa user_0001 body || fail "$tally.tally was not unpacked"
	# The manifest within names columns, which are no names.
	! grep -aowFf canaries body > found || fail "in $tally.tally: $(sort -u found | head -n 5)"
done

# Raw exports are refused, as `report` refuses them; so are names in a tally.
# shellcheck disable=SC2086
expect 1 tally raw.psv $nodes -o raw.tally
says 'raw.psv: this is a raw export'
[ ! -e raw.tally ] || fail 'a refused tally was written'
# Beside what was made of it, too, where all of its jobs count already.
for both in 'whole.psv raw.psv' 'raw.psv whole.psv'; do
	for threads in 1 2; do
		# shellcheck disable=SC2086 # words
		expect 1 tally $both $nodes --threads $threads -o raw.tally
		says 'raw.psv: this is a raw export'
		# shellcheck disable=SC2086 # words
		expect 1 report $both --threads $threads --only data -o raw-report
		says 'raw.psv: this is a raw export'
	done
	# shellcheck disable=SC2086 # words
	expect 1 inventory $both -o raw.csv
	says 'raw.psv: this is a raw export'
	[ ! -e raw.tally ] && [ ! -e raw-report ] && [ ! -e raw.csv ] || fail "$both: something was written"
done
expect 1 inventory raw.psv -o raw.csv
says 'raw.psv: this is a raw export'

# Two releases are two crowds.
for part in by-2025-01 by-2025-02; do
	awk -F '|' -v OFS='|' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 1 { sub(/user_/, "person", $at["User"]);
		sub(/group_/, "lab", $at["Account"]); sub(/group_/, "lab", $at["Group"]) } { print }' $part.psv > again.psv
	expect 0 anonymize again.psv -m $part.map -o $part-again.psv
	# shellcheck disable=SC2086
	expect 0 tally $part-again.psv $nodes -o $part-again.tally
done
expect 1 report by-2025-01-again.tally by-2025-02-again.tally -o no
says 'are of two releases'
expect 1 report by-2025-01-again.psv by-2025-02-again.psv -o no
says 'are two releases by their manifests'
expect 1 report by-2025-01.tally by-2025-02-again.tally -o no
says 'may be of two releases'

# With one mapping they are one crowd, however often it is extended.
for part in by-2025-01 by-2025-02; do
	awk -F '|' -v OFS='|' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 1 { sub(/user_/, "person", $at["User"]);
		sub(/group_/, "lab", $at["Account"]); sub(/group_/, "lab", $at["Group"]) } { print }' $part.psv > again.psv
	expect 0 anonymize again.psv -m one.map -o $part-one.psv
	# The list of releases is for its owner; the mapping itself knows the first.
	rm one.map.releases.json
	# shellcheck disable=SC2086
	expect 0 tally $part-one.psv $nodes -o $part-one.tally
done
expect 0 report by-2025-01-one.tally by-2025-02-one.tally --only data -o of-one
# shellcheck disable=SC2086
expect 0 report by-2025-01-one.psv by-2025-02-one.psv $nodes --only data -o of-one-files
same of-one of-one-files

# Other rules, and options that come too late.
printf '[memory_headroom]\nlow=0.6\nexpected=0.3\nhigh=0.1\n' > other.conf
expect 1 report whole.tally --assumptions other.conf -o no
says 'memory_headroom (500, 200, 100 and 600, 300, 100, in thousandths) differs; give the same --assumptions'
# shellcheck disable=SC2086
{ expect 0 tally whole.psv $nodes --assumptions other.conf -o other.tally
  expect 0 report whole.psv $nodes --assumptions other.conf --only data -o of-other-files; }
expect 1 report other.tally -o no
says 'differs; give the same --assumptions'
expect 0 report other.tally --assumptions other.conf --only data -o of-other
# What `assumptions` says that it decides what is measured, and nothing else that it says is fixed, must be the same.
"$RECLAIM" assumptions | awk '/fixed in the workbook$/ { rule = /decides what is measured/ ? 1 : 0; known = 1 }
	/^#\[/ { if (known) print substr($0, 3, length - 3), rule; known = 0 }' > fixed
[ "$(grep -c 1 fixed)" -eq 5 ] && [ "$(grep -c 0 fixed)" -ge 6 ] || fail "fixed: $(cat fixed)"
while read -r key rule; do
	printf '[%s]\nexpected=1\n' "$key" > one.conf
	expect "$rule" report whole.tally --assumptions one.conf --only data -o of-one
done < fixed
same of-other of-other-files
expect 1 report whole.tally other.tally -o no
says 'were measured by other rules: memory_headroom'
expect 1 report whole.tally --from 2025-01-01 --to 2025-01-31 -o no
says 'tally again with --from and --to'
expect 1 report slice-*.tally --from 2025-01-01 --to 2025-01-31 -o no
says 'are of another period'
expect 1 report slice-01.tally slice-03.tally -o no
says 'slice-01.tally and slice-03.tally leave a gap from 2025-02-01 to 2025-03-01'
expect 1 report whole.tally --timezone Europe/Berlin -o no
says '--timezone: the tallies are in UTC'
expect 1 report whole.tally --group-by group -o no
says '--group-by: the tallies group users by account'
expect 2 report whole.tally --inventory inferred.csv -o no
says 'tallies have their nodes in them'
expect 1 report whole.tally whole.psv -o no
says 'cannot be read together'
expect 2 report whole.tally ./whole.tally -o no
says './whole.tally is given twice'
cp whole.tally copy.tally
expect 1 report whole.tally copy.tally -o no
says 'were made of the same file'
expect 1 report whole.tally inferred.tally -o no
says 'were measured on two lists of nodes'

# Damage is told with the name of the file.
head -c 5000 sum.tally > cut.tally
expect 1 report cut.tally -o no
says 'cut.tally is cut or damaged: it does not end as a tally does'
{ head -c 3000 sum.tally; printf x; tail -c +3002 sum.tally; } > bad.tally
expect 1 tally bad.tally -o no.tally
says 'bad.tally is damaged: its bytes are not those that its digest is of'
sed '1s/[0-9]*$/9/' sum.tally > later.tally
expect 1 report by-2025-01.tally later.tally -o no
says "later.tally is a tally of format 9, and this program reads format $(head -n 1 sum.tally | grep -o '[0-9]*$')"
for words in "    $(head -n 1 sum.tally)⏎" "## Format $(head -n 1 sum.tally | grep -o '[0-9]*$')"; do
	grep -qxF "$words" "$tests/../doc/tally.md" || fail "doc/tally.md does not say \"$words\""
done
[ ! -e no ] && [ ! -e no.tally ] || fail 'something that was refused was written'

# What is no place for a tally says so.
for command in check 'anonymize -m map4.csv -o no'; do
	# shellcheck disable=SC2086
	expect 1 $command whole.tally
	says 'whole.tally: is a tally: `reclaim report` and `reclaim tally` read it'
done
"$RECLAIM" report - -o no < whole.tally 2> err && fail 'a tally was taken from standard input'
says 'is a tally'

# Misuse.
expect 2 tally whole.psv -o no.tally
says '--inventory'
# shellcheck disable=SC2086
{ expect 2 tally whole.psv $nodes
  expect 2 tally $nodes -o no.tally
  expect 2 tally whole.psv $nodes -o whole.psv
  expect 2 tally whole.psv $nodes --from 2025-01-01 -o no.tally
  expect 2 tally whole.psv whole.tally $nodes -o no.tally
  expect 2 tally whole.psv $nodes --apart -o no.tally
  expect 2 tally whole.tally $nodes -o no.tally
  expect 1 tally whole.psv $nodes --from 2025-02-01 --to 2025-01-01 -o no.tally; }
expect 2 inventory whole.psv -o whole.psv
[ ! -e no.tally ] || fail 'misuse wrote a tally'
# A month may be without jobs, but a wrong year is to be noticed.
# shellcheck disable=SC2086
expect 0 tally whole.psv $nodes --from 2052-01-01 --to 2052-01-31 -o no.tally
says 'no job ran in the period that --from and --to name: the year may be wrong'
rm no.tally
cp some.csv given.csv
expect 2 inventory whole.psv --inventory given.csv -o given.csv
says 'the output is one of the files that are read'

# Only what each wrote itself is replaced: a mistyped name is an export, or somebody's prices.
echo '[electricity]' > prices.conf
for file in raw.psv prices.conf some.csv; do
	cp "$file" file.before
	# shellcheck disable=SC2086
	expect 1 tally whole.psv $nodes -o "$file"
	says "$file is there already, and is no tally: name another -o, or remove it first"
	expect 1 inventory whole.psv -o "$file"
	says "$file is there already, and is no list that this command wrote"
	cmp -s "$file" file.before || fail "$file was written over"
done
: > own.tally
: > own.csv
for again in 1 2; do
	# shellcheck disable=SC2086
	expect 0 tally whole.psv $nodes -o own.tally
	expect 0 inventory whole.psv -o own.csv
done
rm own.tally own.csv

# Standard input and output, packed input.
# shellcheck disable=SC2086
gzip -c by-2025-01.psv | "$RECLAIM" tally - $nodes -o - > piped.tally 2> err || fail "a pipe: $(cat err)"
mkfifo pipe
cat by-2025-01.psv > pipe &
# shellcheck disable=SC2086
expect 0 tally pipe $nodes -o named.tally
expect 0 report named.tally --only data -o of-named
expect 0 report piped.tally --only data -o of-piped
for id in cpu.hours rows.read; do
	[ "$(figure of-named $id)" = "$(figure of-piped $id)" ] || fail "a named pipe gives another $id"
done
# Pipes are looked at as often as files are: here a second time, since the use of a job stands in the later one.
later='JobIDRaw|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NodeList|TotalCPU'
job='7|user_0001|group_A|COMPLETED|2025-01-30T00:00:00|2025-01-30T00:00:00|2025-01-30T01:00:00|3600|4|cn001'
printf '%s\n' "$later" "$job|00:00:00" "8${job#7}|00:00:00" > without.psv
printf '%s\n' "$later" "$job|01:00:00" > with.psv
{ cat without.psv; sed 1d with.psv; } > both.psv
mkfifo with.pipe without.pipe
for command in "tally $nodes" inventory; do
	# shellcheck disable=SC2086
	expect 0 $command without.psv with.psv -o of.files
	cat without.psv > without.pipe &
	cat with.psv > with.pipe &
	# shellcheck disable=SC2086
	expect 0 $command without.pipe with.pipe -o of.pipes
	cmp of.files of.pipes || fail "$command of pipes is another"
	# shellcheck disable=SC2086
	expect 0 $command both.psv -o joined.files
	# shellcheck disable=SC2086
	"$RECLAIM" $command - -o joined.pipes < both.psv 2> err || fail "$command of standard input: $(cat err)"
	cmp joined.files joined.pipes || fail "$command of standard input is another"
	# Nobody named a folder that a copy could lie in.
	status=0
	# shellcheck disable=SC2086
	"$RECLAIM" $command - -o - < both.psv > out 2> err || status=$?
	[ "$status" -eq 1 ] && [ ! -s out ] || fail "$command of what it cannot read again: exit $status: $(cat err)"
	says 'must be read again'
	# shellcheck disable=SC2086
	"$RECLAIM" $command - -o - < without.psv > out 2> err || fail "$command from one pipe to another: $(cat err)"
	rm of.files of.pipes joined.files joined.pipes
done
[ "$(figure of-piped cpu.hours)" = "$(expect 0 report by-2025-01.tally --only data -o of-january; figure of-january cpu.hours)" ] ||
	fail 'a pipe gives other figures'

[ -z "$(find . -name '.?*')" ] || fail "something was left: $(find . -name '.?*')"

# Of slices that sacct --truncate cut a tally would count the last pieces alone. Many jobs that end at midnight are no such thing
# where as many end at all times, nor are jobs that were killed then.
# midnight STATE MORE: three jobs that end with January, and so many others.
midnight()
{
	echo 'JobIDRaw|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NodeList'
	awk -v state="$1" -v more="$2" 'BEGIN {
		for (job = 1; job <= 3; job++)
			printf "%d|user_0001|group_A|%s|2025-01-30T00:00:00|2025-01-31T00:00:00|2025-02-01T00:00:00|86400|4|n1\n", job, state
		for (; job <= 3 + more; job++)
			printf "%d|user_0001|group_A|COMPLETED|2025-01-30T00:00:00|2025-01-30T00:00:00|2025-01-31T%02d:00:00|%d|1|n1\n", job,
				job % 24, 86400 + job % 24 * 3600
	}'
}
echo 'NodeName=n1 CPUTot=64 RealMemory=256000 Sockets=2 CoresPerSocket=32' > n1
january='--timezone UTC --inventory n1 --from 2025-01-01 --to 2025-01-31'
for state in COMPLETED RUNNING; do
	midnight $state 100 > cut.psv
	# shellcheck disable=SC2086 # words
	expect 1 tally cut.psv $january -o pieces.tally
	says '3 jobs ended in the very second in which the period does, by their rows: sacct -T'
	[ ! -e pieces.tally ] || fail 'a tally of pieces was written'
done
midnight COMPLETED 100 | sed 's/|86400|/|80000|/' > days.psv # times cut to days are not as far apart as the job is long
midnight CANCELLED 100 > killed.psv
midnight COMPLETED 45000 > busy.psv
for file in days killed busy; do
	# shellcheck disable=SC2086 # words
	expect 0 tally $file.psv $january -o $file.tally
done
expect 0 tally cut.psv --timezone UTC --inventory n1 -o whole-files.tally
