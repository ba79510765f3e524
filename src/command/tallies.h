/* SPDX-License-Identifier: Apache-2.0 */
/* tallies: saved tallies in the place of the files they were made of. */
#ifndef COMMAND_TALLIES_H
#define COMMAND_TALLIES_H

#include "command/work.h"
#include "measure/tally_file.h"

/* How many of the files are tallies. */
enum tallies { TALLIES_NONE, TALLIES_SOME, TALLIES_ALL };

enum tallies tallies_among(char *const *paths);

/* Reads them and adds them up; the caller frees it. `apart`: no job is in two of them. */
struct saved_tally *tallies_load(char *const *paths, gboolean apart, GError **error);

/* The same in the place of work_prepare() and work_measure(). Refused when the options ask for what
 * was not measured. */
gboolean tallies_take(struct work *work, GError **error);

#endif
