/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "record/value.h"

/* No flag is ever left in a number: what is known is below 2^63. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = fuzz_slice(data, size);
	enum memory_per per;
	gint64 value;

	if (value_memory(text, &value, &per))
		g_assert(value == VALUE_UNKNOWN || value >= 0);
	if (value_bytes(text, &value))
		g_assert(value == VALUE_UNKNOWN || value >= 0);
	if (value_count(text, &value))
		g_assert(value == VALUE_UNKNOWN || value >= 0);
	value_is_number(text);
	return 0;
}
