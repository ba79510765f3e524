/* SPDX-License-Identifier: Apache-2.0 */
#include "render/html.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "report/format.h"

/* A chart is drawn twice, since text that shrinks with its picture cannot be read on a telephone;
 * the style sheet shows the one that fits. */
#define WIDE_PX 900
#define NARROW_PX 340

/* A longer series is thinned in the data table; the chart shows all of it. */
#define MOST_POINTS 400

/* Takes over the id. NULL: there are none in it. */
static char *draw(const struct chart *chart, char *id, double width)
{
	struct chart named = *chart;
	char *svg;

	named.id = id;
	svg = chart_svg(&named, width);
	g_free(id);
	return svg;
}

static struct html_drawing *drawing_new(const struct chart *chart, const char *id)
{
	struct html_drawing *drawing = g_new(struct html_drawing, 1);

	drawing->wide = draw(chart, g_strdup(id), WIDE_PX);
	drawing->narrow = draw(chart, g_strconcat(id, "-narrow", NULL), NARROW_PX);
	return drawing;
}

static void drawing_free(struct html_drawing *drawing)
{
	g_free(drawing->wide);
	g_free(drawing->narrow);
	g_free(drawing);
}

static void draw_blocks(GHashTable *drawings, const GPtrArray *blocks)
{
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = blocks->pdata[i];

		if (block->kind == BLOCK_CHART && !block->chart->thin)
			g_hash_table_insert(drawings, block->chart,
			                    drawing_new(block->chart, block->chart->id));
		draw_blocks(drawings, block->children);
	}
}

GHashTable *html_drawings_new(const GPtrArray *pages)
{
	GHashTable *drawings = g_hash_table_new_full(NULL, NULL, NULL,
	                                             (GDestroyNotify)drawing_free);

	for (guint i = 0; i < pages->len; i++)
		draw_blocks(drawings, ((const struct page *)pages->pdata[i])->blocks);
	return drawings;
}

#define SVG_END "</svg>\n"

/* The element stands in the tree, where style sheets look for it; what is in it is printed as it
 * was drawn, for it is a quarter of all pages and canvas_svg has escaped its words. Names are
 * copied, so that they outlive the document that the element is taken out of. */
static gboolean add_svg(xmlNode *parent, const struct chart *chart, const char *svg, GError **error)
{
	const char *inside = strchr(svg, '>') + 1;
	g_autofree char *empty = g_strdup_printf("%.*s" SVG_END, (int)(inside - svg), svg);
	xmlDoc *doc = xmlReadMemory(empty, (int)strlen(empty), NULL, "UTF-8",
	                            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
	                                    XML_PARSE_NODICT);
	xmlNode *root, *drawn;

	if (!doc)
		return error_failed(error, "the drawing of chart %s is not well-formed", chart->id);
	root = xmlDocGetRootElement(doc);
	drawn = xmlNewDocTextLen(doc, (const xmlChar *)inside,
	                         (int)(strlen(inside) - strlen(SVG_END)));
	drawn->name = xmlStringTextNoenc;
	xmlAddChild(root, drawn);
	xmlUnlinkNode(root);
	xmlAddChild(parent, root);
	xmlFreeDoc(doc);
	return TRUE;
}

static gboolean add_drawing(const struct html_page *page, xmlNode *parent,
                            const struct chart *chart, const char *id, GError **error)
{
	struct html_drawing *kept = page->drawings ? g_hash_table_lookup(page->drawings, chart)
	                                           : NULL;
	struct html_drawing *drawing = kept ? kept : drawing_new(chart, id);
	gboolean added = add_svg(html_add(parent, "wide"), chart, drawing->wide, error) &&
	                 add_svg(html_add(parent, "narrow"), chart, drawing->narrow, error);

	if (!kept)
		drawing_free(drawing);
	return added;
}

/* So many nodes, and not so many of a hundred. */
static gboolean stands_on_whole_numbers(const struct chart_series *series)
{
	for (guint i = 0; i < series->points->len; i++) {
		double x = g_array_index(series->points, struct chart_point, i).x;

		if (x != floor(x))
			return FALSE;
	}
	return TRUE;
}

/* What the data table calls a point: its label, or where it stands on the x axis. */
static char *point_name(const struct format *format, const struct chart *chart,
                        const struct chart_series *series, const struct chart_point *point)
{
	const struct chart_point *points = &g_array_index(series->points, struct chart_point, 0);
	gboolean daily = series->points->len < 2 || points[1].x - points[0].x >= 86400;

	if (point->label)
		return g_strdup(point->label);
	if (!chart->x_time)
		return format_value(format,
		                    stands_on_whole_numbers(series) ? UNIT_COUNT : UNIT_NUMBER,
		                    point->x);
	return daily ? format_date(format, (gint64)point->x)
	             : format_hour(format, (gint64)point->x);
}

/* Of a scatter both values are data; elsewhere x is the point's name or place. */
static void set_across(xmlNode *node, const struct format *format, const struct chart *chart,
                       const struct chart_point *point)
{
	g_autofree char *across = NULL;

	if (chart->kind != CHART_SCATTER)
		return;
	across = point->x_text ? g_strdup(point->x_text)
	                       : format_value(format, UNIT_NUMBER, point->x);
	html_set(node, "across", across);
}

static void add_point(xmlNode *parent, const struct format *format, const struct chart *chart,
                      const struct chart_series *series, const struct chart_point *point)
{
	xmlNode *node = html_add(parent, "point");
	g_autofree char *name = point_name(format, chart, series, point);
	g_autofree char *value =
	        point->value_text
	                ? g_strdup(point->value_text)
	                : format_value(format, chart->y_share ? UNIT_SHARE : UNIT_NUMBER, point->y);

	html_set(node, "name", name);
	set_across(node, format, chart, point);
	html_set(node, "value", value);
}

static void add_series(xmlNode *parent, const struct format *format, const struct chart *chart,
                       const struct chart_series *series)
{
	xmlNode *node = html_add(parent, "series");
	guint step = (series->points->len + MOST_POINTS - 1) / MOST_POINTS;
	g_autofree char *every = step > 1 ? g_strdup_printf("%u", step) : NULL;

	html_set(node, "label", series->label);
	html_set(node, "every", every);
	for (guint i = 0; i < series->points->len; i += step)
		add_point(node, format, chart, series,
		          &g_array_index(series->points, struct chart_point, i));
}

/* Chart times are civil already, so a floating zone prints them. */
static void add_data(xmlNode *parent, const struct chart *chart)
{
	struct zone *zone = zone_new(NULL, NULL);
	struct format format = { .currency = "", .zone = zone, .separators = chart->separators };
	xmlNode *data = html_add(parent, "data");
	/* its title at the side */
	gboolean names_rows = chart->kind == CHART_HEAT && chart->y_title;

	if (chart->kind == CHART_SCATTER) {
		html_set(data, "x", "Name");
		html_set(data, "across", chart->x_title ? chart->x_title : "Across");
	} else {
		html_set(data, "x",
		         chart->x_title ? chart->x_title : chart->x_time ? "Time" : "Name");
	}
	html_set(data, "rows", names_rows ? chart->y_title : "Series");
	html_set(data, "y", chart->y_title && !names_rows ? chart->y_title : "Value");
	for (guint i = 0; i < chart->series->len; i++)
		add_series(data, &format, chart, chart->series->pdata[i]);
	for (guint i = 0; i < chart->lines->len; i++)
		html_text(html_add(data, "mark"),
		          g_array_index(chart->lines, struct chart_line, i).label);
	zone_free(zone);
}

void html_add_spark(xmlNode *parent, const struct chart *chart)
{
	g_autofree char *svg = draw(chart, NULL, CHART_SPARK_WIDTH);

	if (!add_svg(parent, chart, svg, NULL))
		html_text(parent, chart->title);
}

gboolean html_add_chart(const struct html_page *page, xmlNode *parent, const struct chart *chart,
                        GError **error)
{
	g_autofree char *id = html_place(page, chart->id);

	html_set(parent, "id", id);
	html_set(parent, "title", chart->title);
	html_set(parent, "subtitle", chart->subtitle);
	html_set(parent, "source", chart->source);
	html_set(parent, "thin", chart->thin);
	if (chart->thin)
		return TRUE;
	if (!add_drawing(page, parent, chart, id, error))
		return FALSE;
	add_data(parent, chart);
	return TRUE;
}
