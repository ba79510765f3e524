/* SPDX-License-Identifier: Apache-2.0 */
/* mapping_parts: the inside of a mapping, for its two halves: mapping.c, which knows whose
 * pseudonym is whose, and mapping_text.c, which knows how that is written down. */
#ifndef PRIVACY_MAPPING_PARTS_H
#define PRIVACY_MAPPING_PARTS_H

#include "privacy/mapping.h"

#define MAPPING_HEADER "kind,name,pseudonym"
#define MAPPING_FORMAT 5 /* ends with a line that says how many names there are */
#define ID_BYTES 16
#define RELEASE_BYTES 32

struct entry {
	struct slice name; /* owned; NUL-terminated too */
	struct slice bare; /* a part of it; see realm_bare() */
	struct slice stems[2]; /* of both, what stands before the first digit */
	char pseudonym[PSEUDONYM_SIZE];
	enum name_kind kind;
	guint number;
	const struct entry *class; /* a node's */
	gboolean fresh;            /* not in the file yet */
};

struct mapping {
	struct mapping_file *file; /* holds the lock */
	char *path;                /* escaped, for messages */
	struct vault *vault;       /* NULL: plain text is read and written */
	gboolean sealed;           /* what was read was */
	gint64 format;             /* of what was read; MAPPING_FORMAT when nothing was */
	gboolean ended;            /* its last line has been read */
	char id[2 * ID_BYTES + 1]; /* "" when the file has none */
	char release[2 * RELEASE_BYTES + 1]; /* "": none was made */
	GPtrArray *entries;              /* struct entry, in file order */
	GHashTable *by_name[NAME_KINDS]; /* struct slice (an entry's name) → struct entry */
	GHashTable *by_fold[NAME_KINDS]; /* the same, case ignored; the first of several */
	GHashTable *by_bare;             /* of people, likewise */
	GHashTable *tokens;              /* of the words of the site, likewise */
	GHashTable *stems;               /* a set of the stems of both that have a digit in their
	                                    name */
	GHashTable *parts;               /* struct slice (letters of people's and groups' names),
	                                    owned → how many names have them */
	guint highest[NAME_KINDS];       /* the number of the last pseudonym given */
	guint count[NAME_KINDS];
	gboolean changed;
};

/* Adds a name that is not in it, with the number that its pseudonym shows; `class` is a node's. */
struct entry *mapping_add(struct mapping *mapping, enum name_kind kind, struct slice name,
                          const struct entry *class, guint number);

/* The class of nodes with this number; NULL: there is none. */
const struct entry *mapping_class(const struct mapping *mapping, guint number);

/* A table for each kind of name, with these functions. */
void mapping_tables_init(GHashTable *tables[NAME_KINDS], GHashFunc hash, GEqualFunc equal);
void mapping_tables_clear(GHashTable *tables[NAME_KINDS]);

/* So many hexadecimal digits, in small letters. */
gboolean mapping_is_hexadecimal(struct slice text, size_t length);

/* Fills an empty mapping from its text, which it changes. Refused with path and line. */
gboolean mapping_parse(struct mapping *mapping, char *text, size_t length, GError **error);

/* The whole file, `length` bytes of the `size` that are allocated; the caller wipes and frees
 * it. */
char *mapping_print(const struct mapping *mapping, size_t *size, size_t *length);

#endif
