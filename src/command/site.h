/* SPDX-License-Identifier: Apache-2.0 */
/* site: what a report says of the institution it is for: a key file with one group, [site]. */
#ifndef COMMAND_SITE_H
#define COMMAND_SITE_H

#include <glib.h>

struct site {
	char *institution, *cluster, *contact, *owner, *decision, *deadline, *currency, *notice;
};

/* Reads `path`, or leaves everything NULL but the currency ("$") when it is NULL. Unknown keys are errors. */
gboolean site_load(struct site *site, const char *path, GError **error);
void site_clear(struct site *site);

#endif
