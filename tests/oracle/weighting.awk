# SPDX-License-Identifier: Apache-2.0
# CPU-seconds of each minute of the window, as demand.awk writes them, then jobs as fold.awk writes them → the CPUs in use, as
# means over starts and ends of jobs, over jobs, and over minutes with either. Given: from, to.
BEGIN { FS = "\t" }

FNR == NR { held[int(from / 60) + FNR - 1] = $1; next }

$17 == 1 && $11 > 0 {
	start[int($9 / 60)]++
	if ($10 >= 0) end[int(($9 + $11 - 1) / 60)]++
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
	if (events > 0) printf "weighting.event.cpus\t%.6f\n", by_event / events / 60
	if (jobs > 0) printf "weighting.job.cpus\t%.6f\n", by_job / jobs / 60
	if (samples > 0) printf "weighting.sample.cpus\t%.6f\n", by_sample / samples / 60
}
