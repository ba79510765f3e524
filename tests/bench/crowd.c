/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/crowd.h"

#include "sample-data/chance.h"

const struct nodes nodes[NODES_KINDS] = {
	[NODES_THIN] = { "cn", "batch", 1000, 64, 256000, 0 },
	[NODES_FAT] = { "fat", "large", 40, 128, 2000000, 0 },
	[NODES_GPU] = { "gn", "gpu", 160, 64, 512000, 4 },
};

/* In the order of how many people do it; the last are the fewest. */
static const struct work works[] = {
	{ NODES_THIN, .nodes_most = 1, .gpus_most = 0, .memory_mib_per_cpu = 4096,
	  .cpus = { 1, 1, 1, 2, 8 }, .elapsed_seconds = { 5, 60, 600, 3600, 86400 },
	  .burst_jobs = { 1, 2, 8, 30, 200 }, .arrays_permille = 300 },
	{ NODES_THIN, .nodes_most = 1, .gpus_most = 0, .memory_mib_per_cpu = 2000,
	  .cpus = { 2, 8, 16, 32, 64 }, .elapsed_seconds = { 10, 600, 3600, 14400, 172800 },
	  .burst_jobs = { 1, 1, 2, 6, 40 }, .arrays_permille = 80 },
	{ NODES_THIN, .nodes_most = 16, .gpus_most = 0, .memory_mib_per_cpu = 3900,
	  .cpus = { 16, 32, 64, 64, 64 }, .elapsed_seconds = { 20, 900, 7200, 28800, 172800 },
	  .burst_jobs = { 1, 1, 1, 3, 12 }, .arrays_permille = 20 },
	{ NODES_GPU, .nodes_most = 2, .gpus_most = 4, .memory_mib_per_cpu = 7800,
	  .cpus = { 4, 8, 8, 16, 64 }, .elapsed_seconds = { 10, 300, 3600, 21600, 172800 },
	  .burst_jobs = { 1, 1, 2, 8, 60 }, .arrays_permille = 150 },
	{ NODES_FAT, .nodes_most = 1, .gpus_most = 0, .memory_mib_per_cpu = 15600,
	  .cpus = { 4, 16, 32, 64, 128 }, .elapsed_seconds = { 30, 900, 3600, 28800, 259200 },
	  .burst_jobs = { 1, 1, 1, 3, 20 }, .arrays_permille = 50 },
};

static const struct work *work_of(struct chance *chance)
{
	static const guint upto_percent[G_N_ELEMENTS(works)] = { 45, 70, 82, 96, 100 };
	gint64 percent = chance_between(chance, 0, 99);
	guint i = 0;

	while (percent >= upto_percent[i])
		i++;
	return &works[i];
}

/* Another word for every number below 343,000; it stands for nobody. */
static void word(char *to, guint number, guint syllables)
{
	for (guint i = 0; i < syllables; i++) {
		*to++ = "bdfgklmnprstvz"[number % 14];
		*to++ = "aeiou"[number / 14 % 5];
		number /= 70;
	}
	*to = '\0';
}

static void letters(char *to, guint number)
{
	char text[8];
	guint at = sizeof text - 1;

	text[at] = '\0';
	for (number++; number > 0; number = (number - 1) / 26)
		text[--at] = (char)('A' + (number - 1) % 26);
	g_snprintf(to, 16, "group_%s", text + at);
}

static void name_person(struct person *person, guint number, guint account, gboolean pseudonyms)
{
	if (pseudonyms) {
		g_snprintf(person->user, sizeof person->user, "user_%04u", number + 1);
		letters(person->account, account);
		letters(person->group, account);
		return;
	}
	/* No factor in common with 343,000: all differ, and neighbours do not look alike. */
	word(person->user, number * 97241 % 343000, 3);
	word(person->account, account * 1201 % 4900, 2);
	g_snprintf(person->group, sizeof person->group, "%s-grp", person->account);
}

static void share_turns(struct crowd *crowd)
{
	guint at = 0, count = G_N_ELEMENTS(crowd->turns);
	guint64 sum = 0;

	for (guint rank = 1; rank <= PEOPLE; rank++)
		sum += G_MAXUINT32 / rank;
	for (guint rank = 1; rank <= PEOPLE && at < count; rank++) {
		guint64 share = (G_MAXUINT32 / rank) * (guint64)count / sum;

		for (guint64 i = 0; i <= share && at < count; i++)
			crowd->turns[at++] = (guint16)(rank - 1);
	}
	while (at < count)
		crowd->turns[at++] = 0;
}

struct crowd *crowd_new(guint64 seed, gboolean pseudonyms)
{
	struct crowd *crowd = g_new0(struct crowd, 1);
	struct chance chance;

	chance_init(&chance, seed);
	for (guint i = 0; i < PEOPLE; i++) {
		struct person *person = &crowd->people[i];
		/* Twice by chance: some accounts are large, many small. None is empty. */
		gint64 high = chance_between(&chance, 1, ACCOUNTS);
		gint64 account = i < ACCOUNTS ? i : chance_between(&chance, 1, high) - 1;

		name_person(person, i, (guint)account, pseudonyms);
		person->work = work_of(&chance);
		person->busy_permille = (guint)chance_between(&chance, 20, 990);
	}
	share_turns(crowd);
	return crowd;
}
