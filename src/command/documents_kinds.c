/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "base/terminal.h"
#include "command/documents.h"

static const struct {
	const char *name;
	guint kind;
} kinds_known[] = {
	{ "data", DOCUMENTS_DATA },         { "site", DOCUMENTS_SITE }, { "pdf", DOCUMENTS_PDF },
	{ "workbook", DOCUMENTS_WORKBOOK }, { "mail", DOCUMENTS_MAIL },
};

static gboolean no_such_kind(const char *name, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(name));
	g_autoptr(GString) all = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(kinds_known); i++)
		g_string_append_printf(all, "%s%s", i > 0 ? ", " : "", kinds_known[i].name);
	return error_usage(error, "--only “%s”: there is %s, and several with commas between them",
	                   shown, all->str);
}

static gboolean add_kind(const char *name, guint *kinds, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(kinds_known); i++)
		if (strcmp(kinds_known[i].name, name) == 0) {
			*kinds |= kinds_known[i].kind;
			return TRUE;
		}
	return no_such_kind(name, error);
}

gboolean documents_kinds_read(const char *names, guint *kinds, GError **error)
{
	g_auto(GStrv) list = names ? g_strsplit(names, ",", -1) : NULL;
	gboolean done = !list || list[0] || no_such_kind(names, error);

	*kinds = names ? DOCUMENTS_DATA : DOCUMENTS_ALL;
	for (guint i = 0; done && list && list[i]; i++)
		done = add_kind(g_strstrip(list[i]), kinds, error);
	return done;
}
