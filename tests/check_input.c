/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/digest.h"
#include "source/input.h"

static char *folder, *path;

static void setup(void)
{
	folder = g_dir_make_tmp("check-input-XXXXXX", NULL);
	path = g_build_filename(folder, "jobs", NULL);
}

static void teardown(void)
{
	g_unlink(path);
	ck_assert_int_eq(g_rmdir(folder), 0);
	g_free(path);
	g_free(folder);
}

static void store(const void *bytes, size_t length)
{
	ck_assert(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

/* Lines that pack well, more than one block of them. */
static GString *long_text(void)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; text->len < 3 * INPUT_BLOCK / 2; i++)
		g_string_append_printf(text, "%u|alice|physics\n", i);
	return text;
}

static GByteArray *gzipped(const char *text, size_t length)
{
	GByteArray *packed = g_byte_array_new();
	z_stream z = { .next_in = (Bytef *)(guintptr)text, .avail_in = (uInt)length };

	ck_assert_int_eq(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	g_byte_array_set_size(packed, (guint)deflateBound(&z, length));
	z.next_out = packed->data;
	z.avail_out = packed->len;
	ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	g_byte_array_set_size(packed, (guint)z.total_out);
	deflateEnd(&z);
	return packed;
}

static GByteArray *zstd_packed(const char *text, size_t length)
{
	GByteArray *packed = g_byte_array_new();
	size_t size;

	g_byte_array_set_size(packed, (guint)ZSTD_compressBound(length));
	size = ZSTD_compress(packed->data, packed->len, text, length, 3);
	ck_assert(!ZSTD_isError(size));
	g_byte_array_set_size(packed, (guint)size);
	return packed;
}

/* Everything the file unpacks to; NULL and error when it fails. */
static GString *read_all(char **sha256, GError **error)
{
	struct input *input = input_open(path, error);
	GString *text = g_string_new(NULL);
	struct block *block;
	size_t length = 1;

	while (input && length > 0 && (block = input_next(input, error))) {
		length = block->length;
		g_string_append_len(text, block->data, (gssize)length);
		input_give_back(input, block);
	}
	if (input && !*error) {
		GStatBuf status;

		ck_assert_int_eq(g_stat(path, &status), 0);
		ck_assert_uint_eq(input_bytes_read(input), status.st_size);
		*sha256 = g_strdup(input_sha256(input));
	}
	input_close(input);
	if (!*error)
		return text;
	g_string_free(text, TRUE);
	return NULL;
}

static void assert_reads(const void *stored, size_t length, const GString *expected)
{
	GError *error = NULL;
	g_autofree char *sha256 = NULL;
	g_autofree char *wanted = g_compute_checksum_for_data(G_CHECKSUM_SHA256, stored, length);
	GString *text;

	store(stored, length);
	text = read_all(&sha256, &error);
	ck_assert_ptr_null(error);
	ck_assert(g_string_equal(text, expected));
	ck_assert_str_eq(sha256, wanted);
	g_string_free(text, TRUE);
}

START_TEST(plain_bytes_come_as_they_are)
{
	GString *text = long_text();

	assert_reads(text->str, text->len, text);
	g_string_free(text, TRUE);
}
END_TEST

/* Where malloc() puts it, some processors copy at a third of the speed. */
START_TEST(a_block_begins_with_a_page)
{
	GString *text = long_text();
	struct input *input;
	struct block *block;

	store(text->str, text->len);
	input = input_open(path, NULL);
	ck_assert_ptr_nonnull(input);
	for (guint i = 0; i < 2; i++) {
		block = input_next(input, NULL);
		ck_assert_ptr_nonnull(block);
		ck_assert_uint_eq((guintptr)block->data % 4096, 0);
		input_give_back(input, block);
	}
	input_close(input);
	g_string_free(text, TRUE);
}
END_TEST

START_TEST(gzip_is_unpacked_and_hashed_as_stored)
{
	GString *text = long_text();
	GByteArray *packed = gzipped(text->str, text->len);

	assert_reads(packed->data, packed->len, text);
	g_byte_array_unref(packed);
	g_string_free(text, TRUE);
}
END_TEST

START_TEST(gzip_members_follow_one_another)
{
	GString *text = long_text();
	GByteArray *packed = gzipped(text->str, 1000);
	GByteArray *second = gzipped(text->str + 1000, text->len - 1000);

	g_byte_array_append(packed, second->data, second->len);
	assert_reads(packed->data, packed->len, text);
	g_byte_array_unref(packed);
	g_byte_array_unref(second);
	g_string_free(text, TRUE);
}
END_TEST

/* pzstd writes them, with the size of what follows. */
START_TEST(zstd_frames_that_are_to_be_passed_over_are)
{
	GString *text = g_string_new("1|alice|physics\n");
	GByteArray *packed = zstd_packed(text->str, text->len);

	g_byte_array_prepend(packed, (const guint8 *)"\x50\x2a\x4d\x18\x04\0\0\0size", 12);
	assert_reads(packed->data, packed->len, text);
	g_byte_array_unref(packed);
	g_string_free(text, TRUE);
}
END_TEST

START_TEST(zstd_is_unpacked_and_hashed_as_stored)
{
	GString *text = long_text();
	GByteArray *packed = zstd_packed(text->str, text->len);

	assert_reads(packed->data, packed->len, text);
	g_byte_array_unref(packed);
	g_string_free(text, TRUE);
}
END_TEST

static void assert_fails(const void *stored, size_t length, const char *message)
{
	GError *error = NULL;
	g_autofree char *sha256 = NULL;

	store(stored, length);
	ck_assert_ptr_null(read_all(&sha256, &error));
	ck_assert_msg(strstr(error->message, message) != NULL, "%s", error->message);
	g_error_free(error);
}

START_TEST(a_packed_file_that_was_cut_is_no_short_file)
{
	GString *text = long_text();
	GByteArray *gzip = gzipped(text->str, text->len);
	GByteArray *zstd = zstd_packed(text->str, text->len);

	assert_fails(gzip->data, gzip->len - 20,
		     "the packed stream ends too early: the file was cut");
	assert_fails(zstd->data, zstd->len - 20,
		     "the packed stream ends too early: the file was cut");
	assert_fails(gzip->data, 12, "the packed stream ends too early: the file was cut");
	g_byte_array_unref(gzip);
	g_byte_array_unref(zstd);
	g_string_free(text, TRUE);
}
END_TEST

/* As gzip does. */
START_TEST(noughts_behind_gzip_are_passed_over)
{
	static const guint8 noughts[3000] = { 0 };
	GString *text = long_text();
	GByteArray *packed = gzipped(text->str, 1000);
	GByteArray *second = gzipped(text->str + 1000, text->len - 1000);

	g_byte_array_append(packed, noughts, 5);
	g_byte_array_append(packed, second->data, second->len);
	g_byte_array_append(packed, noughts, sizeof noughts);
	assert_reads(packed->data, packed->len, text);
	g_byte_array_append(packed, (const guint8 *)"garbage", 7);
	assert_fails(packed->data, packed->len, "the gzip stream is damaged");
	g_byte_array_unref(packed);
	g_byte_array_unref(second);
	g_string_free(text, TRUE);
}
END_TEST

START_TEST(a_damaged_packed_file_is_told)
{
	GString *text = long_text();
	GByteArray *gzip = gzipped(text->str, text->len);
	GByteArray *zstd = zstd_packed(text->str, text->len);

	memset(gzip->data + gzip->len / 2, 0xff, 64);
	memset(zstd->data + 6, 0xff, 64);
	assert_fails(gzip->data, gzip->len, "the gzip stream is damaged");
	assert_fails(zstd->data, zstd->len, "the zstd stream is damaged");
	g_byte_array_unref(gzip);
	g_byte_array_unref(zstd);
	g_string_free(text, TRUE);
}
END_TEST

static const struct {
	const char *begins, *message;
} foreign[] = {
	{ "PK\x03\x04 and more than sixteen bytes", "save the sheet as CSV" },
	{ "\3757zXZ and more than sixteen bytes", "is packed with xz" },
	{ "\xd0\xcf\x11\xe0 and more than sixteen bytes",
	  "is a spreadsheet of an old kind: save the sheet as CSV" },
	{ "BZh9 and more than sixteen bytes", "is packed with bzip2" },
	{ "7z\xbc\xaf and more than sixteen bytes", "is packed with 7-Zip" },
	{ "\x04\x22\x4d\x18 and more than sixteen bytes", "is packed with lz4" },
	{ "\x1f\x9d and more than sixteen bytes", "is packed with compress" },
	{ "%PDF-1.7 and more than sixteen bytes", "is a PDF document" },
	{ "\xff\xfeJ", "is UTF-16 or UTF-32 text: save it as UTF-8" },
};

START_TEST(what_is_no_text_is_refused_by_its_first_bytes)
{
	assert_fails(foreign[_i].begins, strlen(foreign[_i].begins), foreign[_i].message);
}
END_TEST

START_TEST(a_directory_and_a_missing_file_are_refused)
{
	GError *error = NULL;

	ck_assert_ptr_null(input_open(folder, &error));
	ck_assert_str_eq(error->message, "is a directory: name the files in it");
	g_clear_error(&error);
	ck_assert_ptr_null(input_open(path, &error));
	ck_assert_str_eq(error->message, "cannot be opened: No such file or directory");
	g_clear_error(&error);
}
END_TEST

START_TEST(an_empty_file_opens_and_says_so)
{
	GError *error = NULL;
	struct input *input;
	struct block *block;

	store("", 0);
	input = input_open(path, &error);
	ck_assert_ptr_nonnull(input);
	ck_assert(input_is_empty(input));
	block = input_next(input, &error);
	ck_assert_ptr_nonnull(block);
	ck_assert_uint_eq(block->length, 0);
	input_close(input);
}
END_TEST

START_TEST(a_file_may_be_closed_before_it_is_read)
{
	GString *text = long_text();
	struct block *block;
	struct input *input;

	store(text->str, text->len);
	input_close(input_open(path, NULL));
	input = input_open(path, NULL);
	block = input_next(input, NULL);
	ck_assert_ptr_nonnull(block);
	ck_assert_int_eq(memcmp(block->data, text->str, block->length), 0);
	input_close(input);
	g_string_free(text, TRUE);
}
END_TEST

/* Where a file ends with a block, and just before and behind; the last ones lie over what was
 * longer. */
static const size_t sizes[] = {
	INPUT_BLOCK, INPUT_BLOCK + 1, INPUT_BLOCK + (1 << 16), 2 * INPUT_BLOCK - 1, 2 * INPUT_BLOCK,
		2 * INPUT_BLOCK + (1 << 16) - 1,
	9 * INPUT_BLOCK + (1 << 16), 9 * INPUT_BLOCK + (1 << 16) + 1,
};

START_TEST(behind_each_block_stand_newlines_wherever_the_file_ends)
{
	GString *text = g_string_new(NULL), *found = g_string_new(NULL);
	struct input *input;
	struct block *block;
	size_t length = 1;

	while (text->len < sizes[_i])
		g_string_append_printf(text, "%zu|alice|physics\n", text->len);
	store(text->str, sizes[_i]);
	input = input_open(path, NULL);
	while (length > 0 && (block = input_next(input, NULL))) {
		length = block->length;
		g_string_append_len(found, block->data, (gssize)length);
		for (guint i = 0; i < INPUT_PAD; i++)
			ck_assert_int_eq(block->data[length + i], '\n');
		input_give_back(input, block);
	}
	ck_assert_uint_eq(found->len, sizes[_i]);
	ck_assert_int_eq(memcmp(found->str, text->str, sizes[_i]), 0);
	input_close(input);
	g_string_free(text, TRUE);
	g_string_free(found, TRUE);
}
END_TEST

static struct input *open_long(struct block **first)
{
	GString *text = long_text();
	GError *error = NULL;
	struct input *input;

	store(text->str, text->len);
	g_string_free(text, TRUE);
	input = input_open(path, &error);
	ck_assert_ptr_nonnull(input);
	*first = input_next(input, &error);
	ck_assert_ptr_nonnull(*first);
	return input;
}

static void assert_refused_as_changed(struct input *input, struct block *block)
{
	GError *error = NULL;

	while (block && block->length > 0)
		block = input_next(input, &error);
	ck_assert_ptr_null(block);
	ck_assert_str_eq(
		error->message,
		"was changed while it was read: run again when nobody writes to it any more");
	g_clear_error(&error);
	input_close(input);
}

START_TEST(a_file_that_grows_while_it_is_read_is_refused)
{
	struct block *block;
	struct input *input = open_long(&block);
	FILE *more = fopen(path, "a");

	ck_assert(fputs("9|bob|physics\n", more) >= 0 && fclose(more) == 0);
	assert_refused_as_changed(input, block);
}
END_TEST

START_TEST(a_file_that_is_written_anew_while_it_is_read_is_refused)
{
	const struct timespec times[] = { { 0, UTIME_OMIT }, { 1, 0 } };
	struct block *block;
	struct input *input = open_long(&block);

	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
	assert_refused_as_changed(input, block);
}
END_TEST

START_TEST(a_file_that_is_cut_while_it_is_read_is_no_shorter_file)
{
	struct block *block;
	struct input *input = open_long(&block);

	ck_assert_int_eq(truncate(path, INPUT_BLOCK), 0);
	assert_refused_as_changed(input, block);
}
END_TEST

/* All that it had was taken by then: what comes is told as a change, not as a damaged stream. */
START_TEST(a_packed_file_that_grows_while_it_is_read_is_refused)
{
	GString *text = long_text();
	GByteArray *packed = gzipped(text->str, text->len);
	struct block *block;
	struct input *input;
	FILE *more;

	store(packed->data, packed->len);
	input = input_open(path, NULL);
	ck_assert_ptr_nonnull(input);
	block = input_next(input, NULL);
	more = fopen(path, "a");
	ck_assert(fputs("9|bob|physics\n", more) >= 0 && fclose(more) == 0);
	assert_refused_as_changed(input, block);
	g_byte_array_unref(packed);
	g_string_free(text, TRUE);
}
END_TEST

/* Known with the next piece, not only when all of it was read. */
START_TEST(a_change_is_known_before_the_end)
{
	const struct timespec times[] = { { 0, UTIME_OMIT }, { 1, 0 } };
	GString *text = g_string_new(NULL);
	GError *error = NULL;
	struct input *input;

	while (text->len < 9 * INPUT_BLOCK)
		g_string_append_printf(text, "%zu|alice|physics\n", text->len);
	store(text->str, text->len);
	input = input_open(path, NULL);
	input_spare_digest(input); /* no thread reads ahead */
	input_give_back(input, input_next(input, NULL));
	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
	ck_assert_ptr_null(input_next(input, &error));
	ck_assert_uint_lt(input_bytes_read(input), 3 * INPUT_BLOCK);
	g_clear_error(&error);
	input_close(input);
	g_string_free(text, TRUE);
}
END_TEST

/* Another program may have read the head of it. */
static const off_t begins[] = { 0, 1, 1 << 16 };

START_TEST(standard_input_is_read_from_where_it_stands)
{
	GString *text = long_text(), *found = g_string_new(NULL);
	GError *error = NULL;
	struct input *input;
	struct block *block;

	store(text->str, text->len);
	ck_assert_int_eq(dup2(open(path, O_RDONLY | O_CLOEXEC), STDIN_FILENO), STDIN_FILENO);
	ck_assert_int_eq(lseek(STDIN_FILENO, begins[_i], SEEK_SET), begins[_i]);
	input = input_open("-", &error);
	while (input && (block = input_next(input, &error)) && block->length > 0) {
		g_string_append_len(found, block->data, (gssize)block->length);
		input_give_back(input, block);
	}
	ck_assert_ptr_null(error);
	ck_assert_str_eq(found->str, text->str + begins[_i]);
	input_close(input);
	g_string_free(text, TRUE);
	g_string_free(found, TRUE);
}
END_TEST

START_TEST(what_is_read_is_the_same_when_its_digest_is_spared)
{
	GString *text = long_text(), *found = g_string_new(NULL);
	struct input *input;
	struct block *block;
	size_t length = 1;

	store(text->str, text->len);
	input = input_open(path, NULL);
	input_spare_digest(input);
	while (length > 0) {
		block = input_next(input, NULL);
		ck_assert_ptr_nonnull(block);
		length = block->length;
		g_string_append_len(found, block->data, (gssize)length);
		input_give_back(input, block);
	}
	ck_assert(g_string_equal(text, found));
	input_close(input);
	g_string_free(text, TRUE);
	g_string_free(found, TRUE);
}
END_TEST

/* All ways to cut up to three blocks of the hash in two. */
START_TEST(a_digest_does_not_depend_on_how_its_bytes_come)
{
	guint8 bytes[192];
	g_autofree char *wanted = NULL;

	for (guint i = 0; i < sizeof bytes; i++)
		bytes[i] = (guint8)(7 * i + 3);
	wanted = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, (gsize)_i);
	for (int cut = 0; cut <= _i; cut++) {
		struct digest *digest = digest_new();

		digest_update(digest, bytes, (size_t)cut);
		digest_update(digest, bytes + cut, (size_t)(_i - cut));
		ck_assert_str_eq(digest_hex(digest), wanted);
		digest_free(digest);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("input");
	TCase *all = tcase_create("all");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_test(all, plain_bytes_come_as_they_are);
	tcase_add_test(all, a_block_begins_with_a_page);
	tcase_add_test(all, gzip_is_unpacked_and_hashed_as_stored);
	tcase_add_test(all, gzip_members_follow_one_another);
	tcase_add_test(all, noughts_behind_gzip_are_passed_over);
	tcase_add_test(all, zstd_frames_that_are_to_be_passed_over_are);
	tcase_add_test(all, zstd_is_unpacked_and_hashed_as_stored);
	tcase_add_test(all, a_packed_file_that_was_cut_is_no_short_file);
	tcase_add_test(all, a_damaged_packed_file_is_told);
	tcase_add_loop_test(all, what_is_no_text_is_refused_by_its_first_bytes, 0,
			    G_N_ELEMENTS(foreign));
	tcase_add_test(all, a_directory_and_a_missing_file_are_refused);
	tcase_add_test(all, an_empty_file_opens_and_says_so);
	tcase_add_test(all, a_file_may_be_closed_before_it_is_read);
	tcase_add_loop_test(all, behind_each_block_stand_newlines_wherever_the_file_ends, 0,
	                    G_N_ELEMENTS(sizes));
	tcase_add_test(all, a_file_that_grows_while_it_is_read_is_refused);
	tcase_add_test(all, a_file_that_is_written_anew_while_it_is_read_is_refused);
	tcase_add_test(all, a_packed_file_that_grows_while_it_is_read_is_refused);
	tcase_add_test(all, a_change_is_known_before_the_end);
	tcase_add_test(all, a_file_that_is_cut_while_it_is_read_is_no_shorter_file);
	tcase_add_loop_test(all, standard_input_is_read_from_where_it_stands, 0,
	                    G_N_ELEMENTS(begins));
	tcase_add_test(all, what_is_read_is_the_same_when_its_digest_is_spared);
	tcase_add_loop_test(all, a_digest_does_not_depend_on_how_its_bytes_come, 0, 193);
	suite_add_tcase(suite, all);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
