/* SPDX-License-Identifier: Apache-2.0 */
#include "record/digits.h"
#include "record/value.h"

#define KILO G_GINT64_CONSTANT(1024)

/* The accounting database's own marks for "not set" and "without end", in both widths that were in
 * use. */
#define NO_VALUE_32 G_GUINT64_CONSTANT(0xfffffffe)
#define INFINITE_32 G_GUINT64_CONSTANT(0xffffffff)
#define NO_VALUE_64 G_GUINT64_CONSTANT(0xfffffffffffffffe)
#define INFINITE_64 G_GUINT64_CONSTANT(0xffffffffffffffff)
#define PER_CPU_32 G_GUINT64_CONSTANT(0x80000000)
#define PER_CPU_64 G_GUINT64_CONSTANT(0x8000000000000000)

/* More MB than a cluster has, and more than a CPU has: then they are bytes. */
#define MOST_MB (G_GUINT64_CONSTANT(1) << 33)
#define MOST_MB_PER_CPU (G_GUINT64_CONSTANT(1) << 24)

/* 62.50G: whole 62, fraction 50 of 100, unit 'G'. */
struct printed {
	guint64 whole, fraction, divisor;
	char unit;   /* one of KMGTPE, or 0 */
	size_t used; /* bytes of the text */
};

static gboolean take_digits(struct slice text, size_t *at, guint64 *number)
{
	size_t begin = *at, end = *at;
	guint64 sum = 0;

	for (; end < text.length && (guchar)(text.data[end] - '0') <= 9; end++) {
		guint64 digit = (guint64)(text.data[end] - '0');

		/* Up to nineteen digits always fit. */
		if (end - begin < 19)
			sum = sum * 10 + digit;
		else if (__builtin_mul_overflow(sum, 10u, &sum) ||
			 __builtin_add_overflow(sum, digit, &sum))
			return FALSE;
	}
	*number = sum;
	*at = end;
	return end > begin;
}

/* In bytes, or what they count; 1 for a byte that is no unit. */
static gint64 unit_size(char unit)
{
	switch (unit) {
	case 'K':
		return KILO;
	case 'M':
		return KILO * KILO;
	case 'G':
		return KILO * KILO * KILO;
	case 'T':
		return KILO * KILO * KILO * KILO;
	case 'P':
		return KILO * KILO * KILO * KILO * KILO;
	case 'E':
		return KILO * KILO * KILO * KILO * KILO * KILO;
	default:
		return 1;
	}
}

static gboolean parse(struct slice text, struct printed *printed)
{
	size_t at = 0;

	*printed = (struct printed){ .divisor = 1 };
	if (!take_digits(text, &at, &printed->whole))
		return FALSE;
	if (at < text.length && text.data[at] == '.') {
		size_t begin = ++at;

		if (!take_digits(text, &at, &printed->fraction) || at - begin > 9)
			return FALSE;
		for (; begin < at; begin++)
			printed->divisor *= 10;
	}
	if (at < text.length && unit_size(text.data[at]) > 1)
		printed->unit = text.data[at++];
	printed->used = at;
	return TRUE;
}

/* The number times `scale`, rounded down to a whole. FALSE beyond 2^63 − 1. */
static gboolean scaled(const struct printed *printed, gint64 scale, gint64 *value)
{
	guint64 product;
	__uint128_t part = 0;

	if (printed->fraction > 0)
		part = (__uint128_t)printed->fraction * (guint64)scale / printed->divisor;
	if (__builtin_mul_overflow(printed->whole, (guint64)scale, &product) ||
	    __builtin_add_overflow(product, (guint64)part, &product) || product > G_MAXINT64)
		return FALSE;
	*value = (gint64)product;
	return TRUE;
}

gboolean value_is_number(struct slice text)
{
	struct printed printed;

	/* Up to nineteen digits always fit. */
	if (text.length <= 19 && digits_only(text))
		return TRUE;
	if (text.length > 0 && (text.data[0] == '-' || text.data[0] == '+'))
		text = (struct slice){ text.data + 1, text.length - 1 };
	return parse(text, &printed) && printed.used == text.length;
}

static G_NO_INLINE gboolean read_count(struct slice text, gint64 *count)
{
	struct printed printed;

	*count = VALUE_UNKNOWN;
	if (slice_empty(text))
		return TRUE;
	if (!parse(text, &printed) || printed.used != text.length)
		return value_is_nothing(text);
	if (printed.whole == NO_VALUE_64 || printed.whole == INFINITE_64 ||
	    printed.whole == NO_VALUE_32 || printed.whole == INFINITE_32)
		return TRUE;
	if (!printed.unit && (printed.fraction > 0 || value_may_be_thousands(text)))
		return FALSE;
	return scaled(&printed, unit_size(printed.unit), count);
}

gboolean value_count(struct slice text, gint64 *count)
{
	return digits_number(text, count) || read_count(text, count);
}

gboolean value_seconds(struct slice text, gint64 *milliseconds)
{
	struct printed printed;

	*milliseconds = VALUE_UNKNOWN;
	if (slice_empty(text))
		return TRUE;
	if (!parse(text, &printed) || printed.unit || printed.used != text.length)
		return value_duration(text, milliseconds) && *milliseconds != VALUE_UNLIMITED;
	return scaled(&printed, 1000, milliseconds);
}

gboolean value_may_be_thousands(struct slice text)
{
	size_t point = text.length - 4;

	return text.length >= 5 && text.length <= 7 && text.data[point] == '.' &&
	       *text.data != '0' && digits_only((struct slice){ text.data, point }) &&
	       digits_only((struct slice){ text.data + point + 1, 3 });
}

/* "16?": the database has not filled it in, or the number is beyond what sacct can print. */
static gboolean is_unknown(struct slice text)
{
	struct printed printed;

	if (slice_empty(text))
		return TRUE;
	if (text.data[text.length - 1] == '?')
		return parse(text, &printed) && printed.used == text.length - 1;
	return slice_is(text, "NONE") || slice_is(text, "Unknown");
}

/* A plain number of MB may be a mark of the database's, or carry its flag for "per CPU": bit 63
 * today, bit 31 in the exports of old versions. */
static gboolean read_marks(struct printed *printed, gint64 *bytes, enum memory_per *per)
{
	guint64 mb = printed->whole;

	*bytes = VALUE_UNKNOWN;
	if (mb == NO_VALUE_64 || mb == INFINITE_64 || mb == NO_VALUE_32 || mb == INFINITE_32)
		return TRUE;
	*bytes = VALUE_UNLIMITED;
	if (mb == PER_CPU_64 - 1 || mb == PER_CPU_32 - 1)
		return TRUE;
	if (mb >= PER_CPU_64 || (mb >= PER_CPU_32 && mb < 2 * PER_CPU_32)) {
		printed->whole -= mb >= PER_CPU_64 ? PER_CPU_64 : PER_CPU_32;
		*per = MEMORY_PER_CPU;
	}
	return FALSE;
}

gboolean value_memory(struct slice text, gint64 *bytes, enum memory_per *per)
{
	struct printed printed;

	*bytes = VALUE_UNKNOWN;
	*per = MEMORY_PER_JOB;
	if (is_unknown(text))
		return TRUE;
	if (text.data[text.length - 1] == 'n' || text.data[text.length - 1] == 'c') {
		*per = text.data[text.length - 1] == 'n' ? MEMORY_PER_NODE : MEMORY_PER_CPU;
		text.length--;
		if (is_unknown(text))
			return text.length > 0;
	}
	if (!parse(text, &printed) || printed.used != text.length)
		return value_is_nothing(text);
	if ((!printed.unit || printed.unit == 'M') && printed.fraction == 0 &&
	    read_marks(&printed, bytes, per))
		return TRUE;
	*bytes = VALUE_UNKNOWN;
	if (value_may_be_thousands(text))
		return FALSE;
	if (!printed.unit &&
	    printed.whole >= (*per == MEMORY_PER_CPU ? MOST_MB_PER_CPU : MOST_MB))
		return FALSE;
	if (printed.whole == 0 && printed.fraction == 0) {
		*per = MEMORY_WHOLE_NODE;
		return TRUE;
	}
	return scaled(&printed, unit_size(printed.unit ? printed.unit : 'M'), bytes);
}

gboolean value_bytes(struct slice text, gint64 *bytes)
{
	struct printed printed;

	*bytes = VALUE_UNKNOWN;
	if (is_unknown(text))
		return TRUE;
	if (!parse(text, &printed) || printed.used != text.length)
		return value_is_nothing(text);
	if (value_may_be_thousands(text))
		return FALSE;
	if (!printed.unit && (printed.whole == NO_VALUE_64 || printed.whole == INFINITE_64))
		return TRUE;
	return scaled(&printed, unit_size(printed.unit), bytes);
}
