/* SPDX-License-Identifier: Apache-2.0 */
#include "command/nodes_file.h"

#include "base/error.h"
#include "command/options.h"
#include "command/shell.h"
#include "privacy/hosts.h"
#include "record/nodes.h"

struct writing {
	const struct disguise *disguise;
	GString *line;
	GString *plain, *with_dates; /* what is to be written: the one, or where some list or line
	                                says when it holds, the other */
	char date[11]; /* from which the list that is being read holds */
	gboolean dated;
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
		shell_say("%s in the list %s in State CLOUD: rented when needed, and not counted "
		          "as owned",
		          nodes, count == 1 ? "is" : "are");
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
	const char *shown = slice_empty(type)
	                            ? NULL
	                            : words_shown(writing->disguise->words, NAME_GRES, type,
	                                          (struct slice){ NULL, 0 }, &settled);

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

static void add_line(const struct writing *writing, GString *text)
{
	g_string_append_len(text, writing->line->str, (gssize)writing->line->len);
	g_string_append_c(text, '\n');
}

static gboolean write_node(const struct node *node, void *data, GError **error)
{
	struct writing *writing = data;

	writing->dated = writing->dated || *writing->date || !slice_empty(node->from);
	if (node->rented)
		return writing->rented++, TRUE;
	if (node->inferred)
		return error_failed(error, "this list was inferred from jobs, and is for `reclaim "
		                           "report` and `tally`; here the "
		                           "output of `scontrol show node -o` is needed");
	g_string_truncate(writing->line, 0);
	nodes_file_append_name(writing->disguise, node->name, writing->line);
	g_string_append_printf(writing->line,
	                       ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT
	                       ",%" G_GINT64_FORMAT ",",
	                       node->cpus, node->cores, node->memory_mib, node->gpus);
	append_type(writing, node->gpu_type);
	add_line(writing, writing->plain);
	append_date(writing, node->from);
	add_line(writing, writing->with_dates);
	writing->written++;
	return TRUE;
}

/* Lists may be pipes, which are read once. */
static gboolean read_all(struct writing *writing, char *const *inventories, GError **error)
{
	const struct node_taker taker = { write_node, writing };

	for (guint i = 0; inventories[i]; i++) {
		const char *path = option_inventory(inventories[i], writing->date);

		if (!nodes_each(path, &taker, error))
			return FALSE;
	}
	return writing->written > 0 ||
	       error_failed(error, "all nodes in the list are cloud nodes, which nobody owns: "
	                           "leave --inventory out");
}

gboolean nodes_file_write(struct sink *sink, char *const *inventories,
                          const struct disguise *disguise, GError **error)
{
	g_autoptr(GString) line = g_string_new(NULL), plain = g_string_new(NODES_HEADER "\n");
	g_autoptr(GString) with_dates = g_string_new(NODES_HEADER_DATED "\n");
	struct writing writing = {
		.disguise = disguise, .line = line, .plain = plain, .with_dates = with_dates
	};

	if (!read_all(&writing, inventories, error))
		return FALSE;
	sink_text(sink, (writing.dated ? with_dates : plain)->str);
	nodes_file_say_rented(writing.rented);
	return TRUE;
}
