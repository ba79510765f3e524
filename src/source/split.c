/* SPDX-License-Identifier: Apache-2.0 */
#include "source/split.h"

#ifdef __x86_64__
#include <immintrin.h>
#define VECTORS __attribute__((target("avx2,bmi,lzcnt,popcnt")))
#endif

struct split split_row_plainly(const char *begin, const char *limit, char delimiter,
                               struct slice *fields, guint room)
{
	struct split split = { .ascii = TRUE };
	const char *field = begin;

	for (const char *at = begin; at < limit; at++) {
		if (*at == delimiter || *at == '\n') {
			if (split.count < room)
				fields[split.count] = (struct slice){ field, (size_t)(at - field) };
			split.count++;
			field = at + 1;
		}
		if (*at == '\n') {
			split.end = at;
			return split;
		}
		split.nul |= *at == '\0';
		split.ascii &= (guchar)*at < 0x80;
	}
	return split;
}

#ifdef __x86_64__
/* What 64 bytes are; a bit for each. */
struct sight {
	guint64 ends;  /* a delimiter or a newline */
	guint64 lines; /* a newline */
	gboolean odd;  /* a NUL or a byte above 0x7F is among them */
};

static inline VECTORS guint64 bits_of(__m256i low, __m256i high)
{
	guint64 bits = (guint)_mm256_movemask_epi8(high);

	return bits << 32 | (guint)_mm256_movemask_epi8(low);
}

static inline VECTORS struct sight look(const char *at, __m256i delimiter, __m256i newline)
{
	const __m256i one = _mm256_set1_epi8(1);
	__m256i low = _mm256_loadu_si256((const __m256i *)(const void *)at);
	__m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(at + 32));
	__m256i low_line = _mm256_cmpeq_epi8(low, newline);
	__m256i high_line = _mm256_cmpeq_epi8(high, newline);
	/* As signed numbers, bytes above 0x7F are below 0. */
	__m256i odd = _mm256_or_si256(_mm256_cmpgt_epi8(one, low), _mm256_cmpgt_epi8(one, high));

	return (struct sight){
		bits_of(_mm256_or_si256(_mm256_cmpeq_epi8(low, delimiter), low_line),
		        _mm256_or_si256(_mm256_cmpeq_epi8(high, delimiter), high_line)),
		bits_of(low_line, high_line),
		!_mm256_testz_si256(odd, odd),
	};
}

/* The vectors saw up to 63 bytes behind the row too: only a clean sight is believed. */
static struct split conclude(const char *begin, const char *end, guint count, gboolean odd)
{
	struct split split = { .count = count, .end = end, .ascii = TRUE };

	if (!odd || !end)
		return split;
	split.nul = memchr(begin, '\0', (size_t)(end - begin)) != NULL;
	for (; begin < end; begin++)
		split.ascii &= (guchar)*begin < 0x80;
	return split;
}

#define AT_ONCE 8

/* Stores the fields that end where these bits are; the first begins at `field`. Always as many at
 * once, wanted or not: a loop that ends elsewhere in each block is guessed wrong each time. What is
 * stored beyond the last bit counts for nothing. */
static inline VECTORS void store(const char *field, const char *at, guint64 ends,
                                 struct slice *next)
{
	do {
#pragma GCC unroll 8
		for (guint i = 0; i < AT_ONCE; i++, ends = _blsr_u64(ends)) {
			const char *end = at + _tzcnt_u64(ends);

			*next++ = (struct slice){ field, (size_t)(end - field) };
			field = end + 1;
		}
	} while (ends);
}

/* The same, never beyond `full`. */
static VECTORS void store_within(const char *field, const char *at, guint64 ends,
                                 struct slice *next, const struct slice *full)
{
	for (; ends && next < full; ends = _blsr_u64(ends)) {
		const char *end = at + _tzcnt_u64(ends);

		*next++ = (struct slice){ field, (size_t)(end - field) };
		field = end + 1;
	}
}

/* 64 bytes a turn. Bits behind the newline, or behind `limit`, belong to somebody else. */
static VECTORS struct split split_row_fast(const char *begin, const char *limit, char delimiter,
                                           struct slice *fields, guint room)
{
	const __m256i wanted = _mm256_set1_epi8(delimiter), newline = _mm256_set1_epi8('\n');
	const char *field = begin, *end = NULL;
	gboolean odd = FALSE;
	guint count = 0;

	for (const char *at = begin; at < limit && !end; at += 64) {
		struct sight sight = look(at, wanted, newline);
		guint found;

		if (limit - at < 64)
			sight.ends &= ((guint64)1 << (limit - at)) - 1;
		sight.lines &= sight.ends;
		if (sight.lines) {
			end = at + _tzcnt_u64(sight.lines);
			sight.ends &= _blsmsk_u64(sight.lines);
		}
		odd |= sight.odd;
		found = (guint)__builtin_popcountll(sight.ends);
		if (count + found + AT_ONCE <= room)
			store(field, at, sight.ends, fields + count);
		else
			store_within(field, at, sight.ends, fields + MIN(count, room),
			             fields + room);
		count += found;
		if (sight.ends)
			field = at + 64 - _lzcnt_u64(sight.ends);
	}
	return conclude(begin, end, count, odd);
}
#endif

struct split split_row(const char *begin, const char *limit, char delimiter, struct slice *fields,
                       guint room)
{
#ifdef __x86_64__
	/* Every processor that has these has the older sets that they are used with. */
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
		return split_row_fast(begin, limit, delimiter, fields, room);
#endif
	return split_row_plainly(begin, limit, delimiter, fields, room);
}
