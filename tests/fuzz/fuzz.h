/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz: what the targets share: any bytes, none of which may crash, hang or overflow anything. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdint.h>

#include "base/slice.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline struct slice fuzz_slice(const uint8_t *data, size_t size)
{
	return (struct slice){ (const char *)data, size };
}

#endif
