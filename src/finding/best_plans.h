/* SPDX-License-Identifier: Apache-2.0 */
/* best_plans: which plan for a pool is best, by how many hours of rent a year of owning a node
 * costs. Nothing else about prices decides, so that within one plan the saving is linear in every
 * price (doc/model.md, 8). */
#ifndef FINDING_BEST_PLANS_H
#define FINDING_BEST_PLANS_H

#include "finding/sizing.h"

/* From from_hours[i] on, up to the next. It saves fewer_nodes × year − rented_hours × rent. Curves:
 * g_free() frees them. */
struct best_plans {
	double *from_hours;   /* rises, from 0 on */
	double *fewer_nodes;  /* not owned after the user programmes, and hours handed back ÷
	                         8760 */
	double *rented_hours; /* node-hours a year, after the user programmes */
	guint count;
};

/* Of a pool with nodes. */
struct best_plans best_plans_of(const struct pool_sizing *sizing, enum scenario scenario);

#endif
