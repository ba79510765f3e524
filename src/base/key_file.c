/* SPDX-License-Identifier: Apache-2.0 */
#include "base/key_file.h"

#include <string.h>

#include "base/error.h"
#include "base/slice.h"
#include "base/small_file.h"
#include "base/terminal.h"

/* "site.conf, line 7: " */
static gboolean blame(const char *path, guint line, GError *cause, GError **error)
{
	g_autofree char *name = g_path_get_basename(path), *shown = terminal_escape(slice_of(name));
	if (line > 0)
		g_propagate_prefixed_error(error, cause, "%s, line %u: ", shown, line);
	else
		g_propagate_prefixed_error(error, cause, "%s: ", shown);
	return FALSE;
}

/* How much of the text is before the line of this number, from 1. */
static gsize before_line(const char *text, gsize length, guint line)
{
	const char *at = text, *end = text + length;
	while (line > 1 && at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		at = stop ? stop + 1 : end;
		line--;
	}
	return (gsize)(at - text);
}

static gboolean parses(const char *text, gsize length)
{
	g_autoptr(GKeyFile) keys = g_key_file_new();
	return length == 0 || g_key_file_load_from_data(keys, text, length, G_KEY_FILE_NONE, NULL);
}

/* The parser stops at the first line that it does not take and does not say at which: the first
 * that it takes no text up to. */
static guint first_bad_line(const char *text, gsize length)
{
	guint good = 0, bad = 1;
	for (gsize at = 0; at < length; at++)
		bad += text[at] == '\n';
	while (bad - good > 1) {
		guint middle = good + (bad - good) / 2;
		if (parses(text, before_line(text, length, middle + 1)))
			good = middle;
		else
			bad = middle;
	}
	return bad;
}

/* What the parser says has the whole line in it, and what is wrong with it only behind that. */
static gboolean refuse_text(const struct key_file *file, GError *cause, GError **error)
{
	guint line = first_bad_line(file->text, file->length);
	struct slice rest = { file->text, file->length }, bad = { NULL, 0 };
	for (guint i = 0; i < line; i++)
		bad = slice_cut(&rest, '\n');
	gboolean parsing = g_error_matches(cause, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE);
	gboolean outside = g_error_matches(cause, G_KEY_FILE_ERROR,
	                                   G_KEY_FILE_ERROR_GROUP_NOT_FOUND);
	g_autofree char *shown = terminal_escape(parsing || outside ? slice_trim(bad)
	                                                            : slice_of(cause->message));
	g_free(cause->message);
	cause->message =
		g_strdup_printf("%s%s",
	                        parsing   ? "neither [group] nor key=value, nor a remark behind #: "
	                        : outside ? "no [group] stands above it, or only one behind #: "
	                                  : "",
	                        shown);
	return blame(file->path, line, cause, error);
}

/* Of a byte order mark nothing would be to be seen in what GLib says of it. */
static gboolean parse(struct key_file *file, GError **error)
{
	GError *cause = NULL;
	struct slice text = slice_behind_mark((struct slice){ file->text, file->length });
	file->length = text.length;
	memmove(file->text, text.data, text.length + 1);
	return g_key_file_load_from_data(file->keys, file->text, file->length, G_KEY_FILE_NONE,
	                                 &cause) ||
	       refuse_text(file, cause, error);
}

static struct slice without_blanks(struct slice line)
{
	while (line.length > 0 && g_ascii_isspace(line.data[0]))
		line.data++, line.length--;
	while (line.length > 0 && g_ascii_isspace(line.data[line.length - 1]))
		line.length--;
	return line;
}

/* What is before the first of these characters. */
static struct slice up_to(struct slice line, char stop)
{
	const char *end = line.length > 0 ? memchr(line.data, stop, line.length) : NULL;
	return (struct slice){ line.data, end ? (size_t)(end - line.data) : line.length };
}

static char *place_of(struct slice group, struct slice key)
{
	return g_strdup_printf("[%.*s]%.*s", (int)group.length, group.data, (int)key.length,
	                       key.data);
}

/* Lines of a text that was taken: a group's head, a remark, or a key with its value. No value goes
 * on in the next line. Below a [group] behind # stand keys that were meant for that, and would
 * change what the group above has. */
static gboolean note_lines(struct key_file *file, GError **error)
{
	const struct slice none = { "", 0 };
	struct slice rest = { file->text, file->length }, group = none;
	for (guint line = 1; !slice_empty(rest); line++) {
		struct slice text = without_blanks(slice_cut(&rest, '\n'));
		if (slice_empty(text) || text.data[0] == '#')
			continue;
		gboolean is_head = text.data[0] == '[';
		if (is_head)
			group = up_to((struct slice){ text.data + 1, text.length - 1 }, ']');
		struct slice key = is_head ? none : without_blanks(up_to(text, '='));
		g_autofree char *place = place_of(group, key);
		if (!g_hash_table_contains(file->lines, place)) {
			g_hash_table_insert(file->lines, g_steal_pointer(&place),
			                    GUINT_TO_POINTER(line));
		} else if (!is_head) {
			g_autofree char *shown = terminal_escape(key),
					*head = terminal_escape(group);
			GError *cause =
				g_error_new(error_quark(), ERROR_FAILED,
			                    "[%s] has %s already: take one out, or the # in "
			                    "front of the [group] that this is for",
			                    head, shown);
			return blame(file->path, line, cause, error);
		}
	}
	return TRUE;
}

struct key_file *key_file_load(const char *path, GError **error)
{
	struct key_file *file = g_new0(struct key_file, 1);
	GError *cause = NULL;
	gboolean done;
	file->path = g_strdup(path);
	file->keys = g_key_file_new();
	file->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (!small_file_read(path, &file->text, &file->length, &cause))
		done = blame(path, 0, cause, error);
	else
		done = parse(file, error) && note_lines(file, error);
	if (done)
		return file;
	key_file_free(file);
	return NULL;
}

void key_file_free(struct key_file *file)
{
	if (!file)
		return;
	g_free(file->path);
	g_free(file->text);
	g_hash_table_unref(file->lines);
	g_key_file_unref(file->keys);
	g_free(file);
}

guint key_file_line(const struct key_file *file, const char *group, const char *key)
{
	g_autofree char *place = place_of(slice_of(group), slice_of(key ? key : ""));
	return GPOINTER_TO_UINT(g_hash_table_lookup(file->lines, place));
}

gboolean key_file_blame(const struct key_file *file, const char *group, const char *key,
                        GError *cause, GError **error)
{
	return blame(file->path, key_file_line(file, group, key), cause, error);
}

gboolean key_file_wrong(const struct key_file *file, const char *group, const char *key,
                        GError **error, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	GError *cause = g_error_new_valist(error_quark(), ERROR_FAILED, format, arguments);
	va_end(arguments);
	return key_file_blame(file, group, key, cause, error);
}

/* A line break in the head of a mail begins another header; a change of direction shows what is not
 * there. */
static gboolean is_seen(gunichar sign)
{
	GUnicodeType type = g_unichar_type(sign);
	return type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT &&
	       type != G_UNICODE_UNASSIGNED && type != G_UNICODE_PRIVATE_USE &&
	       type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

static gboolean is_seen_text(const char *group, const char *key, const char *text, GError **error)
{
	for (const char *at = text; *at; at = g_utf8_next_char(at))
		if (!is_seen(g_utf8_get_char(at)))
			return error_failed(error,
			                    "[%s] %s: character %ld is one that cannot be seen, "
			                    "U+%04X; a value is one line of plain text",
			                    group, key, g_utf8_pointer_to_offset(text, at) + 1,
			                    g_utf8_get_char(at));
	return TRUE;
}

/* What GLib says has the value in it as it is, or no word of why; and it may come with a value all
 * the same. */
static gboolean refuse_value(const char *group, const char *key, const GError *cause,
                             GError **error)
{
	if (g_error_matches(cause, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE))
		return error_failed(error, "[%s] %s: a backslash is written \\\\", group, key);
	return error_failed(error, "[%s] %s: not UTF-8", group, key);
}

char *key_file_text(const struct key_file *file, const char *group, const char *key, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *text = g_key_file_get_string(file->keys, group, key, &cause);

	if (cause ? refuse_value(group, key, cause, error) : is_seen_text(group, key, text, error))
		return g_steal_pointer(&text);
	return NULL;
}
