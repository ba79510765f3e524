/* SPDX-License-Identifier: Apache-2.0 */
/* figure: every number that a reader sees, with its id, unit, grade and, where it is derived, its
 * one definition. finding/ sets values, report/ formats each once, render/ prints that text. */
#ifndef BASE_FIGURE_H
#define BASE_FIGURE_H

#include <glib.h>

enum unit {
	UNIT_COUNT,    /* whole things */
	UNIT_SHARE,    /* 0…1, printed as per cent */
	UNIT_CURRENCY, /* money, a year unless the label says otherwise */
	UNIT_RATE,     /* money with cents: a price per hour or per unit */
	UNIT_HOURS,    /* core-, GPU-, node- or wall-hours; the label says which */
	UNIT_SECONDS,  /* a length of time, printed in minutes, hours or days */
	UNIT_BYTES,
	UNIT_CPUS,
	UNIT_GPUS,
	UNIT_NODES,
	UNIT_NUMBER,   /* a plain number with decimals */
	UNIT_TIME,     /* seconds since 1970, printed as a local date and hour */
	UNIT_TEXT,     /* no number at all: a name or a phrase from the data */
	UNITS
};

/* How much a figure can bear: model.md's grades. */
enum grade {
	GRADE_NONE, /* a grade does not apply: counts, assumptions */
	GRADE_A,    /* with an inventory */
	GRADE_B,    /* on inferred node shapes */
	GRADE_C,    /* what memory jobs held is not known: demand is counted too low */
	GRADE_D,    /* unmeasured */
};

struct expression;
struct figures;

struct figure {
	char *id;         /* "saving.total.expected" */
	char *label;      /* "Saving a year, expected"; what a table row or a tooltip says */
	char *definition; /* one sentence for the method page, or NULL */
	char *expression; /* over other ids (base/expression.h), or NULL for a measured one */
	char *reason;     /* why there is no value, a sentence; NULL when there is one */
	char *otherwise;  /* … and what it says where it would be a division by zero, live; NULL:
	                     that it would be one */
	char *text;       /* as every format prints it; set once by report/format */
	GArray *choices;  /* struct choice: a text that hangs on figures. NULL: it does not */
	const struct expression *parsed; /* `expression`; borrowed, as long as the set */
	struct figures *what_if;   /* what is otherwise, so that `target` is so much; owned. NULL:
	                              it is as everything is */
	char *target;              /* the id of one of these, or of one that they leave as it is */
	double line;      /* of a share: what it is judged by, which it is not printed as when it
	                     is less or more; of such a line itself its value; 0: nothing */
	double value;     /* meaningless when has_value is FALSE */
	gboolean has_value;
	gboolean fine;   /* a share that is printed to a tenth of a per cent */
	gboolean whole;  /* a share that is counted in whole per cents, and has no tenths */
	gboolean says;   /* it has words in the place of a value, at some values of what it is
	                    derived of */
	gboolean waits;  /* … as now: there is no value, but may be one when others change */
	gboolean detail; /* a step on the way to others: in full lists only */
	enum unit unit;
	enum grade grade;
};

/* What a text is when an expression is above 0, and all before it are not. */
struct choice {
	char *expression, *text;
	const struct expression *parsed; /* borrowed, as long as the set */
};

/* A row of numbers that figures are found in; it is none itself. */
struct curve {
	char *id, *label;
	enum unit unit;
	guint count;
	double *values;
};

struct figures *figures_new(void);
void figures_free(struct figures *figures);

/* Adds a measured figure. An id can be added once; a second time is a programmer's error. Returns
 * it (owned by the set) so that label, definition and grade can be completed. */
struct figure *figures_add(struct figures *figures, const char *id, enum unit unit, double value,
                           const char *label);

/* Adds one that has no value, and why. */
struct figure *figures_add_missing(struct figures *figures, const char *id, enum unit unit,
                                   const char *reason, const char *label);

/* Adds a text (UNIT_TEXT): has_value is TRUE, but there is no number to derive from. */
struct figure *figures_add_text(struct figures *figures, const char *id, const char *text,
                                const char *label);

/* Such a text is `text` when the expression over figures is above 0 and those of choices added
 * before are not. Else it is what it was added as. */
void figures_add_choice(struct figures *figures, struct figure *figure, const char *expression,
                        const char *text);

/* Adds a curve. Takes the values over, which g_free() frees. */
void figures_add_curve(struct figures *figures, const char *id, enum unit unit, double *values,
                       guint count, const char *label);

/* NULL when there is none of this id. In the order of adding. */
const struct curve *figures_curve(const struct figures *figures, const char *id);
guint figures_curves(const struct figures *figures);
const struct curve *figures_curve_nth(const struct figures *figures, guint n);

/* Adds a derived one and evaluates it now from the figures already there. Without a value for one
 * of them it has none either, and takes the first such reason; its grade is the worst of theirs. A
 * bad expression aborts. */
struct figure *figures_derive(struct figures *figures, const char *id, enum unit unit,
                              const char *expression, const char *label);

/* The same with words of its own for when it would be a division by zero, or is derived of what
 * would be. */
struct figure *figures_derive_or(struct figures *figures, const char *id, enum unit unit,
                                 const char *expression, const char *label, const char *otherwise);

/* Whether it has a value, or words that a value can take the place of when others change. What is
 * derived of such has the same. */
gboolean figure_is_live(const struct figure *figure);

/* A set that lies over another, which must outlive it: what that knows is known here, too, unless
 * it is here itself. Only what is here is counted. */
struct figures *figures_over(const struct figures *base);

/* In such a set: derives anew the figure of this id and all that it is derived of, as far as they
 * hang on what is here. Returns whether it is here now. */
gboolean figures_derive_anew(struct figures *figures, const char *id);

/* Adds what `target` would be, were others as in `what_if`, a set over this one, which is taken
 * over; or what it is, if `target` is found in that set alone. */
struct figure *figures_suppose(struct figures *figures, const char *id, struct figures *what_if,
                               const char *target, const char *label);

/* NULL when there is none. */
struct figure *figures_find(const struct figures *figures, const char *id);

/* The value, or `otherwise` when missing. */
double figures_value(const struct figures *figures, const char *id, double otherwise);

/* In the order of adding. */
guint figures_count(const struct figures *figures);
struct figure *figures_nth(const struct figures *figures, guint n);

/* "A" … "D", "" for GRADE_NONE; "currency", "hours", … for a unit. */
const char *grade_name(enum grade grade);
const char *unit_name(enum unit unit);

#endif
