/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/lexicon.h"

#ifdef __x86_64__
#include <immintrin.h>
#define VECTORS __attribute__((target("avx2,bmi,bmi2,lzcnt")))
#endif

#define FIRST_BITS 12              /* of the number of places */
#define MOST_WORDS ((guint)1 << 18) /* beyond, any word may be there */
#define SHORT 2                    /* bytes */
#define BEGIN 8                    /* bytes of a begin */
#define BEGIN_BITS 10              /* of the number of begins */
#define LOWER_CASE G_GUINT64_CONSTANT(0x2020202020202020)
#define MULTIPLIER G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)

struct lexicon {
	guint64 *keys; /* of words; open addressing, linear, at most half full; 0: a free place */
	guint bits;    /* of the number of places */
	guint shift;   /* 64 less these */
	guint count;
	gboolean full, tilde, wide;
	/* Words with what follows them: so many bytes, which hold one that is no letter, of a word
	 * that was taken. */
	guint64 begins[1 << BEGIN_BITS];
};

struct lexicon *lexicon_new(void)
{
	struct lexicon *lexicon = g_new0(struct lexicon, 1);

	lexicon->bits = FIRST_BITS;
	lexicon->shift = 64 - FIRST_BITS;
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

gboolean lexicon_is_wide(const struct lexicon *lexicon)
{
	return lexicon->wide;
}

/* Keys */

static inline guint64 load64(const char *at)
{
	guint64 bytes;

	memcpy(&bytes, at, sizeof bytes);
	return bytes;
}

/* Of a word beyond eight bytes, of which `head` are the first: what the others are is told by the
 * last eight, and by how many they are. Words that share a key are one to the lexicon. */
static inline guint64 long_key(guint64 head, const char *at, size_t length)
{
	guint64 tail = load64(at + length - 8) | LOWER_CASE;

	return ((head * MULTIPLIER ^ tail) * MULTIPLIER + length) | 1;
}

/* Up to seven bytes behind the word are read. */
static inline guint64 key_of(const char *at, size_t length)
{
	guint64 head = load64(at) | LOWER_CASE;

	return length > 8 ? long_key(head, at, length) : head & (G_MAXUINT64 >> (64 - length * 8));
}

/* Of a short word behind an underscore. */
static inline guint64 joined_key(guint64 key)
{
	return key | (guint64)1 << 63;
}

/* Where the key is or belongs. */
static inline guint64 *place_of(const struct lexicon *lexicon, guint64 key)
{
	gsize mask = ((gsize)1 << lexicon->bits) - 1, at = key * MULTIPLIER >> lexicon->shift;

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
	lexicon->shift--;
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
static inline void add_if_new(struct lexicon *lexicon, guint64 key)
{
	if (lexicon->keys[key * MULTIPLIER >> lexicon->shift] != key)
		add_key(lexicon, key);
}

/* Of a text that begins there. */
static inline void add_word(struct lexicon *lexicon, const char *begin, const char *at,
                            size_t length)
{
	guint64 key = key_of(at, length);

	if (length <= SHORT && at > begin && at[-1] == '_')
		key = joined_key(key);
	add_if_new(lexicon, key);
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

static void note_tilde(struct lexicon *lexicon, struct slice text)
{
	if (!lexicon->tilde && text.length > 0)
		lexicon->tilde = memchr(text.data, '~', text.length) != NULL;
}

static void note_wide(struct lexicon *lexicon, const char *at, const char *end)
{
	for (; at < end; at++)
		lexicon->wide |= (guchar)*at >= 0x80;
}

static const char *word_end(const char *at, const char *end)
{
	while (at < end && lexicon_is_letter(*at))
		at++;
	return at;
}

/* Where the word ends. */
static const char *add_one(struct lexicon *lexicon, const char *begin, const char *word,
                           const char *end)
{
	const char *behind = word_end(word, end);

	if (!g_ascii_isdigit(*word))
		add_word(lexicon, begin, word, (size_t)(behind - word));
	return behind;
}

/* Those from `at` on, of a text that begins there. */
static void add_rest(struct lexicon *lexicon, const char *begin, const char *at, const char *end)
{
	while (at < end)
		at = lexicon_is_letter(*at) ? add_one(lexicon, begin, at, end) : at + 1;
}

void lexicon_add_plainly(struct lexicon *lexicon, struct slice text)
{
	note_tilde(lexicon, text);
	note_wide(lexicon, text.data, text.data + text.length);
	add_rest(lexicon, text.data, text.data, text.data + text.length);
}

#ifdef __x86_64__
/* What 64 bytes are; a bit for each. */
struct sight {
	guint64 word;  /* a byte that words are made of */
	guint64 alpha; /* the same, and no digit */
	__m256i most;  /* the largest byte of each place, so far */
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

	sight->most = _mm256_max_epu8(sight->most, bytes);
	/* Only the highest bit of each byte counts: that of bytes above 0x7F is set. */
	alpha = _mm256_or_si256(alpha, bytes);
	sight->alpha |= (guint64)(guint)_mm256_movemask_epi8(alpha) << shift;
	alpha = _mm256_or_si256(alpha, in_range(bytes, '0', 10));
	sight->word |= (guint64)(guint)_mm256_movemask_epi8(alpha) << shift;
}

static inline VECTORS void add_anew(struct lexicon *lexicon, const char *begin, const char *at,
                                    size_t length)
{
	/* As key_of(), which is longer where there is no such instruction. */
	if (length > SHORT && length <= 8)
		add_if_new(lexicon, _bzhi_u64(load64(at) | LOWER_CASE, (guint)length * 8));
	else
		add_word(lexicon, begin, at, length);
}

/* Most words were taken before with the same behind them: then it need not be known how long they
 * are. A short one counts by what stands before it, too; and of a begin all bytes belong to the
 * text. */
static inline VECTORS void add_words(struct lexicon *lexicon, struct slice text, const char *at,
                                     const struct sight *sight)
{
	size_t left = (size_t)(text.data + text.length - at);
	guint64 starts = sight->alpha & ~(sight->word << 1);

	for (; starts; starts = _blsr_u64(starts)) {
		guint64 i = _tzcnt_u64(starts), bytes = load64(at + i), length;
		guint64 *known = &lexicon->begins[bytes * MULTIPLIER >> (64 - BEGIN_BITS)];

		if (*known == bytes && i + BEGIN <= left)
			continue;
		length = _tzcnt_u64(~sight->word >> i);
		add_anew(lexicon, text.data, at + i, length);
		if (length > SHORT && length < BEGIN && i + BEGIN <= left)
			*known = bytes;
	}
}

static void note_odd(struct lexicon *lexicon, struct slice text)
{
	note_tilde(lexicon, text);
	note_wide(lexicon, text.data, text.data + text.length);
}

/* 64 bytes a turn, or up to the word that goes on behind them, with which the next turn begins. */
static VECTORS void add_fast(struct lexicon *lexicon, struct slice text)
{
	const char *at = text.data, *const end = at + text.length;
	__m256i most = _mm256_setzero_si256();

	while (at < end) {
		struct sight sight = { .most = most };
		guint turn = (guint)MIN(end - at, 64);

		look(at, 0, &sight);
		look(at + 32, 32, &sight);
		most = sight.most;
		if (turn == 64 && G_UNLIKELY(!~sight.word)) {
			const char *word = at;

			at = add_one(lexicon, text.data, word, end);
			note_wide(lexicon, word, at);
			continue;
		}
		if (turn == 64)
			turn = 64 - (guint)_lzcnt_u64(~sight.word);
		sight.word = _bzhi_u64(sight.word, turn);
		sight.alpha = _bzhi_u64(sight.alpha, turn);
		add_words(lexicon, text, at, &sight);
		at += turn;
	}
	/* "~" and above, as numbers without a sign; perhaps behind the text. */
	most = _mm256_max_epu8(most, _mm256_set1_epi8('}'));
	if (_mm256_movemask_epi8(_mm256_cmpeq_epi8(most, _mm256_set1_epi8('}'))) != -1)
		note_odd(lexicon, text);
}
#endif

void lexicon_add(struct lexicon *lexicon, struct slice text)
{
#ifdef __x86_64__
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
		add_fast(lexicon, text);
		return;
	}
#endif
	lexicon_add_plainly(lexicon, text);
}
