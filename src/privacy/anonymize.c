/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/anonymize.h"

#include "base/error.h"
#include "base/intern.h"
#include "base/terminal.h"
#include "privacy/policy.h"
#include "record/reader.h"
#include "record/vocabulary.h"
#include "source/rows.h"

#define PROGRESS_ROWS 1024

/* One column of a file that goes into the shareable one. */
struct kept {
	guint field;
	enum column column;
	enum transform transform;
	enum value_kind kind;
	enum name_kind name; /* TRANSFORM_PSEUDONYM only */
};

struct pass {
	struct mapping *mapping;
	struct sink *sink;
	struct release *release;
	struct progress *progress;
	const char *columns;    /* of files without a header; NULL: not told */
	char *first;            /* the first file, for messages about the others */
	GArray *kept;           /* struct kept, of the file being read */
	GString *line;          /* the row being built */
	struct intern *words;   /* every partition, QOS and cluster */
	GPtrArray *hidden;      /* by word: char *, what to write, or NULL: as it stands */
};

struct release *release_new(void)
{
	struct release *release = g_new0(struct release, 1);

	release->columns_kept = g_ptr_array_new_with_free_func(g_free);
	release->columns_dropped = g_ptr_array_new_with_free_func(g_free);
	release->input_sha256 = g_ptr_array_new_with_free_func(g_free);
	return release;
}

void release_free(struct release *release)
{
	if (!release)
		return;
	g_ptr_array_unref(release->columns_kept);
	g_ptr_array_unref(release->columns_dropped);
	g_ptr_array_unref(release->input_sha256);
	g_free(release->late_word);
	g_free(release->not_jobs);
	g_free(release->delimiter);
	g_free(release);
}

/* A second run tells of itself alone. */
static void release_restart(struct release *release)
{
	g_ptr_array_set_size(release->columns_kept, 0);
	g_ptr_array_set_size(release->columns_dropped, 0);
	g_ptr_array_set_size(release->input_sha256, 0);
	g_clear_pointer(&release->late_word, g_free);
	g_clear_pointer(&release->delimiter, g_free);
	g_clear_pointer(&release->not_jobs, g_free);
	release->exports = release->rows_read = release->rows_written = release->rows_set_aside = 0;
	release->values_blanked = release->uids_removed = release->words_replaced = 0;
}

static void append(GString *line, struct slice text)
{
	g_string_append_len(line, text.data, (gssize)text.length);
}

static gboolean needs_quotes(struct slice text)
{
	for (size_t i = 0; i < text.length; i++)
		if (strchr(",\"\r\n", text.data[i]))
			return TRUE;
	return slice_trim(text).length != text.length;
}

static void append_value(struct pass *pass, struct slice text)
{
	if (strcmp(pass->release->delimiter, ",") != 0 || !needs_quotes(text)) {
		append(pass->line, text);
		return;
	}
	g_string_append_c(pass->line, '"');
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] == '"')
			g_string_append_c(pass->line, '"');
		g_string_append_c(pass->line, text.data[i]);
	}
	g_string_append_c(pass->line, '"');
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

static void append_hosts(struct pass *pass, struct slice list)
{
	g_autoptr(GString) cut = NULL;

	if (slice_empty(list) || !memchr(list.data, '.', list.length)) {
		append_value(pass, list);
		return;
	}
	cut = g_string_sized_new(list.length);
	while (!slice_empty(list)) {
		if (cut->len > 0)
			g_string_append_c(cut, ',');
		append(cut, host_without_domain(host_cut(&list)));
	}
	append_value(pass, (struct slice){ cut->str, cut->len });
}

static void append_state(struct pass *pass, struct slice text)
{
	struct slice rest = text;
	struct slice word = slice_cut(&rest, ' ');

	if (slice_starts(rest, "by ")) {
		pass->release->uids_removed++;
		text = word;
	}
	append_value(pass, text);
}

/* The word with the pseudonym in place of each of its comma-separated parts that is a name; NULL when
 * none is. A partition called after its owner gives the owner away: the pseudonym says as much. */
static char *hide_names(const struct mapping *mapping, struct slice word)
{
	GString *hidden = g_string_new(NULL);
	gboolean any = FALSE;

	while (!slice_empty(word)) {
		struct slice part = slice_cut(&word, ',');
		const char *pseudonym = mapping_find(mapping, part);

		if (hidden->len > 0)
			g_string_append_c(hidden, ',');
		append(hidden, pseudonym ? slice_of(pseudonym) : part);
		any = any || pseudonym;
	}
	return g_string_free(hidden, !any);
}

static void append_word(struct pass *pass, struct slice word)
{
	guint32 number = intern_get(pass->words, word);
	const char *hidden;

	if (number == pass->hidden->len)
		g_ptr_array_add(pass->hidden, hide_names(pass->mapping, word));
	hidden = g_ptr_array_index(pass->hidden, number);
	append_value(pass, hidden ? slice_of(hidden) : word);
	if (hidden)
		pass->release->words_replaced++;
}

/* A name with a blank in it is no partition: it slipped here from a column beside it. */
static gboolean value_fits(enum value_kind kind, struct slice text)
{
	return column_value_valid(kind, text) &&
	       (kind != VALUE_WORD || !memchr(text.data, ' ', text.length));
}

static gboolean append_pseudonym(struct pass *pass, const struct kept *kept, struct slice name,
                                 GError **error)
{
	if (slice_empty(name))
		return TRUE;
	if (kept->name == NAME_USER && pseudonym_valid(NAME_USER, name))
		return error_failed(error, "the user is a pseudonym already (%.*s): this file has been "
		                    "anonymized; `reclaim report` reads it as it is",
		                    (int)name.length, name.data);
	g_string_append(pass->line, mapping_pseudonym(pass->mapping, kept->name, name));
	return TRUE;
}

static gboolean append_field(struct pass *pass, const struct kept *kept, struct slice text,
                             GError **error)
{
	if (kept->transform == TRANSFORM_PSEUDONYM)
		return append_pseudonym(pass, kept, slice_trim(text), error);
	if (slice_empty(text))
		return TRUE;
	if (!value_fits(kept->kind, text))
		pass->release->values_blanked++;
	else if (kept->transform == TRANSFORM_HOSTS)
		append_hosts(pass, text);
	else if (kept->transform == TRANSFORM_STATE)
		append_state(pass, text);
	else if (kept->kind == VALUE_WORD)
		append_word(pass, text);
	else
		append_value(pass, text);
	return TRUE;
}

static gboolean write_row(struct pass *pass, const struct row *row, GError **error)
{
	g_string_truncate(pass->line, 0);
	for (guint i = 0; i < pass->kept->len; i++) {
		const struct kept *kept = &g_array_index(pass->kept, struct kept, i);

		if (i > 0)
			g_string_append(pass->line, pass->release->delimiter);
		if (!append_field(pass, kept, row->fields[kept->field], error))
			return FALSE;
	}
	g_string_append_c(pass->line, '\n');
	sink_write(pass->sink, pass->line->str, pass->line->len);
	pass->release->rows_written++;
	return TRUE;
}

/* A row with another job id, state or time than there can be is not what its columns say, or holds a name elsewhere. */
static gboolean is_sound(const struct pass *pass, const struct row *row)
{
	if (row->status != ROW_WHOLE)
		return FALSE;
	for (guint i = 0; i < pass->kept->len; i++) {
		const struct kept *kept = &g_array_index(pass->kept, struct kept, i);
		gboolean telling = kept->kind == VALUE_JOB || kept->kind == VALUE_STATE ||
		                   kept->kind == VALUE_TIME;

		if (telling && !column_value_valid(kept->kind, row->fields[kept->field]))
			return FALSE;
	}
	return TRUE;
}

static gboolean take_row(struct pass *pass, const struct row *row, GError **error)
{
	if (row->status == ROW_HEADER)
		return error_failed(error, "a header of other columns: exports that differ were joined; give "
		                    "each as a file of its own");
	if (is_sound(pass, row))
		return write_row(pass, row, error);
	pass->release->rows_set_aside++;
	return TRUE;
}

static gboolean write_rows(struct pass *pass, struct rows *rows, GError **error)
{
	guint64 bytes = 0, taken;
	struct row row;
	g_autoptr(GError) broken = NULL;

	while (rows_next(rows, &row, &broken)) {
		if (++pass->release->rows_read % PROGRESS_ROWS == 0) {
			taken = rows_bytes_read(rows);
			progress_add(pass->progress, taken - bytes);
			bytes = taken;
		}
		if (!take_row(pass, &row, error)) {
			g_prefix_error(error, "%s, line %" G_GUINT64_FORMAT ": ", rows_name(rows), row.line);
			return FALSE;
		}
	}
	progress_add(pass->progress, rows_bytes_read(rows) - bytes);
	if (broken)
		return g_propagate_error(error, g_steal_pointer(&broken)), FALSE;
	pass->release->exports += 1 + rows_repeated_headers(rows);
	g_ptr_array_add(pass->release->input_sha256, g_strdup(rows_sha256(rows)));
	return TRUE;
}

static gboolean has_text(const GPtrArray *texts, const char *text)
{
	for (guint i = 0; i < texts->len; i++)
		if (strcmp(g_ptr_array_index(texts, i), text) == 0)
			return TRUE;
	return FALSE;
}

static enum name_kind name_kind_of(enum column column)
{
	return column == COLUMN_USER ? NAME_USER : column == COLUMN_GROUP ? NAME_GROUP : NAME_ACCOUNT;
}

/* Sorts the file's columns into kept and dropped. Returns the names of the kept. */
static GPtrArray *plan_columns(struct pass *pass, const struct rows *rows)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	guint count;
	const struct slice *header = rows_header(rows, &count);

	g_array_set_size(pass->kept, 0);
	for (guint i = 0; i < count; i++) {
		struct kept kept = { .field = i, .transform = policy_for(header[i])->transform };

		if (kept.transform == TRANSFORM_DROP) {
			g_autofree char *shown = terminal_escape(slice_trim(header[i]));

			if (!has_text(pass->release->columns_dropped, shown))
				g_ptr_array_add(pass->release->columns_dropped, g_steal_pointer(&shown));
			continue;
		}
		column_find(slice_trim(header[i]), &kept.column);
		kept.kind = column_info(kept.column)->kind;
		kept.name = name_kind_of(kept.column);
		g_array_append_val(pass->kept, kept);
		g_ptr_array_add(names, g_strdup(column_info(kept.column)->name));
	}
	return names;
}

/* The header keeps the file's own spelling of the names: they are on the list, so they are no secret. */
static void write_header(struct pass *pass, const struct rows *rows)
{
	guint count;
	const struct slice *header = rows_header(rows, &count);

	g_string_truncate(pass->line, 0);
	for (guint i = 0; i < pass->kept->len; i++) {
		if (i > 0)
			g_string_append(pass->line, pass->release->delimiter);
		append_value(pass, slice_trim(header[g_array_index(pass->kept, struct kept, i).field]));
	}
	g_string_append_c(pass->line, '\n');
	sink_write(pass->sink, pass->line->str, pass->line->len);
}

static gboolean same_columns(const struct pass *pass, const struct rows *rows, const GPtrArray *names,
                             GError **error)
{
	const GPtrArray *wanted = pass->release->columns_kept;

	for (guint i = 0; i < wanted->len; i++)
		if (!has_text(names, g_ptr_array_index(wanted, i)))
			return error_failed(error, "%s: has no column %s, which %s has; export all files with "
			                    "the same columns", rows_name(rows),
			                    (char *)g_ptr_array_index(wanted, i), pass->first);
	for (guint i = 0; i < names->len; i++)
		if (!has_text(wanted, g_ptr_array_index(names, i)))
			return error_failed(error, "%s: has a column %s, which %s has not; export all files "
			                    "with the same columns", rows_name(rows),
			                    (char *)g_ptr_array_index(names, i), pass->first);
	for (guint i = 0; i < MIN(names->len, wanted->len); i++)
		if (strcmp(g_ptr_array_index(names, i), g_ptr_array_index(wanted, i)) != 0)
			return error_failed(error, "%s: column %s stands where %s has %s; the columns of all "
			                    "files must stand in the same order", rows_name(rows),
			                    (char *)g_ptr_array_index(names, i), pass->first,
			                    (char *)g_ptr_array_index(wanted, i));
	if (names->len != wanted->len)
		return error_failed(error, "%s: has a column twice that %s has once, or the reverse",
		                    rows_name(rows), pass->first);
	return TRUE;
}

static gboolean begin_first(struct pass *pass, const struct rows *rows, GPtrArray *names,
                            GError **error)
{
	if (names->len == 0)
		return error_failed(error, "%s: none of its columns may be shared", rows_name(rows));
	pass->first = g_strdup(rows_name(rows));
	pass->release->delimiter = g_strdup(rows_delimiter(rows));
	for (guint i = 0; i < names->len; i++)
		g_ptr_array_add(pass->release->columns_kept, g_strdup(g_ptr_array_index(names, i)));
	write_header(pass, rows);
	return TRUE;
}

static gboolean begin_file(struct pass *pass, const struct rows *rows, GError **error)
{
	g_autoptr(GPtrArray) names = plan_columns(pass, rows);

	if (!pass->first)
		return begin_first(pass, rows, names, error);
	if (strcmp(rows_delimiter(rows), pass->release->delimiter) != 0)
		return error_failed(error, "%s: its columns are delimited otherwise than those "
		                    "of %s; anonymize the two apart, with the same mapping",
		                    rows_name(rows), pass->first);
	return same_columns(pass, rows, names, error);
}

/* Whether to publish such a thing is the caller's to say. */
static void note_other_list(struct release *release, const struct rows *rows)
{
	g_autoptr(GError) why = NULL;

	if (!release->not_jobs && !rows_are_jobs(rows, &why))
		release->not_jobs = g_strdup(why->message);
}

static gboolean pass_file(struct pass *pass, const char *path, GError **error)
{
	struct rows *rows = rows_open(path, &column_vocabulary, pass->columns, error);
	gboolean done;

	if (!rows)
		return FALSE;
	note_other_list(pass->release, rows);
	done = begin_file(pass, rows, error) && write_rows(pass, rows, error);
	rows_close(rows);
	return done;
}

static void pass_finish(struct pass *pass)
{
	struct release *release = pass->release;

	release->users = mapping_count(pass->mapping, NAME_USER);
	release->accounts = mapping_count(pass->mapping, NAME_ACCOUNT);
	release->groups = mapping_count(pass->mapping, NAME_GROUP);
	for (guint i = 0; i < pass->hidden->len && !release->late_word; i++) {
		struct slice word = slice_of(intern_text(pass->words, i));
		g_autofree char *now = hide_names(pass->mapping, word);

		if (g_strcmp0(now, g_ptr_array_index(pass->hidden, i)) != 0)
			release->late_word = terminal_escape(word);
	}
}

gboolean anonymize(const struct raw_exports *exports, struct mapping *mapping, struct sink *sink,
                   struct release *release, struct progress *progress, GError **error)
{
	struct pass pass = {
		.mapping = mapping, .sink = sink, .release = release, .progress = progress,
		.columns = exports->columns,
		.kept = g_array_new(FALSE, FALSE, sizeof(struct kept)), .line = g_string_sized_new(1024),
		.words = intern_new(), .hidden = g_ptr_array_new_with_free_func(g_free),
	};
	gboolean done = TRUE;

	release_restart(release);
	for (guint i = 0; done && exports->paths[i]; i++)
		done = pass_file(&pass, exports->paths[i], error);
	if (done)
		pass_finish(&pass);
	explicit_bzero(pass.line->str, pass.line->len);
	g_string_free(pass.line, TRUE);
	g_array_unref(pass.kept);
	g_ptr_array_unref(pass.hidden);
	intern_free(pass.words);
	g_free(pass.first);
	return done;
}
