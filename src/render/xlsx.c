/* SPDX-License-Identifier: Apache-2.0 */
#include "render/render.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "render/mail.h"
#include "render/xlsx_sheets.h"
#include "render/xlsx_verify.h"

#define FILE_NAME "savings.xlsx"

/* The sheets in their order; what stands on one may point to any other. */
static void fill(struct book *book)
{
	const GPtrArray *datasets = book->report->datasets;
	struct sheet *summary = book_sheet(book, "Summary", "The figures that matter, live.");
	struct sheet *assumptions =
		book_sheet(book, "Assumptions", "The inputs of the model; change the blue cells.");
	struct sheet *figures = book_sheet(
		book, "Figures", "Every figure, unrounded, derived ones with their formula.");
	guint failures;

	sheet_assumptions(assumptions);
	for (guint i = 0; i < datasets->len; i++) {
		const struct dataset *dataset = datasets->pdata[i];

		if (dataset->sheet && (book->people || !dataset->people))
			sheet_dataset(book_sheet(book, dataset->title, dataset->note), dataset);
	}
	if (figures_curves(book->report->figures) > 0)
		sheet_curves(book_sheet(book, CURVES_TITLE, CURVES_PURPOSE));
	if (what_ifs_any(book->report))
		sheet_what_ifs(book_sheet(book, WHAT_IF_TITLE, WHAT_IF_PURPOSE));
	if (break_evens_any(book->report))
		sheet_break_evens(book_sheet(book, BREAK_EVEN_TITLE, BREAK_EVEN_PURPOSE));
	sheet_figures(figures);
	if (checks_shown(book, &failures) > 0)
		sheet_checks(book_sheet(book, "Checks",
		                        "What must be true of these numbers, and whether it is."));
	sheet_notes(book_sheet(book, "Notes", "What sheets, columns, figures and grades mean."));
	sheet_summary(summary);
}

static gboolean write_and_verify(const struct report *report, const char *path, const char *tmpdir,
                                 gboolean people, GError **error)
{
	struct book *book = book_new(report, path, tmpdir, error);
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
	gboolean written;

	if (!book)
		return FALSE;
	book->people = people;
	fill(book);
	for (guint i = 0; i < book->sheets->len; i++)
		g_array_append_val(rows, ((struct sheet *)book->sheets->pdata[i])->rows);
	written = book_close(book, error);
	book_free(book);
	return written && xlsx_verify(path, rows, error);
}

/* The folder in which the library may keep its own files, and the book until it is whole. */
static char *workshop_open(struct outdir *outdir, GError **error)
{
	char *folder = g_build_filename(outdir_path(outdir), ".workbook-XXXXXX", NULL);

	if (g_mkdtemp(folder))
		return folder;
	error_failed(error, "no temporary directory can be made: %s", g_strerror(errno));
	g_free(folder);
	return NULL;
}

static gboolean move_file(const char *from, const char *to, GError **error)
{
	return g_rename(from, to) == 0 || error_failed(error, "%s", g_strerror(errno));
}

gboolean render_xlsx(const struct report *report, struct outdir *outdir, GError **error)
{
	g_autofree char *final = g_build_filename(outdir_path(outdir), FILE_NAME, NULL);
	g_autofree char *folder = workshop_open(outdir, error);
	g_autofree char *path = folder ? g_build_filename(folder, FILE_NAME, NULL) : NULL;
	gboolean done = folder && write_and_verify(report, path, folder, TRUE, error) &&
	                move_file(path, final, error);

	if (!done)
		g_prefix_error(error, FILE_NAME ": ");
	if (folder && !done)
		g_remove(path);
	if (folder)
		g_rmdir(folder);
	return done && outdir_adopt(outdir, FILE_NAME, error);
}

GBytes *mail_workbook(const struct report *report, struct outdir *outdir, GError **error)
{
	g_autofree char *folder = workshop_open(outdir, error);
	g_autofree char *path = folder ? g_build_filename(folder, FILE_NAME, NULL) : NULL;
	struct report alone = *report;
	char *bytes = NULL;
	gsize length = 0;

	alone.classification = (char *)"No person appears in it";
	if (!folder)
		return NULL;
	if (write_and_verify(&alone, path, folder, FALSE, error))
		g_file_get_contents(path, &bytes, &length, error);
	g_remove(path);
	g_rmdir(folder);
	return bytes ? g_bytes_new_take(bytes, length) : NULL;
}
