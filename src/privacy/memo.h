/* SPDX-License-Identifier: Apache-2.0 */
/* memo: texts seen lately → what stands for them in the shareable file. Jobs come in bursts, so
 * that most texts of most columns were seen a row ago; the steps between have texts of other
 * lengths, and places of their own. */
#ifndef PRIVACY_MEMO_H
#define PRIVACY_MEMO_H

#include "base/slice.h"

#define MEMO_TEXTS 16   /* a power of two */
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

/* By length; all nought at first, which remembers nothing. */
struct memo {
	struct remembered texts[MEMO_TEXTS];
};

/* NULL when it is not remembered. */
static inline const struct remembered *memo_find(const struct memo *memo, struct slice text)
{
	const struct remembered *found = &memo->texts[text.length % MEMO_TEXTS];

	if (text.length == 0 || found->length != text.length ||
	    !bytes_equal(found->text, text.data, text.length))
		return NULL;
	return found;
}

/* Puts what stands for it, and up to MEMO_PIECE bytes more, which count for nothing. Returns
 * where it ends. */
static inline char *memo_copy(const struct remembered *found, char *to)
{
	for (size_t at = 0; at < found->shown_length; at += MEMO_PIECE)
		memcpy(to + at, found->shown + at, MEMO_PIECE);
	return to + found->shown_length;
}

static inline void memo_add(struct memo *memo, struct slice text, struct slice shown,
                            struct changes changes)
{
	struct remembered *place = &memo->texts[text.length % MEMO_TEXTS];
	guint64 all = changes.uids + changes.words;

	if (text.length == 0 || text.length > MEMO_LENGTH || shown.length > MEMO_LENGTH ||
	    all > 255)
		return;
	*place = (struct remembered){
		.length = (guint16)text.length,
		.shown_length = (guint16)shown.length,
		.stays = all == 0 && slice_equal(text, shown),
		.changed = all > 0,
		.changes = { (guint8)changes.uids, (guint8)changes.words },
	};
	memcpy(place->text, text.data, text.length);
	if (shown.length > 0)
		memcpy(place->shown, shown.data, shown.length);
}

#endif
