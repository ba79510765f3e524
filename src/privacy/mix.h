/* SPDX-License-Identifier: Apache-2.0 */
/* mix: a number → another one that looks like chance; the same in every run. */
#ifndef PRIVACY_MIX_H
#define PRIVACY_MIX_H

#include <glib.h>

static inline guint64 mix(guint64 x)
{
	x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

#endif
