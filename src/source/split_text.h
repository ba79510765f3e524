/* SPDX-License-Identifier: Apache-2.0 */
/* split_text: text → its fields, by a delimiter of any length; for what is rare. */
#ifndef SOURCE_SPLIT_TEXT_H
#define SOURCE_SPLIT_TEXT_H

#include "base/slice.h"

/* How many fields there are; only the first `room` of them are stored. Line ends are text. */
guint split_text(struct slice text, struct slice delimiter, struct slice *fields, guint room);

#endif
