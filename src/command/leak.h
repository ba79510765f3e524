/* SPDX-License-Identifier: Apache-2.0 */
/* leak: the last look at what is about to be published: joins the scan of privacy/ with what can be
 * read in the files of render/. */
#ifndef COMMAND_LEAK_H
#define COMMAND_LEAK_H

#include "privacy/lexicon.h"
#include "privacy/mapping.h"
#include "privacy/terms.h"
#include "render/legible.h"

#define OPTION_ALLOW_WORD(where) \
	{ "allow-word", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, (where), \
	  "a word to be published though it is a name; may be repeated", "WORD" }

struct leak_check;

struct leak_options {
	const char *mapping;  /* its path; the log stands beside it */
	char *const *allowed; /* words that may be published; NULL: none */
	const struct terms *terms; /* on which words and nodes stand as they are called; NULL: not
	                              known, none does */
	gboolean discreet;    /* names stand nowhere in plain text, so not in the log either */
};

/* For all names that the mapping knows now. The options are borrowed while it is made. */
struct leak_check *leak_check_new(const struct mapping *mapping,
                                  const struct leak_options *options);
void leak_check_free(struct leak_check *check);

/* Words that may be published although somebody bears them; NULL: none. */
char *const *leak_check_allowed(const struct leak_check *check);

/* How the mapping is kept, in words: "encrypted to keys". */
const char *leak_check_custody(const struct leak_check *check);

/* Looks through an open file, from its begin, which will be called `shown`. */
gboolean leak_check_file(struct leak_check *check, const char *shown, int fd, GError **error);

/* Whether a file of these words must be looked through. */
gboolean leak_check_needs(const struct leak_check *check, const struct lexicon *words);

/* For pdf_draft_new(), and then all other files of a report that will be the folder `shown`. */
struct legible leak_check_reader(struct leak_check *check, const char *shown);
gboolean leak_check_report(struct leak_check *check, const struct outdir *outdir, const char *shown,
                           GError **error);

/* Writes what was found into MAP.scan.log. FALSE and ERROR_LEAK when it forbids publishing. */
gboolean leak_check_done(struct leak_check *check, GError **error);

#endif
