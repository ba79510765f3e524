/* SPDX-License-Identifier: Apache-2.0 */
/* digits: eight bytes of fixed shape, such as 2024-01- or 12:30:59, checked and read as one word.
 */
#ifndef RECORD_DIGITS_H
#define RECORD_DIGITS_H

#include <glib.h>
#include <string.h>

/* Where the digits of a shape are, and what its other bytes are; the first byte is the lowest. */
struct shape {
	guint64 digits; /* 0xff for each digit */
	guint64 rest;   /* 0 for each digit */
};

#define SHAPE_CLOCK /* HH:MM:SS */                                                                 \
	((struct shape){ G_GUINT64_CONSTANT(0xffff00ffff00ffff),                                   \
			 G_GUINT64_CONSTANT(0x00003a00003a0000) })

static inline guint64 digits_load(const char *at)
{
	guint64 word;

	memcpy(&word, at, sizeof word);
	return GUINT64_FROM_LE(word);
}

/* FALSE when the word has another shape; else its digits are left as their values, everything else
 * as nought. */
static inline gboolean digits_take(guint64 *word, struct shape shape)
{
	guint64 values = (*word ^ G_GUINT64_CONSTANT(0x3030303030303030)) & shape.digits;
	guint64 beyond = values + (shape.digits & G_GUINT64_CONSTANT(0x7676767676767676));
	gboolean fits = (*word & ~shape.digits) == shape.rest &&
			((values | beyond) & G_GUINT64_CONSTANT(0x8080808080808080)) == 0;

	*word = values;
	return fits;
}

/* The number that two of them make. */
static inline int digits_pair(guint64 word, guint first)
{
	return (int)(word >> 8 * first & 0xff) * 10 + (int)(word >> 8 * (first + 1) & 0xff);
}

/* HH:MM:SS of which the digits are taken, as seconds; -1 when there is no such time of day. */
static inline gint32 digits_clock(guint64 word)
{
	/* Each pair, where its first digit was. */
	guint64 pairs = word * 10 + (word >> 8);
	guint hour = pairs & 0xff, minute = pairs >> 24 & 0xff, second = pairs >> 48 & 0xff;

	return hour > 23 || minute > 59 || second > 59 ? -1 : (gint32)(hour * 3600 + minute * 60 + second);
}

#endif
