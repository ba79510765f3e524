/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <glib/gstdio.h>
#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>
#include <stdlib.h>

#include "render/render.h"
#include "tests/fixture_report.h"

#define CSP \
	"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; " \
	"form-action 'none'"

/* A site in a private directory that site_clear() removes. */
struct site {
	char *folder;
	struct outdir *outdir;
	GError *error;
};

static void site_open(struct site *site)
{
	g_autofree char *path = NULL;

	site->error = NULL;
	site->folder = g_dir_make_tmp("check-html-XXXXXX", NULL);
	ck_assert_ptr_nonnull(site->folder);
	path = g_build_filename(site->folder, "report", NULL);
	site->outdir = outdir_open(path, &site->error);
	ck_assert_ptr_nonnull(site->outdir);
}

static void add_name(const char *name, const struct sink_receipt *receipt, void *names)
{
	(void)receipt;
	g_hash_table_add(names, g_strdup(name));
}

/* All pages, which lead to what is there. */
static gboolean site_render(struct site *site, const struct report *report)
{
	g_autoptr(GHashTable) there = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct html_site *html;
	gboolean done;

	outdir_each(site->outdir, add_name, there);
	html = html_site_open(report, site->outdir, there, &site->error);
	done = html != NULL;
	for (guint i = 0; done && i < report->pages->len; i++)
		done = render_html(html, i, &site->error);
	html_site_close(html);
	return done;
}

static gboolean site_init(struct site *site, const struct report *report)
{
	site_open(site);
	return site_render(site, report);
}

static void site_add(struct site *site, const char *name)
{
	ck_assert(sink_close(outdir_sink(site->outdir, name, NULL), NULL, NULL));
}

static void site_clear(struct site *site)
{
	outdir_abort(site->outdir);
	g_rmdir(site->folder);
	g_free(site->folder);
	g_clear_error(&site->error);
}

static char *site_read(const struct site *site, const char *name)
{
	g_autofree char *path = g_build_filename(outdir_path(site->outdir), name, NULL);
	char *text = NULL;

	ck_assert_msg(g_file_get_contents(path, &text, NULL, NULL), "%s is not there", name);
	return text;
}

/* libxml2's parser knows HTML 4: a newer element is no fault, anything else is. */
static void note_fault(void *data, const xmlError *error)
{
	if (error->code != XML_HTML_UNKNOWN_TAG)
		g_string_append_printf(data, "line %d: %s", error->line, error->message);
}

static htmlDocPtr parse(const char *html, GString *faults)
{
	htmlDocPtr doc;

	xmlSetStructuredErrorFunc(faults, (xmlStructuredErrorFunc)(void (*)(void))note_fault);
	doc = htmlReadMemory(html, (int)strlen(html), NULL, "UTF-8", HTML_PARSE_NONET);
	xmlSetStructuredErrorFunc(NULL, NULL);
	ck_assert_ptr_nonnull(doc);
	return doc;
}

static htmlDocPtr site_parse(const struct site *site, const char *name)
{
	g_autofree char *html = site_read(site, name);
	GString *faults = g_string_new(NULL);
	htmlDocPtr doc = parse(html, faults);

	ck_assert_msg(faults->len == 0, "%s: %s", name, faults->str);
	g_string_free(faults, TRUE);
	return doc;
}

/* The string values of the nodes that an XPath selects. */
static GPtrArray *select_texts(htmlDocPtr doc, const char *path)
{
	GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
	xmlXPathContextPtr context = xmlXPathNewContext(doc);
	xmlXPathObjectPtr found = xmlXPathEvalExpression((const xmlChar *)path, context);

	ck_assert_msg(found != NULL, "%s", path);
	for (int i = 0; found->nodesetval && i < found->nodesetval->nodeNr; i++) {
		xmlChar *text = xmlNodeGetContent(found->nodesetval->nodeTab[i]);

		g_ptr_array_add(texts, g_strdup((const char *)text));
		xmlFree(text);
	}
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	return texts;
}

static guint count(htmlDocPtr doc, const char *path)
{
	g_autoptr(GPtrArray) texts = select_texts(doc, path);

	return texts->len;
}

static void expect(htmlDocPtr doc, guint times, const char *path)
{
	guint found = count(doc, path);

	ck_assert_msg(found == times, "%u times, not %u: %s", found, times, path);
}

static const char *const page_names[] = { "index.html", "findings/own-or-rent.html", "users.html",
	                                  "method.html" };

START_TEST(every_page_is_well_formed_with_one_h1_and_its_policy)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;

	ck_assert(site_init(&site, report));
	doc = site_parse(&site, page_names[_i]);
	expect(doc, 1, "//h1");
	expect(doc, 1, "/html[@lang='en']/head/title[string()]");
	expect(doc, 1, "//meta[@http-equiv='Content-Security-Policy'][@content=\"" CSP "\"]");
	expect(doc, 1, "//meta[@name='referrer'][@content='no-referrer']");
	expect(doc, 1, "//meta[@name='viewport']");
	expect(doc, 1, "//meta[@charset='utf-8']");
	expect(doc, 2, "//p[contains(., 'Synthetic sample data')]");
	expect(doc, 1, "//footer[contains(., '3f2a91c07be4')][contains(., '2025-12-31')]");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(no_page_has_inline_style_or_script)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;

	ck_assert(site_init(&site, report));
	doc = site_parse(&site, page_names[_i]);
	expect(doc, 0, "//@style | //style | //@*[starts-with(name(), 'on')]");
	expect(doc, 1, "//script");
	expect(doc, 1, "//script[@src][not(node())]");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

/* "findings/a.html" and "../users.html" give "users.html". */
static char *resolve(const char *from, const char *link)
{
	g_autofree char *folder = g_path_get_dirname(from);
	g_autofree char *joined = *link ? g_build_filename("/", folder, link, NULL)
	                                : g_build_filename("/", from, NULL);
	g_autofree char *canonical = g_canonicalize_filename(joined, "/");

	return g_strdup(canonical + 1);
}

static void check_link(const struct site *site, const char *from, const char *link)
{
	g_auto(GStrv) parts = g_strsplit(link, "#", 2);
	g_autofree char *name = resolve(from, parts[0]);

	g_free(site_read(site, name));
	if (parts[1]) {
		g_autofree char *path = g_strdup_printf("//*[@id='%s']", parts[1]);
		htmlDocPtr doc = site_parse(site, name);

		ck_assert_msg(count(doc, path) == 1, "%s: %s leads nowhere", from, link);
		xmlFreeDoc(doc);
	}
}

START_TEST(every_link_leads_to_a_file_and_a_place_in_it)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;
	g_autoptr(GPtrArray) links = NULL;

	ck_assert(site_init(&site, report));
	doc = site_parse(&site, page_names[_i]);
	links = select_texts(
	        doc,
	        "//@href[not(starts-with(., 'https://')) and not(starts-with(., 'data:'))] | //@src");
	ck_assert_uint_gt(links->len, 8);
	for (guint i = 0; i < links->len; i++)
		check_link(&site, page_names[_i], links->pdata[i]);
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(labels_and_headings_that_are_referred_to_exist)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;
	g_autoptr(GPtrArray) names = NULL;

	ck_assert(site_init(&site, report));
	doc = site_parse(&site, page_names[_i]);
	names = select_texts(doc, "//@aria-labelledby");
	for (guint i = 0; i < names->len; i++) {
		g_auto(GStrv) ids = g_strsplit(names->pdata[i], " ", -1);

		for (char **id = ids; *id; id++) {
			g_autofree char *path = g_strdup_printf("//*[@id='%s']", *id);

			ck_assert_msg(count(doc, path) == 1, "%s names no one", *id);
		}
	}
	expect(doc, 0, "//table[not(caption)]");
	expect(doc, 0, "//th[not(@scope)]");
	expect(doc, 0, "//*[@id = preceding::*/@id]");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

/* A page on which each figure has a row, and one is computed of another. */
static void add_page_of_figures(struct report *report)
{
	struct dataset *dataset = dataset_new("figures", "Every figure", "One row a figure.");
	struct page *page = page_new("figures", "Every figure", "Method");
	struct block *block = block_new(BLOCK_TABLE);

	dataset_add_column(dataset, "id", "Id", UNIT_TEXT);
	dataset_add_column(dataset, "inputs", "Computed of", UNIT_TEXT)->figures = TRUE;
	for (guint i = 0; i < figures_count(report->figures); i++) {
		const struct figure *figure = figures_nth(report->figures, i);

		dataset_add_row(dataset);
		dataset_set_text(dataset, "id", figure->id);
		dataset_set_text(dataset, "inputs", i == 0 ? "jobs.count demand.peak.time" : "");
	}
	g_ptr_array_add(report->datasets, dataset);
	block->table = table_view_new(dataset, "Figures");
	table_view_add_column(block->table, "id");
	table_view_add_column(block->table, "inputs");
	block->table->anchors = 0;
	g_ptr_array_add(page->blocks, block);
	g_ptr_array_add(report->pages, page);
}

START_TEST(a_figure_leads_to_the_row_that_says_what_it_is)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;

	add_page_of_figures(report);
	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "findings/own-or-rent.html");
	expect(doc, 1,
	       "//a[@class='figure'][@href='../figures.html#figure-demand-peak-time']"
	       "[.='2025-05-19 16:00']");
	xmlFreeDoc(doc);
	doc = site_parse(&site, "figures.html");
	expect(doc, 1, "//tr[@id='figure-jobs-count']/th[.='jobs.count']");
	expect(doc, 1, "//tbody/tr[1]/td/a[@href='#figure-jobs-count'][.='jobs.count']");
	expect(doc, 1, "//tbody/tr[1]/td/a[@href='#figure-demand-peak-time']");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(a_command_is_broken_between_its_options_and_nowhere_else)
{
	struct report *report = fixture_report();
	struct block *words = block_new(BLOCK_PARAGRAPH);
	struct inline_node *figure = inline_new(INLINE_FIGURE, "sbatch --mem=6G --cpus-per-task=2");
	struct inline_node *range = inline_new(INLINE_FIGURE, "17–64 cores");
	struct site site;
	htmlDocPtr doc;

	figure->target = g_strdup("demand.peak.time");
	range->target = g_strdup("demand.peak.time");
	block_add_inline(words, figure);
	block_add_inline(words, inline_new(INLINE_CODE, "squeue --state=PENDING --Format=Reason"));
	block_add_inline(words, inline_new(INLINE_CODE, "--time"));
	block_add_inline(words, range);
	g_ptr_array_add(((struct page *)report->pages->pdata[0])->blocks, words);
	ck_assert(site_init(&site, report));
	doc = site_parse(&site, page_names[0]);
	expect(doc, 1, "//span[@class='figure'][.='sbatch --mem=6G --cpus-per-task=2']");
	expect(doc, 4, "//span[@class='figure']/span[@class='word']");
	expect(doc, 1, "//span[@class='word'][.='17–64 cores']");
	expect(doc, 1, "//span[@class='word'][.='--cpus-per-task=2']");
	expect(doc, 1, "//code[.='squeue --state=PENDING --Format=Reason']");
	expect(doc, 1, "//code/span[@class='word'][.='--Format=Reason']");
	expect(doc, 1, "//code[@class='word'][.='--time'][not(span)]");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(a_figure_of_which_no_row_tells_leads_nowhere)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;

	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "findings/own-or-rent.html");
	expect(doc, 0, "//a[@class='figure']");
	expect(doc, 1, "//span[@class='figure'][.='2025-05-19 16:00']");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(a_figure_among_words_says_what_it_is_or_why_it_is_missing)
{
	static const char *const ids[] = { "saving.total.expected", "gpu.used.share" };
	struct report *report = fixture_report();
	struct block *words = block_new(BLOCK_PARAGRAPH);
	struct site site;
	htmlDocPtr doc;

	for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
		struct inline_node *figure = inline_new(INLINE_FIGURE, ids[i]);

		figure->target = g_strdup(ids[i]);
		block_add_inline(words, figure);
	}
	g_ptr_array_add(((struct page *)report->pages->pdata[0])->blocks, words);
	ck_assert(site_init(&site, report));
	doc = site_parse(&site, page_names[0]);
	expect(doc, 1,
	       "//span[.='saving.total.expected'][@title='The sum of three parts that do not "
	       "overlap.']");
	expect(doc, 1, "//span[.='gpu.used.share'][contains(@title, 'gpuutil is not collected')]");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(a_list_in_order_is_numbered)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;

	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "index.html");
	expect(doc, 1, "//ol[count(li) = 2][contains(li[1], '74 nodes, not 120')]");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(a_tile_says_what_its_figure_rests_on_and_why_it_is_missing)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;

	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "index.html");
	expect(doc, 1,
	       "//div[@class='tile'][dt='Measured share of node-hours']"
	       "[dd[contains(., 'Grade A computed with a list of the nodes')]]");
	expect(doc, 1,
	       "//div[@class='tile tile-missing'][dd='not known']"
	       "[dd[contains(., 'gpuutil is not collected')]][not(dd[@class='grade'])]");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

static const struct {
	const char *value, *class;
} sizes[] = {
	{ "$13.4\u00a0million", "value" },
	{ "CHF\u00a013.4\u00a0million", "value long" },
	{ "−Credits\u00a013.4\u00a0million", "value longer" },
};

START_TEST(a_tile_says_how_small_its_value_must_be_to_be_on_one_line)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;
	g_autofree char *path = g_strdup_printf("//div[@class='tile']/dd[@class='%s'][. = '%s']",
	                                        sizes[_i].class, sizes[_i].value);

	for (guint i = 0; i < figures_count(report->figures); i++) {
		struct figure *figure = figures_nth(report->figures, i);

		if (strcmp(figure->label, "Measured share of node-hours") == 0) {
			g_free(figure->text);
			figure->text = g_strdup(sizes[_i].value);
		}
	}
	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "index.html");
	expect(doc, 1, path);
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(a_table_shows_its_first_rows_and_says_where_the_rest_is)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;

	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "users.html");
	expect(doc, 20, "//div[@class='table']//tbody/tr");
	expect(doc, 1,
	       "//p[@class='rest'][contains(., 'and 10 more, in tables/users.csv')][not(a)]");
	expect(doc, 1,
	       "//tr[th='user_0001']/td[@class='number'][@data-value='612000.5'][.='612,000']");
	expect(doc, 2, "//tr[th='user_0005']/td[span='not given'][not(@data-value)]");
	expect(doc, 1, "//th[@title='Elapsed time × allocated cores.'][.='Core-hours']");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(what_is_to_be_minded_says_so_and_a_link_has_its_words)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;

	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "index.html");
	expect(doc, 1,
	       "//div[@class='callout callout-warning'][contains(., 'Mind this')]"
	       "[contains(., 'the bill does not fall')]");
	xmlFreeDoc(doc);
	doc = site_parse(&site, "findings/own-or-rent.html");
	expect(doc, 0, "//*[contains(@class, 'callout-warning')]");
	expect(doc, 1, "//p//a[@href='../method.html#figure-nodes.best'][.='method']");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(a_page_that_the_menu_lacks_is_marked_where_it_belongs)
{
	struct report *report = fixture_report();
	struct page *under = page_new("users/one", NULL, "Details");
	struct block *heading = block_add_inline(block_new(BLOCK_HEADING),
		inline_new(INLINE_TEXT, "One of them"));
	struct site site;
	htmlDocPtr doc;

	heading->level = 1;
	under->title = g_strdup("One of them");
	under->parent = g_strdup("users");
	g_ptr_array_add(under->blocks, heading);
	g_ptr_array_add(report->pages, under);
	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "users/one.html");
	expect(doc, 2, "//nav//a[@aria-current]");
	expect(doc, 2, "//nav//a[@aria-current='true'][@href='../users.html']");
	expect(doc, 1, "//summary/span[@class='here']");
	expect(doc, 0, "//p[@class='next']");
	xmlFreeDoc(doc);
	doc = site_parse(&site, "users.html");
	expect(doc, 2, "//nav//a[@aria-current]");
	expect(doc, 2, "//nav//a[@aria-current='page'][@href='users.html']");
	xmlFreeDoc(doc);
	ck_assert(render_html_single(report, site.outdir, &site.error));
	doc = site_parse(&site, "report.html");
	expect(doc, 1, "//article[@data-menu]");
	expect(doc, 1, "//article[@id='users.one'][@data-menu='users']");
	expect(doc, 0, "//nav//a[@aria-current]");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(a_drawing_in_a_table_is_called_what_it_says)
{
	static const char words[] = "From 0 CPUs to 4 & <more>";
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;

	g_ptr_array_add(((struct page *)report->pages->pdata[2])->blocks,
		fixture_drawn_table(report, words));
	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "users.html");
	expect(doc, 1,
		"//td[@class='drawn']/svg[@role='img'][not(@id)][not(@style)][@width]/title[.='From 0 CPUs to 4 & <more>']");
	expect(doc, 1, "//thead//th[@class='drawn'][.='By time']");
	expect(doc, 1, "//tr[th='beta']/td[1]/span[.='not given']");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(a_chart_comes_in_two_widths_with_its_data_and_a_thin_one_as_a_sentence)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;

	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "users.html");
	expect(doc, 2, "//figure[@id='chart-top-users']//svg[@role='img']");
	expect(doc, 10, "//figure[@id='chart-top-users']/details//tbody/tr");
	expect(doc, 1, "//figure/details//tr[th='user_0002'][td='422,069']");
	expect(doc, 1,
		"//figure[@id='chart-requested']//thead/tr[th[1]='Name'][th[2]='asked, GiB'][th[3]='used, GiB']");
	expect(doc, 1,
		"//figure[@id='chart-requested']//tr[th='user_0003'][td[1]='187 GiB'][td[2]='56 GiB']");
	expect(doc, 1,
		"//figure[@id='chart-requested']//tr[th='user_0004'][td[1]='12.0'][td[2]='3 GiB']");
	expect(doc, 1, "//div[@class='thin'][contains(., 'too few to draw')]");
	xmlFreeDoc(doc);
	doc = site_parse(&site, "index.html");
	expect(doc, 1, "//figure/details//tr[th='2025-01-01'][td='46.0']");
	ck_assert_uint_eq(count(doc,
	                        "//figure/details/p[.='Marked: Owned: 120 nodes; P85: 68 nodes.']"),
	                  1);
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

/* Two rows of a cell each. */
static struct block *heat_block(void)
{
	struct block *block = block_new(BLOCK_CHART);
	struct chart *chart = chart_new(CHART_HEAT, "used");

	for (guint row = 0; row < 2; row++)
		chart_point_add(chart_series_add(chart, row ? "0–50 %" : "50–100 %", INK_SERIES_1),
		                0, row, "20–30 %", row ? "7 %" : "93 %");
	chart->title = g_strdup("What is used");
	chart->x_title = g_strdup("memory used");
	chart->y_title = g_strdup("CPUs used");
	block->chart = chart;
	return block;
}

START_TEST(behind_a_heat_map_stands_what_its_rows_and_columns_are)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;

	g_ptr_array_add(((struct page *)report->pages->pdata[2])->blocks, heat_block());
	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "users.html");
	expect(doc, 1,
	       "//figure[@id='chart-used']//thead/tr[th[1]='memory used'][th[2]='CPUs "
	       "used'][th[3]='Value']");
	expect(doc, 1,
	       "//figure[@id='chart-used']//tbody/tr[th='20–30 %'][td[1]='0–50 %'][td[2]='7 %']");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

/* By nodes owned, or by per cent of the hours, from 0 on. */
static struct block *curve_block(const char *id, double step)
{
	struct block *block = block_new(BLOCK_CHART);
	struct chart *chart = chart_new(CHART_CURVE, id);
	struct chart_series *series = chart_series_add(chart, "Cost", INK_SERIES_1);

	for (int i = 0; i < 5; i++)
		chart_point_add(series, i * step, 100 - i, NULL, NULL);
	chart->title = g_strdup("It falls");
	block->chart = chart;
	return block;
}

START_TEST(behind_a_curve_nodes_are_whole_and_per_cents_are_not)
{
	struct report *report = fixture_report();
	GPtrArray *blocks = ((struct page *)report->pages->pdata[2])->blocks;
	struct site site;
	htmlDocPtr doc;

	g_ptr_array_add(blocks, curve_block("nodes", 1));
	g_ptr_array_add(blocks, curve_block("hours", 0.5));
	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "users.html");
	expect(doc, 1, "//figure[@id='chart-nodes']//tbody/tr[th='2']");
	expect(doc, 0, "//figure[@id='chart-nodes']//tbody/tr[th='2.00']");
	expect(doc, 1, "//figure[@id='chart-hours']//tbody/tr[th='1.00']");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(behind_a_long_series_stands_a_part_of_it_and_that_is_said)
{
	struct report *report = fixture_report();
	struct block *block = curve_block("long", 1);
	struct site site;
	htmlDocPtr doc;

	for (int i = 5; i < 900; i++)
		chart_point_add(block->chart->series->pdata[0], i, 0.25, NULL, NULL);
	block->chart->y_share = TRUE;
	g_ptr_array_add(((struct page *)report->pages->pdata[2])->blocks, block);
	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "users.html");
	expect(doc, 300, "//figure[@id='chart-long']//tbody/tr");
	expect(doc, 1, "//figure[@id='chart-long']//tbody"
	               "/tr[th='897'][contains(td, '25') and contains(td, '%')]");
	expect(doc, 1, "//figure[@id='chart-long']"
	               "//p[.='Every point is drawn; this table has one of every 3.']");
	expect(doc, 1, "//p[contains(., 'one of every')]");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(what_stands_beside_the_site_is_offered_and_nothing_else)
{
	struct report *report = fixture_report();
	struct site site;
	htmlDocPtr doc;

	ck_assert(site_init(&site, report));
	doc = site_parse(&site, "findings/own-or-rent.html");
	expect(doc, 0, "//a[contains(@href, '.pdf') or contains(@href, '.csv')]");
	xmlFreeDoc(doc);
	site_clear(&site);

	site_open(&site);
	site_add(&site, "report.pdf");
	site_add(&site, "tables/months.csv");
	ck_assert(site_render(&site, report));
	doc = site_parse(&site, "findings/own-or-rent.html");
	expect(doc, 2, "//nav//a[@href='../report.pdf']");
	expect(doc, 1, "//a[@href='../tables/months.csv']");
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

#define HOSTILE "\"'><script>alert(1)</script><b onclick=x style=y>&amp;{{\x01\u202e"
#define HARMLESS "\"'><script>alert(1)</script><b onclick=x style=y>&amp;{{"

static void replace(char **text)
{
	g_free(*text);
	*text = g_strdup(HOSTILE);
}

static void add_hostile_page(struct report *report)
{
	struct page *page = page_new("hostile", HOSTILE, HOSTILE);
	struct block *heading = block_new(BLOCK_HEADING), *table = block_new(BLOCK_TABLE),
	             *tiles = block_new(BLOCK_TILES);
	struct block *words = block_new(BLOCK_PARAGRAPH), *code = block_new(BLOCK_CODE);
	struct block *chart = block_new(BLOCK_CHART);
	struct inline_node *figure = inline_new(INLINE_FIGURE, HOSTILE);

	page->title = g_strdup(HOSTILE);
	heading->level = 1;
	heading->anchor = g_strdup(HOSTILE);
	block_add_inline(heading, inline_new(INLINE_TEXT, HOSTILE));
	figure->target = g_strdup("hostile");
	block_add_inline(block_add_inline(words, inline_new(INLINE_CODE, HOSTILE)), figure);
	code->text = g_strdup(HOSTILE);
	table->table = table_view_new(report_dataset(report, "users"), HOSTILE);
	table->table->rest_note = g_strdup(HOSTILE);
	table_view_add_column(table->table, "user");
	g_ptr_array_add(tiles->figure_ids, g_strdup("hostile"));
	chart->chart = chart_new(CHART_BARS, "hostile");
	chart->chart->title = g_strdup(HOSTILE);
	chart->chart->source = g_strdup(HOSTILE);
	chart_point_add(chart_series_add(chart->chart, HOSTILE, INK_SERIES_1), 0, 1, HOSTILE,
	                HOSTILE);
	for (struct block **block =
	             (struct block *[]){ heading, words, code, table, tiles, chart, NULL };
	     *block; block++)
		g_ptr_array_add(page->blocks, *block);
	g_ptr_array_add(report->pages, page);
}

static struct report *hostile_report(void)
{
	struct report *report = fixture_report();
	struct figure *figure = figures_add_text(report->figures, "hostile", HOSTILE, HOSTILE);
	struct dataset *users = (struct dataset *)report_dataset(report, "users");

	figure->definition = g_strdup(HOSTILE);
	figure->reason = g_strdup(HOSTILE);
	replace(&report->institution);
	replace(&report->cluster);
	replace(&report->notice);
	replace(&report->classification);
	dataset_cell_say(users, dataset_own_cell(users, 0, 0), HOSTILE);
	add_hostile_page(report);
	return report;
}

START_TEST(hostile_strings_stay_text)
{
	struct report *report = hostile_report();
	struct site site;
	htmlDocPtr doc;
	g_autoptr(GPtrArray) heading = NULL, cell = NULL;
	g_autofree char *html = NULL;

	ck_assert(site_init(&site, report));
	html = site_read(&site, "hostile.html");
	ck_assert_ptr_null(strstr(html, "\u202e")); /* it would turn round what follows */
	doc = site_parse(&site, "hostile.html");
	expect(doc, 1, "//script");
	expect(doc, 0, "//b | //@style | //@onclick");
	expect(doc, 1, "//dt[.='Classification']");
	heading = select_texts(doc, "//h1");
	ck_assert_str_eq(heading->pdata[0], HARMLESS);
	cell = select_texts(doc, "//div[@class='table']//tbody/tr[1]/th");
	ck_assert_str_eq(cell->pdata[0], HARMLESS);
	ck_assert_uint_ge(count(doc, "//*[contains(text(), 'alert(1)')]"), 12);
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

START_TEST(hostile_strings_stay_text_in_one_file)
{
	struct report *report = hostile_report();
	struct site site;
	htmlDocPtr doc;

	site_open(&site);
	ck_assert(render_html_single(report, site.outdir, NULL));
	doc = site_parse(&site, "report.html");
	expect(doc, 1, "//script");
	expect(doc, 1, "//style");
	expect(doc, 0, "//b | //@style | //@onclick");
	expect(doc, report->pages->len, "//article");
	ck_assert_uint_ge(count(doc, "//article[@id='hostile']//*[contains(text(), 'alert(1)')]"),
		9);
	xmlFreeDoc(doc);
	site_clear(&site);
	report_free(report);
}
END_TEST

static const struct {
	const char *target, *message;
} bad_links[] = {
	{ "groups", "page users: a link leads to “groups”, which is not there" },
	{ "index#nowhere", "page users: a link leads to “index#nowhere”, which is not there" },
	{ "#nowhere", "page users: a link leads to “#nowhere”, which is not there" },
	{ "javascript:alert(1)",
	  "page users: a link leads to “javascript:alert(1)”, which is not there" },
	{ "http://example.org/",
	  "page users: a link leads to “http://example.org/”, which is not there" },
	{ "", "page users: a link leads to “”, which is not there" },
	{ "figures#figure-jobs",
	  "page users: a link leads to “figures#figure-jobs”, which is not there" },
	{ "figures#figure-jobs-count-",
	  "page users: a link leads to “figures#figure-jobs-count-”, which is not there" },
	{ "figures#numbersjobs-count",
	  "page users: a link leads to “figures#numbersjobs-count”, which is not there" },
	{ "#figure-jobs-count",
	  "page users: a link leads to “#figure-jobs-count”, which is not there" },
};

START_TEST(a_link_that_leads_nowhere_is_an_error)
{
	struct report *report = fixture_report();
	struct page *page = report->pages->pdata[2];
	struct block *words = block_new(BLOCK_PARAGRAPH);
	struct inline_node *link = inline_new(INLINE_LINK, NULL);
	struct site site;

	add_page_of_figures(report);
	link->target = g_strdup(bad_links[_i].target);
	g_ptr_array_add(page->blocks, block_add_inline(words, link));
	ck_assert(!site_init(&site, report));
	ck_assert_str_eq(site.error->message, bad_links[_i].message);
	site_clear(&site);
	report_free(report);
}
END_TEST

static void compare_file(const char *name, const struct sink_receipt *receipt, void *data)
{
	g_string_append_printf(data, "%s %s\n", receipt->sha256, name);
}

START_TEST(the_same_report_gives_the_same_bytes)
{
	GString *lists[2] = { g_string_new(NULL), g_string_new(NULL) };

	for (int i = 0; i < 2; i++) {
		struct report *report = fixture_report();
		struct site site;

		ck_assert(site_init(&site, report));
		outdir_each(site.outdir, compare_file, lists[i]);
		site_clear(&site);
		report_free(report);
	}
	ck_assert_ptr_nonnull(strstr(lists[0]->str, "assets/style.css"));
	ck_assert_str_eq(lists[0]->str, lists[1]->str);
	g_string_free(lists[0], TRUE);
	g_string_free(lists[1], TRUE);
}
END_TEST

START_TEST(assets_are_small_and_load_nothing)
{
	struct report *report = fixture_report();
	struct site site;
	g_autofree char *script = NULL, *style = NULL;

	ck_assert(site_init(&site, report));
	script = site_read(&site, "assets/report.js");
	style = site_read(&site, "assets/style.css");
	ck_assert_uint_lt(strlen(script), 5000);
	ck_assert_ptr_null(strstr(script, "innerHTML"));
	ck_assert_ptr_null(strstr(script, "fetch"));
	ck_assert_ptr_null(strstr(style, "url("));
	ck_assert_ptr_null(strstr(style, "@import"));
	ck_assert_ptr_nonnull(strstr(style, ".fill-series-1"));
	site_clear(&site);
	report_free(report);
}
END_TEST

/* The value of a custom property: the first is the light one, the second, if any, the dark one. */
static guint32 colour(const char *style, const char *name, int nth)
{
	g_autofree char *pattern = g_strdup_printf("--%s:\\s*#([0-9a-f]+)", name);
	g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;
	g_autofree char *digits = NULL;

	ck_assert_msg(g_regex_match(regex, style, 0, &match), "no --%s", name);
	do {
		g_free(digits);
		digits = g_match_info_fetch(match, 1);
	} while (nth-- > 0 && g_match_info_next(match, NULL));
	return (guint32)g_ascii_strtoull(digits, NULL, 16);
}

/* WCAG 2: relative luminance and contrast. */
static double luminance(guint32 rgb)
{
	static const double weights[] = { 0.0722, 0.7152, 0.2126 };
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		double part = (rgb >> (8 * i) & 255) / 255.0;

		sum += weights[i] *
		       (part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double contrast(guint32 a, guint32 b)
{
	double x = luminance(a) + 0.05, y = luminance(b) + 0.05;

	return x > y ? x / y : y / x;
}

static const struct {
	const char *text, *ground;
} pairs[] = {
	{ "text", "paper" },           { "text", "surface" },
	{ "text", "tint-1" },          { "text", "tint-2" },
	{ "muted", "paper" },          { "muted", "surface" },
	{ "accent-strong", "paper" },  { "accent-strong", "surface" },
	{ "accent-strong", "tint-1" }, { "accent-strong", "tint-2" },
	{ "on-lead", "lead" },
};

START_TEST(text_can_be_read_in_light_and_dark)
{
	struct report *report = fixture_report();
	struct site site;
	g_autofree char *style = NULL;

	ck_assert(site_init(&site, report));
	style = site_read(&site, "assets/style.css");
	for (int dark = 0; dark < 2; dark++) {
		double ratio = contrast(colour(style, pairs[_i].text, dark),
		                        colour(style, pairs[_i].ground, dark));

		ck_assert_msg(ratio >= 4.5, "%s on %s: %.2f", pairs[_i].text, pairs[_i].ground,
		              ratio);
	}
	site_clear(&site);
	report_free(report);
}
END_TEST

static Suite *html_suite(void)
{
	Suite *suite = suite_create("html");
	TCase *cases = tcase_create("html");
	int pages = G_N_ELEMENTS(page_names);

	tcase_set_timeout(cases, 60);
	tcase_add_loop_test(cases, every_page_is_well_formed_with_one_h1_and_its_policy, 0, pages);
	tcase_add_loop_test(cases, no_page_has_inline_style_or_script, 0, pages);
	tcase_add_loop_test(cases, every_link_leads_to_a_file_and_a_place_in_it, 0, pages);
	tcase_add_loop_test(cases, labels_and_headings_that_are_referred_to_exist, 0, pages);
	tcase_add_test(cases, a_figure_leads_to_the_row_that_says_what_it_is);
	tcase_add_test(cases, a_command_is_broken_between_its_options_and_nowhere_else);
	tcase_add_test(cases, a_figure_of_which_no_row_tells_leads_nowhere);
	tcase_add_test(cases, a_figure_among_words_says_what_it_is_or_why_it_is_missing);
	tcase_add_test(cases, a_list_in_order_is_numbered);
	tcase_add_test(cases, a_tile_says_what_its_figure_rests_on_and_why_it_is_missing);
	tcase_add_loop_test(cases, a_tile_says_how_small_its_value_must_be_to_be_on_one_line, 0,
	                    (int)G_N_ELEMENTS(sizes));
	tcase_add_test(cases, a_table_shows_its_first_rows_and_says_where_the_rest_is);
	tcase_add_test(cases, what_is_to_be_minded_says_so_and_a_link_has_its_words);
	tcase_add_test(cases, a_page_that_the_menu_lacks_is_marked_where_it_belongs);
	tcase_add_test(cases, a_drawing_in_a_table_is_called_what_it_says);
	tcase_add_test(cases,
	               a_chart_comes_in_two_widths_with_its_data_and_a_thin_one_as_a_sentence);
	tcase_add_test(cases,
	               behind_a_heat_map_stands_what_its_rows_and_columns_are);
	tcase_add_test(cases, behind_a_curve_nodes_are_whole_and_per_cents_are_not);
	tcase_add_test(cases, behind_a_long_series_stands_a_part_of_it_and_that_is_said);
	tcase_add_test(cases, what_stands_beside_the_site_is_offered_and_nothing_else);
	tcase_add_test(cases, hostile_strings_stay_text);
	tcase_add_test(cases, hostile_strings_stay_text_in_one_file);
	tcase_add_loop_test(cases, a_link_that_leads_nowhere_is_an_error, 0,
	                    G_N_ELEMENTS(bad_links));
	tcase_add_test(cases, the_same_report_gives_the_same_bytes);
	tcase_add_test(cases, assets_are_small_and_load_nothing);
	tcase_add_loop_test(cases, text_can_be_read_in_light_and_dark, 0, G_N_ELEMENTS(pairs));
	suite_add_tcase(suite, cases);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(html_suite());
	int failed;

	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
