/* SPDX-License-Identifier: Apache-2.0 */
/* tape: numbers and texts → bytes, one behind the other, and back. A number takes seven bits a
 * byte, the lowest first, the eighth bit saying that more follow; one that may be below nought is
 * folded before: 0, -1, 1, -2 … are 0, 1, 2, 3 … A text is its length and its bytes. */
#ifndef BASE_TAPE_H
#define BASE_TAPE_H

#include "base/slice.h"

void tape_put_count(GByteArray *tape, guint64 count);
void tape_put_number(GByteArray *tape, gint64 number);
void tape_put_text(GByteArray *tape, struct slice text);

/* What is left to read. No byte of it is believed: the first thing that cannot be stays in `wrong`,
 * and from then on all reads give nought. */
struct tape {
	const guint8 *at, *end;
	const char *wrong; /* a sentence's end, static; NULL: nothing yet */
	double weight;     /* the sum of the absolute values of all numbers read by tape_number():
	                      what sums of them can reach */
	const guint8 *spent; /* up to there the bytes may have been given up; NULL: they are
	                        somebody's */
};

void tape_init(struct tape *tape, struct slice bytes);

guint64 tape_count(struct tape *tape);
gint64 tape_number(struct tape *tape);
struct slice tape_text(struct tape *tape); /* borrowed */

/* A count of at most `most`. */
guint64 tape_count_to(struct tape *tape, guint64 most);

/* How many things follow, of which each takes `least` bytes at least: never more than what is left
 * can hold. */
guint tape_length(struct tape *tape, guint least);

/* A number from `least` to `most`, or one that means something else: it has no weight. */
gint64 tape_number_in(struct tape *tape, gint64 least, gint64 most);
gint64 tape_raw(struct tape *tape);

/* The bytes are read once, and of a block that is freed by who owns it: tape_forget() gives those
 * that have been read to the system. */
void tape_spend(struct tape *tape);
void tape_forget(struct tape *tape);

/* Remembers what is wrong, if nothing was. FALSE. */
gboolean tape_fail(struct tape *tape, const char *wrong);

#endif
