/* SPDX-License-Identifier: Apache-2.0 */
#include "report/sharing.h"

static void field_free(struct sharing_field *field)
{
	g_free(field->column);
	g_free(field->kind);
	g_free(field->becomes);
	g_free(field->why);
	g_free(field);
}

static void blanks_free(struct sharing_blanks *blanks)
{
	g_free(blanks->column);
	g_free(blanks);
}

static void absent_free(struct sharing_absent *absent)
{
	g_free(absent->becomes);
	g_free(absent->columns);
	g_free(absent);
}

struct sharing *sharing_new(void)
{
	struct sharing *sharing = g_new0(struct sharing, 1);
	sharing->blanked = sharing->numbers = sharing->replaced = -1;
	sharing->fields = g_ptr_array_new_with_free_func((GDestroyNotify)field_free);
	sharing->absent = g_ptr_array_new_with_free_func((GDestroyNotify)absent_free);
	sharing->blanks = g_ptr_array_new_with_free_func((GDestroyNotify)blanks_free);
	return sharing;
}

void sharing_free(struct sharing *sharing)
{
	if (!sharing)
		return;
	g_free(sharing->profile);
	g_free(sharing->times);
	g_free(sharing->nodes);
	g_ptr_array_unref(sharing->fields);
	g_ptr_array_unref(sharing->absent);
	g_ptr_array_unref(sharing->blanks);
	g_free(sharing);
}

struct sharing_field *sharing_add_field(struct sharing *sharing)
{
	struct sharing_field *field = g_new0(struct sharing_field, 1);
	g_ptr_array_add(sharing->fields, field);
	return field;
}

void sharing_add_absent(struct sharing *sharing, const char *becomes, const char *columns)
{
	struct sharing_absent *absent = g_new(struct sharing_absent, 1);
	*absent = (struct sharing_absent){ g_strdup(becomes), g_strdup(columns) };
	g_ptr_array_add(sharing->absent, absent);
}

void sharing_add_blanks(struct sharing *sharing, const char *column, gint64 count)
{
	struct sharing_blanks *blanks = g_new(struct sharing_blanks, 1);
	*blanks = (struct sharing_blanks){ g_strdup(column), count };
	g_ptr_array_add(sharing->blanks, blanks);
}
