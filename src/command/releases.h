/* SPDX-License-Identifier: Apache-2.0 */
/* releases: MAP.releases.json, what was made with a mapping: a line of JSON for each release, for
 * the owner of the mapping. */
#ifndef COMMAND_RELEASES_H
#define COMMAND_RELEASES_H

#include "command/publish.h"

/* Adds a line. */
gboolean releases_note(const struct parcel *parcel, GError **error);

#endif
