/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "privacy/gpg_home.h"
#include "privacy/mapping.h"
#include "privacy/vault.h"

static char *folder, *path, *part;

static void setup(void)
{
	folder = g_dir_make_tmp("check-mapping-XXXXXX", NULL);
	path = g_build_filename(folder, "mapping.csv", NULL);
	part = g_build_filename(folder, ".mapping.csv.part", NULL);
}

static void teardown(void)
{
	g_unlink(part);
	g_unlink(path);
	g_rmdir(path);
	ck_assert_int_eq(g_rmdir(folder), 0);
	g_free(part);
	g_free(path);
	g_free(folder);
}

static void put(const char *text)
{
	g_unlink(path); /* what is longer would not be cut */
	ck_assert(g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

#define HEADER "kind,name,pseudonym\n"
#define ID "00112233445566778899aabbccddeeff"
#define ABOUT "\"mapping\",\"5\",\"" ID "\"\n"
#define END(count) "\"end\",\"" #count "\",\"\"\n"

/* The file, with the id, which is random, replaced by ID. */
static char *contents(void)
{
	char *text = NULL;

	g_file_get_contents(path, &text, NULL, NULL);
	ck_assert(g_str_has_prefix(text, HEADER "\"mapping\",\"5\",\""));
	ck_assert_uint_ge(strlen(text), strlen(HEADER ABOUT));
	memcpy(text + strlen(HEADER "\"mapping\",\"5\",\""), ID, strlen(ID));
	return text;
}

static struct mapping *begin(void)
{
	GError *error = NULL;
	struct mapping *mapping = mapping_open(path, TRUE, NULL, &error);

	ck_assert_msg(mapping != NULL, "%s", error ? error->message : "");
	return mapping;
}

static const char *give(struct mapping *mapping, enum name_kind kind, const char *name)
{
	return mapping_pseudonym(mapping, kind, slice_of(name));
}

static void save_and_free(struct mapping *mapping)
{
	ck_assert(mapping_save(mapping, NULL));
	mapping_free(mapping);
}

static char *passphrase(G_GNUC_UNUSED gboolean fresh, void *data, G_GNUC_UNUSED GError **error)
{
	return g_strdup(data);
}

/* By the passphrase, which is borrowed; `seal`: also when the mapping is plain or new. */
static struct mapping *begin_sealed(const char *phrase, gboolean seal, GError **error)
{
	const struct vault_options options = {
		.passphrase = seal, .folder = "/tmp", .ask = passphrase, .data = (char *)phrase,
	};

	return mapping_open(path, TRUE, vault_new(&options), error);
}

static void assert_refused(gboolean create, const char *why)
{
	GError *error = NULL;

	ck_assert_ptr_null(mapping_open(path, create, NULL, &error));
	ck_assert_msg(strstr(error->message, why) != NULL, "\"%s\" does not say \"%s\"",
	              error->message, why);
	g_error_free(error);
}

START_TEST(each_kind_has_its_own_sequence_in_order_of_appearance)
{
	struct mapping *mapping = begin();

	ck_assert_str_eq(give(mapping, NAME_USER, "zoe"), "user_0001");
	ck_assert_str_eq(give(mapping, NAME_USER, "adam"), "user_0002");
	ck_assert_str_eq(give(mapping, NAME_ACCOUNT, "physics"), "group_A");
	ck_assert_str_eq(give(mapping, NAME_GROUP, "staff"), "group_A");
	ck_assert_str_eq(give(mapping, NAME_GROUP, "physics"), "group_B");
	ck_assert_str_eq(give(mapping, NAME_USER, "zoe"), "user_0001");
	ck_assert_uint_eq(mapping_count(mapping, NAME_USER), 2);
	ck_assert_uint_eq(mapping_count(mapping, NAME_ACCOUNT), 1);
	ck_assert_uint_eq(mapping_count(mapping, NAME_GROUP), 2);
	mapping_free(mapping);
}
END_TEST

START_TEST(after_z_comes_aa_and_after_9999_comes_10000)
{
	struct mapping *mapping = begin();
	const char *last = NULL;

	for (int i = 1; i <= 703; i++) {
		g_autofree char *name = g_strdup_printf("g%d", i);

		last = give(mapping, NAME_ACCOUNT, name);
		if (i == 26)
			ck_assert_str_eq(last, "group_Z");
		if (i == 27)
			ck_assert_str_eq(last, "group_AA");
		if (i == 702)
			ck_assert_str_eq(last, "group_ZZ");
	}
	ck_assert_str_eq(last, "group_AAA");
	for (int i = 1; i <= 10000; i++) {
		g_autofree char *name = g_strdup_printf("u%d", i);

		last = give(mapping, NAME_USER, name);
		if (i == 9999)
			ck_assert_str_eq(last, "user_9999");
	}
	ck_assert_str_eq(last, "user_10000");
	mapping_free(mapping);
}
END_TEST

START_TEST(what_is_saved_is_a_quoted_csv_for_the_owner_alone)
{
	struct mapping *mapping;
	g_autofree char *text = NULL;
	struct stat info;
	mode_t old = umask(0);

	mapping = begin();
	give(mapping, NAME_USER, "jsmith");
	give(mapping, NAME_ACCOUNT, "physics");
	give(mapping, NAME_GROUP, "domain \"users\", all");
	save_and_free(mapping);
	umask(old);
	text = contents();
	ck_assert_str_eq(text, HEADER ABOUT
	                 "\"user\",\"jsmith\",\"user_0001\"\n"
	                 "\"account\",\"physics\",\"group_A\"\n"
	                 "\"group\",\"domain \"\"users\"\", all\",\"group_A\"\n" END(3));
	ck_assert_int_eq(stat(path, &info), 0);
	ck_assert_uint_eq(info.st_mode & 07777, 0600);
	ck_assert_int_ne(g_access(part, F_OK), 0);
}
END_TEST

static const char *const odd_names[] = {
	"plain", "with space", "comma,name", "quote\"name", "\"", "\"\"", ",", "new\nline",
		"cr\rname",
	"Zo\xc3\xab", "=1+1", "-", "pi|pe", "#",
};

START_TEST(any_name_comes_back_as_it_was)
{
	struct mapping *mapping = begin();

	for (guint i = 0; i < G_N_ELEMENTS(odd_names); i++)
		give(mapping, NAME_USER, odd_names[i]);
	save_and_free(mapping);
	mapping = begin();
	ck_assert_uint_eq(mapping_count(mapping, NAME_USER), G_N_ELEMENTS(odd_names));
	for (guint i = 0; i < G_N_ELEMENTS(odd_names); i++) {
		g_autofree char *wanted = g_strdup_printf("user_%04u", i + 1);

		ck_assert_str_eq(give(mapping, NAME_USER, odd_names[i]), wanted);
	}
	mapping_free(mapping);
}
END_TEST

START_TEST(a_mapping_is_extended_and_never_renumbered)
{
	struct mapping *mapping = begin();
	g_autofree char *text = NULL;

	give(mapping, NAME_USER, "first");
	save_and_free(mapping);
	mapping = begin();
	ck_assert_str_eq(give(mapping, NAME_USER, "second"), "user_0002");
	ck_assert_str_eq(give(mapping, NAME_USER, "first"), "user_0001");
	save_and_free(mapping);
	text = contents();
	ck_assert_str_eq(text, HEADER ABOUT "\"user\",\"first\",\"user_0001\"\n"
	                 "\"user\",\"second\",\"user_0002\"\n" END(2));
}
END_TEST

START_TEST(the_id_is_made_once_and_kept)
{
	struct mapping *mapping = begin();
	g_autofree char *id = g_strdup(mapping_id(mapping));

	ck_assert_uint_eq(strlen(id), 32);
	give(mapping, NAME_USER, "first");
	save_and_free(mapping);
	mapping = begin();
	ck_assert_str_eq(mapping_id(mapping), id);
	give(mapping, NAME_USER, "second");
	save_and_free(mapping);
	mapping = mapping_open(path, FALSE, NULL, NULL);
	ck_assert_str_eq(mapping_id(mapping), id);
	mapping_free(mapping);
	g_unlink(path);
	mapping = begin();
	ck_assert_str_ne(mapping_id(mapping), id);
	mapping_free(mapping);
}
END_TEST

START_TEST(a_mapping_of_the_first_format_gets_an_id_when_it_is_next_saved)
{
	struct mapping *mapping;
	g_autofree char *text = NULL, *id = NULL;

	put(HEADER "user,eve,user_0007\n");
	mapping = mapping_open(path, FALSE, NULL, NULL);
	ck_assert_ptr_null(mapping_id(mapping));
	mapping_free(mapping);
	mapping = begin();
	id = g_strdup(mapping_id(mapping));
	save_and_free(mapping);
	text = contents();
	ck_assert_str_eq(text, HEADER ABOUT "\"user\",\"eve\",\"user_0007\"\n" END(1));
	mapping = begin();
	ck_assert_str_eq(mapping_id(mapping), id);
	ck_assert_str_eq(give(mapping, NAME_USER, "eve"), "user_0007");
	mapping_free(mapping);
}
END_TEST

#define RELEASE ID ID

START_TEST(the_first_release_is_remembered)
{
	struct mapping *mapping = begin(), *other;
	g_autofree char *text = NULL, *id = g_strdup(mapping_id(mapping));

	ck_assert_ptr_null(mapping_release(mapping));
	mapping_set_release(mapping, RELEASE);
	save_and_free(mapping);
	ck_assert(g_file_get_contents(path, &text, NULL, NULL));
	ck_assert_msg(strstr(text, "\"mapping\",\"5\",\"") && strstr(text, "-" RELEASE "\"\n"),
	              "%s", text);
	mapping = mapping_open(path, FALSE, NULL, NULL);
	ck_assert_str_eq(mapping_id(mapping), id);
	ck_assert_str_eq(mapping_release(mapping), RELEASE);
	g_unlink(path);
	other = begin();
	ck_assert(mapping_merge(other, mapping, mapping, NULL));
	ck_assert_str_eq(mapping_release(other), RELEASE);
	mapping_free(other);
	mapping_free(mapping);
}
END_TEST

#define PHRASE "grunt vivid oxbow lethal penny quartz"

START_TEST(an_encrypted_mapping_stays_encrypted_and_is_no_plain_one)
{
	g_autofree char *text = NULL, *id = NULL;
	GError *error = NULL;
	struct mapping *mapping;

	if (!gpg_ready(NULL))
		return;
	mapping = begin_sealed(PHRASE, TRUE, NULL);
	id = g_strdup(mapping_id(mapping));
	give(mapping, NAME_USER, "evelyn");
	save_and_free(mapping);
	assert_refused(TRUE, "is encrypted");
	mapping = begin_sealed(PHRASE, FALSE, NULL);
	ck_assert(mapping_encrypted(mapping));
	ck_assert_str_eq(mapping_id(mapping), id);
	ck_assert_str_eq(give(mapping, NAME_USER, "evelyn"), "user_0001");
	ck_assert_str_eq(give(mapping, NAME_USER, "jonathan"), "user_0002");
	save_and_free(mapping);
	g_file_get_contents(path, &text, NULL, NULL);
	ck_assert(g_str_has_prefix(text, "-----BEGIN PGP MESSAGE-----\n"));
	ck_assert_ptr_null(begin_sealed("another", FALSE, &error));
	ck_assert_ptr_nonnull(strstr(error->message,
	                             "mapping.csv: cannot be decrypted: the passphrase is wrong"));
	g_error_free(error);
	ck_assert_int_ne(g_access(part, F_OK), 0);
}
END_TEST

START_TEST(a_plain_mapping_is_encrypted_though_nothing_is_added)
{
	g_autofree char *text = NULL;
	struct mapping *mapping = begin();

	give(mapping, NAME_USER, "evelyn");
	save_and_free(mapping);
	if (!gpg_ready(NULL))
		return;
	save_and_free(begin_sealed(PHRASE, TRUE, NULL));
	g_file_get_contents(path, &text, NULL, NULL);
	ck_assert_ptr_null(strstr(text, "evelyn"));
	mapping = begin_sealed(PHRASE, FALSE, NULL);
	ck_assert_str_eq(give(mapping, NAME_USER, "evelyn"), "user_0001");
	mapping_free(mapping);
}
END_TEST

/* Of a text, in the place of the one that stood there. */
static struct mapping *load(const char *text)
{
	struct mapping *mapping;

	put(text);
	mapping = mapping_open(path, FALSE, NULL, NULL);
	ck_assert_ptr_nonnull(mapping);
	return mapping;
}

START_TEST(two_that_began_as_one_are_merged_with_the_classes_of_their_nodes)
{
	struct mapping *one = load(HEADER ABOUT
	                           "user,ann,user_0001\naccount,physics,group_A\n" END(2)),
		       *both;
	struct mapping *other = load(
		HEADER ABOUT
		"user,ann,user_0001\ngroup,staff,group_A\nclass,cn#,class_1\nclass,gpu#,class_2\n"
		"node,gpu7,nb0001\n" END(5));

	g_unlink(path);
	both = begin();
	ck_assert(mapping_merge(both, one, other, NULL));
	mapping_free(one);
	mapping_free(other);
	save_and_free(both);
	both = begin();
	ck_assert_str_eq(mapping_id(both), ID);
	ck_assert_str_eq(mapping_known(both, NAME_ACCOUNT, slice_of("physics")), "group_A");
	ck_assert_str_eq(mapping_known(both, NAME_GROUP, slice_of("staff")), "group_A");
	ck_assert_str_eq(mapping_known(both, NAME_NODE, slice_of("gpu7")), "nb0001");
	ck_assert_str_eq(mapping_node(both, slice_of("gpu#"), slice_of("gpu8")), "nb0002");
	ck_assert_uint_eq(mapping_count(both, NAME_USER), 1);
	mapping_free(both);
}
END_TEST

START_TEST(two_that_gave_a_pseudonym_to_different_groups_are_not_merged)
{
	struct mapping *one = load(HEADER ABOUT "account,physics,group_A\n" END(1)), *both;
	struct mapping *other = load(HEADER ABOUT "account,chemistry,group_A\n" END(1));
	GError *error = NULL;

	g_unlink(path);
	both = begin();
	ck_assert(!mapping_merge(both, one, other, &error));
	ck_assert_msg(strstr(error->message, "group_A is one account in ") != NULL, "%s",
	              error->message);
	g_error_free(error);
	mapping_free(one);
	mapping_free(other);
	mapping_free(both);
}
END_TEST

START_TEST(of_two_of_which_one_is_older_the_id_and_release_are_those_that_there_are)
{
	static const char old[] = HEADER "user,ann,user_0001\n";
	static const char new[] = HEADER "mapping,4," ID "-" RELEASE "\nuser,ann,user_0001\n";

	for (int turn = 0; turn < 2; turn++) {
		struct mapping *one = load(turn ? new : old), *other = load(turn ? old : new),
			       *both;

		g_unlink(path);
		both = begin();
		ck_assert(mapping_merge(both, one, other, NULL));
		ck_assert_str_eq(mapping_id(both), ID);
		ck_assert_str_eq(mapping_release(both), RELEASE);
		mapping_free(one);
		mapping_free(other);
		mapping_free(both);
	}
}
END_TEST

/* As they stand after they were dealt out. */
START_TEST(no_pseudonym_is_given_twice_though_the_last_is_not_the_highest)
{
	struct mapping *mapping;

	put(HEADER ABOUT "user,zoe,user_0003\nuser,eve,user_0001\nuser,ann,user_0002\n" END(3));
	mapping = begin();
	ck_assert_str_eq(give(mapping, NAME_USER, "bob"), "user_0004");
	mapping_free(mapping);
}
END_TEST

START_TEST(a_pseudonym_that_was_taken_out_is_not_given_again)
{
	struct mapping *mapping;

	put("kind,name,pseudonym\nuser,eve,user_0007\naccount,x,group_C\n");
	mapping = begin();
	ck_assert_str_eq(give(mapping, NAME_USER, "new"), "user_0008");
	ck_assert_str_eq(give(mapping, NAME_ACCOUNT, "new"), "group_D");
	mapping_free(mapping);
}
END_TEST

START_TEST(a_file_from_a_spreadsheet_is_read)
{
	struct mapping *mapping;

	put("\xef\xbb\xbfkind,name,pseudonym\r\nuser,\"a,b\",user_0001\r\nuser,c,user_0002");
	ck_assert(mapping_seems(path));
	mapping = begin();
	ck_assert_str_eq(give(mapping, NAME_USER, "a,b"), "user_0001");
	ck_assert_str_eq(give(mapping, NAME_USER, "c"), "user_0002");
	mapping_free(mapping);
}
END_TEST

/* A file as it is written, and as a spreadsheet writes it. */
static const char *const whole_files[] = {
	HEADER "\"mapping\",\"5\",\"" ID "-" ID ID "\"\n\"user\",\"a\",\"user_0001\"\n\"group\",\"end\",\"group_A\"\n"
	"\"user\",\"new\nline\",\"user_0002\"\n\"user\",\"many\",\"user_10000\"\n\"class\",\"cn\",\"class_1\"\n\"node\",\"cn1\",\"na0001\"\n"
	"\"account\",\"physics\",\"group_AB\"\n\"user\",\"c\",\"user_0003\"\n\"user\",\"d\",\"user_0004\"\n\"user\",\"e\",\"user_0005\"\n"
	"\"user\",\"f\",\"user_0006\"\n\"user\",\"g\",\"user_0007\"\n" END(12),
	HEADER "mapping,5," ID "\r\nuser,a,user_0001\r\nuser,many,user_10000\r\nuser,b,user_0002\r\nuser,c,user_0003\r\nuser,d,user_0004\r\n"
	"user,e,user_0005\r\nuser,f,user_0006\r\nuser,g,user_0007\r\nuser,h,user_0008\r\nuser,i,user_0009\r\nend,10,\r\n",
	HEADER ABOUT END(0),
};

START_TEST(a_mapping_that_is_cut_anywhere_is_refused)
{
	g_autofree char *text = g_strdup(whole_files[_i]);
	size_t whole = strlen(text), said = (size_t)(strrchr(text, ',') - text) + 1;
	struct mapping *mapping;

	for (size_t length = whole; length-- > 0;) {
		text[length] = '\0';
		put(text);
		mapping = mapping_open(path, FALSE, NULL, NULL);
		/* What stands behind the number of names says nothing. */
		ck_assert_msg(!mapping || length >= said, "cut at %zu of %zu:\n%s", length, whole,
		              text);
		mapping_free(mapping);
	}
	put(whole_files[_i]);
	mapping = begin();
	ck_assert(mapping_tells_whole(mapping));
	mapping_free(mapping);
}
END_TEST

START_TEST(what_has_come_to_stand_in_the_place_of_the_part_stays)
{
	struct mapping *mapping = begin();

	ck_assert(g_file_set_contents(part, "mine", -1, NULL));
	mapping_free(mapping);
	ck_assert(g_file_test(part, G_FILE_TEST_EXISTS));
	g_unlink(part);
}
END_TEST

START_TEST(a_mapping_of_an_older_format_is_read_and_saved_in_the_new_one)
{
	static const char *const about[] = { "", "mapping,2," ID "\n", "mapping,3," ID "\n",
		                             "mapping,4," ID "\n" };

	for (guint i = 0; i < G_N_ELEMENTS(about); i++) {
		g_autofree char *old = g_strconcat(HEADER, about[i], "user,eve,user_0007\n", NULL),
				*text = NULL;
		struct mapping *mapping;

		put(old);
		mapping = begin();
		ck_assert_msg(!mapping_tells_whole(mapping), "%s", about[i]);
		ck_assert_str_eq(give(mapping, NAME_USER, "eve"), "user_0007");
		save_and_free(mapping);
		text = contents();
		ck_assert_str_eq(text, HEADER ABOUT "\"user\",\"eve\",\"user_0007\"\n" END(1));
	}
}
END_TEST

START_TEST(nothing_is_written_when_nothing_was_added)
{
	struct mapping *mapping = begin();
	struct stat before, after;

	give(mapping, NAME_USER, "eve");
	save_and_free(mapping);
	ck_assert_int_eq(stat(path, &before), 0);
	mapping = begin();
	give(mapping, NAME_USER, "eve");
	save_and_free(mapping);
	ck_assert_int_eq(stat(path, &after), 0);
	ck_assert_uint_eq(before.st_ino, after.st_ino);
	ck_assert_int_ne(g_access(part, F_OK), 0);
}
END_TEST

START_TEST(what_is_not_saved_leaves_nothing_behind)
{
	struct mapping *mapping = begin();

	give(mapping, NAME_USER, "eve");
	mapping_free(mapping);
	ck_assert_int_ne(g_access(path, F_OK), 0);
	ck_assert_int_ne(g_access(part, F_OK), 0);
}
END_TEST

static void collect(enum name_kind kind, const char *name, void *data)
{
	g_string_append_printf(data, "%s=%s;", name_kind_name(kind), name);
}

START_TEST(a_group_pseudonym_answers_for_account_and_group)
{
	struct mapping *mapping = begin();
	g_autoptr(GString) found = g_string_new(NULL);

	give(mapping, NAME_ACCOUNT, "physics");
	give(mapping, NAME_GROUP, "staff");
	ck_assert_uint_eq(mapping_reveal(mapping, "group_A", collect, found), 2);
	ck_assert_str_eq(found->str, "account=physics;group=staff;");
	ck_assert_uint_eq(mapping_reveal(mapping, "group_B", collect, found), 0);
	mapping_free(mapping);
}
END_TEST

START_TEST(a_name_is_found_in_any_case_users_first)
{
	struct mapping *mapping = begin();

	ck_assert_ptr_null(mapping_find(mapping, slice_of("physics")));
	give(mapping, NAME_ACCOUNT, "physics");
	ck_assert_str_eq(mapping_find(mapping, slice_of("Physics")), "group_A");
	give(mapping, NAME_USER, "PHYSICS");
	ck_assert_str_eq(mapping_find(mapping, slice_of("physics")), "user_0001");
	ck_assert_ptr_null(mapping_find(mapping, slice_of("physic")));
	give(mapping, NAME_USER, "m\xc3\xbcller");
	ck_assert_str_eq(mapping_find(mapping, slice_of("M\xc3\x9cLLER")), "user_0002");
	ck_assert_str_eq(mapping_find(mapping, slice_of("Mu\xcc\x88ller")), "user_0002");
	ck_assert_ptr_null(mapping_find(mapping, slice_of("muller")));
	give(mapping, NAME_USER, "wei\xc3\x9f@EXAMPLE.ORG");
	ck_assert_str_eq(mapping_find(mapping, slice_of("WEISS")), "user_0003");
	mapping_free(mapping);
}
END_TEST

/* By these a word of the site is told to give somebody away: ford of ford-gpu, lab of lab-long. */
START_TEST(what_names_begin_with_and_hold_is_known_without_their_realm)
{
	struct mapping *mapping = begin();

	give(mapping, NAME_USER, "CORP\\ford2");
	give(mapping, NAME_USER, "zoe_lab@example.org");
	give(mapping, NAME_ACCOUNT, "smith-lab");
	give(mapping, NAME_PARTITION, "dent3-lab");
	mapping_node(mapping, slice_of("cn#"), slice_of("cn01"));
	ck_assert(mapping_has_stem(mapping, slice_of("Ford")));
	ck_assert(mapping_has_stem(mapping, slice_of("dent")));
	ck_assert(!mapping_has_stem(mapping, slice_of("cn")));
	ck_assert(!mapping_has_stem(mapping, slice_of("zoe_lab")));
	/* Of people and groups alone, and of no realm. */
	ck_assert_uint_eq(mapping_names_with(mapping, slice_of("LAB")), 2);
	ck_assert_uint_eq(mapping_names_with(mapping, slice_of("zoe")), 1);
	ck_assert_uint_eq(mapping_names_with(mapping, slice_of("example")), 0);
	ck_assert_uint_eq(mapping_names_with(mapping, slice_of("dent")), 0);
	mapping_free(mapping);
}
END_TEST

START_TEST(of_what_is_the_same_but_for_its_case_the_first_is_found)
{
	struct mapping *mapping = begin();

	give(mapping, NAME_USER, "Ann");
	give(mapping, NAME_USER, "ann");
	ck_assert_str_eq(mapping_find(mapping, slice_of("ANN")), "user_0001");
	give(mapping, NAME_USER, "A\\bob");
	give(mapping, NAME_USER, "B\\Bob");
	ck_assert_str_eq(mapping_find(mapping, slice_of("bob")), "user_0003");
	give(mapping, NAME_QOS, "Long");
	give(mapping, NAME_PARTITION, "long");
	ck_assert_str_eq(mapping_token(mapping, slice_of("LONG")), "qos_1");
	/* Neither is anybody's name, and that of a person is no token. */
	give(mapping, NAME_PARTITION, "gpu@night");
	ck_assert_ptr_null(mapping_find(mapping, slice_of("gpu")));
	ck_assert_ptr_null(mapping_token(mapping, slice_of("ann")));
	give(mapping, NAME_HOST, "rack");
	ck_assert_ptr_null(mapping_token(mapping, slice_of("rack")));
	mapping_free(mapping);
}
END_TEST

static const struct {
	const char *text, *why;
} bad_files[] = {
	{ "", "line 1: this is not a mapping" },
	{ "name,pseudonym\n", "line 1: this is not a mapping" },
	{ "kind,name,pseudonym,extra\n", "line 1: this is not a mapping" },
	{ "kind,name,pseudonym\nuser,a\n", "line 2: not three fields" },
	{ "kind,name,pseudonym\nuser,a,user_0001,b\n", "line 2: not three fields" },
	{ "kind,name,pseudonym\nuser,a,user_0001\n\n", "line 3: not three fields" },
	{ "kind,name,pseudonym\nuser,\"a,user_0001\n", "line 2: not three fields" },
	{ "kind,name,pseudonym\nuser,\"a\"b,user_0001\n", "line 2: not three fields" },
	{ "kind,name,pseudonym\nuser,a\"b,user_0001\n", "line 2: not three fields" },
	{ "kind,name,pseudonym\nuser,\"a\nb\",user_0001\nusr,c,user_0002\n",
	  "line 4: the kind is none of" },
	{ "kind,name,pseudonym\nuser,,user_0001\n", "line 2: the name is empty" },
	{ "kind,name,pseudonym\nuser,a,group_A\n", "line 2: the pseudonym does not have the form" },
	{ "kind,name,pseudonym\nuser,a,user_1\n", "line 2: the pseudonym does not have the form" },
	{ "kind,name,pseudonym\naccount,a,group_a\n",
	  "line 2: the pseudonym does not have the form" },
	{ "kind,name,pseudonym\nuser,a,user_0001\nuser,a,user_0002\n",
	  "line 3: this name stands here a" },
	{ "kind,name,pseudonym\nuser,a,user_0001\nuser,b,user_0001\n",
	  "line 3: this pseudonym stands here" },
	{ HEADER "mapping,6," ID "\n",
	  "line 2: this mapping is of a later format than this version of reclaim knows" },
	{ HEADER "mapping,6,what nobody knows yet\n", "line 2: this mapping is of a later format" },
	{ HEADER "mapping,1," ID "\n",
	  "line 2: the second field of the line \"mapping\" is not the number" },
	{ HEADER "mapping,two," ID "\n",
	  "line 2: the second field of the line \"mapping\" is not the number" },
	{ HEADER "mapping,2,\n", "line 2: the third field of the line \"mapping\" is not an id" },
	{ HEADER "mapping,2,00112233445566778899AABBCCDDEEFF\n", "line 2: the third field" },
	{ HEADER "mapping,2," ID "0\n", "line 2: the third field" },
	{ HEADER "mapping,4," ID "-\n", "line 2: the third field" },
	{ HEADER "mapping,4," ID "-" ID "\n", "line 2: the third field" },
	{ HEADER "mapping,3," ID "-" ID ID "\n", "line 2: the third field" },
	{ HEADER "mapping,2," ID "\nuser,a,user_0001\nuser,a,user_0002\n",
	  "line 4: this name stands here a" },
	{ HEADER "mapping,2," ID "\nmapping,2," ID "\n", "line 3: the kind is none of" },
	{ HEADER ABOUT "class,cn#,class_1\nnode,gpu7,nb0001\n" END(2),
	  "line 4: the class of this node stands nowhere before it" },
	/* a part is missing, or is too much */
	{ HEADER, "its last line is missing: the file was cut short" },
	{ HEADER "mapping,5," ID "\n", "its last line is missing" },
	{ HEADER "mapping,5," ID "\nuser,a,user_0001\n", "its last line is missing" },
	{ HEADER "mapping,5," ID "\nuser,a,user_0001\nend,2,\n",
	  "line 4: there are not as many names as this line says" },
	{ HEADER "mapping,5," ID "\nuser,a,user_0001\nend,0,\n",
	  "line 4: there are not as many names as this line says" },
	{ HEADER "mapping,5," ID "\nuser,a,user_0001\nend,one,\n",
	  "line 4: the second field of the line \"end\" is not" },
	{ HEADER "mapping,5," ID "\nuser,a,user_0001\nend,1,1\n",
	  "line 4: the second field of the line \"end\" is not" },
	{ HEADER "mapping,5," ID "\nuser,a,user_0001\nend,1,\nuser,b,user_0002\n",
	  "line 5: something stands behind the line \"end\"" },
	{ HEADER "mapping,4," ID "\nuser,a,user_0001\nend,1,\n", "line 4: the kind is none of" },
};

START_TEST(a_bad_file_is_refused_with_line_and_reason)
{
	put(bad_files[_i].text);
	assert_refused(TRUE, bad_files[_i].why);
	ck_assert_int_ne(g_access(part, F_OK), 0);
}
END_TEST

/* What is encrypted begins with a byte that a word may begin with, too. Of a longer file so many
 * bytes are looked at that a letter of two is cut. */
START_TEST(a_file_seems_a_mapping_by_what_it_begins_with)
{
	g_autofree char *filler = g_strnfill(1021, 'x'),
			*words = g_strconcat("\xc3\x84", filler, "\xc3\xa4rger\n", NULL);
	const struct {
		const char *text;
		gboolean seems;
	} files[] = {
		{ HEADER, TRUE }, { "", FALSE }, { "words\n", FALSE }, { "\204\001", TRUE },
		{ "\xc3\x84rger\n", FALSE }, { words, FALSE },
	};

	ck_assert(!mapping_seems(path));
	for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
		put(files[i].text);
		ck_assert_msg(mapping_seems(path) == files[i].seems, "%u", i);
	}
}
END_TEST

START_TEST(only_a_mapping_is_destroyed)
{
	g_autofree char *text = NULL;
	GError *error = NULL;

	put("a letter\n");
	ck_assert(!mapping_destroy(path, &error));
	ck_assert_msg(strstr(error->message, "there is no mapping here") != NULL, "%s",
	              error->message);
	g_error_free(error);
	ck_assert(g_file_get_contents(path, &text, NULL, NULL));
	ck_assert_str_eq(text, "a letter\n");
	put(HEADER ABOUT END(0));
	ck_assert(mapping_destroy(path, NULL));
	ck_assert_int_ne(g_access(path, F_OK), 0);
	ck_assert_int_ne(g_access(part, F_OK), 0);
}
END_TEST

START_TEST(a_nul_byte_is_refused)
{
	static const char text[] = "kind,name,pseudonym\nuser,a\0b,user_0001\n";

	ck_assert(g_file_set_contents_full(path, text, sizeof text - 1, G_FILE_SET_CONTENTS_NONE,
	                                   0600, NULL));
	assert_refused(FALSE, "this is not a mapping");
}
END_TEST

START_TEST(a_file_open_to_others_is_refused)
{
	put("kind,name,pseudonym\n");
	ck_assert_int_eq(g_chmod(path, 0640), 0);
	assert_refused(TRUE, "is open to other users (mode 0640)");
	ck_assert_int_eq(g_chmod(path, 0602), 0);
	assert_refused(FALSE, "is open to other users (mode 0602)");
}
END_TEST

START_TEST(a_symbolic_link_is_refused)
{
	g_autofree char *real = g_build_filename(folder, "real.csv", NULL);

	put("kind,name,pseudonym\n");
	ck_assert_int_eq(g_rename(path, real), 0);
	ck_assert_int_eq(symlink(real, path), 0);
	assert_refused(TRUE, "is a symbolic link");
	assert_refused(FALSE, "is a symbolic link");
	g_unlink(real);
}
END_TEST

START_TEST(a_folder_is_refused)
{
	ck_assert_int_eq(g_mkdir(path, 0700), 0);
	assert_refused(TRUE, "is not a regular file");
}
END_TEST

/* Only root can give a file away. */
START_TEST(nothing_is_written_or_read_in_a_folder_that_others_may_change)
{
	struct mapping *mapping;

	ck_assert_int_eq(g_chmod(folder, 0777), 0);
	assert_refused(TRUE, "others may change its folder");
	put(HEADER "\"user\",\"zoe\",\"user_0001\"\n");
	assert_refused(FALSE, "others may change its folder");
	assert_refused(TRUE, "others may change its folder");
	ck_assert_int_eq(g_chmod(folder, 01777), 0);
	mapping_free(begin());
	mapping = mapping_open(path, FALSE, NULL, NULL);
	ck_assert_ptr_nonnull(mapping);
	mapping_free(mapping);
	ck_assert_int_eq(g_chmod(folder, 0775), 0);
	mapping_free(begin());
}
END_TEST

START_TEST(the_file_of_another_user_is_refused)
{
	put("kind,name,pseudonym\n");
	if (geteuid() != 0)
		return;
	ck_assert_int_eq(chown(path, 4242, (gid_t)-1), 0);
	assert_refused(TRUE, "belongs to another user");
}
END_TEST

START_TEST(a_mapping_that_is_not_there_is_begun_only_when_asked)
{
	assert_refused(FALSE, "there is no such mapping");
	mapping_free(begin());
}
END_TEST

START_TEST(a_second_writer_is_refused_and_a_reader_is_not)
{
	struct mapping *first = begin();
	struct mapping *reader;

	give(first, NAME_USER, "eve");
	assert_refused(TRUE, "another run is extending this mapping");
	save_and_free(first);
	first = begin();
	reader = mapping_open(path, FALSE, NULL, NULL);
	ck_assert_ptr_nonnull(reader);
	mapping_free(reader);
	mapping_free(first);
	mapping_free(begin());
}
END_TEST

START_TEST(what_a_killed_run_left_is_taken_over)
{
	struct mapping *mapping;
	g_autofree char *text = NULL, *longer = g_strnfill(1000, 'x');

	/* So that a rest of it would show. */
	ck_assert(g_file_set_contents_full(part, longer, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
	mapping = begin();
	give(mapping, NAME_USER, "eve");
	save_and_free(mapping);
	text = contents();
	ck_assert_uint_lt(strlen(text), strlen(longer));
	ck_assert_str_eq(text, HEADER ABOUT "\"user\",\"eve\",\"user_0001\"\n" END(1));
}
END_TEST

START_TEST(what_another_run_begins_once_it_is_saved_stays)
{
	struct mapping *mapping = begin();

	ck_assert(mapping_save(mapping, NULL));
	ck_assert(g_file_set_contents(part, "theirs", -1, NULL));
	mapping_free(mapping);
	ck_assert_int_eq(g_access(part, F_OK), 0);
}
END_TEST

/* Whoever put it there may have it open. */
START_TEST(a_part_file_that_others_may_read_is_not_written)
{
	g_autofree char *text = NULL;

	ck_assert(
		g_file_set_contents_full(part, "theirs", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
	ck_assert_int_eq(g_chmod(part, 0640), 0);
	assert_refused(TRUE, "is in the way");
	if (geteuid() == 0) {
		ck_assert_int_eq(g_chmod(part, 0600), 0);
		ck_assert_int_eq(chown(part, 4242, (gid_t)-1), 0);
		assert_refused(TRUE, "is in the way");
	}
	ck_assert(g_file_get_contents(part, &text, NULL, NULL));
	ck_assert_str_eq(text, "theirs");
}
END_TEST

START_TEST(a_part_file_that_leads_elsewhere_is_not_followed)
{
	g_autofree char *victim = g_build_filename(folder, "victim", NULL);
	g_autofree char *text = NULL;

	ck_assert(g_file_set_contents(victim, "precious", -1, NULL));
	ck_assert_int_eq(symlink(victim, part), 0);
	assert_refused(TRUE, "cannot be written");
	g_unlink(part);
	ck_assert_int_eq(g_chmod(victim, 0600), 0);
	ck_assert_int_eq(link(victim, part), 0);
	assert_refused(TRUE, "is in the way");
	ck_assert(g_file_get_contents(victim, &text, NULL, NULL));
	ck_assert_str_eq(text, "precious");
	g_unlink(victim);
}
END_TEST

static const struct {
	enum name_kind kind;
	const char *text;
	gboolean valid;
} forms[] = {
	{ NAME_USER, "user_0001", TRUE },     { NAME_USER, "user_9999", TRUE },
	{ NAME_USER, "user_10000", TRUE },    { NAME_USER, "user_0000", FALSE },
	{ NAME_USER, "user_001", FALSE },     { NAME_USER, "user_01000", FALSE },
	{ NAME_USER, "user_", FALSE },        { NAME_USER, "user_000x", FALSE },
	{ NAME_USER, "user_+001", FALSE },    { NAME_USER, "user_99999999999999", FALSE },
	{ NAME_USER, "User_0001", FALSE },    { NAME_USER, "group_A", FALSE },
	{ NAME_USER, "", FALSE },             { NAME_USER, "user_0001 ", FALSE },
	{ NAME_ACCOUNT, "group_A", TRUE },    { NAME_ACCOUNT, "group_ZZ", TRUE },
	{ NAME_GROUP, "group_AAA", TRUE },    { NAME_GROUP, "group_a", FALSE },
	{ NAME_GROUP, "group_", FALSE },      { NAME_GROUP, "group_A1", FALSE },
	{ NAME_GROUP, "user_0001", FALSE },   { NAME_GROUP, "group_ZZZZZZZZZZZZZZZ", FALSE },
	{ NAME_GROUP, PSEUDONYM_OTHER, TRUE }, { NAME_ACCOUNT, PSEUDONYM_OTHER, TRUE },
	{ NAME_PARTITION, "partition_1", TRUE }, { NAME_PARTITION, "partition_01", FALSE },
	{ NAME_QOS, "partition_1", FALSE },   { NAME_GRES, "gres_12", TRUE },
	{ NAME_NODE, "na0001", TRUE },        { NAME_NODE, "nab12345", TRUE },
	{ NAME_NODE, "n0001", FALSE },        { NAME_NODE, "na001", FALSE },
	{ NAME_NODE, "nA0001", FALSE },       { NAME_NODE, "na00001", FALSE },
};

START_TEST(a_pseudonym_is_known_by_its_form)
{
	ck_assert_msg(pseudonym_valid(forms[_i].kind, slice_of(forms[_i].text)) == forms[_i].valid,
	              "%s", forms[_i].text);
}
END_TEST

START_TEST(words_and_nodes_keep_what_stands_for_them)
{
	struct mapping *mapping = begin();
	g_autofree char *text = NULL;
	g_autoptr(GString) found = g_string_new(NULL);

	ck_assert_str_eq(give(mapping, NAME_PARTITION, "smith"), "partition_1");
	ck_assert_str_eq(give(mapping, NAME_QOS, "smith"), "qos_1");
	ck_assert_str_eq(mapping_node(mapping, slice_of("cn#"), slice_of("cn01")), "na0001");
	ck_assert_str_eq(mapping_node(mapping, slice_of("gpu#"), slice_of("gpu1")), "nb0002");
	ck_assert_ptr_null(mapping_known(mapping, NAME_CLUSTER, slice_of("smith")));
	ck_assert_ptr_null(mapping_find(mapping, slice_of("smith")));
	ck_assert(mapping_save(mapping, NULL));
	mapping_free(mapping);
	ck_assert(g_file_get_contents(path, &text, NULL, NULL));
	ck_assert(g_str_has_prefix(text, HEADER "\"mapping\",\"5\",\""));
	mapping = begin();
	ck_assert_str_eq(mapping_known(mapping, NAME_PARTITION, slice_of("smith")), "partition_1");
	ck_assert_str_eq(mapping_node(mapping, slice_of("cn#"), slice_of("cn02")), "na0003");
	ck_assert_uint_eq(mapping_reveal(mapping, "nb0002", collect, found), 1);
	ck_assert_str_eq(found->str, "node=gpu1;");
	mapping_free(mapping);
}
END_TEST

/* Whoever was known before keeps the pseudonym; that the others are dealt out is seen on a thousand
 * of them. */
START_TEST(shuffling_deals_out_the_new_pseudonyms_alone)
{
	struct mapping *mapping = begin();
	g_autoptr(GHashTable) given = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	guint in_place = 0;

	give(mapping, NAME_USER, "eve");
	ck_assert(mapping_save(mapping, NULL));
	mapping_free(mapping);
	mapping = begin();
	for (guint i = 0; i < 1000; i++) {
		g_autofree char *name = g_strdup_printf("u%u", i);

		give(mapping, NAME_USER, name);
	}
	ck_assert(mapping_shuffle(mapping, NULL));
	for (guint i = 0; i < 1000; i++) {
		g_autofree char *name = g_strdup_printf("u%u", i);
		guint number = pseudonym_number(NAME_USER, slice_of(give(mapping, NAME_USER, name)),
		                                NULL);

		in_place += number == i + 2;
		ck_assert(number >= 2 && number <= 1001);
		ck_assert(g_hash_table_add(given, g_strdup(give(mapping, NAME_USER, name))));
	}
	ck_assert_uint_lt(in_place, 20);
	ck_assert_str_eq(give(mapping, NAME_USER, "eve"), "user_0001");
	mapping_free(mapping);
}
END_TEST

static const char *give_node(struct mapping *mapping, guint i)
{
	g_autofree char *class = g_strdup_printf("%c#", (int)('a' + i)),
			*name = g_strdup_printf("%c1", (int)('a' + i));

	return mapping_node(mapping, slice_of(class), slice_of(name));
}

/* Words are as telling by their order as people are; a class by its own stands in the names of its
 * nodes. */
START_TEST(shuffling_deals_out_tokens_and_neither_nodes_nor_classes)
{
	struct mapping *mapping = begin();
	guint in_place = 0, moved = 0;

	for (guint times = 0; times < 2; times++) {
		for (guint i = 0; i < 26; i++) {
			g_autofree char *node = g_strdup_printf("n%c%04u", (int)('a' + i), i + 1),
					*class = g_strdup_printf("%c#", (int)('a' + i));
			g_autofree char *host = g_strdup_printf("host%u", i);

			ck_assert_str_eq(give_node(mapping, i), node);
			ck_assert_uint_eq(pseudonym_number(NAME_CLASS,
			                                   slice_of(mapping_known(mapping,
			                                                          NAME_CLASS,
			                                                          slice_of(class))),
			                                   NULL),
			                  i + 1);
			in_place += pseudonym_number(NAME_HOST,
			                             slice_of(give(mapping, NAME_HOST, host)),
			                             NULL) == i + 1;
			moved += pseudonym_number(NAME_QOS, slice_of(give(mapping, NAME_QOS, host)),
			                          NULL) != i + 1;
		}
		ck_assert(mapping_shuffle(mapping, NULL));
	}
	/* By chance one of each is where it was. */
	ck_assert_uint_lt(in_place, 26 + 20);
	ck_assert_uint_gt(moved, 6);
	mapping_free(mapping);
}
END_TEST

START_TEST(no_name_is_its_own_pseudonym)
{
	static const char *const names[] = { "group_A", "group_C", "GROUP_c", "group_D",
		                             "Group_e" };
	struct mapping *mapping = begin();

	ck_assert_str_eq(give(mapping, NAME_ACCOUNT, "group_A"), "group_B");
	ck_assert_str_eq(give(mapping, NAME_ACCOUNT, "Group_c"), "group_D");
	ck_assert_str_eq(give(mapping, NAME_ACCOUNT, "group_B"), "group_E");
	ck_assert_str_eq(give(mapping, NAME_PARTITION, "partition_1"), "partition_2");
	ck_assert_str_eq(mapping_node(mapping, slice_of("na#"), slice_of("na0001")), "na0002");
	ck_assert_str_eq(mapping_node(mapping, slice_of("na#"), slice_of("na0002")), "na0003");
	mapping_free(mapping);
	for (guint times = 0; times < 50; times++) {
		mapping = begin();
		for (guint i = 0; i < 2 * G_N_ELEMENTS(names); i++) {
			const char *name = names[i % G_N_ELEMENTS(names)];

			if (i == G_N_ELEMENTS(names))
				ck_assert(mapping_shuffle(mapping, NULL));
			ck_assert_int_ne(g_ascii_strcasecmp(give(mapping, NAME_ACCOUNT, name),
			                                    name),
			                 0);
		}
		mapping_free(mapping);
	}
}
END_TEST

#define CROWD 1000
#define SHUFFLES 9

/* The numbers that a new mapping gives to a crowd when it is shuffled; by order of appearance. */
static void shuffled_numbers(guint numbers[CROWD])
{
	struct mapping *mapping = begin();

	for (guint i = 0; i < 2 * CROWD; i++) {
		g_autofree char *name = g_strdup_printf("u%u", i % CROWD);

		if (i == CROWD)
			ck_assert(mapping_shuffle(mapping, NULL));
		numbers[i % CROWD] =
			pseudonym_number(NAME_USER, slice_of(give(mapping, NAME_USER, name)), NULL);
	}
	mapping_free(mapping);
}

/* Spearman's, of the order of appearance and the order of the numbers. */
static double rank_correlation(const guint numbers[CROWD])
{
	double n = CROWD, sum = 0;

	for (guint i = 0; i < CROWD; i++)
		sum += ((double)numbers[i] - (i + 1)) * ((double)numbers[i] - (i + 1));
	return 1 - 6 * sum / (n * (n * n - 1));
}

static int compare_numbers(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return left < right ? -1 : left > right;
}

/* One of 600 shuffles is beyond 0.1 by chance, so that the middle of nine has to be within. */
START_TEST(the_numbers_of_a_shuffled_crowd_tell_no_order_and_two_mappings_share_none)
{
	guint numbers[2][CROWD], same = 0;
	double sizes[SHUFFLES];

	for (guint s = 0; s < SHUFFLES; s++) {
		shuffled_numbers(numbers[s % 2]);
		sizes[s] = rank_correlation(numbers[s % 2]);
		sizes[s] = sizes[s] < 0 ? -sizes[s] : sizes[s];
		for (guint i = 0; s > 0 && i < CROWD; i++)
			same += numbers[0][i] == numbers[1][i];
	}
	qsort(sizes, SHUFFLES, sizeof *sizes, compare_numbers);
	ck_assert_msg(sizes[SHUFFLES / 2] < 0.1, "%f", sizes[SHUFFLES / 2]);
	/* By chance one in each pair. */
	ck_assert_uint_lt(same, 4 * SHUFFLES);
	/* Without shuffling the order would be all there is. */
	for (guint i = 0; i < CROWD; i++)
		numbers[0][i] = i + 1;
	ck_assert(rank_correlation(numbers[0]) > 0.99);
}
END_TEST

static TCase *file_tests(void)
{
	TCase *tests = tcase_create("file");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, a_bad_file_is_refused_with_line_and_reason, 0,
	                    G_N_ELEMENTS(bad_files));
	tcase_add_test(tests, a_file_seems_a_mapping_by_what_it_begins_with);
	tcase_add_test(tests, only_a_mapping_is_destroyed);
	tcase_add_test(tests, a_nul_byte_is_refused);
	tcase_add_test(tests, a_file_open_to_others_is_refused);
	tcase_add_test(tests, a_symbolic_link_is_refused);
	tcase_add_test(tests, a_folder_is_refused);
	tcase_add_test(tests, nothing_is_written_or_read_in_a_folder_that_others_may_change);
	tcase_add_test(tests, the_file_of_another_user_is_refused);
	tcase_add_test(tests, a_mapping_that_is_not_there_is_begun_only_when_asked);
	tcase_add_test(tests, a_second_writer_is_refused_and_a_reader_is_not);
	tcase_add_test(tests, what_a_killed_run_left_is_taken_over);
	tcase_add_test(tests, what_another_run_begins_once_it_is_saved_stays);
	tcase_add_test(tests, a_part_file_that_others_may_read_is_not_written);
	tcase_add_test(tests, a_part_file_that_leads_elsewhere_is_not_followed);
	return tests;
}

static TCase *name_tests(void)
{
	TCase *tests = tcase_create("names");

	tcase_set_timeout(tests, 60); /* gpg is slow on a busy machine */
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, each_kind_has_its_own_sequence_in_order_of_appearance);
	tcase_add_test(tests, after_z_comes_aa_and_after_9999_comes_10000);
	tcase_add_test(tests, what_is_saved_is_a_quoted_csv_for_the_owner_alone);
	tcase_add_test(tests, any_name_comes_back_as_it_was);
	tcase_add_test(tests, a_mapping_is_extended_and_never_renumbered);
	tcase_add_test(tests, the_id_is_made_once_and_kept);
	tcase_add_test(tests, the_first_release_is_remembered);
	tcase_add_test(tests, two_that_began_as_one_are_merged_with_the_classes_of_their_nodes);
	tcase_add_test(tests, two_that_gave_a_pseudonym_to_different_groups_are_not_merged);
	tcase_add_test(
		tests,
		of_two_of_which_one_is_older_the_id_and_release_are_those_that_there_are);
	tcase_add_test(tests, a_mapping_of_the_first_format_gets_an_id_when_it_is_next_saved);
	tcase_add_test(tests, an_encrypted_mapping_stays_encrypted_and_is_no_plain_one);
	tcase_add_test(tests, a_plain_mapping_is_encrypted_though_nothing_is_added);
	tcase_add_test(tests, no_pseudonym_is_given_twice_though_the_last_is_not_the_highest);
	tcase_add_test(tests, a_pseudonym_that_was_taken_out_is_not_given_again);
	tcase_add_test(tests, a_file_from_a_spreadsheet_is_read);
	tcase_add_loop_test(tests, a_mapping_that_is_cut_anywhere_is_refused, 0,
	                    G_N_ELEMENTS(whole_files));
	tcase_add_test(tests, what_has_come_to_stand_in_the_place_of_the_part_stays);
	tcase_add_test(tests, a_mapping_of_an_older_format_is_read_and_saved_in_the_new_one);
	tcase_add_test(tests, nothing_is_written_when_nothing_was_added);
	tcase_add_test(tests, what_is_not_saved_leaves_nothing_behind);
	tcase_add_test(tests, a_group_pseudonym_answers_for_account_and_group);
	tcase_add_test(tests, words_and_nodes_keep_what_stands_for_them);
	tcase_add_test(tests, shuffling_deals_out_the_new_pseudonyms_alone);
	tcase_add_test(tests, shuffling_deals_out_tokens_and_neither_nodes_nor_classes);
	tcase_add_test(tests, no_name_is_its_own_pseudonym);
	tcase_add_test(tests,
	               the_numbers_of_a_shuffled_crowd_tell_no_order_and_two_mappings_share_none);
	tcase_add_test(tests, a_name_is_found_in_any_case_users_first);
	tcase_add_test(tests, what_names_begin_with_and_hold_is_known_without_their_realm);
	tcase_add_test(tests, of_what_is_the_same_but_for_its_case_the_first_is_found);
	tcase_add_loop_test(tests, a_pseudonym_is_known_by_its_form, 0, G_N_ELEMENTS(forms));
	return tests;
}

int main(void)
{
	Suite *suite = suite_create("mapping");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, name_tests());
	suite_add_tcase(suite, file_tests());
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
