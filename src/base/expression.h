/* SPDX-License-Identifier: Apache-2.0 */
/* expression: one definition of a derived figure. C evaluates it, the workbook prints it as a
 * formula, the method page prints it as text.
 *
 *   expression = term { (+|-) term }     term = factor { (*|/) factor }
 *   factor     = number | id | ( expression ) | - factor | min ( … , … ) | max ( … , … )
 *
 * min and max take two or more.
 * An id is letters, digits, '_' and '.', beginning with a letter. */
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

/* The text with each id replaced by what `name` returns (owned by the callee's data, may be NULL to
 * keep the id), with min/max as MIN/MAX and parentheses kept. The caller frees it. */
char *expression_print(const struct expression *expression,
                       const char *(*name)(const char *id, void *data), void *data);

/* Calls `each` for each id, in order, with repetitions. */
void expression_ids(const struct expression *expression, void (*each)(const char *id, void *data),
                    void *data);

#endif
