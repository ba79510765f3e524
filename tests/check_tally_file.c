/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/tally_file.h"

#include <string.h>

#include "base/digest.h"
#include "fixture_jobs.h"
#include "source/pack.h"

/* Two kinds of node, a zone, the default rules: what tallies that fit together share. */
static struct inventory *inventory_made(void)
{
	struct inventory *inventory = inventory_from(
		"NodeName=c1 CPUTot=10 RealMemory=102400\n"
		"NodeName=c2 CPUTot=10 RealMemory=102400\n"
		"NodeName=g1 CPUTot=20 RealMemory=204800 Gres=gpu:a100:4\n");
	inventory_finish(inventory);
	return inventory;
}

/* Undecided; with a period when `to` is not nought. */
static struct saved_tally *saved_made(const char *path, gint64 from, gint64 to)
{
	struct assumptions *assumptions = assumptions_new();
	struct rules rules;
	rules_init(&rules, assumptions);
	assumptions_free(assumptions);
	rules.undecided = TRUE;
	rules.declared = to != 0;
	rules.from = from;
	rules.to = to;
	struct inventory *inventory = inventory_made();
	struct zone *zone = zone_new("Europe/Berlin", NULL);
	struct saved_tally *saved = saved_tally_new(tally_new(&rules, inventory, zone), inventory,
	                                            zone);
	g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, path, -1);
	saved->path = g_strdup(path);
	tally_origin_add(&saved->origin, digest, "{}");
	return saved;
}

static void set_text(char **text, const char *to)
{
	g_free(*text);
	*text = g_strdup(to);
}

#define USERS 7
#define JOBS 400

/* Jobs of four weeks, some long, some of which nothing is known, some unfinished, some on nodes of
 * both kinds. */
static struct job job_made(guint64 *state, guint number)
{
	static const char *const users[USERS] = { "user_0004", "user_0001", "user_0010",
		                                  "user_0002", "user_0003", "user_0007",
		                                  "" };
	static const char *const groups[] = { "group_B", "group_A", "group_C" };
	static const char *const lists[] = { "c1", "c[1-2]", "g1", "c1,g1", "" };
	guint list = chance(state, G_N_ELEMENTS(lists));
	struct job job = job_on(lists[list], list == 1 || list == 3 ? 2 : 1, 1 + chance(state, 20));
	gint64 start = T0 + chance(state, 28 * DAY);
	job.user = slice_of(users[chance(state, USERS)]);
	job.account = slice_of(groups[chance(state, G_N_ELEMENTS(groups))]);
	job_time_set(&job, start, number % 10 == 0 ? 5 * DAY + 17 : chance(state, 3 * HOUR));
	if (number % 3 != 0)
		job_use_millicores(&job, chance(state, 5000));
	if (number % 4 != 0)
		job.memory_bytes = (1 + chance(state, 90)) * GIB;
	if (number % 4 == 2)
		job.memory_peak_bytes = job.memory_bytes / 3;
	job.gpus = list == 2 ? chance(state, 5) : 0;
	job.exclusive = number % 11 == 0;
	job.state = number % 13 == 0   ? STATE_FAILED
	            : number % 17 == 0 ? STATE_RUNNING
	                               : STATE_COMPLETED;
	if (job.state == STATE_RUNNING)
		job.end = VALUE_UNKNOWN;
	return job;
}

/* On one of three clusters; at a day, an hour, a minute or a second. */
static void add_job(struct tally *tally, const struct job *job, guint number)
{
	static const char *const clusters[] = { "tiny", "old", "new" };
	tally_add(tally, job);
	intern_get(tally->clusters, slice_of(clusters[number % G_N_ELEMENTS(clusters)]));
	tally->rows.finer = MAX(tally->rows.finer, number % 4);
}

/* Adds the jobs that are chosen, in this order or backwards. */
static void add_jobs(struct tally *tally, gboolean (*chosen)(const struct job *job, guint number),
                     gboolean backwards)
{
	g_autofree struct job *jobs = g_new(struct job, JOBS);
	guint64 state = 42;
	for (guint i = 0; i < JOBS; i++)
		jobs[i] = job_made(&state, i);
	for (guint k = 0; k < JOBS; k++) {
		guint i = backwards ? JOBS - 1 - k : k;
		if (!chosen || chosen(&jobs[i], i))
			add_job(tally, &jobs[i], i);
	}
	tally_order(tally);
}

#define CUT (T0 + 14 * DAY)

static gboolean even(const struct job *job, guint number)
{
	(void)job;
	return number % 2 == 0;
}

static gboolean odd(const struct job *job, guint number)
{
	return !even(job, number);
}

static gboolean ended_before(const struct job *job, guint number)
{
	(void)number;
	return job->end != VALUE_UNKNOWN && job->end < CUT;
}

static gboolean ended_after(const struct job *job, guint number)
{
	return !ended_before(job, number);
}

/* As an export of a period has them: all that was there in it. */
static gboolean seen_before(const struct job *job, guint number)
{
	(void)number;
	return job->start < CUT;
}

static gboolean seen_after(const struct job *job, guint number)
{
	(void)number;
	return job->end == VALUE_UNKNOWN || job->end >= CUT;
}

static GBytes *bytes_of(const struct saved_tally *saved)
{
	return g_byte_array_free_to_bytes(tally_body(saved));
}

static void assert_same(const struct saved_tally *one, const struct saved_tally *other)
{
	g_autoptr(GBytes) first = bytes_of(one), second = bytes_of(other);
	ck_assert_uint_eq(g_bytes_get_size(first), g_bytes_get_size(second));
	ck_assert(g_bytes_equal(first, second));
}

static GPtrArray *all_of(struct saved_tally *one, struct saved_tally *other)
{
	GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)saved_tally_free);
	g_ptr_array_add(all, one);
	g_ptr_array_add(all, other);
	return all;
}

START_TEST(what_was_written_is_read_as_it_was)
{
	for (int declared = 0; declared < 2; declared++) {
		struct saved_tally *saved = saved_made("one", declared ? T0 : 0,
		                                       declared ? CUT : 0);
		add_jobs(saved->tally, NULL, FALSE);
		set_text(&saved->origin.release, "0123");
		char *path = write_file("one.tally", "");
		struct sink *sink = sink_open(path, 0644, NULL);
		tally_write(saved, sink);
		ck_assert(sink_close(sink, NULL, NULL));
		ck_assert(tally_is_one(path));
		GError *error = NULL;
		struct saved_tally *read = tally_read(path, &error);
		ck_assert_msg(read != NULL, "%s", error ? error->message : "");
		assert_same(saved, read);
		ck_assert_str_eq(zone_name(read->zone), "Europe/Berlin");
		ck_assert_str_eq(inventory_pool(read->inventory, 1)->label,
		                 inventory_pool(saved->inventory, 1)->label);
		ck_assert_int_eq(read->tally->extent.first_end, saved->tally->extent.first_end);
		saved_tally_free(read);
		saved_tally_free(saved);
		remove_file(path);
	}
}
END_TEST

/* Of any cut, with a period and without. */
static void assert_sum(gboolean (*chosen)(const struct job *, guint),
                       gboolean (*rest)(const struct job *, guint), gint64 to)
{
	struct saved_tally *one = saved_made("one", to ? T0 : 0, to),
			   *other = saved_made("other", to ? T0 : 0, to);
	struct saved_tally *whole = saved_made("one", to ? T0 : 0, to);
	tally_origin_add(&whole->origin, other->origin.sha256->pdata[0], "{}");
	add_jobs(one->tally, chosen, TRUE);
	add_jobs(other->tally, rest, FALSE);
	add_jobs(whole->tally, NULL, FALSE);
	g_autoptr(GPtrArray) all = all_of(other, one);
	GError *error = NULL;
	ck_assert_msg(tallies_join(all, TRUE, &error), "%s", error ? error->message : "");
	assert_same(all->pdata[0], whole);
	saved_tally_free(whole);
}

START_TEST(the_sum_of_two_tallies_is_the_tally_of_both_files_to_the_byte)
{
	assert_sum(even, odd, 0);
	assert_sum(ended_before, ended_after, 0);
	assert_sum(even, odd, T0 + 20 * DAY);
	assert_sum(ended_before, ended_after, T0 + 20 * DAY);
}
END_TEST

START_TEST(the_order_of_jobs_leaves_no_trace)
{
	struct saved_tally *one = saved_made("one", 0, 0), *other = saved_made("one", 0, 0);
	add_jobs(one->tally, NULL, FALSE);
	add_jobs(other->tally, NULL, TRUE);
	assert_same(one, other);
	saved_tally_free(one);
	saved_tally_free(other);
}
END_TEST

START_TEST(periods_that_follow_one_another_add_up_to_the_bytes_of_the_whole)
{
	struct saved_tally *one = saved_made("one", T0, CUT),
			   *other = saved_made("one", CUT, T0 + 28 * DAY);
	struct saved_tally *whole = saved_made("one", T0, T0 + 28 * DAY);
	add_jobs(one->tally, seen_before, FALSE);
	add_jobs(other->tally, seen_after, FALSE);
	add_jobs(whole->tally, NULL, FALSE);
	ck_assert_uint_gt(one->tally->held->len, 0);
	g_autoptr(GPtrArray) all = all_of(one, other);
	ck_assert(tallies_join(all, FALSE, NULL));
	assert_same(all->pdata[0], whole);
	saved_tally_free(whole);
}
END_TEST

static gint64 ledger_sum(const struct tally *tally)
{
	gint64 sum = 0;
	for (guint i = 0; i < tally->members->len; i++)
		for (guint p = 0; p < inventory_pools(tally->inventory); p++)
			for (enum ledger_class c = 0; c < LEDGER_CLASSES; c++)
				sum += ((struct member *)tally->members->pdata[i])
				               ->pools[p]
				               .ledger.of[SCENARIO_EXPECTED][c];
	return sum;
}

static gint64 nodes_sum(const struct tally *tally)
{
	gint64 sum = 0;
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		gsize count;
		g_autofree gint64 *values = series_values(tally->nodes[p], tally->rules.from,
		                                          tally->rules.to, &count);
		for (gsize i = 0; i < count; i++)
			sum += values[i];
	}
	return sum;
}

START_TEST(a_settled_slice_is_what_counting_in_its_period_gives)
{
	struct saved_tally *slice = saved_made("one", T0 + 5 * DAY, CUT),
			   *direct = saved_made("one", T0 + 5 * DAY, CUT);
	direct->tally->rules.undecided = FALSE;
	add_jobs(slice->tally, NULL, FALSE);
	add_jobs(direct->tally, NULL, FALSE);
	tally_settle(slice->tally, T0 + 5 * DAY, CUT);
	tally_order(slice->tally);
	const struct tally *a = slice->tally, *b = direct->tally;
	ck_assert_int_eq(memcmp(&a->total, &b->total, sizeof a->total), 0);
	ck_assert_int_eq(memcmp(a->states, b->states, sizeof a->states), 0);
	ck_assert_int_eq(a->cpu_seconds_inside, b->cpu_seconds_inside);
	ck_assert_int_eq(a->jobs_outside, b->jobs_outside);
	ck_assert_int_eq(a->jobs_unplaced, b->jobs_unplaced);
	ck_assert_int_eq(ledger_sum(a), ledger_sum(b));
	ck_assert_int_eq(nodes_sum(a), nodes_sum(b));
	ck_assert_int_eq(ledger_sum(a), nodes_sum(a));
	ck_assert_int_gt(a->jobs_outside, 0);
	saved_tally_free(slice);
	saved_tally_free(direct);
}
END_TEST

START_TEST(who_is_in_nothing_is_not_written)
{
	struct saved_tally *saved = saved_made("one", T0, CUT),
			   *next = saved_made("other", CUT, CUT + DAY);
	struct job job = job_on("c1", 1, 4);
	tally_add(saved->tally, &job);
	struct job later = job_on("c1", 1, 4);
	later.user = slice_of("user_0002");
	job_time_set(&later, CUT - HOUR, 2 * HOUR);
	tally_add(saved->tally, &later);
	tally_order(saved->tally);
	tally_order(next->tally);
	/* The next slice should have it again, and has not. */
	g_autoptr(GPtrArray) all = all_of(saved, next);
	ck_assert(tallies_join(all, FALSE, NULL));
	g_autoptr(GByteArray) body = tally_body(all->pdata[0]);
	ck_assert_ptr_nonnull(memmem(body->data, body->len, "user_0001", 9));
	ck_assert_ptr_null(memmem(body->data, body->len, "user_0002", 9));
}
END_TEST

/* Refusals */

static struct saved_tally *small(const char *path)
{
	struct saved_tally *saved = saved_made(path, 0, 0);
	struct job job = job_on("c1", 1, 4);
	tally_add(saved->tally, &job);
	tally_order(saved->tally);
	return saved;
}

static char *small_file(gsize *length)
{
	struct saved_tally *saved = small("one");
	char *path = write_file("one.tally", ""), *bytes;
	struct sink *sink = sink_open(path, 0644, NULL);
	tally_write(saved, sink);
	ck_assert(sink_close(sink, NULL, NULL));
	ck_assert(g_file_get_contents(path, &bytes, length, NULL));
	saved_tally_free(saved);
	remove_file(path);
	return bytes;
}

/* What tally_read() says of these bytes, without the path before it; the caller frees it. */
static char *refusal_of(const char *bytes, gsize length)
{
	g_autofree char *folder = g_dir_make_tmp("reclaim-XXXXXX", NULL);
	char *path = g_build_filename(folder, "one.tally", NULL);
	GError *error = NULL;
	ck_assert(g_file_set_contents(path, bytes, (gssize)length, NULL));
	struct saved_tally *saved = tally_read(path, &error);
	ck_assert_ptr_null(saved);
	ck_assert_msg(g_str_has_prefix(error->message, path), "%s", error->message);
	char *said = g_strdup(error->message + strlen(path) + 1);
	g_error_free(error);
	remove_file(path);
	return said;
}

START_TEST(every_byte_that_is_changed_is_found)
{
	gsize length;
	g_autofree char *bytes = small_file(&length);
	for (gsize i = 0; i < length; i++) {
		bytes[i] ^= 0x10;
		g_autofree char *said = refusal_of(bytes, length);
		bytes[i] ^= 0x10;
		if (i < strlen(TALLY_MAGIC))
			ck_assert_str_eq(said, "is no tally: `reclaim tally` writes them");
		else if (i < strlen(TALLY_MAGIC) + 2)
			ck_assert_str_eq(
				said,
				"is damaged: its first line is not that of a tally; make it again");
		else if (i < length - 72 || (i >= length - 65 && i < length - 1))
			ck_assert_str_eq(said, "is damaged: its bytes are not those that its "
			                       "digest is of; make it again");
		else
			ck_assert_str_eq(said, "is cut or damaged: it does not end as a tally "
			                       "does; make it again");
	}
}
END_TEST

START_TEST(every_cut_is_found)
{
	gsize length;
	g_autofree char *bytes = small_file(&length);
	for (gsize cut = 0; cut < length; cut++) {
		g_autofree char *said = refusal_of(bytes, cut);
		const char *wanted =
			cut < strlen(TALLY_MAGIC) ? "is no tally: `reclaim tally` writes them"
			: cut < strlen(TALLY_MAGIC) + 2
				? "is damaged: its first line is not that of a tally; make it again"
				: "is cut or damaged: it does not end as a tally does; make it "
		                  "again";
		ck_assert_str_eq(said, wanted);
	}
	g_autofree char *twice = g_malloc(2 * length);
	memcpy(twice, bytes, length);
	memcpy(twice + length, bytes, length);
	g_autofree char *said = refusal_of(twice, 2 * length);
	ck_assert_str_eq(
		said, "is damaged: its bytes are not those that its digest is of; make it again");
}
END_TEST

START_TEST(another_format_is_refused_by_its_number)
{
	gsize length;
	g_autofree char *bytes = small_file(&length);
	bytes[strlen(TALLY_MAGIC)] = '3';
	g_autofree char *said = refusal_of(bytes, length);
	ck_assert_str_eq(said, "is a tally of format 3, and this program reads format " G_STRINGIFY(
				       TALLY_FORMAT) ": make all tallies with the same version");
}
END_TEST

/* A digest that is right proves nothing about what it is of. */
static char *refusal_of_packed(struct slice packed)
{
	g_autoptr(GByteArray) file = g_byte_array_new();
	g_byte_array_append(file, (const guint8 *)TALLY_MAGIC G_STRINGIFY(TALLY_FORMAT) "\n",
	                    strlen(TALLY_MAGIC) + 2);
	g_byte_array_append(file, (const guint8 *)packed.data, (guint)packed.length);
	g_autofree char *digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256, file->data,
	                                                      file->len);
	g_autofree char *trailer = g_strdup_printf("sha256 %s\n", digest);
	g_byte_array_append(file, (const guint8 *)trailer, (guint)strlen(trailer));
	return refusal_of((const char *)file->data, file->len);
}

static void keep(void *data, struct slice packed)
{
	g_byte_array_append(data, (const guint8 *)packed.data, (guint)packed.length);
}

START_TEST(what_is_no_tally_is_refused_whatever_its_digest_says)
{
	g_autofree char *none = refusal_of_packed(slice_of("no frame"));
	ck_assert_msg(strstr(none, "its packed part is damaged") != NULL, "%s", none);
	g_autoptr(GByteArray) words = g_byte_array_new();
	struct packer *packer = packer_new(keep, words);
	packer_add(packer, slice_of("\x01no "));
	packer_add(packer, slice_of("tally"));
	packer_end(packer);
	g_autofree char *other = refusal_of_packed(
		(struct slice){ (const char *)words->data, words->len });
	ck_assert_msg(g_str_has_prefix(other, "is no tally as this program writes it: "), "%s",
	              other);
	g_autofree char *cut = refusal_of_packed(
		(struct slice){ (const char *)words->data, words->len - 1 });
	ck_assert_str_eq(cut, "its packed part is cut");
	g_byte_array_append(words, (const guint8 *)"x", 1);
	g_autofree char *more = refusal_of_packed(
		(struct slice){ (const char *)words->data, words->len });
	ck_assert_str_eq(more, "something follows its packed part");
}
END_TEST

START_TEST(no_number_in_it_is_believed)
{
	struct saved_tally *saved = small("one");
	g_autoptr(GByteArray) body = tally_body(saved);
	g_autofree char *bytes = g_memdup2(body->data, body->len);
	static const guint8 values[] = { 0, 1, 2, 0x7f, 0x80, 0xff };
	for (gsize i = 0; i < body->len; i++)
		for (guint v = 0; v < G_N_ELEMENTS(values); v++) {
			char kept = bytes[i];
			const char *wrong = NULL;
			bytes[i] = (char)values[v];
			struct saved_tally *read =
				tally_body_read((struct slice){ bytes, body->len }, &wrong);
			ck_assert((read == NULL) == (wrong != NULL));
			saved_tally_free(read);
			bytes[i] = kept;
		}
	for (gsize cut = 0; cut < body->len; cut++) {
		const char *wrong = NULL;
		g_autofree char *front = g_memdup2(bytes, cut + 1);
		ck_assert_ptr_null(tally_body_read((struct slice){ front, cut }, &wrong));
		ck_assert_ptr_nonnull(wrong);
	}
	saved_tally_free(saved);
}
END_TEST

/* What does not fit together */

static void other_release(struct saved_tally *one, struct saved_tally *other)
{
	set_text(&one->origin.release, "aaaa");
	set_text(&other->origin.release, "bbbb");
}

static void unknown_release(struct saved_tally *one, struct saved_tally *other)
{
	(void)one;
	set_text(&other->origin.release, "bbbb");
}

static void other_headroom(struct saved_tally *one, struct saved_tally *other)
{
	(void)one;
	other->tally->rules.memory_headroom_permille[SCENARIO_HIGH] = 50;
}

static void other_cores(struct saved_tally *one, struct saved_tally *other)
{
	(void)one;
	other->tally->rules.cpu_headroom_permille[SCENARIO_LOW] = 400;
}

static void other_limit(struct saved_tally *one, struct saved_tally *other)
{
	(void)one;
	other->tally->rules.sampling_limit_seconds = 60;
}

static void other_session(struct saved_tally *one, struct saved_tally *other)
{
	(void)one;
	other->tally->rules.idle_session_seconds = 60;
}

static void other_grace(struct saved_tally *one, struct saved_tally *other)
{
	(void)one;
	other->tally->rules.gpu_grace_seconds = 60;
}

static void other_groups(struct saved_tally *one, struct saved_tally *other)
{
	(void)one;
	other->tally->rules.group_by = GROUP_BY_GROUP;
}

static void other_zone(struct saved_tally *one, struct saved_tally *other)
{
	(void)one;
	zone_free(other->zone);
	other->zone = zone_new(NULL, NULL);
}

static void other_times(struct saved_tally *one, struct saved_tally *other)
{
	(void)one;
	other->times_zone = zone_new("UTC", NULL);
}

static void other_days(struct saved_tally *one, struct saved_tally *other)
{
	one->times_zone = zone_new("UTC", NULL);
	other_times(one, other);
	other_zone(one, other);
}

static void other_nodes(struct saved_tally *one, struct saved_tally *other)
{
	(void)one;
	set_text(&other->origin.inventory, "other");
}

static void set_period(struct saved_tally *saved, gint64 from, gint64 to)
{
	saved->tally->rules.declared = TRUE;
	saved->tally->rules.from = from;
	saved->tally->rules.to = to;
}

static void one_period(struct saved_tally *one, struct saved_tally *other)
{
	(void)other;
	set_period(one, T0, T0 + DAY);
}

static void gap_between(struct saved_tally *one, struct saved_tally *other)
{
	set_period(one, T0, T0 + 2 * DAY);
	set_period(other, T0 + 3 * DAY, T0 + 4 * DAY);
}

static void overlap(struct saved_tally *one, struct saved_tally *other)
{
	set_period(one, T0, T0 + 2 * DAY);
	set_period(other, T0 + DAY, T0 + 4 * DAY);
}

static void same_file(struct saved_tally *one, struct saved_tally *other)
{
	g_ptr_array_set_size(other->origin.sha256, 0);
	g_ptr_array_set_size(other->origin.manifests, 0);
	tally_origin_add(&other->origin, one->origin.sha256->pdata[0], "{}");
}

static void same_time(struct saved_tally *one, struct saved_tally *other)
{
	(void)one;
	(void)other;
}

static void unfinished(struct saved_tally *one, struct saved_tally *other)
{
	struct job job = job_on("c1", 1, 1);
	job.state = STATE_RUNNING;
	job.end = VALUE_UNKNOWN;
	tally_add(one->tally, &job);
	other->tally->extent.first_end = other->tally->extent.last_end = T0 + 9 * DAY;
}

static const struct misfit {
	void (*make)(struct saved_tally *one, struct saved_tally *other);
	const char *says;
} misfits[] = {
	{ other_release,
	  "are of two releases: user_0001 in one is not user_0001 in the other; anonymize all exports with the same "
	                 "mapping, and tally again" },
	{ unknown_release,
	  "may be of two releases, in which user_0001 is not the same person: only one was made with a manifest "
	                   "beside its file that says whose pseudonyms they are; keep the manifests beside the files, and tally "
	                   "again" },
	{ other_headroom,
	  "were measured by other rules: memory_headroom (500, 200, 100 and 500, 200, 50, in thousandths) differs; "
	                  "tally all with the same --assumptions" },
	{ other_cores,
	  "were measured by other rules: cpu_headroom (500, 200, 0 and 400, 200, 0, in thousandths) differs; tally all "
	               "with the same --assumptions" },
	{ other_limit,
	  "were measured by other rules: sampling_limit (300 and 60 seconds) differs; tally all with the same "
	               "--assumptions" },
	{ other_session,
	  "were measured by other rules: idle_session (3600 and 60 seconds) differs; tally all with the same "
	                 "--assumptions" },
	{ other_grace,
	  "were measured by other rules: gpu_grace (1800 and 60 seconds) differs; tally all with the same "
	               "--assumptions" },
	{ other_groups,
	  "group users in two ways, by account and by group; tally all with the same --group-by" },
	{ other_zone,
	  "are in two time zones, Europe/Berlin and as printed; tally all with the same --timezone" },
	{ other_times,
	  "are in two time zones, Europe/Berlin and UTC; tally all with the same --timezone" },
	{ other_days,
	  "are in two time zones, Europe/Berlin and as printed; tally all with the same --site-timezone" },
	{ other_nodes,
	  "were measured on two lists of nodes; tally all with the same --inventory (`reclaim inventory` makes one of "
	               "all files)" },
	{ one_period,
	  "do not say alike of when they are: one has a period and the other has not; tally all with --from and --to, or "
	              "none" },
	{ gap_between,
	  "leave a gap from 2025-01-03 01:00 to 2025-01-04 01:00, of which nothing is known; tally that, too" },
	{ overlap,
	  "have time in common, from 2025-01-02 01:00 to 2025-01-03 01:00, in which jobs would count twice; give them "
	           "periods that follow one another" },
	{ same_file,
	  "were made of the same file, whose jobs would count twice; leave one of them out" },
	{ same_time,
	  "both have jobs that ended from 2025-01-01 02:00 to 2025-01-01 02:00, so that some may be counted twice; tally "
	             "each with --from and --to, and a job counts where it ended, or say --apart when no job is in both" },
	{ unfinished,
	  "may have jobs in common: there are such that had not ended in the first, and the second goes on later, so "
	              "that some may be counted twice; tally each with --from and --to, and a job counts where it ended, or say "
	              "--apart when no job is in both" },
};

START_TEST(what_does_not_fit_together_is_refused_with_what_to_do)
{
	const struct misfit *misfit = &misfits[_i];
	struct saved_tally *one = small("one"), *other = small("other");
	misfit->make(one, other);
	g_autoptr(GPtrArray) all = all_of(one, other);
	GError *error = NULL;
	ck_assert(!tallies_join(all, FALSE, &error));
	const char *names = strstr(error->message, "one and other ") == error->message
	                            ? "one and other "
	                            : "other and one ";
	ck_assert_msg(g_str_has_prefix(error->message, names), "%s", error->message);
	ck_assert_str_eq(error->message + strlen(names), misfit->says);
	ck_assert_uint_eq(all->len, 2);
	g_error_free(error);
}
END_TEST

START_TEST(a_file_that_several_periods_were_cut_of_is_accounted_for_once)
{
	struct saved_tally *one = saved_made("one", T0, CUT),
			   *other = saved_made("one", CUT, CUT + DAY);
	one->tally->rows = other->tally->rows = (struct row_account){ .read = 10, .used = 10 };
	g_autoptr(GPtrArray) all = all_of(one, other);
	ck_assert(tallies_join(all, FALSE, NULL));
	const struct saved_tally *sum = all->pdata[0];
	ck_assert_int_eq(sum->tally->rows.read, 10);
	ck_assert_uint_eq(sum->origin.sha256->len, 1);
	ck_assert_str_eq(sum->origin.manifests->pdata[0], "{}");
	ck_assert_int_eq(sum->tally->rules.to, CUT + DAY);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("tally_file");
	TCase *tests = tcase_create("tally_file");
	tcase_add_test(tests, what_was_written_is_read_as_it_was);
	tcase_add_test(tests, the_sum_of_two_tallies_is_the_tally_of_both_files_to_the_byte);
	tcase_add_test(tests, the_order_of_jobs_leaves_no_trace);
	tcase_add_test(tests, periods_that_follow_one_another_add_up_to_the_bytes_of_the_whole);
	tcase_add_test(tests, a_settled_slice_is_what_counting_in_its_period_gives);
	tcase_add_test(tests, who_is_in_nothing_is_not_written);
	tcase_add_test(tests, every_byte_that_is_changed_is_found);
	tcase_add_test(tests, every_cut_is_found);
	tcase_add_test(tests, another_format_is_refused_by_its_number);
	tcase_add_test(tests, what_is_no_tally_is_refused_whatever_its_digest_says);
	tcase_add_test(tests, no_number_in_it_is_believed);
	tcase_add_loop_test(tests, what_does_not_fit_together_is_refused_with_what_to_do, 0,
	                    G_N_ELEMENTS(misfits));
	tcase_add_test(tests, a_file_that_several_periods_were_cut_of_is_accounted_for_once);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed > 0;
}
