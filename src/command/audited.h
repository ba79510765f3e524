/* SPDX-License-Identifier: Apache-2.0 */
/* audited: before a name is shown: why, and the line in the log. */
#ifndef COMMAND_AUDITED_H
#define COMMAND_AUDITED_H

#include <glib.h>

#define OPTION_REASON(where) \
	{ "reason", 'r', 0, G_OPTION_ARG_FILENAME, (where), "why the names are needed; it is kept in MAP.log", "TEXT" }

/* When there is no reason yet, asks for it on the terminal; without one ERROR_USAGE. */
gboolean reason_get(char **reason, GError **error);

/* Writes to the log beside the mapping who asks now, why, and for which pseudonyms. Only after TRUE
 * may they be answered. */
gboolean audited(const char *mapping, const char *reason, char *const *pseudonyms, GError **error);

#endif
