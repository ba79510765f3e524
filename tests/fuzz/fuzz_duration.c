/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "record/value.h"

static void assert_known_is_positive(gint64 value)
{
	g_assert(value == VALUE_UNKNOWN || value >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = fuzz_slice(data, size);
	gint64 value;

	if (value_duration(text, &value))
		assert_known_is_positive(value);
	if (value_limit_minutes(text, &value))
		assert_known_is_positive(value);
	if (value_seconds(text, &value))
		assert_known_is_positive(value);
	return 0;
}
