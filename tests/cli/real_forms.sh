#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The forms in which sites really export: options of sacct, versions of Slurm, other tools' tables, and files that are
# no export at all. Each gives a report, or one message that says what to do. All rows are made by hand.
# RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"
command -v sqlite3 > /dev/null || { echo "skipped: sqlite3 is not installed"; exit 77; }

# good FORM FILE [OPTION...]: a run that succeeds, one in five with all documents; its figures are then asked for with figure.
forms=0
good()
{
	form=$1
	file=$2
	shift 2
	rm -rf out out.psv map
	forms=$((forms + 1))
	[ $((forms % 5)) -eq 0 ] || set -- --only data "$@"
	"$RECLAIM" run "$file" -m map -o out "$@" 2> err || fail "$form: exit $?: $(cat err)"
	sh "$tests/figures.sh" out/report.json > figures
}

# figure ID VALUE
figure()
{
	found=$(awk -F '\t' -v id="$1" '$1 == id { print $2 }' figures)
	same=$(awk -v a="$found" -v b="$2" 'BEGIN { print a == b || (a a b b ~ /^[-0-9.e]+$/ && (a - b) ^ 2 < 1e-12) }')
	[ "$same" = 1 ] || fail "$form: $1 is $found, not $2"
}

# refused FORM FILE WORDS: exit 1, one message with these words, and nothing written but by anonymize.
refused()
{
	status=0
	rm -rf out out.psv* map
	"$RECLAIM" run "$2" -m map -o out 2> err || status=$?
	[ "$status" -eq 1 ] || fail "$1: exit $status, not 1: $(cat err)"
	tail -n 1 err | grep -qF -- "$3" || fail "$1: the message does not say \"$3\": $(cat err)"
	[ ! -e out ] || fail "$1: a report was written"
}

cat > plain.psv <<END
JobID|User|Account|Partition|State|Submit|Start|End|Elapsed|AllocCPUS|ReqMem|NNodes|NodeList
41|ann|physics|batch|COMPLETED|2023-05-02T08:00:00|2023-05-02T08:30:00|2023-05-02T10:30:00|02:00:00|4|4000M|1|n1
41.batch||physics||COMPLETED|2023-05-02T08:30:00|2023-05-02T08:30:00|2023-05-02T10:30:00|02:00:00|4||1|n1
42_7|bob|physics|batch|CANCELLED by 500|2023-05-03T08:00:00|2023-05-03T08:00:00|2023-05-04T09:00:00|1-01:00:00|2|8000M|2|n[1-2]
43|bob|physics|batch|PENDING|2023-05-03T08:00:00|Unknown|Unknown|00:00:00|0|8G|0|None assigned
44|bob|physics|batch|RUNNING|2023-05-03T08:00:00|2023-05-04T08:00:00|Unknown|01:00:00|1|1G|1|n1
END
expected()
{
	figure rows.read 5
	figure rows.set_aside 0
	figure rows.steps 1
	figure jobs.count 4
	figure jobs.ran 3
	figure users.count 2
	figure cpu.hours 59
	figure node.hours 53
	figure wait.submit.hours 24.5
}
good '--parsable2' plain.psv
expected
sed 's/$/|/' plain.psv > trailing.psv
good '--parsable, with a delimiter behind' trailing.psv
expected
tr '|' ';' < plain.psv > semicolon.csv
good '--delimiter=;' semicolon.csv
expected
tr '|' '\t' < plain.psv > tab.tsv
good '--delimiter=TAB' tab.tsv
expected
tr '|' '\037' < plain.psv > unit.txt
good '--delimiter with a unit separator' unit.txt
expected
sed 's/$/\r/' plain.psv > dos.psv
good 'carriage returns' dos.psv
expected
{ printf '\357\273\277'; cat plain.psv; } > bom.psv
good 'a byte order mark' bom.psv
expected
tr '[:upper:]' '[:lower:]' < plain.psv | sed '1!s/t\([0-9][0-9]:\)/T\1/g; s/completed/COMPLETED/; s/cancelled/CANCELLED/; s/pending/PENDING/
	s/running/RUNNING/; s/unknown/Unknown/g; s/none assigned/None assigned/; s/000m/000M/; s/\([0-9]\)g/\1G/' > lower.psv
good 'a header in lower case' lower.psv
expected
sed 's/\(20[0-9-]*\)T/\1 /g' plain.psv > spaces.psv
good 'a space between date and time' spaces.psv
expected
gzip -c plain.psv > packed.psv.gz
good gzip packed.psv.gz
expected
if command -v zstd > /dev/null; then
	zstd -q plain.psv -o packed.psv.zst
	good zstd packed.psv.zst
	expected
fi
awk -F '|' -v OFS='|' '
	function cell(text) { return text ~ /[,|"]/ ? "\"" text "\"" : text }
	{ line = cell($1); for (i = 2; i <= NF; i++) line = line "," cell($i); print line }' plain.psv |
	sed 's/n\[1-2\]/"n1,n2"/' > quoted.csv
good 'quoted commas' quoted.csv
expected
cat plain.psv plain.psv > twice.psv
# A file put together of two that overlap: each job counts once.
good 'a header in the middle' twice.psv
figure jobs.ran 3
figure rows.duplicates 5

# The same without its header, with and without a comma behind each row: commas in quotes are no columns.
{ sed -n 4p quoted.csv; sed '1d; 4d' quoted.csv; } > bare.csv
good 'quoted commas and no header' bare.csv --columns "$(head -n 1 quoted.csv)"
expected
sed 's/$/,/' bare.csv > bare_trailing.csv
good 'quoted commas, one behind each row, and no header' bare_trailing.csv --columns "$(head -n 1 quoted.csv)"
expected

# Quotes with other delimiters than commas, as spreadsheets and databases write them.
for delimiter in ';' '\t' '|'; do
	sed 's/|/"'"$delimiter"'"/g; s/^/"/; s/$/"/; s/physics/phy'"$delimiter"'sics/' plain.psv > quoted.txt
	good "quotes around $delimiter" quoted.txt
	expected
done
# What is wrong with it is shown as it stands.
printf '"JobID";"User";"State";"Start";"End"\n7;"a;b"\n' > quoted.txt
"$RECLAIM" check quoted.txt > checked 2>&1 || true
grep -q 'quoted.txt, line 2, wrong number of fields: 7;a;b$' checked || fail "quotes around ;: $(cat checked)"

# Each value with its name, and only those that are known.
awk -F '|' 'NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
	{ line = "v=1"; for (i = 1; i <= NF; i++) if ($i != "") line = line ",\"" name[i] "=" $i "\""; print line }' plain.psv > pairs.csv
good 'pairs of name and value' pairs.csv
expected

# Seconds since 1970 (SLURM_TIME_FORMAT=%s): nothing has to be guessed about the zone.
awk -F '|' -v OFS='|' 'NR > 1 { for (i = 6; i <= 8; i++) if ($i ~ /^20/) {
	split($i, t, /[-T:]/)
	$i = 1682899200 + ((t[3] - 1) * 24 + t[4]) * 3600 + t[5] * 60 + t[6]
} } { print }' plain.psv > epoch.psv
good 'seconds since 1970' epoch.psv
expected
grep -q '^2023-05-02,1,' out/tables/days.csv || fail "seconds since 1970: $(cat out/tables/days.csv)"

# What sacct -X leaves out is said, and no efficiency is made up.
sed '/batch||/d' plain.psv > x.psv
good '-X' x.psv
figure jobs.count 4
figure cpu.used.hours null

# A log in the Standard Workload Format calls everybody by a number, and the report is full of numbers.
{
	echo '; UnixStartTime: 1682899200'
	for user in 1 2 3 4 5; do
		echo "$user ${user}00 60 3600 4 -1 -1 4 7200 -1 1 $user $((user % 2 + 1)) -1 1 1 -1 -1"
	done
} > log.swf
good 'a log in the Standard Workload Format' log.swf
figure jobs.ran 5
figure users.count 5
figure cpu.hours 20
figure wait.submit.hours 0.0833333333333333
printf '9 900 60\r\n' >> log.swf
"$RECLAIM" check log.swf --max-bad 20 | grep -qx '    log.swf, line 7, wrong number of fields: 9 900 60' || fail 'an odd line of a log is not shown as it stands'

# Another tool's table: its own names, spaces in times, everything quoted.
cat > table.csv <<END
"job_id","user","account","partition","wallclock_req","nodes_req","processors_req","gpus_req","mem_req","submit_time","start_time","end_time","run_time","state"
"7","ann","physics","standard","172800.0","2","8","0","0.0","2023-05-02 08:00:00","2023-05-02 08:30:00","2023-05-02 10:30:00","7200.0","COMPLETED"
"8","bob","astro, all","standard","172800.0","1","1","0","0.0","2023-05-02 08:00:00","2023-05-02 09:00:00","2023-05-02 10:00:00","3600.0","FAILED"
END
good "another tool's table" table.csv
figure jobs.ran 2
figure users.count 2
figure cpu.hours 17
figure node.hours 5
"$RECLAIM" check table.csv | grep -qx '  GPU-hours' || fail 'the GPUs of that table are read, and check says that there are none'

# A program that numbers the rows of its tables gives these numbers no name.
awk -v OFS=, '{ print (NR > 1 ? NR - 2 : ""), $0 }' table.csv > numbered.csv
good 'a table of numbered rows' numbered.csv
figure jobs.ran 2
figure cpu.hours 17
grep -qx 'reclaim: dropped 1 column: (no name)' err || fail "a column without a name: $(cat err)"

# Where a database has nobody it prints so: no person is made of it, and no group.
cat > nobodies.csv <<END
id_job,user,account,partition,state,time_submit,time_start,time_end,cpus_req,nodelist
7,ann,physics,batch,3,1709628000,1709632800,1709636400,2,n1
8,NULL,NULL,batch,3,1709628000,1709632800,1709636400,2,n1
9,\N,\N,batch,3,1709628000,1709632800,1709636400,2,n1
END
good "a database's NULL" nobodies.csv
figure cpu.hours 6
figure users.count 1
"$RECLAIM" check nobodies.csv | grep -q '^  users  *1$' || fail "a database's NULL: check counts it as somebody"
[ "$(grep -c '^[89],,,batch,' out.psv)" -eq 2 ] && [ "$(grep -cE '^"(user|account)",' map)" -eq 2 ] ||
	fail "a database's NULL: somebody is called so: $(cat out.psv map)"

# One is said as one.
"$RECLAIM" inventory out.psv -o owned.csv 2> err && grep -qx 'reclaim: wrote owned.csv: 1 kind of node; 1 node was inferred from 3 jobs' err &&
	"$RECLAIM" tally out.psv --inventory owned.csv -o out.tally 2> err && grep -q 'bytes, 3 rows, 1 user$' err || fail "counts of one: $(cat err)"

# Old and odd amounts of memory, seen by the share of a node that they take: 2 CPUs of 10, one hour, 10,000 MB.
echo 'NodeName=n1 CPUTot=10 CoresPerSocket=10 Sockets=1 ThreadsPerCore=1 RealMemory=10000 Gres=(null) State=IDLE' > nodes
while read -r memory share; do
	cat > memory.psv <<END
JobIDRaw|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NNodes|NodeList
1|ann|physics|COMPLETED|2024-05-01T00:00:00|2024-05-01T00:00:00|2024-05-01T00:00:00|0|1|1M|1|n1
2|ann|physics|COMPLETED|2024-05-01T00:00:00|2024-05-01T00:00:00|2024-05-01T01:00:00|3600|2|$memory|1|n1
END
	good "ReqMem $memory" memory.psv --inventory nodes
	figure ledger.hours "$share"
done <<END
4000Mn 0.4
2000Mc 0.4
4000M 0.4
4000 0.4
4G 0.4096
0.01T 1
0n 1
2147487648Mn 0.8
9223372036854777808 0.4
18446744073709551614 0.2
2147483647 1
9223372036854775807 1
END

# Rows that the database has not filled in yet are no jobs.
cat > placeholder.psv <<END
JobIDRaw|User|Account|Partition|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NNodes|NodeList
1|ann|physics|batch|COMPLETED|2024-05-01T00:00:00|2024-05-01T00:00:00|2024-05-01T01:00:00|3600|2|1G|1|n1
2||||PENDING|2024-05-01T01:00:00|Unknown|Unknown|0|0|16?|1|None assigned
END
good 'a placeholder' placeholder.psv --max-bad 50
figure rows.set_aside 1
figure jobs.count 1

# Two exports with their columns in another order, joined: what stands behind the second header would be misread.
{ cat plain.psv; printf '%s\n' 'JobID|Account|User|Partition|State|Submit|Start|End|Elapsed|AllocCPUS|ReqMem|NNodes|NodeList' \
	'45|physics|eve|batch|COMPLETED|2023-05-02T08:00:00|2023-05-02T08:30:00|2023-05-02T10:30:00|02:00:00|4|4000M|1|n1'; } > joined.psv
refused 'two exports joined' joined.psv 'joined.psv, line 7: a header of other columns: exports that differ were joined'
status=0
"$RECLAIM" check joined.psv --max-bad 100 > check.out 2> err || status=$?
[ "$status" -eq 1 ] && grep -q '1 set aside: a header of other columns' check.out && grep -q 'give each as a file of its own' err ||
	fail "two exports joined: exit $status: $(cat err)"

# What check sets aside is in no report: a state that is none, also where it is beside the person.
sed 's/|COMPLETED|/|DONE|/' plain.psv > states.psv
good 'an unknown state' states.psv --max-bad 50
figure jobs.count 3
figure users.count 1
"$RECLAIM" check states.psv --max-bad 50 > check.out
grep -q '^  jobs  *3,' check.out || fail "check counts otherwise than run: $(cat check.out)"

# Across both changes of clocks a job has its own length, in the days in which it ran.
cat > clocks.psv <<END
JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NodeList
1|ann|physics|COMPLETED|2026-03-28T23:00:00|2026-03-28T23:00:00|2026-03-29T04:00:00|14400|1|n1
2|ann|physics|COMPLETED|2026-10-24T23:00:00|2026-10-24T23:00:00|2026-10-25T04:00:00|21600|1|n1
3|ann|physics|COMPLETED|2026-10-25T02:45:00|2026-10-25T02:45:00|2026-10-25T02:15:00|1800|1|n1
END
good 'changes of clocks' clocks.psv --timezone Europe/Berlin
figure cpu.hours 10.5
for day in 2026-03-28,0,1.0 2026-03-29,1,3.0 2026-10-24,0,1.0 2026-10-25,2,5.5; do
	grep -q "^$day" out/tables/days.csv || fail "changes of clocks: not $day: $(grep ^2026-[01][30] out/tables/days.csv)"
done

# Nobody's jobs: the part about nodes and hours.
cut -d '|' -f 1,4- plain.psv > nobody.psv
good 'no User column' nobody.psv
figure cpu.hours 59
figure users.count null

# --max-bad on the shareable file.
"$RECLAIM" anonymize plain.psv -m map -o good.shared 2> err
{ cat good.shared; echo '46|user_0001|group_A'; } > bad.shared
status=0
rm -rf out
"$RECLAIM" report bad.shared -o out 2> err || status=$?
[ "$status" -eq 1 ] && [ ! -e out ] && grep -q '1 of 6 rows were set aside' err || fail "report --max-bad: exit $status: $(cat err)"
"$RECLAIM" report bad.shared --only data -o out --max-bad 20 2> err || fail "report --max-bad 20: $(cat err)"

# Not an export, or one that cannot be used: what to do instead.
sed 1d plain.psv > bare.psv
refused '--noheader' bare.psv 'export with a header'
: > empty.psv
refused 'ReqGRES on a recent Slurm' empty.psv 'use ReqTRES instead'
printf '%s\n' 'JobID           JobName  Partition    Account  AllocCPUS      State ExitCode ' \
	'------------ ---------- ---------- ---------- ---------- ---------- -------- ' \
	'41               run.sh      batch    physics          4  COMPLETED      0:0 ' > fixed.txt
refused 'no --parsable2' fixed.txt '--parsable2'
refused 'scontrol show node' nodes 'a list of nodes, not of jobs: give it with --inventory'
printf 'HOSTNAMES/CPUS/MEMORY\nn1/40/192000\n' > sinfo.txt
refused 'sinfo' sinfo.txt 'export them with scontrol show node -o'
printf '%s\n' '--------------------------------------------------------------------------------' \
	'Cluster Utilization 2024-05-01T00:00:00 - 2024-05-01T23:59:59' > sums.txt
refused sreport sums.txt 'export with sacct'
# What its rows have wrong says less than that they are no jobs.
printf '%s\n' 'Cluster|Account|User|Partition|QOS' 'lab|physics|jsmith||normal' 'lab|physics' > members.psv
refused 'sacctmgr list associations' members.psv 'has neither job ids nor times of jobs'
cut -d '|' -f 1-5 plain.psv > short.psv
refused 'no times' short.psv 'no columns Start and End'
"$RECLAIM" check short.psv > check.out || fail "reclaim check: exit $?"
grep -q 'hours: no ElapsedRaw' check.out && grep -q 'sacct .*--parsable2' check.out ||
	fail "reclaim check does not say that times are missing, and how to export it: $(cat check.out)"
for json in '{"jobs": [{"job_id": 41}]}' '[' '  {"meta": {}}'; do
	printf '%s\n' "$json" > jobs.json
	refused 'sacct --json' jobs.json 'run sacct again with --parsable2 instead of --json'
	for command in 'check jobs.json' 'anonymize jobs.json -m map -o out.psv' 'report jobs.json -o out'; do
		status=0
		"$RECLAIM" $command > words 2> err || status=$?
		[ "$status" -eq 1 ] && [ ! -s words ] || fail "$command: exit $status: $(cat words)"
		[ "$(cat err)" = 'reclaim: jobs.json: this is JSON: run sacct again with --parsable2 instead of --json' ] ||
			fail "$command: $(cat err)"
	done
	[ -z "$(ls -d out out.psv map 2> /dev/null)" ] || fail "of JSON something was written: $(ls)"
done
printf 'PK\003\004 a workbook' > book.xlsx
refused 'a workbook' book.xlsx 'book.xlsx'
tar -cf exports.tar plain.psv
refused 'a tar archive' exports.tar 'exports.tar: is a tar archive: unpack it, and name the files in it'
gzip exports.tar
refused 'a packed tar archive' exports.tar.gz 'is a tar archive: unpack it'
gzip -c packed.psv.gz > twice.gz
refused 'packed twice' twice.gz 'is packed twice'
# … also at a time in which a line would end.
printf '\037\213\010\000\001\012\012\153\000\003abc' | gzip > then.gz
refused 'packed twice in November' then.gz 'is packed twice'
printf '\037\213\010\012\001\001\001\001\001\003abc' | gzip > early.gz
refused 'packed twice, a line end first' early.gz 'is packed twice'
# What is told of a file is told of one that was packed, too.
printf '\050\265\057\375\000\130' | gzip > zstd.gz
refused 'zstd packed with gzip' zstd.gz 'is packed twice: unpack it once'
{ printf '\377\376'; sed 's/./&\n/g' plain.psv | tr '\n' '\000'; } | gzip > wide.gz
refused 'UTF-16 packed with gzip' wide.gz 'is UTF-16 or UTF-32 text: save it as UTF-8'
sed 's/./&\n/g' plain.psv | tr '\n' '\000' > wide.psv
refused 'UTF-16 without a byte order mark' wide.psv 'is UTF-16 or UTF-32 text: save it as UTF-8'
sed 's/./&\n\n\n/g' plain.psv | tr '\n' '\000' > wider.psv
refused 'UTF-32 without a byte order mark' wider.psv 'is UTF-16 or UTF-32 text: save it as UTF-8'
{ printf '\000\000\376\377'; sed 's/./\n\n\n&/g' plain.psv | tr '\n' '\000'; } > wider.psv
refused 'big-endian UTF-32 with its mark' wider.psv 'is UTF-16 or UTF-32 text: save it as UTF-8'
{ cat plain.psv; yes '9|ann' | head -n 200000; } | tr '\n' '\r' > mac.psv
refused 'a long file of carriage returns' mac.psv 'its lines end in carriage returns alone'
refused 'a folder' . 'is a directory'
