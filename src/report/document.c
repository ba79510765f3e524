/* SPDX-License-Identifier: Apache-2.0 */
#include "report/document.h"

#include <math.h>

static void assumption_row_free(struct assumption_row *row)
{
	g_free(row->key);
	g_free(row->label);
	g_free(row->unit_text);
	g_free(row->source);
	g_free(row->date);
	g_free(row);
}

static void check_free(struct report_check *check)
{
	g_free(check->words);
	g_free(check->left);
	g_free(check->right);
	g_free(check);
}

struct report *report_new(void)
{
	struct report *report = g_new0(struct report, 1);

	report->figures = figures_new();
	report->assumptions = g_ptr_array_new_with_free_func((GDestroyNotify)assumption_row_free);
	report->datasets = g_ptr_array_new_with_free_func((GDestroyNotify)dataset_free);
	report->checks = g_ptr_array_new_with_free_func((GDestroyNotify)check_free);
	report->pages = g_ptr_array_new_with_free_func((GDestroyNotify)page_free);
	return report;
}

void report_free(struct report *report)
{
	if (!report)
		return;
	g_ptr_array_unref(report->pages);
	page_free(report->summary);
	page_free(report->mail);
	g_ptr_array_unref(report->checks);
	g_ptr_array_unref(report->datasets);
	g_ptr_array_unref(report->assumptions);
	figures_free(report->figures);
	g_free(report->title);
	g_free(report->institution);
	g_free(report->cluster);
	g_free(report->period);
	g_free(report->classification);
	g_free(report->notice);
	g_free(report->caution);
	g_free(report->export_hash);
	g_free(report->currency);
	g_free(report->zone);
	g_free(report->version);
	g_free(report->language);
	g_free(report->accent);
	g_clear_pointer(&report->logo, g_bytes_unref);
	g_free(report->mail_from);
	g_free(report->mail_to);
	g_free(report->mail_subject);
	g_free(report);
}

const struct dataset *report_dataset(const struct report *report, const char *id)
{
	for (guint i = 0; i < report->datasets->len; i++) {
		const struct dataset *dataset = report->datasets->pdata[i];

		if (g_str_equal(dataset->id, id))
			return dataset;
	}
	return NULL;
}

struct dataset *report_add_dataset(struct report *report, const char *id, const char *title,
                                   const char *note)
{
	struct dataset *dataset = dataset_new(id, title, note);
	g_ptr_array_add(report->datasets, dataset);
	return dataset;
}

struct dataset *report_add_sheet(struct report *report, const char *id, const char *title,
                                 const char *note)
{
	struct dataset *dataset = report_add_dataset(report, id, title, note);
	dataset->sheet = TRUE;
	return dataset;
}

char *report_change(const struct report *report, const char *id)
{
	g_autofree char *change = g_strconcat("change.", id, NULL);
	const struct figure *figure = figures_find(report->figures, change);

	if (!figure || !figure->has_value)
		return NULL;
	return g_strconcat(figure->text,
	                   g_str_has_suffix(figure->text, "unchanged") ? NULL : " than before",
	                   NULL);
}

void report_add_check(struct report *report, const struct report_check *check)
{
	g_ptr_array_add(report->checks, g_memdup2(check, sizeof *check));
}

gboolean report_check_holds(const struct report_check *check)
{
	double left = check->left_value, right = check->right_value;
	double slack = CHECK_TOLERANCE * MAX(1, MAX(fabs(left), fabs(right)));

	return check->relation == CHECK_EQUAL ? fabs(left - right) <= slack : left <= right + slack;
}
