/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_formula.h"

#include <math.h>
#include <string.h>

#include "base/expression.h"

#define ASSUMPTION "assumption."
#define MINUTE 60.0
#define HOUR 3600.0
#define DAY 86400.0
#define MIB 1048576.0
#define GIB (MIB * 1024)
#define TIB (GIB * 1024)

static const struct assumption_row *find_assumption(const struct report *report, const char *id)
{
	if (!g_str_has_prefix(id, ASSUMPTION))
		return NULL;
	for (guint i = 0; i < report->assumptions->len; i++) {
		const struct assumption_row *row = report->assumptions->pdata[i];

		if (g_str_equal(row->key, id + strlen(ASSUMPTION)))
			return row;
	}
	return NULL;
}

/* Names ignore case and have no dots here, so two ids may want the same one. */
static void add_name(struct book *book, GHashTable *taken, const char *prefix, const char *id)
{
	const char *stem = g_str_equal(prefix, "in_") ? id + strlen(ASSUMPTION) : id;
	g_autofree char *plain = g_strconcat(prefix, stem, NULL);
	g_autofree char *name = NULL;

	for (char *c = plain; *c; c++)
		if (!g_ascii_isalnum(*c))
			*c = '_';
	name = g_strdup(plain);
	for (guint n = 2;; n++) {
		g_autofree char *folded = g_ascii_strdown(name, -1);

		if (g_hash_table_add(taken, g_steal_pointer(&folded)))
			break;
		g_free(name);
		name = g_strdup_printf("%s_%u", plain, n);
	}
	g_hash_table_insert(book->names, g_strdup(id), g_steal_pointer(&name));
}

void formula_name_ids(struct book *book)
{
	const struct report *report = book->report;
	g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < report->assumptions->len; i++) {
		const struct assumption_row *row = report->assumptions->pdata[i];
		g_autofree char *id = g_strconcat(ASSUMPTION, row->key, NULL);

		add_name(book, taken, "in_", id);
	}
	for (guint i = 0; i < figures_count(report->figures); i++) {
		const struct figure *figure = figures_nth(report->figures, i);

		if (figure_is_live(figure) && figure->unit != UNIT_TEXT &&
		    figure->unit != UNIT_TIME && !find_assumption(report, figure->id))
			add_name(book, taken, "fig_", figure->id);
	}
	for (guint i = 0; i < figures_curves(report->figures); i++)
		add_name(book, taken, "by_", figures_curve_nth(report->figures, i)->id);
}

const char *formula_name(const struct book *book, const char *id)
{
	return g_hash_table_lookup(book->names, id);
}

struct printing {
	const struct book *book;
	const char *(*reference)(const char *id, const void *data);
	const void *data;
	GPtrArray *literals;
};

static const char *print_id(const char *id, void *data)
{
	const struct printing *printing = data;
	const char *name = printing->reference ? printing->reference(id, printing->data) : NULL;
	char number[G_ASCII_DTOSTR_BUF_SIZE];

	if (!name)
		name = formula_name(printing->book, id);
	if (name)
		return name;
	g_ascii_dtostr(number, sizeof number,
	               figures_value(printing->book->report->figures, id, 0));
	name = g_strdup(number);
	g_ptr_array_add(printing->literals, (gpointer)name);
	return name;
}

static char *formula_of(const struct book *book, const struct expression *expression,
                        const char *(*reference)(const char *id, const void *data),
                        const void *data)
{
	g_autoptr(GPtrArray) literals = g_ptr_array_new_with_free_func(g_free);
	struct printing printing = { book, reference, data, literals };

	return expression_print(expression, print_id, &printing);
}

char *formula_print(const struct book *book, const char *expression,
                    const char *(*reference)(const char *id, const void *data), const void *data)
{
	struct expression *parsed = expression_new(expression, NULL);
	char *formula;

	g_assert(parsed);
	formula = formula_of(book, parsed, reference, data);
	expression_free(parsed);
	return formula;
}

struct words {
	const struct figures *figures;
	GPtrArray *ids; /* borrowed */
};

static void note_words(const char *id, void *data)
{
	const struct words *words = data;
	const struct figure *figure = figures_find(words->figures, id);

	if (figure && figure->says &&
	    !g_ptr_array_find_with_equal_func(words->ids, id, g_str_equal, NULL))
		g_ptr_array_add(words->ids, (gpointer)id);
}

static char *formula_of_choices(const struct book *book, const GArray *choices,
                                const char *(*reference)(const char *id, const void *data),
                                const void *data)
{
	GString *formula = g_string_new(NULL);

	for (guint i = 0; i < choices->len; i++) {
		const struct choice *choice = &g_array_index(choices, struct choice, i);
		g_autofree char *when = formula_of(book, choice->parsed, reference, data);
		g_auto(GStrv) parts = g_strsplit(choice->text, "\"", -1);
		g_autofree char *text = g_strjoinv("\"\"", parts);

		g_string_append_printf(formula, "IF(%s > 0, \"%s\", ", when, text);
	}
	g_string_append(formula, "\"\"");
	for (guint i = 0; i < choices->len; i++)
		g_string_append_c(formula, ')');
	return g_string_free(formula, FALSE);
}

/* Words of what it is derived of come before its own. */
char *formula_of_figure(const struct book *book, const struct figures *figures,
                        const struct figure *figure,
                        const char *(*reference)(const char *id, const void *data),
                        const void *data)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	struct words words = { figures, ids };
	char *formula;

	if (figure->choices)
		return formula_of_choices(book, figure->choices, reference, data);
	if (!figure->parsed)
		return NULL;
	if (figure->says)
		expression_ids(figure->parsed, note_words, &words);
	formula = formula_of(book, figure->parsed, reference, data);
	if (figure->otherwise) {
		g_autofree char *value = formula;

		formula = g_strdup_printf("IFERROR(%s, \"%s\")", value, figure->otherwise);
	}
	for (guint i = ids->len; i > 0; i--) {
		g_autofree char *value = formula,
				*of = formula_print(book, ids->pdata[i - 1], reference, data);

		formula = g_strdup_printf("IF(ISTEXT(%s), %s, %s)", of, of, value);
	}
	return formula;
}

void formula_write(struct sheet *sheet, guint column, lxw_format *format,
                   const struct figure *figure, const char *formula)
{
	if (figure->parsed && expression_searches(figure->parsed))
		sheet_array_formula(sheet, column, format, formula,
		                    figure->has_value ? figure->value : 0);
	else if (figure->unit == UNIT_TEXT || !figure->has_value)
		sheet_formula_words(sheet, column, format, formula,
		                    figure->unit == UNIT_TEXT ? figure->text : figure->reason);
	else
		sheet_formula(sheet, column, format, formula, figure->value);
}

/* "$" stands close to the number, "CHF" apart from it. */
static char *money(const struct report *report, const char *digits)
{
	g_auto(GStrv) parts = g_strsplit(report->currency, "\"", -1);
	g_autofree char *symbol = g_strjoinv("", parts);
	gsize length = strlen(symbol);
	const char *space = length > 0 && g_ascii_isalpha(symbol[length - 1]) ? " " : "";

	return g_strdup_printf("\"%s%s\"%s;-\"%s%s\"%s", symbol, space, digits, symbol, space,
	                       digits);
}

/* A format with a condition shows what is below nought without a sign, unless it says it. */
static const char *digits_of(enum unit unit, double largest, gboolean whole)
{
	switch (unit) {
	case UNIT_SHARE: return "[>=9.995]\">\u00a0999\u00a0%\";[<0]-0.0%;0.0%";
	case UNIT_RATE: return "#,##0.00##";
	case UNIT_CURRENCY: return whole || largest >= 100 ? "#,##0" : "#,##0.00";
	case UNIT_HOURS: return whole || largest >= 1000 ? "#,##0" : "#,##0.0";
	case UNIT_NUMBER:
		return whole         ? "#,##0"
		       : largest < 1 ? "0.000"
		                     : "[>=100]#,##0;[<0]-#,##0.00;0.00#";
	default: return whole ? "#,##0" : "#,##0.0";
	}
}

static guint width_of(const struct report *report, enum unit unit, double largest)
{
	double integer = unit == UNIT_SHARE ? largest * 100 : largest;
	guint digits = integer < 10 ? 1 : 1 + (guint)floor(log10(integer));
	guint symbol = (guint)g_utf8_strlen(report->currency, -1) + 1;

	digits += (digits - 1) / 3 + 1; /* separators, and a sign */
	switch (unit) {
	case UNIT_CURRENCY: return digits + symbol + (largest < 100 ? 3 : 0);
	case UNIT_RATE: return digits + symbol + 5;
	case UNIT_COUNT: return digits;
	default: return digits + 3;
	}
}

struct scale {
	double from, factor;
	const char *unit;
};

static const struct scale seconds_scales[] = {
	{ 2 * DAY, DAY, "days" },
	{ 1.5 * HOUR, HOUR, "h" },
	{ 0, MINUTE, "min" },
};

static const struct scale byte_scales[] = {
	{ TIB, TIB, "TiB" },
	{ GIB, GIB, "GiB" },
	{ 0, MIB, "MiB" },
};

static const struct scale *find_scale(enum unit unit, double typical)
{
	const struct scale *scale = unit == UNIT_SECONDS ? seconds_scales : byte_scales;

	if (unit != UNIT_SECONDS && unit != UNIT_BYTES)
		return NULL;
	while (typical < scale->from)
		scale++;
	return scale;
}

static const char *unit_word(const struct report *report, enum unit unit)
{
	switch (unit) {
	case UNIT_CURRENCY:
	case UNIT_RATE: return report->currency;
	case UNIT_HOURS: return "hours";
	case UNIT_SECONDS: return "seconds";
	case UNIT_BYTES: return "bytes";
	case UNIT_CPUS: return "cores";
	case UNIT_GPUS: return "GPUs";
	case UNIT_NODES: return "nodes";
	case UNIT_SHARE: return "%";
	default: return "";
	}
}

static struct shape make_shape(const struct report *report, enum unit unit, double largest,
                               gboolean whole)
{
	struct shape shape = { .factor = 1, .unit = unit_word(report, unit) };
	const char *digits = digits_of(unit, largest, whole);

	shape.number_format = unit == UNIT_CURRENCY || unit == UNIT_RATE ? money(report, digits)
	                                                                 : g_strdup(digits);
	shape.width = width_of(report, unit, largest);
	return shape;
}

struct shape shape_of(const struct report *report, enum unit unit, const struct extent *extent)
{
	const struct scale *scale = find_scale(unit, extent->typical);
	struct shape shape;

	if (!scale)
		return make_shape(report, unit, extent->largest, extent->whole);
	shape = make_shape(report, unit, extent->largest / scale->factor, FALSE);
	shape.factor = scale->factor;
	shape.unit = scale->unit;
	return shape;
}

struct shape shape_of_value(const struct report *report, enum unit unit, double value)
{
	struct extent extent = { fabs(value), fabs(value), value == floor(value) };

	return shape_of(report, unit, &extent);
}

struct shape shape_unscaled(const struct report *report, enum unit unit, double value)
{
	return make_shape(report, unit, fabs(value), value == floor(value));
}

void shape_say(struct shape *shape, const char *number_format)
{
	g_free(shape->number_format);
	shape->number_format = g_strdup(number_format);
}

void shape_clear(struct shape *shape)
{
	g_free(shape->number_format);
	shape->number_format = NULL;
}
