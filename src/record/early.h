/* SPDX-License-Identifier: Apache-2.0 */
/* early: steps that stand before their job, until it comes or does not. */
#ifndef RECORD_EARLY_H
#define RECORD_EARLY_H

#include "record/job_row.h"

struct early {
	GString *base; /* the id that they share */
	GArray *steps; /* struct usage */
	GPtrArray *examples; /* struct set_aside_example, for as many as may be wanted */
};

void early_init(struct early *early);
void early_clear(struct early *early);

gboolean early_are_of(const struct early *early, struct slice base);
void early_add(struct early *early, struct slice base, const struct usage *usage);
void early_forget(struct early *early);

#endif
