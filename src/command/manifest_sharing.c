/* SPDX-License-Identifier: Apache-2.0 */
#include "command/manifest.h"

/* A member of this kind, or NULL. */
static JsonNode *member(JsonObject *object, const char *name, GType type)
{
	JsonNode *node = object ? json_object_get_member(object, name) : NULL;
	return node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == type ? node : NULL;
}

static char *text_of(JsonObject *object, const char *name)
{
	JsonNode *node = member(object, name, G_TYPE_STRING);
	return node ? json_node_dup_string(node) : NULL;
}

static gint64 count_of(JsonObject *object, const char *name)
{
	JsonNode *node = member(object, name, G_TYPE_INT64);
	return node ? MAX(json_node_get_int(node), -1) : -1;
}

/* A share may be printed as 1 or as 1.0. */
static double share_of(JsonObject *object, const char *name)
{
	JsonNode *node = member(object, name, G_TYPE_DOUBLE);
	double share = node ? json_node_get_double(node) : (double)count_of(object, name);
	return CLAMP(share, 0, 1);
}

static JsonObject *object_of(JsonObject *object, const char *name)
{
	JsonNode *node = json_object_get_member(object, name);
	return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

static void take_field(struct sharing *sharing, JsonObject *object)
{
	struct sharing_field *field = sharing_add_field(sharing);
	field->column = text_of(object, "column");
	field->kind = text_of(object, "kind");
	field->becomes = text_of(object, "becomes");
	field->why = text_of(object, "why");
	field->filled = share_of(object, "filled");
	field->distinct = count_of(object, "distinct");
}

static void take_fields(struct sharing *sharing, JsonObject *root)
{
	JsonNode *node = json_object_get_member(root, "policy");
	JsonArray *policy = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
	for (guint i = 0; policy && i < json_array_get_length(policy); i++) {
		JsonNode *element = json_array_get_element(policy, i);
		if (JSON_NODE_HOLDS_OBJECT(element))
			take_field(sharing, json_node_get_object(element));
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
			g_string_append_printf(columns, "%s%s", columns->len > 0 ? ", " : "", json_node_get_string(name));
	}
	if (columns->len > 0)
		sharing_add_absent(sharing, becomes, columns->str);
}

static void take_blanks(JsonObject *columns, const char *name, JsonNode *node, gpointer sharing)
{
	gint64 count = count_of(columns, name);
	(void)node;
	if (count > 0)
		sharing_add_blanks(sharing, name, count);
}

struct sharing *manifest_sharing(JsonObject *root)
{
	struct sharing *sharing = sharing_new();
	JsonObject *parameters = object_of(root, "parameters"), *values = object_of(root, "values");
	JsonObject *columns = object_of(root, "columns"), *absent = columns ? object_of(columns, "absent") : NULL;
	JsonObject *blanked = values ? object_of(values, "blanked_by_column") : NULL;
	sharing->profile = text_of(root, "profile");
	sharing->times = text_of(parameters, "times");
	sharing->nodes = text_of(parameters, "nodes");
	sharing->blanked = count_of(values, "blanked");
	sharing->numbers = count_of(values, "user_numbers_removed");
	sharing->replaced = count_of(values, "words_replaced");
	take_fields(sharing, root);
	if (absent)
		json_object_foreach_member(absent, take_absent, sharing);
	if (blanked)
		json_object_foreach_member(blanked, take_blanks, sharing);
	return sharing;
}
