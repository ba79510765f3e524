/* SPDX-License-Identifier: Apache-2.0 */
#include "base/expression.h"

#include <math.h>

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

static struct expression *parse_list(struct parser *parser, enum kind kind)
{
	struct expression *list = parse_sum(parser);
	guint count = 1;

	while (list && take(parser, ',')) {
		list = join(parser, kind, list, parse_sum(parser));
		count++;
	}
	if (list && count > 1 && take(parser, ')'))
		return list;
	if (list) {
		expression_free(list);
		return fail(parser, count > 1 ? "',' or ')' is expected" : "',' is expected");
	}
	return NULL;
}

static struct expression *parse_word(struct parser *parser)
{
	const char *from = parser->at;
	g_autofree char *word = NULL;
	struct expression *node;

	while (g_ascii_isalnum(*parser->at) || *parser->at == '_' || *parser->at == '.')
		parser->at++;
	word = g_strndup(from, (gsize)(parser->at - from));
	if (g_str_equal(word, "min") && take(parser, '('))
		return parse_list(parser, KIND_MIN);
	if (g_str_equal(word, "max") && take(parser, '('))
		return parse_list(parser, KIND_MAX);
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

struct lookup {
	gboolean (*value)(const char *id, double *value, void *data);
	void *data;
};

static gboolean evaluate(const struct expression *node, const struct lookup *lookup, double *result)
{
	double left = 0, right = 0;

	if (node->kind == KIND_ID)
		return lookup->value(node->text, result, lookup->data) && isfinite(*result);
	if (node->left && !evaluate(node->left, lookup, &left))
		return FALSE;
	if (node->right && !evaluate(node->right, lookup, &right))
		return FALSE;
	switch (node->kind) {
	case KIND_NUMBER: *result = node->number; break;
	case KIND_NEGATE: *result = -left; break;
	case KIND_ADD: *result = left + right; break;
	case KIND_SUBTRACT: *result = left - right; break;
	case KIND_MULTIPLY: *result = left * right; break;
	case KIND_DIVIDE: *result = left / right; break;
	case KIND_MIN: *result = MIN(left, right); break;
	case KIND_MAX: *result = MAX(left, right); break;
	case KIND_GROUP:
	case KIND_ID: *result = left; break;
	}
	return isfinite(*result);
}

gboolean expression_value(const struct expression *expression,
                          gboolean (*value)(const char *id, double *value, void *data), void *data,
                          double *result)
{
	struct lookup lookup = { value, data };
	double found;

	if (!evaluate(expression, &lookup, &found))
		return FALSE;
	*result = found;
	return TRUE;
}

struct naming {
	GString *out;
	const char *(*name)(const char *id, void *data);
	void *data;
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
	case KIND_MIN: print_around("MIN(", node, ")", naming); break;
	case KIND_MAX: print_around("MAX(", node, ")", naming); break;
	}
}

char *expression_print(const struct expression *expression,
                       const char *(*name)(const char *id, void *data), void *data)
{
	struct naming naming = { g_string_new(NULL), name, data };

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
