/* SPDX-License-Identifier: Apache-2.0 */
/* slice: a piece of somebody else's bytes. Never owns, never ends in NUL. */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <glib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

struct slice {
	const char *data; /* borrowed; may be NULL when length is 0 */
	size_t length;
};

static inline struct slice slice_of(const char *text)
{
	return (struct slice){ text, text ? strlen(text) : 0 };
}

static inline gboolean slice_empty(struct slice s)
{
	return s.length == 0;
}

static inline gboolean slice_equal(struct slice a, struct slice b)
{
	return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static inline gboolean sixteen_equal(const char *a, const char *b)
{
#ifdef __SSE2__
	__m128i left = _mm_loadu_si128((const __m128i *)(const void *)a);
	__m128i right = _mm_loadu_si128((const __m128i *)(const void *)b);

	return _mm_movemask_epi8(_mm_cmpeq_epi8(left, right)) == 0xffff;
#else
	guint64 left[2], right[2];

	memcpy(left, a, 16);
	memcpy(right, b, 16);
	return ((left[0] ^ right[0]) | (left[1] ^ right[1])) == 0;
#endif
}

/* Whether two texts of one length are the same, for such as are mostly short: a call would take
 * longer than a few loads, some of which overlap. */
static inline gboolean bytes_equal(const char *a, const char *b, size_t length)
{
	guint64 left[2], right[2];
	guint32 low[2], high[2];

	if (length >= 16) {
		for (size_t at = 0; at + 16 < length; at += 16)
			if (!sixteen_equal(a + at, b + at))
				return FALSE;
		return sixteen_equal(a + length - 16, b + length - 16);
	}
	if (length >= 8) {
		memcpy(&left[0], a, 8);
		memcpy(&right[0], b, 8);
		memcpy(&left[1], a + length - 8, 8);
		memcpy(&right[1], b + length - 8, 8);
		return ((left[0] ^ right[0]) | (left[1] ^ right[1])) == 0;
	}
	if (length >= 4) {
		memcpy(&low[0], a, 4);
		memcpy(&low[1], b, 4);
		memcpy(&high[0], a + length - 4, 4);
		memcpy(&high[1], b + length - 4, 4);
		return ((low[0] ^ low[1]) | (high[0] ^ high[1])) == 0;
	}
	return length == 0 ||
	       (a[0] == b[0] && a[length / 2] == b[length / 2] && a[length - 1] == b[length - 1]);
}

/* A text of at most 16 bytes as two words: together with the length they tell it from every
 * other. */
struct short_text {
	guint64 head, tail;
	size_t length;
};

#define SHORT_TEXT_MOST 16

/* FALSE when it is longer. */
static inline gboolean short_text(struct slice text, struct short_text *words)
{
	const char *at = text.data; /* may be NULL when it is empty */
	guint32 low = 0, high = 0;

	words->length = text.length;
	words->head = words->tail = 0;
	if (text.length >= 8) {
		if (text.length > SHORT_TEXT_MOST)
			return FALSE;
		memcpy(&words->head, at, 8);
		memcpy(&words->tail, at + text.length - 8, 8);
		return TRUE;
	}
	if (text.length >= 4) {
		memcpy(&low, at, 4);
		memcpy(&high, at + text.length - 4, 4);
		words->head = low | (guint64)high << 32;
	} else if (text.length > 0) {
		words->head = (guint64)(guchar)at[0] | (guint64)(guchar)at[text.length / 2] << 8 |
			      (guint64)(guchar)at[text.length - 1] << 16;
	}
	return TRUE;
}

static inline gboolean short_text_equal(const struct short_text *a, const struct short_text *b)
{
	return ((a->head ^ b->head) | (a->tail ^ b->tail) | (a->length ^ b->length)) == 0;
}

static inline gboolean slice_is(struct slice s, const char *text)
{
	return slice_equal(s, slice_of(text));
}

/* ASCII case is ignored. */
gboolean slice_is_nocase(struct slice s, const char *text);
gboolean slice_starts(struct slice s, const char *prefix);

/* Behind the byte order mark that editors on Windows begin a text with, where it does. */
struct slice slice_behind_mark(struct slice s);

/* Without ASCII blanks (space, tab, CR) at either end. */
struct slice slice_trim(struct slice s);

/* Cuts the part before the first `byte` off *rest and returns it; *rest becomes what follows the
 * byte. Without the byte, returns all of *rest and leaves it empty with data NULL. */
struct slice slice_cut(struct slice *rest, char byte);

/* All of it as an unsigned decimal number. FALSE when empty, not all digits, or beyond 2^63 − 1. */
gboolean slice_number(struct slice s, gint64 *value);

/* A NUL-terminated copy; the caller frees it. */
char *slice_dup(struct slice s);

#endif
