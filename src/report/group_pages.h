/* SPDX-License-Identifier: Apache-2.0 */
/* group_pages: a page for each group that is shown by itself, groups/GROUP. */
#ifndef REPORT_GROUP_PAGES_H
#define REPORT_GROUP_PAGES_H

#include "report/compose.h"

/* Decides which there will be, so that tables lead there. Before names are put in the place of
 * pseudonyms. */
void group_pages_plan(struct composition *c);

/* Composes them. FALSE and error when the template is wrong. */
gboolean group_pages_add(struct composition *c, GError **error);

#endif
