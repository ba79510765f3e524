/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/people.h"

#include <math.h>
#include <string.h>

#include "finding/homes.h"
#include "finding/kinds.h"

#define NODE_HOUR ((gint64)3600 * MICRO)
#define UNTOLD_STEPS 1000 /* from none to all of a share where more digits would tell more than
                             that */

const char *programme_id(enum programme programme)
{
	static const char *const ids[PROGRAMMES] = { "took_all", "top_users", "idle_jobs",
		                                     "training", "others" };
	return ids[programme];
}

const char *programme_name(enum programme programme)
{
	static const char *const names[PROGRAMMES] = {
		"Jobs that take all of a node", "The heaviest users, one by one",
		"Users whose jobs run idle",    "Training for whole groups",
		"Everyone else (not promised)",
	};
	return names[programme];
}

static struct party *party_new(const char *name, guint pools)
{
	struct party *party = g_new0(struct party, 1);
	party->name = name;
	party->median_efficiency = -1;
	party->pools = g_new0(struct pool_use, pools);
	party->promised = g_new0(gint64, pools);
	return party;
}

static void party_free(gpointer data)
{
	struct party *party = data;
	if (!party->families_borrowed)
		families_free(party->families);
	g_free(party->pools);
	g_free(party->promised);
	g_free(party);
}

/* Structures of nothing but gint64 add field by field. */
static void add_integers(void *into, const void *from, size_t size)
{
	gint64 *to = into;
	const gint64 *add = from;
	for (size_t i = 0; i < size / sizeof *to; i++)
		to[i] += add[i];
}

static void party_add(struct party *party, const struct member *member, guint pools)
{
	add_integers(&party->use, &member->use, sizeof party->use);
	own_habits_merge(&party->habits, &member->habits);
	add_integers(party->pools, member->pools, pools * sizeof *party->pools);
	for (guint i = 0; i < EFFICIENCY_BINS; i++)
		party->efficiency[i] += member->efficiency[i];
	party->judged_memory_jobs += member->judged_memory_jobs;
	party->memory_asked_mib_seconds += member->memory_asked_mib_seconds;
	party->memory_peak_mib_seconds += member->memory_peak_mib_seconds;
	party->took_all_jobs += member->took_all_jobs;
	party->took_all_cpu_seconds += member->took_all_cpu_seconds;
	party->took_all_judged += member->took_all_judged;
	party->took_all_peak_mib += member->took_all_peak_mib;
	party->took_all_peak_max_mib = MAX(party->took_all_peak_max_mib,
	                                   member->took_all_peak_max_mib);
}

/* Most users are in one group, and there are many families. */
static void party_add_families(struct party *party, struct families *families)
{
	if (!families)
		return;
	if (!party->families) {
		party->families = families;
		party->families_borrowed = TRUE;
		return;
	}
	if (party->families_borrowed) {
		const struct families *first = party->families;
		party->families = NULL;
		party->families_borrowed = FALSE;
		families_merge(&party->families, first);
	}
	families_merge(&party->families, families);
}

gint64 party_ledger(const struct party *party, guint pools, enum scenario scenario,
                    enum ledger_class class)
{
	gint64 sum = 0;
	for (guint p = 0; p < pools; p++)
		sum += party->pools[p].ledger.of[scenario][class];
	return sum;
}

static void find_median(struct party *party)
{
	gint64 before = 0;
	for (guint i = 0; i < EFFICIENCY_BINS; i++)
		party->judged_jobs += party->efficiency[i];
	for (guint i = 0; i < EFFICIENCY_BINS && party->judged_jobs > 0; i++) {
		before += party->efficiency[i];
		if (2 * before >= party->judged_jobs) {
			party->median_efficiency = (int)i;
			return;
		}
	}
}

static void party_finish(struct party *party, guint pools, const double *rates)
{
	find_median(party);
	for (guint p = 0; p < pools; p++) {
		gint64 allocated = ledger_held(&party->pools[p].ledger);
		party->allocated += allocated;
		party->weight += (double)allocated * rates[p];
		for (enum scenario s = 0; s < SCENARIOS; s++)
			party->excess[s] += ledger_excess(&party->pools[p].ledger, s);
		party->judged += party->pools[p].ledger.of[SCENARIO_EXPECTED][LEDGER_USEFUL];
	}
	party->judged += party->excess[SCENARIO_EXPECTED];
	/* Without node shapes there is no cost: rank by core-hours. */
	if (pools == 0)
		party->weight = (double)party->use.cpu_seconds;
}

static gint compare_parties(gconstpointer a, gconstpointer b)
{
	const struct party *left = *(struct party *const *)a, *right = *(struct party *const *)b;
	if (left->weight != right->weight)
		return left->weight < right->weight ? 1 : -1;
	return strcmp(left->name, right->name);
}

double people_training_share(const struct assumptions *assumptions)
{
	return assumptions_value(assumptions, ASSUME_TRAINING_SHARE, SCENARIO_EXPECTED);
}

/* Who is in which programme is decided once, in the expected scenario. What has no name cannot be
 * talked to. */
static void assign(struct people *people, const struct assumptions *assumptions)
{
	guint top = (guint)assumptions_value(assumptions, ASSUME_TOP_USERS, SCENARIO_EXPECTED);
	double idle = 100 *
	              assumptions_value(assumptions, ASSUME_IDLE_EFFICIENCY, SCENARIO_EXPECTED);
	double jobs = assumptions_value(assumptions, ASSUME_IDLE_JOBS, SCENARIO_EXPECTED);
	double training = people_training_share(assumptions);
	for (guint i = 0; i < people->users->len; i++) {
		struct party *user = people->users->pdata[i];
		gboolean is_named = *user->name != '\0';
		user->is_top = is_named && top > 0 && user->weight > 0;
		top -= user->is_top;
		user->is_idle = is_named && user->judged_jobs >= jobs &&
		                user->median_efficiency >= 0 && user->median_efficiency < idle;
	}
	for (guint i = 0; i < people->groups->len; i++) {
		struct party *group = people->groups->pdata[i];
		group->is_training = *group->name != '\0' && !group->is_pool &&
		                     group->allocated > 0 &&
		                     (double)group->excess[SCENARIO_EXPECTED] >=
		                             training * (double)group->allocated;
	}
}

/* A user as a whole is in the programme or not, by the group that the user's row names: what one is
 * asked to give back must not tell how much of it was in which group, nor the group where no row
 * names it. */
static void assign_training(const struct tally *tally, struct party **users, struct party **groups)
{
	for (guint u = 0; u < intern_count(tally->users); u++) {
		gint64 home = users[u]->home ? intern_find(tally->groups, slice_of(users[u]->home))
		                             : -1;
		users[u]->is_training = home >= 0 && groups[home]->is_training;
	}
}

static enum programme programme_of(const struct party *user)
{
	if (user->is_top)
		return PROGRAMME_TOP_USERS;
	if (user->is_idle)
		return PROGRAMME_IDLE_JOBS;
	return user->is_training ? PROGRAMME_TRAINING : PROGRAMME_OTHERS;
}

/* Each second of excess goes to the first programme that claims it. */
static void claim(struct people *people, const struct member *member, struct party *user,
                  struct party *group)
{
	enum programme rest = programme_of(user);
	user->in[rest] = TRUE;
	user->in[PROGRAMME_TOOK_ALL] |= member->took_all_jobs > 0;
	for (guint p = 0; p < people->pools; p++)
		for (enum scenario s = 0; s < SCENARIOS; s++) {
			gint64 all = ledger_excess(&member->pools[p].ledger, s),
			       took = member->pools[p].took_all_excess[s];
			people->claims[p][PROGRAMME_TOOK_ALL][s] += took;
			people->claims[p][rest][s] += all - took;
			if (s != SCENARIO_EXPECTED)
				continue;
			user->claimed[PROGRAMME_TOOK_ALL] += took;
			user->claimed[rest] += all - took;
			user->promised[p] += rest == PROGRAMME_OTHERS ? took : all;
			group->promised[p] += rest == PROGRAMME_OTHERS ? took : all;
		}
}

/* All digits of a quotient of two whole numbers tell which these are, where they are small: how
 * much was held, and not needed. */
double party_excess_share(const struct party *party)
{
	if (!party->by_share || party->allocated == 0)
		return -1;
	double share = (double)party->excess[SCENARIO_EXPECTED] / (double)party->allocated;
	return party->by_kind ? share : round(share * UNTOLD_STEPS) / UNTOLD_STEPS;
}

/* All digits would tell whose jobs alone were measured in a group: the same stand in that user's
 * row. */
double party_memory_share(const struct party *party)
{
	char digits[G_ASCII_DTOSTR_BUF_SIZE];
	if (party->memory_asked_mib_seconds <= 0)
		return -1;
	g_ascii_formatd(digits, sizeof digits, "%.2e",
	                (double)party->memory_peak_mib_seconds /
	                        (double)party->memory_asked_mib_seconds);
	return g_ascii_strtod(digits, NULL);
}

gboolean party_is_named(const struct party *party)
{
	return *party->name != '\0';
}

gboolean party_is_helped(const struct party *user, enum programme programme)
{
	return party_is_named(user) && user->claimed[programme] >= NODE_HOUR;
}

static void count_programme_users(struct people *people)
{
	for (guint i = 0; i < people->users->len; i++) {
		const struct party *user = people->users->pdata[i];
		if (!party_is_named(user))
			continue;
		for (enum programme g = 0; g < PROGRAMMES; g++)
			people->programme_users[g] += user->in[g];
	}
}

static struct party **parties(struct intern *names, guint pools)
{
	guint count = intern_count(names);
	struct party **of = g_new0(struct party *, count + 1);
	for (guint i = 0; i < count; i++)
		of[i] = party_new(intern_text(names, i), pools);
	return of;
}

static GPtrArray *ranked(struct party **of, guint count, guint pools, const double *rates)
{
	GPtrArray *array = g_ptr_array_new_with_free_func(party_free);
	for (guint i = 0; i < count; i++) {
		party_finish(of[i], pools, rates);
		g_ptr_array_add(array, of[i]);
	}
	g_ptr_array_sort(array, compare_parties);
	return array;
}

static const char *pool_name(const struct tally *tally)
{
	return tally->pooling.other < 0 ? NULL
	                                : intern_text(tally->groups, (guint32)tally->pooling.other);
}

static gboolean held_anything(const struct party *party, guint pools)
{
	for (guint p = 0; p < pools; p++)
		if (ledger_held(&party->pools[p].ledger) > 0)
			return TRUE;
	return FALSE;
}

/* What two groups held together, and what of it was not needed, is what the others leave of the
 * whole: with the share of each it would follow how much each held, and often on which kind of
 * node. Of three it does not. */
static void tell_shares(struct party **groups, guint count, guint pools)
{
	guint untold = 0;
	for (guint g = 0; g < count; g++)
		untold += !groups[g]->by_kind && held_anything(groups[g], pools);
	for (guint g = 0; g < count; g++)
		groups[g]->by_share = groups[g]->by_kind || untold != 2;
}

static void tell_kinds(const struct tally *tally, const char *const *homes, struct party **users,
                       struct party **groups)
{
	g_autofree gboolean *told = kinds_told(tally, homes),
			    *of_users = kinds_told_of_users(tally, homes, told);
	for (guint g = 0; g < intern_count(tally->groups); g++)
		groups[g]->by_kind = told[g];
	for (guint u = 0; u < intern_count(tally->users); u++)
		users[u]->by_kind = of_users[u];
}

struct people *people_new(const struct tally *tally, const struct assumptions *assumptions,
                          const double *pool_rates)
{
	struct people *people = g_new0(struct people, 1);
	people->pools = inventory_pools(tally->inventory);
	people->claims = g_malloc0(MAX(1, people->pools) * sizeof *people->claims);
	g_autofree struct party **users = parties(tally->users, people->pools);
	g_autofree struct party **groups = parties(tally->groups, people->pools);
	g_autofree const char **homes = homes_find(tally);
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		party_add(users[member->user], member, people->pools);
		party_add(groups[member->group], member, people->pools);
		party_add_families(users[member->user], member->families);
		groups[member->group]->users += member_counts(tally, member) &&
		                                tally_is_named(tally, member->user);
	}
	for (guint g = 0; g < intern_count(tally->groups); g++)
		groups[g]->is_pool = tally_is_pool(tally, g);
	tell_kinds(tally, homes, users, groups);
	tell_shares(groups, intern_count(tally->groups), people->pools);
	for (guint u = 0; u < intern_count(tally->users); u++)
		users[u]->home = homes[u] == pool_name(tally) ? "other" : homes[u];
	people->users = ranked(users, intern_count(tally->users), people->pools, pool_rates);
	people->groups = ranked(groups, intern_count(tally->groups), people->pools, pool_rates);
	assign(people, assumptions);
	assign_training(tally, users, groups);
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		claim(people, member, users[member->user], groups[member->group]);
	}
	count_programme_users(people);
	return people;
}

static gint compare_core_hours(gconstpointer a, gconstpointer b)
{
	const struct party *left = *(struct party *const *)a, *right = *(struct party *const *)b;
	if (party_is_named(left) != party_is_named(right))
		return party_is_named(left) ? -1 : 1;
	if (left->use.cpu_seconds != right->use.cpu_seconds)
		return left->use.cpu_seconds < right->use.cpu_seconds ? 1 : -1;
	return strcmp(left->name, right->name);
}

GPtrArray *people_by_core_hours(const GPtrArray *parties)
{
	GPtrArray *ranked = g_ptr_array_new();
	for (guint i = 0; i < parties->len; i++) {
		const struct party *party = parties->pdata[i];
		if (party->use.jobs > 0 || party->allocated > 0)
			g_ptr_array_add(ranked, (gpointer)party);
	}
	g_ptr_array_sort(ranked, compare_core_hours);
	return ranked;
}

void people_free(struct people *people)
{
	if (!people)
		return;
	g_ptr_array_unref(people->users);
	g_ptr_array_unref(people->groups);
	g_free(people->claims);
	g_free(people);
}
