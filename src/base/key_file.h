/* SPDX-License-Identifier: Apache-2.0 */
/* key_file: a key file that knows in which line what stands, so that whoever is told of a mistake
 * finds it. */
#ifndef BASE_KEY_FILE_H
#define BASE_KEY_FILE_H

#include <glib.h>

struct key_file {
	char *path, *text;
	gsize length; /* of the text, bytes */
	GKeyFile *keys;
	GHashTable *lines; /* "[group]key" or "[group]", owned → where it stands, from 1 */
};

/* Reads it. NULL and error, which says the file and where it can the line, when that fails, it is
 * no key file, or a group has a key twice. */
struct key_file *key_file_load(const char *path, GError **error);
void key_file_free(struct key_file *file);

/* In which line of the text, from 1, the key stands, or where the group begins, for NULL. 0 when
 * there is none. */
guint key_file_line(const struct key_file *file, const char *group, const char *key);

/* Passes on what is wrong with a key, or with the group for NULL: "site.conf, line 7: …", or
 * "site.conf: …" where there is none. Takes `cause`. Returns FALSE. */
gboolean key_file_blame(const struct key_file *file, const char *group, const char *key,
                        GError *cause, GError **error);

/* The same, of a message as in error_failed(). */
gboolean key_file_wrong(const struct key_file *file, const char *group, const char *key,
                        GError **error, const char *format, ...) G_GNUC_PRINTF(5, 6);

/* The value of a key that is there; NULL unless each character of it is one that is seen, so that
 * it is a line of plain text. What is wrong is told without its line. */
char *key_file_text(const struct key_file *file, const char *group, const char *key,
                    GError **error);

#endif
