/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "measure/sreport.h"

/* What is taken has a period, an amount or a share, and a cluster. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zone *zone = zone_new("Europe/Berlin", NULL);
	g_autoptr(GError) error = NULL;
	struct sreport report;

	if (sreport_read_text(fuzz_slice(data, size), zone, &report, &error)) {
		g_assert(report.to >= report.from && report.clusters > 0);
		g_assert((report.unit_seconds == 0) == (report.allocated_seconds < 0));
	} else {
		g_assert(error && *error->message);
	}
	zone_free(zone);
	return 0;
}
