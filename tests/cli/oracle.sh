#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The figures and tables of a report are those of an independent computation in awk and SQLite (tests/oracle): on the
# sample, on random exports, and on one made by hand of hard cases. What is planted in the sample is what the report says.
# RECLAIM is the program to test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"
for tool in sqlite3 gzip unzip; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
LC_ALL=C
export LC_ALL

# oracle OPTION...: oracle.sh with these, into the folder `oracle`.
oracle()
{
	rm -rf oracle
	sh "$tests/oracle/oracle.sh" -o oracle "$@" || fail "oracle.sh $*"
}

# compare ORACLE FOUND: two lists of "id TAB value TAB words". Counts must be equal, hours and shares equal to a millionth, money and
# whatever is larger to nine digits, or as near as a third column of ORACLE says; what is no number must be the same words. Every id of ORACLE must be in FOUND. Prints what differs.
compare()
{
	awk -F '\t' '
	function size(x) { return x < 0 ? -x : x }
	FNR == NR { found[$1] = $2; words[$1] = $3; next }
	!($1 in found) { print $1 " is missing"; bad++; next }
	$2 == "null" { if (found[$1] != "null") { print $1 " is " found[$1] ", the oracle says that it is not known"; bad++ } next }
	$2 !~ /^-?[0-9.]+$/ || found[$1] == "null" {
		if (words[$1] "" != $2 "") { print $1 " is \"" words[$1] "\", the oracle says \"" $2 "\""; bad++ }
		next
	}
	{
		slack = $3 != "" ? $3 : $2 ~ /\./ ? 1.000001e-6 + 1e-9 * size($2) : 0
		if (found[$1] !~ /^-?[0-9]/ || size(found[$1] - $2) > slack) {
			print $1 " is " found[$1] ", the oracle says " $2
			bad++
		}
	}
	END { if (FNR == 0 || bad) exit 1 }' "$2" "$1"
}

known_tables='users groups states endings programmes ledger choices pools days months ledger_months partitions ledgers stranded strategies
	sensitivity assumptions bridge findings rows values'

# tables REPORT: the tables that the oracle knows, as lines "table.row.column TAB value TAB value". Kinds of node are rows by number, prices by key.
# What some columns say in words is not among them.
tables()
{
	for name in $known_tables $(cd "$1/tables" && ls sizing_* | sed 's/\.csv$//'); do
		awk -v table=$name -v labels="$1/tables/assumptions.csv" '
		function cells(line,    i, c, quoted, n) {
			n = 1
			cell[1] = ""
			for (i = 1; i <= length(line); i++) {
				c = substr(line, i, 1)
				if (c == "\"") quoted = !quoted
				else if (c == "," && !quoted) cell[++n] = ""
				else cell[n] = cell[n] c
			}
			return n
		}
		BEGIN { while (table == "sensitivity" && (getline line < labels) > 0) { cells(line); key[cell[1]] = cell[2] } }
		BEGIN { if (table == "assumptions") words["unit"] = words["source"] = words["whose"] }
		BEGIN { if (table == "values") words["where"] = 1 }
		BEGIN { if (table == "findings") words["words"] = words["money"] = words["grade"] = words["action"] }
		NR == 1 { n = cells($0); for (i = 1; i <= n; i++) title[i] = cell[i]; next }
		{
			n = cells($0)
			# What all scenarios say together is among the figures.
			if (table == "sensitivity" && !(cell[1] in key)) next
			row = table == "sensitivity" ? key[cell[1]] : table == "assumptions" ? cell[2] : table == "pools" || table == "stranded" || table ~ /^sizing_/ ? NR - 1 : cell[1]
			if (table == "ledgers") {
				if (cell[1] == "kind of node") cell[2] = kinds[cell[2]] ? kinds[cell[2]] : kinds[cell[2]] = ++kind
				row = cell[1] " " cell[2] " " cell[3]
			}
			for (i = table == "ledgers" ? 4 : table == "sensitivity" || table == "assumptions" ? 3 : 2; i <= n; i++)
				if (!(title[i] in words))
					print table "." row "." title[i] "\t" cell[i] "\t" cell[i]
		}' "$1/tables/$name.csv"
	done | sort
}

# advice REPORT: what users could type, as lines "user.CPUs.nodes.GPUs.limit.column TAB value TAB value"; as they are typed,
# amounts become bytes and seconds.
advice()
{
	awk -F , '
	function seconds(text,    part, days) {
		if (text !~ /:/) return 0
		days = text ~ /-/ ? text + 0 : 0
		sub(/^.*-/, "", text)
		split(text, part, ":")
		return days * 86400 + part[1] * 3600 + part[2] * 60 + part[3]
	}
	function bytes(text) { return (text + 0) * (text ~ /G$/ ? 1073741824 : 1048576) }
	function put(column, format, value) { value = sprintf(format, value); print name "." column "\t" value "\t" value }
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{
		name = $1 "." $at["cores"] "." $at["nodes"] "." $at["gpus"] "." seconds($at["limit"])
		put("jobs", "%d", $at["jobs"])
		put("cpu_hours", "%s", $at["cpu_hours"])
		put("memory", "%.0f", bytes($at["memory"]))
		put("cpus", "%d", $at["cpus"])
		put("time", "%d", seconds($at["walltime"]))
		put("failed", "%d", $at["failed"])
	}' "$1/tables/advice.csv"
}

# same WHAT ORACLE FOUND [all]: the values as compare has it; with "all" FOUND has no other ids.
same()
{
	compare "$2" "$3" > differs || fail "$1: $(head -n 5 differs)"
	cut -f 1 "$2" | sort > names.oracle
	cut -f 1 "$3" | sort > names.found
	[ "${4:-}" != all ] || cmp -s names.oracle names.found || fail "$1: other rows: $(diff names.oracle names.found | head -n 5)"
}

# book REPORT: the workbook says the same numbers: its tables those of the CSV files, cell by cell, and its figures those of report.json.
book()
{
	rm -rf book
	unzip -qo "$1/savings.xlsx" -d book
	# A table without rows is none.
	for relations in book/xl/worksheets/_rels/sheet*.xml.rels; do
		part=$(grep -o 'tables/table[0-9]*\.xml' "$relations") || continue
		sheet=$(basename "$relations" .rels)
		name=$(grep -o 'name="tbl_[a-z]*"' "book/xl/$part" | sed 's/.*tbl_//; s/"//')
		awk -f "$tests/workbook.awk" "book/xl/worksheets/$sheet" | sed "s/^/$name./; s/	/./"
	done | awk '{ print $1 "\t" $2 "\t" $2 }' | sort > found
	for name in users groups months states ledger pools choices programmes; do
		# No comma stands in a number; those in texts are taken away. The first row of a sheet is its fifth; amounts of memory are GiB there.
		sed 's/"[^"]*"/text/g' "$1/tables/$name.csv" | awk -F , -v name=$name '
			NR == 1 { for (i = 2; i <= NF; i++) gib[i] = $i == "asked" }
			NR > 1 { for (i = 2; i <= NF; i++) if ($i ~ /^-?[0-9.]+$/) {
				if (gib[i]) $i = sprintf("%.9f", $i / 1073741824)
				print name "." NR + 3 "." i "\t" $i (index($i, ".") ? "" : ".0")
			} }'
	done | sort > wanted
	[ "$(wc -l < wanted)" -gt 200 ] || fail "$1: the tables have only $(wc -l < wanted) numbers"
	same "$1, its workbook" wanted found

	awk -f "$tests/workbook.awk" book/xl/worksheets/sheet3.xml | awk '$2 == 2 { print $1 "\t" $3 }' > cells
	grep -o "<definedName name=\"fig_[a-z0-9_]*\">'Figures'!\$B\$[0-9]*" book/xl/workbook.xml | sed 's/.*name="//; s/".*\$/	/' > figure-names
	awk -F '\t' 'FNR == NR { value[$1] = $2; next } $2 in value { print $1 "\t" value[$2] "\t" value[$2] }' cells figure-names > found
	sh "$tests/figures.sh" "$1/report.json" | awk -F '\t' '
		$2 != "null" && $3 != "text" && $3 != "time" && $1 !~ /^assumption\./ {
			gsub(/\./, "_", $1)
			if ($2 ~ /e/) $2 = sprintf("%.15f", $2)
			printf "fig_%s\t%s%s\n", $1, $2, $2 ~ /\./ ? "" : ".0"
		}' > wanted
	[ "$(wc -l < wanted)" -gt 200 ] || fail "$1: there are only $(wc -l < wanted) figures"
	same "$1, figures of its workbook" wanted found
}

# holds REPORT: all that its workbook checks of itself is true.
holds()
{
	unzip -p "$1/savings.xlsx" 'xl/worksheets/*.xml' > sheets
	[ "$(grep -o '<v>holds</v>' sheets | wc -l)" -ge 20 ] || fail "$1: the workbook checks hardly anything"
	! grep -q '<v>does not hold</v>' sheets || fail "$1: a check of the workbook does not hold"
}

# census REPORT: `found` are its figures, `wanted` what the oracle knows of them. It knows every one that has a value, but for those that are
# no numbers of the model (oracle/words.tsv). Of what has no value it must know of some report: what there was is kept, and what it knew.
census()
{
	: > known
	: > had
	awk -F '\t' '
	FILENAME ~ /words/ { words[++n] = $1; next }
	FILENAME == "wanted" { wanted[$1]; print $1 > "known"; next }
	{
		for (i = 1; i <= n && $1 !~ words[i]; i++)
			;
		if (i <= n)
			next
		print $1 > "had"
		if ($2 != "null" && !($1 in wanted)) print $1
	}' "$tests/oracle/words.tsv" wanted found > strange
	[ ! -s strange ] || fail "$1 has figures that the oracle does not know: $(head -n 10 strange | tr '\n' ' ')"
	cat known >> known.all
	cat had >> had.all
	cut -f 1 found >> figures.all
	find "$1/tables" -name '*.csv' | sed 's/.*\///; s/\.csv$//' >> tables.all
}

# check EXPORT REPORT [INVENTORY [FIRST:LAST [DATE=INVENTORY [OPTIONS]]]]: REPORT is of EXPORT, bears its names and hides nothing.
check()
{
	# shellcheck disable=SC2086 # options and their values
	oracle ${3:+-i $3} ${4:+-d $4} ${5:+-l $5} ${6:-} "$1"
	sh "$tests/figures.sh" "$2/report.json" | cut -f 1,2,5 > found
	cp oracle/figures wanted
	[ "$(wc -l < wanted)" -ge $([ -n "${3:-}" ] && echo 640 || echo 430) ] || fail "the oracle knows only $(wc -l < wanted) figures"
	same "$2" wanted found
	census "$2"
	holds "$2"
	[ -n "${3:-}" ] || return 0
	sort oracle/tables > wanted
	tables "$2" > found
	same "$2, its tables" wanted found all
	awk -F '\t' '
		NR == 1 { for (i = 2; i <= NF; i++) title[i] = $i; next }
		{ for (i = 2; i <= NF; i++) print $1 "." title[i] "\t" $i }' oracle/advice > wanted
	advice "$2" > found
	[ ! -s wanted ] || same "$2, advice" wanted found all
	book "$2"
}

# The comparison finds a wrong value and a missing one, and lets rounding pass.
printf 'a\t10\nb\t1.500000\nc\t54321.0\nd\tuser_1\n' > wanted
printf 'a\t10\t10\nb\t1.5000004\t2\nc\t54321.00004\t54,321\nd\tnull\tuser_1\n' > found
compare wanted found > differs || fail "the comparison is too strict: $(cat differs)"
for wrong in 's/10/11/' 's/1.5000004/1.500003/' 's/54321.00004/54321.0002/' '/^b/d' 's/1.5000004/null/' 's/user_1/user_2/'; do
	sed "$wrong" found > wrong
	! compare wanted wrong > differs || fail "the comparison let $wrong pass"
done

# Random exports, under pseudonyms, with an inventory, and some without.
nodes=$tests/oracle/export-nodes.txt
random()
{
	awk -v seed="$1" -v jobs=700 -f "$tests/oracle/export.awk" > random.psv
}
for seed in 1234 7 42 405; do
	random $seed
	"$RECLAIM" report random.psv --internal --inventory "$nodes" --only workbook -o random-$seed --max-bad 100 2> err || fail "$(cat err)"
	check random.psv random-$seed "$nodes"
done
for seed in 42 1234; do
	random $seed
	"$RECLAIM" report random.psv --internal --only workbook -o bare --max-bad 100 2> err || fail "$(cat err)"
	check random.psv bare
done

# A given period: jobs that ended in it count, demand and money are of what lies inside. In this log somebody ran in two groups, and
# ended in neither.
random 203
for days in 2024-02-01:2024-05-31 2024-05-10:2024-05-12 2024-02-29:2024-02-29 2023-09-01:2024-05-31; do
	for list in "$nodes" ''; do
		rm -rf part
		"$RECLAIM" report random.psv --internal ${list:+--inventory "$list"} --from ${days%:*} --to ${days#*:} --only workbook -o part \
			--max-bad 100 2> err || fail "$(cat err)"
		check random.psv part "$list" $days
	done
done

# Nodes come and go: fewer of one kind at first, fewer of another from a day on. In the first log that makes an hour full.
grep -v 'cn2[1-4]' "$nodes" > first.txt
grep -v gp04 "$nodes" > then.txt
for seed in 405 1234; do
	random $seed
	rm -rf stair
	"$RECLAIM" report random.psv --internal --inventory first.txt --inventory 2024-04-15=then.txt --only workbook -o stair --max-bad 100 2> err ||
		fail "$(cat err)"
	check random.psv stair first.txt '' 2024-04-15=then.txt
	grep -q '"pool.1.nodes_mean"' stair/report.json || fail 'the nodes did not change'
done

# Nodes were away, some while jobs held them, some while they were not listed; CPUs are guessed, and what a kilowatt-hour emits is told. One event cannot be read.
sqlite3 -batch :memory: < "$tests/oracle/export-events.sql" > events.txt
echo 'c|cn05|some day|2024-05-29T07:41:03||DOWN|' >> events.txt
printf '[grid_carbon]\nexpected=0.4\n' > carbon.conf
"$RECLAIM" report random.psv --internal --inventory first.txt --inventory 2024-04-15=then.txt --events events.txt --guessed-cpus 1000 --assumptions carbon.conf --only workbook -o away \
	--max-bad 100 2> err || fail "$(cat err)"
check random.psv away first.txt '' 2024-04-15=then.txt '-e events.txt -g 1000 -c 0.4'
sh "$tests/figures.sh" away/report.json | grep -q '^capacity.both.hours	[1-9]' || fail 'no node drained and still ran what it had'

# Hard cases: GPUs held on a node that has some and one that has none; a leap day; steps that overlap; a step longer than its job; use above what was held; typed and untyped
# GPUs; no usage; nought seconds; two runs under one id; a job across both ends of the period; values that are none; lists of nodes that are
# empty, of jobs that ran and of one that did not; a step alone; a cut row.
cat > hard.psv <<END
JobIDRaw|Cluster|User|Account|Group|State|Submit|Eligible|Start|End|ElapsedRaw|ReqCPUS|AllocCPUS|ReqMem|NNodes|NodeList|AllocTRES|TotalCPU|MaxRSS|NTasks|TRESUsageInTot|TRESUsageInAve
1|c|user_0001|group_A|group_A|COMPLETED|2024-02-28T12:00:01|2024-02-28T12:00:02|2024-02-28T12:00:03|2024-02-28T12:00:03|0|1|1|1M|1|cn01|cpu=1,mem=1M,node=1|00:00:00||||
2|c|user_0001|group_A|group_A|COMPLETED|2024-02-27T00:00:00|2024-02-27T06:00:00|2024-02-27T12:34:56|2024-03-01T12:34:55|259199|16|16|64000M|1|cn02|cpu=16,mem=64000M,node=1|47-23:59:59||||
2.batch|c||group_A||COMPLETED|2024-02-27T12:34:56|2024-02-27T12:34:56|2024-02-27T12:34:56|2024-03-01T12:34:55|259199||16||1|cn02|cpu=16|00:01.500|10G|1|cpu=00:00:01,mem=10G|cpu=00:00:01
2.0|c||group_A||COMPLETED|2024-02-27T12:34:56|2024-02-27T12:34:56|2024-02-27T12:34:56|2024-02-28T12:34:56|86400||16||1|cn02|cpu=16|23-00:00:00|1G|16|mem=16G|cpu=00:00:01
2.1|c||group_A||COMPLETED|2024-02-28T12:34:55|2024-02-28T12:34:55|2024-02-28T12:34:55|2024-02-29T12:34:55|86400||16||1|cn02|cpu=16|1-00:00:00|2G|4||
2.2|c||group_A||COMPLETED|2024-02-28T12:34:56|2024-02-28T12:34:56|2024-02-28T12:34:56|2024-03-01T12:34:59|172803||16||1|cn02|cpu=16|23-00:00:00|20G|1||
3|c|user_0002|group_A|group_B|COMPLETED|2024-02-29T23:00:00||2024-02-29T23:59:59|2024-03-01T00:00:01|2|64|64|4G|2|gp[01-02]|cpu=64,mem=8G,node=2,gres/gpu=8,gres/gpu:a100=8|00:00:00||||
4|c|user_0002|group_B|group_B|COMPLETED|2024-02-29T00:00:00|2024-02-29T00:00:00|2024-02-29T00:00:00|2024-02-29T02:00:00|7200|2|2|4G|1|gp01|cpu=2,mem=4G,node=1,gres/gpu:a100=2,gres/gpu:v100=1|01:00:00||||
4.0|c||group_B||COMPLETED|2024-02-29T00:00:00|2024-02-29T00:00:00|2024-02-29T00:00:00|2024-02-29T02:00:00|7200||2||1|gp01|cpu=2|01:00:00|5G|1|cpu=01:00:00,mem=5G,gres/gpuutil=0|gres/gpuutil=0
5|c|user_0003|group_B|group_B|TIMEOUT|2024-02-29T00:00:00|2024-02-29T00:10:00|2024-02-29T01:00:00|2024-02-29T03:00:00|7200|8|8|16G|1|cn03|cpu=8,mem=16G,node=1|17:00:00||||
6|c|user_0003|group_B|group_B|CANCELLED|2024-02-29T00:00:00|2024-02-29T00:10:00|2024-02-29T01:00:00|2024-02-29T01:30:00|1800|8|8|16G|1|cn04|cpu=8,mem=16G,node=1|00:10:00||||
7|c|user_0003|group_C|group_B|CANCELLED|2024-02-29T00:00:00|2024-02-29T00:10:00|2024-02-29T03:00:00|2024-02-29T03:00:00|0|8|0|16G|0|None assigned||00:00:00||||
8|c|user_0003|group_C|group_B|NODE_FAIL|2024-02-29T04:00:00|2024-02-29T04:00:00|2024-02-29T05:00:00|2024-02-29T05:40:00|2400|4|4|1G|4|cn[01,03-04],gp02|cpu=4,mem=4G,node=4|00:00:00||||
8|c|user_0003|group_C|group_B|COMPLETED|2024-02-29T05:40:00|2024-02-29T05:42:00|2024-02-29T06:00:00|2024-02-29T08:00:00|7200|4|4|1G|4|cn[01,03-04],gp02|cpu=4,mem=4G,node=4|08:00:00||||
9|c|user_0004|group_C|group_C|RUNNING|2024-03-01T00:00:00|2024-03-01T00:00:00|2024-03-01T01:00:00|Unknown|90000|3|3|3G|1|cn01|cpu=3,mem=3G,node=1|00:00:00||||
10|c|user_0004|group_C|group_C|PENDING|2024-03-01T00:00:00|Unknown|Unknown|Unknown|0|3|0|3G|0|None assigned||00:00:00||||
11.0|c||group_C||COMPLETED|2024-03-01T00:00:00|2024-03-01T00:00:00|2024-03-01T00:00:00|2024-03-01T00:01:00|60||3||1|cn01|cpu=3|00:01:00|1G|1||
12|c|user_0004|group_C|group_C|COMPL
14|c|user_0003|group_B|group_B|COMPLETED|2024-03-01T00:00:00|2024-03-01T00:10:00|2024-03-01T01:00:00|2024-03-01T03:00:00|7200|8|8|100Mcd|1|cn03|cpu=8,node=1|08:00:00||||
15|c|user_0003|group_B|group_B|COMPLETED|2024-03-01T00:00:00|2024-03-01T00:10:00|2024-03-01T03:00:00|2024-03-01T05:00:00|7200|8|8|100Mcd|1|cn03|cpu=8,mem=4G,node=1|late||||
16|c|user_0005|group_B|group_B|COMPLETED|2024-03-01T01:00:00|2024-03-01T01:00:00|2024-03-01T02:00:00|2024-03-01T03:00:00|3600|4|4|4G|0||cpu=4,mem=4G,node=2|02:00:00||||
17|c|user_0005|group_B|group_B|FAILED|2024-03-01T01:00:00|2024-03-01T01:00:00|2024-03-01T02:00:00|2024-03-01T02:10:00|600|2|2|1G|3|||00:00:00||||
18|c|user_0005|group_B|group_B|CANCELLED|2024-03-01T01:00:00|2024-03-01T01:00:00|2024-03-01T02:00:00|2024-03-01T02:00:00|0|2|2|1G|1|||00:00:00||||
19|c|user_0005|group_B|group_B|COMPLETED|2024-03-01T01:00:00|2024-03-01T01:00:00|2024-03-01T04:00:00|2024-03-01T05:00:00|3600|8|8|4G|2|cn04,gp03|cpu=8,mem=8G,node=2,gres/gpu=4|06:00:00||||
13|c|user_0005|group_C|group_C|OUT_OF_MEMORY|2024-03-01T00:00:00|2024-03-01T00:00:00|2024-03-01T00:00:00|2024-03-01T23:59:59|86399|1|1|0.5T|1|cn03|cpu=1,mem=62.5G,node=1|23:00:00||||
END
"$RECLAIM" report hard.psv --internal --inventory "$nodes" -o hard --max-bad 100 2> err || fail "$(cat err)"
check hard.psv hard "$nodes"

# No job says what it used, or those that do are too short: of what was not needed nothing is known.
for kind in silent brief; do
	random 42
	awk -F '|' -v OFS='|' -v kind=$kind '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print; next }
		$at["JobIDRaw"] ~ /\./ { next }
		{ $at["TotalCPU"] = kind == "brief" && $at["ElapsedRaw"] > 9 && $at["ElapsedRaw"] < 300 ? "00:00:07" : "" }
		{ $at["MaxRSS"] = $at["TRESUsageInTot"] = $at["TRESUsageInAve"] = ""; print }' random.psv > $kind.psv
	"$RECLAIM" report $kind.psv --internal --inventory "$nodes" --only workbook -o $kind --max-bad 100 2> err || fail "$(cat err)"
	check $kind.psv $kind "$nodes"
	sh "$tests/figures.sh" $kind/report.json | awk -F '\t' '$1 ~ /^has.us(age|e_unjudged)$/ { print $1, $2 }' | sort | tr '\n' ' ' > found
	grep -qx "has.usage 0 has.use_unjudged $([ $kind = brief ] && echo 1 || echo 0) " found || fail "$kind: $(cat found)"
	sed 1d $kind/tables/programmes.csv | grep -vE ',[0-9]*,,$' && fail "$kind: what nobody knows is told"
done

# What sreport says of three months, of two clusters.
cat > sreport.txt <<END
--------------------------------------------------------------------------------
Cluster Utilization 2024-02-01T00:00:00 - 2024-04-30T23:59:59
Usage reported in TRES Hours/Percentage of Total
--------------------------------------------------------------------------------
Cluster|TRES Name|Allocated|Down|PLND Down|Idle|Planned|Reported
c|cpu|270000(60.00%)|0(0.00%)|0(0.00%)|180000(40.00%)|0(0.00%)|450000(100.00%)
c|mem|1(60.00%)|0(0.00%)|0(0.00%)|1(40.00%)|0(0.00%)|2(100.00%)
d|cpu|80123(60.00%)|0(0.00%)|0(0.00%)|180000(40.00%)|0(0.00%)|450000(100.00%)
END
"$RECLAIM" report random.psv --internal --inventory "$nodes" --sreport sreport.txt --only workbook -o told --max-bad 100 2> err || fail "$(cat err)"
check random.psv told "$nodes" '' '' '-r sreport.txt'

# What changed since a former report, of which one assumption was another: its figures are the oracle's own, and the rows of the tables
# are the figures as they are printed.
"$RECLAIM" report random.psv --internal --inventory "$nodes" --from 2024-01-01 --to 2024-03-31 --only data -o before --max-bad 100 2> err || fail "$(cat err)"
"$RECLAIM" report random.psv --internal --inventory "$nodes" --from 2024-04-01 --to 2024-07-31 --previous before/report.json \
	--assumptions carbon.conf --only workbook -o after --max-bad 100 2> err || fail "$(cat err)"
oracle -i "$nodes" -d 2024-01-01:2024-03-31 random.psv
cp oracle/figures former
check random.psv after "$nodes" 2024-04-01:2024-07-31 '' '-c 0.4 -p former'
[ "$(cut -f 1 oracle/compared | sort | uniq -c | awk '$1 >= 4' | wc -l)" -eq 2 ] || fail "hardly anything is compared: $(cat oracle/compared)"
sh "$tests/figures.sh" after/report.json | cut -f 1,2,5 > figures
for table in compared actions; do
	sed 1d after/tables/$table.csv > lines
	[ "$(wc -l < lines)" -eq "$(grep -c "^$table" oracle/compared)" ] || fail "$table has other rows: $(cat lines oracle/compared)"
	grep "^$table" oracle/compared | while read -r _ id _; do
		dot=$(grep -q "^daily\.$id	" figures && echo daily. || :)
		awk -F '\t' -v a="previous.$dot$id" -v b="$dot$id" -v c="change.$id" '
			{ words[$1] = $1 ~ /^change/ && $2 == "null" ? "" : $3 }
			function cell(id) { return words[id] ~ /[,"]/ ? "\"" words[id] "\"" : words[id] }
			END { print "," cell(a) "," cell(b) "," cell(c) }' figures
	done > wanted
	sed 's/^"[^"]*"//; s/^[^,]*,/,/' lines | cmp -s - wanted || fail "$table: $(diff wanted lines)"
done

# The sample, by way of its pseudonyms: the oracle reads the shareable file, whose names are those of the report.
"$RECLAIM" run "$SAMPLE/sacct-2025.psv.gz" --inventory "$SAMPLE/nodes.txt" --timezone UTC -m map.csv -o sample 2> err ||
	fail "$(cat err)"
# What few did on a kind of node is told within the house alone.
"$RECLAIM" report sample.psv --internal --inventory sample.psv.nodes.csv --timezone UTC -o inside 2> err || fail "$(cat err)"
check sample.psv inside "$SAMPLE/nodes.txt" '' '' -m

# What a report for others hides: of the sample, and of the random ones, in which people are put into groups of any size.
hides()
{
	sh "$tests/figures.sh" "$2/report.json" | cut -f 1,2,5 > found
	oracle -i "$4" -k "$3" -t cells "$1"
	cp oracle/cells all
	grep -E '^cells\.|^lines\.weeks|^partitions\.[a-z]*	' all > wanted
	[ "$(wc -l < wanted)" -eq 11 ] || fail "of what $2 hides the oracle says: $(cat wanted)"
	same "$2, what it hides" wanted found
	awk '{ print $1, $2 }' wanted >> hidden
	sort wanted > wanted.sorted
	sort all | comm -23 - wanted.sorted > wanted
	for table in groups users partitions; do
		awk -F , -v table=$table '
			NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
			table == "partitions" { put("told", 1); next }
			{ put("kinds", $at["gpu_hours"] != "" ? 1 : 0) }
			table == "users" { put("group", $at["group"]) }
			function put(what, value,    name) {
				name = $1 == "other partitions" ? "all others" : $1
				print table "." name "." what "\t" value "\t" value
			}' "$2/tables/$table.csv"
	done | sort > found
	same "$2, rows" wanted found all
}
hides sample.psv sample 5 "$SAMPLE/nodes.txt"
: > hidden
for seed in 7 42 1234; do
	for least in 2 3 5; do
		awk -v seed=$seed -v jobs=700 -f "$tests/oracle/export.awk" | awk -v seed=$seed -f "$tests/oracle/crowd.awk" > crowd.psv
		rm -rf shared
		"$RECLAIM" report crowd.psv --inventory "$nodes" --min-users $least --only data -o shared --max-bad 100 2> err || fail "$(cat err)"
		hides crowd.psv shared $least "$nodes"
	done
done
# All that can be hidden was.
for id in cells.hidden_groups cells.withheld_users cells.untold_groups cells.untimed_groups partitions.hidden; do
	grep -q "^$id [1-9]" hidden || fail "no log hides anything of $id"
done

# What is planted is written down with real names: the report must say the same under their pseudonyms.
sh "$tests/figures.sh" sample/report.json > figures
sed '1,2d; $d; s/^"//; s/"$//; s/","/	/g' map.csv > map
awk -F '\t' '
FNR == NR { pseudonym[$2] = $3; next }
{
	n = split($2, name, ",")
	for (i = 1; i <= n; i++)
		print $1 "\t" (name[i] in pseudonym ? pseudonym[name[i]] : name[i])
}' map "$tests/oracle/truths.tsv" > truths

truth()
{
	awk -F '\t' -v id="$1" '$1 == id { print $2; found = 1 } END { exit !found }' truths || fail "truths.tsv has no $1"
}

# The values of all truths whose id fits, one a line.
truths()
{
	awk -F '\t' -v id="$1" '$1 ~ id { print $2; found = 1 } END { exit !found }' truths || fail "truths.tsv has no $1"
}

value()
{
	awk -F '\t' -v id="$1" '$1 == id { print $2; found = 1 } END { exit !found }' figures || fail "there is no figure $1"
}

# The words of a figure; words that list people become one a line.
words()
{
	awk -F '\t' -v id="$1" '$1 == id { print $5; found = 1 } END { exit !found }' figures || fail "there is no figure $1"
}

people()
{
	words "$1" | sed 's/ and /, /' | tr -s ', ' '\n'
}

# near WHAT TRUTH FOUND SLACK
near()
{
	awk -v a="$2" -v b="$3" -v slack="$4" 'BEGIN { d = a - b; exit !(a a b b ~ /^[-0-9.e+]+$/ && d * d <= slack * slack) }' ||
		fail "$1: the report says $3, planted is $2"
}

equal()
{
	[ "$2" = "$3" ] || fail "$1: the report says $(echo "$3" | tr '\n' ' '), planted is $(echo "$2" | tr '\n' ' ')"
}

# By core-hours; what power.names lists is by cost.
sed 1d sample/tables/users.csv | sort -t , -k 3,3nr | head -n 10 > heaviest
equal 'the ten heaviest users, in order' "$(truths '^heaviest.[0-9]+.user$')" "$(cut -d , -f 1 heaviest)"
equal 'their core-hours' "$(truths '^heaviest.[0-9]+.cpu_hours$')" "$(cut -d , -f 3 heaviest)"
near 'their share' "$(truth heaviest.share)" "$(value top10.share)" 1e-6
equal 'who takes all memory' "$(truths '^whole_memory.[0-9]+.user$' | sort)" "$(people memory.took_all.names | sort)"
equal 'how many take all memory' "$(truth whole_memory.users)" "$(value memory.took_all.users)"
equal 'their jobs' "$(truths '^whole_memory.[0-9]+.jobs$' | awk '{ sum += $1 } END { print sum }')" \
	"$(value memory.took_all.jobs)"
near 'what they use' "$(truth whole_memory.mean_peak_gib)" \
	"$(value memory.took_all.peak | awk '{ print $1 / 1073741824 }')" 0.05
near 'what they could give back' "$(truth whole_memory.excess_node_hours)" "$(value programme.took_all.hours)" 5
equal 'who runs idle' "$(truths '^idle.[0-9]+.user$' | sort)" "$(people idle.names | sort)"
equal 'how many run idle' "$(truth idle.users)" "$(value idle.users)"
truths '^idle.[0-9]+.user$' > names
truths '^idle.[0-9]+.median_cpu_efficiency$' | paste names - > medians
while read -r user median; do
	near "the median CPU efficiency of $user" "$median" "$(awk -F , -v user="$user" '$1 == user { print $6 }' sample/tables/users.csv)" 0.01
done < medians
near 'the lowest of them' "$(truths '^idle.[0-9]+.median_cpu_efficiency$' | sort -n | head -n 1)" "$(value idle.lowest)" 0.01
# Excess is in three columns, one for each kind of node.
awk -F , 'NR > 1 { printf "%s,%.6f\n", $1, $11 + $12 + $13 }' sample/tables/users.csv | sort -t , -k 2,2nr | head -n 6 > vain
equal 'who holds most in vain, in order' "$(truths '^vain.[0-9]+.user$')" "$(cut -d , -f 1 vain)"
equal 'how much that is' "$(truths '^vain.[0-9]+.node_hours$')" "$(cut -d , -f 2 vain)"
for user in every_other_core thrice_the_memory; do
	equal "whether $user is among the heaviest" "$(truth $user.user)" "$(people power.names | grep -xF "$(truth $user.user)")"
	equal "whether $user is among those who hold most in vain" "$(truth $user.user)" "$(cut -d , -f 1 vain | grep -xF "$(truth $user.user)")"
done
near 'what is used of thrice the memory' 0.3333 \
	"$(awk -F , -v user="$(truth thrice_the_memory.user)" '$1 == user { print $7 }' sample/tables/users.csv)" 0.05
near 'what is used of every other core' 0.5 \
	"$(awk -F , -v user="$(truth every_other_core.user)" '$1 == user { print $6 }' sample/tables/users.csv)" 0.07
near 'who is short' "$(truth short.jobs)" "$(awk -v share="$(value short.five.share)" -v jobs="$(value jobs.ran)" 'BEGIN { print share * jobs }')" 1e-3
equal 'the busiest hour' "$(truth peak.hour | cut -c 1-16 | tr T ' ')" "$(words peak.time)"
near 'its demand' "$(truth peak.cpus)" "$(value peak.cpus)" 1e-6
equal 'who drives it' "$(truth peak.account)" "$(words peak.group)"
near 'their part of it, on average' "$(truth peak.account.cpus)" "$(value peak.group.cpus)" "$(truth peak.account.cpus | awk '{ print $1 / 4 }')"
near 'their mean' "$(truth peak.account.mean_cpus)" "$(value peak.group.mean)" 0.5
equal 'who grows' "$(truth growth.account)" "$(words growth.gpu.group)"
near 'by how much' "$(awk -v a="$(truth growth.gpu_hours.q1)" -v b="$(truth growth.gpu_hours.q4)" 'BEGIN { print b / a }')" \
	"$(value growth.gpu.factor)" 0.1
equal 'who needs a course' "$(truths '^training.accounts$' | sort)" "$(people groups.training.names | sort)"
# Of two groups that are not told of kinds of node it is told within the house alone.
near 'how much of theirs is excess' "$(truth training.excess_share)" \
	"$(sh "$tests/figures.sh" inside/report.json | awk -F '\t' '$1 == "groups.worst.share" { print $2 }')" 1e-3
equal 'who is most careful' "$(truth careful.account)" "$(words groups.best)"
near 'what they hold in vain' "$(truth careful.excess_share)" "$(value groups.best.share)" 1e-6
equal 'use above what was held' "$(truth cpu.above_held)" "$(value rows.used_above_held)"
equal 'use above what was asked' "$(truth memory.above_asked)" "$(value rows.peak_above_asked)"

# In the busiest hour itself few were at work: that, too, is told there alone.
sh "$tests/figures.sh" inside/report.json > figures
equal 'who drives it, in that hour' "$(truth peak.account)" "$(words peak.group)"
near 'their part of it, in that hour' "$(truth peak.account.cpus)" "$(value peak.group.cpus)" 1e-6

# How many of all figures and tables the oracle knows, and that it knows all.
sort -u known.all > known
sort -u had.all | comm -23 - known > strange
[ ! -s strange ] || fail "the oracle knows of no report: $(tr '\n' ' ' < strange)"
# Figures and their definitions once more, in words; columns of the shareable file and what became of them; of several files the risk of each.
words='figures definitions fields fields_rest risks'
echo "$known_tables advice compared actions $(grep '^sizing_[0-9]*$' tables.all | tr '\n' ' ')" | tr -s ' \t' '\n' | sort > known.tables
echo "$words" | tr ' ' '\n' | sort - known.tables > any.tables
sort -u tables.all > tables
comm -23 tables any.tables > strange
[ ! -s strange ] || fail "the oracle knows nothing of the tables $(tr '\n' ' ' < strange)"
sort -u figures.all > figures
echo "oracle.sh: the oracle knows $(comm -12 figures known | wc -l) of $(wc -l < figures) figures and $(comm -12 tables known.tables | wc -l) of" \
	"$(wc -l < tables) tables; the others are words (tests/oracle/words.tsv) and $words"
