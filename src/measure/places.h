/* SPDX-License-Identifier: Apache-2.0 */
/* places: in which pools a list of nodes lies. Jobs name the same lists again and again, and one is
 * long to expand: what was found is remembered, in bounded memory. */
#ifndef MEASURE_PLACES_H
#define MEASURE_PLACES_H

#include "measure/inventory.h"

/* So many of a job's nodes lie in one pool. */
struct place {
	guint pool;
	guint nodes;
};

struct places;

/* For an inventory of so many pools. */
struct places *places_new(guint pools);
void places_free(struct places *places);

/* The places of a list, borrowed until the next call; none when it cannot be placed. */
const struct place *places_find(struct places *places, const struct inventory *inventory,
                                struct slice list, guint *count);

#endif
