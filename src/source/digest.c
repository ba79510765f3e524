/* SPDX-License-Identifier: Apache-2.0 */
#include "source/digest.h"

#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#define HAVE_SHA_INSTRUCTIONS 1
#define USES_SHA __attribute__((target("sha,sse4.1")))
#else
#define HAVE_SHA_INSTRUCTIONS 0
#endif

#define BLOCK 64

struct digest {
	GChecksum *checksum; /* of a processor without the instructions */
	guint32 state[8]; /* A, B, E, F and C, D, G, H, last first: as the instructions want them */
	guint8 partial[2 * BLOCK];
	size_t held; /* bytes in partial */
	guint64 length;
	char hex[65];
};

#if HAVE_SHA_INSTRUCTIONS
/* FIPS 180-4: the fractional parts of the square roots of the first eight primes, and of the cube
 * roots of the first sixty-four. */
static const guint32 first_state[8] = {
	0x9b05688c, 0x510e527f, 0xbb67ae85, 0x6a09e667,
	0x5be0cd19, 0x1f83d9ab, 0xa54ff53a, 0x3c6ef372,
};

static const guint32 rounds[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

static gboolean has_instructions(void)
{
	guint a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1))
		return FALSE;
	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

static inline __m128i load(const void *at)
{
	return _mm_loadu_si128((const __m128i *)at);
}

/* Four rounds a turn; w holds the sixteen words of the schedule that are in use, four in each. */
USES_SHA static void compress(guint32 *state, const guint8 *bytes, size_t blocks)
{
	const __m128i swap = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
	__m128i abef = load(state), cdgh = load(state + 4);

	for (; blocks > 0; blocks--, bytes += BLOCK) {
		const __m128i abef_before = abef, cdgh_before = cdgh;
		__m128i w[4];

		for (guint i = 0; i < 4; i++)
			w[i] = _mm_shuffle_epi8(load(bytes + 16 * i), swap);
#pragma GCC unroll 16
		for (guint i = 0; i < 16; i++) {
			__m128i sum = _mm_add_epi32(w[i & 3], load(rounds + 4 * i));
			__m128i next = _mm_sha256msg1_epu32(w[i & 3], w[(i + 1) & 3]);

			cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
			abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
			next = _mm_add_epi32(next,
					     _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4));
			w[i & 3] = _mm_sha256msg2_epu32(next, w[(i + 3) & 3]);
		}
		abef = _mm_add_epi32(abef, abef_before);
		cdgh = _mm_add_epi32(cdgh, cdgh_before);
	}
	_mm_storeu_si128((__m128i *)(void *)state, abef);
	_mm_storeu_si128((__m128i *)(void *)(state + 4), cdgh);
}

static gboolean begin_instructions(struct digest *digest)
{
	if (!has_instructions())
		return FALSE;
	memcpy(digest->state, first_state, sizeof first_state);
	return TRUE;
}
#else
static gboolean begin_instructions(struct digest *digest)
{
	(void)digest;
	return FALSE;
}

static void compress(guint32 *state, const guint8 *bytes, size_t blocks)
{
	(void)state;
	(void)bytes;
	(void)blocks;
}
#endif

struct digest *digest_new(void)
{
	struct digest *digest = g_new0(struct digest, 1);

	if (!begin_instructions(digest))
		digest->checksum = g_checksum_new(G_CHECKSUM_SHA256);
	return digest;
}

void digest_free(struct digest *digest)
{
	if (!digest)
		return;
	g_clear_pointer(&digest->checksum, g_checksum_free);
	g_free(digest);
}

static void add(struct digest *digest, const guint8 *bytes, size_t length)
{
	size_t whole;

	if (digest->held > 0) {
		size_t more = MIN(length, BLOCK - digest->held);

		memcpy(digest->partial + digest->held, bytes, more);
		digest->held += more;
		bytes += more;
		length -= more;
		if (digest->held < BLOCK)
			return;
		compress(digest->state, digest->partial, 1);
	}
	whole = length / BLOCK;
	compress(digest->state, bytes, whole);
	digest->held = length - whole * BLOCK;
	memcpy(digest->partial, bytes + whole * BLOCK, digest->held);
}

void digest_update(struct digest *digest, const void *bytes, size_t length)
{
	if (digest->checksum) {
		g_checksum_update(digest->checksum, bytes, (gssize)length);
		return;
	}
	digest->length += length;
	if (length > 0)
		add(digest, bytes, length);
}

/* A bit, noughts, and the length in bits: the last block, or the last two. */
static void finish(struct digest *digest)
{
	size_t blocks = digest->held < BLOCK - 8 ? 1 : 2;
	guint64 bits = GUINT64_TO_BE(digest->length * 8);
	static const guint8 order[8] = { 3, 2, 7, 6, 1, 0, 5, 4 }; /* of A … H in the state */

	digest->partial[digest->held] = 0x80;
	memset(digest->partial + digest->held + 1, 0, blocks * BLOCK - digest->held - 1);
	memcpy(digest->partial + blocks * BLOCK - sizeof bits, &bits, sizeof bits);
	compress(digest->state, digest->partial, blocks);
	for (guint i = 0; i < 8; i++)
		g_snprintf(digest->hex + 8 * i, 9, "%08x", digest->state[order[i]]);
}

const char *digest_hex(struct digest *digest)
{
	if (digest->checksum)
		return g_checksum_get_string(digest->checksum);
	if (!digest->hex[0])
		finish(digest);
	return digest->hex;
}
