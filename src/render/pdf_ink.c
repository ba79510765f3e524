/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "charts/palette.h"
#include "render/pdf_text.h"

/* How much of a site's colour is at most in what is printed over or under it. */
#define GROUND 0.08
#define WORDS_ON_IT 0.18
#define STEP 0.01

/* The colour on white, as if only this share of it were painted. */
static guint32 thinned(guint32 rgb, double share)
{
	guint32 mixed = 0;

	for (int shift = 16; shift >= 0; shift -= 8) {
		double channel = rgb >> shift & 0xff;

		mixed |= (guint32)lround(255 - (255 - channel) * share) << shift;
	}
	return mixed;
}

/* The strongest tint up to `most` that goes together with the colour itself as words and ground. */
static guint32 tint(guint32 rgb, double most)
{
	double share = most;

	while (share > 0 && palette_contrast(thinned(rgb, share), rgb) < PALETTE_LEGIBLE)
		share -= STEP;
	return thinned(rgb, MAX(share, 0));
}

/* In the place of the program's blues, all of them, so that no two hues meet in a heading. */
static void set_accent(guint32 inks[INKS], guint32 rgb)
{
	inks[INK_SERIES_1] = inks[INK_SERIES_3] = rgb;
	inks[INK_HEAT_1] = tint(rgb, GROUND);
	inks[INK_TINT_1] = tint(rgb, WORDS_ON_IT);
}

void pdf_inks(guint32 inks[INKS], const char *accent)
{
	guint32 rgb = accent ? (guint32)strtoul(accent + 1, NULL, 16) : 0;

	inks[INK_NONE] = 0;
	for (enum ink ink = INK_NONE + 1; ink < INKS; ink++)
		inks[ink] = palette_entry(ink)->light;
	if (accent && palette_contrast(rgb, inks[INK_PAPER]) >= PALETTE_LEGIBLE)
		set_accent(inks, rgb);
}
