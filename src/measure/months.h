/* SPDX-License-Identifier: Apache-2.0 */
/* months: a ledger for each local month. */
#ifndef MEASURE_MONTHS_H
#define MEASURE_MONTHS_H

#include "base/zone.h"
#include "measure/ledger.h"

/* A run of months without gaps, counted from January of the year 0. */
struct months {
	gint32 first;
	GArray *of; /* struct ledger */
};

void months_init(struct months *months);
void months_clear(struct months *months);
void months_merge(struct months *into, const struct months *from);

/* The ledger of a month, made when it is new; until the next. */
struct ledger *months_get(struct months *months, gint32 month);

/* The local month of an instant: which it is, and the seconds [begin, end) that are in it. */
struct local_month {
	gint32 number;
	gint64 begin, end; /* both nought: none */
};

struct local_month local_month(struct zone *zone, gint64 seconds);

#endif
