/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"
#include "finding/habits.h"

#define WORTH_A_WORD 0.01

static gint64 serial_cpu_seconds(const struct party *party)
{
	return party->habits.serial_cpu_seconds;
}

static gboolean is_judged(const struct evidence *evidence)
{
	for (guint i = 0; i < evidence->people->users->len; i++)
		if (((const struct party *)evidence->people->users->pdata[i])->judged_jobs > 0)
			return TRUE;
	return FALSE;
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	struct own_habits sum = habits_sum(evidence);
	habits_count(evidence, "serial.jobs", sum.serial_jobs,
	             "Jobs that held several cores and used about one");
	habits_hours(evidence, "serial.hours", sum.serial_cpu_seconds,
	             "Core-hours those jobs held");
	gint64 spare = sum.serial_cpu_seconds - sum.serial_needed_seconds,
	       all = evidence->tally->total.cpu_seconds;
	habits_hours(evidence, "serial.spare.hours", spare, "Core-hours they held beyond one core");
	habits_core_share(evidence, "serial.spare.share", spare, all,
	                  "Share of all core-hours that they held beyond one core");
	double share = habits_core_share(evidence, "serial.share", sum.serial_cpu_seconds, all,
	                                 "Share of all core-hours");
	habits_people(evidence, "serial", serial_cpu_seconds);
	if (!is_judged(evidence))
		finding_unknown(finding, why_no_cpu_judged(evidence));
	else
		habits_verdict(evidence, finding, share >= WORTH_A_WORD);
}

static const struct promised_figure figures_of_it[] = {
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_serial_cores = {
	"serial-cores", "One core of many", judge, figures_of_it,
	.users = "serial.users",
	.coverage = "coverage",
};
