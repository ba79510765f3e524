/* SPDX-License-Identifier: Apache-2.0 */
/* events_file: when nodes were away, in a file that may be shared: nodes called as in the shareable
 * export, no reason, nobody's name. */
#ifndef COMMAND_EVENTS_FILE_H
#define COMMAND_EVENTS_FILE_H

#include "base/sink.h"
#include "privacy/rewrite.h"

/* "shared.psv" → "shared.psv.events.csv"; the caller frees it. */
char *events_file_path(const char *export_path);

/* Writes the events in which a node was away, with times as finely as the export has them, after
 * the exports: their words are decided on. */
gboolean events_file_write(struct sink *sink, const char *path, const struct disguise *disguise,
                           GError **error);

#endif
