/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "privacy/gpg_home.h"
#include "privacy/passphrase.h"
#include "privacy/vault.h"

#define GOOD "grunt vivid oxbow lethal penny quartz"
#define TEXT "kind,name,pseudonym\n\"user\",\"eve\",\"user_0001\"\n"

static char *folder;

/* Short, as the path of a socket must be. */
static void setup(void)
{
	folder = g_strdup("/tmp/vault-XXXXXX");
	ck_assert_ptr_nonnull(g_mkdtemp(folder));
}

/* Nothing of GnuPG is left, not even its folder. */
static void teardown(void)
{
	ck_assert_int_eq(g_rmdir(folder), 0);
	g_free(folder);
}

struct asked {
	const char *answer; /* NULL: none is given */
	int times, fresh;
};

static char *answer(gboolean fresh, void *data, GError **error)
{
	struct asked *asked = data;

	asked->times++;
	asked->fresh += fresh;
	if (!asked->answer)
		g_set_error(error, g_quark_from_static_string("test"), 1, "nobody answers");
	return g_strdup(asked->answer);
}

static struct vault *vault_of(struct asked *asked, gboolean passphrase)
{
	const struct vault_options options = {
		.passphrase = passphrase, .folder = folder, .ask = answer, .data = asked
	};

	return vault_new(&options);
}

static void assert_says(GError *error, const char *why)
{
	ck_assert_msg(error && strstr(error->message, why), "\"%s\" does not say \"%s\"",
	              error ? error->message : "", why);
	g_error_free(error);
}

static struct slice bytes_of(const struct wiped *wiped)
{
	return (struct slice){ wiped->data, wiped->length };
}

static struct wiped seal(const char *passphrase, struct slice text)
{
	struct asked asked = { .answer = passphrase };
	struct vault *vault = vault_of(&asked, TRUE);
	struct wiped sealed = { 0 };
	GError *error = NULL;

	ck_assert(vault_prepare(vault, &error));
	ck_assert_msg(vault_seal(vault, text, &sealed, &error), "%s", error ? error->message : "");
	ck_assert_int_eq(asked.times, 1);
	ck_assert_int_eq(asked.fresh, 1);
	vault_free(vault);
	return sealed;
}

static void assert_not_opened(struct slice sealed, const char *passphrase, const char *why)
{
	struct asked asked = { .answer = passphrase };
	struct vault *vault = vault_of(&asked, FALSE);
	struct wiped text = { 0 };
	GError *error = NULL;

	ck_assert(!vault_unseal(vault, sealed, &text, &error));
	ck_assert_uint_eq(text.length, 0);
	ck_assert_ptr_null(text.data);
	assert_says(error, why);
	vault_free(vault);
}

START_TEST(what_is_sealed_is_opened_by_its_passphrase_and_sealed_again_without_asking)
{
	struct wiped sealed = seal(GOOD, slice_of(TEXT)), text = { 0 }, again = { 0 };
	struct asked asked = { .answer = GOOD };
	struct vault *vault = vault_of(&asked, FALSE);

	ck_assert(vault_recognize(bytes_of(&sealed)) == SEAL_PASSPHRASE);
	/* Not "eve": in a thousand armored letters three of them stand by chance, but never an
	 * underscore. */
	ck_assert_ptr_null(strstr(sealed.data, "user_"));
	ck_assert(vault_unseal(vault, bytes_of(&sealed), &text, NULL));
	ck_assert(slice_is(bytes_of(&text), TEXT));
	ck_assert(vault_seal_kind(vault) == SEAL_PASSPHRASE);
	ck_assert(vault_prepare(vault, NULL));
	ck_assert(vault_seal(vault, bytes_of(&text), &again, NULL));
	ck_assert_int_eq(asked.times, 1);
	ck_assert_int_eq(asked.fresh, 0);
	ck_assert_str_ne(again.data, sealed.data);
	vault_free(vault);
	wiped_clear(&sealed);
	wiped_clear(&text);
	wiped_clear(&again);
}
END_TEST

/* Larger than a pipe, with every byte in it. */
START_TEST(much_and_any_bytes_come_back_as_they_were)
{
	g_autofree char *bytes = g_malloc(300000);
	struct wiped sealed, text = { 0 };
	struct asked asked = { .answer = GOOD };
	struct vault *vault = vault_of(&asked, FALSE);

	for (int i = 0; i < 300000; i++)
		bytes[i] = (char)(i * 7 + i / 256);
	sealed = seal(GOOD, (struct slice){ bytes, 300000 });
	ck_assert(vault_unseal(vault, bytes_of(&sealed), &text, NULL));
	ck_assert(slice_equal(bytes_of(&text), (struct slice){ bytes, 300000 }));
	vault_free(vault);
	wiped_clear(&sealed);
	wiped_clear(&text);
}
END_TEST

/* Right after encrypting, an agent that keeps passphrases would open it with any. */
START_TEST(another_passphrase_does_not_open_it_even_right_after)
{
	struct wiped sealed = seal(GOOD, slice_of(TEXT));

	assert_not_opened(bytes_of(&sealed), GOOD "!",
	                  "the passphrase is wrong, or the file is damaged");
	assert_not_opened(bytes_of(&sealed), "Grunt vivid oxbow lethal penny quartz",
	                  "the passphrase is wrong");
	assert_not_opened(bytes_of(&sealed), "", "the passphrase is empty");
	assert_not_opened(bytes_of(&sealed), NULL, "nobody answers");
	wiped_clear(&sealed);
}
END_TEST

static const char *const odd_passphrases[] = {
	" grunt vivid oxbow lethal penny quartz ",
		"gr\xc3\xbcn vivid oxbow lethal penny quartz Zo\xc3\xab",
	"100%25 grunt+vivid oxbow lethal penny quartz",
		"\"grunt' vivid\\n oxbow lethal penny $quartz;",
	/* The longest. */
	"riGp/58WAm+dX3a5IDnOdcdbWB2dC4/DSDC6Lc1mxLpQ.2.yMK/.Ye9FZ1wUVl4,nu;YV+d8fNYvv.DbzDZ,S"
	"T6IaX,q;A2h9Uz.0+T1SaQ6dDwxlGejkc5bJFIoxSLivuGvIL6P/8odNXR1yHnG,A3cCcYseu5.2C;5CdYP2h"
	"MqBgNjjNMu1GqbeB6v,eWzSmA3y/nXL./cPZKcuzPrR2BImWS+EifkrvvBIQ.GVRRoLE+rnPf0jWsqRoWjCkI",
};

START_TEST(a_passphrase_may_be_long_and_hold_any_character)
{
	struct wiped sealed = seal(odd_passphrases[_i], slice_of(TEXT)), text = { 0 };
	struct asked asked = { .answer = odd_passphrases[_i] };
	struct vault *vault = vault_of(&asked, FALSE);

	ck_assert(vault_unseal(vault, bytes_of(&sealed), &text, NULL));
	ck_assert(slice_is(bytes_of(&text), TEXT));
	vault_free(vault);
	wiped_clear(&sealed);
	wiped_clear(&text);
}
END_TEST

START_TEST(what_is_damaged_or_cut_is_refused_and_nothing_of_it_given)
{
	struct wiped sealed = seal(GOOD, slice_of(TEXT));
	gsize length = 0;
	g_autofree char *middle = g_strndup(strstr(sealed.data, "\n\n") + 2, sealed.length);
	g_autofree guchar *binary = NULL;

	assert_not_opened((struct slice){ sealed.data, sealed.length / 2 }, GOOD,
	                  "the file is damaged");
	*strstr(middle, "\n=") = '\0';
	binary = g_base64_decode(middle, &length);
	ck_assert(vault_recognize((struct slice){ (char *)binary, length }) == SEAL_PASSPHRASE);
	for (gsize cut = length / 2; cut < length; cut += length / 6)
		assert_not_opened((struct slice){ (char *)binary, cut }, GOOD, "damaged");
	binary[length - 3] ^= 1;
	assert_not_opened((struct slice){ (char *)binary, length }, GOOD, "the file is damaged");
	wiped_clear(&sealed);
}
END_TEST

START_TEST(a_weak_new_passphrase_is_refused_before_the_work)
{
	struct asked asked = { .answer = "Passw0rd!" };
	struct vault *vault = vault_of(&asked, TRUE);
	GError *error = NULL;

	ck_assert(!vault_prepare(vault, &error));
	assert_says(error, "the passphrase is too weak");
	vault_free(vault);
}
END_TEST

START_TEST(without_a_wish_nothing_is_sealed_and_nobody_asked)
{
	struct asked asked = { .answer = GOOD };
	struct vault *vault = vault_of(&asked, FALSE);

	ck_assert(vault_prepare(vault, NULL));
	ck_assert(vault_seal_kind(vault) == SEAL_NONE);
	ck_assert_int_eq(asked.times, 0);
	vault_free(vault);
}
END_TEST

START_TEST(a_folder_with_a_long_path_is_refused)
{
	g_autofree char *deep = g_strconcat(folder, "/", "0123456789012345678901234567890123456789",
	                                    "0123456789", NULL);
	GError *error = NULL;

	ck_assert_ptr_null(gpg_home_new(deep, &error));
	assert_says(error, "the path is too long");
}
END_TEST

static const struct {
	const char *bytes;
	enum seal seal;
} beginnings[] = {
	{ "", SEAL_NONE },
	{ "kind,name,pseudonym\n", SEAL_NONE },
	{ "\x8c\x0d\x04\x09", SEAL_PASSPHRASE },
	{ "\xc3\x0d\x04\x09", SEAL_PASSPHRASE },
	{ "\x84\x5e\x03\xf3", SEAL_RECIPIENTS },
	{ "\xc1\xc0\x4c\x03", SEAL_RECIPIENTS },
	{ "\x99\x01\x0d\x04", SEAL_NONE }, /* a public key */
	{ "\xa3\x03\x01\x02", SEAL_NONE }, /* only compressed */
	{ "\xff\xfe" "k", SEAL_NONE },
	{ "-----BEGIN PGP MESSAGE-----\n\njA0ECQMKnA6f\n", SEAL_PASSPHRASE },
	{ "-----BEGIN PGP MESSAGE-----\r\nVersion: x\r\nComment: y\r\n\r\njA0ECQMKnA6f\r\n",
	  SEAL_PASSPHRASE },
	{ "-----BEGIN PGP MESSAGE-----\n\nhF4D8zoYW92x\n", SEAL_RECIPIENTS },
	{ "-----BEGIN PGP MESSAGE-----\n\n", SEAL_NONE },
	{ "-----BEGIN PGP MESSAGE-----", SEAL_NONE },
	{ "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ\n", SEAL_NONE },
};

START_TEST(what_is_sealed_is_known_by_its_beginning)
{
	ck_assert_int_eq(vault_recognize(slice_of(beginnings[_i].bytes)), beginnings[_i].seal);
}
END_TEST

static const struct {
	const char *text;
	gboolean strong;
} phrases[] = {
	{ GOOD, TRUE },
	{ "correct horse battery staple", FALSE },
	{ "correcthorsebatterystaple", FALSE },
	{ "Passw0rd!", FALSE },
	{ "Summer2026!Summer2026!", FALSE },
	{ "passwordpasswordpasswordpasswordpassword", FALSE },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", FALSE },
	{ "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", FALSE },
	{ "12345678901234567890123456789012345678901234567890", FALSE },
	{ "aZ3kQ9xLmP2vR8tWbN6y", FALSE },
	{ "aZ3kQ9xLmP2vR8tWbN6yUe4s", TRUE },
	{ "kxqvjwhzpgtbnlmrycfdsuaoeikwq", TRUE },
};

START_TEST(a_phrase_is_judged_by_what_does_not_follow_from_the_rest)
{
	ck_assert_msg(passphrase_valid(phrases[_i].text, TRUE, NULL) == phrases[_i].strong,
	              "\"%s\" has %u bits", phrases[_i].text, passphrase_bits(phrases[_i].text));
	ck_assert(passphrase_valid(phrases[_i].text, FALSE, NULL));
}
END_TEST

START_TEST(a_passphrase_is_one_line_of_at_most_255_bytes)
{
	g_autofree char *longest = g_strnfill(255, 'x'), *longer = g_strnfill(256, 'x');
	GError *error = NULL;

	ck_assert(passphrase_valid(longest, FALSE, NULL));
	ck_assert(!passphrase_valid(longer, FALSE, &error));
	assert_says(error, "longer than 255 bytes");
	error = NULL;
	ck_assert(!passphrase_valid("two\nlines", FALSE, &error));
	assert_says(error, "control character");
}
END_TEST

START_TEST(a_wiped_buffer_grows_and_keeps_what_it_has)
{
	struct wiped wiped = { 0 };
	g_autoptr(GString) wanted = g_string_new(NULL);

	for (int i = 0; i < 5000; i++) {
		wiped_append(&wiped, "abc", 3);
		g_string_append(wanted, "abc");
	}
	wiped_append(&wiped, NULL, 0);
	ck_assert_uint_eq(wiped.length, 15000);
	ck_assert_str_eq(wiped.data, wanted->str);
	wiped_clear(&wiped);
	ck_assert_ptr_null(wiped.data);
	wiped_clear(&wiped);
}
END_TEST

static TCase *sealing_tests(void)
{
	TCase *tests = tcase_create("sealing");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests,
	               what_is_sealed_is_opened_by_its_passphrase_and_sealed_again_without_asking);
	tcase_add_test(tests, much_and_any_bytes_come_back_as_they_were);
	tcase_add_test(tests, another_passphrase_does_not_open_it_even_right_after);
	tcase_add_loop_test(tests, a_passphrase_may_be_long_and_hold_any_character, 0,
	                    G_N_ELEMENTS(odd_passphrases));
	tcase_add_test(tests, what_is_damaged_or_cut_is_refused_and_nothing_of_it_given);
	tcase_add_test(tests, a_weak_new_passphrase_is_refused_before_the_work);
	tcase_add_test(tests, without_a_wish_nothing_is_sealed_and_nobody_asked);
	tcase_add_test(tests, a_folder_with_a_long_path_is_refused);
	return tests;
}

static TCase *word_tests(void)
{
	TCase *tests = tcase_create("words");

	tcase_add_loop_test(tests, what_is_sealed_is_known_by_its_beginning, 0,
	                    G_N_ELEMENTS(beginnings));
	tcase_add_loop_test(tests, a_phrase_is_judged_by_what_does_not_follow_from_the_rest, 0,
	                    G_N_ELEMENTS(phrases));
	tcase_add_test(tests, a_passphrase_is_one_line_of_at_most_255_bytes);
	tcase_add_test(tests, a_wiped_buffer_grows_and_keeps_what_it_has);
	return tests;
}

int main(void)
{
	Suite *suite = suite_create("vault");
	SRunner *runner = srunner_create(suite);
	g_autoptr(GError) error = NULL;
	int failed;

	if (!gpg_ready(&error)) {
		printf("skipped: %s\n", error->message);
		return 77;
	}
	suite_add_tcase(suite, sealing_tests());
	suite_add_tcase(suite, word_tests());
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
