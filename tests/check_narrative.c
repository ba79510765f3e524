/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "report/narrative.h"
#include "tests/fixture_report.h"

static struct chart *offer_chart(const char *name, void *data)
{
	guint *asked = data;

	(*asked)++;
	if (g_str_equal(name, "nothing-to-draw"))
		return NULL;
	return chart_new(CHART_BARS, name);
}

static void print_inlines(GString *out, const GPtrArray *inlines)
{
	static const char *marks[] = { "", "*", "_", "`", "@", "#" };

	for (guint i = 0; inlines && i < inlines->len; i++) {
		const struct inline_node *node = inlines->pdata[i];

		g_string_append_printf(out, "[%s%s", marks[node->kind],
		                       node->text ? node->text : "");
		print_inlines(out, node->children);
		if (node->target)
			g_string_append_printf(out, "→%s", node->target);
		g_string_append_c(out, ']');
	}
}

static void print_table(GString *out, const struct table_view *view)
{
	g_string_append_printf(out, " %s “%s” %u/%u", view->dataset->id, view->caption,
	                       table_view_rows(view), view->columns->len);
	if (view->grid)
		for (guint row = 0; row < view->grid->rows->len; row++)
			for (guint i = 0; i < view->columns->len; i++)
				g_string_append_printf(out, "%s%s", i ? "|" : "; ",
				                       dataset_cell(view->grid, row, i)->text);
	if (view->rest_note)
		g_string_append_printf(out, " %s", view->rest_note);
}

static void print_blocks(GString *out, const GPtrArray *blocks);

static void print_block(GString *out, const struct block *block)
{
	static const char *names[] = { "heading", "paragraph", "lede",    "list",
		                       "item",    "code",      "table",   "chart",
		                       "tiles",   "callout",   "columns", "column" };

	g_string_append_printf(out, "(%s", names[block->kind]);
	if (block->kind == BLOCK_HEADING)
		g_string_append_printf(out, " %d %s", block->level, block->anchor);
	if (block->ordered)
		g_string_append(out, " ordered");
	if (block->text)
		g_string_append_printf(out, " %s", block->text);
	if (block->chart)
		g_string_append_printf(out, " %s", block->chart->id);
	if (block->table)
		print_table(out, block->table);
	for (guint i = 0; i < block->figure_ids->len; i++)
		g_string_append_printf(out, " %s", (char *)block->figure_ids->pdata[i]);
	if (block->inlines->len > 0)
		g_string_append_c(out, ' ');
	print_inlines(out, block->inlines);
	print_blocks(out, block->children);
	g_string_append_c(out, ')');
}

static void print_blocks(GString *out, const GPtrArray *blocks)
{
	for (guint i = 0; i < blocks->len; i++)
		print_block(out, blocks->pdata[i]);
}

static const struct format swiss = { .separators = { "’", "." } };

/* What the blocks look like; NULL and error. */
static char *compose_in(struct narrative *narrative, const char *name, const char *markdown,
                        GError **error)
{
	g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func((GDestroyNotify)block_free);
	GString *out = g_string_new(NULL);
	gboolean done = narrative_compose(narrative, name, markdown, blocks, error);

	print_blocks(out, blocks);
	return g_string_free(out, !done);
}

static char *compose(const char *markdown, guint *charts_asked, GError **error)
{
	struct report *report = fixture_report();
	struct narrative narrative = {
		.report = report, .format = &swiss, .chart = offer_chart, .data = charts_asked
	};
	figures_add(report->figures, "nodes.one", UNIT_NODES, 1, "Nodes, one")->text = g_strdup(
		"1");
	char *blocks = compose_in(&narrative, "words.md", markdown, error);

	report_free(report);
	return blocks;
}

static const struct {
	const char *markdown, *blocks;
} good[] = {
	/* Markdown */
	{ "", "" },
	{ "One *two* **three** `four`", "(paragraph [One ][_[two]][ ][*[three]][ ][`four])" },
	{ "a line\nand another", "(paragraph [a line and another])" },
	{ ":::if jobs.count\n\n# a\n\n:::else\n\n# b\n\n:::end", "(heading 1 a [a])" },
	{ ":::if gpu.used.share\n\n# a\n\n:::end\n\n# b", "(heading 1 b [b])" },
	{ "# Own or rent\n\n## Own or rent\n\na",
	  "(heading 1 own-or-rent [Own or rent])(heading 2 own-or-rent-2 [Own or rent])(paragraph [a])" },
	{ "#### §\n\na", "(heading 4 section [§])(paragraph [a])" },
	{ "- a\n- b", "(list(item(paragraph [a]))(item(paragraph [b])))" },
	{ "1. a\n\n   - b", "(list ordered(item(paragraph [a])(list(item(paragraph [b])))))" },
	{ "    sacct {x} :::if", "(code sacct {x} :::if)" },
	{ "```\none\ntwo\n```", "(code one\ntwo)" },
	{ "[see](findings/own-or-rent)", "(paragraph [@[see]→findings/own-or-rent])" },
	{ "[m](method#figure-jobs.count) [t](#top) [s](https://slurm.schedmd.com/)",
	  "(paragraph [@[m]→method#figure-jobs.count][ ][@[t]→#top][ ][@[s]→https://slurm.schedmd.com/])" },

	/* Figures */
	{ "It is {jobs.count}.", "(paragraph [It is ][#48,213→jobs.count][.])" },
	{ "**{jobs.count}**{nodes.owned}",
	  "(paragraph [*[#48,213→jobs.count]][#120→nodes.owned])" },
	{ "{assumption.core_hour_rate} a_b {nodes.best}",
	  "(paragraph [#$0.037→assumption.core_hour_rate][ a_b ][#74→nodes.best])" },
	{ "{gpu.used.share}", "(paragraph [#not known→gpu.used.share])" },
	{ "`{jobs.count}`", "(paragraph [`{jobs.count}])" },
	{ "{nodes.one} {nodes.one|node is|nodes are} left",
	  "(paragraph [#1→nodes.one][ node is left])" },
	{ "{nodes.one|One of {nodes.best}|{nodes.one} of {nodes.best}}",
	  "(paragraph [One of ][#74→nodes.best])" },
	{ "{nodes.best} {nodes.best|node is|nodes are} left, *one{nodes.one||s}*",
	  "(paragraph [#74→nodes.best][ nodes are left, ][_[one]])" },
	{ "## {nodes.best} nodes of {nodes.owned}\n\na",
	  "(heading 2 nodes-of [#74→nodes.best][ nodes of ][#120→nodes.owned])(paragraph [a])" },

	{ "{nodes.best..nodes.owned?between {nodes.best} and {nodes.owned}|{nodes.best}} nodes",
	  "(paragraph [between ][#74→nodes.best][ and ][#120→nodes.owned][ nodes])" },
	{ "{nodes.best..nodes.best?between {nodes.best} and {nodes.best}|{nodes.best}} nodes",
	  "(paragraph [#74→nodes.best][ nodes])" },

	/* Conditions */
	{ ":::if nodes.best..nodes.owned\n\nyes\n\n:::else\n\nno\n\n:::end", "(paragraph [yes])" },
	{ ":::if jobs.count\n\nyes\n\n:::end\n\nafter", "(paragraph [yes])(paragraph [after])" },
	{ ":::if jobs.count\n\nyes\n\n:::else\n\nno\n\n:::end", "(paragraph [yes])" },
	{ ":::unless jobs.count\n\nyes\n\n:::else\n\nno\n\n:::end", "(paragraph [no])" },
	{ ":::if gpu.used.share\n\nyes\n\n:::else\n\nno\n\n:::end", "(paragraph [no])" },
	{ ":::if pool.largest\n\n{pool.largest}\n\n:::end",
	  "(paragraph [#standard nodes, 64 cores→pool.largest])" },
	{ ":::if gpu.used.share\n\na\n\n:::if jobs.count\n\nb\n\n:::else\n\nc\n\n:::end\n\n:::else\n\n"
	  ":::unless jobs.count\n\nd\n\n:::else\n\ne\n\n:::end\n\n:::end",
	  "(paragraph [e])" },
	{ ":::if jobs.count\n\n:::if gpu.used.share\n\na\n\n:::end\n\nb\n\n:::end",
	  "(paragraph [b])" },
	{ ":::if gpu.used.share\n\n:::callout note\n\na\n\n:::end\n\n:::end\n\nb",
	  "(paragraph [b])" },

	{ "Of {jobs.count?{jobs.count} {jobs.count|job|jobs}|none}{gpu.used.share?, {gpu.used.share} used|, none used}{gpu.used.share? x}.",
	  "(paragraph [Of ][#48,213→jobs.count][ jobs, none used.])" },

	/* A heading under which nothing is left */
	{ "# a\n\n## b\n\n:::chart nothing-to-draw\n\n## c\n\nd",
	  "(heading 1 a [a])(heading 2 c [c])(paragraph [d])" },
	{ "# a\n\n## b\n\n### c\n\n:::if gpu.used.share\n\nd\n\n:::end", "(heading 1 a [a])" },
	{ "## a\n\n### b\n\nc\n\n## d\n\n:::if gpu.used.share\n\ne\n\n:::end",
	  "(heading 2 a [a])(heading 3 b [b])(paragraph [c])" },
	{ ":::columns\n\n:::column\n\n## a\n\n:::if gpu.used.share\n\nb\n\n:::end\n\n## c\n\nd\n\n:::column\n\ne\n\n:::end",
	  "(columns(column(heading 2 c [c])(paragraph [d]))(column(paragraph [e])))" },

	/* Blocks of their own */
	{ ":::lede\n\nFirst {nodes.best}.\n\nSecond.",
	  "(lede [First ][#74→nodes.best][.])(paragraph [Second.])" },
	{ ":::tiles nodes.owned  nodes.best", "(tiles nodes.owned nodes.best)" },
	{ ":::tiles jobs.count {nodes.owned?nodes.owned nodes.best|nodes.owned} jobs.count",
	  "(tiles jobs.count nodes.owned nodes.best jobs.count)" },
	{ ":::chart demand\n\n:::chart nothing-to-draw", "(chart demand)" },
	{ ":::table months", "(table months “Months” 12/4)" },
	{ ":::table users", "(table users “Users” 30/8)" },
	{ ":::table users columns=user,cost rows=10 caption=\"The ten largest of {jobs.count} jobs\"",
	  "(table users “The ten largest of 48,213 jobs” 10/2 and 20 more, in tables/users.csv)" },
	{ ":::table months rows=12", "(table months “Months” 12/4)" },
	{ ":::grid \"Risk\" \"How likely\" caption=\"Of {jobs.count}\"\n\n:::row \"A {nodes.best} b\" \" __ \"\n\n:::end\n\na",
	  "(table grid “Of 48,213” 1/2; A 74 b|__)(paragraph [a])" },
	{ ":::grid A caption=b\n\n:::if jobs.count\n\n:::row yes\n\n:::else\n\n:::row no\n\n:::end\n\n:::row also\n\n:::end",
	  "(table grid “b” 2/1; yes; also)" },
	{ ":::if gpu.used.share\n\n:::grid A caption=b\n\n:::row no\n\n:::end\n\n:::end\n\na",
	  "(paragraph [a])" },
	{ ":::callout warning\n\na\n\n- b\n\n:::end",
	  "(callout warning(paragraph [a])(list(item(paragraph [b]))))" },
	{ ":::columns\n\n:::column\n\na\n\n:::column\n\n:::if jobs.count\n\nb\n\n:::end\n\n:::end\n\nc",
	  "(columns(column(paragraph [a]))(column(paragraph [b])))(paragraph [c])" },
};

START_TEST(markdown_and_figures_become_blocks)
{
	g_autoptr(GError) error = NULL;
	guint asked = 0;
	g_autofree char *blocks = compose(good[_i].markdown, &asked, &error);

	ck_assert_msg(!error, "%s", error ? error->message : "");
	ck_assert_str_eq(blocks, good[_i].blocks);
}
END_TEST

#define BRACE \
	"a brace stands for a figure, as in {jobs.count}, for a word by one, as in {jobs.count|job|jobs}, or for words " \
	"where there is one, as in {jobs.count?jobs ran}; by itself it may stand only in code"
#define TWO_TITLES "a page has one title: this is its second heading of one #"
#define NO_LEDE ":::lede is not followed by a paragraph"

static const struct {
	const char *markdown, *message;
} bad[] = {
	{ "a\n\n\n{jobs.cuont}",
	  "line 4: there is no figure “jobs.cuont”; did you mean jobs.count?" },
	{ "{", "line 1: " BRACE },
	{ "a } b", "line 1: " BRACE },
	{ "{}", "line 1: " BRACE },
	{ "{two words}", "line 1: " BRACE },
	{ "{jobs.count|job}", "line 1: " BRACE },
	{ "{jobs.count|a|b|c}", "line 1: " BRACE },
	{ "{nodes.one|one|{nope}}", "line 1: there is no figure “nope”" },
	{ "{nope|job|jobs}", "line 1: there is no figure “nope”" },
	{ "{nope?a}", "line 1: there is no figure “nope”" },
	{ "{jobs.count..nope?a}", "line 1: there is no figure “nope”" },
	{ "{nope..jobs.count?a}", "line 1: there is no figure “nope”" },
	{ "{jobs.count..?a}", "line 1: there is no figure “”" },
	{ "{jobs.count..jobs.count}", "line 1: there is no figure “jobs.count..jobs.count”" },
	{ "{jobs.count?a|{nope}}", "line 1: there is no figure “nope”" },
	{ "{gpu.used.share?{nope}}", "line 1: there is no figure “nope”" },
	{ "{jobs.count?a|b|c}", "line 1: " BRACE },
	{ "{jobs.count?{a}", "line 1: " BRACE },
	{ "{jobs.count\n}", "line 1: " BRACE },
	{ "- a\n- *{nope}*", "line 2: there is no figure “nope”" },
	{ ":::if gpu.used.share\n\n{nope}\n\n:::end", "line 3: there is no figure “nope”" },
	{ ":::if nope\n\n:::end", "line 1: there is no figure “nope”" },
	{ ":::tiles jobs.count nope", "line 1: there is no figure “nope”" },
	{ ":::tiles", "line 1: :::tiles names no figure" },
	{ ":::tiles {jobs.count?jobs.count|nope}", "line 1: there is no figure “nope”" },
	{ ":::tiles {jobs.count}", "line 1: there is no figure “48,213”" },
	{ ":::if", "line 1: :::if takes one word after it" },
	{ ":::if jobs.count\n\na", "line 1: what begins here has no :::end" },
	{ ":::end", "line 1: :::end without a beginning" },
	{ ":::if jobs.count\n\n:::end now", "line 3: :::end takes nothing after it" },
	{ "a\n\n:::else", "line 3: :::else without an :::if" },
	{ ":::if jobs.count\n\n:::else\n\n:::else\n\n:::end", "line 5: :::else without an :::if" },
	{ ":::callout note\n\n:::else\n\n:::end", "line 3: :::else without an :::if" },
	{ ":::wenn jobs.count", "line 1: there is no directive “:::wenn jobs.count”" },
	{ ":::", "line 1: there is no directive “:::”" },
	{ ":::lede\n\n# a", "line 1: " NO_LEDE },
	{ ":::lede\n\n:::tiles jobs.count", "line 1: " NO_LEDE },
	{ "a\n\n:::lede", "line 3: " NO_LEDE },
	{ ":::table", "line 1: :::table names no dataset" },
	{ ":::table nope", "line 1: there is no dataset “nope”" },
	{ ":::table users columns=user,colour", "line 1: dataset “users” has no column “colour”" },
	{ ":::table users rows=ten",
	  "line 1: rows=ten is not a number from 1 to 1000000, nor a figure" },
	{ ":::table users rows=0",
	  "line 1: rows=0 is not a number from 1 to 1000000, nor a figure" },
	{ ":::table users sort=jobs",
	  "line 1: a table has where=, columns=, rows=, caption= and anchors=, not “sort=jobs”" },
	{ ":::table users caption={nope}", "line 1: there is no figure “nope”" },
	{ ":::callout loud\n\n:::end", "line 1: a callout is a note or a warning, not “loud”" },
	{ ":::column", "line 1: :::column outside :::columns" },
	{ ":::row a", "line 1: :::row outside :::grid" },
	{ ":::callout note\n\n:::row a\n\n:::end", "line 3: :::row outside :::grid" },
	{ ":::grid A B\n\n:::end", "line 1: :::grid wants its columns and a caption=" },
	{ ":::grid caption=b\n\n:::end", "line 1: :::grid wants its columns and a caption=" },
	{ ":::grid A B caption=c\n\n:::row a\n\n:::end",
	  "line 3: a row of this grid has 2 cells, each in quotes" },
	{ ":::grid A caption=c\n\n:::if gpu.used.share\n\n:::row {nope}\n\n:::end\n\n:::end",
	  "line 5: there is no figure “nope”" },
	{ ":::grid A caption=c\n\na\n\n:::end",
	  "line 3: inside :::grid there are only lines of :::row" },
	{ ":::grid A caption=c\n\n:::if jobs.count\n\na\n\n:::end\n\n:::end",
	  "line 5: inside :::grid there are only lines of :::row" },
	{ ":::columns\n\na\n\n:::end",
	  "line 3: inside :::columns everything stands under a :::column" },
	{ ":::columns\n\n:::tiles jobs.count\n\n:::end",
	  "line 3: inside :::columns everything stands under a :::column" },
	{ ":::if jobs.count\na\n:::end",
	  "line 1: “:::if jobs.count” needs a line of its own, plain, with blank lines "
	  "around it" },
	{ "a\n:::end",
	  "line 1: “:::end” needs a line of its own, with blank lines around it, outside lists" },
	{ "- :::tiles jobs.count",
	  "line 1: “:::tiles jobs.count” needs a line of its own, with blank lines around it, "
	  "outside lists" },
	{ "<b>raw</b>", "line 1: html_inline is not used in a narrative" },
	{ "<div>\nraw\n</div>", "line 1: html_block is not used in a narrative" },
	{ "![a](b.png)", "line 1: image is not used in a narrative" },
	{ "> a", "line 1: block_quote is not used in a narrative" },
	{ "# a\n\nb\n\n# c", "line 5: " TWO_TITLES },
	{ "# a\n\n:::if gpu.used.share\n\n# b\n\n:::end", "line 5: " TWO_TITLES },
	{ ":::if gpu.used.share\n\n# a\n\n# b\n\n:::end", "line 5: " TWO_TITLES },
	{ ":::if jobs.count\n\n# a\n\n:::else\n\n# b\n\n:::end\n\n# c", "line 11: " TWO_TITLES },
	{ ":::if jobs.count\n\n:::if gpu.used.share\n\n:::else\n\n# a\n\n:::end\n\n:::end\n\n# b",
	  "line 13: " TWO_TITLES },
	{ "- # a\n\n:::callout note\n\n# b\n\n:::end", "line 5: " TWO_TITLES },
	{ ":::callout note\n\n# a\n\n:::end\n\n# b", "line 7: " TWO_TITLES },
	{ "##### deep", "line 1: a heading has at most four #" },
	{ "[a](javascript:alert)",
	  "line 1: “javascript:alert” is neither a page, an #anchor nor an https:// address" },
	{ "[a](http://example.org/)",
	  "line 1: “http://example.org/” is neither a page, an #anchor nor an https:// address" },
	{ "[a](/etc/passwd)",
	  "line 1: “/etc/passwd” is neither a page, an #anchor nor an https:// address" },
	{ "[a](../x)", "line 1: “../x” is neither a page, an #anchor nor an https:// address" },
};

START_TEST(a_mistake_in_a_template_is_told_with_file_and_line)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *expected = g_strconcat("words.md, ", bad[_i].message, NULL);
	guint asked = 0;
	g_autofree char *blocks = compose(bad[_i].markdown, &asked, &error);

	ck_assert_ptr_null(blocks);
	ck_assert_ptr_nonnull(error);
	ck_assert_str_eq(error->message, expected);
}
END_TEST

START_TEST(a_chart_of_a_branch_that_is_not_taken_is_not_made)
{
	guint asked = 0;
	g_autofree char *blocks =
	        compose(":::if gpu.used.share\n\n:::chart a\n\n:::else\n\n:::chart b\n\n:::end",
	                &asked, NULL);

	ck_assert_str_eq(blocks, "(chart b)");
	ck_assert_uint_eq(asked, 1);
}
END_TEST

START_TEST(a_figure_that_looks_like_markup_stays_text)
{
	struct report *report = fixture_report();
	struct narrative narrative = { .report = report, .format = &swiss };
	g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func((GDestroyNotify)block_free);
	GString *out = g_string_new(NULL);

	figures_add_text(report->figures, "hostile", "**x** {jobs.count} <b> [a](b)", "Hostile");
	ck_assert(narrative_compose(&narrative, "words.md", "{hostile}", blocks, NULL));
	print_blocks(out, blocks);
	ck_assert_str_eq(out->str, "(paragraph [#**x** {jobs.count} <b> [a](b)→hostile])");
	g_string_free(out, TRUE);
	report_free(report);
}
END_TEST

START_TEST(what_a_table_leaves_out_is_counted_as_numbers_are_printed)
{
	struct report *report = fixture_report();
	struct narrative narrative = { .report = report, .format = &swiss };
	struct dataset *things = dataset_new("things", "Things", "A row is a thing.");

	dataset_add_column(things, "name", "Name", UNIT_TEXT);
	for (guint i = 0; i < 1244; i++)
		dataset_add_row(things);
	g_ptr_array_add(report->datasets, things);
	g_autofree char *blocks = compose_in(&narrative, "words.md",
	                                     ":::table things columns=name rows=10 caption=\"Ten\"",
	                                     NULL);
	ck_assert_str_eq(blocks, "(table things “Ten” 10/1 and 1’234 more, in tables/things.csv)");
	report_free(report);
}
END_TEST

/* What a page about the second user is made of. */
static char *compose_row(const char *markdown, GError **error)
{
	struct report *report = fixture_report();
	struct narrative narrative = { .report = report,
		                       .format = &swiss,
		                       .dataset = report_dataset(report, "users"),
		                       .row = 1 };
	char *blocks = compose_in(&narrative, "row.md", markdown, error);

	report_free(report);
	return blocks;
}

START_TEST(a_page_about_a_row_has_the_words_of_its_cells)
{
	g_autofree char *words = compose_row("{row.user} of {row.group}", NULL);
	g_autofree char *taken = compose_row(":::if row.jobs\n\nsome\n\n:::else\n\nnone\n\n:::end",
	                                     NULL);

	ck_assert_str_eq(words, "(paragraph [user_0002 of group_08])");
	ck_assert_str_eq(taken, "(paragraph [some])");
}
END_TEST

START_TEST(a_table_of_a_page_about_a_row_may_have_the_rows_of_its_name_alone)
{
	struct report *report = fixture_report();
	const struct dataset *users = report_dataset(report, "users");
	struct dataset *picked = dataset_pick(users, (guint)dataset_column_find(users, "user"),
	                                      "user_0002");

	ck_assert_uint_eq(picked->rows->len, 1);
	ck_assert_uint_eq(picked->columns->len, users->columns->len);
	for (guint i = 0; i < users->columns->len; i++)
		ck_assert_str_eq(dataset_cell(picked, 0, i)->text, dataset_cell(users, 1, i)->text);
	report_free(report);
	ck_assert_str_eq(dataset_cell(picked, 0, 0)->text, "user_0002");
	dataset_free(picked);
}
END_TEST

START_TEST(a_row_that_is_not_there_is_told)
{
	GError *error = NULL;

	ck_assert_ptr_null(compose_row("{row.shoes}", &error));
	ck_assert_str_eq(error->message, "row.md, line 1: dataset “users” has no column “shoes”");
	g_clear_error(&error);
	ck_assert_ptr_null(compose("{row.user}", NULL, &error));
	ck_assert_str_eq(error->message, "words.md, line 1: “row.user”: this page is about no row");
	g_clear_error(&error);
	ck_assert_ptr_null(compose(":::table users where=group", NULL, &error));
	ck_assert_str_eq(error->message,
	                 "words.md, line 1: where=group: this page is about no row");
	g_clear_error(&error);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("narrative");
	TCase *cases = tcase_create("narrative");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(cases, markdown_and_figures_become_blocks, 0, G_N_ELEMENTS(good));
	tcase_add_loop_test(cases, a_mistake_in_a_template_is_told_with_file_and_line, 0,
	                    G_N_ELEMENTS(bad));
	tcase_add_test(cases, what_a_table_leaves_out_is_counted_as_numbers_are_printed);
	tcase_add_test(cases, a_chart_of_a_branch_that_is_not_taken_is_not_made);
	tcase_add_test(cases, a_page_about_a_row_has_the_words_of_its_cells);
	tcase_add_test(cases, a_table_of_a_page_about_a_row_may_have_the_rows_of_its_name_alone);
	tcase_add_test(cases, a_row_that_is_not_there_is_told);
	tcase_add_test(cases, a_figure_that_looks_like_markup_stays_text);
	suite_add_tcase(suite, cases);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
