/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/presence.h"

#include <string.h>

#define HOUR 3600
#define ROOM 512 /* hours are made room for so many at a time, a multiple of eight */

void presence_clear(struct presence *presence)
{
	g_free(presence->bits);
	*presence = (struct presence){ 0 };
}

/* Room for the hours [from, to). What is new is nought. */
static void make_room(struct presence *presence, gint64 from, gint64 to)
{
	gint64 first = from / ROOM * ROOM, end = (to + ROOM - 1) / ROOM * ROOM;
	guint8 *bits;
	if (presence->bytes > 0) {
		gint64 last = presence->first + (gint64)presence->bytes * 8;
		if (first >= presence->first && end <= last)
			return;
		first = MIN(first, presence->first);
		end = MAX(end, last);
	}
	bits = g_malloc0((gsize)(end - first) / 8);
	if (presence->bytes > 0)
		memcpy(bits + (presence->first - first) / 8, presence->bits, presence->bytes);
	g_free(presence->bits);
	*presence = (struct presence){ first, bits, (gsize)(end - first) / 8 };
}

void presence_add(struct presence *presence, gint64 from, gint64 to)
{
	gint64 begin = from / HOUR, end = (to + HOUR - 1) / HOUR;
	if (end <= begin)
		return;
	make_room(presence, begin, end);
	guint64 at = (guint64)(begin - presence->first),
		last = (guint64)(end - 1 - presence->first);
	guint8 head = (guint8)(0xff << at % 8), tail = (guint8)(0xff >> (7 - last % 8));
	if (at / 8 == last / 8) {
		presence->bits[at / 8] |= head & tail;
		return;
	}
	presence->bits[at / 8] |= head;
	memset(presence->bits + at / 8 + 1, 0xff, last / 8 - at / 8 - 1);
	presence->bits[last / 8] |= tail;
}

void presence_merge(struct presence *into, const struct presence *from)
{
	if (from->bytes == 0)
		return;
	make_room(into, from->first, from->first + (gint64)from->bytes * 8);
	for (gsize i = 0; i < from->bytes; i++)
		into->bits[(gsize)(from->first - into->first) / 8 + i] |= from->bits[i];
}

static gboolean is_set(const struct presence *presence, gint64 hour)
{
	gint64 at = hour - presence->first;
	return at >= 0 && at < (gint64)presence->bytes * 8 &&
	       (presence->bits[at / 8] >> at % 8 & 1);
}

gboolean presence_next(const struct presence *presence, gint64 *from, gint64 *to)
{
	gint64 last = presence->first + (gint64)presence->bytes * 8,
	       begin = MAX((*to + HOUR - 1) / HOUR, presence->first);
	gint64 end;
	while (begin < last && !is_set(presence, begin))
		begin++;
	for (end = begin; is_set(presence, end);)
		end++;
	*from = begin * HOUR;
	*to = end * HOUR;
	return end > begin;
}

/* Bits of the bytes [at, at + count), count up to eight. */
static inline guint64 word_at(const struct presence *presence, gsize at, gsize count)
{
	guint64 word = 0;
	memcpy(&word, presence->bits + at, count);
	return word;
}

/* Pairs, then fours, then bytes are summed side by side: processors that count bits themselves are
 * not taken for granted. */
static inline guint bits_in(guint64 word)
{
	word -= word >> 1 & G_GUINT64_CONSTANT(0x5555555555555555);
	word = (word & G_GUINT64_CONSTANT(0x3333333333333333)) +
	       (word >> 2 & G_GUINT64_CONSTANT(0x3333333333333333));
	word = (word + (word >> 4)) & G_GUINT64_CONSTANT(0x0f0f0f0f0f0f0f0f);
	return (guint)(word * G_GUINT64_CONSTANT(0x0101010101010101) >> 56);
}

/* Of the bytes that the hours lie in all are counted, and then those taken off that come before and
 * after. */
gint64 presence_hours(const struct presence *presence, gint64 from, gint64 to)
{
	gint64 begin = MAX(from / HOUR + (from % HOUR != 0) - presence->first, 0), hours = 0;
	gint64 end = MIN(to / HOUR - presence->first, (gint64)presence->bytes * 8);
	if (begin >= end)
		return 0;
	gsize at = (gsize)begin / 8, last = ((gsize)end + 7) / 8;
	guint8 before = (guint8)(presence->bits[at] & ~(0xff << begin % 8));
	guint8 after = end % 8 ? presence->bits[last - 1] >> end % 8 : 0;
	for (; at + 8 <= last; at += 8)
		hours += bits_in(word_at(presence, at, 8));
	return hours + bits_in(word_at(presence, at, last - at)) - bits_in(before) - bits_in(after);
}

gint64 presence_hours_touched(const struct presence *presence, gint64 from, gint64 to)
{
	return presence_hours(presence, from / HOUR * HOUR,
	                      to < G_MAXINT64 - HOUR ? (to + HOUR - 1) / HOUR * HOUR : to);
}
