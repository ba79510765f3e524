/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/values.h"

#include "base/key_file.h"
#include "base/terminal.h"

struct values {
	GHashTable *words[NAME_KINDS]; /* char *; NULL where there is no list */
};

static gboolean is_word_kind(enum name_kind kind)
{
	return kind >= NAME_PARTITION && kind <= NAME_WORD;
}

static gboolean take_group(struct values *values, const struct key_file *file, const char *group,
                           GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(group));
	g_auto(GStrv) keys = g_key_file_get_keys(file->keys, group, NULL, NULL);
	g_auto(GStrv) words = NULL;
	GError *cause = NULL;
	enum name_kind kind;

	if (!name_kind_find(slice_of(group), &kind) || !is_word_kind(kind))
		return key_file_wrong(file, group, NULL, error,
		                      "[%s]: the groups are partition, qos, cluster, reservation, "
		                      "gres, license and word",
		                      shown);
	for (guint i = 0; keys[i]; i++)
		if (strcmp(keys[i], "keep") != 0)
			return key_file_wrong(file, group, keys[i], error,
			                      "[%s]: the only key is keep", shown);
	words = g_key_file_get_string_list(file->keys, group, "keep", NULL, &cause);
	if (cause)
		return key_file_blame(file, group, keys[0] ? "keep" : NULL, cause, error);
	values->words[kind] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; words[i]; i++) {
		if (strchr(words[i], ','))
			return key_file_wrong(
				file, group, "keep", error,
				"[%s]: between words stands a semicolon, and no word has a comma",
				shown);
		g_hash_table_add(values->words[kind], g_strdup(g_strstrip(words[i])));
	}
	return TRUE;
}

struct values *values_load(const char *path, GError **error)
{
	struct key_file *file = key_file_load(path, error);
	g_auto(GStrv) groups = file ? g_key_file_get_groups(file->keys, NULL) : NULL;
	struct values *values = g_new0(struct values, 1);
	gboolean done = file != NULL;

	for (guint i = 0; done && groups[i]; i++)
		done = take_group(values, file, groups[i], error);
	key_file_free(file);
	if (done)
		return values;
	values_free(values);
	return NULL;
}

void values_free(struct values *values)
{
	if (!values)
		return;
	for (int kind = 0; kind < NAME_KINDS; kind++)
		if (values->words[kind])
			g_hash_table_destroy(values->words[kind]);
	g_free(values);
}

static gboolean is_listed(const struct values *values, enum name_kind kind, struct slice word)
{
	g_autofree char *text = NULL;

	if (!values || !values->words[kind])
		return FALSE;
	text = slice_dup(word);
	return g_hash_table_contains(values->words[kind], text);
}

guint values_count(const struct values *values)
{
	guint count = 0;

	for (int kind = 0; values && kind < NAME_KINDS; kind++)
		count += values->words[kind] ? g_hash_table_size(values->words[kind]) : 0;
	return count;
}

/* Partitions and QOS as manuals and most sites call them. */
static const char *const common_words[] = {
	"all", "backfill", "batch", "big", "bigmem", "compute", "cpu", "cpus", "day", "debug",
		"default", "defq", "devel", "dev",
	"exclusive", "express", "fast", "fat", "general", "gpu", "gpus", "high", "highmem", "himem",
		"interactive", "large",
	"largemem", "long", "low", "lowprio", "main", "mem", "medium", "mpi", "node", "nodes",
		"normal", "parallel", "partition",
	"preempt", "preemptible", "prio", "priority", "qos", "regular", "scavenge", "scavenger",
		"serial", "shared", "short",
	"small", "standard", "standby", "std", "test", "testing", "unlimited", "urgent", "week",
};

/* Kinds of generic resources, and what their makers call them. */
static const char *const common_gres[] = {
	"a10", "a100", "a100l", "a16", "a2", "a30", "a40", "a4000", "a4500", "a5000", "a6000",
		"a800", "ada", "amd", "b100",
	"b200", "b300", "bandwidth", "craynetwork", "fpga", "gaudi", "gaudi2", "gaudi3", "gb200",
		"gb300", "geforce", "gfx",
	"gh200", "gpu", "gpumem", "gpuutil", "gtx", "h100", "h200", "h800", "hbm", "intel", "k20",
		"k20m", "k40", "k40m", "k80",
	"l20", "l4", "l40", "l40s", "m40", "m60", "max", "mi100", "mi200", "mi210", "mi250",
		"mi250x", "mi300", "mi300a",
	"mi300x", "mi325x", "mi50", "mi60", "mic", "mps", "nic", "nvidia", "nvl", "nvme", "p100",
		"p4", "p40", "pcie", "ponte",
	"pvc", "quadro", "radeon", "rtx", "shard", "sxm", "sxm2", "sxm3", "sxm4", "sxm5", "t4",
		"tesla", "titan", "tmpdisk",
	"tmpfs", "v100", "v100s", "ve", "vecchio", "xp",
};

/* What groups and accounts are called together with a name: by itself it is nobody's. */
static const char *const group_words[] = {
	"account", "admin", "center", "centre", "class", "cloud", "cluster", "college", "core",
		"course", "dept", "department", "faculty",
	"grant", "grid", "group", "groups", "grp", "guest", "hpc", "institute", "lab", "labs",
		"project", "projects", "proj", "research",
	"school", "science", "service", "staff", "student", "students", "support", "system", "team",
		"training", "uni", "univ", "university",
	"user", "users",
};

static const char *const common_answers[] = {
	"exclusive", "false", "mcs", "n", "no", "none", "ok", "oversubscribe", "share", "shared",
		"topo",
	"true", "user", "y", "yes",
};

static gboolean stands_among(const char *const *words, guint count, struct slice word)
{
	for (guint i = 0; i < count; i++)
		if (slice_is_nocase(word, words[i]))
			return TRUE;
	return FALSE;
}

/* 80gb, 1g, 1080ti, 3: a size, not a name. */
static gboolean is_size(struct slice piece)
{
	size_t at = 0;
	struct slice unit;

	while (at < piece.length && g_ascii_isdigit(piece.data[at]))
		at++;
	unit = (struct slice){ piece.data + at, piece.length - at };
	return at > 0 &&
	       (unit.length == 0 || slice_is_nocase(unit, "gb") || slice_is_nocase(unit, "g") ||
	        slice_is_nocase(unit, "c") || slice_is_nocase(unit, "ti") ||
	        slice_is_nocase(unit, "h") || slice_is_nocase(unit, "d"));
}

static gboolean piece_is_common(enum name_kind kind, struct slice piece)
{
	if (slice_empty(piece) || is_size(piece))
		return TRUE;
	switch (kind) {
	case NAME_PARTITION:
	case NAME_QOS:
		return stands_among(common_words, G_N_ELEMENTS(common_words), piece) ||
		       stands_among(common_gres, G_N_ELEMENTS(common_gres), piece);
	case NAME_GRES:
		return stands_among(common_gres, G_N_ELEMENTS(common_gres), piece);
	case NAME_WORD:
		return stands_among(common_answers, G_N_ELEMENTS(common_answers), piece);
	default:
		return FALSE;
	}
}

gboolean values_are_of_groups(struct slice word)
{
	return stands_among(group_words, G_N_ELEMENTS(group_words), word);
}

/* gpu-long is as common as gpu and long are. */
gboolean values_are_common(enum name_kind kind, struct slice word)
{
	size_t begin = 0;

	if (slice_empty(word) || kind == NAME_CLUSTER || kind == NAME_RESERVATION ||
	    kind == NAME_LICENSE)
		return FALSE;
	for (size_t at = 0; at <= word.length; at++) {
		if (at < word.length && !strchr("-_.", word.data[at]))
			continue;
		if (!piece_is_common(kind, (struct slice){ word.data + begin, at - begin }))
			return FALSE;
		begin = at + 1;
	}
	return TRUE;
}

gboolean values_let(const struct values *values, enum name_kind kind, struct slice word)
{
	return values_are_common(kind, word) || is_listed(values, kind, word);
}
