/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/advice.h"

#include <string.h>

/* So many of a hundred jobs are to be covered, before the headroom. */
#define PER_CENT 95

/* A fifth above what was needed, for time; memory and CPUs have assumptions of their own. */
#define TIME_HEADROOM_PERMILLE 200

#define GIB (G_GINT64_CONSTANT(1) << 30)

static gint64 round_up(gint64 number, gint64 multiple)
{
	return (number + multiple - 1) / multiple * multiple;
}

static gint64 with_headroom(gint64 units, gint64 permille)
{
	return (units * (1000 + permille) + 999) / 1000;
}

/* The next number that one would type, which is the edge of a step of its kind, so that what it
 * covers is counted exactly. */

/* 128M … 1G, 2G, 3G … 16G, 18G …; in 16 MiB. */
static gint64 typed_memory(gint64 units)
{
	if (units <= 1024)
		return round_up(units, units <= 64 ? 8 : 64);
	return need_edge(need_step(units));
}

/* Quarters of an hour, from four hours on in larger steps; in 56.25 s. */
static gint64 typed_time(gint64 units)
{
	return units <= 256 ? round_up(units, 16) : need_edge(need_step(units));
}

/* What PER_CENT of the jobs needed at most, those included that were cut and needed more than any;
 * 0: too few are known, or too many were cut. */
static gint64 needed(const struct need *need, gint64 cut)
{
	gint64 known = need_jobs(need), rank = ((known + cut) * PER_CENT + 99) / 100;
	return known < ADVICE_LEAST || rank > known ? 0 : need_enough_for(need, rank);
}

static void advise_memory(struct advice *advice, const struct family *family,
                          const struct rules *rules)
{
	const struct need memory = family_need(family, NEED_MEMORY);
	gint64 units = needed(&memory, family->cut_by_memory);
	if (family->asked_jobs > 0) {
		gint64 mib = family->asked_mib / family->asked_jobs / MAX(1, advice->request.nodes);
		advice->asked_bytes = mib << 20;
	}
	if (units == 0)
		return;
	units = typed_memory(
		with_headroom(units, rules->memory_headroom_permille[SCENARIO_EXPECTED]));
	/* What one asks for already may be all that a node has. */
	if (advice->asked_bytes > 0 && units << NEED_MEMORY_SHIFT > advice->asked_bytes)
		return;
	advice->memory_bytes = units << NEED_MEMORY_SHIFT;
	advice->failed += need_jobs(&memory) - need_jobs_up_to(&memory, units) +
	                  family->cut_by_memory;
}

/* Never beyond the limit that is asked for. */
static void advise_time(struct advice *advice, const struct family *family)
{
	const struct need time = family_need(family, NEED_TIME);
	gint64 units = needed(&time, family->cut_by_time), limit = advice->request.limit_seconds;
	if (units == 0)
		return;
	units = typed_time(with_headroom(units, TIME_HEADROOM_PERMILLE));
	advice->seconds = NEED_SECONDS(units);
	if (limit != VALUE_UNKNOWN && advice->seconds >= limit) {
		advice->seconds = limit;
		advice->failed += family->cut_by_time;
		return;
	}
	advice->failed += need_jobs(&time) - need_jobs_up_to(&time, units) + family->cut_by_time;
}

/* As the ledger has it: a parallel job with serial phases needs more cores than its mean. Eighths
 * of a CPU were kept busy: when more than were held, the least is all that is held. */
static gint64 enough_cpus(gint64 busy, gint64 held, gint64 permille)
{
	gint64 least = CLAMP((busy * (1000 + permille) + 8 * 1000 - 1) / (8 * 1000), 1, held);
	gint64 others = NEED_CPU_UNITS * (held - 1), sure = others - MAX(0, busy - NEED_CPU_UNITS);
	return held - (held - least) * sure / others;
}

static void advise_cpus(struct advice *advice, const struct family *family,
                        const struct rules *rules)
{
	const struct need cpus = family_need(family, NEED_CPUS);
	gint64 held = advice->request.cpus, busy = needed(&cpus, 0);
	if (advice->request.nodes != 1 || held < 1 || (held > 1 && busy == 0))
		return;
	advice->cpus = held == 1 ? 1
	                         : enough_cpus(busy, held,
	                                       rules->cpu_headroom_permille[SCENARIO_EXPECTED]);
	advice->cpus_jobs = need_jobs(&cpus);
	advice->cpus_covered = advice->cpus == held
	                               ? advice->cpus_jobs
	                               : need_jobs_up_to(&cpus, advice->cpus * NEED_CPU_UNITS);
}

static struct advice advise(const struct party *user, guint number, const struct evidence *evidence)
{
	const struct rules *rules = &evidence->tally->rules;
	const struct family *family = user->families->of[number];
	const struct need time = family_need(family, NEED_TIME);
	gint64 judged = need_jobs(&time);
	struct advice advice = { .user = user->name,
		                 .request = family_request(&user->families->keys[number]) };
	if (judged < ADVICE_LEAST)
		return advice;
	advice.jobs = judged + (gint64)family->cut_by_time + family->cut_by_memory;
	advice.cpu_seconds = family->cpu_seconds;
	advise_memory(&advice, family, rules);
	advise_cpus(&advice, family, rules);
	/* A job of which a third was rounded off would not end in time. */
	if (!evidence->told.rounded)
		advise_time(&advice, family);
	advice.failed = MIN(advice.failed, advice.jobs);
	return advice;
}

static gint compare_advice(gconstpointer a, gconstpointer b)
{
	const struct advice *left = a, *right = b;
	if (left->cpu_seconds != right->cpu_seconds)
		return left->cpu_seconds < right->cpu_seconds ? 1 : -1;
	gint names = strcmp(left->user, right->user);
	const gint64 one[] = { left->request.cpus, left->request.nodes, left->request.gpus,
		               left->request.limit_seconds };
	const gint64 other[] = { right->request.cpus, right->request.nodes, right->request.gpus,
		                 right->request.limit_seconds };
	for (guint i = 0; i < G_N_ELEMENTS(one) && names == 0; i++)
		names = (one[i] < other[i]) - (one[i] > other[i]);
	return names;
}

/* Core-hours, cores and GPUs of a kind give its GPU-hours, which may be all that somebody of a
 * group had. */
static gboolean may_be_told(const struct party *user, guint number)
{
	return user->by_kind || family_request(&user->families->keys[number]).gpus == 0;
}

GArray *advice_list(const struct evidence *evidence)
{
	const struct people *people = evidence->people;
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct advice));
	for (guint i = 0; i < people->users->len; i++) {
		const struct party *user = people->users->pdata[i];
		/* Nobody can be told who has no name. */
		for (guint f = 0; *user->name && user->families && f < user->families->count; f++) {
			struct advice advice = advise(user, f, evidence);
			if (may_be_told(user, f) &&
			    (advice.memory_bytes || advice.cpus || advice.seconds))
				g_array_append_val(list, advice);
		}
	}
	g_array_sort(list, compare_advice);
	return list;
}

gboolean advice_lowers_memory(const struct advice *advice)
{
	return advice->memory_bytes > 0 &&
	       (advice->asked_bytes == 0 || advice->memory_bytes < advice->asked_bytes);
}

gboolean advice_lowers_cpus(const struct advice *advice)
{
	return advice->cpus > 0 && advice->cpus < advice->request.cpus;
}

gboolean advice_lowers_time(const struct advice *advice)
{
	return advice->seconds > 0 && (advice->request.limit_seconds == VALUE_UNKNOWN ||
	                               advice->seconds < advice->request.limit_seconds);
}

gboolean advice_lowers(const struct advice *advice)
{
	return advice_lowers_memory(advice) || advice_lowers_cpus(advice) ||
	       advice_lowers_time(advice);
}

GHashTable *advice_asked(const GArray *list)
{
	GHashTable *all = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	for (guint i = 0; i < list->len; i++) {
		const struct advice *advice = &g_array_index(list, struct advice, i);
		struct advice_asked *asked = g_hash_table_lookup(all, advice->user);
		if (advice->asked_bytes <= 0 || advice->cpu_seconds <= 0)
			continue;
		if (!asked) {
			asked = g_new0(struct advice_asked, 1);
			g_hash_table_insert(all, (gpointer)advice->user, asked);
		}
		asked->core_seconds += (double)advice->cpu_seconds;
		asked->bytes += ((double)advice->asked_bytes - asked->bytes) *
		                (double)advice->cpu_seconds / asked->core_seconds;
	}
	return all;
}

char *advice_memory(gint64 bytes)
{
	if (bytes % GIB == 0)
		return g_strdup_printf("%" G_GINT64_FORMAT "G", bytes / GIB);
	return g_strdup_printf("%" G_GINT64_FORMAT "M", bytes >> 20);
}

char *advice_time(gint64 seconds)
{
	int days = (int)(seconds / 86400), hours = (int)(seconds / 3600 % 24),
	    minutes = (int)(seconds / 60 % 60);
	g_autofree char *before = days > 0 ? g_strdup_printf("%d-", days) : g_strdup("");
	return g_strdup_printf("%s%02d:%02d:%02d", before, hours, minutes, (int)(seconds % 60));
}

char *advice_command(const struct advice *advice)
{
	GString *text = g_string_new("sbatch");
	if (advice_lowers_memory(advice)) {
		g_autofree char *memory = advice_memory(advice->memory_bytes);
		g_string_append_printf(text, " --mem=%s", memory);
	}
	if (advice_lowers_cpus(advice))
		g_string_append_printf(text, " --cpus-per-task=%" G_GINT64_FORMAT, advice->cpus);
	if (advice_lowers_time(advice)) {
		g_autofree char *time = advice_time(advice->seconds);
		g_string_append_printf(text, " --time=%s", time);
	}
	return g_string_free(text, FALSE);
}

gboolean advice_halves_memory(const struct advice *advice)
{
	return advice->memory_bytes > 0 && advice->asked_bytes >= 2 * advice->memory_bytes;
}
