/* SPDX-License-Identifier: Apache-2.0 */
#include "record/early.h"

void early_init(struct early *early)
{
	early->base = g_string_new(NULL);
	early->steps = g_array_new(FALSE, FALSE, sizeof(struct usage));
	early->examples = g_ptr_array_new();
}

void early_clear(struct early *early)
{
	g_string_free(early->base, TRUE);
	g_array_free(early->steps, TRUE);
	g_ptr_array_free(early->examples, TRUE);
}

gboolean early_are_of(const struct early *early, struct slice base)
{
	return early->steps->len > 0 &&
	       slice_equal(base, (struct slice){ early->base->str, early->base->len });
}

void early_add(struct early *early, struct slice base, const struct usage *usage)
{
	g_string_truncate(early->base, 0);
	g_string_append_len(early->base, base.data, (gssize)base.length);
	g_array_append_val(early->steps, *usage);
}

void early_forget(struct early *early)
{
	g_array_set_size(early->steps, 0);
	g_ptr_array_set_size(early->examples, 0);
}
