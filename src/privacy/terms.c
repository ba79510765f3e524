/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/terms.h"

struct terms terms_of(enum profile profile)
{
	if (profile == PROFILE_SHARE)
		return (struct terms){
			.profile = profile, .min_users = MIN_USERS_DEFAULT, .nodes = NODES_DROP,
				.times = TIMES_DAY,
			.coarse = TRUE, .renumber = TRUE, .shuffle = TRUE, .pool = TRUE,
		};
	return (struct terms){ .profile = profile, .min_users = MIN_USERS_DEFAULT };
}

const char *profile_name(enum profile profile)
{
	return profile == PROFILE_SHARE ? "share" : "research";
}

const char *node_names_name(enum node_names nodes)
{
	static const char *const names[] = { "keep", "rename", "drop" };

	return names[nodes];
}

static const char *const time_steps[] = { "second", "minute", "hour", "day" };

const char *time_step_name(enum time_step step)
{
	return time_steps[step];
}

gboolean time_step_find(const char *name, enum time_step *step)
{
	for (guint i = 0; i < G_N_ELEMENTS(time_steps); i++)
		if (g_strcmp0(name, time_steps[i]) == 0) {
			*step = (enum time_step)i;
			return TRUE;
		}
	return FALSE;
}

enum node_names terms_nodes(const struct terms *terms)
{
	if (terms->drop[COLUMN_NODE_LIST])
		return NODES_DROP;
	return terms->nodes == NODES_DROP && terms->keep[COLUMN_NODE_LIST] ? NODES_KEEP
	                                                                   : terms->nodes;
}

/* A name in free text may only be known at the end. */
static gboolean keeps_text(const struct terms *terms)
{
	for (int column = 0; column < COLUMNS; column++)
		if (terms->keep[column] && column_info((enum column)column)->kind == VALUE_TEXT)
			return TRUE;
	return FALSE;
}

gboolean terms_need_two_passes(const struct terms *terms)
{
	return terms->shuffle || terms->pool || keeps_text(terms);
}
