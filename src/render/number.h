/* SPDX-License-Identifier: Apache-2.0 */
/* number: a double as text for machines: the fewest digits that read back as the same number, in
 * any locale. */
#ifndef RENDER_NUMBER_H
#define RENDER_NUMBER_H

#include <glib.h>

/* "0.784", "48213", "1e-10"; the value is finite. The caller frees it. */
char *number_text(double value);

#endif
