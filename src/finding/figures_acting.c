/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"

/* Programmes in which users are talked to one by one; whole groups are trained, and nobody else is
 * promised. */
static gboolean is_by_user(enum programme programme)
{
	return programme == PROGRAMME_TOOK_ALL || programme == PROGRAMME_TOP_USERS ||
	       programme == PROGRAMME_IDLE_JOBS;
}

static guint trained_groups(const struct people *people)
{
	guint count = 0;
	for (guint i = 0; i < people->groups->len; i++)
		count += ((const struct party *)people->groups->pdata[i])->is_training;
	return count;
}

/* A user who is in several programmes is talked to once, and who has nothing to give back takes
 * nobody's time. */
static guint helped_users(const struct people *people)
{
	guint count = 0;
	for (guint i = 0; i < people->users->len; i++) {
		const struct party *user = people->users->pdata[i];
		gboolean any = FALSE;
		for (enum programme g = 0; g < PROGRAMMES; g++)
			any |= is_by_user(g) && party_is_helped(user, g);
		count += any;
	}
	return count;
}

static void derive_cost(struct evidence *evidence)
{
	struct figures *figures = evidence->figures;
	figures_derive(figures, "acting.hours", UNIT_COUNT,
	               "acting.users * assumption.user_hours + acting.groups * "
	               "assumption.group_hours + acting.rents * assumption.rent_hours",
	               "Staff hours to do all that")
		->definition = g_strdup(
		"Once: each user of a programme who held a node-hour or more in vain is helped, "
		"each group with much excess trained, and renting set up if nodes are to be "
		"rented. Licences and moving of data are not in it.");
	figures_derive(figures, "acting.cost", UNIT_CURRENCY,
	               "acting.hours * assumption.staff_hour", "Cost of doing all that, once");
}

/* What users free may be worth less than helping them takes: beside a large saving on nodes nobody
 * would see it. */
static void weigh_people(struct evidence *evidence)
{
	struct figures *figures = evidence->figures;
	figures_derive(figures, "acting.people.cost", UNIT_CURRENCY,
	               "(acting.users * assumption.user_hours + acting.groups * "
	               "assumption.group_hours) * assumption.staff_hour",
	               "Cost of helping users and training groups, once");
	figures_derive(figures, "saving.people.expected", UNIT_CURRENCY,
	               evidence->has_capacity ? "saving.users.expected + saving.returned.expected"
	                                      : "saving.returned.expected",
	               "What users free, a year, expected");
	figures_derive(figures, "payback.people.dear", UNIT_COUNT,
	               "positive(acting.people.cost - saving.people.expected)",
	               "Helping users costs more than they free in a year")
		->detail = TRUE;
}

/* A programme or renting by itself: staff hours, what they cost, and how much that is of what comes
 * of it in a year; without `worth` none of it is known. */
static void weigh(struct evidence *evidence, const struct finding_effort *ids, const char *hours,
                  const char *worth, const char *name)
{
	struct figures *figures = evidence->figures;
	g_autofree char *cost = g_strdup_printf("%s * assumption.staff_hour", ids->hours);
	g_autofree char *payback = g_strdup_printf("%s / max(0, %s)", ids->cost, worth);
	g_autofree char *hours_label = g_strdup_printf("%s: staff hours", name),
			*cost_label = g_strdup_printf("%s: cost of these, once", name);
	g_autofree char *payback_label =
		g_strdup_printf("%s: that cost, of what comes of it in a year", name);
	if (!worth) {
		figures_add_missing(figures, ids->hours, UNIT_COUNT, evidence->no_usage,
		                    hours_label);
		figures_add_missing(figures, ids->cost, UNIT_CURRENCY, evidence->no_usage,
		                    cost_label);
		figures_add_missing(figures, ids->payback, UNIT_SHARE, evidence->no_usage,
		                    payback_label);
		return;
	}
	figures_derive(figures, ids->hours, UNIT_COUNT, hours, hours_label);
	figures_derive(figures, ids->cost, UNIT_CURRENCY, cost, cost_label);
	figures_derive_or(figures, ids->payback, UNIT_SHARE, payback, payback_label,
	                  "nothing comes of it");
}

/* What takes more than it brings in a year is told so in words, not as several hundred per cent of
 * it. */
static void mark_dear(struct evidence *evidence, const struct finding_effort *ids,
                      const char *worth, const char *name)
{
	struct figures *figures = evidence->figures;
	g_autofree char *id = g_strdup_printf("%s.dear", ids->payback),
			*label = g_strdup_printf("%s: that cost is more than comes of it in a year",
	                                         name);
	g_autofree char *text = g_strdup_printf("positive(%s - max(0, %s))", ids->cost, worth);
	struct figure *dear = worth ? figures_derive(figures, id, UNIT_COUNT, text, label)
	                            : figures_add_missing(figures, id, UNIT_COUNT,
	                                                  evidence->no_usage, label);
	dear->detail = TRUE;
}

/* Adds how many are to be helped. The caller frees the expression. */
static char *effort_of_users(struct evidence *evidence, enum programme programme)
{
	const GPtrArray *users = evidence->people->users;
	g_autofree char *id = g_strdup_printf("programme.%s.helped", programme_id(programme));
	g_autofree char *label = g_strconcat(programme_name(programme), ": users to be helped",
	                                     NULL);
	guint count = 0;
	for (guint i = 0; i < users->len; i++)
		count += party_is_helped(users->pdata[i], programme);
	figures_add(evidence->figures, id, UNIT_COUNT, count, label)->definition = g_strdup(
		"Those of whom it claims a node-hour or more that was not needed, expected "
		"scenario.");
	return g_strconcat(id, " * assumption.user_hours", NULL);
}

/* Who is in several programmes is helped once and counted in each: these do not add up to what all
 * of it takes. */
static void weigh_programme(struct evidence *evidence, enum programme programme)
{
	const char *id = programme_id(programme);
	g_autofree char *hours = g_strdup_printf("acting.%s.hours", id),
			*cost = g_strdup_printf("acting.%s.cost", id);
	g_autofree char *payback = g_strdup_printf("payback.%s", id);
	g_autofree char *effort = is_by_user(programme)
	                                  ? effort_of_users(evidence, programme)
	                                  : g_strdup("acting.groups * assumption.group_hours");
	g_autofree char *worth = g_strdup_printf("assumption.adoption * programme.%s.gross", id);
	const struct finding_effort ids = { hours, cost, payback };
	weigh(evidence, &ids, effort, evidence->has_usage ? worth : NULL,
	      programme_name(programme));
	mark_dear(evidence, &ids, evidence->has_usage ? worth : NULL, programme_name(programme));
}

static void weigh_each(struct evidence *evidence)
{
	static const struct finding_effort rents = { "acting.rents.hours", "acting.rents.cost",
		                                     "payback.rents" };
	for (enum programme g = 0; g < PROGRAMME_OTHERS; g++)
		weigh_programme(evidence, g);
	weigh(evidence, &rents, "positive(own.burst) * assumption.rent_hours",
	      "saving.infrastructure.expected", "Renting");
	mark_dear(evidence, &rents, "saving.infrastructure.expected", "Renting");
}

void figures_of_acting(struct evidence *evidence)
{
	struct figures *figures = evidence->figures;
	guint users = evidence->has_usage ? helped_users(evidence->people) : 0;
	guint groups = evidence->has_usage ? trained_groups(evidence->people) : 0;
	figures_add(figures, "acting.users", UNIT_COUNT, users, "Users to be helped one by one");
	figures_add(figures, "acting.groups", UNIT_COUNT, groups, "Groups to be trained");
	/* Fewer nodes may be owned after the users gave back, and then some be rented that were not
	 * to be before. */
	if (evidence->has_capacity)
		figures_derive(figures, "acting.rents", UNIT_COUNT,
		               "max(positive(own.burst), positive(own.burst_users))",
		               "Renting is to be set up")
			->detail = TRUE;
	else
		figures_add(figures, "acting.rents", UNIT_COUNT, 0, "Renting is to be set up");
	derive_cost(evidence);
	weigh_people(evidence);
	weigh_each(evidence);
	/* Of a year from the next refresh on. */
	figures_derive_or(figures, "payback.share", UNIT_SHARE,
	                  "acting.cost / max(0, saving.total.expected)",
	                  "Of a year’s saving, what it costs to do all that", "nothing is saved");
	figures_derive(figures, "payback.dear", UNIT_COUNT,
	               "positive(acting.cost - saving.total.expected)",
	               "Doing all that costs more than a year saves")
		->detail = TRUE;
}
