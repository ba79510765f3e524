/* SPDX-License-Identifier: Apache-2.0 */
#include "render/pdf_text.h"

#include <string.h>

#include "charts/text.h"

#define FAMILY "Liberation Sans"
#define FAMILY_CODE "Liberation Mono"
#define LONGEST 60000  /* bytes of a text: Pango measures in 1024ths of a point, in an int */
#define CODE_SIZE 0.92 /* the fixed-width face looks larger than its size says */
#define A_LITTLE 3.0    /* points that a title may be wider than it need be */

struct pdf_setter {
	PangoContext *context;
	PangoLayout *layout;
	PangoFont *font; /* the plain face, asked what it can show */
	GHashTable *shapes; /* GArray of struct pdf_line by what they hang on: many a cell says what
	                       another does */
	GString *laid;
	GString *missing; /* characters that the plain face lacks, each once */
	guint32 inks[INKS]; /* 0xRRGGBB */
};

struct span {
	gsize end;
	guint face;
	char *link;
};

static void span_clear(struct span *span)
{
	g_free(span->link);
}

static void line_clear(gpointer data)
{
	struct pdf_line *line = data;

	pango_layout_line_unref(line->shaped);
}

struct pdf_setter *pdf_setter_new(const char *accent)
{
	struct pdf_setter *setter = g_new0(struct pdf_setter, 1);
	PangoFontDescription *plain = pango_font_description_from_string(FAMILY);

	pango_font_description_set_absolute_size(plain, TEXT_SIZE * PANGO_SCALE);
	setter->context = text_context_new();
	setter->shapes = g_hash_table_new_full(g_bytes_hash, g_bytes_equal,
	                                       (GDestroyNotify)g_bytes_unref,
	                                       (GDestroyNotify)g_array_unref);
	setter->laid = g_string_new(NULL);
	setter->missing = g_string_new(NULL);
	pdf_inks(setter->inks, accent);
	setter->layout = pango_layout_new(setter->context);
	pango_layout_set_auto_dir(setter->layout, FALSE);
	pango_layout_set_single_paragraph_mode(setter->layout, TRUE);
	setter->font = pango_context_load_font(setter->context, plain);
	pango_font_description_free(plain);
	return setter;
}

void pdf_setter_free(struct pdf_setter *setter)
{
	if (!setter)
		return;
	g_hash_table_unref(setter->shapes);
	g_string_free(setter->laid, TRUE);
	g_string_free(setter->missing, TRUE);
	g_clear_object(&setter->font);
	g_object_unref(setter->layout);
	g_object_unref(setter->context);
	g_free(setter);
}

GString *pdf_setter_laid(struct pdf_setter *setter)
{
	return setter->laid;
}

const char *pdf_setter_missing(const struct pdf_setter *setter)
{
	return setter->missing->str;
}

struct pdf_text *pdf_text_new(struct pdf_setter *setter, struct pdf_type type)
{
	struct pdf_text *text = g_rc_box_new0(struct pdf_text);

	text->setter = setter;
	text->type = type;
	text->string = g_string_new(NULL);
	text->spans = g_array_new(FALSE, FALSE, sizeof(struct span));
	g_array_set_clear_func(text->spans, (GDestroyNotify)span_clear);
	text->ties = g_array_new(FALSE, FALSE, sizeof(gsize));
	return text;
}

struct pdf_text *pdf_text_ref(struct pdf_text *text)
{
	return g_rc_box_acquire(text);
}

static void text_clear(gpointer data)
{
	struct pdf_text *text = data;

	g_string_free(text->string, TRUE);
	g_array_unref(text->spans);
	g_array_unref(text->ties);
}

void pdf_text_unref(struct pdf_text *text)
{
	if (text)
		g_rc_box_release_full(text, text_clear);
}

/* What nobody could see anyway is not missed. */
static gboolean shows(struct pdf_setter *setter, gunichar c)
{
	if (c < 0x7F && g_ascii_isprint((char)c))
		return TRUE; /* every text face has these, and most words nothing else */
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_UNASSIGNED:
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_SURROGATE:
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
		return FALSE;
	default:
		if (!setter->font || pango_font_has_char(setter->font, c))
			return TRUE;
		if (!g_utf8_strchr(setter->missing->str, (gssize)setter->missing->len, c))
			g_string_append_unichar(setter->missing, c);
		return FALSE;
	}
}

/* Characters with one glyph between them must be one character, or cairo wraps the second in an
 * ActualText of its own, at which readers of the tags stop. */
static gunichar unify(gunichar c)
{
	static const gunichar same[][2] = {
		{ '\n', ' ' },  { '\r', ' ' },      { '\t', ' ' },
		{ 0xA0, ' ' },  { 0x202F, ' ' },    { 0x2009, ' ' },
		{ 0x37E, ';' }, { 0x2215, 0x2044 }, { 0x2219, 0xB7 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(same); i++)
		if (same[i][0] == c)
			return same[i][1];
	return c;
}

/* An option is on one line: the dashes that it begins with, and those within it. */
static gboolean in_option(const struct pdf_text *text, const char *at)
{
	const char *space = strrchr(text->string->str, ' ');
	const char *word = space ? space + 1 : text->string->str;

	return *at == '-' && (at[1] == '-' || word[strspn(word, "(“\"")] == '-');
}

/* The dash of "6–24 h". */
static gboolean in_range(const struct pdf_text *text, gunichar c, const char *after)
{
	gsize here = text->string->len;

	return c == 0x2013 && here > 0 && g_ascii_isdigit(text->string->str[here - 1]) &&
	       g_ascii_isdigit(*after);
}

/* Fonts have letters with their dots, and few have dots alone. */
static char *compose(const char *words)
{
	g_autofree char *valid = g_utf8_make_valid(words, -1);

	return g_utf8_normalize(valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

void pdf_text_append(struct pdf_text *text, const char *words, guint face, const char *link)
{
	g_autofree char *valid = compose(words);
	struct span span = { 0, text->type.face | face, g_strdup(link) };
	gboolean all = TRUE;

	for (const char *at = valid; *at && text->string->len < LONGEST;
	     at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at), shown = unify(c);
		gsize here = text->string->len;

		if (c == 0xA0 || c == 0x202F || in_option(text, at) ||
		    in_range(text, c, g_utf8_next_char(at)))
			g_array_append_val(text->ties, here);
		if (shows(text->setter, shown)) {
			g_string_append_unichar(text->string, shown);
		} else {
			g_string_append_printf(text->string, "[U+%04X]", c);
			all = FALSE;
		}
	}
	/* A name is one also where its letters are told by their numbers. */
	if (!all)
		g_string_append_printf(text->setter->laid, "%s\n", valid);
	span.end = text->string->len;
	g_array_append_val(text->spans, span);
	text->linked |= link != NULL;
}

struct pdf_text *pdf_text_of(struct pdf_setter *setter, struct pdf_type type, const char *words)
{
	struct pdf_text *text = pdf_text_new(setter, type);

	pdf_text_append(text, words ? words : "", FACE_PLAIN, NULL);
	return text;
}

static void attribute(PangoAttrList *list, PangoAttribute *attribute, gsize start, gsize end)
{
	attribute->start_index = (guint)start;
	attribute->end_index = (guint)end;
	pango_attr_list_insert(list, attribute);
}

static void attribute_face(PangoAttrList *list, guint face, gsize start, gsize end)
{
	double size = face & FACE_CODE ? TEXT_SIZE * CODE_SIZE : TEXT_SIZE;

	attribute(list, pango_attr_family_new(face & FACE_CODE ? FAMILY_CODE : FAMILY), start, end);
	attribute(list, pango_attr_size_new_absolute((int)(size * PANGO_SCALE)), start, end);
	if (face & FACE_BOLD)
		attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), start, end);
	if (face & FACE_ITALIC)
		attribute(list, pango_attr_style_new(PANGO_STYLE_ITALIC), start, end);
}

/* As it was before it is broken or cut: nobody must look for a word in two halves. */
static void note(struct pdf_text *text)
{
	if (!text->noted)
		g_string_append_printf(text->setter->laid, "%s\n", text->string->str);
	text->noted = TRUE;
}

/* Puts all of it on the layout. */
static PangoLayout *text_lay(const struct pdf_text *text)
{
	PangoLayout *layout = text->setter->layout;
	PangoAttrList *list = pango_attr_list_new();
	gsize start = 0, end = text->string->len;

	/* Whatever other fonts this machine has must not matter. */
	attribute(list, pango_attr_fallback_new(FALSE), 0, end);
	for (guint i = 0; i < text->spans->len; i++) {
		const struct span *span = &g_array_index(text->spans, struct span, i);

		if (start < span->end)
			attribute_face(list, span->face, start, span->end);
		start = span->end;
	}
	for (guint i = 0; i < text->ties->len; i++) {
		gsize tie = g_array_index(text->ties, gsize, i);
		const char *past = g_utf8_next_char(text->string->str + tie);

		/* What must not break is the place after the space or dash, so the range goes past
		 * it. */
		if (tie < end && *past)
			attribute(list, pango_attr_allow_breaks_new(FALSE), tie,
			          (gsize)(g_utf8_next_char(past) - text->string->str));
	}
	pango_layout_set_attributes(layout, list);
	pango_layout_set_text(layout, text->string->str, (int)end);
	pango_attr_list_unref(list);
	return layout;
}

static double line_width(PangoLayoutLine *line)
{
	PangoRectangle logical;

	pango_layout_line_get_extents(line, NULL, &logical);
	return (double)logical.width / PANGO_SCALE;
}

/* How wide each character of a text is that stands on one line, in Pango's units. */
static int *character_widths(const struct pdf_text *text, PangoLayoutLine *line, int count)
{
	const char *string = text->string->str;
	int *widths = g_new0(int, count);

	for (GSList *at = line->runs; at; at = at->next) {
		PangoGlyphItem *run = at->data;
		glong before = g_utf8_pointer_to_offset(string, string + run->item->offset);

		pango_glyph_item_get_logical_widths(run, string, widths + before);
	}
	return widths;
}

/* Of what stands between places where a line may end, without the space at its end. The text is the
 * one on the layout. */
static double longest_word(const struct pdf_text *text, PangoLayoutLine *line)
{
	int count, word = 0, longest = 0;
	const PangoLogAttr *at = pango_layout_get_log_attrs_readonly(text->setter->layout, &count);
	g_autofree int *widths = character_widths(text, line, count);

	for (int i = 0; i < count; i++) {
		if (at[i].is_line_break)
			word = 0;
		word += widths[i];
		longest = MAX(longest, at[i].is_white ? word - widths[i] : word);
	}
	return (double)longest / PANGO_SCALE;
}

static void add_line(GArray *lines, PangoLayoutLine *shaped)
{
	gsize start = (gsize)shaped->start_index;
	struct pdf_line line = { start, start + (gsize)shaped->length, line_width(shaped), 0,
		                 pango_layout_line_ref(shaped) };

	g_array_append_val(lines, line);
}

/* Pango takes away the space at which a line ends; who reads the tags needs it between words. */
static void give_space_back(PangoLayoutLine *line)
{
	GSList *last = g_slist_last(line->runs);
	PangoGlyphItem *run = last ? last->data : NULL;
	PangoGlyphInfo *end =
		run ? &run->glyphs->glyphs[run->glyphs->num_glyphs - 1] : NULL;
	hb_codepoint_t space;

	if (end && end->glyph == PANGO_GLYPH_EMPTY &&
	    hb_font_get_nominal_glyph(pango_font_get_hb_font(run->item->analysis.font), ' ',
	                              &space))
		end->glyph = space;
}

/* Lines outlive what is laid next, but not their way to measure themselves. */
static GArray *lay_lines(const struct pdf_text *text, int units)
{
	PangoLayout *layout = text_lay(text);
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct pdf_line));

	g_array_set_clear_func(lines, line_clear);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_width(layout, units);
	for (GSList *at = pango_layout_get_lines(layout); at; at = at->next) {
		add_line(lines, at->data);
		give_space_back(at->data);
	}
	if (lines->len == 1) {
		struct pdf_line *line = &g_array_index(lines, struct pdf_line, 0);

		line->word_width = longest_word(text, line->shaped);
	}
	return lines;
}

/* All that the lines of a text hang on: of another size they are the same at another width. */
static GBytes *shape_key(const struct pdf_text *text, int units)
{
	const struct {
		int units;
		guint spans, ties;
	} head = { units, text->spans->len, text->ties->len };
	GByteArray *key = g_byte_array_new();

	g_byte_array_append(key, (const guint8 *)&head, sizeof head);
	for (guint i = 0; i < text->spans->len; i++) {
		const struct span *span = &g_array_index(text->spans, struct span, i);

		g_byte_array_append(key, (const guint8 *)&span->end, sizeof span->end);
		g_byte_array_append(key, (const guint8 *)&span->face, sizeof span->face);
	}
	g_byte_array_append(key, (const guint8 *)text->ties->data,
	                    text->ties->len * (guint)sizeof(gsize));
	g_byte_array_append(key, (const guint8 *)text->string->str, (guint)text->string->len);
	return g_byte_array_free_to_bytes(key);
}

/* Its lines at that width, in Pango's units; -1: all on one. Shaping is dear. */
static const GArray *shape(struct pdf_text *text, int units)
{
	GHashTable *shapes = text->setter->shapes;
	g_autoptr(GBytes) key = shape_key(text, units);
	GArray *lines = g_hash_table_lookup(shapes, key);

	note(text);
	if (lines)
		return lines;
	lines = lay_lines(text, units);
	g_hash_table_insert(shapes, g_steal_pointer(&key), lines);
	return lines;
}

/* From TEXT_SIZE to the text's own. */
static double scale_of(const struct pdf_text *text)
{
	return text->type.size / TEXT_SIZE;
}

static const struct pdf_line *whole(struct pdf_text *text)
{
	if (!text->whole)
		text->whole = shape(text, -1);
	return &g_array_index(text->whole, struct pdf_line, 0);
}

double pdf_text_width(struct pdf_text *text)
{
	return whole(text)->width * scale_of(text);
}

double pdf_text_word_width(struct pdf_text *text)
{
	return whole(text)->word_width * scale_of(text);
}

double pdf_text_line_width(const struct pdf_text *text, guint n)
{
	return g_array_index(text->lines, struct pdf_line, n).width * scale_of(text);
}

static void break_all(struct pdf_text *text, double width)
{
	/* A width measured here must fit when it is asked for again: rounding up costs a thousandth
	 * of a point. */
	int units = (int)(MAX(width, 1) / scale_of(text) * PANGO_SCALE) + 1;

	if (text->whole && whole(text)->width * PANGO_SCALE <= units)
		text->lines = text->whole;
	else
		text->lines = shape(text, units);
	if (text->lines->len == 1)
		text->whole = text->lines;
}

/* Cuts the string so that it ends with "…" after `length` bytes. */
static void cut(struct pdf_text *text, gsize length)
{
	static const char ELLIPSIS[] = "…";

	while (length > 0 && (text->string->str[length] & 0xC0) == 0x80)
		length--;
	while (length > 0 && text->string->str[length - 1] == ' ')
		length--;
	text->whole = NULL;
	g_string_truncate(text->string, length);
	g_string_append(text->string, ELLIPSIS);
	for (guint i = 0; i < text->spans->len; i++) {
		struct span *span = &g_array_index(text->spans, struct span, i);

		if (span->end > length || i == text->spans->len - 1)
			span->end = text->string->len;
	}
}

void pdf_text_break(struct pdf_text *text, double width, guint most)
{
	gsize length;

	break_all(text, width);
	if (most == 0 || text->lines->len <= most)
		return;
	length = g_array_index(text->lines, struct pdf_line, most - 1).end;
	do {
		cut(text, length);
		length = text->string->len - strlen("…");
		if (length > 0)
			length--;
		break_all(text, width);
	} while (text->lines->len > most && length > 0);
}

double pdf_text_balanced(struct pdf_text *text, double width)
{
	double low, high = width;
	guint most;

	break_all(text, width);
	most = text->lines->len;
	if (most <= 1)
		return width;
	low = MIN(MAX(pdf_text_word_width(text), pdf_text_width(text) / most), width);
	while (high - low > A_LITTLE) {
		double middle = (low + high) / 2;

		break_all(text, middle);
		*(text->lines->len > most ? &low : &high) = middle;
	}
	return high;
}

void pdf_ink(const struct pdf_setter *setter, cairo_t *cairo, enum ink ink)
{
	guint32 rgb = setter->inks[ink];

	cairo_set_source_rgb(cairo, (rgb >> 16) / 255.0, (rgb >> 8 & 0xFF) / 255.0,
	                     (rgb & 0xFF) / 255.0);
}

static const struct span *span_at(const struct pdf_text *text, gsize offset)
{
	for (guint i = 0; i < text->spans->len; i++) {
		const struct span *span = &g_array_index(text->spans, struct span, i);

		if (offset < span->end)
			return span;
	}
	return NULL;
}

static double paint_run(cairo_t *cairo, const struct pdf_text *text, PangoGlyphItem *run, double x,
                        double y)
{
	double scale = scale_of(text);

	cairo_save(cairo);
	cairo_translate(cairo, x, y);
	cairo_scale(cairo, scale, scale);
	cairo_move_to(cairo, 0, 0);
	pango_cairo_show_glyph_item(cairo, text->string->str, run);
	cairo_restore(cairo);
	cairo_new_path(cairo);
	return pango_glyph_string_get_width(run->glyphs) * scale / PANGO_SCALE;
}

static void underline(cairo_t *cairo, double x, double y, double width)
{
	cairo_rectangle(cairo, x, y + 1.3, width, 0.4);
	cairo_fill(cairo);
}

static const char *span_open(cairo_t *cairo, const struct pdf_text *text, const struct span *span)
{
	const char *link = span ? span->link : NULL;

	if (!text->linked && !text->split)
		return NULL;
	cairo_tag_begin(cairo, link ? CAIRO_TAG_LINK : "Span", link);
	return link ? CAIRO_TAG_LINK : "Span";
}

void pdf_text_paint(struct pdf_text *text, guint n, cairo_t *cairo, const cairo_rectangle_t *column)
{
	const struct pdf_line *line = &g_array_index(text->lines, struct pdf_line, n);
	double slack = column->width - pdf_text_line_width(text, n);
	double x = column->x + (text->type.align == ANCHOR_END      ? slack
	                        : text->type.align == ANCHOR_MIDDLE ? slack / 2
	                                                            : 0);
	/* Liberation Sans rises 0.905 and falls 0.212 of its size. */
	double y = column->y + (text->type.leading - 1.117 * text->type.size) / 2 +
	           0.905 * text->type.size;

	for (GSList *at = line->shaped->runs; at; at = at->next) {
		PangoGlyphItem *run = at->data;
		const struct span *span = span_at(text, (gsize)run->item->offset);
		gboolean link = span && span->link;
		const char *tag = span_open(cairo, text, span);
		double width;

		pdf_ink(text->setter, cairo, link ? INK_SERIES_1 : text->type.ink);
		width = paint_run(cairo, text, run, x, y);
		if (link)
			underline(cairo, x, y, width);
		if (tag)
			cairo_tag_end(cairo, tag);
		x += width;
	}
}
