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

void json_add_flag(JsonBuilder *json, const char *name, gboolean flag)
{
	json_builder_set_member_name(json, name);
	json_builder_add_boolean_value(json, flag);
}
