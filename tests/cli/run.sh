#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `reclaim run` from an export to a report: the forms of export, what is written, and what a failure leaves.
# RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"
command -v sqlite3 > /dev/null || { echo "skipped: sqlite3 is not installed"; exit 77; }

# figures DIR: reads them; figure ID VALUE [WORDS] then asks for one; null must give its reason.
figures()
{
	report=$1
	sh "$tests/figures.sh" "$report/report.json" > figures
}

figure()
{
	found=$(awk -F '\t' -v id="$1" '$1 == id { print $2 }' figures)
	[ -n "$found" ] || fail "$report has no figure $1"
	same=$(awk -v a="$found" -v b="$2" 'BEGIN { print a == b || (a a b b ~ /^[-0-9.e]+$/ && (a - b) ^ 2 < 1e-12) }')
	[ "$same" = 1 ] || fail "$report: $1 is $found, not $2"
	[ $# -lt 3 ] || awk -F '\t' -v id="$1" '$1 == id { print $5 }' figures | grep -qF -- "$3" ||
		fail "$report: $1 does not say \"$3\""
}

header=User,Account,Group,ReqCPUS,ReqMem,NNodes,NodeList,AllocTRES,ReqGRES,Submit,Start,End
rest=4,16384,1,node0001,cpu=4,gpu:0,'2024-09-30 14:30:00,2024-09-30 14:31:00,2024-09-30 15:30:00'

# The one row of the promise, twelve columns wide, in both forms.
seed_figures()
{
	figures "$1"
	figure rows.read 1
	figure rows.used 1
	figure rows.steps 0
	figure rows.duplicates 0
	figure rows.set_aside 0
	figure jobs.count 1
	figure jobs.ran 1
	figure users.count 1
	figure cpu.hours 3.933333333333
	figure gpu.hours 0
	figure node.hours 0.983333333333
	figure wall.hours 0.983333333333
	figure wait.submit.hours 0.016666666667
	figure wait.eligible.hours 0.016666666667
	figure cpu.used.hours null 'CPU time'
	figure demand.cpus.peak 4
	figure top10.share 1
	figure cost.total null 'list of the cluster'
	figure utilization.is_bound 1
	for scenario in low expected high; do
		figure saving.total.$scenario null 'cannot be estimated'
	done
}

printf '%s\n' "$header" "jsmith,physics,physics-group,$rest" > jobs.csv
tr , '|' < jobs.csv > jobs.psv
printf '%s\n' "$header" "user_0001,group_A,group_A,$rest" > wanted
expect 0 run jobs.csv --mapping comma.map --only data -o comma
cmp comma.psv wanted || fail "the comma form differs"
grep -qF "\"$(sha256sum comma.psv | cut -c1-64)\"" comma/manifest.json || fail "the report does not say which file it is of: $(cat comma/manifest.json)"
seed_figures comma
expect 0 run jobs.psv --mapping bar.map -o bar
tr , '|' < wanted | cmp bar.psv - || fail "the bar form differs"
seed_figures bar
cmp comma/tables/days.csv bar/tables/days.csv || fail "the two forms give different days"
printf '%s\n' day,jobs_ended,cpu_hours,gpu_hours,node_hours 2024-09-30,1,3.933333,0.000000,0.983333 |
	cmp bar/tables/days.csv - || fail "the day differs"
head -n 2 bar/tables/users.csv | cut -d, -f1-5 > got
printf '%s\n' name,jobs,cpu_hours,gpu_hours,node_hours user_0001,1,3.933333,0.000000,0.983333 | cmp got - ||
	fail "the user's row differs"
for file in index.html executive-summary.pdf approval-case.pdf report.pdf savings.xlsx report.json manifest.json \
	tables/users.csv tables/groups.csv tables/months.csv tables/days.csv tables/states.csv; do
	[ -s "bar/$file" ] || fail "there is no bar/$file"
done

# The report is made of the shareable file and of nothing else, and searched for names.
expect 0 report bar.psv --scan-with bar.map -o again
diff -r bar again > /dev/null || fail "run and report give different reports"

# The mapping is private, whatever the umask; what was shared may be read.
(umask 0 && "$RECLAIM" run jobs.psv -m open.map --only site -o open 2> err) || fail "under umask 0: $(cat err)"
[ "$(stat -c %a open.map)" = 600 ] || fail "under umask 0 the mapping has mode $(stat -c %a open.map)"
[ "$(stat -c %a bar.map)" = 600 ] || fail "the mapping has mode $(stat -c %a bar.map)"
! grep -rqE 'jsmith|physics' comma* bar bar.psv* open open.psv* --exclude='*.map' || fail "a name came through"

# Who makes all files their own gets all files of their own.
(umask 077 && "$RECLAIM" run jobs.psv -m closed.map -o closed 2> err) || fail "under umask 077: $(cat err)"
[ -z "$(find closed closed.psv* -perm /077)" ] || fail "under umask 077 others may read $(find closed closed.psv* -perm /077)"
(umask 027 && "$RECLAIM" run jobs.psv -m closed.map --only data -o closed 2> err) || fail "under umask 027: $(cat err)"
[ -z "$(find closed closed.psv* -perm /027 -o ! -perm -040)" ] || fail "under umask 027 a file is too open, or too closed"

# The nine columns of the older form know no user.
printf '%s\n' cpus_req,mem_req,nodes_alloc,nodelist,tres_alloc,gres_used,submit_time,start_time,end_time \
	"$rest" '8,32768,2,node[1-2],cpu=8,gpu:0,2024-09-30 15:00:00,2024-09-30 15:00:00,2024-09-30 17:00:00' > nine.csv
expect 0 run nine.csv -m nine.map --only data -o nine
cmp nine.csv nine.psv || fail "the nine columns came out different"
figures nine
figure rows.used 2
figure jobs.ran 2
figure users.count null 'User'
figure top10.share null
figure cpu.hours 19.933333333333
figure node.hours 4.983333333333

# Without a job id an empty user marks a step.
printf '%s\n' "$header" "jsmith,physics,staff,$rest" ",physics,,$rest" "jdoe,physics,staff,$rest" > steps.csv
expect 0 run steps.csv -m steps.map --only data -o steps
figures steps
figure rows.read 3
figure rows.used 2
figure rows.steps 1

# The rich export, columns in another order and in another case: steps measured, one row cut.
columns='user|jobidraw|account|group|cluster|partition|state|submit|eligible|start|end|elapsedraw|timelimitraw|reqcpus'
columns="$columns|alloccpus|reqmem|nnodes|nodelist|alloctres|totalcpu|maxrss|ntasks|tresusageintot"
cat > slurm.psv <<END
$columns
ann|7|physics|staff|c1|batch|COMPLETED|2024-03-01T09:00:00|2024-03-01T09:30:00|2024-03-01T10:00:00|2024-03-01T12:00:00|7200|180|8|8|32G|2|cn[01-02]|cpu=8,mem=32G,node=2|08:00:00|||
|7.batch|physics||c1||COMPLETED|2024-03-01T10:00:00||2024-03-01T10:00:00|2024-03-01T12:00:00|7200|||4||1|cn01|cpu=4|02:00:00|1048576K|1|cpu=02:00:00,mem=1G
|7.0|physics||c1||COMPLETED|2024-03-01T10:00:00||2024-03-01T10:00:00|2024-03-01T12:00:00|7200|||8||2|cn[01-02]|cpu=8|06:00:00|2097152K|2|cpu=06:00:00,mem=4G
bob|8|astro|staff|c1|batch|CANCELLED by 4711|2024-03-01T09:00:00|2024-03-01T09:00:00|2024-03-01T10:00:00|2024-03-01T10:00:00|0|60|1|0|1G|0|None assigned||00:00:00|||
bob|9|astro|staff|c1|batch|TIMEOUT|2024-03-02T09:00:00|2024-03-02T09:00:00|2024-03-02T10:00:00|2024-03-02T11:00:00|3600|60|2|2|1G|1|cn02|cpu=2,mem=1G,node=1,gres/gpu:a100=1|01:00:00|||
ann|10|physics|staff|c1|batch|COMPLETED
END
expect 0 run slurm.psv -m rich.map --only data -o rich --internal --max-bad 20
says '1 row was not written'
figures rich
figure rows.read 5
figure rows.used 3
figure rows.steps 2
figure rows.duplicates 0
figure rows.set_aside 0
figure jobs.count 3
figure jobs.ran 2
figure users.count 2
figure cpu.hours 18
figure gpu.hours 1
figure node.hours 5
figure wall.hours 3
figure wait.submit.hours 2
figure wait.eligible.hours 1.5
figure cpu.used.hours 9
! grep -q 4711 rich.psv || fail "the number of the user who cancelled came through"
printf '%s\n' group_A,1,16.000000,0.000000,4.000000 group_B,2,2.000000,1.000000,1.000000 > wanted
sed 1d rich/tables/groups.csv | cut -d, -f1-5 | sort | cmp - wanted || fail "the accounts' rows differ"
expect 0 run slurm.psv -m rich.map --only data -o by-group --internal --group-by group --max-bad 20
sed 1d by-group/tables/groups.csv | cut -d, -f1-5 > got
echo group_A,3,18.000000,1.000000,5.000000 | cmp got - || fail "the group's row differs"

# Standard input, and two files of which the second repeats a job of the first.
"$RECLAIM" run - -m bar.map -o piped < jobs.psv 2> err || fail "standard input: $(cat err)"
cmp piped.psv bar.psv || fail "standard input gives another shareable file"
diff -r piped bar > /dev/null || fail "standard input gives another report"
{ echo "$columns"; sed -n '6p' slurm.psv; sed -n '6s/|9|/|19|/p' slurm.psv; } > later.psv
expect 0 run slurm.psv later.psv -m rich.map --only site -o both --max-bad 20
figures both
figure rows.read 7
figure rows.used 4
figure rows.duplicates 1
[ "$(sed 1d both.psv | wc -l)" -eq 7 ] || fail "two files do not make one"

# A later run extends the mapping and replaces the report.
cp rich.map before.map
sed 's/^bob|/zoe|/' later.psv > newcomer.psv
expect 0 run newcomer.psv -m rich.map --only site -o both
sed '$d' before.map > begins
head -n "$(wc -l < begins)" rich.map | cmp - begins || fail "the mapping was renumbered"
grep -q '^user_0003,' both/tables/users.csv || fail "the newcomer has no pseudonym of their own"

# A failed run leaves everything as it was, and nothing beside it.
list()
{
	find . -name err -o -name list.\* -o -type f -exec sha256sum {} + | sort -k 2
	find . -type d | sort
}
{ cat slurm.psv; head -c 2000 /dev/urandom; } | gzip > cut.psv.gz
head -c 200 cut.psv.gz > damaged.psv.gz
mkdir foreign
echo mine > foreign/letter
list > list.before
unchanged()
{
	list > list.after
	cmp -s list.before list.after || fail "a failed run changed something: $(diff list.before list.after)"
}
expect 1 run none.psv -m rich.map -o both
unchanged
expect 1 run slurm.psv damaged.psv.gz -m rich.map -o both
says 'damaged.psv.gz'
unchanged
expect 1 run slurm.psv -m no/such/map -o both
unchanged
expect 2 run slurm.psv -o both
expect 2 run slurm.psv -m rich.map
expect 2 run -m rich.map -o both
expect 2 run slurm.psv -m rich.map -o -
expect 2 run slurm.psv -m rich.map -o both --group-by partition
expect 2 run slurm.psv -m rich.map -o both --timezone Nowhere/Atall
expect 2 run slurm.psv -m rich.map -o both --from yesterday
unchanged

# An input of the report that fails leaves the report as it was, byte for byte.
cp -r both kept
for bad in '--inventory none.txt' '--assumptions none.conf' '--site none.conf' '--inventory jobs.psv'; do
	# shellcheck disable=SC2086 # an option and its value
	expect 1 run slurm.psv -m rich.map -o both $bad
	diff -r kept both > /dev/null || fail "$bad: a failed run changed the report"
done

# A folder of somebody else's is never replaced.
expect 1 run slurm.psv -m rich.map -o foreign --max-bad 20
says 'was not written by this program'
[ "$(cat foreign/letter)" = mine ] && [ "$(ls -A foreign)" = letter ] || fail "a foreign folder was touched"

[ -z "$(find . -name '.?*')" ] || fail "something was left: $(find . -name '.?*')"
