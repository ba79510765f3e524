/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/numbers.h"

#include "measure/survey.h"
#include "record/digits.h"

#define BLOCK_BITS 8
#define BLOCK (1 << BLOCK_BITS) /* numbers */
#define LEAST_JOBS 100
#define LEAST_BLOCKS 20         /* fewer say more of where they end than of what is between */
#define MOST_BLOCKS (1 << (26 - BLOCK_BITS)) /* MaxJobId has 26 bits: no cluster spreads its jobs
                                                wider */
#define LONE 100                /* of so many jobs one at either end may be from another time */
#define IN_ORDER 0.9            /* so many blocks follow the one before in time, too, but for jobs
                                   that ran again */

struct block {
	guint64 number; /* of the first of its job numbers, divided by BLOCK */
	gint64 jobs;
	gint64 submitted; /* the first of them; VALUE_UNKNOWN: none says */
};

struct numbers {
	GArray *blocks;     /* struct block */
	GHashTable *places; /* the number of a block → its place there, and one */
	guint last;         /* the place of the block that the last job was in */
	gint64 first_end;   /* of all jobs; VALUE_UNKNOWN: none has one */
};

static void numbers_init(struct numbers *numbers)
{
	numbers->blocks = g_array_new(FALSE, FALSE, sizeof(struct block));
	numbers->places = g_hash_table_new(NULL, NULL);
	numbers->last = 0;
	numbers->first_end = VALUE_UNKNOWN;
}

struct numbers *numbers_new(void)
{
	struct numbers *numbers = g_new(struct numbers, 1);
	numbers_init(numbers);
	return numbers;
}

void numbers_free(struct numbers *numbers)
{
	if (!numbers)
		return;
	g_array_unref(numbers->blocks);
	g_hash_table_unref(numbers->places);
	g_free(numbers);
}

static struct block *block_at(const struct numbers *numbers, guint place)
{
	return &g_array_index(numbers->blocks, struct block, place);
}

static struct block *find(struct numbers *numbers, guint64 number)
{
	gpointer key = GSIZE_TO_POINTER(number), found = g_hash_table_lookup(numbers->places, key);
	if (!found) {
		const struct block block = { number, 0, VALUE_UNKNOWN };
		g_array_append_val(numbers->blocks, block);
		found = GUINT_TO_POINTER(numbers->blocks->len);
		g_hash_table_insert(numbers->places, key, found);
	}
	numbers->last = GPOINTER_TO_UINT(found) - 1;
	return block_at(numbers, numbers->last);
}

static inline void take_earlier(gint64 *time, gint64 other)
{
	if (extent_before(other, *time))
		*time = other;
}

static inline void take(struct block *block, gint64 jobs, gint64 submitted)
{
	block->jobs += jobs;
	take_earlier(&block->submitted, submitted);
}

/* What an id begins with: of 123_4 and of 123+0 the number that all of the array, or of the job,
 * have in common. Slurm has 32 bits for it, in a federation with the cluster in the highest: what
 * is larger is made of something else, such as a day; 0. */
static inline guint64 number_of(struct slice id)
{
	guint64 number = 0;
	gint64 all;
	if (digits_number(id, &all))
		return (guint64)all;
	for (size_t i = 0; i < id.length && g_ascii_isdigit(id.data[i]) && number <= G_MAXUINT32;
	     i++)
		number = 10 * number + (guint64)(id.data[i] - '0');
	return number <= G_MAXUINT32 ? number : 0;
}

void numbers_add(struct numbers *numbers, const struct job *job)
{
	guint64 number = job->piece ? 0 : number_of(job->id), block = number >> BLOCK_BITS;
	take_earlier(&numbers->first_end, job->end);
	if (number == 0)
		return;
	if (numbers->last < numbers->blocks->len &&
	    block_at(numbers, numbers->last)->number == block)
		take(block_at(numbers, numbers->last), 1, job->submit);
	else
		take(find(numbers, block), 1, job->submit);
}

void numbers_move(struct numbers *into, struct numbers *from)
{
	for (guint i = 0; i < from->blocks->len; i++) {
		const struct block *block = block_at(from, i);
		take(find(into, block->number), block->jobs, block->submitted);
	}
	take_earlier(&into->first_end, from->first_end);
	g_hash_table_unref(from->places);
	g_array_unref(from->blocks);
	numbers_init(from);
}

static gint by_number(gconstpointer a, gconstpointer b)
{
	const struct block *one = a, *other = b;
	return one->number < other->number ? -1 : one->number > other->number;
}

/* An export from a day on also has what was waiting or running then, of which the numbers are
 * others', for the most part: by block, in the order of their numbers, what was submitted since the
 * first job ended. */
static GArray *new_blocks(const struct numbers *numbers)
{
	GArray *blocks = g_array_new(FALSE, FALSE, sizeof(struct block));
	for (guint i = 0; i < numbers->blocks->len; i++)
		if (!extent_before(block_at(numbers, i)->submitted, numbers->first_end))
			g_array_append_vals(blocks, block_at(numbers, i), 1);
	g_array_sort(blocks, by_number);
	return blocks;
}

/* Blocks from where jobs are many to where they still are. */
struct stretch {
	const struct block *first;
	guint count;
	gint64 jobs;
};

static gint64 all_jobs(const GArray *blocks)
{
	gint64 jobs = 0;
	for (guint i = 0; i < blocks->len; i++)
		jobs += g_array_index(blocks, struct block, i).jobs;
	return jobs;
}

static struct stretch without_lone_ends(const GArray *blocks)
{
	const struct block *first = (const struct block *)(const void *)blocks->data,
			   *end = first + blocks->len;
	gint64 jobs = all_jobs(blocks), lone = jobs / LONE;
	for (gint64 before = 0; first < end && before + first->jobs <= lone; first++)
		before += first->jobs, jobs -= first->jobs;
	for (gint64 behind = 0; first < end && behind + end[-1].jobs <= lone; end--)
		behind += end[-1].jobs, jobs -= end[-1].jobs;
	return (struct stretch){ first, (guint)(end - first), jobs };
}

/* Between the first and the last, but for the widest gap: a database that was begun anew counts on
 * from another number. */
static guint64 blocks_between(const struct stretch *stretch)
{
	guint64 all = stretch->first[stretch->count - 1].number - stretch->first[0].number + 1,
		widest = 0;
	for (guint i = 1; i < stretch->count; i++)
		widest = MAX(widest, stretch->first[i].number - stretch->first[i - 1].number - 1);
	return all - widest;
}

static gboolean in_order(const struct stretch *stretch)
{
	gint64 before = VALUE_UNKNOWN;
	guint pairs = 0, later = 0;
	for (guint i = 0; i < stretch->count; i++) {
		gint64 submitted = stretch->first[i].submitted;
		if (submitted == VALUE_UNKNOWN)
			continue;
		pairs += before != VALUE_UNKNOWN;
		later += before != VALUE_UNKNOWN && submitted >= before;
		before = submitted;
	}
	return pairs > 0 && later >= IN_ORDER * pairs;
}

double numbers_share(const struct numbers *numbers)
{
	g_autoptr(GArray) blocks = new_blocks(numbers);
	struct stretch stretch = without_lone_ends(blocks);
	if (stretch.jobs < LEAST_JOBS || !in_order(&stretch))
		return 0;
	guint64 between = blocks_between(&stretch);
	if (between < LEAST_BLOCKS || between > MOST_BLOCKS)
		return 0;
	return MIN(1.0, (double)stretch.jobs / (double)(between * BLOCK));
}
