/* SPDX-License-Identifier: Apache-2.0 */
#include "base/figure.h"

#include "base/expression.h"

struct figures {
	const struct figures *base; /* known, too, but for what is here; NULL: nothing is */
	GHashTable *unmoved;        /* ids of it that hang on nothing here, borrowed; NULL without a
	                               base */
	GPtrArray *list;   /* owns */
	GHashTable *by_id; /* borrows */
	GPtrArray *expressions; /* owns */
	GPtrArray *curves;        /* owns */
	GHashTable *curves_by_id; /* borrows */
};

static void figure_free(void *data)
{
	struct figure *figure = data;

	g_free(figure->id);
	g_free(figure->label);
	g_free(figure->definition);
	g_free(figure->expression);
	g_free(figure->reason);
	g_free(figure->otherwise);
	g_free(figure->text);
	g_clear_pointer(&figure->choices, g_array_unref);
	figures_free(figure->what_if);
	g_free(figure->target);
	g_free(figure);
}

static void choice_clear(void *data)
{
	struct choice *choice = data;

	g_free(choice->expression);
	g_free(choice->text);
}

static void curve_free(void *data)
{
	struct curve *curve = data;

	g_free(curve->id);
	g_free(curve->label);
	g_free(curve->values);
	g_free(curve);
}

struct figures *figures_new(void)
{
	struct figures *figures = g_new0(struct figures, 1);

	figures->list = g_ptr_array_new_with_free_func(figure_free);
	figures->expressions = g_ptr_array_new_with_free_func((GDestroyNotify)expression_free);
	figures->by_id = g_hash_table_new(g_str_hash, g_str_equal);
	figures->curves = g_ptr_array_new_with_free_func(curve_free);
	figures->curves_by_id = g_hash_table_new(g_str_hash, g_str_equal);
	return figures;
}

struct figures *figures_over(const struct figures *base)
{
	struct figures *figures = figures_new();

	figures->base = base;
	figures->unmoved = g_hash_table_new(g_str_hash, g_str_equal);
	return figures;
}

void figures_free(struct figures *figures)
{
	if (figures == NULL)
		return;
	g_clear_pointer(&figures->unmoved, g_hash_table_destroy);
	g_hash_table_destroy(figures->by_id);
	g_hash_table_destroy(figures->curves_by_id);
	g_ptr_array_free(figures->curves, TRUE);
	g_ptr_array_free(figures->list, TRUE);
	g_ptr_array_free(figures->expressions, TRUE);
	g_free(figures);
}

static struct figure *add(struct figures *figures, const char *id, enum unit unit,
                          const char *label)
{
	struct figure *figure;

	if (g_hash_table_contains(figures->by_id, id))
		g_error("figure %s is added twice", id);
	figure = g_new0(struct figure, 1);
	figure->id = g_strdup(id);
	figure->label = g_strdup(label);
	figure->unit = unit;
	g_ptr_array_add(figures->list, figure);
	g_hash_table_insert(figures->by_id, figure->id, figure);
	return figure;
}

struct figure *figures_add(struct figures *figures, const char *id, enum unit unit, double value,
                           const char *label)
{
	struct figure *figure = add(figures, id, unit, label);

	figure->value = value;
	figure->has_value = TRUE;
	return figure;
}

struct figure *figures_add_missing(struct figures *figures, const char *id, enum unit unit,
                                   const char *reason, const char *label)
{
	struct figure *figure = add(figures, id, unit, label);

	figure->reason = g_strdup(reason);
	return figure;
}

struct figure *figures_add_text(struct figures *figures, const char *id, const char *text,
                                const char *label)
{
	struct figure *figure = add(figures, id, UNIT_TEXT, label);

	figure->text = g_strdup(text);
	figure->has_value = TRUE;
	return figure;
}

void figures_add_curve(struct figures *figures, const char *id, enum unit unit, double *values,
                       guint count, const char *label)
{
	struct curve *curve = g_new(struct curve, 1);

	if (figures_curve(figures, id))
		g_error("curve %s is added twice", id);
	*curve = (struct curve){ g_strdup(id), g_strdup(label), unit, count, values };
	g_ptr_array_add(figures->curves, curve);
	g_hash_table_insert(figures->curves_by_id, curve->id, curve);
}

const struct curve *figures_curve(const struct figures *figures, const char *id)
{
	const struct curve *curve = g_hash_table_lookup(figures->curves_by_id, id);

	return curve || !figures->base ? curve : figures_curve(figures->base, id);
}

guint figures_curves(const struct figures *figures)
{
	return figures->curves->len;
}

const struct curve *figures_curve_nth(const struct figures *figures, guint n)
{
	g_assert(n < figures->curves->len);
	return g_ptr_array_index(figures->curves, n);
}

static gboolean is_number(const struct figure *figure)
{
	return figure && figure->has_value && figure->unit != UNIT_TEXT;
}

struct derivation {
	const struct figures *figures;
	struct figure *figure;
};

static gboolean value_of(const char *id, double *value, void *data)
{
	const struct figures *figures = data;
	const struct figure *figure = figures_find(figures, id);

	if (!is_number(figure))
		return FALSE;
	*value = figure->value;
	return TRUE;
}

static const double *curve_of(const char *id, guint *count, void *data)
{
	const struct curve *curve = figures_curve(data, id);

	if (!curve)
		return NULL;
	*count = curve->count;
	return curve->values;
}

/* Its grade is the worst, and its reason the first, of what it stands on. */
static void inherit(const char *id, void *data)
{
	const struct derivation *derivation = data;
	struct figure *figure = derivation->figure;
	const struct figure *source = figures_find(derivation->figures, id);

	if (figures_curve(derivation->figures, id))
		return;
	if (source)
		figure->grade = MAX(figure->grade, source->grade);
	figure->says = figure->says || (source && source->says);
	if (figure->reason || is_number(source))
		return;
	figure->waits = source && source->waits;
	if (source && source->reason)
		figure->reason = g_strdup(source->reason);
	else
		figure->reason = g_strdup_printf("There is no number for %s.", id);
}

static void evaluate(const struct figures *figures, struct figure *figure)
{
	struct derivation derivation = { figures, figure };
	const struct expression_source known = { value_of, curve_of, (void *)figures };

	figure->says = figure->otherwise != NULL;
	expression_ids(figure->parsed, inherit, &derivation);
	figure->has_value = expression_evaluate(figure->parsed, &known, &figure->value);
	if (figure->has_value || figure->reason)
		return;
	figure->waits = figure->otherwise != NULL;
	figure->reason = g_strdup(figure->otherwise ? figure->otherwise
	                                            : "it would be a division by zero");
}

struct figure *figures_derive(struct figures *figures, const char *id, enum unit unit,
                              const char *expression, const char *label)
{
	return figures_derive_or(figures, id, unit, expression, label, NULL);
}

/* Owned by the set. */
static const struct expression *parse(struct figures *figures, const char *id,
                                      const char *expression)
{
	g_autoptr(GError) error = NULL;
	struct expression *parsed = expression_new(expression, &error);

	if (parsed == NULL)
		g_error("figure %s: %s: %s", id, expression, error->message);
	g_ptr_array_add(figures->expressions, parsed);
	return parsed;
}

struct figure *figures_derive_or(struct figures *figures, const char *id, enum unit unit,
                                 const char *expression, const char *label, const char *otherwise)
{
	struct figure *figure = add(figures, id, unit, label);

	figure->parsed = parse(figures, id, expression);
	figure->expression = g_strdup(expression);
	figure->otherwise = g_strdup(otherwise);
	evaluate(figures, figure);
	return figure;
}

static gboolean is_above_nought(const struct figures *figures, const struct expression *expression)
{
	const struct expression_source known = { value_of, curve_of, (void *)figures };
	double value;

	return expression_evaluate(expression, &known, &value) && value > 0;
}

void figures_add_choice(struct figures *figures, struct figure *figure, const char *expression,
                        const char *text)
{
	const struct choice choice = { g_strdup(expression), g_strdup(text),
		                       parse(figures, figure->id, expression) };
	gboolean is_chosen = is_above_nought(figures, choice.parsed);

	if (!figure->choices) {
		figure->choices = g_array_new(FALSE, FALSE, sizeof choice);
		g_array_set_clear_func(figure->choices, choice_clear);
	}
	for (guint i = 0; i < figure->choices->len; i++)
		is_chosen =
			is_chosen &&
			!is_above_nought(figures,
		                         g_array_index(figure->choices, struct choice, i).parsed);
	g_array_append_val(figure->choices, choice);
	if (!is_chosen)
		return;
	g_free(figure->text);
	figure->text = g_strdup(text);
}

gboolean figure_is_live(const struct figure *figure)
{
	return figure->has_value || figure->waits;
}

struct search {
	struct figures *figures;
	gboolean moved;
};

static void search_input(const char *id, void *data)
{
	struct search *search = data;

	search->moved = figures_derive_anew(search->figures, id) || search->moved;
}

gboolean figures_derive_anew(struct figures *figures, const char *id)
{
	struct search search = { figures, FALSE };
	const struct figure *known;
	struct figure *figure;

	if (g_hash_table_contains(figures->by_id, id))
		return TRUE;
	known = figures_find(figures->base, id);
	if (!known || !known->parsed || g_hash_table_contains(figures->unmoved, id))
		return FALSE;
	expression_ids(known->parsed, search_input, &search);
	if (!search.moved) {
		g_hash_table_add(figures->unmoved, known->id);
		return FALSE;
	}
	figure = add(figures, id, known->unit, known->label);
	figure->expression = g_strdup(known->expression);
	figure->otherwise = g_strdup(known->otherwise);
	figure->parsed = known->parsed;
	evaluate(figures, figure);
	return TRUE;
}

struct figure *figures_suppose(struct figures *figures, const char *id, struct figures *what_if,
                               const char *target, const char *label)
{
	const struct figure *known = figures_find(figures, target), *found;
	struct figure *figure;

	figures_derive_anew(what_if, target);
	found = figures_find(what_if, target);
	figure = add(figures, id, found->unit, label);
	figure->value = found->value;
	figure->has_value = found->has_value;
	figure->says = found->says;
	figure->waits = found->waits;
	figure->grade = known ? known->grade : found->grade;
	figure->reason = g_strdup(found->reason);
	figure->what_if = what_if;
	figure->target = g_strdup(target);
	return figure;
}

struct figure *figures_find(const struct figures *figures, const char *id)
{
	struct figure *figure = g_hash_table_lookup(figures->by_id, id);

	return figure || !figures->base ? figure : figures_find(figures->base, id);
}

double figures_value(const struct figures *figures, const char *id, double otherwise)
{
	const struct figure *figure = figures_find(figures, id);

	return is_number(figure) ? figure->value : otherwise;
}

guint figures_count(const struct figures *figures)
{
	return figures->list->len;
}

struct figure *figures_nth(const struct figures *figures, guint n)
{
	g_assert(n < figures->list->len);
	return g_ptr_array_index(figures->list, n);
}

const char *grade_name(enum grade grade)
{
	static const char *const names[] = {
		[GRADE_NONE] = "", [GRADE_A] = "A", [GRADE_B] = "B",
		[GRADE_C] = "C",   [GRADE_D] = "D",
	};

	return names[grade];
}

const char *unit_name(enum unit unit)
{
	static const char *const names[] = {
		[UNIT_COUNT] = "count",     [UNIT_SHARE] = "share", [UNIT_CURRENCY] = "currency",
		[UNIT_RATE] = "rate",       [UNIT_HOURS] = "hours", [UNIT_SECONDS] = "seconds",
		[UNIT_BYTES] = "bytes",     [UNIT_CPUS] = "cpus",   [UNIT_GPUS] = "gpus",
		[UNIT_NODES] = "nodes",     [UNIT_NUMBER] = "number", [UNIT_TIME] = "time",
		[UNIT_TEXT] = "text",
	};

	G_STATIC_ASSERT(G_N_ELEMENTS(names) == UNITS);
	return names[unit];
}
