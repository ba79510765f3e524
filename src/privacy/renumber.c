/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/renumber.h"

#include "base/intern.h"

struct renumber {
	struct intern *numbers; /* as printed */
};

struct renumber *renumber_new(void)
{
	struct renumber *renumber = g_new0(struct renumber, 1);

	renumber->numbers = intern_new();
	return renumber;
}

void renumber_free(struct renumber *renumber)
{
	if (!renumber)
		return;
	intern_free(renumber->numbers);
	g_free(renumber);
}

void renumber_append(struct renumber *renumber, struct slice name, GString *line)
{
	size_t digits = 0;

	while (digits < name.length && g_ascii_isdigit(name.data[digits]))
		digits++;
	g_string_append_printf(line, "%u", intern_get(renumber->numbers, (struct slice){ name.data, digits }) + 1);
	g_string_append_len(line, name.data + digits, (gssize)(name.length - digits));
}
