/* SPDX-License-Identifier: Apache-2.0 */
/* memo: texts seen before → what stands for them in the shareable file. Jobs come in bursts, so
 * that most texts of most columns were seen a row ago; the steps between have texts of other
 * lengths. Of those that were not, most were seen some time ago. */
#ifndef PRIVACY_MEMO_H
#define PRIVACY_MEMO_H

#include "base/slice.h"

#define MEMO_TEXTS 4096 /* at most, a power of two */
#define MEMO_LATEST 16  /* likewise */
#define MEMO_LENGTH 240 /* longer texts are not remembered */
#define MEMO_PIECE 16   /* of which this is a multiple: memo_copy() copies so many bytes at once */

/* What was changed of a text, as the release counts it. */
struct changes {
	guint64 uids, words;
};

struct remembered {
	guint16 length, shown_length;
	gboolean stays;   /* the text itself stands for it, and nothing is counted */
	gboolean changed; /* something is */
	struct {
		guint8 uids, words;
	} changes;
	char text[MEMO_LENGTH], shown[MEMO_LENGTH];
};

/* All nought at first, which remembers nothing. */
struct memo {
	struct remembered **texts;                    /* MEMO_TEXTS, each in one of the two places
	                                                 that its bytes say; NULL: none so far */
	const struct remembered *latest[MEMO_LATEST]; /* the last of a length */
};

/* Forgets all, and wipes it. */
void memo_clear(struct memo *memo);

/* FALSE when it is not to be remembered. Of three in two places the one that was not found there
 * for longest is no more. */
gboolean memo_add(struct memo *memo, struct slice text, struct slice shown, struct changes changes);

/* For memo_find(), of what is not the latest. */
const struct remembered *memo_find_older(struct memo *memo, struct slice text);

static inline gboolean memo_is(const struct remembered *found, struct slice text)
{
	return found->length == text.length && bytes_equal(found->text, text.data, text.length);
}

/* NULL when it is not remembered. The text is not empty. */
static inline const struct remembered *memo_find(struct memo *memo, struct slice text)
{
	const struct remembered *found = memo->latest[text.length % MEMO_LATEST];

	return found && memo_is(found, text) ? found : memo_find_older(memo, text);
}

/* Puts what stands for it, and up to MEMO_PIECE bytes more, which count for nothing. Returns
 * where it ends. */
static inline char *memo_copy(const struct remembered *found, char *to)
{
	for (size_t at = 0; at < found->shown_length; at += MEMO_PIECE)
		memcpy(to + at, found->shown + at, MEMO_PIECE);
	return to + found->shown_length;
}

#endif
