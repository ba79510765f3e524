/* SPDX-License-Identifier: Apache-2.0 */
#include "command/report_say.h"

#include "command/shell.h"

/* Who gives a list that is of no use to this report means another period, or another day. */
static void say_idle_lists(const struct work *work)
{
	for (guint i = 0; i < inventory_steps(work->inventory); i++) {
		const char *date = inventory_step_date(work->inventory, i);
		gint64 from;

		if (*date && work_instant(work->zone, date, &from) && from >= work->rules.to)
			shell_say("the list of nodes that holds from %s on begins after the "
			          "period, and nothing is computed from it",
			          date);
	}
}

static gboolean holds(const struct report *report, const char *id)
{
	return figures_value(report->figures, id, 0) > 0;
}

static const char *text_of(const struct report *report, const char *id)
{
	return figures_find(report->figures, id)->text;
}

/* Why the amounts may be wrong. */
static void say_doubts(const struct work *work, const struct report *report)
{
	if (holds(report, "window.is_hollow"))
		shell_say("%s days at the ends of the period have no jobs and count as idle: where "
		          "the export lacks them, give --from and --to",
		          text_of(report, "window.empty.days"));
	if (inventory_given(work->inventory) && !holds(report, "has.capacity"))
		shell_say("no money is put on the size of the cluster: %s",
		          text_of(report, "own_or_rent.unknown"));
	if (holds(report, "sreport.is_far"))
		shell_say("sreport has %s core-hours where the export has %s: find out why before "
		          "anything is decided",
		          text_of(report, "sreport.allocated.hours"),
		          text_of(report, "sreport.own.hours"));
	/* Where the export itself was read, that was told then. */
	if (!work->options->manifest)
		shell_say_full_sheets(work->full_sheets);
	shell_say_twins(work->twins);
	shell_say_spans(&work->spans);
	if (holds(report, "clusters.several"))
		work_say_clusters(work);
	if (holds(report, "numbers.few"))
		shell_say("only %s of the numbers that Slurm gave to jobs meanwhile are in the "
		          "export: is it of all users and partitions?",
		          text_of(report, "numbers.share"));
	if (holds(report, "nodes.unused") && !holds(report, "numbers.few")) {
		g_autofree char *nodes = shell_count((guint64)figures_value(report->figures,
		                                                            "nodes.unused", 0),
		                                     "listed node", "listed nodes");
		shell_say("no job ran on %s, all there are of a kind: counted as idle; is the "
		          "export of all users and partitions?",
		          nodes);
	}
}

void report_say_done(const struct work *work, const struct report *report)
{
	guint defaults = 0;
	for (guint i = 0; i < report->assumptions->len; i++)
		defaults +=
			((const struct assumption_row *)report->assumptions->pdata[i])->is_default;
	const struct figure *saving = figures_find(report->figures, "saving.total.expected");
	/* nor do the pages tell an amount for a year then */
	gboolean is_short = holds(report, "window.is_short");
	gboolean is_told = !is_short && saving->has_value;
	/* Without a list of the nodes no bill is known to get smaller. */
	gboolean is_worth = is_told && holds(report, "utilization.is_bound");
	shell_say("wrote %s: %s, %s a year %s%s; %u of %u assumptions are defaults, not yours",
	          work->options->output, report->period, is_worth ? "worth giving back" : "saving",
	          is_told && holds(report, "saving.is_least") ? "at least " : "",
	          is_short            ? "not to be told from so few days"
	          : saving->has_value ? saving->text
	                              : "not known",
	          defaults, report->assumptions->len);
	if (holds(report, "has.dollars"))
		shell_say("prices that are defaults are dollars, and count as so many %s: give "
		          "your own with --assumptions",
		          report->currency);
	say_doubts(work, report);
	if (!inventory_given(work->inventory))
		shell_say("without --inventory (scontrol show node -o) the size of the cluster is "
		          "not known");
	say_idle_lists(work);
	if (!zone_name(work->zone))
		shell_say("without --timezone times are taken as printed");
}
