/* SPDX-License-Identifier: Apache-2.0 */
#include "report/compose.h"

#include <math.h>

#define MOST_BARS 8

struct swing {
	const struct assumption_row *price; /* NULL: the three scenarios */
	char *low, *high;                   /* figures: the saving at either end */
	double by;
};

static void swing_free(gpointer data)
{
	struct swing *swing = data;
	g_free(swing->low);
	g_free(swing->high);
	g_free(swing);
}

static void collect_swing(GPtrArray *swings, const struct composition *c,
                          const struct assumption_row *price)
{
	g_autofree char *stem = price ? g_strconcat("sensitivity.", price->key, NULL)
	                              : g_strdup("saving.total");
	g_autofree char *low = g_strconcat(stem, ".low", NULL),
			*high = g_strconcat(stem, ".high", NULL);
	struct swing *swing;
	if (!figures_find(c->report->figures, low))
		return;
	swing = g_new(struct swing, 1);
	swing->price = price;
	swing->by = fabs(figure_number(c, high) - figure_number(c, low));
	swing->low = g_steal_pointer(&low);
	swing->high = g_steal_pointer(&high);
	g_ptr_array_add(swings, swing);
}

/* The widest first; of equals, as they stand in the file of assumptions. */
static gint by_width(gconstpointer a, gconstpointer b)
{
	const struct swing *left = *(struct swing *const *)a, *right = *(struct swing *const *)b;
	return (right->by > left->by) - (right->by < left->by);
}

#define NO_VALUE "none"

static void set_end(struct dataset *dataset, const struct assumption_row *price, const char *end)
{
	g_autofree char *id = g_strdup_printf("assumption.%s.%s", price->key, end);
	dataset_set_expression(dataset, end, id);
}

/* To three digits: the saving is not known to more. */
static void set_even(struct dataset *dataset, const struct composition *c,
                     const struct assumption_row *price)
{
	g_autofree char *id = g_strconcat("breakeven.", price->key, NULL);
	const struct figure *even = figures_find(c->report->figures, id);
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	if (figure_is_live(even))
		dataset_set_expression(dataset, "even", id);
	if (!even->has_value) {
		dataset_set_text(dataset, "even", NO_VALUE);
		return;
	}
	g_autofree char *rounded = format_exact(
		&c->format,
		g_ascii_strtod(g_ascii_formatd(text, sizeof text, "%.3g", even->value), NULL));
	dataset_set_text(dataset, "even", rounded);
}

static void set_price(struct dataset *dataset, const struct composition *c,
                      const struct assumption_row *price)
{
	dataset_set_text(dataset, "label", price->label);
	dataset_set_text(dataset, "unit", price->unit_text);
	set_end(dataset, price, "low");
	set_end(dataset, price, "high");
	set_even(dataset, c, price);
}

/* They measure and judge otherwise; they are a row among the prices. */
static void set_scenarios(struct dataset *dataset)
{
	dataset_set_text(dataset, "label", "Headrooms, adoption and packing");
	dataset_set_text(dataset, "unit", "the three scenarios");
	dataset_set_text(dataset, "low", "low");
	dataset_set_text(dataset, "high", "high");
	dataset_set_text(dataset, "even", NO_VALUE);
}

static void add_swing(struct dataset *dataset, const struct composition *c,
                      const struct swing *swing)
{
	dataset_add_row(dataset);
	if (swing->price)
		set_price(dataset, c, swing->price);
	else
		set_scenarios(dataset);
	dataset_set_expression(dataset, "at_low", swing->low);
	dataset_set_expression(dataset, "at_high", swing->high);
}

static void add_column(struct dataset *dataset, const char *id, const char *title, enum unit unit,
                       const char *help)
{
	struct dataset_column *column = dataset_add_column(dataset, id, title, unit);
	column->help = g_strdup(help);
}

/* As it was given. */
static void add_end_column(struct dataset *dataset, const char *id, const char *title)
{
	dataset_add_column(dataset, id, title, UNIT_NUMBER)->exact = TRUE;
}

/* Not where there are many kinds of node: there it is a number of the run. */
static gboolean is_found_anew(const struct composition *c)
{
	for (guint i = 0; i < c->report->assumptions->len; i++) {
		const struct assumption_row *price = c->report->assumptions->pdata[i];
		g_autofree char *id = g_strconcat("breakeven.", price->key, NULL);
		const struct figure *even = figures_find(c->report->figures, id);
		if (even)
			return even->what_if != NULL;
	}
	return TRUE;
}

#define EVEN "The value from which on a year’s saving no longer pays for the staff who bring it about."

void sensitivity_add_dataset(struct composition *c)
{
	g_autoptr(GPtrArray) swings = g_ptr_array_new_with_free_func(swing_free);
	struct dataset *dataset =
		report_add_sheet(c->report, "sensitivity", "What the saving hangs on",
	                         "One assumption moved to its low and to its high value, all "
	                         "others as expected. In the "
	                         "order of how far they moved the saving in the run.");
	add_column(dataset, "label", "Assumption", UNIT_TEXT, NULL);
	add_column(dataset, "unit", "Unit", UNIT_TEXT, NULL);
	add_end_column(dataset, "low", "Low");
	add_column(dataset, "at_low", "Saving at low", UNIT_CURRENCY,
	           "A year, from the next refresh on.");
	add_end_column(dataset, "high", "High");
	add_column(dataset, "at_high", "Saving at high", UNIT_CURRENCY,
	           "A year, from the next refresh on.");
	add_column(dataset, "even", "Not worth doing from", UNIT_NUMBER,
	           is_found_anew(c) ? EVEN
	                            : EVEN " At the prices of the run: with so many kinds of node "
	                                   "it does not follow them here.");
	if (!c->analysis->evidence.has_capacity)
		return;
	collect_swing(swings, c, NULL);
	for (guint i = 0; i < c->report->assumptions->len; i++)
		collect_swing(swings, c, c->report->assumptions->pdata[i]);
	g_ptr_array_sort(swings, by_width);
	for (guint i = 0; i < swings->len; i++)
		add_swing(dataset, c, swings->pdata[i]);
}

/* A price as money, a share as per cent, anything else as the table has it. */
static char *end_in_words(const struct composition *c, const struct dataset *dataset, guint row,
                          const char *which)
{
	for (guint i = 0; i < c->report->assumptions->len; i++) {
		const struct assumption_row *price = c->report->assumptions->pdata[i];
		gboolean has_sign = price->unit == UNIT_CURRENCY || price->unit == UNIT_RATE ||
		                    price->unit == UNIT_SHARE;
		if (has_sign && g_str_equal(price->label, dataset_cell(dataset, row, 0)->text))
			return format_value(&c->format, price->unit,
			                    g_str_equal(which, "low") ? price->low : price->high);
	}
	return g_strdup(dataset_cell_in(dataset, row, which)->text);
}

/* "+$12,000 at $0.09" */
static void add_end(struct chart_series *series, const struct composition *c,
                    const struct dataset *dataset, guint row, const char *which)
{
	g_autofree char *column = g_strconcat("at_", which, NULL);
	const char *name = dataset_cell(dataset, row, 0)->text;
	double change = dataset_cell_in(dataset, row, column)->value -
	                figure_number(c, "saving.total.expected");
	g_autofree char *value = end_in_words(c, dataset, row, which);
	g_autofree char *amount = format_value(&c->format, UNIT_CURRENCY, change);
	g_autofree char *text = g_strdup_printf("%s%s at %s", change > 0 ? "+" : "", amount, value);
	gboolean below = g_str_equal(which, "low");
	/* To its own side, also where a range does nothing to that end. */
	chart_point_add(series, row, below ? MIN(change, 0) : MAX(change, 0), name, text);
}

struct chart *chart_of_sensitivity(const struct composition *c)
{
	const struct dataset *dataset = report_dataset(c->report, "sensitivity");
	struct chart *chart = chart_new(CHART_BARS, "sensitivity");
	if (dataset->rows->len == 0)
		return chart_too_thin(
			chart, c, "Without a list of nodes there is no saving to hang on prices.");
	struct chart_series *low = chart_series_add(chart, "low", INK_SERIES_2),
			    *high = chart_series_add(chart, "high", INK_SERIES_1);
	for (guint i = 0; i < MIN(dataset->rows->len, MOST_BARS); i++) {
		add_end(low, c, dataset, i, "low");
		add_end(high, c, dataset, i, "high");
	}
	const char *from = dataset_cell_in(dataset, 0, "at_low")->text,
		   *to = dataset_cell_in(dataset, 0, "at_high")->text;
	chart_say(chart, c,
	          g_str_equal(from, to)
	                  ? g_strdup_printf("None by itself moves the saving of %s a year", from)
	                  : g_strdup_printf("“%s” moves the saving most: from %s to %s a year",
	                                    dataset_cell(dataset, 0, 0)->text, from, to),
	          "Change of the expected saving a year when one assumption is at its low or its "
	          "high value",
	          g_strdup("One bar an assumption, from the change at its low value to the change "
	                   "at its high value."));
	return chart;
}
