/* SPDX-License-Identifier: Apache-2.0 */
#include "record/held.h"

struct one {
	struct key key;
	struct job job;
	char *text;
};

struct held {
	GPtrArray *all;      /* struct one, in the order in which they came */
	GHashTable *by_key;  /* the same by key */
	guint taken;
};

static guint hash(gconstpointer key)
{
	return (guint)((const struct key *)key)->half[0];
}

static gboolean equal(gconstpointer a, gconstpointer b)
{
	return memcmp(a, b, sizeof(struct key)) == 0;
}

static void free_one(void *data)
{
	struct one *one = data;

	g_free(one->text);
	g_free(one);
}

struct held *held_new(void)
{
	struct held *held = g_new0(struct held, 1);

	held->all = g_ptr_array_new_with_free_func(free_one);
	held->by_key = g_hash_table_new(hash, equal);
	return held;
}

void held_free(struct held *held)
{
	if (!held)
		return;
	g_hash_table_unref(held->by_key);
	g_ptr_array_unref(held->all);
	g_free(held);
}

static void put(struct one *one, const struct job *job)
{
	struct slice *slices[] = { &one->job.cluster, &one->job.id,        &one->job.user,
				   &one->job.account, &one->job.group,     &one->job.partition,
				   &one->job.qos,     &one->job.nodelist,  &one->job.gpu_type };
	g_autoptr(GString) text = g_string_new(NULL);
	size_t at = 0;

	one->job = *job;
	for (guint i = 0; i < G_N_ELEMENTS(slices); i++)
		g_string_append_len(text, slices[i]->data, (gssize)slices[i]->length);
	g_free(one->text);
	one->text = g_memdup2(text->str, text->len + 1);
	for (guint i = 0; i < G_N_ELEMENTS(slices); i++) {
		slices[i]->data = one->text + at;
		at += slices[i]->length;
	}
}

static void hold(struct held *held, struct key key, const struct job *job)
{
	struct one *one = g_new0(struct one, 1);

	one->key = key;
	put(one, job);
	g_ptr_array_add(held->all, one);
	g_hash_table_insert(held->by_key, &one->key, one);
}

gboolean held_add(struct held *held, struct key key, const struct job *job, struct job *left)
{
	struct one *one = g_hash_table_lookup(held->by_key, &key);

	if (!one) {
		hold(held, key, job);
		return FALSE;
	}
	*left = *job;
	if (job->elapsed_seconds < one->job.elapsed_seconds)
		return TRUE;
	*left = one->job;
	put(one, job);
	return TRUE;
}

void held_join(struct held *held, struct key key, const struct job *piece)
{
	struct one *one = g_hash_table_lookup(held->by_key, &key);
	struct job whole, other;

	if (!one) {
		hold(held, key, piece);
		return;
	}
	whole = piece->end > one->job.end ? *piece : one->job;
	other = piece->end > one->job.end ? one->job : *piece;
	whole.start = MIN(whole.start, other.start);
	whole.elapsed_seconds += other.elapsed_seconds;
	whole.cpu_used_milliseconds = MAX(whole.cpu_used_milliseconds, other.cpu_used_milliseconds);
	whole.memory_peak_bytes = MAX(whole.memory_peak_bytes, other.memory_peak_bytes);
	whole.gpu_util = MAX(whole.gpu_util, other.gpu_util);
	whole.steps = MAX(whole.steps, other.steps);
	whole.flagged |= other.flagged;
	put(one, &whole);
}

gboolean held_take(struct held *held, struct key *key, struct job *job)
{
	const struct one *one;

	if (held->taken == held->all->len)
		return FALSE;
	one = g_ptr_array_index(held->all, held->taken++);
	*key = one->key;
	*job = one->job;
	return TRUE;
}
