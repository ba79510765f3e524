/* SPDX-License-Identifier: Apache-2.0 */
/* terms: on what terms an export is shared: which columns, how finely, and which words as they
 * stand. */
#ifndef PRIVACY_TERMS_H
#define PRIVACY_TERMS_H

#include "base/zone.h"
#include "privacy/values.h"
#include "record/column.h"
#include "record/value.h"

enum profile {
	PROFILE_RESEARCH, /* full times, node names and job numbers: for one's own machine, and
	                     named recipients */
	PROFILE_SHARE,    /* days, rounded amounts, new job numbers, no nodes, small groups pooled,
	                     numbers shuffled */
};

enum node_names { NODES_KEEP, NODES_RENAME, NODES_DROP };

#define MIN_USERS_DEFAULT 5

struct terms {
	enum profile profile;
	gboolean keep[COLUMNS], drop[COLUMNS]; /* what was asked for by hand */
	const struct values *values;           /* the site's list of words; NULL: none */
	guint min_users;      /* so many users make a word, or with `pool` a group, nobody's own */
	enum node_names nodes;
	enum time_step times;
	gboolean coarse;   /* durations and measured amounts are rounded, and what no report reads
	                      is dropped */
	gboolean renumber; /* jobs get new numbers */
	gboolean shuffle;  /* the order of new pseudonyms tells nothing */
	gboolean pool;     /* accounts and groups of fewer users become one */
	gboolean at_once;  /* the exports cannot be read twice: a word is decided on when it is
	                      first seen */
	struct zone *zone; /* in which a day begins where times are numbers; NULL: as if they were
	                      UTC */
};

/* What the profile says, and nothing kept or dropped by hand. */
struct terms terms_of(enum profile profile);

/* "research", "full", "keep" … */
const char *profile_name(enum profile profile);
const char *node_names_name(enum node_names nodes);
const char *time_step_name(enum time_step step);

/* FALSE, and *step as it was: there is none of that name, or name is NULL. */
gboolean time_step_find(const char *name, enum time_step *step);

/* What becomes of the names of nodes when it is heard, too, whether they were kept or dropped by
 * hand. */
enum node_names terms_nodes(const struct terms *terms);

/* Whether what is written is only known when all has been read once. */
gboolean terms_need_two_passes(const struct terms *terms);

#endif
