/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/resources.h"

#include "privacy/coarse.h"
#include "record/digits.h"

static gboolean is(struct slice name, const char *own, size_t length)
{
	return name.length == length && memcmp(name.data, own, length) == 0;
}

/* What Slurm itself counts; the accounting database writes numbers instead. */
static gboolean is_own_name(struct slice name)
{
	switch (name.length) {
	case 0:
		return TRUE;
	case 3:
		if (is(name, "cpu", 3) || is(name, "mem", 3))
			return TRUE;
		break;
	case 4:
		if (is(name, "node", 4) || is(name, "vmem", 4))
			return TRUE;
		break;
	case 5:
		if (is(name, "pages", 5))
			return TRUE;
		break;
	case 6:
		if (is(name, "energy", 6))
			return TRUE;
		break;
	case 7:
		if (is(name, "billing", 7) || is(name, "fs/disk", 7))
			return TRUE;
		break;
	}
	return digits_only(name);
}

/* Cuts off what stands before the next comma that is in no parentheses. */
static struct slice item_cut(struct slice *rest)
{
	guint depth = 0;
	size_t at = 0;
	struct slice item;

	for (; at < rest->length && (rest->data[at] != ',' || depth > 0); at++) {
		depth += rest->data[at] == '(';
		depth -= rest->data[at] == ')' && depth > 0;
	}
	item = (struct slice){ rest->data, at };
	*rest = at < rest->length ? (struct slice){ rest->data + at + 1, rest->length - at - 1 }
	                          : (struct slice){ NULL, 0 };
	return item;
}

static struct slice behind(struct slice text, size_t skip)
{
	return (struct slice){ text.data + skip, text.length - skip };
}

/* Types of GPUs are words, to be looked up. */
static gboolean name_is_common(struct slice name)
{
	return is_own_name(name) || is(name, "gres/gpu", 8) || is(name, "gres/gpumem", 11) ||
	       is(name, "gres/gpuutil", 12);
}

/* What a report reads of what was asked for or held. */
static gboolean name_is_held(struct slice name)
{
	static const char *const names[] = {
		"cpu", "mem", "node", "gres/gpu", "1", "2", "4", "1001"
	};

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (slice_is(name, names[i]))
			return TRUE;
	return FALSE;
}

/* One pass over the bytes: most lists are short, and of names that are Slurm's. */
static G_ALWAYS_INLINE inline gboolean are_all(struct slice list,
                                               gboolean (*one)(struct slice name))
{
	const char *at = list.data, *end = list.data + list.length;

	if (slice_is(list, "(null)"))
		return TRUE;
	while (at < end) {
		const char *name = at;

		while (at < end && *at != '=' && *at != ',' && *at != '(')
			at++;
		if (at == end || *at != '=' || !one((struct slice){ name, (size_t)(at - name) }))
			return FALSE;
		while (at < end && *at != ',' && *at != '(')
			at++;
		if (at < end && *at++ == '(')
			return FALSE;
	}
	return TRUE;
}

gboolean resources_are_common(struct slice list)
{
	return are_all(list, name_is_common);
}

gboolean resources_are_held(struct slice list)
{
	return are_all(list, name_is_held);
}

static void append_slice(struct slice text, GString *line)
{
	if (text.length > 0)
		g_string_append_len(line, text.data, (gssize)text.length);
}

/* By these a report knows GPUs, whoever is called so. */
static gboolean is_own_gres(struct slice word)
{
	return slice_is(word, "gpu") || slice_is(word, "gpumem") || slice_is(word, "gpuutil");
}

static void append_word(struct resources *resources, enum name_kind kind, struct slice word,
                        GString *line)
{
	gboolean own = slice_empty(word) || (kind == NAME_GRES && is_own_gres(word));
	const char *shown = own ? NULL
	                        : words_shown(resources->words, kind, word, resources->user,
	                                      &resources->settled);

	resources->replaced += shown != NULL;
	append_slice(shown ? slice_of(shown) : word, line);
}

/* gpu:a100, each a word. */
static void append_gres(struct resources *resources, struct slice name, GString *line)
{
	for (gboolean first = TRUE; name.data; first = FALSE) {
		if (!first)
			g_string_append_c(line, ':');
		append_word(resources, NAME_GRES, slice_cut(&name, ':'), line);
	}
}

static void append_name(struct resources *resources, struct slice name, GString *line)
{
	if (is_own_name(name)) {
		append_slice(name, line);
	} else if (slice_starts(name, "gres/")) {
		g_string_append(line, "gres/");
		append_gres(resources, behind(name, 5), line);
	} else if (slice_starts(name, "license/")) {
		g_string_append(line, "license/");
		append_word(resources, NAME_LICENSE, behind(name, 8), line);
	} else {
		append_word(resources, NAME_WORD, name, line);
	}
}

/* Sockets and indices behind a number of GPUs, without the first parenthesis: S:0-1), IDX:0,2),
 * 0). */
static gboolean is_place(struct slice text)
{
	size_t at = slice_starts(text, "S:") ? 2 : slice_starts(text, "IDX:") ? 4 : 0;

	while (at < text.length &&
	       (g_ascii_isdigit(text.data[at]) || text.data[at] == ',' || text.data[at] == '-'))
		at++;
	return slice_is(behind(text, at), ")");
}

static gboolean is_count(struct slice text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!g_ascii_isdigit(text.data[i]) && (i == 0 || !strchr("KMGT.", text.data[i])))
			return FALSE;
	return text.length > 0;
}

/* gres:gpu:a100:4(S:0-1) */
static void append_colons(struct resources *resources, struct slice item, GString *line)
{
	struct slice place = item, words = slice_cut(&place, '(');

	for (gboolean first = TRUE; words.data; first = FALSE) {
		struct slice word = slice_cut(&words, ':');

		if (!first)
			g_string_append_c(line, ':');
		if (slice_is(word, "PER_NODE") || slice_is(word, "gres") || is_count(word))
			append_slice(word, line);
		else if (slice_starts(word, "gres/"))
			g_string_append(line, "gres/"),
				append_word(resources, NAME_GRES, behind(word, 5), line);
		else
			append_word(resources, NAME_GRES, word, line);
	}
	if (place.data && is_place(place))
		g_string_append_c(line, '('), append_slice(place, line);
}

/* What a report reads of a list of what was used. */
static gboolean is_read(struct slice name)
{
	return slice_is(name, "cpu") || slice_is(name, "mem") || slice_is(name, "1") ||
	       slice_is(name, "2") || slice_starts(name, "gres/gpuutil");
}

/* Without an equals sign it is gpu:a100:2, a number and no amount. */
static gboolean is_wanted(const struct resources *resources, struct slice item)
{
	struct slice name = slice_cut(&item, '=');

	return resources->rounded ? is_read(name)
	                          : !resources->held || !item.data || name_is_held(name) ||
	                                    slice_starts(name, "gres/gpu:");
}

static void append_value(const struct resources *resources, struct slice value, GString *line)
{
	if (!resources->rounded)
		append_slice(value, line);
	else if (memchr(value.data, ':', value.length))
		coarse_append_duration(value, FALSE, line);
	else
		coarse_append_amount(value, line);
}

static void append_item(struct resources *resources, struct slice item, GString *line)
{
	const char *equals = memchr(item.data, '=', item.length);
	struct slice name = { item.data, equals ? (size_t)(equals - item.data) : 0 };

	if (!equals) {
		append_colons(resources, item, line);
		return;
	}
	append_name(resources, name, line);
	g_string_append_c(line, '=');
	append_value(resources, behind(item, name.length + 1), line);
}

void resources_append(struct resources *resources, struct slice list, GString *line)
{
	gsize begin = line->len;

	if (!resources->rounded &&
	    (resources->held ? resources_are_held(list) : resources_are_common(list))) {
		g_string_set_size(line, begin + list.length);
		memcpy(line->str + begin, list.data, list.length);
		return;
	}
	while (list.length > 0 && !slice_is(list, "(null)")) {
		struct slice item = item_cut(&list);

		if (!is_wanted(resources, item))
			continue;
		if (line->len > begin)
			g_string_append_c(line, ',');
		append_item(resources, item, line);
	}
}
