/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture_anonymize.h"

#include <check.h>
#include <glib/gstdio.h>

#include "base/writer.h"
#include "privacy/marks.h"
#include "privacy/witness.h"

char *folder, *first, *second, *shared, *map;
struct release *release;
struct mapping *mapping;
gboolean witnessed;

void setup(void)
{
	witnessed = FALSE;
	folder = g_dir_make_tmp("check-anonymize-XXXXXX", NULL);
	first = g_build_filename(folder, "first.psv", NULL);
	second = g_build_filename(folder, "second.psv", NULL);
	shared = g_build_filename(folder, "shared.psv", NULL);
	map = g_build_filename(folder, "mapping.csv", NULL);
	mapping = mapping_open(map, TRUE, NULL, NULL);
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
	mapping = mapping_open(map, TRUE, NULL, NULL);
}

/* Who sees the marks, and who does not. */
struct witnesses {
	struct witness *marked, *plain;
};

/* Before each mark a row or a column ends, and behind the last one of each row a line. */
static void check_marks(const struct passage *passage)
{
	guint32 last = 0;

	for (guint i = 0; i < passage->marked; i++) {
		guint32 at = mark_at(passage->marks[i]);

		ck_assert(last <= at && at <= passage->length);
		ck_assert(at == 0 || !g_ascii_isalnum(passage->bytes[at - 1]));
		ck_assert(!(passage->marks[i] & MARK_ROW) || at == 0 ||
		          passage->bytes[at - 1] == '\n');
		last = at;
	}
	ck_assert(last == 0 || passage->bytes[last - 1] == '\n');
}

static void see_both(void *data, const struct passage *passage)
{
	const struct passage plain = { .bytes = passage->bytes, .length = passage->length };
	struct witnesses *witnesses = data;

	check_marks(passage);
	if (!witnessed)
		return;
	witness_see(witnesses->marked, passage);
	witness_see(witnesses->plain, &plain);
}

static void assert_same_risk(const struct risk *one, const struct risk *other)
{
	ck_assert_uint_eq(one->users, other->users);
	ck_assert_uint_eq(one->cells, other->cells);
	ck_assert_uint_eq(one->jobs, other->jobs);
	ck_assert_double_eq_tol(one->core_hours, other->core_hours, 1e-6);
	ck_assert_mem_eq(one->unicity, other->unicity, sizeof other->unicity);
}

static void assert_same_words(const struct witnesses *witnesses)
{
	static const char *const asked[] = { "job",  "comment", "note", "user", "group",
		                             "own",  "batch",   "lost", "none", "unknown",
		                             "cn02", "gres",    "a100", "mem",  "completed" };
	const struct lexicon *marked = witness_words(witnesses->marked),
			     *plain = witness_words(witnesses->plain);

	for (guint i = 0; i < G_N_ELEMENTS(asked); i++)
		ck_assert_msg(lexicon_may_have(marked, slice_of(asked[i])) ==
		                      lexicon_may_have(plain, slice_of(asked[i])),
		              "%s", asked[i]);
}

/* `there`: the file can be read again. */
static void assert_same_seen(const struct witnesses *witnesses, gboolean there)
{
	struct risk marked = { 0 }, plain = { 0 }, read;
	gboolean able = witness_risk(witnesses->marked, &marked);

	ck_assert(able == witness_risk(witnesses->plain, &plain));
	assert_same_risk(&marked, &plain);
	assert_same_words(witnesses);
	if (able && there && risk_measure(&read, shared, FALSE, NULL))
		assert_same_risk(&marked, &read);
}

/* Twice when the first pass shows that something else should have been written. */
static gboolean pass(const struct disguise *disguise, gboolean two, GError **error)
{
	char *paths[] = { first, two ? second : NULL, NULL };
	const struct raw_exports exports = { paths, NULL, FALSE };
	struct progress *silent = progress_new("", 0, NULL, NULL);
	struct sink *sink = sink_open(shared, 0644, NULL);
	struct witnesses witnesses = { witness_new(), witness_new() };
	gboolean done;

	sink_watch(sink, see_both, &witnesses);
	done = anonymize(&exports, disguise, sink, release, silent, error);
	progress_free(silent);
	if (done && !release->again)
		done = sink_close(sink, NULL, error);
	else
		sink_abort(sink);
	if (witnessed)
		assert_same_seen(&witnesses, done && !release->again);
	witness_free(witnesses.marked);
	witness_free(witnesses.plain);
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
