/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/kinds.h"

#include "finding/cells.h"
#include "finding/homes.h"

/* Whose row names no group stays when the rows that name one are taken off it. */
static gboolean *named_nowhere(const struct tally *tally, const char *const *homes)
{
	guint users = intern_count(tally->users);
	gboolean *apart = g_new0(gboolean, users + 1);
	for (guint u = 0; u < users; u++)
		apart[u] = g_strcmp0(homes[u], HOME_NOT_SHOWN) == 0;
	return apart;
}

gboolean *kinds_told(const struct tally *tally, const char *const *homes)
{
	gboolean *told = cells_all(tally);
	guint pools = inventory_pools(tally->inventory);
	/* Of a single group it is the cluster's. */
	if (intern_count(tally->groups) < 2)
		return told;
	g_autofree struct cell *cells = g_new0(struct cell, pools + 1);
	g_autofree gboolean *apart = named_nowhere(tally, homes);
	for (guint p = 0; p < pools; p++)
		cells[p] = (struct cell){ .of = CELL_POOL, .pool = p };
	cells[pools] = (struct cell){ .of = CELL_GPU_HOURS };
	cells_leave_out(tally, cells, pools + 1, apart, told);
	return told;
}

static gboolean all_told(const struct tally *tally, const gboolean *told)
{
	for (guint g = 0; g < intern_count(tally->groups); g++)
		if (!told[g])
			return FALSE;
	return TRUE;
}

gboolean *kinds_told_of_users(const struct tally *tally, const char *const *homes,
                              const gboolean *told)
{
	guint users = intern_count(tally->users);
	gboolean *of_users = g_new0(gboolean, users + 1), all = all_told(tally, told);
	for (guint u = 0; u < users; u++) {
		gint64 home = homes[u] ? intern_find(tally->groups, slice_of(homes[u])) : -1;
		of_users[u] = all || (home >= 0 && told[home]);
	}
	return of_users;
}
