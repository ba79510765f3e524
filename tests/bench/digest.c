/* SPDX-License-Identifier: Apache-2.0 */
/* digest FILE: SHA-256 of a file as reclaim makes it of all that it reads, for what that costs. */
#include "base/digest.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define BLOCK (1 << 18)

int main(int argc, char **argv)
{
	static char block[BLOCK];
	struct digest *digest = digest_new();
	int file = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
	ssize_t got;

	while ((got = read(file, block, BLOCK)) > 0)
		digest_update(digest, block, (size_t)got);
	if (got < 0) {
		perror("digest");
		return 1;
	}
	printf("%s\n", digest_hex(digest));
	digest_free(digest);
	close(file);
	return 0;
}
