/* SPDX-License-Identifier: Apache-2.0 */
#include "record/value.h"

#define WORD(text) { text, sizeof text - 1 }

static const struct slice names[STATES] = {
	[STATE_UNKNOWN] = WORD("UNKNOWN"),
	[STATE_PENDING] = WORD("PENDING"),
	[STATE_RUNNING] = WORD("RUNNING"),
	[STATE_SUSPENDED] = WORD("SUSPENDED"),
	[STATE_RESIZING] = WORD("RESIZING"),
	[STATE_COMPLETED] = WORD("COMPLETED"),
	[STATE_CANCELLED] = WORD("CANCELLED"),
	[STATE_TIMEOUT] = WORD("TIMEOUT"),
	[STATE_FAILED] = WORD("FAILED"),
	[STATE_OUT_OF_MEMORY] = WORD("OUT_OF_MEMORY"),
	[STATE_NODE_FAIL] = WORD("NODE_FAIL"),
	[STATE_BOOT_FAIL] = WORD("BOOT_FAIL"),
	[STATE_DEADLINE] = WORD("DEADLINE"),
	[STATE_PREEMPTED] = WORD("PREEMPTED"),
	[STATE_REQUEUED] = WORD("REQUEUED"),
	[STATE_REVOKED] = WORD("REVOKED"),
};

/* What else may be printed, and what it is to the account: nodes are still held while a job
 * completes or its nodes boot. sacct prints "?" for a code that it does not know. */
static const struct {
	const char *name;
	enum job_state state;
} others[] = {
	{ "COMPLETING", STATE_RUNNING }, { "CONFIGURING", STATE_RUNNING },
	{ "STOPPED", STATE_SUSPENDED },  { "?", STATE_UNKNOWN },
	{ "", STATE_UNKNOWN },
};

/* As the accounting database stores them. */
static const struct {
	gint64 number;
	enum job_state state;
} numbers[] = {
	{ 0, STATE_PENDING },        { 1, STATE_RUNNING },    { 2, STATE_SUSPENDED },
	{ 3, STATE_COMPLETED },      { 4, STATE_CANCELLED },  { 5, STATE_FAILED },
	{ 6, STATE_TIMEOUT },        { 7, STATE_NODE_FAIL },  { 8, STATE_PREEMPTED },
	{ 9, STATE_BOOT_FAIL },      { 10, STATE_DEADLINE },  { 11, STATE_OUT_OF_MEMORY },
	{ 0x400, STATE_REQUEUED },   { 0x2000, STATE_RESIZING },
	{ 0x80000, STATE_REVOKED },
};

static gboolean read_number(struct slice word, enum job_state *state)
{
	gint64 number;

	if (!slice_number(word, &number))
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		if (numbers[i].number == number) {
			*state = numbers[i].state;
			return TRUE;
		}
	return FALSE;
}

/* Whether the text is this word, or it and a blank and more. */
static inline gboolean begins_with(struct slice text, const struct slice *word)
{
	return text.length >= word->length && text.data[0] == word->data[0] &&
	       (text.length == word->length || text.data[word->length] == ' ') &&
	       bytes_equal(text.data, word->data, word->length);
}

static G_NO_INLINE gboolean read_word(struct slice text, enum job_state *state)
{
	struct slice word;

	for (guint i = STATE_PENDING; i < STATES; i++)
		if (begins_with(text, &names[i])) {
			*state = (enum job_state)i;
			return TRUE;
		}
	word = slice_cut(&text, ' ');
	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		if (slice_is(word, others[i].name)) {
			*state = others[i].state;
			return TRUE;
		}
	return read_number(word, state);
}

gboolean value_state(struct slice text, enum job_state *state)
{
	/* Most rows say so. */
	if (text.length != 9 || !bytes_equal(text.data, "COMPLETED", 9))
		return read_word(text, state);
	*state = STATE_COMPLETED;
	return TRUE;
}

const char *state_name(enum job_state state)
{
	return names[state].data;
}

gboolean state_is_open(enum job_state state)
{
	return state == STATE_PENDING || state == STATE_RUNNING || state == STATE_SUSPENDED ||
	       state == STATE_RESIZING;
}
