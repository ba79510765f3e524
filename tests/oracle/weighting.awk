# SPDX-License-Identifier: Apache-2.0
# Minutes of the window as demand.awk writes them, then jobs as fold.awk writes them → the CPUs in use, as
# means over starts and ends of jobs, over jobs, and over minutes with either. Also as shares
# of the busiest minute and, if there is one, of a guess. Given: from, to, guess.
BEGIN { FS = "\t" }

FNR == NR { held[$1] = $3; all += $2 * $3; peak = $3 > peak ? $3 : peak; next }

$17 == 1 && $11 > 0 {
	start[int($9 / 60)]++
	if ($10 >= 0) end[int(($9 + $11 - 1) / 60)]++
}

function put(name, sum, n) {
	if (!n)
		return
	if (name != "time")
		printf "weighting.%s.cpus\t%.6f\n", name, sum / n / 60
	printf "weighting.%s.peak\t%.6f\n", name, sum / n / peak
	if (guess)
		printf "weighting.%s.guess\t%.6f\n", name, sum / n / 60 / guess
}

END {
	for (m in held) {
		n = start[m] + end[m]
		events += n
		by_event += n * held[m]
		jobs += start[m]
		by_job += start[m] * held[m]
		if (n > 0) { samples++; by_sample += held[m] }
	}
	put("time", all, to / 60 - from / 60)
	put("event", by_event, events)
	put("job", by_job, jobs)
	put("sample", by_sample, samples)
}
