/* SPDX-License-Identifier: Apache-2.0 */
/* jobs: a list of things to do, by several threads at once, with the outcome of doing them in
 * order. */
#ifndef BASE_JOBS_H
#define BASE_JOBS_H

#include <glib.h>

#define JOB_NONE -1

struct job {
	gboolean (*run)(void *data, guint which, GError **error);
	guint which;   /* for run(), which may do several */
	int after;     /* the job that must be done before, earlier in the list; JOB_NONE */
	gboolean here; /* by the thread that calls jobs_run(), in the order of all that say so */
};

/* Does all of them, by at most so many threads, of which the caller is one; 1: in order. Which jobs
 * are done when one fails hangs on chance, but all before it are; the error is that of the first in
 * the list. */
gboolean jobs_run(const struct job *jobs, guint count, void *data, guint threads, GError **error);

#endif
