/* SPDX-License-Identifier: Apache-2.0 */
/* gpg_home: GnuPG with a home of its own, private and short-lived, or with the user's.
 *
 * A home of its own has no keys but those brought there, no configuration of the user's and no
 * cached passphrase, and works where $HOME does not (cron). The user's is for what only it has: the
 * secret keys. */
#ifndef PRIVACY_GPG_HOME_H
#define PRIVACY_GPG_HOME_H

#include <glib.h>
#include <gpgme.h>

#include "privacy/wiped.h"

/* Whether a GnuPG is there that is new enough; error says what is wrong. */
gboolean gpg_ready(GError **error);

/* Makes a home in a folder whose path is short (the path of a socket is limited to 107 bytes). It
 * holds no names. It goes also when the process is ended; where nobody could see to that, signals
 * that would do so wait until it is freed. One at a time. */
struct gpg_home *gpg_home_new(const char *folder, GError **error);

/* Ends its agent and removes it. */
void gpg_home_free(struct gpg_home *home);

/* A new context there, or in the user's home when it is NULL. Goes by gpgme_release(). */
gpgme_ctx_t gpg_context(const struct gpg_home *home, GError **error);

/* Has `give` asked for passphrases instead of a window or a terminal, and none cached. */
gboolean gpg_context_ask(gpgme_ctx_t context, gpgme_passphrase_cb_t give, void *hook,
                         GError **error);

/* A view of bytes, and an object that appends to a buffer. */
gboolean gpg_input(const void *bytes, size_t length, gpgme_data_t *data, GError **error);
gboolean gpg_output(struct wiped *wiped, gpgme_data_t *data, GError **error);

/* FALSE and "WHAT: what GnuPG says", unless it is no error. */
gboolean gpg_done(gpgme_error_t number, const char *what, GError **error);

#endif
