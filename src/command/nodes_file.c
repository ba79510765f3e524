/* SPDX-License-Identifier: Apache-2.0 */
#include "command/nodes_file.h"

#include "base/error.h"
#include "command/options.h"
#include "command/shell.h"
#include "privacy/hosts.h"
#include "record/nodes.h"

struct writing {
	struct sink *sink;
	const struct disguise *disguise;
	GString *line;
	char date[11]; /* from which the list that is being read holds */
	gboolean dated; /* some list or line says when it holds */
	guint64 written, rented;
};

char *nodes_file_path(const char *export_path)
{
	return g_strconcat(export_path, ".nodes.csv", NULL);
}

void nodes_file_say_rented(guint64 count)
{
	g_autofree char *nodes = shell_count(count, "node", "nodes");

	if (count > 0)
		shell_say("%s in the list %s in State CLOUD: rented when needed, and not counted as owned", nodes, count == 1 ? "is" : "are");
}

/* Where the export drops the names of nodes, those that stand here still may not be theirs. */
void nodes_file_append_name(const struct disguise *disguise, struct slice name, GString *line)
{
	if (terms_nodes(disguise->terms) == NODES_KEEP)
		hosts_append(disguise->words, name, line);
	else
		g_string_append(line, host_renamed(disguise->mapping, name));
}

static void append_type(struct writing *writing, struct slice type)
{
	gboolean settled = TRUE;
	const char *shown = slice_empty(type) ? NULL :
		words_shown(writing->disguise->words, NAME_GRES, type, (struct slice){ NULL, 0 }, &settled);

	if (shown)
		g_string_append(writing->line, shown);
	else if (!slice_empty(type))
		g_string_append_len(writing->line, type.data, (gssize)type.length);
}

static void append_date(struct writing *writing, struct slice from)
{
	g_string_append_c(writing->line, ',');
	if (slice_empty(from))
		g_string_append(writing->line, writing->date);
	else
		g_string_append_len(writing->line, from.data, (gssize)from.length);
}

static gboolean write_node(const struct node *node, void *data, GError **error)
{
	struct writing *writing = data;

	if (node->rented)
		return writing->rented++, TRUE;
	if (node->inferred)
		return error_failed(error, "this list was inferred from jobs, and is for `reclaim report` and `tally`; here the "
		                    "output of `scontrol show node -o` is needed");
	g_string_truncate(writing->line, 0);
	nodes_file_append_name(writing->disguise, node->name, writing->line);
	g_string_append_printf(writing->line, ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT
	                       ",%" G_GINT64_FORMAT ",", node->cpus, node->cores, node->memory_mib, node->gpus);
	append_type(writing, node->gpu_type);
	if (writing->dated)
		append_date(writing, node->from);
	g_string_append_c(writing->line, '\n');
	sink_write(writing->sink, writing->line->str, writing->line->len);
	writing->written++;
	return TRUE;
}

static gboolean look_for_date(const struct node *node, void *data, G_GNUC_UNUSED GError **error)
{
	struct writing *writing = data;

	writing->dated = writing->dated || *writing->date || !slice_empty(node->from);
	return TRUE;
}

static gboolean each_of_all(char *const *inventories, const struct node_taker *taker, GError **error)
{
	struct writing *writing = taker->data;

	for (guint i = 0; inventories[i]; i++) {
		const char *path = option_inventory(inventories[i], writing->date);

		if (!nodes_each(path, taker, error))
			return FALSE;
	}
	return TRUE;
}

gboolean nodes_file_write(struct sink *sink, char *const *inventories, const struct disguise *disguise, GError **error)
{
	g_autoptr(GString) line = g_string_new(NULL);
	struct writing writing = { .sink = sink, .disguise = disguise, .line = line };
	const struct node_taker looker = { look_for_date, &writing }, writer = { write_node, &writing };

	if (!each_of_all(inventories, &looker, error))
		return FALSE;
	sink_text(sink, writing.dated ? NODES_HEADER_DATED "\n" : NODES_HEADER "\n");
	if (!each_of_all(inventories, &writer, error))
		return FALSE;
	if (writing.written == 0)
		return error_failed(error, "all nodes in the list are cloud nodes, which nobody owns: leave --inventory out");
	nodes_file_say_rented(writing.rented);
	return TRUE;
}
