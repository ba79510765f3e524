/* SPDX-License-Identifier: Apache-2.0 */
/* measure FILE COMMAND...: runs a command and appends to FILE what it took: microseconds on the
 * clock, of processor time in the program and in the system, and its peak memory in KiB. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static long long timeval_us(struct timeval time)
{
	return time.tv_sec * 1000000LL + time.tv_usec;
}

static int give_up(const char *what, int error)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(error));
	return 125;
}

int main(int argc, char **argv)
{
	struct rusage used;
	long long begun;
	int error, status;
	FILE *file;
	pid_t child;

	if (argc < 3) {
		fputs("usage: measure FILE COMMAND...\n", stderr);
		return 2;
	}
	file = fopen(argv[1], "a");
	if (!file)
		return give_up(argv[1], errno);
	begun = clock_us();
	error = posix_spawnp(&child, argv[2], NULL, NULL, argv + 2, environ);
	if (error)
		return give_up(argv[2], error);
	if (wait4(child, &status, 0, &used) < 0)
		return give_up(argv[2], errno);
	fprintf(file, "%lld %lld %lld %ld\n", clock_us() - begun, timeval_us(used.ru_utime),
	        timeval_us(used.ru_stime), used.ru_maxrss);
	if (fclose(file) != 0)
		return give_up(argv[1], errno);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
