/* SPDX-License-Identifier: Apache-2.0 */
#include "record/reader.h"

#include "base/error.h"
#include "base/intern.h"
#include "record/batch.h"
#include "record/events.h"
#include "record/intake.h"
#include "record/vocabulary.h"

/* Where a piece cannot be cut, rows are read one by one until this many jobs are there. */
#define ENOUGH_JOBS 4096

/* A file, for as long as a batch of it is about. */
struct file {
	gint references;
	struct rows *rows;
	struct layout layout;
};

/* What one thread reads with. */
struct worker {
	struct reader *reader;
	const struct taker *taker;
	GThread *thread;
	struct batch *batch;
	guint64 turn;       /* of the batch */
	struct file *file;  /* that the batch is of */
	struct rows *fork;  /* of the file; NULL: none yet */
	struct window piece;
	guint64 first_line; /* of the file's rows, when the batch is its first */
	guint given;        /* of the batch's jobs, by reader_next() */
	void (*tick)(void *data);
	void *tick_data;
};

/* Threads take turns: the file is cut by one of them at a time, under `cutting`, and in the same
 * order each hands its batch to the intake, when `turn` is its own. In between and afterwards they
 * are on their own. */
struct reader {
	char **paths;
	char *columns; /* of files without a header; NULL: not told */
	struct zone *zone;
	struct reading reading;
	struct intern *unknown; /* its unknown columns */

	GMutex cutting;
	guint next_path;
	struct file *file;  /* being cut; NULL: the next path's turn has come */
	guint64 next_turn;
	guint pieces;       /* that may be out at one time */
	gboolean spares_digests, spares_use;
	guint64 bytes_done; /* of the files before */
	_Atomic guint64 bytes_read;

	GMutex waiting;
	GCond turned;
	guint64 turn;
	gint over;          /* nobody shall begin another batch */
	GError *failure;    /* the first in the order of rows, … */
	guint64 failed_turn; /* … met here */

	struct intake *intake;
	struct worker *own; /* reader_next()'s */
};

/* Files */

/* They are numbered in the order of the list, so that one more does not take a look at all: a
 * header may have any number of them. */
static void note_unknown(struct reader *reader, struct slice name)
{
	GPtrArray *list = reader->reading.unknown_columns;

	if (intern_get(reader->unknown, name) == list->len)
		g_ptr_array_add(list, slice_dup(name));
}

static void note_form(struct reading *reading, const char *form)
{
	for (guint i = 0; i < reading->forms->len; i++)
		if (g_str_equal(g_ptr_array_index(reading->forms, i), form))
			return;
	g_ptr_array_add(reading->forms, g_strdup(form));
}

static void note_columns(struct reader *reader, const struct layout *layout,
			 const struct slice *header, guint count)
{
	struct reading *reading = &reader->reading;

	for (guint i = 0; i < COLUMNS; i++) {
		gboolean has = layout_has(layout, (enum column)i);

		reading->all_have[i] = has && (reader->next_path == 1 || reading->all_have[i]);
		reading->has[i] |= has;
	}
	for (guint i = 0; i < count; i++) {
		enum column column;

		if (!column_find(header[i], &column))
			note_unknown(reader, header[i]);
		else
			reading->twice[column] |= layout->at[column] != (gint32)i;
	}
}

/* What anonymize writes of events has a start and an end, too. */
static gboolean is_events_file(const struct slice *header, guint count)
{
	struct slice rest = slice_of(EVENTS_HEADER);
	guint at = 0;

	while (at < count && rest.data && slice_equal(slice_cut(&rest, ','), header[at]))
		at++;
	return at == count && !rest.data;
}

gboolean rows_are_jobs(const struct rows *rows, GError **error)
{
	guint count;
	const struct slice *header = rows_header(rows, &count);
	gboolean are_events = is_events_file(header, count);

	for (guint i = 0; i < count && !are_events; i++) {
		enum column column;

		are_events = slice_is_nocase(header[i], "TimeStart");
		if (!column_find(header[i], &column))
			continue;
		if (column == COLUMN_JOB_ID || column == COLUMN_JOB_ID_RAW ||
		    column == COLUMN_SUBMIT || column == COLUMN_START || column == COLUMN_END)
			return TRUE;
	}
	if (are_events)
		return error_failed(
			error, "%s: these are events of nodes, not jobs: give them with --events",
			rows_name(rows));
	return error_failed(error,
			    "%s: has neither job ids nor times of jobs; run sacct with --parsable2",
			    rows_name(rows));
}

/* Files, one after the other. All but file_leave() under `cutting`. */

static struct file *file_open(struct reader *reader, GError **error)
{
	const char *path = reader->paths[reader->next_path];
	struct rows *rows = rows_open(path, &column_vocabulary, reader->columns, error);
	const struct slice *header;
	struct file *file;
	guint count;

	if (!rows)
		return NULL;
	if (!rows_are_jobs(rows, error)) {
		rows_close(rows);
		return NULL;
	}
	reader->next_path++;
	header = rows_header(rows, &count);
	file = g_new0(struct file, 1);
	file->references = 1;
	file->rows = rows;
	layout_init(&file->layout, header, count);
	file->layout.spares_use = reader->spares_use;
	note_columns(reader, &file->layout, header, count);
	note_form(&reader->reading, rows_form(rows));
	if (reader->pieces > 1)
		rows_lend(rows, reader->pieces);
	if (reader->spares_digests)
		rows_spare_digest(rows);
	return file;
}

static void file_leave(struct file *file)
{
	if (!file || !g_atomic_int_dec_and_test(&file->references))
		return;
	rows_close(file->rows);
	g_free(file);
}

/* Workers */

static struct worker *worker_new(struct reader *reader, const struct taker *taker)
{
	struct worker *worker = g_new0(struct worker, 1);

	worker->reader = reader;
	worker->taker = taker;
	worker->batch = batch_new(zone_name(reader->zone));
	return worker;
}

/* Nothing of the last batch is needed any more. */
static void worker_give_back(struct worker *worker)
{
	if (worker->piece.block)
		rows_give_back(worker->file->rows, &worker->piece);
}

static void worker_leave_file(struct worker *worker)
{
	worker_give_back(worker);
	g_clear_pointer(&worker->fork, rows_close);
	g_clear_pointer(&worker->file, file_leave);
}

static void worker_free(struct worker *worker)
{
	if (!worker)
		return;
	worker_leave_file(worker);
	batch_free(worker->batch);
	g_free(worker);
}

static void worker_enter_file(struct worker *worker, struct file *file)
{
	if (worker->file == file)
		return;
	worker_leave_file(worker);
	g_atomic_int_inc(&file->references);
	worker->file = file;
}

/* Opening and closing */

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
	reader->pieces = 1;
	g_mutex_init(&reader->cutting);
	g_mutex_init(&reader->waiting);
	g_cond_init(&reader->turned);
	reader->reading.examples = g_ptr_array_new_with_free_func(set_aside_example_free);
	reader->reading.unknown_columns = g_ptr_array_new_with_free_func(g_free);
	reader->unknown = intern_new();
	reader->reading.forms = g_ptr_array_new_with_free_func(g_free);
	reader->reading.sha256 = g_ptr_array_new_with_free_func(g_free);
	reader->intake = intake_new(&reader->reading);
	reader_expect_exports(reader, g_strv_length(reader->paths));
	reader->file = file_open(reader, error);
	if (reader->file) {
		intake_begin_file(reader->intake, layout_has_id(&reader->file->layout),
				  rows_line(reader->file->rows) - 1);
		return reader;
	}
	reader_close(reader);
	return NULL;
}

static void set_spares_use(struct reader *reader, gboolean spares_use)
{
	reader->spares_use = spares_use;
	if (reader->file)
		reader->file->layout.spares_use = spares_use;
}

void reader_spare_use(struct reader *reader)
{
	set_spares_use(reader, !intake_expects_duplicates(reader->intake));
}

void reader_expect_duplicates(struct reader *reader)
{
	intake_expect_duplicates(reader->intake);
	set_spares_use(reader, FALSE);
}

void reader_expect_exports(struct reader *reader, guint count)
{
	if (count > 1)
		reader_expect_duplicates(reader);
	intake_expect_exports(reader->intake, count);
}

void reader_use_hindsight(struct reader *reader, struct keys *hindsight)
{
	intake_use_hindsight(reader->intake, hindsight);
}

struct keys *reader_steal_hindsight(struct reader *reader)
{
	return intake_steal_hindsight(reader->intake);
}

void reader_spare_digests(struct reader *reader)
{
	reader->spares_digests = TRUE;
	rows_spare_digest(reader->file->rows);
}

void reader_close(struct reader *reader)
{
	if (!reader)
		return;
	worker_free(reader->own);
	file_leave(reader->file);
	intake_free(reader->intake);
	g_clear_error(&reader->failure);
	g_ptr_array_free(reader->reading.examples, TRUE);
	intern_free(reader->unknown);
	g_ptr_array_free(reader->reading.unknown_columns, TRUE);
	g_ptr_array_free(reader->reading.forms, TRUE);
	g_ptr_array_free(reader->reading.sha256, TRUE);
	g_mutex_clear(&reader->cutting);
	g_mutex_clear(&reader->waiting);
	g_cond_clear(&reader->turned);
	g_strfreev(reader->paths);
	g_free(reader->columns);
	g_free(reader);
}

/* Turns */

static void await_turn(struct worker *worker)
{
	struct reader *reader = worker->reader;

	g_mutex_lock(&reader->waiting);
	while (reader->turn != worker->turn)
		g_cond_wait(&reader->turned, &reader->waiting);
	g_mutex_unlock(&reader->waiting);
}

static void end_turn(struct worker *worker)
{
	struct reader *reader = worker->reader;

	g_mutex_lock(&reader->waiting);
	reader->turn++;
	g_cond_broadcast(&reader->turned);
	g_mutex_unlock(&reader->waiting);
}

/* Every batch before this one is on its way, so that in the end the first error has been met. Takes
 * the error. */
static void fail(struct worker *worker, GError *failure)
{
	struct reader *reader = worker->reader;

	g_atomic_int_set(&reader->over, TRUE);
	g_mutex_lock(&reader->waiting);
	if (!reader->failure || worker->turn < reader->failed_turn) {
		g_clear_error(&reader->failure);
		reader->failure = g_steal_pointer(&failure);
		reader->failed_turn = worker->turn;
	}
	g_mutex_unlock(&reader->waiting);
	g_clear_error(&failure);
}

/* Reading a batch */

/* Tells the batch of headers that were passed; `headers` of them were before. */
static void add_headers(struct worker *worker, const struct rows *rows, guint64 *headers)
{
	for (; *headers < rows_repeated_headers(rows); ++*headers)
		batch_header(worker->batch);
}

static void add_row(struct worker *worker, const struct rows *rows, const struct row *row,
		    guint64 *headers)
{
	add_headers(worker, rows, headers);
	batch_add(worker->batch, row);
}

/* A piece of rows that stay where they are. */
static void read_piece(struct worker *worker)
{
	struct batch *batch = worker->batch;
	struct rows *fork = worker->fork;
	guint64 headers = 0;
	struct row row;

	batch_begin(batch, &worker->file->layout, fork, FALSE);
	rows_enter(fork, &worker->piece);
	while (rows_next(fork, &row, NULL))
		add_row(worker, fork, &row, &headers);
	add_headers(worker, fork, &headers);
	batch->mended = rows_mended(fork);
	batch->lines = rows_line(fork) - 1;
	batch_end(batch);
}

static gboolean enough(struct worker *worker, const struct row *row, guint64 mended)
{
	struct batch *batch = worker->batch;

	return (batch->count >= ENOUGH_JOBS || batch->rows >= 4 * ENOUGH_JOBS) &&
	       rows_mended(worker->file->rows) == mended && batch_may_end(batch, row);
}

/* Rows one by one, where no piece can be cut; when it is the worker's turn, and still under
 * `cutting`. FALSE at the end of the file, or when reading failed. */
static gboolean read_on(struct worker *worker, GError **failure)
{
	struct batch *batch = worker->batch;
	struct rows *rows = worker->file->rows;
	guint64 headers = rows_repeated_headers(rows), first = rows_mended(rows), mended = first;
	guint64 line = intake_lines(worker->reader->intake) + 1;
	gboolean more;
	struct row row;

	rows_set_line(rows, line);
	batch_begin(batch, &worker->file->layout, rows, TRUE);
	while ((more = rows_next(rows, &row, failure)) && !enough(worker, &row, mended)) {
		add_row(worker, rows, &row, &headers);
		mended = rows_mended(rows);
	}
	if (more)
		rows_hold_back(rows);
	add_headers(worker, rows, &headers);
	batch->mended = mended - first;
	batch->lines = rows_line(rows) - line;
	batch_end(batch);
	return more;
}

/* One step: the next batch */

/* Under `cutting`: the file of the next batch. NULL at the end of all, or when one cannot be
 * opened. *fresh: the batch is its first. */
static struct file *current_file(struct reader *reader, gboolean *fresh, GError **failure)
{
	*fresh = !reader->file;
	if (!reader->file && reader->paths[reader->next_path])
		reader->file = file_open(reader, failure);
	return reader->file;
}

/* In the last batch's turn. */
static void end_file(struct reader *reader)
{
	struct rows *rows = reader->file->rows;

	if (!reader->spares_digests)
		g_ptr_array_add(reader->reading.sha256, g_strdup(rows_sha256(rows)));
	reader->bytes_done += rows_bytes_read(rows);
	g_clear_pointer(&reader->file, file_leave);
}

static void note_bytes(struct reader *reader)
{
	reader->bytes_read =
		reader->bytes_done + (reader->file ? rows_bytes_read(reader->file->rows) : 0);
}

static void begin_turn(struct worker *worker, gboolean fresh)
{
	await_turn(worker);
	if (fresh)
		intake_begin_file(worker->reader->intake, layout_has_id(&worker->file->layout),
				  worker->first_line - 1);
}

static void take_piece(struct worker *worker, gboolean fresh)
{
	if (!worker->fork)
		worker->fork = rows_fork(worker->file->rows);
	read_piece(worker);
	begin_turn(worker, fresh);
	intake_add(worker->reader->intake, worker->batch, FALSE);
	end_turn(worker);
}

/* Takes `cutting`. */
static void take_rows(struct worker *worker, gboolean fresh)
{
	struct reader *reader = worker->reader;
	GError *failure = NULL;
	gboolean ends;

	begin_turn(worker, fresh);
	ends = !read_on(worker, &failure) && !failure;
	if (ends)
		end_file(reader);
	note_bytes(reader);
	g_mutex_unlock(&reader->cutting);
	intake_add(reader->intake, worker->batch, TRUE);
	if (ends)
		intake_end_file(reader->intake);
	if (failure)
		fail(worker, failure);
	end_turn(worker);
}

/* Takes `cutting`. FALSE when the file is the last one's successor, or cannot be opened. */
static gboolean take_batch(struct worker *worker)
{
	struct reader *reader = worker->reader;
	GError *failure = NULL;
	gboolean fresh;
	struct file *file = current_file(reader, &fresh, &failure);
	struct seam seam;

	if (!file) {
		if (failure)
			fail(worker, failure);
		g_mutex_unlock(&reader->cutting);
		return FALSE;
	}
	reader->next_turn++;
	worker_enter_file(worker, file);
	worker->first_line = fresh ? rows_line(file->rows) : 0;
	seam = batch_seam(&file->layout);
	if (!rows_cut(file->rows, &seam, &worker->piece)) {
		take_rows(worker, fresh);
		return TRUE;
	}
	note_bytes(reader);
	g_mutex_unlock(&reader->cutting);
	take_piece(worker, fresh);
	return TRUE;
}

/* Reads the next batch and has it accounted for. FALSE when there is none. */
static gboolean step(struct worker *worker)
{
	struct reader *reader = worker->reader;

	worker_give_back(worker);
	g_mutex_lock(&reader->cutting);
	worker->turn = reader->next_turn;
	if (!g_atomic_int_get(&reader->over))
		return take_batch(worker);
	g_mutex_unlock(&reader->cutting);
	return FALSE;
}

/* Jobs, one by one */

/* After all batches, or the first failure. */
static gboolean next_held(struct reader *reader, struct job *job, GError **error)
{
	if (reader->failure)
		g_propagate_error(error, g_steal_pointer(&reader->failure));
	else if (!reader->over && intake_take_held(reader->intake, job))
		return TRUE;
	g_atomic_int_set(&reader->over, TRUE);
	return FALSE;
}

gboolean reader_next(struct reader *reader, struct job *job, GError **error)
{
	struct worker *own = reader->own;

	if (!own)
		own = reader->own = worker_new(reader, NULL);
	while (own->given == own->batch->count) {
		own->given = own->batch->count = 0;
		if (!step(own))
			return next_held(reader, job, error);
	}
	*job = own->batch->entries[own->given++].job;
	return TRUE;
}

/* Jobs, by many */

/* What is looked at least lies furthest from the processor by now: the text of a list of nodes is
 * fetched while others are given. */
#define AHEAD 8

static gboolean give(struct worker *worker,
                     gboolean (*to)(void *data, const struct job *job, GError **error),
                     const struct entry *entries, guint count)
{
	GError *failure = NULL;

	for (guint i = 0; i < count; i++) {
		if (i + AHEAD < count)
			__builtin_prefetch(entries[i + AHEAD].job.nodelist.data);
		if (to(worker->taker->data, &entries[i].job, &failure))
			continue;
		g_prefix_error(&failure, "%s: ", rows_name(worker->file->rows));
		fail(worker, failure);
		return FALSE;
	}
	return TRUE;
}

static gboolean give_batch(struct worker *worker)
{
	const struct batch *batch = worker->batch;
	const struct taker *taker = worker->taker;

	if (!give(worker, taker->take, batch->entries, batch->count) ||
	    (taker->leave &&
	     !give(worker, taker->leave, batch->entries + batch->count, batch->left_out)))
		return FALSE;
	if (taker->rest)
		taker->rest(taker->data);
	return TRUE;
}

static void *work(void *data)
{
	struct worker *worker = data;

	while (step(worker) && give_batch(worker))
		if (worker->tick)
			worker->tick(worker->tick_data);
	worker_leave_file(worker);
	return NULL;
}

static void work_together(struct worker **workers, guint count)
{
	/* Where there is no thread to be had the others do its share. */
	for (guint i = 1; i < count; i++)
		workers[i]->thread = g_thread_try_new("reading", work, workers[i], NULL);
	work(workers[0]);
	for (guint i = 1; i < count; i++)
		if (workers[i]->thread)
			g_thread_join(workers[i]->thread);
}

gboolean reader_each(struct reader *reader, const struct taker *takers, guint count,
		     void (*tick)(void *data), void *data, GError **error)
{
	g_autofree struct worker **workers = g_new(struct worker *, count);
	gboolean wanted = TRUE;
	GError *failure = NULL;
	struct job job;

	reader->pieces = count;
	rows_lend(reader->file->rows, count);
	for (guint i = 0; i < count; i++)
		workers[i] = worker_new(reader, &takers[i]);
	workers[0]->tick = tick;
	workers[0]->tick_data = data;
	work_together(workers, count);
	while (wanted && next_held(reader, &job, &failure))
		wanted = takers->take(takers->data, &job, &failure);
	for (guint i = 0; i < count; i++)
		worker_free(workers[i]);
	if (!failure)
		return TRUE;
	g_propagate_error(error, failure);
	return FALSE;
}

const struct reading *reader_reading(const struct reader *reader)
{
	return &reader->reading;
}

guint64 reader_bytes_read(const struct reader *reader)
{
	return reader->bytes_read;
}
