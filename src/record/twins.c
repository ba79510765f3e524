/* SPDX-License-Identifier: Apache-2.0 */
#include "record/twins.h"

#include "record/keys.h"
#include "record/value.h"

#define SAMPLE_MANY (1 << 15) /* from then on fewer are added */
#define LEAST_SECONDS 60      /* shorter jobs are too much alike */
#define QUARTER 900           /* zones differ by so much, … */
#define MOST_APART (14 * 3600) /* … and by no more than this */
#define LEAST_TWINS 5
#define LEAST_SHARE 100 /* of so many one */

#define FACTOR G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) /* odd, and its bits well mixed */

/* The jobs of one id that waited, ran and held alike. */
struct likeness {
	gint64 starts[2]; /* of the first, and of another */
	guint seen;
	gboolean apart; /* the second is as far from it as zones are */
};

struct twins {
	GHashTable *places; /* which of them, from 1, by 64 bits of the key */
	GArray *found; /* struct likeness */
	guint64 count;
};

struct twins *twins_new(void)
{
	struct twins *twins = g_new0(struct twins, 1);

	twins->places = g_hash_table_new(NULL, NULL);
	twins->found = g_array_new(FALSE, FALSE, sizeof(struct likeness));
	return twins;
}

void twins_free(struct twins *twins)
{
	if (!twins)
		return;
	g_hash_table_unref(twins->places);
	g_array_unref(twins->found);
	g_free(twins);
}

static gboolean ends_in(struct slice id, const char *end)
{
	size_t length = strlen(end);

	return id.length >= length && memcmp(id.data + id.length - length, end, length) == 0;
}

static gpointer key_of_likeness(const struct job *job, struct slice id)
{
	guint64 word = (guint64)(job->start - job->submit);
	struct key key;

	word = word * FACTOR + (guint64)job->elapsed_seconds;
	word = word * FACTOR + (guint64)job->cpus;
	key = key_of(job->cluster, id, (gint64)word);
	return (gpointer)(guintptr)key.half[0];
}

static gboolean is_apart(gint64 seconds)
{
	return seconds != 0 && seconds % QUARTER == 0 && ABS(seconds) <= MOST_APART;
}

/* A job that runs under one id again and again has no twin. */
static void see_again(struct twins *twins, struct likeness *likeness, gint64 start)
{
	if (start == likeness->starts[0] || (likeness->seen > 1 && start == likeness->starts[1]))
		return;
	likeness->seen++;
	if (likeness->seen == 2) {
		likeness->starts[1] = start;
		likeness->apart = is_apart(start - likeness->starts[0]);
		twins->count += likeness->apart;
	} else if (likeness->seen == 3) {
		twins->count -= likeness->apart;
	}
}

static void add(struct twins *twins, gpointer key, struct slice id, gint64 start)
{
	struct likeness likeness = { .starts = { start }, .seen = 1 };

	if (twins->found->len >= SAMPLE_MANY && !ends_in(id, "37"))
		return;
	g_array_append_val(twins->found, likeness);
	g_hash_table_insert(twins->places, key, GUINT_TO_POINTER(twins->found->len));
}

void twins_see(struct twins *twins, const struct job *job, struct slice id)
{
	gpointer key;
	guint place;

	if (!ends_in(id, "7") || !job->ran || job->elapsed_seconds < LEAST_SECONDS ||
	    job->submit == VALUE_UNKNOWN || job->start == VALUE_UNKNOWN)
		return;
	key = key_of_likeness(job, id);
	place = GPOINTER_TO_UINT(g_hash_table_lookup(twins->places, key));
	if (place > 0)
		see_again(twins, &g_array_index(twins->found, struct likeness, place - 1),
		          job->start);
	else
		add(twins, key, id, job->start);
}

guint64 twins_count(const struct twins *twins)
{
	return twins->count >= LEAST_TWINS && twins->count * LEAST_SHARE >= twins->found->len
	               ? twins->count
	               : 0;
}
