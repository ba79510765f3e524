/* SPDX-License-Identifier: Apache-2.0 */
/* prompt: questions on the terminal itself, whatever standard input and output are. */
#ifndef COMMAND_PROMPT_H
#define COMMAND_PROMPT_H

#include <glib.h>

/* The answer, one line without its end; `hidden`: without echo. Wiped and freed by the caller. NULL
 * and error when there is no terminal, at its end, or after Ctrl-C (which then ends the process,
 * with the terminal as it was). */
char *prompt(const char *question, gboolean hidden, GError **error);

#endif
