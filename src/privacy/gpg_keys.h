/* SPDX-License-Identifier: Apache-2.0 */
/* gpg_keys: whom to encrypt to: from the user's words to public keys. */
#ifndef PRIVACY_GPG_KEYS_H
#define PRIVACY_GPG_KEYS_H

#include "privacy/gpg_home.h"

/* A public key of the user's keyring, or of a file, brought into a home. */
struct recipient {
	char *fingerprint;
	struct wiped block; /* the key as GnuPG exports it */
};

void recipient_free(gpointer recipient);

/* The key that the user means: a fingerprint, a key id of 16 digits or a mail address of a key in
 * their keyring, or, when the word holds a / or ends in .asc, .gpg or .key, a file with one public
 * key. Refused when there is none, or several, or when it cannot be used, or when nothing but a
 * mail address says whose it is. */
struct recipient *recipient_find(const char *word, struct gpg_home *home, GError **error);

/* The key in a home into which its block is brought now. */
gpgme_key_t recipient_key(const struct recipient *recipient, gpgme_ctx_t context, GError **error);

/* How a key id may be shown: "0123456789ABCDEF", and " (MAIL)" when the user's keyring knows it.
 * The caller frees it. */
char *gpg_key_name(const char *id);

/* Whether the user's keyring has the secret key. */
gboolean gpg_have_secret(const char *fingerprint);

#endif
