/* SPDX-License-Identifier: Apache-2.0 */
/* json: what every JSON file of this room is made of, on top of json-glib. */
#ifndef COMMAND_JSON_H
#define COMMAND_JSON_H

#include <json-glib/json-glib.h>

/* A member with a text, or null. */
void json_add_text(JsonBuilder *json, const char *name, const char *text);

/* A member's text, which the caller frees; NULL when it is absent, null, or no text, or when there is no object. */
char *json_get_text(JsonObject *object, const char *name);

/* A member that is an object, borrowed; NULL when it is none. */
JsonObject *json_get_object(JsonObject *object, const char *name);

/* Parses a file, or a text: FALSE when that is no JSON, when it is too large, and when it is nested so deeply that it is
 * meant to harm. */
gboolean json_load(JsonParser *parser, const char *path, GError **error);
gboolean json_load_text(JsonParser *parser, const char *text, gsize length, GError **error);

void json_add_flag(JsonBuilder *json, const char *name, gboolean flag);
void json_add_count(JsonBuilder *json, const char *name, gint64 count);

#endif
