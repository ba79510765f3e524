/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "record/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = fuzz_slice(data, size);
	struct tres tres;

	for (int usage = 0; usage < 2; usage++) {
		if (!value_tres(text, usage, &tres))
			continue;
		g_assert(tres.gpus >= 0 && tres.mig_slices >= 0);
		g_assert(slice_empty(tres.gpu_type) ||
			 (tres.gpu_type.data >= text.data &&
			  tres.gpu_type.data + tres.gpu_type.length <= text.data + text.length));
	}
	return 0;
}
