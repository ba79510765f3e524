/* SPDX-License-Identifier: Apache-2.0 */
#include "command/nodes_file.h"

#include "base/error.h"
#include "privacy/hosts.h"
#include "record/nodes.h"

struct writing {
	struct sink *sink;
	const struct disguise *disguise;
	GString *line;
};

char *nodes_file_path(const char *export_path)
{
	return g_strconcat(export_path, ".nodes.csv", NULL);
}

/* Where the export drops the names of nodes, those that stand here still may not be theirs. */
static void append_name(struct writing *writing, struct slice name)
{
	if (writing->disguise->terms->nodes == NODES_KEEP)
		hosts_append(writing->disguise->words, name, writing->line);
	else
		g_string_append(writing->line, host_renamed(writing->disguise->mapping, name));
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

static gboolean write_node(const struct node *node, void *data, GError **error)
{
	struct writing *writing = data;

	if (node->inferred)
		return error_failed(error, "this list was inferred from jobs, and is for `reclaim report` and `tally`; here the "
		                    "output of `scontrol show node -o` is needed");
	g_string_truncate(writing->line, 0);
	append_name(writing, node->name);
	g_string_append_printf(writing->line, ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT
	                       ",%" G_GINT64_FORMAT ",", node->cpus, node->cores, node->memory_mib, node->gpus);
	append_type(writing, node->gpu_type);
	g_string_append_c(writing->line, '\n');
	sink_write(writing->sink, writing->line->str, writing->line->len);
	return TRUE;
}

gboolean nodes_file_write(struct sink *sink, const char *inventory, const struct disguise *disguise, GError **error)
{
	g_autoptr(GString) line = g_string_new(NULL);
	struct writing writing = { sink, disguise, line };
	const struct node_taker taker = { write_node, &writing };

	sink_text(sink, NODES_HEADER "\n");
	return nodes_each(inventory, &taker, error);
}
