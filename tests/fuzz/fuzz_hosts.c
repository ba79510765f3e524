/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "record/value.h"

static void count(struct slice host, void *data)
{
	g_assert(host.length > 0 && host.length <= 255);
	++*(gint64 *)data;
}

/* What is counted is what is expanded. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice list = fuzz_slice(data, size);
	gint64 counted, expanded = 0;

	if (!hosts_count(list, &counted))
		return 0;
	g_assert(counted >= 0 && counted <= G_GINT64_CONSTANT(1) << 31);
	if (counted <= 2000 && hosts_each(list, count, &expanded))
		g_assert(expanded == counted);
	return 0;
}
