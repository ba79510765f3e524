/* SPDX-License-Identifier: Apache-2.0 */
/* percentile: of many values, none of which is negative. */
#ifndef FINDING_PERCENTILE_H
#define FINDING_PERCENTILE_H

#include <glib.h>

/* The smallest value that so many per cent of them do not exceed; there is at least one. */
gint64 percentile_of(const gint64 *values, gsize count, guint per_cent);

/* The largest; 0 when there is none. */
gint64 highest_of(const gint64 *values, gsize count);

#endif
