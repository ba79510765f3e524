/* SPDX-License-Identifier: Apache-2.0 */
/* xlsx_formula: ids → defined names, expressions → formulas, units → number formats. */
#ifndef RENDER_XLSX_FORMULA_H
#define RENDER_XLSX_FORMULA_H

#include "render/xlsx_book.h"

/* Fills book->names: "assumption.core_purchase" → "in_core_purchase", "saving.total" →
 * "fig_saving_total", and of curves "pool.1.beyond.low" → "by_pool_1_beyond_low". Figures that are
 * no number, or have none and can have none, get no name. */
void formula_name_ids(struct book *book);

/* The defined name of an id, or NULL. */
const char *formula_name(const struct book *book, const char *id);

/* A figure of `figures`, an expression or a choice, as a formula, with the words that it has in the
 * place of a value. `reference` is asked first, for columns of a table, and returns NULL for what
 * it does not know (it may itself be NULL); then the defined names; what has neither stands as its
 * value. The caller frees it. */
char *formula_of_figure(const struct book *book, const struct figures *figures,
                        const struct figure *figure,
                        const char *(*reference)(const char *id, const void *data),
                        const void *data);

/* Writes what a figure is by a formula into a cell of the current row. */
void formula_write(struct sheet *sheet, guint column, lxw_format *format,
                   const struct figure *figure, const char *formula);

/* An expression as a formula; `reference` as above. The caller frees it. */
char *formula_print(const struct book *book, const char *expression,
                    const char *(*reference)(const char *id, const void *data), const void *data);

/* How numbers of a unit are shown: divided by `factor`, in `unit`. */
struct shape {
	double factor;
	const char *unit;
	char *number_format; /* Excel's notation */
	guint width;         /* characters that the largest takes */
};

/* The numbers that one shape is to suit. */
struct extent {
	double largest, typical; /* in size */
	gboolean whole;          /* none of them has decimals */
};

/* Seconds become minutes, hours or days, bytes MiB and so on, as suits the typical one. */
struct shape shape_of(const struct report *report, enum unit unit, const struct extent *extent);

/* The same for one value. */
struct shape shape_of_value(const struct report *report, enum unit unit, double value);

/* For a value in its own unit: seconds stay seconds. */
struct shape shape_unscaled(const struct report *report, enum unit unit, double value);

#define SHAPE_WHOLE "0%" /* of shares that are counted in whole per cents: no tenths */
void shape_say(struct shape *shape, const char *number_format);
void shape_clear(struct shape *shape);

#endif
