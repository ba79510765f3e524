/* SPDX-License-Identifier: Apache-2.0 */
#include "record/batch.h"

#include "base/terminal.h"

#define FIRST_ROOM 1024

void set_aside_example_free(void *data)
{
	struct set_aside_example *example = data;

	if (!example)
		return;
	g_free(example->file);
	g_free(example->sample);
	g_free(example);
}

struct batch *batch_new(const char *zone)
{
	struct batch *batch = g_new0(struct batch, 1);

	batch->row.zone = zone_new(zone, NULL);
	batch->headers = g_array_new(FALSE, FALSE, sizeof(guint));
	batch->examples = g_ptr_array_new_with_free_func(set_aside_example_free);
	batch->refused = g_string_new(NULL);
	fold_init(&batch->fold);
	early_init(&batch->early);
	return batch;
}

static struct early_step *early_at(const struct early *early, guint at)
{
	return &g_array_index(early->steps, struct early_step, at);
}

static void drop_early(struct early *early)
{
	for (guint i = 0; i < early->steps->len; i++)
		g_clear_pointer(&early_at(early, i)->example, set_aside_example_free);
	early_forget(early);
}

static void drop_text(struct batch *batch)
{
	g_clear_pointer(&batch->text, g_string_chunk_free);
}

void batch_free(struct batch *batch)
{
	drop_early(&batch->early);
	early_clear(&batch->early);
	fold_clear(&batch->fold);
	drop_text(batch);
	g_string_free(batch->refused, TRUE);
	g_ptr_array_unref(batch->examples);
	g_array_unref(batch->headers);
	zone_free(batch->row.zone);
	g_free(batch->entries);
	g_free(batch);
}

void batch_begin(struct batch *batch, const struct layout *layout, const struct rows *rows_of,
		 gboolean copied)
{
	batch->count = batch->left_out = 0;
	batch->rows = batch->steps = batch->flagged = batch->mended = 0;
	batch->lines = 0;
	memset(batch->set_aside, 0, sizeof batch->set_aside);
	memset(batch->row.unreadable, 0, sizeof batch->row.unreadable);
	batch->row.spans = (struct spans){ 0 };
	g_array_set_size(batch->headers, 0);
	g_ptr_array_set_size(batch->examples, 0);
	batch->aside_first = batch->aside_last = batch->civil_times = batch->instants = FALSE;
	if (batch->row.layout != layout)
		for (guint i = 0; i < REQUEST_MEMOS; i++)
			batch->row.requests[i].known = FALSE;
	batch->row.layout = layout;
	batch->row.stays = !copied;
	job_row_forget_names(&batch->row);
	batch->rows_of = rows_of;
	drop_early(&batch->early);
	g_string_truncate(batch->refused, 0);
	batch->base = (struct slice){ NULL, 0 };
	batch->has_job = batch->beside_aside = FALSE;
	batch->first_row = TRUE;
	drop_text(batch);
	batch->copied = copied;
}

/* No more steps come. */
static void finish_job(struct batch *batch)
{
	if (batch->has_job)
		fold_finish(&batch->fold, &batch->entries[batch->count - 1].job);
	batch->has_job = FALSE;
}

/* Rows that count for nothing */

static struct set_aside_example *example_of(const struct batch *batch, const struct row *row,
					    enum set_aside reason)
{
	struct set_aside_example *example = g_new0(struct set_aside_example, 1);

	example->file = g_strdup(rows_name(batch->rows_of));
	example->line = row->line;
	example->reason = reason;
	example->sample = terminal_escape(row->raw);
	return example;
}

static void flag_last(struct batch *batch)
{
	struct job *last = batch->count > 0 ? &batch->entries[batch->count - 1].job : NULL;

	batch->beside_aside = TRUE;
	batch->aside_first |= !last;
	if (!last || last->flagged)
		return;
	last->flagged = TRUE;
	batch->flagged++;
}

static void set_aside(struct batch *batch, const struct row *row, enum set_aside reason)
{
	batch->set_aside[reason]++;
	if (batch->examples->len < SET_ASIDE_EXAMPLES)
		g_ptr_array_add(batch->examples, example_of(batch, row, reason));
	flag_last(batch);
	/* Without ids a step is known by its place only. */
	if (!layout_has_id(batch->row.layout))
		finish_job(batch);
}

static enum set_aside reason_of(enum row_status status)
{
	static const enum set_aside table[] = {
		[ROW_FIELD_COUNT] = ASIDE_FIELD_COUNT,
		[ROW_TOO_LONG] = ASIDE_TOO_LONG,
		[ROW_NUL] = ASIDE_NUL,
		[ROW_NOT_UTF8] = ASIDE_NOT_UTF8,
		[ROW_CUT] = ASIDE_CUT,
		[ROW_HEADER] = ASIDE_HEADER,
		[ROW_MESSAGE] = ASIDE_MESSAGE,
	};

	return table[status];
}

/* The steps that came early are nobody's. */
static void orphan_early(struct batch *batch)
{
	struct early *early = &batch->early;

	if (early->steps->len == 0)
		return;
	batch->set_aside[ASIDE_ORPHAN_STEP] += early->steps->len;
	for (guint i = 0; i < early->steps->len; i++) {
		gpointer example = g_steal_pointer(&early_at(early, i)->example);
		if (example)
			g_ptr_array_add(batch->examples, example);
	}
	drop_early(early);
	flag_last(batch);
}

/* Job rows */

static struct entry *next_entry(struct batch *batch)
{
	if (batch->count == batch->room) {
		batch->room = MAX(FIRST_ROOM, 2 * batch->room);
		batch->entries = g_renew(struct entry, batch->entries, batch->room);
	}
	return &batch->entries[batch->count];
}

static void move_slice(struct slice *slice, const struct row *row, const char *copy)
{
	if (slice->length > 0)
		slice->data = copy + (slice->data - row->raw.data);
	else
		slice->data = NULL;
}

/* The row's bytes go with the next row; the job's must stay. */
static void keep_text(struct batch *batch, struct entry *entry, const struct row *row)
{
	struct job *job = &entry->job;
	struct slice *slices[] = { &job->cluster,  &job->id,        &job->user, &job->account,
				   &job->group,    &job->partition, &job->qos,  &job->nodelist,
				   &job->gpu_type, &entry->base };
	const char *copy;

	if (!batch->text)
		batch->text = g_string_chunk_new(1 << 16);
	copy = g_string_chunk_insert_len(batch->text, row->raw.data ? row->raw.data : "",
	                                 (gssize)row->raw.length);
	for (guint i = 0; i < G_N_ELEMENTS(slices); i++)
		move_slice(slices[i], row, copy);
}

/* Those that came early have found their job. What is left is of another cluster's job with the
 * same id, which may come next: rows that were sorted have the steps of both first. */
static void fold_early(struct batch *batch, struct slice cluster)
{
	struct early *early = &batch->early;

	for (guint i = 0; i < early->steps->len; i++) {
		struct early_step *step = early_at(early, i);
		if (!early_step_is_of(step, cluster))
			continue;
		batch->steps++;
		fold_step(&batch->fold, &step->usage);
		g_clear_pointer(&step->example, set_aside_example_free);
		step->folded = TRUE;
	}
	early_settle(early);
}

static void refuse_job(struct batch *batch, struct slice base)
{
	set_aside(batch, batch->row.row, batch->row.reason);
	job_row_forget_names(&batch->row);
	batch->has_job = FALSE;
	g_string_truncate(batch->refused, 0);
	g_string_append_len(batch->refused, base.data, (gssize)base.length);
}

static void take_job(struct batch *batch, struct slice base)
{
	struct entry *entry = next_entry(batch);

	if (batch->early.steps->len > 0 && !early_are_of(&batch->early, base))
		orphan_early(batch);
	finish_job(batch);
	if (!job_row_read(&batch->row, &entry->job, &batch->fold.own)) {
		refuse_job(batch, base);
		return;
	}
	entry->base = base;
	batch->base = base;
	entry->job.flagged = batch->beside_aside;
	batch->flagged += batch->beside_aside;
	batch->beside_aside = FALSE;
	if (batch->copied || !batch->row.row->as_split) {
		keep_text(batch, entry, batch->row.row);
		batch->base = entry->base;
	}
	batch->count++;
	batch->has_job = TRUE;
	fold_begin(&batch->fold);
	if (batch->early.steps->len > 0)
		fold_early(batch, entry->job.cluster);
}

/* Step rows */

/* Its job may still come. */
static void keep_early(struct batch *batch, struct slice base)
{
	struct early *early = &batch->early;
	struct usage usage;

	if (!early_are_of(early, base))
		orphan_early(batch);
	if (!job_row_read_step(&batch->row, &usage)) {
		set_aside(batch, batch->row.row, batch->row.reason);
		return;
	}
	gboolean wanted = batch->examples->len + early->examples < SET_ASIDE_EXAMPLES;
	early_add(early, base, layout_field(batch->row.layout, batch->row.row, COLUMN_CLUSTER),
	          &usage, wanted ? example_of(batch, batch->row.row, ASIDE_ORPHAN_STEP) : NULL);
}

/* Rows that were sorted have jobs of one id from two clusters side by side. */
static gboolean is_of_last_job(const struct batch *batch, struct slice base)
{
	struct slice cluster;

	if (!batch->has_job || base.length != batch->base.length ||
	    !bytes_equal(base.data, batch->base.data, base.length))
		return FALSE;
	cluster = layout_field(batch->row.layout, batch->row.row, COLUMN_CLUSTER);
	return slice_empty(cluster) ||
	       slice_equal(cluster, batch->entries[batch->count - 1].job.cluster);
}

static void take_step(struct batch *batch, struct slice base)
{
	struct usage usage;

	if (!is_of_last_job(batch, base)) {
		if (slice_is(base, batch->refused->str))
			set_aside(batch, batch->row.row, ASIDE_ORPHAN_STEP);
		else
			keep_early(batch, base);
		return;
	}
	if (!job_row_read_step(&batch->row, &usage)) {
		set_aside(batch, batch->row.row, batch->row.reason);
		return;
	}
	batch->steps++;
	batch->beside_aside = FALSE;
	fold_step(&batch->fold, &usage);
}

/* All rows */

/* Seconds since 1970, and what bears an offset, need no zone. */
static void note_times(struct batch *batch, const struct row *row)
{
	static const enum column columns[] = { COLUMN_SUBMIT, COLUMN_START, COLUMN_END };

	if (row->status != ROW_WHOLE)
		return;
	batch->first_row = FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
		struct slice text = layout_field(batch->row.layout, row, columns[i]);

		if (text.length < 9 || !value_is_time(text))
			continue;
		if (value_is_clock(text) && text.length <= 19)
			batch->civil_times = TRUE;
		else
			batch->instants = TRUE;
	}
}

/* A spreadsheet makes 7 of step 7.0. Behind its job a row of the same id in which nobody stands is
 * that: of jobs, run again or not, sacct says whose they are. */
static gboolean is_bare_step(const struct batch *batch, struct slice base)
{
	return layout_has(batch->row.layout, COLUMN_USER) &&
	       slice_empty(value_person(
		       layout_field(batch->row.layout, batch->row.row, COLUMN_USER))) &&
	       is_of_last_job(batch, base) &&
	       !slice_empty(batch->entries[batch->count - 1].job.user);
}

void batch_add(struct batch *batch, const struct row *row)
{
	struct job_name name;

	if (batch->first_row)
		note_times(batch, row);
	batch->rows++;
	batch->row.row = row;
	if (row->status != ROW_WHOLE)
		set_aside(batch, row, reason_of(row->status));
	else if (!job_row_name(&batch->row, &name))
		set_aside(batch, row, batch->row.reason);
	else if (name.step || is_bare_step(batch, name.base))
		take_step(batch, name.base);
	else
		take_job(batch, name.base);
}

void batch_header(struct batch *batch)
{
	g_array_append_val(batch->headers, batch->count);
}

gboolean batch_may_end(struct batch *batch, const struct row *row)
{
	struct job_name name;

	batch->row.row = row;
	return row->status == ROW_WHOLE && batch->early.steps->len == 0 &&
	       job_row_name(&batch->row, &name) && !name.step &&
	       (slice_empty(name.base) || !slice_equal(name.base, batch->base));
}

void batch_end(struct batch *batch)
{
	orphan_early(batch);
	finish_job(batch);
	batch->aside_last = batch->beside_aside;
}

static gboolean parts(const struct row *before, const struct row *after, const void *data)
{
	struct job_name left, right;
	enum set_aside ignored;

	if (!job_row_name_of(data, before, &left, &ignored) ||
	    !job_row_name_of(data, after, &right, &ignored))
		return FALSE;
	return slice_empty(right.base) ? !right.step : !slice_equal(left.base, right.base);
}

struct seam batch_seam(const struct layout *layout)
{
	return (struct seam){ parts, layout };
}
