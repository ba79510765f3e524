/* SPDX-License-Identifier: Apache-2.0 */
/* stock: the nodes of a pool minute by minute, as stretches of minutes that are alike. */
#ifndef MEASURE_STOCK_H
#define MEASURE_STOCK_H

#include "measure/capacity.h"
#include "measure/downtime.h"
#include "measure/ledger.h"

#define NODE_MINUTE ((gint64)60 * MICRO) /* a node for a minute, in micro-node-seconds */

/* Of one pool, and where in time one stands. Borrows both. */
struct stock {
	gint64 owned;            /* nodes, in the end */
	const GArray *steps;     /* struct capacity_step; NULL: always as many */
	const struct away *away; /* from `begin` on; NULL: all were up */
	guint step;              /* of the minute at hand */
	gint64 begin, now;       /* when the first minute begins, and the one at hand: seconds since
	                            1970 */
};

struct stretch {
	gint64 minutes;
	gint64 owned;         /* nodes */
	gint64 down, planned; /* of those, in micro-node-seconds a minute */
};

struct stock stock_from(gint64 owned, const GArray *steps, const struct away *away, gint64 begin);

/* Up to `most` minutes from the one at hand on, at least one; goes on behind them. */
struct stretch stock_next(struct stock *stock, gint64 most);

#endif
