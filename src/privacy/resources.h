/* SPDX-License-Identifier: Apache-2.0 */
/* resources: lists such as cpu=4,gres/gpu:a100=2 and gpu:a100:2, in which types are words of the
 * site. */
#ifndef PRIVACY_RESOURCES_H
#define PRIVACY_RESOURCES_H

#include "privacy/words.h"

struct resources {
	struct words *words;
	struct slice user;
	gboolean rounded; /* of what was used: and without what no report reads */
	gboolean held;    /* of what was asked for or held: without what no report reads */
	gboolean settled; /* becomes FALSE when a word may still change */
	guint replaced;   /* is raised by the words that were */
};

/* Whether all in a list has names that are Slurm's own, without types: then it stays as it is. */
gboolean resources_are_common(struct slice list);

/* Whether all in it is read by a report, too. */
gboolean resources_are_held(struct slice list);

/* Appends the list with what stands for its words. */
void resources_append(struct resources *resources, struct slice list, GString *line);

#endif
