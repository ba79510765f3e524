/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/gpg_keys.h"

#include <string.h>

#include "base/error.h"
#include "base/terminal.h"

#define LARGEST_FILE ((goffset)1 << 20)

void recipient_free(gpointer data)
{
	struct recipient *recipient = data;

	if (!recipient)
		return;
	g_free(recipient->fingerprint);
	wiped_clear(&recipient->block);
	g_free(recipient);
}

/* Why nothing can be encrypted to a key, or NULL. */
static const char *key_unusable(gpgme_key_t key)
{
	if (key->revoked)
		return "is revoked";
	if (key->expired)
		return "has expired";
	if (key->disabled)
		return "is disabled";
	if (key->invalid)
		return "is not valid";
	return key->can_encrypt ? NULL : "has no part that can be encrypted to now";
}

static gboolean is_file(const char *word)
{
	return strchr(word, '/') || g_str_has_suffix(word, ".asc") ||
	       g_str_has_suffix(word, ".gpg") || g_str_has_suffix(word, ".key");
}

/* What GnuPG is asked for: an address as a whole and not as a part of others, digits without the
 * spaces that it prints between them. NULL when the word is neither: a short key id is forged in
 * seconds, and a part of a name finds whom it likes. */
static char *pattern(const char *word)
{
	g_autoptr(GString) digits = g_string_new(NULL);

	if (strchr(word, '@'))
		return strpbrk(word, "<>") ? NULL : g_strdup_printf("<%s>", word);
	for (const char *at = g_str_has_prefix(word, "0x") ? word + 2 : word; *at; at++) {
		if (*at == ' ')
			continue;
		if (!g_ascii_isxdigit(*at))
			return NULL;
		g_string_append_c(digits, *at);
	}
	return digits->len == 16 || digits->len == 40 ? g_strdup(digits->str) : NULL;
}

/* Whether the keyring vouches for the address: only then does it say whose key this is. */
static gboolean address_vouched(gpgme_key_t key, const char *address)
{
	for (gpgme_user_id_t id = key->uids; id; id = id->next)
		if (id->address && g_ascii_strcasecmp(id->address, address) == 0 && !id->revoked &&
		    id->validity >= GPGME_VALIDITY_MARGINAL)
			return TRUE;
	return FALSE;
}

struct search {
	gpgme_key_t key;    /* the usable one */
	guint usable;
	const char *reason; /* why the last of the others is not */
};

static gboolean search(gpgme_ctx_t context, const char *wanted, struct search *found,
                       GError **error)
{
	gpgme_error_t number = gpgme_op_keylist_start(context, wanted, 0);
	gpgme_key_t key;

	while (number == GPG_ERR_NO_ERROR &&
	       (number = gpgme_op_keylist_next(context, &key)) == GPG_ERR_NO_ERROR) {
		const char *reason = key_unusable(key);

		if (reason)
			found->reason = reason;
		else if (found->usable++ == 0)
			gpgme_key_ref(found->key = key);
		gpgme_key_unref(key);
	}
	gpgme_op_keylist_end(context);
	return gpgme_err_code(number) == GPG_ERR_EOF || gpg_done(number, "your keyring", error);
}

/* What speaks against the one key found, in words. */
static gboolean judge(const struct search *found, const char *word, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(word));

	if (found->usable == 0 && found->reason)
		return error_failed(error, "the key of %s %s", shown, found->reason);
	if (found->usable == 0)
		return error_failed(
			error, "there is no key of %s in your keyring (GNUPGHOME, else ~/.gnupg)",
			shown);
	if (found->usable > 1)
		return error_failed(error,
		                    "there are %u keys of %s: give the fingerprint of the one",
		                    found->usable, shown);
	if (strchr(word, '@') && !address_vouched(found->key, word))
		return error_failed(error,
		                    "nothing vouches for it that the key with the address %s is "
		                    "theirs: compare its fingerprint with them, then give that: %s",
		                    shown, found->key->fpr);
	return TRUE;
}

static struct recipient *export(gpgme_ctx_t context, const char *fingerprint, GError **error)
{
	struct recipient *recipient = g_new0(struct recipient, 1);
	gpgme_data_t data = NULL;
	gboolean done;

	recipient->fingerprint = g_strdup(fingerprint);
	done = gpg_output(&recipient->block, &data, error) &&
	       gpg_done(gpgme_op_export(context, fingerprint, GPGME_EXPORT_MODE_MINIMAL, data),
	                "your keyring", error) &&
	       (recipient->block.length > 0 ||
	        error_failed(error, "the key %s cannot be exported", fingerprint));
	gpgme_data_release(data);
	if (done)
		return recipient;
	recipient_free(recipient);
	return NULL;
}

static struct recipient *from_keyring(const char *word, GError **error)
{
	g_autofree char *wanted = pattern(word), *shown = terminal_escape(slice_of(word));
	struct recipient *recipient = NULL;
	struct search found = { 0 };
	gpgme_ctx_t context;

	if (!wanted) {
		error_usage(
			error,
			"--encrypt-to %s: give a fingerprint, a key id of 16 digits, a mail "
		        "address, or the path "
			"of a file with the key (with a / in it, or ending in .asc, .gpg or .key)",
			shown);
		return NULL;
	}
	context = gpg_context(NULL, error);
	if (context && search(context, wanted, &found, error) && judge(&found, word, error))
		recipient = export(context, found.key->fpr, error);
	gpgme_key_unref(found.key);
	gpgme_release(context);
	return recipient;
}

/* Brings a block of keys into the context's home; how many, and the first one's fingerprint. */
static gboolean import(gpgme_ctx_t context, const struct wiped *block, guint *count,
                       char **fingerprint, GError **error)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	gpgme_import_result_t result;
	gpgme_data_t data = NULL;
	gboolean done = gpg_input(block->data, block->length, &data, error) &&
	                gpg_done(gpgme_op_import(context, data), "GnuPG", error);

	gpgme_data_release(data);
	result = done ? gpgme_op_import_result(context) : NULL;
	if (result && result->secret_read > 0)
		return error_failed(error, "this is a secret key; the public one is enough, and "
		                           "all that should leave its owner");
	for (gpgme_import_status_t key = result ? result->imports : NULL; key; key = key->next)
		if (key->fpr && key->result == GPG_ERR_NO_ERROR)
			g_hash_table_add(seen, g_strdup(key->fpr));
	*count = g_hash_table_size(seen);
	if (*count == 1) {
		GHashTableIter iter;
		gpointer only;

		g_hash_table_iter_init(&iter, seen);
		g_hash_table_iter_next(&iter, &only, NULL);
		*fingerprint = g_strdup(only);
	}
	return done;
}

static gboolean file_read(const char *path, struct wiped *block, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) wrong = NULL;
	gsize length;

	/* A pipe or a device would have no end. */
	if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
		return error_failed(error, "there is no such file");
	if (!g_file_get_contents(path, &text, &length, &wrong))
		return error_failed(error, "it cannot be read");
	if ((goffset)length > LARGEST_FILE)
		return error_failed(error, "it is too large to be a key");
	if (g_strstr_len(text, (gssize)length, "PRIVATE KEY BLOCK")) {
		explicit_bzero(text, length);
		return error_failed(error, "this is a secret key; the public one is enough, and "
		                           "all that should leave its owner");
	}
	wiped_append(block, text, length);
	return TRUE;
}

static gboolean from_file(const char *path, gpgme_ctx_t context, struct recipient *recipient,
                          GError **error)
{
	guint count = 0;

	if (!file_read(path, &recipient->block, error) ||
	    !import(context, &recipient->block, &count, &recipient->fingerprint, error))
		return FALSE;
	return count == 1 ||
	       error_failed(error, "it holds %u public keys, and must hold one", count);
}

gpgme_key_t recipient_key(const struct recipient *recipient, gpgme_ctx_t context, GError **error)
{
	g_autofree char *fingerprint = NULL;
	const char *reason;
	gpgme_key_t key = NULL;
	guint count;

	if (!import(context, &recipient->block, &count, &fingerprint, error) ||
	    !gpg_done(gpgme_get_key(context, recipient->fingerprint, &key, 0),
	              recipient->fingerprint, error))
		return NULL;
	reason = key_unusable(key);
	if (!reason)
		return key;
	error_failed(error, "the key %s %s", recipient->fingerprint, reason);
	gpgme_key_unref(key);
	return NULL;
}

struct recipient *recipient_find(const char *word, struct gpg_home *home, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(word));
	struct recipient *recipient;
	gpgme_ctx_t context;

	if (!is_file(word))
		return from_keyring(word, error);
	context = gpg_context(home, error);
	recipient = g_new0(struct recipient, 1);
	if (!context || !from_file(word, context, recipient, error)) {
		g_prefix_error(error, "%s: ", shown);
		g_clear_pointer(&recipient, recipient_free);
	}
	gpgme_release(context);
	return recipient;
}

gboolean gpg_have_secret(const char *fingerprint)
{
	gpgme_ctx_t context = gpg_context(NULL, NULL);
	gpgme_key_t key = NULL;
	gboolean have = context && gpgme_get_key(context, fingerprint, &key, 1) == GPG_ERR_NO_ERROR;

	gpgme_key_unref(key);
	gpgme_release(context);
	return have;
}

char *gpg_key_name(const char *id)
{
	gpgme_ctx_t context = gpg_context(NULL, NULL);
	gpgme_key_t key = NULL;
	char *name;

	if (context && gpgme_get_key(context, id, &key, 0) == GPG_ERR_NO_ERROR && key->uids &&
	    *key->uids->email) {
		g_autofree char *mail = terminal_escape(slice_of(key->uids->email));

		name = g_strdup_printf("%s (%s)", id, mail);
	} else {
		name = g_strdup(id);
	}
	gpgme_key_unref(key);
	gpgme_release(context);
	return name;
}
