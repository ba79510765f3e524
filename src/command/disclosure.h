/* SPDX-License-Identifier: Apache-2.0 */
/* disclosure: the measured risk as words and as a member of a manifest, and from there for a
 * report. */
#ifndef COMMAND_DISCLOSURE_H
#define COMMAND_DISCLOSURE_H

#include "command/json.h"
#include "privacy/risk.h"
#include "report/compose.h"

/* Adds "disclosure" to the object that is being built. */
void disclosure_write(JsonBuilder *json, const struct risk *risk);

/* What a manifest says of it; FALSE when it says nothing, or not all of it. */
gboolean disclosure_read(JsonObject *manifest, struct report_risk *risk);

/* Three lines on standard error. */
void disclosure_say(const struct risk *risk);

#endif
