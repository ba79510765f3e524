/* SPDX-License-Identifier: Apache-2.0 */
/* error: the one error domain of the program, whose codes are its exit statuses. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <glib.h>

enum error_code {
	ERROR_FAILED = 1, /* the work could not be done */
	ERROR_USAGE = 2,  /* the command line does not make sense */
	ERROR_LEAK = 5,   /* a real name was found in an output */
};

GQuark error_quark(void);

/* Sets *error (if error is not NULL and *error is) to an ERROR_FAILED with this message. Returns
 * FALSE, so that a caller may write `return error_failed(error, …)`. The message is in the user's
 * words, without a final full stop or newline; text from data goes through terminal_escape()
 * before. */
gboolean error_failed(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The same with ERROR_USAGE. */
gboolean error_usage(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Passes on what is wrong with a file, its name in front; takes `cause`. Returns FALSE. */
gboolean error_in_file(GError **error, const char *path, GError *cause);

#endif
