/* SPDX-License-Identifier: Apache-2.0 */
/* tally_file: a tally on its way through time: written, read again, put together with others.
 * doc/tally.md has the format. A file holds no name but what the tally calls users, groups,
 * partitions and clusters, and types of GPU; no node, no path. */
#ifndef MEASURE_TALLY_FILE_H
#define MEASURE_TALLY_FILE_H

#include "base/sink.h"
#include "measure/tally.h"

#define TALLY_FORMAT 8
#define TALLY_MAGIC "reclaim tally "

/* What a tally was made of. */
struct tally_origin {
	char *release;     /* whose pseudonyms are in it, by the manifests of the files; "": they do
	                      not say */
	char *inventory;   /* SHA-256 of inventory_text() */
	GPtrArray *sha256;    /* char *, of the files, in order */
	GPtrArray *manifests; /* char *, that of each, as it stands; "": there is none */
};

/* With all it borrows. */
struct saved_tally {
	char *path; /* as it was given */
	struct tally *tally;
	struct inventory *inventory;
	struct zone *zone;       /* whose days it counts by */
	struct zone *times_zone; /* in which the times of its files are; NULL: not told, as if they
	                            were in the other */
	struct tally_origin origin;
	double weight; /* no sum of its numbers is larger */
	gboolean accounted; /* while tallies are joined: its rows are in the account of another */
};

/* Takes the tally, inventory and zone; empty origin. */
struct saved_tally *saved_tally_new(struct tally *tally, struct inventory *inventory,
                                    struct zone *zone);
void saved_tally_free(struct saved_tally *saved);

/* Adds a file, unless its digest is there. */
void tally_origin_add(struct tally_origin *origin, const char *sha256, const char *manifest);

/* Writes it. The tally is in order (tally_order()), not pooled, and its window undecided. Equal
 * tallies give equal bytes. */
void tally_write(const struct saved_tally *saved, struct sink *sink);

/* What is between head and trailer, unpacked: the caller owns it. tally_body_read() of any bytes
 * gives NULL, and in *wrong what is, or a tally. */
GByteArray *tally_body(const struct saved_tally *saved);
struct saved_tally *tally_body_read(struct slice body, const char **wrong);

/* Whether a file begins like a tally, of whatever format. */
gboolean tally_is_one(const char *path);

/* NULL and error, with the path, when it is none, of another format, cut or damaged. Whether its
 * names are pseudonyms is for the caller to see. */
struct saved_tally *tally_read(const char *path, GError **error);

/* Adds all others (struct saved_tally, at least one) to the first one and frees them; `apart`: no
 * job is in two of them, whatever it looks like. In order afterwards. FALSE and error, with paths,
 * what does not fit and what to do about it. */
gboolean tallies_join(GPtrArray *tallies, gboolean apart, GError **error);

#endif
