#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Jobs and the list of nodes are of one cluster, and all of it: a list that the jobs contradict is refused, or no money is put on it;
# an export that lacks jobs is told; and what memory nobody told Slurm of is not counted.
# All by hand: four nodes of 16 CPUs, of which thirty jobs of ten hours each hold a part. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"

command -v pdftotext > /dev/null || { echo "skipped: pdftotext is not installed"; exit 77; }

# figure DIR ID: its value.
figure()
{
	sh "$tests/figures.sh" "$1/report.json" | awk -F '\t' -v id="$2" '$1 == id { print $2; found = 1 } END { exit !found }' ||
		fail "$1 has no figure $2"
}

same()
{
	[ "$2" = "$3" ] || fail "$1: $2, not $3"
}

# jobs CPUS MEMORY: thirty, two a day, one on each node in turn.
jobs()
{
	echo 'JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|AllocTRES|NodeList|TotalCPU'
	awk -v cpus="$1" -v memory="$2" 'BEGIN {
		for (job = 1; job <= 30; job++) {
			day = sprintf("2025-03-%02dT", (job + 1) / 2)
			printf "%d|user_%04d|group_A|COMPLETED|%s00:00:00|%s00:00:00|%s10:00:00|36000|%d|cpu=%d,mem=%s,node=1|n%d|%02d:00:00\n",
				job, job % 7 + 1, day, day, day, cpus, cpus, memory, job % 4 + 1, cpus * 5
		}
	}'
}

# nodes CPUS MEGABYTES
nodes()
{
	for node in 1 2 3 4; do
		echo "NodeName=n$node CoresPerSocket=$1 CPUTot=$1 RealMemory=$2 Sockets=1 ThreadsPerCore=1"
	done
}

jobs 16 32000M > threads.psv
nodes 16 64000 > as-slurm-counts
expect 0 report threads.psv --timezone UTC --inventory as-slurm-counts --only data -o right
# From the first end to the last are 14 days, in which 28 jobs held 16 CPUs for 10 h, of four nodes' 16.
awk -v is="$(figure right utilization)" 'BEGIN { exit (is - 28 * 10 * 16 / (4 * 16 * 14 * 24)) ^ 2 > 1e-12 }' ||
	fail "utilization is $(figure right utilization)"

# Cores in the place of threads, memory in GB, another cluster's nodes: all of a size that the jobs did not fit in.
nodes 8 64000 > cores
nodes 16 64 > gigabytes
for list in cores gigabytes; do
	expect 1 report threads.psv --timezone UTC --inventory $list -o never
	says 'the list of nodes contradicts the jobs: for 100 % of the time'
	[ ! -e never ] || fail "a report on $list was written"
done
expect 0 tally threads.psv --timezone UTC --inventory cores -o cores.tally
expect 1 report cores.tally -o never
says 'the list of nodes contradicts the jobs: for 100 % of the time'

# Nodes whose GPUs the list does not name.
sed '2,$s/node=1|/gres\/gpu=2,&/' threads.psv > gpus.psv
sed '2,$s/node=1|/gres\/gpu=2,&/; 31s/gpu=2/gpu=1/; s/|16|/|1|/' threads.psv > few-cores.psv
sed 's/RealMemory/Gres=gpu:2 &/' as-slurm-counts > with-gpus
for export in gpus few-cores; do
	expect 1 report $export.psv --timezone UTC --inventory as-slurm-counts -o never
	says 'for 100 % of the time that GPUs were held'
	expect 0 report $export.psv --timezone UTC --inventory with-gpus --only data -o with-gpus-named
done

# One job with a GPU in two weeks, and one row that claims a hundred thousand, make no list wrong.
sed '31s/node=1|/gres\/gpu=1,&/' threads.psv > a-gpu.psv
expect 0 report a-gpu.psv --timezone UTC --inventory as-slurm-counts --only data -o a-gpu
sed '31s/gpu=2/gpu=100000/' gpus.psv > odd-gpus.psv
expect 0 report odd-gpus.psv --timezone UTC --inventory with-gpus --only data -o odd-gpus

# One job in thirty may be odd, whatever it claims, two may not: 2 × 16 of 30 × 16. A quarter more is no contradiction: some CPUs
# are kept from jobs today.
{ jobs 16 32000M | sed '$d'; jobs 100000 32000M | tail -n 1; } > odd.psv
{ jobs 16 32000M | sed '$d' | sed '$d'; jobs 100000 32000M | tail -n 2; } > odder.psv
expect 1 report odder.psv --timezone UTC --inventory as-slurm-counts -o never
says 'the list of nodes contradicts the jobs: for 7 % of the time'
nodes 13 64000 > kept
nodes 16 60000 > less
expect 0 report odd.psv --timezone UTC --inventory less --only data -o odd
expect 0 report threads.psv --timezone UTC --inventory kept --only data -o kept-some

# Two weeks are no year.
says 'saving a year not to be told from so few days'

# Jobs that fit one by one, and together are more than the nodes can give: shared nodes, or a list that is too short.
jobs 16 1000M | sed 's/|n[1-4]|/|n1|/' > crowd.psv
sed -n 1p as-slurm-counts > one
sed 's/T10:00:00|36000/T23:00:00|82800/' crowd.psv > full.psv
expect 0 report full.psv --timezone UTC --inventory one --only site -o crowded
same 'a capacity that was exceeded' "$(figure crowded utilization.is_bound)" 1
grep -q 'because.*jobs held more than all nodes of the inventory could give' crowded/data-quality.html || fail 'why no money is put on the nodes is not said'
sed 's/T10:00:00|36000/T20:00:00|72000/; s/cpu=16/cpu=8/; s/|16|/|8|/' crowd.psv > fits.psv
expect 0 report fits.psv --timezone UTC --inventory one --only data -o fitting
same 'a capacity that is kept' "$(figure fitting utilization.is_bound)" 0

# One that holds seven eighths of the memory and one that holds seven eighths of the CPUs lie on one node, which is no sign that the list
# lacks one: together they count as 1.75 nodes.
{ jobs 2 56000M | awk 'NR == 1 || NR % 2 == 0'; jobs 14 8000M | awk 'NR > 1 && NR % 2'; } |
	sed 's/|n[1-4]|/|n1|/; s/T10:00:00|36000/T23:00:00|82800/' > beside.psv
expect 0 report beside.psv --timezone UTC --inventory one --only site -o beside
same 'a capacity that is shared' "$(figure beside utilization.is_bound)" 0
same 'hours in which they lay side by side' "$(figure beside demand.clipped.hours)" "$((14 * 23))"
grep -q 'what users free may be counted too low.*may lie on one' beside/data-quality.html || fail 'what follows where more is held than there is is not said'
for page in users groups; do
	grep -q 'the rows can add up to more than the nodes cost' beside/$page.html || fail "the page of $page does not say why its costs exceed that of the nodes"
done
# Nobody has a GPU, or a gigabyte, that somebody else has: of these alone more than there is is not held.
{ jobs 2 60000M; jobs 2 60000M | sed '1d; s/^/9/'; } | sed 's/|n[1-4]|/|n1|/; s/T10:00:00|36000/T23:00:00|82800/' > in-memory.psv
expect 0 report in-memory.psv --timezone UTC --inventory one --only data -o in-memory
same 'a list that is too small in memory' "$(figure in-memory utilization.is_bound)" 1
says 'no money is put on the size of the cluster: jobs held more than all nodes'
sed 's/$/ Gres=gpu:2/' one > one-with-gpus
sed 's/60000M,node=1/1000M,node=1,gres\/gpu=2/' in-memory.psv > in-gpus.psv
expect 0 report in-gpus.psv --timezone UTC --inventory one-with-gpus --only data -o in-gpus
same 'a list that is too small in GPUs' "$(figure in-gpus utilization.is_bound)" 1
says 'no money is put on the size of the cluster: jobs held more than all nodes'

# A third of it is not needed, which frees no node for certain: that is no small saving.
{ cat beside.psv; for month in 04 05; do sed "1d; s/2025-03/2025-$month/g; s/^/$month/" beside.psv; done; } > crowded.psv
expect 0 report crowded.psv --timezone UTC --inventory one --only site -o crowded
same 'a saving that is the least it can be' "$(figure crowded saving.is_least)" 1
says 'saving a year at least $0'
grep -q '>Saving a year at least, expected<' crowded/index.html || fail 'what is the least is shown as the saving'
grep -q '<h1[^>]*>How much can be saved cannot be told' crowded/index.html && grep -q 'the saving is the least it can be: jobs did not need' crowded/index.html ||
	fail 'a saving that is the least it can be is called little'
expect 0 report fits.psv --timezone UTC --inventory one --only site -o alone
! grep -q 'the rows can add up' alone/users.html || fail 'costs exceed that of the nodes where nothing lay side by side'

# Where Slurm is not told of memory, nodes have 1 MB and every job holds all of it: 4 CPUs are a quarter of a node all the same,
# 10 h ÷ 4 of each of 28 jobs.
jobs 4 1M > untold.psv
nodes 16 1 > untold
expect 0 report untold.psv --timezone UTC --inventory untold --internal --only data -o quarter
jobs 4 1M | sed 's/,mem=1M//' > none.psv
expect 0 report none.psv --timezone UTC --inventory as-slurm-counts --internal --only data -o none
same 'node-hours' "$(figure quarter ledger.hours)" 70
same 'node-hours of jobs that say no memory' "$(figure none ledger.hours)" 70
same 'jobs that do not say their memory' "$(figure quarter has.requests)" 0
grep -q '16 cores, memory not known' quarter/tables/pools.csv || fail "the kind of node: $(cat quarter/tables/pools.csv)"

# Nodes of a kind that nobody used are either idle, or the export lacks their jobs: it is said wherever a saving is. When they are
# most of the nodes it is not believed.
grown() # EXTRA
{
	cat as-slurm-counts
	awk -v extra="$1" 'BEGIN { for (node = 1; node <= extra; node++)
		printf "NodeName=big%d CoresPerSocket=64 CPUTot=64 RealMemory=512000 Sockets=1 ThreadsPerCore=1\n", node }'
}
awk 'NR > 1 { gsub(/2025-03/, "2025-0" (3 + NR % 3)) } { print }' threads.psv > spring.psv
grown 4 > half
expect 0 report spring.psv --timezone UTC --inventory half -o half-used
says 'no job ran on 4 listed nodes, all there are of a kind'
same 'nodes that nobody used' "$(figure half-used nodes.unused)" 4
for page in index data-quality; do
	sed 's/<[^>]*>//g' half-used/$page.html | tr -s '\n\t ' ' ' | grep -q 'No job ran on 4 of the 8 nodes\|4 listed nodes were held by no job' ||
		fail "$page.html does not say that nobody used four nodes"
done
pdftotext half-used/executive-summary.pdf - | tr '\n' ' ' | grep -q 'No job ran on 4 of the 8 nodes' || fail 'the one page does not say it'
tr '\n' ' ' < half-used/summary.eml | grep -q 'No job ran on 4' || fail 'the mail does not say it'
expect 0 report spring.psv --timezone UTC --inventory as-slurm-counts --inventory 2025-05-14=half --only data -o late-used
same 'nodes that came in the end' "$(figure late-used nodes.unused)" 0
# A later list that lacks nodes on which jobs ran all the same: over the period those of the earlier one would make up for it.
jobs 16 32000M | awk -F '|' -v OFS='|' 'NR > 1 { sub(/T10:/, "T23:", $7); $8 = 82800 } { print }' > long.psv
head -n 1 as-slurm-counts > one-node
expect 0 report long.psv --timezone UTC --inventory as-slurm-counts --inventory 2025-03-08=one-node --only data -o lacking
says 'no money is put on the size of the cluster: jobs held more than the nodes of one of the lists could give in the days for which it'
expect 0 report long.psv --timezone UTC --inventory as-slurm-counts --inventory 2025-03-15=one-node --only data -o leaving
same 'a list that lacks what little ran' "$(figure leaving utilization.is_bound)" 0
grown 5 > most
expect 0 report spring.psv --timezone UTC --inventory most --only data -o most-unused
says 'no money is put on the size of the cluster: no job ran on most of the nodes'
same 'a capacity that is not believed' "$(figure most-unused utilization.is_bound)" 1
expect 0 report spring.psv --timezone UTC --inventory as-slurm-counts --only data -o all-used
same 'nodes that nobody used' "$(figure all-used nodes.unused)" 0

# Of a thousand jobs some fail. Where none did, and where all jobs are one's own, it is said what sacct left out.
{
	head -n 1 threads.psv
	awk 'BEGIN { for (job = 1; job <= 1000; job++) printf "%d|user_0001|group_A|COMPLETED|2025-03-01T00:00:00|2025-03-01T%02d:00:00|" \
		"2025-03-01T%02d:30:00|1800|1|cpu=1,mem=1000M,node=1|n1|00:10:00\n", job, job % 23, job % 23 }'
} > completed.psv
sed '$s/COMPLETED/FAILED/; $s/user_0001/user_0002/' completed.psv > mixed.psv
# cannot FILE: what check says is missing of it.
cannot() { "$RECLAIM" check "$1" | sed -n '/^What is missing/,/^$/p'; }
cannot completed.psv > missing
grep -q 'totals by user: all jobs are one user' missing || fail "of one user check says $(cat missing)"
grep -q 'failed work: no job failed' missing || fail "of completed jobs check says $(cat missing)"
{ cat completed.psv; tail -n 1 completed.psv | sed 's/^1000/1001/; s/COMPLETED/CANCELLED/; s/|1800|1|/|0|1|/; s/|n1|/|None assigned|/'; } > never.psv
cannot never.psv > missing
! grep -q 'failed work' missing || fail "where a job was cancelled before it ran check says $(cat missing)"
expect 0 report never.psv --timezone UTC --only data -o never-ran
same 'what is said of failed work where a job was cancelled before it ran' "$(figure never-ran failed_work.nothing)" 1
sed 's/user_0001//' completed.psv > nobodys.psv
cannot nobodys.psv > missing
! grep -q 'totals by user: all jobs' missing || fail "of nobody check says $(cat missing)"
cannot mixed.psv > missing
! grep -q 'totals by user\|failed work' missing || fail "of several check says $(cat missing)"
expect 0 report completed.psv --timezone UTC --only data -o all-completed
same 'what is said of failed work' "$(figure all-completed failed_work.nothing) $(figure all-completed failed_work.gain)" '0 0'
expect 0 report mixed.psv --timezone UTC --only data -o one-failed
same 'what is said of failed work' "$(figure one-failed failed_work.nothing) $(figure one-failed failed_work.gain)" '1 0'

# Slurm numbers all its jobs: where most numbers are missing, others ran jobs that the export lacks. 120 jobs in 60 days, on 16 of 64 CPUs.
# numbered STEP HOURS: each STEPth number.
numbered()
{
	head -n 1 threads.psv
	awk -v step="$1" -v hours="$2" 'BEGIN { for (job = 0; job < 120; job++) {
		day = sprintf("2025-%02d-%02dT", 4 + int(job / 60), 1 + job % 60 / 2)
		printf "%d|user_%04d|group_A|%s|%s%02d:00:00|%s%02d:00:00|%s%02d:00:00|%d|16|cpu=16,mem=32000M,node=1|n%d|20:00:00\n", 5000 + job * step,
			job % 7 + 1, job ? "COMPLETED" : "FAILED", day, job % 2 * 12, day, job % 2 * 12, day, job % 2 * 12 + hours, 3600 * hours, job % 4 + 1
	} }'
}
numbered 100 11 > few.psv
expect 0 report few.psv --timezone UTC --inventory as-slurm-counts -o few
says 'of the numbers that Slurm gave to jobs meanwhile are in the export'
# A report of the tally cannot know it, so that it is said when the tally is made.
expect 0 tally few.psv --timezone UTC --inventory as-slurm-counts -o few.tally
says 'only 1.0 % of the numbers that Slurm gave to jobs meanwhile are in the export'
expect 0 report few.tally --only data -o tallied
[ "$(figure tallied numbers.share)" = null ] || fail "a tally tells of job numbers: $(figure tallied numbers.share)"
# The first block of 256 numbers has the first job, which was submitted before that ended, and one more; the last block has one job alone,
# a hundredth. Between are 117 jobs with numbers from 5200 to 16800, in the blocks 20 to 65.
awk -v is="$(figure few numbers.share)" 'BEGIN { exit (is - 117 / 46 / 256) ^ 2 > 1e-12 }' || fail "the share of numbers is $(figure few numbers.share)"
for page in index data-quality; do
	sed 's/<[^>]*>//g' few/$page.html | tr -s '\n\t ' ' ' | grep -q 'only 1\.0.*% of the numbers' || fail "$page.html does not say that most jobs are missing"
done
pdftotext few/executive-summary.pdf - | tr '\n' ' ' | grep -q 'Only 1\.0.*% of the numbers' || fail 'the one page does not say it'
tr '\n' ' ' < few/summary.eml | grep -q 'Only 1\.0.*% of the numbers' || fail 'the mail does not say it'
cannot few.psv > missing
grep -q 'all jobs of the cluster: most of the numbers' missing || fail "of few numbers check says $(cat missing)"
# With less than a tenth of the CPUs held, that is no cluster.
numbered 100 2 > idle.psv
expect 0 report idle.psv --timezone UTC --inventory as-slurm-counts --only data -o idle
says 'no money is put on the size of the cluster: most of the numbers'
# Slurm's own sums tell better: 118 jobs of 2 hours with 16 of 64 CPUs.
printf '%s\n%s\n%s\n%s\n%s\n%s\n' -------------------------------------------------------------------------------- \
	'Cluster Utilization 2025-04-01T00:00:00 - 2025-05-30T23:59:59' 'Usage reported in CPU Seconds' \
	-------------------------------------------------------------------------------- 'Cluster|Allocated|Down|PLND Down|Idle|Planned|Reported' \
	'alpha|13824000|0|0|317952000|0|331776000' > sums
expect 0 report idle.psv --timezone UTC --inventory as-slurm-counts --sreport sums --only data -o idle-agreed
! grep -q 'of the numbers' err || fail "with Slurm's sums is said: $(cat err)"
same 'a capacity that Slurm bears out' "$(figure idle-agreed utilization.is_bound) $(figure idle-agreed numbers.few)" '0 0'
# Of new numbers none is missing: they say nothing.
sed 's/user_/name/; s/group_/lab/' few.psv > few-raw.psv
expect 0 anonymize few-raw.psv -m few.map -o few-new.psv --renumber
expect 0 report few-new.psv --timezone UTC --inventory as-slurm-counts --only data -o few-new
same 'the share of new numbers' "$(figure few-new numbers.share)" null
# And who lacks jobs is not sent for another list of nodes.
expect 0 report idle.psv --timezone UTC --inventory as-slurm-counts --only pdf -o idle-page
pdftotext idle-page/executive-summary.pdf - | tr '\n' ' ' | grep -q 'report again with an export of all jobs' ||
	fail 'the one page does not ask for all jobs'
for step in 1 600000; do
	numbered $step 11 > told.psv
	expect 0 report told.psv --timezone UTC --inventory as-slurm-counts --only data -o told-$step
	same "the share of numbers $step apart" "$(figure told-$step numbers.share)" null
	! "$RECLAIM" check told.psv | grep -q 'all jobs of the cluster' || fail "of numbers $step apart check says $(cat missing)"
done

# Two clusters may have nodes of the same names.
{ sed '1s/$/|Cluster/; 2,$s/$/|alpha/' threads.psv; sed '1d; s/$/|beta/' threads.psv; } > two.psv
expect 0 report two.psv --timezone UTC --inventory as-slurm-counts --only site -o two-clusters
says 'the export is of 2 clusters'
grep -q 'The export is of several clusters' two-clusters/data-quality.html || fail 'the site does not say that there are two clusters'
sed '1s/$/|Cluster/; 2,$s/$/|alpha/' threads.psv > one.psv
expect 0 report one.psv --timezone UTC --inventory as-slurm-counts --only data -o one-cluster
! grep -q clusters err || fail "of one cluster is said: $(cat err)"
sed '1s/$/|Cluster/; 2,$s/$/|/; 31s/$/alpha/' threads.psv > some.psv
expect 0 report some.psv --timezone UTC --inventory as-slurm-counts --only data -o some-named
! grep -q clusters err || fail "of jobs that do not all name their cluster is said: $(cat err)"
expect 0 tally two.psv --timezone UTC --inventory as-slurm-counts -o two.tally
says 'the export is of 2 clusters'
expect 0 report two.tally --only site -o two-of-tally
says 'the export is of 2 clusters'
diff -r two-clusters two-of-tally >&2 || fail 'a tally of two clusters is told otherwise than its file'
# And so it is of two tallies that have a cluster each.
sed '1b
	/alpha$/d' two.psv > beta.psv
for cluster in one beta; do
	expect 0 tally $cluster.psv --timezone UTC --inventory as-slurm-counts -o $cluster.tally
	! grep -q clusters err || fail "of one cluster is said: $(cat err)"
done
expect 0 report one.tally beta.tally --apart --only site -o two-of-two
says 'the export is of 2 clusters'

# Cloud nodes are there while they are paid for: nobody owns them, and no money is saved by owning fewer.
{ sed 's/$/ State=IDLE/' as-slurm-counts; sed 's/=n/=cloud/; s/$/ State=IDLE+CLOUD+POWERED_DOWN/' as-slurm-counts; } > hybrid
expect 0 report threads.psv --timezone UTC --inventory hybrid --only data -o hybrid-report
says '4 nodes in the list are in State CLOUD'
same 'nodes owned' "$(figure hybrid-report capacity.nodes)" 4
sed 's/$/ State=MIXED+CLOUD/' as-slurm-counts > cloud
expect 0 report threads.psv --timezone UTC --inventory cloud --only data -o cloud-report
same 'a capacity that nobody owns' "$(figure cloud-report utilization.is_bound)" 1
sed 's/user_/name/; s/group_/lab/' threads.psv > raw.psv
expect 0 anonymize raw.psv --inventory hybrid -m hybrid.map -o hybrid.psv
says '4 nodes in the list are in State CLOUD'
[ "$(wc -l < hybrid.psv.nodes.csv)" = 5 ] || fail "of a hybrid list is shared: $(cat hybrid.psv.nodes.csv)"
expect 1 anonymize raw.psv --inventory cloud -m hybrid.map -o cloud.psv
says 'all nodes in the list are cloud nodes'

# Of so many nodes over so long a time no sum is told that does not hold.
seq 160000 | sed 's/.*/NodeName=n& CPUTot=16 RealMemory=64000/' > vast
expect 1 report threads.psv --timezone UTC --inventory vast --from 2025-01-01 --to 2027-12-31 --only data -o never
says 'are more than can be added: report on a shorter period'
expect 0 report threads.psv --timezone UTC --inventory vast --from 2025-01-01 --to 2025-12-31 --only data -o vast-report
{
	jobs 16 32000M | head -n 1
	for first in 1 2 3 4; do
		printf '%s|user_000%s|group_A|COMPLETED|' $first $first
		printf '2025-01-01T00:00:00|2025-01-01T00:00:00|2028-01-01T00:00:00|94608000|640000|'
		echo "cpu=640000,node=40000|n[${first}00001-${first}40000]|00:00:00"
	done
} > vast.psv
expect 1 report vast.psv --timezone UTC --only data -o never
says 'are more than can be added: report on a shorter period'
expect 0 report vast.psv --timezone UTC --from 2025-01-01 --to 2025-12-31 --only data -o vast-year
awk -v is="$(figure vast-year ledger.hours)" 'BEGIN { exit is != 160000 * 365 * 24 }' ||
	fail "so many node-hours: $(figure vast-year ledger.hours)"
