/* SPDX-License-Identifier: Apache-2.0 */
/* check: what a reading of exports found, and the two ways to say it. */
#ifndef COMMAND_CHECK_H
#define COMMAND_CHECK_H

#include "command/ability.h"
#include "measure/zone_guess.h"

struct checkup {
	const struct census *census;
	const struct reading *reading;
	struct zone *zone;
	struct zone_guess *guess; /* NULL: the zone is known, or not needed, or nothing can tell it */
	const GError *broken; /* why reading ended early; NULL: it did not */
};

/* Both print on standard output, every text from data escaped. */
void check_print(const struct checkup *found);
void check_print_json(const struct checkup *found);

#endif
