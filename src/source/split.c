/* SPDX-License-Identifier: Apache-2.0 */
#include "source/split.h"

#ifdef __x86_64__
#include <immintrin.h>
#define VECTORS __attribute__((target("avx2,bmi,lzcnt,popcnt")))
#define WIDE_VECTORS __attribute__((target("avx512bw,avx512vbmi2,bmi,lzcnt,popcnt")))
#endif

#define WORD 64 /* bytes that are looked at together */
#define EIGHT 8 /* of them, whose delimiters are found together */
#define EIGHT_BITS (1 << EIGHT)

struct split split_row(const char *begin, const char *limit, char delimiter, guint32 *begins,
                       guint room)
{
	struct split split = { .text = begin, .begins = begins, .ascii = TRUE };

	begins[0] = 0;
	for (const char *at = begin; at < limit; at++) {
		if ((*at == delimiter || *at == '\n') && split.count++ < room)
			begins[split.count] = (guint32)(at - begin) + 1;
		if (*at == '\n') {
			split.end = at;
			return split;
		}
		split.nul |= *at == '\0';
		split.ascii &= (guchar)*at < 0x80;
	}
	return split;
}

gboolean split_has_nul(const char *begin, const char *end)
{
	return memchr(begin, '\0', (size_t)(end - begin)) != NULL;
}

gboolean split_is_ascii(const char *begin, const char *end)
{
	guchar bits = 0;

	for (; begin < end; begin++)
		bits |= (guchar)*begin;
	return bits < 0x80;
}

/* Looking at what lies ahead */

/* Of eight bytes, a bit for each, every combination: the places of the bits, a byte for each. */
static guint64 *places_new(void)
{
	guint64 *places = g_new0(guint64, EIGHT_BITS);

	for (guint bits = 0; bits < EIGHT_BITS; bits++)
		for (guint place = 0, found = 0; place < EIGHT; place++)
			if (bits >> place & 1)
				places[bits] |= (guint64)place << 8 * found++;
	return places;
}

static enum splitter_eyes best_eyes(void)
{
#ifdef __x86_64__
	/* Every processor that has these has the older sets that they are used with. */
	if (__builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw"))
		return SPLITTER_WIDE;
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
		return SPLITTER_FAST;
#endif
	return SPLITTER_PLAIN;
}

void splitter_init(struct splitter *splitter, char delimiter, guint fields)
{
	*splitter = (struct splitter){ .delimiter = delimiter };
	splitter->room = MAX(fields, SPLITTER_BYTES) + WORD;
	splitter->begins = g_new(guint32, splitter->room + 1);
	splitter->lines = g_new(guint32, SPLITTER_BYTES + WORD);
	splitter->eyes = best_eyes();
	splitter->places = places_new();
}

void splitter_clear(struct splitter *splitter)
{
	g_free(splitter->begins);
	g_free(splitter->lines);
	g_free(splitter->places);
}

static void look_plainly(struct splitter *splitter, const char *begin, const char *limit)
{
	guint count = 0;

	for (const char *at = begin; at < limit; at++) {
		if (*at == splitter->delimiter || *at == '\n')
			splitter->begins[++count] = (guint32)(at - begin) + 1;
		if (*at == '\n')
			splitter->lines[splitter->count++] = count;
		splitter->odd |= (guchar)(*at - 1) >= 0x7f;
	}
}

#ifdef __x86_64__
static inline VECTORS guint64 bits_of(__m256i low, __m256i high)
{
	guint64 bits = (guint)_mm256_movemask_epi8(high);

	return bits << 32 | (guint)_mm256_movemask_epi8(low);
}

/* Of 64 bytes, a bit for each. */
struct sight {
	guint64 ends;  /* delimiters and newlines */
	guint64 lines; /* newlines */
};

/* Into *least the smallest byte of each place; as signed numbers, bytes above 0x7F are below 0. */
static inline VECTORS struct sight look(const char *at, __m256i delimiter, __m256i *least)
{
	const __m256i newline = _mm256_set1_epi8('\n');
	__m256i low = _mm256_loadu_si256((const __m256i *)(const void *)at);
	__m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(at + 32));
	guint64 lines = bits_of(_mm256_cmpeq_epi8(low, newline), _mm256_cmpeq_epi8(high, newline));

	*least = _mm256_min_epi8(*least, _mm256_min_epi8(low, high));
	return (struct sight){ lines | bits_of(_mm256_cmpeq_epi8(low, delimiter),
		                               _mm256_cmpeq_epi8(high, delimiter)),
		               lines };
}

/* Stores where fields begin: behind each of these bits, of which the first would be byte `place`
 * itself. Eight bytes at once, whose begins are looked up, and always as many, wanted or not: a
 * loop that ends elsewhere in each word is guessed wrong each time. What is stored beyond the last
 * bit counts for nothing. Finding one bit after the other takes a third longer where that is two
 * operations a bit, as it is up to Zen 3. */
static inline VECTORS void store(const guint64 *places, guint32 place, guint64 ends, guint32 *next)
{
	__m256i base = _mm256_set1_epi32((int)place);

#pragma GCC unroll 8
	for (guint i = 0; i < WORD; i += EIGHT, ends >>= EIGHT) {
		guint64 bits = (guint8)ends;
		__m256i found = _mm256_cvtepu8_epi32(
			_mm_loadl_epi64((const __m128i *)(const void *)&places[bits]));

		_mm256_storeu_si256((__m256i *)(void *)next, _mm256_add_epi32(found, base));
		base = _mm256_add_epi32(base, _mm256_set1_epi32(EIGHT));
		next += __builtin_popcountll(bits);
	}
}

/* Stores how many fields there are up to each newline, `count` of them before; gives the place
 * behind. The first is stored also where there is none, and the next word stores over it: whether a
 * row ends in a word is guessed wrong as often as not. */
static inline VECTORS guint32 *store_lines(struct sight sight, guint count, guint32 *line)
{
	guint found = (guint)__builtin_popcountll(sight.lines);

	*line = count + (guint)__builtin_popcountll(sight.ends & _blsmsk_u64(sight.lines));
	for (guint i = 1; G_UNLIKELY(i < found); i++) {
		sight.lines = _blsr_u64(sight.lines);
		line[i] = count +
		          (guint)__builtin_popcountll(sight.ends & _blsmsk_u64(sight.lines));
	}
	return line + found;
}

/* What was found so far. */
struct findings {
	guint count; /* of fields that end */
	guint32 *line;
};

static G_ALWAYS_INLINE inline VECTORS void take_sight(const guint64 *places, struct sight sight,
                                                      guint64 place, guint32 *begins,
                                                      struct findings *findings)
{
	store(places, (guint32)place + 1, sight.ends, begins + findings->count);
	findings->line = store_lines(sight, findings->count, findings->line);
	findings->count += (guint)__builtin_popcountll(sight.ends);
}

/* 64 bytes a turn. */
static VECTORS void look_fast(struct splitter *splitter, const char *begin, const char *limit)
{
	const __m256i delimiter = _mm256_set1_epi8(splitter->delimiter);
	__m256i least = _mm256_set1_epi8(1);
	struct findings findings = { 0, splitter->lines };
	guint64 place = 0, length = (guint64)(limit - begin);
	const guint64 *places = splitter->places;
	guint32 *begins = splitter->begins + 1;

	for (; length - place >= WORD; place += WORD)
		take_sight(places, look(begin + place, delimiter, &least), place, begins,
		           &findings);
	if (place < length) {
		struct sight sight = look(begin + place, delimiter, &least);
		guint64 ours = ((guint64)1 << (length - place)) - 1;

		/* What is behind `limit` belongs to somebody else. */
		take_sight(places, (struct sight){ sight.ends & ours, sight.lines & ours }, place,
		           begins, &findings);
	}
	splitter->count = (guint)(findings.line - splitter->lines);
	splitter->odd = _mm256_movemask_epi8(_mm256_cmpgt_epi8(_mm256_set1_epi8(1), least)) != 0;
}

#define SIXTEEN 16 /* begins that are stored together */

static inline WIDE_VECTORS void store_sixteen(__m512i base, __m128i places, guint32 *next)
{
	_mm512_storeu_si512(next, _mm512_add_epi32(_mm512_cvtepu8_epi32(places), base));
}

/* As store(): the places of the bits are pressed together into bytes, sixteen of which become as
 * many begins at once, wanted or not. Hardly a word has more. */
static inline WIDE_VECTORS void store_wide(guint32 place, guint64 ends, guint32 *next)
{
	const __m512i places = _mm512_set_epi64(0x3f3e3d3c3b3a3938, 0x3736353433323130,
	                                        0x2f2e2d2c2b2a2928, 0x2726252423222120,
	                                        0x1f1e1d1c1b1a1918, 0x1716151413121110,
	                                        0x0f0e0d0c0b0a0908, 0x0706050403020100);
	const __m512i base = _mm512_set1_epi32((int)place);
	__m512i found = _mm512_maskz_compress_epi8(ends, places);
	guint count = (guint)__builtin_popcountll(ends);

	store_sixteen(base, _mm512_castsi512_si128(found), next);
	for (guint i = SIXTEEN; G_UNLIKELY(i < count); i += SIXTEEN) {
		found = _mm512_alignr_epi64(_mm512_setzero_si512(), found, 2);
		store_sixteen(base, _mm512_castsi512_si128(found), next + i);
	}
}

static inline WIDE_VECTORS struct sight look_at_wide(const char *at, __m512i delimiter,
                                                     __m512i *least)
{
	__m512i bytes = _mm512_loadu_si512(at);
	guint64 lines = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n'));

	*least = _mm512_min_epi8(*least, bytes);
	return (struct sight){ lines | _mm512_cmpeq_epi8_mask(bytes, delimiter), lines };
}

static G_ALWAYS_INLINE inline WIDE_VECTORS void take_sight_wide(struct sight sight, guint64 place,
                                                                guint32 *begins,
                                                                struct findings *findings)
{
	store_wide((guint32)place + 1, sight.ends, begins + findings->count);
	findings->line = store_lines(sight, findings->count, findings->line);
	findings->count += (guint)__builtin_popcountll(sight.ends);
}

/* As look_fast(). */
static WIDE_VECTORS void look_wide(struct splitter *splitter, const char *begin, const char *limit)
{
	const __m512i delimiter = _mm512_set1_epi8(splitter->delimiter);
	__m512i least = _mm512_set1_epi8(1);
	struct findings findings = { 0, splitter->lines };
	guint64 place = 0, length = (guint64)(limit - begin);
	guint32 *begins = splitter->begins + 1;

	for (; length - place >= WORD; place += WORD)
		take_sight_wide(look_at_wide(begin + place, delimiter, &least), place, begins,
		                &findings);
	if (place < length) {
		struct sight sight = look_at_wide(begin + place, delimiter, &least);
		guint64 ours = ((guint64)1 << (length - place)) - 1;

		take_sight_wide((struct sight){ sight.ends & ours, sight.lines & ours }, place,
		                begins, &findings);
	}
	splitter->count = (guint)(findings.line - splitter->lines);
	splitter->odd = _mm512_cmplt_epi8_mask(least, _mm512_set1_epi8(1)) != 0;
}
#endif

void splitter_look(struct splitter *splitter, const char *begin, const char *limit)
{
	splitter->line = splitter->count = splitter->taken = 0;
	splitter->odd = FALSE;
	splitter->text = begin;
	splitter->begins[0] = 0;
	limit = begin + MIN(limit - begin, SPLITTER_BYTES);
#ifdef __x86_64__
	if (splitter->eyes == SPLITTER_WIDE) {
		look_wide(splitter, begin, limit);
		return;
	}
	if (splitter->eyes == SPLITTER_FAST) {
		look_fast(splitter, begin, limit);
		return;
	}
#endif
	look_plainly(splitter, begin, limit);
}

struct split splitter_long_row(struct splitter *splitter, const char *begin, const char *limit)
{
	return split_row(begin, limit, splitter->delimiter, splitter->begins, splitter->room);
}
