/* SPDX-License-Identifier: Apache-2.0 */
#include "record/value.h"

#define MAX_HOSTS (G_GINT64_CONSTANT(1) << 31)
#define MAX_EACH 100000
#define MAX_NAME 255
#define MAX_RANGES 8

static gboolean is_none(struct slice list)
{
	return slice_empty(list) || slice_is(list, "None assigned") || slice_is(list, "None") ||
	       slice_is(list, "(null)") || slice_is(list, "NULL");
}

static gboolean is_name_byte(char byte)
{
	return g_ascii_isalnum(byte) || byte == '-' || byte == '_' || byte == '.';
}

/* 7 or 01-03 at the front of *rest: cut off it, with the comma behind. */
static gboolean take_range(struct slice *rest, gint64 *low, gint64 *high, size_t *width)
{
	struct slice range = slice_cut(rest, ',');
	struct slice first = slice_cut(&range, '-');

	*width = first.length;
	if (first.length > 18 || !slice_number(first, low))
		return FALSE;
	*high = *low;
	return range.data == NULL ||
	       (range.length <= 18 && slice_number(range, high) && *high >= *low);
}

static gboolean count_ranges(struct slice ranges, gint64 *count)
{
	gint64 low, high;
	size_t width;

	*count = 0;
	do {
		if (!take_range(&ranges, &low, &high, &width) ||
		    __builtin_add_overflow(*count, high - low + 1, count))
			return FALSE;
	} while (ranges.data);
	return TRUE;
}

/* The element that begins at *at: a[01-03]b, counted, with *at moved behind it. */
static gboolean count_element(struct slice list, size_t *at, gint64 *count)
{
	size_t begin = *at;

	*count = 1;
	for (; *at < list.length && list.data[*at] != ','; (*at)++) {
		const char *close;
		gint64 inside;
		struct slice ranges = { list.data + *at + 1, 0 };

		if (is_name_byte(list.data[*at]))
			continue;
		if (list.data[*at] != '[')
			return FALSE;
		close = memchr(ranges.data, ']', list.length - *at - 1);
		if (!close)
			return FALSE;
		ranges.length = (size_t)(close - ranges.data);
		if (!count_ranges(ranges, &inside) ||
		    __builtin_mul_overflow(*count, inside, count) || *count > MAX_HOSTS)
			return FALSE;
		*at += ranges.length + 1;
	}
	return *at > begin;
}

#ifdef __SSE2__
static inline __m128i bytes_within(__m128i bytes, char first, char last)
{
	const __m128i moved = _mm_sub_epi8(bytes, _mm_set1_epi8(first));

	return _mm_cmpeq_epi8(_mm_min_epu8(moved, _mm_set1_epi8((char)(last - first))), moved);
}

/* Of 4 to 16 bytes, which are looked at together; of some twice. */
static inline gboolean fit_in_name(struct slice text)
{
	struct short_text words;
	__m128i bytes, fit;

	short_text(text, &words);
	if (text.length < 8)
		words.tail = words.head;
	bytes = _mm_set_epi64x((gint64)words.tail, (gint64)words.head);
	fit = _mm_or_si128(bytes_within(bytes, 'a', 'z'), bytes_within(bytes, '0', '9'));
	fit = _mm_or_si128(fit, bytes_within(bytes, '-', '.'));
	fit = _mm_or_si128(fit, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_')));
	return _mm_movemask_epi8(fit) == 0xffff;
}
#endif

/* One name without brackets, as most jobs have; what stands for none has capital letters. */
static gboolean is_one_name(struct slice list)
{
	gboolean good = list.length > 0;

#ifdef __SSE2__
	if (list.length >= 4 && list.length <= SHORT_TEXT_MOST)
		return fit_in_name(list);
#endif
	for (size_t i = 0; i < list.length; i++)
		good &= is_name_byte(list.data[i]) && !g_ascii_isupper(list.data[i]);
	return good;
}

static G_NO_INLINE gboolean count_list(struct slice list, gint64 *count)
{
	size_t at = 0;

	*count = 0;
	if (is_none(list))
		return TRUE;
	for (;; at++) {
		gint64 inside;

		if (!count_element(list, &at, &inside))
			return FALSE;
		*count += inside;
		if (*count > MAX_HOSTS)
			return FALSE;
		if (at == list.length)
			return TRUE;
	}
}

gboolean hosts_count(struct slice list, gint64 *count)
{
	if (!is_one_name(list))
		return count_list(list, count);
	*count = 1;
	return TRUE;
}

/* One element, cut at its brackets, and the name being built of it. */
struct expansion {
	char name[MAX_NAME + 1];
	void (*each)(struct slice host, void *data);
	void *data;
};

static gboolean append(struct expansion *expansion, size_t *length, struct slice text)
{
	if (*length + text.length > MAX_NAME)
		return FALSE;
	if (text.length > 0)
		memcpy(expansion->name + *length, text.data, text.length);
	*length += text.length;
	return TRUE;
}

static gboolean append_number(struct expansion *expansion, size_t *length, gint64 number,
			      size_t width)
{
	char digits[18]; /* as many as take_range() takes */
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	while (sizeof digits - at < width)
		digits[--at] = '0';
	return append(expansion, length, (struct slice){ digits + at, sizeof digits - at });
}

/* Everything that `rest` of an element can be, behind the `length` bytes already built. Every level
 * takes a bracket off, and the depth is bounded. */
static gboolean expand(struct expansion *expansion, size_t length, struct slice rest, guint depth)
{
	struct slice ranges, text = slice_cut(&rest, '[');

	if (depth > MAX_RANGES || !append(expansion, &length, text))
		return FALSE;
	if (!rest.data) {
		expansion->each((struct slice){ expansion->name, length }, expansion->data);
		return TRUE;
	}
	ranges = slice_cut(&rest, ']');
	do {
		gint64 low, high;
		size_t width;

		if (!take_range(&ranges, &low, &high, &width))
			return FALSE;
		for (gint64 number = low; number <= high; number++) {
			size_t longer = length;

			if (!append_number(expansion, &longer, number, width) ||
			    !expand(expansion, longer, rest, depth + 1))
				return FALSE;
		}
	} while (ranges.data);
	return TRUE;
}

gboolean hosts_each(struct slice list, void (*each)(struct slice host, void *data), void *data)
{
	struct expansion expansion = { .each = each, .data = data };
	size_t at = 0, begin = 0;
	gint64 count;

	if (!hosts_count(list, &count) || count > MAX_EACH)
		return FALSE;
	while (count > 0 && at <= list.length) {
		if (!count_element(list, &at, &count))
			return FALSE;
		if (!expand(&expansion, 0, (struct slice){ list.data + begin, at - begin }, 0))
			return FALSE;
		begin = ++at;
	}
	return TRUE;
}
