/* SPDX-License-Identifier: Apache-2.0 */
/* vault: bytes → sealed bytes and back, by GnuPG, without a plain byte on any disk.
 *
 * What it seals is an ordinary OpenPGP message, which `gpg -d` opens with the passphrase or the
 * recipient's key. A sealed text is opened again and compared before anybody gets it: GnuPG has
 * been seen to crash, and GPGME to call that success. */
#ifndef PRIVACY_VAULT_H
#define PRIVACY_VAULT_H

#include "base/slice.h"
#include "privacy/wiped.h"

enum seal { SEAL_NONE, SEAL_PASSPHRASE, SEAL_RECIPIENTS };

struct vault_options {
	char *const *recipients; /* fingerprints, key ids, mail addresses, files with a key; NULL:
	                            none */
	gboolean passphrase;     /* seal by a passphrase */
	gboolean unattended;     /* `ask` asks nobody: it also has the passphrase of a secret key,
	                            in place of the agent's window */
	const char *folder;      /* where private homes of GnuPG are made: a short path */
	/* a passphrase, to be wiped and freed; `fresh`: a new one */
	char *(*ask)(gboolean fresh, void *data, GError **error);
	void *data;
};

struct vault;

/* Nothing is started and nobody asked yet; only vault_unseal() and vault_prepare() ask. `folder` is
 * borrowed for its life. */
struct vault *vault_new(const struct vault_options *options);
void vault_free(struct vault *vault); /* wipes the passphrase; NULL is nothing */

/* What the bytes are, by how they begin: armored or binary. */
enum seal vault_recognize(struct slice bytes);

/* Opens a sealed text. It remembers how that was sealed, so that it is sealed that way again: by
 * the passphrase that opened it, or to at least the recipients that it has. */
gboolean vault_unseal(struct vault *vault, struct slice sealed, struct wiped *text, GError **error);

/* Finds the keys or asks for the passphrase, so that vault_seal() needs neither: call it before the
 * work. Refused when the text that was opened has recipients who are not given again. Nothing to do
 * when nothing is to be sealed. */
gboolean vault_prepare(struct vault *vault, GError **error);

/* How vault_seal() seals: by the options, else as what was opened was. */
enum seal vault_seal_kind(const struct vault *vault);

/* An armored message, opened again and found to be the text. When none of the recipients' secret
 * keys is here, it is checked that it is for them, is complete, and is not shorter than the text.
 * The caller clears it. */
gboolean vault_seal(struct vault *vault, struct slice text, struct wiped *sealed, GError **error);

/* To whom the opened text was sealed: "KEY ID (MAIL), …"; NULL when it was by a passphrase. The
 * caller frees it. */
char *vault_recipients(const struct vault *vault);

#endif
