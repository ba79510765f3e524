/* SPDX-License-Identifier: Apache-2.0 */
/* plan: how many nodes of a pool to own and what to rent beside them, at refresh and this year, as
 * figures over the curves of what is needed: another price finds another number (doc/model.md, 7
 * and 8). Pools count from 0, their ids from "pool.1." on. */
#ifndef FINDING_PLAN_H
#define FINDING_PLAN_H

#include "base/figure.h"
#include "finding/sizing.h"

/* The id of a pool's figure: "pool.1.NAME" of pool 0. The caller frees. */
char *pool_id(guint pool, const char *name);

/* Of a pool with nodes: the curves and less.S; keep.S, burst.S, keep_users.S, burst_users.S and
 * returned.S in each scenario S, of this year with "now." before them. Needs its year, cash, rate
 * and rent. `label` is what the kind of node is called. */
void plan_add(struct figures *figures, guint pool, const struct pool_sizing *sizing,
              const char *label);

/* Of one without: nothing is to be owned or rented, or with a reason that is not known; hours may
 * be returned all the same. */
void plan_add_none(struct figures *figures, guint pool, const struct pool_sizing *sizing,
                   const char *reason);

#endif
