/* SPDX-License-Identifier: Apache-2.0 */
#include "record/value.h"

static const char *const names[STATES] = {
	[STATE_UNKNOWN] = "UNKNOWN",     [STATE_PENDING] = "PENDING",
	[STATE_RUNNING] = "RUNNING",     [STATE_SUSPENDED] = "SUSPENDED",
	[STATE_RESIZING] = "RESIZING",   [STATE_COMPLETED] = "COMPLETED",
	[STATE_CANCELLED] = "CANCELLED", [STATE_TIMEOUT] = "TIMEOUT",
	[STATE_FAILED] = "FAILED",       [STATE_OUT_OF_MEMORY] = "OUT_OF_MEMORY",
	[STATE_NODE_FAIL] = "NODE_FAIL", [STATE_BOOT_FAIL] = "BOOT_FAIL",
	[STATE_DEADLINE] = "DEADLINE",   [STATE_PREEMPTED] = "PREEMPTED",
	[STATE_REQUEUED] = "REQUEUED",   [STATE_REVOKED] = "REVOKED",
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

gboolean value_state(struct slice text, enum job_state *state)
{
	struct slice word = slice_cut(&text, ' ');

	/* Most rows say so. */
	if (word.length == 9 && memcmp(word.data, "COMPLETED", 9) == 0) {
		*state = STATE_COMPLETED;
		return TRUE;
	}
	for (guint i = STATE_PENDING; i < STATES; i++)
		if (word.length > 0 && word.data[0] == names[i][0] && slice_is(word, names[i])) {
			*state = (enum job_state)i;
			return TRUE;
		}
	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		if (slice_is(word, others[i].name)) {
			*state = others[i].state;
			return TRUE;
		}
	return read_number(word, state);
}

const char *state_name(enum job_state state)
{
	return names[state];
}

gboolean state_is_open(enum job_state state)
{
	return state == STATE_PENDING || state == STATE_RUNNING || state == STATE_SUSPENDED ||
	       state == STATE_RESIZING;
}
