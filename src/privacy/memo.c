/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/memo.h"

#define MULTIPLIER G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)

void memo_clear(struct memo *memo)
{
	for (guint i = 0; memo->texts && i < MEMO_TEXTS; i++) {
		if (memo->texts[i])
			explicit_bzero(memo->texts[i], sizeof *memo->texts[i]);
		g_free(memo->texts[i]);
	}
	g_free(memo->texts);
	*memo = (struct memo){ .texts = NULL };
}

/* Two places, in one of which it is when it is remembered; in the first what was found here, or
 * added, last. */
static struct remembered **places_of(const struct memo *memo, struct slice text)
{
	guint64 hash = text.length, word = 0;
	size_t at = 0;

	for (; at + sizeof word <= text.length; at += sizeof word) {
		memcpy(&word, text.data + at, sizeof word);
		hash = (hash ^ word) * MULTIPLIER;
		hash ^= hash >> 32;
	}
	word = 0;
	memcpy(&word, text.data + at, text.length - at);
	hash = (hash ^ word) * MULTIPLIER;
	return &memo->texts[(hash >> 32) * 2 % MEMO_TEXTS];
}

static void swap(struct remembered **places)
{
	struct remembered *second = places[1];

	places[1] = places[0];
	places[0] = second;
}

const struct remembered *memo_find_older(struct memo *memo, struct slice text)
{
	struct remembered **places;

	if (!memo->texts || text.length > MEMO_LENGTH)
		return NULL;
	places = places_of(memo, text);
	if (!places[0] || !memo_is(places[0], text)) {
		if (!places[1] || !memo_is(places[1], text))
			return NULL;
		swap(places);
	}
	return memo->latest[text.length % MEMO_LATEST] = places[0];
}

gboolean memo_add(struct memo *memo, struct slice text, struct slice shown, struct changes changes)
{
	guint64 all = changes.uids + changes.words;
	struct remembered **places, *found;

	if (text.length == 0 || text.length > MEMO_LENGTH || shown.length > MEMO_LENGTH ||
	    all > 255)
		return FALSE;
	if (!memo->texts)
		memo->texts = g_new0(struct remembered *, MEMO_TEXTS);
	places = places_of(memo, text);
	swap(places);
	if (!places[0])
		places[0] = g_new(struct remembered, 1);
	found = places[0];
	*found = (struct remembered){
		.length = (guint16)text.length,
		.shown_length = (guint16)shown.length,
		.stays = all == 0 && slice_equal(text, shown),
		.changed = all > 0,
		.changes = { (guint8)changes.uids, (guint8)changes.words },
	};
	memcpy(found->text, text.data, text.length);
	if (shown.length > 0)
		memcpy(found->shown, shown.data, shown.length);
	memo->latest[text.length % MEMO_LATEST] = found;
	return TRUE;
}
