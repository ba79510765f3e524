/* SPDX-License-Identifier: Apache-2.0 */
#include "command/json.h"

#include "base/error.h"
#include "base/small_file.h"

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

/* The parser calls itself for each level, as deep as the text goes. */
#define DEEPEST 64

static gboolean is_too_deep(const char *text, gsize length)
{
	gboolean quoted = FALSE;
	guint depth = 0;

	for (gsize i = 0; i < length && depth <= DEEPEST; i++) {
		if (quoted && text[i] == '\\')
			i++;
		else if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted && (text[i] == '[' || text[i] == '{'))
			depth++;
		else if (!quoted && (text[i] == ']' || text[i] == '}') && depth > 0)
			depth--;
	}
	return depth > DEEPEST;
}

gboolean json_load_text(JsonParser *parser, const char *text, gsize length, GError **error)
{
	if (is_too_deep(text, length))
		return error_failed(error, "nested more deeply than any such file is");
	return json_parser_load_from_data(parser, text, (gssize)length, error);
}

gboolean json_load(JsonParser *parser, const char *path, GError **error)
{
	g_autofree char *text = NULL;
	gsize length;

	return small_file_read(path, &text, &length, error) && json_load_text(parser, text, length, error);
}
