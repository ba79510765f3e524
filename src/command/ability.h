/* SPDX-License-Identifier: Apache-2.0 */
/* ability: what can be computed from an export, what stands in the way, and the command that clears
 * it. */
#ifndef COMMAND_ABILITY_H
#define COMMAND_ABILITY_H

#include "base/intern.h"
#include "base/zone.h"
#include "measure/numbers.h"
#include "record/reader.h"

/* The columns worth asking sacct for. */
#define RICH_FORMAT \
	"JobIDRaw,JobID,Cluster,User,Account,Group,Partition,QOS,State,Submit,Eligible,Start,End," \
	"ElapsedRaw,TimelimitRaw,ReqCPUS,AllocCPUS,ReqMem,NNodes,NodeList,ReqTRES,AllocTRES,TotalCPU," \
	"MaxRSS,NTasks,TRESUsageInTot,TRESUsageInAve"

/* What a reading of an export counted. */
struct census {
	struct intern *users, *accounts, *groups, *partitions, *clusters;
	guint64 jobs, ran; /* a job that was cut into pieces is one */
	guint64 cpu_held, cpu_measured, memory_measured; /* of those that ran: that held CPUs, and
	                                                    whose use of CPUs and of memory is
	                                                    known */
	guint64 gpu_jobs, gpu_measured;
	guint64 pseudonyms; /* job rows whose user bears one already */
	guint64 states[STATES];
	struct numbers *numbers;
	gint64 first, last; /* of all times; VALUE_UNKNOWN when there is none */
	enum time_step cut; /* to what they are cut */
};

/* Calls `each` with everything that might be computed, and with what stands in the way (NULL:
 * nothing). */
void ability_each(const struct census *census, const struct reading *reading,
                  void (*each)(const char *what, const char *obstacle, void *data), void *data);

/* What stands in the command for a day that no time in the export tells. */
#define DAY_TO_FILL_IN "YYYY-MM-DD"

/* The sacct command that exports what is missing; NULL when another export would not help. The
 * caller frees it. */
char *ability_command(const struct census *census, const struct reading *reading,
                      struct zone *zone);

/* Whether a column is one of those worth asking for. */
gboolean ability_wants(enum column column);

#endif
