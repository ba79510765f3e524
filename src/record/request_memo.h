/* SPDX-License-Identifier: Apache-2.0 */
/* request_memo: whether what a row asked for and was given is remembered: asked of each row, so that it is no call. */
#ifndef RECORD_REQUEST_MEMO_H
#define RECORD_REQUEST_MEMO_H

#include "record/job_row.h"

/* Reads the row's fields into the memo, and has it remember them by their texts. NULL: none has room for them; what is read of
 * them then, or when a value could not be read and would have to be counted again, is there until the next row. */
const struct request *request_learn(struct job_row *row, struct request_memo *memo, const struct slice *texts);

/* Finds the texts, and the place for such as are so long. NULL when nothing is to be remembered. */
static inline struct request_memo *request_place(struct job_row *row, struct slice *texts)
{
	guint spans = row->layout->spans;
	size_t sum = 0;

	if (!row->row->as_split || spans == 0)
		return NULL;
	for (guint i = 0; i < spans; i++) {
		texts[i] = job_row_span(row, &row->layout->span[i]);
		sum += texts[i].length * (i + 1);
	}
	return &row->requests[sum % REQUEST_MEMOS];
}

static inline gboolean request_is_known(const struct request_memo *memo, const struct slice *texts, guint spans)
{
	const char *at = memo->text;

	if (!memo->known)
		return FALSE;
	for (guint i = 0; i < spans; i++) {
		if (memo->lengths[i] != texts[i].length || !bytes_equal(at, texts[i].data, texts[i].length))
			return FALSE;
		at += texts[i].length;
	}
	return TRUE;
}

/* As request_read(). */
static inline const struct request *request_look(struct job_row *row)
{
	struct slice texts[FIELD_SPANS];
	struct request_memo *memo = request_place(row, texts);

	if (memo && request_is_known(memo, texts, row->layout->spans))
		return &memo->request;
	return request_learn(row, memo, texts);
}

#endif
