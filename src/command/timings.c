/* SPDX-License-Identifier: Apache-2.0 */
#include "command/timings.h"

#include <sys/resource.h>

#include "command/shell.h"

static gint64 microseconds(struct timeval time)
{
	return time.tv_sec * G_USEC_PER_SEC + time.tv_usec;
}

static gint64 processor_of(const struct rusage *used)
{
	return microseconds(used->ru_utime) + microseconds(used->ru_stime);
}

static struct rusage used_so_far(void)
{
	struct rusage used = { 0 };
	getrusage(RUSAGE_SELF, &used);
	return used;
}

static double seconds(gint64 microseconds)
{
	return (double)microseconds / G_USEC_PER_SEC;
}

void timings_begin(struct timings *timings, gboolean wanted)
{
	struct rusage used = used_so_far();
	*timings = (struct timings){ wanted, g_get_monotonic_time(), processor_of(&used) };
}

void timings_say(struct timings *timings, const char *stage)
{
	struct timings before = *timings;
	struct rusage used = used_so_far();
	timings_begin(timings, before.wanted);
	if (!before.wanted)
		return;
	shell_say("%s took %.3f s, %.3f s of processor time; at most %.1f MB of memory so far",
	          stage, seconds(timings->clock - before.clock),
	          seconds(timings->processor - before.processor),
	          (double)used.ru_maxrss * 1024 / 1e6);
}
