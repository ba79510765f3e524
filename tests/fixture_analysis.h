/* SPDX-License-Identifier: Apache-2.0 */
/* fixture_analysis: from jobs made by hand to the figures of a whole analysis. */
#ifndef FIXTURE_ANALYSIS_H
#define FIXTURE_ANALYSIS_H

#include <math.h>
#include <string.h>

#include "finding/finding.h"
#include "fixture_jobs.h"

/* Four nodes n1…n4 with 10 CPUs and 100 GiB. */
#define FOUR_NODES                             \
	"NodeName=n1 CPUTot=10 RealMemory=102400\n" \
	"NodeName=n2 CPUTot=10 RealMemory=102400\n" \
	"NodeName=n3 CPUTot=10 RealMemory=102400\n" \
	"NodeName=n4 CPUTot=10 RealMemory=102400\n"

/* A node costs 30,000 for four years and 5 % of it a year in support, nothing else: 7,500 + 1,500.
 * Rent is 20 an hour. Nodes can be packed full, and everyone gives back what is asked. */
#define PLAIN_BUT_ADOPTION \
	"[node_purchase]\nexpected=30000\n[core_purchase]\nexpected=0\n[memory_purchase]\nexpected=0\n" \
	"[node_life]\nexpected=4\n[electricity]\nexpected=0\n[support]\nexpected=0.05\n" \
	"[vcpu_hour]\nexpected=1\n[vcpus_per_core]\nexpected=2\n[rent_overhead]\nexpected=0\n" \
	"[packing]\nexpected=1\n"
#define PLAIN_PRICES PLAIN_BUT_ADOPTION "[adoption]\nexpected=1\n"

/* What a test gives, and what comes out. */
struct world {
	const char *nodes;  /* NULL: no inventory */
	const char *prices; /* NULL: the defaults */
	int days;
	gboolean given;     /* the days are: totals have the jobs that ended in them */
	gboolean has_no_users, has_no_groups, has_ids;
	guint min_users;   /* of a group that is shown by itself; 0: of any */
	GArray *jobs;      /* struct job, with text that lives as long as the world */
	GStringChunk *text;

	struct assumptions *assumptions;
	struct inventory *inventory;
	struct zone *zone;
	struct tally *tally;
	struct analysis *analysis;
	const struct figures *figures;
};

static inline void world_init(struct world *world)
{
	*world = (struct world){ .nodes = FOUR_NODES, .prices = PLAIN_PRICES, .days = 10 };
	world->jobs = g_array_new(FALSE, FALSE, sizeof(struct job));
	world->text = g_string_chunk_new(1024);
}

static inline void world_clear(struct world *world)
{
	analysis_free(world->analysis);
	tally_free(world->tally);
	inventory_free(world->inventory);
	assumptions_free(world->assumptions);
	zone_free(world->zone);
	g_array_unref(world->jobs);
	g_string_chunk_free(world->text);
}

static inline struct slice keep(struct world *world, const char *text)
{
	return slice_of(g_string_chunk_insert(world->text, text));
}

/* Adds a job that begins in an hour of the window and lasts so many; good until the next is
 * added. */
static inline struct job *add(struct world *world, const char *user, const char *group,
                              struct job job, int from, int hours)
{
	job.user = keep(world, user);
	job.account = keep(world, group);
	job_time_set(&job, T0 + from * HOUR, hours * HOUR);
	g_array_append_val(world->jobs, job);
	return &g_array_index(world->jobs, struct job, world->jobs->len - 1);
}

static inline void read_assumptions(struct world *world)
{
	world->assumptions = assumptions_new();
	if (!world->prices)
		return;
	char *path = write_file("assumptions.conf", world->prices);
	GError *error = NULL;
	ck_assert_msg(assumptions_load(world->assumptions, path, &error), "%s",
	              error ? error->message : "");
	remove_file(path);
}

static inline void analyse(struct world *world)
{
	struct rules rules;
	struct reading reading = { .rows = world->jobs->len, .jobs = world->jobs->len };
	reading.has[COLUMN_USER] = !world->has_no_users;
	reading.has[COLUMN_ACCOUNT] = !world->has_no_groups;
	reading.has[COLUMN_JOB_ID] = world->has_ids;
	read_assumptions(world);
	world->inventory = world->nodes ? inventory_from(world->nodes) : inventory_new();
	for (guint i = 0; i < world->jobs->len; i++)
		inventory_learn(world->inventory, &g_array_index(world->jobs, struct job, i));
	inventory_finish(world->inventory);
	world->zone = zone_new(NULL, NULL);
	rules_init(&rules, world->assumptions);
	rules.from = T0;
	rules.to = T0 + (gint64)world->days * DAY;
	rules.declared = world->given;
	world->tally = tally_new(&rules, world->inventory, world->zone);
	for (guint i = 0; i < world->jobs->len; i++)
		tally_add(world->tally, &g_array_index(world->jobs, struct job, i));
	tally_account(world->tally, &reading);
	tally_order(world->tally);
	if (world->min_users)
		tally_pool(world->tally, world->min_users, NULL);
	world->analysis = analysis_new(world->tally, world->assumptions, NULL);
	world->figures = world->analysis->evidence.figures;
}

static const struct figure *figure(const struct world *world, const char *id)
{
	const struct figure *found = figures_find(world->figures, id);
	ck_assert_msg(found != NULL, "no figure %s", id);
	return found;
}

static inline double value(const struct world *world, const char *id)
{
	const struct figure *found = figure(world, id);
	ck_assert_msg(found->has_value && found->unit != UNIT_TEXT, "%s has no value: %s", id,
	              found->reason ? found->reason : "");
	return found->value;
}

static inline void assert_value(const struct world *world, const char *id, double expected)
{
	double got = value(world, id);
	ck_assert_msg(fabs(got - expected) <= 1e-9 * fmax(1, fabs(expected)),
	              "%s is %.9g, not %.9g", id, got, expected);
}

static inline void assert_missing(const struct world *world, const char *id, const char *reason)
{
	const struct figure *found = figure(world, id);
	ck_assert_msg(!found->has_value, "%s has a value", id);
	ck_assert_msg(strstr(found->reason, reason) != NULL, "%s: \"%s\"", id, found->reason);
}

/* Two nodes whose 20 CPUs keep half a core busy, and one that is all busy, for the whole period: D
 * = 3 and D' = 1.2. */
static inline void fill_plainly(struct world *world)
{
	struct job *idle = add(world, "user_0001", "group_A", job_on("n[1-2]", 2, 20), 0, 240);
	job_use_millicores(idle, 500);
	struct job *busy = add(world, "user_0002", "group_B", job_on("n3", 1, 10), 0, 240);
	job_use_millicores(busy, 10000);
}

#endif
