/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "record/value.h"

/* A time that is taken is taken in every zone, and lies within the years that are. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zone *floating, *berlin;
	struct slice text = fuzz_slice(data, size);
	gint64 seconds, late;
	gboolean valid, ambiguous;

	if (!floating) {
		floating = zone_new(NULL, NULL);
		berlin = zone_new("Europe/Berlin", NULL);
	}
	valid = value_time(text, floating, FALSE, &seconds, NULL);
	g_assert(valid == value_is_time(text));
	if (!valid || !berlin)
		return 0;
	g_assert(seconds == VALUE_UNKNOWN || (seconds > 600000000 && seconds < 4200000000));
	g_assert(value_time(text, berlin, FALSE, &seconds, &ambiguous));
	g_assert(value_time(text, berlin, TRUE, &late, NULL));
	g_assert(late >= seconds && (ambiguous || late == seconds));
	return 0;
}
