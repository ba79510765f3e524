/* SPDX-License-Identifier: Apache-2.0 */
/* sreport: what Slurm's own report says was allocated: the output of `sreport cluster utilization
 * --parsable2`, with its heading, in any unit of -t. A second opinion, from which nothing is
 * computed. */
#ifndef MEASURE_SREPORT_H
#define MEASURE_SREPORT_H

#include "base/slice.h"
#include "base/zone.h"

struct sreport {
	gint64 from, to;          /* its period, seconds since 1970; `to` is not in it */
	gint64 allocated_seconds; /* CPU-seconds, all clusters that it lists; -1: it has only per
	                             cents */
	gint64 unit_seconds;      /* each is rounded to so many */
	guint clusters;
};

/* Error with the file: no heading with a period and a unit, no header, no row of CPUs, or an amount
 * that is none. */
gboolean sreport_read(const char *path, struct zone *zone, struct sreport *report, GError **error);

/* The same of text in memory. */
gboolean sreport_read_text(struct slice text, struct zone *zone, struct sreport *report,
                           GError **error);

#endif
