/* SPDX-License-Identifier: Apache-2.0 */
#include "command/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/terminal.h"
#include "command/prompt.h"
#include "command/shell.h"
#include "privacy/mapping_file.h"
#include "privacy/passphrase.h"
#include "privacy/vault.h"

#define LONGEST_FOLDER 40

struct asking {
	const struct secret *secret;
	const char *shown; /* the mapping's path */
};

void secret_clear(struct secret *secret)
{
	g_strfreev(secret->encrypt_to);
	g_free(secret->passphrase_fd);
	g_free(secret->passphrase_file);
}

/* −1 when it is not the number of an open file. */
static int descriptor(const char *text)
{
	gint64 number;

	if (!slice_number(slice_of(text), &number) || number > G_MAXINT ||
	    fcntl((int)number, F_GETFD) < 0)
		return -1;
	return (int)number;
}

static gboolean descriptor_valid(const char *text, char *const *inputs, GError **error)
{
	int fd = descriptor(text);

	if (fd < 0)
		return error_usage(error,
		                   "--passphrase-fd: this is not the number of an open file");
	for (guint i = 0; fd == STDIN_FILENO && inputs && inputs[i]; i++)
		if (strcmp(inputs[i], "-") == 0)
			return error_usage(error, "standard input is the export: the passphrase "
			                          "must come from elsewhere");
	/* No process that is started has any business with it. */
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	return TRUE;
}

gboolean secret_valid(const struct secret *secret, char *const *inputs, GError **error)
{
	if (secret->encrypt && secret->encrypt_to)
		return error_usage(error, "--encrypt (with a passphrase) and --encrypt-to (to a "
		                          "key) exclude each other");
	if (secret->passphrase_fd && secret->passphrase_file)
		return error_usage(error,
		                   "--passphrase-fd and --passphrase-file exclude each other");
	return !secret->passphrase_fd || descriptor_valid(secret->passphrase_fd, inputs, error);
}

static void add_file(GStrvBuilder *files, const char *path)
{
	/* A key may also be named by who has it. */
	if (path && g_file_test(path, G_FILE_TEST_EXISTS))
		g_strv_builder_add(files, path);
}

char **secret_files(const struct secret *secret, const char *more)
{
	g_autoptr(GStrvBuilder) files = g_strv_builder_new();

	add_file(files, secret->passphrase_file);
	for (guint i = 0; secret->encrypt_to && secret->encrypt_to[i]; i++)
		add_file(files, secret->encrypt_to[i]);
	add_file(files, more);
	return g_strv_builder_end(files);
}

static char *first_line(const char *text, size_t length, GError **error)
{
	struct slice rest = { text, length };
	struct slice line = slice_cut(&rest, '\n');

	if (line.length > 0 && line.data[line.length - 1] == '\r')
		line.length--;
	/* It would end there, and be another than the one that was meant. */
	if (memchr(line.data, '\0', line.length)) {
		error_failed(error, "the passphrase holds a zero byte, as in a file that an editor "
		             "saved as UTF-16");
		return NULL;
	}
	return slice_dup(line);
}

static char *passphrase_from_file(const char *path, GError **error)
{
	struct mapping_file *file = mapping_file_open(path, FALSE, error);
	char *text = NULL, *line = NULL;
	size_t length = 0;

	if (file && mapping_file_read(file, &text, &length, error)) {
		if (text)
			line = first_line(text, length, error);
		else
			error_failed(error, "--passphrase-file: there is no such file");
	}
	mapping_file_close(file);
	if (text)
		explicit_bzero(text, length);
	g_free(text);
	return line;
}

/* Byte by byte: what follows the line is for the next who asks. */
static char *passphrase_from_descriptor(int fd, GError **error)
{
	char line[PASSPHRASE_SIZE + 1], *copy = NULL;
	size_t length = 0;
	ssize_t got = 1;

	while (length < sizeof line - 1) {
		got = read(fd, line + length, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 || line[length] == '\n')
			break;
		length++;
	}
	if (got < 0)
		error_failed(error, "--passphrase-fd: cannot be read: %s", g_strerror(errno));
	else
		copy = first_line(line, length, error);
	explicit_bzero(line, sizeof line);
	return copy;
}

static char *passphrase_from_terminal(const char *shown, gboolean fresh, GError **error)
{
	g_autofree char *question =
		g_strdup_printf("%s for %s: ", fresh ? "New passphrase" : "Passphrase", shown);
	char *line = prompt(question, TRUE, error);
	char *again = line && fresh && passphrase_valid(line, TRUE, error)
	                      ? prompt("Once more: ", TRUE, error)
	                      : NULL;
	gboolean done = line && (!fresh || (again && strcmp(line, again) == 0));

	if (again && !done)
		error_failed(error, "the two passphrases differ");
	if (!line)
		g_prefix_error(error,
		               "a passphrase is needed (--passphrase-file, --passphrase-fd): ");
	wiped_free_text(again);
	if (done)
		return line;
	wiped_free_text(line);
	return NULL;
}

static char *passphrase_get(gboolean fresh, void *data, GError **error)
{
	const struct asking *asking = data;

	if (asking->secret->passphrase_file)
		return passphrase_from_file(asking->secret->passphrase_file, error);
	if (asking->secret->passphrase_fd)
		return passphrase_from_descriptor(descriptor(asking->secret->passphrase_fd), error);
	return passphrase_from_terminal(asking->shown, fresh, error);
}

/* In memory where there is such a folder, else where a path is short everywhere. */
static const char *short_folder(void)
{
	const char *folder = g_getenv("XDG_RUNTIME_DIR");

	return folder && *folder == '/' && strlen(folder) <= LONGEST_FOLDER &&
	                       g_access(folder, W_OK | X_OK) == 0
	               ? folder
	               : "/tmp";
}

static gboolean is_open_and_none(const char *path)
{
	struct stat info;

	return lstat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
	       (info.st_mode & 077) && !mapping_seems(path);
}

gboolean secret_mapping_may_be(const char *path, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(path));

	return !is_open_and_none(path) ||
	       error_failed(error,
	                    "%s: this is not a mapping, which begins with kind,name,pseudonym",
	                    shown);
}

struct mapping *secret_mapping_open(const struct secret *secret, const char *path, gboolean create,
                                    GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(path));
	struct asking asking = { secret, shown };
	const struct vault_options options = {
		.recipients = secret->encrypt_to,
		.passphrase = secret->encrypt,
		.unattended = secret->passphrase_file || secret->passphrase_fd,
		.folder = short_folder(),
		.ask = passphrase_get,
		.data = &asking,
	};
	/* It is locked and replaced, which no pipe can be, and a file of that name is easily passed
	 * on. */
	if (strcmp(path, "-") == 0) {
		error_usage(error, "a mapping is a file, not -: names go through no pipe");
		return NULL;
	}
	if (!secret_mapping_may_be(path, error))
		return NULL;
	gboolean stood_there = g_file_test(path, G_FILE_TEST_EXISTS),
		 to_encrypt = secret->encrypt || secret->encrypt_to;
	struct mapping *mapping = mapping_open(path, create, vault_new(&options), error);

	if (!mapping || !create || mapping_encrypted(mapping))
		return mapping;
	/* Whoever gives a passphrase takes the names for encrypted. */
	if (options.unattended && !to_encrypt) {
		mapping_free(mapping);
		if (stood_there)
			error_failed(error,
			             "%s is plain text, which a passphrase alone leaves it: add "
			             "--encrypt, or leave the passphrase out",
			             shown);
		else
			error_failed(error,
			             "%s is not there yet, and a passphrase alone would not "
			             "encrypt it: add --encrypt, or leave the passphrase out",
			             shown);
		return NULL;
	}
	if (stood_there && to_encrypt)
		shell_say("%s was plain text until now: what stood there may still be found on the "
		          "disk and in backups",
		          shown);
	return mapping;
}
