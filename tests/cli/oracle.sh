#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The figures and tables of a report are those of an independent computation in awk and SQLite (tests/oracle): on the
# sample, on random exports, and on one made by hand of hard cases. What is planted in the sample is what the report says.
# RECLAIM is the program to test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"
for tool in sqlite3 gzip; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
LC_ALL=C
export LC_ALL

# compare ORACLE FOUND: two lists of "id TAB value". Counts must be equal and hours equal to a millionth; the ledger, whose
# shares are rounded to millionths of a node before they are multiplied, to a thousandth. Every id of ORACLE must be in
# FOUND. Prints what differs.
compare()
{
	awk -F '\t' '
	function size(x) { return x < 0 ? -x : x }
	FNR == NR { found[$1] = $2; next }
	!($1 in found) { print $1 " is missing"; bad++; next }
	{
		slack = $1 ~ /^(ledger|stranded)/ ? size($2) / 1000 : $2 ~ /\./ ? 1.000001e-6 : 0
		if (!($2 ~ /^-?[0-9.]+$/ ? found[$1] != "null" && size(found[$1] - $2) <= slack : found[$1] "" == $2 "")) {
			print $1 " is " found[$1] ", the oracle says " $2
			bad++
		}
	}
	END { if (FNR == 0 || bad) exit 1 }' "$2" "$1"
}

# table FILE COLUMN...: a CSV or tab-separated table as "name.column TAB value", sorted. The names are its first column.
table()
{
	file=$1
	shift
	awk -v wanted="$*" '
	NR == 1 {
		FS = index($0, "\t") ? "\t" : ","
		$0 = $0
		for (i = 1; i <= NF; i++) at[$i] = i
		n = split(wanted, want, " ")
		next
	}
	{ for (i = 1; i <= n; i++) print $1 "." want[i] "\t" $at[want[i]] }' "$file" | sort
}

# same WHAT ORACLE FOUND: the same lines, and the values as compare has it.
same()
{
	compare "$2" "$3" > differs || fail "$1: $(head -n 5 differs)"
	cut -f 1 "$2" | sort > names.oracle
	cut -f 1 "$3" | sort > names.found
	[ "$4" = some ] || cmp -s names.oracle names.found || fail "$1: other rows: $(diff names.oracle names.found | head -n 5)"
}

# check EXPORT REPORT [INVENTORY]: REPORT is of EXPORT, which bears the names of the report.
check()
{
	export=$1
	report=$2
	inventory=${3:+-i $3}
	sh "$tests/figures.sh" "$report/report.json" | cut -f 1,2 > found
	# shellcheck disable=SC2086 # an option and its value
	sh "$tests/oracle/oracle.sh" $inventory "$export" | sed '/^node\.equivalent\.hours	/d' > wanted
	[ "$(wc -l < wanted)" -ge 19 ] || fail "the oracle knows only $(wc -l < wanted) figures"
	same "$report" wanted found some
	for name in users groups days states; do
		hours='cpu_hours gpu_hours node_hours'
		case $name in days) columns="jobs_ended $hours" ;; *) columns="jobs $hours" ;; esac
		sh "$tests/oracle/oracle.sh" -t $name "$export" > oracle.tsv
		table oracle.tsv "$columns" > wanted
		table "$report/tables/$name.csv" "$columns" > found
		same "$report, $name.csv" wanted found all
	done
	# What users could type; amounts as they are typed become bytes and seconds.
	sh "$tests/oracle/oracle.sh" -t advice "$export" > oracle.tsv
	table oracle.tsv 'jobs cpu_hours memory cpus time failed' > wanted
	awk -F , '
	function seconds(text,    part, days) {
		if (text !~ /:/) return 0
		days = text ~ /-/ ? text + 0 : 0
		sub(/^.*-/, "", text)
		split(text, part, ":")
		return days * 86400 + part[1] * 3600 + part[2] * 60 + part[3]
	}
	function bytes(text) { return (text + 0) * (text ~ /G$/ ? 1073741824 : 1048576) }
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{
		name = $1 "." $at["cores"] "." $at["nodes"] "." $at["gpus"] "." seconds($at["limit"])
		printf "%s.jobs\t%d\n%s.cpu_hours\t%s\n%s.memory\t%.0f\n", name, $at["jobs"], name, $at["cpu_hours"], name, bytes($at["memory"])
		printf "%s.cpus\t%d\n%s.time\t%d\n%s.failed\t%d\n", name, $at["cpus"], name, seconds($at["walltime"]), name, $at["failed"]
	}' "$report/tables/advice.csv" | sort > found
	[ ! -s wanted ] || same "$report, advice.csv" wanted found all
	[ -n "$inventory" ] || return 0
	# The classes of the ledger account by account.
	# shellcheck disable=SC2086
	sh "$tests/oracle/oracle.sh" $inventory -t ledger "$export" | awk -F '\t' '
		NR > 1 { print "ledger." $1 ".held\t" $2; printf "ledger.%s.excess\t%.6f\n", $1, $4 + $5 + $6 + $7 }' | sort > wanted
	awk -F , '
	NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
	{
		held = excess = 0
		for (i = 1; i <= NF; i++) {
			if (name[i] ~ /^held_/) held += $i
			if (name[i] ~ /^excess_/) excess += $i
		}
		printf "ledger.%s.held\t%.6f\nledger.%s.excess\t%.6f\n", $1, held, $1, excess
	}' "$report/tables/groups.csv" | sort > found
	same "$report, the ledger by account" wanted found some
}

# The comparison finds a wrong value and a missing one, and lets rounding pass.
printf 'a\t10\nb\t1.500000\nledger.c\t100.0\n' > wanted
printf 'a\t10\nb\t1.5000004\nledger.c\t100.05\n' > found
compare wanted found > differs || fail "the comparison is too strict: $(cat differs)"
for wrong in 's/10/11/' 's/1.5000004/1.500003/' 's/100.05/100.2/' '/^b/d' 's/1.5000004/null/'; do
	sed "$wrong" found > wrong
	! compare wanted wrong > differs || fail "the comparison let $wrong pass"
done

# Random exports, under pseudonyms, with and without an inventory.
for seed in 7 1234; do
	awk -v seed=$seed -v jobs=250 -f "$tests/oracle/export.awk" > random.psv
	"$RECLAIM" report random.psv --internal --inventory "$tests/oracle/export-nodes.txt" -o random-$seed --max-bad 100 2> err || fail "$(cat err)"
	check random.psv random-$seed "$tests/oracle/export-nodes.txt"
	"$RECLAIM" report random.psv --internal -o bare --max-bad 100 2> err || fail "$(cat err)"
	check random.psv bare
done

# Hard cases: a leap day; steps that overlap; a step longer than its job; use above what was held; typed and untyped
# GPUs; no usage; nought seconds; two runs under one id; a job across both ends of the period; a step alone; a cut row.
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
13|c|user_0005|group_C|group_C|OUT_OF_MEMORY|2024-03-01T00:00:00|2024-03-01T00:00:00|2024-03-01T00:00:00|2024-03-01T23:59:59|86399|1|1|0.5T|1|cn03|cpu=1,mem=62.5G,node=1|23:00:00||||
END
"$RECLAIM" report hard.psv --internal --inventory "$tests/oracle/export-nodes.txt" -o hard --max-bad 100 2> err || fail "$(cat err)"
check hard.psv hard "$tests/oracle/export-nodes.txt"

# The sample, by way of its pseudonyms: the oracle reads the shareable file, whose names are those of the report.
"$RECLAIM" run "$SAMPLE/sacct-2025.psv.gz" --inventory "$SAMPLE/nodes.txt" --timezone UTC -m map.csv -o sample 2> err ||
	fail "$(cat err)"
check sample.psv sample "$SAMPLE/nodes.txt"

# What is planted is written down with real names: the report must say the same under their pseudonyms.
sh "$tests/figures.sh" sample/report.json > figures
sed '1d; s/^"//; s/"$//; s/","/	/g' map.csv > map
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
equal 'the busiest hour' "$(truth peak.hour | cut -c 1-16 | tr T ' ')" "$(words peak.time)"
near 'its demand' "$(truth peak.cpus)" "$(value peak.cpus)" 1e-6
equal 'who drives it' "$(truth peak.account)" "$(words peak.group)"
near 'their part of it, on average' "$(truth peak.account.cpus)" "$(value peak.group.cpus)" "$(truth peak.account.cpus | awk '{ print $1 / 4 }')"
near 'their mean' "$(truth peak.account.mean_cpus)" "$(value peak.group.mean)" 0.5
equal 'who grows' "$(truth growth.account)" "$(words growth.gpu.group)"
equal 'who needs a course' "$(truths '^training.accounts$' | sort)" "$(people groups.training.names | sort)"
near 'how much of theirs is excess' "$(truth training.excess_share)" "$(value groups.worst.share)" 1e-3
equal 'who is most careful' "$(truth careful.account)" "$(words groups.best)"
equal 'use above what was held' "$(truth cpu.above_held)" "$(value rows.used_above_held)"
equal 'use above what was asked' "$(truth memory.above_asked)" "$(value rows.peak_above_asked)"

# In the busiest hour itself few were at work: within the house alone it is told.
"$RECLAIM" report sample.psv --internal --inventory sample.psv.nodes.csv --timezone UTC -o inside 2> err || fail "$(cat err)"
sh "$tests/figures.sh" inside/report.json > figures
equal 'who drives it, in that hour' "$(truth peak.account)" "$(words peak.group)"
near 'their part of it, in that hour' "$(truth peak.account.cpus)" "$(value peak.group.cpus)" 1e-6
