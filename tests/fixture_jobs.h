/* SPDX-License-Identifier: Apache-2.0 */
/* fixture_jobs: jobs and inventories made by hand, for the tests of measure/ and finding/. */
#ifndef FIXTURE_JOBS_H
#define FIXTURE_JOBS_H

#include <check.h>
#include <glib/gstdio.h>

#include "measure/inventory.h"

#define T0 G_GINT64_CONSTANT(1735689600) /* 2025-01-01T00:00:00Z, a Wednesday */
#define HOUR 3600
#define DAY 86400
#define GIB (G_GINT64_CONSTANT(1) << 30)
#define GIB_KIB (G_GINT64_CONSTANT(1) << 20)

/* A linear congruential generator: the same numbers everywhere. Below `limit`. */
static inline guint32 chance(guint64 *state, guint32 limit)
{
	*state = *state * G_GUINT64_CONSTANT(6364136223846793005) +
	         G_GUINT64_CONSTANT(1442695040888963407);
	return (guint32)(*state >> 33) % limit;
}

/* A file with this text in a folder of its own; remove_file() takes both away. */
static inline char *write_file(const char *name, const char *text)
{
	g_autofree char *folder = g_dir_make_tmp("reclaim-XXXXXX", NULL);
	char *path = g_build_filename(folder, name, NULL);
	ck_assert(g_file_set_contents(path, text, -1, NULL));
	return path;
}

static inline void remove_file(char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_unlink(path);
	g_rmdir(folder);
	g_free(path);
}

/* Loaded, not finished. */
static inline struct inventory *inventory_from(const char *text)
{
	char *path = write_file("nodes.txt", text);
	struct inventory *inventory = inventory_new();
	GError *error = NULL;
	ck_assert_msg(inventory_load(inventory, path, "", &error), "%s",
	              error ? error->message : "");
	remove_file(path);
	return inventory;
}

/* COMPLETED, an hour from T0 on one of one node's CPUs; nothing measured, no memory known. */
static inline struct job job_on(const char *nodelist, gint64 nodes, gint64 cpus)
{
	return (struct job){
		.user = slice_of("user_0001"), .account = slice_of("group_A"),
			.nodelist = slice_of(nodelist),
		.state = STATE_COMPLETED, .submit = T0 - 60, .eligible = T0 - 60, .start = T0,
			.end = T0 + HOUR,
		.elapsed_seconds = HOUR, .limit_seconds = VALUE_UNKNOWN, .nodes = nodes,
			.cpus = cpus,
		.memory_bytes = VALUE_UNKNOWN, .cpu_used_milliseconds = VALUE_UNKNOWN,
		.memory_peak_bytes = VALUE_UNKNOWN, .gpu_util = VALUE_UNKNOWN, .ran = nodes > 0,
	};
}

/* Begins there and lasts so long. */
static inline void job_time_set(struct job *job, gint64 start, gint64 seconds)
{
	job->submit = job->eligible = start - 60;
	job->start = start;
	job->end = start + seconds;
	job->elapsed_seconds = seconds;
}

/* Kept so many cores busy, in thousandths. */
static inline void job_use_millicores(struct job *job, gint64 millicores)
{
	job->cpu_used_milliseconds = job->elapsed_seconds * millicores;
}

#endif
