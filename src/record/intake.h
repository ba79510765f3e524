/* SPDX-License-Identifier: Apache-2.0 */
/* intake: batches, in the order of their rows → the reading: each job counted once, every row
 * accounted for. The one place where a job of one batch meets those of all others. */
#ifndef RECORD_INTAKE_H
#define RECORD_INTAKE_H

#include "record/batch.h"

struct intake;

/* The reading is filled; it is the caller's. */
struct intake *intake_new(struct reading *reading);
void intake_free(struct intake *intake);

/* A job may stand in what comes more than once. */
void intake_expect_duplicates(struct intake *intake);
gboolean intake_expects_duplicates(const struct intake *intake);

/* So many exports are read. None says of one moment twice that a job ran in it: where a number is
 * said to have run so more often than there are exports, it is an array's, and several jobs bear
 * it. */
void intake_expect_exports(struct intake *intake, guint count);

/* What an intake of the same files learned; borrowed, and before the first batch. It may be added
 * to. */
void intake_use_hindsight(struct intake *intake, struct keys *hindsight);

/* What was learned, which becomes the caller's; NULL: nothing. */
struct keys *intake_steal_hindsight(struct intake *intake);

/* A new file begins, with so many lines before its first row. */
void intake_begin_file(struct intake *intake, gboolean has_ids, guint64 lines);

/* After its last batch. */
void intake_end_file(struct intake *intake);

/* The lines of the file so far. */
guint64 intake_lines(const struct intake *intake);

/* Takes a batch's account over, and jobs that count elsewhere off it. Where its lines are counted
 * from 1 `counted` is FALSE; else from the begin of the file. */
void intake_add(struct intake *intake, struct batch *batch, gboolean counted);

/* After the last batch: the jobs that were joined of pieces and those of which no file said how
 * they ended, one by one; FALSE when there is none left. */
gboolean intake_take_held(struct intake *intake, struct job *job);

#endif
