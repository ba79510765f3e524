/* SPDX-License-Identifier: Apache-2.0 */
/* secret: how a command opens the mapping: the options for encryption, and where a passphrase comes
 * from. */
#ifndef COMMAND_SECRET_H
#define COMMAND_SECRET_H

#include "privacy/mapping.h"

/* As they stand on the command line. */
struct secret {
	char **encrypt_to;     /* NULL: none */
	gboolean encrypt;      /* by a passphrase */
	char *passphrase_fd;
	char *passphrase_file; /* neither: the terminal is asked */
};

/* For a command that reads the mapping; each takes a struct secret. */
#define OPTIONS_UNSEAL(secret) \
	{ "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &(secret)->passphrase_file, \
	  "a file of yours alone: its first line is the mapping's passphrase", "FILE" }, \
	{ "passphrase-fd", 0, 0, G_OPTION_ARG_FILENAME, &(secret)->passphrase_fd, \
	  "the number of an open file with one line, the passphrase", "N" }

/* For one that writes it. */
#define OPTIONS_SEAL(secret) \
	{ "encrypt-to", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(secret)->encrypt_to, \
	  "encrypt the mapping to a key (id, address, file); may be repeated", "KEY" }, \
	{ "encrypt", 0, 0, G_OPTION_ARG_NONE, &(secret)->encrypt, "encrypt the mapping with a passphrase", NULL }, \
	OPTIONS_UNSEAL(secret)

void secret_clear(struct secret *secret);

/* ERROR_USAGE when the options contradict each other, or when the passphrase and one of the inputs
 * (or NULL) would both come from standard input. */
gboolean secret_valid(const struct secret *secret, char *const *inputs, GError **error);

/* The files that the options name, and one more unless it is NULL, for who makes sure that nothing
 * is written over them. */
char **secret_files(const struct secret *secret, const char *more);

/* FALSE and error: it is no mapping, and open to others. Only a mapping would have to be hidden
 * from them. */
gboolean secret_mapping_may_be(const char *path, GError **error);

/* mapping_open(), by these options. Says on standard error when a plain mapping is about to be
 * encrypted. */
struct mapping *secret_mapping_open(const struct secret *secret, const char *path, gboolean create,
                                    GError **error);

#endif
