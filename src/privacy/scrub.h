/* SPDX-License-Identifier: Apache-2.0 */
/* scrub: free text → the same without the names that a mapping knows. */
#ifndef PRIVACY_SCRUB_H
#define PRIVACY_SCRUB_H

#include "privacy/mapping.h"

/* Appends the text with the pseudonym or token in the place of each whole word that is a name, case
 * ignored; words may be joined by dots, hyphens and underscores (anna.smith, run_smith). Returns
 * how many were replaced. */
guint scrub_append(const struct mapping *mapping, struct slice text, GString *line);

#endif
