/* SPDX-License-Identifier: Apache-2.0 */
/* report_say: what is said on the terminal of a report that was written: its saving, why that may
 * be wrong, and what would make it sure. */
#ifndef COMMAND_REPORT_SAY_H
#define COMMAND_REPORT_SAY_H

#include "command/work.h"
#include "report/document.h"

void report_say_done(const struct work *work, const struct report *report);

#endif
