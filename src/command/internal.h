/* SPDX-License-Identifier: Apache-2.0 */
/* internal: the report for those who run the cluster: where it may lie, and the names in it. */
#ifndef COMMAND_INTERNAL_H
#define COMMAND_INTERNAL_H

#include "command/secret.h"

/* Refuses a folder that others may look into, and one in a folder in which others could put their
 * own in its place. */
gboolean internal_place_valid(const char *path, GError **error);

/* The names of users, and of accounts or groups, by their pseudonyms, after `reason` is kept in the
 * log beside the mapping. The caller unrefs it. NULL and error. */
GHashTable *internal_names(const struct secret *secret, const char *mapping, const char *reason,
                           enum name_kind groups, GError **error);

#endif
