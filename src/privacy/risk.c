/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/risk.h"

#include <math.h>
#include <stdlib.h>

#include "base/intern.h"
#include "base/zone.h"
#include "record/reader.h"

#define POINTS_KEPT ((guint)1 << 20) /* of the sample; twice as many while it is taken */
#define NEVER 0                      /* the month of jobs that did not start */
#define SEED 20250131

/* What is counted apart. */
struct key {
	guint32 user, group;
	guint16 month, gpu; /* month: since year 0; NEVER */
};

struct cell {
	struct key key;
	guint64 jobs, core_seconds;
};

/* What a searcher knows of a job, and whose it is. */
struct point {
	guint64 seen; /* start and group */
	guint32 user;
};

struct counting {
	struct zone *zone;
	struct intern *users, *groups, *keys;
	GArray *cells;  /* struct cell, by number of the key */
	GArray *points; /* struct point */
	guint64 most;   /* points whose mixed sight is larger are left out */
	gint32 day;     /* of the last month looked up */
	guint16 month;
	gboolean by_group;
};

static guint64 mix(guint64 x)
{
	x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

/* Counting */

static guint16 month_of(struct counting *counting, gint64 start)
{
	gint32 day;

	if (start == VALUE_UNKNOWN)
		return NEVER;
	day = zone_day(counting->zone, start);
	if (day != counting->day) {
		struct civil civil = zone_day_civil(day);

		counting->day = day;
		counting->month = (guint16)(civil.year * 12 + civil.month);
	}
	return counting->month;
}

static int compare_points(const void *a, const void *b)
{
	const struct point *one = a, *other = b;

	if (one->seen != other->seen)
		return one->seen < other->seen ? -1 : 1;
	return one->user < other->user ? -1 : one->user > other->user;
}

static void sort(GArray *array, int (*compare)(const void *, const void *))
{
	if (array->len > 0)
		qsort(array->data, array->len, g_array_get_element_size(array), compare);
}

static struct point *point_at(const GArray *points, guint i)
{
	return &g_array_index(points, struct point, i);
}

/* Sorted, each once, and none that is beyond the most. */
static void tidy(struct counting *counting)
{
	GArray *points = counting->points;
	guint kept = 0;

	sort(points, compare_points);
	for (guint i = 0; i < points->len; i++) {
		const struct point *point = point_at(points, i);

		if (mix(point->seen) <= counting->most &&
		    (kept == 0 || compare_points(point, point_at(points, kept - 1)) != 0))
			*point_at(points, kept++) = *point;
	}
	g_array_set_size(points, kept);
}

/* A sight is in the sample with all who share it, or with none. */
static void add_point(struct counting *counting, const struct point *point)
{
	if (mix(point->seen) > counting->most)
		return;
	g_array_append_vals(counting->points, point, 1);
	if (counting->points->len < 2 * POINTS_KEPT)
		return;
	tidy(counting);
	while (counting->points->len > POINTS_KEPT) {
		counting->most /= 2;
		tidy(counting);
	}
}

static void add_cell(struct counting *counting, const struct key *key, const struct job *job)
{
	guint32 number =
		intern_get(counting->keys, (struct slice){ (const char *)key, sizeof *key });
	struct cell *cell;

	if (number == counting->cells->len)
		g_array_append_vals(counting->cells, &(struct cell){ .key = *key }, 1);
	cell = &g_array_index(counting->cells, struct cell, number);
	cell->jobs += !job->piece;
	cell->core_seconds += (guint64)(MAX(job->cpus, 0) * MAX(job->elapsed_seconds, 0));
}

static void add_job(struct counting *counting, const struct job *job)
{
	struct slice group = counting->by_group ? job->group : job->account;
	struct key key;

	if (slice_empty(job->user))
		return;
	key = (struct key){ .user = intern_get(counting->users, job->user),
		            .group = intern_get(counting->groups, group),
		            .month = month_of(counting, job->start),
		            .gpu = job->gpus > 0 || job->mig_slices > 0 };
	add_cell(counting, &key, job);
	if (key.month != NEVER)
		add_point(counting, &(struct point){ (guint64)job->start << 24 | key.group, key.user });
}

/* Groups and cells */

static int by_member(const void *a, const void *b)
{
	const struct key *one = a, *other = b;

	return one->group != other->group ? (one->group < other->group ? -1 : 1) :
	       one->user != other->user   ? (one->user < other->user ? -1 : 1) :
	                                    0;
}

static int by_place(const void *a, const void *b)
{
	const struct key *one = a, *other = b;
	guint one_month = one->month * 2u + one->gpu, other_month = other->month * 2u + other->gpu;

	return one->group != other->group   ? (one->group < other->group ? -1 : 1) :
	       one_month != other_month     ? (one_month < other_month ? -1 : 1) :
	                                      0;
}

struct group {
	guint64 users, jobs, core_seconds, largest;
};

static struct group group_from(const struct cell *cell, const struct cell *end, const struct cell **next)
{
	struct group group = { 0 };
	const struct cell *first = cell;
	guint64 own = 0;

	for (; cell < end && cell->key.group == first->key.group; cell++) {
		gboolean same = cell > first && cell->key.user == cell[-1].key.user;

		own = cell->core_seconds + (same ? own : 0);
		group.users += !same;
		group.jobs += cell->jobs;
		group.core_seconds += cell->core_seconds;
		group.largest = MAX(group.largest, own);
	}
	*next = cell;
	return group;
}

static void count_groups(struct risk *risk, GArray *cells)
{
	const struct cell *cell = (const struct cell *)cells->data, *end = cell + cells->len;

	sort(cells, by_member);
	while (cell < end) {
		struct group group = group_from(cell, end, &cell);

		risk->groups++;
		risk->jobs += group.jobs;
		risk->core_hours += (double)group.core_seconds / 3600;
		if (group.core_seconds > 0 && (double)group.largest >= RISK_DOMINANCE * (double)group.core_seconds)
			risk->groups_dominated++;
		if (group.users >= RISK_MINIMUM)
			continue;
		risk->groups_below++;
		risk->jobs_below += group.jobs;
		risk->core_hours_below += (double)group.core_seconds / 3600;
	}
}

static void count_cells(struct risk *risk, GArray *cells)
{
	const struct cell *cell = (const struct cell *)cells->data, *end = cell + cells->len, *first;

	sort(cells, by_place);
	while (cell < end) {
		for (first = cell; cell < end && by_place(first, cell) == 0; cell++)
			;
		if (first->key.month == NEVER)
			continue;
		risk->cells++;
		risk->cells_below += cell - first < RISK_MINIMUM;
		risk->cells_of_two += cell - first == 2;
	}
}

/* Users */

struct habits {
	guint64 groups, months; /* sums over the sets: whatever the order */
	gboolean gpu;
};

/* Each pair of a user and something of theirs once. */
static gboolean is_new(GHashTable *seen, guint64 user, guint64 thing)
{
	gint64 pair = (gint64)(user << 32 | thing);

	return g_hash_table_add(seen, g_memdup2(&pair, sizeof pair));
}

static struct habits *habits_of_all(const GArray *cells, guint users)
{
	struct habits *habits = g_new0(struct habits, users);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);

	for (guint i = 0; i < cells->len; i++) {
		const struct key *key = &g_array_index(cells, struct cell, i).key;
		struct habits *own = &habits[key->user];

		own->gpu |= key->gpu;
		if (is_new(seen, key->user, key->group))
			own->groups += mix(key->group + 1);
		if (key->month != NEVER && is_new(seen, key->user, ((guint64)1 << 31) + key->month))
			own->months += mix(key->month);
	}
	return habits;
}

static int compare_numbers(const void *a, const void *b)
{
	const guint64 *one = a, *other = b;

	return *one < *other ? -1 : *one > *other;
}

static void count_unique_users(struct risk *risk, const GArray *cells, guint users)
{
	g_autofree struct habits *habits = habits_of_all(cells, users);
	g_autofree guint64 *looks = g_new(guint64, users + 1);

	for (guint i = 0; i < users; i++)
		looks[i] = mix(habits[i].groups) ^ mix(habits[i].months + 1) ^ mix(2 + (guint64)!!habits[i].gpu);
	qsort(looks, users, sizeof *looks, compare_numbers);
	for (guint i = 0; i < users; i++)
		risk->users_unique += (i == 0 || looks[i] != looks[i - 1]) &&
		                      (i + 1 == users || looks[i] != looks[i + 1]);
}

/* Known jobs */

struct drawing {
	const GArray *points; /* sorted */
	guint *own, *first;   /* numbers of points by user; where a user's begin, and the end */
	guint users;
	guint64 state;
};

static guint random_below(struct drawing *drawing, guint bound)
{
	drawing->state += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
	return (guint)(mix(drawing->state) % bound);
}

static void drawing_init(struct drawing *drawing, const GArray *points, guint users)
{
	g_autofree guint *at = g_new0(guint, users + 1);

	*drawing = (struct drawing){ .points = points, .users = users, .state = SEED };
	drawing->own = g_new(guint, points->len + 1);
	drawing->first = g_new0(guint, users + 2);
	for (guint i = 0; i < points->len; i++)
		drawing->first[point_at(points, i)->user + 1]++;
	for (guint i = 0; i < users; i++)
		drawing->first[i + 1] += drawing->first[i];
	for (guint i = 0; i < points->len; i++) {
		guint user = point_at(points, i)->user;

		drawing->own[drawing->first[user] + at[user]++] = i;
	}
}

static gboolean has_point(const struct drawing *drawing, guint32 user, guint64 seen)
{
	struct point wanted = { seen, user };

	return bsearch(&wanted, drawing->points->data, drawing->points->len, sizeof wanted, compare_points) != NULL;
}

static gboolean has_all(const struct drawing *drawing, guint32 user, const guint *known, guint count)
{
	for (guint i = 0; i < count; i++)
		if (!has_point(drawing, user, point_at(drawing->points, known[i])->seen))
			return FALSE;
	return TRUE;
}

/* Whether nobody but their owner has all of these points. */
static gboolean is_unique(const struct drawing *drawing, const guint *known, guint count)
{
	const struct point *owner = point_at(drawing->points, known[0]);
	guint at = known[0];

	while (at > 0 && point_at(drawing->points, at - 1)->seen == owner->seen)
		at--;
	for (; at < drawing->points->len && point_at(drawing->points, at)->seen == owner->seen; at++) {
		guint32 user = point_at(drawing->points, at)->user;

		if (user != owner->user && has_all(drawing, user, known + 1, count - 1))
			return FALSE;
	}
	return TRUE;
}

/* Different ones of a user's points. */
static void draw_known(struct drawing *drawing, guint user, guint *known, guint count)
{
	guint first = drawing->first[user], all = drawing->first[user + 1] - first;

	for (guint i = 0; i < count; i++) {
		gboolean again;

		do {
			known[i] = drawing->own[first + random_below(drawing, all)];
			again = FALSE;
			for (guint j = 0; j < i; j++)
				again |= known[j] == known[i];
		} while (again);
	}
}

/* People who have so many jobs are equally likely to be looked for. */
static struct unicity draw(struct drawing *drawing, guint count)
{
	struct unicity unicity = { 0 };
	g_autofree guint *able = g_new(guint, drawing->users + 1);
	guint people = 0, known[RISK_KNOWN];

	for (guint i = 0; i < drawing->users; i++)
		if (drawing->first[i + 1] - drawing->first[i] >= count)
			able[people++] = i;
	for (; people > 0 && unicity.draws < RISK_DRAWS; unicity.draws++) {
		draw_known(drawing, able[random_below(drawing, people)], known, count);
		unicity.unique += is_unique(drawing, known, count);
	}
	return unicity;
}

struct risk_share risk_share(const struct unicity *unicity)
{
	const double z = 1.959964, n = unicity->draws;
	double share, middle, half;

	if (unicity->draws == 0)
		return (struct risk_share){ 0, 0, 0 };
	share = unicity->unique / n;
	middle = (share + z * z / (2 * n)) / (1 + z * z / n);
	half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n);
	return (struct risk_share){ share, MAX(middle - half, 0), MIN(middle + half, 1) };
}

/* All of it */

static void judge(struct counting *counting, struct risk *risk)
{
	guint users = intern_count(counting->users);
	struct drawing drawing;

	risk->users = users;
	if (risk->grouped_by)
		count_groups(risk, counting->cells);
	count_cells(risk, counting->cells);
	count_unique_users(risk, counting->cells, users);
	tidy(counting);
	drawing_init(&drawing, counting->points, users);
	for (guint i = 0; i < RISK_KNOWN; i++)
		risk->unicity[i] = draw(&drawing, i + 1);
	g_free(drawing.own);
	g_free(drawing.first);
}

static gboolean read_jobs(struct counting *counting, struct reader *reader, struct risk *risk, GError **error)
{
	const struct reading *reading = reader_reading(reader);
	g_autoptr(GError) broken = NULL;
	struct job job;
	gboolean more = reader_next(reader, &job, &broken);

	counting->by_group = !reading->has[COLUMN_ACCOUNT];
	risk->grouped_by = !counting->by_group           ? "account"
	                   : reading->has[COLUMN_GROUP] ? "group"
	                                                : NULL;
	for (; more; more = reader_next(reader, &job, &broken))
		add_job(counting, &job);
	if (broken)
		return g_propagate_error(error, g_steal_pointer(&broken)), FALSE;
	return TRUE;
}

gboolean risk_measure(struct risk *risk, const char *path, gboolean repeats, GError **error)
{
	char *paths[] = { (char *)path, NULL };
	struct counting counting = { .zone = zone_new(NULL, NULL), .most = G_MAXUINT64, .day = G_MININT32 };
	struct reader *reader = reader_open(paths, counting.zone, error);
	gboolean done = FALSE;

	*risk = (struct risk){ 0 };
	counting.users = intern_new();
	counting.groups = intern_new();
	counting.keys = intern_new();
	counting.cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
	counting.points = g_array_new(FALSE, FALSE, sizeof(struct point));
	if (reader) {
		reader_spare_digests(reader);
		if (repeats)
			reader_expect_duplicates(reader);
		done = read_jobs(&counting, reader, risk, error);
		reader_close(reader);
	}
	if (done)
		judge(&counting, risk);
	g_array_unref(counting.cells);
	g_array_unref(counting.points);
	intern_free(counting.users);
	intern_free(counting.groups);
	intern_free(counting.keys);
	zone_free(counting.zone);
	return done;
}
