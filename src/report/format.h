/* SPDX-License-Identifier: Apache-2.0 */
/* format: a value becomes text here and nowhere else. No locale: "1,234.5", "$ 1.2 million", "12.8
 * %". */
#ifndef REPORT_FORMAT_H
#define REPORT_FORMAT_H

#include "base/figure.h"
#include "base/separators.h"
#include "base/zone.h"

struct format {
	const char *currency; /* "$", "€", "CHF" */
	struct zone *zone;    /* for UNIT_TIME; borrowed */
	struct separators separators;
};

/* The text of a value, rounded to what a reader can use: shares to one decimal below 10 % and above
 * 99.5 %, none between; money to three significant digits ("$482,000", "$1.24 million"), prices to
 * the cent or finer; hours with thousands separators, from a million on to three digits as money
 * is; bytes in binary units; seconds as "45 s", "4 min", "3.2 h", "5.1 days". What is not 0 is
 * never printed as 0 %, nor as 0.0 hours, nor as $0, what is not all never as 100 %. A minus is
 * U+2212, the space inside a number U+00A0. Not finite: "not known". The caller frees it. */
char *format_value(const struct format *format, enum unit unit, double value);

/* A share that is judged by a line which stands beside it: 24.8 % is not printed as the 25 %
 * that it does not reach, but with a decimal, or as "< 25 %", where it takes that to tell. */
char *format_share_by(const struct format *format, double value, double line);

/* A share that is counted in whole per cents, of which the first is "< 1 %": no tenths, which
 * nobody has counted. */
char *format_whole(const struct format *format, double value);

/* The same of an input: with the digits that it was given with, ten of them at most. */
char *format_exact(const struct format *format, double value);

/* How something changed, in words: "12 % more", "12 % more a day" of shares of what it was; "2.3
 * points less" of per cent, the difference of the two as they are printed, `fine` as in struct
 * figure; "unchanged" when no digit of that is left. The caller frees it. */
enum change {
	CHANGE_RATIO,  /* of an amount, or of a sum that is a year's already: now ÷ then − 1 */
	CHANGE_DAILY,  /* of a sum over the period, by the day: the same */
	CHANGE_POINTS, /* of a share: points of per cent */
};
char *format_change(const struct format *format, enum change change, double then, double now,
                    gboolean fine);

/* `one` beside a number that prints as 1, else `several`: "1 user", "0 users", "1.0 hours". */
const char *format_word(const char *number, const char *one, const char *several);

/* What a grade means, for a reader: "computed with a list of the nodes"; "" for GRADE_NONE. */
const char *format_grade(enum grade grade);

/* Sets the text of every figure that has none; one without value gets "not known". */
void format_figures(const struct format *format, struct figures *figures);

/* The text of every cell that has a value and none yet; derived columns (dataset_column.expression)
 * are evaluated first, from the row's other columns, then from the figures. */
struct dataset;
void format_dataset(const struct format *format, struct dataset *dataset,
                    const struct figures *figures);

/* "2025-03-01", "2025-03-01 14:00", "March 2025" of an instant in the format's zone. The caller
 * frees it. */
char *format_date(const struct format *format, gint64 seconds);
char *format_hour(const struct format *format, gint64 seconds);
char *format_month(const struct format *format, gint64 seconds);

/* "2025-03-01 to 2025-03-14" of its first and last day; one day is told once. The caller frees
 * it. */
char *format_period(const char *first, const char *last);

#endif
