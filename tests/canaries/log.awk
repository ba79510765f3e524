# SPDX-License-Identifier: Apache-2.0
# A random log of made-up people whose names, all of which have "zqx" in them, stand in every column that sacct ever had and in one
# that it has not, in every form in which names come: awk -v seed=N -f log.awk. Synthetic.
function chance(limit)
{
	state = state * 16807 % 2147483647
	return int(state / 2147483647 * limit)
}

# A number as a name has it, in letters.
function letters(   text, i)
{
	for (i = 0; i < 4; i++)
		text = text substr("abcdefghijklmnoprstuvw", 1 + chance(22), 1)
	return text
}

function name(   x)
{
	x = "zqx" letters()
	return chosen(x " " x "2-lab " x "7k anna-" x " " x ".o.hara " toupper(x) " EXAMPLE\\" x " " x "@EXAMPLE.ORG pi_" x " \303\251" x \
	              " " x "\303\274r " x "-e\314\201 " x "_01_" letters() " 2" x)
}

function chosen(list,   part, n)
{
	n = split(list, part, " ")
	return part[1 + chance(n)]
}

# Everything in which a name may stand: one of the forms, with the name for each %.
function canary(   x, part, n, i, text)
{
	x = people[1 + chance(count)]
	if (chance(2)) {
		sub(/^EXAMPLE\\/, "", x)
		sub(/@EXAMPLE.ORG$/, "", x)
	}
	x = chance(4) ? x : toupper(x)
	n = split(forms[1 + chance(all_forms)], part, "%")
	text = part[1]
	for (i = 2; i <= n; i++)
		text = text x part[i]
	return text
}

function stamp(hour)
{
	return sprintf("2025-%02d-%02dT%02d:%02d:00", 1 + hour / 672 % 12, 1 + hour / 24 % 28, hour % 24, chance(60))
}

# What belongs there.
function plain(field, row,   hour)
{
	hour = begin[row]
	if (field ~ /^JobID/) return row
	if (field == "User") return people[1 + row % count]
	if (field == "Account" || field == "Group") return people[1 + (row + 1) % count]
	if (field == "State") return chosen("COMPLETED FAILED TIMEOUT CANCELLED OUT_OF_MEMORY")
	if (field == "Submit" || field == "Eligible" || field == "Start") return stamp(hour - (field == "Submit" && hour > 0))
	if (field == "End") return stamp(hour + 2 + row % 5)
	if (field == "Elapsed") return "02:00:00"
	if (field == "ElapsedRaw") return 7200
	if (field ~ /Nodes$/ || field == "NNodes") return 1
	if (field ~ /CPUS$/) return 4
	if (field ~ /NodeList|Node$/) return "cn0" row % 4
	if (field ~ /ReqMem|RSS|Disk|VMSize/) return "1G"
	if (field ~ /TRES/) return "cpu=4,mem=4G,node=1" (row % 3 ? "" : ",gres/gpu=1")
	if (field ~ /^(Partition|QOS|Cluster)$/) return chosen("batch long gpu")
	if (field ~ /CPU/) return "01:00:00"
	return ""
}

BEGIN {
	all_forms = split("%;%;%;/home/%/run;~%;CANCELLED by %;gpu:%:2;cpu=4,mem=1G,license/%=2,gres/gpu:%=1;%-gpu;pi_%;%[1-4],cn01;" \
		"Dr. % (\342\200\234%\342\200\235);\033]0,%\a;=cmd,%;%,%;gpu-%-01.example.org;%01;billing=4,fs/%=1;gres:gpu:%:1(S:0-1);1:%;12_%;" \
		"4G %;2025-03-01T08:00:00%;cn[01-03],%2", forms, ";")
	state = 7919 * seed + 1
	for (i = 0; i < 20; i++)
		chance(2)
	all = "Account AdminComment AllocCPUS AllocNodes AllocTRES AssocID AveCPU AveCPUFreq AveDiskRead " \
		"AveDiskWrite AvePages AveRSS AveVMSize BlockID Cluster Comment Constraints ConsumedEnergy " \
		"ConsumedEnergyRaw Container CPUTime CPUTimeRAW DBIndex DerivedExitCode Elapsed ElapsedRaw Eligible " \
		"End ExitCode Flags GID Group JobID JobIDRaw JobName Layout MaxDiskRead MaxDiskReadNode " \
		"MaxDiskReadTask MaxDiskWrite MaxDiskWriteNode MaxDiskWriteTask MaxPages MaxPagesNode MaxPagesTask " \
		"MaxRSS MaxRSSNode MaxRSSTask MaxVMSize MaxVMSizeNode MaxVMSizeTask McsLabel MinCPU MinCPUNode " \
		"MinCPUTask NCPUS NNodes NodeList NTasks Partition Priority QOS QOSRAW Reason ReqCPUFreq " \
		"ReqCPUFreqGov ReqCPUFreqMax ReqCPUFreqMin ReqCPUS ReqMem ReqNodes ReqTRES Reservation ReservationId " \
		"Reserved ResvCPU ResvCPURAW Start State Submit SubmitLine Suspended SystemComment SystemCPU " \
		"Timelimit TimelimitRaw TotalCPU TRESUsageInAve TRESUsageInMax TRESUsageInMaxNode TRESUsageInMaxTask " \
		"TRESUsageInMin TRESUsageInMinNode TRESUsageInMinTask TRESUsageInTot TRESUsageOutAve TRESUsageOutMax " \
		"TRESUsageOutMaxNode TRESUsageOutMaxTask TRESUsageOutMin TRESUsageOutMinNode TRESUsageOutMinTask " \
		"TRESUsageOutTot UID User UserCPU WCKey WCKeyID WorkDir ReqGRES AllocGRES Planned PlannedCPU " \
		"PlannedCPURAW FailedNode Extra Licenses StdIn StdOut StdErr Restarts QOSREQ SLUID ReqReservation " \
		"SegmentSize FieldOfALaterSlurm"
	columns = split(all, field, " ")
	for (i = columns; i > 1; i--) {
		j = 1 + chance(i)
		swap = field[i]
		field[i] = field[j]
		field[j] = swap
	}
	count = 3 + chance(9)
	for (i = 1; i <= count; i++)
		people[i] = name()
	for (i = 1; i <= columns; i++)
		printf "%s%s", field[i], i < columns ? "|" : "\n"
	# Everybody has two sound jobs, in one of which nothing else is: who has none is in no mapping. They may come last.
	rows = 3 * count
	for (row = 1; row <= rows; row++) {
		begin[row] = chance(4000)
		sound = seed % 2 ? row <= count : row > rows - count
		for (i = 1; i <= columns; i++) {
			must = field[i] ~ /^(JobID|JobIDRaw|User|Account|Group|State|Submit|Eligible|Start|End|Elapsed|ElapsedRaw)$/
			if (must && (sound || chance(8)))
				text = plain(field[i], row)
			else
				text = chance(3) ? canary() : plain(field[i], row)
			printf "%s%s", text, i < columns ? "|" : "\n"
		}
	}
}
