/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/finding.h"

#include "finding/figures.h"

/* A finding is one line here, one file beside this one, one template and one test. */
static const struct finding_kind *const table[] = {
	&finding_own_or_rent, &finding_power_users, &finding_memory, &finding_idle_jobs,
	&finding_groups,      &finding_peak,        &finding_growth,
	&finding_throughput,  &finding_failed_work, &finding_time_limits, &finding_short_jobs,
	&finding_serial_cores, &finding_gpus,       &finding_fragmentation, &finding_waiting,
		&finding_stranded,
};

double micro_hours(gint64 micro_node_seconds)
{
	return (double)micro_node_seconds / MICRO / 3600;
}

gboolean evidence_spans(const struct evidence *evidence, gint32 days)
{
	const struct tally *tally = evidence->tally;
	gint64 from = tally->rules.from, later = from + (gint64)days * 86400;
	gint32 first = zone_day(tally->zone, from);
	gint64 local = from + zone_day_start(tally->zone, first + days) -
	               zone_day_start(tally->zone, first);
	return tally->rules.to >= MIN(local, later);
}

void finding_unknown(struct finding *finding, const char *reason)
{
	finding->verdict = VERDICT_UNKNOWN;
	finding->reason = g_strdup(reason);
}

static void finding_free(gpointer data)
{
	struct finding *finding = data;
	g_free(finding->reason);
	g_free(finding);
}

/* Node-hours that were not put aside whole. */
static gint64 ledger_judged(const struct ledger *ledger)
{
	gint64 judged = 0;
	for (enum ledger_class class = 0; class < LEDGER_FAILED; class++)
		judged += ledger->of[SCENARIO_EXPECTED][class];
	return judged;
}

/* Whether any job could be judged by what it used: in the totals, or in the period, behind which it
 * may have ended. */
static gboolean any_usage(const struct tally *tally)
{
	gint64 judged = 0;
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		judged += member->judged_memory_jobs;
		for (guint p = 0; p < inventory_pools(tally->inventory); p++)
			judged += ledger_judged(&member->pools[p].ledger) > 0;
		for (guint bin = 0; bin < EFFICIENCY_BINS; bin++)
			judged += member->efficiency[bin];
	}
	return judged > 0;
}

static const char *why_no_usage(const struct tally *tally)
{
	if (any_usage(tally))
		return NULL;
	return tally->total.cpu_measured_seconds > 0
	               ? "no job can be judged by what it used: all that are measured failed, had "
	                 "not ended, or were too short"
	               : "no job’s use is measured: export with steps, TotalCPU and MaxRSS, "
	                 "without -X";
}

/* So much of the work may have run on nodes that are unnamed or not in the inventory, or without
 * saying what memory it held, before it no longer says what the work needed. */
#define OUTSIDE 0.05

/* No cluster is so idle: its jobs were left out, by partition or user. */
#define MOSTLY 0.5

/* What was held, of the listed nodes alone or of all, and what the listed nodes could give in the
 * period. */
struct balance {
	double held, all;   /* micro-node-seconds */
	double least;       /* of these at least so many, however jobs lay side by side */
	double nodes, cpus; /* node-seconds, CPU-seconds */
	double unused;      /* node-seconds, of kinds that nobody held */
};

/* GPUs held on nodes of this kind, in micro-node-seconds. */
static double gpus_held(const struct tally *tally, guint pool)
{
	gint64 gpus = inventory_pool(tally->inventory, pool)->shape.gpus;
	if (gpus == 0)
		return 0;
	gsize count;
	g_autofree gint64 *minutes = series_values(tally->gpus[pool], tally->rules.from,
	                                           tally->rules.to, &count);
	double sum = 0;
	for (gsize i = 0; i < count; i++)
		sum += (double)minutes[i];
	return sum / (double)gpus * MICRO;
}

/* Jobs that are large in different things lie on one node, each counted by its largest share: what
 * was held may be more than there is. What one thing alone takes may not. The larger of the shares
 * of CPUs and memory exceeds what is held by the GPUs at most, and either of these by what the
 * other is beyond it. */
static double least_of(double held, double gpus, const struct pool_use *use)
{
	return MAX(gpus,
	           held - gpus - (double)MIN(use->memory_beyond_cpus, use->cpus_beyond_memory));
}

static struct balance balance_of(const struct tally *tally)
{
	const struct rules *rules = &tally->rules;
	struct balance balance = { 0 };
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		const struct pool *pool = inventory_pool(tally->inventory, p);
		struct pool_use sum = { 0 };
		double held = 0;
		for (guint i = 0; i < tally->members->len; i++) {
			const struct pool_use *use =
				&((const struct member *)tally->members->pdata[i])->pools[p];
			held += (double)ledger_held(&use->ledger);
			sum.memory_beyond_cpus += use->memory_beyond_cpus;
			sum.cpus_beyond_memory += use->cpus_beyond_memory;
		}
		balance.all += held;
		if (pool->inferred)
			continue;
		g_autoptr(GArray) steps = capacity_steps(tally->inventory, tally->zone, p,
		                                         rules->from, rules->to);
		double owned = (double)capacity_node_seconds(steps, rules->to);
		balance.held += held;
		balance.least += least_of(held, gpus_held(tally, p), &sum);
		balance.nodes += owned;
		balance.cpus += owned * (double)pool->shape.cpus;
		balance.unused += held > 0 ? 0 : owned;
	}
	return balance;
}

/* Shared CPUs may be held more than once, so that a little more is no contradiction. */
static gboolean exceeds_listed(const struct tally *tally, const struct balance *balance)
{
	return (double)tally->cpu_seconds_inside > (1 + OUTSIDE) * balance->cpus ||
	       balance->least / MICRO > (1 + OUTSIDE) * balance->nodes;
}

/* CPUs in the place of nodes. The lists hold from the same days for all kinds of node. */
static GArray *cpus_listed(const struct tally *tally)
{
	GArray *cpus = NULL;
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		const struct pool *pool = inventory_pool(tally->inventory, p);
		if (pool->inferred)
			continue;
		g_autoptr(GArray) steps = capacity_steps(tally->inventory, tally->zone, p,
		                                         tally->rules.from, tally->rules.to);
		if (!cpus) {
			cpus = g_array_copy(steps);
			for (guint i = 0; i < cpus->len; i++)
				g_array_index(cpus, struct capacity_step, i).nodes = 0;
		}
		for (guint i = 0; i < cpus->len; i++)
			g_array_index(cpus, struct capacity_step, i).nodes +=
				g_array_index(steps, struct capacity_step, i).nodes *
				pool->shape.cpus;
	}
	return cpus;
}

static double cpu_seconds_held(const struct tally *tally, gint64 from, gint64 to)
{
	gsize count;
	g_autofree gint64 *minutes = series_values(tally->cpus, from, to, &count);
	double sum = 0;
	for (gsize i = 0; i < count; i++)
		sum += (double)minutes[i];
	return sum;
}

/* Over the whole period the nodes of one list may make up for those that another lacks, on which
 * jobs ran all the same. */
static gboolean exceeds_a_list(const struct tally *tally)
{
	g_autoptr(GArray) cpus = cpus_listed(tally);
	double beyond = 0;
	gint64 to = tally->rules.to;
	if (!cpus || cpus->len < 2)
		return FALSE;
	for (guint i = cpus->len; i-- > 0;) {
		const struct capacity_step *step = &g_array_index(cpus, struct capacity_step, i);
		double could = (double)step->nodes * (double)(to - step->from);
		beyond += MAX(0, cpu_seconds_held(tally, step->from, to) - (1 + OUTSIDE) * could);
		to = step->from;
	}
	return beyond > OUTSIDE * (double)tally->cpu_seconds_inside;
}

/* A partition may be looked at alone, with a list of its nodes; but of what is next to idle the
 * jobs are elsewhere. Slurm’s own sums tell better. */
#define HARDLY 0.1

static gboolean most_are_missing(const struct tally *tally, const struct told *told,
                                 const struct balance *balance)
{
	return told && told->numbers_share > 0 && told->numbers_share < NUMBERS_FEW &&
	       !told->sreport && (double)tally->cpu_seconds_inside < HARDLY * balance->cpus;
}

/* *lacks_jobs: another list of nodes would not help, another export would. */
static const char *why_no_capacity(const struct tally *tally, const struct told *told,
                                   gboolean *lacks_jobs)
{
	*lacks_jobs = told && told->only_days;
	if (*lacks_jobs)
		return ONLY_DAYS;
	if (!inventory_given(tally->inventory))
		return "no list of the cluster’s nodes was given";
	*lacks_jobs = TRUE;
	if (tally->cpu_seconds_inside == 0)
		return why_no_cpus(tally, "no job ran inside the period");
	if ((double)tally->cpu_seconds_unplaced > OUTSIDE * (double)tally->total.cpu_seconds)
		return "the nodes of some jobs are not named: export with NodeList, and keep it "
		       "when sharing (--nodes=rename), which --profile share does not";
	struct balance balance = balance_of(tally);
	gboolean fits = balance.all - balance.held <= OUTSIDE * balance.all;
	if (fits && balance.unused > MOSTLY * balance.nodes)
		return "no job ran on most of the nodes that the inventory lists, as in an export "
		       "of some partitions or users";
	if (fits && most_are_missing(tally, told, &balance))
		return "most of the numbers that Slurm gave to jobs meanwhile are not in the "
		       "export, as in one of some users or groups, "
		       "and the jobs that are in it held less than a tenth of the CPUs";
	*lacks_jobs = FALSE;
	if (!fits)
		return "jobs ran on nodes that the inventory does not list";
	if (exceeds_listed(tally, &balance))
		return "jobs held more than all nodes of the inventory could give";
	return exceeds_a_list(tally) ? "jobs held more than the nodes of one of the lists could "
	                               "give in the days for which it holds"
	                             : NULL;
}

static const char *why_no_groups(const struct tally *tally)
{
	gboolean account = tally->rules.group_by == GROUP_BY_ACCOUNT;
	if (!tally->rows.has[account ? COLUMN_ACCOUNT : COLUMN_GROUP])
		return account ? LACKS("Account") : LACKS("Group");
	return tally->pooling.other >= 0 && intern_count(tally->groups) == 1
	           ? "in no group do enough users share the work for it to be shown by itself"
	           : NULL;
}

static void evidence_init(struct evidence *evidence, const struct tally *tally,
                          const struct assumptions *assumptions, const struct told *told)
{
	const gboolean *has = tally->rows.has;
	gboolean lacks_jobs;
	const char *no_capacity = why_no_capacity(tally, told, &lacks_jobs),
		   *no_usage = why_no_usage(tally);
	*evidence = (struct evidence){
		.tally = tally,
		.assumptions = assumptions,
		.figures = figures_new(),
		.sizings = g_ptr_array_new_with_free_func((GDestroyNotify)pool_sizing_free),
		.has_capacity = no_capacity == NULL,
		.no_capacity = no_capacity,
		.lacks_jobs = lacks_jobs,
		.has_usage = no_usage == NULL,
		.no_usage = no_usage,
		.has_requests = (double)tally->cpu_seconds_memory_known >=
		                (1 - OUTSIDE) * (double)tally->total.cpu_seconds,
		.has_users = has[COLUMN_USER],
		.has_groups = has[tally->rules.group_by == GROUP_BY_ACCOUNT
			? COLUMN_ACCOUNT : COLUMN_GROUP],
		.no_groups = why_no_groups(tally),
		.window_seconds = tally->rules.to - tally->rules.from,
	};
}

/* Who is heaviest does not hang on what a site pays: kinds of node weigh what they cost by default,
 * so that another price moves money and not whom it is about. */
static void find_people(struct evidence *evidence)
{
	guint pools = inventory_pools(evidence->tally->inventory);
	g_autofree double *rates = g_new0(double, pools + 1);
	struct assumptions *defaults = assumptions_new();
	struct evidence weighing = *evidence;
	weighing.assumptions = defaults;
	weighing.figures = figures_new();
	figures_of_assumptions(&weighing);
	figures_of_pools(&weighing);
	for (guint p = 0; p < pools; p++)
		rates[p] = pool_figure(&weighing, p, "rate", 0);
	figures_free(weighing.figures);
	assumptions_free(defaults);
	evidence->people = people_new(evidence->tally, evidence->assumptions, rates);
}

/* φ of model.md: what adoption returns of the excess that the programmes promise, as a share of all
 * excess. */
static double promised_share(const struct evidence *evidence, guint pool, enum scenario scenario)
{
	double all = 0, promised = 0;
	for (enum programme g = 0; g < PROGRAMMES; g++) {
		double claims = (double)evidence->people->claims[pool][g][scenario];
		all += claims;
		promised += g == PROGRAMME_OTHERS ? 0 : claims;
	}
	return all > 0 ? assumptions_value(evidence->assumptions, ASSUME_ADOPTION, scenario) *
	                         promised / all
	               : 0;
}

static void steps_free(gpointer steps)
{
	if (steps)
		g_array_unref(steps);
}

static void find_capacities(struct evidence *evidence)
{
	const struct tally *tally = evidence->tally;
	evidence->capacities = g_ptr_array_new_with_free_func(steps_free);
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		GArray *steps = inventory_pool(tally->inventory, p)->inferred
		                        ? NULL
		                        : capacity_steps(tally->inventory, tally->zone, p,
		                                         tally->rules.from, tally->rules.to);
		g_ptr_array_add(evidence->capacities, steps);
		evidence->capacity_varies = evidence->capacity_varies || (steps && steps->len > 1);
	}
}

static void clear_away(gpointer away)
{
	away_clear(away);
}

static void find_away(struct evidence *evidence)
{
	const struct tally *tally = evidence->tally;
	if (!evidence->told.downtime)
		return;
	evidence->away = g_array_new(FALSE, FALSE, sizeof(struct away));
	g_array_set_clear_func(evidence->away, clear_away);
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		struct away away = downtime_away(evidence->told.downtime, tally->inventory,
		                                 tally->zone, p, &tally->rules);
		g_array_append_val(evidence->away, away);
	}
}

static void size_pools(struct evidence *evidence)
{
	for (guint p = 0; p < inventory_pools(evidence->tally->inventory); p++) {
		const GArray *steps = evidence->has_capacity ? evidence->capacities->pdata[p]
		                                             : NULL;
		struct pool_nodes nodes = {
			.owned = steps ? capacity_last(steps) : 0,
			.steps = steps,
			.away = evidence->away
				? &g_array_index(evidence->away, struct away, p) : NULL,
		};
		double promised[SCENARIOS];
		for (enum scenario s = 0; s < SCENARIOS; s++)
			/* Nothing is returned in nodes that are gone. */
			promised[s] = steps && nodes.owned == 0 ? 0
			                                        : promised_share(evidence, p, s);
		g_ptr_array_add(evidence->sizings,
		                pool_sizing_new(evidence->tally, p, &nodes, promised,
		                                evidence->assumptions));
	}
}

static void keep_promises(struct figures *figures, const struct finding *finding)
{
	const char *reason = finding->reason ? finding->reason : "not measured";
	for (const struct promised_figure *promise = finding->kind->figures; promise->id;
	     promise++) {
		if (figures_find(figures, promise->id))
			continue;
		if (promise->unit == UNIT_TEXT)
			figures_add_text(figures, promise->id, "", promise->label);
		else
			figures_add_missing(figures, promise->id, promise->unit, reason,
			                    promise->label);
	}
}

static void add_verdict(struct figures *figures, struct finding *finding)
{
	g_autofree char *id = g_strdelimit(g_strdup(finding->kind->id), "-", '_');
	g_autofree char *gain = g_strconcat(id, ".gain", NULL);
	g_autofree char *nothing = g_strconcat(id, ".nothing", NULL);
	g_autofree char *unknown = g_strconcat(id, ".unknown", NULL);
	if (finding->gain) {
		g_autofree char *otherwise = g_strdup_printf("1 - %s", gain);
		struct figure *figure = figures_derive(figures, gain, UNIT_COUNT, finding->gain,
		                                       finding->kind->nav);
		figure->detail = TRUE;
		finding->verdict = figure->value > 0 ? VERDICT_GAIN : VERDICT_NOTHING;
		figures_derive(figures, nothing, UNIT_COUNT, otherwise, finding->kind->nav)
			->detail = TRUE;
	} else {
		figures_add(figures, gain, UNIT_COUNT, finding->verdict == VERDICT_GAIN,
		            finding->kind->nav);
		figures_add(figures, nothing, UNIT_COUNT, finding->verdict == VERDICT_NOTHING,
		            finding->kind->nav);
	}
	figures_add_text(figures, unknown, finding->reason ? finding->reason : "",
	                 finding->kind->nav);
}

static void judge_all(struct analysis *analysis)
{
	struct figures *figures = analysis->evidence.figures;
	for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
		struct finding *finding = g_new0(struct finding, 1);
		finding->kind = table[i];
		g_ptr_array_add(analysis->findings, finding);
		finding->kind->judge(&analysis->evidence, finding);
		keep_promises(figures, finding);
		add_verdict(figures, finding);
	}
}

struct analysis *analysis_new(const struct tally *tally, const struct assumptions *assumptions,
                              const struct told *told)
{
	struct analysis *analysis = g_new0(struct analysis, 1);
	struct evidence *evidence = &analysis->evidence;
	analysis->findings = g_ptr_array_new_with_free_func(finding_free);
	evidence_init(evidence, tally, assumptions, told);
	if (told)
		evidence->told = *told;
	figures_of_assumptions(evidence);
	figures_of_use(evidence);
	find_capacities(evidence);
	find_away(evidence);
	figures_of_pools(evidence);
	figures_of_demand(evidence);
	figures_of_weighting(evidence);
	figures_of_away(evidence);
	figures_of_sreport(evidence);
	find_people(evidence);
	growth_lines_init(&evidence->cpu_lines, tally, FALSE);
	growth_lines_init(&evidence->gpu_lines, tally, TRUE);
	figures_of_cells(evidence);
	figures_of_ledger(evidence);
	size_pools(evidence);
	figures_of_savings(evidence);
	judge_all(analysis);
	figures_of_acting(evidence);
	figures_of_sensitivity(evidence);
	return analysis;
}

void analysis_free(struct analysis *analysis)
{
	if (!analysis)
		return;
	g_ptr_array_unref(analysis->findings);
	g_ptr_array_unref(analysis->evidence.sizings);
	g_ptr_array_unref(analysis->evidence.capacities);
	if (analysis->evidence.away)
		g_array_unref(analysis->evidence.away);
	growth_lines_clear(&analysis->evidence.cpu_lines);
	growth_lines_clear(&analysis->evidence.gpu_lines);
	people_free(analysis->evidence.people);
	figures_free(analysis->evidence.figures);
	g_free(analysis);
}
