/* SPDX-License-Identifier: Apache-2.0 */
/* labels: what an internal report shows in the place of pseudonyms. */
#ifndef REPORT_LABELS_H
#define REPORT_LABELS_H

#include "report/document.h"

/* The text with each pseudonym in it (a word of letters, digits and '_') replaced by its name,
 * where it has one, with what a terminal would obey as bytes. The caller frees it. */
char *labels_apply(GHashTable *names, const char *text);

/* The same for all that may name somebody; nothing when there are no names. */
void labels_apply_figures(GHashTable *names, struct figures *figures);
void labels_apply_datasets(GHashTable *names, const GPtrArray *datasets);
void labels_apply_chart(GHashTable *names, struct chart *chart);

#endif
