/* SPDX-License-Identifier: Apache-2.0 */
#include "command/documents.h"

#include "base/jobs.h"
#include "base/memory.h"
#include "base/terminal.h"
#include "command/shell.h"
#include "render/render.h"

struct documents {
	const struct report *report;
	struct outdir *outdir;
	const struct documents_options *options;
	struct pdf_draft *drafts[PDF_DOCUMENTS]; /* NULL: not painted, or written */
	GHashTable *offered;                     /* names of the files to which pages lead */
	struct html_site *site;
	GString *missing; /* characters that the PDFs cannot show, each once */
};

static gboolean wanted(const struct documents *documents, guint kinds)
{
	return (documents->options->kinds & kinds) != 0;
}

/* What there is to do, of which `which` is one; nothing when the report has no such document, or
 * nobody wants it. */

static gboolean has_pdf(const struct documents *documents, enum pdf_document document)
{
	switch (document) {
	case PDF_SUMMARY:
		return documents->report->summary &&
		       wanted(documents, DOCUMENTS_PDF | DOCUMENTS_MAIL);
	case PDF_APPROVAL:
		return documents->report->approval && wanted(documents, DOCUMENTS_PDF);
	default:
		return wanted(documents, DOCUMENTS_PDF);
	}
}

/* One at a time, as all that uses fonts. */
static void miss(struct documents *documents, const char *missing)
{
	for (; *missing; missing = g_utf8_next_char(missing))
		if (!g_utf8_strchr(documents->missing->str, -1, g_utf8_get_char(missing)))
			g_string_append_unichar(documents->missing, g_utf8_get_char(missing));
}

static void say_missing(const struct documents *documents)
{
	const char *missing = documents->missing->str;
	glong count = g_utf8_strlen(missing, -1);
	gunichar first = g_utf8_get_char(missing);
	g_autofree char *shown = terminal_escape(
		(struct slice){ missing, (gsize)(g_utf8_next_char(missing) - missing) });

	if (count == 1)
		shell_say("the PDFs show %s as [U+%04X]: their typeface has no such character",
		          shown, first);
	else if (count > 1)
		shell_say("the PDFs show %ld characters that their typeface lacks by their "
		          "numbers, such as %s as [U+%04X]",
		          count, shown, first);
}

static gboolean paint_pdf(void *data, guint which, GError **error)
{
	struct documents *documents = data;

	if (!has_pdf(documents, which))
		return TRUE;
	documents->drafts[which] = pdf_draft_new(documents->report, which,
	                                         documents->options->legible, error);
	if (documents->drafts[which])
		miss(documents, pdf_draft_missing(documents->drafts[which]));
	return documents->drafts[which] != NULL;
}

static gboolean write_pdf(void *data, guint which, GError **error)
{
	struct documents *documents = data;
	struct pdf_draft *draft = g_steal_pointer(&documents->drafts[which]);
	gboolean done = !draft || render_pdf(draft, documents->outdir, error);

	pdf_draft_free(draft);
	return done;
}

static gboolean write_data(void *data, guint which, GError **error)
{
	struct documents *documents = data;

	(void)which;
	return render_json(documents->report, documents->outdir, error) &&
	       render_csv(documents->report, documents->outdir, error);
}

static gboolean write_workbook(void *data, guint which, GError **error)
{
	struct documents *documents = data;
	gboolean done = !wanted(documents, DOCUMENTS_WORKBOOK) ||
	                render_xlsx(documents->report, documents->outdir, error);

	(void)which;
	/* No other document takes as much as all cells of a workbook do. */
	memory_give_back();
	return done;
}

static gboolean write_mail(void *data, guint which, GError **error)
{
	struct documents *documents = data;

	(void)which;
	return !wanted(documents, DOCUMENTS_MAIL) ||
	       render_mail(documents->report, documents->outdir, documents->options->legible,
	                   error);
}

static gboolean write_single(void *data, guint which, GError **error)
{
	struct documents *documents = data;

	(void)which;
	return !documents->options->single_file ||
	       render_html_single(documents->report, documents->outdir, error);
}

static gboolean open_site(void *data, guint which, GError **error)
{
	struct documents *documents = data;

	(void)which;
	if (!wanted(documents, DOCUMENTS_SITE))
		return TRUE;
	documents->site = html_site_open(documents->report, documents->outdir, documents->offered,
	                                 error);
	return documents->site != NULL;
}

static gboolean write_page(void *data, guint which, GError **error)
{
	struct documents *documents = data;

	return render_html(documents->site, which, error);
}

enum {
	WRITE_WORKBOOK,
	OPEN_SITE,
	PAINT_REPORT,
	WRITE_REPORT,
	PAINT_SUMMARY,
	WRITE_SUMMARY,
	PAINT_APPROVAL,
	WRITE_APPROVAL,
	WRITE_DATA,
	WRITE_MAIL,
	WRITE_SINGLE,
	FIRST_JOBS
};

/* Fonts are for one thread, and that is half of the time. More than these would have nothing to do,
 * each with memory of its own. */
#define MOST_THREADS 3

/* What takes long and what others wait for comes early. */
static const struct job first_jobs[FIRST_JOBS] = {
	[WRITE_WORKBOOK] = { write_workbook, 0, JOB_NONE, .here = FALSE },
	[OPEN_SITE] = { open_site, 0, JOB_NONE, .here = TRUE },
	[PAINT_REPORT] = { paint_pdf, PDF_REPORT, JOB_NONE, .here = TRUE },
	[WRITE_REPORT] = { write_pdf, PDF_REPORT, PAINT_REPORT, .here = FALSE },
	[PAINT_SUMMARY] = { paint_pdf, PDF_SUMMARY, JOB_NONE, .here = TRUE },
	[WRITE_SUMMARY] = { write_pdf, PDF_SUMMARY, PAINT_SUMMARY, .here = FALSE },
	[PAINT_APPROVAL] = { paint_pdf, PDF_APPROVAL, JOB_NONE, .here = TRUE },
	[WRITE_APPROVAL] = { write_pdf, PDF_APPROVAL, PAINT_APPROVAL, .here = FALSE },
	[WRITE_DATA] = { write_data, 0, JOB_NONE, .here = FALSE },
	[WRITE_MAIL] = { write_mail, 0, WRITE_SUMMARY, .here = TRUE },
	[WRITE_SINGLE] = { write_single, 0, JOB_NONE, .here = TRUE },
};

/* Of a single thread the workbook comes before fonts and pictures are in memory, too. */
static GArray *plan(const struct documents *documents)
{
	guint pages = wanted(documents, DOCUMENTS_SITE) ? documents->report->pages->len : 0;
	GArray *jobs = g_array_new(FALSE, FALSE, sizeof(struct job));

	g_array_append_vals(jobs, first_jobs, FIRST_JOBS);
	g_array_index(jobs, struct job, WRITE_WORKBOOK).here = documents->options->threads == 1;
	for (guint i = 0; i < pages; i++) {
		const struct job page = { write_page, i, OPEN_SITE, .here = FALSE };

		g_array_append_val(jobs, page);
	}
	return jobs;
}

static void offer(const struct documents *documents, gboolean there, const char *name)
{
	if (there)
		g_hash_table_add(documents->offered, g_strdup(name));
}

static void offer_all(const struct documents *documents)
{
	const struct report *report = documents->report;

	for (guint i = 0; i < PDF_DOCUMENTS; i++)
		offer(documents, has_pdf(documents, i), pdf_name(i));
	offer(documents, wanted(documents, DOCUMENTS_WORKBOOK), "savings.xlsx");
	offer(documents, TRUE, "report.json");
	offer(documents, report->mail && wanted(documents, DOCUMENTS_MAIL), "summary.eml");
	offer(documents, documents->options->single_file, "report.html");
	for (guint i = 0; i < report->datasets->len; i++) {
		const struct dataset *dataset = report->datasets->pdata[i];
		g_autofree char *name = g_strdup_printf("tables/%s.csv", dataset->id);

		offer(documents, TRUE, name);
	}
}

gboolean documents_render(const struct report *report, struct outdir *outdir,
                          const struct documents_options *options, GError **error)
{
	g_autoptr(GHashTable)
		offered = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct documents documents = { .report = report,
		                       .outdir = outdir,
		                       .options = options,
		                       .offered = offered,
		                       .missing = g_string_new(NULL) };
	g_autoptr(GArray) jobs = plan(&documents);
	gboolean done;

	offer_all(&documents);
	done = jobs_run((const struct job *)(void *)jobs->data, jobs->len, &documents,
	                MIN(options->threads, MOST_THREADS), error);
	if (done)
		say_missing(&documents);
	html_site_close(documents.site);
	g_string_free(documents.missing, TRUE);
	for (guint i = 0; i < PDF_DOCUMENTS; i++)
		pdf_draft_free(documents.drafts[i]);
	return done;
}
