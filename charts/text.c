/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/text.h"

#include <pango/pangocairo.h>
#include <string.h>

static const char family[] = "Liberation Sans,Arimo,Arial,Helvetica,sans-serif";

/* Making a context reads the font configuration, and a chart asks for the same widths when it is
 * laid out and each time it is drawn: each thread keeps one ruler, freed when it ends. */
struct ruler {
	PangoLayout *layout;
	GHashTable *widths; /* struct measured, of itself */
};

/* A text that was measured. */
struct measured {
	char *text;
	double width; /* in TEXT_SIZE */
	enum weight weight;
};

static guint measured_hash(gconstpointer data)
{
	const struct measured *measured = data;

	return g_str_hash(measured->text) ^ measured->weight;
}

static gboolean measured_equal(gconstpointer a, gconstpointer b)
{
	const struct measured *one = a, *other = b;

	return one->weight == other->weight && g_str_equal(one->text, other->text);
}

static void measured_free(gpointer data)
{
	struct measured *measured = data;

	g_free(measured->text);
	g_free(measured);
}

static void ruler_free(gpointer data)
{
	struct ruler *ruler = data;

	g_object_unref(ruler->layout);
	g_hash_table_unref(ruler->widths);
	g_free(ruler);
}

static GPrivate ruler_of_thread = G_PRIVATE_INIT(ruler_free);

static void prepare(PangoContext *context)
{
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_language(context, pango_language_from_string("en"));
	pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
}

/* Pango keeps a map for the thread: each further one would ask anew which file has which face. */
PangoContext *text_context_new(void)
{
	PangoContext *context =
		pango_font_map_create_context(pango_cairo_font_map_get_default());

	prepare(context);
	return context;
}

void text_set(PangoLayout *layout, const char *text, enum weight weight)
{
	g_autofree char *clean = text_clean(text);
	PangoFontDescription *font = pango_font_description_new();

	pango_font_description_set_family_static(font, family);
	pango_font_description_set_absolute_size(font, TEXT_SIZE * PANGO_SCALE);
	pango_font_description_set_weight(font, weight == WEIGHT_BOLD ? PANGO_WEIGHT_BOLD
	                                                              : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_auto_dir(layout, FALSE);
	pango_layout_set_single_paragraph_mode(layout, TRUE);
	pango_layout_set_text(layout, clean, -1);
}

static struct ruler *ruler_new(void)
{
	struct ruler *ruler = g_new(struct ruler, 1);
	PangoContext *context = text_context_new();

	ruler->layout = pango_layout_new(context);
	ruler->widths = g_hash_table_new_full(measured_hash, measured_equal, measured_free, NULL);
	g_object_unref(context);
	return ruler;
}

static struct ruler *ruler_get(void)
{
	struct ruler *ruler = g_private_get(&ruler_of_thread);

	if (!ruler) {
		ruler = ruler_new();
		g_private_set(&ruler_of_thread, ruler);
	}
	return ruler;
}

static double measure(PangoLayout *layout, const char *text, enum weight weight)
{
	PangoRectangle extents;

	text_set(layout, text, weight);
	pango_layout_get_extents(layout, NULL, &extents);
	return (double)extents.width / PANGO_SCALE;
}

double text_width(const char *text, double size, enum weight weight)
{
	struct ruler *ruler = ruler_get();
	struct measured wanted = { (char *)(text ? text : ""), 0, weight };
	struct measured *known = g_hash_table_lookup(ruler->widths, &wanted);

	if (!known) {
		known = g_new(struct measured, 1);
		*known = wanted;
		known->text = g_strdup(wanted.text);
		known->width = measure(ruler->layout, text, weight);
		g_hash_table_add(ruler->widths, known);
	}
	return known->width * size / TEXT_SIZE;
}

/* The first `length` characters without trailing blanks, and the ellipsis. */
static char *cut(const char *text, glong length)
{
	g_autofree char *head = g_utf8_substring(text, 0, length);

	return g_strconcat(g_strchomp(head), "…", NULL);
}

/* As many letters, from both ends. */
static char *cut_within(const char *text, glong length)
{
	g_autofree char *head = g_utf8_substring(text, 0, length - length / 2);
	const char *tail = g_utf8_offset_to_pointer(text, g_utf8_strlen(text, -1) - length / 2);

	return g_strconcat(g_strchomp(head), "…", tail, NULL);
}

static char *fit(const char *text, double size, enum weight weight, double width,
                 char *(*shorten)(const char *text, glong length))
{
	g_autofree char *clean = text_clean(text);
	glong low = 0, high = g_utf8_strlen(clean, -1);

	if (text_width(clean, size, weight) <= width)
		return g_steal_pointer(&clean);
	if (text_width("…", size, weight) > width)
		return g_strdup("");
	while (low < high) {
		glong middle = (low + high + 1) / 2;
		g_autofree char *candidate = shorten(clean, middle);

		if (text_width(candidate, size, weight) <= width)
			low = middle;
		else
			high = middle - 1;
	}
	return shorten(clean, low);
}

char *text_fit(const char *text, double size, enum weight weight, double width)
{
	return fit(text, size, weight, width, cut);
}

char *text_fit_name(const char *name, double size, enum weight weight, double width)
{
	return fit(name, size, weight, width, cut_within);
}

GPtrArray *text_lines(const char *text, double size, enum weight weight, double width)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *clean = text_clean(text);
	g_auto(GStrv) words = g_strsplit(clean, " ", -1);
	g_autofree char *line = g_strdup("");

	for (guint i = 0; words[i]; i++) {
		g_autofree char *longer = g_strconcat(line, *line ? " " : "", words[i], NULL);

		if (*line && text_width(longer, size, weight) > width) {
			g_ptr_array_add(lines, text_fit(line, size, weight, width));
			g_free(longer);
			longer = g_strdup(words[i]);
		}
		g_free(line);
		line = g_steal_pointer(&longer);
	}
	g_ptr_array_add(lines, text_fit(line, size, weight, width));
	return lines;
}

static gboolean is_bidi_control(gunichar c)
{
	return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static gboolean is_control(gunichar c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c & 0xfffe) == 0xfffe ||
	       (c >= 0xfdd0 && c <= 0xfdef) || c == 0x2028 || c == 0x2029;
}

static gboolean is_plain(const char *text)
{
	while (g_ascii_isprint(*text))
		text++;
	return *text == '\0';
}

char *text_clean(const char *text)
{
	g_autofree char *valid = NULL;
	GString *clean;

	if (!text || is_plain(text))
		return g_strdup(text ? text : "");
	valid = g_utf8_make_valid(text, -1);
	clean = g_string_sized_new(strlen(valid));

	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (c == '\t' || c == '\n' || c == '\r')
			g_string_append_c(clean, ' ');
		else if (!is_control(c) && !is_bidi_control(c))
			g_string_append_unichar(clean, c);
	}
	return g_string_free(clean, FALSE);
}
