/* SPDX-License-Identifier: Apache-2.0 */
/* publish: the files of a release: each is written beside its final name and looked through, and
 * they get their names together, after the mapping that explains them is safe. */
#ifndef COMMAND_PUBLISH_H
#define COMMAND_PUBLISH_H

#include <signal.h>

#include "command/anonymize.h"
#include "command/manifest.h"
#include "privacy/witness.h"

/* In the order in which they are made, and get their names. */
enum part { PART_SHARED, PART_NODES, PART_EVENTS, PART_MANIFEST, PART_SUMS, PARTS };

struct parcel {
	const struct anonymize_options *options; /* borrowed, as the next three */
	const struct manifest *inputs;
	const struct disguise *disguise;
	const struct release *release;
	struct witness *witness;   /* of the shareable file */
	struct risk risk;
	struct sink *sinks[PARTS]; /* NULL: there is no such file, or it has its name for good */
	struct sink_receipt receipts[PARTS];
	int files[PARTS]; /* the same, open to be read; -1: not */
	int held;         /* the folder of the output, locked from when they get their names on; -1:
	                     not */
	gboolean holds_signals; /* likewise, those that would end the run */
	sigset_t before;        /* what was held before */
};

void parcel_init(struct parcel *parcel, const struct anonymize_options *options,
                 const struct manifest *inputs, const struct disguise *disguise,
                 const struct release *release);
void parcel_clear(struct parcel *parcel);

/* Where the shareable file is to be written; the parcel's. May be opened again after it was thrown
 * away. */
struct sink *parcel_open(struct parcel *parcel, const char *path, GError **error);
void parcel_throw_away(struct parcel *parcel);

/* Makes the list of nodes, when there is an inventory, and that of events. Names of nodes that are
 * new get theirs. */
gboolean parcel_list(struct parcel *parcel, GError **error);

/* Finishes the shareable file and measures how easily people could be found in it; makes the
 * manifest and the digests. Names are looked for in all of them, and in those lists. Standard
 * output has the shareable file alone. */
gboolean parcel_make(struct parcel *parcel, struct leak_check *check, GError **error);

/* Makes the mapping durable, notes the release in MAP.releases.json, and gives all files their
 * names, or none. Until parcel_clear() no other run does so there, so that a report can still get
 * its name beside them; when that fails parcel_clear() puts back what stood there, unless
 * parcel_keep() came before. */
gboolean parcel_publish(struct parcel *parcel, GError **error);
gboolean parcel_keep(struct parcel *parcel, GError **error);

/* Which lists beside the shareable file are not of this release, though they are called so. */
void parcel_say_left(const struct parcel *parcel);

/* Where a part can be read until parcel_clear(); to be freed. NULL when there is none. */
char *parcel_path(const struct parcel *parcel, enum part part);

#endif
