/* SPDX-License-Identifier: Apache-2.0 */
/* signals: what must not be broken off in its middle. */
#ifndef BASE_SIGNALS_H
#define BASE_SIGNALS_H

#include <signal.h>

/* Has the signals that end a program wait, Ctrl-C among them, until *before is set again. Of this thread and those that it starts. */
void signals_hold(sigset_t *before);
void signals_release(const sigset_t *before);

#endif
