/* SPDX-License-Identifier: Apache-2.0 */
#include "command/json.h"

void json_add_text(JsonBuilder *json, const char *name, const char *text)
{
	json_builder_set_member_name(json, name);
	if (text)
		json_builder_add_string_value(json, text);
	else
		json_builder_add_null_value(json);
}

void json_add_count(JsonBuilder *json, const char *name, gint64 count)
{
	json_builder_set_member_name(json, name);
	json_builder_add_int_value(json, count);
}

char *json_get_text(JsonObject *object, const char *name)
{
	JsonNode *node = object ? json_object_get_member(object, name) : NULL;

	if (!node || !JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_STRING)
		return NULL;
	return json_node_dup_string(node);
}

JsonObject *json_get_object(JsonObject *object, const char *name)
{
	JsonNode *node = json_object_get_member(object, name);

	return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

void json_add_flag(JsonBuilder *json, const char *name, gboolean flag)
{
	json_builder_set_member_name(json, name);
	json_builder_add_boolean_value(json, flag);
}
