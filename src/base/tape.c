/* SPDX-License-Identifier: Apache-2.0 */
#include "base/tape.h"

#include "base/memory.h"

#define MOST_BYTES 10 /* of a number of 64 bits */

void tape_put_count(GByteArray *tape, guint64 count)
{
	guint8 bytes[MOST_BYTES];
	guint length = 0;
	for (; count >= 0x80; count >>= 7)
		bytes[length++] = (guint8)(count | 0x80);
	bytes[length++] = (guint8)count;
	g_byte_array_append(tape, bytes, length);
}

void tape_put_number(GByteArray *tape, gint64 number)
{
	tape_put_count(tape, (guint64)number << 1 ^ (number < 0 ? G_MAXUINT64 : 0));
}

void tape_put_text(GByteArray *tape, struct slice text)
{
	tape_put_count(tape, text.length);
	g_byte_array_append(tape, (const guint8 *)text.data, (guint)text.length);
}

void tape_init(struct tape *tape, struct slice bytes)
{
	const guint8 *at = (const guint8 *)(bytes.length > 0 ? bytes.data : "");
	*tape = (struct tape){ at, at + bytes.length, NULL, 0, NULL };
}

void tape_spend(struct tape *tape)
{
	tape->spent = tape->at;
}

#define WORTH_FORGETTING (1 << 20)

void tape_forget(struct tape *tape)
{
	if (!tape->spent || tape->at - tape->spent < WORTH_FORGETTING)
		return;
	memory_forget(tape->spent, tape->at);
	tape->spent = tape->at;
}

gboolean tape_fail(struct tape *tape, const char *wrong)
{
	if (!tape->wrong)
		tape->wrong = wrong;
	return FALSE;
}

/* Written in one way only: the last byte is not nought, and no bit is beyond the 64th. */
static guint64 count_of(struct tape *tape)
{
	guint64 count = 0;
	for (guint shift = 0; tape->at < tape->end && shift < 7 * MOST_BYTES; shift += 7) {
		guint8 byte = *tape->at++;
		if ((shift == 63 && byte > 1) || (shift > 0 && byte == 0))
			break;
		count |= (guint64)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return count;
	}
	tape_fail(tape, "a number in it is cut or too long");
	return 0;
}

guint64 tape_count(struct tape *tape)
{
	return tape->wrong ? 0 : count_of(tape);
}

guint64 tape_count_to(struct tape *tape, guint64 most)
{
	guint64 count = tape_count(tape);
	if (count <= most)
		return count;
	tape_fail(tape, "a number in it is larger than it can be");
	return 0;
}

gint64 tape_raw(struct tape *tape)
{
	guint64 folded = tape_count(tape);
	return (gint64)(folded >> 1 ^ (folded & 1 ? G_MAXUINT64 : 0));
}

gint64 tape_number(struct tape *tape)
{
	gint64 number = tape_raw(tape);
	tape->weight += number < 0 ? -(double)number : (double)number;
	return number;
}

gint64 tape_number_in(struct tape *tape, gint64 least, gint64 most)
{
	gint64 number = tape_raw(tape);
	if (number >= least && number <= most)
		return number;
	tape_fail(tape, "a number in it is out of its range");
	return CLAMP(0, least, most);
}

guint tape_length(struct tape *tape, guint least)
{
	guint64 length = tape_count(tape), left = (guint64)(tape->end - tape->at);
	if (length <= left / least && length <= G_MAXINT)
		return (guint)length;
	tape_fail(tape, "it says that more follows than does");
	return 0;
}

struct slice tape_text(struct tape *tape)
{
	guint length = tape_length(tape, 1);
	struct slice text = { (const char *)tape->at, length };
	tape->at += length;
	return text;
}
