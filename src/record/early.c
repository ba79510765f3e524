/* SPDX-License-Identifier: Apache-2.0 */
#include "record/early.h"

void early_init(struct early *early)
{
	early->base = g_string_new(NULL);
	early->steps = g_array_new(FALSE, FALSE, sizeof(struct early_step));
	early->examples = 0;
}

void early_clear(struct early *early)
{
	early_forget(early);
	g_string_free(early->base, TRUE);
	g_array_free(early->steps, TRUE);
}

gboolean early_are_of(const struct early *early, struct slice base)
{
	return early->steps->len > 0 &&
	       slice_equal(base, (struct slice){ early->base->str, early->base->len });
}

gboolean early_step_is_of(const struct early_step *step, struct slice cluster)
{
	return !step->cluster || slice_empty(cluster) || slice_is(cluster, step->cluster);
}

void early_add(struct early *early, struct slice base, struct slice cluster,
               const struct usage *usage, gpointer example)
{
	struct early_step step = { .usage = *usage, .example = example };

	if (!slice_empty(cluster))
		step.cluster = slice_dup(cluster);
	if (example)
		early->examples++;
	g_string_truncate(early->base, 0);
	g_string_append_len(early->base, base.data, (gssize)base.length);
	g_array_append_val(early->steps, step);
}

void early_settle(struct early *early)
{
	guint left = 0;

	early->examples = 0;
	for (guint i = 0; i < early->steps->len; i++) {
		struct early_step *step = &g_array_index(early->steps, struct early_step, i);
		if (step->folded) {
			g_free(step->cluster);
			continue;
		}
		early->examples += step->example ? 1 : 0;
		g_array_index(early->steps, struct early_step, left++) = *step;
	}
	g_array_set_size(early->steps, left);
}

void early_forget(struct early *early)
{
	for (guint i = 0; i < early->steps->len; i++)
		g_free(g_array_index(early->steps, struct early_step, i).cluster);
	g_array_set_size(early->steps, 0);
	early->examples = 0;
}
