/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/stock.h"

struct stock stock_from(gint64 owned, const GArray *steps, const struct away *away, gint64 begin)
{
	return (struct stock){
		.owned = owned, .steps = steps, .away = away, .begin = begin, .now = begin
	};
}

static gint64 step_from(const struct stock *stock, guint step)
{
	return g_array_index(stock->steps, struct capacity_step, step).from;
}

static void take_owned(struct stock *stock, struct stretch *stretch)
{
	stretch->owned = stock->owned;
	if (!stock->steps)
		return;
	while (stock->step + 1 < stock->steps->len &&
	       step_from(stock, stock->step + 1) <= stock->now)
		stock->step++;
	if (stock->step + 1 < stock->steps->len)
		stretch->minutes = MIN(stretch->minutes,
		                       (step_from(stock, stock->step + 1) - stock->now + 59) / 60);
	stretch->owned = g_array_index(stock->steps, struct capacity_step, stock->step).nodes;
}

static void take_away(const struct stock *stock, struct stretch *stretch)
{
	if (!stock->away)
		return;
	gint64 minute = (stock->now - stock->begin) / 60, alike = 1;
	const gint64 *down = stock->away->down + minute, *planned = stock->away->planned + minute;
	while (alike < stretch->minutes && down[alike] == *down && planned[alike] == *planned)
		alike++;
	stretch->minutes = alike;
	stretch->down = *down * MICRO;
	stretch->planned = *planned * MICRO;
}

struct stretch stock_next(struct stock *stock, gint64 most)
{
	struct stretch stretch = { .minutes = most };
	take_owned(stock, &stretch);
	take_away(stock, &stretch);
	stock->now += stretch.minutes * 60;
	return stretch;
}
