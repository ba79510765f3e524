/* SPDX-License-Identifier: Apache-2.0 */
/* break_even: at which value of a price a year's saving only just pays for acting on it
 * (doc/model.md, 8). From the price as it is to its worst, costs of nodes and rents go along
 * straight lines; so does the saving, as long as no pool changes its plan. */
#ifndef FINDING_BREAK_EVEN_H
#define FINDING_BREAK_EVEN_H

#include "finding/figures.h"

struct price {
	const struct assumption *assumption;
	gboolean is_divisor; /* costs go along with what it divides */
};

/* Adds breakeven.KEY, with what it is found through. Needs the plans, saving.total.expected and
 * acting.cost. */
void break_even_add(struct evidence *evidence, const struct price *price);

#endif
