/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/palette.h"

#include <math.h>

static const struct palette_entry palette[INKS] = {
	[INK_PAPER] = { INK_PAPER, "paper", 0xffffff, 0x14181d },
	[INK_TEXT] = { INK_TEXT, "text", 0x1a1f26, 0xe9ecef },
	[INK_MUTED] = { INK_MUTED, "muted", 0x5a6472, 0xa6b0bb },
	[INK_GRID] = { INK_GRID, "grid", 0xe2e5e9, 0x2f363f },
	[INK_SERIES_1] = { INK_SERIES_1, "series-1", 0x0072b2, 0x55b3ea },
	[INK_SERIES_2] = { INK_SERIES_2, "series-2", 0xb34700, 0xff9d57 },
	[INK_SERIES_3] = { INK_SERIES_3, "series-3", 0x12436d, 0x7a8fd0 },
	[INK_SERIES_4] = { INK_SERIES_4, "series-4", 0x5c5c5c, 0xa9adb2 },
	[INK_TINT_1] = { INK_TINT_1, "tint-1", 0xd3e7f4, 0x173a52 },
	[INK_TINT_2] = { INK_TINT_2, "tint-2", 0xf8dfcd, 0x4a2d16 },
	[INK_TINT_3] = { INK_TINT_3, "tint-3", 0xd3dde8, 0x2b3650 },
	[INK_TINT_4] = { INK_TINT_4, "tint-4", 0xe3e5e8, 0x363c44 },
	[INK_QUIET] = { INK_QUIET, "quiet", 0x87929f, 0x6d7985 },
	[INK_HEAT_1] = { INK_HEAT_1, "heat-1", 0xebf3fa, 0x1a2832 },
	[INK_HEAT_2] = { INK_HEAT_2, "heat-2", 0xcfe3f2, 0x1d394c },
	[INK_HEAT_3] = { INK_HEAT_3, "heat-3", 0xa8cde8, 0x225272 },
	[INK_HEAT_4] = { INK_HEAT_4, "heat-4", 0x6fabd5, 0x2b6b94 },
	[INK_HEAT_5] = { INK_HEAT_5, "heat-5", 0x2178b4, 0x4893c2 },
	[INK_HEAT_6] = { INK_HEAT_6, "heat-6", 0x145a90, 0x79bae3 },
	[INK_HEAT_7] = { INK_HEAT_7, "heat-7", 0x0c3a60, 0xb9dff5 },
};

const struct palette_entry *palette_entry(enum ink ink)
{
	g_assert(ink > INK_NONE && ink < INKS);
	return &palette[ink];
}

static double linear(guint32 channel)
{
	double value = (channel & 0xff) / 255.0;

	return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(guint32 rgb)
{
	return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
}

double palette_contrast(guint32 a, guint32 b)
{
	double one = luminance(a), other = luminance(b);

	return (MAX(one, other) + 0.05) / (MIN(one, other) + 0.05);
}

static void add_properties(GString *css, gboolean dark)
{
	for (guint i = INK_NONE + 1; i < INKS; i++)
		g_string_append_printf(css, "--%s:#%06x;", palette[i].name,
		                       dark ? palette[i].dark : palette[i].light);
}

char *palette_css(void)
{
	GString *css = g_string_new(":root{");

	add_properties(css, FALSE);
	g_string_append(css, "}\n@media screen and (prefers-color-scheme:dark){:root{");
	add_properties(css, TRUE);
	g_string_append(css, "}}\n");
	for (guint i = INK_NONE + 1; i < INKS; i++)
		g_string_append_printf(css, ".fill-%s{fill:var(--%s)}.line-%s{stroke:var(--%s)}\n",
		                       palette[i].name, palette[i].name, palette[i].name,
		                       palette[i].name);
	g_string_append(
		css, ".chart text{font-family:Arial,\"Liberation Sans\",Arimo,Helvetica,sans-serif;"
		     "text-rendering:geometricPrecision}\n"
		     ".chart .halo{stroke:var(--paper);stroke-width:4px;paint-order:stroke}\n");
	return g_string_free(css, FALSE);
}
