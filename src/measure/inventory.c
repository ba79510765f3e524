/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/inventory.h"

#include "base/error.h"
#include "base/intern.h"
#include "base/terminal.h"
#include "record/nodes.h"

#define GIB_KIB (1024 * 1024)

struct inventory {
	struct intern *names; /* node names, given and learned */
	GArray *shape_of;     /* guint, by node name: the shape's index */
	GPtrArray *shapes;    /* struct pool: given shapes, and one per learned stem */
	GArray *pool_of;      /* guint, by shape: the pool's number, once finished */
	struct intern *keys;  /* what makes two given nodes the same shape, or the stem of learned
	                         ones → shapes */
	GPtrArray *pools;     /* struct pool, finished */
	GPtrArray *steps;     /* struct step, by date */
	struct intern *listed; /* dates and names that were given */
	guint learned, rented;
	gboolean given;
};

/* A list of nodes that holds from a day on. */
struct step {
	char *date;
	GArray *nodes; /* guint, by shape; shapes that came later are not in it */
};

static void step_free(gpointer data)
{
	struct step *step = data;
	g_free(step->date);
	g_array_unref(step->nodes);
	g_free(step);
}

struct lesson {
	struct inventory *inventory;
	struct node_shape held; /* of each node, by one job */
};

static void learn_host(struct slice host, void *data);

static void pool_free(gpointer data)
{
	struct pool *pool = data;
	g_free(pool->label);
	g_free(pool->shape.gpu_type);
	g_free(pool);
}

struct inventory *inventory_new(void)
{
	struct inventory *inventory = g_new0(struct inventory, 1);
	inventory->names = intern_new();
	inventory->keys = intern_new();
	inventory->shape_of = g_array_new(FALSE, FALSE, sizeof(guint));
	inventory->pool_of = g_array_new(FALSE, FALSE, sizeof(guint));
	inventory->shapes = g_ptr_array_new_with_free_func(pool_free);
	inventory->pools = g_ptr_array_new_with_free_func(pool_free);
	inventory->steps = g_ptr_array_new_with_free_func(step_free);
	inventory->listed = intern_new();
	return inventory;
}

void inventory_free(struct inventory *inventory)
{
	if (!inventory)
		return;
	intern_free(inventory->names);
	intern_free(inventory->keys);
	intern_free(inventory->listed);
	g_array_unref(inventory->shape_of);
	g_array_unref(inventory->pool_of);
	g_ptr_array_unref(inventory->shapes);
	g_ptr_array_unref(inventory->pools);
	g_ptr_array_unref(inventory->steps);
	g_free(inventory);
}

static struct pool *shape_for(struct inventory *inventory, const char *key)
{
	guint32 number = intern_get(inventory->keys, slice_of(key));
	if (number == inventory->shapes->len)
		g_ptr_array_add(inventory->shapes, g_new0(struct pool, 1));
	return inventory->shapes->pdata[number];
}

static guint shape_index(const struct inventory *inventory, const char *key)
{
	return (guint)intern_find(inventory->keys, slice_of(key));
}

/* Given nodes */

static struct step *step_of(struct inventory *inventory, const char *date)
{
	guint at = 0;
	for (; at < inventory->steps->len; at++) {
		struct step *step = inventory->steps->pdata[at];
		int order = strcmp(date, step->date);
		if (order == 0)
			return step;
		if (order < 0)
			break;
	}
	struct step *step = g_new0(struct step, 1);
	step->date = g_strdup(date);
	step->nodes = g_array_new(FALSE, TRUE, sizeof(guint));
	g_ptr_array_insert(inventory->steps, (int)at, step);
	return step;
}

static char *listing_key(const char *date, struct slice name)
{
	return g_strdup_printf("%s %.*s", date, (int)name.length, name.data);
}

/* A node is counted once in each list. */
static void list_node(struct inventory *inventory, const char *date, struct slice name, guint shape)
{
	struct step *step = step_of(inventory, date);
	g_autofree char *key = listing_key(date, name);
	guint before = intern_count(inventory->listed);
	if (intern_get(inventory->listed, slice_of(key)) < before)
		return;
	if (step->nodes->len <= shape)
		g_array_set_size(step->nodes, shape + 1);
	g_array_index(step->nodes, guint, shape)++;
}

static void widen(struct pool *pool, struct node_shape *shape)
{
	if (pool->shape.cpus > 0)
		shape->memory_kib = MIN(pool->shape.memory_kib, shape->memory_kib);
	g_free(pool->shape.gpu_type);
	pool->shape = *shape;
}

struct given {
	struct inventory *inventory;
	const char *date; /* of the list */
};

static gboolean take_node(const struct node *node, void *data, GError **error)
{
	const struct given *given = data;
	struct inventory *inventory = given->inventory;
	if (node->rented) {
		inventory->rented++;
		return TRUE;
	}
	if (node->inferred) {
		struct lesson lesson = { inventory, {
			.cpus = node->cpus, .memory_kib = node->memory_mib * 1024,
				.gpus = node->gpus } };
		learn_host(node->name, &lesson);
		return TRUE;
	}
	/* 1: slurm.conf’s default, nobody told */
	gint64 mebibytes_told = node->memory_mib > 1 ? node->memory_mib : 0;
	struct node_shape shape = { node->cpus, node->cores, mebibytes_told * 1024, node->gpus,
		                    NULL };
	g_autofree char *type = terminal_escape_whole(node->gpu_type);
	g_autofree char *date = slice_empty(node->from) ? g_strdup(given->date)
	                                                : slice_dup(node->from);
	gint64 gib = (shape.memory_kib + GIB_KIB / 2) / GIB_KIB;
	g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT
	                                       " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s",
	                                       shape.cpus, shape.cores, gib, shape.gpus, type);
	struct pool *pool = shape_for(inventory, key);
	guint index = shape_index(inventory, key);
	guint32 number = intern_get(inventory->names, node->name);
	if (number == inventory->shape_of->len)
		g_array_append_val(inventory->shape_of, index);
	if (g_array_index(inventory->shape_of, guint, number) != index) {
		g_autofree char *name = terminal_escape(node->name);
		return error_failed(error,
		                    "node %s has another shape than in the list before: jobs could "
		                    "not be told apart by it; leave out the older list",
		                    name);
	}
	shape.gpu_type = *type ? g_steal_pointer(&type) : NULL;
	widen(pool, &shape);
	list_node(inventory, date, node->name, index);
	inventory->given = TRUE;
	return TRUE;
}

gboolean inventory_load(struct inventory *inventory, const char *path, const char *date,
                        GError **error)
{
	struct given given = { inventory, date };
	const struct node_taker taker = { take_node, &given };
	return nodes_each(path, &taker, error);
}

/* Learned nodes */

/* Node names that differ in their numbers only share a stem, and so a shape. */
static char *stem_of(struct slice name)
{
	GString *stem = g_string_new("stem ");
	for (size_t i = 0; i < name.length; i++) {
		if (!g_ascii_isdigit(name.data[i]))
			g_string_append_c(stem, name.data[i]);
		else if (i == 0 || !g_ascii_isdigit(name.data[i - 1]))
			g_string_append_c(stem, '#');
	}
	return g_string_free(stem, FALSE);
}

static void learn_host(struct slice host, void *data)
{
	struct lesson *lesson = data;
	struct inventory *inventory = lesson->inventory;
	guint32 number = intern_get(inventory->names, host);
	if (number == inventory->shape_of->len) {
		g_autofree char *stem = stem_of(host);
		struct pool *fresh = shape_for(inventory, stem);
		fresh->inferred = TRUE;
		fresh->nodes++;
		inventory->learned++;
		guint index = shape_index(inventory, stem);
		g_array_append_val(inventory->shape_of, index);
	}
	struct pool *pool =
		inventory->shapes->pdata[g_array_index(inventory->shape_of, guint, number)];
	if (!pool->inferred)
		return;
	pool->shape.cpus = MAX(pool->shape.cpus, lesson->held.cpus);
	pool->shape.cores = pool->shape.cpus;
	pool->shape.memory_kib = MAX(pool->shape.memory_kib, lesson->held.memory_kib);
	pool->shape.gpus = MAX(pool->shape.gpus, lesson->held.gpus);
}

static gint64 per_node(gint64 amount, gint64 nodes)
{
	return amount <= 0 || amount == VALUE_UNLIMITED ? 0 : (amount + nodes - 1) / nodes;
}

/* Whole ones, as a list of nodes has them. */
static gint64 mebibytes(gint64 bytes)
{
	return bytes / (1 << 20) + (bytes % (1 << 20) != 0);
}

void inventory_learn(struct inventory *inventory, const struct job *job)
{
	if (!job->ran || job->nodes <= 0)
		return;
	struct lesson lesson = { inventory, {
		.cpus = MIN(per_node(job->cpus, job->nodes), NODES_MOST_COUNT),
		.memory_kib = MIN(mebibytes(per_node(job->memory_bytes, job->nodes)),
			NODES_MOST_MIB) * 1024,
		.gpus = MIN(per_node(job->gpus, job->nodes), NODES_MOST_COUNT),
	} };
	hosts_each(job->nodelist, learn_host, &lesson);
}

/* Pools */

/* Says all that makes two shapes differ: hardware threads count as CPUs on some nodes. */
static char *label_for(const struct node_shape *shape)
{
	gint64 gib = (shape->memory_kib + GIB_KIB / 2) / GIB_KIB;
	g_autoptr(GString) label = g_string_new(NULL);
	if (shape->gpus > 0)
		g_string_append_printf(label, "%" G_GINT64_FORMAT " × %s, ", shape->gpus,
		                       shape->gpu_type ? shape->gpu_type : "GPU");
	else if (shape->gpu_type && value_is_mig(slice_of(shape->gpu_type)))
		g_string_append_printf(label, "%s, ", shape->gpu_type);
	if (shape->cores > 0)
		g_string_append_printf(label, "%" G_GINT64_FORMAT " cores", shape->cores);
	else
		g_string_append(label, "cores not known");
	if (shape->cpus != shape->cores)
		g_string_append_printf(label, " (%" G_GINT64_FORMAT " CPUs)", shape->cpus);
	if (shape->memory_kib > 0)
		g_string_append_printf(label, ", %" G_GINT64_FORMAT " GiB", gib);
	else
		g_string_append(label, ", memory not known");
	return g_strdup(label->str);
}

static gint compare_pools(gconstpointer a, gconstpointer b)
{
	const struct pool *left = *(struct pool *const *)a, *right = *(struct pool *const *)b;
	if (left->inferred != right->inferred)
		return left->inferred - right->inferred;
	if (left->nodes != right->nodes)
		return left->nodes < right->nodes ? 1 : -1;
	return strcmp(left->label, right->label);
}

static struct pool *find_pool(const struct inventory *inventory, const struct pool *like)
{
	for (guint i = 0; i < inventory->pools->len; i++) {
		struct pool *pool = inventory->pools->pdata[i];
		if (pool->inferred == like->inferred && strcmp(pool->label, like->label) == 0)
			return pool;
	}
	return NULL;
}

/* Stems of one shape become one pool; given shapes already differ in what the label says. */
static struct pool *pool_for_shape(struct inventory *inventory, struct pool *shape)
{
	g_free(shape->label);
	shape->label = label_for(&shape->shape);
	struct pool *pool = find_pool(inventory, shape);
	if (!pool) {
		pool = g_memdup2(shape, sizeof *shape);
		pool->label = g_strdup(shape->label);
		pool->shape.gpu_type = g_strdup(shape->shape.gpu_type);
		g_ptr_array_add(inventory->pools, pool);
		return pool;
	}
	pool->nodes += shape->nodes;
	pool->shape.memory_kib = MIN(pool->shape.memory_kib, shape->shape.memory_kib);
	return pool;
}

static guint step_count(const struct step *step, guint shape)
{
	return shape < step->nodes->len ? g_array_index(step->nodes, guint, shape) : 0;
}

/* What is owned is what the last list has. */
static void count_last(struct inventory *inventory)
{
	guint steps = inventory->steps->len;
	for (guint i = 0; i < inventory->shapes->len; i++) {
		struct pool *shape = inventory->shapes->pdata[i];
		if (!shape->inferred)
			shape->nodes = step_count(inventory->steps->pdata[steps - 1], i);
	}
}

void inventory_finish(struct inventory *inventory)
{
	g_autoptr(GPtrArray) pool_of_shape = g_ptr_array_new();
	g_ptr_array_set_size(inventory->pools, 0);
	count_last(inventory);
	for (guint i = 0; i < inventory->shapes->len; i++)
		g_ptr_array_add(pool_of_shape,
		                pool_for_shape(inventory, inventory->shapes->pdata[i]));
	g_ptr_array_sort(inventory->pools, compare_pools);
	g_array_set_size(inventory->pool_of, inventory->shapes->len);
	for (guint i = 0; i < inventory->shapes->len; i++)
		g_ptr_array_find(inventory->pools, pool_of_shape->pdata[i],
		                 &g_array_index(inventory->pool_of, guint, i));
}

guint inventory_rented(const struct inventory *inventory)
{
	return inventory->rented;
}

gboolean inventory_given(const struct inventory *inventory)
{
	return inventory->given;
}

guint inventory_learned(const struct inventory *inventory)
{
	return inventory->learned;
}

guint inventory_pools(const struct inventory *inventory)
{
	return inventory->pools->len;
}

const struct pool *inventory_pool(const struct inventory *inventory, guint number)
{
	return inventory->pools->pdata[number];
}

guint inventory_steps(const struct inventory *inventory)
{
	return inventory->steps->len;
}

const char *inventory_step_date(const struct inventory *inventory, guint step)
{
	return ((const struct step *)inventory->steps->pdata[step])->date;
}

guint inventory_step_nodes(const struct inventory *inventory, guint step, guint pool)
{
	guint sum = 0;
	for (guint i = 0; i < inventory->pool_of->len; i++)
		if (g_array_index(inventory->pool_of, guint, i) == pool)
			sum += step_count(inventory->steps->pdata[step], i);
	return sum;
}

gboolean inventory_step_has(const struct inventory *inventory, guint step, const char *node)
{
	g_autofree char *key = listing_key(inventory_step_date(inventory, step), slice_of(node));
	return intern_find(inventory->listed, slice_of(key)) >= 0;
}

struct placing {
	const struct inventory *inventory;
	guint *counts;
	gboolean known;
};

static guint pool_number(const struct inventory *inventory, guint32 node)
{
	return g_array_index(inventory->pool_of, guint,
	                     g_array_index(inventory->shape_of, guint, node));
}

static void place_host(struct slice host, void *data)
{
	struct placing *placing = data;
	gint64 number = intern_find(placing->inventory->names, host);
	if (number < 0)
		placing->known = FALSE;
	else
		placing->counts[pool_number(placing->inventory, (guint32)number)]++;
}

gboolean inventory_place(const struct inventory *inventory, struct slice nodelist, guint *counts)
{
	struct placing placing = { inventory, counts, TRUE };
	memset(counts, 0, inventory->pools->len * sizeof *counts);
	return !slice_empty(nodelist) && hosts_each(nodelist, place_host, &placing) &&
	       placing.known;
}

struct inventory *inventory_of_pools(GPtrArray *pools, gboolean given)
{
	struct inventory *inventory = inventory_new();
	struct step *list = step_of(inventory, ""); /* holds always; each pool stands for its own
	                                               shape */
	g_ptr_array_unref(inventory->pools);
	inventory->pools = pools;
	inventory->given = given;
	g_ptr_array_set_free_func(pools, pool_free);
	for (guint p = 0; p < pools->len; p++) {
		struct pool *pool = pools->pdata[p];
		g_free(pool->label);
		pool->label = label_for(&pool->shape);
		g_array_append_val(inventory->pool_of, p);
		g_array_append_val(list->nodes, pool->nodes);
	}
	return inventory;
}

static gint by_name(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct intern *names = data;
	return strcmp(intern_text(names, *(const guint32 *)a),
	              intern_text(names, *(const guint32 *)b));
}

char *inventory_text(const struct inventory *inventory)
{
	GString *text = g_string_new(NODES_HEADER_SOURCE "\n");
	guint count = intern_count(inventory->names);
	g_autofree guint32 *order = g_new(guint32, count + 1);
	for (guint i = 0; i < count; i++)
		order[i] = i;
	g_qsort_with_data(order, (gint)count, sizeof *order, by_name, inventory->names);
	for (guint i = 0; i < count; i++) {
		const struct pool *node =
			inventory->shapes
				->pdata[g_array_index(inventory->shape_of, guint, order[i])];
		const struct node_shape *shape = &node->shape;
		g_string_append_printf(text,
		                       "%s,%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT
		                       ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%s,%s\n",
		                       intern_text(inventory->names, order[i]), shape->cpus,
		                       shape->cores, shape->memory_kib / 1024, shape->gpus,
		                       shape->gpu_type ? shape->gpu_type : "",
		                       node->inferred ? NODES_INFERRED : NODES_GIVEN);
	}
	return g_string_free(text, FALSE);
}
