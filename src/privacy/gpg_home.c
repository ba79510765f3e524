/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/gpg_home.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/part.h"
#include "base/signals.h"

/* 2.2.7 is the first that can be told not to keep passphrases of symmetric encryption. */
#define GPG_NEEDED "2.2.7"
#define GPGME_NEEDED "1.18.0"
#define LONGEST_FOLDER 60
#define LARGEST ((size_t)1 << 30)

struct gpg_home {
	char *path;
	sigset_t before; /* the signals that were held back before */
	gboolean holds_signals;
	GPid sweeper;    /* 0: there is none */
	int line;        /* to the sweeper, open for as long as we are there */
};

/* With the home and gpgconf: waits for the end of its input, which is ours. A gpg that is still at
 * work may be in the way. */
static const char sweeping[] = "read -r line; for try in 1 2 3 4 5 6 7 8 9; do \"$2\" --homedir "
                               "\"$1\" --kill all; \"$2\" --homedir \"$1\" --remove-socketdir; "
			       "rm -rf -- \"$1\" && break; sleep $try; done";

/* The costliest way from a passphrase to a key that OpenPGP of this age has, and ciphers by name
 * so that another version does not change them. */
static const char configuration[] =
	"s2k-mode 3\ns2k-count 65011712\ns2k-digest-algo SHA512\ns2k-cipher-algo AES256\n"
	"personal-cipher-preferences AES256\nno-random-seed-file\nno-greeting\n";

gboolean gpg_done(gpgme_error_t number, const char *what, GError **error)
{
	char text[128];

	if (gpgme_err_code(number) == GPG_ERR_NO_ERROR)
		return TRUE;
	gpgme_strerror_r(number, text, sizeof text);
	return error_failed(error, "%s: %s", what, text);
}

gboolean gpg_ready(GError **error)
{
	gpgme_error_t number;

	/* GPGME_DEBUG in the environment would have all that passes through written to a file. */
	gpgme_set_global_flag("debug", "0");
	gpgme_set_global_flag("require-gnupg", GPG_NEEDED);
	if (!gpgme_check_version(GPGME_NEEDED))
		return error_failed(error, "the library GPGME is older than " GPGME_NEEDED);
	number = gpgme_engine_check_version(GPGME_PROTOCOL_OpenPGP);
	if (number == GPG_ERR_NO_ERROR)
		return TRUE;
	if (gpgme_err_code(number) == GPG_ERR_ENGINE_TOO_OLD)
		return error_failed(error, "GnuPG is too old: encryption needs gpg " GPG_NEEDED
		                           " or later");
	return error_failed(error,
	                    "GnuPG is missing or does not start: encryption needs gpg " GPG_NEEDED
	                    " or later (package gnupg)");
}

static gboolean configure(const struct gpg_home *home, GError **error)
{
	g_autofree char *path = g_build_filename(home->path, "gpg.conf", NULL);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	gboolean done = fd >= 0 && write(fd, configuration, strlen(configuration)) ==
	                                   (ssize_t)strlen(configuration);
	int code = errno;

	if (fd >= 0 && close(fd) != 0)
		done = FALSE;
	return done || error_failed(error, "%s: cannot be written: %s", path, g_strerror(code));
}

/* What ends us is sent to the group that we are in, the sweeper among it until it has a session of
 * its own. It stays blocked in between, as in us; a shell lets it through with its first
 * command. */
static void leave_session(G_GNUC_UNUSED gpointer data)
{
	setsid();
	signals_ignore();
}

/* Were we killed, the home would stay, and its agent with it. Where this fails there is only nobody
 * who sees to that. */
static void sweeper_start(struct gpg_home *home)
{
	const char *program = gpgme_get_dirinfo("gpgconf-name");
	const char *const argv[] = { "/bin/sh", "-c", sweeping, "sh", home->path, program, NULL };
	const GSpawnFlags flags = G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
	                          G_SPAWN_STDERR_TO_DEV_NULL;

	if (!program ||
	    !g_spawn_async_with_pipes("/", (char **)argv, NULL, flags, leave_session, NULL,
	                              &home->sweeper, &home->line, NULL, NULL, NULL))
		home->sweeper = 0;
}

/* Nothing is left to be done. */
static void sweeper_stop(struct gpg_home *home)
{
	if (home->sweeper == 0)
		return;
	kill(home->sweeper, SIGKILL);
	close(home->line);
	while (waitpid(home->sweeper, NULL, 0) < 0 && errno == EINTR)
		;
}

static void let_signals_through(struct gpg_home *home)
{
	if (home->holds_signals)
		signals_release(&home->before);
	home->holds_signals = FALSE;
}

struct gpg_home *gpg_home_new(const char *folder, GError **error)
{
	struct gpg_home *home;

	if (!gpg_ready(error))
		return NULL;
	if (strlen(folder) > LONGEST_FOLDER) {
		error_failed(error, "%s: the path is too long for a folder of GnuPG", folder);
		return NULL;
	}
	home = g_new0(struct gpg_home, 1);
	/* Ctrl-C waits until somebody sees to the home: it would stay, and its agent with it. Then
	 * it need not: a gpg may hang. */
	signals_hold(&home->before);
	home->holds_signals = TRUE;
	home->path = g_strdup_printf("%s/reclaim-%08x%08x", folder, g_random_int(), g_random_int());
	/* Before there is anything to sweep: in between we could be killed. */
	sweeper_start(home);
	if (mkdir(home->path, 0700) != 0) {
		int code = errno;

		error_failed(error, "%s: cannot make a folder for GnuPG in it: %s", folder,
		             g_strerror(code));
		sweeper_stop(home);
		g_clear_pointer(&home->path, g_free);
	} else {
		if (home->sweeper)
			let_signals_through(home);
		if (configure(home, error))
			return home;
	}
	gpg_home_free(home);
	return NULL;
}

static void gpgconf(const struct gpg_home *home, const char *command, const char *argument)
{
	const char *program = gpgme_get_dirinfo("gpgconf-name");
	const char *const argv[] = { program, "--homedir", home->path, command, argument, NULL };

	/* When it fails the agent still ends by itself, once its home is gone. */
	if (program)
		g_spawn_sync(NULL, (char **)argv, NULL,
		             G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
		             NULL, NULL, NULL, NULL);
}

/* The agent removes its sockets while it ends, so that one of them may be gone between the listing
 * of the folder and its removal. */
static void remove_folder(const struct gpg_home *home)
{
	g_autofree char *folder = g_path_get_dirname(home->path);
	g_autofree char *name = g_path_get_basename(home->path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (int i = 0; fd >= 0 && i < 100 && !part_remove(fd, name) &&
	                g_file_test(home->path, G_FILE_TEST_EXISTS);
	     i++)
		g_usleep(10000);
	if (fd >= 0)
		close(fd);
}

void gpg_home_free(struct gpg_home *home)
{
	if (!home)
		return;
	if (home->path) {
		gpgconf(home, "--kill", "all");
		/* Where /run/user/UID is, the sockets have a folder of their own there. */
		gpgconf(home, "--remove-socketdir", NULL);
		remove_folder(home);
		sweeper_stop(home);
	}
	let_signals_through(home);
	g_free(home->path);
	g_free(home);
}

gpgme_ctx_t gpg_context(const struct gpg_home *home, GError **error)
{
	gpgme_ctx_t context = NULL;
	gpgme_error_t number;

	if (!gpg_ready(error) || !gpg_done(gpgme_new(&context), "GnuPG", error))
		return NULL;
	gpgme_set_armor(context, 1);
	gpgme_set_offline(context, 1);
	number = home ? gpgme_ctx_set_engine_info(context, GPGME_PROTOCOL_OpenPGP, NULL, home->path)
	              : GPG_ERR_NO_ERROR;
	if (gpg_done(number, "GnuPG", error))
		return context;
	gpgme_release(context);
	return NULL;
}

gboolean gpg_context_ask(gpgme_ctx_t context, gpgme_passphrase_cb_t give, void *hook,
                         GError **error)
{
	gpgme_set_passphrase_cb(context, give, hook);
	return gpg_done(gpgme_set_pinentry_mode(context, GPGME_PINENTRY_MODE_LOOPBACK), "GnuPG",
	                error) &&
	       gpg_done(gpgme_set_ctx_flag(context, "no-symkey-cache", "1"), "GnuPG", error);
}

gboolean gpg_input(const void *bytes, size_t length, gpgme_data_t *data, GError **error)
{
	if (!gpg_done(gpgme_data_new_from_mem(data, bytes, length, 0), "GnuPG", error))
		return FALSE;
	gpgme_data_set_flag(*data, "sensitive", "1");
	return TRUE;
}

static ssize_t append(void *wiped, const void *bytes, size_t length)
{
	if (((struct wiped *)wiped)->length + length > LARGEST) {
		errno = EFBIG;
		return -1;
	}
	wiped_append(wiped, bytes, length);
	return (ssize_t)length;
}

gboolean gpg_output(struct wiped *wiped, gpgme_data_t *data, GError **error)
{
	/* GPGME keeps the address, and changes nothing there. */
	static const struct gpgme_data_cbs appending = { .write = append };

	if (!gpg_done(gpgme_data_new_from_cbs(data, (gpgme_data_cbs_t)&appending, wiped), "GnuPG",
	              error))
		return FALSE;
	gpgme_data_set_flag(*data, "sensitive", "1");
	return TRUE;
}
