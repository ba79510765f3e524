/* SPDX-License-Identifier: Apache-2.0 */
#include "base/small_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/error.h"

#define AT_ONCE (64 << 10)

/* How many bytes came; below nought when it failed. */
static gssize read_some(int file, char *into)
{
	gssize got;

	do
		got = read(file, into, AT_ONCE);
	while (got < 0 && errno == EINTR);
	return got;
}

static gboolean read_all(int file, GString *text, GError **error)
{
	g_autofree char *some = g_malloc(AT_ONCE);
	gssize got;

	while ((got = read_some(file, some)) > 0) {
		g_string_append_len(text, some, got);
		if (text->len > SMALL_FILE_MOST)
			return error_failed(error,
			                    "larger than the %d MiB that such a file can have",
			                    SMALL_FILE_MOST >> 20);
	}
	return got == 0 || error_failed(error, "%s", g_strerror(errno));
}

gboolean small_file_read(const char *path, char **text, gsize *length, GError **error)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	GString *found;
	gboolean done;

	if (file < 0)
		return error_failed(error, "%s", g_strerror(errno));
	found = g_string_new(NULL);
	done = read_all(file, found, error);
	close(file);
	*length = found->len;
	*text = g_string_free(found, !done);
	return done;
}
