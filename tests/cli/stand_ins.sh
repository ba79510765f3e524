# SPDX-License-Identifier: Apache-2.0
# Stand-ins for Slurm's commands, in the folder bin at the head of the PATH, for tests that have begun with begin.sh. MOOD is how
# this Slurm feels, PACE how many seconds sacct takes for an answer, JOBS the file of jobs that it knows, and ME the only user
# whom the mood "own" shows. LOG is the file of what sacct was asked for.
# shellcheck shell=sh

: "${dir:?the folder of a test that has begun}"
mkdir bin
cat > bin/sacct << 'END'
#!/bin/sh
known='Account AllocCPUS AllocTRES Cluster Comment Elapsed ElapsedRaw Eligible End Group JobID JobIDRaw JobName MaxRSS NNodes
NodeList NTasks Partition QOS ReqCPUS ReqGRES ReqMem ReqTRES Start State Submit TRESUsageInAve TRESUsageInTot TimelimitRaw
TotalCPU User WorkDir'
from=0 to=9 fields='' steps=yes
for option in "$@"; do
	value=${option#*=}
	case $option in
	--helpformat)
		case $MOOD in
		old) known='Account AllocCPUS Cluster Elapsed End Group JobID JobIDRaw NNodes NodeList Partition ReqCPUS ReqGRES ReqMem Start State Submit User' ;;
		new) known="$known Exclusive Planned" ;;
		nonsense) known='<html>502 Bad Gateway</html>' ;;
		down) echo 'sacct: error: cannot find the configuration' >&2; exit 1 ;;
		esac
		echo "$known" | tr ' ' '\n' | pr -4 -t
		exit ;;
	--version) echo 'slurm 99.05.1'; exit ;;
	--starttime=*) from=$value ;;
	--endtime=*) to=$value ;;
	--format=*) fields=$value ;;
	--delimiter=*) delimiter=$value ;;
	--allocations) steps=no ;;
	esac
done
echo "$from $to $fields" >> "$LOG"
[ "$TZ" = UTC ] && [ -z "${SLURM_TIME_FORMAT:-}" ] || { echo 'sacct: error: not in UTC' >&2; exit 1; }
case $fields in
*ReqGRES*) [ "$MOOD" = old ] || { echo 'sacct: fatal: ReqGRES has been removed, please use ReqTRES' >&2; exit 1; } ;;
esac
sleep "${PACE:-0}"
month=no
case $from,$to in *-01T00:00:00,*-01T00:00:00) month=yes ;; esac
case $MOOD,$from in
refuse,*) echo 'sacct: error: You are not allowed to use --allusers' >&2; exit 1 ;;
wide,*) [ $month = no ] || { echo 'sacct: error: Too wide of a date range in query' >&2; exit 1; } ;;
hang,*) exec sleep 600 ;;
slow,*) [ $month = no ] || exec sleep 600 ;;
away,2025-03*) echo 'sacct: error: Problem talking to the database: Connection refused' >&2; exit 111 ;;
quiet-away,2025-03*) echo 'sacct: error: Problem talking to the database' >&2; NONE=yes ;;
garbage,2025-02*) echo 'segfault at 0 ip 00007f'; exit ;;
empty,2025-02*) exit ;;
esac
awk -F '|' -v OFS="$delimiter" -v from="$from" -v to="$to" -v fields="$fields" -v mood="$MOOD" -v none="${NONE:-}" -v steps="$steps" '
	BEGIN { count = split(fields, name, ",") }
	NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i }
	NR > 1 && (none || $column["Start"] >= to || $column["End"] < from) { next }
	NR > 1 && mood == "own" && $column["User"] != me() { next }
	NR > 1 && steps == "no" && $column["JobIDRaw"] ~ /[.]/ { next }
	{
		line = ""
		for (i = 1; i <= count; i++) line = line (i > 1 ? OFS : "") (NR == 1 ? name[i] : $column[name[i]])
		if (mood == "more" && NR == 3) line = line OFS "x"
		if (mood == "cut" && NR == 4) { printf "%s", line; exit }
		print line
	}
	function me() { return ENVIRON["ME"] }' "$JOBS"
END
cat > bin/scontrol << 'END'
#!/bin/sh
case "$MOOD $*" in
refuse*) echo 'Access denied' >&2; exit 1 ;;
*"show node"*)
	echo 'NodeName=cn1 Arch=x86_64 CoresPerSocket=8 CPUAlloc=3 CPUEfctv=16 CPUTot=16 CPULoad=1.52 OS=Linux 6.1 #1 SMP State Gres=(null) RealMemory=131072 Sockets=2 State=IDLE CfgTRES=cpu=16,mem=128G Comment=ask ann State=DOWN Reason=bob broke it [ann@2025-01-01]' ;;
*"show config"*) printf 'Configuration data as of 2025-01-01\nClusterName             = lab\nPrivateData             = jobs\nSlurmUser               = ann(17)\n' ;;
esac
END
cat > bin/sacctmgr << 'END'
#!/bin/sh
[ "$MOOD" != refuse ] || { echo ' Access/permission denied' >&2; exit 1; }
echo 'Cluster|NodeName|TimeStart|TimeEnd|State|StateRaw|TRES'
echo 'lab|cn1|2025-01-05T00:00:00|2025-01-06T00:00:00|DOWN|1|cpu=16'
END
cat > bin/sreport << 'END'
#!/bin/sh
[ "$MOOD" != refuse ] || { echo 'sreport: error: Access denied' >&2; exit 1; }
for word; do
	case $word in start=*) from=${word#start=} ;; end=*) to=${word#end=} ;; esac
done
line=--------------------------------------------------------------------------------
printf '%s\n' $line "Cluster Utilization $from - $to" 'Usage reported in CPU Seconds' $line \
	'Cluster|Allocated|Down|PLND Down|Idle|Planned|Reported' 'lab|1|2|3|4|5|6'
END
chmod +x bin/*
PATH=$dir/bin:$PATH
export PATH LOG="$dir/asked" JOBS="$dir/jobs" MOOD='' PACE=0 ME=

# Jobs on four weeks of each of six months, with a step; two run over the end of a month.
awk 'BEGIN {
	OFS = "|"
	print "JobIDRaw|JobID|Cluster|User|Account|Group|Partition|QOS|State|Submit|Eligible|Start|End|ElapsedRaw|TimelimitRaw|ReqCPUS|AllocCPUS|ReqMem|NNodes|NodeList|ReqTRES|AllocTRES|TotalCPU|MaxRSS|NTasks|TRESUsageInTot|TRESUsageInAve|Exclusive|ReqGRES"
	for (month = 1; month <= 6; month++)
		for (day = 1; day <= 28; day++) {
			long = day == 28 && month < 3
			from = sprintf("2025-%02d-%02dT06:00:00", month, day)
			to = long ? sprintf("2025-%02d-03T07:00:00", month + 1) : sprintf("2025-%02d-%02dT08:00:00", month, day)
			seconds = long ? (month == 1 ? 6 : 3) * 86400 + 3600 : 7200
			job = ++id
			user = day % 2 ? "ann" : "bob"
			print job, job, "lab", user, "physics", "staff", "batch", "normal", "COMPLETED", from, from, from, to, seconds, 600, 2, 2, "4G", 1, "cn1", "cpu=2,mem=4G,node=1", "cpu=2,mem=4G,node=1", "01:00:00", "", "", "", "", "NO", ""
			print job ".batch", job ".batch", "lab", "", "physics", "", "", "", "COMPLETED", from, from, from, to, seconds, "", 2, 2, "", 1, "cn1", "", "cpu=2,mem=4G,node=1", "01:00:00", "1048576K", 1, "cpu=01:00:00,mem=1G", "cpu=01:00:00", "", ""
		}
}' > ./jobs
