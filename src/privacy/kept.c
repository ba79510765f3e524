/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/kept.h"

#include "base/error.h"

static enum name_kind name_kind_of(enum column column)
{
	return column == COLUMN_USER    ? NAME_USER
	       : column == COLUMN_GROUP ? NAME_GROUP
	                                : NAME_ACCOUNT;
}

/* Whole seconds, minutes, numbers. */
static guint digits_most(enum value_kind kind)
{
	return kind == VALUE_JOB || kind == VALUE_NUMBER ? 19 : kind == VALUE_DURATION ? 9 : 0;
}

gboolean kept_init(struct kept *kept, guint field, struct slice header_name)
{
	*kept = (struct kept){ .field = field, .transform = policy_for(header_name)->transform };
	if (kept->transform == TRANSFORM_DROP)
		return FALSE;
	column_find(slice_trim(header_name), &kept->column);
	kept->kind = column_info(kept->column)->kind;
	kept->fits = column_check(kept->kind);
	kept->tells = kept->kind == VALUE_JOB || kept->kind == VALUE_STATE || kept->kind == VALUE_TIME;
	kept->digits_most = digits_most(kept->kind);
	kept->name = name_kind_of(kept->column);
	return TRUE;
}

void kept_append_text(struct slice text, GString *line)
{
	gsize at = line->len;

	if (text.length == 0)
		return;
	g_string_set_size(line, at + text.length);
	memcpy(line->str + at, text.data, text.length);
}

static gboolean needs_quotes(struct slice text)
{
	for (size_t i = 0; i < text.length; i++)
		if (strchr(",\"\r\n", text.data[i]))
			return TRUE;
	return slice_trim(text).length != text.length;
}

void kept_append_value(const struct keeping *keeping, struct slice text, GString *line)
{
	if (!keeping->quotes || !needs_quotes(text)) {
		kept_append_text(text, line);
		return;
	}
	g_string_append_c(line, '"');
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] == '"')
			g_string_append_c(line, '"');
		g_string_append_c(line, text.data[i]);
	}
	g_string_append_c(line, '"');
}

/* "cn01.hpc.example.edu" → "cn01". A dot alone does not make a domain: Slurm allows nodes called
 * "g3.x-7", so the last label must be a word, as that of every domain is. */
static struct slice host_without_domain(struct slice host)
{
	const char *dot = host.data ? memchr(host.data, '.', host.length) : NULL;
	size_t last = host.length;

	while (last > 0 && g_ascii_isalpha(host.data[last - 1]))
		last--;
	if (!dot || host.length - last < 2 || last == 0 || host.data[last - 1] != '.')
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

static void append_hosts(const struct keeping *keeping, struct slice list, GString *line)
{
	g_autoptr(GString) cut = NULL;

	if (slice_empty(list) || !memchr(list.data, '.', list.length)) {
		kept_append_value(keeping, list, line);
		return;
	}
	cut = g_string_sized_new(list.length);
	while (!slice_empty(list)) {
		if (cut->len > 0)
			g_string_append_c(cut, ',');
		kept_append_text(host_without_domain(host_cut(&list)), cut);
	}
	kept_append_value(keeping, (struct slice){ cut->str, cut->len }, line);
}

static void append_state(const struct keeping *keeping, struct slice text, GString *line)
{
	struct slice rest = text;
	struct slice word = slice_cut(&rest, ' ');

	if (slice_starts(rest, "by ")) {
		keeping->release->uids_removed++;
		text = word;
	}
	kept_append_value(keeping, text, line);
}

static void append_word(const struct keeping *keeping, struct slice word, GString *line)
{
	const char *hidden = words_hidden(keeping->words, word);

	kept_append_value(keeping, hidden ? slice_of(hidden) : word, line);
	if (hidden)
		keeping->release->words_replaced++;
}

/* A name with a blank in it is no partition: it slipped here from a column beside it. */
static gboolean value_fits(const struct kept *kept, struct slice text)
{
	return kept->fits(text) &&
	       (kept->kind != VALUE_WORD || !memchr(text.data, ' ', text.length));
}

static gboolean append_pseudonym(const struct keeping *keeping, enum name_kind kind,
                                 struct slice name, GString *line, GError **error)
{
	if (slice_empty(name))
		return TRUE;
	if (kind == NAME_USER && pseudonym_valid(NAME_USER, name))
		return error_failed(error,
		                    "the user is a pseudonym already (%.*s): this file has been "
		                    "anonymized; `reclaim report` reads it as it is",
		                    (int)name.length, name.data);
	kept_append_text(slice_of(mapping_pseudonym(keeping->mapping, kind, name)), line);
	return TRUE;
}

gboolean kept_append(const struct kept *kept, const struct keeping *keeping, struct slice text,
                     GString *line, GError **error)
{
	if (kept->transform == TRANSFORM_PSEUDONYM)
		return append_pseudonym(keeping, kept->name, slice_trim(text), line, error);
	if (slice_empty(text))
		return TRUE;
	if (!value_fits(kept, text))
		keeping->release->values_blanked++;
	else if (kept->transform == TRANSFORM_HOSTS)
		append_hosts(keeping, text, line);
	else if (kept->transform == TRANSFORM_STATE)
		append_state(keeping, text, line);
	else if (kept->kind == VALUE_WORD)
		append_word(keeping, text, line);
	else
		kept_append_value(keeping, text, line);
	return TRUE;
}
