# SPDX-License-Identifier: Apache-2.0
# Jobs as fold.awk writes them → CPU-seconds in each step of the window, one a line, in order. A step
# that the window cuts counts what lies inside. Given: from, to, step (seconds).
BEGIN {
	FS = "\t"
	first = int(from / step)
	last = int((to - 1) / step)
}

function add(at, cpu_seconds) { part[at] += cpu_seconds }

$17 == 1 {
	start = $9 > from ? $9 : from
	end = $9 + $11 < to ? $9 + $11 : to
	if (end <= start)
		next
	a = int(start / step)
	b = int(end / step)
	if (a == b) {
		add(a, $12 * (end - start))
		next
	}
	add(a, $12 * ((a + 1) * step - start))
	add(b, $12 * (end - b * step))
	rise[a + 1] += $12 # all steps between are full
	rise[b] -= $12
}

END {
	for (at = first; at <= last; at++) {
		level += rise[at]
		printf "%.0f\n", level * step + part[at]
	}
}
