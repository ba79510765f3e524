/* SPDX-License-Identifier: Apache-2.0 */
/* logo: the picture of a site, for who paints it. */
#ifndef RENDER_LOGO_H
#define RENDER_LOGO_H

#include <cairo.h>
#include <glib.h>

/* What logo_load() gave, unpacked. NULL for NULL, and when it does not unpack. The caller destroys
 * it. */
cairo_surface_t *logo_surface(GBytes *png);

/* Of a PNG that cairo writes, the next bytes into a GByteArray. */
cairo_status_t logo_take(void *array, const unsigned char *bytes, unsigned length);

#endif
