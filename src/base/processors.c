/* SPDX-License-Identifier: Apache-2.0 */
#include "base/processors.h"

#include <sched.h>

/* GLib counts those of the machine, not those that taskset, a container or a batch job allows. */
guint processors_usable(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof set, &set) != 0)
		return g_get_num_processors();
	return (guint)MAX(CPU_COUNT(&set), 1);
}
