# SPDX-License-Identifier: Apache-2.0
# Jobs as fold.awk writes them → CPU-seconds and GPU-seconds in each minute of the window, in order: lines "minute, how many that are
# alike, of each CPU-seconds, GPU-seconds". A minute in which a job starts, and one that has its last second, stands by itself. A minute
# that the window cuts counts what lies inside. Given: from, to.
BEGIN {
	FS = "\t"
	first = int(from / 60)
	last = int((to - 1) / 60)
}

function hold(column, what, start, end,    a, b) {
	a = int(start / 60)
	b = int(end / 60)
	if (a == b) {
		part[what, a] += $column * (end - start)
		return
	}
	part[what, a] += $column * ((a + 1) * 60 - start)
	part[what, b] += $column * (end - b * 60)
	rise[what, a + 1] += $column # all minutes between are full
	rise[what, b] -= $column
}

function apart(second) {
	changes[int(second / 60)]
	changes[int(second / 60) + 1]
}

$17 == 1 {
	start = $9 > from ? $9 : from
	end = $9 + $11 < to ? $9 + $11 : to
	if (end <= start)
		next
	hold(12, "cpus", start, end)
	hold(14, "gpus", start, end)
	apart(start)
	apart(end - 1)
	apart(end)
}

END {
	for (minute = first; minute <= last; minute = until) {
		for (until = minute + 1; until <= last && !(until in changes); until++)
			;
		cpus += rise["cpus", minute]
		gpus += rise["gpus", minute]
		printf "%d\t%d\t%.0f\t%.0f\n", minute, until - minute, cpus * 60 + part["cpus", minute], gpus * 60 + part["gpus", minute]
	}
}
