/* SPDX-License-Identifier: Apache-2.0 */
/* anonymize: from raw exports to the shareable file, its manifest and the mapping, each complete or
 * untouched. */
#ifndef COMMAND_ANONYMIZE_H
#define COMMAND_ANONYMIZE_H

#include "command/folder.h"
#include "command/leak.h"
#include "command/secret.h"
#include "privacy/anonymize.h"

struct anonymize_options {
	char *const *paths;   /* the raw exports; "-": standard input */
	const char *mapping;  /* begun when nothing stands there */
	const char *output;   /* "-": standard output, and then no manifest */
	const char *timezone; /* NULL: as the manifests of the exports say, else none */
	char *const *inventories; /* [DATE=]NODES, of which a list of nodes is written beside the
	                             output; NULL: none */
	const char *events;   /* of nodes, of which a list is written beside the output; NULL:
	                         none */
	const char *columns;  /* of exports without a header; NULL: not told */
	double max_bad;       /* per cent of the rows that may be set aside */
	const struct terms *terms;
	const struct secret *secret; /* how the mapping is encrypted */
	char *const *allowed; /* words that may be published; NULL: none */
	char *const *others;  /* more files that will be read; NULL: none */
	const char *outdir;   /* a folder in which the mapping may not lie; NULL: none */
};

/* The events of a folder that was named; NULL when it has none, when the nodes are not known, and,
 * after saying so, when the terms leave no use for them. The exports'. */
const char *events_to_take(const struct exports *exports, char *const *inventories,
                           const struct terms *terms);

/* The exports anonymized: the shareable file and what belongs to it are written beside their final
 * names, and no name of the mapping stands in them. */
struct staged;

/* Fills the release. NULL and error, with nothing left behind, when that cannot be had; ERROR_LEAK
 * when a name was found. The options and the release are borrowed. */
struct staged *staged_new(const struct anonymize_options *options, struct release *release,
                          GError **error);

/* For more that must be looked through before any of it is published: the same mapping's. Owned by
 * the staged. */
struct leak_check *staged_check(const struct staged *staged);

/* Where they can be read until the staged is freed; to be freed. Not of standard output; the lists
 * of nodes and of events are NULL when there are none. */
char *staged_path(const struct staged *staged);
char *staged_manifest_path(const struct staged *staged);
char *staged_nodes_path(const struct staged *staged);
char *staged_events_path(const struct staged *staged);

/* Makes the mapping durable, then gives the files their names: no pseudonym is ever shared that the
 * mapping does not know. Once. */
gboolean staged_publish(struct staged *staged, GError **error);

/* Lets what they replaced go, and says on standard error what was dropped and counted. */
gboolean staged_keep(struct staged *staged, GError **error);

/* Removes what was not kept, and puts back what stood there. */
void staged_free(struct staged *staged);

#endif
