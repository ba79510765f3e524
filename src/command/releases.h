/* SPDX-License-Identifier: Apache-2.0 */
/* releases: MAP.releases.json, what was made with a mapping: a line of JSON for each release, for the owner of the mapping. */
#ifndef COMMAND_RELEASES_H
#define COMMAND_RELEASES_H

#include "command/publish.h"

/* Adds a line. */
gboolean releases_note(const struct parcel *parcel, GError **error);

/* The SHA-256 of the first shareable file that was made with the mapping of this id, or NULL when there is none yet; the
 * caller frees it. FALSE and error when the list cannot be read. */
gboolean releases_first(const char *mapping, const char *id, char **sha256, GError **error);

#endif
