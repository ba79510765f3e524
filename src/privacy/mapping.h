/* SPDX-License-Identifier: Apache-2.0 */
/* mapping: real name ↔ pseudonym, the secret. A CSV "kind,name,pseudonym" with a header, kept 0600.
 * Besides people and groups it has the words of the site, and the nodes, for which something else
 * was written.
 *
 * Extended, never renumbered: a name that is in it keeps its pseudonym for ever. The line after the
 * header is about the mapping itself: "mapping", the format's number, its id, and behind a dash the
 * digest of the first release. The last line is "end", how many names there are, and an empty
 * field, so that a file of which a part is missing is known. Files of the first format lack both;
 * those of the second to the fourth the last, those of the second and third the release. */
#ifndef PRIVACY_MAPPING_H
#define PRIVACY_MAPPING_H

#include "privacy/pseudonym.h"
#include "privacy/vault.h"

struct mapping;

/* Loads the mapping at `path`, or begins an empty one when nothing stands there and `create` is
 * TRUE. Refused, with path and line: readable or writable by others than the owner, a symbolic
 * link, not a regular file, a wrong header, a later format, an unknown kind, a pseudonym not of its
 * kind's form, a name or a pseudonym twice, a part that is missing. With `create` it is also locked
 * until mapping_free(): a second run that would extend it is refused. By the vault (which it takes,
 * also on failure) an encrypted mapping is opened and stays encrypted, and a plain one, or a new
 * one, becomes so when the vault's options say it; NULL: an encrypted one is refused. */
struct mapping *mapping_open(const char *path, gboolean create, struct vault *vault,
                             GError **error);
void mapping_free(struct mapping *mapping); /* wipes the names */

/* The pseudonym for a name, assigned now if it is new: user_0001 …, group_A … group_Z, group_AA …;
 * each kind its own sequence in order of first appearance, a number being passed over by which a
 * name would stand for itself. Owned by the mapping, stable for its life. */
const char *mapping_pseudonym(struct mapping *mapping, enum name_kind kind, struct slice name);

/* The same of a node, which also shows the class it belongs to: na0001 and na0002 are of one. */
const char *mapping_node(struct mapping *mapping, struct slice class, struct slice name);

/* The pseudonym that a name has already; NULL when it has none. */
const char *mapping_known(const struct mapping *mapping, enum name_kind kind, struct slice name);

/* Deals out anew, at random, the pseudonyms that were assigned since it was loaded, so that their
 * order tells nothing. Texts that mapping_pseudonym() gave before change with it. */
gboolean mapping_shuffle(struct mapping *mapping, GError **error);

/* Calls `each` for every entry whose pseudonym is this (accounts and groups share the form
 * group_A). Returns how many. */
guint mapping_reveal(const struct mapping *mapping, const char *pseudonym,
                     void (*each)(enum name_kind kind, const char *name, void *data), void *data);

/* Calls `each` for every entry, in order of assignment. */
void mapping_each_entry(const struct mapping *mapping,
                        void (*each)(enum name_kind kind, const char *name, const char *pseudonym,
                                     void *data),
                        void *data);

/* The same, and then for what logins are without their realm or domain: jsmith of
 * jsmith@EXAMPLE.ORG and EXAMPLE\jsmith. */
void mapping_each(const struct mapping *mapping,
                  void (*each)(enum name_kind kind, const char *name, const char *pseudonym,
                               void *data),
                  void *data);

/* Fills a new mapping with the entries and the id of two that began as one. Refused, without any
 * name, when they have different ids, when somebody has two pseudonyms, or when a pseudonym stands
 * for two. */
gboolean mapping_merge(struct mapping *into, const struct mapping *one, const struct mapping *other,
                       GError **error);

/* The pseudonym of whoever has this name, case ignored: a user first, then an account, then a
 * group, then a login of which it is the part without a realm. NULL when nobody has. For words of
 * the site (a partition called after its owner) that would give a name away. */
const char *mapping_find(const struct mapping *mapping, struct slice name);

/* The token that a word of the site became in some column first, case ignored; NULL: it is in
 * none. */
const char *mapping_token(const struct mapping *mapping, struct slice word);

/* Whether a name of somebody, or such a word, begins like this, case ignored, and goes on with a
 * digit: ford of ford2-prefect. */
gboolean mapping_has_stem(const struct mapping *mapping, struct slice stem);

/* How many names of people and groups have these letters between dashes, digits and the like, case
 * ignored: smith in smith_lab. */
guint mapping_names_with(const struct mapping *mapping, struct slice part);

guint mapping_count(const struct mapping *mapping, enum name_kind kind);

/* Whether what was loaded would have been refused if a part of it were missing: older formats do
 * not show it. They are replaced when the mapping is next saved. */
gboolean mapping_tells_whole(const struct mapping *mapping);

/* 32 hexadecimal digits: random, made once, kept however the mapping is extended or moved. NULL
 * when it was loaded without `create` and an older version wrote it: it is given one when it is
 * next saved. */
const char *mapping_id(const struct mapping *mapping);

/* The SHA-256 of the first shareable file that was made with it, in 64 hexadecimal digits, by which
 * all that it makes says that its pseudonyms are the same; NULL while there is none. */
const char *mapping_release(const struct mapping *mapping);
void mapping_set_release(struct mapping *mapping, const char *sha256);

/* Whether what was loaded was encrypted, and to whom: "KEY ID (MAIL), …", or NULL for a passphrase;
 * the caller frees it. */
gboolean mapping_encrypted(const struct mapping *mapping);
char *mapping_recipients(const struct mapping *mapping);

/* How it is encrypted where it is saved. */
enum seal mapping_seal(const struct mapping *mapping);

/* Writes it durably: a 0600 file created with O_EXCL and O_NOFOLLOW beside it, fsync, rename, fsync
 * of the folder. The old mapping or the new one stands there at every instant. Nothing is written
 * when it stands there as it is. */
gboolean mapping_save(struct mapping *mapping, GError **error);

/* Whether a file begins as a mapping does, or is encrypted; not where it cannot be read. */
gboolean mapping_seems(const char *path);

/* Whether the file is private and begins as a mapping does, or is encrypted. */
gboolean mapping_stands(const char *path, GError **error);

/* Overwrites the mapping and removes it. Refused when the file does not begin as a mapping does, is
 * not private, or is being extended. Where the disk writes elsewhere (an SSD, a file system that
 * copies on writing) the old bytes may stay. */
gboolean mapping_destroy(const char *path, GError **error);

#endif
