/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/assumptions.h"

#include "base/key_file.h"
#include "base/nearest.h"
#include "base/terminal.h"

#define PLANNING "planning value without a public source: replace it"
#define MODEL "reclaim’s model, doc/model.md"
#define EC2 "AWS EC2 on-demand list prices, us-east-1, Linux: "

struct assumptions {
	struct assumption of[ASSUMPTIONS];
	GPtrArray *texts; /* sources and dates read from a file */
};

/* Indexed by enum assumption_key. The order of low, expected, high is by what they do to the
 * saving, not by size: more headroom is less saving. Of some currencies a dollar is thousands: what
 * is given in one may be so large. */
static const struct assumption defaults[ASSUMPTIONS] = {
	[ASSUME_MEMORY_HEADROOM] = { "memory_headroom",
		"Memory headroom kept above the measured peak", "share of the peak",
	                             UNIT_SHARE, TRUE, 0, 10, { 0.5, 0.2, 0.1 }, MODEL, "2026-11",
	                                     TRUE },
	[ASSUME_CPU_HEADROOM] = { "cpu_headroom", "CPU headroom kept above the mean use",
		"share of the mean use", UNIT_SHARE,
	                          TRUE, 0, 10, { 0.5, 0.2, 0 }, MODEL, "2026-11", TRUE },
	[ASSUME_SAMPLING_LIMIT] = { "sampling_limit", "Shorter jobs count as unmeasured", "seconds",
		UNIT_SECONDS, TRUE, 0,
	                            86400, { 300, 300, 300 }, MODEL, "2026-11", TRUE },
	[ASSUME_IDLE_SESSION] = { "idle_session",
		"Timed-out and cancelled jobs are judged for idle CPUs from this length on",
	                          "seconds", UNIT_SECONDS, TRUE, 0, 864000, { 3600, 3600, 3600 },
	                                  MODEL, "2026-11", TRUE },
	[ASSUME_GPU_GRACE] = { "gpu_grace", "GPUs without any use for longer than this are idle",
		"seconds", UNIT_SECONDS,
	                       TRUE, 0, 86400, { 1800, 1800, 1800 }, MODEL, "2026-11", TRUE },
	[ASSUME_ADOPTION] = { "adoption",
		"Share of the promised excess that people really give back", "share of the excess",
	                      UNIT_SHARE, TRUE, 0, 1, { 0.25, 0.5, 0.8 }, MODEL, "2026-11", TRUE },
	[ASSUME_PACKING] = { "packing", "How full nodes can be packed", "share of capacity",
		UNIT_SHARE, TRUE, 0.1, 1,
	                     { 0.85, 0.9, 0.95 }, MODEL, "2026-11", TRUE },
	[ASSUME_TOP_USERS] = { "top_users", "Heaviest users who are talked to one by one", "users",
		UNIT_COUNT, TRUE, 0,
	                       1000, { 10, 10, 10 }, MODEL, "2026-11", TRUE },
	[ASSUME_IDLE_EFFICIENCY] = { "idle_efficiency",
		"A user whose median CPU efficiency is below this runs idle", "share",
	                             UNIT_SHARE, TRUE, 0, 1, { 0.15, 0.15, 0.15 }, MODEL, "2026-11",
	                                     TRUE },
	[ASSUME_IDLE_JOBS] = { "idle_jobs", "Judged jobs needed before a user is said to run idle",
		"jobs", UNIT_COUNT, TRUE,
	                       1, 1e6, { 20, 20, 20 }, MODEL, "2026-11", TRUE },
	[ASSUME_TRAINING_SHARE] = { "training_share",
		"A group with at least this share of excess is offered training",
	                            "share of its allocation", UNIT_SHARE, TRUE, 0, 1, { 0.25, 0.25,
	                                    0.25 }, MODEL,
	                            "2026-11", TRUE },
	[ASSUME_NODE_PURCHASE] = { "node_purchase",
		"Purchase of a node without cores, memory and GPUs", "currency a node",
	                           UNIT_CURRENCY, FALSE, 0, 1e9, { 3000, 4000, 5000 }, PLANNING,
	                                   "2026-11", TRUE },
	[ASSUME_CORE_PURCHASE] = { "core_purchase", "Purchase of a core", "currency a core",
		UNIT_CURRENCY, FALSE, 0, 1e9,
	                           { 70, 100, 140 }, PLANNING, "2026-11", TRUE },
	[ASSUME_MEMORY_PURCHASE] = { "memory_purchase", "Purchase of memory", "currency a GiB",
		UNIT_RATE, FALSE, 0, 1e8,
	                             { 3, 5, 8 }, PLANNING, "2026-11", TRUE },
	[ASSUME_GPU_PURCHASE] = { "gpu_purchase", "Purchase of a GPU", "currency a GPU",
		UNIT_CURRENCY, FALSE, 0, 1e9,
	                          { 10000, 15000, 30000 }, PLANNING, "2026-11", TRUE },
	[ASSUME_NODE_LIFE] = { "node_life", "Years until a node is replaced", "years", UNIT_NUMBER,
		FALSE, 1, 20, { 6, 5, 4 },
	                       PLANNING, "2026-11", TRUE },
	[ASSUME_NODE_WATTS] = { "node_watts", "Power of a node without cores and GPUs", "watts",
		UNIT_NUMBER, FALSE, 0, 1e5,
	                        { 120, 150, 200 }, PLANNING, "2026-11", TRUE },
	[ASSUME_CORE_WATTS] = { "core_watts", "Power of a core, mean over the year", "watts",
		UNIT_NUMBER, FALSE, 0, 1e3,
	                        { 3, 5, 7 }, PLANNING, "2026-11", TRUE },
	[ASSUME_GPU_WATTS] = { "gpu_watts", "Power of a GPU, mean over the year", "watts",
		UNIT_NUMBER, FALSE, 0, 1e4,
	                       { 200, 300, 400 }, PLANNING, "2026-11", TRUE },
	[ASSUME_PUE] = { "pue", "Power usage effectiveness of the room", "ratio", UNIT_NUMBER,
		FALSE, 1, 5, { 1.2, 1.56, 1.8 },
	                 "Uptime Institute Global Data Center Survey 2024, industry mean 1.56",
	                         "2024", TRUE },
	[ASSUME_ELECTRICITY] = { "electricity", "Electricity", "currency a kWh", UNIT_RATE, FALSE,
		0, 1e4, { 0.09, 0.13, 0.2 },
	                         "U.S. Energy Information Administration, commercial sector, 2024 mean about 13 cents",
	                         "2024", TRUE },
	[ASSUME_SUPPORT] = { "support", "Support that ends with a node, a year",
		"share of the purchase", UNIT_SHARE, FALSE, 0,
	                     1, { 0.03, 0.05, 0.08 }, PLANNING, "2026-11", TRUE },
	[ASSUME_VCPU_HOUR] = { "vcpu_hour", "Rent of a cloud CPU (vCPU)", "currency an hour",
		UNIT_RATE, FALSE, 0, 1e5,
	                       { 0.0600, 0.0425, 0.0250 }, EC2 "c6i, $0.085 for 2 vCPUs", "2024",
	                         TRUE },
	[ASSUME_VCPUS_PER_CORE] = { "vcpus_per_core", "vCPUs that equal a core", "vCPUs",
		UNIT_NUMBER, FALSE, 1, 16,
	                            { 2, 2, 2 },
	                              "AWS EC2 documentation: a vCPU of an x86 instance is a hardware thread",
	                            "2024", TRUE },
	[ASSUME_RENTED_GPU_HOUR] = { "rented_gpu_hour",
		"Rent of a cloud GPU, with its share of the host", "currency an hour",
	                             UNIT_RATE, FALSE, 0, 1e6, { 4.10, 2.75, 2.00 },
	                             EC2 "p4d.24xlarge, $21.96 for 8 GPUs ($32.77 before June 2025)", "2025", TRUE },
	[ASSUME_RENT_OVERHEAD] = { "rent_overhead", "Storage, egress and staff on top of the rent",
		"share of the rent",
	                           UNIT_SHARE, FALSE, 0, 5, { 0.3, 0.15, 0.1 }, PLANNING, "2026-11",
	                                   TRUE },
	[ASSUME_STAFF_HOUR] = { "staff_hour", "An hour of staff, with all that goes with it",
		"currency an hour", UNIT_CURRENCY,
	                        FALSE, 0, 1e7, { 110, 80, 60 }, PLANNING, "2026-11", TRUE },
	[ASSUME_USER_HOURS] = { "user_hours", "Staff hours to help one user ask for what is needed",
		"hours a user", UNIT_HOURS,
	                        FALSE, 0, 1e4, { 8, 4, 2 }, PLANNING, "2026-11", TRUE },
	[ASSUME_GROUP_HOURS] = { "group_hours", "Staff hours to train one group", "hours a group",
		UNIT_HOURS, FALSE, 0, 1e4,
	                         { 32, 16, 8 }, PLANNING, "2026-11", TRUE },
	[ASSUME_RENT_HOURS] = { "rent_hours", "Staff hours to set renting up and try it", "hours",
		UNIT_HOURS, FALSE, 0, 1e5,
	                        { 480, 240, 120 }, PLANNING, "2026-11", TRUE },
	[ASSUME_GRID_CARBON] = { "grid_carbon",
		"Carbon dioxide of a kilowatt-hour; 0: not told, and nothing is said of it",
	                         "kg a kWh", UNIT_NUMBER, FALSE, 0, 5, { 0, 0, 0 },
	                                 "ask your supplier", "2026-11", TRUE },
};

const char *scenario_name(enum scenario scenario)
{
	static const char *const names[SCENARIOS] = { "low", "expected", "high" };
	return names[scenario];
}

struct assumptions *assumptions_new(void)
{
	struct assumptions *assumptions = g_new0(struct assumptions, 1);
	memcpy(assumptions->of, defaults, sizeof defaults);
	assumptions->texts = g_ptr_array_new_with_free_func(g_free);
	return assumptions;
}

void assumptions_free(struct assumptions *assumptions)
{
	if (!assumptions)
		return;
	g_ptr_array_unref(assumptions->texts);
	g_free(assumptions);
}

const struct assumption *assumptions_get(const struct assumptions *assumptions,
                                         enum assumption_key key)
{
	return &assumptions->of[key];
}

double assumptions_value(const struct assumptions *assumptions, enum assumption_key key,
                         enum scenario scenario)
{
	return assumptions->of[key].value[scenario];
}

static struct assumption *find(struct assumptions *assumptions, const char *key)
{
	for (int i = 0; i < ASSUMPTIONS; i++)
		if (strcmp(assumptions->of[i].key, key) == 0)
			return &assumptions->of[i];
	return NULL;
}

static gboolean refuse_number(const struct key_file *file, const struct assumption *assumption,
                              const char *name, const char *text, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(text));
	const char *hint = g_regex_match_simple("^[0-9., ]*,[0-9., ]*$", text, 0, 0)
	                           ? ", with a decimal point and no other separator"
	                           : "";
	return key_file_wrong(file, assumption->key, name, error,
	                      "[%s] %s = %s: not a number from %g to %g%s", assumption->key, name,
	                      shown, assumption->least, assumption->most, hint);
}

static gboolean read_value(const struct key_file *file, const struct assumption *assumption,
                           const char *name, double otherwise, double *value, GError **error)
{
	g_autofree char *text = g_key_file_get_value(file->keys, assumption->key, name, NULL);
	if (!text) {
		*value = otherwise;
		return TRUE;
	}
	char *end;
	*value = g_ascii_strtod(text, &end);
	if (end == text || *end != '\0' ||
	    !(*value >= assumption->least && *value <= assumption->most))
		return refuse_number(file, assumption, name, text, error);
	return TRUE;
}

/* The more vCPUs a core equals, the dearer is rent, and the less is saved: the default, which has
 * no range, does not tell. */
static gboolean falls(enum assumption_key key)
{
	const struct assumption *usual = &defaults[key];
	return usual->value[SCENARIO_HIGH] < usual->value[SCENARIO_LOW] ||
	       key == ASSUME_VCPUS_PER_CORE;
}

/* Low, expected and high must run one way, and the way the default runs. */
static gboolean runs_one_way(const struct assumption *given, enum assumption_key key)
{
	double sign = falls(key) ? -1 : 1;
	const double *v = given->value;
	return sign * (v[SCENARIO_EXPECTED] - v[SCENARIO_LOW]) >= 0 &&
	       sign * (v[SCENARIO_HIGH] - v[SCENARIO_EXPECTED]) >= 0;
}

/* What is not given becomes `otherwise`. */
static gboolean read_text(struct assumptions *assumptions, const struct key_file *file,
                          const char *key, const char *name, const char *otherwise,
                          const char **value, GError **error)
{
	GError *why = NULL;
	char *text;

	*value = otherwise;
	if (!g_key_file_has_key(file->keys, key, name, NULL))
		return TRUE;
	text = key_file_text(file, key, name, &why);
	if (!text)
		return key_file_blame(file, key, name, why, error);
	g_ptr_array_add(assumptions->texts, text);
	*value = text;
	return TRUE;
}

/* A misspelt name would leave the default in its place without a word. */
static gboolean names_valid(const struct key_file *file, const char *key, GError **error)
{
	static const char *const known[] = { "low", "expected", "high", "source", "date", NULL };
	g_auto(GStrv) names = g_key_file_get_keys(file->keys, key, NULL, NULL);
	for (char **name = names; name && *name; name++) {
		if (g_strv_contains(known, *name))
			continue;
		g_autofree char *shown = terminal_escape(slice_of(*name));
		return key_file_wrong(file, key, *name, error,
		                      "[%s] %s: not one of low, expected, high, source, date", key,
		                      shown);
	}
	return TRUE;
}

/* Without `expected`, what is not given stays as it was. */
static gboolean read_values(const struct key_file *file, struct assumption *assumption,
                            GError **error)
{
	double *value = assumption->value;
	gboolean one = g_key_file_has_key(file->keys, assumption->key, "expected", NULL);
	if (!read_value(file, assumption, "expected", value[SCENARIO_EXPECTED],
	                &value[SCENARIO_EXPECTED], error))
		return FALSE;
	double low = one ? value[SCENARIO_EXPECTED] : value[SCENARIO_LOW];
	double high = one ? value[SCENARIO_EXPECTED] : value[SCENARIO_HIGH];
	return read_value(file, assumption, "low", low, &value[SCENARIO_LOW], error) &&
	       read_value(file, assumption, "high", high, &value[SCENARIO_HIGH], error);
}

static gboolean refuse_group(const struct key_file *file, const char *key, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(key)), *hint = NULL;
	struct nearest nearest;
	nearest_init(&nearest, key);
	for (int i = 0; i < ASSUMPTIONS; i++)
		nearest_try(&nearest, defaults[i].key);
	hint = nearest_hint(&nearest, "");
	return key_file_wrong(file, key, NULL, error, "[%s]: not a key of the model%s", shown,
	                      *hint ? hint
	                            : "; each assumption is a group of its own, as in "
	                              "[electricity] and then expected=0.14");
}

static gboolean read_group(struct assumptions *assumptions, const struct key_file *file,
                           const char *key, GError **error)
{
	struct assumption *assumption = find(assumptions, key);
	if (!assumption)
		return refuse_group(file, key, error);
	if (!names_valid(file, key, error) || !read_values(file, assumption, error))
		return FALSE;
	/* All three are told, also what is not in the file. */
	const double *v = assumption->value;
	if (!runs_one_way(assumption, (enum assumption_key)(assumption - assumptions->of)))
		return key_file_wrong(file, key, NULL, error,
		                      "[%s]: low, expected and high, here %.10g, %.10g and "
		                      "%.10g, must run from the least saving to the most",
		                      key, v[SCENARIO_LOW], v[SCENARIO_EXPECTED], v[SCENARIO_HIGH]);
	assumption->is_default = FALSE;
	return read_text(assumptions, file, key, "source", "given by the site", &assumption->source,
	                 error) &&
	       read_text(assumptions, file, key, "date", "", &assumption->date, error);
}

gboolean assumptions_load(struct assumptions *assumptions, const char *path, GError **error)
{
	struct key_file *file = key_file_load(path, error);
	g_auto(GStrv) groups = file ? g_key_file_get_groups(file->keys, NULL) : NULL;
	gboolean done = file != NULL;
	for (char **group = groups; done && *group; group++)
		done = read_group(assumptions, file, *group, error);
	key_file_free(file);
	return done;
}
