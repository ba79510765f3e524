/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_book.h"

#define FONT "Arial"
#define NAVY 0x12436D
#define BLUE 0x0B5394
#define PALE_BLUE 0xDCE9F5
#define PALE_GREY 0xF0F0F0
#define PALE_AMBER 0xFFF1CC
#define BROWN 0x6B3A00
#define GREY 0x5C5C5C
#define RULE 0xD5DAE0
#define INK 0x1B1B1B
#define WHITE 0xFFFFFF
#define FILTER_INDENT 2 /* beside the filter's button */
#define NONE 0xFFFFFFFF

struct style {
	double size;
	guint32 ink, ground;
	gboolean bold, wrap;
	int align;
	int rule; /* the line below */
};

static const struct style styles[LOOKS] = {
	[LOOK_PLAIN] = { 10, INK, NONE, FALSE, FALSE, LXW_ALIGN_LEFT, LXW_BORDER_NONE },
	[LOOK_TITLE] = { 16, WHITE, NAVY, TRUE, FALSE, LXW_ALIGN_LEFT, LXW_BORDER_NONE },
	[LOOK_BAND] = { 10, WHITE, NAVY, FALSE, FALSE, LXW_ALIGN_LEFT, LXW_BORDER_NONE },
	[LOOK_NOTE] = { 9, GREY, NONE, FALSE, FALSE, LXW_ALIGN_LEFT, LXW_BORDER_NONE },
	[LOOK_NOTICE] = { 10, BROWN, PALE_AMBER, TRUE, FALSE, LXW_ALIGN_LEFT, LXW_BORDER_NONE },
	[LOOK_SECTION] = { 11, NAVY, NONE, TRUE, FALSE, LXW_ALIGN_LEFT, LXW_BORDER_MEDIUM },
	[LOOK_HEAD] = { 10, WHITE, NAVY, TRUE, TRUE, LXW_ALIGN_LEFT, LXW_BORDER_NONE },
	[LOOK_HEAD_NUMBER] = { 10, WHITE, NAVY, TRUE, TRUE, LXW_ALIGN_RIGHT, LXW_BORDER_NONE },
	[LOOK_HEAD_FILTER] = { 10, WHITE, NAVY, TRUE, TRUE, LXW_ALIGN_RIGHT, LXW_BORDER_NONE },
	[LOOK_HEAD_CENTRED] = { 10, WHITE, NAVY, TRUE, TRUE, LXW_ALIGN_CENTER, LXW_BORDER_NONE },
	[LOOK_TEXT] = { 10, INK, NONE, FALSE, FALSE, LXW_ALIGN_LEFT, LXW_BORDER_THIN },
	[LOOK_WRAPPED] = { 10, INK, NONE, FALSE, TRUE, LXW_ALIGN_LEFT, LXW_BORDER_THIN },
	[LOOK_CENTRED] = { 10, INK, NONE, FALSE, FALSE, LXW_ALIGN_CENTER, LXW_BORDER_THIN },
	[LOOK_CODE] = { 9, GREY, NONE, FALSE, TRUE, LXW_ALIGN_LEFT, LXW_BORDER_THIN },
	[LOOK_LINK] = { 10, BLUE, NONE, FALSE, FALSE, LXW_ALIGN_LEFT, LXW_BORDER_NONE },
	[LOOK_NUMBER] = { 10, INK, NONE, FALSE, FALSE, LXW_ALIGN_RIGHT, LXW_BORDER_THIN },
	[LOOK_STRONG] = { 12, NAVY, NONE, TRUE, TRUE, LXW_ALIGN_RIGHT, LXW_BORDER_THIN },
	[LOOK_PRINTED] = { 10, GREY, NONE, FALSE, TRUE, LXW_ALIGN_RIGHT, LXW_BORDER_THIN },
	[LOOK_MISSING] = { 9, GREY, NONE, FALSE, FALSE, LXW_ALIGN_RIGHT, LXW_BORDER_THIN },
	[LOOK_INPUT] = { 10, BLUE, PALE_BLUE, TRUE, FALSE, LXW_ALIGN_RIGHT, LXW_BORDER_THIN },
	[LOOK_FIXED] = { 10, GREY, PALE_GREY, FALSE, FALSE, LXW_ALIGN_RIGHT, LXW_BORDER_THIN },
	[LOOK_TOTAL] = { 10, NAVY, NONE, TRUE, FALSE, LXW_ALIGN_RIGHT, LXW_BORDER_NONE },
	[LOOK_TOTAL_TEXT] = { 10, NAVY, NONE, TRUE, FALSE, LXW_ALIGN_LEFT, LXW_BORDER_NONE },
};

gboolean look_wraps(enum look look)
{
	return styles[look].wrap;
}

static void set_rule(lxw_format *format, int rule)
{
	format_set_bottom(format, (uint8_t)rule);
	format_set_bottom_color(format, rule == LXW_BORDER_THIN ? RULE : NAVY);
}

static lxw_format *format_new(lxw_workbook *workbook, const struct style *style)
{
	lxw_format *format = workbook_add_format(workbook);

	format_set_font_name(format, FONT);
	format_set_font_size(format, style->size);
	format_set_font_color(format, style->ink);
	format_set_align(format, (uint8_t)style->align);
	format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
	if (style->align == LXW_ALIGN_LEFT)
		format_set_indent(format, 1);
	if (style->bold)
		format_set_bold(format);
	if (style->wrap)
		format_set_text_wrap(format);
	if (style->ground != NONE) {
		format_set_pattern(format, LXW_PATTERN_SOLID);
		format_set_bg_color(format, style->ground);
	}
	if (style->rule != LXW_BORDER_NONE)
		set_rule(format, style->rule);
	return format;
}

static void complete(lxw_format *format, enum look look)
{
	if (look == LOOK_INPUT) {
		format_set_border(format, LXW_BORDER_THIN);
		format_set_border_color(format, BLUE);
		format_set_unlocked(format);
	} else if (look == LOOK_TOTAL || look == LOOK_TOTAL_TEXT) {
		format_set_top(format, LXW_BORDER_MEDIUM);
		format_set_top_color(format, NAVY);
	} else if (look == LOOK_HEAD_FILTER) {
		format_set_indent(format, FILTER_INDENT);
	} else if (look == LOOK_LINK) {
		format_set_underline(format, LXW_UNDERLINE_SINGLE);
	}
}

lxw_format *book_format(struct book *book, enum look look, const char *number_format)
{
	GHashTable *formats = book->formats[look];
	lxw_format *format = g_hash_table_lookup(formats, number_format ? number_format : "");

	if (format)
		return format;
	format = format_new(book->workbook, &styles[look]);
	complete(format, look);
	if (number_format)
		format_set_num_format(format, number_format);
	g_hash_table_insert(formats, g_strdup(number_format ? number_format : ""), format);
	return format;
}

lxw_format *book_rule(struct book *book)
{
	lxw_format *format = workbook_add_format(book->workbook);

	set_rule(format, styles[LOOK_TEXT].rule);
	return format;
}
