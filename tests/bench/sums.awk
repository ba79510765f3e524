# SPDX-License-Identifier: Apache-2.0
# An export without steps → each user's jobs, CPU-, GPU- and node-seconds; then the CPUs of the busiest minute and the mean
# from the first minute in which a job ended to the last. The clock is taken to have no changes.
BEGIN { FS = "|" }

FNR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	user = at["User"]; start = at["Start"]; end = at["End"]; elapsed = at["ElapsedRaw"]; cpus = at["AllocCPUS"]
	nodes = at["NNodes"]; list = at["NodeList"]; tres = at["AllocTRES"]
	next
}

# Days since 1970 of a date, computed once each.
function day(date,    y, m) {
	if (date in days)
		return days[date]
	m = substr(date, 6, 2) + 0
	y = substr(date, 1, 4) - (m < 3)
	m = (m + 9) % 12
	return days[date] = y * 365 + int(y / 4) - int(y / 100) + int(y / 400) + int((m * 153 + 2) / 5) + \
		substr(date, 9, 2) - 719469
}

function seconds(time) {
	return day(substr(time, 1, 10)) * 86400 + substr(time, 12, 2) * 3600 + substr(time, 15, 2) * 60 + \
		substr(time, 18, 2)
}

# What rises within a minute is felt in it for the rest of it only.
function rise(at_second, amount,    minute, missed) {
	minute = int(at_second / 60)
	missed = at_second % 60
	change[minute] += amount * (60 - missed)
	change[minute + 1] += amount * missed
}

{
	name = $user
	jobs[name]++
	last = seconds($end)
	if (!first_end || last < first_end)
		first_end = last
	if (last > last_end)
		last_end = last
	if ($list == "None assigned")
		next
	cpu[name] += $cpus * $elapsed
	node[name] += $nodes * $elapsed
	if (i = index($tres, "gres/gpu="))
		gpu[name] += (substr($tres, i + 9) + 0) * $elapsed
	if ($elapsed > 0) {
		begin = seconds($start)
		rise(begin, $cpus)
		rise(begin + $elapsed, -$cpus)
	}
}

END {
	for (name in jobs)
		printf "%s %d %.0f %.0f %.0f\n", name, jobs[name], cpu[name], gpu[name], node[name]
	from = int(first_end / 60)
	to = int((last_end + 59) / 60)
	for (minute in change)
		if (first == "" || minute + 0 < first)
			first = minute + 0
	for (minute = first; minute < to; minute++) {
		level += change[minute]
		if (minute < from)
			continue
		sum += level
		if (level > peak)
			peak = level
	}
	printf "~demand %.6f %.6f\n", peak / 60, sum / 60 / (to - from)
}
