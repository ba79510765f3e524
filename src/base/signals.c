/* SPDX-License-Identifier: Apache-2.0 */
#include "base/signals.h"

static const int ending[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
#define N_ENDING (sizeof ending / sizeof *ending)

void signals_that_end(sigset_t *set)
{
	sigemptyset(set);
	for (size_t i = 0; i < N_ENDING; i++)
		sigaddset(set, ending[i]);
}

void signals_hold(sigset_t *before)
{
	sigset_t held;

	signals_that_end(&held);
	pthread_sigmask(SIG_BLOCK, &held, before);
}

void signals_release(const sigset_t *before)
{
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

void signals_ignore(void)
{
	for (size_t i = 0; i < N_ENDING; i++)
		signal(ending[i], SIG_IGN);
}
