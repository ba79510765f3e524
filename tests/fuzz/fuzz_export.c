/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "record/reader.h"

/* A whole file, of any form: the account of its rows holds to the end. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zone *zone;
	int fd = memfd_create("export", MFD_CLOEXEC);
	g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
	char *paths[] = { path, NULL };
	struct reader *reader;
	struct job job;

	if (!zone)
		zone = zone_new(NULL, NULL);
	if (write(fd, data, size) == (ssize_t)size && (reader = reader_open(paths, zone, NULL))) {
		const struct reading *reading = reader_reading(reader);

		while (reader_next(reader, &job, NULL))
			g_assert(job.elapsed_seconds >= 0);
		g_assert(reading->rows == reading->jobs + reading->steps + reading->duplicates +
						  reading_set_aside(reading));
		reader_close(reader);
	}
	close(fd);
	return 0;
}
