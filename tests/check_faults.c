/* SPDX-License-Identifier: Apache-2.0 */
/* A run in which one call to the system fails: whatever call that is, the files are all the old
 * ones or all the new ones. */
#include <check.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/part.h"
#include "command/command.h"

enum call {
	CALL_FSYNC,
	CALL_RENAME,
	CALL_EXCHANGE,
	CALL_MODE,
	CALL_OPEN,
	CALL_LOCK,
	CALL_THREAD,
	CALL_OPEN_TO_READ,
	CALLS
};

#define EACH_TIME (-1)
#define FAULTLESS 0

static enum call failing;
static int interrupted;     /* in the place of a failure this signal ends the run; 0: none does */
static int at;              /* which of these calls fails, counted from 1, or EACH_TIME, or
                               FAULTLESS */
static gint counts[CALLS];  /* of calls so far */
static const char *stuck;   /* a name that no file gets, however often; NULL: none is */
static const int reasons[CALLS] = { EIO, ENOSPC, EIO, EPERM, EMFILE, ENOLCK, EAGAIN, EIO };

static gboolean fails(enum call call)
{
	int number = g_atomic_int_add(&counts[call], 1) + 1;

	if (call != failing || (at != EACH_TIME && at != number))
		return FALSE;
	if (interrupted)
		return raise(interrupted) != 0;
	errno = reasons[call];
	return TRUE;
}

/* These take the place of the C library's. */

/* Nothing here has to outlive the machine. */
int fsync(int fd)
{
	(void)fd;
	return fails(CALL_FSYNC) ? -1 : 0;
}

static gboolean is_stuck(const char *name)
{
	if (!stuck || strcmp(name, stuck) != 0)
		return FALSE;
	errno = EIO;
	return TRUE;
}

int renameat(int old_folder, const char *old, int new_folder, const char *new)
{
	if (is_stuck(new))
		return -1;
	return fails(CALL_RENAME)
	               ? -1
	               : (int)syscall(SYS_renameat2, old_folder, old, new_folder, new, 0);
}

int renameat2(int old_folder, const char *old, int new_folder, const char *new, unsigned int flags)
{
	if (is_stuck(new))
		return -1;
	return fails(CALL_EXCHANGE)
	               ? -1
	               : (int)syscall(SYS_renameat2, old_folder, old, new_folder, new, flags);
}

int fchmod(int fd, mode_t mode)
{
	return fails(CALL_MODE) ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

/* The mode comes with a file that may be new. */
static int open_with(enum call call, int folder, const char *name, int flags, va_list more)
{
	mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;

	return fails(call) ? -1 : (int)syscall(SYS_openat, folder, name, flags, mode);
}

int openat(int folder, const char *name, int flags, ...)
{
	va_list more;
	int fd;

	va_start(more, flags);
	fd = open_with(CALL_OPEN, folder, name, flags, more);
	va_end(more);
	return fd;
}

/* By this one the program opens what it reads, and GLib by its other name. */
int open(const char *path, int flags, ...)
{
	va_list more;
	int fd;

	va_start(more, flags);
	fd = open_with(CALL_OPEN_TO_READ, AT_FDCWD, path, flags, more);
	va_end(more);
	return fd;
}

int open64(const char *path, int flags, ...) __attribute__((alias("open")));

int flock(int fd, int operation)
{
	return fails(CALL_LOCK) ? -1 : (int)syscall(SYS_flock, fd, operation);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*begin)(void *),
                   void *data)
{
	static int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

	if (fails(CALL_THREAD))
		return EAGAIN;
	if (!create)
		*(void **)&create = dlsym(RTLD_NEXT, "pthread_create");
	return create(thread, attributes, begin, data);
}

static char *folder; /* of each test, new and empty; we are in it */

static void write_export(const char *path, int users)
{
	g_autoptr(GString) text = g_string_new("JobIDRaw|User|Account|State|Submit|Start|End|"
	                                       "ElapsedRaw|AllocCPUS|ReqMem|TotalCPU|MaxRSS\n");

	for (int i = 1; i <= users; i++)
		g_string_append_printf(text,
		                       "%d|ann%c|physics|COMPLETED|2025-01-01T00:00:00|2025-01-0%"
		                       "dT00:00:00|2025-01-0%dT02:00:00|7200|4|8G|"
		                       "02:00:00|2G\n",
		                       i, 'a' + i, i, i);
	ck_assert(g_file_set_contents(path, text->str, -1, NULL));
}

/* In a process of its own, which says on standard error what went wrong; its exit status. */
static int run_command(gboolean (*command)(int, char **, GError **), const char *const *argv)
{
	int status, error_file;
	pid_t child = fork();

	if (child == 0) {
		g_autoptr(GError) error = NULL;
		gboolean done;

		signal(SIGTERM, SIG_DFL); /* Check has its own */
		signal(SIGINT, SIG_DFL);
		error_file = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(error_file, STDERR_FILENO);
		memset(counts, 0, sizeof counts);
		done = command((int)g_strv_length((char **)argv), (char **)argv, &error);
		if (!done)
			dprintf(STDERR_FILENO, "%s\n", error->message);
		/* 2: there are not so many of these calls. */
		_exit(at > counts[failing] ? 2 : done ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	if (interrupted && WIFSIGNALED(status) && WTERMSIG(status) == interrupted)
		return 0;
	ck_assert_msg(WIFEXITED(status), "call %d of kind %d that fails ends it by signal %d", at,
	              (int)failing, WTERMSIG(status));
	return WEXITSTATUS(status);
}

static int run(const char *export)
{
	const char *const argv[] = { "run",       export, "--mapping", "map",    "--only", "data",
		                     "--threads", "3",    "-o",        "report", NULL };

	return run_command(command_run, argv);
}

/* Of two exports, with jobs that stand in both, the shareable file alone: how easily people could
 * be found is measured when it is read again. */
static int run_joined(void)
{
	const char *const argv[] = { "anonymize", "old.psv", "new.psv",    "--mapping",
		                     "map",       "-o",      "report.psv", NULL };

	return run_command(command_anonymize, argv);
}

/* All that others are given, one behind the other. */
static char *contents(void)
{
	static const char *const names[] = { "report.psv", "report.psv.manifest.json",
		                             "report.psv.sha256", "report/report.json",
		                             "report/manifest.json" };
	g_autoptr(GString) all = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *text = NULL;

		if (g_file_get_contents(names[i], &text, NULL, NULL))
			g_string_append(all, text);
		g_string_append_printf(all, "\nthat was %s, which %s\n", names[i],
		                       text ? "is there" : "is not");
	}
	return g_string_free(g_steal_pointer(&all), FALSE);
}

static char *left_behind(void)
{
	g_autoptr(GDir) listing = g_dir_open(".", 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(listing)))
		if (*name == '.')
			return g_strdup(name);
	return NULL;
}

static void set_up(void)
{
	folder = g_dir_make_tmp("check-faults-XXXXXX", NULL);
	ck_assert_int_eq(g_chdir(folder), 0);
	write_export("old.psv", 3);
	write_export("new.psv", 6);
}

static void tear_down(void)
{
	at = FAULTLESS;
	ck_assert_int_eq(g_chdir("/"), 0);
	ck_assert(part_remove(AT_FDCWD, folder));
	g_free(folder);
}

static void start_over(gboolean anew)
{
	static const char *const names[] = { "map",
		                             "map.releases.json",
		                             "report.psv",
		                             "report.psv.manifest.json",
		                             "report.psv.sha256",
		                             "report" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		ck_assert(part_remove(AT_FDCWD, names[i]));
	at = FAULTLESS;
	if (!anew)
		ck_assert_int_eq(run("old.psv"), 0);
}

/* Whether the folder's own entries are on the disk, and what was replaced can go, is known last,
 * when all names are given. */
static gboolean is_told_last(const char *said)
{
	return strstr(said, ": cannot write its directory: ") ||
	       strstr(said, ": is complete, but what it replaced, now ");
}

/* What failed before has left all as it was, but for a mapping that may know more. */
static gboolean try_one(gboolean anew, int number, const char *old, const char *new)
{
	g_autofree char *before = contents(), *found = NULL, *left = NULL, *said = NULL;
	int status;

	if (strcmp(before, old) != 0)
		start_over(anew);
	at = number;
	status = run("new.psv");
	at = FAULTLESS;
	if (status == 2)
		return FALSE;
	found = contents();
	ck_assert(g_file_get_contents("err", &said, NULL, NULL));
	ck_assert_msg(
		strcmp(found, status == 0 || is_told_last(said) ? new : old) == 0,
		"call %d of kind %d failed, exit status %d (%s), and of the files some are others",
		number, (int)failing, status, said);
	ck_assert_msg(status == 0 || strstr(said, g_strerror(reasons[failing])),
	              "call %d of kind %d failed, and all that is said is: %s", number,
	              (int)failing, said);
	ck_assert_msg(status != 0 || failing != CALL_FSYNC,
	              "call %d failed to make something durable, and nothing is said", number);
	left = left_behind();
	ck_assert_msg(!left || is_told_last(said), "call %d of kind %d failed (%s), and %s is left",
	              number, (int)failing, said, left);
	return TRUE;
}

static void try_all(gboolean anew)
{
	g_autofree char *old = NULL, *new = NULL;
	int number = 1, each = getenv("ONCE") ? 4 : 1; /* under sanitizers every fourth */

	start_over(anew);
	old = contents();
	ck_assert_int_eq(run("new.psv"), 0);
	new = contents();
	while (try_one(anew, number, old, new))
		number += each;
	ck_assert_int_gt(number, 1);
}

/* Each of the calls that give names and make durable, in turn. */
START_TEST(files_are_all_old_or_all_new)
{
	failing = (enum call)_i;
	try_all(FALSE);
}
END_TEST

START_TEST(where_nothing_stood_nothing_stands)
{
	failing = (enum call)_i;
	try_all(TRUE);
}
END_TEST

/* However often it is tried, and whether its turn comes before that of the others or behind. */
START_TEST(where_one_file_cannot_get_its_name_none_does)
{
	static const char *const names[] = { "report.psv", "report.psv.manifest.json",
		                             "report.psv.sha256", "report" };

	for (guint i = 0; i < 2 * G_N_ELEMENTS(names); i++) {
		g_autofree char *before = NULL, *found = NULL, *left = NULL;

		start_over(i % 2);
		before = contents();
		stuck = names[i / 2];
		ck_assert_int_eq(run("new.psv"), 1);
		stuck = NULL;
		found = contents();
		left = left_behind();
		ck_assert_msg(strcmp(found, before) == 0,
		              "%s does not get its name, and of the files some are others",
		              names[i / 2]);
		ck_assert_msg(!left, "%s does not get its name, and %s is left", names[i / 2],
		              left);
	}
}
END_TEST

/* Between the first name that is given and the last, by whatever ends a program from outside. */
START_TEST(a_run_that_is_ended_while_names_are_given_gives_all_of_them)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	g_autofree char *new = NULL;

	failing = CALL_EXCHANGE;
	start_over(FALSE);
	ck_assert_int_eq(run("new.psv"), 0);
	new = contents();
	for (int number = 1; number <= 4; number++) {
		g_autofree char *found = NULL;

		start_over(FALSE);
		interrupted = signals[_i];
		at = number;
		ck_assert_int_eq(run("new.psv"), 0);
		interrupted = 0;
		found = contents();
		ck_assert_msg(strcmp(found, new) == 0,
		              "ended by signal %d at exchange %d, and of the files some are others",
		              signals[_i], number);
	}
}
END_TEST

START_TEST(a_tally_lacks_nothing_that_could_not_be_read)
{
	const char *const argv[] = { "tally", "report.psv", "--inventory", "nodes.csv",
		                     "-o",    "tally",      NULL };
	g_autofree char *whole = NULL;
	int status, number = 0;

	failing = CALL_OPEN_TO_READ;
	start_over(FALSE);
	ck_assert(
		g_file_set_contents("nodes.csv", "node,cpus,memory_mb\ncn1,16,65536\n", -1, NULL));
	ck_assert_int_eq(run_command(command_tally, argv), 0);
	ck_assert(g_file_get_contents("tally", &whole, NULL, NULL));
	do {
		g_autofree char *found = NULL;

		ck_assert(part_remove(AT_FDCWD, "tally"));
		at = ++number;
		status = run_command(command_tally, argv);
		if (g_file_get_contents("tally", &found, NULL, NULL))
			ck_assert_msg(strcmp(found, whole) == 0,
			              "without what file %d said the tally is another, and exit "
			              "status %d",
			              number, status);
		ck_assert_int_eq(found != NULL, status != 1);
	} while (status != 2);
	ck_assert_int_ge(number, 4); /* the export, the nodes and the manifest */
}
END_TEST

START_TEST(without_threads_it_does_the_same)
{
	g_autofree char *with = NULL, *without = NULL;

	failing = CALL_THREAD;
	start_over(FALSE);
	ck_assert_int_eq(run("new.psv"), 0);
	with = contents();
	start_over(FALSE);
	at = EACH_TIME;
	ck_assert_int_eq(run("new.psv"), 0);
	without = contents();
	ck_assert_str_eq(with, without);
}
END_TEST

START_TEST(without_threads_joined_exports_are_the_same)
{
	g_autofree char *with = NULL, *without = NULL;

	failing = CALL_THREAD;
	start_over(TRUE);
	ck_assert_int_eq(run_joined(), 0);
	with = contents();
	start_over(TRUE);
	at = EACH_TIME;
	ck_assert_int_eq(run_joined(), 0);
	without = contents();
	ck_assert_msg(strcmp(with, without) == 0,
	              "without threads others are given something else");
}
END_TEST

START_TEST(joined_exports_that_cannot_be_read_again_are_not_published)
{
	g_autofree char *none = NULL, *all = NULL;
	int status, number = 0;

	failing = CALL_OPEN_TO_READ;
	start_over(TRUE);
	none = contents();
	ck_assert_int_eq(run_joined(), 0);
	all = contents();
	do {
		g_autofree char *found = NULL;

		start_over(TRUE);
		at = ++number;
		status = run_joined();
		at = FAULTLESS;
		found = contents();
		ck_assert_msg(strcmp(found, status == 1 ? none : all) == 0,
		              "without what file %d said, exit status %d, others are given "
		              "something else",
		              number, status);
	} while (status != 2);
	ck_assert_int_ge(number, 3);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("faults");
	TCase *faults = tcase_create("faults");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(faults, set_up, tear_down);
	tcase_set_timeout(faults, 60);
	tcase_add_loop_test(faults, files_are_all_old_or_all_new, 0, CALL_THREAD);
	tcase_add_loop_test(faults, where_nothing_stood_nothing_stands, 0, CALL_OPEN);
	tcase_add_test(faults, where_one_file_cannot_get_its_name_none_does);
	tcase_add_loop_test(faults, a_run_that_is_ended_while_names_are_given_gives_all_of_them, 0,
	                    4);
	tcase_add_test(faults, a_tally_lacks_nothing_that_could_not_be_read);
	tcase_add_test(faults, without_threads_it_does_the_same);
	tcase_add_test(faults, without_threads_joined_exports_are_the_same);
	tcase_add_test(faults, joined_exports_that_cannot_be_read_again_are_not_published);
	suite_add_tcase(suite, faults);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
