/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/risk.h"

#include <math.h>
#include <stdlib.h>

#include "base/intern.h"
#include "base/zone.h"
#include "privacy/mix.h"
#include "privacy/known.h"
#include "record/reader.h"

#define NEVER 0 /* the month of jobs that did not start */

/* What is counted apart. */
struct key {
	guint32 user, group;
	guint16 month, gpu; /* month: since year 0; NEVER */
};

struct cell {
	struct key key;
	guint32 place;  /* the number that user and group have together, … */
	gboolean first; /* … of which this is the first cell */
	guint64 jobs, core_seconds;
};

/* What was last seen of a user: mostly the next job has it too. */
struct last {
	guint32 group, cell; /* number + 1; 0: nothing yet */
};

struct risk_meter {
	const char *grouped_by;
	struct zone *zone;
	struct intern *users, *groups, *keys;
	GArray *cells; /* struct cell, by number of the key */
	GArray *last;  /* struct last, by number of the user */
	struct known *known;
	gint64 begin, end; /* of the last month looked up */
	guint16 month;
	struct before {
		struct slice user, group; /* the interns' */
		guint32 cell;
	} before; /* the job before; without a user there was none */
};

struct risk_meter *risk_meter_new(const char *grouped_by)
{
	struct risk_meter *meter = g_new0(struct risk_meter, 1);

	meter->grouped_by = grouped_by;
	meter->zone = zone_new(NULL, NULL);
	meter->users = intern_new();
	meter->groups = intern_new();
	meter->keys = intern_new();
	meter->cells = g_array_sized_new(FALSE, FALSE, sizeof(struct cell), 64);
	meter->last = g_array_new(FALSE, TRUE, sizeof(struct last));
	meter->known = known_new();
	return meter;
}

void risk_meter_free(struct risk_meter *meter)
{
	if (!meter)
		return;
	known_free(meter->known);
	g_array_unref(meter->cells);
	g_array_unref(meter->last);
	intern_free(meter->users);
	intern_free(meter->groups);
	intern_free(meter->keys);
	zone_free(meter->zone);
	g_free(meter);
}

struct zone *risk_meter_zone(const struct risk_meter *meter)
{
	return meter->zone;
}

/* Counting */

static G_NO_INLINE guint16 find_month(struct risk_meter *meter, gint64 start)
{
	gint32 day, first, next;
	struct civil civil;

	if (start == VALUE_UNKNOWN)
		return NEVER;
	day = zone_day(meter->zone, start);
	civil = zone_day_civil(day);
	first = day - (civil.day - 1);
	next = first + 31;
	next -= zone_day_civil(next).day - 1;
	meter->begin = zone_day_start(meter->zone, first);
	meter->end = zone_day_start(meter->zone, next);
	return meter->month = (guint16)(civil.year * 12 + civil.month);
}

static inline guint16 month_of(struct risk_meter *meter, gint64 start)
{
	return start >= meter->begin && start < meter->end ? meter->month
	                                                   : find_month(meter, start);
}

static struct cell *cell_at(const struct risk_meter *meter, guint32 number)
{
	return &g_array_index(meter->cells, struct cell, number);
}

static gboolean same_key(const struct key *one, const struct key *other)
{
	return one->user == other->user && one->group == other->group &&
	       one->month == other->month && one->gpu == other->gpu;
}

static void add_cell(struct risk_meter *meter, const struct key *key)
{
	guint places = known_places(meter->known);
	struct cell cell = { .key = *key,
		             .place = known_place(meter->known, key->user, key->group) };

	cell.first = cell.place == places;
	g_array_append_val(meter->cells, cell);
}

static guint32 find_cell(struct risk_meter *meter, const struct key *key, struct last *last)
{
	guint32 number;

	if (last->cell > 0 && same_key(&cell_at(meter, last->cell - 1)->key, key))
		return last->cell - 1;
	number = intern_get(meter->keys, (struct slice){ (const char *)key, sizeof *key });
	if (number == meter->cells->len)
		add_cell(meter, key);
	last->cell = number + 1;
	return number;
}

static guint32 find_group(struct risk_meter *meter, struct slice group, struct last *last)
{
	if (last->group == 0 || !intern_is(meter->groups, last->group - 1, group))
		last->group = intern_get(meter->groups, group) + 1;
	return last->group - 1;
}

static struct slice interned(const struct intern *intern, guint32 number, struct slice text)
{
	return (struct slice){ intern_text(intern, number), text.length };
}

static G_NO_INLINE struct cell *cell_anew(struct risk_meter *meter, const struct seen_job *job,
                                          guint16 month)
{
	guint32 user = intern_get(meter->users, job->user), group;
	struct last *last;

	if (user == meter->last->len)
		g_array_set_size(meter->last, user + 1);
	last = &g_array_index(meter->last, struct last, user);
	group = find_group(meter, job->group, last);
	meter->before = (struct before){
		.user = interned(meter->users, user, job->user),
		.group = interned(meter->groups, group, job->group),
		.cell = find_cell(meter, &(struct key){ user, group, month, !!job->gpus }, last),
	};
	return cell_at(meter, meter->before.cell);
}

static inline gboolean is_text(struct slice known, struct slice text)
{
	return known.length == text.length && bytes_equal(known.data, text.data, text.length);
}

/* Jobs come in bursts: mostly it is that of the job before. */
static inline struct cell *cell_of(struct risk_meter *meter, const struct seen_job *job,
                                   guint16 month)
{
	const struct before *before = &meter->before;

	if (is_text(before->user, job->user) && is_text(before->group, job->group)) {
		struct cell *cell = cell_at(meter, before->cell);

		if (cell->key.month == month && cell->key.gpu == !!job->gpus)
			return cell;
	}
	return cell_anew(meter, job, month);
}

static inline void count_job(struct risk_meter *meter, struct cell *cell, gint64 start,
                             guint64 core_seconds)
{
	cell->core_seconds += core_seconds;
	if (cell->key.month != NEVER)
		known_add(meter->known, start, cell->place);
}

void risk_meter_add(struct risk_meter *meter, const struct seen_job *job)
{
	guint16 month = month_of(meter, job->start);
	struct cell *cell;

	if (slice_empty(job->user))
		return;
	cell = cell_of(meter, job, month);
	cell->jobs += !job->piece;
	count_job(meter, cell, job->start, job->core_seconds);
}

static G_NO_INLINE struct cell *other_month(struct risk_meter *meter, guint16 month)
{
	struct before before = meter->before;
	gboolean gpus = cell_at(meter, before.cell)->key.gpu;

	return cell_anew(meter,
	                 &(struct seen_job){
				 .user = before.user, .group = before.group, .gpus = gpus },
	                 month);
}

static G_NO_INLINE void add_another_anew(struct risk_meter *meter, gint64 start,
                                         guint64 core_seconds)
{
	guint16 month = month_of(meter, start);
	struct cell *cell = cell_at(meter, meter->before.cell);

	if (cell->key.month != month)
		cell = other_month(meter, month);
	cell->jobs++;
	count_job(meter, cell, start, core_seconds);
}

void risk_meter_add_another(struct risk_meter *meter, gint64 start, guint64 core_seconds)
{
	struct cell *cell = cell_at(meter, meter->before.cell);

	/* Mostly it started in that month, too. */
	if (start < meter->begin || start >= meter->end || cell->key.month != meter->month) {
		add_another_anew(meter, start, core_seconds);
		return;
	}
	cell->jobs++;
	cell->core_seconds += core_seconds;
	known_add(meter->known, start, cell->place);
}

/* Groups and cells */

struct group {
	guint64 users, jobs, core_seconds, largest;
};

/* No order of the cells is needed: a group's users are counted by their first ones. */
static void count_members(struct risk_meter *meter, struct group *groups)
{
	/* core-seconds, by place */
	g_autofree guint64 *own = g_new0(guint64, known_places(meter->known));
	const struct cell *cells = cell_at(meter, 0);

	for (guint i = 0; i < meter->cells->len; i++) {
		struct group *group = &groups[cells[i].key.group];

		group->jobs += cells[i].jobs;
		group->core_seconds += cells[i].core_seconds;
		group->users += cells[i].first;
		own[cells[i].place] += cells[i].core_seconds;
	}
	for (guint i = 0; i < meter->cells->len; i++) {
		struct group *group = &groups[cells[i].key.group];

		group->largest = MAX(group->largest, own[cells[i].place]);
	}
}

static void count_groups(struct risk *risk, struct risk_meter *meter)
{
	guint count = intern_count(meter->groups);
	g_autofree struct group *groups = g_new0(struct group, count);

	count_members(meter, groups);
	risk->groups = count;
	for (const struct group *group = groups; group < groups + count; group++) {
		risk->jobs += group->jobs;
		risk->core_hours += (double)group->core_seconds / 3600;
		if (group->core_seconds > 0 &&
		    (double)group->largest >= RISK_DOMINANCE * (double)group->core_seconds)
			risk->groups_dominated++;
		if (group->users >= RISK_MINIMUM)
			continue;
		risk->groups_below++;
		risk->jobs_below += group->jobs;
		risk->core_hours_below += (double)group->core_seconds / 3600;
	}
}

/* A cell of the meter's is one user's: those of all users that are alike are one here. */
static void count_cells(struct risk *risk, const GArray *cells)
{
	struct intern *alike = intern_new();
	g_autoptr(GArray) users = g_array_new(FALSE, TRUE, sizeof(guint32));

	for (guint i = 0; i < cells->len; i++) {
		struct key key = g_array_index(cells, struct cell, i).key;
		guint32 number;

		if (key.month == NEVER)
			continue;
		key.user = 0;
		number = intern_get(alike, (struct slice){ (const char *)&key, sizeof key });
		if (number == users->len)
			g_array_set_size(users, number + 1);
		g_array_index(users, guint32, number)++;
	}
	risk->cells = users->len;
	for (guint i = 0; i < users->len; i++) {
		risk->cells_below += g_array_index(users, guint32, i) < RISK_MINIMUM;
		risk->cells_of_two += g_array_index(users, guint32, i) == 2;
	}
	intern_free(alike);
}

/* Users */

struct habits {
	guint64 groups, months; /* sums over the sets: whatever the order */
	gboolean gpu;
};

/* Each pair of a user and a month once. */
static gboolean is_new(struct intern *seen, const struct key *key)
{
	guint64 pair = (guint64)key->user << 32 | key->month;
	guint32 count = intern_count(seen);

	return intern_get(seen, (struct slice){ (const char *)&pair, sizeof pair }) == count;
}

static struct habits *habits_of_all(const GArray *cells, guint users)
{
	struct habits *habits = g_new0(struct habits, users);
	struct intern *seen = intern_new();

	for (guint i = 0; i < cells->len; i++) {
		const struct cell *cell = &g_array_index(cells, struct cell, i);
		struct habits *own = &habits[cell->key.user];

		own->gpu |= cell->key.gpu;
		if (cell->first)
			own->groups += mix(cell->key.group + 1);
		if (cell->key.month != NEVER && is_new(seen, &cell->key))
			own->months += mix(cell->key.month);
	}
	intern_free(seen);
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
		looks[i] = mix(habits[i].groups) ^ mix(habits[i].months + 1) ^
		           mix(2 + (guint64) !!habits[i].gpu);
	qsort(looks, users, sizeof *looks, compare_numbers);
	for (guint i = 0; i < users; i++)
		risk->users_unique += (i == 0 || looks[i] != looks[i - 1]) &&
		                      (i + 1 == users || looks[i] != looks[i + 1]);
}

/* Shares */

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

void risk_meter_finish(struct risk_meter *meter, struct risk *risk)
{
	guint users = intern_count(meter->users);

	*risk = (struct risk){ .grouped_by = meter->grouped_by, .users = users };
	if (risk->grouped_by)
		count_groups(risk, meter);
	count_cells(risk, meter->cells);
	count_unique_users(risk, meter->cells, users);
	known_draw(meter->known, users, risk->unicity);
	risk->known_one_in = known_one_in(meter->known);
}

const char *risk_grouped_by(gboolean has_account, gboolean has_group)
{
	return has_account ? "account" : has_group ? "group" : NULL;
}

static gboolean read_jobs(struct risk_meter *meter, struct reader *reader, GError **error)
{
	gboolean by_account = g_strcmp0(meter->grouped_by, "account") == 0;
	g_autoptr(GError) broken = NULL;
	struct job job;

	while (reader_next(reader, &job, &broken))
		risk_meter_add(meter, &(struct seen_job){
			.user = job.user, .group = by_account
				? job.account : job.group, .start = job.start,
			.core_seconds = (guint64)(MAX(job.cpus, 0) * MAX(job.elapsed_seconds, 0)),
			.gpus = job.gpus > 0 || job.mig_slices > 0, .piece = job.piece,
		});
	if (broken)
		return g_propagate_error(error, g_steal_pointer(&broken)), FALSE;
	return TRUE;
}

gboolean risk_measure(struct risk *risk, const char *path, gboolean repeats, GError **error)
{
	char *paths[] = { (char *)path, NULL };
	struct risk_meter *meter = risk_meter_new(NULL);
	struct reader *reader = reader_open(paths, meter->zone, error);
	gboolean done = FALSE;

	*risk = (struct risk){ 0 };
	if (reader) {
		const gboolean *has = reader_reading(reader)->has;

		meter->grouped_by = risk_grouped_by(has[COLUMN_ACCOUNT], has[COLUMN_GROUP]);
		reader_spare_digests(reader);
		if (repeats)
			reader_expect_exports(reader, 2);
		done = read_jobs(meter, reader, error);
		reader_close(reader);
	}
	if (done)
		risk_meter_finish(meter, risk);
	risk_meter_free(meter);
	return done;
}
