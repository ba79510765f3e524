/* SPDX-License-Identifier: Apache-2.0 */
/* stranded: CPUs left beside memory that jobs hold, and memory left beside CPUs, by kind of
 * node. */
#ifndef FINDING_STRANDED_H
#define FINDING_STRANDED_H

#include "finding/people.h"

/* Of one pool, micro-node-seconds. `least` had no partner even if all jobs of the period could lie
 * side by side; `most` when none of them did. */
struct stranded {
	gint64 held;
	gint64 cpus_least, cpus_most;
	gint64 memory_least, memory_most;
};

struct stranded stranded_of(const struct people *people, guint pool);

#endif
