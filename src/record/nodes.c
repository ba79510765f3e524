/* SPDX-License-Identifier: Apache-2.0 */
#include "record/nodes.h"

#include "base/error.h"
#include "base/intern.h"
#include "base/small_file.h"
#include "base/terminal.h"
#include "record/nodes_table.h"
#include "record/value.h"

struct node_record {
	struct node node;
	gint64 sockets, cores_per_socket;
};

struct loading {
	const struct node_taker *taker;
	struct node_record record;
	struct nodes_table table; /* the other form, when it has columns */
	struct intern *names;     /* days and names of nodes given, and in the same order */
	GArray *given;            /* struct node */
	guint64 line, begun;      /* the node's first */
};

static gboolean same_shape(const struct node *a, const struct node *b)
{
	return a->cpus == b->cpus && a->cores == b->cores && a->memory_mib == b->memory_mib &&
	       a->gpus == b->gpus && slice_equal(a->gpu_type, b->gpu_type);
}

/* sinfo prints a node once for each of its partitions: it is given once, and must be the same each
 * time. */
static gboolean give_once(struct loading *loading, const struct node *node, GError **error)
{
	g_autofree char *key = g_strdup_printf("%.*s %.*s", (int)node->from.length,
	                                       node->from.data ? node->from.data : "",
	                                       (int)node->name.length, node->name.data);
	guint32 number = intern_get(loading->names, slice_of(key));

	if (number == loading->given->len) {
		g_array_append_vals(loading->given, node, 1);
		return loading->taker->take(node, loading->taker->data, error);
	}
	g_autofree char *name = terminal_escape(node->name);

	return same_shape(&g_array_index(loading->given, struct node, number), node) ||
	       error_failed(error, "node %s stands there twice, with different shapes", name);
}

struct giving {
	struct loading *loading;
	struct node node;
	GError *error;
};

static void give_host(struct slice host, void *data)
{
	struct giving *giving = data;

	giving->node.name = host;
	if (!giving->error)
		give_once(giving->loading, &giving->node, &giving->error);
}

/* One name, or a list of nodes that are alike. */
static gboolean give(struct loading *loading, const struct node *node, GError **error)
{
	g_autofree char *name = terminal_escape(node->name);
	struct giving giving = { loading, *node, NULL };

	if (!node->inferred && (node->cpus <= 0 || node->memory_mib <= 0))
		return error_failed(error, "node %s has no %s", name,
		                    loading->table.columns > 0 ? "CPUs or no memory"
		                                               : "CPUTot or no RealMemory");
	if (!hosts_each(node->name, give_host, &giving) && !giving.error)
		return error_failed(error, "%s is not the name of a node", name);
	if (giving.error)
		g_propagate_error(error, giving.error);
	return !giving.error;
}

/* What scontrol prints */

static gboolean key_is(struct slice *token, const char *key)
{
	size_t length = strlen(key);

	if (token->length <= length || memcmp(token->data, key, length) != 0 ||
	    token->data[length] != '=')
		return FALSE;
	*token = (struct slice){ token->data + length + 1, token->length - length - 1 };
	return TRUE;
}

static gboolean set_number(gint64 *field, struct slice text, const char *key, GError **error)
{
	gint64 value;

	if (*field != 0) /* the first one counts: CPUEfctv, what jobs can have, stands before
	                    CPUTot */
		return TRUE;
	if (!slice_number(text, &value) || value > G_MAXINT32) {
		g_autofree char *shown = terminal_escape(text);

		return error_failed(error, "%s=%s is not a number", key, shown);
	}
	*field = value;
	return TRUE;
}

/* The first list that names GPUs counts; of the types in it the first. Of slices alone there is the
 * type, and no GPU. */
static void set_gpus(struct node *node, struct slice list)
{
	struct tres tres;

	if (node->gpus != 0 || !value_tres(list, FALSE, &tres) ||
	    (tres.gpus <= 0 && tres.mig_slices <= 0))
		return;
	node->gpus = MIN(tres.gpus, G_MAXINT32);
	if (!slice_empty(tres.gpu_type))
		node->gpu_type = tres.gpu_type;
}

/* "IDLE+CLOUD+POWERED_DOWN" */
static gboolean is_rented(struct slice state)
{
	while (state.length > 0)
		if (slice_is(slice_cut(&state, '+'), "CLOUD"))
			return TRUE;
	return FALSE;
}

static gboolean take_token(struct node_record *record, struct slice token, GError **error)
{
	struct node *node = &record->node;

	if (key_is(&token, "CPUEfctv"))
		return set_number(&node->cpus, token, "CPUEfctv", error);
	if (key_is(&token, "CPUTot"))
		return set_number(&node->cpus, token, "CPUTot", error);
	if (key_is(&token, "RealMemory"))
		return set_number(&node->memory_mib, token, "RealMemory", error);
	if (key_is(&token, "Sockets"))
		return set_number(&record->sockets, token, "Sockets", error);
	if (key_is(&token, "CoresPerSocket"))
		return set_number(&record->cores_per_socket, token, "CoresPerSocket", error);
	if (key_is(&token, "State"))
		node->rented = is_rented(token);
	if (key_is(&token, "Gres") || key_is(&token, "CfgTRES"))
		set_gpus(node, token);
	return TRUE;
}

static gboolean give_record(struct loading *loading, GError **error)
{
	struct node *node = &loading->record.node;

	node->cores = loading->record.sockets * loading->record.cores_per_socket;
	if (node->cores <= 0 || node->cores > node->cpus)
		node->cores = node->cpus;
	return give(loading, node, error);
}

static gboolean end_record(struct loading *loading, GError **error)
{
	gboolean done = slice_empty(loading->record.node.name) || give_record(loading, error);

	loading->record = (struct node_record){ 0 };
	if (!done)
		loading->line = loading->begun;
	loading->begun = loading->line;
	return done;
}

/* People write what they like behind these, also what looks like a field; they stand at the end of
 * a record. */
static gboolean begins_free_text(struct slice token)
{
	return slice_starts(token, "Reason=") || slice_starts(token, "Comment=") ||
	       slice_starts(token, "Extra=");
}

static gboolean take_printed(struct loading *loading, struct slice line, GError **error)
{
	struct slice first = line;

	if (key_is(&first, "NodeName")) {
		if (!end_record(loading, error))
			return FALSE;
		loading->record.node.name = slice_cut(&first, ' ');
		line = first;
	} else if (slice_empty(loading->record.node.name) && !slice_empty(slice_trim(line))) {
		return error_failed(error, "this is not the output of `scontrol show node`");
	}
	while (line.length > 0) {
		struct slice token = slice_trim(slice_cut(&line, ' '));

		if (begins_free_text(token))
			break;
		if (!take_token(&loading->record, token, error))
			return FALSE;
	}
	return TRUE;
}

/* The table */

/* `sinfo --long` says first what day it is. */
static gboolean is_date(struct slice line)
{
	static const char *const days[] = {
		"Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "
	};

	for (guint i = 0; i < G_N_ELEMENTS(days); i++)
		if (slice_starts(line, days[i]))
			return memchr(line.data, ':', line.length) != NULL;
	return FALSE;
}

static gboolean take_row(struct loading *loading, struct slice line, GError **error)
{
	struct node node;

	return slice_empty(slice_trim(line)) || line.data[0] == '#' ||
	       (nodes_table_row(&loading->table, line, &node, error) &&
	        give(loading, &node, error));
}

static gboolean take_line(struct loading *loading, struct slice line, GError **error)
{
	if (loading->table.columns > 0)
		return take_row(loading, line, error);
	if (loading->given->len > 0 || !slice_empty(loading->record.node.name))
		return take_printed(loading, line, error);
	if (slice_starts(line, "#") || (loading->line == 1 && is_date(line)))
		return TRUE;
	struct nodes_table table;

	if (!nodes_table_begin(&table, line))
		return take_printed(loading, line, error);
	loading->table = table;
	return nodes_table_suffices(&table, error);
}

static gboolean take_lines(struct loading *loading, struct slice rest, GError **error)
{
	rest = slice_behind_mark(rest);
	while (rest.length > 0) {
		loading->line++;
		if (!take_line(loading, slice_cut(&rest, '\n'), error))
			return FALSE;
	}
	return end_record(loading, error);
}

static gboolean take_all(struct loading *loading, struct slice text, const char *name,
                         GError **error)
{
	GError *cause = NULL;

	if (!take_lines(loading, text, &cause)) {
		g_propagate_prefixed_error(error, cause, "%s, line %" G_GUINT64_FORMAT ": ", name,
		                           loading->line);
		return FALSE;
	}
	return loading->given->len > 0 ||
	       error_failed(error,
	                    "%s: no node in it: it should be the output of `scontrol show node -o`",
	                    name);
}

gboolean nodes_each_of(struct slice text, const char *name, const struct node_taker *taker,
                       GError **error)
{
	g_autoptr(GArray) given = g_array_new(FALSE, FALSE, sizeof(struct node));
	struct loading loading = { .taker = taker, .given = given, .names = intern_new() };
	gboolean done = take_all(&loading, text, name, error);

	intern_free(loading.names);
	return done;
}

gboolean nodes_each(const char *path, const struct node_taker *taker, GError **error)
{
	g_autofree char *name = g_path_get_basename(path), *shown = terminal_escape(slice_of(path));
	g_autofree char *text = NULL;
	size_t length;

	if (small_file_read(path, &text, &length, error))
		return nodes_each_of((struct slice){ text, length }, name, taker, error);
	g_prefix_error(error, "%s: ", shown);
	return FALSE;
}
