/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/stranded.h"

#include "finding/figures.h"
#include "finding/habits.h"

/* Of the node-hours: less is the usual. */
#define WORTH_A_WORD 0.05

struct stranded stranded_of(const struct people *people, guint pool)
{
	struct stranded stranded = { 0 };
	for (guint i = 0; i < people->users->len; i++) {
		const struct party *user = people->users->pdata[i];
		const struct pool_use *use = &user->pools[pool];
		stranded.held += ledger_held(&use->ledger);
		stranded.cpus_most += use->memory_beyond_cpus;
		stranded.memory_most += use->cpus_beyond_memory;
	}
	stranded.cpus_least = MAX(0, stranded.cpus_most - stranded.memory_most);
	stranded.memory_least = MAX(0, stranded.memory_most - stranded.cpus_most);
	return stranded;
}

static gboolean is_listed(const struct evidence *evidence, guint pool)
{
	return !inventory_pool(evidence->tally->inventory, pool)->inferred;
}

static void node_hours(struct evidence *evidence, const char *id, gint64 micro_seconds,
                       const char *label)
{
	figures_add(evidence->figures, id, UNIT_HOURS, micro_hours(micro_seconds), label);
}

static void sum_figures(struct evidence *evidence, const struct stranded *sum)
{
	node_hours(evidence, "stranded.cpus.least", sum->cpus_least,
	           "Node-hours of CPUs left beside memory, at least");
	node_hours(evidence, "stranded.cpus.most", sum->cpus_most,
	           "Node-hours of CPUs left beside memory, at most");
	node_hours(evidence, "stranded.memory.least", sum->memory_least,
	           "Node-hours of memory left beside CPUs, at least");
	node_hours(evidence, "stranded.memory.most", sum->memory_most,
	           "Node-hours of memory left beside CPUs, at most");
	habits_share(evidence, "stranded.cpus.share", sum->cpus_least, sum->held,
	             "CPUs left beside memory, share of node-hours, at least");
	habits_share(evidence, "stranded.memory.share", sum->memory_least, sum->held,
	             "Memory left beside CPUs, share of node-hours, at least");
}

/* The pool with most, and which of both it is. */
static void worst_figures(struct evidence *evidence)
{
	gint64 most = 0, held = 0;
	const char *pool = "", *what = "", *full = "";
	for (guint p = 0; p < evidence->people->pools; p++) {
		struct stranded stranded = stranded_of(evidence->people, p);
		gint64 least = MAX(stranded.cpus_least, stranded.memory_least);
		if (!is_listed(evidence, p) || least <= most)
			continue;
		most = least;
		held = stranded.held;
		pool = inventory_pool(evidence->tally->inventory, p)->label;
		what = stranded.cpus_least > 0 ? "CPUs" : "memory";
		full = stranded.cpus_least > 0 ? "memory" : "CPUs";
	}
	figures_add_text(evidence->figures, "stranded.worst", pool, "Kind of node with most of it");
	figures_add_text(evidence->figures, "stranded.worst.what", what, "What is left there");
	figures_add_text(evidence->figures, "stranded.worst.beside", full,
	                 "What it is left beside");
	habits_share(evidence, "stranded.worst.share", most, held,
	             "Share of the node-hours there, at least");
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	struct stranded sum = { 0 };
	if (!evidence->has_capacity) {
		finding_unknown(finding, evidence->no_capacity);
		return;
	}
	if (!evidence->has_requests) {
		finding_unknown(finding,
		                "not enough jobs say what memory they held: export with AllocTRES");
		return;
	}
	for (guint p = 0; p < evidence->people->pools; p++) {
		struct stranded stranded = stranded_of(evidence->people, p);
		if (!is_listed(evidence, p))
			continue;
		sum.held += stranded.held;
		sum.cpus_least += stranded.cpus_least;
		sum.cpus_most += stranded.cpus_most;
		sum.memory_least += stranded.memory_least;
		sum.memory_most += stranded.memory_most;
	}
	sum_figures(evidence, &sum);
	worst_figures(evidence);
	habits_verdict(evidence, finding,
	               (double)sum.cpus_least >= WORTH_A_WORD * (double)sum.held);
}

static const struct promised_figure figures_of_it[] = {
	{ "stranded.cpus.least", UNIT_HOURS, "Node-hours of CPUs left beside memory, at least" },
	{ "stranded.cpus.most", UNIT_HOURS, "Node-hours of CPUs left beside memory, at most" },
	{ "stranded.memory.least", UNIT_HOURS, "Node-hours of memory left beside CPUs, at least" },
	{ "stranded.memory.most", UNIT_HOURS, "Node-hours of memory left beside CPUs, at most" },
	{ "stranded.cpus.share", UNIT_SHARE,
	  "CPUs left beside memory, share of node-hours, at least" },
	{ "stranded.memory.share", UNIT_SHARE,
	  "Memory left beside CPUs, share of node-hours, at least" },
	{ "stranded.worst", UNIT_TEXT, "Kind of node with most of it" },
	{ "stranded.worst.what", UNIT_TEXT, "What is left there" },
	{ "stranded.worst.beside", UNIT_TEXT, "What it is left beside" },
	{ "stranded.worst.share", UNIT_SHARE, "Share of the node-hours there, at least" },
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_stranded = {
	"stranded", "Stranded CPUs", judge, figures_of_it,
	.coverage = "memory.known.share",
};
