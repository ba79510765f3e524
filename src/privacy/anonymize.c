/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/anonymize.h"

#include "base/error.h"
#include "base/terminal.h"
#include "record/job_row.h"
#include "record/reader.h"
#include "record/vocabulary.h"
#include "source/rows.h"

#define PROGRESS_ROWS 1024

struct pass {
	const struct raw_exports *exports;
	struct rewrite *rewrite;
	struct release *release;
	struct progress *progress;
	char *first; /* the first file, for messages about the others */
	struct layout layout;
	gboolean lost; /* the job of the steps that come, which are known by their place only */
};

static inline void note_contents(struct pass *pass, const struct row *row)
{
	if (contents_want(pass->release->rows_read) && pass->release->contents)
		contents_add_row(pass->release->contents, row);
}

static enum unwritten why_unwritten(enum row_status status)
{
	switch (status) {
	case ROW_FIELD_COUNT:
		return UNWRITTEN_FIELDS;
	case ROW_TOO_LONG:
		return UNWRITTEN_LONG;
	case ROW_NUL:
		return UNWRITTEN_NUL_BYTE;
	case ROW_NOT_UTF8:
		return UNWRITTEN_ENCODING;
	case ROW_CUT:
		return UNWRITTEN_CUT;
	case ROW_MESSAGE:
		return UNWRITTEN_MESSAGE;
	default:
		return UNWRITTEN_MISFIT;
	}
}

static void set_aside(struct pass *pass, enum unwritten why)
{
	pass->release->rows_set_aside++;
	pass->release->unwritten[why]++;
	pass->lost = !layout_has_id(&pass->layout);
}

/* Behind what was written last it would be a step of another job. */
static gboolean is_lost_step(struct pass *pass, const struct row *row)
{
	struct job_name name;
	enum set_aside ignored;

	pass->lost = job_row_name_of(&pass->layout, row, &name, &ignored) && name.step;
	return pass->lost;
}

static gboolean take_row(struct pass *pass, const struct row *row, GError **error)
{
	gboolean fits = row->status == ROW_WHOLE;

	if (row->status == ROW_HEADER)
		return error_failed(
			error, "a header of other columns: exports that differ were joined; give "
			       "each as a file of its own");
	if (fits && pass->lost && is_lost_step(pass, row))
		return set_aside(pass, UNWRITTEN_STEP), TRUE;
	if (fits && !rewrite_row(pass->rewrite, row, &fits, error))
		return FALSE;
	if (fits)
		return note_contents(pass, row), TRUE;
	return set_aside(pass, why_unwritten(row->status)), TRUE;
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
			g_prefix_error(error, "%s, line %" G_GUINT64_FORMAT ": ", rows_name(rows),
			               row.line);
			return FALSE;
		}
	}
	progress_add(pass->progress, rows_bytes_read(rows) - bytes);
	if (broken)
		return g_propagate_error(error, g_steal_pointer(&broken)), FALSE;
	pass->release->full_sheets += rows_fill_sheet(rows_line(rows) - 1);
	pass->release->exports += 1 + rows_repeated_headers(rows);
	if (!pass->exports->spare_digests)
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

#define APART "anonymize each with the same mapping, and report on them together"

static gboolean same_columns(const struct pass *pass, const struct rows *rows,
                             const GPtrArray *names, GError **error)
{
	const GPtrArray *wanted = pass->release->columns_kept;

	for (guint i = 0; i < wanted->len; i++)
		if (!has_text(names, g_ptr_array_index(wanted, i)))
			return error_failed(
				error,
				"%s: has no column %s, which %s has; export all with the "
				"same columns, or " APART,
				rows_name(rows), (char *)g_ptr_array_index(wanted, i), pass->first);
	for (guint i = 0; i < names->len; i++)
		if (!has_text(wanted, g_ptr_array_index(names, i)))
			return error_failed(
				error,
				"%s: has a column %s, which %s has not; export all with "
				"the same columns, or " APART,
				rows_name(rows), (char *)g_ptr_array_index(names, i), pass->first);
	for (guint i = 0; i < MIN(names->len, wanted->len); i++)
		if (strcmp(g_ptr_array_index(names, i), g_ptr_array_index(wanted, i)) != 0)
			return error_failed(error, "%s: column %s stands where %s has %s; " APART,
			                    rows_name(rows),
			                    (char *)g_ptr_array_index(names, i), pass->first,
			                    (char *)g_ptr_array_index(wanted, i));
	if (names->len != wanted->len)
		return error_failed(
			error, "%s: has a column twice that %s has once, or the reverse; " APART,
			rows_name(rows), pass->first);
	return TRUE;
}

static gboolean begin_first(struct pass *pass, const struct rows *rows, GPtrArray *names,
                            GError **error)
{
	if (names->len == 0)
		return error_failed(error, "%s: none of its columns may be shared",
		                    rows_name(rows));
	pass->first = g_strdup(rows_name(rows));
	pass->release->delimiter = g_strdup(rows_delimiter(rows));
	for (guint i = 0; i < names->len; i++)
		g_ptr_array_add(pass->release->columns_kept, g_strdup(g_ptr_array_index(names, i)));
	rewrite_header(pass->rewrite, rows);
	return TRUE;
}

static gboolean begin_file(struct pass *pass, const struct rows *rows, GError **error)
{
	g_autoptr(GPtrArray) names = rewrite_begin(pass->rewrite, rows);
	guint count;
	const struct slice *header = rows_header(rows, &count);

	layout_init(&pass->layout, header, count);
	pass->lost = !layout_has_id(&pass->layout);

	if (!pass->first)
		return begin_first(pass, rows, names, error);
	if (strcmp(rows_delimiter(rows), pass->release->delimiter) != 0)
		return error_failed(error, "%s: its columns are delimited otherwise than those "
		                    "of %s; " APART, rows_name(rows), pass->first);
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
	struct rows *rows = rows_open(path, &column_vocabulary, pass->exports->columns, error);
	gboolean done;

	if (!rows)
		return FALSE;
	if (pass->exports->spare_digests)
		rows_spare_digest(rows);
	note_other_list(pass->release, rows);
	if (pass->release->contents)
		contents_begin(pass->release->contents, rows);
	done = begin_file(pass, rows, error) && write_rows(pass, rows, error);
	rows_close(rows);
	return done;
}

/* What is known now that all has been read. */
static gboolean conclude(const struct disguise *disguise, struct release *release, GError **error)
{
	g_autofree char *late = NULL;

	if (words_decided(disguise->words)) {
		late = words_find_late(disguise->words);
		release->late_word = late ? terminal_escape(slice_of(late)) : NULL;
		return TRUE;
	}
	if (disguise->terms->shuffle && !mapping_shuffle(disguise->mapping, error))
		return FALSE;
	release->again = words_decide(disguise->words) || terms_need_two_passes(disguise->terms);
	return TRUE;
}

gboolean anonymize(const struct raw_exports *exports, const struct disguise *disguise,
                   struct sink *sink, struct release *release, struct progress *progress,
                   GError **error)
{
	struct pass pass = {
		.exports = exports, .rewrite = rewrite_new(disguise, sink, release),
			.release = release,
		.progress = progress,
	};
	gboolean done = TRUE;

	release_restart(release);
	if (!exports->spare_digests)
		release->contents = contents_new(disguise->terms);
	for (guint i = 0; done && exports->paths[i]; i++)
		done = pass_file(&pass, exports->paths[i], error);
	if (done)
		rewrite_finish(pass.rewrite);
	rewrite_free(pass.rewrite);
	g_free(pass.first);
	return done && conclude(disguise, release, error);
}

/* Looking */

static void look_at_rows(struct pass *pass, struct rows *rows, GError **error)
{
	struct row row;

	while (rows_next(rows, &row, error)) {
		pass->release->rows_read++;
		if (row.status == ROW_WHOLE)
			contents_add_row(pass->release->contents, &row);
		else
			pass->release->rows_set_aside++;
	}
}

static gboolean look_at_file(struct pass *pass, const char *path, GError **error)
{
	struct rows *rows = rows_open(path, &column_vocabulary, pass->exports->columns, error);
	GError *broken = NULL;

	if (!rows)
		return FALSE;
	rows_spare_digest(rows);
	contents_begin(pass->release->contents, rows);
	look_at_rows(pass, rows, &broken);
	rows_close(rows);
	if (broken)
		g_propagate_error(error, broken);
	return !broken;
}

gboolean anonymize_look(const struct raw_exports *exports, const struct terms *terms,
                        struct release *release, GError **error)
{
	struct pass pass = { .exports = exports, .release = release };

	release_restart(release);
	release->contents = contents_new(terms);
	for (guint i = 0; exports->paths[i]; i++)
		if (!look_at_file(&pass, exports->paths[i], error))
			return FALSE;
	return TRUE;
}
