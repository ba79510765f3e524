/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <glib/gstdio.h>
#include <gmime/gmime.h>
#include <stdlib.h>

#include "render/mail.h"
#include "render/render.h"
#include "tests/fixture_report.h"

/* A mail of the fixture's report, and the message read back. */
struct letter {
	struct report *report;
	char *folder;
	struct outdir *outdir;
	GError *error;
	char *text;
	gsize length;
	GMimeMessage *message;
	GPtrArray *parts; /* GMimeObject, borrowed, as they stand */
};

static void letter_init(struct letter *letter)
{
	g_autofree char *path = NULL;

	*letter = (struct letter){ .report = fixture_report(),
		                   .folder = g_dir_make_tmp("check-mail-XXXXXX", NULL) };
	path = g_build_filename(letter->folder, "report", NULL);
	letter->outdir = outdir_open(path, NULL);
	letter->report->mail = letter->report->summary;
	letter->report->mail_subject = g_strdup("Savings");
	ck_assert(
		sink_close(outdir_sink(letter->outdir, "executive-summary.pdf", NULL), NULL, NULL));
}

static void collect(GMimeObject *parent, GMimeObject *part, gpointer parts)
{
	(void)parent;
	g_ptr_array_add(parts, part);
}

static gboolean letter_write(struct letter *letter)
{
	g_autofree char *path = g_build_filename(outdir_path(letter->outdir), "summary.eml", NULL);
	GMimeStream *stream;
	GMimeParser *parser;

	if (!render_mail(letter->report, letter->outdir, NULL, &letter->error))
		return FALSE;
	letter->parts = g_ptr_array_new();
	if (!g_file_get_contents(path, &letter->text, &letter->length, NULL))
		return TRUE;
	stream = g_mime_stream_mem_new_with_buffer(letter->text, letter->length);
	parser = g_mime_parser_new_with_stream(stream);
	letter->message = g_mime_parser_construct_message(parser, NULL);
	ck_assert_ptr_nonnull(letter->message);
	g_mime_message_foreach(letter->message, collect, letter->parts);
	g_object_unref(parser);
	g_object_unref(stream);
	return TRUE;
}

static void letter_clear(struct letter *letter)
{
	letter->report->mail = NULL;
	g_clear_object(&letter->message);
	g_clear_pointer(&letter->parts, g_ptr_array_unref);
	g_free(letter->text);
	g_clear_error(&letter->error);
	outdir_abort(letter->outdir);
	g_rmdir(letter->folder);
	g_free(letter->folder);
	report_free(letter->report);
}

static char *part_text(const struct letter *letter, const char *subtype)
{
	for (guint i = 0; i < letter->parts->len; i++)
		if (g_mime_content_type_is_type(g_mime_object_get_content_type(
							letter->parts->pdata[i]),
		                                "text", subtype))
			return g_mime_text_part_get_text(letter->parts->pdata[i]);
	ck_abort_msg("there is no text/%s", subtype);
	return NULL;
}

START_TEST(a_mail_is_made_of_text_html_a_picture_and_two_files)
{
	static const char *const types[] = {
		"multipart/mixed",
		"multipart/alternative",
		"text/plain",
		"multipart/related",
		"text/html",
		"image/png",
		"application/pdf",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	};
	struct letter letter;

	letter_init(&letter);
	ck_assert(letter_write(&letter));
	ck_assert_uint_eq(letter.parts->len, G_N_ELEMENTS(types));
	for (guint i = 0; i < letter.parts->len; i++) {
		GMimeContentType *type = g_mime_object_get_content_type(letter.parts->pdata[i]);
		g_autofree char *name = g_mime_content_type_get_mime_type(type);

		ck_assert_str_eq(name, types[i]);
	}
	ck_assert_str_eq(g_mime_part_get_filename(letter.parts->pdata[6]), "executive-summary.pdf");
	ck_assert_str_eq(g_mime_part_get_filename(letter.parts->pdata[7]), "savings.xlsx");
	letter_clear(&letter);
}
END_TEST

START_TEST(text_and_html_print_a_figure_as_the_report_does)
{
	static const char *const ids[] = { "saving.total.low", "saving.total.expected",
		                           "saving.total.high" };
	struct letter letter;

	letter_init(&letter);
	ck_assert(letter_write(&letter));
	for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
		const char *figure = figures_find(letter.report->figures, ids[i])->text;
		g_autofree char *text = part_text(&letter, "plain"),
				*html = part_text(&letter, "html");

		ck_assert_msg(strstr(text, figure) != NULL, "the text lacks %s", figure);
		ck_assert_msg(strstr(html, figure) != NULL, "the HTML lacks %s", figure);
		ck_assert_ptr_nonnull(strstr(text, letter.report->notice));
		ck_assert_ptr_nonnull(strstr(html, letter.report->notice));
	}
	letter_clear(&letter);
}
END_TEST

START_TEST(how_a_figure_changed_stands_beside_it)
{
	struct letter letter;
	g_autofree char *text = NULL, *html = NULL;

	letter_init(&letter);
	figures_add_text(letter.report->figures, "change.saving.total.low", "12 % more", "Change");
	ck_assert(letter_write(&letter));
	text = part_text(&letter, "plain");
	html = part_text(&letter, "html");
	ck_assert_ptr_nonnull(strstr(text, " (12 % more than before)\n"));
	ck_assert_ptr_nonnull(strstr(html, ">12 % more than before</p>"));
	letter_clear(&letter);
}
END_TEST

START_TEST(a_chart_has_a_picture_that_is_called_by_it_and_words_for_it)
{
	struct letter letter;
	g_autofree char *html = NULL;

	letter_init(&letter);
	ck_assert(letter_write(&letter));
	html = part_text(&letter, "html");
	const char *id = g_mime_part_get_content_id(letter.parts->pdata[5]);
	g_autofree char *source = g_strdup_printf("src=\"cid:%s\"", id);
	ck_assert(g_regex_match_simple("^demand\\.[0-9a-f]{16}@[a-z]+\\.invalid$", id, 0, 0));
	ck_assert_ptr_nonnull(strstr(html, source));
	ck_assert_ptr_nonnull(strstr(html, "alt=\"Chart: "));
	letter_clear(&letter);
}
END_TEST

START_TEST(the_same_report_makes_the_same_bytes_and_another_head_another_identity)
{
	struct letter letters[4];

	for (guint i = 0; i < 4; i++) {
		letter_init(&letters[i]);
		if (i == 2) {
			g_free(letters[i].report->mail_subject);
			letters[i].report->mail_subject = g_strdup("Other");
		}
		if (i == 3)
			letters[i].report->mail_to = g_strdup("dean@example.org");
		ck_assert(letter_write(&letters[i]));
	}
	ck_assert_str_eq(letters[0].text, letters[1].text);
	for (guint i = 2; i < 4; i++)
		ck_assert_str_ne(g_mime_message_get_message_id(letters[0].message),
		                 g_mime_message_get_message_id(letters[i].message));
	for (guint i = 0; i < 4; i++)
		letter_clear(&letters[i]);
}
END_TEST

START_TEST(the_date_is_the_end_of_the_data)
{
	struct letter letter;

	letter_init(&letter);
	ck_assert(letter_write(&letter));
	ck_assert_int_eq(g_date_time_to_unix(g_mime_message_get_date(letter.message)),
	                 letter.report->date);
	letter_clear(&letter);
}
END_TEST

START_TEST(words_beyond_ascii_come_back_from_the_head_as_they_were)
{
	struct letter letter;

	letter_init(&letter);
	g_free(letter.report->mail_subject);
	letter.report->mail_subject = g_strdup(
		"Größe – 報告 der Universität, ein sehr langer Betreff, der in keine einzige Zeile "
	        "eines Kopfes passt");
	letter.report->mail_from = g_strdup("Prüfstelle <hpc@example.org>");
	ck_assert(letter_write(&letter));
	ck_assert_str_eq(g_mime_message_get_subject(letter.message), letter.report->mail_subject);
	g_autofree char *from = internet_address_list_to_string(g_mime_message_get_from(
									letter.message),
	                                                        NULL, FALSE);
	ck_assert_str_eq(from, "Prüfstelle <hpc@example.org>");
	for (const char *at = letter.text; at < strstr(letter.text, "\n\n"); at++)
		ck_assert((unsigned char)*at < 0x80);
	letter_clear(&letter);
}
END_TEST

START_TEST(nothing_in_a_value_begins_a_header)
{
	static const char *const hostile[] = {
		"a\nBcc: mallory@example.org", "a\r\nBcc: mallory@example.org",      "a\n\nbody",
		"a\r\n\r\n<script>",           "=?utf-8?q?a=0ABcc:_m@example.org?=", "a\u202eb"
	};
	const char *const heads[] = { "From",       "To",           "Subject",     "Date",
		                      "Message-Id", "MIME-Version", "Content-Type" };

	for (guint i = 0; i < G_N_ELEMENTS(hostile); i++) {
		struct letter letter;

		letter_init(&letter);
		g_free(letter.report->mail_subject);
		letter.report->mail_subject = g_strdup(hostile[i]);
		letter.report->mail_from = g_strdup_printf("%s <hpc@example.org>", hostile[i]);
		letter.report->mail_to = g_strdup_printf("hpc@example.org, %s", hostile[i]);
		ck_assert(letter_write(&letter));
		GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(letter.message));
		for (int k = 0; k < g_mime_header_list_get_count(list); k++) {
			const char *name = g_mime_header_get_name(
				g_mime_header_list_get_header_at(list, k));
			gboolean known = FALSE;

			for (guint n = 0; n < G_N_ELEMENTS(heads); n++)
				known |= g_str_equal(name, heads[n]);
			ck_assert_msg(known, "“%s” made a header %s", hostile[i], name);
		}
		ck_assert_uint_eq(letter.parts->len, 8);
		ck_assert_ptr_null(strstr(g_mime_message_get_subject(letter.message), "\u202e"));
		letter_clear(&letter);
	}
}
END_TEST

static const struct { const char *text; gboolean one, all; } addresses[] = {
	{ "hpc@example.org", TRUE, TRUE },
	{ "Research Computing <hpc@example.org>", TRUE, TRUE },
	{ "\"Dean, the\" <dean@example.org>", TRUE, TRUE },
	{ "Prüfstelle <hpc@example.org>", TRUE, TRUE },
	{ "a@example.org, B <b@example.org>", FALSE, TRUE },
	{ "", FALSE, FALSE },
	{ "nobody", FALSE, FALSE },
	{ "a@example.org, nobody", FALSE, FALSE },
	{ "friends: a@example.org, b@example.org;", FALSE, FALSE },
	{ "<a@example.org", FALSE, FALSE },
	{ "a@example.org b@example.org", FALSE, TRUE },
	{ "a@example.org; b@example.org", FALSE, FALSE },
	{ "@example.org", FALSE, FALSE },
	{ "a@", FALSE, FALSE },
	{ "a@b@example.org", FALSE, FALSE },
	{ "Team <hpc@example.org> and others", FALSE, FALSE },
	{ "a@example.org, B <b@example.org> both of them", FALSE, FALSE },
	{ "hpc@example.org (the team)", TRUE, TRUE },
	{ "\"Ann \\\"the\\\" Dean\" <dean@example.org>", TRUE, TRUE },
	{ "\"Dean @ lab\" <dean@example.org>", TRUE, TRUE },
	{ "\"a@example.org\"", FALSE, FALSE },
	{ "\"a@b\"@example.org", TRUE, TRUE },
	{ "ä@example.org", FALSE, FALSE },
	{ "a@größe.example.org", TRUE, TRUE },
};

START_TEST(addresses_are_mailboxes_with_a_domain)
{
	ck_assert_msg(mail_addresses_valid(addresses[_i].text, TRUE, NULL) == addresses[_i].one,
	              "one: %s", addresses[_i].text);
	ck_assert_msg(mail_addresses_valid(addresses[_i].text, FALSE, NULL) == addresses[_i].all,
	              "all: %s", addresses[_i].text);
}
END_TEST

START_TEST(the_workbook_that_is_mailed_has_no_row_of_a_person)
{
	struct letter letter;
	GString *words = g_string_new(NULL);

	letter_init(&letter);
	((struct dataset *)report_dataset(letter.report, "users"))->people = TRUE;
	ck_assert(letter_write(&letter));
	ck_assert_msg(legible_mail(letter.text, letter.length, words, &letter.error), "%s",
	              letter.error->message);
	ck_assert_ptr_nonnull(strstr(words->str, "The inputs of the model"));
	ck_assert_msg(!strstr(words->str, "user_"), "%.40s", strstr(words->str, "user_"));
	g_string_free(words, TRUE);
	letter_clear(&letter);
}
END_TEST

START_TEST(what_is_read_in_a_mail_has_its_codings_undone)
{
	struct letter letter;
	GString *words = g_string_new(NULL);

	letter_init(&letter);
	g_free(letter.report->mail_subject);
	letter.report->mail_subject = g_strdup("Für Zaphod Beeblebroxström");
	letter.report->mail_to = g_strdup("Arthur Dent <dent@example.org>");
	ck_assert(letter_write(&letter));
	ck_assert_msg(legible_mail(letter.text, letter.length, words, &letter.error), "%s",
	              letter.error->message);
	ck_assert_ptr_nonnull(strstr(words->str, "Für Zaphod Beeblebroxström"));
	ck_assert_ptr_nonnull(strstr(words->str, "Arthur Dent <dent@example.org>"));
	ck_assert_ptr_nonnull(strstr(words->str, "filename=savings.xlsx"));
	ck_assert_ptr_nonnull(
		strstr(words->str, figures_find(letter.report->figures, "saving.total.low")->text));
	g_string_free(words, TRUE);
	letter_clear(&letter);
}
END_TEST

/* A chart of which the words of a mail do not tell the bar: only its picture does. */
static void draw(struct letter *letter, const char *bar)
{
	struct block *block = block_new(BLOCK_CHART);

	block->chart = chart_new(CHART_BARS, "drawn");
	block->chart->title = g_strdup("Drawn");
	chart_point_add(chart_series_add(block->chart, "Hours", INK_SERIES_1), 0, 1, bar, NULL);
	g_ptr_array_add(letter->report->mail->blocks, block);
}

START_TEST(nobody_is_in_a_picture_of_a_mail)
{
	struct letter letter;

	letter_init(&letter);
	draw(&letter, "user_0007");
	ck_assert(!letter_write(&letter));
	ck_assert_ptr_nonnull(
		strstr(letter.error->message, "summary.eml: mail.md speaks of user_0007"));
	letter_clear(&letter);
}
END_TEST

static void take_text(void *data, const char *file, const char *text, gsize length)
{
	(void)file;
	g_string_append_len(data, text, (gssize)length);
}

START_TEST(what_is_drawn_in_a_mail_is_looked_through_too)
{
	struct letter letter;
	GString *text = g_string_new(NULL);
	const struct legible legible = { take_text, text };

	letter_init(&letter);
	draw(&letter, "zaphod");
	ck_assert(render_mail(letter.report, letter.outdir, &legible, &letter.error));
	ck_assert_ptr_nonnull(strstr(text->str, "zaphod\n"));
	g_string_free(text, TRUE);
	letter_clear(&letter);
}
END_TEST

START_TEST(a_mail_that_is_too_long_to_be_shown_is_refused)
{
	struct letter letter;

	letter_init(&letter);
	for (guint i = 0; i < 900; i++) {
		struct block *block = block_new(BLOCK_PARAGRAPH);

		block_add_inline(block,
		                 inline_new(INLINE_TEXT,
		                            "Much is said here, and more than anybody will read."));
		g_ptr_array_add(letter.report->mail->blocks, block);
	}
	ck_assert(!letter_write(&letter));
	ck_assert_ptr_nonnull(strstr(letter.error->message, "summary.eml: its HTML has "));
	letter_clear(&letter);
}
END_TEST

START_TEST(a_report_without_a_mail_makes_none)
{
	struct letter letter;

	letter_init(&letter);
	letter.report->mail = NULL;
	ck_assert(letter_write(&letter));
	ck_assert_ptr_null(letter.text);
	letter_clear(&letter);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("mail");
	TCase *cases = tcase_create("mail");
	tcase_add_test(cases, a_mail_is_made_of_text_html_a_picture_and_two_files);
	tcase_add_test(cases, text_and_html_print_a_figure_as_the_report_does);
	tcase_add_test(cases, how_a_figure_changed_stands_beside_it);
	tcase_add_test(cases, a_chart_has_a_picture_that_is_called_by_it_and_words_for_it);
	tcase_add_test(cases,
	               the_same_report_makes_the_same_bytes_and_another_head_another_identity);
	tcase_add_test(cases, the_date_is_the_end_of_the_data);
	tcase_add_test(cases, words_beyond_ascii_come_back_from_the_head_as_they_were);
	tcase_add_test(cases, nothing_in_a_value_begins_a_header);
	tcase_add_loop_test(cases, addresses_are_mailboxes_with_a_domain, 0,
	                    G_N_ELEMENTS(addresses));
	tcase_add_test(cases, the_workbook_that_is_mailed_has_no_row_of_a_person);
	tcase_add_test(cases, what_is_read_in_a_mail_has_its_codings_undone);
	tcase_add_test(cases, nobody_is_in_a_picture_of_a_mail);
	tcase_add_test(cases, what_is_drawn_in_a_mail_is_looked_through_too);
	tcase_add_test(cases, a_mail_that_is_too_long_to_be_shown_is_refused);
	tcase_add_test(cases, a_report_without_a_mail_makes_none);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
