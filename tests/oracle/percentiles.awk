# SPDX-License-Identifier: Apache-2.0
# Minutes as demand.awk writes them, in the order of one of their columns → demand, weighted by time. Given: column (3: CPUs, 4: GPUs),
# seconds of the window, inferred (nothing else is known to bound utilization).
BEGIN { FS = "\t" }

{
	minutes += $2
	until[NR] = minutes
	value[NR] = $column
	sum += $2 * $column
}

# Nearest rank
function of_hundred(percent,    i) {
	for (i = 1; until[i] * 100 < minutes * percent; i++)
		;
	return value[i] / 60
}

function put(id, value) { printf "%s\t%.6f\n", id, value }

END {
	what = column == 3 ? "cpus" : "gpus"
	put("demand." what ".mean", sum / seconds)
	put("demand." what ".p85", of_hundred(85))
	put("demand." what ".peak", of_hundred(100))
	if (what == "gpus")
		exit
	put("demand.cpus.p50", of_hundred(50))
	put("demand.cpus.held", sum / seconds)
	if (!inferred)
		exit
	# A bound decides only where it is below the line.
	bound = sum / seconds / of_hundred(100)
	put("utilization", bound)
	put("throughput.utilization.jobs", bound)
	put("throughput.utilization.hours", bound)
	says = bound < 0.3 ? "yes" : "not decidable"
	printf "throughput.utilization.jobs.says\t%s\nthroughput.utilization.hours.says\t%s\n", says, says
}
