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

/* What else sacct, scontrol and the REST interface may print: flags beside a state, and sacct's "?"
 * for a code that it does not know. Each stands for what it is to the account. */
static const struct {
	const char *name;
	enum job_state state;
} others[] = {
	/* Nodes are held: they boot, the job runs in spite of the signal under way, or its
	 * processes are cleared away. */
	{ "COMPLETING", STATE_RUNNING }, { "CONFIGURING", STATE_RUNNING }, { "POWER_UP_NODE",
	  STATE_RUNNING },
	{ "SIGNALING", STATE_RUNNING }, { "STOPPED", STATE_SUSPENDED },
	/* The run is over, and the same work begins anew sooner or later: what it held was in
	 * vain. */
	{ "REQUEUE_FED", STATE_REQUEUED }, { "REQUEUE_HOLD", STATE_REQUEUED }, { "SPECIAL_EXIT",
	  STATE_REQUEUED },
	/* Waits: its reservation is gone, or it is to be next. */
	{ "RESV_DEL_HOLD", STATE_PENDING }, { "EXPEDITING", STATE_PENDING },
	/* The nodes were at fault, not the job: a prolog failed on one, or it did not come up as
	 * the job wanted it. */
	{ "LAUNCH_FAILED", STATE_NODE_FAIL }, { "RECONFIG_FAIL", STATE_BOOT_FAIL },
	/* It has ended and its data are copied, or the database is still to be told: how it ended
	 * is not said. */
	{ "STAGE_OUT", STATE_UNKNOWN }, { "UPDATE_DB", STATE_UNKNOWN },
	{ "?", STATE_UNKNOWN }, { "", STATE_UNKNOWN },
};

/* As the accounting database stores them: a state in the lowest byte, and flags. */
static const enum job_state numbers[] = {
	STATE_PENDING,   STATE_RUNNING, STATE_SUSPENDED, STATE_COMPLETED, STATE_CANCELLED,
		STATE_FAILED,
	STATE_TIMEOUT,   STATE_NODE_FAIL, STATE_PREEMPTED, STATE_BOOT_FAIL, STATE_DEADLINE,
		STATE_OUT_OF_MEMORY,
};

/* The flags that sacct prints in the place of a state, of several the first of these; for the
 * others it prints the state. */
static const struct {
	gint64 bit;
	enum job_state state;
} flags[] = {
	{ 1 << 15, STATE_RUNNING },  /* COMPLETING */
	{ 1 << 23, STATE_UNKNOWN },  /* STAGE_OUT */
	{ 1 << 14, STATE_RUNNING },  /* CONFIGURING */
	{ 1 << 13, STATE_RESIZING },
	{ 1 << 10, STATE_REQUEUED },
	{ 1 << 20, STATE_REQUEUED }, /* REQUEUE_FED */
	{ 1 << 11, STATE_REQUEUED }, /* REQUEUE_HOLD */
	{ 1 << 12, STATE_REQUEUED }, /* SPECIAL_EXIT */
	{ 1 << 16, STATE_SUSPENDED }, /* STOPPED */
	{ 1 << 19, STATE_REVOKED },
	{ 1 << 21, STATE_PENDING },  /* RESV_DEL_HOLD */
	{ 1 << 22, STATE_RUNNING },  /* SIGNALING */
};

/* A state and the flags from LAUNCH_FAILED, bit 8, to EXPEDITING, bit 24; what is beyond is no
 * state. */
#define BASE 0xff
#define NUMBERS (1 << 25)

static gboolean read_number(struct slice word, enum job_state *state)
{
	gint64 number;

	if (!slice_number(word, &number) || number >= NUMBERS ||
	    (number & BASE) >= G_N_ELEMENTS(numbers))
		return FALSE;
	*state = numbers[number & BASE];
	for (guint i = 0; i < G_N_ELEMENTS(flags); i++)
		if (number & flags[i].bit) {
			*state = flags[i].state;
			break;
		}
	return TRUE;
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
