/* SPDX-License-Identifier: Apache-2.0 */
/* processors: how many of the machine's this process may use; nothing in an output depends on
 * it. */
#ifndef BASE_PROCESSORS_H
#define BASE_PROCESSORS_H

#include <glib.h>

guint processors_usable(void);

#endif
