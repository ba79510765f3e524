/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "source/csv.h"

/* Every byte is taken once, whatever the quotes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct csv *csv;
	g_autofree char *bytes = g_malloc(size + 64);
	struct window window = { .begin = bytes, .end = bytes + size, .ended = TRUE, .line = 1 };
	struct csv_row row;

	if (!csv)
		csv = csv_open(',');
	memcpy(bytes, data, size);
	memset(bytes + size, '\n', 64);
	while (window_held(&window) > 0) {
		g_assert(csv_read(csv, &window, &row, NULL));
		g_assert(row.first_length > 0 && row.first_length <= row.length &&
			 row.length <= window_held(&window));
		for (guint i = 0; i < row.count; i++)
			g_assert(row.fields[i].data >= row.text.data &&
				 row.fields[i].data + row.fields[i].length <=
					 row.text.data + row.text.length);
		window.begin += row.open ? row.first_length : row.length;
	}
	return 0;
}
