/* SPDX-License-Identifier: Apache-2.0 */
#include "render/mail.h"

#include <gmime/gmime.h>
#include <string.h>

#include "base/digest.h"
#include "base/error.h"
#include "render/render.h"

#define NAME "summary.eml"
#define MOST_HTML 80000 /* bytes; some programs cut what is longer */

/* What will be in the message. */
struct parts {
	GString *text, *html;
	GPtrArray *charts;   /* struct chart, borrowed */
	GPtrArray *pictures; /* GBytes, one a chart */
	GBytes *page, *workbook;
	char *digest; /* of all of it: names the message and its borders */
};

static void parts_clear(struct parts *parts)
{
	if (parts->text)
		g_string_free(parts->text, TRUE);
	if (parts->html)
		g_string_free(parts->html, TRUE);
	g_clear_pointer(&parts->charts, g_ptr_array_unref);
	g_clear_pointer(&parts->pictures, g_ptr_array_unref);
	g_clear_pointer(&parts->page, g_bytes_unref);
	g_clear_pointer(&parts->workbook, g_bytes_unref);
	g_free(parts->digest);
}

static void collect_charts(const GPtrArray *blocks, GPtrArray *charts)
{
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = blocks->pdata[i];

		if (block->kind == BLOCK_CHART && !block->chart->thin)
			g_ptr_array_add(charts, block->chart);
		collect_charts(block->children, charts);
	}
}

static void add_bytes(struct digest *digest, GBytes *bytes)
{
	gsize length;
	const void *data = g_bytes_get_data(bytes, &length);

	digest_update(digest, data, length);
}

static char *parts_digest(const struct parts *parts, const struct report *report)
{
	const char *heads[] = { report->mail_from, report->mail_to, report->mail_subject };
	struct digest *digest = digest_new();
	char *hex;

	digest_update(digest, parts->text->str, parts->text->len);
	digest_update(digest, parts->html->str, parts->html->len);
	for (guint i = 0; i < parts->pictures->len; i++)
		add_bytes(digest, parts->pictures->pdata[i]);
	add_bytes(digest, parts->page);
	add_bytes(digest, parts->workbook);
	for (guint i = 0; i < G_N_ELEMENTS(heads); i++)
		digest_update(digest, heads[i] ? heads[i] : "",
		              heads[i] ? strlen(heads[i]) + 1 : 1);
	hex = g_strndup(digest_hex(digest), 32);
	digest_free(digest);
	return hex;
}

static GBytes *read_file(struct outdir *outdir, const char *name, GError **error)
{
	g_autofree char *path = g_build_filename(outdir_path(outdir), name, NULL);
	char *bytes;
	gsize length;

	return g_file_get_contents(path, &bytes, &length, error) ? g_bytes_new_take(bytes, length)
	                                                         : NULL;
}

static gboolean html_short_enough(const GString *html, GError **error)
{
	return html->len <= MOST_HTML ||
	       error_failed(error,
	                    "its HTML has %" G_GSIZE_FORMAT
	                    " bytes, and more than %d are not shown everywhere: "
	                    "shorten templates/mail.md",
	                    html->len, MOST_HTML);
}

/* Templates of a site's own may speak of people where the program's do not: a mail is passed on too
 * easily for that. */
static gboolean speaks_of_nobody(const struct report *report, const struct page *page,
                                 const char *name, GError **error)
{
	GString *words = mail_words(report, page);
	g_autoptr(GMatchInfo) match = NULL;
	g_autoptr(GRegex) person = g_regex_new("user_[0-9]+", 0, 0, NULL);
	gboolean found = g_regex_match(person, words->str, 0, &match);
	g_autofree char *who = found ? g_match_info_fetch(match, 0) : NULL;

	g_string_free(words, TRUE);
	return !found ||
	       error_failed(
		       error,
		       "%s speaks of %s, and nobody may be in a mail: take it out of the template",
		       name, who);
}

static gboolean parts_make(struct parts *parts, const struct report *report, struct outdir *outdir,
                           GError **error)
{
	if (!speaks_of_nobody(report, report->mail, "mail.md", error) ||
	    (report->summary &&
	     !speaks_of_nobody(report, report->summary, "executive-summary.md", error)))
		return FALSE;
	parts->charts = g_ptr_array_new();
	parts->pictures = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	collect_charts(report->mail->blocks, parts->charts);
	for (guint i = 0; i < parts->charts->len; i++)
		g_ptr_array_add(parts->pictures, mail_picture(parts->charts->pdata[i]));
	parts->text = mail_text(report);
	parts->html = mail_html(report, error);
	if (!parts->html || !html_short_enough(parts->html, error))
		return FALSE;
	parts->page = read_file(outdir, "executive-summary.pdf", error);
	parts->workbook = parts->page ? mail_workbook(report, outdir, error) : NULL;
	if (!parts->workbook)
		return FALSE;
	parts->digest = parts_digest(parts, report);
	return TRUE;
}

/* The message. GMime would take borders and identities from chance and the machine's name. */

static GMimeMultipart *new_multipart(const struct parts *parts, const char *subtype, int number)
{
	GMimeMultipart *multipart = g_mime_multipart_new_with_subtype(subtype);
	g_autofree char *border = g_strdup_printf("=_%d_%s", number, parts->digest);

	g_mime_multipart_set_boundary(multipart, border);
	return multipart;
}

static void take_part(GMimeMultipart *multipart, void *part)
{
	g_mime_multipart_add(multipart, part);
	g_object_unref(part);
}

static void set_content(GMimePart *part, const char *data, gsize length)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(data, length);
	GMimeDataWrapper *content =
		g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);

	g_mime_part_set_content(part, content);
	g_object_unref(content);
	g_object_unref(stream);
}

/* g_mime_text_part_set_text would write in Latin-1 what fits into it. */
static GMimePart *new_text(const char *subtype, const GString *text)
{
	GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);

	set_content(GMIME_PART(part), text->str, text->len);
	g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
	g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	return GMIME_PART(part);
}

struct file {
	const char *type, *subtype, *name, *disposition;
	GBytes *bytes;
};

static GMimePart *new_file(const struct file *file)
{
	GMimePart *part = g_mime_part_new_with_type(file->type, file->subtype);
	gsize length;
	const char *data = g_bytes_get_data(file->bytes, &length);

	set_content(part, data, length);
	g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
	g_mime_object_set_disposition(GMIME_OBJECT(part), file->disposition);
	g_mime_part_set_filename(part, file->name);
	return part;
}

static void add_pictures(const struct parts *parts, GMimeMultipart *related)
{
	for (guint i = 0; i < parts->charts->len; i++) {
		const struct chart *chart = parts->charts->pdata[i];
		g_autofree char *name = g_strconcat(chart->id, ".png", NULL),
				*id = mail_picture_id(chart);
		const struct file file = { "image", "png", name, "inline",
			                   parts->pictures->pdata[i] };
		GMimePart *part = new_file(&file);

		g_mime_part_set_content_id(part, id);
		take_part(related, part);
	}
}

static GMimeMultipart *new_body(const struct parts *parts)
{
	GMimeMultipart *mixed = new_multipart(parts, "mixed", 1);
	GMimeMultipart *alternative = new_multipart(parts, "alternative", 2);
	GMimeMultipart *related = new_multipart(parts, "related", 3);
	const struct file page = { "application", "pdf", "executive-summary.pdf", "attachment",
		                   parts->page };
	const struct file book = { "application",
		                   "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		                   "savings.xlsx", "attachment", parts->workbook };

	g_mime_object_set_content_type_parameter(GMIME_OBJECT(related), "type", "text/html");
	take_part(related, new_text("html", parts->html));
	add_pictures(parts, related);
	take_part(alternative, new_text("plain", parts->text));
	take_part(alternative, related);
	take_part(mixed, alternative);
	take_part(mixed, new_file(&page));
	take_part(mixed, new_file(&book));
	return mixed;
}

/* NULL when there is none. A group, "friends: a@example.org;", is no mailbox, and of a broken one
 * the parser forgets to free a part. */
static InternetAddressList *addresses_of(const char *text)
{
	GMimeParserOptions *options;
	InternetAddressList *list;

	if (strpbrk(text, ":;"))
		return NULL;
	options = g_mime_parser_options_new();
	g_mime_parser_options_set_address_compliance_mode(options, GMIME_RFC_COMPLIANCE_STRICT);
	list = internet_address_list_parse(options, text);
	g_mime_parser_options_free(options);
	return list;
}

static void add_addresses(GMimeMessage *message, GMimeAddressType type, const char *text)
{
	g_autofree char *line = text_clean(text);
	InternetAddressList *list = addresses_of(line);

	for (int i = 0; list && i < internet_address_list_length(list); i++)
		internet_address_set_charset(internet_address_list_get_address(list, i), "utf-8");
	if (list)
		internet_address_list_append(g_mime_message_get_addresses(message, type), list);
	g_clear_object(&list);
}

static GMimeMessage *new_message(const struct parts *parts, const struct report *report)
{
	GMimeMessage *message = g_mime_message_new(FALSE);
	g_autofree char *id = g_strconcat(parts->digest, "@reclaim.invalid", NULL);
	g_autofree char *subject = text_clean(report->mail_subject);
	GDateTime *date = g_date_time_new_from_unix_utc(report->date);
	GMimeMultipart *body = new_body(parts);

	add_addresses(message, GMIME_ADDRESS_TYPE_FROM, report->mail_from);
	add_addresses(message, GMIME_ADDRESS_TYPE_TO, report->mail_to);
	g_mime_message_set_subject(message, subject, "utf-8");
	g_mime_message_set_date(message, date);
	g_mime_message_set_message_id(message, id);
	g_mime_message_set_mime_part(message, GMIME_OBJECT(body));
	g_object_unref(body);
	g_date_time_unref(date);
	return message;
}

static gboolean write_message(const struct parts *parts, const struct report *report,
                              struct outdir *outdir, GError **error)
{
	struct sink *sink = outdir_sink(outdir, NAME, error);
	GMimeMessage *message;
	g_autofree char *text = NULL;

	if (!sink)
		return FALSE;
	message = new_message(parts, report);
	text = g_mime_object_to_string(GMIME_OBJECT(message), NULL);
	g_object_unref(message);
	sink_text(sink, text);
	return sink_close(sink, NULL, error);
}

/* What is written in the pictures, which nobody can read back. */
static void give_text(const struct parts *parts, const struct legible *legible)
{
	for (guint i = 0; i < parts->charts->len; i++) {
		g_autoptr(GString) text = g_string_new(NULL);

		mail_picture_words(parts->charts->pdata[i], text);
		legible->take(legible->data, NAME, text->str, text->len);
	}
}

gboolean render_mail(const struct report *report, struct outdir *outdir,
                     const struct legible *legible, GError **error)
{
	struct parts parts = { 0 };
	gboolean done;

	if (!report->mail)
		return TRUE;
	g_mime_init(); /* and never shut down: it does not begin twice */
	done = parts_make(&parts, report, outdir, error);
	if (done && legible)
		give_text(&parts, legible);
	if (!done)
		g_prefix_error(error, NAME ": ");
	done = done && write_message(&parts, report, outdir, error);
	parts_clear(&parts);
	return done;
}

/* Of "hpc@example.org" in quotes all is the part before a domain, and none follows. A domain beyond
 * ASCII has another name that is not; what stands before it has none, and few servers take it. */
static gboolean address_good(InternetAddress *address)
{
	const char *name, *domain;

	if (!INTERNET_ADDRESS_IS_MAILBOX(address))
		return FALSE;
	name = internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(address));
	domain = name ? strrchr(name, '@') : NULL;
	return domain && !strchr(domain, '"') && g_str_is_ascii(name);
}

static gboolean addresses_good(InternetAddressList *list, gboolean one)
{
	int count = list ? internet_address_list_length(list) : 0;

	for (int i = 0; i < count; i++)
		if (!address_good(internet_address_list_get_address(list, i)))
			return FALSE;
	return count > 0 && (!one || count == 1);
}

/* Of the characters that say something: not those that stand around names and addresses. */
static guint count_said(const char *text)
{
	guint count = 0;

	for (; text && *text; text++)
		count += !strchr(" \t\",;\\<>()", *text);
	return count;
}

/* Of "a@b@c", or "Ann <a@b> and others", the library takes the first part, and leaves the rest out
 * in silence. */
static gboolean took_all(const char *text, InternetAddressList *list)
{
	guint taken = 0;

	for (int i = 0; i < internet_address_list_length(list); i++) {
		InternetAddress *address = internet_address_list_get_address(list, i);

		taken += count_said(internet_address_get_name(address)) +
		         count_said(internet_address_mailbox_get_addr(
				 INTERNET_ADDRESS_MAILBOX(address)));
	}
	return taken == count_said(text);
}

gboolean mail_addresses_valid(const char *text, gboolean one, GError **error)
{
	InternetAddressList *list;
	gboolean good;

	g_mime_init();
	list = addresses_of(text);
	good = addresses_good(list, one) && took_all(text, list);
	g_clear_object(&list);
	return good ||
	       error_failed(
		       error,
		       one ? "not a mail address such as Research Computing <hpc@example.org>"
			   : "not mail addresses such as hpc@example.org, Dean <dean@example.org>");
}
