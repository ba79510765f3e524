/* SPDX-License-Identifier: Apache-2.0 */
/* json: what every JSON file of this room is made of, on top of json-glib. */
#ifndef COMMAND_JSON_H
#define COMMAND_JSON_H

#include <json-glib/json-glib.h>

/* A member with a text, or null. */
void json_add_text(JsonBuilder *json, const char *name, const char *text);
void json_add_flag(JsonBuilder *json, const char *name, gboolean flag);
void json_add_count(JsonBuilder *json, const char *name, gint64 count);

/* Members of what somebody else may have written: one of another kind than is asked for is as if it
 * were absent, and so is all when there is no object. What is borrowed is the object's. */
const char *json_peek_text(JsonObject *object, const char *name);         /* borrowed; or NULL */
/* the caller frees; or NULL */
char *json_get_text(JsonObject *object, const char *name);
double json_get_number(JsonObject *object, const char *name);             /* or NAN */
gint64 json_get_count(JsonObject *object, const char *name);              /* or -1, also for less */
gboolean json_get_flag(JsonObject *object, const char *name);             /* or FALSE */
JsonObject *json_get_object(JsonObject *object, const char *name);        /* borrowed; or NULL */
JsonArray *json_get_list(JsonObject *object, const char *name);           /* borrowed; or NULL */

/* Of a list that may be NULL. */
guint json_list_length(JsonArray *list);
/* borrowed; NULL when it is none, or beyond */
JsonObject *json_list_object(JsonArray *list, guint number);

/* What a file holds, when that is an object; borrowed. */
JsonObject *json_root(JsonParser *parser);

/* Parses a file, or a text: FALSE when that is no JSON, when it is too large, and when it is nested
 * so deeply that it is meant to harm. */
gboolean json_load(JsonParser *parser, const char *path, GError **error);
gboolean json_load_text(JsonParser *parser, const char *text, gsize length, GError **error);

#endif
