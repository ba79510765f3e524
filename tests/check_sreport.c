/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <string.h>

#include "measure/sreport.h"

#define LINE "--------------------------------------------------------------------------------\n"
#define TITLE(rest) LINE "Cluster Utilization 2025-03-01T00:00:00 - 2025-03-01T23:59:59" rest "\n"
#define UNIT(unit) "Usage reported in " unit "\n" LINE
#define FIRST G_GINT64_CONSTANT(1740787200)

static gboolean read_text(const char *text, struct sreport *report, GError **error)
{
	struct zone *zone = zone_new("UTC", NULL);
	gboolean done = sreport_read_text(slice_of(text), zone, report, error);
	zone_free(zone);
	return done;
}

static const struct {
	const char *text;
	gint64 seconds, unit;
	guint clusters;
} good[] = {
	{ TITLE("") UNIT("TRES Hours/Percentage of Total")
	  "Cluster|TRES Name|Allocated|Down|PLND Down|Idle|Planned|Reported\n"
	  "lab|cpu|16(5.83%)|8(2.84%)|0(0.00%)|0(0.00%)|247(91.33%)|271(59.36%)\nlab|mem|9(1.00%)|0|0|0|0|0\n",
	  57600, 3600, 1 },
	{ TITLE(" (86400 secs)") UNIT("CPU Seconds") "Cluster|Allocated|Down|PLND Down|Idle|Reserved|Reported\nlab|57601|0|0|9|0|9\n",
	  57601, 1, 1 },
	{ TITLE("") UNIT("CPU Minutes") "Cluster|Allocated|Down|PLND Dow|Idle|Planned|Reported|\r\nlab|10|0|0|9|0|9|\r\nold|2|0|0|9|0|9|\r\n",
	  720, 60, 2 },
	{ TITLE("") UNIT("TRES Percentage of Total") "Cluster|TRES Name|Allocated|Down\nlab|cpu|5.83%|2%\n", -1, 0, 1 },
	{ TITLE("") UNIT("TRES Seconds/Percentage of Total") "Cluster|TRES Name|Allocated\nlab|gres/gpu|1(1%)\nlab|cpu|0(0.00%)\n",
	  0, 1, 1 },
};

START_TEST(what_was_allocated_is_read_in_any_unit)
{
	struct sreport report;
	GError *error = NULL;
	ck_assert_msg(read_text(good[_i].text, &report, &error), "%s", error ? error->message : "");
	ck_assert_int_eq(report.from, FIRST);
	ck_assert_int_eq(report.to, FIRST + 86400);
	ck_assert_int_eq(report.allocated_seconds, good[_i].seconds);
	ck_assert_int_eq(report.unit_seconds, good[_i].unit);
	ck_assert_uint_eq(report.clusters, good[_i].clusters);
}
END_TEST

static const struct {
	const char *text, *message;
} bad[] = {
	{ "", "sreport cluster utilization" },
	{ "Cluster|Allocated\nlab|5\n", "with its heading" },
	{ TITLE("") "Cluster|Allocated\nlab|5\n", "with its heading" },
	{ LINE "Cluster Utilization yesterday - today\n", "has no period" },
	{ TITLE("") UNIT("CPU Minutes") "Cluster|Account|Login|Used\nlab|a|b|5\n",
	  "with its heading" },
	{ TITLE("") UNIT("CPU Minutes") "Cluster|Allocated|Down\n", "have not been summed up" },
	{ TITLE("") UNIT("TRES Hours") "Cluster|TRES Name|Allocated\nlab|mem|5\n",
	  "-T leaves CPUs out" },
	{ TITLE("") UNIT("CPU Minutes") "Cluster|Allocated|Down\nlab|many|0\n",
	  "“many” is not what was allocated" },
	{ TITLE("") UNIT("CPU Minutes") "Cluster|Allocated|Down\nlab|5%|0\n",
	  "“5%” is not what was allocated" },
	{ TITLE("") UNIT("CPU Minutes") "Cluster|Allocated|Down\nlab|-5|0\n",
	  "“-5” is not what was allocated" },
	{ TITLE("") UNIT("CPU Minutes") "Cluster|Allocated|Down\nlab|1e300|0\n",
	  "“1e300” is not what was allocated" },
	{ TITLE("") UNIT("CPU Minutes") "Cluster|Allocated|Down\nlab|5(6\n",
	  "“5(6” is not what was allocated" },
	{ TITLE("") UNIT("Percentage of Total") "Cluster|Allocated|Down\nlab|5|0\n",
	  "“5” is not what was allocated" },
	{ TITLE("") UNIT("CPU Minutes") "Cluster|Down|Allocated\nlab|5\n",
	  "“” is not what was allocated" },
};

START_TEST(what_is_none_is_refused_with_a_reason)
{
	struct sreport report;
	g_autoptr(GError) error = NULL;
	ck_assert(!read_text(bad[_i].text, &report, &error));
	ck_assert_msg(strstr(error->message, bad[_i].message) != NULL, "%s", error->message);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sreport");
	TCase *cases = tcase_create("sreport");
	tcase_add_loop_test(cases, what_was_allocated_is_read_in_any_unit, 0,
	                    (int)G_N_ELEMENTS(good));
	tcase_add_loop_test(cases, what_is_none_is_refused_with_a_reason, 0,
	                    (int)G_N_ELEMENTS(bad));
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
