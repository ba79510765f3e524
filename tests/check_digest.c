/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "base/digest.h"

/* From FIPS 180-4's examples: the empty message and "abc". */
START_TEST(known_messages_have_their_known_digests)
{
	struct digest *empty = digest_new(), *abc = digest_new();
	digest_update(abc, "a", 1);
	digest_update(abc, "bc", 2);
	ck_assert_str_eq(digest_hex(empty),
	                 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	ck_assert_str_eq(digest_hex(abc),
	                 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	ck_assert_str_eq(digest_hex(abc), digest_hex(abc));
	digest_free(empty);
	digest_free(abc);
}
END_TEST

START_TEST(the_pieces_in_which_bytes_come_do_not_matter)
{
	char bytes[1000];
	struct digest *whole = digest_new(), *pieces = digest_new();
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 7);
	digest_update(whole, bytes, sizeof bytes);
	for (size_t from = 0, step = 1; from < sizeof bytes; from += step, step = step % 67 + 1)
		digest_update(pieces, bytes + from, MIN(step, sizeof bytes - from));
	ck_assert_str_eq(digest_hex(whole), digest_hex(pieces));
	digest_free(whole);
	digest_free(pieces);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("digest");
	TCase *digest = tcase_create("digest");
	tcase_add_test(digest, known_messages_have_their_known_digests);
	tcase_add_test(digest, the_pieces_in_which_bytes_come_do_not_matter);
	suite_add_tcase(suite, digest);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
