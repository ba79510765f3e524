# SPDX-License-Identifier: Apache-2.0
# Jobs as fold.awk writes them → CPU-seconds in each step of the window, one a line, in order. A step
# that the window cuts counts what lies inside. Given: from, to, step (seconds), column (of CPUs, or of GPUs).
BEGIN {
	FS = "\t"
	first = int(from / step)
	last = int((to - 1) / step)
}

function add(at, seconds) { part[at] += seconds }

$17 == 1 {
	held = $column
	start = $9 > from ? $9 : from
	end = $9 + $11 < to ? $9 + $11 : to
	if (end <= start)
		next
	a = int(start / step)
	b = int(end / step)
	if (a == b) {
		add(a, held * (end - start))
		next
	}
	add(a, held * ((a + 1) * step - start))
	add(b, held * (end - b * step))
	rise[a + 1] += held # all steps between are full
	rise[b] -= held
}

END {
	for (at = first; at <= last; at++) {
		level += rise[at]
		printf "%.0f\n", level * step + part[at]
	}
}
