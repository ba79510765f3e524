/* SPDX-License-Identifier: Apache-2.0 */
#include "record/nodes_table.h"

#include "base/error.h"
#include "base/terminal.h"
#include "record/value.h"

enum kind {
	OTHER,
	NODE,
	CPUS,
	CPUS_BY_STATE,
	TOPOLOGY,
	SOCKETS,
	CORES,
	THREADS,
	MEMORY,
	GPUS,
	GPU_TYPE,
	GRES,
	FROM,
	SOURCE
};

#define KINDS_OF_CPUS (1u << CPUS | 1u << CPUS_BY_STATE | 1u << TOPOLOGY | 1u << THREADS)
#define ENOUGH "`scontrol show node -o` prints all that is needed"

/* Names in lower case, letters and digits only. */
static const struct {
	const char *name;
	enum kind kind;
	gboolean sinfo, by_socket;
} names[] = {
	{ "nodelist", NODE, TRUE, FALSE },
	{ "hostnames", NODE, TRUE, FALSE },
	{ "node", NODE, FALSE, FALSE },
	{ "nodename", NODE, FALSE, FALSE },
	{ "name", NODE, FALSE, FALSE },
	{ "host", NODE, FALSE, FALSE },
	{ "hostname", NODE, FALSE, FALSE },
	{ "cpus", CPUS, FALSE, FALSE },
	{ "cpu", CPUS, FALSE, FALSE },
	{ "cputot", CPUS, FALSE, FALSE },
	{ "cpusaiot", CPUS_BY_STATE, FALSE, FALSE },
	{ "sct", TOPOLOGY, FALSE, TRUE },
	{ "sockets", SOCKETS, FALSE, FALSE },
	{ "cores", CORES, FALSE, FALSE },
	{ "corespersocket", CORES, FALSE, TRUE },
	{ "threads", THREADS, FALSE, FALSE },
	{ "threadspercore", THREADS, FALSE, FALSE },
	{ "gpus", GPUS, FALSE, FALSE },
	{ "gpu", GPUS, FALSE, FALSE },
	{ "gputype", GPU_TYPE, FALSE, FALSE },
	{ "gpumodel", GPU_TYPE, FALSE, FALSE },
	{ "gres", GRES, FALSE, FALSE },
	{ "from", FROM, FALSE, FALSE },
	{ "source", SOURCE, FALSE, FALSE },
};

/* What stands before the unit in the name of a column of memory; the longer first. */
static const char *const memory_names[] = { "realmemory", "memory", "mem", "ram" };

/* The header */

static char *plain(struct slice text)
{
	GString *kept = g_string_new(NULL);

	for (size_t i = 0; i < text.length; i++)
		if (g_ascii_isalnum(text.data[i]))
			g_string_append_c(kept, g_ascii_tolower(text.data[i]));
	return g_string_free(kept, FALSE);
}

/* In MiB; 0 when it is none. Units are powers of two, as in Slurm, however they are spelled. */
static double unit_of(const char *text)
{
	static const char letters[] = "kmgt";
	static const double units[] = { 1.0 / 1024, 1, 1024, 1024.0 * 1024 };
	const char *letter = *text ? strchr(letters, g_ascii_tolower(*text)) : NULL;

	if (!letter || (text[1] && g_ascii_strcasecmp(text + 1, "b") != 0 &&
	                g_ascii_strcasecmp(text + 1, "ib") != 0))
		return 0;
	return units[letter - letters];
}

static gboolean is_memory(struct nodes_table *table, const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(memory_names); i++) {
		if (!g_str_has_prefix(name, memory_names[i]))
			continue;
		const char *unit = name + strlen(memory_names[i]);

		if (*unit && unit_of(unit) == 0)
			return FALSE;
		table->memory_unit = unit_of(unit);
		return TRUE;
	}
	return FALSE;
}

static gboolean has(const struct nodes_table *table, enum kind kind)
{
	return memchr(table->kinds, (int)kind, table->columns) != NULL;
}

static enum kind kind_of(struct nodes_table *table, struct slice field)
{
	g_autofree char *name = plain(field);

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		if (strcmp(name, names[i].name) != 0)
			continue;
		table->sinfo = table->sinfo || names[i].sinfo;
		table->cores_by_socket = table->cores_by_socket || names[i].by_socket;
		return has(table, names[i].kind) ? OTHER : names[i].kind;
	}
	return !has(table, MEMORY) && is_memory(table, name) ? MEMORY : OTHER;
}

static char delimiter_of(struct slice line)
{
	static const char likely[] = "|;\t\x1f,";

	for (const char *byte = likely; *byte; byte++)
		if (memchr(line.data, *byte, line.length))
			return *byte;
	return !memchr(line.data, ' ', line.length) && memchr(line.data, '/', line.length) ? '/'
	                                                                                   : ' ';
}

/* What stands between quotes, or before the delimiter. */
static struct slice cut_field(struct slice *rest, char delimiter)
{
	*rest = delimiter == ' ' ? slice_trim(*rest) : *rest;
	if (rest->length > 1 && rest->data[0] == '"' &&
	    memchr(rest->data + 1, '"', rest->length - 1)) {
		rest->data++;
		rest->length--;
		struct slice quoted = slice_cut(rest, '"');

		slice_cut(rest, delimiter);
		return quoted;
	}
	return slice_trim(slice_cut(rest, delimiter));
}

gboolean nodes_table_begin(struct nodes_table *table, struct slice line)
{
	line = slice_trim(line);
	*table = (struct nodes_table){ 0 };
	if (slice_empty(line) || memchr(line.data, '=', line.length))
		return FALSE;
	table->delimiter = delimiter_of(line);
	while (line.length > 0 && table->columns < NODES_TABLE_COLUMNS) {
		enum kind kind = kind_of(table, cut_field(&line, table->delimiter));

		table->kinds[table->columns++] = (guint8)kind;
	}
	if (table->sinfo) {
		table->cores_by_socket = TRUE;
		table->memory_unit = table->memory_unit > 0 ? table->memory_unit : 1;
	}
	return has(table, NODE) && table->columns > 1;
}

gboolean nodes_table_suffices(const struct nodes_table *table, GError **error)
{
	guint held = 0;

	for (guint i = 0; i < table->columns; i++)
		held |= 1u << table->kinds[i];
	if (!(held & KINDS_OF_CPUS))
		return error_failed(error, "it has no column of CPUs: " ENOUGH);
	if (!(held & 1u << MEMORY))
		return error_failed(error, "it has no column of memory: " ENOUGH);
	return TRUE;
}

/* Rows */

struct row {
	struct node *node;
	gint64 sockets, cores, threads;
};

static gboolean is_none(struct slice text)
{
	return slice_empty(text) || slice_is(text, "(null)") || slice_is_nocase(text, "N/A") ||
	       slice_is(text, "-");
}

static gboolean not_a_number(const char *what, struct slice text, GError **error)
{
	g_autofree char *shown = terminal_escape(text);

	return error_failed(error, "%s=%s is not a number", what, shown);
}

static gboolean set_count(gint64 *field, const char *what, struct slice text, gint64 most,
                          GError **error)
{
	if (is_none(text))
		return TRUE;
	return (slice_number(text, field) && *field <= most) || not_a_number(what, text, error);
}

/* Allocated, idle, other and total. */
static gboolean set_total(gint64 *cpus, struct slice text, GError **error)
{
	struct slice rest = text;

	for (guint i = 0; i < 3; i++)
		slice_cut(&rest, '/');
	return set_count(cpus, "CPUS(A/I/O/T)", rest.data ? rest : text, NODES_MOST_COUNT, error);
}

static gboolean set_topology(struct row *row, struct slice text, GError **error)
{
	gint64 *const counts[] = { &row->sockets, &row->cores, &row->threads };

	for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
		if (!set_count(counts[i], "S:C:T", slice_cut(&text, ':'), G_MAXUINT16, error))
			return FALSE;
	return TRUE;
}

static gboolean set_memory(const struct nodes_table *table, gint64 *memory_mib, struct slice text,
                           GError **error)
{
	if (is_none(text))
		return TRUE;
	g_autofree char *figure = slice_dup(text);
	size_t digits = strspn(figure, "0123456789.");
	g_autofree char *unit = g_strstrip(g_strdup(figure + digits));
	double factor = *unit ? unit_of(unit) : table->memory_unit;

	figure[digits] = '\0';
	double mib = g_ascii_strtod(figure, NULL) * (factor > 0 ? factor : 1);

	if (digits == 0 || (*unit && factor <= 0) || mib > NODES_MOST_MIB)
		return not_a_number("memory", text, error);
	if (factor <= 0)
		return error_failed(error,
		                    "memory has no unit: call the column memory_gb or memory_mb");
	*memory_mib = (gint64)(mib + 0.5);
	return TRUE;
}

static void set_gres(struct node *node, struct slice text)
{
	struct tres tres;

	if (node->gpus != 0 || !value_tres(text, FALSE, &tres) ||
	    (tres.gpus <= 0 && tres.mig_slices <= 0))
		return;
	node->gpus = MIN(tres.gpus, NODES_MOST_COUNT);
	node->gpu_type = tres.gpu_type;
}

static gboolean set_type(struct node *node, struct slice text, GError **error)
{
	if (is_none(text))
		return TRUE;
	node->gpu_type = text;
	return (!memchr(text.data, ',', text.length) && !memchr(text.data, '"', text.length)) ||
	       error_failed(error, "the type of a GPU has a comma or a quote in it");
}

gboolean nodes_is_date(struct slice text)
{
	g_autofree char *midnight = g_strdup_printf("%.*sT00:00:00", (int)text.length,
	                                            text.data ? text.data : "");

	return text.length == 10 && value_is_time(slice_of(midnight));
}

static gboolean set_day(struct node *node, struct slice text, GError **error)
{
	if (is_none(text))
		return TRUE;
	node->from = text;
	if (nodes_is_date(text))
		return TRUE;
	g_autofree char *shown = terminal_escape(text);

	return error_failed(error, "from=%s is not a date such as 2025-01-31", shown);
}

static gboolean set_source(struct node *node, struct slice text, GError **error)
{
	node->inferred = slice_is(text, NODES_INFERRED);
	return node->inferred || slice_is(text, NODES_GIVEN) ||
	       error_failed(error, "the source of a node is " NODES_GIVEN " or " NODES_INFERRED);
}

static gboolean set_field(const struct nodes_table *table, struct row *row, guint column,
                          struct slice text, GError **error)
{
	switch ((enum kind)table->kinds[column]) {
	case NODE:
		row->node->name = text;
		return TRUE;
	case CPUS:
		return set_count(&row->node->cpus, "cpus", text, NODES_MOST_COUNT, error);
	case CPUS_BY_STATE:
		return set_total(&row->node->cpus, text, error);
	case TOPOLOGY:
		return set_topology(row, text, error);
	case SOCKETS:
		return set_count(&row->sockets, "sockets", text, G_MAXUINT16, error);
	case CORES:
		return set_count(&row->cores, "cores", text, NODES_MOST_COUNT, error);
	case THREADS:
		return set_count(&row->threads, "threads", text, G_MAXUINT16, error);
	case MEMORY:
		return set_memory(table, &row->node->memory_mib, text, error);
	case GPUS:
		return set_count(&row->node->gpus, "gpus", text, NODES_MOST_COUNT, error);
	case GPU_TYPE:
		return set_type(row->node, text, error);
	case GRES:
		set_gres(row->node, text);
		return TRUE;
	case FROM:
		return set_day(row->node, text, error);
	case SOURCE:
		return set_source(row->node, text, error);
	case OTHER:
		return TRUE;
	}
	return TRUE;
}

static void settle(const struct nodes_table *table, struct row *row)
{
	struct node *node = row->node;

	node->cores = table->cores_by_socket ? row->sockets * row->cores : row->cores;
	if (node->cpus == 0)
		node->cpus = node->cores * row->threads;
	if (node->cores <= 0 || node->cores > node->cpus)
		node->cores = node->cpus;
}

/* The last column may hold the delimiter when it is a list or free text: reasons do. */
static gboolean is_free(const struct nodes_table *table, guint column)
{
	enum kind kind = table->kinds[column];

	return column == table->columns - 1 && (kind == GRES || kind == OTHER);
}

static struct slice cut_last(struct slice *line)
{
	struct slice field = slice_trim(*line);

	*line = (struct slice){ NULL, 0 };
	if (field.length > 1 && field.data[0] == '"' && field.data[field.length - 1] == '"')
		field = (struct slice){ field.data + 1, field.length - 2 };
	return field;
}

gboolean nodes_table_row(const struct nodes_table *table, struct slice line, struct node *node,
                         GError **error)
{
	struct row row = { .node = node };

	line = table->delimiter == '\t' ? line : slice_trim(line);
	*node = (struct node){ 0 };
	for (guint i = 0; i < table->columns; i++) {
		if (!line.data || (table->delimiter == ' ' && slice_empty(line)))
			return error_failed(error, "fewer fields than the header names");
		struct slice field = is_free(table, i) ? cut_last(&line)
		                                       : cut_field(&line, table->delimiter);

		if (!set_field(table, &row, i, field, error))
			return FALSE;
	}
	if (!slice_empty(slice_trim(line)))
		return error_failed(error, "more fields than the header names");
	settle(table, &row);
	return TRUE;
}
