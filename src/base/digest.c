/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"

#include <openssl/evp.h>

#define BYTES 32

struct digest {
	EVP_MD_CTX *context;
	char hex[2 * BYTES + 1]; /* empty until asked for */
};

/* libcrypto fails here only where memory or SHA-256 itself is missing. */
struct digest *digest_new(void)
{
	struct digest *digest = g_new0(struct digest, 1);
	digest->context = EVP_MD_CTX_new();
	if (!digest->context || !EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL))
		g_error("libcrypto has no SHA-256");
	return digest;
}

void digest_free(struct digest *digest)
{
	if (!digest)
		return;
	EVP_MD_CTX_free(digest->context);
	g_free(digest);
}

void digest_update(struct digest *digest, const void *bytes, size_t length)
{
	EVP_DigestUpdate(digest->context, bytes, length);
}

const char *digest_hex(struct digest *digest)
{
	unsigned char bytes[BYTES];
	if (*digest->hex)
		return digest->hex;
	EVP_DigestFinal_ex(digest->context, bytes, NULL);
	for (int i = 0; i < BYTES; i++)
		g_snprintf(digest->hex + 2 * i, 3, "%02x", bytes[i]);
	return digest->hex;
}
