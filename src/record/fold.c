/* SPDX-License-Identifier: Apache-2.0 */
#include "record/fold.h"

/* Memory that comes or goes at an instant. */
struct peak {
	gint64 seconds;
	gint64 bytes; /* negative when it goes */
};

void fold_init(struct fold *fold)
{
	*fold = (struct fold){ .peaks = g_array_new(FALSE, FALSE, sizeof(struct peak)) };
}

void fold_clear(struct fold *fold)
{
	g_array_free(fold->peaks, TRUE);
}

static void add(gint64 *sum, gint64 more)
{
	if (more == VALUE_UNKNOWN)
		return;
	if (*sum == VALUE_UNKNOWN)
		*sum = 0;
	if (__builtin_add_overflow(*sum, more, sum))
		*sum = G_MAXINT64 - 1;
}

/* A step without times overlaps with all others. One that ends in the second in which it began
 * still had its memory then. */
static void add_peak(struct fold *fold, const struct usage *usage)
{
	struct peak comes = { usage->start, usage->memory_bytes };
	struct peak goes = { usage->end == VALUE_UNKNOWN ? G_MAXINT64 : usage->end,
			     -usage->memory_bytes };

	if (usage->start == VALUE_UNKNOWN)
		goes.seconds = G_MAXINT64;
	else
		goes.seconds = MAX(goes.seconds, comes.seconds + 1);
	g_array_append_val(fold->peaks, comes);
	g_array_append_val(fold->peaks, goes);
}

void fold_step(struct fold *fold, const struct usage *usage)
{
	fold->steps++;
	add(&fold->cpu_milliseconds, usage->cpu_milliseconds);
	add(&fold->tres_cpu_milliseconds, usage->tres_cpu_milliseconds);
	fold->gpu_util = MAX(fold->gpu_util, usage->gpu_util);
	if (usage->memory_bytes != VALUE_UNKNOWN)
		add_peak(fold, usage);
}

/* What goes makes room before what comes in the same second. */
static gint by_time(gconstpointer a, gconstpointer b)
{
	const struct peak *first = a, *second = b;

	if (first->seconds != second->seconds)
		return first->seconds < second->seconds ? -1 : 1;
	return (first->bytes > second->bytes) - (first->bytes < second->bytes);
}

static gint64 largest_sum(GArray *peaks)
{
	__int128_t sum = 0, largest = 0;

	if (peaks->len > 2)
		g_array_sort(peaks, by_time);
	for (guint i = 0; i < peaks->len; i++) {
		sum += g_array_index(peaks, struct peak, i).bytes;
		largest = MAX(largest, sum);
	}
	return (gint64)MIN(largest, G_MAXINT64 - 1);
}

void fold_finish_steps(const struct fold *fold, struct job *job)
{
	const struct usage *own = &fold->own;

	if (own->cpu_milliseconds == VALUE_UNKNOWN) {
		job->cpu_used_milliseconds =
			fold_first_known(fold->cpu_milliseconds, fold->tres_cpu_milliseconds);
		job->cpu_used_milliseconds =
			fold_first_known(job->cpu_used_milliseconds, own->tres_cpu_milliseconds);
	}
	if (fold->peaks->len > 0)
		job->memory_peak_bytes = largest_sum(fold->peaks);
	job->gpu_util = fold_first_known(fold->gpu_util, own->gpu_util);
}
