/* SPDX-License-Identifier: Apache-2.0 */
/* shell: what a command says while it works, on standard error, and how its paths relate. */
#ifndef COMMAND_SHELL_H
#define COMMAND_SHELL_H

#include "base/progress.h"

/* One line on standard error, "reclaim: …". Whatever stands in it cannot talk to the terminal: it
 * may hold names of files, and messages of libraries that quote them. */
void shell_say(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* For reading these files; silent when standard error is no terminal. */
struct progress *shell_progress(const char *what, char *const *paths);

/* "1 row", "2 rows": the caller frees it. */
char *shell_count(guint64 count, const char *one, const char *many);

/* Whether two paths are one file, now or once they are made. */
gboolean path_same(const char *one, const char *other);

/* Whether a path lies inside a folder, or is it; neither needs to exist yet. Symbolic links are
 * followed. */
gboolean path_inside(const char *path, const char *folder);

/* Tells of so many files that are as long as a sheet of a spreadsheet can be; of none it says
 * nothing. */
void shell_say_full_sheets(guint count);

/* And of jobs that stand twice, at times of two zones. */
void shell_say_twins(guint64 count);

struct spans;

/* And of a time elapsed that does not fit what lies between start and end. */
void shell_say_spans(const struct spans *spans);

/* What they say; of what is long `between` stands where a line may end. */
char *shell_full_sheets(guint count);
char *shell_twins(guint64 count, const char *between);

/* NULL: nothing. */
char *shell_spans(const struct spans *spans, const char *between);

#endif
