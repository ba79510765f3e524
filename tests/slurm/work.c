/* SPDX-License-Identifier: Apache-2.0 */
/* work SECONDS_OF_CPU SECONDS_OF_SLEEP MIB: what a job in the lab does, so that accounting has
 * something to measure. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: work SECONDS_OF_CPU SECONDS_OF_SLEEP MIB\n", stderr);
		return 2;
	}
	double busy_seconds = atof(argv[1]);
	unsigned sleep_seconds = (unsigned)atoi(argv[2]);
	size_t bytes = (size_t)atol(argv[3]) << 20;
	char *memory = malloc(bytes + 1);
	volatile unsigned long turns = 0;
	if (!memory)
		return 1;
	memset(memory, 1, bytes + 1);
	while ((double)clock() / CLOCKS_PER_SEC < busy_seconds)
		for (int i = 0; i < 100000; i++)
			turns += (unsigned long)i;
	sleep(sleep_seconds);
	return memory[bytes] == 1 ? 0 : 1;
}
