/* SPDX-License-Identifier: Apache-2.0 */
/* request_memo: whether what a row asked for and was given is remembered: asked of each row, so
 * that it is no call. */
#ifndef RECORD_REQUEST_MEMO_H
#define RECORD_REQUEST_MEMO_H

#include "record/job_row.h"

/* Reads the row's fields into the memo, and has it remember them by their texts. NULL: none has
 * room for them; what is read of them then, or when a value could not be read and would have to be
 * counted again, is there until the next row. */
const struct request *request_learn(struct job_row *row, struct request_memo *memo,
                                    const struct slice *texts);

/* 2⁶⁴ ÷ the golden ratio: its top bits mix all others */
#define REQUEST_MULTIPLIER G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)

/* By the first bytes, those in the middle and the last: a list of resources begins and ends as many
 * others do. */
static inline guint64 request_mix(guint64 hash, struct slice text)
{
	struct short_text words;

	if (!short_text(text, &words)) {
		words.head = digits_load(text.data) * 31 + digits_load(text.data + text.length / 2);
		words.tail = digits_load(text.data + text.length - 8);
	}
	return ((hash ^ words.head) * REQUEST_MULTIPLIER ^ words.tail) * REQUEST_MULTIPLIER +
	       text.length;
}

static inline struct request_memo *request_place(struct job_row *row, const struct slice *texts)
{
	guint64 hash = 0;

	for (guint i = 0; i < row->layout->spans; i++)
		hash = request_mix(hash, texts[i]);
	return &row->requests[hash * REQUEST_MULTIPLIER >> (64 - REQUEST_BITS)];
}

static inline gboolean request_is_known(const struct request_memo *memo, const struct slice *texts,
                                        guint spans)
{
	const char *at = memo->text;

	if (!memo->known)
		return FALSE;
	for (guint i = 0; i < spans; i++) {
		if (memo->lengths[i] != texts[i].length ||
		    !bytes_equal(at, texts[i].data, texts[i].length))
			return FALSE;
		at += texts[i].length;
	}
	return TRUE;
}

/* As request_read(). */
static inline const struct request *request_look(struct job_row *row)
{
	guint spans = row->layout->spans;
	struct request_memo *memo = row->last_request;
	struct slice texts[FIELD_SPANS];

	if (!row->row->as_split || spans == 0)
		return request_learn(row, NULL, NULL);
	for (guint i = 0; i < spans; i++)
		texts[i] = job_row_span(row, &row->layout->span[i]);
	if (memo && request_is_known(memo, texts, spans))
		return &memo->request;
	memo = row->last_request = request_place(row, texts);
	return request_is_known(memo, texts, spans) ? &memo->request
	                                            : request_learn(row, memo, texts);
}

#endif
