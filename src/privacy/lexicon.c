/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/lexicon.h"

#ifdef __x86_64__
#include <immintrin.h>
#define VECTORS __attribute__((target("avx2,bmi,bmi2")))
#endif

#define FIRST_BITS 12              /* of the number of places */
#define MOST_WORDS ((guint)1 << 18) /* beyond, any word may be there */
#define SHORT 2                    /* bytes */
#define LOWER_CASE G_GUINT64_CONSTANT(0x2020202020202020)
#define MULTIPLIER G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)

struct lexicon {
	guint64 *keys; /* of words; open addressing, linear, at most half full; 0: a free place */
	guint bits;    /* of the number of places */
	guint count;
	gboolean full, tilde;
};

struct lexicon *lexicon_new(void)
{
	struct lexicon *lexicon = g_new0(struct lexicon, 1);

	lexicon->bits = FIRST_BITS;
	lexicon->keys = g_new0(guint64, (gsize)1 << FIRST_BITS);
	return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
	if (!lexicon)
		return;
	g_free(lexicon->keys);
	g_free(lexicon);
}

gboolean lexicon_has_tilde(const struct lexicon *lexicon)
{
	return lexicon->tilde;
}

/* Keys */

static inline guint64 load64(const char *at)
{
	guint64 bytes;

	memcpy(&bytes, at, sizeof bytes);
	return bytes;
}

/* Of a word beyond eight bytes, of which `head` are the first: what the others are is told by the last eight, and by how many
 * they are. Words that share a key are one to the lexicon. */
static guint64 long_key(guint64 head, const char *at, size_t length)
{
	guint64 tail = load64(at + length - 8) | LOWER_CASE;

	return ((head * MULTIPLIER ^ tail) * MULTIPLIER + length) | 1;
}

/* Up to seven bytes behind the word are read. */
static inline guint64 key_of(const char *at, size_t length)
{
	guint64 head = load64(at) | LOWER_CASE;

	if (length > 8)
		return long_key(head, at, length);
	return length == 8 ? head : head & (((guint64)1 << length * 8) - 1);
}

/* Of a short word behind an underscore. */
static inline guint64 joined_key(guint64 key)
{
	return key | (guint64)1 << 63;
}

/* Where the key is or belongs. */
static inline guint64 *place_of(const struct lexicon *lexicon, guint64 key)
{
	gsize mask = ((gsize)1 << lexicon->bits) - 1, at = key * MULTIPLIER >> (64 - lexicon->bits);

	while (lexicon->keys[at] && lexicon->keys[at] != key)
		at = (at + 1) & mask;
	return &lexicon->keys[at];
}

static void grow(struct lexicon *lexicon)
{
	gsize places = (gsize)1 << lexicon->bits;
	g_autofree guint64 *old = lexicon->keys;

	lexicon->keys = g_new0(guint64, places * 2);
	lexicon->bits++;
	for (gsize i = 0; i < places; i++)
		if (old[i])
			*place_of(lexicon, old[i]) = old[i];
}

static G_NO_INLINE void add_key(struct lexicon *lexicon, guint64 key)
{
	guint64 *place = place_of(lexicon, key);

	if (*place || lexicon->full)
		return;
	*place = key;
	lexicon->full = ++lexicon->count == MOST_WORDS;
	if (lexicon->count > (guint)1 << (lexicon->bits - 1))
		grow(lexicon);
}

/* Nearly every word was seen before, and stands where it belongs. */
static inline void add_word(struct lexicon *lexicon, const char *begin, const char *at, size_t length)
{
	guint64 key = key_of(at, length);

	if (length <= SHORT && at > begin && at[-1] == '_')
		key = joined_key(key);
	if (lexicon->keys[key * MULTIPLIER >> (64 - lexicon->bits)] != key)
		add_key(lexicon, key);
}

static guint64 key_of_word(struct slice word)
{
	g_autofree char *padded = g_malloc0(word.length + LEXICON_BEYOND);

	memcpy(padded, word.data, word.length);
	return key_of(padded, word.length);
}

static gboolean has_key(const struct lexicon *lexicon, guint64 key)
{
	return lexicon->full || *place_of(lexicon, key) != 0;
}

gboolean lexicon_may_have_apart(const struct lexicon *lexicon, struct slice word)
{
	return has_key(lexicon, key_of_word(word));
}

gboolean lexicon_may_have(const struct lexicon *lexicon, struct slice word)
{
	guint64 key = key_of_word(word);

	return has_key(lexicon, key) || (word.length <= SHORT && has_key(lexicon, joined_key(key)));
}

/* Words */

static const char *word_end(const char *at, const char *end)
{
	while (at < end && lexicon_is_letter(*at))
		at++;
	return at;
}

void lexicon_add_plainly(struct lexicon *lexicon, struct slice text)
{
	const char *const begin = text.data, *const end = begin + text.length, *at = begin;

	while (at < end) {
		const char *word = at;

		at = word_end(at, end);
		if (at > word && !g_ascii_isdigit(*word))
			add_word(lexicon, begin, word, (size_t)(at - word));
		for (; at < end && !lexicon_is_letter(*at); at++)
			lexicon->tilde |= *at == '~';
	}
}

#ifdef __x86_64__
/* What 64 bytes are; a bit for each. */
struct sight {
	guint64 word;  /* a byte that words are made of */
	guint64 alpha; /* the same, and no digit */
	guint64 tilde;
};

static inline VECTORS __m256i in_range(__m256i bytes, char first, char count)
{
	/* As signed numbers, the range begins at the lowest. */
	__m256i moved = _mm256_add_epi8(bytes, _mm256_set1_epi8((char)(-128 - first)));

	return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(-128 + count)), moved);
}

static inline VECTORS void look(const char *at, guint shift, struct sight *sight)
{
	__m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)at);
	__m256i alpha = in_range(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), 'a', 26);
	__m256i tilde = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('~'));

	/* Only the highest bit of each byte counts: that of bytes above 0x7F is set. */
	alpha = _mm256_or_si256(alpha, bytes);
	sight->alpha |= (guint64)(guint)_mm256_movemask_epi8(alpha) << shift;
	sight->word |= (guint64)(guint)_mm256_movemask_epi8(_mm256_or_si256(alpha, in_range(bytes, '0', 10))) << shift;
	sight->tilde |= (guint64)(guint)_mm256_movemask_epi8(tilde) << shift;
}

/* 64 bytes a turn. Bits behind the end belong to somebody else. */
static VECTORS void add_fast(struct lexicon *lexicon, const char *at, const char *end)
{
	const char *const begin = at;
	guint64 before = 0; /* whether the byte before these belongs to a word */

	for (; at < end; at += 64) {
		struct sight sight = { 0 };
		guint64 begins;

		look(at, 0, &sight);
		look(at + 32, 32, &sight);
		if (end - at < 64) {
			sight.word = _bzhi_u64(sight.word, (guint)(end - at));
			sight.tilde = _bzhi_u64(sight.tilde, (guint)(end - at));
		}
		lexicon->tilde |= sight.tilde != 0;
		begins = sight.alpha & sight.word & ~(sight.word << 1 | before);
		before = sight.word >> 63;
		for (; begins; begins = _blsr_u64(begins)) {
			guint64 i = _tzcnt_u64(begins), length = _tzcnt_u64(~sight.word >> i);

			if (G_UNLIKELY(length == 64)) /* goes on behind */
				length = (guint64)(word_end(at + i, end) - (at + i));
			add_word(lexicon, begin, at + i, length);
		}
	}
}
#endif

void lexicon_add(struct lexicon *lexicon, struct slice text)
{
#ifdef __x86_64__
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
		add_fast(lexicon, text.data, text.data + text.length);
		return;
	}
#endif
	lexicon_add_plainly(lexicon, text);
}
