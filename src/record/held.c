/* SPDX-License-Identifier: Apache-2.0 */
#include "record/held.h"

#define MOST_PIECES 10000 /* each is held against all others; one a day for decades */

/* A time from and to which a job ran. */
struct stretch {
	gint64 from, to;
};

struct one {
	struct key key;
	struct job job;
	char *text;
	GArray *pieces;    /* struct stretch, of a job in pieces, as they came; NULL: it is whole */
	GArray *stretches; /* the same, put together where they touch */
	guint overlaps; /* pieces that cover some of what others had before, and not just the
	                   same */
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

	if (one->stretches) {
		g_array_free(one->pieces, TRUE);
		g_array_free(one->stretches, TRUE);
	}
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
	one->job.repeats = FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(slices); i++)
		g_string_append_len(text, slices[i]->data, (gssize)slices[i]->length);
	g_free(one->text);
	one->text = g_memdup2(text->str, text->len + 1);
	for (guint i = 0; i < G_N_ELEMENTS(slices); i++) {
		slices[i]->data = one->text + at;
		at += slices[i]->length;
	}
}

static struct one *hold(struct held *held, struct key key, const struct job *job)
{
	struct one *one = g_new0(struct one, 1);

	one->key = key;
	put(one, job);
	g_ptr_array_add(held->all, one);
	g_hash_table_insert(held->by_key, &one->key, one);
	return one;
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

/* Adds what a piece covers to what was covered, in stretches apart from each other. How many
 * seconds of it were covered before. */
static gint64 cover(GArray *stretches, struct stretch piece)
{
	gint64 twice = 0;

	for (guint i = stretches->len; i-- > 0;) {
		struct stretch known = g_array_index(stretches, struct stretch, i);
		gint64 both = MIN(known.to, piece.to) - MAX(known.from, piece.from);

		if (both < 0)
			continue;
		twice += both;
		piece.from = MIN(known.from, piece.from);
		piece.to = MAX(known.to, piece.to);
		g_array_remove_index_fast(stretches, i);
	}
	g_array_append_val(stretches, piece);
	return twice;
}

static gboolean is_known(const GArray *pieces, struct stretch piece)
{
	for (guint i = 0; i < pieces->len; i++) {
		struct stretch known = g_array_index(pieces, struct stretch, i);

		if (known.from == piece.from && known.to == piece.to)
			return TRUE;
	}
	return FALSE;
}

static struct stretch stretch_of(const struct job *piece)
{
	return (struct stretch){ piece->start, piece->end };
}

static void join(struct one *one, const struct job *piece, gint64 more_seconds)
{
	struct job whole = piece->end > one->job.end ? *piece : one->job;
	struct job other = piece->end > one->job.end ? one->job : *piece;

	whole.elapsed_seconds = one->job.elapsed_seconds + more_seconds;
	whole.start = MIN(whole.start, other.start);
	whole.cpu_used_milliseconds = MAX(whole.cpu_used_milliseconds, other.cpu_used_milliseconds);
	whole.memory_peak_bytes = MAX(whole.memory_peak_bytes, other.memory_peak_bytes);
	whole.gpu_util = MAX(whole.gpu_util, other.gpu_util);
	whole.steps = MAX(whole.steps, other.steps);
	whole.flagged |= other.flagged;
	put(one, &whole);
}

static enum joining begin(struct held *held, struct key key, const struct job *piece)
{
	struct stretch stretch = stretch_of(piece);
	struct one *one = hold(held, key, piece);

	one->pieces = g_array_new(FALSE, FALSE, sizeof(struct stretch));
	one->stretches = g_array_new(FALSE, FALSE, sizeof(struct stretch));
	g_array_append_val(one->pieces, stretch);
	g_array_append_val(one->stretches, stretch);
	return JOINED_FIRST;
}

enum joining held_join(struct held *held, struct key key, const struct job *piece)
{
	struct one *one = g_hash_table_lookup(held->by_key, &key);
	struct stretch stretch = stretch_of(piece);
	gboolean known = one && is_known(one->pieces, stretch);
	gint64 twice, more;

	if (!one)
		return begin(held, key, piece);
	twice = cover(one->stretches, stretch);
	more = MAX(piece->elapsed_seconds - twice, 0);
	join(one, piece, more);
	if (known)
		return JOINED_NOTHING;
	g_array_append_val(one->pieces, stretch);
	one->overlaps += twice > 0;
	return more > 0 ? JOINED_MORE : JOINED_NOTHING;
}

guint held_overlaps(const struct held *held, struct key key)
{
	const struct one *one = g_hash_table_lookup(held->by_key, &key);

	if (!one)
		return 0;
	return one->pieces->len > MOST_PIECES ? G_MAXUINT : one->overlaps;
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
