/* SPDX-License-Identifier: Apache-2.0 */
#include "record/intake.h"

#include "record/held.h"
#include "record/keys.h"
#include "record/twins.h"
#include "source/rows.h"

#define RUN_FACTOR G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) /* odd, and its bits well mixed */

struct intake {
	struct reading *reading; /* borrowed */
	struct keys *keys;       /* NULL: duplicates are not looked for */
	struct keys *sample;     /* of jobs of a single file, as long as they are not */
	struct twins *twins;     /* NULL as well then */
	struct held *held;       /* NULL as well then */
	struct held *cut;        /* jobs that stand in pieces; NULL as well then */
	struct keys *hindsight;  /* borrowed; NULL: there is none */
	struct keys *learned;    /* NULL: nothing */
	guint64 lines;           /* of the file so far */
	guint exports;           /* that are read, as far as anybody said */
	gboolean has_ids;        /* this file says which job a row is of */
	gboolean first_batch;    /* of the file is awaited */
	gboolean has_last, last_flagged; /* the last job of the file so far */
	gboolean aside_last;     /* a row behind it was set aside */
};

struct intake *intake_new(struct reading *reading)
{
	struct intake *intake = g_new0(struct intake, 1);

	intake->reading = reading;
	intake->exports = 1;
	return intake;
}

void intake_free(struct intake *intake)
{
	if (!intake)
		return;
	keys_free(intake->keys);
	keys_free(intake->sample);
	keys_free(intake->learned);
	twins_free(intake->twins);
	held_free(intake->held);
	held_free(intake->cut);
	g_free(intake);
}

void intake_expect_duplicates(struct intake *intake)
{
	if (intake->keys)
		return;
	g_clear_pointer(&intake->sample, keys_free);
	intake->keys = keys_new();
	intake->twins = twins_new();
	intake->held = held_new();
	intake->cut = held_new();
}

gboolean intake_expects_duplicates(const struct intake *intake)
{
	return intake->keys != NULL;
}

void intake_expect_exports(struct intake *intake, guint count)
{
	intake->exports = MAX(intake->exports, count);
}

/* A header begins each but the first. */
static guint64 count_exports(const struct intake *intake)
{
	return intake->exports + intake->reading->repeated_headers;
}

void intake_use_hindsight(struct intake *intake, struct keys *hindsight)
{
	intake->hindsight = hindsight;
}

struct keys *intake_steal_hindsight(struct intake *intake)
{
	return g_steal_pointer(&intake->learned);
}

static void learn(struct intake *intake, struct key key, guint facts)
{
	if (!intake->learned)
		intake->learned = keys_new();
	keys_note(intake->learned, key, facts);
}

void intake_begin_file(struct intake *intake, gboolean has_ids, guint64 lines)
{
	intake->lines = lines;
	intake->has_ids = has_ids;
	intake->first_batch = TRUE;
	intake->has_last = intake->last_flagged = intake->aside_last = FALSE;
}

void intake_end_file(struct intake *intake)
{
	intake->reading->full_sheets += rows_fill_sheet(intake->lines);
}

guint64 intake_lines(const struct intake *intake)
{
	return intake->lines;
}

/* Jobs that stand more than once */

static struct key key_of_job(const struct entry *entry)
{
	const struct job *job = &entry->job;

	return key_of(job->cluster, entry->base,
		      job->submit != VALUE_UNKNOWN ? job->submit : job->start);
}

/* A job that was taken as one turns out to have been counted, or to be counted, elsewhere. */
static void count_as_duplicate(struct reading *reading, const struct job *job)
{
	reading->jobs--;
	reading->steps -= (guint64)job->steps;
	reading->duplicates += 1 + (guint64)job->steps;
	reading->flagged -= job->flagged;
}

/* A wait belongs to a job's beginning; and what sacct prints of use is that of the whole job. */
static void make_piece(struct job *job)
{
	job->piece = TRUE;
	job->submit = VALUE_UNKNOWN;
	job->eligible = VALUE_UNKNOWN;
	job->cpu_used_milliseconds = VALUE_UNKNOWN;
	job->memory_peak_bytes = VALUE_UNKNOWN;
	job->gpu_util = VALUE_UNKNOWN;
}

/* Without an end, another file may know better. */
static gboolean may_go_on(const struct job *job)
{
	return state_is_open(job->state) && job->end == VALUE_UNKNOWN;
}

static gboolean keep_back(struct intake *intake, struct key key, const struct job *job)
{
	struct job left;

	if (held_add(intake->held, key, job, &left))
		count_as_duplicate(intake->reading, &left);
	return FALSE;
}

static guint measures_of(const struct job *job)
{
	return (job->cpu_used_milliseconds != VALUE_UNKNOWN ? KEY_CPU : 0) |
	       (job->memory_peak_bytes != VALUE_UNKNOWN ? KEY_MEMORY : 0);
}

/* Whether hindsight has a better row of the job than this one. */
static gboolean is_worse(guint known, const struct job *job)
{
	return !(known & KEY_CUT) && (known & KEY_MEASURES & ~measures_of(job)) != 0;
}

static gboolean leave_out(struct intake *intake, const struct job *job)
{
	count_as_duplicate(intake->reading, job);
	return FALSE;
}

static gboolean admit_piece(struct intake *intake, struct key key, struct job *job)
{
	intake->reading->pieces++;
	learn(intake, key, KEY_CUT);
	make_piece(job);
	return TRUE;
}

/* Where one id is several jobs', others are. */
static struct key key_of_all(void)
{
	return key_of(slice_of(""), slice_of(""), 0);
}

static gboolean ids_are_shared(const struct intake *intake)
{
	return intake->hindsight && (keys_facts(intake->hindsight, key_of_all()) & KEY_SHARED);
}

/* In each export pieces of a job lie apart: as many that overlap as there are exports cannot be of
 * one. */
static gboolean shows_sharing(const struct intake *intake, struct key key)
{
	return held_overlaps(intake->cut, key) >= count_exports(intake);
}

static void reconsider(struct intake *intake, struct key key)
{
	keys_note(intake->hindsight, key, KEY_SHARED);
	keys_note(intake->hindsight, key_of_all(), KEY_SHARED);
	intake->reading->reconsiders = TRUE;
}

/* Of a job that is known to stand in pieces. */
static gboolean keep_piece(struct intake *intake, struct key key, const struct job *job)
{
	enum joining joining = held_join(intake->cut, key, job);

	keys_note(intake->keys, key, KEY_CUT);
	if (joining == JOINED_MORE)
		intake->reading->pieces++;
	else if (joining == JOINED_NOTHING)
		count_as_duplicate(intake->reading, job);
	if (shows_sharing(intake, key))
		reconsider(intake, key);
	return FALSE;
}

/* Of one export these are jobs of their own. Of several they may be what overlapping slices cut. */
static gboolean admit_beside(struct intake *intake, struct key key, struct job *job)
{
	if (count_exports(intake) > 1)
		return admit_piece(intake, key, job);
	learn(intake, key, KEY_SHARED);
	learn(intake, key_of_all(), KEY_SHARED);
	intake->reading->shared++;
	return TRUE;
}

/* Where several jobs bear one id, one is told from another by when it ran as well. */
static struct key key_of_run(const struct entry *entry, gint64 end)
{
	const struct job *job = &entry->job;
	guint64 times = (guint64)job->submit;

	times = times * RUN_FACTOR + (guint64)job->start;
	times = times * RUN_FACTOR + (guint64)end;
	return key_of(job->cluster, entry->base, (gint64)times);
}

/* Of one export each row is a job. Of several, those that say the same times are one; and one that
 * had begun, without an end in one export, has it in another. */
static gboolean admit_run(struct intake *intake, const struct entry *entry)
{
	const struct job *job = &entry->job;
	struct key begun = key_of_run(entry, VALUE_UNKNOWN), key = key_of_run(entry, job->end);

	if (count_exports(intake) > 1 && may_go_on(job))
		return keep_back(intake, begun, job);
	keys_note(intake->keys, begun, 0);
	if (count_exports(intake) > 1 &&
	    keys_see(intake->keys, key, job->start, job->end, 0) != SIGHTING_NEW)
		return leave_out(intake, job);
	intake->reading->shared++;
	return TRUE;
}

/* Of a job that has ended. `known`: in hindsight. */
static gboolean admit_ended(struct intake *intake, struct key key, guint known, struct job *job)
{
	if (is_worse(known, job))
		return leave_out(intake, job);
	if (known & KEY_CUT)
		return keep_piece(intake, key, job);
	switch (keys_see(intake->keys, key, job->start, job->end, measures_of(job))) {
	case SIGHTING_BETTER:
		intake->reading->measured_later++;
		learn(intake, key, measures_of(job));
		return leave_out(intake, job);
	case SIGHTING_AGAIN:
		return leave_out(intake, job);
	case SIGHTING_PIECE:
		return admit_piece(intake, key, job);
	case SIGHTING_BESIDE:
		return admit_beside(intake, key, job);
	default:
		return TRUE;
	}
}

/* Whether the job goes on to be counted now. */
static gboolean admit(struct intake *intake, struct entry *entry)
{
	struct job *job = &entry->job;
	struct key key;
	guint known;

	if (slice_empty(entry->base)) {
		intake->reading->uncompared++;
		return TRUE;
	}
	intake->reading->key_table = TRUE;
	twins_see(intake->twins, job, entry->base);
	key = key_of_job(entry);
	known = intake->hindsight ? keys_facts(intake->hindsight, key) : 0;
	if (known & KEY_SHARED || (known & KEY_CUT && ids_are_shared(intake)))
		return admit_run(intake, entry);
	if (may_go_on(job) && known & KEY_CUT && job->start != VALUE_UNKNOWN)
		job->end = job->start + job->elapsed_seconds; /* so far, which is a piece */
	if (may_go_on(job))
		return keep_back(intake, key, job);
	return admit_ended(intake, key, known, job);
}

/* Files that were joined without their headers look like one, and jobs of slices that overlap stand
 * in it twice. To remember all jobs takes memory that grows with them: these many, and of the
 * others those of which the id ends so, are enough to notice; the more there are the more stand
 * twice, and so fewer of them need be remembered. */
#define SAMPLE_FIRST (1 << 14)
#define SAMPLE_MANY (1 << 22)
#define SAMPLE_MOST (1 << 25)

/* How long the end is, the compiler knows. */
static G_ALWAYS_INLINE inline gboolean ends_in(struct slice id, const char *end)
{
	size_t length = strlen(end);

	return id.length > length && memcmp(id.data + id.length - length, end, length) == 0;
}

/* `number`: of the job, from 0. */
static inline gboolean is_sampled(guint64 number, struct slice id)
{
	if (number < SAMPLE_FIRST)
		return TRUE;
	if (!ends_in(id, "37"))
		return FALSE;
	return number < SAMPLE_MANY ||
	       (number < SAMPLE_MOST ? ends_in(id, "937") : ends_in(id, "0937"));
}

static gboolean stands_again(struct intake *intake, const struct entry *entry)
{
	const struct job *job = &entry->job;

	if (!intake->sample)
		intake->sample = keys_new();
	return keys_see(intake->sample, key_of_job(entry), job->start, job->end, 0) != SIGHTING_NEW;
}

/* The first job of a batch, up to `end`, that was there before; `end`: none was. */
static guint find_again(struct intake *intake, const struct batch *batch, guint end)
{
	guint64 first = intake->reading->jobs - batch->count;

	for (guint i = 0; i < end; i++)
		if (is_sampled(first + i, batch->entries[i].base) &&
		    stands_again(intake, &batch->entries[i]))
			return i;
	return end;
}

/* From the first repeated header on, or a job that was there before, a single file is taken for
 * several. How many jobs stand before that. */
static guint watch_joints(struct intake *intake, const struct batch *batch)
{
	guint before;

	if (intake->keys)
		return 0;
	if (!intake->has_ids)
		return batch->count;
	before = batch->headers->len > 0 ? g_array_index(batch->headers, guint, 0) : batch->count;
	before = find_again(intake, batch, before);
	if (before == batch->count && batch->headers->len == 0)
		return before;
	intake_expect_duplicates(intake);
	intake->reading->joined = TRUE;
	intake->reading->uncompared = intake->reading->jobs - batch->count + before;
	return before;
}

static void swap(struct entry *a, struct entry *b)
{
	struct entry entry = *a;

	*a = *b;
	*b = entry;
}

static void admit_all(struct intake *intake, struct batch *batch)
{
	guint kept = watch_joints(intake, batch);
	gboolean repeat = TRUE; /* all since the last that was kept */

	for (guint i = kept; i < batch->count; i++) {
		struct entry *entry = &batch->entries[i];

		repeat &= entry->job.repeats;
		if (!admit(intake, entry))
			continue;
		entry->job.repeats = repeat;
		repeat = TRUE;
		if (i != kept)
			swap(&batch->entries[kept], entry);
		kept++;
	}
	batch->left_out = batch->count - kept;
	batch->count = kept;
}

gboolean intake_take_held(struct intake *intake, struct job *job)
{
	struct key key;

	if (intake->cut && held_take(intake->cut, &key, job))
		return TRUE;
	while (intake->held && held_take(intake->held, &key, job)) {
		if (!keys_have(intake->keys, key))
			return TRUE;
		/* It stands elsewhere without its first hours. */
		if (job->start != VALUE_UNKNOWN && keys_begin_after(intake->keys, key, job->start))
			learn(intake, key, KEY_CUT);
		count_as_duplicate(intake->reading, job);
	}
	return FALSE;
}

/* The account */

/* The job before a row set aside and the job behind it may be of two batches. */
static void flag_across(struct intake *intake, struct batch *batch)
{
	struct job *first = batch->count > 0 ? &batch->entries[0].job : NULL;

	if (batch->aside_first && intake->has_last && !intake->last_flagged) {
		intake->reading->flagged++;
		intake->last_flagged = TRUE;
	}
	if (first && intake->aside_last && !first->flagged) {
		intake->reading->flagged++;
		first->flagged = TRUE;
	}
	if (batch->rows > 0)
		intake->aside_last = batch->aside_last;
	if (!first)
		return;
	intake->has_last = TRUE;
	intake->last_flagged = batch->entries[batch->count - 1].job.flagged;
}

static void take_examples(struct intake *intake, struct batch *batch, gboolean counted)
{
	GPtrArray *all = intake->reading->examples;

	for (guint i = 0; i < batch->examples->len && all->len < SET_ASIDE_EXAMPLES; i++) {
		struct set_aside_example *example = g_ptr_array_index(batch->examples, i);

		batch->examples->pdata[i] = NULL;
		example->line += counted ? 0 : intake->lines;
		g_ptr_array_add(all, example);
	}
}

static void add_spans(struct spans *into, const struct spans *from)
{
	into->known += from->known;
	into->halved += from->halved;
	into->days += from->days;
	into->dayless += from->dayless;
}

void intake_add(struct intake *intake, struct batch *batch, gboolean counted)
{
	struct reading *reading = intake->reading;

	reading->rows += batch->rows;
	reading->jobs += batch->count;
	reading->steps += batch->steps;
	reading->flagged += batch->flagged;
	reading->mended += batch->mended;
	reading->repeated_headers += batch->headers->len;
	reading->finer = MAX(reading->finer, batch->row.finer);
	add_spans(&reading->spans, &batch->row.spans);
	for (guint i = 0; i < ASIDES; i++)
		reading->set_aside[i] += batch->set_aside[i];
	for (guint i = 0; i < COLUMNS; i++)
		reading->unreadable[i] += batch->row.unreadable[i];
	if (intake->first_batch && !batch->first_row) {
		reading->civil_times |= batch->civil_times;
		reading->instants |= batch->instants;
		intake->first_batch = FALSE;
	}
	take_examples(intake, batch, counted);
	flag_across(intake, batch);
	admit_all(intake, batch);
	reading->twins = intake->twins ? twins_count(intake->twins) : 0;
	intake->lines += batch->lines;
}
