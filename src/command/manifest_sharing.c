/* SPDX-License-Identifier: Apache-2.0 */
#include "command/manifest.h"

#include <math.h>

#include "command/json.h"

static double share_of(JsonObject *object, const char *name)
{
	double share = json_get_number(object, name);
	return isnan(share) ? 0 : CLAMP(share, 0, 1);
}

static void take_field(struct sharing *sharing, JsonObject *object)
{
	struct sharing_field *field = sharing_add_field(sharing);
	field->column = json_get_text(object, "column");
	field->kind = json_get_text(object, "kind");
	field->becomes = json_get_text(object, "becomes");
	field->why = json_get_text(object, "why");
	field->filled = share_of(object, "filled");
	field->distinct = json_get_count(object, "distinct");
}

static void take_fields(struct sharing *sharing, JsonObject *root)
{
	JsonArray *policy = json_get_list(root, "policy");
	for (guint i = 0; i < json_list_length(policy); i++) {
		JsonObject *field = json_list_object(policy, i);
		if (field)
			take_field(sharing, field);
	}
}

/* "dropped": ["AdminComment", …] */
static void take_absent(JsonObject *absent, const char *becomes, JsonNode *node, gpointer sharing)
{
	g_autoptr(GString) columns = g_string_new(NULL);
	JsonArray *names = JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
	(void)absent;
	for (guint i = 0; names && i < json_array_get_length(names); i++) {
		JsonNode *name = json_array_get_element(names, i);
		if (JSON_NODE_HOLDS_VALUE(name) && json_node_get_string(name))
			g_string_append_printf(columns, "%s%s", columns->len > 0 ? ", " : "",
			                       json_node_get_string(name));
	}
	if (columns->len > 0)
		sharing_add_absent(sharing, becomes, columns->str);
}

static void take_blanks(JsonObject *columns, const char *name, JsonNode *node, gpointer sharing)
{
	gint64 count = json_get_count(columns, name);
	(void)node;
	if (count > 0)
		sharing_add_blanks(sharing, name, count);
}

struct sharing *manifest_sharing(JsonObject *root)
{
	struct sharing *sharing = sharing_new();
	JsonObject *parameters = json_get_object(root, "parameters"),
		   *values = json_get_object(root, "values");
	JsonObject *columns = json_get_object(root, "columns"),
		   *absent = json_get_object(columns, "absent");
	JsonObject *blanked = json_get_object(values, "blanked_by_column");
	sharing->profile = json_get_text(root, "profile");
	sharing->times = json_get_text(parameters, "times");
	sharing->nodes = json_get_text(parameters, "nodes");
	sharing->blanked = json_get_count(values, "blanked");
	sharing->numbers = json_get_count(values, "user_numbers_removed");
	sharing->replaced = json_get_count(values, "words_replaced");
	take_fields(sharing, root);
	if (absent)
		json_object_foreach_member(absent, take_absent, sharing);
	if (blanked)
		json_object_foreach_member(blanked, take_blanks, sharing);
	return sharing;
}
