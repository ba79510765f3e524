/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/rules.h"

#include <math.h>
#include <string.h>

static gint64 permille(const struct assumptions *assumptions, enum assumption_key key,
                       enum scenario scenario)
{
	return (gint64)lround(assumptions_value(assumptions, key, scenario) * 1000);
}

static gint64 seconds(const struct assumptions *assumptions, enum assumption_key key)
{
	return (gint64)assumptions_value(assumptions, key, SCENARIO_EXPECTED);
}

void rules_init(struct rules *rules, const struct assumptions *assumptions)
{
	*rules = (struct rules){
		.sampling_limit_seconds = seconds(assumptions, ASSUME_SAMPLING_LIMIT),
		.idle_session_seconds = seconds(assumptions, ASSUME_IDLE_SESSION),
		.gpu_grace_seconds = seconds(assumptions, ASSUME_GPU_GRACE),
	};
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		rules->memory_headroom_permille[s] = permille(assumptions, ASSUME_MEMORY_HEADROOM,
		                                              s);
		rules->cpu_headroom_permille[s] = permille(assumptions, ASSUME_CPU_HEADROOM, s);
	}
}

gboolean rules_equal(const struct rules *a, const struct rules *b)
{
	return a->group_by == b->group_by && a->from == b->from && a->to == b->to &&
	       a->declared == b->declared && a->undecided == b->undecided &&
	       a->sampling_limit_seconds == b->sampling_limit_seconds &&
	       a->idle_session_seconds == b->idle_session_seconds &&
	       a->gpu_grace_seconds == b->gpu_grace_seconds &&
	       memcmp(a->memory_headroom_permille, b->memory_headroom_permille,
	              sizeof a->memory_headroom_permille) == 0 &&
	       memcmp(a->cpu_headroom_permille, b->cpu_headroom_permille,
	              sizeof a->cpu_headroom_permille) == 0;
}

static char *difference_of(enum assumption_key key, const gint64 *a, const gint64 *b, guint count)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct assumptions *names = assumptions_new();
	if (memcmp(a, b, count * sizeof *a) != 0) {
		g_string_append_printf(text, "%s (", assumptions_get(names, key)->key);
		for (guint i = 0; i < 2 * count; i++)
			g_string_append_printf(text, "%s%" G_GINT64_FORMAT,
			                       i == 0       ? ""
			                       : i == count ? " and "
			                                    : ", ",
			                       i < count ? a[i] : b[i - count]);
		g_string_append(text, count > 1 ? ", in thousandths)" : " seconds)");
	}
	assumptions_free(names);
	return text->len > 0 ? g_strdup(text->str) : NULL;
}

char *rules_difference(const struct rules *a, const struct rules *b)
{
	const struct {
		enum assumption_key key;
		const gint64 *a, *b;
		guint count;
	} all[] = {
		{ ASSUME_MEMORY_HEADROOM, a->memory_headroom_permille, b->memory_headroom_permille,
		  SCENARIOS },
		{ ASSUME_CPU_HEADROOM, a->cpu_headroom_permille, b->cpu_headroom_permille,
		  SCENARIOS },
		{ ASSUME_SAMPLING_LIMIT, &a->sampling_limit_seconds, &b->sampling_limit_seconds,
		  1 },
		{ ASSUME_IDLE_SESSION, &a->idle_session_seconds, &b->idle_session_seconds, 1 },
		{ ASSUME_GPU_GRACE, &a->gpu_grace_seconds, &b->gpu_grace_seconds, 1 },
	};
	char *difference = NULL;
	for (guint i = 0; i < G_N_ELEMENTS(all) && !difference; i++)
		difference = difference_of(all[i].key, all[i].a, all[i].b, all[i].count);
	return difference;
}
