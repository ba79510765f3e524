/* SPDX-License-Identifier: Apache-2.0 */
/* timings: what each stage of a report took, on standard error, for those who asked. */
#ifndef COMMAND_TIMINGS_H
#define COMMAND_TIMINGS_H

#include <glib.h>

struct timings {
	gboolean wanted;
	gint64 clock, processor; /* when the stage began, and what all threads had used by then;
	                            microseconds */
};

/* The first stage begins. */
void timings_begin(struct timings *timings, gboolean wanted);

/* The stage is over, and the next one begins. */
void timings_say(struct timings *timings, const char *stage);

#endif
