/* SPDX-License-Identifier: Apache-2.0 */
/* nodes_file: what a report needs of the nodes, in a file that may be shared: a line each, called
 * as in the shareable export. */
#ifndef COMMAND_NODES_FILE_H
#define COMMAND_NODES_FILE_H

#include "base/sink.h"
#include "privacy/rewrite.h"

/* "shared.psv" → "shared.psv.nodes.csv"; the caller frees it. */
char *nodes_file_path(const char *export_path);

/* Appends the name that a node has in the shareable export. */
void nodes_file_append_name(const struct disguise *disguise, struct slice name, GString *line);

/* Writes the nodes of inventories ([DATE=]NODES), with the days from which they hold when any is
 * said, after the exports: their words are decided on. */
gboolean nodes_file_write(struct sink *sink, char *const *inventories,
                          const struct disguise *disguise, GError **error);

/* On the terminal, of lines with nodes that Slurm calls CLOUD nodes; nothing when there are
 * none. */
void nodes_file_say_rented(guint64 count);

#endif
