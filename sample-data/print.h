/* SPDX-License-Identifier: Apache-2.0 */
/* print: the year as `sacct -P` and `scontrol show node -o` of Slurm 22.05 would print it. */
#ifndef SAMPLE_PRINT_H
#define SAMPLE_PRINT_H

#include "demand.h"

/* Header, then every job and its steps, by JobIDRaw. Sorts `jobs`. */
void print_jobs(GString *to, GPtrArray *jobs);

/* One line a node, as it stands at the time of the export. */
void print_nodes(GString *to, const GPtrArray *jobs);

#endif
