/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture_analysis.h"

static void assert_text(const struct world *world, const char *id, const char *expected)
{
	ck_assert_str_eq(figure(world, id)->text, expected);
}

/* Findings: what each needs to say something, nothing, or that it cannot tell. */

static void fill_full_cluster(struct world *world)
{
	add(world, "user_0001", "group_A", job_on("n[1-4]", 4, 40), 0, 240);
}

static void fill_without_inventory(struct world *world)
{
	world->nodes = NULL;
	fill_plainly(world);
}

static void fill_nothing(struct world *world)
{
	(void)world;
}

static void fill_nobodys(struct world *world)
{
	add(world, "", "group_A", job_on("n1", 1, 5), 0, 10);
}

static void fill_without_users(struct world *world)
{
	world->has_no_users = TRUE;
	fill_plainly(world);
}

static void fill_without_groups(struct world *world)
{
	world->has_no_groups = TRUE;
	fill_plainly(world);
}

/* 41 users with the same core-hours: ten hold 24 %. */
static void fill_with_equals(struct world *world)
{
	for (int i = 0; i < 41; i++) {
		g_autofree char *user = g_strdup_printf("user_%04d", i);
		add(world, user, "group_A", job_on("n1", 1, 1), i, 1);
	}
}

static void add_memory(struct world *world, gint64 gib, gint64 peak_gib)
{
	struct job *job = add(world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 10);
	job->memory_bytes = gib * GIB;
	job->memory_peak_bytes = peak_gib * GIB;
}

static void fill_with_unused_memory(struct world *world)
{
	add_memory(world, 90, 2);
}

static void fill_with_used_memory(struct world *world)
{
	add_memory(world, 90, 89);
}

static void add_idle_jobs(struct world *world, int jobs, gint64 millicores)
{
	for (int i = 0; i < jobs; i++)
		job_use_millicores(add(world, "user_0001", "group_A", job_on("n1", 1, 10), i, 1),
		                   millicores);
}

static void fill_with_20_idle_jobs(struct world *world)
{
	add_idle_jobs(world, 20, 1400);
}

static void fill_with_19_idle_jobs(struct world *world)
{
	add_idle_jobs(world, 19, 1400);
}

static void fill_with_jobs_at_the_line(struct world *world)
{
	add_idle_jobs(world, 20, 1500);
}

static void fill_without_use(struct world *world)
{
	add(world, "user_0001", "group_A", job_on("n1", 1, 10), 0, 10);
}

static void fill_with_a_good_group(struct world *world)
{
	job_use_millicores(add(world, "user_0001", "group_A", job_on("n1", 1, 10), 0, 10), 9500);
}

/* Two groups all the time, one of them with three times as much for an hour. */
static void fill_with_a_peak(struct world *world)
{
	add(world, "user_0001", "group_A", job_on("n1", 1, 10), 0, 240);
	add(world, "user_0002", "group_B", job_on("n2", 1, 10), 0, 240);
	add(world, "user_0002", "group_B", job_on("n[3-4]", 2, 20), 100, 1);
}

static void fill_flat(struct world *world)
{
	add(world, "user_0001", "group_A", job_on("n1", 1, 10), 0, 240);
	add(world, "user_0002", "group_B", job_on("n2", 1, 10), 0, 240);
}

/* Two hundred days in which group_A holds ten CPUs, and group_B five that become `later` at half
 * time. */
static void fill_growing(struct world *world, gint64 later)
{
	world->days = 200;
	add(world, "user_0001", "group_A", job_on("n1", 1, 10), 0, 200 * 24);
	add(world, "user_0002", "group_B", job_on("n2", 1, 5), 0, 100 * 24);
	add(world, "user_0002", "group_B", job_on("n2", 1, later), 100 * 24, 100 * 24);
}

static void fill_with_growth(struct world *world)
{
	fill_growing(world, 10);
	/* A new group that is larger does not hide the growth of the old. */
	add(world, "user_0003", "group_C", job_on("n3", 1, 10), 100 * 24, 100 * 24);
}

static void fill_with_little_growth(struct world *world)
{
	fill_growing(world, 6);
}

static void fill_with_growing_gpus(struct world *world)
{
	world->days = 200;
	world->nodes = FOUR_NODES "NodeName=g1 CPUTot=20 RealMemory=204800 Gres=gpu:a100:4\n";
	add(world, "user_0001", "group_A", job_on("g1", 1, 4), 0, 100 * 24)->gpus = 1;
	add(world, "user_0001", "group_A", job_on("g1", 1, 4), 100 * 24, 100 * 24)->gpus = 3;
}

/* The groups are nobody's, and all together grew. */
static void fill_half_a_year_without_groups(struct world *world)
{
	world->days = 200;
	add(world, "user_0001", "", job_on("n1", 1, 5), 0, 100 * 24);
	add(world, "user_0001", "", job_on("n1", 1, 10), 100 * 24, 100 * 24);
}

static void fill_half_a_year_with_nothing(struct world *world)
{
	world->days = 200;
}

static void fill_with_failures(struct world *world)
{
	add(world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 19);
	add(world, "user_0002", "group_A", job_on("n1", 1, 1), 0, 1)->state = STATE_TIMEOUT;
}

static void fill_without_states(struct world *world)
{
	add(world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 19)->state = STATE_UNKNOWN;
}

static void fill_with_limits(struct world *world, gint64 loose)
{
	for (int i = 0; i < 4; i++)
		add(world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 1)->limit_seconds = 2 *
		                                                                              HOUR;
	for (int i = 0; i < loose; i++)
		add(world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 1)->limit_seconds = 5 *
		                                                                              HOUR;
}

static void fill_with_loose_limits(struct world *world)
{
	fill_with_limits(world, 2);
}

static void fill_with_fair_limits(struct world *world)
{
	fill_with_limits(world, 1);
}

static void fill_with_short_jobs(struct world *world)
{
	add(world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 1);
	struct job *brief = add(world, "user_0002", "group_A", job_on("n1", 1, 1), 0, 1);
	job_time_set(brief, T0, 59);
}

static void fill_with_gpus(struct world *world, gint64 util)
{
	struct job *job = add(world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 10);
	job->gpus = 2;
	job->gpu_util = util;
}

static void fill_with_idle_gpus(struct world *world)
{
	fill_with_gpus(world, 0);
}

static void fill_with_busy_gpus(struct world *world)
{
	fill_with_gpus(world, 50);
}

static void fill_with_unmeasured_gpus(struct world *world)
{
	fill_with_gpus(world, VALUE_UNKNOWN);
}

static void fill_with_scattered_jobs(struct world *world)
{
	add(world, "user_0001", "group_A", job_on("n[1-4]", 4, 8), 0, 10)->memory_bytes = 8 * GIB;
}

static void fill_with_packed_jobs(struct world *world)
{
	add(world, "user_0001", "group_A", job_on("n[1-4]", 4, 40), 0, 10)->memory_bytes = 8 * GIB;
}

/* Many small jobs, and one large that holds most. */
static void fill_with_two_machines(struct world *world)
{
	for (int i = 0; i < 9; i++)
		add(world, "user_0001", "group_A", job_on("n1", 1, 1), i, 1);
	add(world, "user_0002", "group_A", job_on("n[2-4]", 3, 30), 0, 100);
}

static void fill_with_one_machine(struct world *world)
{
	add(world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 2);
}

/* Twenty jobs, so many of which waited two hours. */
static void fill_with_waits(struct world *world, int late)
{
	for (int i = 0; i < 20; i++) {
		struct job *job = add(world, "user_0001", "group_A", job_on("n1", 1, 1), 10 + i, 1);
		job->submit = job->eligible = job->start - (i < late ? 2 * HOUR : 0);
	}
}

static void fill_with_long_waits(struct world *world)
{
	fill_with_waits(world, 2);
}

static void fill_with_a_long_wait(struct world *world)
{
	fill_with_waits(world, 1);
}

/* Half of a node's CPUs beside nine tenths of its memory, and the reverse. */
static void fill_with_memory(struct world *world)
{
	add(world, "user_0001", "group_A", job_on("n1", 1, 5), 0, 10)->memory_bytes = 90 * GIB;
}

static void fill_with_cpus(struct world *world)
{
	add(world, "user_0001", "group_A", job_on("n1", 1, 9), 0, 10)->memory_bytes = 50 * GIB;
}

static void fill_with_memory_unlisted(struct world *world)
{
	world->nodes = NULL;
	fill_with_memory(world);
}

static void fill_without_submit(struct world *world)
{
	struct job *job = add(world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 2);
	job->submit = job->eligible = VALUE_UNKNOWN;
}

static const struct {
	const char *finding;
	void (*fill)(struct world *world);
	enum verdict verdict;
	const char *reason;
} verdicts[] = {
	{ "own-or-rent", fill_plainly, VERDICT_GAIN, NULL },
	{ "own-or-rent", fill_full_cluster, VERDICT_NOTHING, NULL },
	{ "own-or-rent", fill_without_inventory, VERDICT_UNKNOWN,
	  "no list of the cluster’s nodes was given" },
	{ "own-or-rent", fill_nothing, VERDICT_UNKNOWN, "no job ran inside the period" },
	{ "power-users", fill_plainly, VERDICT_GAIN, NULL },
	{ "power-users", fill_with_equals, VERDICT_NOTHING, NULL },
	{ "power-users", fill_without_users, VERDICT_UNKNOWN, "User column" },
	{ "power-users", fill_nobodys, VERDICT_UNKNOWN, "whose it is" },
	{ "power-users", fill_nothing, VERDICT_UNKNOWN, "no job ran" },
	{ "memory", fill_with_unused_memory, VERDICT_GAIN, NULL },
	{ "memory", fill_with_used_memory, VERDICT_NOTHING, NULL },
	{ "memory", fill_plainly, VERDICT_UNKNOWN, "MaxRSS" },
	{ "idle-jobs", fill_with_20_idle_jobs, VERDICT_GAIN, NULL },
	{ "idle-jobs", fill_with_19_idle_jobs, VERDICT_NOTHING, NULL },
	{ "idle-jobs", fill_with_jobs_at_the_line, VERDICT_NOTHING, NULL },
	{ "idle-jobs", fill_without_use, VERDICT_UNKNOWN, "TotalCPU" },
	{ "idle-jobs", fill_without_users, VERDICT_UNKNOWN, "User column" },
	{ "groups", fill_plainly, VERDICT_GAIN, NULL },
	{ "groups", fill_with_a_good_group, VERDICT_NOTHING, NULL },
	{ "groups", fill_without_use, VERDICT_UNKNOWN, "measured" },
	{ "groups", fill_without_groups, VERDICT_UNKNOWN, "Account" },
	{ "peak", fill_with_a_peak, VERDICT_GAIN, NULL },
	{ "peak", fill_flat, VERDICT_NOTHING, NULL },
	{ "peak", fill_without_groups, VERDICT_UNKNOWN, "Account" },
	{ "peak", fill_nothing, VERDICT_UNKNOWN, "no job ran" },
	{ "growth", fill_with_growth, VERDICT_GAIN, NULL },
	{ "growth", fill_with_growing_gpus, VERDICT_GAIN, NULL },
	{ "growth", fill_with_little_growth, VERDICT_NOTHING, NULL },
	{ "growth", fill_plainly, VERDICT_UNKNOWN, "half a year" },
	{ "growth", fill_without_groups, VERDICT_UNKNOWN, "half a year" },
	{ "growth", fill_half_a_year_without_groups, VERDICT_GAIN, NULL },
	{ "growth", fill_half_a_year_with_nothing, VERDICT_UNKNOWN, "no job ran" },
	{ "throughput", fill_with_two_machines, VERDICT_GAIN, NULL },
	{ "throughput", fill_with_one_machine, VERDICT_NOTHING, NULL },
	{ "throughput", fill_nothing, VERDICT_UNKNOWN, "no job ran" },
	{ "failed-work", fill_with_failures, VERDICT_GAIN, NULL },
	{ "failed-work", fill_plainly, VERDICT_NOTHING, NULL },
	{ "failed-work", fill_without_states, VERDICT_UNKNOWN, "State" },
	{ "failed-work", fill_nothing, VERDICT_UNKNOWN, "no job ran" },
	{ "time-limits", fill_with_loose_limits, VERDICT_GAIN, NULL },
	{ "time-limits", fill_with_fair_limits, VERDICT_NOTHING, NULL },
	{ "time-limits", fill_plainly, VERDICT_UNKNOWN, "TimelimitRaw" },
	{ "short-jobs", fill_with_short_jobs, VERDICT_GAIN, NULL },
	{ "short-jobs", fill_plainly, VERDICT_NOTHING, NULL },
	{ "short-jobs", fill_nothing, VERDICT_UNKNOWN, "no job ran" },
	{ "serial-cores", fill_plainly, VERDICT_GAIN, NULL },
	{ "serial-cores", fill_with_a_good_group, VERDICT_NOTHING, NULL },
	{ "serial-cores", fill_without_use, VERDICT_UNKNOWN, "TotalCPU" },
	{ "gpus", fill_with_idle_gpus, VERDICT_GAIN, NULL },
	{ "gpus", fill_with_busy_gpus, VERDICT_NOTHING, NULL },
	{ "gpus", fill_with_unmeasured_gpus, VERDICT_UNKNOWN, "TRESUsageInAve" },
	{ "gpus", fill_plainly, VERDICT_UNKNOWN, "no job held a GPU" },
	{ "fragmentation", fill_with_scattered_jobs, VERDICT_GAIN, NULL },
	{ "fragmentation", fill_with_packed_jobs, VERDICT_NOTHING, NULL },
	{ "fragmentation", fill_plainly, VERDICT_UNKNOWN, "AllocTRES" },
	{ "stranded", fill_with_memory, VERDICT_GAIN, NULL },
	{ "stranded", fill_with_cpus, VERDICT_NOTHING, NULL },
	{ "stranded", fill_with_memory_unlisted, VERDICT_UNKNOWN,
	  "no list of the cluster’s nodes was given" },
	{ "stranded", fill_plainly, VERDICT_UNKNOWN, "AllocTRES" },
	{ "waiting", fill_with_long_waits, VERDICT_GAIN, NULL },
	{ "waiting", fill_with_a_long_wait, VERDICT_NOTHING, NULL },
	{ "waiting", fill_without_submit, VERDICT_UNKNOWN, "Submit" },
	{ "waiting", fill_plainly, VERDICT_UNKNOWN, "fewer than 20 jobs" },
};

static const struct finding *finding_of(const struct world *world, const char *id)
{
	for (guint i = 0; i < world->analysis->findings->len; i++) {
		const struct finding *finding = world->analysis->findings->pdata[i];
		if (strcmp(finding->kind->id, id) == 0)
			return finding;
	}
	return NULL;
}

/* Ids that the report itself adds. */
static gboolean is_of_report(const char *id)
{
	return g_str_has_prefix(id, "has.") || g_str_has_prefix(id, "site.") ||
	       g_str_has_prefix(id, "report.");
}

static void assert_exists(const struct world *world, const char *file, const char *id)
{
	ck_assert_msg(is_of_report(id) || figures_find(world->figures, id) != NULL,
	              "%s asks for %s", file, id);
}

/* Every figure that a template speaks of: {id}, {id|one|several}, `:::if id`, and in `:::tiles id
 * {id?id id|id}` what is chosen by and what from. */
static int assert_template_figures_exist(const struct world *world, const char *id)
{
	const char *source = g_getenv("srcdir");
	g_autofree char *name = g_strconcat(id, ".md", NULL);
	g_autofree char *path = g_build_filename(source ? source : ".", "templates", "findings",
	                                         name, NULL);
	g_autofree char *text = NULL;
	ck_assert_msg(g_file_get_contents(path, &text, NULL, NULL), "cannot read %s", path);
	g_autoptr(GRegex) pattern =
		g_regex_new("\\{([a-z0-9_.]+)(?:\\|[^}]*)?\\}|^:::(?:if|unless|tiles) (.*)$",
	                    G_REGEX_MULTILINE, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;
	int found = 0;
	for (g_regex_match(pattern, text, 0, &match); g_match_info_matches(match);
	     g_match_info_next(match, NULL)) {
		g_autofree char *one = g_match_info_fetch(match, 1),
				*several = g_match_info_fetch(match, 2);
		/* Of a range, both its ends. */
		g_auto(GStrv) ids =
			g_regex_split_simple("[ {?|}]|\\.\\.", *one ? one : several, 0, 0);
		for (char **each = ids; *each; each++) {
			if (!**each)
				continue;
			assert_exists(world, name, *each);
			found++;
		}
	}
	return found;
}

static void assert_promises_kept(const struct world *world)
{
	for (guint i = 0; i < world->analysis->findings->len; i++) {
		const struct finding *finding = world->analysis->findings->pdata[i];
		for (const struct promised_figure *promise = finding->kind->figures; promise->id;
		     promise++) {
			const struct figure *found = figure(world, promise->id);
			ck_assert_int_eq(found->unit, promise->unit);
			ck_assert_msg(found->has_value || (found->reason && *found->reason), "%s",
			              promise->id);
		}
		ck_assert_int_gt(assert_template_figures_exist(world, finding->kind->id), 5);
	}
}

/* No figure is without a value and a reason, and no number is none. */
static void assert_figures_sane(const struct world *world)
{
	for (guint i = 0; i < figures_count(world->figures); i++) {
		const struct figure *each = figures_nth(world->figures, i);
		ck_assert_msg(each->label && *each->label, "%s has no label", each->id);
		if (!each->has_value)
			ck_assert_msg(each->reason && *each->reason,
			              "%s has neither value nor reason", each->id);
		else if (each->unit == UNIT_TEXT)
			ck_assert_msg(each->text != NULL, "%s has no text", each->id);
		else
			ck_assert_msg(isfinite(each->value), "%s is not a number", each->id);
	}
}

/* The summary of the workbook lists them one below the other, without the page that says whose they
 * are. */
static void assert_derived_told_apart(const struct world *world)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < figures_count(world->figures); i++) {
		struct figure *each = figures_nth(world->figures, i);
		if (!each->expression || each->detail)
			continue;
		struct figure *other = g_hash_table_lookup(seen, each->label);
		ck_assert_msg(!other, "%s and %s are both called “%s”", each->id,
		              other ? other->id : "", each->label);
		g_hash_table_insert(seen, each->label, each);
	}
}

START_TEST(a_finding_says_what_it_found_or_that_it_cannot_tell)
{
	struct world world;
	world_init(&world);
	verdicts[_i].fill(&world);
	analyse(&world);
	const struct finding *finding = finding_of(&world, verdicts[_i].finding);
	ck_assert_msg(finding->verdict == verdicts[_i].verdict, "%s: %d, not %d (%s)",
	              verdicts[_i].finding, finding->verdict, verdicts[_i].verdict,
	              finding->reason ? finding->reason : "");
	if (verdicts[_i].reason)
		ck_assert_msg(strstr(finding->reason, verdicts[_i].reason) != NULL, "%s",
		              finding->reason);
	else
		ck_assert(finding->grade == GRADE_A || finding->grade == GRADE_B);
	g_autofree char *id = g_strdelimit(g_strdup(verdicts[_i].finding), "-", '_');
	g_autofree char *gain = g_strconcat(id, ".gain", NULL),
			*nothing = g_strconcat(id, ".nothing", NULL);
	g_autofree char *unknown = g_strconcat(id, ".unknown", NULL);
	assert_value(&world, gain, finding->verdict == VERDICT_GAIN);
	assert_value(&world, nothing, finding->verdict == VERDICT_NOTHING);
	assert_text(&world, unknown, finding->reason ? finding->reason : "");
	assert_promises_kept(&world);
	assert_figures_sane(&world);
	assert_derived_told_apart(&world);
	world_clear(&world);
}
END_TEST

START_TEST(there_are_sixteen_findings_each_with_its_own_name)
{
	static const char *const ids[] = { "own-or-rent", "power-users",   "memory",
		                           "idle-jobs",   "groups",        "peak",
		                           "growth",      "throughput",    "failed-work",
		                           "time-limits", "short-jobs",    "serial-cores",
		                           "gpus",        "fragmentation", "waiting",
		                           "stranded" };
	struct world world;
	world_init(&world);
	analyse(&world);
	ck_assert_uint_eq(world.analysis->findings->len, G_N_ELEMENTS(ids));
	for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
		ck_assert_ptr_nonnull(finding_of(&world, ids[i]));
	world_clear(&world);
}
END_TEST

/* What findings say */

START_TEST(the_memory_finding_gives_what_was_used_and_asked)
{
	struct world world;
	world_init(&world);
	/* 100 GiB, all of a node, of which 20 are used; 20 GiB with 30 used, which counts as 20.
	 * Ten hours each. */
	add_memory(&world, 100, 20);
	add_memory(&world, 20, 30);
	analyse(&world);
	assert_value(&world, "memory.used.share", 40.0 / 120);
	assert_value(&world, "memory.judged", 2);
	assert_value(&world, "rows.peak_above_asked", 1);
	assert_value(&world, "memory.took_all.users", 1);
	assert_value(&world, "memory.took_all.jobs", 1);
	assert_value(&world, "memory.took_all.hours", 10);
	assert_value(&world, "memory.took_all.peak", 20.0 * (double)GIB);
	/* 1 − 0.24 of a node for ten hours; 10 + 2 node-hours are held in all. */
	assert_value(&world, "memory.excess.hours", 7.6);
	assert_value(&world, "memory.excess.share", 7.6 / 12);
	assert_text(&world, "memory.took_all.names", "user_0001");
	world_clear(&world);
}
END_TEST

START_TEST(a_group_of_which_less_than_half_is_judged_is_no_model)
{
	struct world world;
	for (int failed = 10; failed <= 11; failed++) {
		world_init(&world);
		job_use_millicores(add(&world, "user_0001", "group_A", job_on("n1", 1, 10), 0, 10),
		                   2000);
		job_use_millicores(add(&world, "user_0002", "group_B", job_on("n2", 1, 10), 0, 10),
		                   6000);
		job_use_millicores(add(&world, "user_0003", "group_C", job_on("n3", 1, 10), 0, 10),
		                   10000);
		add(&world, "user_0003", "group_C", job_on("n3", 1, 10), 20, failed)->state =
			STATE_FAILED;
		add(&world, "user_0004", "group_D", job_on("n4", 1, 10), 0, 10)->state =
			STATE_FAILED;
		analyse(&world);
		assert_text(&world, "groups.worst", "group_A");
		assert_text(&world, "groups.best", failed == 10 ? "group_C" : "group_B");
		world_clear(&world);
	}
}
END_TEST

/* Four short jobs, of which two are elements of an array; so is a long one. */
static void fill_with_elements(struct world *world, gboolean has_ids)
{
	static const char *const ids[] = { "7", "8_1", "8_22", "9+1" };
	world_init(world);
	world->has_ids = has_ids;
	add(world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 1)->id = slice_of("8_3");
	for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
		struct job *brief = add(world, "user_0002", "group_A", job_on("n1", 1, 1), 0, 1);
		job_time_set(brief, T0, 59);
		brief->id = slice_of(ids[i]);
	}
	analyse(world);
}

START_TEST(short_jobs_that_are_elements_of_arrays_are_told_where_ids_tell_them)
{
	struct world world;
	fill_with_elements(&world, TRUE);
	assert_value(&world, "short.array.jobs", 2);
	assert_value(&world, "short.array.share", 0.5);
	world_clear(&world);
	fill_with_elements(&world, FALSE);
	assert_missing(&world, "short.array.jobs", "the export has no JobID");
	assert_missing(&world, "short.array.share", "the export has no JobID");
	world_clear(&world);
}
END_TEST

/* An hour of 1, 2, 3 and 4 cores, which use much or little of CPUs and of memory. */
START_TEST(serious_jobs_are_told_by_halves_of_what_they_used)
{
	static const int shares[][2] = { { 50, 50 }, { 90, 49 }, { 10, 90 }, { 49, 20 } };
	struct world world;
	world_init(&world);
	for (int i = 0; i < 4; i++) {
		struct job *job = add(&world, "user_0001", "group_A", job_on("n1", 1, 1 + i), 2 * i,
		                      1);
		job->memory_bytes = 100 * GIB;
		job->memory_peak_bytes = shares[i][1] * GIB;
		job_use_millicores(job, 10 * shares[i][0] * (1 + i));
	}
	add(&world, "user_0001", "group_A", job_on("n1", 1, 10), 20, 1);
	analyse(&world);
	assert_value(&world, "serious.jobs", 4);
	assert_value(&world, "serious.hours", 10);
	assert_value(&world, "serious.share", 0.5);
	assert_value(&world, "serious.both.share", 0.1);
	assert_value(&world, "serious.cpus.share", 0.2);
	assert_value(&world, "serious.memory.share", 0.3);
	assert_value(&world, "serious.neither.share", 0.4);
	world_clear(&world);
}
END_TEST

/* Twenty jobs that came at eight on a Wednesday and waited two hours, while all four nodes were
 * taken or none. */
static void fill_late(struct world *world, gboolean full)
{
	world->days = 14;
	for (int i = 0; i < 20; i++) {
		struct job *job = add(world, "user_0001", "group_A", job_on("n1", 1, 1), 10, 3);
		job->submit = job->eligible = job->start - 2 * HOUR;
	}
	for (int i = 0; i < 20; i++)
		add(world, "user_0002", "group_A", job_on("n2", 1, 4), 20 + i, 1);
	for (int day = 0; full && day < 14; day += 7)
		add(world, "user_0003", "group_A", job_on("n[1-4]", 4, 40), day * 24 + 7, 6);
}

START_TEST(the_waiting_finding_says_who_and_when)
{
	struct world world;
	world_init(&world);
	fill_late(&world, FALSE);
	analyse(&world);
	assert_value(&world, "waiting.late.jobs", 20);
	assert_value(&world, "waiting.late.share", 0.5);
	assert_value(&world, "waiting.late.hours.share", 60.0 / 140);
	assert_value(&world, "waiting.longer.share", 0); /* two hours of three, and no step begins
	                                                    there */
	assert_text(&world, "waiting.size", "1 core");
	assert_value(&world, "waiting.size.share", 1);
	assert_text(&world, "waiting.calm", "2–4 cores");
	assert_value(&world, "waiting.calm.share", 0);
	assert_text(&world, "waiting.length", "1–6 h");
	assert_text(&world, "waiting.when", "Wednesday at 08:00");
	assert_value(&world, "waiting.when.share", 1);
	world_clear(&world);
}
END_TEST

START_TEST(waits_come_from_demand_or_from_limits)
{
	for (int full = 0; full < 2; full++) {
		struct world world;
		world_init(&world);
		fill_late(&world, full);
		analyse(&world);
		/* Twice six hours of fourteen days; none without them. */
		assert_value(&world, "waiting.full.share", full ? 12.0 / (14 * 24) : 0);
		assert_value(&world, "waiting.late.full.share", full ? 1 : 0);
		assert_value(&world, "waiting.by_demand", full);
		assert_value(&world, "waiting.by_limits", !full);
		world_clear(&world);
	}
}
END_TEST

/* The same twenty, while nodes were full for four hours of fifty days, or never. */
START_TEST(one_crowded_day_is_not_taken_for_limits)
{
	for (int full = 0; full < 2; full++) {
		struct world world;
		world_init(&world);
		world.days = 50;
		for (int i = 0; i < 20; i++) {
			struct job *job = add(&world, "user_0001", "group_A", job_on("n1", 1, 1),
			                      10, 3);
			job->submit = job->eligible = job->start - 2 * HOUR;
		}
		if (full)
			add(&world, "user_0003", "group_A", job_on("n[1-4]", 4, 40), 6, 4);
		analyse(&world);
		assert_value(&world, "waiting.full.share", full ? 4.0 / (50 * 24) : 0);
		assert_value(&world, "waiting.late.full.share", full ? 1.0 / 8 : 0);
		assert_value(&world, "waiting.by_demand", 0);
		assert_value(&world, "waiting.by_limits", !full);
		world_clear(&world);
	}
}
END_TEST

/* The same, and nodes were full at other times: for eleven hours of 1,200, or for thirteen. */
START_TEST(limits_are_told_where_nodes_were_full_in_less_than_one_hour_of_a_hundred)
{
	for (int hours = 11; hours <= 13; hours += 2) {
		struct world world;
		world_init(&world);
		world.days = 50;
		for (int i = 0; i < 20; i++) {
			struct job *job = add(&world, "user_0001", "group_A", job_on("n1", 1, 1),
			                      10, 3);
			job->submit = job->eligible = job->start - 2 * HOUR;
		}
		add(&world, "user_0003", "group_A", job_on("n[1-4]", 4, 40), 500, hours);
		analyse(&world);
		assert_value(&world, "waiting.full.share", hours / 1200.0);
		assert_value(&world, "waiting.by_limits", hours == 11);
		world_clear(&world);
	}
}
END_TEST

START_TEST(without_an_inventory_nobody_knows_why_jobs_wait)
{
	struct world world;
	world_init(&world);
	world.nodes = NULL;
	fill_late(&world, TRUE);
	analyse(&world);
	assert_missing(&world, "waiting.full.share", "list of the cluster");
	assert_missing(&world, "waiting.by_demand", "list of the cluster");
	assert_missing(&world, "waiting.by_limits", "list of the cluster");
	world_clear(&world);
}
END_TEST

START_TEST(the_length_that_waits_most_is_told_where_no_size_has_jobs_enough)
{
	struct world world;
	world_init(&world);
	for (guint i = 0; i < 20; i++) {
		struct job *job = add(&world, "user_0001", "group_A",
		                      job_on("n1", 1, i % 2 ? 1 : 4), 10, 3);
		job->submit = job->eligible = job->start - 2 * HOUR;
	}
	analyse(&world);
	assert_missing(&world, "waiting.size.share", "no class has 20 jobs");
	assert_text(&world, "waiting.length", "1–6 h");
	assert_value(&world, "waiting.length.share", 1);
	world_clear(&world);
}
END_TEST

/* Of half a minute each, on a machine that is one node, taken for half of its day. */
START_TEST(the_shortest_jobs_may_wait_most_and_one_node_may_be_full)
{
	struct world world;
	world_init(&world);
	world.days = 1;
	world.nodes = "NodeName=n1 CPUTot=10 RealMemory=102400\n";
	for (guint i = 0; i < 20; i++) {
		struct job *job = add(&world, "user_0001", "group_A", job_on("n1", 1, 1), 14, 1);
		job_time_set(job, T0 + 14 * HOUR, 30);
		job->submit = job->eligible = job->start - 2 * HOUR;
	}
	add(&world, "user_0002", "group_A", job_on("n1", 1, 10), 0, 12);
	analyse(&world);
	assert_text(&world, "waiting.length", "under 1 min");
	assert_value(&world, "waiting.length.share", 1);
	assert_value(&world, "waiting.full.share", 0.5);
	world_clear(&world);
}
END_TEST

START_TEST(why_jobs_wait_is_not_told_of_such_as_came_before_a_short_period)
{
	struct world world;
	world_init(&world);
	world.days = 1;
	for (int i = 0; i < 20; i++) {
		struct job *job = add(&world, "user_0001", "group_A", job_on("n1", 1, 1), 2, 3);
		job->submit = job->eligible = job->start - 4 * HOUR;
	}
	analyse(&world);
	assert_value(&world, "waiting.late.jobs", 20);
	assert_value(&world, "waiting.full.share", 0);
	assert_missing(&world, "waiting.when.share", "under two weeks");
	assert_missing(&world, "waiting.late.full.share", "not in the period");
	assert_missing(&world, "waiting.by_demand", "not in the period");
	assert_missing(&world, "waiting.by_limits", "not in the period");
	world_clear(&world);
}
END_TEST

START_TEST(cpus_left_beside_memory_are_told_from_below_and_from_above)
{
	struct world world;
	world_init(&world);
	/* Ten hours: 0.9 − 0.5 of a node's memory beyond its CPUs, twice on two nodes; half as much
	 * the other way on another. */
	add(&world, "user_0001", "group_A", job_on("n[1-2]", 2, 10), 0, 10)->memory_bytes = 180 *
	                                                                                    GIB;
	add(&world, "user_0002", "group_A", job_on("n3", 1, 9), 5, 10)->memory_bytes = 50 * GIB;
	struct job *whole = add(&world, "user_0003", "group_A", job_on("n4", 1, 1), 0, 10);
	whole->memory_bytes = 90 * GIB;
	whole->exclusive = TRUE;
	analyse(&world);
	assert_value(&world, "stranded.cpus.most", 8);
	assert_value(&world, "stranded.cpus.least", 4);
	assert_value(&world, "stranded.memory.most", 4);
	assert_value(&world, "stranded.memory.least", 0);
	assert_value(&world, "stranded.cpus.share", 4 / (18.0 + 9 + 10));
	assert_text(&world, "stranded.worst.what", "CPUs");
	assert_text(&world, "stranded.worst.beside", "memory");
	world_clear(&world);
}
END_TEST

START_TEST(the_throughput_finding_measures_jobs_and_hours)
{
	struct world world;
	world_init(&world);
	fill_with_two_machines(&world);
	analyse(&world);
	assert_value(&world, "throughput.single.jobs", 0.9);
	assert_value(&world, "throughput.single.hours", 9.0 / 3009);
	assert_value(&world, "throughput.cores.jobs", 3.9);
	assert_value(&world, "throughput.cores.hours", 3009.0 / 109);
	assert_value(&world, "throughput.wait.jobs", 60);
	assert_text(&world, "throughput.small.jobs.says", "yes");
	assert_text(&world, "throughput.small.hours.says", "no");
	assert_text(&world, "throughput.utilization.hours.says", "no");
	world_clear(&world);
}
END_TEST

START_TEST(the_machine_is_named_where_size_and_length_of_jobs_agree)
{
	static const struct { int cpus, minutes; const char *work; } kinds[] = {
		{ 1, 30, "throughput" }, { 8, 120, "capacity" }, { 1, 120, "" },
	};
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		struct world world;
		world_init(&world);
		struct job *job = add(&world, "user_0001", "group_A",
		                      job_on("n1", 1, kinds[i].cpus), 0, 1);
		job_time_set(job, T0, kinds[i].minutes * 60);
		analyse(&world);
		assert_value(&world, "throughput.differ", 0);
		assert_text(&world, "throughput.work", kinds[i].work);
		world_clear(&world);
	}
}
END_TEST

START_TEST(a_bound_above_the_line_decides_nothing)
{
	struct world world;
	world_init(&world);
	world.nodes = NULL;
	fill_with_two_machines(&world);
	analyse(&world);
	assert_text(&world, "throughput.utilization.hours.says", "not decidable");
	world_clear(&world);
}
END_TEST

START_TEST(the_peak_finding_names_who_rose_above_its_own_mean)
{
	struct world world;
	world_init(&world);
	fill_with_a_peak(&world);
	analyse(&world);
	assert_value(&world, "peak.time", T0 + 100 * HOUR);
	assert_value(&world, "peak.cpus", 40);
	assert_text(&world, "peak.group", "group_B");
	assert_value(&world, "peak.group.cpus", 30);
	/* 10 CPUs for 240 hours and 20 for one. */
	assert_value(&world, "peak.group.mean", (10.0 * 240 + 20) / 240);
	assert_value(&world, "peak.group.share", 0.75);
	world_clear(&world);
}
END_TEST

/* Eight of 24 hours. */
START_TEST(a_group_without_another_does_not_drive_the_peak)
{
	for (int others = 0; others < 2; others++) {
		struct world world;
		world_init(&world);
		world.days = 1;
		add(&world, "user_0001", "group_A", job_on("n1", 1, 2), 0, 8);
		if (others)
			add(&world, "user_0002", "group_B", job_on("n2", 1, 1), 0, 24);
		analyse(&world);
		assert_text(&world, "peak.group", "group_A");
		assert_value(&world, "peak.group.factor", 3);
		assert_value(&world, "peak.gain", others);
		world_clear(&world);
	}
}
END_TEST

START_TEST(a_group_that_held_nothing_does_not_drive_the_peak)
{
	struct world world;
	world_init(&world);
	world.days = 1;
	add(&world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 0);
	add(&world, "user_0002", "group_B", job_on("n1", 1, 8), 0, 24);
	analyse(&world);
	assert_text(&world, "peak.group", "group_B");
	assert_value(&world, "peak.group.factor", 1);
	assert_value(&world, "peak.gain", 0);
	world_clear(&world);
}
END_TEST

START_TEST(the_growth_finding_compares_the_first_with_the_last_quarter)
{
	struct world world;
	world_init(&world);
	fill_with_growth(&world);
	analyse(&world);
	assert_text(&world, "growth.cpu.group", "group_B");
	assert_value(&world, "growth.cpu.before", 5 * 24);
	assert_value(&world, "growth.cpu.after", 10 * 24);
	assert_value(&world, "growth.cpu.factor", 2);
	assert_value(&world, "growth.cpu", 1);
	assert_value(&world, "growth.gpu", 0);
	/* All together from 15 CPUs to 30, and each week as the one before. */
	assert_value(&world, "growth.all_cpu.before", 15 * 24);
	assert_value(&world, "growth.all_cpu.after", 30 * 24);
	assert_value(&world, "growth.all_cpu", 1);
	assert_value(&world, "growth.all_cpu.factor.low", 2);
	assert_value(&world, "growth.all_cpu.factor.high", 2);
	ck_assert(!figure(&world, "growth.all_gpu.factor")->has_value);
	world_clear(&world);
}
END_TEST

/* Seven weeks of 1 to 7 CPUs, with a mean of 4 and a variance of 14/3, and at last seven of 8. The
 * logarithm of 2 is uncertain by the root of 14/3 ÷ 7 ÷ 16, of which 1.959964 times lie to each
 * side. */
START_TEST(growth_has_a_range_as_wide_as_weeks_differ)
{
	struct world world;
	world_init(&world);
	world.days = 28 * 7;
	for (int week = 0; week < 7; week++) {
		add(&world, "user_0001", "group_A", job_on("n1", 1, 1 + week), week * 168, 168);
		add(&world, "user_0001", "group_A", job_on("n1", 1, 8), (21 + week) * 168, 168);
	}
	analyse(&world);
	const char *const ids[] = { "growth.cpu", "growth.all_cpu" };
	for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
		g_autofree char *low = g_strconcat(ids[i], ".factor.low", NULL),
				*high = g_strconcat(ids[i], ".factor.high", NULL);
		ck_assert_double_eq_tol(figure(&world, low)->value, 1.340538, 1e-6);
		ck_assert_double_eq_tol(figure(&world, high)->value, 2.983877, 1e-6);
	}
	world_clear(&world);
}
END_TEST

START_TEST(rows_without_a_group_are_no_group)
{
	static const char *const groups[] = { "group_A", "group_B", "" };
	for (guint min_users = 0; min_users <= 3; min_users += 3) {
		struct world world;
		world_init(&world);
		world.min_users = min_users;
		for (guint i = 0; i < 15; i++) {
			g_autofree char *user = g_strdup_printf("user_%04u", i);
			add(&world, user, groups[i % 3], job_on("n1", 1, 1), 0, 10);
		}
		analyse(&world);
		assert_value(&world, "groups.count", 2);
		assert_value(&world, "cells.hidden_groups", 0);
		world_clear(&world);
	}
}
END_TEST

/* Eleven of one core, and rows without a user of nine, or of thirty. */
START_TEST(rows_without_a_user_are_none_of_the_heaviest_users)
{
	for (int many = 0; many < 2; many++) {
		struct world world;
		gint64 nobodys = many ? 30 : 9;
		world_init(&world);
		for (int i = 1; i <= 11; i++) {
			g_autofree char *user = g_strdup_printf("user_%04d", i);
			add(&world, user, "group_A", job_on("n1", 1, 1), 0, 10);
		}
		add(&world, "", "group_A", job_on("n[1-4]", 4, nobodys), 0, 10);
		analyse(&world);
		assert_value(&world, "users.count", 11);
		assert_value(&world, "top1.share", 1.0 / (double)(11 + nobodys));
		assert_value(&world, "top5.share", 5.0 / (double)(11 + nobodys));
		assert_value(&world, "top10.share", 10.0 / (double)(11 + nobodys));
		assert_value(&world, "top50.share", 11.0 / (double)(11 + nobodys));
		assert_value(&world, "power.rest", 1);
		if (many)
			assert_missing(&world, "power.half", "without a user");
		else
			assert_value(&world, "power.half", 10);
		world_clear(&world);
	}
}
END_TEST

START_TEST(the_idle_finding_gives_the_lowest_median)
{
	struct world world;
	world_init(&world);
	fill_with_20_idle_jobs(&world);
	analyse(&world);
	assert_value(&world, "idle.users", 1);
	assert_value(&world, "idle.jobs", 20);
	assert_value(&world, "idle.hours", 200);
	assert_value(&world, "idle.lowest", 0.14);
	/* 1.4 of 10 cores: n = ⌈1.68⌉ = 2, a = 0.4 ÷ 9: 8 × (1 − 0.04444) = 7.6444 of 10 CPUs, to
	 * the micro-node. */
	ck_assert_double_eq_tol(value(&world, "idle.excess.hours"), 20 * 0.764444, 1e-5);
	world_clear(&world);
}
END_TEST

START_TEST(the_share_that_is_rented_is_of_all_that_is_needed)
{
	struct world world;
	world_init(&world);
	/* Rent is nearly free: own nothing, rent all. */
	world.prices = PLAIN_PRICES "[rented_gpu_hour]\nexpected=1\n";
	g_autoptr(GString) prices = g_string_new(world.prices);
	g_string_replace(prices, "[vcpu_hour]\nexpected=1\n", "[vcpu_hour]\nexpected=0.001\n", 0);
	world.prices = prices->str;
	fill_plainly(&world);
	analyse(&world);
	assert_value(&world, "own.keep", 0);
	assert_value(&world, "own.burst", 3 * 8760);
	assert_value(&world, "own.burst.share", 1);
	assert_value(&world, "own.rent", 3 * 8760 * 0.02);
	assert_value(&world, "own.bursts.deepest", 3);
	assert_value(&world, "own.keep.cpus", 0);
	/* 240 hours of staff at 80, of what four owned nodes cost less that rent. */
	assert_value(&world, "acting.rents.hours", 240);
	assert_value(&world, "acting.rents.cost", 19200);
	assert_value(&world, "payback.rents", 19200 / (36000 - 3 * 8760 * 0.02));
	assert_value(&world, "payback.rents.dear", 0);
	assert_value(&world, "acting.hours", 4 + 16 + 240);
	world_clear(&world);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("finding");
	TCase *cases = tcase_create("finding");
	tcase_set_timeout(cases, 60);
	tcase_add_loop_test(cases, a_finding_says_what_it_found_or_that_it_cannot_tell, 0,
	                    G_N_ELEMENTS(verdicts));
	tcase_add_test(cases, there_are_sixteen_findings_each_with_its_own_name);
	tcase_add_test(cases, the_memory_finding_gives_what_was_used_and_asked);
	tcase_add_test(cases, cpus_left_beside_memory_are_told_from_below_and_from_above);
	tcase_add_test(cases, a_group_of_which_less_than_half_is_judged_is_no_model);
	tcase_add_test(cases, short_jobs_that_are_elements_of_arrays_are_told_where_ids_tell_them);
	tcase_add_test(cases, serious_jobs_are_told_by_halves_of_what_they_used);
	tcase_add_test(cases, the_waiting_finding_says_who_and_when);
	tcase_add_test(cases, waits_come_from_demand_or_from_limits);
	tcase_add_test(cases, one_crowded_day_is_not_taken_for_limits);
	tcase_add_test(cases,
	               limits_are_told_where_nodes_were_full_in_less_than_one_hour_of_a_hundred);
	tcase_add_test(cases, without_an_inventory_nobody_knows_why_jobs_wait);
	tcase_add_test(cases, the_length_that_waits_most_is_told_where_no_size_has_jobs_enough);
	tcase_add_test(cases, the_shortest_jobs_may_wait_most_and_one_node_may_be_full);
	tcase_add_test(cases, why_jobs_wait_is_not_told_of_such_as_came_before_a_short_period);
	tcase_add_test(cases, the_throughput_finding_measures_jobs_and_hours);
	tcase_add_test(cases, the_machine_is_named_where_size_and_length_of_jobs_agree);
	tcase_add_test(cases, a_bound_above_the_line_decides_nothing);
	tcase_add_test(cases, the_peak_finding_names_who_rose_above_its_own_mean);
	tcase_add_test(cases, a_group_without_another_does_not_drive_the_peak);
	tcase_add_test(cases, a_group_that_held_nothing_does_not_drive_the_peak);
	tcase_add_test(cases, the_growth_finding_compares_the_first_with_the_last_quarter);
	tcase_add_test(cases, growth_has_a_range_as_wide_as_weeks_differ);
	tcase_add_test(cases, rows_without_a_user_are_none_of_the_heaviest_users);
	tcase_add_test(cases, rows_without_a_group_are_no_group);
	tcase_add_test(cases, the_idle_finding_gives_the_lowest_median);
	tcase_add_test(cases, the_share_that_is_rented_is_of_all_that_is_needed);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
