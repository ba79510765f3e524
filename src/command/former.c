/* SPDX-License-Identifier: Apache-2.0 */
#include "command/former.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/terminal.h"
#include "command/json.h"

#define MOST 1e15

/* What no report says is not known. */
static double number_of(JsonObject *object, const char *name)
{
	double number = json_get_number(object, name);
	return fabs(number) < MOST ? number : NAN;
}

static void take_figure(struct previous *previous, JsonObject *object)
{
	const char *id = json_peek_text(object, "id");
	if (id)
		previous_add_figure(previous, id, number_of(object, "value"),
		                    json_peek_text(object, "text"));
}

static void take_assumption(struct previous *previous, JsonObject *object)
{
	const char *key = json_peek_text(object, "key");
	const struct previous_assumption values = { number_of(object, "low"),
		                                    number_of(object, "expected"),
		                                    number_of(object, "high") };
	if (key)
		previous_add_assumption(previous, key, values);
}

/* FALSE when there is no such list of objects. */
static gboolean take_list(struct previous *previous, JsonObject *root, const char *name,
                          void (*take)(struct previous *previous, JsonObject *object))
{
	JsonArray *list = json_get_list(root, name);
	for (guint i = 0; i < json_list_length(list); i++) {
		JsonObject *object = json_list_object(list, i);
		if (!object)
			return FALSE;
		take(previous, object);
	}
	return list != NULL;
}

static gboolean take_report(struct previous *previous, JsonObject *root, GError **error)
{
	const char *period = json_peek_text(root, "period"),
		   *currency = json_peek_text(root, "currency");
	double schema = number_of(root, "schema");
	if (g_strcmp0(json_peek_text(root, "program"), "reclaim") != 0 || !period || !currency ||
	    !previous_set_period(previous, period) ||
	    !take_list(previous, root, "figures", take_figure) ||
	    !take_list(previous, root, "assumptions", take_assumption))
		return error_failed(error, "is no report.json of a report");
	previous->schema = schema >= 0 && schema < G_MAXINT ? (gint64)schema : 0;
	previous->currency = g_strdup(currency);
	return TRUE;
}

struct previous *former_load(const char *path, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(path));
	g_autoptr(JsonParser) parser = json_parser_new_immutable();
	g_autoptr(GError) wrong = NULL;
	struct previous *previous = previous_new(shown);
	gboolean done =
		g_file_test(path, G_FILE_TEST_IS_DIR)
			? error_failed(error, "is a folder: give the report.json in it")
		: json_load(parser, path, &wrong) ? take_report(previous, json_root(parser), error)
		: wrong->domain == JSON_PARSER_ERROR
			? error_failed(
				  error,
				  "is no report.json of a report: it is not JSON, or was damaged")
			: error_failed(error, "cannot be read: %s", wrong->message);
	if (done)
		return previous;
	g_prefix_error(error, "%s ", shown);
	previous_free(previous);
	return NULL;
}
