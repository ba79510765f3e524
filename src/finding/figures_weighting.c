/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"

/* What utilization is mistaken for: the CPUs in use, averaged over something else than time. */
enum weighting { BY_EVENT, BY_JOB, BY_SAMPLE, WEIGHTINGS };

static const struct {
	const char *name, *label, *definition;
} weightings[WEIGHTINGS] = {
	[BY_EVENT] = { "event", "CPUs in use, mean over starts and ends of jobs",
	               "Each start and each end of a job counts once, with the CPUs in use in its minute." },
	[BY_JOB] = { "job", "CPUs in use, mean over jobs",
	             "Each job counts once, however long it runs, with the CPUs in use in the minute in which it starts." },
	[BY_SAMPLE] = { "sample", "CPUs in use, mean over minutes with an event",
	                "Each minute in which a job starts or ends counts once; minutes in which nothing happens do not." },
};

struct mean {
	gint64 sum, weight; /* CPU-seconds of a minute, times how often it counts */
};

static void mean_add(struct mean *mean, gint64 minute, gint64 weight)
{
	mean->sum += minute * weight;
	mean->weight += weight;
}

/* On the way through the minutes. */
struct weighing {
	const gint64 *held;
	gsize done;
	struct mean *means;
};

/* Of minutes in which as many jobs start and end. */
static void take_moments(void *data, const gint64 *moments, gsize count)
{
	struct weighing *weighing = data;
	gint64 starts = moments[MOMENT_START], both = starts + moments[MOMENT_END];
	for (gsize i = weighing->done; both > 0 && i < weighing->done + count; i++) {
		mean_add(&weighing->means[BY_EVENT], weighing->held[i], both);
		mean_add(&weighing->means[BY_JOB], weighing->held[i], starts);
		mean_add(&weighing->means[BY_SAMPLE], weighing->held[i], 1);
	}
	weighing->done += count;
}

static void means_of(const struct tally *tally, struct mean means[WEIGHTINGS])
{
	const gint64 from = tally->rules.from, to = tally->rules.to;
	gsize count;
	g_autofree gint64 *held = series_values(tally->cpus, from, to, &count);
	struct weighing weighing = { .held = held, .means = means };
	bundle_each(tally->moments, from, to, take_moments, &weighing);
}

static void add_share(struct evidence *evidence, const char *name, const char *held,
                      gboolean of_guess)
{
	g_autofree char *id = g_strdup_printf("weighting.%s.%s", name, of_guess ? "guess" : "peak");
	g_autofree char *expression = g_strdup_printf("%s / %s", held,
	                                              of_guess ? "weighting.guess.cpus"
	                                                       : "demand.cpus.peak");
	struct figure *share = figures_derive(evidence->figures, id, UNIT_SHARE, expression,
	                                      of_guess ? "Share of a guessed number of CPUs"
	                                               : "Share of the busiest minute");
	share->detail = share->fine = TRUE;
}

static void add_shares(struct evidence *evidence, const char *name, const char *held)
{
	add_share(evidence, name, held, FALSE);
	add_share(evidence, name, held, TRUE);
}

static void add_weighting(struct evidence *evidence, enum weighting w, const struct mean *mean)
{
	g_autofree char *id = g_strdup_printf("weighting.%s.cpus", weightings[w].name);
	struct figure *figure =
		mean->weight == 0 ? figures_add_missing(evidence->figures, id, UNIT_CPUS,
	                                                "no job starts or ends inside the period",
	                                                weightings[w].label)
				  : figures_add(evidence->figures, id, UNIT_CPUS,
	                                        (double)mean->sum / (double)mean->weight / 60,
	                                        weightings[w].label);
	figure->detail = TRUE;
	figure->definition = g_strdup(weightings[w].definition);
	add_shares(evidence, weightings[w].name, id);
}

void figures_of_weighting(struct evidence *evidence)
{
	struct mean means[WEIGHTINGS] = { 0 };
	gint64 guess = evidence->told.guessed_cpus;
	means_of(evidence->tally, means);
	figures_add(evidence->figures, "has.guess", UNIT_COUNT, guess > 0,
	            "A number of CPUs was guessed");
	if (guess > 0)
		figures_add(evidence->figures, "weighting.guess.cpus", UNIT_CPUS, (double)guess,
		            "CPUs, as guessed")
			->detail = TRUE;
	else
		figures_add_missing(evidence->figures, "weighting.guess.cpus", UNIT_CPUS,
		                    "no number was guessed", "CPUs, as guessed")
			->detail = TRUE;
	add_shares(evidence, "time", "demand.cpus.held");
	for (enum weighting w = 0; w < WEIGHTINGS; w++)
		add_weighting(evidence, w, &means[w]);
}
