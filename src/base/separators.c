/* SPDX-License-Identifier: Apache-2.0 */
#include "base/separators.h"

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
