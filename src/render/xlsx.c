/* SPDX-License-Identifier: Apache-2.0 */
#include "render/render.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
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

	sheet_assumptions(assumptions);
	sheet_figures(figures);
	for (guint i = 0; i < datasets->len; i++) {
		const struct dataset *dataset = datasets->pdata[i];

		if (dataset->sheet)
			sheet_dataset(book_sheet(book, dataset->title, dataset->note), dataset);
	}
	sheet_notes(book_sheet(book, "Notes", "What sheets, columns, figures and grades mean."));
	sheet_summary(summary);
}

static gboolean write_and_verify(const struct report *report, const char *path, const char *tmpdir,
                                 GError **error)
{
	struct book *book = book_new(report, path, tmpdir, error);
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
	gboolean written;

	if (!book)
		return FALSE;
	fill(book);
	for (guint i = 0; i < book->sheets->len; i++)
		g_array_append_val(rows, ((struct sheet *)book->sheets->pdata[i])->rows);
	written = book_close(book, error);
	book_free(book);
	return written && xlsx_verify(path, rows, error);
}

gboolean render_xlsx(const struct report *report, struct outdir *outdir, GError **error)
{
	g_autofree char *tmpdir = g_build_filename(outdir_path(outdir), ".workbook-XXXXXX", NULL);
	g_autofree char *final = g_build_filename(outdir_path(outdir), FILE_NAME, NULL);
	g_autofree char *path = NULL;
	gboolean done;

	if (!g_mkdtemp(tmpdir))
		return error_failed(error, FILE_NAME ": no temporary directory can be made: %s",
		                    g_strerror(errno));
	path = g_build_filename(tmpdir, FILE_NAME, NULL);
	done = write_and_verify(report, path, tmpdir, error);
	if (done && g_rename(path, final) != 0)
		done = error_failed(error, "%s", g_strerror(errno));
	if (!done) {
		g_prefix_error(error, FILE_NAME ": ");
		g_remove(path);
	}
	g_rmdir(tmpdir);
	return done && outdir_adopt(outdir, FILE_NAME, error);
}
