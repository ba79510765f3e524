/* SPDX-License-Identifier: Apache-2.0 */
/* former: reads a former report.json, for --previous. */
#ifndef COMMAND_FORMER_H
#define COMMAND_FORMER_H

#include "report/previous.h"

/* NULL and error when the file cannot be read, or is no report.json of this program. The caller
 * frees it. */
struct previous *former_load(const char *path, GError **error);

#endif
