/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/outdir.h"
#include "base/part.h"
#include "base/writer.h"

static char *folder; /* of each test, new and empty */
static gboolean no_exchange, others_are_faster;

/* Takes the place of the C library's, to be a file system that cannot exchange two names. */
int renameat2(int old_folder, const char *old, int new_folder, const char *new, unsigned int flags)
{
	if (no_exchange) {
		errno = EINVAL;
		return -1;
	}
	return (int)syscall(SYS_renameat2, old_folder, old, new_folder, new, flags);
}

/* Likewise, to be another run that removes the same. */
int unlinkat(int above, const char *name, int flags)
{
	if (others_are_faster)
		syscall(SYS_unlinkat, above, name, flags);
	return (int)syscall(SYS_unlinkat, above, name, flags);
}

static void set_up(void)
{
	folder = g_dir_make_tmp("check-sink-XXXXXX", NULL);
	ck_assert_ptr_nonnull(folder);
}

static void tear_down(void)
{
	ck_assert(part_remove(AT_FDCWD, folder));
	g_free(folder);
}

static char *in_folder(const char *name)
{
	return g_build_filename(folder, name, NULL);
}

static void put(const char *name, const char *text)
{
	g_autofree char *path = in_folder(name);
	g_autofree char *above = g_path_get_dirname(path);

	ck_assert_int_eq(g_mkdir_with_parents(above, 0755), 0);
	ck_assert(g_file_set_contents(path, text, -1, NULL));
}

static gboolean exists(const char *name)
{
	g_autofree char *path = in_folder(name);

	return g_file_test(path, G_FILE_TEST_EXISTS) || g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

static void assert_contents(const char *name, const char *expected)
{
	g_autofree char *path = in_folder(name);
	g_autofree char *text = NULL;

	ck_assert_msg(g_file_get_contents(path, &text, NULL, NULL), "%s", name);
	ck_assert_str_eq(text, expected);
}

static void assert_mode(const char *name, guint expected)
{
	g_autofree char *path = in_folder(name);
	struct stat status;

	ck_assert_int_eq(lstat(path, &status), 0);
	ck_assert_msg((status.st_mode & 07777) == expected, "%s has mode %o", name,
	              status.st_mode & 07777);
}

static guint entries(void)
{
	g_autoptr(GDir) listing = g_dir_open(folder, 0, NULL);
	guint count = 0;

	while (g_dir_read_name(listing))
		count++;
	return count;
}

static struct sink *open_in_folder(const char *name, guint mode, GError **error)
{
	g_autofree char *path = in_folder(name);

	return sink_open(path, mode, error);
}

static struct outdir *open_outdir(const char *name, GError **error)
{
	g_autofree char *path = in_folder(name);

	return outdir_open(path, error);
}

static void assert_message(GError *error, const char *expected)
{
	ck_assert_ptr_nonnull(error);
	ck_assert_str_eq(error->message, expected);
}

/* Of what is in the folder, by its whole path. */
static void assert_told(GError *error, const char *expected)
{
	g_autofree char *whole = in_folder(expected);

	assert_message(error, whole);
}

START_TEST(a_file_gets_its_name_when_it_is_closed)
{
	struct sink_receipt receipt;
	struct sink *sink = open_in_folder("shared.psv", 0644, NULL);

	sink_text(sink, "a");
	sink_write(sink, "bc", 2);
	sink_printf(sink, "%d", 42);
	ck_assert(!exists("shared.psv"));
	ck_assert_uint_eq(entries(), 1);
	ck_assert(sink_finish(sink, NULL, NULL));
	ck_assert(!exists("shared.psv"));
	ck_assert(sink_close(sink, &receipt, NULL));
	assert_contents("shared.psv", "abc42");
	assert_mode("shared.psv", 0644);
	ck_assert_uint_eq(entries(), 1);
	ck_assert_uint_eq(receipt.size, 5);
	ck_assert_str_eq(receipt.sha256,
	                 "8216ac77f5c9ed66907b03f1d78b795e7cdd315cecd13df42cd7245d45e16b06");
}
END_TEST

START_TEST(an_empty_file_has_the_digest_of_nothing)
{
	struct sink_receipt receipt, reported;
	g_autofree char *path = in_folder("empty");
	struct sink *sink = sink_open_inside(path, path, 0600, &reported, NULL);

	ck_assert(sink_close(sink, &receipt, NULL));
	ck_assert_str_eq(receipt.sha256,
	                 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	ck_assert_uint_eq(receipt.size, 0);
	ck_assert_mem_eq(&receipt, &reported, sizeof(receipt));
	assert_contents("empty", "");
}
END_TEST

static void collect(void *data, const struct passage *passage)
{
	g_string_append_len(data, passage->bytes, (gssize)passage->length);
}

START_TEST(what_is_written_in_any_pieces_arrives_whole)
{
	static const size_t pieces[] = { 1, 262143, 262144, 262145, 7, 900000, 0, 262137, 262144 };
	g_autofree char *bytes = g_malloc(1024 * 1024);
	g_autoptr(GString) expected = g_string_new(NULL), seen = g_string_new(NULL);
	g_autofree char *digest = NULL;
	struct sink *sink = open_in_folder("big", 0644, NULL);
	struct sink_receipt receipt;

	sink_watch(sink, collect, seen);
	for (size_t i = 0; i < 1024 * 1024; i++)
		bytes[i] = (char)('a' + i % 23);
	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		sink_write(sink, bytes + i, pieces[i]);
		g_string_append_len(expected, bytes + i, (gssize)pieces[i]);
	}
	ck_assert(sink_close(sink, &receipt, NULL));
	assert_contents("big", expected->str);
	ck_assert(g_string_equal(seen, expected));
	digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, expected->str, -1);
	ck_assert_str_eq(receipt.sha256, digest);
	ck_assert_uint_eq(receipt.size, expected->len);
}
END_TEST

START_TEST(a_umask_closes_a_file_and_never_opens_one)
{
	umask(077);
	ck_assert(sink_close(open_in_folder("closed", 0644, NULL), NULL, NULL));
	ck_assert_int_eq(umask(0), 077);
	ck_assert(sink_close(open_in_folder("public", 0644, NULL), NULL, NULL));
	ck_assert(sink_close(open_in_folder("private", 0600, NULL), NULL, NULL));
	assert_mode("closed", 0600);
	assert_mode("public", 0644);
	assert_mode("private", 0600);
}
END_TEST

START_TEST(an_aborted_file_leaves_what_was_there)
{
	struct sink *sink;

	put("a", "old");
	sink = open_in_folder("a", 0644, NULL);
	sink_text(sink, "new");
	sink_abort(sink);
	assert_contents("a", "old");
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(a_closed_file_replaces_what_was_there)
{
	struct sink *sink;

	put("a", "old");
	sink = open_in_folder("a", 0600, NULL);
	sink_text(sink, "new");
	ck_assert(sink_close(sink, NULL, NULL));
	assert_contents("a", "new");
	assert_mode("a", 0600);
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(what_stood_there_comes_back_until_a_placed_file_is_closed)
{
	struct sink *sink;

	for (int closing = 0; closing < 2; closing++) {
		put("shared.psv", "old");
		sink = open_in_folder("shared.psv", 0644, NULL);
		sink_text(sink, "new");
		ck_assert(sink_place(sink, NULL));
		assert_contents("shared.psv", "new");
		assert_mode("shared.psv", 0644);
		if (closing)
			ck_assert(sink_close(sink, NULL, NULL));
		else
			sink_abort(sink);
		assert_contents("shared.psv", closing ? "new" : "old");
		ck_assert_uint_eq(entries(), 1);
	}
}
END_TEST

START_TEST(another_run_leaves_what_a_placed_file_replaced)
{
	g_autoptr(GError) error = NULL;
	struct sink *sink, *other;

	put("shared.psv", "old");
	sink = open_in_folder("shared.psv", 0644, NULL);
	ck_assert(sink_place(sink, NULL));
	other = open_in_folder("shared.psv", 0644, NULL);
	sink_abort(other);
	sink_abort(sink);
	assert_contents("shared.psv", "old");
	sink = open_in_folder("shared.psv", 0644, NULL);
	ck_assert(sink_place(sink, NULL));
	others_are_faster = TRUE;
	ck_assert_msg(sink_close(sink, NULL, &error), "%s", error ? error->message : "");
	others_are_faster = FALSE;
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(a_placed_file_that_is_aborted_is_gone_where_nothing_stood)
{
	struct sink *sink = open_in_folder("shared.psv", 0644, NULL);

	ck_assert(sink_place(sink, NULL));
	ck_assert(exists("shared.psv"));
	sink_abort(sink);
	ck_assert_uint_eq(entries(), 0);
}
END_TEST

START_TEST(a_file_is_placed_where_names_cannot_be_exchanged)
{
	struct sink *sink;

	put("shared.psv", "old");
	no_exchange = TRUE;
	sink = open_in_folder("shared.psv", 0644, NULL);
	sink_text(sink, "new");
	ck_assert(sink_place(sink, NULL));
	ck_assert(sink_close(sink, NULL, NULL));
	assert_contents("shared.psv", "new");
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(a_file_is_not_placed_over_what_came_to_stand_there_meanwhile)
{
	g_autoptr(GError) error = NULL;
	struct sink *sink = open_in_folder("shared.psv", 0644, NULL);
	g_autofree char *path = in_folder("shared.psv");

	ck_assert_int_eq(symlink("elsewhere", path), 0);
	ck_assert(!sink_place(sink, &error));
	assert_told(error, "shared.psv: is a symbolic link, which is not written to");
	sink_abort(sink);
	ck_assert(exists("shared.psv"));
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(a_path_that_cannot_be_a_file_is_refused)
{
	static const struct {
		const char *name, *message;
	} rows[] = {
		{ "link", "link: is a symbolic link, which is not written to" },
		{ "dangling", "dangling: is a symbolic link, which is not written to" },
		{ "sub", "sub: is a directory" },
		{ "pipe", "pipe: is not a regular file" },
		{ "nowhere/file",
		  "nowhere/file: its folder is not there: make it first, or write elsewhere" },
		{ "target/file", "target/file: cannot open its folder: Not a directory" },
	};
	g_autofree char *link = in_folder("link"), *dangling = in_folder("dangling");
	g_autofree char *sub = in_folder("sub"), *pipe_path = in_folder("pipe");

	put("target", "precious");
	ck_assert_int_eq(symlink("target", link), 0);
	ck_assert_int_eq(symlink("absent", dangling), 0);
	ck_assert_int_eq(mkdir(sub, 0755), 0);
	ck_assert_int_eq(mkfifo(pipe_path, 0600), 0);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		ck_assert_ptr_null(open_in_folder(rows[i].name, 0644, &error));
		assert_told(error, rows[i].message);
	}
	assert_contents("target", "precious");
	ck_assert(!exists("absent"));
	ck_assert_uint_eq(entries(), 5);
}
END_TEST

START_TEST(a_path_without_a_name_is_refused)
{
	static const char *const rows[] = { "", "/", ".", "..", "a/", "a/..", "./." };

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *message =
			*rows[i] ? g_strconcat(rows[i], ": not a name that can be written to", NULL)
				 : g_strdup("an empty name cannot be written to");

		ck_assert_ptr_null(sink_open(rows[i], 0644, &error));
		assert_message(error, message);
	}
}
END_TEST

START_TEST(a_write_that_fails_is_reported_once_and_leaves_nothing)
{
	struct rlimit limit = { 4096, 4096 };
	g_autofree char *bytes = g_strnfill(300000, 'x');
	g_autoptr(GError) error = NULL;
	struct sink *sink = open_in_folder("shared.psv", 0644, NULL);

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	for (int i = 0; i < 10; i++)
		sink_text(sink, bytes);
	ck_assert(!sink_close(sink, NULL, &error));
	assert_told(error, "shared.psv: cannot write: File too large");
	ck_assert_uint_eq(entries(), 0);
}
END_TEST

START_TEST(a_failure_shows_when_finishing_and_again_when_closing)
{
	struct rlimit limit = { 1, 1 };
	g_autoptr(GError) finishing = NULL, closing = NULL;
	struct sink *sink = open_in_folder("mapping", 0600, NULL);

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	sink_text(sink, "two");
	ck_assert(!sink_finish(sink, NULL, &finishing));
	ck_assert(!sink_close(sink, NULL, &closing));
	assert_told(finishing, "mapping: cannot write: File too large");
	assert_told(closing, "mapping: cannot write: File too large");
	ck_assert(!exists("mapping"));
}
END_TEST

START_TEST(a_rename_that_fails_leaves_nothing)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = in_folder("a");
	struct sink *sink = open_in_folder("a", 0644, NULL);

	ck_assert_int_eq(mkdir(path, 0755), 0);
	ck_assert(!sink_close(sink, NULL, &error));
	assert_told(error, "a: cannot rename: Is a directory");
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(a_dash_is_standard_output)
{
	g_autofree char *path = in_folder("captured");
	int captured = open(path, O_WRONLY | O_CREAT, 0600), saved = dup(STDOUT_FILENO);
	struct sink_receipt receipt;
	struct sink *sink;
	gboolean closed;

	dup2(captured, STDOUT_FILENO);
	sink = sink_open("-", 0644, NULL);
	sink_text(sink, "abc42");
	closed = sink_close(sink, &receipt, NULL);
	ck_assert_int_eq(fcntl(STDOUT_FILENO, F_GETFD), 0);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(captured);
	ck_assert(closed);
	ck_assert_uint_eq(receipt.size, 5);
	assert_contents("captured", "abc42");
	assert_mode("captured", 0600);
}
END_TEST

START_TEST(a_reader_that_went_away_is_an_error)
{
	g_autoptr(GError) error = NULL;
	int ends[2], saved = dup(STDOUT_FILENO);
	struct sink *sink;
	gboolean closed;

	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe(ends), 0);
	close(ends[0]);
	dup2(ends[1], STDOUT_FILENO);
	sink = sink_open("-", 0644, NULL);
	sink_text(sink, "abc");
	closed = sink_close(sink, NULL, &error);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(ends[1]);
	ck_assert(!closed);
	assert_message(error, "standard output: cannot write: Broken pipe");
}
END_TEST

/* More than one piece of the writer's, so that a thread writes it where there can be one. */
#define LONG_BYTES 3000000

/* Writes so much to standard output while that is `target`. */
static gboolean write_long_to(int target, GError **error)
{
	g_autofree char *bytes = g_strnfill(1000, 'x');
	int saved = dup(STDOUT_FILENO);
	struct sink *sink;
	gboolean closed;

	dup2(target, STDOUT_FILENO);
	sink = sink_open("-", 0644, NULL);
	for (int i = 0; i < LONG_BYTES / 1000; i++)
		sink_text(sink, bytes);
	closed = sink_close(sink, NULL, error);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	return closed;
}

START_TEST(a_full_device_is_told_when_a_long_output_is_closed)
{
	g_autoptr(GError) error = NULL;
	int full = open("/dev/full", O_WRONLY);

	ck_assert(!write_long_to(full, &error));
	assert_message(error, "standard output: cannot write: No space left on device");
	close(full);
}
END_TEST

static void *read_one_block(void *data)
{
	int *end = data;
	char block[4096];

	ck_assert_int_gt(read(*end, block, sizeof block), 0);
	close(*end);
	return NULL;
}

START_TEST(a_reader_that_leaves_midway_is_an_error_and_holds_nobody_up)
{
	g_autoptr(GError) error = NULL;
	GThread *reader;
	int ends[2];

	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe(ends), 0);
	reader = g_thread_new("reader", read_one_block, &ends[0]);
	ck_assert(!write_long_to(ends[1], &error));
	g_thread_join(reader);
	assert_message(error, "standard output: cannot write: Broken pipe");
	close(ends[1]);
}
END_TEST

START_TEST(a_long_output_that_is_aborted_leaves_nothing)
{
	g_autofree char *bytes = g_strnfill(LONG_BYTES, 'x');
	struct sink *sink = open_in_folder("a", 0644, NULL);

	sink_text(sink, bytes);
	sink_abort(sink);
	ck_assert_uint_eq(entries(), 0);
}
END_TEST

/* Pieces that fit and such that are larger than any buffer, partly used and not at all. */
START_TEST(what_is_put_into_reserved_memory_arrives_in_order)
{
	static const size_t wanted[] = { 1, 100, 262144, 5, 700000, 262143, 0, 64, 300000, 3 };
	struct sink *sink = open_in_folder("a", 0644, NULL);
	g_autoptr(GString) expected = g_string_new(NULL);
	g_autofree char *digest = NULL;
	struct sink_receipt receipt;

	for (int i = 0; i < 100; i++) {
		size_t least = wanted[(size_t)i % G_N_ELEMENTS(wanted)],
		       used = least * (size_t)(i % 3) / 2, room;
		char *put = sink_reserve(sink, least, &room);

		ck_assert_uint_ge(room, least);
		memset(put, 'a' + i % 26, least);
		sink_commit(sink, used);
		sink_printf(sink, "%d\n", i);
		for (size_t k = 0; k < used; k++)
			g_string_append_c(expected, (char)('a' + i % 26));
		g_string_append_printf(expected, "%d\n", i);
	}
	ck_assert(sink_close(sink, &receipt, NULL));
	assert_contents("a", expected->str);
	digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, expected->str, -1);
	ck_assert_str_eq(receipt.sha256, digest);
	ck_assert_uint_eq(receipt.size, expected->len);
}
END_TEST

START_TEST(a_digest_that_is_spared_is_empty)
{
	struct sink *sink = open_in_folder("a", 0644, NULL);
	struct sink_receipt receipt;

	sink_spare_digest(sink);
	sink_text(sink, "abc");
	ck_assert(sink_close(sink, &receipt, NULL));
	ck_assert_str_eq(receipt.sha256, "");
	ck_assert_uint_eq(receipt.size, 3);
	assert_contents("a", "abc");
}
END_TEST

START_TEST(what_a_crash_left_is_removed_and_nothing_else)
{
	struct sink *live, *sink;

	put(".a.reclaim-abc123.part", "stale");
	put(".b.reclaim-abc123.part", "of another target");
	put(".a.reclaim-abc1234.part", "a file of the user");
	put(".a.reclaim-abc123.part~", "a file of the user");
	live = open_in_folder("a", 0644, NULL);
	sink_text(live, "live");
	sink = open_in_folder("a", 0644, NULL);
	ck_assert(!exists(".a.reclaim-abc123.part"));
	ck_assert_uint_eq(entries(), 5);
	ck_assert(sink_close(sink, NULL, NULL));
	assert_contents("a", "");
	ck_assert(sink_close(live, NULL, NULL));
	assert_contents("a", "live");
	assert_contents(".b.reclaim-abc123.part", "of another target");
	ck_assert_uint_eq(entries(), 4);
}
END_TEST

static void write_in(struct outdir *outdir, const char *name, const char *text)
{
	struct sink *sink = outdir_sink(outdir, name, NULL);

	ck_assert_msg(sink != NULL, "%s", name);
	sink_text(sink, text);
	ck_assert(sink_close(sink, NULL, NULL));
}

static void append_receipt(const char *name, const struct sink_receipt *receipt, void *data)
{
	g_string_append_printf(data, "%s %" G_GUINT64_FORMAT " %.8s\n", name, receipt->size,
	                       receipt->sha256);
}

START_TEST(a_directory_appears_whole)
{
	struct outdir *outdir;

	umask(022);
	outdir = open_outdir("report", NULL);
	write_in(outdir, "index.html", "<html>");
	write_in(outdir, "tables/by-day/users.csv", "a,b");
	ck_assert(!exists("report"));
	ck_assert_uint_eq(entries(), 1);
	ck_assert(outdir_close(outdir, NULL));
	ck_assert_uint_eq(entries(), 1);
	assert_contents("report/index.html", "<html>");
	assert_contents("report/tables/by-day/users.csv", "a,b");
	assert_mode("report", 0755);
	assert_mode("report/tables", 0755);
	assert_mode("report/tables/by-day", 0755);
	assert_mode("report/index.html", 0644);
}
END_TEST

START_TEST(a_directory_is_private_while_it_is_built)
{
	struct outdir *outdir;
	struct stat status;

	umask(0);
	outdir = open_outdir("report", NULL);
	ck_assert(g_str_has_prefix(outdir_path(outdir), folder));
	ck_assert_int_eq(stat(outdir_path(outdir), &status), 0);
	ck_assert_int_eq(status.st_mode & 07777, 0700);
	outdir_abort(outdir);
	ck_assert_uint_eq(entries(), 0);
}
END_TEST

START_TEST(a_directory_can_stay_its_owners_alone)
{
	struct outdir *outdir = open_outdir("report", NULL);
	g_autofree char *foreign = g_build_filename(outdir_path(outdir), "book.xlsx", NULL);
	mode_t old = umask(0);

	outdir_keep_private(outdir);
	write_in(outdir, "tables/users.csv", "a,b");
	ck_assert(g_file_set_contents(foreign, "PK", -1, NULL));
	ck_assert(outdir_adopt(outdir, "book.xlsx", NULL));
	ck_assert(outdir_close(outdir, NULL));
	umask(old);
	assert_mode("report", 0700);
	assert_mode("report/tables", 0700);
	assert_mode("report/tables/users.csv", 0600);
	assert_mode("report/book.xlsx", 0600);
}
END_TEST

START_TEST(each_file_is_told_in_order_of_name_once_it_is_complete)
{
	g_autoptr(GString) told = g_string_new(NULL);
	struct outdir *outdir = open_outdir("report", NULL);
	g_autofree char *foreign = g_build_filename(outdir_path(outdir), "book.xlsx", NULL);
	struct sink *open_sink;

	write_in(outdir, "z.csv", "abc42");
	sink_abort(outdir_sink(outdir, "aborted", NULL));
	ck_assert(g_file_set_contents(foreign, "abc42", -1, NULL));
	ck_assert_int_eq(g_chmod(foreign, 0600), 0);
	ck_assert(outdir_adopt(outdir, "book.xlsx", NULL));
	write_in(outdir, "a.csv", "");
	open_sink = outdir_sink(outdir, "open", NULL);
	outdir_each(outdir, append_receipt, told);
	ck_assert_str_eq(told->str, "a.csv 0 e3b0c442\nbook.xlsx 5 8216ac77\nz.csv 5 8216ac77\n");
	ck_assert(sink_close(open_sink, NULL, NULL));
	ck_assert(outdir_close(outdir, NULL));
	assert_mode("report/book.xlsx", 0644);
}
END_TEST

START_TEST(a_file_name_that_leads_elsewhere_is_refused)
{
	static const char *const rows[] = {
		"",   "/etc/x", "../x", "a/../x", "a//x", "a/",   "./x",
		".x", "a/.x",   "a b",  "a\\b",   "ä",    "a\nb", "a:b",
	};
	struct outdir *outdir = open_outdir("report", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		ck_assert_msg(outdir_sink(outdir, rows[i], &error) == NULL, "%s", rows[i]);
		ck_assert(strstr(error->message, ": not a name for a file in "));
		ck_assert(!outdir_adopt(outdir, rows[i], NULL));
	}
	outdir_abort(outdir);
	ck_assert_uint_eq(entries(), 0);
}
END_TEST

START_TEST(a_file_is_written_or_adopted_once)
{
	struct outdir *outdir = open_outdir("report", NULL);
	g_autoptr(GError) again = NULL, absent = NULL, below = NULL;
	g_autofree char *link = g_build_filename(outdir_path(outdir), "link", NULL);
	g_autofree char *pipe_path = g_build_filename(outdir_path(outdir), "pipe", NULL);

	write_in(outdir, "a.csv", "a");
	ck_assert_ptr_null(outdir_sink(outdir, "a.csv", &again));
	assert_told(again, "report/a.csv: written twice");
	ck_assert(!outdir_adopt(outdir, "b.csv", &absent));
	assert_told(absent, "report/b.csv: cannot read: No such file or directory");
	ck_assert_ptr_null(outdir_sink(outdir, "a.csv/b.csv", &below));
	ck_assert_ptr_nonnull(below);
	ck_assert_int_eq(symlink("a.csv", link), 0);
	ck_assert_int_eq(mkfifo(pipe_path, 0600), 0);
	ck_assert(!outdir_adopt(outdir, "link", NULL));
	ck_assert(!outdir_adopt(outdir, "pipe", NULL));
	outdir_abort(outdir);
}
END_TEST

#define FILE_NAMED(name) "{ \"name\": \"" name "\" }"

static const char our_manifest[] =
	"{ \"version\": 1,\n  \"program\" : \"reclaim\", \"files\" : [ " FILE_NAMED(
		"old") ", " FILE_NAMED("old/deep/file") ", " FILE_NAMED("old/link") " ] }";

START_TEST(a_directory_of_this_program_is_replaced)
{
	g_autofree char *path = in_folder("report/old/link");
	struct outdir *outdir;

	put("elsewhere/precious", "kept");
	put("report/manifest.json", our_manifest);
	put("report/old/deep/file", "old");
	ck_assert_int_eq(symlink("../../elsewhere", path), 0);
	outdir = open_outdir("report/", NULL);
	ck_assert_ptr_nonnull(outdir);
	write_in(outdir, "manifest.json", our_manifest);
	assert_contents("report/old/deep/file", "old");
	ck_assert(outdir_close(outdir, NULL));
	ck_assert(exists("report/manifest.json"));
	ck_assert(!exists("report/old"));
	assert_contents("elsewhere/precious", "kept");
	ck_assert_uint_eq(entries(), 2);
}
END_TEST

START_TEST(a_directory_is_replaced_where_names_cannot_be_exchanged)
{
	struct outdir *outdir;

	no_exchange = TRUE;
	put("report/manifest.json", our_manifest);
	put("report/old", "old");
	outdir = open_outdir("report", NULL);
	write_in(outdir, "new", "new");
	ck_assert(outdir_close(outdir, NULL));
	assert_contents("report/new", "new");
	ck_assert(!exists("report/old"));
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(what_was_replaced_may_be_removed_by_another_run)
{
	g_autoptr(GError) error = NULL;
	struct outdir *outdir;

	put("report/manifest.json", our_manifest);
	put("report/old/deep/file", "old");
	outdir = open_outdir("report", NULL);
	write_in(outdir, "new", "new");
	others_are_faster = TRUE;
	ck_assert_msg(outdir_close(outdir, &error), "%s", error ? error->message : "");
	others_are_faster = FALSE;
	assert_contents("report/new", "new");
	ck_assert(!exists("report/old"));
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(an_empty_directory_is_replaced)
{
	g_autofree char *path = in_folder("report");
	struct outdir *outdir;

	ck_assert_int_eq(mkdir(path, 0700), 0);
	outdir = open_outdir("report", NULL);
	write_in(outdir, "a", "a");
	ck_assert(outdir_close(outdir, NULL));
	assert_contents("report/a", "a");
	assert_mode("report", 0755);
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(an_aborted_directory_leaves_what_was_there)
{
	struct outdir *outdir;

	put("report/manifest.json", our_manifest);
	outdir = open_outdir("report", NULL);
	write_in(outdir, "a/b/c", "new");
	outdir_abort(outdir);
	assert_contents("report/manifest.json", our_manifest);
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(a_directory_of_somebody_else_is_refused)
{
	static const char *const manifests[] = {
		"",
		"reclaim",
		"{ \"program\": \"other\" }",
		"{ \"program\": \"reclaim-not\" }",
		"{ \"note\": \"\\\"program\\\": \\\"reclaim\\\"\" }",
		"{ \"programs\": \"reclaim\" }",
		"{ \"program\": [\"reclaim\"] }",
		"[\"program\", \"reclaim\"]",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(manifests); i++) {
		g_autoptr(GError) error = NULL;

		put("home/manifest.json", manifests[i]);
		ck_assert_msg(open_outdir("home", &error) == NULL, "%s", manifests[i]);
		assert_told(error, "home: is not empty and was not written by this program: move "
		                   "it, or write elsewhere");
	}
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(a_directory_into_which_somebody_put_something_is_refused)
{
	static const char *const manifests[] = {
		"{ \"program\": \"reclaim\" }",
		"{ \"program\": \"reclaim\", \"files\": \"a/b/c\" }",
		"{ \"program\": \"reclaim\", \"files\": [ \"a/b/c\", 1, {}, " FILE_NAMED(
			"c") ", " FILE_NAMED("a/b") " ] }",
	};
	g_autoptr(GError) error = NULL;
	struct outdir *outdir;

	put("report/a/b/c", "kept");
	for (size_t i = 0; i < G_N_ELEMENTS(manifests); i++) {
		g_autoptr(GError) refused = NULL;

		put("report/manifest.json", manifests[i]);
		ck_assert_msg(open_outdir("report", &refused) == NULL, "%s", manifests[i]);
		assert_told(refused, "report/a/b/c: is no part of the report there, and would be "
		                     "lost: move it, or write elsewhere");
	}
	put("report/manifest.json",
	    "{ \"program\": \"reclaim\", \"files\": [ " FILE_NAMED("a/b/c") " ] }");
	outdir = open_outdir("report", NULL);
	write_in(outdir, "d", "new");
	put("report/\x1bnotes", "kept");
	ck_assert(!outdir_close(outdir, &error));
	assert_told(error, "report/\\x1bnotes: is no part of the report there, and would be lost: "
	                   "move it, or write elsewhere");
	assert_contents("report/a/b/c", "kept");
	assert_contents("report/\x1bnotes", "kept");
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(a_target_that_is_no_directory_is_refused)
{
	static const char *const names[] = { "file", "link" };
	g_autofree char *link = in_folder("link");

	put("file", "precious");
	put("ours/manifest.json", our_manifest);
	ck_assert_int_eq(symlink("ours", link), 0);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *message = g_strconcat(names[i],
		                                       ": is in the way and not a directory", NULL);
		g_autoptr(GError) error = NULL;

		ck_assert_ptr_null(open_outdir(names[i], &error));
		assert_told(error, message);
	}
	ck_assert_uint_eq(entries(), 3);
}
END_TEST

START_TEST(a_manifest_behind_a_link_does_not_count)
{
	g_autofree char *link = in_folder("home/manifest.json");

	put("ours/manifest.json", our_manifest);
	put("home/precious", "kept");
	ck_assert_int_eq(symlink("../ours/manifest.json", link), 0);
	ck_assert_ptr_null(open_outdir("home", NULL));
	assert_contents("home/precious", "kept");
}
END_TEST

START_TEST(what_came_to_stand_there_meanwhile_is_left_alone)
{
	g_autoptr(GError) error = NULL;
	struct outdir *outdir = open_outdir("report", NULL);

	write_in(outdir, "a", "a");
	ck_assert(_i == 0 || outdir_finish(outdir, NULL));
	put("report/precious", "kept");
	ck_assert(!outdir_close(outdir, &error));
	assert_told(error, "report: is not empty and was not written by this program: move it, or "
	                   "write elsewhere");
	assert_contents("report/precious", "kept");
	ck_assert_uint_eq(entries(), 1);
}
END_TEST

START_TEST(a_stale_part_directory_is_removed_and_a_live_one_is_not)
{
	struct outdir *live, *outdir;

	put(".report.reclaim-abc123.part/a/b", "stale");
	put(".other.reclaim-abc123.part/a/b", "of another target");
	live = open_outdir("report", NULL);
	outdir = open_outdir("report", NULL);
	ck_assert(!exists(".report.reclaim-abc123.part"));
	ck_assert(exists(".other.reclaim-abc123.part/a/b"));
	ck_assert_uint_eq(entries(), 3);
	write_in(live, "manifest.json", our_manifest);
	ck_assert(outdir_close(live, NULL));
	ck_assert(outdir_close(outdir, NULL));
	ck_assert_uint_eq(entries(), 2);
}
END_TEST

static TCase *sink_case(void)
{
	TCase *tcase = tcase_create("sink");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, a_file_gets_its_name_when_it_is_closed);
	tcase_add_test(tcase, an_empty_file_has_the_digest_of_nothing);
	tcase_add_test(tcase, what_is_written_in_any_pieces_arrives_whole);
	tcase_add_test(tcase, a_umask_closes_a_file_and_never_opens_one);
	tcase_add_test(tcase, an_aborted_file_leaves_what_was_there);
	tcase_add_test(tcase, a_closed_file_replaces_what_was_there);
	tcase_add_test(tcase, what_stood_there_comes_back_until_a_placed_file_is_closed);
	tcase_add_test(tcase, another_run_leaves_what_a_placed_file_replaced);
	tcase_add_test(tcase, a_placed_file_that_is_aborted_is_gone_where_nothing_stood);
	tcase_add_test(tcase, a_file_is_placed_where_names_cannot_be_exchanged);
	tcase_add_test(tcase, a_file_is_not_placed_over_what_came_to_stand_there_meanwhile);
	tcase_add_test(tcase, a_path_that_cannot_be_a_file_is_refused);
	tcase_add_test(tcase, a_path_without_a_name_is_refused);
	tcase_add_test(tcase, a_write_that_fails_is_reported_once_and_leaves_nothing);
	tcase_add_test(tcase, a_failure_shows_when_finishing_and_again_when_closing);
	tcase_add_test(tcase, a_rename_that_fails_leaves_nothing);
	tcase_add_test(tcase, a_dash_is_standard_output);
	tcase_add_test(tcase, a_reader_that_went_away_is_an_error);
	tcase_add_test(tcase, a_full_device_is_told_when_a_long_output_is_closed);
	tcase_add_test(tcase, a_reader_that_leaves_midway_is_an_error_and_holds_nobody_up);
	tcase_add_test(tcase, a_long_output_that_is_aborted_leaves_nothing);
	tcase_add_test(tcase, what_is_put_into_reserved_memory_arrives_in_order);
	tcase_add_test(tcase, a_digest_that_is_spared_is_empty);
	tcase_add_test(tcase, what_a_crash_left_is_removed_and_nothing_else);
	return tcase;
}

static TCase *outdir_case(void)
{
	TCase *tcase = tcase_create("outdir");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, a_directory_appears_whole);
	tcase_add_test(tcase, a_directory_is_private_while_it_is_built);
	tcase_add_test(tcase, each_file_is_told_in_order_of_name_once_it_is_complete);
	tcase_add_test(tcase, a_directory_can_stay_its_owners_alone);
	tcase_add_test(tcase, a_file_name_that_leads_elsewhere_is_refused);
	tcase_add_test(tcase, a_file_is_written_or_adopted_once);
	tcase_add_test(tcase, a_directory_of_this_program_is_replaced);
	tcase_add_test(tcase, a_directory_is_replaced_where_names_cannot_be_exchanged);
	tcase_add_test(tcase, what_was_replaced_may_be_removed_by_another_run);
	tcase_add_test(tcase, an_empty_directory_is_replaced);
	tcase_add_test(tcase, an_aborted_directory_leaves_what_was_there);
	tcase_add_test(tcase, a_directory_of_somebody_else_is_refused);
	tcase_add_test(tcase, a_directory_into_which_somebody_put_something_is_refused);
	tcase_add_test(tcase, a_target_that_is_no_directory_is_refused);
	tcase_add_test(tcase, a_manifest_behind_a_link_does_not_count);
	/* It is finished, or not yet. */
	tcase_add_loop_test(tcase, what_came_to_stand_there_meanwhile_is_left_alone, 0, 2);
	tcase_add_test(tcase, a_stale_part_directory_is_removed_and_a_live_one_is_not);
	return tcase;
}

int main(void)
{
	Suite *suite = suite_create("sink");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, sink_case());
	suite_add_tcase(suite, outdir_case());
	srunner_set_fork_status(runner, CK_FORK); /* some can write no large file from then on */
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
