/* SPDX-License-Identifier: Apache-2.0 */
#include "record/nodes.h"

#include "base/error.h"
#include "base/terminal.h"
#include "record/value.h"

struct node_record {
	struct node node;
	gint64 sockets, cores_per_socket;
};

struct loading {
	const struct node_taker *taker;
	struct node_record record;
	gboolean table;      /* the other form */
	gboolean has_source; /* … with one column more */
	guint64 line, begun; /* the node's first */
	guint64 nodes;
};

static gboolean give(struct loading *loading, const struct node *node, GError **error)
{
	g_autofree char *name = terminal_escape(node->name);

	loading->nodes++;
	if (!node->inferred && (node->cpus <= 0 || node->memory_mib <= 0))
		return error_failed(error, "node %s has no CPUTot or no RealMemory", name);
	return loading->taker->take(node, loading->taker->data, error);
}

/* What scontrol prints */

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
static void set_gpus(struct node *node, struct slice list)
{
	struct tres tres;

	if (node->gpus != 0 || !value_tres(list, FALSE, &tres) || tres.gpus <= 0)
		return;
	node->gpus = MIN(tres.gpus, G_MAXINT32);
	node->gpu_type = tres.gpu_type;
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

/* People write what they like behind these, also what looks like a field; they stand at the end of a record. */
static gboolean begins_free_text(struct slice token)
{
	return slice_starts(token, "Reason=") || slice_starts(token, "Comment=") || slice_starts(token, "Extra=");
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

static gboolean take_source(struct node *node, struct slice *line, GError **error)
{
	struct slice type = slice_cut(line, ',');

	node->inferred = slice_is(*line, NODES_INFERRED);
	if (!node->inferred && !slice_is(*line, NODES_GIVEN))
		return error_failed(error, "the source of a node is " NODES_GIVEN " or " NODES_INFERRED);
	*line = type;
	return TRUE;
}

static gboolean take_row(struct loading *loading, struct slice line, GError **error)
{
	struct node node = { .name = slice_cut(&line, ',') };
	const struct {
		const char *name;
		gint64 *value;
	} numbers[] = {
		{ "cpus", &node.cpus }, { "cores", &node.cores }, { "memory_mb", &node.memory_mib }, { "gpus", &node.gpus },
	};

	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		if (!set_number(numbers[i].value, slice_cut(&line, ','), numbers[i].name, error))
			return FALSE;
	if (loading->has_source && line.data && !take_source(&node, &line, error))
		return FALSE;
	if (!line.data || memchr(line.data, ',', line.length))
		return error_failed(error, "not as many fields as " NODES_HEADER);
	node.gpu_type = line;
	if (node.cores <= 0 || node.cores > node.cpus)
		node.cores = node.cpus;
	return give(loading, &node, error);
}

static gboolean take_line(struct loading *loading, struct slice line, GError **error)
{
	if (loading->line == 1 && slice_starts(line, NODES_HEADER)) {
		loading->table = TRUE;
		loading->has_source = slice_is(slice_trim(line), NODES_HEADER_SOURCE);
		return loading->has_source || slice_is(slice_trim(line), NODES_HEADER) ||
		       error_failed(error, "the columns are not " NODES_HEADER_SOURCE);
	}
	if (!loading->table)
		return take_printed(loading, line, error);
	line = slice_trim(line);
	return slice_empty(line) || take_row(loading, line, error);
}

gboolean nodes_each(const char *path, const struct node_taker *taker, GError **error)
{
	g_autofree char *name = g_path_get_basename(path);
	g_autofree char *text = NULL;
	struct loading loading = { .taker = taker };
	struct slice rest = { 0 };
	GError *cause = NULL;
	gboolean done = TRUE;

	if (!g_file_get_contents(path, &text, &rest.length, error)) {
		g_prefix_error(error, "inventory: ");
		return FALSE;
	}
	rest.data = text;
	while (done && rest.length > 0) {
		loading.line++;
		done = take_line(&loading, slice_cut(&rest, '\n'), &cause);
	}
	done = done && end_record(&loading, &cause);
	if (!done)
		g_propagate_prefixed_error(error, cause, "%s, line %" G_GUINT64_FORMAT ": ", name, loading.line);
	else if (loading.nodes == 0)
		done = error_failed(error, "%s: no node in it: it should be the output of `scontrol show node -o`", name);
	return done;
}
