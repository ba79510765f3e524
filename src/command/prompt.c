/* SPDX-License-Identifier: Apache-2.0 */
#include "command/prompt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "base/error.h"
#include "base/signals.h"
#include "privacy/wiped.h"

/* Reads to the end of the line; FALSE at the end of the terminal, or when a signal waits. */
static gboolean read_line(int terminal, int signals, struct wiped *line)
{
	struct pollfd both[] = { { .fd = terminal, .events = POLLIN },
		                 { .fd = signals, .events = POLLIN } };
	char bytes[256];
	ssize_t got;

	do {
		if (poll(both, 2, -1) < 0 && errno != EINTR)
			return FALSE;
		if (both[1].revents)
			return FALSE;
		got = read(terminal, bytes, sizeof bytes);
		if (got <= 0)
			return FALSE;
		wiped_append(line, bytes, (size_t)got);
		explicit_bzero(bytes, sizeof bytes);
	} while (line->data[line->length - 1] != '\n');
	line->data[line->length - 1] = '\0';
	return TRUE;
}

static gboolean ask(int terminal, int signals, const char *question, struct wiped *line)
{
	return write(terminal, question, strlen(question)) == (ssize_t)strlen(question) &&
	       read_line(terminal, signals, line);
}

static gboolean ask_hidden(int terminal, int signals, const char *question, struct wiped *line)
{
	struct termios before, silent;
	gboolean done;

	if (tcgetattr(terminal, &before) != 0)
		return FALSE;
	silent = before;
	silent.c_lflag = (silent.c_lflag & ~(tcflag_t)ECHO) | ECHONL;
	if (tcsetattr(terminal, TCSAFLUSH, &silent) != 0)
		return FALSE;
	done = ask(terminal, signals, question, line);
	tcsetattr(terminal, TCSAFLUSH, &before);
	return done;
}

/* Signals that would end the process wait until the terminal echoes again. */
static gboolean ask_undisturbed(int terminal, const char *question, gboolean hidden,
                                struct wiped *line)
{
	sigset_t ending, held, before;
	gboolean done;
	int signals;

	signals_that_end(&ending);
	held = ending;
	sigaddset(&held, SIGTSTP);
	signals = signalfd(-1, &ending, SFD_CLOEXEC);
	if (signals < 0)
		return FALSE;
	sigprocmask(SIG_BLOCK, &held, &before);
	done = (hidden ? ask_hidden : ask)(terminal, signals, question, line);
	close(signals);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return done;
}

char *prompt(const char *question, gboolean hidden, GError **error)
{
	int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	struct wiped line = { 0 };
	char *answer = NULL;

	if (terminal < 0) {
		error_failed(error, "there is no terminal to ask on");
		return NULL;
	}
	if (ask_undisturbed(terminal, question, hidden, &line))
		answer = g_strdup(line.data);
	else
		error_failed(error, "no answer was given");
	wiped_clear(&line);
	close(terminal);
	return answer;
}
