/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/names.h"

char *names_of(const GPtrArray *parties, gboolean (*wanted)(const struct party *party), guint most, guint *count)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (guint i = 0; i < parties->len; i++)
		if (wanted(parties->pdata[i]))
			g_ptr_array_add(names, (gpointer)((const struct party *)parties->pdata[i])->name);
	if (count)
		*count = names->len;
	GString *text = g_string_new(NULL);
	guint named = names->len <= most ? names->len : most;
	for (guint i = 0; i < named; i++) {
		gboolean last = i + 1 == names->len;
		g_string_append(text, i == 0 ? "" : last ? " and " : ", ");
		g_string_append(text, names->pdata[i]);
	}
	if (names->len > named)
		g_string_append_printf(text, " and %u more", names->len - named);
	return g_string_free(text, FALSE);
}
