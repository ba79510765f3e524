/* SPDX-License-Identifier: Apache-2.0 */
#include "command/explain.h"

#include <stdio.h>

/* Cut to four decimals, so that only what is full is 1. */
static double filled(const struct contents *contents, const struct column_content *column)
{
	guint64 rows = contents_rows(contents);

	return rows == 0 ? 0 : (double)(column->filled * 10000 / rows) / 10000;
}

static void print_distinct(const struct column_content *column)
{
	if (column->distinct < 0)
		printf("  > %d", CONTENTS_MOST_DISTINCT);
	else
		printf("  %7" G_GINT64_FORMAT, column->distinct);
}

static int longest_name(const struct contents *contents)
{
	size_t longest = strlen("column");

	for (guint i = 0; i < contents_count(contents); i++)
		longest = MAX(longest, strlen(contents_column(contents, i)->column));
	return (int)MIN(longest, 32);
}

void explain_print(const struct contents *contents)
{
	int width = longest_name(contents);

	printf("%-*s  %-16s  filled  distinct  becomes\n", width, "column", "kind");
	for (guint i = 0; i < contents_count(contents); i++) {
		const struct column_content *column = contents_column(contents, i);

		printf("%-*s  %-16s  %5.1f%%", width, column->column, column->kind,
		       filled(contents, column) * 100);
		print_distinct(column);
		printf("  %s. %s\n", transform_name(column->policy.transform), column->policy.why);
	}
}

static void add_column(JsonBuilder *json, const struct contents *contents,
                       const struct column_content *column)
{
	json_builder_begin_object(json);
	json_add_text(json, "column", column->column);
	json_add_text(json, "kind", column->kind);
	json_builder_set_member_name(json, "filled");
	json_builder_add_double_value(json, filled(contents, column));
	if (column->distinct < 0)
		json_add_text(json, "distinct", NULL);
	else
		json_add_count(json, "distinct", column->distinct);
	json_add_text(json, "becomes", transform_name(column->policy.transform));
	json_add_text(json, "why", column->policy.why);
	json_builder_end_object(json);
}

void explain_add(JsonBuilder *json, const struct contents *contents)
{
	json_add_count(json, "policy_rows", (gint64)contents_rows(contents));
	json_builder_set_member_name(json, "policy");
	json_builder_begin_array(json);
	for (guint i = 0; i < contents_count(contents); i++)
		add_column(json, contents, contents_column(contents, i));
	json_builder_end_array(json);
}
