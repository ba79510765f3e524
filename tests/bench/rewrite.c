/* SPDX-License-Identifier: Apache-2.0 */
/* rewrite MAPPING EXPORT SHARED: pseudonymizes as `reclaim anonymize` does, whose mapping it takes,
 * and does nothing else: no digest is made, nobody looks for names in what is written, and no risk
 * is measured. What these cost is what it is faster. */
#include <stdio.h>

#include "base/memory.h"
#include "privacy/anonymize.h"

static gboolean rewrite(const struct disguise *disguise, char **arguments, GError **error)
{
	const struct raw_exports exports = { (char *[]){ arguments[2], NULL }, NULL, TRUE };
	struct progress *silent = progress_new("", 0, NULL, NULL);
	struct release *release = release_new();
	struct sink *sink = sink_open(arguments[3], 0644, error);
	gboolean done = sink != NULL;

	if (done) {
		sink_spare_digest(sink);
		done = anonymize(&exports, disguise, sink, release, silent, error);
	}
	if (done && release->again)
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
		            "the mapping is of another export");
	done = done && !release->again;
	if (done)
		done = sink_close(sink, NULL, error);
	else if (sink)
		sink_abort(sink);
	release_free(release);
	progress_free(silent);
	return done;
}

int main(int argc, char **argv)
{
	const struct terms terms = terms_of(PROFILE_RESEARCH);
	g_autoptr(GError) error = NULL;
	struct mapping *mapping;

	if (argc != 4) {
		fputs("usage: rewrite MAPPING EXPORT SHARED\n", stderr);
		return 2;
	}
	memory_part_large();
	mapping = mapping_open(argv[1], FALSE, NULL, &error);
	if (mapping) {
		struct words *words = words_new(mapping, &terms);
		const struct disguise disguise = { &terms, mapping, words };

		rewrite(&disguise, argv, &error);
		words_free(words);
		mapping_free(mapping);
	}
	if (error)
		fprintf(stderr, "rewrite: %s\n", error->message);
	return error != NULL;
}
