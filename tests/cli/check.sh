#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What `reclaim check` says. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"

says()
{
	grep -qE -- "$1" out || fail "the answer does not say \"$1\": $(cat out)"
}

columns='JobIDRaw|User|Account|Partition|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NNodes|NodeList|TotalCPU|JobName'
cat > jobs.psv <<END
$columns
1|ann|physics|batch|COMPLETED|2024-03-01T10:00:00|2024-03-01T10:01:00|2024-03-01T11:01:00|3600|4|1|cn1|01:00:00|a
1.batch||physics||COMPLETED|2024-03-01T10:01:00|2024-03-01T10:01:00|2024-03-01T11:01:00|3600|4|1|cn1|01:00:00|batch
2|bob|physics|batch|CANCELLED by 7|2024-03-02T10:00:00|2024-03-02T10:00:00|2024-03-02T10:00:00|0|4|0|None assigned|00:00:00|b
3|eve|physics|batch|COMPLETED|2024-03-03T10:00:00
END

"$RECLAIM" check jobs.psv --max-bad 25 > out 2> err || fail "exit $?: $(cat err)"
[ ! -s err ] || fail "words on standard error: $(cat err)"
says '^  rows +4$'
says '^  jobs +2, of which 1 ran$'
says '^  steps +1 '
says '^  set aside +1$'
says '^  users +2$'
says '^  partitions +1: batch$'
says '^  first time +2024-03-01 10:00:00$'
says '^  CANCELLED +1$'
says '1 set aside: wrong number of fields'
says '^    jobs.psv, line 5, wrong number of fields: 3.eve'
says '^  form +fields delimited by \|$'
says '^  CPU use$'
says '^  memory use: no TRESUsageInTot; '
says '^  arrays: no JobID; elements of an array cannot be told from single jobs$'
says '^  JobID, Cluster, '
says '^  User +pseudonym\. '
says '^  JobName +dropped\. '
says 'sacct --allusers --duplicates --parsable2 --starttime 2024-03-01 --endtime 2024-03-03'
[ "$(ls)" = "$(printf 'err\njobs.psv\nout')" ] || fail "a file was written: $(ls)"

# Of a wait that no column tells nothing is said of when it begins.
says '^  waits without dependencies and holds: no Eligible; waits begin when the job was submitted$'
cut -d '|' -f 1-5,7- jobs.psv > unsubmitted.psv
"$RECLAIM" check unsubmitted.psv --max-bad 25 > out || fail "without Submit: exit $?"
says '^  waits: no Eligible; no wait can be told$'
! grep -q 'waits begin' out || fail 'waits begin, and none can be told'
# Of neither accounts nor groups it is said that the other stands in.
cut -d '|' -f 1-2,4- jobs.psv > ungrouped.psv
"$RECLAIM" check ungrouped.psv --max-bad 25 > out || fail "without Account and Group: exit $?"
says '^  totals by account: no Account; there is nothing to compare by account, the default of --group-by$'
says '^  totals by group: no Group; there is nothing to compare with --group-by group$'
rm unsubmitted.psv ungrouped.psv

"$RECLAIM" check - --max-bad 100 < jobs.psv > piped || fail "standard input cannot be checked"
grep -q '^  jobs  *2, ' piped || fail "standard input gives another answer"

# Too many rows set aside: the answer is given, and the exit says so.
status=0
"$RECLAIM" check jobs.psv > out 2> err || status=$?
[ "$status" -eq 1 ] || fail "a quarter set aside: exit $status, not 1"
says '^  set aside +1$'
grep -q '1 of 4 rows were set aside (25.0 %), more than --max-bad allows (1 %); they are shown under “What is wrong with it”$' err || fail "$(cat err)"
for bad in 101 -1 x ''; do
	status=0
	"$RECLAIM" check jobs.psv --max-bad="$bad" > out 2> err || status=$?
	[ "$status" -eq 2 ] || fail "--max-bad=$bad: exit $status, not 2"
done

# The same for programs.
"$RECLAIM" check jobs.psv --json --max-bad 100 > out || fail "--json: exit $?"
says '"read" : 4,'
says '"wrong number of fields" : 1'
says '"line" : 5,'
says '"CPU use" : null'
says '"memory use" : "no TRESUsageInTot; '
says '"better_export" : "sacct --allusers'

# Without a header: the columns are told, whatever stands between them.
sed '1d; s/|/☃/g; /^3/d' jobs.psv > bare.txt
status=0
"$RECLAIM" check bare.txt > out 2> err || status=$?
[ "$status" -eq 1 ] && grep -q -- --columns err || fail "no header: exit $status: $(cat err)"
"$RECLAIM" check bare.txt --columns "$(echo "$columns" | tr '|' ,)" > out || fail "--columns: exit $?"
says '^  form +fields delimited by ☃, without a header: its columns are those of --columns$'
says '^  jobs +2, of which 1 ran$'
"$RECLAIM" anonymize bare.txt --columns "$(echo "$columns" | tr '|' ,)" -m bare.map -o bare.shared 2> err ||
	fail "--columns: $(cat err)"
[ "$(sed -n '1p; 2s/2024.*//p' bare.shared)" = "JobIDRaw☃User☃Account☃Partition☃State☃Submit☃Start☃End☃ElapsedRaw☃AllocCPUS☃NNodes☃NodeList☃TotalCPU
1☃user_0001☃group_A☃batch☃COMPLETED☃" ] || fail "the shareable file is not as it was: $(cat bare.shared)"
"$RECLAIM" check bare.shared > out || fail "the shareable file cannot be read"
# sacct's --format has widths behind names; they say nothing of a file with delimiters.
mv bare.shared bare.named
"$RECLAIM" anonymize bare.txt --columns "$(echo "$columns" | sed 's/|/%-12 , /g')%60" -m bare.map -o bare.shared 2> err ||
	fail "--columns with widths: $(cat err)"
cmp bare.shared bare.named || fail 'widths in --columns make another file'
rm -f bare.*
for wrong in 'JobID,User%' 'JobID,User%wide' 'JobID,User%--2' 'JobID,%20'; do
	status=0
	"$RECLAIM" check jobs.psv --columns "$wrong" > out 2> err || status=$?
	[ "$status" -eq 2 ] || fail "--columns $wrong: exit $status, not 2"
done
status=0
"$RECLAIM" check jobs.psv --columns 'JobID,Nonsense' > out 2> err || status=$?
[ "$status" -eq 2 ] || fail "an unknown column: exit $status, not 2"
# sacct takes the beginning of a name; which column that is only sacct knows.
status=0
"$RECLAIM" check jobs.psv --columns 'job,user' > out 2> err || status=$?
[ "$status" -eq 2 ] && grep -q '“job” is no column of sacct.s: give the whole name, as `sacct --helpformat` does' err ||
	fail "the beginning of a name: exit $status: $(cat err)"

# `sacct -X` measures nothing, and is recognized.
{ echo "$columns"; sed -n 's/01:00:00|a$/00:00:00|a/p' jobs.psv; } > x.psv
"$RECLAIM" check x.psv > out
says 'CPU use: .*leave -X out'

# What sacct adds up to TotalCPU is added up where that was not asked for, and said to be.
sed '1s/TotalCPU/UserCPU|SystemCPU/; 2,$s/|0[01]:00:00|\([ab]\)/|00:00:00|00:00:00|\1/; s/|00:00:00|00:00:00|batch$/|00:30:00|00:10:00|batch/; /^3/d' jobs.psv > sum.psv
"$RECLAIM" check sum.psv > out || fail "UserCPU and SystemCPU: exit $?"
says '^  CPU use, as the sum of UserCPU and SystemCPU$'
! grep -q '^  CPU use$' out || fail "CPU use is told twice: $(cat out)"
"$RECLAIM" check x.psv | sed -n '/^What is missing/,/^$/p' > out
says 'CPU use: the column is zero throughout'

# What a whole file has wrong is told with the way out; one row in it is not.
columns7='JobID|User|Account|State|Start|End|AllocCPUS'
while IFS='|' read -r row words; do
	printf '%s\n' "$columns7" "$(echo "$row" | tr ';' '|')" > all.psv
	{ cat all.psv; echo '9|ann|physics|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4'; } > one.psv
	status=0
	"$RECLAIM" check all.psv > out 2> err || status=$?
	[ "$status" -eq 1 ] || fail "$row: exit $status, not 1"
	says "^    $words"
	says 'in the place of YYYY-MM-DD: no job in it has a time$'
	"$RECLAIM" check one.psv --max-bad 50 > out || fail "$row and another: exit $?"
	! grep -q "^    $words" out || fail "$row and another: the way out is told: $(cat out)"
done <<END
1;ann;physics;COMPLETED;3/1/2024 10:00;3/1/2024 11:00;4|a time is 2024-01-31T12:00:00, with or without an offset
1;ann;physics;done;2024-03-01T10:00:00;2024-03-01T11:00:00;4|a state is a word
'1;ann;physics;COMPLETED;2024-03-01T10:00:00;2024-03-01T11:00:00;4|an id is 7, 7_1 or 7.batch, with nothing about it
1.0;ann;physics;COMPLETED;2024-03-01T10:00:00;2024-03-01T11:00:00;4|7.0 is a step of job 7
END
printf '%s\n' "$columns7" > all.psv
printf '1|j\366rg|physics|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4\n' >> all.psv
"$RECLAIM" check all.psv > out 2> err || status=$?
says '^    text in another encoding is made UTF-8 by iconv'

# Of what is there twice the first counts, and that is said.
printf '%s\n' "$columns7|user_name" '1|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4|bob' > twice.psv
"$RECLAIM" check twice.psv > out || fail "a column twice: exit $?"
says '^  in the header stands more than once, by this or another name of it, User: its first column counts$'
"$RECLAIM" check twice.psv --json | grep -A 1 '"twice"' > out
says '"User"'

# Clocks and seconds since 1970 are told apart; which zone the clocks are in, nobody can tell.
printf '%s\n' "$columns7" '1|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4' > clocks.psv
printf '%s\n' "$columns7" '2|ann|pi|COMPLETED|1709287200|1709290800|4' > seconds.psv
"$RECLAIM" check clocks.psv seconds.psv > out || fail "clocks and seconds: exit $?"
says '^  some files have times of clocks, others seconds since 1970 or times with offsets, '
"$RECLAIM" check clocks.psv seconds.psv --timezone Europe/Berlin > out
! grep -q 'hours apart' out || fail "the zone is declared: $(cat out)"

# Steps of jobs that were set aside lack these for that reason.
printf '%s\n' "$columns7" '1|ann|pi|done|||4' '1.0||pi|COMPLETED|||4' > all.psv
"$RECLAIM" check all.psv --max-bad 100 > out || fail "a step of a job set aside: exit $?"
says '^    a state is a word'
! grep -q 'a step whose job' out || fail "a step of a job set aside is said to be elsewhere: $(cat out)"

# An odd row has its advice beside whole ones, too, where there is some.
{ echo "$columns7|JobName|WorkDir"; echo '1|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4|a|b'; echo 'rest of|a name'; } > odd.psv
"$RECLAIM" check odd.psv --max-bad 50 > out || fail "a name over two lines: exit $?"
says '^    leave out what is free text, .*: JobName, WorkDir$'
! grep -q 'as many fields as the header' out || fail "what one row has wrong is said of all: $(cat out)"
{ echo "$columns7"; echo '1|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4'; echo '2.0|||COMPLETED|||4'; } > odd.psv
"$RECLAIM" check odd.psv --max-bad 50 > out || fail "a step elsewhere: exit $?"
says '^    a step whose job is set aside is so, too; any other counts with the job beside which sacct prints it:$'
says "^    behind the header by the job's id, such as with LC_ALL=C sort -s -t '|' -k 1,1 where the id comes first\$"
# No core-hours come of numbers of CPUs that cannot be read.
{ echo "$columns7"; echo '1|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4,0'; } > comma.psv
"$RECLAIM" check comma.psv > out || fail "CPUs that cannot be read: exit $?"
says '^  core-hours: no job that ran has any CPU: '
sed 's/4,0$/4/' comma.psv > point.psv
"$RECLAIM" check point.psv > out || fail "CPUs that can be read: exit $?"
says '^  core-hours$'

# What it says to do helps.
cat > apart.psv <<END
$columns7|MaxRSS
1|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4|
10|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4|
2_1|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4|
3|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4|
1.0|||COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4|1M
10.batch|||COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4|1M
2_1.0|||COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4|1M
1.batch|||COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4|1M
END
"$RECLAIM" check apart.psv --max-bad 100 > out || fail "steps apart from their jobs: exit $?"
says '^  4 set aside: a step without its job$'
says 'memory use: only step rows hold it, and no job has one beside it'
{ sed 1q apart.psv; sed 1d apart.psv | LC_ALL=C sort -s -t '|' -k 1,1; } > again.psv
"$RECLAIM" check again.psv > out || fail "steps beside their jobs again: exit $?"
says '^  steps  *4 '
{ echo "$columns7"; echo '1|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4'; } | tr '|' : > odd.psv
"$RECLAIM" check odd.psv --max-bad 100 > out || fail "colons: exit $?"
says '^    no row has as many fields as the header: '
! grep -q 'free text' out || fail "free text that is not there: $(cat out)"

# A header alone is an answer of sacct's, and jobs that wait are no report.
echo "$columns7" > odd.psv
"$RECLAIM" check odd.psv > out || fail "a header alone: exit $?"
says '^  no row stands behind the header: .*$'
says '^What could be computed of jobs in these columns$'
! grep -q 'nothing was found' out || fail "nothing is wrong with a header alone: $(cat out)"
echo '1|ann|pi|PENDING|Unknown|Unknown|4' >> odd.psv
"$RECLAIM" check odd.psv > out || fail "a job that waits: exit $?"
says '^  no job in it has run, and a report is of those that did$'
echo '1|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4' >> odd.psv
"$RECLAIM" check odd.psv > out || fail "a job that ran: exit $?"
says '^  hours of suspended and running jobs: no ElapsedRaw; '
says '^  hours across clock changes: no ElapsedRaw; '
says '^  sacct --allusers --duplicates --parsable2 --starttime '
! grep -q 'has run' out || fail "a job that ran has not: $(cat out)"

# No clock changes where times are seconds; and jobs of several clusters are asked for on all.
printf '%s\n' "$columns7|Cluster" '1|ann|pi|COMPLETED|1709287200|1709290800|4|a' '1|ann|pi|COMPLETED|1709287200|1709290800|4|b' > odd.psv
"$RECLAIM" check odd.psv > out || fail "two clusters: exit $?"
! grep -q 'clock changes' out || fail "a clock changes between seconds: $(cat out)"
says '^  sacct --allusers --duplicates --parsable2 --allclusters --starttime '

# Files that anonymize will not take together.
printf '%s\n' "$columns7|QOS" '3|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4|normal' > more.psv
printf '%s\n' "$columns7|Comment" '4|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T11:00:00|4|a' > odd.psv
"$RECLAIM" check odd.psv more.psv > out || fail "two sorts of columns: exit $?"
says '^  not every file has QOS: export all with the same columns, or anonymize each with the same mapping,$'
"$RECLAIM" check odd.psv more.psv --json | tr -d ' \n' | grep -qF '"not_in_every_file":["QOS"]' || fail 'the same is not said for programs'
for file in odd more; do
	"$RECLAIM" anonymize $file.psv -m apart.map -o $file.apart 2> err || fail "apart: $(cat err)"
done
"$RECLAIM" report odd.apart more.apart --only data -o apart 2> err || fail "what check says of them does not help: $(cat err)"
"$RECLAIM" check more.psv > out && ! grep -q 'not every file' out || fail "one file differs from itself: $(cat out)"
rm -r odd.* more.* apart*

# Where nothing says how many nodes a job had, that is said.
says '^  node-hours: no NNodes; jobs are taken to have had one node each$'
"$RECLAIM" check jobs.psv --max-bad 25 > out
says '^  node-hours$'

# A time elapsed in minutes is short of what lies between start and end; of times cut to the minute nobody knows.
for second in 07 00; do
	echo 'JobIDRaw|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NodeList'
	for job in $(seq 10 20); do
		echo "$job$second|ann|pi|COMPLETED|2024-03-05T10:00:00|2024-03-05T10:00:$second|2024-03-05T11:00:$second|60|4|n1"
	done
done > minutes.psv
"$RECLAIM" check minutes.psv > out || fail "minutes: exit $?"
says '^  in 11 of 11 rows of jobs the time elapsed is less than half of what lies between$'
says '^    start and end: is it in seconds\?$'
"$RECLAIM" run minutes.psv -m minutes.map --only data -o minutes.run 2> err || fail "minutes: $(cat err)"
[ "$(grep -c 'in 11 of 11 rows of jobs the time elapsed is less than half of what lies between start and end' err)" -eq 1 ] ||
	fail "run does not say once that minutes are taken for seconds: $(cat err)"

sed 's/|60|/|3600|/' minutes.psv > seconds.psv
"$RECLAIM" check seconds.psv > out || fail "seconds: exit $?"
! grep -q 'less than half' out || fail "seconds are taken for minutes: $(cat out)"
rm -r minutes.* seconds.psv

# So is a clock that goes round: 26 hours are printed as 02:00:00. One job that was suspended for a day is none.
awk 'BEGIN {
	print "JobIDRaw|User|Account|State|Submit|Start|End|Elapsed|AllocCPUS|NodeList"
	for (job = 1; job <= 20; job++)
		printf "%d|ann|pi|COMPLETED|2024-03-05T10:00:00|2024-03-05T10:%02d:%02d|2024-03-%02dT12:%02d:%02d|%s02:00:00|4|n1\n", job, job, job,
			job % 2 ? 5 : 6, job, job, job < 20 || job % 2 ? "" : "1-"
}' > round.psv
"$RECLAIM" check round.psv > out || fail "a clock that goes round: exit $?"
says '^  in 9 of 10 rows of jobs of a day and more the time elapsed lacks the days$'
"$RECLAIM" run round.psv -m round.map --only data -o round.run 2> err || fail "a clock that goes round: $(cat err)"
grep -q 'in 9 of 10 rows of jobs of a day and more the time elapsed lacks the days that lie between start and end: export it again' err ||
	fail "run does not say that days are lost: $(cat err)"
"$RECLAIM" check round.psv --json > out || fail "a clock that goes round: exit $?"
says '"days_lost_from_elapsed" : 9'
awk -F '|' 'BEGIN { OFS = "|" } NR > 1 && $1 % 2 == 0 && $1 > 2 { $8 = "1-" substr($8, length($8) - 7) } 1' round.psv > suspended.psv
"$RECLAIM" check suspended.psv > out || fail "a suspended job: exit $?"
! grep -q 'lacks the days' out || fail "a suspended job has lost its days: $(cat out)"
rm -r round.* suspended.psv

# The same jobs at the times of two zones are jobs twice, and that is told.
for hour in 10 11; do
	echo 'JobIDRaw|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NodeList'
	for job in $(seq 10 59); do
		echo "$job|ann|pi|COMPLETED|2024-03-05T$hour:00:00|2024-03-05T$hour:$job:00|2024-03-05T$((hour + 1)):$job:00|3600|4|n1"
	done
done > zones.psv
"$RECLAIM" check zones.psv > out || fail "two zones: exit $?"
says '^  5 jobs of a sample stand twice, at times some hours apart: exports of different time zones$'
"$RECLAIM" run zones.psv -m zones.map --only data -o zones.run 2> err || fail "two zones: $(cat err)"
grep -q 'time zones were put together, and such jobs count twice; export all in one, as with TZ=UTC$' err || fail "two zones: $(cat err)"
rm -r zones.*

# A sheet of a spreadsheet ends somewhere, and what was saved of it does, too.
awk -v columns="$columns" 'BEGIN {
	print columns
	for (job = 1; job < 65536; job++)
		printf "%d|ann|physics|batch|COMPLETED|2024-03-01T10:00:00|2024-03-01T10:01:00|2024-03-01T11:01:00|3600|4|1|cn1|01:00:00|a\n", job
}' > sheet.psv
full='1 file has exactly as many lines as a sheet of a spreadsheet can have'
"$RECLAIM" check sheet.psv jobs.psv > out || fail "a full sheet: exit $?"
says "^  $full \\(1,048,576, once 65,536\\): what was beyond may be missing$"
"$RECLAIM" anonymize sheet.psv -m sheet.map -o sheet.shared 2> err || fail "a full sheet: $(cat err)"
grep -qF "$full" err || fail "anonymize does not say that a sheet is full: $(cat err)"
"$RECLAIM" report sheet.shared --only data -o sheet.report 2> err || fail "a full sheet: $(cat err)"
grep -qF "$full" err || fail "report does not say that a sheet is full: $(cat err)"
"$RECLAIM" run sheet.psv -m sheet.map --only data -o sheet.run 2> err || fail "a full sheet: $(cat err)"
[ "$(grep -cF "$full" err)" -eq 1 ] || fail "run does not say once that a sheet is full: $(cat err)"
sed '$d' sheet.psv > less.psv
"$RECLAIM" check less.psv > out || fail "a sheet that is not full: exit $?"
! grep -q spreadsheet out || fail "a sheet is full that is not: $(cat out)"
rm -r sheet.* less.psv

# Start and End exchanged beside a time elapsed.
sed '1s/Start|End/End|Start/; /^[23]/d' jobs.psv > swapped.psv
status=0
"$RECLAIM" check swapped.psv > out 2> err || status=$?
[ "$status" -eq 1 ] || fail "Start and End exchanged: exit $status: $(cat out)"
says 'set aside: ends before it starts$'
says 'Start and End may be exchanged: give each column the name of what stands in it$'
rm swapped.psv

# Without times the days of a better export are for the reader to fill in.
printf '%s\n' 'JobID|User|Account|State|ElapsedRaw|AllocCPUS' '1|ann|physics|COMPLETED|60|1' > timeless.psv
"$RECLAIM" check timeless.psv > out || fail "no times: exit $?"
says 'sacct --allusers --duplicates --parsable2 --starttime YYYY-MM-DD --endtime YYYY-MM-DD '
says 'in the place of YYYY-MM-DD: no job in it has a time$'
"$RECLAIM" check timeless.psv --json > out
says '"better_export" : "sacct .* --starttime YYYY-MM-DD --endtime YYYY-MM-DD '
"$RECLAIM" check x.psv > out
! grep -q YYYY out || fail 'days are left open that the times tell'

# A name cannot talk to the terminal, nor can that of a file, of which rows are shown.
{ echo "$columns"; sed -n 's/batch|COMPLETED/\x1b[2Jevil|COMPLETED/; 2p' jobs.psv; } > hostile.psv
"$RECLAIM" check hostile.psv > out
! grep -q "$(printf '\033')" out || fail "an escape sequence came through"
hostile=$(printf 'x\033[31my')
{ cat jobs.psv; echo cut; } > "$hostile"
"$RECLAIM" check "$hostile" --max-bad 100 > out
says '^    x\\x1b\[31my, line [0-9]+, '
! grep -q "$(printf '\033')" out || fail "an escape sequence in the name of a file came through"
rm "$hostile"

# The zone comes from --timezone, or else from the manifest.
"$RECLAIM" check jobs.psv --max-bad 100 --timezone Europe/Berlin > out
says '^  time zone +Europe/Berlin$'
says '^  first time +2024-03-01 10:00:00$'
printf '{"program": "reclaim", "timezone": "Asia/Tokyo"}\n' > jobs.psv.manifest.json
"$RECLAIM" check jobs.psv --max-bad 100 > out
says '^  time zone +Asia/Tokyo$'

# Slices cut with sacct -T: the pieces of a job are one job, here and in the report.
sliced='JobIDRaw|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NodeList'
printf '%s\n' "$sliced" '7|ann|pi|COMPLETED|2024-03-05T09:00:00|2024-03-05T10:00:00|2024-03-05T11:00:00|3600|4|n1' > early.psv
printf '%s\n' "$sliced" '7|ann|pi|COMPLETED|2024-03-05T09:00:00|2024-03-05T11:00:00|2024-03-05T12:30:00|5400|4|n1' > late.psv
"$RECLAIM" check late.psv early.psv > out || fail "pieces: exit $?"
says '^  rows +2$'
says '^  jobs +1, of which 1 ran$'
says '^  pieces +1 more of jobs that were cut$'
says '^  COMPLETED +1$'
"$RECLAIM" check late.psv early.psv --json > out
says '"jobs" : 1,'
says '"pieces" : 1,'
"$RECLAIM" run late.psv early.psv -m pieces.map -o pieces 2> err || fail "pieces: $(cat err)"
grep -q '^user_0001,1,10.000000,' pieces/tables/users.csv || fail "pieces: $(cat pieces/tables/users.csv)"

# Two exports that overlap, joined with their headers: the job in both is one, as in the report, though it stands before the header
# that shows it.
both='1|ann|pi|COMPLETED|2024-03-01T10:00:00|2024-03-01T10:00:00|2024-04-01T10:00:00|2678400|4|n1'
printf '%s\n' "$sliced" "$both" "$sliced" "$both" "2${both#1}" > joined.psv
"$RECLAIM" check joined.psv > out || fail "joined: exit $?"
says '^  jobs +2, of which 2 ran$'
says '^  duplicates +1: all jobs were compared, with a table of 16 bytes each$'
says 'the header is repeated 1 time: several exports were joined$'
"$RECLAIM" check - < joined.psv > out || fail "joined, from a pipe: exit $?"
says '^  rows +3$'
says 'exports were joined, and 1 job before that showed was not compared with others'

# The same without the second header, which nothing shows but the job itself. A pipe cannot be read again, and that is said.
printf '%s\n' "$sliced" "$both" "$both" "2${both#1}" > joined.psv
"$RECLAIM" check joined.psv > out || fail "joined without a header: exit $?"
says '^  jobs +2, of which 2 ran$'
says '^  duplicates +1: all jobs were compared, with a table of 16 bytes each$'
"$RECLAIM" check - < joined.psv > out || fail "joined without a header, from a pipe: exit $?"
says '^  duplicates +0: not all jobs were compared$'
says 'exports were joined, and 1 job before that showed was not compared with others'
"$RECLAIM" run joined.psv -m joined.map -o once 2> err || fail "joined without a header: $(cat err)"
grep -q '"rows.duplicates",$' once/report.json && grep -A 1 '"rows.duplicates",$' once/report.json | grep -q '"value": 1,' ||
	fail 'the report counts a job of joined exports twice'

# When nobody says it, the jobs that cross a change of clocks do, if there are any; seconds since 1970 need no guess.
"$RECLAIM" check late.psv > out
says '^  zone guess +no job crosses a clock change: the zone cannot be told$'
"$RECLAIM" check late.psv --timezone UTC > out
! grep -q 'zone guess' out || fail "the zone is guessed although it is known"
printf '%s\n' "$sliced" '7|ann|pi|COMPLETED|1709632800|1709632800|1709636400|3600|4|n1' > epoch.psv
"$RECLAIM" check epoch.psv > out
says '^  time zone +not needed'
! grep -q 'zone guess' out || fail "a zone is guessed that is not needed"
printf '%s\n' "$sliced" '7|ann|pi|COMPLETED|2026-10-25T00:30:00|2026-10-25T02:45:00|2026-10-25T02:15:00|1800|4|n1' > autumn.psv
"$RECLAIM" check autumn.psv > out
says '^  zone guess +clocks changed on 2026-10-25: a zone such as Europe/Berlin \(central Europe\)$'
"$RECLAIM" check autumn.psv --json > out
says '"Europe/Berlin"$'
says '"why" : "clocks changed on 2026-10-25: '

# A header may have been made to take for ever: of a hundred thousand columns each is looked at once. Of the processor's time, as
# others may want it, too.
soon()
{
	(ulimit -t 20 && "$RECLAIM" "$@")
}
{
	printf 'JobID|State|Start|ElapsedRaw|AllocCPUS'
	seq -s '' -f '|X%.0f' 100000
	printf '7|COMPLETED|2024-03-01T10:00:00|3600|4%s\n' "$(printf '%0100000d' 0 | tr 0 '|')"
} > wide.psv
soon check wide.psv > out || fail "100,000 columns: exit $?"
says '^  jobs +1, of which 1 ran$'
says '^  X100000 '
soon anonymize wide.psv -m wide.map -o wide.shared 2> err || fail "100,000 columns to drop: exit $?: $(tail -c 200 err)"
grep -q '^reclaim: dropped 100,\{0,1\}000 columns: X1, X2, ' err || fail "100,000 columns dropped: $(head -c 200 err)"
rm -f wide.*

# An anonymized file is recognized.
"$RECLAIM" anonymize jobs.psv --max-bad 100 -m map.csv -o shared.psv 2> err
"$RECLAIM" check shared.psv > out
says 'this has been anonymized'

# Only what cannot be read at all fails.
: > empty.psv
for bad in none.psv empty.psv .; do
	status=0
	"$RECLAIM" check "$bad" > out 2> err || status=$?
	[ "$status" -eq 1 ] || fail "$bad: exit $status, not 1"
	[ "$(wc -l < err)" -eq 1 ] || fail "$bad: not one message: $(cat err)"
done
