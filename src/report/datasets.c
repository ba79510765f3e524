/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/advice.h"
#include "finding/figures.h"
#include "finding/stranded.h"
#include "report/compose.h"
#include "report/group_lines.h"

#include <math.h>
#include <string.h>

#define HOUR 3600.0

static struct dataset_column *column(struct dataset *dataset, const char *id, const char *title,
                                     enum unit unit)
{
	struct dataset_column *added = dataset_add_column(dataset, id, title, unit);
	added->total = unit == UNIT_COUNT || unit == UNIT_HOURS || unit == UNIT_CURRENCY;
	return added;
}

static void add_use_columns(struct dataset *dataset)
{
	column(dataset, "jobs", "Jobs", UNIT_COUNT);
	column(dataset, "cpu_hours", "Core-hours", UNIT_HOURS)->help = g_strdup(
		"Elapsed time × allocated CPUs, whole jobs.");
	column(dataset, "gpu_hours", "GPU-hours", UNIT_HOURS)->help = g_strdup(
		"Elapsed time × allocated GPUs, whole jobs.");
	column(dataset, "node_hours", "Nodes × hours", UNIT_HOURS)->help = g_strdup(
		"Elapsed time × nodes, whole jobs: a shared node counts whole for each job on it.");
}

static void set_use_of_all(struct dataset *dataset, const struct use *use)
{
	dataset_set(dataset, "jobs", (double)use->jobs);
	dataset_set(dataset, "cpu_hours", (double)use->cpu_seconds / HOUR);
	dataset_set(dataset, "node_hours", (double)use->node_seconds / HOUR);
}

static void set_use(struct dataset *dataset, const struct use *use)
{
	set_use_of_all(dataset, use);
	dataset_set(dataset, "gpu_hours", (double)use->gpu_seconds / HOUR);
}

/* Parties */

/* "held_1 * pool.1.rate + …" */
static char *priced(const struct composition *c, const char *prefix, const char *factor)
{
	GString *text = g_string_new(NULL);
	for (guint p = 0; p < c->analysis->evidence.people->pools; p++)
		g_string_append_printf(text, "%s%s_%u * pool.%u.rate", p ? " + " : "", prefix,
		                       p + 1, p + 1);
	if (factor && text->len) {
		g_string_prepend(text, "(");
		g_string_append_printf(text, ") * %s", factor);
	}
	return g_string_free(text, FALSE);
}

static void pool_columns(const struct composition *c, struct dataset *dataset, const char *prefix,
                         const char *what, const char *help)
{
	const struct evidence *evidence = &c->analysis->evidence;
	for (guint p = 0; p < evidence->people->pools; p++) {
		g_autofree char *id = g_strdup_printf("%s_%u", prefix, p + 1);
		g_autofree char *title =
			g_strdup_printf("%s, %s", what,
		                        inventory_pool(evidence->tally->inventory, p)->label);
		column(dataset, id, title, UNIT_HOURS)->help = g_strdup(help);
	}
}

static void add_party_columns(const struct composition *c, struct dataset *dataset)
{
	add_use_columns(dataset);
	struct dataset_column *efficiency = column(dataset, "efficiency", "Median CPU efficiency",
	                                           UNIT_SHARE);
	efficiency->whole = TRUE;
	efficiency->help = g_strdup("Of judged jobs: completed or long sessions, longer than the "
	                            "sampling limit, with measured CPU time. In whole "
	                            "per cents, rounded down.");
	column(dataset, "memory_used", "Memory used of asked", UNIT_SHARE)->help =
	    g_strdup("Peak ÷ request over judged jobs, weighted by time.");
	pool_columns(c, dataset, "held", "Held",
	             "Node-equivalents × hours inside the period: the largest share of a node that "
	             "a job holds.");
	pool_columns(
		c, dataset, "excess", "Not needed",
		"The part of it that right-sized jobs would not have held, expected scenario.");
	pool_columns(c, dataset, "promised", "Promised",
	             "The part of that which a programme asks back.");
	struct dataset_column *cost = column(dataset, "cost", "Cost in the period", UNIT_CURRENCY);
	cost->expression = priced(c, "held", NULL);
	cost->help = g_strdup("Hours held × what a node-hour costs to own.");
	struct dataset_column *unused = column(dataset, "unused", "Of it not needed",
	                                       UNIT_CURRENCY);
	unused->expression = priced(c, "excess", NULL);
	struct dataset_column *saving = column(dataset, "saving", "Worth giving back",
	                                       UNIT_CURRENCY);
	saving->expression = priced(c, "promised", "assumption.adoption");
	saving->help = g_strdup("What programmes ask back × the share that people give back × the "
	                        "cost of a node-hour. For ranking: it does not add up to the "
	                        "saving of the whole, which depends on when the hours come free.");
	if (c->analysis->evidence.people->pools == 0) {
		g_clear_pointer(&cost->expression, g_free);
		g_clear_pointer(&unused->expression, g_free);
		g_clear_pointer(&saving->expression, g_free);
	}
}

static void set_pool_hours(struct dataset *dataset, const char *prefix, guint pool,
                           gint64 micro_seconds)
{
	g_autofree char *id = g_strdup_printf("%s_%u", prefix, pool + 1);
	dataset_set(dataset, id, micro_hours(micro_seconds));
}

/* Where no use is measured, what was not needed is unknown, and not nought. */
static void set_party_pool(const struct evidence *evidence, struct dataset *dataset,
                           const struct party *party, guint pool)
{
	const struct ledger *ledger = &party->pools[pool].ledger;
	set_pool_hours(dataset, "held", pool, ledger_held(ledger));
	if (!evidence->has_usage)
		return;
	set_pool_hours(dataset, "excess", pool, ledger_excess(ledger, SCENARIO_EXPECTED));
	set_pool_hours(dataset, "promised", pool, party->promised[pool]);
}

/* Where no job says on which nodes it ran, what it held of them is unknown, and not nought. */
static gboolean nodes_are_known(const struct composition *c)
{
	return figure_number(c, "ledger.hours") > 0;
}

static void set_party(const struct composition *c, struct dataset *dataset,
                      const struct party *party)
{
	dataset_set_text(dataset, "name", *party->name ? party->name : "(not named)");
	set_use_of_all(dataset, &party->use);
	if (party->median_efficiency >= 0)
		dataset_set(dataset, "efficiency", party->median_efficiency / 100.0);
	if (party_memory_share(party) >= 0)
		dataset_set(dataset, "memory_used", party_memory_share(party));
	if (!party->by_kind)
		return;
	dataset_set(dataset, "gpu_hours", (double)party->use.gpu_seconds / HOUR);
	for (guint p = 0; p < c->analysis->evidence.people->pools && nodes_are_known(c); p++)
		set_party_pool(&c->analysis->evidence, dataset, party, p);
}

static const char *advice(const struct party *user)
{
	if (user->took_all_jobs > 0 && user->took_all_judged > 0)
		return "memory requests";
	if (user->is_idle)
		return "idle CPUs";
	return user->is_top ? "one of the heaviest" : "";
}

static void add_users(struct composition *c)
{
	const struct evidence *evidence = &c->analysis->evidence;
	struct dataset *users = report_add_sheet(c->report, "users", "Users",
	                                         "One row a user, most core-hours first.");
	users->people = TRUE;
	column(users, "name", "User", UNIT_TEXT);
	add_party_columns(c, users);
	column(users, "group",
	       evidence->tally->rules.group_by == GROUP_BY_ACCOUNT ? "Account" : "Group",
	       UNIT_TEXT);
	column(users, "advice", "What to talk about", UNIT_TEXT);
	column(users, "asked", "Memory asked, mean", UNIT_BYTES)->help = g_strdup(
		"On each node, by kinds of jobs of which ten are judged, weighted by core-hours.");
	g_autoptr(GArray) kinds = advice_list(evidence);
	g_autoptr(GHashTable) asked = advice_asked(kinds);
	g_autoptr(GPtrArray) ranked = people_by_core_hours(evidence->people->users);
	for (guint i = 0; i < ranked->len && evidence->has_users; i++) {
		const struct party *user = ranked->pdata[i];
		dataset_add_row(users);
		set_party(c, users, user);
		dataset_set_text(users, "group", user->home);
		dataset_set_text(users, "advice", advice(user));
		const struct advice_asked *memory = g_hash_table_lookup(asked, user->name);
		if (memory)
			dataset_set(users, "asked", memory->bytes);
	}
}

/* "(excess_1 + …) / (held_1 + …)"; NULL without pools. */
static char *share_not_needed(guint pools)
{
	g_autoptr(GString) excess = g_string_new(NULL);
	g_autoptr(GString) held = g_string_new(NULL);
	for (guint p = 1; p <= pools; p++) {
		g_string_append_printf(excess, "%sexcess_%u", p > 1 ? " + " : "", p);
		g_string_append_printf(held, "%sheld_%u", p > 1 ? " + " : "", p);
	}
	return pools ? g_strdup_printf("(%s) / (%s)", excess->str, held->str) : NULL;
}

static void add_groups(struct composition *c)
{
	const struct evidence *evidence = &c->analysis->evidence;
	gboolean account = evidence->tally->rules.group_by == GROUP_BY_ACCOUNT;
	struct dataset *groups =
		report_add_sheet(c->report, "groups", account ? "Accounts" : "Groups",
	                         account ? "One row an account, most core-hours first."
	                                 : "One row a Unix group, most core-hours first.");
	column(groups, "name", account ? "Account" : "Group", UNIT_TEXT);
	add_party_columns(c, groups);
	column(groups, "users", "Users", UNIT_COUNT)->total = FALSE;
	struct dataset_column *share = column(groups, "share", "Not needed, share of node-hours",
	                                      UNIT_SHARE);
	share->expression = share_not_needed(evidence->people->pools);
	share->line = people_training_share(evidence->assumptions);
	group_lines_add_column(c, groups);
	g_autoptr(GPtrArray) ranked = people_by_core_hours(evidence->people->groups);
	for (guint i = 0; i < ranked->len && evidence->has_groups; i++) {
		const struct party *group = ranked->pdata[i];
		dataset_add_row(groups);
		set_party(c, groups, group);
		dataset_set(groups, "users", group->users);
		group_lines_set(c, groups, group);
		if (!group->by_kind && party_excess_share(group) >= 0 && evidence->has_usage)
			dataset_set(groups, "share", party_excess_share(group));
	}
}

/* Time */

static void set_day_use(struct dataset *dataset, const struct day_use *use)
{
	dataset_set(dataset, "jobs_ended", (double)use->jobs_ended);
	dataset_set(dataset, "cpu_hours", (double)use->cpu_seconds / HOUR);
	dataset_set(dataset, "gpu_hours", (double)use->gpu_seconds / HOUR);
	dataset_set(dataset, "node_hours", (double)use->node_seconds / HOUR);
}

static void add_time_columns(struct dataset *dataset, const char *id, const char *title)
{
	column(dataset, id, title, UNIT_TEXT);
	column(dataset, "jobs_ended", "Jobs ended", UNIT_COUNT);
	column(dataset, "cpu_hours", "Core-hours", UNIT_HOURS);
	column(dataset, "gpu_hours", "GPU-hours", UNIT_HOURS);
	column(dataset, "node_hours", "Nodes × hours", UNIT_HOURS);
}

static void add_month_row(struct dataset *months, const struct civil *civil,
                          const struct day_use *use)
{
	g_autofree char *name = g_strdup_printf("%04d-%02d", civil->year, civil->month);
	dataset_add_row(months);
	dataset_set_text(months, "month", name);
	set_day_use(months, use);
}

static void add_days_and_months(struct composition *c)
{
	const struct days *days = &c->analysis->evidence.tally->days;
	struct dataset *by_month =
		report_add_sheet(c->report, "months", "Months",
	                         "One row a calendar month; hours are split at local midnight.");
	struct dataset *by_day =
		report_add_dataset(c->report, "days", "Days",
	                           "One row a local day; hours are split at local midnight.");
	add_time_columns(by_month, "month", "Month");
	add_time_columns(by_day, "day", "Day");
	struct day_use month = { 0 };
	for (guint i = 0; i < days->of->len; i++) {
		const struct day_use *use = &g_array_index(days->of, struct day_use, i);
		struct civil today = zone_day_civil(days->first + (gint32)i),
			     tomorrow = zone_day_civil(days->first + (gint32)i + 1);
		g_autofree char *name = g_strdup_printf("%04d-%02d-%02d", today.year, today.month,
		                                        today.day);
		dataset_add_row(by_day);
		dataset_set_text(by_day, "day", name);
		set_day_use(by_day, use);
		month.jobs_ended += use->jobs_ended;
		month.cpu_seconds += use->cpu_seconds;
		month.gpu_seconds += use->gpu_seconds;
		month.node_seconds += use->node_seconds;
		if (tomorrow.month != today.month || i + 1 == days->of->len) {
			add_month_row(by_month, &today, &month);
			month = (struct day_use){ 0 };
		}
	}
}

static void add_states(struct composition *c)
{
	const struct tally *tally = c->analysis->evidence.tally;
	struct dataset *states = report_add_sheet(c->report, "states", "How jobs ended",
	                                          "One row a state that occurs.");
	column(states, "state", "State", UNIT_TEXT);
	add_use_columns(states);
	for (enum job_state s = 0; s < STATES; s++) {
		if (tally->states[s].jobs == 0)
			continue;
		dataset_add_row(states);
		dataset_set_text(states, "state", state_name(s));
		set_use(states, &tally->states[s]);
	}
}

/* Of jobs that ran and did not complete. */
static const struct {
	enum job_state state;
	const char *name;
} endings_named[] = {
	{ STATE_FAILED, "Failed" },       { STATE_TIMEOUT, "Ran out of time" },
	  { STATE_OUT_OF_MEMORY, "Out of memory" },
	{ STATE_NODE_FAIL, "Node broke" }, { STATE_CANCELLED, "Cancelled" },     { STATE_BOOT_FAIL,
	  "Node did not boot" },
	{ STATE_DEADLINE, "Past deadline" }, { STATE_PREEMPTED, "Gave way" },    { STATE_REQUEUED,
	  "Run again" },
};

static const char *ending_name(enum job_state state)
{
	for (guint i = 0; i < G_N_ELEMENTS(endings_named); i++)
		if (endings_named[i].state == state)
			return endings_named[i].name;
	return state_name(state);
}

static gint compare_endings(gconstpointer a, gconstpointer b, gpointer data)
{
	const enum job_state *left = a, *right = b;
	const struct use *states = data;
	if (states[*left].cpu_seconds != states[*right].cpu_seconds)
		return states[*left].cpu_seconds < states[*right].cpu_seconds ? 1 : -1;
	return (int)*left - (int)*right;
}

static void add_ending(struct dataset *endings, const struct tally *tally, enum job_state state)
{
	const struct use *use = &tally->states[state];
	dataset_add_row(endings);
	dataset_set_text(endings, "ending", ending_name(state));
	dataset_set_text(endings, "state", state_name(state));
	dataset_set(endings, "jobs", (double)use->ran);
	dataset_set(endings, "cpu_hours", (double)use->cpu_seconds / HOUR);
	dataset_set(endings, "node_hours", (double)use->node_seconds / HOUR);
	if (tally->total.cpu_seconds > 0)
		dataset_set(endings, "share",
		            (double)use->cpu_seconds / (double)tally->total.cpu_seconds);
}

static void add_endings(struct composition *c)
{
	const struct tally *tally = c->analysis->evidence.tally;
	struct dataset *endings =
		report_add_dataset(c->report, "endings", "Jobs that did not complete",
	                           "One row an end that occurs, costliest first.");
	column(endings, "ending", "How they ended", UNIT_TEXT);
	column(endings, "state", "Slurm’s word", UNIT_TEXT);
	column(endings, "jobs", "Jobs that ran", UNIT_COUNT);
	column(endings, "cpu_hours", "Core-hours", UNIT_HOURS);
	column(endings, "node_hours", "Nodes × hours", UNIT_HOURS);
	column(endings, "share", "Share of all core-hours", UNIT_SHARE)->total = FALSE;
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(enum job_state));
	for (enum job_state s = 0; s < STATES; s++)
		if (habits_state_failed(s) && tally->states[s].ran > 0)
			g_array_append_val(found, s);
	g_array_sort_with_data(found, compare_endings, (gpointer)tally->states);
	for (guint i = 0; i < found->len; i++)
		add_ending(endings, tally, g_array_index(found, enum job_state, i));
}

/* Money */

static void add_ledger(struct composition *c)
{
	struct dataset *ledger = report_add_sheet(c->report, "ledger", "Where the node-hours went",
	                                          "Every allocated node-hour of the period, in "
	                                          "exactly one class; expected scenario.");
	column(ledger, "class", "Class", UNIT_TEXT);
	column(ledger, "hours", "Node-hours", UNIT_HOURS);
	column(ledger, "share", "Share", UNIT_SHARE)->total = FALSE;
	for (enum ledger_class class = 0; class < LEDGER_CLASSES; class++) {
		g_autofree char *hours = g_strdup_printf("ledger.%s.hours", ledger_class_id(class));
		g_autofree char *share = g_strdup_printf("ledger.%s.share", ledger_class_id(class));
		dataset_add_row(ledger);
		dataset_set_text(ledger, "class", ledger_class_name(class));
		dataset_set_expression(ledger, "hours", hours);
		dataset_set_expression(ledger, "share", share);
	}
}

static void add_pools(struct composition *c)
{
	const struct evidence *evidence = &c->analysis->evidence;
	struct dataset *pools =
		report_add_sheet(c->report, "pools", "Kinds of node",
	                         "One row a kind of node: same cores, memory and GPUs.");
	column(pools, "pool", "Kind of node", UNIT_TEXT);
	column(pools, "owned", "Owned", UNIT_NODES);
	column(pools, "mean", "In use, mean", UNIT_NODES);
	column(pools, "peak", "In use, highest minute", UNIT_NODES);
	column(pools, "p85", "Needed, 85 of 100 minutes", UNIT_NODES);
	column(pools, "keep", "Best to own", UNIT_NODES);
	column(pools, "burst", "To rent beside them, node-hours a year", UNIT_HOURS);
	column(pools, "year", "Cost of a node, a year", UNIT_CURRENCY)->total = FALSE;
	column(pools, "rent", "Rent, an hour", UNIT_RATE);
	for (guint p = 0; p < evidence->sizings->len; p++) {
		const struct pool_sizing *sizing = evidence->sizings->pdata[p];
		g_autofree char *keep = g_strdup_printf("pool.%u.keep.expected", p + 1);
		g_autofree char *burst = g_strdup_printf("pool.%u.burst.expected", p + 1);
		g_autofree char *year = g_strdup_printf("pool.%u.year", p + 1),
				*rent = g_strdup_printf("pool.%u.rent", p + 1);
		dataset_add_row(pools);
		dataset_set_text(pools, "pool",
		                 inventory_pool(evidence->tally->inventory, p)->label);
		if (nodes_are_known(c))
			dataset_set(pools, "mean", sizing->mean_nodes);
		if (nodes_are_known(c) && !evidence->told.only_days &&
		    !told_no_highest(&evidence->told))
			dataset_set(pools, "peak", sizing->peak_nodes);
		dataset_set_expression(pools, "year", year);
		dataset_set_expression(pools, "rent", rent);
		if (sizing->owned == 0)
			continue;
		dataset_set(pools, "owned", (double)sizing->owned);
		dataset_set(pools, "p85", (double)sizing->percentile_nodes[3]);
		dataset_set_expression(pools, "keep", keep);
		dataset_set_expression(pools, "burst", burst);
	}
}

static void add_stranded(struct composition *c)
{
	const struct evidence *evidence = &c->analysis->evidence;
	struct dataset *dataset =
		report_add_dataset(c->report, "stranded",
	                           "CPUs left beside memory, and the reverse",
	                           "One row a kind of node; node-hours of the period.");
	column(dataset, "pool", "Kind of node", UNIT_TEXT);
	column(dataset, "held", "Held", UNIT_HOURS);
	column(dataset, "cpus_least", "CPUs left, at least", UNIT_HOURS);
	column(dataset, "cpus_most", "At most", UNIT_HOURS);
	column(dataset, "memory_least", "Memory left, at least", UNIT_HOURS);
	column(dataset, "memory_most", "At most", UNIT_HOURS);
	for (guint p = 0; p < evidence->people->pools &&
	                  figures_find(c->report->figures, "stranded.cpus.least")->has_value;
	     p++) {
		const struct pool *pool = inventory_pool(evidence->tally->inventory, p);
		struct stranded stranded = stranded_of(evidence->people, p);
		if (pool->inferred)
			continue;
		dataset_add_row(dataset);
		dataset_set_text(dataset, "pool", pool->label);
		dataset_set(dataset, "held", micro_hours(stranded.held));
		dataset_set(dataset, "cpus_least", micro_hours(stranded.cpus_least));
		dataset_set(dataset, "cpus_most", micro_hours(stranded.cpus_most));
		dataset_set(dataset, "memory_least", micro_hours(stranded.memory_least));
		dataset_set(dataset, "memory_most", micro_hours(stranded.memory_most));
	}
}

static void add_choices(struct composition *c)
{
	struct dataset *choices = report_add_sheet(
		c->report, "choices", "Own so many, rent the rest",
		"One row a level of need, over all kinds of node; expected scenario.");
	column(choices, "level", "Own enough for", UNIT_TEXT);
	column(choices, "nodes", "Nodes", UNIT_NODES);
	column(choices, "burst", "Node-hours to rent, a year", UNIT_HOURS)->total = FALSE;
	column(choices, "cost", "Cost, a year", UNIT_CURRENCY)->total = FALSE;
	struct dataset_column *saving = column(choices, "saving", "Saving against today",
	                                       UNIT_CURRENCY);
	saving->total = FALSE;
	saving->expression = g_strdup("cost.total - cost");
	for (int i = 0; i < SIZING_PERCENTILES && c->analysis->evidence.has_capacity; i++) {
		int p = sizing_percentiles[i];
		g_autofree char *level = g_strdup_printf("%d of 100 minutes", p),
				*nodes = g_strdup_printf("own.p%d.nodes", p);
		g_autofree char *burst = g_strdup_printf("own.p%d.burst", p),
				*cost = g_strdup_printf("own.p%d.cost", p);
		dataset_add_row(choices);
		dataset_set_text(choices, "level", level);
		dataset_set_expression(choices, "nodes", nodes);
		dataset_set_expression(choices, "burst", burst);
		dataset_set_expression(choices, "cost", cost);
	}
	if (!c->analysis->evidence.has_capacity)
		return;
	dataset_add_row(choices);
	dataset_set_text(choices, "level", "the least cost");
	dataset_set_expression(choices, "nodes", "own.keep");
	dataset_set_expression(choices, "burst", "own.burst");
	dataset_set_expression(choices, "cost", "own.cost");
}

static void add_programmes(struct composition *c)
{
	struct dataset *programmes = report_add_sheet(
		c->report, "programmes", "Programmes",
		"Whose excess is asked back by whom; each node-hour is claimed once.");
	column(programmes, "programme", "Programme", UNIT_TEXT);
	column(programmes, "users", "Users", UNIT_COUNT)->total = FALSE;
	column(programmes, "hours", "Node-hours not needed", UNIT_HOURS);
	column(programmes, "gross", "At the cost of a node-hour, a year", UNIT_CURRENCY)->help =
	    g_strdup("Gross: before adoption, and no part of the total.");
	struct dataset_column *effort = column(programmes, "effort", "Staff hours, once",
	                                       UNIT_COUNT);
	effort->help = g_strdup("To help each of these users who held a node-hour or more in vain, "
	                        "or to train each group. Who is in several programmes is in each: "
	                        "they do not add up.");
	effort->total = FALSE;
	column(programmes, "cost", "Cost of these", UNIT_CURRENCY)->total = FALSE;
	column(programmes, "payback", "Of what comes of it in a year", UNIT_SHARE)->help =
	    g_strdup("That cost ÷ what people are taken to give back, at the cost of a node-hour.");
	for (enum programme g = 0; g < PROGRAMMES; g++) {
		g_autofree char *users = g_strdup_printf("programme.%s.users", programme_id(g));
		g_autofree char *hours = g_strdup_printf("programme.%s.hours", programme_id(g));
		g_autofree char *gross = g_strdup_printf("programme.%s.gross", programme_id(g));
		dataset_add_row(programmes);
		dataset_set_text(programmes, "programme", programme_name(g));
		dataset_set_expression(programmes, "users", users);
		dataset_set_expression(programmes, "hours", hours);
		dataset_set_expression(programmes, "gross", gross);
		if (g == PROGRAMME_OTHERS)
			continue;
		g_autofree char *staff = g_strdup_printf("acting.%s.hours", programme_id(g));
		g_autofree char *cost = g_strdup_printf("acting.%s.cost", programme_id(g));
		g_autofree char *payback = g_strdup_printf("payback.%s", programme_id(g));
		dataset_set_expression(programmes, "effort", staff);
		dataset_set_expression(programmes, "cost", cost);
		dataset_set_expression(programmes, "payback", payback);
	}
}

/* How we know */

static void add_rows(struct composition *c)
{
	const struct row_account *account = &c->analysis->evidence.tally->rows;
	struct dataset *rows = report_add_dataset(c->report, "rows", "What became of every row",
	                                          "The parts sum to the rows read.");
	column(rows, "fate", "Rows", UNIT_TEXT);
	column(rows, "count", "Number", UNIT_COUNT);
	const struct { const char *name; gint64 count; } parts[] = {
		{ "jobs", account->used },
		{ "steps, folded into their job", account->steps },
		{ "repetitions of a job already counted", account->duplicates },
	};
	for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
		dataset_add_row(rows);
		dataset_set_text(rows, "fate", parts[i].name);
		dataset_set(rows, "count", (double)parts[i].count);
	}
	for (enum set_aside i = 0; i < ASIDES; i++) {
		if (account->set_aside[i] == 0)
			continue;
		g_autofree char *name = g_strdup_printf("set aside: %s", set_aside_name(i));
		dataset_add_row(rows);
		dataset_set_text(rows, "fate", name);
		dataset_set(rows, "count", (double)account->set_aside[i]);
	}
}

static void add_value_row(struct dataset *values, const char *name, const char *where, gint64 count)
{
	dataset_add_row(values);
	dataset_set_text(values, "column", name);
	dataset_set_text(values, "where", where);
	dataset_set(values, "count", (double)count);
}

/* The jobs are counted without them. */
static void add_values(struct composition *c)
{
	const struct row_account *account = &c->analysis->evidence.tally->rows;
	struct dataset *values =
		report_add_dataset(c->report, "values", "Values that could not be read",
	                           "They are not what their column holds, and count as not known.");
	column(values, "column", "Column", UNIT_TEXT);
	column(values, "where", "Seen", UNIT_TEXT);
	column(values, "count", "Values", UNIT_COUNT);
	for (guint i = 0; c->sharing && i < c->sharing->blanks->len; i++) {
		const struct sharing_blanks *blanks = c->sharing->blanks->pdata[i];
		add_value_row(values, blanks->column,
		              "in the export, when names were replaced; left empty", blanks->count);
	}
	for (enum column i = 0; i < COLUMNS; i++)
		if (account->unreadable[i] > 0)
			add_value_row(values, column_info(i)->name, "in the shareable file",
			              account->unreadable[i]);
}

static void set_known(struct dataset *risks, const char *id, double value)
{
	if (isnan(value))
		dataset_set_text(risks, id, "not known");
	else
		dataset_set(risks, id, value);
}

/* Each of several files by itself. */
static void add_risks(struct composition *c)
{
	struct dataset *risks = report_add_dataset(
		c->report, "risks", "How easily people could be found, file by file",
		"As the manifest of each file says; together the files tell more.");
	column(risks, "file", "File, by its SHA-256", UNIT_TEXT);
	column(risks, "users", "Users", UNIT_COUNT)->total = FALSE;
	column(risks, "known_1", "Singled out by one known job", UNIT_SHARE);
	column(risks, "known_2", "By two", UNIT_SHARE);
	column(risks, "unique", "Alone with their habits", UNIT_SHARE);
	column(risks, "groups_below", "Small groups", UNIT_COUNT)->total = FALSE;
	for (guint i = 0; c->risks && i < c->risks->len; i++) {
		const struct report_file_risk *file = &g_array_index(c->risks,
		                                                     struct report_file_risk, i);
		g_autofree char *name = g_strdup_printf("%u: %.12s", i + 1, file->sha256);
		dataset_add_row(risks);
		dataset_set_text(risks, "file", name);
		set_known(risks, "users", file->measured ? file->risk.users : NAN);
		set_known(risks, "known_1", file->measured ? file->risk.known[0] : NAN);
		set_known(risks, "known_2", file->measured ? file->risk.known[1] : NAN);
		set_known(risks, "unique", file->measured ? file->risk.unique : NAN);
		set_known(risks, "groups_below", file->measured ? file->risk.groups_below : NAN);
	}
}

static void add_assumptions(struct composition *c)
{
	struct dataset *dataset =
		report_add_dataset(c->report, "assumptions", "Assumptions",
	                           "What the model was told and did not measure.");
	column(dataset, "label", "Assumption", UNIT_TEXT);
	column(dataset, "key", "Key", UNIT_TEXT);
	column(dataset, "low", "Low", UNIT_NUMBER)->exact = TRUE;
	column(dataset, "expected", "Expected", UNIT_NUMBER)->exact = TRUE;
	column(dataset, "high", "High", UNIT_NUMBER)->exact = TRUE;
	column(dataset, "unit", "Unit", UNIT_TEXT);
	column(dataset, "source", "Source", UNIT_TEXT);
	column(dataset, "whose", "Whose", UNIT_TEXT);
	for (guint i = 0; i < c->report->assumptions->len; i++) {
		const struct assumption_row *row = c->report->assumptions->pdata[i];
		dataset_add_row(dataset);
		dataset_set_text(dataset, "label", row->label);
		dataset_set_text(dataset, "key", row->key);
		dataset_set(dataset, "low", row->low);
		dataset_set(dataset, "expected", row->expected);
		dataset_set(dataset, "high", row->high);
		dataset_set_text(dataset, "unit", row->unit_text);
		dataset_set_text(dataset, "source", row->source);
		dataset_set_text(dataset, "whose",
		                 row->is_default ? "default, not yours" : "yours");
	}
}

/* Of what no job says there are not nought hours. */
static void forget_cpus(struct dataset *dataset)
{
	static const char *const columns[] = { "cpu_hours", "cores" };
	for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
		int column = dataset_column_find(dataset, columns[i]);
		for (guint row = 0; column >= 0 && row < dataset->rows->len; row++)
			dataset_own_cell(dataset, row, (guint)column)->has_value = FALSE;
	}
}

void compose_datasets(struct composition *c)
{
	add_users(c);
	add_groups(c);
	advice_add_dataset(c);
	add_days_and_months(c);
	add_states(c);
	add_endings(c);
	add_ledger(c);
	ledgers_add_datasets(c);
	add_pools(c);
	add_stranded(c);
	add_choices(c);
	sizings_add_datasets(c);
	bridge_add_dataset(c);
	add_programmes(c);
	sensitivity_add_dataset(c);
	strategies_add_dataset(c);
	add_rows(c);
	add_values(c);
	add_risks(c);
	add_assumptions(c);
	definitions_add_datasets(c);
	approval_add_datasets(c);
	for (guint i = 0;
	     why_no_cpus(c->analysis->evidence.tally, NULL) && i < c->report->datasets->len; i++)
		forget_cpus(c->report->datasets->pdata[i]);
	for (guint i = 0; i < c->report->datasets->len; i++)
		format_dataset(&c->format, c->report->datasets->pdata[i], c->report->figures);
	headlines_set(c);
}
