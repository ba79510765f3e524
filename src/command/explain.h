/* SPDX-License-Identifier: Apache-2.0 */
/* explain: the table of what becomes of each column of an export, for a person and for the
 * manifest. */
#ifndef COMMAND_EXPLAIN_H
#define COMMAND_EXPLAIN_H

#include "command/json.h"
#include "privacy/contents.h"

/* On standard output: every column, what is in it, what becomes of it and why. */
void explain_print(const struct contents *contents);

/* The same as a member "policy": [{ column, kind, filled, distinct, becomes, why }, …]; and
 * "policy_rows", how many rows were looked at. */
void explain_add(JsonBuilder *json, const struct contents *contents);

#endif
