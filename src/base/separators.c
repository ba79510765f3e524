/* SPDX-License-Identifier: Apache-2.0 */
#include "base/separators.h"

#include <string.h>

char *separators_group(const char *plain)
{
	GString *grouped = g_string_new(NULL);
	size_t whole = strcspn(plain, ".");

	for (size_t i = 0; i < whole; i++) {
		if (i > 0 && (whole - i) % 3 == 0)
			g_string_append_c(grouped, ',');
		g_string_append_c(grouped, plain[i]);
	}
	g_string_append(grouped, plain + whole);
	return g_string_free(grouped, FALSE);
}

char *separators_apply(struct separators separators, char *text)
{
	GString *own;

	if (!separators.thousands && !separators.decimal)
		return text;
	own = g_string_new(NULL);
	for (const char *at = text; *at; at++) {
		gboolean within = at > text && g_ascii_isdigit(at[-1]) && g_ascii_isdigit(at[1]);

		if (within && *at == ',' && separators.thousands)
			g_string_append(own, separators.thousands);
		else if (within && *at == '.' && separators.decimal)
			g_string_append(own, separators.decimal);
		else
			g_string_append_c(own, *at);
	}
	g_free(text);
	return g_string_free(own, FALSE);
}
