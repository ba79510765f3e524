/* SPDX-License-Identifier: Apache-2.0 */
#include "base/expression.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

/* Bounds the recursion of everything below, whatever the text. */
enum { DEEPEST = 200 };

enum kind {
	KIND_NUMBER,
	KIND_ID,
	KIND_GROUP, /* ( left ) */
	KIND_NEGATE,
	KIND_ADD,
	KIND_SUBTRACT,
	KIND_MULTIPLY,
	KIND_DIVIDE,
	KIND_MIN, /* of left and right; three or more nest to the left */
	KIND_MAX,
	KIND_POSITIVE, /* left */
	KIND_ABS,      /* left */
	KIND_LEAST,    /* place of the least of left, a curve */
	KIND_MOST,     /* place of the greatest; left: KIND_UPTO, right: its limit */
	KIND_UPTO,     /* left, where right, both curves, is no more than a limit */
	KIND_LARGEST,  /* of left, a curve */
	KIND_AT,       /* left, a curve, at the place right */
	KIND_LOOKUP,   /* in right, a curve; left: KIND_AMONG */
	KIND_AMONG,    /* where left is among right, a curve */
};

struct expression {
	enum kind kind;
	guint depth;
	char *text; /* of a number or an id */
	double number;
	struct expression *left, *right;
};

struct parser {
	const char *text, *at;
	guint depth;
	GError **error;
};

static struct expression *parse_sum(struct parser *parser);
static struct expression *parse_factor(struct parser *parser);

void expression_free(struct expression *expression)
{
	if (expression == NULL)
		return;
	expression_free(expression->left);
	expression_free(expression->right);
	g_free(expression->text);
	g_free(expression);
}

static struct expression *node_new(enum kind kind, struct expression *left,
                                   struct expression *right)
{
	struct expression *node = g_new0(struct expression, 1);

	node->kind = kind;
	node->left = left;
	node->right = right;
	node->depth = 1 + MAX(left ? left->depth : 0, right ? right->depth : 0);
	return node;
}

static struct expression *fail(struct parser *parser, const char *what)
{
	error_failed(parser->error, "column %d: %s", (int)(parser->at - parser->text) + 1, what);
	return NULL;
}

/* Joins two operands; takes both over, and fails on a missing right one or one level too many. */
static struct expression *join(struct parser *parser, enum kind kind, struct expression *left,
                               struct expression *right)
{
	struct expression *node;

	if (right == NULL) {
		expression_free(left);
		return NULL;
	}
	node = node_new(kind, left, right);
	if (node->depth <= DEEPEST)
		return node;
	expression_free(node);
	return fail(parser, "the expression is too long");
}

static char next(struct parser *parser)
{
	while (*parser->at == ' ')
		parser->at++;
	return *parser->at;
}

static gboolean take(struct parser *parser, char c)
{
	if (next(parser) != c)
		return FALSE;
	parser->at++;
	return TRUE;
}

static struct expression *parse_number(struct parser *parser)
{
	const char *from = parser->at;
	struct expression *node;

	while (g_ascii_isdigit(*parser->at))
		parser->at++;
	if (*parser->at == '.') {
		parser->at++;
		if (!g_ascii_isdigit(*parser->at))
			return fail(parser, "a digit is expected after the decimal point");
		while (g_ascii_isdigit(*parser->at))
			parser->at++;
	}
	node = node_new(KIND_NUMBER, NULL, NULL);
	node->text = g_strndup(from, (gsize)(parser->at - from));
	node->number = g_ascii_strtod(node->text, NULL);
	return node;
}

static const struct function {
	const char *name;
	enum kind kind, first; /* `first` joins the first two arguments, where there are three */
	guint least, most;     /* arguments */
} functions[] = {
	{ "min", KIND_MIN, KIND_MIN, 2, G_MAXUINT }, { "max", KIND_MAX, KIND_MAX, 2, G_MAXUINT },
	{ "positive", KIND_POSITIVE, 0, 1, 1 },      { "abs", KIND_ABS, 0, 1, 1 },
	{ "least", KIND_LEAST, 0, 1, 1 },            { "most", KIND_MOST, KIND_UPTO, 3, 3 },
	{ "largest", KIND_LARGEST, 0, 1, 1 },        { "at", KIND_AT, KIND_AT, 2, 2 },
	{ "lookup", KIND_LOOKUP, KIND_AMONG, 3, 3 },
};

static const struct function *find_function(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(functions); i++)
		if (g_str_equal(functions[i].name, name))
			return &functions[i];
	return NULL;
}

static struct expression *parse_arguments(struct parser *parser, const struct function *function)
{
	struct expression *list = parse_sum(parser);
	guint count = 1;

	while (list && count < function->most && take(parser, ',')) {
		enum kind kind = count == 1 ? function->first : function->kind;

		list = join(parser, kind, list, parse_sum(parser));
		count++;
	}
	if (list && count >= function->least && take(parser, ')'))
		return function->most == 1 ? node_new(function->kind, list, NULL) : list;
	if (list) {
		expression_free(list);
		return fail(parser, count < function->least    ? "',' is expected"
		                    : count < function->most ? "',' or ')' is expected"
		                                             : "')' is expected");
	}
	return NULL;
}

static struct expression *parse_word(struct parser *parser)
{
	const char *from = parser->at;
	g_autofree char *word = NULL;
	const struct function *function;
	struct expression *node;

	while (g_ascii_isalnum(*parser->at) || *parser->at == '_' || *parser->at == '.')
		parser->at++;
	word = g_strndup(from, (gsize)(parser->at - from));
	function = find_function(word);
	if (function && take(parser, '('))
		return parse_arguments(parser, function);
	node = node_new(KIND_ID, NULL, NULL);
	node->text = g_steal_pointer(&word);
	return node;
}

static struct expression *parse_group(struct parser *parser)
{
	struct expression *inner = parse_sum(parser);

	if (inner == NULL)
		return NULL;
	if (take(parser, ')'))
		return node_new(KIND_GROUP, inner, NULL);
	expression_free(inner);
	return fail(parser, "')' is expected");
}

static struct expression *parse_operand(struct parser *parser)
{
	struct expression *operand;

	if (g_ascii_isdigit(next(parser)))
		return parse_number(parser);
	if (g_ascii_isalpha(*parser->at))
		return parse_word(parser);
	if (take(parser, '('))
		return parse_group(parser);
	if (!take(parser, '-'))
		return fail(parser, "a number, a name or '(' is expected");
	operand = parse_factor(parser);
	return operand ? node_new(KIND_NEGATE, operand, NULL) : NULL;
}

static struct expression *parse_factor(struct parser *parser)
{
	struct expression *factor;

	if (parser->depth == DEEPEST)
		return fail(parser, "the expression is too deep");
	parser->depth++;
	factor = parse_operand(parser);
	parser->depth--;
	return factor;
}

static struct expression *parse_term(struct parser *parser)
{
	struct expression *term = parse_factor(parser);

	while (term) {
		if (take(parser, '*'))
			term = join(parser, KIND_MULTIPLY, term, parse_factor(parser));
		else if (take(parser, '/'))
			term = join(parser, KIND_DIVIDE, term, parse_factor(parser));
		else
			break;
	}
	return term;
}

static struct expression *parse_sum(struct parser *parser)
{
	struct expression *sum = parse_term(parser);

	while (sum) {
		if (take(parser, '+'))
			sum = join(parser, KIND_ADD, sum, parse_term(parser));
		else if (take(parser, '-'))
			sum = join(parser, KIND_SUBTRACT, sum, parse_term(parser));
		else
			break;
	}
	return sum;
}

struct expression *expression_new(const char *text, GError **error)
{
	struct parser parser = { text, text, 0, error };
	struct expression *whole = parse_sum(&parser);

	if (whole == NULL || next(&parser) == '\0')
		return whole;
	expression_free(whole);
	return fail(&parser, "an operator is expected");
}

/* Of numbers; of what has one operand, right is not looked at. */
static double apply(const struct expression *node, double left, double right)
{
	switch (node->kind) {
	case KIND_NUMBER: return node->number;
	case KIND_NEGATE: return -left;
	case KIND_ADD: return left + right;
	case KIND_SUBTRACT: return left - right;
	case KIND_MULTIPLY: return left * right;
	case KIND_DIVIDE: return left / right;
	case KIND_MIN: return MIN(left, right);
	case KIND_MAX: return MAX(left, right);
	case KIND_POSITIVE: return left > 0;
	case KIND_ABS: return fabs(left);
	default: return left;
	}
}

static const double *curve_of(const struct expression *node, const struct expression_source *source,
                              guint *count)
{
	return node->kind == KIND_ID && source->curve
	               ? source->curve(node->text, count, source->data)
	               : NULL;
}

static gboolean searches(const struct expression *node)
{
	return node->kind == KIND_LEAST || node->kind == KIND_MOST || node->kind == KIND_LARGEST ||
	       node->kind == KIND_AT;
}

/* How many values an operand has; 0: it is a number. What is found in a curve is one. */
static guint length_of(const struct expression *node, const struct expression_source *source)
{
	guint length = 0;

	if (searches(node) || curve_of(node, source, &length))
		return length;
	if (node->kind == KIND_LOOKUP)
		return length_of(node->left->left, source);
	length = node->left ? length_of(node->left, source) : 0;
	return length == 0 && node->right ? length_of(node->right, source) : length;
}

static gboolean evaluate(const struct expression *node, const struct expression_source *source,
                         double *result);

static gboolean look_up(const struct expression *node, const struct expression_source *source,
                        double *values, guint count);

/* The values along a curve; a number is the same everywhere. FALSE when one of them is none. */
static gboolean along(const struct expression *node, const struct expression_source *source,
                      double *values, guint count)
{
	guint length = length_of(node, source);
	const double *curve = curve_of(node, source, &length);
	g_autofree double *right = NULL;

	if (length == 0) {
		if (!evaluate(node, source, &values[0]))
			return FALSE;
		for (guint i = 1; i < count; i++)
			values[i] = values[0];
		return TRUE;
	}
	if (length != count)
		return FALSE;
	if (node->kind == KIND_LOOKUP)
		return along(node->left->left, source, values, count) &&
		       look_up(node, source, values, count);
	if (curve) {
		memcpy(values, curve, count * sizeof *values);
		return TRUE;
	}
	right = node->right ? g_new(double, count) : NULL;
	if (!along(node->left, source, values, count) ||
	    (right && !along(node->right, source, right, count)))
		return FALSE;
	for (guint i = 0; i < count; i++) {
		values[i] = apply(node, values[i], right ? right[i] : 0);
		if (!isfinite(values[i]))
			return FALSE;
	}
	return TRUE;
}

static double *curve_new(const struct expression *node, const struct expression_source *source,
                         guint count)
{
	double *values = count > 0 ? g_new(double, count) : NULL;

	if (values && along(node, source, values, count))
		return values;
	g_free(values);
	return NULL;
}

/* Of values that are looked up, what is found in their place. */
static gboolean look_up(const struct expression *node, const struct expression_source *source,
                        double *values, guint count)
{
	guint length = length_of(node->right, source);
	g_autofree double *among = curve_new(node->left->right, source, length),
			  *found = curve_new(node->right, source, length);

	for (guint i = 0; i < count; i++) {
		guint from = 0, to = length; /* places before `from` are no more, those from `to` on
		                                are */

		while (among && found && from < to) {
			guint middle = from + (to - from) / 2;

			if (among[middle] <= values[i])
				from = middle + 1;
			else
				to = middle;
		}
		if (from == 0)
			return FALSE;
		values[i] = found[from - 1];
	}
	return TRUE;
}

static gboolean find_largest(const struct expression *node, const struct expression_source *source,
                             double *result)
{
	guint count = length_of(node->left, source);
	g_autofree double *values = curve_new(node->left, source, count);

	for (guint i = 0; values && i < count; i++)
		*result = i == 0 ? values[0] : MAX(*result, values[i]);
	return values != NULL;
}

static gboolean find_least(const struct expression *node, const struct expression_source *source,
                           double *result)
{
	guint count = length_of(node->left, source), best = 0;
	g_autofree double *values = curve_new(node->left, source, count);

	for (guint i = 1; values && i < count; i++)
		if (values[i] < values[best])
			best = i;
	*result = best;
	return values != NULL;
}

static gboolean find_most(const struct expression *node, const struct expression_source *source,
                          double *result)
{
	const struct expression *upto = node->left;
	guint count = length_of(upto->left, source), best = count;
	g_autofree double *values = curve_new(upto->left, source, count);
	g_autofree double *places = curve_new(upto->right, source, count);
	double limit;

	if (!values || !places || !evaluate(node->right, source, &limit))
		return FALSE;
	for (guint i = 0; i < count; i++)
		if (places[i] <= limit && (best == count || values[i] > values[best]))
			best = i;
	*result = best;
	return best < count;
}

static gboolean find_at(const struct expression *node, const struct expression_source *source,
                        double *result)
{
	guint count = length_of(node->left, source);
	g_autofree double *values = curve_new(node->left, source, count);
	double place;

	if (!values || !evaluate(node->right, source, &place) || !(place >= 0 && place < count))
		return FALSE;
	*result = values[(guint)place];
	return TRUE;
}

static gboolean evaluate(const struct expression *node, const struct expression_source *source,
                         double *result)
{
	double left = 0, right = 0;

	switch (node->kind) {
	case KIND_ID: return source->value(node->text, result, source->data) && isfinite(*result);
	case KIND_LEAST: return find_least(node, source, result);
	case KIND_MOST: return find_most(node, source, result);
	case KIND_LARGEST: return find_largest(node, source, result);
	case KIND_LOOKUP:
		return evaluate(node->left->left, source, result) &&
		       look_up(node, source, result, 1);
	case KIND_AT: return find_at(node, source, result);
	default: break;
	}
	if (node->left && !evaluate(node->left, source, &left))
		return FALSE;
	if (node->right && !evaluate(node->right, source, &right))
		return FALSE;
	*result = apply(node, left, right);
	return isfinite(*result);
}

gboolean expression_evaluate(const struct expression *expression,
                             const struct expression_source *source, double *result)
{
	double found;

	if (!evaluate(expression, source, &found))
		return FALSE;
	*result = found;
	return TRUE;
}

gboolean expression_value(const struct expression *expression,
                          gboolean (*value)(const char *id, double *value, void *data), void *data,
                          double *result)
{
	const struct expression_source source = { value, NULL, data };

	return expression_evaluate(expression, &source, result);
}

gboolean expression_searches(const struct expression *expression)
{
	return expression->kind == KIND_LEAST || expression->kind == KIND_MOST ||
	       expression->kind == KIND_LARGEST ||
	       (expression->left && expression_searches(expression->left)) ||
	       (expression->right && expression_searches(expression->right));
}

struct naming {
	GString *out;
	const char *(*name)(const char *id, void *data);
	void *data;
	gboolean along; /* a curve: MIN and MAX would be of all its values together */
};

static void print(const struct expression *node, const struct naming *naming);

static void print_list(const struct expression *node, enum kind kind, const struct naming *naming)
{
	if (node->left->kind == kind)
		print_list(node->left, kind, naming);
	else
		print(node->left, naming);
	g_string_append(naming->out, ", ");
	print(node->right, naming);
}

static void print_between(const struct expression *node, const char *sign,
                          const struct naming *naming)
{
	print(node->left, naming);
	g_string_append(naming->out, sign);
	print(node->right, naming);
}

static void print_around(const char *before, const struct expression *node, const char *after,
                         const struct naming *naming)
{
	g_string_append(naming->out, before);
	if (node->kind == KIND_MIN || node->kind == KIND_MAX)
		print_list(node, node->kind, naming);
	else
		print(node->left, naming);
	g_string_append(naming->out, after);
}

/* Of two values, place by place. */
static void print_choice(const struct expression *node, const char *sign,
                         const struct naming *naming)
{
	g_string_append(naming->out, "IF(");
	print_between(node, sign, naming);
	g_string_append(naming->out, ", ");
	print_between(node, ", ", naming);
	g_string_append(naming->out, ")");
}

static void print_extreme(const struct expression *node, const char *name, const char *sign,
                          const struct naming *naming)
{
	if (naming->along)
		print_choice(node, sign, naming);
	else
		print_around(name, node, ")", naming);
}

static void print_operand(const struct expression *node, const struct expression *limit,
                          const struct naming *naming)
{
	const struct naming along = { naming->out, naming->name, naming->data, TRUE };

	if (!limit) {
		print(node, &along);
		return;
	}
	g_string_append(naming->out, "IF(");
	print(node->right, &along);
	g_string_append(naming->out, "<=");
	print(limit, naming);
	g_string_append(naming->out, ", ");
	print(node->left, &along);
	g_string_append(naming->out, ")");
}

/* Places are counted from 1 there. */
static void print_search(const char *extreme, const struct expression *node,
                         const struct naming *naming)
{
	g_string_append_printf(naming->out, "(MATCH(%s(", extreme);
	print_operand(node->left, node->right, naming);
	g_string_append(naming->out, "), ");
	print_operand(node->left, node->right, naming);
	g_string_append(naming->out, ", 0) - 1)");
}

static void print_largest(const struct expression *node, const struct naming *naming)
{
	g_string_append(naming->out, "MAX(");
	print_operand(node->left, NULL, naming);
	g_string_append(naming->out, ")");
}

static void print_lookup(const struct expression *node, const struct naming *naming)
{
	g_string_append(naming->out, "LOOKUP(");
	print_between(node->left, ", ", naming);
	g_string_append(naming->out, ", ");
	print(node->right, naming);
	g_string_append(naming->out, ")");
}

static void print_id(const char *id, const struct naming *naming)
{
	const char *name = naming->name(id, naming->data);

	g_string_append(naming->out, name ? name : id);
}

static void print(const struct expression *node, const struct naming *naming)
{
	switch (node->kind) {
	case KIND_NUMBER: g_string_append(naming->out, node->text); break;
	case KIND_ID: print_id(node->text, naming); break;
	case KIND_GROUP: print_around("(", node, ")", naming); break;
	case KIND_NEGATE: print_around("-", node, "", naming); break;
	case KIND_ADD: print_between(node, " + ", naming); break;
	case KIND_SUBTRACT: print_between(node, " - ", naming); break;
	case KIND_MULTIPLY: print_between(node, " * ", naming); break;
	case KIND_DIVIDE: print_between(node, " / ", naming); break;
	case KIND_MIN: print_extreme(node, "MIN(", " < ", naming); break;
	case KIND_MAX: print_extreme(node, "MAX(", " > ", naming); break;
	case KIND_POSITIVE: print_around("IF(", node, " > 0, 1, 0)", naming); break;
	case KIND_ABS: print_around("ABS(", node, ")", naming); break;
	case KIND_LEAST: print_search("MIN", node, naming); break;
	case KIND_MOST: print_search("MAX", node, naming); break;
	case KIND_LARGEST: print_largest(node, naming); break;
	case KIND_LOOKUP: print_lookup(node, naming); break;
	case KIND_UPTO:
	case KIND_AMONG: break; /* within others */
	case KIND_AT:
		g_string_append(naming->out, "INDEX(");
		print_between(node, ", ", naming);
		g_string_append(naming->out, " + 1)");
		break;
	}
}

char *expression_print(const struct expression *expression,
                       const char *(*name)(const char *id, void *data), void *data)
{
	const struct naming naming = { g_string_new(NULL), name, data, FALSE };

	print(expression, &naming);
	return g_string_free(naming.out, FALSE);
}

void expression_ids(const struct expression *expression, void (*each)(const char *id, void *data),
                    void *data)
{
	if (expression->kind == KIND_ID)
		each(expression->text, data);
	if (expression->left)
		expression_ids(expression->left, each, data);
	if (expression->right)
		expression_ids(expression->right, each, data);
}
