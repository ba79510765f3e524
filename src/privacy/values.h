/* SPDX-License-Identifier: Apache-2.0 */
/* values: words of the site that give nobody away: the site's own list, and those that mean the
 * same everywhere. */
#ifndef PRIVACY_VALUES_H
#define PRIVACY_VALUES_H

#include "privacy/pseudonym.h"

struct values;

/* Reads a key file of groups [partition], [qos], [cluster], [reservation], [gres], [license] and
 * [word], each with one key, keep=batch;gpu. Another group or key is an error. */
struct values *values_load(const char *path, GError **error);
void values_free(struct values *values);

/* Whether a word may stand as it is: the list (NULL: there is none) has it, letter by letter, or
 * many sites do. */
gboolean values_let(const struct values *values, enum name_kind kind, struct slice word);

/* How many words the list has. */
guint values_count(const struct values *values);

/* Whether a word is one of those that are found at many sites: batch, debug, normal; gpu, a100,
 * 1g.5gb. */
gboolean values_are_common(enum name_kind kind, struct slice word);

/* Whether it is a word by which many groups are called, together with a name: lab, group,
 * project. */
gboolean values_are_of_groups(struct slice word);

#endif
