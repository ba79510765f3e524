/* SPDX-License-Identifier: Apache-2.0 */
/* signals: what must not be broken off in its middle. */
#ifndef BASE_SIGNALS_H
#define BASE_SIGNALS_H

#include <signal.h>

/* Those that end a program, Ctrl-C among them. */
void signals_that_end(sigset_t *set);

/* Has them wait until *before is set again. Of this thread and those that it starts. */
void signals_hold(sigset_t *before);
void signals_release(const sigset_t *before);

/* Leaves them without effect for good, those that wait, too, and in what is started. As safe as a
 * handler of signals must be. */
void signals_ignore(void);

#endif
