/* SPDX-License-Identifier: Apache-2.0 */
/* compose: an analysis → the report, with every page, chart and table in it. */
#ifndef REPORT_COMPOSE_H
#define REPORT_COMPOSE_H

#include "finding/finding.h"
#include "finding/growth.h"
#include "report/document.h"
#include "report/format.h"
#include "report/previous.h"
#include "report/sharing.h"

#define REPORT_RISK_KNOWN 5

/* How easily people could be found in the shareable file, as its manifest says. Shares are 0…1; NAN
 * where it does not say. */
struct report_risk {
	double minimum; /* users: a group with fewer is a small one */
	double users, groups, groups_below, jobs_below, hours_below, groups_dominated;
	double cells, cells_below, cells_of_two; /* group × month × GPU or not */
	double unique;
	/* by jobs, from 1 */
	double known[REPORT_RISK_KNOWN];
	double known_low[REPORT_RISK_KNOWN], known_high[REPORT_RISK_KNOWN];
};

/* One of several files that a report is made from. */
struct report_file_risk {
	const char *sha256; /* hex */
	gboolean measured;  /* else the risk is not known */
	struct report_risk risk;
};

/* What the report is told about itself. All borrowed; NULL where not known. */
struct report_facts {
	const char *institution, *cluster, *contact, *owner, *decision, *deadline; /* site.conf */
	const char *mail_from, *mail_to, *mail_subject; /* of the mail */
	const char *currency;    /* "$" */
	struct separators separators; /* in printed numbers */
	const char *language;    /* BCP 47, of the words; NULL: "en" */
	GBytes *logo;            /* PNG, of the site and the PDFs; NULL: none */
	const char *accent;      /* "#0072b2", of site, mail and PDFs; NULL: the program's */
	enum paper paper;        /* of the PDFs */
	const char *notice;      /* stands on every page */
	gboolean confidential;   /* … and before it, that this is not to be passed on */
	GHashTable *names;       /* what to show in the place of pseudonyms, texts by text */
	const char *export_hash; /* SHA-256 of the shareable file, hex */
	struct zone *zone;       /* of days and hours in it */
	struct zone *times_zone; /* of the times in the shareable file; NULL: the same, where that
	                            is none, too */
	const struct report_risk *risk; /* NULL: not measured */
	const struct templates *templates; /* the site's own; NULL: none. Must live as long as the
	                                      report. */
	const struct previous *previous; /* a former report, to compare with; NULL: none */
	const GArray *risks;     /* struct report_file_risk, of each of several files; NULL: there
	                            is one */
	const struct sharing *sharing; /* what the manifest of the shareable file says; NULL:
	                                  nothing */
	gboolean searched;       /* it is published only when no name is found in it */
	const char *custody;     /* how the mapping is kept: "encrypted to keys" */
	char *const *allowed;    /* words that may stand in it all the same; NULL: none */
};

/* Takes the analysis' figures over (analysis->evidence.figures becomes NULL); everything else it
 * keeps no pointer to. NULL and error when a template is wrong. */
struct report *report_compose(struct analysis *analysis, const struct report_facts *facts,
                              GError **error);

/* The parts, for compose.c only. */
struct composition {
	const struct analysis *analysis;
	struct report *report;
	struct format format;
	GHashTable *names; /* in the place of pseudonyms; NULL: none */
	const struct sharing *sharing; /* NULL: no manifest said anything */
	const GArray *risks; /* as in the facts */
	const struct party *group; /* that the page is about; NULL: it is about none */
	const struct growth_lines *lines; /* how the CPUs of groups may be told by time */
	double *hours, *gpu_hours; /* CPUs in use, and GPUs held, by whole hour of the window, as
	                              means */
	gsize hour_count;
};

void compose_datasets(struct composition *composition);
/* approval.c: for the page for reviewers. */
void approval_add_figures(struct composition *composition);
void approval_add_search(struct figures *figures, const struct report_facts *facts);
void approval_add_datasets(struct composition *composition);
/* sensitivity.c: what the saving hangs on. */
void sensitivity_add_dataset(struct composition *composition);
void advice_add_dataset(struct composition *composition); /* advice.c */
void definitions_add_datasets(struct composition *composition); /* definitions.c */
/* findings.c: the dataset "findings"; when each finding has its row, format_dataset() is due. */
struct dataset *findings_begin(struct composition *composition);
void findings_add(struct dataset *findings, const struct finding *finding, const struct page *page,
                  const struct figures *figures);
void checks_add(struct composition *composition); /* checks.c: over formatted datasets */
void sizings_add_datasets(struct composition *composition); /* sizings.c: how many nodes to own, a
                                                               sheet a kind of node */
char *sizings_headline(const struct composition *composition, guint pool);
void bridge_add_dataset(struct composition *composition); /* headlines.c */
#define BRIDGE_HANDED_BACK "Hours handed back" /* the step behind what is to be paid */
void headlines_set(struct composition *composition); /* … of formatted datasets */
void ledgers_add_datasets(struct composition *composition); /* ledgers.c */
void strategies_add_dataset(struct composition *composition); /* strategies.c */
/* Adds a page about a row of a dataset: for the site alone, and in the navigation under the page
 * called as the dataset. */
gboolean compose_row_page(struct composition *composition, const char *template,
                          const struct dataset *dataset, guint row, const char *id, GError **error);
/* charts_people.c: core- or GPU-hours */
double stretch_hours(const struct days *days, gint32 from, gint32 to, gboolean gpu);
void compose_hours(struct composition *composition); /* what several charts show */

/* The rows of the table of charts: charts_capacity.c, charts_money.c, charts_people.c. */
struct chart *chart_of_demand(const struct composition *c);
struct chart *chart_of_gpu_demand(const struct composition *c);
/* that of CPUs, or of GPUs where the money is in these */
struct chart *chart_of_main_demand(const struct composition *c);
struct chart *chart_of_duration(const struct composition *c);
struct chart *chart_of_week(const struct composition *c);
struct chart *chart_of_months(const struct composition *c);
struct chart *chart_of_cost_curve(const struct composition *c);
struct chart *chart_of_bridge(const struct composition *c);
struct chart *chart_of_ledger(const struct composition *c);
struct chart *chart_of_concentration(const struct composition *c);
struct chart *chart_of_memory(const struct composition *c);
struct chart *chart_of_idle(const struct composition *c);
struct chart *chart_of_groups(const struct composition *c);
struct chart *chart_of_growth(const struct composition *c);
struct chart *chart_of_ranges(const struct composition *c);
struct chart *chart_of_programmes(const struct composition *c);
struct chart *chart_of_sensitivity(const struct composition *c); /* sensitivity.c */
struct chart *chart_of_efficiency(const struct composition *c); /* charts_users.c */
struct chart *chart_of_requested(const struct composition *c);
struct chart *chart_of_sizes(const struct composition *c); /* charts_habits.c */
struct chart *chart_of_lengths(const struct composition *c);
struct chart *chart_of_endings(const struct composition *c);
struct chart *chart_of_limits(const struct composition *c);
struct chart *chart_of_gpus(const struct composition *c);
struct chart *chart_of_serial(const struct composition *c);
struct chart *chart_of_advice(const struct composition *c); /* advice.c */
struct chart *chart_of_group_time(const struct composition *c); /* group_pages.c */
struct chart *chart_of_partitions(const struct composition *c); /* ledgers.c */
struct chart *chart_of_stranded(const struct composition *c);
struct chart *chart_of_serious(const struct composition *c);
struct chart *chart_of_waits(const struct composition *c);
struct chart *chart_of_wait_week(const struct composition *c);

/* Shared by them. The texts of figures are borrowed from the report. */
const char *figure_text(const struct composition *c, const char *id);
double figure_number(const struct composition *c, const char *id);
void chart_say(struct chart *chart, const struct composition *c, char *title, const char *subtitle,
               char *description);
struct chart *chart_too_thin(struct chart *chart, const struct composition *c,
                             const char *sentence);

#endif
