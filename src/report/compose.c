/* SPDX-License-Identifier: Apache-2.0 */
#include "report/compose.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "report/group_lines.h"
#include "report/group_pages.h"
#include "report/labels.h"
#include "report/narrative.h"
#include "templates/templates.h"

/* A chart is one line here and one function. */
static const struct {
	const char *name;
	struct chart *(*make)(const struct composition *c);
} charts[] = {
	{ "demand", chart_of_demand },
	{ "gpu-demand", chart_of_gpu_demand },
	{ "main-demand", chart_of_main_demand },
	{ "duration", chart_of_duration },
	{ "week", chart_of_week },
	{ "months", chart_of_months },
	{ "cost-curve", chart_of_cost_curve },
	{ "bridge", chart_of_bridge },
	{ "ledger", chart_of_ledger },
	{ "concentration", chart_of_concentration },
	{ "memory", chart_of_memory },
	{ "requested", chart_of_requested },
	{ "idle", chart_of_idle },
	{ "efficiency", chart_of_efficiency },
	{ "groups", chart_of_groups },
	{ "growth", chart_of_growth },
	{ "ranges", chart_of_ranges },
	{ "programmes", chart_of_programmes },
	{ "sensitivity", chart_of_sensitivity },
	{ "sizes", chart_of_sizes },
	{ "lengths", chart_of_lengths },
	{ "endings", chart_of_endings },
	{ "limits", chart_of_limits },
	{ "gpus", chart_of_gpus },
	{ "serial", chart_of_serial },
	{ "advice", chart_of_advice },
	{ "stranded", chart_of_stranded },
	{ "partitions", chart_of_partitions },
	{ "group-time", chart_of_group_time },
	{ "serious", chart_of_serious },
	{ "waits", chart_of_waits },
	{ "wait-week", chart_of_wait_week },
};

/* Pages that are not a finding's, in the order of the navigation; findings come after the first. */
static const struct {
	const char *id, *nav, *section;
	gboolean site_only;
} pages[] = {
	{ "index", "Summary", "Report", FALSE },
	{ "capacity", "Capacity and demand", "Details", FALSE },
	{ "users", "Users", "Details", FALSE },
	{ "groups", "Groups", "Details", FALSE },
	{ "looked-for", "All that was looked for", "Details", FALSE },
	{ "data-quality", "Data quality", "How we know", FALSE },
	{ "privacy", "Finding people", "How we know", FALSE },
	{ "method", "Method", "How we know", FALSE },
	{ "assumptions", "Assumptions", "How we know", FALSE },
	{ "figures", "Every figure", "How we know", TRUE },
	{ "glossary", "Glossary", "How we know", FALSE },
};

static gboolean knows_chart(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(charts); i++)
		if (strcmp(charts[i].name, name) == 0)
			return TRUE;
	return FALSE;
}

/* NULL when there is none of that name or it makes no sense for these data. */
static struct chart *chart_by_name(const char *name, void *composition)
{
	const struct composition *c = composition;
	struct chart *chart = NULL;
	for (guint i = 0; i < G_N_ELEMENTS(charts) && !chart; i++)
		if (strcmp(charts[i].name, name) == 0)
			chart = charts[i].make(c);
	if (chart)
		chart->separators = c->format.separators;
	labels_apply_chart(c->names, chart);
	return chart;
}

const char *figure_text(const struct composition *c, const char *id)
{
	const struct figure *figure = figures_find(c->report->figures, id);
	return figure && figure->text ? figure->text : "";
}

double figure_number(const struct composition *c, const char *id)
{
	return figures_value(c->report->figures, id, 0);
}

static char *source_line(const struct composition *c)
{
	return g_strdup_printf("Source: Slurm accounting, export %s, %s", c->report->export_hash,
	                       c->report->period);
}

void chart_say(struct chart *chart, const struct composition *c, char *title, const char *subtitle,
               char *description)
{
	chart->title = title;
	chart->subtitle = g_strdup(subtitle);
	chart->description = description;
	chart->source = source_line(c);
}

struct chart *chart_too_thin(struct chart *chart, const struct composition *c, const char *sentence)
{
	(void)c;
	chart->thin = g_strdup(sentence);
	return chart;
}

static void set_text(char **field, const char *text)
{
	g_free(*field);
	*field = g_strdup(text);
}

static char *period_of(const struct composition *c)
{
	const struct rules *rules = &c->analysis->evidence.tally->rules;
	g_autofree char *from = format_date(&c->format, rules->from),
			*to = format_date(&c->format, rules->to - 1);
	return format_period(from, to);
}

/* The notice is what every format puts on every page. */
static void set_notice(struct report *report, const struct report_facts *facts)
{
	report->confidential = facts->confidential;
	if (!facts->confidential) {
		set_text(&report->notice, facts->notice);
		set_text(&report->classification,
		         "Pseudonymous: people appear as user_0001, groups as group_A");
		return;
	}
	g_autofree char *notice = g_strconcat("CONFIDENTIAL: for those who run the cluster",
	                                      facts->notice ? " · " : "", facts->notice, NULL);
	set_text(&report->notice, notice);
	set_text(&report->classification,
	         facts->names ? "CONFIDENTIAL: people appear by their names"
	                      : "CONFIDENTIAL: small groups are shown, people as user_0001");
}

static void set_mail(struct report *report, const struct report_facts *facts)
{
	const char *whose = report->cluster ? report->cluster : report->institution;
	set_text(&report->mail_from, facts->mail_from);
	set_text(&report->mail_to, facts->mail_to);
	set_text(&report->mail_subject, facts->mail_subject);
	if (!report->mail_subject)
		report->mail_subject = g_strdup_printf("%s%s%s, %s", report->title,
		                                       whose ? ": " : "", whose ? whose : "",
		                                       report->period);
}

static void set_head(struct composition *c, const struct report_facts *facts)
{
	struct report *report = c->report;
	const char *zone = zone_name(facts->zone);
	set_text(&report->title, "Cluster savings report");
	set_text(&report->institution, facts->institution);
	set_text(&report->cluster, facts->cluster);
	set_text(&report->currency, facts->currency);
	report->separators = facts->separators;
	set_text(&report->language, facts->language ? facts->language : "en");
	set_text(&report->accent, facts->accent);
	report->logo = facts->logo ? g_bytes_ref(facts->logo) : NULL;
	report->paper = facts->paper;
	set_notice(report, facts);
	set_text(&report->zone, zone ? zone : "as printed in the export, zone unknown");
	set_text(&report->version, PACKAGE_VERSION);
	report->export_hash = g_strndup(facts->export_hash ? facts->export_hash : "", 12);
	report->date = c->analysis->evidence.tally->rules.to;
	report->period = period_of(c);
	set_mail(report, facts);
}

static const char *other_zone(const struct report_facts *facts)
{
	const char *times = facts->times_zone ? zone_name(facts->times_zone) : NULL;
	return times && g_strcmp0(times, zone_name(facts->zone)) != 0 ? times : "";
}

/* What templates say of the site; each exists, so that a template may ask for it. */
static void add_facts(struct figures *figures, const struct report *report,
                      const struct report_facts *facts)
{
	const struct { const char *id, *text, *label; } texts[] = {
		{ "site.institution", facts->institution, "Institution" },
		{ "site.cluster", facts->cluster, "Cluster" },
		{ "site.contact", facts->contact, "Contact" },
		{ "site.owner", facts->owner, "Owner" },
		{ "site.decision", facts->decision, "Decision wanted from" },
		{ "site.deadline", facts->deadline, "Decision wanted by" },
		{ "report.period", report->period, "Period" },
		{ "report.zone", report->zone, "Time zone" },
		{ "report.zone_name", zone_name(facts->zone), "Time zone, where it is known" },
		{ "report.times_zone", other_zone(facts),
		  "Time zone of the shareable file, where it is another" },
		{ "report.export", report->export_hash, "Export" },
		{ "report.notice", report->notice, "Notice" },
		{ "report.confidential", report->confidential ? "CONFIDENTIAL" : "",
		  "Not to be passed on" },
	};
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		figures_add_text(figures, texts[i].id, texts[i].text ? texts[i].text : "",
		                 texts[i].label);
}

static void add_risk_figure(struct figures *figures, const char *id, enum unit unit, double value,
                            const char *label)
{
	if (isnan(value))
		figures_add_missing(figures, id, unit,
		                    "the manifest of the shareable file does not say it", label);
	else
		figures_add(figures, id, unit, value, label);
}

static void add_known_jobs(struct figures *figures, const struct report_risk *risk)
{
	for (guint i = 0; i < REPORT_RISK_KNOWN; i++) {
		g_autofree char *id = g_strdup_printf("risk.known.%u", i + 1);
		g_autofree char *low = g_strconcat(id, ".low", NULL),
				*high = g_strconcat(id, ".high", NULL);
		g_autofree char *label = g_strdup_printf("Singled out by %u known %s", i + 1,
		                                         i ? "jobs" : "job");
		g_autofree char *low_label = g_strconcat(label, ", 95 % interval, low", NULL);
		g_autofree char *high_label = g_strconcat(label, ", 95 % interval, high", NULL);
		add_risk_figure(figures, id, UNIT_SHARE, risk->known[i], label);
		add_risk_figure(figures, low, UNIT_SHARE, risk->known_low[i], low_label);
		add_risk_figure(figures, high, UNIT_SHARE, risk->known_high[i], high_label);
	}
}

/* What small groups did together may be what one did, or be that when it is taken off what the
 * report shows of all that it hides. Of none it is nought. */
static void add_small_groups(struct figures *figures, const struct report_risk *risk,
                             gboolean hides)
{
	const struct { const char *id, *label; double value; } shares[] = {
		{ "risk.groups.below.jobs", "Jobs of small groups", risk ? risk->jobs_below : NAN },
		{ "risk.groups.below.hours", "Core-hours of small groups",
		  risk ? risk->hours_below : NAN },
	};
	for (guint i = 0; i < G_N_ELEMENTS(shares); i++)
		if (hides && risk && risk->groups_below > 0)
			figures_add_missing(figures, shares[i].id, UNIT_SHARE,
			                    "it would tell what groups did that are not shown",
			                    shares[i].label);
		else
			add_risk_figure(figures, shares[i].id, UNIT_SHARE, shares[i].value,
			                shares[i].label);
}

/* All of them exist, so that a template may ask for each. */
static void add_risk(struct figures *figures, const struct report_risk *known, gboolean hides)
{
	struct report_risk risk = known ? *known : (struct report_risk){ 0 };
	const struct {
		const char *id;
		enum unit unit;
		const char *label;
		double value;
	} counts[] = {
		{ "risk.minimum", UNIT_COUNT, "Users below which a group is small", risk.minimum },
		{ "risk.users", UNIT_COUNT, "Users in the shareable file", risk.users },
		{ "risk.groups", UNIT_COUNT, "Groups in the shareable file", risk.groups },
		{ "risk.groups.below", UNIT_COUNT, "Small groups", risk.groups_below },
		{ "risk.groups.dominated", UNIT_COUNT,
		  "Groups in which one user holds 85 % of the core-hours", risk.groups_dominated },
		{ "risk.cells", UNIT_COUNT, "Cells of group, month and GPU use", risk.cells },
		{ "risk.cells.below", UNIT_COUNT, "Small cells", risk.cells_below },
		{ "risk.cells.two", UNIT_COUNT, "Cells of two users", risk.cells_of_two },
		{ "risk.unique", UNIT_SHARE, "Users alone with their accounts, months and GPU use",
		  risk.unique },
	};
	figures_add(figures, "has.risk", UNIT_COUNT, known != NULL,
	            "It was measured how easily people could be found");
	for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
		add_risk_figure(figures, counts[i].id, counts[i].unit,
		                known ? counts[i].value : NAN, counts[i].label);
	add_small_groups(figures, known, hides);
	for (guint i = 0; !known && i < REPORT_RISK_KNOWN; i++)
		risk.known[i] = risk.known_low[i] = risk.known_high[i] = NAN;
	add_known_jobs(figures, &risk);
}

static void add_file_risks(struct figures *figures, const GArray *risks)
{
	guint measured = 0;
	for (guint i = 0; risks && i < risks->len; i++)
		measured += g_array_index(risks, struct report_file_risk, i).measured;
	figures_add(figures, "has.risks", UNIT_COUNT, measured,
	            "Of several files, those of which it was measured how easily people could be "
	            "found");
}

/* By the expression, so that it follows other prices; no, where nobody knows what it is of. */
static void flag(struct figures *figures, const char *id, const char *of, const char *expression,
                 const char *label)
{
	if (figures_find(figures, of)->has_value)
		figures_derive(figures, id, UNIT_COUNT, expression, label)->detail = TRUE;
	else
		figures_add(figures, id, UNIT_COUNT, 0, label);
}

/* Whether a saving is worth a word, and any of it that is not printed as less than one, as less
 * than a half is, is there because users ask for less, and because hours are handed back: without
 * it no page may count on them. */
static void flag_saving(struct figures *figures, gboolean has_capacity)
{
	flag(figures, "has.saving", "saving.total.expected",
	     has_capacity ? "positive(saving.total.expected - 0.01 * cost.total)"
	                  : "positive(saving.total.expected - 0.5) * positive(ledger.excess.share "
	                    "- 0.01)",
	     "There is a saving worth a word");
	flag(figures, "has.freed", "saving.people.expected",
	     "positive(saving.people.expected - 0.5)", "Users could free something");
	flag(figures, "has.returned", "saving.returned.expected",
	     "positive(saving.returned.expected - 0.5)", "Hours could be handed back");
}

static void add_evidence_flags(struct figures *figures, const struct evidence *evidence,
                               gboolean has_names)
{
	figures_add(figures, "has.names", UNIT_COUNT, has_names, "People appear by their names");
	figures_add(figures, "capacity.lacks_jobs", UNIT_COUNT, evidence->lacks_jobs,
	            "The size is not known for what the export lacks");
	figures_add(figures, "has.inventory", UNIT_COUNT,
	            inventory_given(evidence->tally->inventory), "A list of the nodes was given");
	figures_add(figures, "has.capacity", UNIT_COUNT, evidence->has_capacity,
	            "The size of the cluster is known");
	figures_add(figures, "has.usage", UNIT_COUNT, evidence->has_usage, "Use is measured");
	figures_add(figures, "has.use_unjudged", UNIT_COUNT,
	            !evidence->has_usage && evidence->tally->total.cpu_measured_seconds > 0,
	            "Use is measured, of no job that can be judged by it");
	figures_add(figures, "has.requests", UNIT_COUNT, evidence->has_requests,
	            "Jobs say what memory they held");
	figures_add(figures, "has.users", UNIT_COUNT, evidence->has_users, "Users are named");
	figures_add(figures, "has.groups", UNIT_COUNT, evidence->has_groups, "Groups are named");
	figures_add(figures, "has.gpus", UNIT_COUNT, evidence->tally->total.gpu_seconds > 0,
	            "GPUs were used");
	flag_saving(figures, evidence->has_capacity);
}

/* In the export, when names were replaced, and in what was made of it. */
static void add_unread(struct composition *c)
{
	const struct row_account *account = &c->analysis->evidence.tally->rows;
	gint64 sum = 0;
	for (guint i = 0; c->sharing && i < c->sharing->blanks->len; i++)
		sum += ((const struct sharing_blanks *)c->sharing->blanks->pdata[i])->count;
	for (guint i = 0; i < COLUMNS; i++)
		sum += account->unreadable[i];
	figures_add(c->report->figures, "values.unread", UNIT_COUNT, (double)sum,
	            "Values that could not be read");
}

/* How the table of assumptions, which knows no currency, begins the unit of a price. */
static const char money[] = "currency";

/* Defaults are in dollars and nothing converts them: of another currency they count as so many. */
static void add_dollars(struct composition *c)
{
	static const char *const dollars[] = { "$", "US$", "USD", NULL };
	guint count = 0;
	for (int key = 0; key < ASSUMPTIONS && !g_strv_contains(dollars, c->report->currency);
	     key++) {
		const struct assumption *assumption =
			assumptions_get(c->analysis->evidence.assumptions, key);
		count += assumption->is_default && g_str_has_prefix(assumption->unit_text, money);
	}
	figures_add(c->report->figures, "has.dollars", UNIT_COUNT, count,
	            "Default prices, in dollars, in a report of another currency");
}

/* A reader is told "$ a node". */
static char *unit_in_words(const struct composition *c, const char *unit)
{
	return g_str_has_prefix(unit, money)
	               ? g_strconcat(c->report->currency, unit + strlen(money), NULL)
	               : g_strdup(unit);
}

static void copy_assumptions(struct composition *c)
{
	const struct assumptions *assumptions = c->analysis->evidence.assumptions;
	for (enum assumption_key key = 0; key < ASSUMPTIONS; key++) {
		const struct assumption *from = assumptions_get(assumptions, key);
		struct assumption_row *row = g_new0(struct assumption_row, 1);
		row->key = g_strdup(from->key);
		row->label = g_strdup(from->label);
		row->unit_text = unit_in_words(c, from->unit_text);
		row->source = g_strdup(from->source);
		row->date = g_strdup(from->date);
		row->unit = from->unit;
		row->low = from->value[SCENARIO_LOW];
		row->expected = from->value[SCENARIO_EXPECTED];
		row->high = from->value[SCENARIO_HIGH];
		row->least = from->least;
		row->most = from->most;
		row->is_default = from->is_default;
		row->measuring = from->measuring;
		row->is_fixed = from->measuring ||
		                (key == ASSUME_GRID_CARBON && row->expected <= 0);
		g_ptr_array_add(c->report->assumptions, row);
	}
}

/* By the template, which may be about a row of a dataset. */
static struct page *compose_by(struct composition *c, const char *template, struct page *page,
                               const struct dataset *dataset, guint row, GError **error)
{
	g_autofree char *file = g_strconcat(template, ".md", NULL),
			*shown = templates_shown(c->report->templates, file);
	const char *markdown = templates_find(c->report->templates, file, NULL);
	struct narrative narrative = { .report = c->report,
		                       .format = &c->format,
		                       .dataset = dataset,
		                       .row = row,
		                       .knows_chart = knows_chart,
		                       .chart = chart_by_name,
		                       .data = c };
	set_text(&page->template, shown);
	if (!markdown)
		error_failed(error, "there is no template %s", shown);
	if (!markdown || !narrative_compose(&narrative, shown, markdown, page->blocks, error)) {
		page_free(page);
		return NULL;
	}
	const struct block *heading = page->blocks->len ? page->blocks->pdata[0] : NULL;
	if (!heading || heading->kind != BLOCK_HEADING || heading->level != 1) {
		error_failed(error, "%s, line 1: the page does not begin with a heading", shown);
		page_free(page);
		return NULL;
	}
	g_free(page->title);
	page->title = inlines_text(heading->inlines);
	return page;
}

static struct page *compose_page(struct composition *c, const char *id, const char *nav,
                                 const char *section, GError **error)
{
	return compose_by(c, id, page_new(id, nav, section), NULL, 0, error);
}

gboolean compose_row_page(struct composition *c, const char *template,
                          const struct dataset *dataset, guint row, const char *id, GError **error)
{
	struct page *page = compose_by(c, template, page_new(id, NULL, "Details"), dataset, row,
	                               error);
	if (!page)
		return FALSE;
	page->site_only = TRUE;
	page->parent = g_strdup(dataset->id);
	g_ptr_array_add(c->report->pages, page);
	return TRUE;
}

/* NULL when its template is wrong. */
static struct page *add_page(struct composition *c, const char *id, const char *nav,
                             const char *section, GError **error)
{
	struct page *page = compose_page(c, id, nav, section, error);
	if (page)
		g_ptr_array_add(c->report->pages, page);
	return page;
}

/* The page bears the name of its subject, the template that of the paper it is, too. */
static gboolean add_approval(struct composition *c, GError **error)
{
	struct page *page = compose_page(c, "approval-case", "Approval case", "For reviewers",
	                                 error);
	if (!page)
		return FALSE;
	set_text(&page->id, "approval");
	g_ptr_array_add(c->report->pages, page);
	c->report->approval = page;
	return TRUE;
}

static gboolean add_findings(struct composition *c, GError **error)
{
	struct dataset *findings = findings_begin(c);
	for (guint i = 0; i < c->analysis->findings->len; i++) {
		const struct finding *finding = c->analysis->findings->pdata[i];
		g_autofree char *id = g_strconcat("findings/", finding->kind->id, NULL);
		struct page *page = add_page(c, id, finding->kind->nav, "Findings", error);
		if (!page)
			return FALSE;
		findings_add(findings, finding, page, c->report->figures);
	}
	format_dataset(&c->format, findings, c->report->figures);
	return TRUE;
}

/* What is not to be passed on is not mailed. */
static gboolean add_mail(struct composition *c, GError **error)
{
	c->report->mail = compose_page(c, "mail", "Mail", "Report", error);
	return c->report->mail != NULL;
}

static gboolean add_pages(struct composition *c, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(pages); i++) {
		struct page *page = add_page(c, pages[i].id, pages[i].nav, pages[i].section, error);
		if (!page)
			return FALSE;
		page->site_only = pages[i].site_only;
		if (i == 0 && !add_findings(c, error))
			return FALSE;
	}
	if (!add_approval(c, error) || !group_pages_add(c, error))
		return FALSE;
	c->report->summary = compose_page(c, "executive-summary", "Executive summary", "Report",
	                                  error);
	return c->report->summary && (c->report->confidential || add_mail(c, error));
}

struct report *report_compose(struct analysis *analysis, const struct report_facts *facts,
                              GError **error)
{
	struct composition c = {
		.analysis = analysis, .report = report_new(), .names = facts->names,
			.sharing = facts->sharing,
		.risks = facts->risks, .lines = &analysis->evidence.cpu_lines,
	};
	c.format = (struct format){ .currency = facts->currency,
		                    .zone = facts->zone,
		                    .separators = facts->separators };
	figures_free(c.report->figures);
	c.report->figures = g_steal_pointer(&analysis->evidence.figures);
	c.report->templates = facts->templates;
	set_head(&c, facts);
	add_facts(c.report->figures, c.report, facts);
	add_evidence_flags(c.report->figures, &analysis->evidence, facts->names != NULL);
	add_risk(c.report->figures, facts->risk, analysis->evidence.tally->pooling.min_users > 1);
	approval_add_figures(&c);
	approval_add_search(c.report->figures, facts);
	add_file_risks(c.report->figures, facts->risks);
	add_unread(&c);
	add_dollars(&c);
	if (facts->previous && !previous_comparable(facts->previous, &c, error)) {
		report_free(c.report);
		return NULL;
	}
	group_lines_add_figures(&c);
	previous_add_figures(facts->previous, &c);
	format_figures(&c.format, c.report->figures);
	labels_apply_figures(c.names, c.report->figures);
	copy_assumptions(&c);
	compose_datasets(&c);
	checks_add(&c);
	previous_add_datasets(facts->previous, &c);
	group_pages_plan(&c);
	labels_apply_datasets(c.names, c.report->datasets);
	compose_hours(&c);
	gboolean done = add_pages(&c, error);
	g_free(c.hours);
	g_free(c.gpu_hours);
	if (done)
		return c.report;
	report_free(c.report);
	return NULL;
}
