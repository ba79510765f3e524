/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/vault.h"

#include <string.h>

#include "base/error.h"
#include "privacy/gpg_home.h"
#include "privacy/gpg_keys.h"
#include "privacy/passphrase.h"

#define ARMOR_BEGIN "-----BEGIN PGP MESSAGE-----"
#define ARMOR_END "-----END PGP MESSAGE-----"
#define ENCRYPT_FLAGS \
	(GPGME_ENCRYPT_ALWAYS_TRUST | GPGME_ENCRYPT_NO_ENCRYPT_TO | GPGME_ENCRYPT_NO_COMPRESS)

struct vault {
	struct vault_options options;
	GStrv words;           /* what options.recipients was */
	char *passphrase;      /* NULL until it is asked for */
	enum seal opened;      /* how what was opened was sealed */
	GPtrArray *opened_to;  /* char *: the key ids it was sealed to, as far as they are told */
	GPtrArray *recipients; /* struct recipient, once they are found */
	guint given;           /* how often GnuPG was given the passphrase */
};

struct vault *vault_new(const struct vault_options *options)
{
	struct vault *vault = g_new0(struct vault, 1);

	vault->options = *options;
	vault->words = g_strdupv((char **)options->recipients);
	vault->opened_to = g_ptr_array_new_with_free_func(g_free);
	vault->recipients = g_ptr_array_new_with_free_func(recipient_free);
	return vault;
}

void vault_free(struct vault *vault)
{
	if (!vault)
		return;
	wiped_free_text(vault->passphrase);
	g_ptr_array_free(vault->opened_to, TRUE);
	g_ptr_array_free(vault->recipients, TRUE);
	g_strfreev(vault->words);
	g_free(vault);
}

/* A message begins with a packet for a recipient (tag 1) or for a passphrase (tag 3), in the old or
 * the new way to write a tag. */
static enum seal first_packet(guchar byte)
{
	guint tag = byte & 0x40 ? byte & 0x3f : byte >> 2 & 0x0f;

	if (!(byte & 0x80))
		return SEAL_NONE;
	return tag == 1 ? SEAL_RECIPIENTS : tag == 3 ? SEAL_PASSPHRASE : SEAL_NONE;
}

static enum seal recognize_armored(struct slice bytes)
{
	gint state = 0;
	guint save = 0;
	guchar first[8] = "";
	struct slice line;

	/* The headers end with an empty line. */
	do
		line = slice_trim(slice_cut(&bytes, '\n'));
	while (!slice_empty(line) && bytes.data);
	if (bytes.length >= 4)
		g_base64_decode_step(bytes.data, 4, first, &state, &save);
	return first_packet(first[0]);
}

enum seal vault_recognize(struct slice bytes)
{
	if (slice_starts(bytes, ARMOR_BEGIN))
		return recognize_armored(bytes);
	return slice_empty(bytes) ? SEAL_NONE : first_packet((guchar)bytes.data[0]);
}

/* Asked for before GnuPG is started: whoever is asked may take their time, or go. */
static gboolean passphrase_ask(struct vault *vault, gboolean fresh, GError **error)
{
	if (vault->passphrase)
		return TRUE;
	vault->passphrase = vault->options.ask(fresh, vault->options.data, error);
	if (vault->passphrase && passphrase_valid(vault->passphrase, fresh, error))
		return TRUE;
	wiped_free_text(g_steal_pointer(&vault->passphrase));
	return FALSE;
}

static gpgme_error_t passphrase_give(void *hook, G_GNUC_UNUSED const char *whose,
                                     G_GNUC_UNUSED const char *what, int was_bad, int fd)
{
	struct vault *vault = hook;

	if (was_bad || !vault->passphrase)
		return gpgme_error(GPG_ERR_BAD_PASSPHRASE);
	vault->given++;
	if (gpgme_io_writen(fd, vault->passphrase, strlen(vault->passphrase)) != 0 ||
	    gpgme_io_writen(fd, "\n", 1) != 0)
		return gpgme_error_from_syserror();
	return GPG_ERR_NO_ERROR;
}

/* A context in a home of ours, or, when `home` is NULL, in the user's. */
static gpgme_ctx_t context_new(struct vault *vault, const struct gpg_home *home, GError **error)
{
	gpgme_ctx_t context = gpg_context(home, error);

	if (!context || (!home && !vault->options.unattended) ||
	    gpg_context_ask(context, passphrase_give, vault, error))
		return context;
	gpgme_release(context);
	return NULL;
}

/* Decrypts there; whatever came out is wiped unless all went well: it streams out before the
 * message is known to be intact. */
static gboolean decrypt(gpgme_ctx_t context, struct slice sealed, struct wiped *text,
                        gpgme_error_t *number, GError **error)
{
	gpgme_data_t cipher = NULL, plain = NULL;
	gboolean done = gpg_input(sealed.data, sealed.length, &cipher, error) &&
	                gpg_output(text, &plain, error);

	*number = done ? gpgme_op_decrypt(context, cipher, plain) : gpgme_error(GPG_ERR_GENERAL);
	gpgme_data_release(cipher);
	gpgme_data_release(plain);
	if (*number == GPG_ERR_NO_ERROR && text->length > 0)
		return TRUE;
	wiped_clear(text);
	return FALSE;
}

static void remember_recipients(struct vault *vault, gpgme_ctx_t context)
{
	gpgme_decrypt_result_t result = gpgme_op_decrypt_result(context);

	g_ptr_array_set_size(vault->opened_to, 0);
	for (gpgme_recipient_t to = result ? result->recipients : NULL; to; to = to->next)
		if (to->keyid && strspn(to->keyid, "0") != strlen(to->keyid))
			g_ptr_array_add(vault->opened_to, g_strdup(to->keyid));
}

/* With the mail addresses, as far as the user's keyring knows the keys. */
static char *names_of(const GPtrArray *ids)
{
	g_autoptr(GString)
		list = g_string_new(ids->len == 0 ? "a key that it does not name" : NULL);

	for (guint i = 0; i < ids->len; i++) {
		g_autofree char *name = gpg_key_name(g_ptr_array_index(ids, i));

		g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", name);
	}
	return g_strdup(list->str);
}

char *vault_recipients(const struct vault *vault)
{
	return vault->opened == SEAL_RECIPIENTS ? names_of(vault->opened_to) : NULL;
}

static gboolean say_not_opened(const struct vault *vault, enum seal seal, gpgme_error_t number,
                               GError **error)
{
	g_autofree char *to = seal == SEAL_RECIPIENTS ? names_of(vault->opened_to) : NULL;
	char text[128];

	gpgme_strerror_r(number, text, sizeof text);
	if (number == GPG_ERR_NO_ERROR)
		return error_failed(error, "cannot be decrypted: GnuPG broke off and gave nothing");
	if (seal == SEAL_PASSPHRASE && vault->given == 0)
		return error_failed(error,
		                    "cannot be decrypted: the file is damaged, or GnuPG broke off "
		                    "before it asked for the passphrase (%s)",
		                    text);
	if (seal == SEAL_PASSPHRASE)
		return error_failed(
			error,
			"cannot be decrypted: the passphrase is wrong, or the file is damaged (%s)",
			text);
	if (gpgme_err_code(number) == GPG_ERR_NO_SECKEY)
		return error_failed(error,
		                    "is encrypted to %s, and your keyring (GNUPGHOME, else "
		                    "~/.gnupg) has no secret key for that",
		                    to);
	return error_failed(error,
	                    "cannot be decrypted: it is damaged, or GnuPG cannot use your keyring "
	                    "(GNUPGHOME, else ~/.gnupg) (%s)",
	                    text);
}

static gboolean unseal_in(struct vault *vault, const struct gpg_home *home, struct slice sealed,
                          struct wiped *text, GError **error)
{
	enum seal seal = home ? SEAL_PASSPHRASE : SEAL_RECIPIENTS;
	gpgme_ctx_t context = context_new(vault, home, error);
	gpgme_error_t number = GPG_ERR_NO_ERROR;
	gboolean done;

	if (!context)
		return FALSE;
	vault->given = 0;
	done = decrypt(context, sealed, text, &number, error);
	if (seal == SEAL_RECIPIENTS)
		remember_recipients(vault, context);
	if (!done)
		say_not_opened(vault, seal, number, error);
	gpgme_release(context);
	return done;
}

static gboolean unseal_by_passphrase(struct vault *vault, struct slice sealed, struct wiped *text,
                                     GError **error)
{
	struct gpg_home *home;
	gboolean done;

	if (!gpg_ready(error) || !passphrase_ask(vault, FALSE, error))
		return FALSE;
	home = gpg_home_new(vault->options.folder, error);
	done = home && unseal_in(vault, home, sealed, text, error);
	gpg_home_free(home);
	/* Not kept: it opens nothing, and must seal nothing. */
	if (!done)
		wiped_free_text(g_steal_pointer(&vault->passphrase));
	return done;
}

gboolean vault_unseal(struct vault *vault, struct slice sealed, struct wiped *text, GError **error)
{
	enum seal seal = vault_recognize(sealed);
	gboolean done;

	if (seal == SEAL_PASSPHRASE)
		done = unseal_by_passphrase(vault, sealed, text, error);
	else
		done = (!vault->options.unattended || passphrase_ask(vault, FALSE, error)) &&
		       unseal_in(vault, NULL, sealed, text, error);
	if (done)
		vault->opened = seal;
	return done;
}

enum seal vault_seal_kind(const struct vault *vault)
{
	if (vault->words && vault->words[0])
		return SEAL_RECIPIENTS;
	return vault->options.passphrase ? SEAL_PASSPHRASE : vault->opened;
}

static gboolean has_subkey(gpgme_key_t key, const char *id)
{
	for (gpgme_subkey_t part = key->subkeys; part; part = part->next)
		if (part->keyid && g_ascii_strcasecmp(part->keyid, id) == 0)
			return TRUE;
	return FALSE;
}

/* Crosses off what is now among the recipients. */
static void cross_off(GPtrArray *ids, gpgme_key_t key)
{
	for (guint i = ids->len; i > 0; i--)
		if (has_subkey(key, g_ptr_array_index(ids, i - 1)))
			g_ptr_array_remove_index(ids, i - 1);
}

static gboolean given_twice(const struct vault *vault, const struct recipient *recipient)
{
	for (guint i = 0; i < vault->recipients->len; i++)
		if (g_str_equal(((struct recipient *)g_ptr_array_index(vault->recipients, i))
		                        ->fingerprint,
		                recipient->fingerprint))
			return TRUE;
	return FALSE;
}

static gboolean find_recipients(struct vault *vault, struct gpg_home *home, GPtrArray *missing,
                                GError **error)
{
	gpgme_ctx_t context = gpg_context(home, error);
	gboolean done = context != NULL;

	for (guint i = 0; done && vault->words[i]; i++) {
		struct recipient *recipient = recipient_find(vault->words[i], home, error);
		gpgme_key_t key = recipient ? recipient_key(recipient, context, error) : NULL;

		done = key != NULL;
		if (done)
			cross_off(missing, key);
		if (done && !given_twice(vault, recipient))
			g_ptr_array_add(vault->recipients, g_steal_pointer(&recipient));
		recipient_free(recipient);
		gpgme_key_unref(key);
	}
	gpgme_release(context);
	return done;
}

/* Whose key expired or went with him cannot be encrypted to again. */
#define TO_OTHERS "`reclaim mapping merge MAP MAP -o NEW --encrypt-to KEY` encrypts it to others"

static gboolean say_missing(const GPtrArray *ids, GError **error)
{
	g_autofree char *names = names_of(ids);

	return error_failed(error,
	                    "is encrypted to %s: give --encrypt-to for that again, so that it "
	                    "stays so; " TO_OTHERS,
	                    names);
}

/* Of a mapping that is to stay encrypted to a key that cannot be used now. */
static gboolean say_unusable(const GError *reason, GError **error)
{
	return error_failed(error, "%s; " TO_OTHERS, reason->message);
}

static gboolean prepare_recipients(struct vault *vault, GError **error)
{
	g_autoptr(GPtrArray) missing = g_ptr_array_new(); /* borrowed ids */
	struct gpg_home *home;
	gboolean done;
	g_autoptr(GError) reason = NULL;

	g_ptr_array_extend(missing, vault->opened_to, NULL, NULL);
	home = gpg_home_new(vault->options.folder, error);
	if (!home)
		return FALSE;
	done = find_recipients(vault, home, missing, &reason);
	gpg_home_free(home);
	if (done)
		return missing->len == 0 || say_missing(missing, error);
	if (vault->opened_to->len > 0)
		return say_unusable(reason, error);
	return g_propagate_error(error, g_steal_pointer(&reason)), FALSE;
}

gboolean vault_prepare(struct vault *vault, GError **error)
{
	gboolean recipients = vault->words && vault->words[0];

	if (vault->opened == SEAL_RECIPIENTS && !recipients)
		return say_missing(vault->opened_to, error);
	switch (vault_seal_kind(vault)) {
	case SEAL_RECIPIENTS:
		/* What is sealed is opened again, for which the secret key may need it. */
		return (!vault->options.unattended || passphrase_ask(vault, FALSE, error)) &&
		       (vault->recipients->len > 0 || prepare_recipients(vault, error));
	case SEAL_PASSPHRASE:
		return gpg_ready(error) && passphrase_ask(vault, TRUE, error);
	default:
		return TRUE;
	}
}

/* The recipients' keys in the context's home, ended by NULL. */
static GPtrArray *keys_bring(const struct vault *vault, gpgme_ctx_t context, GError **error)
{
	GPtrArray *keys = g_ptr_array_new_with_free_func((GDestroyNotify)gpgme_key_unref);

	for (guint i = 0; i < vault->recipients->len; i++) {
		gpgme_key_t key = recipient_key(g_ptr_array_index(vault->recipients, i), context,
		                                error);

		if (!key) {
			g_ptr_array_free(keys, TRUE);
			return NULL;
		}
		g_ptr_array_add(keys, key);
	}
	g_ptr_array_add(keys, NULL);
	return keys;
}

static gboolean encrypt_to(gpgme_ctx_t context, GPtrArray *keys, struct slice text,
                           struct wiped *sealed, GError **error)
{
	gpgme_data_t plain = NULL, cipher = NULL;
	gboolean done = gpg_input(text.data, text.length, &plain, error) &&
	                gpg_output(sealed, &cipher, error) &&
	                gpg_done(gpgme_op_encrypt(context, keys ? (gpgme_key_t *)keys->pdata : NULL,
	                                          ENCRYPT_FLAGS, plain, cipher),
	                         "encryption failed", error);
	gpgme_encrypt_result_t result = done && keys ? gpgme_op_encrypt_result(context) : NULL;

	if (result && result->invalid_recipients)
		done = error_failed(error, "encryption failed: the key %s is not usable",
		                    result->invalid_recipients->fpr);
	gpgme_data_release(plain);
	gpgme_data_release(cipher);
	return done;
}

/* GPGME calls it success when gpg crashes: what came out must at least be as much as went in. */
static gboolean whole(struct slice text, const struct wiped *sealed, GError **error)
{
	struct slice bytes = { sealed->data, sealed->length };

	return (bytes.length > text.length && vault_recognize(bytes) != SEAL_NONE &&
	        g_str_has_suffix(bytes.data, ARMOR_END "\n")) ||
	       error_failed(error, "encryption failed: GnuPG broke off");
}

static gboolean encrypt(struct vault *vault, const struct gpg_home *home, struct slice text,
                        struct wiped *sealed, GError **error)
{
	gboolean by_passphrase = vault_seal_kind(vault) == SEAL_PASSPHRASE;
	gpgme_ctx_t context = context_new(vault, home, error);
	GPtrArray *keys = context && !by_passphrase ? keys_bring(vault, context, error) : NULL;
	gboolean done = context && (keys || by_passphrase);

	vault->given = 0;
	done = done && encrypt_to(context, keys, text, sealed, error) && whole(text, sealed, error);
	if (done && by_passphrase && vault->given == 0)
		done = error_failed(error,
		                    "encryption failed: GnuPG did not ask for the passphrase");
	if (keys)
		g_ptr_array_free(keys, TRUE);
	gpgme_release(context);
	return done;
}

static gboolean same(struct slice text, const struct wiped *again, GError **error)
{
	return slice_equal(text, (struct slice){ again->data, again->length }) ||
	       error_failed(error,
	                    "encryption failed: what was encrypted does not decrypt to the same");
}

/* Without a secret key all that can be seen is for whom it is. */
static gboolean verify_outside(struct vault *vault, const struct gpg_home *home,
                               struct slice sealed, GError **error)
{
	gpgme_ctx_t context = gpg_context(home, error);
	struct wiped nothing = { 0 };
	gpgme_decrypt_result_t result;
	gpgme_error_t number;
	guint count = 0;

	if (!context)
		return FALSE;
	decrypt(context, sealed, &nothing, &number, error);
	result = gpgme_op_decrypt_result(context);
	for (gpgme_recipient_t to = result ? result->recipients : NULL; to; to = to->next)
		count++;
	gpgme_release(context);
	wiped_clear(&nothing);
	return (gpgme_err_code(number) == GPG_ERR_NO_SECKEY && count == vault->recipients->len) ||
	       error_failed(error, "encryption failed: the result is not for the recipients");
}

static gboolean can_open(const struct vault *vault)
{
	for (guint i = 0; i < vault->recipients->len; i++)
		if (gpg_have_secret(((struct recipient *)g_ptr_array_index(vault->recipients, i))
		                            ->fingerprint))
			return TRUE;
	return FALSE;
}

/* In a fresh context, so that nothing but the message and the secret opens it: in the home, or by a
 * secret key in the user's, when `home` is NULL. */
static gboolean verify(struct vault *vault, const struct gpg_home *home, struct slice text,
                       struct slice sealed, GError **error)
{
	struct wiped again = { 0 };
	gboolean done = unseal_in(vault, home, sealed, &again, error) && same(text, &again, error);

	wiped_clear(&again);
	return done;
}

gboolean vault_seal(struct vault *vault, struct slice text, struct wiped *sealed, GError **error)
{
	gboolean by_passphrase = vault_seal_kind(vault) == SEAL_PASSPHRASE;
	gboolean by_user = !by_passphrase && can_open(vault);
	struct gpg_home *home = gpg_home_new(vault->options.folder, error);
	gboolean done = home && encrypt(vault, home, text, sealed, error);
	struct slice bytes = { sealed->data, sealed->length };

	if (done && by_passphrase)
		done = verify(vault, home, text, bytes, error);
	else if (done && !by_user)
		done = verify_outside(vault, home, bytes, error);
	gpg_home_free(home);
	/* The user's agent may ask for the passphrase of the key. */
	if (done && by_user)
		done = verify(vault, NULL, text, bytes, error);
	if (!done)
		wiped_clear(sealed);
	return done;
}
