/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture_anonymize.h"

#include <check.h>
#include <glib/gstdio.h>

char *folder, *first, *second, *shared, *map;
struct release *release;
struct mapping *mapping;

void setup(void)
{
	folder = g_dir_make_tmp("check-anonymize-XXXXXX", NULL);
	first = g_build_filename(folder, "first.psv", NULL);
	second = g_build_filename(folder, "second.psv", NULL);
	shared = g_build_filename(folder, "shared.psv", NULL);
	map = g_build_filename(folder, "mapping.csv", NULL);
	mapping = mapping_load(map, TRUE, NULL);
	release = release_new();
	ck_assert_ptr_nonnull(mapping);
}

void teardown(void)
{
	mapping_free(mapping);
	release_free(release);
	g_unlink(first);
	g_unlink(second);
	g_unlink(shared);
	ck_assert_int_eq(g_rmdir(folder), 0);
	g_free(first);
	g_free(second);
	g_free(shared);
	g_free(map);
	g_free(folder);
}

void mapping_anew(void)
{
	mapping_free(mapping);
	mapping = mapping_load(map, TRUE, NULL);
}

/* Twice when the first pass shows that something else should have been written. */
static gboolean pass(const struct disguise *disguise, gboolean two, GError **error)
{
	char *paths[] = { first, two ? second : NULL, NULL };
	const struct raw_exports exports = { paths, NULL, FALSE };
	struct progress *silent = progress_new("", 0, NULL, NULL);
	struct sink *sink = sink_open(shared, 0644, NULL);
	gboolean done = anonymize(&exports, disguise, sink, release, silent, error);

	progress_free(silent);
	if (done && !release->again)
		return sink_close(sink, NULL, error);
	sink_abort(sink);
	return done;
}

char *anonymized_on(const struct terms *terms, const char *one, const char *other, GError **error)
{
	struct words *words = words_new(mapping, terms);
	const struct disguise disguise = { terms, mapping, words };
	char *text = NULL;
	gboolean done;

	ck_assert(g_file_set_contents(first, one, -1, NULL));
	if (other)
		ck_assert(g_file_set_contents(second, other, -1, NULL));
	done = pass(&disguise, other != NULL, error);
	if (done && release->again) {
		done = pass(&disguise, other != NULL, error);
		ck_assert(!release->again);
	}
	words_free(words);
	if (done)
		ck_assert(g_file_get_contents(shared, &text, NULL, NULL));
	return text;
}
