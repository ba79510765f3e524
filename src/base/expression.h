/* SPDX-License-Identifier: Apache-2.0 */
/* expression: one definition of a derived figure. C evaluates it, the workbook prints it as a
 * formula, the method page prints it as text.
 *
 *   expression = term { (+|-) term }     term = factor { (*|/) factor }
 *   factor     = number | id | ( expression ) | - factor | min ( … , … ) | max ( … , … )
 *              | positive ( … ) | abs ( … ) | least ( curve ) | most ( curve , curve , limit )
 *              | largest ( curve )
 *              | at ( curve , place ) | lookup ( … , curve , curve )
 *
 * min and max take two or more; positive is 1 of what is greater than 0, else 0. A curve is a row
 * of numbers, or an expression over some that are as long, place by place; places are counted from
 * 0. least is the first place of the least value; most that of the greatest, of the places at which
 * the second curve is no more than the limit; largest the greatest value. lookup is the value of
 * the second curve at the last place at which the first, which never falls, is no more than what is
 * looked up, a number or a curve. An id is letters, digits, '_' and '.', beginning with a
 * letter. */
#ifndef BASE_EXPRESSION_H
#define BASE_EXPRESSION_H

#include <glib.h>

struct expression;

/* NULL and error ("column 7: …") when the text is not an expression. */
struct expression *expression_new(const char *text, GError **error);
void expression_free(struct expression *expression);

/* The value, asking `value` for each id. FALSE when an id has no value (`value` returned FALSE) or
 * a division by zero or an overflow occurs: then *result is untouched. */
gboolean expression_value(const struct expression *expression,
                          gboolean (*value)(const char *id, double *value, void *data), void *data,
                          double *result);

/* Where ids have their values: a number, or a curve. `curve` returns NULL for what is none, and may
 * itself be NULL. */
struct expression_source {
	gboolean (*value)(const char *id, double *value, void *data);
	const double *(*curve)(const char *id, guint *count, void *data);
	void *data;
};

/* The same where there may be curves. Without a place there is no value, either. */
gboolean expression_evaluate(const struct expression *expression,
                             const struct expression_source *source, double *result);

/* Whether it has least, most or largest: as a formula it is one of arrays. */
gboolean expression_searches(const struct expression *expression);

/* The expression as a spreadsheet's formula, with each id replaced by what `name` returns (owned by
 * the callee's data, may be NULL to keep the id) and parentheses kept. The caller frees it. */
char *expression_print(const struct expression *expression,
                       const char *(*name)(const char *id, void *data), void *data);

/* Calls `each` for each id, in order, with repetitions. */
void expression_ids(const struct expression *expression, void (*each)(const char *id, void *data),
                    void *data);

#endif
