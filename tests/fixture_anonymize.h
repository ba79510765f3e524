/* SPDX-License-Identifier: Apache-2.0 */
/* fixture_anonymize: exports given as text, in a folder of their own, anonymized as the command
 * does it. */
#ifndef FIXTURE_ANONYMIZE_H
#define FIXTURE_ANONYMIZE_H

#include "privacy/anonymize.h"

extern char *folder, *first, *second, *shared, *map;
extern struct release *release;
extern struct mapping *mapping;
extern gboolean witnessed; /* from here on, whether a witness sees the same with marks and without:
                              that takes a while */

void setup(void);
void teardown(void);

/* Another mapping, empty, in the place of the one before. */
void mapping_anew(void);

/* What the shareable file holds after anonymizing one or two exports on some terms; NULL with the
 * error. */
char *anonymized_on(const struct terms *terms, const char *one, const char *other, GError **error);

#endif
