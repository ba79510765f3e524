/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "record/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = fuzz_slice(data, size);
	struct job_name name;
	enum job_state state;

	if (value_state(text, &state))
		g_assert(state < STATES);
	if (value_job(text, &name))
		g_assert(name.base.data == text.data && name.base.length > 0 &&
			 name.base.length + name.step <= text.length);
	return 0;
}
