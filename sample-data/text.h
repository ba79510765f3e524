/* SPDX-License-Identifier: Apache-2.0 */
/* text: numbers written the way Slurm writes them. Every function appends. */
#ifndef SAMPLE_TEXT_H
#define SAMPLE_TEXT_H

#include "demand.h"

/* 2025-03-10T09:15:00; NEVER: Unknown. */
void text_time(GString *to, gint64 seconds);

/* 02:05:09 and 1-02:05:09. */
void text_duration(GString *to, gint64 seconds);

/* TotalCPU: under an hour with its milliseconds, 05:09.250. */
void text_cpu_time(GString *to, gint64 milliseconds);

/* A size in K or M: a larger unit where two decimals show it exactly (250G, 62.50G, 3000M). */
void text_size(GString *to, gint64 size, char unit);

/* cn[001-003,007] */
void text_hosts(GString *to, const struct pool_info *pool, const guint8 *places, int count);

#endif
