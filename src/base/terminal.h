/* SPDX-License-Identifier: Apache-2.0 */
/* terminal: makes text from data harmless in a message. */
#ifndef BASE_TERMINAL_H
#define BASE_TERMINAL_H

#include "base/slice.h"

/* A copy in which C0, C1, DEL, bidirectional controls and invalid UTF-8 stand as \xNN, cut with "…"
 * after 80 characters. The caller frees it. */
char *terminal_escape(struct slice text);

/* The same, not cut: for a record that must be complete. */
char *terminal_escape_whole(struct slice text);

/* Whether all of it can be shown as it is. */
gboolean terminal_safe(struct slice text);

#endif
