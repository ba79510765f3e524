/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/tally_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/tape.h"
#include "base/terminal.h"
#include "measure/tally_parts.h"
#include "source/pack.h"

void tally_counters(struct tally *tally, gint64 *counters[TALLY_COUNTERS])
{
	gint64 *const all[TALLY_COUNTERS] = {
		&tally->jobs_outside,         &tally->jobs_later,
		&tally->left_before.jobs,     &tally->left_before.steps,
		&tally->left_after.jobs,      &tally->left_after.steps,
		&tally->jobs_unplaced,        &tally->jobs_on_unlisted,
		&tally->cpu_seconds_unplaced, &tally->cpu_seconds_fitting,
		&tally->cpu_seconds_beyond,   &tally->gpu_seconds_fitting,
		&tally->gpu_seconds_beyond,   &tally->cpu_seconds_memory_known,
		&tally->cpu_seconds_inside,   &tally->used_above_held,
		&tally->peak_above_asked,     &tally->wait_without_eligible,
	};
	memcpy(counters, all, sizeof all);
}

void edge_numbers(struct job *job, gint64 *numbers[EDGE_NUMBERS])
{
	gint64 *const all[EDGE_NUMBERS] = {
		&job->submit,
		&job->eligible,
		&job->start,
		&job->end,
		&job->elapsed_seconds,
		&job->nodes,
		&job->cpus,
		&job->gpus,
		&job->memory_bytes,
		&job->cpu_used_milliseconds,
		&job->memory_peak_bytes,
		&job->gpu_util,
		&job->steps,
	};
	memcpy(numbers, all, sizeof all);
}

/* What a job can hold, and when: beyond it a row of an export is set aside. */
#define MOST_HELD G_GINT64_CONSTANT(1000000000)
#define MOST_SECONDS (G_GINT64_CONSTANT(111) * 366 * 86400)
#define FIRST_SECOND G_GINT64_CONSTANT(631065600) /* 1989-12-31: local days */
#define LAST_SECOND (FIRST_SECOND + 2 * MOST_SECONDS)
#define MOST_NODE (G_GINT64_CONSTANT(1) << 50) /* of anything in one node */

static void read_numbers(struct tape *tape, gint64 *numbers, guint count)
{
	for (guint i = 0; i < count; i++)
		numbers[i] = tape_number(tape);
}

static void read_sparse(struct tape *tape, gint64 *numbers, guint count)
{
	guint64 filled = tape_count_to(tape, count), at = 0;
	for (; filled > 0 && !tape->wrong; filled--, at++) {
		at += tape_count_to(tape, count - 1);
		if (at >= count) {
			tape_fail(tape, "a number in it has no place");
			return;
		}
		numbers[at] = tape_number(tape);
	}
}

static char *read_string(struct tape *tape)
{
	struct slice text = tape_text(tape);
	if (text.length > 0 && memchr(text.data, '\0', text.length))
		tape_fail(tape, "a text in it is none");
	return slice_dup(text);
}

static gint64 read_time(struct tape *tape)
{
	gint64 seconds = tape_raw(tape);
	if (seconds != VALUE_UNKNOWN && (seconds < FIRST_SECOND || seconds > LAST_SECOND))
		tape_fail(tape, "a time in it is out of range");
	return tape->wrong ? VALUE_UNKNOWN : seconds;
}

/* What it is of */

static void read_rules(struct tape *tape, struct rules *rules)
{
	rules->group_by = (enum group_by)tape_count_to(tape, GROUP_BY_GROUP);
	rules->declared = tape_count_to(tape, 1) == 1;
	rules->undecided = TRUE;
	rules->from = tape_number_in(tape, rules->declared ? FIRST_SECOND : 0,
	                             rules->declared ? LAST_SECOND : 0);
	rules->to = tape_number_in(tape, rules->from, rules->declared ? LAST_SECOND : 0);
	for (enum scenario s = 0; s < SCENARIOS; s++)
		rules->memory_headroom_permille[s] = tape_number_in(tape, 0, G_MAXINT32);
	for (enum scenario s = 0; s < SCENARIOS; s++)
		rules->cpu_headroom_permille[s] = tape_number_in(tape, 0, G_MAXINT32);
	rules->sampling_limit_seconds = tape_number_in(tape, 0, G_MAXINT32);
	rules->idle_session_seconds = tape_number_in(tape, 0, G_MAXINT32);
	rules->gpu_grace_seconds = tape_number_in(tape, 0, G_MAXINT32);
	if (rules->declared &&
	    (rules->from % 60 != 0 || rules->to % 60 != 0 || rules->from == rules->to))
		tape_fail(tape, "its period is none");
}

static struct inventory *read_inventory(struct tape *tape)
{
	gboolean given = tape_count_to(tape, 1) == 1;
	guint count = tape_length(tape, 7);
	GPtrArray *pools = g_ptr_array_new();
	for (guint p = 0; p < count && !tape->wrong; p++) {
		struct pool *pool = g_new0(struct pool, 1);
		g_ptr_array_add(pools, pool);
		pool->shape.cpus = tape_number_in(tape, 0, MOST_HELD);
		pool->shape.cores = tape_number_in(tape, 0, MOST_HELD);
		pool->shape.memory_kib = tape_number_in(tape, 0, MOST_NODE);
		pool->shape.gpus = tape_number_in(tape, 0, MOST_HELD);
		pool->shape.gpu_type = read_string(tape);
		if (!*pool->shape.gpu_type)
			g_clear_pointer(&pool->shape.gpu_type, g_free);
		pool->nodes = (guint)tape_count_to(tape, MOST_HELD);
		pool->inferred = tape_count_to(tape, 1) == 1;
	}
	return inventory_of_pools(pools, given);
}

static struct zone *read_zone(struct tape *tape)
{
	g_autofree char *name = read_string(tape);
	struct zone *zone = zone_new(*name ? name : NULL, NULL);
	if (!zone)
		tape_fail(tape, "its time zone is not known here");
	return zone;
}

static void read_origin(struct tape *tape, struct saved_tally *saved)
{
	struct tally_origin *origin = &saved->origin;
	saved->zone = read_zone(tape);
	saved->times_zone = read_zone(tape);
	g_free(origin->release);
	g_free(origin->inventory);
	origin->release = read_string(tape);
	origin->inventory = read_string(tape);
	for (guint files = tape_length(tape, 2); files > 0 && !tape->wrong; files--) {
		g_ptr_array_add(origin->sha256, read_string(tape));
		g_ptr_array_add(origin->manifests, read_string(tape));
	}
}

/* Counts of the whole */

static void read_rows(struct tape *tape, struct row_account *rows)
{
	rows->read = tape_number(tape);
	rows->used = tape_number(tape);
	rows->steps = tape_number(tape);
	rows->duplicates = tape_number(tape);
	read_sparse(tape, rows->set_aside, ASIDES);
	rows->finer = turn_finer((guint)tape_count_to(tape, TIMES_DAY));
	for (guint columns = tape_length(tape, 2); columns > 0 && !tape->wrong; columns--) {
		enum column column;
		if (!column_find(tape_text(tape), &column))
			tape_fail(tape, "it names a column that is none");
		else
			rows->has[column] = TRUE, rows->unreadable[column] = tape_number(tape);
	}
}

static void read_states(struct tape *tape, struct tally *tally)
{
	guint64 state;
	while ((state = tape_count_to(tape, STATES)) > 0)
		read_numbers(tape, (gint64 *)&tally->states[state - 1], USE_NUMBERS);
}

static void read_counters(struct tape *tape, struct tally *tally)
{
	gint64 *counters[TALLY_COUNTERS];
	tally_counters(tally, counters);
	for (guint i = 0; i < TALLY_COUNTERS; i++)
		*counters[i] = tape_number(tape);
	tally->extent.first_start = read_time(tape);
	tally->extent.first_end = read_time(tape);
	tally->extent.last_end = read_time(tape);
	read_sparse(tape, tally->waits.jobs, WAIT_BINS);
}

/* Three times the same seconds, told apart in three ways: of those that weigh most. */
static void read_ledger(struct tape *tape, struct ledger *ledger)
{
	double before = tape->weight, most = before;
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		tape->weight = before;
		read_sparse(tape, ledger->of[s], LEDGER_CLASSES);
		most = MAX(most, tape->weight);
	}
	tape->weight = most;
}

static void read_months(struct tape *tape, struct months *months)
{
	const gint64 first = 1800 * 12, last = 2400 * 12;
	gint64 month = 0;
	while (tape_count_to(tape, 1) == 1) {
		month = tape_number_in(tape, -last, last) + month;
		if (month < first || month > last)
			tape_fail(tape, "a month in it is out of range");
		if (tape->wrong)
			return;
		read_ledger(tape, months_get(months, (gint32)month));
	}
}

/* Users, groups and partitions */

static void read_texts(struct tape *tape, struct intern *texts)
{
	for (guint count = tape_length(tape, 1); count > 0 && !tape->wrong; count--) {
		struct slice text = tape_text(tape);
		guint before = intern_count(texts);
		if ((text.length > 0 && memchr(text.data, '\0', text.length)) ||
		    intern_get(texts, text) != before)
			tape_fail(tape, "a name in it stands there twice, or is none");
	}
}

static void read_pool_use(struct tape *tape, struct pool_use *use)
{
	read_ledger(tape, &use->ledger);
	read_sparse(tape, use->took_all_excess, SCENARIOS);
	use->memory_beyond_cpus = tape_number(tape);
	use->cpus_beyond_memory = tape_number(tape);
}

static void read_presence(struct tape *tape, struct presence *presence)
{
	const guint64 most = LAST_SECOND / 3600;
	guint64 hours, at = 0;
	while ((hours = tape_count_to(tape, most)) > 0) {
		at += tape_count_to(tape, most);
		if (at < FIRST_SECOND / 3600 || at + hours > most)
			tape_fail(tape, "an hour in it is out of range");
		if (tape->wrong)
			return;
		presence_add(presence, (gint64)at * 3600, (gint64)(at + hours) * 3600);
		at += hours;
	}
}

static void read_stays(struct tape *tape, struct tally *tally, struct member *member)
{
	guint pools = inventory_pools(tally->inventory);
	guint64 partition, last = 0;
	for (; (partition = tape_count_to(tape, intern_count(tally->partitions))) > 0;
	     last = partition) {
		if (partition <= last)
			tape_fail(tape, "partitions in it are out of order");
		if (tape->wrong)
			return;
		struct stay *stay = stay_of(member, (guint32)partition - 1, pools);
		read_numbers(tape, (gint64 *)&stay->use, USE_NUMBERS);
		read_ledger(tape, &stay->ledger);
		read_sparse(tape, stay->held, pools);
	}
}

static void read_member(struct tape *tape, struct tally *tally, struct member *member)
{
	guint pools = inventory_pools(tally->inventory);
	gint64 efficiency[EFFICIENCY_BINS] = { 0 };
	read_numbers(tape, (gint64 *)&member->use, USE_NUMBERS);
	read_sparse(tape, efficiency, EFFICIENCY_BINS);
	for (guint i = 0; i < EFFICIENCY_BINS; i++)
		member->efficiency[i] = (guint32)CLAMP(efficiency[i], 0, G_MAXUINT32);
	member->judged_memory_jobs = tape_number(tape);
	member->memory_asked_mib_seconds = tape_number(tape);
	member->memory_peak_mib_seconds = tape_number(tape);
	member->took_all_jobs = tape_number(tape);
	member->took_all_cpu_seconds = tape_number(tape);
	member->took_all_judged = tape_number(tape);
	member->took_all_peak_mib = tape_number(tape);
	member->took_all_peak_max_mib = tape_number(tape);
	for (guint p = 0; p < pools; p++)
		read_pool_use(tape, &member->pools[p]);
	read_stays(tape, tally, member);
	read_presence(tape, &member->at_work);
	read_presence(tape, &member->at_gpus);
	read_sparse(tape, (gint64 *)&member->habits, OWN_HABITS_NUMBERS);
	families_read(tape, &member->families);
}

/* The user in the group, who may be new. */
static struct member *read_who(struct tape *tape, struct tally *tally)
{
	guint users = intern_count(tally->users), groups = intern_count(tally->groups);
	guint64 user = tape_count(tape), group = tape_count(tape);
	if (user >= users || group >= groups)
		tape_fail(tape, "it counts somebody who is not in it");
	if (tape->wrong)
		return NULL;
	return member_get(tally, slice_of(intern_text(tally->users, (guint32)user)),
	                  slice_of(intern_text(tally->groups, (guint32)group)));
}

static void read_members(struct tape *tape, struct tally *tally)
{
	guint pools = inventory_pools(tally->inventory);
	for (guint count = tape_length(tape, (guint)USE_NUMBERS + 18 + 6 * pools);
	     count > 0 && !tape->wrong; count--) {
		guint before = tally->members->len;
		struct member *member = read_who(tape, tally);
		if (member && tally->members->len == before)
			tape_fail(tape, "somebody stands in it twice");
		if (member)
			read_member(tape, tally, member);
		tape_forget(tape);
	}
}

static void read_days(struct tape *tape, struct days *days)
{
	gint64 day = 0;
	while (tape_count_to(tape, 1) == 1) {
		day = tape_number_in(tape, G_MININT32, G_MAXINT32) + day;
		if (day < FIRST_SECOND / 86400 || day > LAST_SECOND / 86400)
			tape_fail(tape, "a day in it is out of range");
		if (tape->wrong)
			return;
		read_numbers(tape, (gint64 *)days_get(days, (gint32)day), DAY_NUMBERS);
	}
}

/* Series */

static void read_series(struct tape *tape, struct series *series, gint64 step_seconds)
{
	guint count = tape_length(tape, 2);
	g_autofree gint64 *steps = g_new(gint64, count + 1);
	gint64 step = 0;
	for (guint i = 0; i < count && !tape->wrong; i++) {
		step += tape_number_in(tape, -(G_GINT64_CONSTANT(1) << 32),
		                       G_GINT64_CONSTANT(1) << 32);
		if (step < FIRST_SECOND / step_seconds || step > LAST_SECOND / step_seconds)
			tape_fail(tape, "a minute in it is out of range");
		steps[i] = step;
	}
	for (guint i = 0; i < count && !tape->wrong; i++)
		series_change(series, steps[i], tape_number(tape));
	tape_forget(tape);
}

static void read_all_series(struct tape *tape, struct tally *tally)
{
	read_series(tape, tally->cpus, 60);
	for (enum moment m = 0; m < MOMENTS; m++)
		read_series(tape, bundle_series(tally->moments, m), 60);
	bundle_close(tally->moments);
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		read_series(tape, tally->nodes[p], 60);
		for (guint s = 0; s < SCENARIOS; s++)
			read_series(tape, tally->excess[p * SCENARIOS + s], 60);
		bundle_close(tally->pools[p]);
		read_series(tape, tally->gpus[p], 60);
		read_series(tape, tally->light[p], 60);
	}
	for (guint g = 0; g < intern_count(tally->groups); g++) {
		read_days(tape, tally->group_days->pdata[g]);
		read_series(tape, tally->group_cpus->pdata[g], 3600);
	}
}

/* Jobs that are still to be settled */

static gint64 read_amount(struct tape *tape, gint64 most)
{
	gint64 amount = tape_raw(tape);
	if (amount != VALUE_UNKNOWN && (amount < 0 || amount > most))
		tape_fail(tape, "a job in it holds what none can");
	return amount;
}

static void read_job(struct tape *tape, struct job *job)
{
	gint64 *numbers[EDGE_NUMBERS];
	guint flags;
	job->state = (enum job_state)tape_count_to(tape, STATES - 1);
	flags = (guint)tape_count_to(tape, 15);
	job->ran = (flags & 1) != 0;
	job->piece = (flags & 2) != 0;
	job->exclusive = (flags & 4) != 0;
	job->whole_node_memory = (flags & 8) != 0;
	edge_numbers(job, numbers);
	for (guint i = 0; i < EDGE_NUMBERS; i++)
		*numbers[i] = i < EDGE_TIMES ? read_time(tape) : read_amount(tape, G_MAXINT64);
	job->end_printed = job->end;
	if (job->elapsed_seconds < 0 || job->elapsed_seconds > MOST_SECONDS || job->nodes < 0 ||
	    job->nodes > MOST_HELD || job->cpus < 0 || job->cpus > MOST_HELD || job->gpus < 0 ||
	    job->gpus > MOST_HELD || job->steps < 0)
		tape_fail(tape, "a job in it holds what none can");
}

static void read_places(struct tape *tape, guint pools, GArray *places)
{
	g_array_set_size(places, 0);
	for (guint count = (guint)tape_count_to(tape, pools); count > 0 && !tape->wrong; count--) {
		guint64 pool = tape_count(tape), nodes = tape_count_to(tape, MOST_HELD);
		struct place place = { (guint)pool, (guint)nodes };
		if (pool >= pools)
			tape_fail(tape, "a job in it ran nowhere");
		g_array_append_val(places, place);
	}
}

/* The member in the partition, who may be new there. */
static struct stay *read_where(struct tape *tape, struct tally *tally)
{
	struct member *member = read_who(tape, tally);
	guint64 partition = tape_count(tape);
	if (partition >= intern_count(tally->partitions))
		tape_fail(tape, "a job in it is of no partition");
	return tape->wrong ? NULL
	                   : stay_of(member, (guint32)partition, inventory_pools(tally->inventory));
}

#define LEAST_OF_EDGE (5 + EDGE_NUMBERS + 1)

static void read_edges(struct tape *tape, struct tally *tally, GArray *edges)
{
	g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(struct place));
	for (guint count = tape_length(tape, LEAST_OF_EDGE); count > 0 && !tape->wrong; count--) {
		struct stay *stay = read_where(tape, tally);
		struct job job = { 0 };
		read_job(tape, &job);
		read_places(tape, inventory_pools(tally->inventory), places);
		if (tape->wrong)
			return;
		struct edge edge = edge_of(stay, &job, (const struct place *)(gpointer)places->data,
		                           places->len);
		g_array_append_val(edges, edge);
	}
}

static void read_tally(struct tape *tape, struct tally *tally)
{
	read_rows(tape, &tally->rows);
	read_states(tape, tally);
	read_counters(tape, tally);
	read_sparse(tape, (gint64 *)&tally->habits, HABITS_NUMBERS);
	read_months(tape, &tally->months);
	read_texts(tape, tally->users);
	read_texts(tape, tally->groups);
	read_texts(tape, tally->partitions);
	read_texts(tape, tally->clusters);
	tally_groups_fill(tally);
	read_members(tape, tally);
	read_all_series(tape, tally);
	read_edges(tape, tally, tally->edges);
	read_edges(tape, tally, tally->held);
}

/* Half of what a sum can hold. */
#define MOST_WEIGHT 4.6e18

static struct saved_tally *read_tape(struct tape *tape, const char **wrong)
{
	struct saved_tally *saved = saved_tally_new(NULL, NULL, NULL);
	struct rules rules = { 0 };
	read_rules(tape, &rules);
	read_origin(tape, saved);
	saved->inventory = read_inventory(tape);
	if (!tape->wrong) {
		saved->tally = tally_new(&rules, saved->inventory, saved->zone);
		read_tally(tape, saved->tally);
	}
	if (tape->at != tape->end)
		tape_fail(tape, "something follows its end");
	if (tape->weight > MOST_WEIGHT)
		tape_fail(tape, "its numbers are larger than can be added");
	saved->weight = tape->weight;
	*wrong = tape->wrong;
	if (!tape->wrong)
		return saved;
	saved_tally_free(saved);
	return NULL;
}

struct saved_tally *tally_body_read(struct slice body, const char **wrong)
{
	struct tape tape;
	tape_init(&tape, body);
	return read_tape(&tape, wrong);
}

/* The file around it */

#define TRAILER_WORD "sha256 "
#define TRAILER (sizeof TRAILER_WORD - 1 + 64 + 1)
#define MOST_BODY ((gsize)1 << 30)

/* Takes the first line off. */
static gboolean take_head(struct slice *file, GError **error)
{
	guint64 format;
	if (!slice_starts(*file, TALLY_MAGIC))
		return error_failed(error, "is no tally: `reclaim tally` writes them");
	g_autofree char *number = slice_dup(slice_cut(file, '\n'));
	if (!file->data || !g_ascii_string_to_unsigned(number + strlen(TALLY_MAGIC), 10, 1,
	                                               G_MAXINT, &format, NULL))
		return error_failed(
			error, "is damaged: its first line is not that of a tally; make it again");
	return format == TALLY_FORMAT ||
	       error_failed(error,
	                    "is a tally of format %" G_GUINT64_FORMAT
	                    ", and this program reads format %d: make all "
	                    "tallies with the same version",
	                    format, TALLY_FORMAT);
}

static gboolean take_trailer(struct slice *file, struct slice all, GError **error)
{
	if (file->length < TRAILER ||
	    memcmp(file->data + file->length - TRAILER, TRAILER_WORD, strlen(TRAILER_WORD)) != 0 ||
	    file->data[file->length - 1] != '\n')
		return error_failed(
			error, "is cut or damaged: it does not end as a tally does; make it again");
	struct digest *digest = digest_new();
	digest_update(digest, all.data, all.length - TRAILER);
	gboolean same = memcmp(digest_hex(digest), file->data + file->length - 65, 64) == 0;
	digest_free(digest);
	file->length -= TRAILER;
	return same ||
	       error_failed(
		       error,
		       "is damaged: its bytes are not those that its digest is of; make it again");
}

static GByteArray *unpack_file(const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	gsize length;
	if (!g_file_get_contents(path, &bytes, &length, error))
		return NULL;
	struct slice all = { bytes, length }, file = all;
	return take_head(&file, error) && take_trailer(&file, all, error)
	               ? pack_open(file, MOST_BODY, error)
	               : NULL;
}

/* What is packed is gone before what was in it comes to be, and of this goes what has been read. */
static struct saved_tally *read_file(const char *path, GError **error)
{
	const char *wrong;
	struct tape tape;
	g_autoptr(GByteArray) body = unpack_file(path, error);
	if (!body)
		return NULL;
	tape_init(&tape, (struct slice){ (const char *)body->data, body->len });
	tape_spend(&tape);
	struct saved_tally *saved = read_tape(&tape, &wrong);
	if (!saved)
		error_failed(error, "is no tally as this program writes it: %s", wrong);
	return saved;
}

struct saved_tally *tally_read(const char *path, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(path));
	GError *wrong = NULL;
	struct saved_tally *saved = read_file(path, &wrong);
	if (saved)
		saved->path = g_strdup(path);
	else if (wrong->domain == G_FILE_ERROR)
		g_propagate_error(error, wrong);
	else
		g_propagate_prefixed_error(error, wrong, "%s ", shown);
	return saved;
}

/* Of a pipe nothing may be read that somebody else is to read. */
gboolean tally_is_one(const char *path)
{
	char head[sizeof TALLY_MAGIC - 1];
	struct stat info;
	gboolean regular = stat(path, &info) == 0 && S_ISREG(info.st_mode);
	int fd = regular ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	ssize_t got = fd < 0 ? -1 : read(fd, head, sizeof head);
	if (fd >= 0)
		close(fd);
	return got == sizeof head && memcmp(head, TALLY_MAGIC, sizeof head) == 0;
}

/* What holds it together */

struct saved_tally *saved_tally_new(struct tally *tally, struct inventory *inventory,
                                    struct zone *zone)
{
	struct saved_tally *saved = g_new0(struct saved_tally, 1);
	saved->tally = tally;
	saved->inventory = inventory;
	saved->zone = zone;
	saved->origin.release = g_strdup("");
	saved->origin.inventory = g_strdup("");
	saved->origin.sha256 = g_ptr_array_new_with_free_func(g_free);
	saved->origin.manifests = g_ptr_array_new_with_free_func(g_free);
	return saved;
}

void saved_tally_free(struct saved_tally *saved)
{
	if (!saved)
		return;
	tally_free(saved->tally);
	inventory_free(saved->inventory);
	zone_free(saved->zone);
	zone_free(saved->times_zone);
	g_free(saved->origin.release);
	g_free(saved->origin.inventory);
	g_ptr_array_unref(saved->origin.sha256);
	g_ptr_array_unref(saved->origin.manifests);
	g_free(saved->path);
	g_free(saved);
}

void tally_origin_add(struct tally_origin *origin, const char *sha256, const char *manifest)
{
	guint at = 0;
	while (at < origin->sha256->len && strcmp(origin->sha256->pdata[at], sha256) < 0)
		at++;
	if (at < origin->sha256->len && strcmp(origin->sha256->pdata[at], sha256) == 0)
		return;
	g_ptr_array_insert(origin->sha256, (gint)at, g_strdup(sha256));
	g_ptr_array_insert(origin->manifests, (gint)at, g_strdup(manifest));
}
