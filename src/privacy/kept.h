/* SPDX-License-Identifier: Apache-2.0 */
/* kept: a column of a raw export that goes into the shareable file → what stands there for each
 * of its fields. The only place where a name and its pseudonym meet. */
#ifndef PRIVACY_KEPT_H
#define PRIVACY_KEPT_H

#include "privacy/policy.h"
#include "privacy/release.h"
#include "privacy/renumber.h"
#include "privacy/words.h"

struct kept {
	guint field; /* of the row, from 0 */
	enum column column;
	enum transform transform;
	enum value_kind kind;
	enum name_kind name;                  /* of TRANSFORM_PSEUDONYM and TRANSFORM_WORD */
	gboolean (*fits)(struct slice text);  /* asked of what is not empty */
	gboolean (*stays)(struct slice text); /* whether a text fits and stays as it is */
	gboolean tells;    /* a job id, a state or a time: a row in which it does not fit is none */
	guint digits_most; /* so many digits and nothing else stay as they are, at most
	                      DIGITS_BESIDE; 0: unknown */
};

/* What all columns are read with; borrowed. */
struct keeping {
	const struct terms *terms;
	struct mapping *mapping;
	struct words *words;
	struct renumber *renumber;
	struct release *release; /* in which it is counted what was changed */
	struct slice delimiter;  /* of the file written */
	gboolean quotes;         /* which is a comma file */
	struct slice user;       /* of the row */
	gboolean is_nobodys;     /* there are users, and the row has none */
	struct slice submitted;  /* of the row: when */
	struct slice user_cpu, system_cpu; /* of the row; empty where their sum is not to be written
	                                      for TotalCPU */
	gboolean settled;        /* becomes FALSE when what was appended may still become something
	                            else */
	GString *scratch;
};

/* For a field of a row with these columns. FALSE when it is dropped on these terms. */
gboolean kept_init(struct kept *kept, const struct terms *terms, guint field,
                   const struct slice *header, guint count);

/* Whether it is a column of names that is dropped: what stands in it is known all the same, for
 * names that stand elsewhere. */
gboolean kept_init_known(struct kept *kept, const struct terms *terms, guint field,
                         struct slice header_name);

/* Makes the name in the field of such a column known; one that is a pseudonym already is left
 * out. */
void kept_know(const struct kept *kept, struct keeping *keeping, struct slice text);

/* Appends to the line what stands for the field. FALSE and error when it is a user who is a
 * pseudonym already. */
gboolean kept_append(const struct kept *kept, struct keeping *keeping, struct slice text,
                     GString *line, GError **error);

/* What is written of a state; counted when a user's number was behind it. */
struct slice kept_state_word(const struct keeping *keeping, struct slice text);

/* Appends a text as it is; and in quotes where it needs them. */
void kept_append_text(struct slice text, GString *line);
void kept_append_value(const struct keeping *keeping, struct slice text, GString *line);

#endif
