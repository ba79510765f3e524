/* SPDX-License-Identifier: Apache-2.0 */
/* part: a hidden file or folder beside its target, ".NAME.reclaim-XXXXXX.part", until it is
 * complete.
 *
 * A part is locked as long as it is being written, so that another run can tell it from what a
 * crash left. */
#ifndef BASE_PART_H
#define BASE_PART_H

#include <glib.h>

/* The folder of `path`, opened, and its last component, which the caller frees. -1 and error when
 * there is no such folder or when `path` does not end in a name. */
int part_place(const char *path, char **name, GError **error);

/* What the umask leaves others of these permissions, for when the part gets its name; it takes
 * nothing from who owns it. For the main thread, before it starts others that ask too. */
guint part_mode(guint mode);

/* Creates a part file (0600) or folder (0700) of `name`, locked. Returns its descriptor and its
 * name, which the caller frees, or -1 with errno. */
int part_create_file(int folder, const char *name, char **part);
int part_create_folder(int folder, const char *name, char **part);

/* Another part name, of something that is about to be moved there. The caller frees it. */
char *part_name(const char *name);

/* Removes this user's parts of `name` that nobody is writing any more. */
void part_remove_stale(int folder, const char *name);

/* Whether nothing is in a folder. */
gboolean part_is_empty(int folder);

/* Removes a file, or a folder with all that is in it, following no symbolic link; FALSE with
 * errno. What is not there, or goes meanwhile, is removed. */
gboolean part_remove(int folder, const char *name);

#endif
