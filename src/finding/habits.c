/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/habits.h"

#include "finding/figures.h"
#include "finding/names.h"

const char *const habits_size_names[HABITS_SIZES] = { "1 core",         "2–4 cores",
	                                              "5–16 cores",     "17–64 cores",
	                                              "65–256 cores",   "257–1024 cores",
	                                              "over 1024 cores" };
const char *const habits_length_names[HABITS_LENGTHS] = { "under 1 min",    "1–5 min", "5–60 min",
	                                                  "1–6 h",          "6–24 h",  "1–7 days",
	                                                  "a week and more" };

struct own_habits habits_sum(const struct evidence *evidence)
{
	struct own_habits sum = { 0 };
	for (guint i = 0; i < evidence->people->users->len; i++)
		own_habits_merge(
			&sum, &((const struct party *)evidence->people->users->pdata[i])->habits);
	return sum;
}

void habits_count(struct evidence *evidence, const char *id, gint64 count, const char *label)
{
	figures_add(evidence->figures, id, UNIT_COUNT, (double)count, label);
}

void habits_hours(struct evidence *evidence, const char *id, gint64 seconds, const char *label)
{
	figures_add(evidence->figures, id, UNIT_HOURS, (double)seconds / 3600, label);
}

#define NO_WHOLE "there is nothing that it could be a share of"

double habits_share(struct evidence *evidence, const char *id, gint64 part, gint64 whole,
                    const char *label)
{
	return figures_add_share(evidence, id, part, whole, NO_WHOLE, label);
}

double habits_core_share(struct evidence *evidence, const char *id, gint64 part, gint64 whole,
                         const char *label)
{
	return figures_add_share(evidence, id, part, whole, why_no_cpus(evidence->tally, NO_WHOLE),
	                         label);
}

void habits_people(struct evidence *evidence, const char *id,
                   gint64 (*amount)(const struct party *party))
{
	guint count;
	g_autofree char *names = names_ranked(evidence, evidence->people->users, amount, 5, &count);
	g_autofree char *users_id = g_strconcat(id, ".users", NULL),
			*names_id = g_strconcat(id, ".names", NULL);
	figures_add(evidence->figures, users_id, UNIT_COUNT, count, "Users to whom they belong");
	figures_add_text(evidence->figures, names_id, names, "Who they are, most first");
}

void habits_verdict(const struct evidence *evidence, struct finding *finding, gboolean gain)
{
	finding->verdict = gain ? VERDICT_GAIN : VERDICT_NOTHING;
	finding->grade = evidence->has_capacity ? GRADE_A : GRADE_B;
}
