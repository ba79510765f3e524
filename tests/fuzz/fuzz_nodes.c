/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "record/nodes.h"
#include "record/nodes_table.h"

struct seen {
	struct slice text;
	guint nodes;
};

static gboolean inside(struct slice text, struct slice part)
{
	return slice_empty(part) ||
	       (part.data >= text.data && part.data + part.length <= text.data + text.length);
}

/* Numbers are in range, and a type is on the line or a word of the program. */
static gboolean take(const struct node *node, void *data, GError **error)
{
	struct seen *seen = data;

	(void)error;
	g_assert(!slice_empty(node->name) && node->name.length <= 255);
	g_assert(node->cpus >= 0 && node->cores >= 0 && node->memory_mib >= 0 && node->gpus >= 0);
	g_assert(node->inferred || (node->cpus > 0 && node->cores > 0 && node->memory_mib > 0));
	g_assert(slice_empty(node->from) || nodes_is_date(node->from));
	seen->nodes++;
	return TRUE;
}

/* A list in any form: it is read, or there is a reason. */
static void read_list(struct slice text)
{
	struct seen seen = { text, 0 };
	const struct node_taker taker = { take, &seen };
	g_autoptr(GError) error = NULL;

	if (nodes_each_of(text, "nodes", &taker, &error))
		g_assert(!error && seen.nodes > 0);
	else
		g_assert(error && *error->message);
}

/* The first line as a header, whatever it lacks, and all others as its rows. */
static void read_rows(struct slice text)
{
	struct nodes_table table;
	struct slice rest = text;

	if (!nodes_table_begin(&table, slice_cut(&rest, '\n')))
		return;
	g_assert(table.columns > 1 && table.columns <= NODES_TABLE_COLUMNS);
	while (rest.length > 0) {
		struct node node;
		g_autoptr(GError) error = NULL;

		if (nodes_table_row(&table, slice_cut(&rest, '\n'), &node, &error))
			g_assert(!error && inside(text, node.name) && inside(text, node.from));
		else
			g_assert(error && *error->message);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_list(fuzz_slice(data, size));
	read_rows(fuzz_slice(data, size));
	return 0;
}
