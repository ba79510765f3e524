/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/names.h"

static void add_rest(GString *text, const struct evidence *evidence, guint rest)
{
	g_autofree char *plain = g_strdup_printf("%u", rest);
	g_autofree char *number = separators_apply(evidence->told.separators,
	                                           separators_group(plain));
	g_string_append_printf(text, " and %s more", number);
}

char *names_of(const struct evidence *evidence, const GPtrArray *parties,
               gboolean (*wanted)(const struct party *party), guint most, guint *count)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (guint i = 0; i < parties->len; i++)
		if (party_is_named(parties->pdata[i]) && wanted(parties->pdata[i]))
			g_ptr_array_add(names,
			                (gpointer)((const struct party *)parties->pdata[i])->name);
	if (count)
		*count = names->len;
	GString *text = g_string_new(NULL);
	/* The last one takes no more room than "1 more" would. */
	guint named = names->len <= most + 1 ? names->len : most;
	for (guint i = 0; i < named; i++) {
		gboolean last = i + 1 == names->len;
		g_string_append(text, i == 0 ? "" : last ? " and " : ", ");
		g_string_append(text, names->pdata[i]);
	}
	if (names->len > named)
		add_rest(text, evidence, names->len - named);
	return g_string_free(text, FALSE);
}

guint names_count(const GPtrArray *parties, gint64 (*amount)(const struct party *party))
{
	guint count = 0;
	for (guint i = 0; i < parties->len; i++)
		count += party_is_named(parties->pdata[i]) && amount(parties->pdata[i]) > 0;
	return count;
}

struct ranked {
	gint64 amount;
	struct party *party;
};

static gint compare_ranked(gconstpointer a, gconstpointer b)
{
	const struct ranked *left = a, *right = b;
	if (left->amount != right->amount)
		return left->amount < right->amount ? 1 : -1;
	return g_strcmp0(left->party->name, right->party->name);
}

static gboolean any(G_GNUC_UNUSED const struct party *party)
{
	return TRUE;
}

char *names_ranked(const struct evidence *evidence, const GPtrArray *parties,
                   gint64 (*amount)(const struct party *party), guint most, guint *count)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct ranked));
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();
	for (guint i = 0; i < parties->len; i++) {
		struct ranked each = { amount(parties->pdata[i]), parties->pdata[i] };
		if (each.amount > 0)
			g_array_append_val(all, each);
	}
	g_array_sort(all, compare_ranked);
	for (guint i = 0; i < all->len; i++)
		g_ptr_array_add(sorted, g_array_index(all, struct ranked, i).party);
	return names_of(evidence, sorted, any, most, count);
}
