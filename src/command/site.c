/* SPDX-License-Identifier: Apache-2.0 */
#include "command/site.h"

#include <stddef.h>
#include <string.h>

#include "base/error.h"
#include "base/key_file.h"
#include "base/nearest.h"
#include "base/terminal.h"
#include "charts/palette.h"
#include "render/render.h"

static const struct {
	const char *key;
	size_t offset;
} keys[] = {
	{ "institution", offsetof(struct site, institution) },
	{ "cluster", offsetof(struct site, cluster) },
	{ "contact", offsetof(struct site, contact) },
	{ "owner", offsetof(struct site, owner) },
	{ "decision", offsetof(struct site, decision) },
	{ "deadline", offsetof(struct site, deadline) },
	{ "currency", offsetof(struct site, currency) },
	{ "notice", offsetof(struct site, notice) },
	{ "language", offsetof(struct site, language) },
	{ "colour", offsetof(struct site, colour) },
	{ "thousands", offsetof(struct site, thousands) },
	{ "decimals", offsetof(struct site, decimals) },
	{ "logo", offsetof(struct site, logo_path) },
	{ "paper", offsetof(struct site, paper_name) },
	{ "mail_from", offsetof(struct site, mail_from) },
	{ "mail_to", offsetof(struct site, mail_to) },
	{ "mail_subject", offsetof(struct site, mail_subject) },
};

#define MOST_SIGNS 200
#define MOST_CURRENCY 8

static char **field(struct site *site, const char *key)
{
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		if (strcmp(keys[i].key, key) == 0)
			return (char **)((char *)site + keys[i].offset);
	return NULL;
}

static gboolean is_short(const char *key, const char *text, GError **error)
{
	glong length = g_utf8_strlen(text, -1);

	return length <= MOST_SIGNS ||
	       error_failed(error, "[site] %s: %ld characters, and %d is the most", key, length,
	                    MOST_SIGNS);
}

static gboolean is_good(const char *key, const char *text, GError **error)
{
	gboolean from = strcmp(key, "mail_from") == 0;
	if (!is_short(key, text, error))
		return FALSE;
	if ((!from && strcmp(key, "mail_to") != 0) || mail_addresses_valid(text, from, error))
		return TRUE;
	g_prefix_error(error, "[site] %s: ", key);
	return FALSE;
}

static gboolean refuse_key(const char *key, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(key)), *hint = NULL;
	struct nearest nearest;
	nearest_init(&nearest, key);
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		nearest_try(&nearest, keys[i].key);
	hint = nearest_hint(&nearest, "");
	return error_failed(error, "[site] has no key %s%s", shown, hint);
}

static gboolean read_key(struct site *site, const struct key_file *file, const char *key,
                         GError **error)
{
	char **into = field(site, key);
	if (!into)
		return refuse_key(key, error);
	g_free(*into);
	*into = key_file_text(file, "site", key, error);
	return *into && is_good(key, *into, error);
}

static gboolean read_file(struct site *site, const struct key_file *file, GError **error)
{
	GError *cause = NULL;
	g_auto(GStrv) groups = g_key_file_get_groups(file->keys, NULL);
	for (char **group = groups; *group; group++) {
		g_autofree char *shown = terminal_escape(slice_of(*group));
		if (strcmp(*group, "site") != 0)
			return key_file_wrong(
				file, *group, NULL, error,
				"[%s] is not a group of a site file; there is only [site]", shown);
	}
	g_auto(GStrv) names = g_key_file_get_keys(file->keys, "site", NULL, NULL);
	if (!names)
		return key_file_wrong(file, "site", NULL, error,
		                      "there is no [site] in it, below which all keys stand");
	for (char **name = names; *name; name++)
		if (!read_key(site, file, *name, &cause))
			return key_file_blame(file, "site", *name, cause, error);
	return TRUE;
}

static gboolean currency_good(struct site *site, const char *path, GError **error)
{
	(void)path;
	return (*site->currency && g_utf8_strlen(site->currency, -1) <= MOST_CURRENCY &&
	        !strpbrk(site->currency, "0123456789")) ||
	       error_failed(error,
	                    "[site] currency: a symbol or a word of 1 to %d characters without "
	                    "digits, such as €",
	                    MOST_CURRENCY);
}

static gboolean language_good(struct site *site, const char *path, GError **error)
{
	(void)path;
	return !site->language ||
	       g_regex_match_simple("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", site->language, 0, 0) ||
	       error_failed(error, "[site] language: not a tag such as en or de-CH");
}

static gboolean colour_good(struct site *site, const char *path, GError **error)
{
	(void)path;
	if (!site->colour)
		return TRUE;
	if (!g_regex_match_simple("^#[0-9a-fA-F]{6}$", site->colour, 0, 0))
		return error_failed(error, "[site] colour: not a colour such as #0072b2");
	guint32 rgb = (guint32)g_ascii_strtoull(site->colour + 1, NULL, 16);
	double contrast = palette_contrast(rgb, palette_entry(INK_PAPER)->light);
	return contrast >= PALETTE_LEGIBLE ||
	       error_failed(error,
	                    "[site] colour: its contrast to white is %.1f, and text cannot be read "
	                    "below %.1f: take a darker one",
	                    contrast, PALETTE_LEGIBLE);
}

/* By its name or itself; NULL when it is none of those that `among` lists. */
static const char *separator(const char *text, const char *among)
{
	static const struct { const char *name, *text; } of[] = {
		{ "comma", "," }, { "point", "." }, { "space", "\u00a0" }, { "apostrophe", "’" },
		  { "none", "" },
	};
	for (guint i = 0; i < G_N_ELEMENTS(of); i++)
		if ((strcmp(text, of[i].name) == 0 || strcmp(text, of[i].text) == 0) &&
		    strstr(among, of[i].name))
			return of[i].text;
	return NULL;
}

static const char *thousands_of(const struct site *site)
{
	return site->thousands ? separator(site->thousands, "comma point space apostrophe none")
	                       : ",";
}

static const char *decimal_of(const struct site *site)
{
	return site->decimals ? separator(site->decimals, "comma point") : ".";
}

static gboolean separators_differ(const char *thousands, const char *decimal, GError **error)
{
	return (thousands && decimal && strcmp(thousands, decimal) != 0) ||
	       error_failed(error, "[site] thousands is comma, point, space, apostrophe or none, "
	                           "decimals comma or point, and the two differ");
}

/* What is wrong with both is said of the one that was given last. */
static gboolean thousands_good(struct site *site, const char *path, GError **error)
{
	(void)path;
	return separators_differ(thousands_of(site), site->decimals ? "given" : ".", error);
}

static gboolean decimals_good(struct site *site, const char *path, GError **error)
{
	const char *thousands = thousands_of(site), *decimal = decimal_of(site);
	(void)path;
	if (!separators_differ(thousands, decimal, error))
		return FALSE;
	if (site->thousands || site->decimals)
		site->separators = (struct separators){ thousands, decimal };
	return TRUE;
}

static gboolean paper_good(struct site *site, const char *path, GError **error)
{
	(void)path;
	const char *name = site->paper_name ? site->paper_name : "a4";
	if (strcmp(name, "a4") != 0 && strcmp(name, "letter") != 0)
		return error_failed(error, "[site] paper: the sizes are a4 and letter");
	site->paper = strcmp(name, "letter") == 0 ? PAPER_LETTER : PAPER_A4;
	return TRUE;
}

/* A logo stands beside its site file, unless its path says otherwise. */
static gboolean logo_good(struct site *site, const char *path, GError **error)
{
	if (!site->logo_path)
		return TRUE;
	g_autofree char *folder = g_path_get_dirname(path);
	gboolean absolute = g_path_is_absolute(site->logo_path);
	g_autofree char *logo = absolute ? g_strdup(site->logo_path)
	                                 : g_build_filename(folder, site->logo_path, NULL);
	site->logo = logo_load(logo, error);
	if (site->logo)
		return TRUE;
	g_prefix_error(error, "[site] logo: ");
	return FALSE;
}

/* Of what was read. */
static const struct {
	const char *key;
	gboolean (*good)(struct site *site, const char *path, GError **error);
} checks[] = {
	{ "currency", currency_good }, { "language", language_good }, { "colour", colour_good },
	  { "thousands", thousands_good },
	{ "decimals", decimals_good }, { "paper", paper_good },       { "logo", logo_good },
};

static gboolean check_file(struct site *site, const struct key_file *file, GError **error)
{
	GError *cause = NULL;
	for (guint i = 0; i < G_N_ELEMENTS(checks); i++)
		if (!checks[i].good(site, file->path, &cause))
			return key_file_blame(file, "site", checks[i].key, cause, error);
	return TRUE;
}

gboolean site_load(struct site *site, const char *path, GError **error)
{
	*site = (struct site){ .currency = g_strdup("$") };
	if (!path)
		return TRUE;
	struct key_file *file = key_file_load(path, error);
	gboolean done = file && read_file(site, file, error) && check_file(site, file, error);
	key_file_free(file);
	if (!done)
		site_clear(site);
	return done;
}

void site_clear(struct site *site)
{
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		g_clear_pointer((char **)((char *)site + keys[i].offset), g_free);
	g_clear_pointer(&site->logo, g_bytes_unref);
}
