/* SPDX-License-Identifier: Apache-2.0 */
#include "render/legible.h"

#include <string.h>

#include "base/error.h"

/* "\u00e9" at `at`, of which four digits follow "\u"; the rest of a pair is a sign of its own. */
static const char *append_unicode(GString *text, const char *at)
{
	g_autofree char *digits = g_strndup(at + 2, 4);
	gunichar sign = (gunichar)g_ascii_strtoull(digits, NULL, 16);

	if (g_unichar_validate(sign))
		g_string_append_unichar(text, sign);
	return at + 2 + strlen(digits);
}

/* The strings of a JSON text with their escapes undone; what stands between them as it is. */
static void append_json(const char *bytes, GString *text)
{
	const char *at = bytes;

	while (*at) {
		if (*at != '\\') {
			g_string_append_c(text, *at++);
		} else if (at[1] == 'u') {
			at = append_unicode(text, at);
		} else {
			g_string_append_c(text, strchr("\"\\/", at[1]) && at[1] ? at[1] : ' ');
			at += at[1] ? 2 : 1;
		}
	}
}

gboolean legible_file(const struct outdir *outdir, const char *name, const struct legible *legible,
                      GError **error)
{
	g_autofree char *path = g_build_filename(outdir_path(outdir), name, NULL), *bytes = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GError) why = NULL;
	gsize length = 0;
	gboolean done = TRUE;

	if (g_str_has_suffix(name, ".pdf"))
		return TRUE;
	if (!g_file_get_contents(path, &bytes, &length, &why))
		done = FALSE;
	else if (g_str_has_suffix(name, ".xlsx"))
		done = legible_xlsx(bytes, length, text, &why);
	else if (g_str_has_suffix(name, ".eml"))
		done = legible_mail(bytes, length, text, &why);
	else if (g_str_has_suffix(name, ".html"))
		done = legible_html(bytes, length, text, &why);
	else if (g_str_has_suffix(name, ".json"))
		append_json(bytes, text);
	else
		g_string_append_len(text, bytes, (gssize)length);
	if (!done)
		return error_failed(error, "%s: cannot be read back: %s", name, why->message);
	legible->take(legible->data, name, text->str, text->len);
	return TRUE;
}
