/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/hosts.h"

#include "privacy/realm.h"
#include "record/value.h"

#define MOST_PARTS 16 /* of a name */

/* "cn01.hpc.example.edu" → "cn01". A dot alone does not make a domain: Slurm allows nodes called
 * "g3.x-7", so the last label must be a word, as that of every domain is. */
static struct slice without_domain(struct slice host)
{
	const char *dot = host.data ? memchr(host.data, '.', host.length) : NULL;
	size_t last = host.length;

	while (last > 0 && g_ascii_isalpha(host.data[last - 1]))
		last--;
	if (!dot || host.length - last < 2 || host.data[last - 1] != '.')
		return host;
	return (struct slice){ host.data, (size_t)(dot - host.data) };
}

/* Cuts the next host or bracketed range off a list: up to the comma that stands in no bracket. */
static struct slice host_cut(struct slice *list)
{
	size_t end = 0;
	gboolean inside = FALSE;
	struct slice host;

	for (; end < list->length && (inside || list->data[end] != ','); end++)
		inside = list->data[end] == '[' || (inside && list->data[end] != ']');
	host = (struct slice){ list->data, end };
	end = MIN(end + 1, list->length);
	*list = (struct slice){ list->data + end, list->length - end };
	return host;
}

static void append(struct slice text, GString *line)
{
	if (text.length > 0)
		g_string_append_len(line, text.data, (gssize)text.length);
}

/* What stands for letters of a name that are somebody's; NULL when they are nobody's. */
static const char *letters_shown(struct words *words, struct slice letters)
{
	gboolean settled = TRUE;

	return words_shown(words, NAME_HOST, letters, (struct slice){ NULL, 0 }, &settled);
}

static gboolean is_joint(char byte)
{
	return byte == '-' || byte == '_' || byte == '.';
}

static gboolean is_part(char byte)
{
	return realm_is_letter(byte) || is_joint(byte) || g_ascii_isdigit(byte);
}

static size_t letters_end(struct slice host, size_t at)
{
	while (at < host.length && realm_is_letter(host.data[at]))
		at++;
	return at;
}

static size_t digits_end(struct slice host, size_t at)
{
	while (at < host.length && g_ascii_isdigit(host.data[at]))
		at++;
	return at;
}

/* Over one run of letters or of digits, or over what joins them; to the same place where a name
 * cannot go on. */
static size_t next_edge(struct slice host, size_t at)
{
	if (at < host.length && realm_is_letter(host.data[at]))
		return letters_end(host, at);
	if (at < host.length && is_joint(host.data[at]))
		return at + 1;
	return digits_end(host, at);
}

/* How far somebody's name goes that begins there, of one part or of several: anna-lab of
 * anna-lab-01; 0: none does. Most names of nodes go on with a number as no name does. */
static size_t name_end(struct words *words, struct slice host, size_t begin)
{
	size_t found = 0, at = begin, edge;
	gboolean numbered = FALSE;

	for (guint parts = 0; parts < MOST_PARTS && (edge = next_edge(host, at)) > at;
	     parts++, at = edge) {
		struct slice before = { host.data + begin, at - begin };

		if (g_ascii_isdigit(host.data[at]) && !numbered &&
		    !(numbered = words_numbered(words, before)))
			break;
		if (!is_joint(host.data[at]) &&
		    letters_shown(words, (struct slice){ host.data + begin, edge - begin }))
			found = edge;
	}
	return found;
}

/* The name that begins there, or the letters, the digits or the dash that are nobody's. */
static guint append_part(struct words *words, struct slice host, size_t *at, GString *line)
{
	size_t begin = *at, named = name_end(words, host, begin);
	struct slice part;

	*at = named ? named : next_edge(host, begin);
	part = (struct slice){ host.data + begin, *at - begin };
	append(named ? slice_of(letters_shown(words, part)) : part, line);
	/* The token ends in a digit. */
	if (named && *at < host.length &&
	    (g_ascii_isalnum(host.data[*at]) || host.data[*at] == '['))
		g_string_append_c(line, '-');
	return named > 0;
}

static size_t label_end(struct slice host, size_t at)
{
	while (at < host.length && host.data[at] != '.')
		at++;
	return at;
}

/* Up to the domain, which begins behind a name that has dots of its own: anna.smith of
 * anna.smith.example.org. */
static guint append_host(struct words *words, struct slice host, GString *line)
{
	guint tokens = 0;
	gboolean inside = FALSE;
	size_t end = without_domain(host).length;

	for (size_t at = 0; at < end;) {
		if (!inside && is_part(host.data[at])) {
			tokens += append_part(words, host, &at, line);
			end = at > end ? label_end(host, at) : end;
			continue;
		}
		inside = host.data[at] == '[' || (inside && host.data[at] != ']');
		g_string_append_c(line, host.data[at++]);
	}
	return tokens;
}

gboolean hosts_are_none(struct slice list)
{
	gint64 count;

	return hosts_count(list, &count) && count == 0;
}

guint hosts_append(struct words *words, struct slice list, GString *line)
{
	guint tokens = 0;

	if (hosts_are_none(list)) {
		append(list, line);
		return 0;
	}
	for (gboolean first = TRUE; !slice_empty(list); first = FALSE) {
		if (!first)
			g_string_append_c(line, ',');
		tokens += append_host(words, host_cut(&list), line);
	}
	return tokens;
}

gboolean hosts_stem_stays(struct words *words, struct slice stem)
{
	g_autoptr(GString) ignored = g_string_new(NULL);
	gboolean stays = append_host(words, stem, ignored) == 0;

	for (size_t at = 0; at < stem.length && stays; at = next_edge(stem, at))
		stays = !words_numbered(words, (struct slice){ stem.data + at, stem.length - at });
	return stays;
}

/* New names */

/* cn01 and cn02 are of one class, cn#. */
static GString *class_of(struct slice host)
{
	GString *class = g_string_new(NULL);

	for (size_t i = 0; i < host.length; i++) {
		if (!g_ascii_isdigit(host.data[i]))
			g_string_append_c(class, host.data[i]);
		else if (i == 0 || !g_ascii_isdigit(host.data[i - 1]))
			g_string_append_c(class, '#');
	}
	return class;
}

const char *host_renamed(struct mapping *mapping, struct slice host)
{
	struct slice name = without_domain(host);
	const char *known = mapping_known(mapping, NAME_NODE, name);
	g_autoptr(GString) class = known ? NULL : class_of(name);

	return known ? known
	             : mapping_node(mapping, (struct slice){ class->str, class->len }, name);
}

struct renamed {
	guint class, number;
};

struct renaming {
	struct mapping *mapping;
	GArray *nodes; /* struct renamed */
};

static void rename_host(struct slice host, void *data)
{
	struct renaming *renaming = data;
	struct renamed node;

	node.number = pseudonym_number(NAME_NODE, slice_of(host_renamed(renaming->mapping, host)),
	                               &node.class);
	g_array_append_val(renaming->nodes, node);
}

static gint compare(gconstpointer a, gconstpointer b)
{
	const struct renamed *one = a, *other = b;

	if (one->class != other->class)
		return one->class < other->class ? -1 : 1;
	return one->number < other->number ? -1 : one->number > other->number;
}

static const struct renamed *node_at(const GArray *nodes, guint i)
{
	return &g_array_index(nodes, struct renamed, i);
}

/* How many from here on are neighbours, with as many digits. */
static guint run_from(const GArray *nodes, guint begin)
{
	guint end = begin + 1;

	while (end < nodes->len && node_at(nodes, end)->class == node_at(nodes, begin)->class &&
	       node_at(nodes, end)->number == node_at(nodes, end - 1)->number + 1 &&
	       node_at(nodes, end)->number != 10000)
		end++;
	return end - begin;
}

static guint class_from(const GArray *nodes, guint begin)
{
	guint end = begin;

	while (end < nodes->len && node_at(nodes, end)->class == node_at(nodes, begin)->class)
		end++;
	return end;
}

/* na0001, or na[0001-0003,0007]. */
static void append_class(const GArray *nodes, guint begin, guint end, GString *line)
{
	char name[PSEUDONYM_SIZE];
	size_t letters;

	pseudonym_print(NAME_NODE, node_at(nodes, begin)->class, node_at(nodes, begin)->number,
	                name);
	if (end - begin == 1) {
		g_string_append(line, name);
		return;
	}
	letters = strcspn(name, "0123456789");
	g_string_append_len(line, name, (gssize)letters);
	for (guint i = begin; i < end;) {
		guint run = run_from(nodes, i);

		g_string_append_printf(line, "%c%04u", i == begin ? '[' : ',',
		                       node_at(nodes, i)->number);
		if (run > 1)
			g_string_append_printf(line, "-%04u", node_at(nodes, i + run - 1)->number);
		i += run;
	}
	g_string_append_c(line, ']');
}

gboolean hosts_append_renamed(struct mapping *mapping, struct slice list, GString *line)
{
	g_autoptr(GArray) nodes = g_array_new(FALSE, FALSE, sizeof(struct renamed));
	struct renaming renaming = { mapping, nodes };

	if (!hosts_each(list, rename_host, &renaming))
		return FALSE;
	if (nodes->len == 0)
		append(list, line);
	g_array_sort(nodes, compare);
	for (guint i = 0; i < nodes->len;) {
		guint end = class_from(nodes, i);

		if (i > 0)
			g_string_append_c(line, ',');
		append_class(nodes, i, end, line);
		i = end;
	}
	return TRUE;
}
