/* SPDX-License-Identifier: Apache-2.0 */
#include <qpdf/qpdf-c.h>
#include <stdlib.h>

#include "base/error.h"
#include "render/pdf_layout.h"

#define NAME "PDF" /* what messages of libqpdf call the bytes in memory */

/* The structure tree while it is completed. */
struct tree {
	qpdf_data qpdf;
	const GPtrArray *alts;
	const char *language;
	guint figures; /* met so far */
};

static void closer(qpdf_data *qpdf)
{
	qpdf_cleanup(qpdf);
}

static gboolean complain(qpdf_data qpdf, qpdf_error problem, GError **error)
{
	return error_failed(error, "the finished file does not read back: %s",
	                    problem ? qpdf_get_error_full_text(qpdf, problem) : "unknown error");
}

/* TRUE when libqpdf has nothing to say, neither error nor warning. */
static gboolean quiet(qpdf_data qpdf, GError **error)
{
	if (qpdf_has_error(qpdf))
		return complain(qpdf, qpdf_get_error(qpdf), error);
	if (qpdf_more_warnings(qpdf))
		return complain(qpdf, qpdf_next_warning(qpdf), error);
	return TRUE;
}

static gboolean read_bytes(qpdf_data qpdf, const GByteArray *bytes, GError **error)
{
	qpdf_silence_errors(qpdf);
	qpdf_set_suppress_warnings(qpdf, QPDF_TRUE); /* not printed; they are asked for */
	qpdf_read_memory(qpdf, NAME, (const char *)bytes->data, bytes->len, NULL);
	return quiet(qpdf, error);
}

static void set(struct tree *tree, qpdf_oh dictionary, const char *key, qpdf_oh value)
{
	qpdf_oh_replace_key(tree->qpdf, dictionary, key, value);
}

static void set_scope(struct tree *tree, qpdf_oh head)
{
	qpdf_oh attributes = qpdf_oh_new_dictionary(tree->qpdf);

	set(tree, attributes, "/O", qpdf_oh_new_name(tree->qpdf, "/Table"));
	set(tree, attributes, "/Scope", qpdf_oh_new_name(tree->qpdf, "/Column"));
	set(tree, head, "/A", attributes);
}

static void complete_element(struct tree *tree, qpdf_oh element)
{
	qpdf_oh type = qpdf_oh_get_key(tree->qpdf, element, "/S");

	if (qpdf_oh_is_name_and_equals(tree->qpdf, type, "/TH"))
		set_scope(tree, element);
	else if (qpdf_oh_is_name_and_equals(tree->qpdf, type, "/Figure") &&
	         tree->figures < tree->alts->len)
		set(tree, element, "/Alt",
		    qpdf_oh_new_unicode_string(tree->qpdf, tree->alts->pdata[tree->figures++]));
	qpdf_oh_release(tree->qpdf, type);
}

/* Elements in reading order: figures are met in the order in which they were painted. Takes over
 * the node. */
static void complete_tree(struct tree *tree, qpdf_oh node)
{
	switch (qpdf_oh_get_type_code(tree->qpdf, node)) {
	case ot_array:
		for (int i = 0; i < qpdf_oh_get_array_n_items(tree->qpdf, node); i++)
			complete_tree(tree, qpdf_oh_get_array_item(tree->qpdf, node, i));
		break;
	case ot_dictionary:
		complete_element(tree, node);
		complete_tree(tree, qpdf_oh_get_key(tree->qpdf, node, "/K"));
		break;
	default:
		break;
	}
	qpdf_oh_release(tree->qpdf, node);
}

static void complete_catalog(struct tree *tree)
{
	qpdf_oh root = qpdf_get_root(tree->qpdf), preferences = qpdf_oh_new_dictionary(tree->qpdf);

	set(tree, root, "/Lang", qpdf_oh_new_string(tree->qpdf, tree->language));
	set(tree, preferences, "/DisplayDocTitle", qpdf_oh_new_bool(tree->qpdf, QPDF_TRUE));
	set(tree, root, "/ViewerPreferences", preferences);
	complete_tree(tree, qpdf_oh_get_key(tree->qpdf, root, "/StructTreeRoot"));
}

/* cairo 1.16 leaves out the "D:" that a date must begin with. */
static void complete_date(qpdf_data qpdf, const char *key)
{
	g_autofree char *date = g_strdup(qpdf_get_info_key(qpdf, key));
	g_autofree char *full = NULL;

	if (!date || g_str_has_prefix(date, "D:"))
		return;
	full = g_strconcat("D:", date, NULL);
	qpdf_set_info_key(qpdf, key, full);
}

static void read_stream(qpdf_data qpdf, qpdf_oh stream)
{
	unsigned char *data = NULL;
	size_t length;

	qpdf_oh_get_stream_data(qpdf, stream, qpdf_dl_all, NULL, &data, &length);
	free(data);
}

static void read_object(qpdf_data qpdf, int id)
{
	qpdf_oh object = qpdf_get_object_by_id(qpdf, id, 0);

	if (qpdf_oh_is_stream(qpdf, object))
		read_stream(qpdf, object);
	qpdf_oh_release(qpdf, object);
}

/* Parses every object and unpacks every stream, as qpdf_check_pdf() does; but that writes the file
 * once more to find them. */
static void read_objects(qpdf_data qpdf)
{
	qpdf_oh size = qpdf_oh_get_key(qpdf, qpdf_get_trailer(qpdf), "/Size");
	int end = qpdf_oh_get_int_value_as_int(qpdf, size);

	for (int id = 1; id < end; id++)
		read_object(qpdf, id);
}

static GByteArray *write_bytes(qpdf_data qpdf, GError **error)
{
	GByteArray *bytes;

	qpdf_init_write_memory(qpdf);
	qpdf_set_object_stream_mode(
		qpdf, qpdf_o_generate); /* a tenth of the size: tags are many small objects */
	qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
	qpdf_write(qpdf);
	if (!quiet(qpdf, error))
		return NULL;
	bytes = g_byte_array_new();
	g_byte_array_append(bytes, qpdf_get_buffer(qpdf), (guint)qpdf_get_buffer_length(qpdf));
	return bytes;
}

static gboolean check_count(qpdf_data qpdf, guint pages, GError **error)
{
	int count = qpdf_get_num_pages(qpdf);

	if ((guint)count != pages)
		return error_failed(error,
		                    "the finished file does not read back: %d pages instead of %u",
		                    count, pages);
	return TRUE;
}

/* What is on each page. All else was read as it was written by cairo, and copied by libqpdf. */
static void read_pages(qpdf_data qpdf, guint pages)
{
	for (guint i = 0; i < pages; i++) {
		qpdf_oh page = qpdf_get_page_n(qpdf, i);
		qpdf_oh contents = qpdf_oh_get_key(qpdf, page, "/Contents");

		read_stream(qpdf, contents);
		qpdf_oh_release(qpdf, contents);
	}
}

gboolean pdf_verify(const GByteArray *bytes, guint pages, GError **error)
{
	__attribute__((cleanup(closer))) qpdf_data qpdf = qpdf_init();

	if (!read_bytes(qpdf, bytes, error) || !check_count(qpdf, pages, error))
		return FALSE;
	read_pages(qpdf, pages);
	return quiet(qpdf, error);
}

GByteArray *pdf_complete(const GByteArray *draft, const GPtrArray *alts, const char *language,
                         GError **error)
{
	__attribute__((cleanup(closer))) qpdf_data qpdf = qpdf_init();
	struct tree tree = { .qpdf = qpdf, .alts = alts, .language = language };

	if (!read_bytes(qpdf, draft, error))
		return NULL;
	read_objects(qpdf);
	if (!quiet(qpdf, error))
		return NULL;
	complete_catalog(&tree);
	complete_date(qpdf, "/CreationDate");
	complete_date(qpdf, "/ModDate");
	return write_bytes(qpdf, error);
}
