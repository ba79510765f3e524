/* SPDX-License-Identifier: Apache-2.0 */
#include "source/sniff.h"

#include "source/split_text.h"

#define MAX_DELIMITER 40

static const char *const usual[SNIFF_USUAL] = { "|", ",", "\t", ";", "\x1f" };

struct slice sniff_usual(guint i)
{
	return slice_of(usual[i]);
}

gboolean sniff_is_blank(struct slice line)
{
	for (size_t i = 0; i < line.length; i++)
		if (line.data[i] != ' ' && line.data[i] != '\r' && line.data[i] != '\n')
			return FALSE;
	return TRUE;
}

struct slice sniff_without_end(struct slice line)
{
	while (line.length > 0 && (line.data[line.length - 1] == '\n' ||
				   line.data[line.length - 1] == '\r'))
		line.length--;
	return line;
}

static gboolean ends_in(struct slice text, struct slice end)
{
	return text.length >= end.length &&
	       memcmp(text.data + text.length - end.length, end.data, end.length) == 0;
}

/* What nobody sees about a name that was copied from a page or a message: spaces without width, and
 * such as do not break. */
static const char *const unseen[] = { "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d",
	                              "\xef\xbb\xbf", "\xc2\xa0" };

static struct slice trim_unseen(struct slice name)
{
	guint i = 0;

	name = slice_trim(name);
	while (i < G_N_ELEMENTS(unseen)) {
		struct slice sign = slice_of(unseen[i++]);
		gboolean before = slice_starts(name, sign.data);

		if (!before && !ends_in(name, sign))
			continue;
		name.data += before ? sign.length : 0;
		name.length -= sign.length;
		name = slice_trim(name);
		i = 0;
	}
	return name;
}

struct slice sniff_name(struct slice name)
{
	name = trim_unseen(name);
	if (name.length >= 2 && name.data[0] == '"' && name.data[name.length - 1] == '"')
		return (struct slice){ name.data + 1, name.length - 2 };
	return name;
}

struct slice sniff_column(struct slice given)
{
	struct slice width = trim_unseen(given), name = slice_cut(&width, '%');
	gint64 ignored;

	if (slice_starts(width, "-"))
		width = (struct slice){ width.data + 1, width.length - 1 };
	return trim_unseen(slice_number(width, &ignored) ? name : given);
}

/* What a delimiter makes of a header. */
struct names {
	guint known, others;
};

/* No names are known when a field begins with a digit, as no column's name does but almost every
 * row of data: a user called "group" makes no header. */
static struct names names_between(struct slice header, struct slice delimiter,
                                  const struct vocabulary *vocabulary)
{
	struct slice fields[SNIFF_FIELDS];
	guint found = split_text(header, delimiter, fields, SNIFF_FIELDS);
	struct names names = { 0, 0 };

	for (guint i = 0; i < MIN(found, SNIFF_FIELDS); i++) {
		struct slice name = sniff_column(sniff_name(fields[i]));

		if (name.length > 0 && g_ascii_isdigit(name.data[0]))
			return (struct names){ 0, 0 };
		if (name.length > 0 && vocabulary_knows(vocabulary, name))
			names.known++;
		else
			names.others++;
	}
	return names;
}

/* A part of a delimiter such as || or #SEP# also stands between all names, and makes a column of
 * the rest behind each. */
static gboolean is_better(struct names names, struct names best)
{
	return names.known > best.known ||
	       (names.known == best.known && names.others < best.others);
}

static gboolean is_whole_characters(struct slice text)
{
	return g_utf8_validate_len(text.data, text.length, NULL);
}

/* Letters beside a usual delimiter are one. */
static gboolean holds_field(struct slice delimiter)
{
	gboolean alnum = FALSE, is_usual = FALSE;

	for (size_t i = 0; i < delimiter.length; i++) {
		alnum |= g_ascii_isalnum(delimiter.data[i]);
		for (guint k = 0; k < SNIFF_USUAL; k++)
			is_usual |= delimiter.data[i] == *usual[k];
	}
	return alnum && is_usual;
}

/* Letters may stand in it, as in #SEP#; at its ends they are the fields'. */
static gboolean may_delimit(struct slice text)
{
	return text.length > 0 && !g_ascii_isalnum(text.data[0]) && text.data[0] != '_' &&
	       !g_ascii_isalnum(text.data[text.length - 1]) &&
	       text.data[0] != '"' && slice_trim(text).length == text.length &&
	       is_whole_characters(text) && !holds_field(text);
}

/* The first name that is known; empty when none is. */
static struct slice first_known(struct slice header, const struct vocabulary *vocabulary)
{
	struct slice name = { header.data, 0 };

	for (size_t at = 0; at < header.length; at++) {
		name.length = (size_t)(header.data + at - name.data);
		if (g_ascii_isalnum(header.data[at]) || header.data[at] == '_')
			continue;
		if (vocabulary_knows(vocabulary, name))
			return name;
		name.data = header.data + at + 1;
	}
	return (struct slice){ header.data, 0 };
}

/* Whatever stands behind the first name that is known, and before it where it is not the first;
 * blanks about it are sniff_widen()'s. */
static void try_any(struct slice header, const struct vocabulary *vocabulary, struct names *best,
		    struct slice *delimiter)
{
	struct slice name = first_known(header, vocabulary), before, other;
	size_t begin = (size_t)(name.data - header.data), at = begin + name.length;

	before = slice_trim((struct slice){ header.data, begin });
	while (at < header.length && header.data[at] == ' ')
		at++;
	other.data = header.data + at;
	for (other.length = 1; other.length <= MIN(MAX_DELIMITER, header.length - at);
	     other.length++) {
		struct names names;

		if (!may_delimit(other) || (before.length > 0 && !ends_in(before, other)))
			continue;
		names = names_between(header, other, vocabulary);
		if (is_better(names, *best)) {
			*best = names;
			*delimiter = other;
		}
	}
}

gboolean sniff_is_command(struct slice line)
{
	const char *call = memmem(line.data, line.length, "sacct -", 7);

	for (guint i = 0; call && i < SNIFF_USUAL; i++)
		if (memmem(line.data, (size_t)(call - line.data), usual[i], strlen(usual[i])))
			return FALSE;
	return call != NULL;
}

/* --delimiter='\t': sacct makes no tab of it. */
static void try_words_for_tab(struct slice header, const struct vocabulary *vocabulary,
                              struct names *best, struct slice *delimiter)
{
	struct slice words = slice_of("\\t");
	struct names names = names_between(header, words, vocabulary);

	if (!is_better(names, *best))
		return;
	*best = names;
	*delimiter = words;
}

gboolean sniff_header(struct slice line, const struct vocabulary *vocabulary,
		      struct slice *delimiter)
{
	struct names best = { 1, 0 };

	if (sniff_is_command(line))
		return FALSE;
	line = sniff_without_end(line);
	for (guint i = 0; i < SNIFF_USUAL; i++) {
		struct slice one = slice_of(usual[i]);
		struct names names = names_between(line, one, vocabulary);

		if (is_better(names, best)) {
			best = names;
			*delimiter = one;
		}
	}
	try_words_for_tab(line, vocabulary, &best, delimiter);
	try_any(line, vocabulary, &best, delimiter);
	return best.known > 1;
}

/* Whether a blank stands before each delimiter of the line, and behind each. */
static void look_about(struct slice line, struct slice delimiter, gboolean *before,
                       gboolean *behind)
{
	for (size_t at = 0; at + delimiter.length <= line.length; at++) {
		size_t end = at + delimiter.length;

		if (memcmp(line.data + at, delimiter.data, delimiter.length) != 0)
			continue;
		*before &= at > 0 && line.data[at - 1] == ' ';
		*behind &= end < line.length && line.data[end] == ' ';
		at = end - 1;
	}
}

/* A blank belongs to the fields where one is missing: somebody may have aligned the header
 * alone. */
void sniff_widen(struct slice line, struct slice next, struct slice *delimiter)
{
	gboolean before = TRUE, behind = TRUE;
	const char *at;

	line = sniff_without_end(line);
	if (slice_is(*delimiter, ",") || slice_is(*delimiter, "\t"))
		return;
	look_about(line, *delimiter, &before, &behind);
	look_about(sniff_without_end(next), *delimiter, &before, &behind);
	at = memmem(line.data, line.length, delimiter->data, delimiter->length);
	if (at)
		*delimiter = (struct slice){ at - before, delimiter->length + before + behind };
}

static guint count_quoted(struct slice line, struct slice delimiter, guint *fields_count)
{
	struct slice fields[SNIFF_FIELDS];
	guint quoted = 0;

	*fields_count = MIN(split_text(sniff_without_end(line), delimiter, fields, SNIFF_FIELDS),
	                    SNIFF_FIELDS);
	for (guint i = 0; i < *fields_count; i++)
		quoted += sniff_name(fields[i]).length < trim_unseen(fields[i]).length;
	return quoted;
}

/* A header that was written by hand has none above rows that have. In sacct's own a value may begin
 * and end in a quote, and not most. */
gboolean sniff_is_quoted(struct slice header, struct slice next, struct slice delimiter)
{
	guint count;

	return delimiter.length == 1 && (count_quoted(header, delimiter, &count) > 0 ||
	                                 count_quoted(next, delimiter, &count) * 2 > count);
}

/* Rows without a header */

guint sniff_split(struct slice line, struct slice delimiter, struct slice *fields, guint room)
{
	gboolean quoted = FALSE;
	size_t begin = 0;
	guint count = 0;

	if (!slice_is(delimiter, ","))
		return split_text(line, delimiter, fields, room);
	for (size_t at = 0; at <= line.length; at++) {
		gboolean ends = at == line.length || (line.data[at] == ',' && !quoted);

		quoted ^= at < line.length && line.data[at] == '"';
		if (!ends)
			continue;
		if (count < room)
			fields[count] = sniff_name((struct slice){ line.data + begin, at - begin });
		count++;
		begin = at + 1;
	}
	return count;
}

gboolean sniff_fits(struct slice line, const struct vocabulary *vocabulary,
                    const struct slice *names, guint count, struct slice delimiter)
{
	struct slice fields[SNIFF_FIELDS];
	guint found;

	if (count + 1 > SNIFF_FIELDS)
		return FALSE;
	found = sniff_split(sniff_without_end(line), delimiter, fields, SNIFF_FIELDS);
	if (found != count && (found != count + 1 || !slice_empty(slice_trim(fields[count]))))
		return FALSE;
	for (guint i = 0; i < count; i++) {
		int column = vocabulary->find(names[i]);

		if (column >= 0 && !vocabulary->fits(column, sniff_name(fields[i])))
			return FALSE;
	}
	return TRUE;
}

gboolean sniff_row(struct slice line, const struct vocabulary *vocabulary,
		   const struct slice *names, guint count, struct slice *delimiter)
{
	line = sniff_without_end(line);
	for (guint i = 0; i < SNIFF_USUAL; i++) {
		*delimiter = slice_of(usual[i]);
		if (sniff_fits(line, vocabulary, names, count, *delimiter))
			return TRUE;
	}
	/* The first field is short: behind it stands the delimiter. */
	for (size_t at = 0; at < MIN(line.length, 256); at++)
		for (size_t length = 1; length <= MIN(MAX_DELIMITER, line.length - at); length++) {
			*delimiter = (struct slice){ line.data + at, length };
			if (may_delimit(*delimiter) &&
			    sniff_fits(line, vocabulary, names, count, *delimiter))
				return TRUE;
		}
	return FALSE;
}

const struct fixed_form *sniff_fixed(struct slice line, const struct vocabulary *vocabulary,
				     struct slice *delimiter)
{
	struct slice fields[SNIFF_FIELDS];

	line = sniff_without_end(line);
	for (guint i = 0; i < SNIFF_USUAL; i++) {
		const struct fixed_form *form;
		guint count;

		*delimiter = slice_of(usual[i]);
		count = sniff_split(line, *delimiter, fields, SNIFF_FIELDS);
		if (count > SNIFF_FIELDS)
			continue;
		count -= count > 1 && slice_empty(fields[count - 1]) &&
			 !vocabulary->fixed(fields, count);
		form = vocabulary->fixed(fields, count);
		if (form)
			return form;
	}
	return NULL;
}
