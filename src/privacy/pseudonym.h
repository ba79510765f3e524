/* SPDX-License-Identifier: Apache-2.0 */
/* pseudonym: what stands for a name: its forms, one for each kind. user_0001, group_A, partition_1,
 * na0001. */
#ifndef PRIVACY_PSEUDONYM_H
#define PRIVACY_PSEUDONYM_H

#include "base/slice.h"

enum name_kind {
	NAME_USER,
	NAME_ACCOUNT,
	NAME_GROUP,
	/* Words of the site, which may be called after somebody; their pseudonyms are called
	 * tokens. */
	NAME_PARTITION,
	NAME_QOS,
	NAME_CLUSTER,
	NAME_RESERVATION,
	NAME_GRES,
	NAME_LICENSE,
	NAME_WORD,
	NAME_HOST,  /* a part of the names of nodes */
	NAME_CLASS, /* nodes whose names differ in their numbers only */
	NAME_NODE,
	NAME_KINDS
};

#define NAME_PEOPLE 3 /* so many kinds, the first ones, are names of people and groups */
#define NAME_WORDS NAME_HOST /* so many are these or words of columns */

#define PSEUDONYM_SIZE 32

/* The pseudonym of all accounts or groups that have too few users to be shown: of their form, and
 * never given to one. */
#define PSEUDONYM_OTHER "group_OTHER"

const char *name_kind_name(enum name_kind kind); /* "user", "account", "group" … */
gboolean name_kind_find(struct slice text, enum name_kind *kind);

/* Prints the pseudonym with this number (from 1); `class` is the number of its class, for a
 * node. */
void pseudonym_print(enum name_kind kind, guint class, guint number, char text[PSEUDONYM_SIZE]);

/* The number of a pseudonym of this kind, 0 when it is none; and of a node its class (may be
 * NULL). */
guint pseudonym_number(enum name_kind kind, struct slice text, guint *class);

/* Whether a text has the form of a pseudonym of this kind: what `report` accepts of users, accounts
 * and groups. */
gboolean pseudonym_valid(enum name_kind kind, struct slice text);

/* Whether it has the form of one of any kind. */
gboolean pseudonym_is_any(struct slice text);

#endif
