/* SPDX-License-Identifier: Apache-2.0 */
#include "command/former.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/figure.h"
#include "base/terminal.h"
#include "command/json.h"

static const char *text_of(JsonObject *object, const char *name)
{
	JsonNode *node = json_object_get_member(object, name);
	gboolean text = node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING;
	return text ? json_node_get_string(node) : NULL;
}

#define MOST 1e15

static double number_of(JsonObject *object, const char *name)
{
	JsonNode *node = json_object_get_member(object, name);
	GType type = node && JSON_NODE_HOLDS_VALUE(node) ? json_node_get_value_type(node) : G_TYPE_NONE;
	double number = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double(node) : NAN;
	/* What no report says is not known. */
	return fabs(number) < MOST ? number : NAN;
}

static void take_figure(struct previous *previous, JsonObject *object)
{
	const char *id = text_of(object, "id"), *unit = text_of(object, "unit");
	if (id)
		previous_add_figure(previous, id, number_of(object, "value"),
		                    g_strcmp0(unit, unit_name(UNIT_TEXT)) == 0 ? text_of(object, "text") : NULL);
}

static void take_assumption(struct previous *previous, JsonObject *object)
{
	const char *key = text_of(object, "key");
	const struct previous_assumption values = { number_of(object, "low"), number_of(object, "expected"),
		                                    number_of(object, "high") };
	if (key)
		previous_add_assumption(previous, key, values);
}

/* FALSE when there is no such list of objects. */
static gboolean take_list(struct previous *previous, JsonObject *root, const char *name,
                          void (*take)(struct previous *previous, JsonObject *object))
{
	JsonNode *node = json_object_get_member(root, name);
	JsonArray *list = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
	for (guint i = 0; list && i < json_array_get_length(list); i++) {
		JsonNode *element = json_array_get_element(list, i);
		if (!JSON_NODE_HOLDS_OBJECT(element))
			return FALSE;
		take(previous, json_node_get_object(element));
	}
	return list != NULL;
}

static gboolean take_report(struct previous *previous, JsonNode *node, GError **error)
{
	JsonObject *root = node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
	const char *period = root ? text_of(root, "period") : NULL, *currency = root ? text_of(root, "currency") : NULL;
	double schema = root ? number_of(root, "schema") : NAN;
	if (!root || g_strcmp0(text_of(root, "program"), "reclaim") != 0 || !period || !currency ||
	    !previous_set_period(previous, period) || !take_list(previous, root, "figures", take_figure) ||
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
	gboolean done = json_load(parser, path, &wrong)
	                    ? take_report(previous, json_parser_get_root(parser), error)
	                    : error_failed(error, "cannot be read: %s", wrong->message);
	if (done)
		return previous;
	g_prefix_error(error, "%s ", shown);
	previous_free(previous);
	return NULL;
}
