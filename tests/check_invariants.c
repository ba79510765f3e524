/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold of any log: random ones are written as exports, read as the program reads them and
 * analysed, again and again with something changed that must not matter, or only so much. LOGS says
 * how many; `make check-invariants` has a thousand. */
#include <stdlib.h>

#include "command/work.h"
#include "fixture_analysis.h"

#define LOGS_USUAL 50
#define JOBS_MOST 60
#define DAYS 6
#define STEPS_MOST 2

/* A random job, and what its steps used. */
struct entry {
	int user, group, kind; /* kind of node */
	int nodes, first;      /* so many from this one on */
	gint64 cpus, memory_mib, gpus;
	gint64 submit, wait, elapsed; /* seconds from the beginning of the log */
	const char *state;
	int steps;
	gint64 cpu_milliseconds[STEPS_MOST], peak_kib[STEPS_MOST];
	int gpu_util; /* -1: not measured */
};

struct log {
	struct entry entries[JOBS_MOST];
	int count;
};

static const struct {
	const char *stem;
	int count, cpus, memory_mib, gpus;
} kinds[] = { { "n", 5, 10, 64000, 0 }, { "g", 2, 24, 128000, 4 } };

#define NODES                                                                                    \
	"NodeName=n1 CPUTot=10 RealMemory=64000 Sockets=2 CoresPerSocket=5\n"                    \
	"NodeName=n2 CPUTot=10 RealMemory=64000 Sockets=2 CoresPerSocket=5\n"                    \
	"NodeName=n3 CPUTot=10 RealMemory=64000 Sockets=2 CoresPerSocket=5\n"                    \
	"NodeName=n4 CPUTot=10 RealMemory=64000 Sockets=2 CoresPerSocket=5\n"                    \
	"NodeName=n5 CPUTot=10 RealMemory=64000 Sockets=2 CoresPerSocket=5\n"                    \
	"NodeName=g1 CPUTot=24 RealMemory=128000 Gres=gpu:a100:4 Sockets=2 CoresPerSocket=12\n"  \
	"NodeName=g2 CPUTot=24 RealMemory=128000 Gres=gpu:a100:4 Sockets=2 CoresPerSocket=12\n"

static void draw_use(struct entry *entry, guint64 *state)
{
	gint64 lazy = entry->user % 4 == 0 ? 10 : 100; /* one user in four leaves nearly all idle */
	entry->steps = chance(state, 6) ? 1 + (int)chance(state, STEPS_MOST) : 0;
	for (int i = 0; i < entry->steps; i++) {
		entry->cpu_milliseconds[i] = entry->elapsed * entry->cpus * 10 *
		                             chance(state, (guint32)lazy + 4) / STEPS_MOST;
		entry->peak_kib[i] = entry->memory_mib * 1024 * (1 + chance(state, 104)) / 100 /
		                     STEPS_MOST;
	}
	entry->gpu_util = entry->gpus > 0 && entry->steps > 0 && chance(state, 2)
	                          ? (int)chance(state, 3) * 40
	                          : -1;
}

static struct entry draw_entry(guint64 *state, int users)
{
	static const char *const states[] = { "COMPLETED", "COMPLETED",     "COMPLETED",
		                              "COMPLETED", "COMPLETED",     "COMPLETED",
		                              "FAILED",    "TIMEOUT",       "RUNNING",
		                              "PENDING",   "OUT_OF_MEMORY", "CANCELLED by 7" };
	struct entry entry = { .kind = chance(state, 4) == 0,
		               .state = states[chance(state, G_N_ELEMENTS(states))] };
	entry.user = (int)chance(state, (guint32)users);
	entry.group = chance(state, 5) ? entry.user % 3 : (int)chance(state, 3);
	entry.nodes = 1 + (int)chance(state, (guint32)MIN(3, kinds[entry.kind].count));
	entry.first = 1 + (int)chance(state, (guint32)(kinds[entry.kind].count - entry.nodes + 1));
	entry.cpus = entry.nodes * (1 + chance(state, (guint32)kinds[entry.kind].cpus));
	entry.memory_mib = chance(state, 6) ? 1000 * (1 + (gint64)chance(state, 60))
	                                    : kinds[entry.kind].memory_mib;
	entry.memory_mib *= entry.nodes;
	entry.gpus = entry.kind == 1 ? entry.nodes * (1 + chance(state, 4)) : 0;
	entry.submit = chance(state, DAYS * DAY);
	entry.wait = chance(state, 3) ? 0 : chance(state, 5000);
	entry.elapsed = chance(state, 8) ? chance(state, DAY) : chance(state, 400);
	draw_use(&entry, state);
	return entry;
}

static void draw(struct log *log, guint64 seed)
{
	guint64 state = seed * 7919 + 1;
	int users = 2 + (int)chance(&state, 14);
	log->count = 20 + (int)chance(&state, JOBS_MOST - 20);
	for (int i = 0; i < log->count; i++)
		log->entries[i] = draw_entry(&state, users);
}

/* What is changed. */
struct variant {
	guint64 shuffle;      /* 0: as drawn */
	int files;            /* that the jobs are dealt out to; 0 and 1: one */
	guint threads;        /* 0: one */
	gboolean renamed;     /* users in another order of the alphabet; groups in the same, which
	                         decides between equals */
	gint64 shift_days;
	gboolean no_cpu_use, no_memory_use, no_gpu_use;
	gboolean no_nodes;    /* no inventory */
	const char *prices;
};

/* An analysis of a log. */
struct run {
	char **paths, *inventories[2], *prices;
	struct report_options options;
	struct work work;
	struct analysis *analysis;
};

static void put_time(GString *text, const struct variant *variant, gint64 seconds)
{
	g_autoptr(GDateTime)
		time = g_date_time_new_from_unix_utc(T0 + seconds + variant->shift_days * DAY);
	g_autofree char *shown = g_date_time_format(time, "%Y-%m-%dT%H:%M:%S|");
	g_string_append(text, shown);
}

static void put_times(GString *text, const struct entry *entry, const struct variant *variant,
                      gboolean step)
{
	gint64 start = entry->submit + entry->wait;
	gboolean open = strcmp(entry->state, "RUNNING") == 0 ||
	                strcmp(entry->state, "PENDING") == 0;
	put_time(text, variant, step ? start : entry->submit);
	put_time(text, variant, step ? start : entry->submit + entry->wait / 2);
	if (strcmp(entry->state, "PENDING") == 0) {
		g_string_append(text, "Unknown|Unknown|0|");
		return;
	}
	put_time(text, variant, start);
	if (open && !step)
		g_string_append(text, "Unknown|");
	else
		put_time(text, variant, start + entry->elapsed);
	g_string_append_printf(text, "%" G_GINT64_FORMAT "|", entry->elapsed);
}

static void put_seconds(GString *text, gint64 milliseconds)
{
	gint64 seconds = milliseconds / 1000;
	g_string_append_printf(text, "%" G_GINT64_FORMAT "-%02d:%02d:%02d", seconds / DAY,
	                       (int)(seconds / HOUR % 24), (int)(seconds / 60 % 60),
	                       (int)(seconds % 60));
}

#define HEAD "JobID|User|Account|Partition|State|Submit|Eligible|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NNodes|NodeList|AllocTRES" \
	     "|TotalCPU|MaxRSS|NTasks|TRESUsageInAve\n"

static const char *partition_of(const struct entry *entry)
{
	return entry->kind == 1 ? "gpu" : entry->elapsed < 4 * HOUR ? "short" : "batch";
}

static void put_job(GString *text, const struct entry *entry, int id, const struct variant *variant)
{
	const char *stem = kinds[entry->kind].stem;
	int user = variant->renamed ? 99 - entry->user : entry->user + 1;
	g_string_append_printf(text, "%d|user_%04d|group_%c|%s|%s|", id, user,
	                       (variant->renamed ? 'K' : 'A') + entry->group, partition_of(entry),
	                       entry->state);
	put_times(text, entry, variant, FALSE);
	if (strcmp(entry->state, "PENDING") == 0) {
		g_string_append_printf(text, "0|%" G_GINT64_FORMAT "M|0|None assigned|||||\n",
		                       entry->memory_mib);
		return;
	}
	g_string_append_printf(text, "%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "M|%d|", entry->cpus,
	                       entry->memory_mib, entry->nodes);
	if (entry->nodes == 1)
		g_string_append_printf(text, "%s%d|", stem, entry->first);
	else
		g_string_append_printf(text, "%s[%d-%d]|", stem, entry->first,
		                       entry->first + entry->nodes - 1);
	g_string_append_printf(text, "cpu=%" G_GINT64_FORMAT ",mem=%" G_GINT64_FORMAT "M,node=%d",
	                       entry->cpus, entry->memory_mib, entry->nodes);
	if (entry->gpus > 0)
		g_string_append_printf(text, ",gres/gpu=%" G_GINT64_FORMAT, entry->gpus);
	g_string_append(text, "||||\n");
}

static void put_step(GString *text, const struct entry *entry, int id, int step,
                     const struct variant *variant)
{
	g_string_append_printf(text, "%d.%d||group_A||COMPLETED|", id, step);
	put_times(text, entry, variant, TRUE);
	g_string_append_printf(text, "%" G_GINT64_FORMAT "||%d|%s%d||", entry->cpus, entry->nodes,
	                       kinds[entry->kind].stem, entry->first);
	if (!variant->no_cpu_use)
		put_seconds(text, entry->cpu_milliseconds[step]);
	g_string_append_c(text, '|');
	if (!variant->no_memory_use)
		g_string_append_printf(text, "%" G_GINT64_FORMAT "K", entry->peak_kib[step]);
	g_string_append(text, "|1|");
	if (step == 0 && entry->gpu_util >= 0 && !variant->no_gpu_use)
		g_string_append_printf(text, "gres/gpuutil=%d", entry->gpu_util);
	g_string_append_c(text, '\n');
}

/* A job moves with its steps; its number is its own wherever it stands. */
static void put_log(GString **files, int count, const struct log *log,
                    const struct variant *variant)
{
	int order[JOBS_MOST];
	guint64 state = variant->shuffle;
	for (int i = 0; i < log->count; i++)
		order[i] = i;
	for (int i = log->count - 1; i > 0 && variant->shuffle; i--) {
		int k = (int)chance(&state, (guint32)i + 1), other = order[i];
		order[i] = order[k];
		order[k] = other;
	}
	for (int i = 0; i < log->count; i++) {
		const struct entry *entry = &log->entries[order[i]];
		put_job(files[i % count], entry, order[i] + 1, variant);
		for (int s = 0; s < entry->steps && strcmp(entry->state, "PENDING") != 0; s++)
			put_step(files[i % count], entry, order[i] + 1, s, variant);
	}
}

static char **write_log(const struct log *log, const struct variant *variant)
{
	int count = MAX(1, variant->files);
	g_autofree GString **files = g_new0(GString *, count);
	char **paths = g_new0(char *, count + 1);
	for (int i = 0; i < count; i++)
		files[i] = g_string_new(HEAD);
	put_log(files, count, log, variant);
	for (int i = 0; i < count; i++) {
		paths[i] = write_file("export.psv", files[i]->str);
		g_string_free(files[i], TRUE);
	}
	return paths;
}

static struct run *run_new(const struct log *log, const struct variant *variant)
{
	struct run *run = g_new0(struct run, 1);
	GError *error = NULL;
	run->paths = write_log(log, variant);
	run->inventories[0] = variant->no_nodes ? NULL : write_file("nodes.txt", NODES);
	run->prices = variant->prices ? write_file("prices.conf", variant->prices) : NULL;
	run->options = (struct report_options){ .paths = run->paths,
		                                .inventories = run->inventories,
		                                .timezone = "UTC",
		                                .assumptions = run->prices,
		                                .threads = MAX(1, variant->threads),
		                                .min_users = 1,
		                                .internal = TRUE };
	run->work = (struct work){ .options = &run->options, .paths = g_strdupv(run->paths) };
	gboolean done = work_prepare(&run->work, &error) && work_measure(&run->work, &error);
	ck_assert_msg(done, "%s", error ? error->message : "");
	tally_pool(run->work.tally, 1, NULL);
	run->analysis = analysis_new(run->work.tally, run->work.assumptions, NULL);
	return run;
}

static void run_free(struct run *run)
{
	analysis_free(run->analysis);
	work_clear(&run->work);
	for (int i = 0; run->paths[i]; i++)
		remove_file(run->paths[i]);
	g_free(run->paths);
	if (run->inventories[0])
		remove_file(run->inventories[0]);
	if (run->prices)
		remove_file(run->prices);
	g_free(run);
}

static const struct figure *figure_of(const struct run *run, const char *id)
{
	const struct figure *figure = figures_find(run->analysis->evidence.figures, id);
	ck_assert_msg(figure != NULL, "no figure %s", id);
	return figure;
}

static double value_of(const struct run *run, const char *id)
{
	const struct figure *figure = figure_of(run, id);
	ck_assert_msg(figure->has_value, "%s has no value: %s", id,
	              figure->reason ? figure->reason : "");
	return figure->value;
}

static double scenario_value(const struct run *run, const char *what, enum scenario scenario)
{
	g_autofree char *id = g_strdup_printf("%s.%s", what, scenario_name(scenario));
	return value_of(run, id);
}

/* A log, and what comes of it as drawn. */
struct trial {
	int seed;
	const struct log *log;
	const struct run *run;
};

/* A saving held against what it costs to act, which has prices of its own. */
static gboolean weighs_acting(const struct figure *figure)
{
	return g_str_has_prefix(figure->id, "payback.") ||
	       g_str_has_prefix(figure->id, "breakeven.");
}

/* What twice the prices of nodes and of renting makes twice as much. */
static gboolean is_scaled(const struct figure *figure)
{
	return (figure->unit == UNIT_CURRENCY || figure->unit == UNIT_RATE) &&
	       !g_str_has_prefix(figure->id, "acting.") &&
	       strcmp(figure->id, "assumption.staff_hour") != 0;
}

/* The same figures, but for texts and points in time; with `scaled`, money is `factor` times what
 * it was. */
static void assert_same(const struct trial *trial, const char *what, const struct run *other,
                        gboolean scaled, double factor)
{
	const struct figures *figures = trial->run->analysis->evidence.figures;
	ck_assert_uint_eq(figures_count(figures), figures_count(other->analysis->evidence.figures));
	for (guint i = 0; i < figures_count(figures); i++) {
		const struct figure *a = figures_nth(figures, i), *b = figure_of(other, a->id);
		if (a->unit == UNIT_TEXT || a->unit == UNIT_TIME || (scaled && weighs_acting(a)))
			continue;
		gboolean money = is_scaled(a);
		double wanted = scaled && money ? a->value * factor : a->value;
		ck_assert_msg(a->has_value == b->has_value, "log %d, %s: %s is known in one only",
		              trial->seed, what, a->id);
		ck_assert_msg(!a->has_value || wanted == b->value ||
		                      fabs(wanted - b->value) <= 1e-9 * fabs(wanted),
		              "log %d, %s: %s is %.17g and %.17g", trial->seed, what, a->id,
		              a->value, b->value);
	}
}

/* Sums */

static const struct evidence *evidence_of(const struct run *run)
{
	return &run->analysis->evidence;
}

/* What jobs held of CPUs inside the window, by the log alone. */
static gint64 cpu_seconds_of(const struct log *log, const struct rules *rules)
{
	gint64 sum = 0;
	for (int i = 0; i < log->count; i++) {
		const struct entry *entry = &log->entries[i];
		gint64 start = T0 + entry->submit + entry->wait, end = start + entry->elapsed;
		if (strcmp(entry->state, "PENDING") != 0)
			sum += entry->cpus * MAX(0, MIN(end, rules->to) - MAX(start, rules->from));
	}
	return sum;
}

static gint64 sum_of_series(const struct run *run, const struct series *series)
{
	const struct rules *rules = &run->work.tally->rules;
	gsize count;
	g_autofree gint64 *minutes = series_values(series, rules->from, rules->to, &count);
	gint64 sum = 0;
	for (gsize i = 0; i < count; i++)
		sum += minutes[i];
	return sum;
}

/* Of one party, what it held in a pool: all classes. */
static gint64 held_in(const struct party *party, guint pool, enum scenario scenario)
{
	gint64 sum = 0;
	for (enum ledger_class class = 0; class < LEDGER_CLASSES; class++) {
		ck_assert_int_ge(party->pools[pool].ledger.of[scenario][class], 0);
		sum += party->pools[pool].ledger.of[scenario][class];
	}
	return sum;
}

static gint64 excess_in(const struct party *party, guint pool, enum scenario scenario)
{
	gint64 sum = 0;
	for (enum ledger_class class = LEDGER_MEMORY; class <= LEDGER_WHOLE_NODE; class++)
		sum += party->pools[pool].ledger.of[scenario][class];
	return sum;
}

static gint64 over(const GPtrArray *parties,
                   gint64 (*part)(const struct party *, guint, enum scenario), guint pool,
                   enum scenario scenario)
{
	gint64 sum = 0;
	for (guint i = 0; i < parties->len; i++)
		sum += part(parties->pdata[i], pool, scenario);
	return sum;
}

/* Users sum to groups and to the minutes of the cluster, class by class; programmes hold all
 * excess, each hour once. */
static void assert_pool_sums(const struct run *run, guint pool, enum scenario s)
{
	const struct people *people = evidence_of(run)->people;
	const struct tally *tally = run->work.tally;
	gint64 held = over(people->users, held_in, pool, s),
	       excess = over(people->users, excess_in, pool, s), claimed = 0;
	ck_assert_int_eq(held, over(people->groups, held_in, pool, s));
	ck_assert_int_eq(held, sum_of_series(run, tally->nodes[pool]));
	ck_assert_int_eq(excess, over(people->groups, excess_in, pool, s));
	ck_assert_int_eq(excess, sum_of_series(run, tally->excess[pool * SCENARIOS + s]));
	for (enum programme g = 0; g < PROGRAMMES; g++) {
		ck_assert_int_ge(people->claims[pool][g][s], 0);
		claimed += people->claims[pool][g][s];
	}
	ck_assert_int_eq(claimed, excess);
	if (s > 0)
		ck_assert_int_ge(excess, over(people->users, excess_in, pool, s - 1));
}

static void assert_use_sums(const GPtrArray *parties, const struct use *all)
{
	struct use sum = { 0 };
	for (guint i = 0; i < parties->len; i++) {
		const struct use *use = &((const struct party *)parties->pdata[i])->use;
		sum.jobs += use->jobs;
		sum.cpu_seconds += use->cpu_seconds;
		sum.gpu_seconds += use->gpu_seconds;
		sum.node_seconds += use->node_seconds;
		sum.cpu_used_milliseconds += use->cpu_used_milliseconds;
		sum.wait_eligible_seconds += use->wait_eligible_seconds;
	}
	ck_assert_int_eq(sum.jobs, all->jobs);
	ck_assert_int_eq(sum.cpu_seconds, all->cpu_seconds);
	ck_assert_int_eq(sum.gpu_seconds, all->gpu_seconds);
	ck_assert_int_eq(sum.node_seconds, all->node_seconds);
	ck_assert_int_eq(sum.cpu_used_milliseconds, all->cpu_used_milliseconds);
	ck_assert_int_eq(sum.wait_eligible_seconds, all->wait_eligible_seconds);
}

/* By the log alone. */
static gint64 cpu_seconds_in(const struct log *log, const char *partition)
{
	gint64 sum = 0;
	for (int i = 0; i < log->count; i++)
		if (strcmp(log->entries[i].state, "PENDING") != 0 &&
		    strcmp(partition_of(&log->entries[i]), partition) == 0)
			sum += log->entries[i].cpus * log->entries[i].elapsed;
	return sum;
}

/* Partitions and months sum to the ledger of all kinds of node, class by class; and partitions are
 * those of the log. */
static void assert_parts(const struct log *log, const struct tally *tally)
{
	struct ledger pools = { 0 }, stays = { 0 }, months = { 0 };
	g_autofree gint64 *cpu_seconds = g_new0(gint64, intern_count(tally->partitions) + 1);
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		for (guint p = 0; p < inventory_pools(tally->inventory); p++)
			ledger_merge(&pools, &member->pools[p].ledger);
		for (const struct stay *stay = member->stays; stay; stay = stay->next) {
			ledger_merge(&stays, &stay->ledger);
			cpu_seconds[stay->partition] += stay->use.cpu_seconds;
		}
	}
	for (guint i = 0; i < tally->months.of->len; i++)
		ledger_merge(&months, &g_array_index(tally->months.of, struct ledger, i));
	ck_assert_mem_eq(&pools, &stays, sizeof pools);
	ck_assert_mem_eq(&pools, &months, sizeof pools);
	for (guint p = 0; p < intern_count(tally->partitions); p++)
		ck_assert_int_eq(cpu_seconds[p],
		                 cpu_seconds_in(log, intern_text(tally->partitions, p)));
}

static void assert_sums(const struct log *log, const struct run *run)
{
	const struct tally *tally = run->work.tally;
	const struct row_account *rows = &tally->rows;
	gint64 aside = 0;
	for (guint i = 0; i < ASIDES; i++)
		aside += rows->set_aside[i];
	ck_assert_int_eq(rows->read, rows->used + rows->steps + rows->duplicates + aside);
	ck_assert_int_eq(rows->used, log->count);
	ck_assert_int_eq(tally->cpu_seconds_inside, cpu_seconds_of(log, &tally->rules));
	ck_assert_int_eq(tally->cpu_seconds_inside, sum_of_series(run, tally->cpus));
	assert_parts(log, tally);
	assert_use_sums(evidence_of(run)->people->users, &tally->total);
	assert_use_sums(evidence_of(run)->people->groups, &tally->total);
	for (guint p = 0; p < evidence_of(run)->people->pools; p++)
		for (enum scenario s = 0; s < SCENARIOS; s++)
			assert_pool_sums(run, p, s);
}

/* Money */

/* a ≤ b, but for the last digits of what was added up. */
static void assert_at_most(int seed, const char *what, double a, double b)
{
	ck_assert_msg(a <= b + 1e-6, "log %d: %s: %.9g is more than %.9g", seed, what, a, b);
}

static void assert_money(int seed, const struct run *run)
{
	double cost = value_of(run, "cost.total"), before = 0, before_now = 0;
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		double total = scenario_value(run, "saving.total", s),
		       now = scenario_value(run, "saving.now", s);
		double infrastructure = scenario_value(run, "saving.infrastructure", s);
		double users = scenario_value(run, "saving.users", s),
		       returned = scenario_value(run, "saving.returned", s);
		double purchase = scenario_value(run, "saving.purchase", s),
		       running = scenario_value(run, "saving.running", s);
		assert_at_most(seed, "a part of the saving below nought", 0,
		               MIN(infrastructure, MIN(users, returned)));
		assert_at_most(seed, "cash this year and in the scenario before", before_now, now);
		assert_at_most(seed, "the parts and the total",
		               fabs(infrastructure + users + returned - total), 0);
		assert_at_most(seed, "the kinds of money and the total",
		               fabs(purchase + running + returned - total), 0);
		assert_at_most(seed, "the saving and the cost", total, cost);
		assert_at_most(seed, "a scenario and the next", before, total);
		before = total;
		before_now = now;
	}
}

/* What must not matter */

static const struct variant as_drawn = { 0 };

static void assert_no_matter(const struct trial *trial, const char *what, struct variant variant)
{
	struct run *other = run_new(trial->log, &variant);
	assert_same(trial, what, other, FALSE, 1);
	run_free(other);
}

/* Every price is twice the default. */
static char *twice_the_prices(const struct assumptions *assumptions)
{
	static const enum assumption_key prices[] = { ASSUME_NODE_PURCHASE,   ASSUME_CORE_PURCHASE,
		                                      ASSUME_MEMORY_PURCHASE, ASSUME_GPU_PURCHASE,
		                                      ASSUME_ELECTRICITY,     ASSUME_VCPU_HOUR,
		                                      ASSUME_RENTED_GPU_HOUR };
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < G_N_ELEMENTS(prices); i++) {
		g_string_append_printf(text, "[%s]\n",
		                       assumptions_get(assumptions, prices[i])->key);
		for (enum scenario s = 0; s < SCENARIOS; s++)
			g_string_append_printf(text, "%s=%.17g\n", scenario_name(s),
			                       2 * assumptions_value(assumptions, prices[i], s));
	}
	return g_string_free(text, FALSE);
}

static void assert_scales_with_prices(const struct trial *trial)
{
	g_autofree char *prices = twice_the_prices(trial->run->work.assumptions);
	struct variant variant = { .prices = prices };
	struct run *other = run_new(trial->log, &variant);
	assert_same(trial, "twice the prices", other, TRUE, 2);
	run_free(other);
}

/* What is not measured */

static double total_at(const struct run *run, const char *key, double value)
{
	struct figures *what_if = figures_over(run->analysis->evidence.figures);
	g_autofree char *id = g_strconcat("assumption.", key, NULL);
	figures_add(what_if, id, UNIT_NUMBER, value, key);
	figures_derive_anew(what_if, "saving.total.expected");
	double total = figures_value(what_if, "saving.total.expected", NAN);
	figures_free(what_if);
	return total;
}

/* A little before it acting pays, a little behind it no more; without one, it pays with all that is
 * accepted. */
static void assert_even(int seed, const struct run *run, const struct assumption *assumption)
{
	g_autofree char *id = g_strconcat("breakeven.", assumption->key, NULL);
	const struct figure *even = figure_of(run, id);
	double cost = value_of(run, "acting.cost"), as_is = assumption->value[SCENARIO_EXPECTED];
	double worst = assumption->value[SCENARIO_LOW] > assumption->value[SCENARIO_HIGH]
	                       ? assumption->most
	                       : assumption->least;
	double step = 1e-9 * (even->has_value ? even->value - as_is : 0) +
	              (worst > as_is ? 1e-12 : -1e-12) * fabs(as_is);
	if (!even->has_value) {
		ck_assert_msg(total_at(run, assumption->key, worst) > cost, "log %d: %s: %s", seed,
		              id, even->reason);
		return;
	}
	ck_assert_msg(total_at(run, assumption->key, even->value - step) > cost,
	              "log %d: before %s = %.17g acting does not pay", seed, id, even->value);
	ck_assert_msg(total_at(run, assumption->key, even->value + step) <= cost,
	              "log %d: behind %s = %.17g acting pays", seed, id, even->value);
}

/* Acting is made to cost so much of the saving. */
static void assert_breaks_even(const struct trial *trial, double share)
{
	g_autofree char *prices =
		g_strdup_printf("[staff_hour]\nexpected=%.17g\n",
	                        share * value_of(trial->run, "saving.total.expected") /
	                                value_of(trial->run, "acting.hours"));
	struct variant variant = { .prices = prices };
	struct run *run = run_new(trial->log, &variant);
	for (enum assumption_key key = ASSUME_NODE_PURCHASE; key <= ASSUME_RENT_OVERHEAD; key++) {
		const struct assumption *assumption = assumptions_get(run->work.assumptions, key);
		if (assumption->value[SCENARIO_LOW] != assumption->value[SCENARIO_HIGH])
			assert_even(trial->seed, run, assumption);
	}
	run_free(run);
}

static void assert_less_known(const struct trial *trial, const char *what, struct variant variant)
{
	static const char *const ids[] = { "ledger.excess.hours", "coverage", "saving.total.low",
		                           "saving.total.expected", "saving.total.high" };
	struct run *other = run_new(trial->log, &variant);
	for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
		g_autofree char *shown = g_strdup_printf("%s: %s", what, ids[i]);
		assert_at_most(trial->seed, shown, value_of(other, ids[i]),
		               value_of(trial->run, ids[i]));
	}
	run_free(other);
}

static void assert_nothing_known(const struct log *log)
{
	struct variant variant = {
		.no_cpu_use = TRUE, .no_memory_use = TRUE, .no_gpu_use = TRUE, .no_nodes = TRUE
	};
	struct run *run = run_new(log, &variant);
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		g_autofree char *id = g_strdup_printf("saving.total.%s", scenario_name(s));
		ck_assert_msg(!figure_of(run, id)->has_value &&
		                      g_str_has_prefix(figure_of(run, id)->reason,
		                                       "cannot be estimated from this export"),
		              "%s: %s", id, figure_of(run, id)->reason);
	}
	run_free(run);
}

START_TEST(what_must_hold_of_any_log_holds)
{
	struct log log;
	draw(&log, (guint64)_i);
	struct run *run = run_new(&log, &as_drawn);
	const struct trial trial = { _i, &log, run };
	assert_sums(&log, run);
	assert_money(_i, run);
	assert_no_matter(&trial, "in another order",
	                 (struct variant){ .shuffle = (guint64)_i + 1 });
	assert_no_matter(&trial, "in three files",
	                 (struct variant){ .files = 3, .shuffle = (guint64)_i + 1 });
	assert_no_matter(&trial, "with four threads", (struct variant){ .threads = 4 });
	assert_no_matter(&trial, "under other names", (struct variant){ .renamed = TRUE });
	assert_no_matter(&trial, "three weeks later", (struct variant){ .shift_days = 21 });
	assert_scales_with_prices(&trial);
	for (int tenths = 1 + _i % 3; tenths < 10; tenths += 3)
		assert_breaks_even(&trial, tenths / 10.0);
	assert_less_known(&trial, "without CPU use", (struct variant){ .no_cpu_use = TRUE });
	assert_less_known(&trial, "without memory use", (struct variant){ .no_memory_use = TRUE });
	assert_less_known(&trial, "without GPU use", (struct variant){ .no_gpu_use = TRUE });
	assert_nothing_known(&log);
	run_free(run);
}
END_TEST

static int logs_wanted(void)
{
	const char *text = getenv("LOGS");
	return text ? atoi(text) : LOGS_USUAL;
}

int main(void)
{
	Suite *suite = suite_create("invariants");
	TCase *cases = tcase_create("invariants");
	tcase_set_timeout(cases, 60);
	tcase_add_loop_test(cases, what_must_hold_of_any_log_holds, 0, logs_wanted());
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
