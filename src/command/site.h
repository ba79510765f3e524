/* SPDX-License-Identifier: Apache-2.0 */
/* site: what a report says of the institution it is for: a key file with one group, [site]. */
#ifndef COMMAND_SITE_H
#define COMMAND_SITE_H

#include "base/separators.h"
#include "report/document.h"

struct site {
	char *institution, *cluster, *contact, *owner, *decision, *deadline, *currency, *notice;
	char *language, *colour, *thousands, *decimals, *logo_path, *paper_name;
	struct separators separators; /* by thousands and decimals */
	enum paper paper;             /* by its name */
	GBytes *logo;                 /* PNG, without whatever was hidden in the file; NULL: none */
	char *mail_from, *mail_to, *mail_subject; /* of summary.eml: one address, addresses,
	                                             words */
};

/* Reads `path`, or leaves everything NULL but the currency ("$") when it is NULL. Unknown keys are
 * errors, and so are values that are no line of text: too long, or with characters that cannot be
 * seen. */
gboolean site_load(struct site *site, const char *path, GError **error);
void site_clear(struct site *site);

#endif
