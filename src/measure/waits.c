/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/waits.h"

/* Edges grow by a tenth, at least a second: 0, 1, 2, … 20, 22, 24 … beyond a year. */
gint64 waits_edge_seconds(guint bin)
{
	gint64 edge = 0;
	for (guint i = 0; i < bin; i++)
		edge += MAX(1, edge / 10);
	return edge;
}

/* Where to look for a wait of so many bits: no bin before holds one. */
static void set_starts(struct waits *waits)
{
	guint bin = 0;
	for (guint bits = 1; bits < G_N_ELEMENTS(waits->starts); bits++) {
		while (bin < WAIT_BINS - 1 && (guint64)waits->edges[bin] < (guint64)1 << (bits - 1))
			bin++;
		waits->starts[bits] = (guint8)bin;
	}
}

void waits_init(struct waits *waits)
{
	*waits = (struct waits){ 0 };
	for (guint i = 0; i < WAIT_BINS; i++)
		waits->edges[i] = waits_edge_seconds(i);
	set_starts(waits);
}

/* Into the first bin whose edge is not below. From 20 s on edges double in about seven. */
void waits_add(struct waits *waits, gint64 seconds)
{
	guint bin = waits->starts[seconds > 0 ? 64 - __builtin_clzll((guint64)seconds) : 0];
	while (bin < WAIT_BINS - 1 && waits->edges[bin] < seconds)
		bin++;
	waits->jobs[bin]++;
}

void waits_merge(struct waits *waits, const struct waits *other)
{
	for (guint i = 0; i < WAIT_BINS; i++)
		waits->jobs[i] += other->jobs[i];
}

gint64 waits_percentile(const struct waits *waits, gint64 per_cent)
{
	gint64 jobs = 0, before = 0;
	for (guint i = 0; i < WAIT_BINS; i++)
		jobs += waits->jobs[i];
	for (guint i = 0; i < WAIT_BINS && jobs > 0; i++) {
		before += waits->jobs[i];
		if (before * 100 >= jobs * per_cent)
			return waits->edges[i];
	}
	return -1;
}
