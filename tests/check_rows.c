/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "source/rows.h"
#include "source/split.h"

static char *folder, *path;

static void setup(void)
{
	folder = g_dir_make_tmp("check-rows-XXXXXX", NULL);
	path = g_build_filename(folder, "jobs.psv", NULL);
}

static void teardown(void)
{
	g_unlink(path);
	ck_assert_int_eq(g_rmdir(folder), 0);
	g_free(path);
	g_free(folder);
}

/* Seven columns are known here, and a fixed list of three of them. */
static const char *const names[] = {
	"JobID", "User", "State", "Name", "Account", "List", "Layout"
};
enum { JOB_ID, USER, STATE, NAME, ACCOUNT, LIST, LAYOUT };

static int find(struct slice name)
{
	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (slice_is_nocase(name, names[i]))
			return (int)i;
	return -1;
}

static gboolean fits(int column, struct slice text)
{
	gint64 number;

	switch (column) {
	case JOB_ID:
		return slice_number(text, &number);
	case STATE:
		return slice_is(text, "RUNNING") || slice_is(text, "DONE");
	case LIST:
		return slice_is(text, "a,b") || slice_is(text, "a") || slice_empty(text);
	default:
		return column == NAME || !memchr(text.data ? text.data : "", '\n', text.length);
	}
}

static enum looseness looseness(int column)
{
	return column == NAME ? LOOSE_TEXT
	       : column == ACCOUNT ? LOOSE_NAME
	       : column == LIST ? LOOSE_LIST
				: LOOSE_NOT;
}

static gboolean same(int column, struct slice one, struct slice other)
{
	return column == NAME || column == LAYOUT || slice_equal(one, other);
}

static gboolean may_miss(int column)
{
	return column != JOB_ID && column != STATE;
}

static const struct fixed_form *fixed(const struct slice *fields, guint count)
{
	static const struct fixed_form form = { "the three columns of a test", "State,JobID,User" };

	return count == 3 && fits(STATE, fields[0]) && fits(JOB_ID, fields[1]) ? &form : NULL;
}

static const struct vocabulary known = { find, fits, looseness, same, may_miss, fixed };

static struct rows *opened(const char *text, gssize length)
{
	GError *error = NULL;
	struct rows *rows;

	ck_assert(g_file_set_contents(path, text, length, NULL));
	rows = rows_open(path, &known, NULL, &error);
	ck_assert_msg(rows != NULL, "%s", error ? error->message : "");
	return rows;
}

static const char *const status_names[] = { "whole", "count", "long",    "nul",
	                                    "utf8",  "cut",   "message", "header" };

/* Line, status and fields of every row: "2 whole 1/alice/". */
static char *told(struct rows *rows)
{
	GString *all = g_string_new(NULL);
	GError *error = NULL;
	struct row row;

	while (rows_next(rows, &row, &error)) {
		struct slice field;

		g_string_append_printf(all, "%" G_GUINT64_FORMAT " %s", row.line,
				       status_names[row.status]);
		for (guint i = 0; row.status == ROW_WHOLE && i < row.count; i++) {
			g_string_append_c(all, i ? '/' : ' ');
			field = row_field(&row, i);
			g_string_append_len(all, field.data, (gssize)field.length);
			ck_assert(slice_empty(field) ||
				  (field.data >= row.raw.data &&
				   field.data + field.length <= row.raw.data + row.raw.length));
		}
		g_string_append_c(all, '\n');
	}
	ck_assert_ptr_null(error);
	return g_string_free(all, FALSE);
}

static const struct {
	const char *text, *rows;
} files[] = {
	/* sacct --parsable2, -p, other delimiters */
	{ "JobID|User|State\n1|alice|RUNNING\n2||\n", "2 whole 1/alice/RUNNING\n3 whole 2//\n" },
	{ "JobID|User|State|\n1|alice|RUNNING|\n2|||\n", "2 whole 1/alice/RUNNING\n3 whole 2//\n" },
	{ "JobID\tUser\tState\n1\talice\t\n\t\t\n", "2 whole 1/alice/\n3 whole //\n" },
	{ "JobID;User\n1;a|b,c\n", "2 whole 1/a|b,c\n" },
	/* --delimiter='\t' is no tab */
	{ "JobID\\tUser\\tState\n1\\talice\\tDONE\n2\\tbob\\tDONE\n",
	  "2 whole 1/alice/DONE\n3 whole 2/bob/DONE\n" },
	{ "JobID\tUser\tState\n1\tAD\\tom\tDONE\n", "2 whole 1/AD\\tom/DONE\n" },
	{ "JobID|User|State\n1|AD\\tom|DONE\n", "2 whole 1/AD\\tom/DONE\n" },
	{ "JobID#SEP#User#SEP#State\n1#SEP#a#b#SEP#DONE\n", "2 whole 1/a#b/DONE\n" },
	{ "Colour@@JobID@@User\na@b@@1@@alice\n", "2 whole a@b/1/alice\n" },
	/* a line that begins in a semicolon, and is of no workload log */
	{ ";JobID;User\n0;1;alice\n", "2 whole 0/1/alice\n" },
	{ "JobID\x1fUser\n1\x1f"
	  "alice\n",
	  "2 whole 1/alice\n" },
	{ "jobid|USER\n1|alice\n", "2 whole 1/alice\n" },
	/* names of squeue's, too, but not its id */
	{ "USER|STATE\nalice|DONE\n", "2 whole alice/DONE\n" },
	{ "JobID|Unheard|User\n1|x|alice\n", "2 whole 1/x/alice\n" },
	/* a delimiter of one byte twice is no column without a name between two; that one is there,
	 * too */
	{ "JobID||User||State\n1||al|ice||DONE\n2||||DONE\n",
	  "2 whole 1/al|ice/DONE\n3 whole 2//DONE\n" },
	{ "JobID::User::State::\n1::alice::DONE::\n", "2 whole 1/alice/DONE\n" },
	{ "JobID||User|State\n1|x|alice|DONE\n", "2 whole 1/x/alice/DONE\n" },
	/* blanks about some values, as when columns were aligned; in names they tell nothing */
	{ "JobID|User |State  \n1    |alice|RUNNING\n12   |bob  |DONE   \n",
	  "2 whole 1/alice/RUNNING\n3 whole 12/bob/DONE\n" },
	{ "JobID | User | State\r\n1| al ice |DONE\r\n2 |bob|RUNNING \r\n3|x|\r\n",
	  "2 whole 1/al ice/DONE\n3 whole 2/bob/RUNNING\n4 whole 3/x/\n" },
	{ "JobID;;User;;State\n1 ;;alice;; DONE\n", "2 whole 1/alice/DONE\n" },
	{ "JobID @ User @ State\n1 @ alice @ DONE\n", "2 whole 1/alice/DONE\n" },
	{ "JobID | Name | State\n1 | alice | DONE\n2 | a|b | DONE\n3|c|DONE\n",
	  "2 whole 1/alice/DONE\n3 whole 2/a|b/DONE\n4 whole 3/c/DONE\n" },
	{ "JobID, User, State\n1, al, DONE\n2, \"c, d\", DONE\n",
	  "2 whole 1/al/DONE\n3 whole 2/c, d/DONE\n" },
	{ "JobID | Name | State\n1 | al|ice | DONE\n2 | b | DONE\n",
	  "2 whole 1/al|ice/DONE\n3 whole 2/b/DONE\n" },
	{ "JobID|Name|State|\n 1 |a|b | DONE |\n2 |c|DONE|\n3|\n",
	  "2 whole 1/a|b/DONE\n3 whole 2/c/DONE\n4 count\n" },
	{ "JobID|Name|User\n1| x |al \n", "2 whole 1/ x /al \n" },
	{ "# JobID | User | State |\nodd\n1 | alice | DONE |\n",
	  "2 count\n3 whole 1/alice/DONE\n" },
	/* line ends */
	{ "JobID|User\r\n1|alice\r\n2|\r\n", "2 whole 1/alice\n3 whole 2/\n" },
	{ "JobID|User\n1|alice", "2 whole 1/alice\n" },
	{ "JobID|User\n1|alice\r", "2 whole 1/alice\n" },
	{ "\xef\xbb\xbfJobID|User\n1|alice\n", "2 whole 1/alice\n" },
	{ "JobID|User", "" },
	/* a file that was joined without its header keeps its byte order mark */
	{ "JobID|User\n1|alice\n\xef\xbb\xbf" "2|bob\r\n3|carl\n",
	  "2 whole 1/alice\n3 whole 2/bob\n4 whole 3/carl\n" },
	{ "JobID||User\n\xef\xbb\xbf" "1||alice\n", "2 whole 1/alice\n" },
	{ "JobID|User|\n\xef\xbb\xbf" "1|alice|\n", "2 whole 1/alice\n" },
	{ "User,JobID\nalice,1\n\xef\xbb\xbf\"bob\",2\n", "2 whole alice/1\n3 whole bob/2\n" },
	/* blank lines, comments, headers again */
	{ "\n# note\nJobID|User\n\n1|alice\n  \n# note\n\n2|bob\n",
	  "5 whole 1/alice\n9 whole 2/bob\n" },
	{ "JobID|User\n1|alice\nJobID|User\n2|bob\n", "2 whole 1/alice\n4 whole 2/bob\n" },
	{ "User|JobID\n#alice|1\n", "2 whole #alice/1\n" },
	{ "State|JobID\n#DONE|1\nDONE|2\n", "3 whole DONE/2\n" },
	{ "State,JobID\n#DONE,1\nDONE,2\n", "3 whole DONE/2\n" },
	/* a header that was made a comment of, above its rows, and again among them */
	{ "#JobID|User\n1|alice\n#JobID|User\n# note\n#2|bob\n3|carl\n",
	  "2 whole 1/alice\n6 whole 3/carl\n" },
	{ "JobID|User\n1|alice\n# JobID|User\n3|carl\n", "2 whole 1/alice\n4 whole 3/carl\n" },
	{ "## JobID, User, State\r\n# note, User\n\n1,\"al,ice\",DONE\r\n",
	  "4 whole 1/al,ice/DONE\n" },
	{ "# JobID | User | State\nodd\n1 | alice | DONE\n", "2 count\n3 whole 1/alice/DONE\n" },
	{ "#\"JobID\";\"User\";\n\"1\";\"ab\";\n\"2\";\"a;b\";\n",
	  "2 whole 1/ab\n3 whole 2/a;b\n" },
	{ "#JobID|Account\n# as asked for\nJobID|User\n1|alice\n", "4 whole 1/alice\n" },
	{ "#JobID|User|State\n1|alice|DONE\n#User|JobID|State\nbob|2|DONE\n",
	  "2 whole 1/alice/DONE\n3 header\n4 whole bob/2/DONE\n" },
	/* another file's header, wider or in another order */
	{ "JobID|User|Account\n1|alice|pi\nJobID|Account|User\n2|pi|bob\n",
	  "2 whole 1/alice/pi\n3 header\n4 whole 2/pi/bob\n" },
	{ "User|JobID\nalice|1\nUser|JobID|State\n", "2 whole alice/1\n3 header\n" },
	{ "User,JobID\nalice,1\nJobID,User\n", "2 whole alice/1\n3 header\n" },
	{ "User|Name\nalice|x\nState|Account\n", "2 whole alice/x\n3 whole State/Account\n" },
	/* rows that are none */
	{ "JobID|User\n1|alice|x\n2\n3|bob\n", "2 count\n3 whole 2/\n4 whole 3/bob\n" },
	{ "JobID|User|State\n1|pi|pe|\n2|bob|\n", "2 count\n3 whole 2/bob/\n" },
	{ "JobID|User|\n1|alice|x\n2|bob|\n3|carl\n", "2 count\n3 whole 2/bob\n4 whole 3/carl\n" },
	{ "JobID|User|State\n1|alice|RUNNING\n2|al", "2 whole 1/alice/RUNNING\n3 cut\n" },
	{ "JobID|User\n1|al\xffice\n2|zo\xc3\xab\n3|\xc3\n",
	  "2 utf8\n3 whole 2/zo\xc3\xab\n4 utf8\n" },
	/* what sacct said meanwhile is no part of what stands behind it */
	{ "Name|JobID|User\nx|1|al\nsacct: error: lost it\ny|2|bo\n",
	  "2 whole x/1/al\n3 message\n4 whole y/2/bo\n" },
	{ "Name,JobID,User\nx,1,al\nsacct: error: lost it\ny,2,bo\n",
	  "2 whole x/1/al\n3 message\n4 whole y/2/bo\n" },
	{ "JobID|User\n1|al\nsacct: error: lost it", "2 whole 1/al\n3 message\n" },
	{ "JobID|Name\n1|sacct: error: my job\n", "2 whole 1/sacct: error: my job\n" },
	/* rows that can only have been one thing */
	{ "JobID|Name|State\n1|a|b|DONE\n2|||x||DONE\n",
	  "2 whole 1/a|b/DONE\n3 whole 2/||x|/DONE\n" },
	{ "JobID|Name|State\n1|a\nb\n\nc|DONE\n2|x|DONE\n",
	  "2 whole 1/a\nb\n\nc/DONE\n6 whole 2/x/DONE\n" },
	{ "JobID|Name|State\n1|a\nb\xff|DONE\n2|x|DONE\n", "2 count\n3 utf8\n4 whole 2/x/DONE\n" },
	{ "JobID|Name|State|\n1|a\r\nb|x|DONE|\r\n2|x|DONE|\n",
	  "2 whole 1/a\r\nb|x/DONE\n4 whole 2/x/DONE\n" },
	{ "JobID|Account|State\n1|pi|pe|DONE\n", "2 whole 1/pi|pe/DONE\n" },
	/* a delimiter in each of the first rows is none behind each row */
	{ "JobID|Account|State|List\n1|pi|pe|DONE|\n2|pi|pe|DONE|\n3|pi|DONE|a\n",
	  "2 whole 1/pi|pe/DONE/\n3 whole 2/pi|pe/DONE/\n4 whole 3/pi/DONE/a\n" },
	{ "JobID|Account|State|List\n1|pi|pe|DONE|\n2|pi|pe|DONE|\n",
	  "2 whole 1/pi|pe/DONE/\n3 whole 2/pi|pe/DONE/\n" },
	/* numbers of rows, for which R has no name */
	{ "\"JobID\",\"Account\",\"State\"\n\"1\",\"7\",\"pi\",\"DONE\"\n\"2\",\"8\",\"a,b\",\"DONE\"\n",
	  "2 whole 1/7/pi/DONE\n3 whole 2/8/a,b/DONE\n" },
	{ "JobID|Account|State\n5|7|pi|DONE\n9|8|pi|odd\n11|9||DONE",
	  "2 whole 5/7/pi/DONE\n3 whole 9/8/pi/odd\n4 whole 11/9//DONE\n" },
	{ "JobID|Account|State\n5|7|pi|DONE\n9|pi|DONE\n8|pi|DONE\n",
	  "2 whole 5/7|pi/DONE\n3 whole 9/pi/DONE\n4 whole 8/pi/DONE\n" },
	{ "JobID|State|Name\n1|DONE|x|\n", "2 whole 1/DONE/x|\n" },
	{ "JobID|Account|State\n1|pi|DONE|\n2|pi|odd|\n", "2 whole 1/pi/DONE\n3 whole 2/pi/odd\n" },
	{ "JobID|Account|State\n1|pi|DONE|\n2|pi|odd|\n3|pi|DONE|\n4|pi|DONE|\n",
	  "2 whole 1/pi/DONE\n3 whole 2/pi/odd\n4 whole 3/pi/DONE\n5 whole 4/pi/DONE\n" },
	{ "JobID|State|Name|User\n1|DONE|x\n2|DONE\n", "2 whole 1/DONE/x/\n3 whole 2/DONE//\n" },
	{ "JobID<x1>Name<x1>State\n1<x1>a|b<x1>DONE\n2<x1>a<x1>b<x1>DONE\n",
	  "2 whole 1/a|b/DONE\n3 whole 2/a<x1>b/DONE\n" },
	{ "JobID☃Name☃State☃\n1☃a☃DONE☃\n2☃a☃☃DONE☃\n",
	  "2 whole 1/a/DONE\n3 whole 2/a☃/DONE\n" },
	/* what nobody reads may have been several */
	{ "JobID|Name|Layout|List|Unheard|State\n1|a|b||||DONE\n2|a|b||a||DONE\n",
	  "2 whole 1/a|b////DONE\n3 count\n" },
	/* … and those that can have been several, or none */
	{ "JobID|Name|Account|State\n1|a|b|c|DONE\n2|a|b|DONE\n",
	  "2 count\n3 whole 2/a/b/DONE\n" },
	{ "JobID|State|Name\n1\n2|DONE|x\n", "2 count\n3 whole 2/DONE/x\n" },
	{ "JobID|Name|State\n1|a\n2|b|DONE\n", "2 count\n3 whole 2/b/DONE\n" },
	{ "JobID|User|State\n1|a|b|DONE\n", "2 count\n" },
	{ "JobID|State|Name|User\n1|DONE|x", "2 cut\n" },
	/* fixed lists of columns, without a header */
	{ "DONE|1|alice\nDONE|2|bob\n", "1 whole DONE/1/alice\n2 whole DONE/2/bob\n" },
	{ "# note\nDONE;1;alice;\n", "2 whole DONE/1/alice\n" },
	{ "left of a row\nDONE|1|alice\nDONE|2|bob\n",
	  "1 count\n2 whole DONE/1/alice\n3 whole DONE/2/bob\n" },
	/* names with their values */
	{ "v=1,JobID=1,User=alice\nUser=bob,Name=\"a=b\",JobID=2\n\"User=c,d\",Unheard=2\n",
	  "1 whole 1/alice/\n2 whole 2/bob/\"a=b\"\n3 whole /c,d/\n" },
	/* a log */
	{ "; Version: 2.2\n; UnixStartTime: 1000000000\n;\n"
	  "1 10 5 100 4 90.5 2000 4 3600 -1 1 3 7 -1 2 1 -1 -1\n"
	  "  2 20 -1 -1 -1 -1 -1 8 60 -1 5 3 7 -1 2 1 -1 -1\nnonsense\n",
	  "4 whole 1/user3/group7/partition1/queue2/COMPLETED/1000000010/1000000015/1000000115/100/0-01:00:00/4/4//"
	  "0-00:06:02/8000K\n"
	  "5 whole 2/user3/group7/partition1/queue2/CANCELLED/1000000020/Unknown/Unknown//0-00:01:00/8////\n6 count\n" },
	{ "; UnixStartTime: 1000000000\n3 10 5 100 4 -1 -1 -1 60 500 1 3 7 -1 2 1 -1 -1\n"
	  "4 10 5 100 -1 -1 2000 -1 60 -1 1 3 7 -1 2 1 -1 -1\n5 10 -7 100 4 -1 -1 4 60 -1 1 3 7 -1 2 1 -1 -1\n",
	  "2 whole 3/user3/group7/partition1/queue2/COMPLETED/1000000010/1000000015/1000000115/100/0-00:01:00//4/2000K//\n"
	  "3 whole 4/user3/group7/partition1/queue2/COMPLETED/1000000010/1000000015/1000000115/100/0-00:01:00/////2000K\n4 count\n" },
	/* quotes are nothing special to sacct … */
	{ "JobID|User\n1|\"alice\n2|bob\"\n", "2 whole 1/\"alice\n3 whole 2/bob\"\n" },
	/* … and something to a comma file */
	{ "JobID,User,State\n1,alice,RUNNING\n", "2 whole 1/alice/RUNNING\n" },
	{ "\"JobID\",\"User\"\n\"1\",\"a,b\"\n2,\"say \"\"hi\"\"\"\n",
	  "2 whole 1/a,b\n3 whole 2/say \"hi\"\n" },
	{ "JobID,User\r\n1,\"alice\"\r\n2,bob\r\n", "2 whole 1/alice\n3 whole 2/bob\n" },
	{ "JobID,User\n1,\"al\nice\"\n2,bob\n", "2 whole 1/al\nice\n4 whole 2/bob\n" },
	{ "JobID,User\n1,\"alice\n2,bob\n3,carl\n", "2 count\n3 whole 2/bob\n4 whole 3/carl\n" },
	{ "JobID,State,Name,User\n1,DONE,\"x\n2,DONE,y,u\n3,DONE,z,v\n",
	  "2 count\n3 whole 2/DONE/y/u\n4 whole 3/DONE/z/v\n" },
	{ "JobID,User\n1,\"alice\n2,b\xffob\n3,carl\n", "2 count\n3 utf8\n4 whole 3/carl\n" },
	{ "JobID,User\n1,\"alice\n2", "2 count\n3 cut\n" },
	{ "JobID,User\n1,\"alice\"\n2,\"bo", "2 whole 1/alice\n3 cut\n" },
	{ "JobID,User\n1,\"alice\"", "2 whole 1/alice\n" },
	{ "JobID,User\n1,cpu=1,mem=2\n2,bob\n", "2 count\n3 whole 2/bob\n" },
	{ "JobID,List,State\n1,a,b,DONE\n2,a,DONE\n3,b,a,DONE\n",
	  "2 whole 1/a,b/DONE\n3 whole 2/a/DONE\n4 count\n" },
	{ "JobID,User\n\n# note\n1,alice\n\n2,bob", "4 whole 1/alice\n6 whole 2/bob\n" },
	{ "JobID,User,State\n1,alice,RUNNING\n2,al", "2 whole 1/alice/RUNNING\n3 cut\n" },
	{ "JobID,User\n1,alice\nJobID,User\n2,al\xffx\n", "2 whole 1/alice\n4 utf8\n" },
	{ "JobID,User,\n1,alice,\n", "2 whole 1/alice\n" },
	/* quotes mean something, whatever stands between, when the header has them */
	{ "\"JobID\";\"User\"\n\"1\";\"al;\"\"ice\"\n2;bob\n\"3\";\"c\n;d\"\n",
	  "2 whole 1/al;\"ice\n3 whole 2/bob\n4 whole 3/c\n;d\n" },
	{ "\"JobID\"\t\"User\"\r\n1\t\"a, b\"\r\n2\t\r\n", "2 whole 1/a, b\n3 whole 2/\n" },
	{ "JobID;User;State\n\"1\";\"al\";\\N\n\"2\";\"b;b\";\"DONE\"\n",
	  "2 whole 1/al/\\N\n3 whole 2/b;b/DONE\n" },
	{ "\"JobID\"|\"User\"\n\"1\"|\"a|b\"\n", "2 whole 1/a|b\n" },
};

START_TEST(a_file_becomes_its_rows)
{
	struct rows *rows = opened(files[_i].text, -1);
	g_autofree char *all = told(rows);

	ck_assert_str_eq(all, files[_i].rows);
	rows_close(rows);
}
END_TEST

START_TEST(many_odd_rows_may_come_first_where_no_header_does)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct rows *rows;
	struct row row;

	for (guint i = 0; i < 150; i++)
		g_string_append(text, "left of a row\n");
	g_string_append(text, "DONE|1|alice\n");
	rows = opened(text->str, -1);
	for (guint i = 0; i < 150; i++)
		ck_assert(rows_next(rows, &row, NULL) && row.status == ROW_FIELD_COUNT);
	ck_assert(rows_next(rows, &row, NULL) && row.status == ROW_WHOLE && row.line == 151);
	rows_close(rows);
}
END_TEST

/* A quote that is not closed is read to the end of what may be in it, and is shown without. */
START_TEST(a_row_that_is_given_up_is_its_first_line)
{
	struct rows *rows = opened("JobID,User\n1,\"alice\r\n2,bob\n", -1);
	struct row row;

	ck_assert(rows_next(rows, &row, NULL) && row.status == ROW_FIELD_COUNT);
	ck_assert(slice_is(row.raw, "1,\"alice"));
	rows_close(rows);
}
END_TEST

START_TEST(a_row_with_a_nul_byte_is_marked)
{
	static const char text[] = "JobID|User\n1|al\0ice\n2|bob\n";
	static const char csv[] = "JobID,User\n1,al\0ice\n2,bob\n";
	struct rows *rows = opened(text, sizeof text - 1);
	g_autofree char *all = told(rows);
	g_autofree char *all_csv = NULL;

	ck_assert_str_eq(all, "2 nul\n3 whole 2/bob\n");
	rows_close(rows);
	rows = opened(csv, sizeof csv - 1);
	all_csv = told(rows);
	ck_assert_str_eq(all_csv, "2 nul\n3 whole 2/bob\n");
	rows_close(rows);
}
END_TEST

START_TEST(a_row_beyond_a_mebibyte_is_skipped)
{
	g_autofree char *filler = g_strnfill(5 << 20, 'x');
	g_autofree char *text = g_strconcat("JobID|User\n1|alice\n2|", filler, "\n3|bob\n", NULL);
	g_autofree char *csv = g_strconcat("JobID,User\n1,alice\n2,", filler, "\n3,bob\n", NULL);
	struct rows *rows = opened(text, -1);
	g_autofree char *all = told(rows);
	g_autofree char *all_csv = NULL;

	ck_assert_str_eq(all, "2 whole 1/alice\n3 long\n4 whole 3/bob\n");
	rows_close(rows);
	rows = opened(csv, -1);
	all_csv = told(rows);
	ck_assert_str_eq(all_csv, "2 whole 1/alice\n3 long\n4 whole 3/bob\n");
	rows_close(rows);
}
END_TEST

/* Rows of all lengths lie across the borders of blocks. */
START_TEST(a_row_across_two_blocks_is_one_row)
{
	g_autoptr(GString) text = g_string_new("JobID|User\n");
	struct rows *rows;
	struct row row;
	guint count = 0;

	for (guint i = 0; text->len < 4 << 20; i++)
		g_string_append_printf(text, "%u|%0*u\n", i, 1 + (int)(i % 3001), i);
	rows = opened(text->str, -1);
	while (rows_next(rows, &row, NULL)) {
		gint64 number = -1;

		ck_assert_int_eq(row.status, ROW_WHOLE);
		ck_assert_uint_eq(row.line, count + 2);
		ck_assert(slice_number(row_field(&row, 0), &number));
		ck_assert_int_eq(number, count);
		ck_assert(slice_number(row_field(&row, 1), &number) ||
		          row_field(&row, 1).length > 18);
		count++;
	}
	ck_assert_uint_gt(count, 1000);
	rows_close(rows);
}
END_TEST

START_TEST(what_was_read_is_known_at_the_end)
{
	static const char text[] = "JobID|User\n1|alice\nJobID|User\n2|bob\n";
	g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
	struct rows *rows = opened(text, -1);
	const struct slice *header;
	struct row row;
	guint count;

	header = rows_header(rows, &count);
	ck_assert_uint_eq(count, 2);
	ck_assert(slice_is(header[0], "JobID"));
	ck_assert(slice_is(header[1], "User"));
	ck_assert_str_eq(rows_delimiter(rows), "|");
	ck_assert_str_eq(rows_name(rows), "jobs.psv");
	while (rows_next(rows, &row, NULL))
		;
	ck_assert_uint_eq(rows_repeated_headers(rows), 1);
	ck_assert_uint_eq(rows_bytes_read(rows), sizeof text - 1);
	ck_assert_str_eq(rows_sha256(rows), sha256);
	rows_close(rows);
}
END_TEST

#define NO_HEADER                                                                                  \
	"the first line names no known column; export with a header (no --noheader), or say "      \
	"which columns they are with --columns"

#define ONE_NAME(name) \
	"the first line names one known column alone, " name ", by which no job is told: export more, " \
	"such as JobID,User,Account,State,Start,End,AllocCPUS, or call the others as sacct does"

#define ENDLESS \
	"the first line begins as a header does, and does not end: line ends are lost, as echo $(sacct …) loses them; " \
	"write what sacct prints into the file as it is"

#define JSON "this is JSON: run sacct again with --parsable2 instead of --json"

#define BLANKS \
	"this is a table with blanks between its fields, which stand in values, too: run sacct with " \
	"--parsable2, or write it with another delimiter, as with sep=\"|\" in R"

#define ALIGNED \
	"this is a table aligned by blanks, as `column -t` makes them, in which nothing tells where a " \
	"value is missing: give what it was made of, or run sacct with --parsable2"

#define PSQL "this is a table that psql has drawn: run psql with --csv, or export with sacct and --parsable2"

#define MARKDOWN "this is a table of Markdown: give what it was made of, or export with sacct and --parsable2"

#define BOX \
	"this is a table that a program has drawn to be looked at: have it write CSV, or export with sacct " \
	"and --parsable2"

#define WORDS \
	"the first line is a header in other words than sacct's: call its columns as sacct does, such as " \
	"JobID,User,Account,State,Start,End, or take it out and name them with --columns"

static const struct {
	const char *text, *message;
} refused[] = {
	{ "",
	  "the file is empty: run sacct again and read what it says on the terminal; if that is “ReqGRES has been removed”, use ReqTRES instead" },
	{ "\n\n# note\n", "the file holds no header: run sacct with --parsable2" },
	{ "1|alice|RUNNING\n", NO_HEADER },
	{ "1|user|state\n", NO_HEADER },
	{ "# JobID|User|State\n1|alice\n", NO_HEADER },
	{ "# JobID|User\nx|alice\n", NO_HEADER },
	{ "user|1|alice\n", NO_HEADER },
	{ "JobID|Something\n", ONE_NAME("JobID") },
	{ "\"User\"\nalice\n", ONE_NAME("User") },
	{ "JobID|User|State 1|2024-03-05|RUNNING 2|2024-03-06|DONE\n", ENDLESS },
	{ "JobID,User,State1,2024-03-05,RUNNING2,2024-03-06,DONE", ENDLESS },
	{ "JobID|User|1\n1|alice|RUNNING\n", NO_HEADER },
	{ "JobID    User   State\n-------- ------ ------\n1        alice  RUNNING\n",
	  "this is sacct's fixed-width output, with values cut off: run sacct again with "
	  "--parsable2" },
	{ "   Cluster        NodeName           TimeStart             TimeEnd  State     Reason       User \n"
	  "---------- --------------- ------------------- ------------------- ------ ---------- ---------- \n",
	  "these are events of nodes, not jobs, in fixed width: give --events what `sacctmgr list event "
	  "--parsable2 all_time` prints" },
	{ "             JOBID PARTITION     NAME     USER ST       TIME  NODES NODELIST(REASON)\n",
	  "this is output of squeue, which knows only the jobs of one moment: export with sacct "
	  "and --parsable2" },
	{ "  JOBID PARTITION     NAME     USER ST       TIME  WHERE\n",
	  "this is output of squeue, which knows only the jobs of one moment: export with sacct "
	  "and --parsable2" },
	{ "----------------\nCluster Utilization\n",
	  "this is output of sreport, which has sums and no jobs: export with sacct and "
	  "--parsable2, and give this with --sreport when it is of the cluster's utilization" },
	{ "JobID User State\n1 alice RUNNING\n", BLANKS },
	{ "\"JobID\" \"User\" \"State\"\n\"1\" 1 \"alice\" \"RUNNING\"\n", BLANKS },
	{ "JobID  User   State\n1      alice  RUNNING\n", ALIGNED },
	{ "JobID User   State\n1     alice  RUNNING\n", ALIGNED },
	{ " jobid | user  |  state  \n-------+-------+---------\n     1 | alice | RUNNING\n(1 row)\n", PSQL },
	{ " jobid | besitzer\n-------+----------\n", PSQL },
	{ "-[ RECORD 1 ]--\njobid | 1\n", PSQL },
	{ "*************************** 1. row ***************************\n  job_id: 1\n",
	  "this is a table that mysql has drawn: run mysql with --batch, which puts tabs between fields, or export with sacct and "
	  "--parsable2" },
	{ "| JobID | User | State |\n|---|---|---|\n| 1 | alice | RUNNING |\n", MARKDOWN },
	{ "JobID | User\n:---|:--:\n1 | alice\n", MARKDOWN },
	{ "┌───────┬───────┐\n│ JobID │ User  │\n", BOX },
	{ "shape: (1, 2)\n┌───────┬───────┐\n", BOX },
	{ " JobID │ User  \n═══════╪═══════\n", BOX },
	{ "Auftrag|Benutzer|Zustand\n1|alice|RUNNING\n", WORDS },
	{ "\"Auftrag\",\"State\",\"Besitzer, Konto\"\r\n\"1\",\"RUNNING\",\"a,b\"\r\n", WORDS },
	{ "auftrag|benutzer|7\n1|alice|RUNNING\n", NO_HEADER },
	{ "auftrag|benutzer|zustand\neins|alice|RUNNING\n", NO_HEADER },
	{ "JobID|User|State\u20281|alice|RUNNING\u20282|bob|DONE\u2028",
	  "its lines end in U+2028, which no program takes for a line end: make newlines of them, such as with sed "
	  "'s/\\xe2\\x80\\xa8/\\n/g'" },
	{ "NodeName=cn1 Arch=x86_64\n",
	  "this is a list of nodes, not of jobs: give it with --inventory" },
	{ "NODELIST   NODES PARTITION STATE\n",
	  "this is a list of nodes, not of jobs: for --inventory export them with scontrol show "
	  "node -o" },
	{ "{ \"jobs\": [] }\n", JSON },
	{ "{\n  \"jobs\": []\n}\n", JSON },
	{ " \t{\"meta\": {}}\n", JSON },
	{ "[\n  {\"job_id\": 1}\n]\n", JSON },
	{ "[{\"job_id\": 1}]", JSON },
	{ "sacct: fatal: ReqGRES has been removed, please use ReqTRES\n",
	  "the file holds an error message instead of jobs (“sacct: fatal: ReqGRES has been "
	  "removed, please use "
	  "ReqTRES”): use ReqTRES instead of ReqGRES" },
	{ "sacct: error: slurmdbd: \x1b[31mdown\n",
	  "the file holds an error message instead of jobs (“sacct: error: slurmdbd: "
	  "\\x1b[31mdown”)" },
	{ "JobID|User|State\r1|alice|RUNNING\r",
	  "its lines end in carriage returns alone, as on old Macs: make newlines of them, such as with tr '\\r' '\\n'" },
	{ "JobID|User|\xff\n", "the first line is not UTF-8: convert the file first" },
	{ "PK\x03\x04 more than sixteen bytes",
	  "is a spreadsheet or a zip archive: save the sheet as CSV, or unpack it" },
};

START_TEST(what_is_no_export_is_refused_with_what_to_do)
{
	GError *error = NULL;
	g_autofree char *wanted = g_strconcat("jobs.psv: ", refused[_i].message, NULL);

	ck_assert(g_file_set_contents(path, refused[_i].text, -1, NULL));
	ck_assert_ptr_null(rows_open(path, &known, NULL, &error));
	ck_assert_str_eq(error->message, wanted);
	g_error_free(error);
}
END_TEST

/* Of three fields “|41|” would leave two; whoever names two of many columns is told, and reads
 * nothing that is shifted. */
START_TEST(a_field_is_no_part_of_a_delimiter_that_is_guessed)
{
	GError *error = NULL;
	struct rows *rows;

	ck_assert(g_file_set_contents(path, "7|41|alice\n7|41|bob\n", -1, NULL));
	ck_assert_ptr_null(rows_open(path, &known, "JobID,User", &error));
	ck_assert_str_eq(
		error->message,
		"jobs.psv: none of the first lines is a row of the 2 columns that --columns names");
	g_clear_error(&error);
	ck_assert(g_file_set_contents(path, "7#SEP#alice\n8#SEP#bob\n", -1, NULL));
	rows = rows_open(path, &known, "JobID,User", NULL);
	ck_assert_ptr_nonnull(rows);
	ck_assert_str_eq(rows_delimiter(rows), "#SEP#");
	rows_close(rows);
}
END_TEST

START_TEST(blanks_about_some_values_are_none_of_theirs_without_a_header_either)
{
	struct rows *rows;
	g_autofree char *all = NULL;

	ck_assert(g_file_set_contents(path, "7|alice|DONE\n 8 | bob | RUNNING\n9 |eve|DONE\n", -1,
	                              NULL));
	rows = rows_open(path, &known, "JobID,User,State", NULL);
	ck_assert_ptr_nonnull(rows);
	ck_assert_str_eq(
		rows_form(rows),
		"fields delimited by |, without a header: its columns are those of --columns, "
		"with blanks about values");
	all = told(rows);
	ck_assert_str_eq(all, "1 whole 7/alice/DONE\n2 whole 8/bob/RUNNING\n3 whole 9/eve/DONE\n");
	rows_close(rows);
}
END_TEST

START_TEST(a_binary_file_and_one_without_line_ends_are_refused)
{
	static const char bytes[] = "JobID|User\0\1\2\3\n";
	static const char *const begins[] = { "JobID|User|State|", "\"JobID\",\"User\",",
	                                      "JobID|User|State 1|alice|" };
	g_autofree char *endless = g_strnfill(3 << 20, 'x');
	GError *error = NULL;

	ck_assert(g_file_set_contents(path, bytes, sizeof bytes - 1, NULL));
	ck_assert_ptr_null(rows_open(path, &known, NULL, &error));
	ck_assert_str_eq(error->message, "jobs.psv: this is no text: run sacct with --parsable2");
	g_clear_error(&error);
	ck_assert(g_file_set_contents(path, endless, -1, NULL));
	ck_assert_ptr_null(rows_open(path, &known, NULL, &error));
	ck_assert_str_eq(error->message, "jobs.psv: " NO_HEADER);
	g_clear_error(&error);
	memcpy(endless, "{ \"jobs\": ", 10);
	ck_assert(g_file_set_contents(path, endless, -1, NULL));
	ck_assert_ptr_null(rows_open(path, &known, NULL, &error));
	ck_assert_str_eq(error->message, "jobs.psv: " JSON);
	g_clear_error(&error);
	for (guint i = 0; i < G_N_ELEMENTS(begins); i++) {
		memcpy(endless, begins[i], strlen(begins[i]));
		ck_assert(g_file_set_contents(path, endless, -1, NULL));
		ck_assert_ptr_null(rows_open(path, &known, NULL, &error));
		ck_assert_str_eq(error->message, "jobs.psv: " ENDLESS);
		g_clear_error(&error);
	}
}
END_TEST

START_TEST(a_damaged_stream_is_told_when_it_is_opened)
{
	/* A gzip header and nothing that it could hold. */
	static const char bytes[] =
		"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff\xff\xff\xff\xff\xff";
	GError *error = NULL;

	ck_assert(g_file_set_contents(path, bytes, sizeof bytes - 1, NULL));
	ck_assert_ptr_null(rows_open(path, &known, NULL, &error));
	ck_assert_msg(g_str_has_prefix(error->message, "jobs.psv: the gzip stream is damaged"),
		      "%s", error->message);
	g_error_free(error);
}
END_TEST

#define EYES (SPLITTER_WIDE + 1)

static void check_rows_alike(struct splitter *ahead, const char *begin, const char *limit)
{
	g_autofree guint32 *begins = g_new(guint32, ahead->room + 1);
	struct split a, b;

	for (;; begin = a.end + 1) {
		a = splitter_next(ahead, begin, limit);
		b = split_row(begin, limit, '|', begins, ahead->room);
		ck_assert_ptr_eq(a.end, b.end);
		if (!a.end)
			return;
		ck_assert_uint_eq(a.count, b.count);
		ck_assert_int_eq(a.nul, b.nul);
		ck_assert_int_eq(a.ascii, b.ascii);
		for (guint i = 0; i < MIN(a.count, ahead->room); i++) {
			ck_assert_ptr_eq(a.text + a.begins[i], b.text + b.begins[i]);
			ck_assert_ptr_eq(a.text + a.begins[i + 1], b.text + b.begins[i + 1]);
		}
	}
}

/* Both passes over many rows see what is seen row by row, at every place of a mark in the vector
 * and with every rest behind the limit. */
START_TEST(rows_split_ahead_are_rows_split_one_by_one)
{
	static const char alphabet[37] = "||\n\xc3,;\t.0123456789abcdefghijklmnopqr";
	g_autoptr(GRand) random = g_rand_new_with_seed((guint32)_i);
	char bytes[1400];
	struct splitter ahead;

	splitter_init(&ahead, '|', 40);
	ahead.eyes = MIN(ahead.eyes, (enum splitter_eyes)(_i % EYES));
	for (guint round = 0; round < 100; round++) {
		const char *limit = bytes + g_rand_int_range(random, 0, sizeof bytes - 64);

		for (guint i = 0; i < sizeof bytes; i++)
			bytes[i] = alphabet[g_rand_int_range(random,
							     g_rand_int_range(random, 0, 30), 36)];
		bytes[g_rand_int_range(random, 0, sizeof bytes)] = '\0';
		splitter_forget(&ahead);
		check_rows_alike(&ahead, bytes, limit);
	}
	splitter_clear(&ahead);
}
END_TEST

/* By itself: in random rows another odd one is mostly near. */
START_TEST(every_byte_is_seen_wherever_it_stands)
{
	struct splitter ahead;

	splitter_init(&ahead, '|', 4);
	ahead.eyes = MIN(ahead.eyes, (enum splitter_eyes)_i);
	for (guint byte = 0; byte < 256; byte++)
		for (guint at = 0; at < 130; at++) {
			char bytes[256];

			memset(bytes, 'x', sizeof bytes);
			bytes[at] = (char)byte;
			bytes[130] = '\n';
			splitter_forget(&ahead);
			check_rows_alike(&ahead, bytes, bytes + 131);
		}
	splitter_clear(&ahead);
}
END_TEST

/* Longer than what is looked at together, each row and all of them. */
START_TEST(long_rows_are_split_as_well)
{
	g_autofree char *bytes = g_malloc(8 * SPLITTER_BYTES + 64);
	char *limit = bytes + 8 * SPLITTER_BYTES;
	struct splitter ahead;

	memset(bytes, '|', 8 * SPLITTER_BYTES + 64);
	bytes[10] = bytes[SPLITTER_BYTES] = bytes[SPLITTER_BYTES + 3] = '\n';
	bytes[3 * SPLITTER_BYTES + 2] = bytes[4 * SPLITTER_BYTES + 2] = bytes[6 * SPLITTER_BYTES] =
		'\n';
	splitter_init(&ahead, '|', _i >= EYES ? 3 * SPLITTER_BYTES : 40);
	ck_assert_uint_ge(ahead.room, _i >= EYES ? 3 * SPLITTER_BYTES : 40);
	ahead.eyes = MIN(ahead.eyes, (enum splitter_eyes)(_i % EYES));
	check_rows_alike(&ahead, bytes, limit);
	splitter_clear(&ahead);
}
END_TEST

START_TEST(fields_beyond_the_room_are_counted_and_not_noted)
{
	static const char row[] = "a|b|c|d\n";
	guint32 begins[] = { 7, 7, 7, 7 };
	struct split split = split_row(row, row + sizeof row - 1, '|', begins, 2);

	ck_assert_uint_eq(split.count, 4);
	ck_assert_uint_eq(begins[2], 4);
	ck_assert_uint_eq(begins[3], 7);
}
END_TEST

/* Bytes that moved, or a row that is wanted once more. */
START_TEST(rows_are_split_from_where_they_begin)
{
	char bytes[200] = "a|b\ncc|d\ne|f\n";
	struct splitter ahead;

	splitter_init(&ahead, '|', 2);
	ck_assert_ptr_eq(splitter_next(&ahead, bytes, bytes + 13).end, bytes + 3);
	ck_assert_ptr_eq(splitter_next(&ahead, bytes, bytes + 13).end, bytes + 3);
	ck_assert_ptr_eq(splitter_next(&ahead, bytes + 9, bytes + 13).end, bytes + 12);
	ck_assert_ptr_eq(splitter_next(&ahead, bytes + 5, bytes + 13).end, bytes + 8);
	ck_assert_ptr_eq(ahead.text + ahead.begins[0], bytes + 5);
	memcpy(bytes, "g|h|", 4);
	ck_assert_ptr_eq(splitter_next(&ahead, bytes, bytes + 13).end, bytes + 8);
	splitter_clear(&ahead);
}
END_TEST

/* The newline at every place, the limit before, at and behind it. */
START_TEST(nothing_is_believed_that_stands_behind_the_limit)
{
	char bytes[300];
	struct splitter ahead;

	splitter_init(&ahead, '|', 1);
	memset(bytes, 'x', sizeof bytes);
	bytes[_i] = '\n';
	for (int limit = 0; limit < 200; limit++) {
		struct split split;

		splitter_forget(&ahead);
		split = splitter_next(&ahead, bytes, bytes + limit);
		if (limit <= _i) {
			ck_assert_ptr_null(split.end);
			continue;
		}
		ck_assert_ptr_eq(split.end, bytes + _i);
		ck_assert_uint_eq(split.count, 1);
		ck_assert_uint_eq(split_field(split.text, split.begins, 0).length, (size_t)_i);
		ck_assert(split.ascii && !split.nul);
	}
	splitter_clear(&ahead);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rows");
	TCase *all = tcase_create("all");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_loop_test(all, a_file_becomes_its_rows, 0, G_N_ELEMENTS(files));
	tcase_add_test(all, many_odd_rows_may_come_first_where_no_header_does);
	tcase_add_test(all, a_row_that_is_given_up_is_its_first_line);
	tcase_add_test(all, a_row_with_a_nul_byte_is_marked);
	tcase_add_test(all, a_row_beyond_a_mebibyte_is_skipped);
	tcase_add_test(all, a_row_across_two_blocks_is_one_row);
	tcase_add_test(all, what_was_read_is_known_at_the_end);
	tcase_add_loop_test(all, what_is_no_export_is_refused_with_what_to_do, 0,
			    G_N_ELEMENTS(refused));
	tcase_add_test(all, a_field_is_no_part_of_a_delimiter_that_is_guessed);
	tcase_add_test(all, blanks_about_some_values_are_none_of_theirs_without_a_header_either);
	tcase_add_test(all, a_binary_file_and_one_without_line_ends_are_refused);
	tcase_add_test(all, a_damaged_stream_is_told_when_it_is_opened);
	tcase_add_loop_test(all, rows_split_ahead_are_rows_split_one_by_one, 0, 40 * EYES);
	tcase_add_test(all, fields_beyond_the_room_are_counted_and_not_noted);
	tcase_add_loop_test(all, every_byte_is_seen_wherever_it_stands, 0, EYES);
	tcase_add_loop_test(all, long_rows_are_split_as_well, 0, 2 * EYES);
	tcase_add_test(all, rows_are_split_from_where_they_begin);
	tcase_add_loop_test(all, nothing_is_believed_that_stands_behind_the_limit, 0, 200);
	suite_add_tcase(suite, all);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
