/* SPDX-License-Identifier: Apache-2.0 */
/* early: steps that stand before their job, until it comes or does not. */
#ifndef RECORD_EARLY_H
#define RECORD_EARLY_H

#include "record/job_row.h"

struct early_step {
	struct usage usage;
	char *cluster;    /* NULL: it says none */
	gpointer example; /* struct set_aside_example, of as many as may be wanted, or NULL */
	gboolean folded;  /* its job has come */
};

struct early {
	GString *base; /* the id that they share */
	GArray *steps; /* struct early_step */
	guint examples;
};

void early_init(struct early *early);
void early_clear(struct early *early);

gboolean early_are_of(const struct early *early, struct slice base);

/* Whether it may be a step of that cluster's job: where one of the two says none, the id is all
 * there is. */
gboolean early_step_is_of(const struct early_step *step, struct slice cluster);

/* Takes the example. */
void early_add(struct early *early, struct slice base, struct slice cluster,
               const struct usage *usage, gpointer example);

/* Without those whose job has come, and without any. Their examples are the caller's. */
void early_settle(struct early *early);
void early_forget(struct early *early);

#endif
