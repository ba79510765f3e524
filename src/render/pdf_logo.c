/* SPDX-License-Identifier: Apache-2.0 */
#include "render/pdf_layout.h"

#define MOST_PER_DOT 1.0 /* points: what is drawn larger is blurred */

struct pdf_box *pdf_logo(const struct pdf_flow *flow, double width, double height)
{
	struct pdf_box *box;
	double across, down, scale;

	if (!flow->logo)
		return NULL;
	across = cairo_image_surface_get_width(flow->logo);
	down = cairo_image_surface_get_height(flow->logo);
	scale = MIN(MOST_PER_DOT, MIN(width / across, height / down));
	box = pdf_box_new(BOX_PICTURE, 0, 0, across * scale, down * scale);
	box->picture = flow->logo;
	pdf_box_tag(box, "Figure");
	return box;
}
