/* SPDX-License-Identifier: Apache-2.0 */
#include "command/json.h"

#include <math.h>

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

/* A member that is a value of this type, or NULL. */
static JsonNode *value_of(JsonObject *object, const char *name, GType type)
{
	JsonNode *node = object ? json_object_get_member(object, name) : NULL;

	return node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == type ? node
	                                                                                     : NULL;
}

const char *json_peek_text(JsonObject *object, const char *name)
{
	JsonNode *node = value_of(object, name, G_TYPE_STRING);

	return node ? json_node_get_string(node) : NULL;
}

char *json_get_text(JsonObject *object, const char *name)
{
	return g_strdup(json_peek_text(object, name));
}

/* The same number may be printed as 1 and as 1.0. */
double json_get_number(JsonObject *object, const char *name)
{
	JsonNode *whole = value_of(object, name, G_TYPE_INT64),
		 *other = value_of(object, name, G_TYPE_DOUBLE);

	return whole || other ? json_node_get_double(whole ? whole : other) : NAN;
}

gint64 json_get_count(JsonObject *object, const char *name)
{
	JsonNode *node = value_of(object, name, G_TYPE_INT64);

	return node ? MAX(json_node_get_int(node), -1) : -1;
}

gboolean json_get_flag(JsonObject *object, const char *name)
{
	JsonNode *node = value_of(object, name, G_TYPE_BOOLEAN);

	return node && json_node_get_boolean(node);
}

static JsonObject *object_of(JsonNode *node)
{
	return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

JsonObject *json_get_object(JsonObject *object, const char *name)
{
	return object ? object_of(json_object_get_member(object, name)) : NULL;
}

JsonArray *json_get_list(JsonObject *object, const char *name)
{
	JsonNode *node = object ? json_object_get_member(object, name) : NULL;

	return node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

guint json_list_length(JsonArray *list)
{
	return list ? json_array_get_length(list) : 0;
}

JsonObject *json_list_object(JsonArray *list, guint number)
{
	return number < json_list_length(list) ? object_of(json_array_get_element(list, number))
	                                       : NULL;
}

JsonObject *json_root(JsonParser *parser)
{
	return object_of(json_parser_get_root(parser));
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

	return small_file_read(path, &text, &length, error) &&
	       json_load_text(parser, text, length, error);
}
