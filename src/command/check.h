/* SPDX-License-Identifier: Apache-2.0 */
/* check: what a reading of exports found, and the two ways to say it. */
#ifndef COMMAND_CHECK_H
#define COMMAND_CHECK_H

#include "command/ability.h"
#include "command/folder.h"
#include "measure/zone_guess.h"

struct verified {
	const struct folder *folder;
	GPtrArray *problems; /* folder_verify() */
};

struct checkup {
	const struct census *census;
	const struct reading *reading;
	struct zone *zone;
	struct zone_guess *guess; /* NULL: the zone is known, or not needed, or nothing can tell
	                             it */
	GPtrArray *folders; /* struct verified *: of reclaim-export, in the order in which they were
	                       named; empty: there are none */
	const GError *broken; /* why reading ended early; NULL: it did not */
};

/* What was found in folders, which is said before anything of them is read. */
void check_print_folders(const GPtrArray *folders);

/* Whether a column that anonymize keeps is in some files and not in all, which it then does not
 * take together. */
gboolean check_is_uneven(const struct reading *reading, enum column column);

/* Both print on standard output, every text from data escaped. */
void check_print(const struct checkup *found);
void check_print_json(const struct checkup *found);

#endif
