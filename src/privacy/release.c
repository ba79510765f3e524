/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/release.h"

struct release *release_new(void)
{
	struct release *release = g_new0(struct release, 1);

	release->columns_kept = g_ptr_array_new_with_free_func(g_free);
	release->columns_dropped = g_ptr_array_new_with_free_func(g_free);
	release->dropped = g_hash_table_new(g_str_hash, g_str_equal);
	release->input_sha256 = g_ptr_array_new_with_free_func(g_free);
	return release;
}

void release_free(struct release *release)
{
	if (!release)
		return;
	g_ptr_array_unref(release->columns_kept);
	g_hash_table_unref(release->dropped);
	g_ptr_array_unref(release->columns_dropped);
	g_ptr_array_unref(release->input_sha256);
	contents_free(release->contents);
	g_free(release->late_word);
	g_free(release->not_jobs);
	g_free(release->delimiter);
	g_free(release);
}

void release_add_dropped(struct release *release, const char *shown)
{
	char *name;

	if (g_hash_table_contains(release->dropped, shown))
		return;
	name = g_strdup(shown);
	g_ptr_array_add(release->columns_dropped, name);
	g_hash_table_add(release->dropped, name);
}

void release_restart(struct release *release)
{
	g_ptr_array_set_size(release->columns_kept, 0);
	g_hash_table_remove_all(release->dropped);
	g_ptr_array_set_size(release->columns_dropped, 0);
	g_ptr_array_set_size(release->input_sha256, 0);
	g_clear_pointer(&release->late_word, g_free);
	g_clear_pointer(&release->contents, contents_free);
	g_clear_pointer(&release->delimiter, g_free);
	g_clear_pointer(&release->not_jobs, g_free);
	release->again = FALSE;
	release->full_sheets = 0;
	memset(release->unwritten, 0, sizeof release->unwritten);
	memset(release->blanked, 0, sizeof release->blanked);
	release->words_tokens = 0;
	release->exports = release->rows_read = release->rows_written = release->rows_set_aside = 0;
	release->values_blanked = release->uids_removed = release->words_replaced = 0;
}

const char *unwritten_name(enum unwritten why)
{
	static const char *const names[] = { "field_count", "too_long", "nul_byte",  "not_utf8",
		                             "cut",         "message",  "lost_step", "misfit" };

	return names[why];
}
