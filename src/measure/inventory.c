/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/inventory.h"

#include "base/error.h"
#include "base/intern.h"
#include "base/terminal.h"

#define GIB_KIB (1024 * 1024)

struct inventory {
	struct intern *names; /* node names, given and learned */
	GArray *shape_of;     /* guint, by node name: the shape's index */
	GPtrArray *shapes;    /* struct pool: given shapes, and one per learned stem */
	GArray *pool_of;      /* guint, by shape: the pool's number, once finished */
	struct intern *keys;  /* what makes two given nodes the same shape, or the stem of learned ones → shapes */
	GPtrArray *pools;     /* struct pool, finished */
	guint learned;
	gboolean given;
};

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
	return inventory;
}

void inventory_free(struct inventory *inventory)
{
	if (!inventory)
		return;
	intern_free(inventory->names);
	intern_free(inventory->keys);
	g_array_unref(inventory->shape_of);
	g_array_unref(inventory->pool_of);
	g_ptr_array_unref(inventory->shapes);
	g_ptr_array_unref(inventory->pools);
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

struct node_record {
	struct slice name;
	struct node_shape shape; /* gpu_type not used: it is borrowed below */
	struct slice gpu_type;
	gint64 sockets, cores_per_socket;
};

static gboolean key_is(struct slice *token, const char *key)
{
	size_t length = strlen(key);
	if (token->length <= length || memcmp(token->data, key, length) != 0 || token->data[length] != '=')
		return FALSE;
	*token = (struct slice){ token->data + length + 1, token->length - length - 1 };
	return TRUE;
}

static gboolean set_number(gint64 *field, struct slice text, const char *key, GError **error)
{
	gint64 value;
	if (*field != 0) /* the first one counts: CPUEfctv, what jobs can have, stands before CPUTot */
		return TRUE;
	if (!slice_number(text, &value) || value > G_MAXINT32) {
		g_autofree char *shown = terminal_escape(text);
		return error_failed(error, "%s=%s is not a number", key, shown);
	}
	*field = value;
	return TRUE;
}

/* The first list that names GPUs counts; of the types in it the first. */
static void set_gpus(struct node_record *node, struct slice list)
{
	struct tres tres;
	if (node->shape.gpus != 0 || !value_tres(list, FALSE, &tres) || tres.gpus <= 0)
		return;
	node->shape.gpus = MIN(tres.gpus, G_MAXINT32);
	node->gpu_type = tres.gpu_type;
}

static gboolean take_token(struct node_record *node, struct slice token, GError **error)
{
	if (key_is(&token, "CPUEfctv"))
		return set_number(&node->shape.cpus, token, "CPUEfctv", error);
	if (key_is(&token, "CPUTot"))
		return set_number(&node->shape.cpus, token, "CPUTot", error);
	if (key_is(&token, "RealMemory")) {
		gint64 mib = node->shape.memory_kib / 1024;
		gboolean done = set_number(&mib, token, "RealMemory", error);
		node->shape.memory_kib = mib * 1024;
		return done;
	}
	if (key_is(&token, "Sockets"))
		return set_number(&node->sockets, token, "Sockets", error);
	if (key_is(&token, "CoresPerSocket"))
		return set_number(&node->cores_per_socket, token, "CoresPerSocket", error);
	if (key_is(&token, "Gres") || key_is(&token, "CfgTRES"))
		set_gpus(node, token);
	return TRUE;
}

static gboolean keep_node(struct inventory *inventory, struct node_record *node, GError **error)
{
	g_autofree char *name = terminal_escape(node->name);
	struct node_shape *shape = &node->shape;
	if (shape->cpus <= 0 || shape->memory_kib <= 0)
		return error_failed(error, "node %s has no CPUTot or no RealMemory", name);
	shape->cores = node->sockets * node->cores_per_socket;
	if (shape->cores <= 0 || shape->cores > shape->cpus)
		shape->cores = shape->cpus;
	g_autofree char *type = slice_dup(node->gpu_type);
	gint64 gib = (shape->memory_kib + GIB_KIB / 2) / GIB_KIB;
	g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
	                                       " %" G_GINT64_FORMAT " %s", shape->cpus, shape->cores, gib, shape->gpus, type);
	struct pool *pool = shape_for(inventory, key);
	guint index = shape_index(inventory, key);
	guint32 number = intern_get(inventory->names, node->name);
	if (number < inventory->shape_of->len) {
		if (g_array_index(inventory->shape_of, guint, number) != index)
			return error_failed(error, "node %s stands there twice, with different shapes", name);
		return TRUE;
	}
	g_array_append_val(inventory->shape_of, index);
	gint64 smallest = pool->nodes ? MIN(pool->shape.memory_kib, shape->memory_kib) : shape->memory_kib;
	g_free(pool->shape.gpu_type);
	pool->shape = *shape;
	pool->shape.memory_kib = smallest;
	pool->shape.gpu_type = *type ? g_steal_pointer(&type) : NULL;
	pool->nodes++;
	inventory->given = TRUE;
	return TRUE;
}

struct loading {
	struct inventory *inventory;
	struct node_record node;
	guint64 line, begun; /* the node's first */
};

static gboolean end_record(struct loading *loading, GError **error)
{
	gboolean done = slice_empty(loading->node.name) || keep_node(loading->inventory, &loading->node, error);
	loading->node = (struct node_record){ 0 };
	if (!done)
		loading->line = loading->begun;
	loading->begun = loading->line;
	return done;
}

/* People write what they like behind these, also what looks like a field; they stand at the end of a record. */
static gboolean begins_free_text(struct slice token)
{
	return slice_starts(token, "Reason=") || slice_starts(token, "Comment=") || slice_starts(token, "Extra=");
}

static gboolean take_line(struct loading *loading, struct slice line, GError **error)
{
	struct slice first = line;
	if (key_is(&first, "NodeName")) {
		if (!end_record(loading, error))
			return FALSE;
		loading->node.name = slice_cut(&first, ' ');
		line = first;
	} else if (slice_empty(loading->node.name) && !slice_empty(slice_trim(line))) {
		return error_failed(error, "this is not the output of `scontrol show node`");
	}
	while (line.length > 0) {
		struct slice token = slice_trim(slice_cut(&line, ' '));
		if (begins_free_text(token))
			break;
		if (!take_token(&loading->node, token, error))
			return FALSE;
	}
	return TRUE;
}

gboolean inventory_load(struct inventory *inventory, const char *path, GError **error)
{
	g_autofree char *name = g_path_get_basename(path);
	g_autofree char *text = NULL;
	gsize length;
	if (!g_file_get_contents(path, &text, &length, error)) {
		g_prefix_error(error, "inventory: ");
		return FALSE;
	}
	struct loading loading = { .inventory = inventory };
	struct slice rest = { text, length };
	GError *cause = NULL;
	gboolean done = TRUE;
	while (done && rest.length > 0) {
		loading.line++;
		done = take_line(&loading, slice_cut(&rest, '\n'), &cause);
	}
	done = done && end_record(&loading, &cause);
	if (!done)
		g_propagate_prefixed_error(error, cause, "%s, line %" G_GUINT64_FORMAT ": ", name, loading.line);
	else if (!inventory->given)
		done = error_failed(error, "%s: no node in it: it should be the output of `scontrol show node -o`", name);
	return done;
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

struct lesson {
	struct inventory *inventory;
	struct node_shape held; /* of each node, by one job */
};

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
	struct pool *pool = inventory->shapes->pdata[g_array_index(inventory->shape_of, guint, number)];
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

void inventory_learn(struct inventory *inventory, const struct job *job)
{
	if (!job->ran || job->nodes <= 0)
		return;
	struct lesson lesson = { inventory, {
		.cpus = per_node(job->cpus, job->nodes),
		.memory_kib = per_node(job->memory_bytes, job->nodes) / 1024,
		.gpus = per_node(job->gpus, job->nodes),
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
	g_string_append_printf(label, "%" G_GINT64_FORMAT " cores", shape->cores);
	if (shape->cpus != shape->cores)
		g_string_append_printf(label, " (%" G_GINT64_FORMAT " CPUs)", shape->cpus);
	g_string_append_printf(label, ", %" G_GINT64_FORMAT " GiB", gib);
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

void inventory_finish(struct inventory *inventory)
{
	g_autoptr(GPtrArray) pool_of_shape = g_ptr_array_new();
	g_ptr_array_set_size(inventory->pools, 0);
	for (guint i = 0; i < inventory->shapes->len; i++)
		g_ptr_array_add(pool_of_shape, pool_for_shape(inventory, inventory->shapes->pdata[i]));
	g_ptr_array_sort(inventory->pools, compare_pools);
	g_array_set_size(inventory->pool_of, inventory->shapes->len);
	for (guint i = 0; i < inventory->shapes->len; i++)
		g_ptr_array_find(inventory->pools, pool_of_shape->pdata[i], &g_array_index(inventory->pool_of, guint, i));
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

struct placing {
	const struct inventory *inventory;
	guint *counts;
	gboolean known;
};

static guint pool_number(const struct inventory *inventory, guint32 node)
{
	return g_array_index(inventory->pool_of, guint, g_array_index(inventory->shape_of, guint, node));
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
	return !slice_empty(nodelist) && hosts_each(nodelist, place_host, &placing) && placing.known;
}
