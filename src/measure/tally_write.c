/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/tally_file.h"

#include "base/digest.h"
#include "base/tape.h"
#include "measure/tally_parts.h"
#include "source/pack.h"

/* Nought is not written, and what has an order is written in it: so equal tallies are equal
 * bytes. */

/* Where the tape goes when it has become long; NULL: it is kept. The series of a year take as much
 * memory as all that was counted. */
struct outlet {
	GByteArray *tape;
	struct packer *packer;
};

#define LONG_TAPE (1 << 17)

static void let_out(const struct outlet *outlet, guint least)
{
	GByteArray *tape = outlet->tape;
	if (!outlet->packer || tape->len < least)
		return;
	packer_add(outlet->packer, (struct slice){ (const char *)tape->data, tape->len });
	g_byte_array_set_size(tape, 0);
}

static void put_numbers(GByteArray *tape, const gint64 *numbers, guint count)
{
	for (guint i = 0; i < count; i++)
		tape_put_number(tape, numbers[i]);
}

/* How many are not nought; of each how many noughts stand before it, and itself. */
static void put_sparse(GByteArray *tape, const gint64 *numbers, guint count)
{
	guint filled = 0, gap = 0;
	for (guint i = 0; i < count; i++)
		filled += numbers[i] != 0;
	tape_put_count(tape, filled);
	for (guint i = 0; i < count; i++, gap++)
		if (numbers[i] != 0) {
			tape_put_count(tape, gap);
			tape_put_number(tape, numbers[i]);
			gap = (guint)-1;
		}
}

static void put_use(GByteArray *tape, const struct use *use)
{
	put_numbers(tape, (const gint64 *)use, USE_NUMBERS);
}

static void put_string(GByteArray *tape, const char *text)
{
	tape_put_text(tape, slice_of(text ? text : ""));
}

/* What it is of */

static void put_rules(GByteArray *tape, const struct rules *rules)
{
	tape_put_count(tape, rules->group_by);
	tape_put_count(tape, rules->declared ? 1 : 0);
	tape_put_number(tape, rules->declared ? rules->from : 0);
	tape_put_number(tape, rules->declared ? rules->to : 0);
	put_numbers(tape, rules->memory_headroom_permille, SCENARIOS);
	put_numbers(tape, rules->cpu_headroom_permille, SCENARIOS);
	tape_put_number(tape, rules->sampling_limit_seconds);
	tape_put_number(tape, rules->idle_session_seconds);
	tape_put_number(tape, rules->gpu_grace_seconds);
}

static void put_inventory(GByteArray *tape, const struct inventory *inventory)
{
	tape_put_count(tape, inventory_given(inventory) ? 1 : 0);
	tape_put_count(tape, inventory_pools(inventory));
	for (guint p = 0; p < inventory_pools(inventory); p++) {
		const struct pool *pool = inventory_pool(inventory, p);
		const struct node_shape *shape = &pool->shape;
		put_numbers(tape,
		            (const gint64[]){ shape->cpus, shape->cores, shape->memory_kib,
		                              shape->gpus },
		            4);
		put_string(tape, shape->gpu_type);
		tape_put_count(tape, pool->nodes);
		tape_put_count(tape, pool->inferred ? 1 : 0);
	}
}

static void put_origin(GByteArray *tape, const struct saved_tally *saved)
{
	const struct tally_origin *origin = &saved->origin;
	put_string(tape, zone_name(saved->zone));
	put_string(tape, zone_name(saved->times_zone ? saved->times_zone : saved->zone));
	put_string(tape, origin->release);
	put_string(tape, origin->inventory);
	tape_put_count(tape, origin->sha256->len);
	for (guint i = 0; i < origin->sha256->len; i++) {
		put_string(tape, origin->sha256->pdata[i]);
		put_string(tape, origin->manifests->pdata[i]);
	}
}

/* Counts of the whole */

static void put_rows(GByteArray *tape, const struct row_account *rows)
{
	guint columns = 0;
	put_numbers(tape, (const gint64[]){ rows->read, rows->used, rows->steps, rows->duplicates },
	            4);
	put_sparse(tape, rows->set_aside, ASIDES);
	tape_put_count(tape, turn_finer(rows->finer));
	for (enum column c = 0; c < COLUMNS; c++)
		columns += rows->has[c] ? 1 : 0;
	tape_put_count(tape, columns);
	for (enum column c = 0; c < COLUMNS; c++)
		if (rows->has[c]) {
			put_string(tape, column_info(c)->name);
			tape_put_number(tape, rows->unreadable[c]);
		}
}

static void put_states(GByteArray *tape, const struct tally *tally)
{
	static const struct use nothing;
	for (enum job_state s = 0; s < STATES; s++)
		if (memcmp(&tally->states[s], &nothing, sizeof nothing) != 0) {
			tape_put_count(tape, s + 1u);
			put_use(tape, &tally->states[s]);
		}
	tape_put_count(tape, 0);
}

static void put_counters(GByteArray *tape, const struct tally *tally)
{
	gint64 *counters[TALLY_COUNTERS];
	struct tally copy = *tally;
	tally_counters(&copy, counters);
	for (guint i = 0; i < TALLY_COUNTERS; i++)
		tape_put_number(tape, *counters[i]);
	put_numbers(tape,
	            (const gint64[]){ tally->extent.first_start, tally->extent.first_end,
	                              tally->extent.last_end },
	            3);
	put_sparse(tape, tally->waits.jobs, WAIT_BINS);
}

static gboolean ledger_is_nought(const struct ledger *ledger)
{
	static const struct ledger nought;
	return memcmp(ledger, &nought, sizeof nought) == 0;
}

static void put_ledger(GByteArray *tape, const struct ledger *ledger)
{
	for (enum scenario s = 0; s < SCENARIOS; s++)
		put_sparse(tape, ledger->of[s], LEDGER_CLASSES);
}

static void put_months(GByteArray *tape, const struct months *months)
{
	gint64 last = 0;
	for (guint i = 0; i < months->of->len; i++) {
		const struct ledger *ledger = &g_array_index(months->of, struct ledger, i);
		if (ledger_is_nought(ledger))
			continue;
		tape_put_count(tape, 1);
		tape_put_number(tape, months->first + (gint64)i - last);
		put_ledger(tape, ledger);
		last = months->first + (gint64)i;
	}
	tape_put_count(tape, 0);
}

/* Users, groups and partitions */

/* Those who are in it; who is in nothing any more has no number. */
struct cast {
	gboolean *member; /* by place in tally->members */
	guint32 *user, *group, *partition; /* new numbers by old ones */
};

static gboolean is_nothing(const struct member *member, guint pools)
{
	static const struct use nothing;
	gint64 any = member->judged_memory_jobs | member->took_all_jobs | member->took_all_judged |
	             member->took_all_cpu_seconds;
	for (guint p = 0; p < pools; p++)
		any |= !ledger_is_nought(&member->pools[p].ledger);
	return any == 0 && memcmp(&member->use, &nothing, sizeof nothing) == 0;
}

static gboolean stay_is_nothing(const struct stay *stay)
{
	static const struct use nothing;
	return ledger_is_nought(&stay->ledger) && memcmp(&stay->use, &nothing, sizeof nothing) == 0;
}

static void cast_edges(struct cast *cast, const struct tally *tally, const GArray *edges,
                       GHashTable *needed)
{
	for (guint i = 0; i < edges->len; i++) {
		struct edge *edge = &g_array_index(edges, struct edge, i);
		if (edges != tally->held && !edge_needed(tally, edge))
			continue;
		g_hash_table_add(needed, edge->stay->member);
		cast->partition[edge->stay->partition] = 1;
	}
}

/* Days hold whole jobs, which their members have too. */
static gboolean group_is_nothing(const struct tally *tally, guint group)
{
	return series_is_nought(tally->group_cpus->pdata[group]);
}

static void cast_init(struct cast *cast, const struct tally *tally)
{
	g_autoptr(GHashTable) needed = g_hash_table_new(NULL, NULL);
	cast->partition = g_new0(guint32, intern_count(tally->partitions) + 1);
	cast_edges(cast, tally, tally->edges, needed);
	cast_edges(cast, tally, tally->held, needed);
	cast->member = g_new0(gboolean, tally->members->len + 1);
	cast->user = g_new0(guint32, intern_count(tally->users) + 1);
	cast->group = g_new0(guint32, intern_count(tally->groups) + 1);
	for (guint g = 0; g < intern_count(tally->groups); g++)
		cast->group[g] = group_is_nothing(tally, g) ? 0 : 1;
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		cast->member[i] = g_hash_table_contains(needed, member) ||
		                  !is_nothing(member, inventory_pools(tally->inventory));
		cast->user[member->user] |= cast->member[i] ? 1 : 0;
		cast->group[member->group] |= cast->member[i] ? 1 : 0;
		for (const struct stay *stay = member->stays; stay && cast->member[i];
		     stay = stay->next)
			cast->partition[stay->partition] |= stay_is_nothing(stay) ? 0 : 1;
	}
}

static void cast_clear(struct cast *cast)
{
	g_free(cast->member);
	g_free(cast->user);
	g_free(cast->group);
	g_free(cast->partition);
}

/* Writes those that are marked, and turns the marks into their numbers, from 1. */
static void put_texts(GByteArray *tape, const struct intern *texts, guint32 *marks)
{
	guint32 count = 0;
	for (guint32 i = 0; i < intern_count(texts); i++)
		count += marks[i];
	tape_put_count(tape, count);
	count = 0;
	for (guint32 i = 0; i < intern_count(texts); i++)
		if (marks[i]) {
			put_string(tape, intern_text(texts, i));
			marks[i] = ++count;
		}
}

static void put_all_texts(GByteArray *tape, const struct intern *texts)
{
	tape_put_count(tape, intern_count(texts));
	for (guint32 i = 0; i < intern_count(texts); i++)
		put_string(tape, intern_text(texts, i));
}

static void put_pool_use(GByteArray *tape, const struct pool_use *use)
{
	put_ledger(tape, &use->ledger);
	put_sparse(tape, use->took_all_excess, SCENARIOS);
	put_numbers(tape, (const gint64[]){ use->memory_beyond_cpus, use->cpus_beyond_memory }, 2);
}

/* Hours on end: how many hours after the last of those before, and how many. */
static void put_presence(GByteArray *tape, const struct presence *presence)
{
	gint64 from, to = 0, last = 0;
	while (presence_next(presence, &from, &to)) {
		tape_put_count(tape, (guint64)(to - from) / 3600);
		tape_put_count(tape, (guint64)(from - last) / 3600);
		last = to;
	}
	tape_put_count(tape, 0);
}

static void put_stays(GByteArray *tape, const struct member *member, const struct cast *cast,
                      guint pools)
{
	for (const struct stay *stay = member->stays; stay; stay = stay->next)
		if (!stay_is_nothing(stay)) {
			tape_put_count(tape, cast->partition[stay->partition]);
			put_use(tape, &stay->use);
			put_ledger(tape, &stay->ledger);
			put_sparse(tape, stay->held, pools);
		}
	tape_put_count(tape, 0);
}

static void put_member(GByteArray *tape, const struct member *member, const struct cast *cast,
                       guint pools)
{
	gint64 efficiency[EFFICIENCY_BINS];
	for (guint i = 0; i < EFFICIENCY_BINS; i++)
		efficiency[i] = member->efficiency[i];
	put_use(tape, &member->use);
	put_sparse(tape, efficiency, EFFICIENCY_BINS);
	put_numbers(tape,
	            (const gint64[]){ member->judged_memory_jobs, member->memory_asked_mib_seconds,
	                              member->memory_peak_mib_seconds, member->took_all_jobs,
	                              member->took_all_cpu_seconds, member->took_all_judged,
	                              member->took_all_peak_mib, member->took_all_peak_max_mib },
	            8);
	for (guint p = 0; p < pools; p++)
		put_pool_use(tape, &member->pools[p]);
	put_stays(tape, member, cast, pools);
	put_presence(tape, &member->at_work);
	put_presence(tape, &member->at_gpus);
	put_sparse(tape, (const gint64 *)&member->habits, OWN_HABITS_NUMBERS);
	families_put(tape, member->families);
}

static void put_members(const struct outlet *outlet, const struct tally *tally,
                        const struct cast *cast)
{
	GByteArray *tape = outlet->tape;
	guint count = 0;
	for (guint i = 0; i < tally->members->len; i++)
		count += cast->member[i] ? 1 : 0;
	tape_put_count(tape, count);
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		if (!cast->member[i])
			continue;
		tape_put_count(tape, cast->user[member->user] - 1);
		tape_put_count(tape, cast->group[member->group] - 1);
		put_member(tape, member, cast, inventory_pools(tally->inventory));
		let_out(outlet, LONG_TAPE);
	}
}

static void put_days(GByteArray *tape, const struct days *days)
{
	static const struct day_use nothing;
	gint64 last = 0;
	for (guint i = 0; i < days->of->len; i++) {
		const struct day_use *use = &g_array_index(days->of, struct day_use, i);
		if (memcmp(use, &nothing, sizeof nothing) == 0)
			continue;
		tape_put_count(tape, 1);
		tape_put_number(tape, days->first + (gint64)i - last);
		put_numbers(tape, (const gint64 *)use, DAY_NUMBERS);
		last = days->first + (gint64)i;
	}
	tape_put_count(tape, 0);
}

/* Series: where they change, then by how much: of two kinds of numbers each packs better by
 * itself. */

static void count_change(gint64 step, gint64 change, void *count)
{
	(void)step, (void)change;
	++*(guint *)count;
}

struct gaps {
	const struct outlet *outlet;
	gint64 last;
};

static void put_gap(gint64 step, gint64 change, void *data)
{
	struct gaps *gaps = data;
	(void)change;
	tape_put_number(gaps->outlet->tape, step - gaps->last);
	gaps->last = step;
	let_out(gaps->outlet, LONG_TAPE);
}

static void put_amount(gint64 step, gint64 change, void *data)
{
	const struct outlet *outlet = data;
	(void)step;
	tape_put_number(outlet->tape, change);
	let_out(outlet, LONG_TAPE);
}

/* In three walks, so that nothing of it need be kept meanwhile. */
static void put_series(const struct outlet *outlet, const struct series *series)
{
	guint count = 0;
	struct gaps gaps = { outlet, 0 };
	series_each_change(series, count_change, &count);
	tape_put_count(outlet->tape, count);
	series_each_change(series, put_gap, &gaps);
	series_each_change(series, put_amount, (void *)outlet);
	let_out(outlet, LONG_TAPE);
}

static void put_all_series(const struct outlet *outlet, const struct tally *tally,
                           const struct cast *cast)
{
	put_series(outlet, tally->cpus);
	for (enum moment m = 0; m < MOMENTS; m++)
		put_series(outlet, bundle_series(tally->moments, m));
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		put_series(outlet, tally->nodes[p]);
		for (guint s = 0; s < SCENARIOS; s++)
			put_series(outlet, tally->excess[p * SCENARIOS + s]);
		put_series(outlet, tally->gpus[p]);
		put_series(outlet, tally->light[p]);
	}
	for (guint g = 0; g < intern_count(tally->groups); g++)
		if (cast->group[g]) {
			put_days(outlet->tape, tally->group_days->pdata[g]);
			put_series(outlet, tally->group_cpus->pdata[g]);
		}
}

/* Jobs that are still to be settled */

static GBytes *edge_bytes(const struct edge *edge, const struct cast *cast)
{
	GByteArray *tape = g_byte_array_new();
	struct job job = edge->job;
	gint64 *numbers[EDGE_NUMBERS];
	edge_numbers(&job, numbers);
	tape_put_count(tape, cast->user[edge->stay->member->user] - 1);
	tape_put_count(tape, cast->group[edge->stay->member->group] - 1);
	tape_put_count(tape, cast->partition[edge->stay->partition] - 1);
	tape_put_count(tape, job.state);
	tape_put_count(tape, (job.ran ? 1u : 0) | (job.piece ? 2u : 0) | (job.exclusive ? 4u : 0) |
	                     (job.whole_node_memory ? 8u : 0));
	for (guint i = 0; i < EDGE_NUMBERS; i++)
		tape_put_number(tape, *numbers[i]);
	tape_put_count(tape, edge->place_count);
	for (guint i = 0; i < edge->place_count; i++) {
		tape_put_count(tape, edge->places[i].pool);
		tape_put_count(tape, edge->places[i].nodes);
	}
	return g_byte_array_free_to_bytes(tape);
}

static gint by_bytes(gconstpointer a, gconstpointer b)
{
	return g_bytes_compare(*(GBytes *const *)a, *(GBytes *const *)b);
}

static void put_edges(GByteArray *tape, const struct tally *tally, const GArray *edges,
                      const struct cast *cast)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	for (guint i = 0; i < edges->len; i++) {
		const struct edge *edge = &g_array_index(edges, struct edge, i);
		if (edges == tally->held || edge_needed(tally, edge))
			g_ptr_array_add(all, edge_bytes(edge, cast));
	}
	g_ptr_array_sort(all, by_bytes);
	tape_put_count(tape, all->len);
	for (guint i = 0; i < all->len; i++) {
		gsize length;
		const guint8 *bytes = g_bytes_get_data(all->pdata[i], &length);
		g_byte_array_append(tape, bytes, (guint)length);
	}
}

static void put_body(const struct outlet *outlet, const struct saved_tally *saved)
{
	const struct tally *tally = saved->tally;
	GByteArray *tape = outlet->tape;
	struct cast cast;
	g_assert(tally->rules.undecided && tally->pooling.other < 0);
	put_rules(tape, &tally->rules);
	put_origin(tape, saved);
	put_inventory(tape, tally->inventory);
	put_rows(tape, &tally->rows);
	put_states(tape, tally);
	put_counters(tape, tally);
	put_sparse(tape, (const gint64 *)&tally->habits, HABITS_NUMBERS);
	put_months(tape, &tally->months);
	cast_init(&cast, tally);
	put_texts(tape, tally->users, cast.user);
	put_texts(tape, tally->groups, cast.group);
	put_texts(tape, tally->partitions, cast.partition);
	put_all_texts(tape, tally->clusters);
	put_members(outlet, tally, &cast);
	put_all_series(outlet, tally, &cast);
	put_edges(tape, tally, tally->edges, &cast);
	put_edges(tape, tally, tally->held, &cast);
	cast_clear(&cast);
	let_out(outlet, 0);
}

GByteArray *tally_body(const struct saved_tally *saved)
{
	const struct outlet outlet = { g_byte_array_new(), NULL };
	put_body(&outlet, saved);
	return outlet.tape;
}

struct packing {
	struct digest *digest;
	struct sink *sink;
};

static void write_bytes(void *data, struct slice bytes)
{
	struct packing *packing = data;
	digest_update(packing->digest, bytes.data, bytes.length);
	sink_write(packing->sink, bytes.data, bytes.length);
}

void tally_write(const struct saved_tally *saved, struct sink *sink)
{
	g_autoptr(GByteArray) tape = g_byte_array_new();
	g_autofree char *head = g_strdup_printf(TALLY_MAGIC "%d\n", TALLY_FORMAT);
	struct packing packing = { digest_new(), sink };
	const struct outlet outlet = { tape, packer_new(write_bytes, &packing) };
	write_bytes(&packing, slice_of(head));
	put_body(&outlet, saved);
	packer_end(outlet.packer);
	sink_printf(sink, "sha256 %s\n", digest_hex(packing.digest));
	digest_free(packing.digest);
}
