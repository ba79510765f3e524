/* SPDX-License-Identifier: Apache-2.0 */
/* anonymize: from raw exports to the shareable file, its manifest and the mapping, each complete or untouched. */
#ifndef COMMAND_ANONYMIZE_H
#define COMMAND_ANONYMIZE_H

#include "command/secret.h"
#include "privacy/anonymize.h"

struct anonymize_options {
	char *const *paths;   /* the raw exports; "-": standard input */
	const char *mapping;  /* begun when nothing stands there */
	const char *output;   /* "-": standard output, and then no manifest */
	const char *timezone; /* NULL: as the manifests of the exports say, else none */
	const char *inventory; /* of which a list of nodes is written beside the output; NULL: none */
	const char *columns;  /* of exports without a header; NULL: not told */
	double max_bad;       /* per cent of the rows that may be set aside */
	const struct terms *terms;
	const struct secret *secret; /* how the mapping is encrypted */
	const char *outdir;   /* a folder in which the mapping may not lie; NULL: none */
};

/* Everything is written beside its final name first; then the mapping is made durable, then the shareable file gets its
 * name, then what stands beside it. So no pseudonym is ever shared that the mapping does not know. Says on standard error what was
 * dropped and counted. *release is filled. */
gboolean anonymize_files(const struct anonymize_options *options, struct release *release, GError **error);

#endif
