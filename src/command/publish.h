/* SPDX-License-Identifier: Apache-2.0 */
/* publish: the files of a release get their names together, after the mapping that explains them is safe. */
#ifndef COMMAND_PUBLISH_H
#define COMMAND_PUBLISH_H

#include "command/anonymize.h"
#include "command/manifest.h"

/* What has been written, and what it was written from; borrowed but for the sink. */
struct publication {
	const struct anonymize_options *options;
	const struct manifest *inputs;
	const struct disguise *disguise;
	const struct release *release;
	struct sink *shared; /* the shareable file, all of it; taken, also on failure */
};

/* Writes the list of nodes, when there is an inventory, the manifest and the digests beside the shareable file; then makes the
 * mapping durable, notes the release in MAP.releases.json, and gives all files their names. Standard output has the shareable
 * file alone. */
gboolean publish(const struct publication *publication, GError **error);

/* "map.csv" → "map.csv.releases.json"; the caller frees it. */
char *releases_path(const char *mapping);

#endif
