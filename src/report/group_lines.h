/* SPDX-License-Identifier: Apache-2.0 */
/* group_lines: how the use of each group went over the period, as a small line in its row: of those
 * that may be told by time, in stretches as long as elsewhere. Shorter ones would rest on fewer
 * people. */
#ifndef REPORT_GROUP_LINES_H
#define REPORT_GROUP_LINES_H

#include "report/compose.h"

/* What pages say of the lines; composition->lines are known. */
void group_lines_add_figures(const struct composition *c);

/* The column of them, and what is in it in the last row. */
void group_lines_add_column(const struct composition *c, struct dataset *groups);
void group_lines_set(const struct composition *c, struct dataset *groups,
                     const struct party *group);

#endif
