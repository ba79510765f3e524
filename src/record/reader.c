/* SPDX-License-Identifier: Apache-2.0 */
#include "record/reader.h"

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/terminal.h"
#include "record/early.h"
#include "record/fold.h"
#include "record/held.h"
#include "record/job_row.h"
#include "record/keys.h"
#include "record/vocabulary.h"

#define EXAMPLES 10

static const char *const reasons[ASIDES] = {
	[ASIDE_FIELD_COUNT] = "wrong number of fields",
	[ASIDE_TOO_LONG] = "longer than 1 MiB",
	[ASIDE_NUL] = "a NUL byte",
	[ASIDE_NOT_UTF8] = "not UTF-8",
	[ASIDE_CUT] = "cut off at the end of the file",
	[ASIDE_JOB_ID] = "no valid job id",
	[ASIDE_STATE] = "unknown state",
	[ASIDE_TIME] = "no valid time",
	[ASIDE_DURATION] = "no valid duration",
	[ASIDE_NUMBER] = "no valid number",
	[ASIDE_MEMORY] = "no valid amount of memory",
	[ASIDE_TRES] = "no valid list of resources",
	[ASIDE_HOSTS] = "no valid list of nodes",
	[ASIDE_PLACEHOLDER] = "not filled in yet by the accounting database",
	[ASIDE_ORPHAN_STEP] = "a step without its job",
};

/* What became of the last job row, and so becomes of the step rows behind it. */
enum fate {
	FATE_NONE, /* there is no job row, or it was set aside */
	FATE_USED,
	FATE_DUPLICATE,
};

/* A job with the bytes that its slices point into. There are two: one whose steps are being read,
 * and one that was given out and must stay until the caller asks for the next. */
struct slot {
	struct job job;
	struct slice base; /* the id that its steps share */
	gboolean piece;    /* of a job that was seen before */
	char *text;
	size_t size; /* of text */
};

struct reader {
	char **paths;
	char *columns; /* of files without a header; NULL: not told */
	guint next_path;
	struct zone *zone;
	struct rows *rows; /* of the file being read; NULL between files and at the end */
	struct layout layout;
	struct tres_memo allocated, requested;

	struct slot slots[2];
	guint current;    /* the slot of the last job row */
	gboolean has_job; /* which waits for its steps */
	enum fate fate;
	struct fold fold;

	gboolean first_row;    /* of a file is awaited */
	gboolean beside_aside; /* the last row was set aside */
	struct early early;    /* steps, and the job has not come */
	GString *refused;      /* the id of a job that was set aside: its steps are nobody's */
	struct keys *keys;     /* NULL: duplicates are not looked for */
	struct held *held;     /* NULL as well then */
	gboolean over;
	guint64 bytes_done, bytes_total;
	struct reading reading;
};

const char *set_aside_name(enum set_aside reason)
{
	return reasons[reason];
}

guint64 reading_set_aside(const struct reading *reading)
{
	guint64 sum = 0;

	for (guint i = 0; i < ASIDES; i++)
		sum += reading->set_aside[i];
	return sum;
}

/* Files */

static void note_unknown(struct reading *reading, struct slice name)
{
	for (guint i = 0; i < reading->unknown_columns->len; i++)
		if (slice_is(name, g_ptr_array_index(reading->unknown_columns, i)))
			return;
	g_ptr_array_add(reading->unknown_columns, slice_dup(name));
}

static void note_form(struct reading *reading, const char *form)
{
	for (guint i = 0; i < reading->forms->len; i++)
		if (g_str_equal(g_ptr_array_index(reading->forms, i), form))
			return;
	g_ptr_array_add(reading->forms, g_strdup(form));
}

static void note_columns(struct reader *reader, const struct slice *header, guint count)
{
	struct reading *reading = &reader->reading;

	for (guint i = 0; i < COLUMNS; i++) {
		gboolean has = layout_has(&reader->layout, (enum column)i);

		reading->all_have[i] = has && (reader->next_path == 1 || reading->all_have[i]);
		reading->has[i] |= has;
	}
	for (guint i = 0; i < count; i++)
		if (!column_known(header[i]))
			note_unknown(reading, header[i]);
}

gboolean rows_are_jobs(const struct rows *rows, GError **error)
{
	guint count;
	const struct slice *header = rows_header(rows, &count);

	for (guint i = 0; i < count; i++) {
		enum column column;

		if (!column_find(header[i], &column))
			continue;
		if (column == COLUMN_JOB_ID || column == COLUMN_JOB_ID_RAW || column == COLUMN_SUBMIT ||
		    column == COLUMN_START || column == COLUMN_END)
			return TRUE;
	}
	return error_failed(error,
			    "%s: has neither job ids nor times of jobs; run sacct with "
			    "--parsable2",
			    rows_name(rows));
}

static gboolean open_next(struct reader *reader, GError **error)
{
	const struct slice *header;
	guint count;

	reader->rows = rows_open(reader->paths[reader->next_path], &column_vocabulary,
				 reader->columns, error);
	if (!reader->rows)
		return FALSE;
	reader->next_path++;
	header = rows_header(reader->rows, &count);
	layout_init(&reader->layout, header, count);
	if (!rows_are_jobs(reader->rows, error))
		return FALSE;
	note_columns(reader, header, count);
	note_form(&reader->reading, rows_form(reader->rows));
	reader->fate = FATE_NONE;
	g_string_truncate(reader->refused, 0);
	reader->beside_aside = FALSE;
	reader->first_row = TRUE;
	return TRUE;
}

/* Seconds since 1970, and what bears an offset, need no zone. */
static void note_times(struct reader *reader, const struct row *row)
{
	static const enum column columns[] = { COLUMN_SUBMIT, COLUMN_START, COLUMN_END };

	if (row->status != ROW_WHOLE)
		return;
	reader->first_row = FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
		struct slice text = layout_field(&reader->layout, row, columns[i]);

		if (text.length < 9 || !value_is_time(text))
			continue;
		if (text.length == 19)
			reader->reading.civil_times = TRUE;
		else
			reader->reading.instants = TRUE;
	}
}

static void close_file(struct reader *reader)
{
	g_ptr_array_add(reader->reading.sha256, g_strdup(rows_sha256(reader->rows)));
	reader->reading.mended += rows_mended(reader->rows);
	reader->bytes_done += rows_bytes_read(reader->rows);
	g_clear_pointer(&reader->rows, rows_close);
}

/* 0 when one of them is a pipe or cannot be asked. */
static guint64 sum_sizes(char *const *paths)
{
	guint64 sum = 0;

	for (; *paths; paths++) {
		GStatBuf status;

		if (g_stat(*paths, &status) != 0 || !S_ISREG(status.st_mode))
			return 0;
		sum += (guint64)status.st_size;
	}
	return sum;
}

static void free_example(void *data)
{
	struct set_aside_example *example = data;

	g_free(example->file);
	g_free(example->sample);
	g_free(example);
}

static void free_examples(struct early *early)
{
	for (guint i = 0; i < early->examples->len; i++)
		free_example(g_ptr_array_index(early->examples, i));
}

struct reader *reader_open(char *const *paths, struct zone *zone, GError **error)
{
	return reader_open_as(paths, NULL, zone, error);
}

struct reader *reader_open_as(char *const *paths, const char *columns, struct zone *zone,
			      GError **error)
{
	struct reader *reader = g_new0(struct reader, 1);

	reader->paths = g_strdupv((char **)paths);
	reader->columns = g_strdup(columns);
	reader->zone = zone;
	reader->bytes_total = sum_sizes(paths);
	fold_init(&reader->fold);
	early_init(&reader->early);
	reader->refused = g_string_new(NULL);
	reader->reading.examples = g_ptr_array_new_with_free_func(free_example);
	reader->reading.unknown_columns = g_ptr_array_new_with_free_func(g_free);
	reader->reading.forms = g_ptr_array_new_with_free_func(g_free);
	reader->reading.sha256 = g_ptr_array_new_with_free_func(g_free);
	if (g_strv_length(reader->paths) > 1)
		reader_expect_duplicates(reader);
	if (open_next(reader, error))
		return reader;
	reader_close(reader);
	return NULL;
}

void reader_expect_duplicates(struct reader *reader)
{
	if (reader->keys)
		return;
	reader->keys = keys_new();
	reader->held = held_new();
}

void reader_close(struct reader *reader)
{
	if (!reader)
		return;
	rows_close(reader->rows);
	keys_free(reader->keys);
	held_free(reader->held);
	free_examples(&reader->early);
	early_clear(&reader->early);
	g_string_free(reader->refused, TRUE);
	fold_clear(&reader->fold);
	g_ptr_array_free(reader->reading.examples, TRUE);
	g_ptr_array_free(reader->reading.unknown_columns, TRUE);
	g_ptr_array_free(reader->reading.forms, TRUE);
	g_ptr_array_free(reader->reading.sha256, TRUE);
	g_free(reader->slots[0].text);
	g_free(reader->slots[1].text);
	g_strfreev(reader->paths);
	g_free(reader->columns);
	g_free(reader);
}

/* Rows that count for nothing */

static struct set_aside_example *example_of(const struct reader *reader, const struct row *row,
					    enum set_aside reason)
{
	struct set_aside_example *example = g_new0(struct set_aside_example, 1);

	example->file = g_strdup(rows_name(reader->rows));
	example->line = row->line;
	example->reason = reason;
	example->sample = terminal_escape(row->raw);
	return example;
}

static void set_aside(struct reader *reader, const struct row *row, enum set_aside reason)
{
	reader->reading.set_aside[reason]++;
	if (reader->reading.examples->len < EXAMPLES)
		g_ptr_array_add(reader->reading.examples, example_of(reader, row, reason));
	reader->beside_aside = TRUE;
	reader->slots[reader->current].job.flagged = TRUE;
	/* Without ids a step is known by its place only. */
	if (!layout_has_id(&reader->layout))
		reader->fate = FATE_NONE;
}

static enum set_aside reason_of(enum row_status status)
{
	static const enum set_aside table[] = {
		[ROW_FIELD_COUNT] = ASIDE_FIELD_COUNT,
		[ROW_TOO_LONG] = ASIDE_TOO_LONG,
		[ROW_NUL] = ASIDE_NUL,
		[ROW_NOT_UTF8] = ASIDE_NOT_UTF8,
		[ROW_CUT] = ASIDE_CUT,
	};

	return table[status];
}

/* Job rows */

static void move_slice(struct slice *slice, const struct row *row, const char *copy)
{
	if (slice->length > 0)
		slice->data = copy + (slice->data - row->raw.data);
	else
		slice->data = NULL;
}

/* The row's bytes go with the next row; the job's must stay. */
static void keep_text(struct slot *slot, const struct row *row)
{
	struct job *job = &slot->job;
	struct slice *slices[] = { &job->cluster,  &job->id,        &job->user, &job->account,
				   &job->group,    &job->partition, &job->qos,  &job->nodelist,
				   &job->gpu_type, &slot->base };

	if (slot->size < row->raw.length) {
		slot->size = MAX(row->raw.length, 2 * slot->size);
		slot->text = g_realloc(slot->text, slot->size);
	}
	memcpy(slot->text, row->raw.data, row->raw.length);
	for (guint i = 0; i < G_N_ELEMENTS(slices); i++)
		move_slice(slices[i], row, slot->text);
}

static struct key key_of_job(const struct job *job, struct slice base)
{
	return key_of(job->cluster, base,
		      job->submit != VALUE_UNKNOWN ? job->submit : job->start);
}

/* Without an end, another file may know better. */
static gboolean may_go_on(const struct reader *reader, const struct slot *slot)
{
	return reader->held && state_is_open(slot->job.state) && slot->job.end == VALUE_UNKNOWN &&
	       !slice_empty(slot->base);
}

/* A job that was taken as one turns out to have been counted, or to be counted, elsewhere. */
static void count_as_duplicate(struct reader *reader, const struct job *job)
{
	reader->reading.jobs--;
	reader->reading.steps -= (guint64)job->steps;
	reader->reading.duplicates += 1 + (guint64)job->steps;
	reader->reading.flagged -= job->flagged;
}

/* A wait belongs to a job's beginning; and what sacct prints of use is that of the whole job. */
static void clear_piece(struct job *job)
{
	job->submit = VALUE_UNKNOWN;
	job->eligible = VALUE_UNKNOWN;
	job->cpu_used_milliseconds = VALUE_UNKNOWN;
	job->memory_peak_bytes = VALUE_UNKNOWN;
	job->gpu_util = VALUE_UNKNOWN;
}

/* Gives out the waiting job: FALSE when it is kept back. */
static gboolean release(struct reader *reader, struct job *job)
{
	struct slot *slot = &reader->slots[reader->current];
	struct job left;

	fold_finish(&reader->fold, &slot->job);
	reader->reading.flagged += slot->job.flagged;
	reader->has_job = FALSE;
	if (may_go_on(reader, slot)) {
		if (held_add(reader->held, key_of_job(&slot->job, slot->base), &slot->job, &left))
			count_as_duplicate(reader, &left);
		return FALSE;
	}
	if (slot->piece)
		clear_piece(&slot->job);
	*job = slot->job;
	return TRUE;
}

/* At the end, those of which no file said how they ended. */
static gboolean release_held(struct reader *reader, struct job *job)
{
	struct key key;

	while (reader->held && held_take(reader->held, &key, job)) {
		if (!keys_have(reader->keys, key))
			return TRUE;
		count_as_duplicate(reader, job);
	}
	return FALSE;
}

/* From the first repeated header on, a single file is taken for several. */
static void watch_headers(struct reader *reader, guint64 before)
{
	guint64 now = rows_repeated_headers(reader->rows);

	reader->reading.repeated_headers += now - before;
	if (now > before && !reader->keys && layout_has_id(&reader->layout)) {
		reader_expect_duplicates(reader);
		reader->reading.uncompared = reader->reading.jobs;
	}
}

static gboolean is_duplicate(struct reader *reader, struct slot *slot)
{
	const struct job *job = &slot->job;
	enum sighting sighting;

	slot->piece = FALSE;
	if (!reader->keys)
		return FALSE;
	if (slice_empty(slot->base)) {
		reader->reading.uncompared++;
		return FALSE;
	}
	reader->reading.key_table = TRUE;
	if (may_go_on(reader, slot))
		return FALSE;
	sighting = keys_see(reader->keys, key_of_job(job, slot->base), job->start, job->end);
	slot->piece = sighting == SIGHTING_PIECE;
	reader->reading.pieces += slot->piece;
	return sighting == SIGHTING_AGAIN;
}

/* The steps that came early are nobody's. */
static void orphan_early(struct reader *reader)
{
	struct early *early = &reader->early;

	if (early->steps->len == 0)
		return;
	reader->reading.set_aside[ASIDE_ORPHAN_STEP] += early->steps->len;
	for (guint i = 0; i < early->examples->len; i++)
		g_ptr_array_add(reader->reading.examples, g_ptr_array_index(early->examples, i));
	early_forget(early);
	reader->beside_aside = TRUE;
	reader->slots[reader->current].job.flagged = TRUE;
}

/* Those that came early have found their job. */
static void fold_early(struct reader *reader)
{
	struct early *early = &reader->early;

	if (reader->fate == FATE_DUPLICATE)
		reader->reading.duplicates += early->steps->len;
	else
		reader->reading.steps += early->steps->len;
	for (guint i = 0; i < early->steps->len && reader->fate == FATE_USED; i++)
		fold_step(&reader->fold, &g_array_index(early->steps, struct usage, i));
	free_examples(early);
	early_forget(early);
}

/* TRUE when *done was waiting and has been given out. */
static gboolean take_job(struct reader *reader, struct job_row *row, struct slice base,
			 struct job *done)
{
	struct slot *slot = &reader->slots[reader->current ^ 1];
	struct usage usage;
	gboolean given = FALSE;

	if (!early_are_of(&reader->early, base))
		orphan_early(reader);
	if (!job_row_read(row, &slot->job, &usage)) {
		set_aside(reader, row->row, row->reason);
		reader->fate = FATE_NONE;
		g_string_truncate(reader->refused, 0);
		g_string_append_len(reader->refused, base.data, (gssize)base.length);
		return FALSE;
	}
	if (reader->has_job)
		given = release(reader, done);
	reader->current ^= 1;
	slot->base = base;
	slot->job.flagged = reader->beside_aside;
	reader->beside_aside = FALSE;
	keep_text(slot, row->row);
	if (is_duplicate(reader, slot)) {
		reader->reading.duplicates++;
		reader->fate = FATE_DUPLICATE;
	} else {
		reader->reading.jobs++;
		reader->fate = FATE_USED;
		reader->has_job = TRUE;
		fold_begin(&reader->fold, &usage);
	}
	fold_early(reader);
	return given;
}

/* Its job may still come. */
static void keep_early(struct reader *reader, struct job_row *row, struct slice base)
{
	struct early *early = &reader->early;
	struct usage usage;

	if (!early_are_of(early, base))
		orphan_early(reader);
	if (!job_row_read_step(row, &usage)) {
		set_aside(reader, row->row, row->reason);
		return;
	}
	early_add(early, base, &usage);
	if (reader->reading.examples->len + early->examples->len < EXAMPLES)
		g_ptr_array_add(early->examples, example_of(reader, row->row, ASIDE_ORPHAN_STEP));
}

static void take_step(struct reader *reader, struct job_row *row, struct slice base)
{
	struct usage usage;

	if (reader->fate == FATE_NONE || !slice_equal(base, reader->slots[reader->current].base)) {
		if (slice_is(base, reader->refused->str))
			set_aside(reader, row->row, ASIDE_ORPHAN_STEP);
		else
			keep_early(reader, row, base);
		return;
	}
	if (reader->fate == FATE_DUPLICATE) {
		reader->reading.duplicates++;
		return;
	}
	if (!job_row_read_step(row, &usage)) {
		set_aside(reader, row->row, row->reason);
		return;
	}
	reader->reading.steps++;
	reader->beside_aside = FALSE;
	fold_step(&reader->fold, &usage);
}

static gboolean take_row(struct reader *reader, const struct row *row, struct job *done)
{
	struct job_row job_row = { .layout = &reader->layout,
				   .row = row,
				   .zone = reader->zone,
				   .allocated = &reader->allocated,
				   .requested = &reader->requested };
	struct job_name name;

	if (reader->first_row)
		note_times(reader, row);
	reader->reading.rows++;
	if (row->status != ROW_WHOLE) {
		set_aside(reader, row, reason_of(row->status));
		return FALSE;
	}
	if (!job_row_name(&job_row, &name)) {
		set_aside(reader, row, job_row.reason);
		return FALSE;
	}
	if (!name.step)
		return take_job(reader, &job_row, name.base, done);
	take_step(reader, &job_row, name.base);
	return FALSE;
}

/* Rows of the open file until a job is complete; at the end of the file the waiting one is. */
static gboolean next_of_file(struct reader *reader, struct job *job, GError **error)
{
	struct row row;
	GError *failure = NULL;
	guint64 headers = rows_repeated_headers(reader->rows);

	while (rows_next(reader->rows, &row, &failure)) {
		if (rows_repeated_headers(reader->rows) > headers) {
			watch_headers(reader, headers);
			headers = rows_repeated_headers(reader->rows);
		}
		if (take_row(reader, &row, job))
			return TRUE;
	}
	if (failure) {
		g_propagate_error(error, failure);
		orphan_early(reader);
		reader->over = TRUE;
		return FALSE;
	}
	watch_headers(reader, headers);
	orphan_early(reader);
	close_file(reader);
	return reader->has_job && release(reader, job);
}

gboolean reader_next(struct reader *reader, struct job *job, GError **error)
{
	while (!reader->over) {
		if (!reader->rows && !reader->paths[reader->next_path]) {
			if (release_held(reader, job))
				return TRUE;
			reader->over = TRUE;
		} else if (!reader->rows && !open_next(reader, error)) {
			reader->over = TRUE;
		} else if (next_of_file(reader, job, error)) {
			return TRUE;
		}
	}
	return FALSE;
}

const struct reading *reader_reading(const struct reader *reader)
{
	return &reader->reading;
}

guint64 reader_bytes_read(const struct reader *reader)
{
	return reader->bytes_done + (reader->rows ? rows_bytes_read(reader->rows) : 0);
}

guint64 reader_bytes_total(const struct reader *reader)
{
	return reader->bytes_total;
}
