/* SPDX-License-Identifier: Apache-2.0 */
/* hosts: lists of nodes: without the site's domain and without names of people; or with new names
 * for all nodes. */
#ifndef PRIVACY_HOSTS_H
#define PRIVACY_HOSTS_H

#include "privacy/words.h"

/* What sacct prints of a job that has no nodes; not a name. */
gboolean hosts_are_none(struct slice list);

/* Appends a list, as cn[01-03].example.edu, without domains, and with a token for each part that is
 * a name of somebody: smith[1-4] becomes host_1-[1-4]. Returns how many tokens. */
guint hosts_append(struct words *words, struct slice list, GString *line);

/* Appends a list with the new names of its nodes, of which neighbours are one range again:
 * cn[01-03] becomes na[0001-0003]. FALSE when it names too many. */
gboolean hosts_append_renamed(struct mapping *mapping, struct slice list, GString *line);

/* Whether this beginning of a name, up to its numbers, holds no name of anybody, nor begins one
 * that has a number in it. */
gboolean hosts_stem_stays(struct words *words, struct slice stem);

/* The new name of a single node. */
const char *host_renamed(struct mapping *mapping, struct slice host);

#endif
