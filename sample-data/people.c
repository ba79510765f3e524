/* SPDX-License-Identifier: Apache-2.0 */
#include "people.h"

const struct pool_info pools[POOLS] = {
	[POOL_BATCH] = { "batch", "cn", 3, 96, 64, 256000, 0 },
	[POOL_BIGMEM] = { "bigmem", "big", 2, 4, 64, 1024000, 0 },
	[POOL_GPU] = { "gpu", "gpu", 2, 8, 64, 512000, 4 },
};

/* The names are meant to stand in no text: a test looks for each of them in every output. */
const struct account accounts[ACCOUNTS] = {
	{ "acphyx", "phyx_gkz", 12, 40, 25, 20, 4 }, /* physics */
	{ "acastq", "astq_gkz", 9, 12, 5, 6, 1 },    /* astronomy: the careful ones */
	{ "acbioz", "bioz_gkz", 14, 45, 15, 20, 12 }, /* biology */
	{ "acengx", "engx_gkz", 16, 90, 30, 40, 10 }, /* engineering, with its courses */
	{ "acmlrq", "mlrq_gkz", 9, 70, 35, 60, 12 }, /* machine learning */
	{ "acchmz", "chmz_gkz", 9, 30, 25, 20, 5 },  /* chemistry */
	{ "acgeoq", "geoq_gkz", 7, 30, 15, 15, 4 },  /* geoscience */
};

const char *const people[PEOPLE] = {
	"zsqxmc8", "xmmwtk3", "zmkzwc2", "jrxvqk7", "ksbqqg3", "xdmkxf3", "qbjwth8", "vwrxbx9",
	"vjsvpr4", "kzhvxx2", "xwfvzb4", "qvvwqq3", "jgcvct3", "jkckzm9", "kdvqcn7", "qfrkfd7",
	"vqtwnz7", "qmqkwc5", "zfkwjr6", "kmhvms2", "xwzwrt5", "qrmkst3", "qhkzjv9", "zsvvvh3",
	"jslxst7", "jkgqft3", "vmxqqd6", "xzpxgg3", "qjbvpg9", "vhckpl4", "vpgkwv5", "jwmxmx2",
	"vxvkgg9", "vbvkkg3", "zxmkhl6", "vqlwpn6", "kndkrx6", "xlrqcx3", "qcdqbh3", "vmkvrt9",
	"xztvvf4", "jxfvpw7", "qnnknk4", "kwzvgw2", "zgvxhn3", "jhkvfq9", "vdzwrw7", "xdvznn8",
	"knmvsg8", "zwkzqb4", "vxmqkc7", "qkxwxt8", "knwwxb9", "kxskvf8", "znjzhm7", "zhvxhn2",
	"jflwmg4", "xvpklc2", "vzxvvj6", "xmfkqb3", "vzkqmw5", "jvtxjr5", "vwgktd5", "vtzzpw2",
	"xjwkcf6", "xtqkkl6", "jhjvnz5", "jwpkhn8", "jlnztl7", "xmxkvw2", "qgkkzw7", "xtwkkb3",
	"qpcwzk8", "qcgkjw4", "qhwvhk6", "qclwvb7",
};

const struct account *account_of(guint person)
{
	const struct account *account = accounts;

	for (; person >= (guint)account->people; account++)
		person -= account->people;
	return account;
}

/* Long, over several whole nodes; in a campaign over many. */
static const struct kind lattice = {
	.pool = POOL_BATCH, .nodes = { 2, 2, 3, 4 }, .cpus = { 64, 64, 64, 64 }, .mb_per_cpu = 3000,
	.minutes = { 120, 900, 1700, 2600, 4000 }, .cpu_permille = { 880, 985 },
	.memory_permille = { 400, 800 }, .tasks = { 1, 1 }, .chain = { 1, 3 }, .steps = STEPS_ONE,
};

/* The same, with every other core of the node left idle. */
static const struct kind sparse = {
	.pool = POOL_BATCH, .nodes = { 2, 2, 3, 4 }, .cpus = { 64, 64, 64, 64 }, .mb_per_cpu = 3000,
	.minutes = { 120, 900, 1700, 2600, 4000 }, .cpu_permille = { 430, 520 },
	.memory_permille = { 400, 800 }, .tasks = { 1, 1 }, .chain = { 1, 3 }, .steps = STEPS_ONE,
};

static const struct kind campaign = {
	.pool = POOL_BATCH, .nodes = { 12, 16, 20, 28 }, .cpus = { 64, 64, 64, 64 },
	.mb_per_cpu = 3000, .minutes = { 240, 600, 900, 1300, 1700 }, .cpu_permille = { 900, 985 },
	.memory_permille = { 400, 800 }, .tasks = { 1, 1 }, .chain = { 1, 1 }, .steps = STEPS_ONE,
};

static const struct kind nbody = {
	.pool = POOL_BATCH, .nodes = { 1, 2, 2, 4 }, .cpus = { 60, 60, 60, 60 }, .mb_per_cpu = 3500,
	.minutes = { 120, 800, 1500, 2500, 4000 }, .cpu_permille = { 930, 993 },
	.memory_permille = { 840, 950 }, .tasks = { 1, 1 }, .chain = { 1, 4 }, .steps = STEPS_ONE,
};

static const struct kind reduction = {
	.pool = POOL_BATCH, .nodes = { 1, 1, 1, 1 }, .cpus = { 4, 8, 8, 16 }, .mb_per_cpu = 3000,
	.minutes = { 4, 15, 40, 110, 420 }, .cpu_permille = { 880, 980 },
	.memory_permille = { 840, 960 }, .tasks = { 4, 20 }, .chain = { 1, 1 },
};

/* Whole nodes, yet not many of them. */
static const struct kind model = {
	.pool = POOL_BATCH, .nodes = { 1, 1, 2, 2 }, .cpus = { 64, 64, 64, 64 }, .mb_per_cpu = 3000,
	.minutes = { 120, 560, 1100, 2000, 3600 }, .cpu_permille = { 780, 970 },
	.memory_permille = { 500, 900 }, .tasks = { 1, 1 }, .chain = { 1, 3 }, .steps = STEPS_ONE,
};

/* As above, with three times the memory that it needs. */
static const struct kind inversion = {
	.pool = POOL_BATCH, .nodes = { 1, 1, 2, 2 }, .cpus = { 32, 32, 32, 32 }, .mb_per_cpu = 7000,
	.minutes = { 40, 300, 700, 1300, 2700 }, .cpu_permille = { 780, 960 },
	.memory_permille = { 180, 380 }, .tasks = { 1, 1 }, .chain = { 1, 2 }, .steps = STEPS_ONE,
};

/* Twice the cores that it can keep busy. */
static const struct kind ensemble = {
	.pool = POOL_BATCH, .nodes = { 1, 1, 1, 1 }, .cpus = { 32, 32, 64, 64 }, .mb_per_cpu = 2000,
	.minutes = { 20, 300, 800, 1500, 2800 }, .cpu_permille = { 300, 560 },
	.memory_permille = { 350, 800 }, .tasks = { 1, 1 }, .chain = { 1, 2 },
};

static const struct kind solver = {
	.pool = POOL_BATCH, .nodes = { 1, 1, 1, 2 }, .cpus = { 32, 32, 64, 64 }, .mb_per_cpu = 3000,
	.minutes = { 20, 300, 800, 1600, 3600 }, .cpu_permille = { 700, 975 },
	.memory_permille = { 350, 900 }, .tasks = { 1, 1 }, .chain = { 1, 2 },
};

/* Asks for all memory of a node and uses less than a third of it. */
static const struct kind greedy = {
	.pool = POOL_BATCH, .nodes = { 1, 1, 1, 1 }, .cpus = { 16, 16, 16, 16 }, .mb_per_cpu = 0,
	.minutes = { 360, 960, 1500, 2100, 3600 }, .cpu_permille = { 860, 960 },
	.memory_permille = { 294, 298 }, .tasks = { 1, 1 }, .chain = { 1, 2 },
};

/* Short and serial; memory as in an example that was never looked at again. */
static const struct kind pipeline = {
	.pool = POOL_BATCH, .nodes = { 1, 1, 1, 1 }, .cpus = { 4, 4, 8, 8 }, .mb_per_cpu = 14000,
	.minutes = { 3, 70, 220, 560, 1800 }, .cpu_permille = { 560, 950 },
	.memory_permille = { 90, 330 }, .tasks = { 8, 30 }, .chain = { 1, 1 }, .steps = STEPS_BATCH,
};

static const struct kind samples = {
	.pool = POOL_BATCH, .nodes = { 1, 1, 1, 1 }, .cpus = { 4, 4, 4, 8 }, .mb_per_cpu = 12000,
	.minutes = { 10, 60, 150, 400, 1400 }, .cpu_permille = { 600, 930 },
	.memory_permille = { 120, 400 }, .tasks = { 8, 24 }, .chain = { 1, 1 },
	.steps = STEPS_SIDE_BY_SIDE,
};

static const struct kind assembly = {
	.pool = POOL_BIGMEM, .nodes = { 1, 1, 1, 1 }, .cpus = { 8, 16, 32, 32 },
	.mb_per_cpu = 15000, .minutes = { 60, 400, 900, 1900, 4000 }, .cpu_permille = { 450, 900 },
	.memory_permille = { 300, 800 }, .tasks = { 1, 1 }, .chain = { 1, 1 },
	.steps = STEPS_IN_TURN,
};

static const struct kind course = {
	.pool = POOL_BATCH, .nodes = { 1, 1, 1, 1 }, .cpus = { 1, 2, 4, 4 }, .mb_per_cpu = 3000,
	.minutes = { 1, 5, 14, 40, 120 }, .cpu_permille = { 600, 960 },
	.memory_permille = { 150, 700 }, .tasks = { 1, 16 }, .chain = { 1, 1 },
};

static const struct kind flow = {
	.pool = POOL_BATCH, .nodes = { 1, 1, 1, 1 }, .cpus = { 16, 16, 32, 32 }, .mb_per_cpu = 3000,
	.minutes = { 10, 120, 400, 900, 2000 }, .cpu_permille = { 790, 960 },
	.memory_permille = { 400, 850 }, .tasks = { 1, 1 }, .chain = { 1, 1 },
};

static const struct kind serial = {
	.pool = POOL_BATCH, .nodes = { 1, 1, 1, 1 }, .cpus = { 1, 1, 2, 4 }, .mb_per_cpu = 4000,
	.minutes = { 1, 12, 40, 110, 600 }, .cpu_permille = { 800, 980 },
	.memory_permille = { 300, 850 }, .tasks = { 6, 30 }, .chain = { 1, 1 },
};

/* A session opened in the morning and left alone. */
static const struct kind session = {
	.pool = POOL_BATCH, .nodes = { 1, 1, 1, 1 }, .cpus = { 16, 16, 32, 32 }, .mb_per_cpu = 2000,
	.minutes = { 90, 200, 400, 560, 720 }, .cpu_permille = { 8, 55 },
	.memory_permille = { 60, 300 }, .tasks = { 1, 1 }, .chain = { 1, 1 },
};

static const struct kind training = {
	.pool = POOL_GPU, .nodes = { 1, 1, 1, 1 }, .cpus = { 15, 15, 30, 60 },
	.gpus = { 1, 1, 2, 4 }, .mb_per_cpu = 8000, .minutes = { 8, 220, 660, 1500, 3000 },
	.cpu_permille = { 250, 700 },
	.memory_permille = { 300, 850 }, .gpu_percent = { 35, 98 }, .tasks = { 1, 4 },
	.chain = { 1, 1 },
};

static const struct kind notebook = {
	.pool = POOL_GPU, .nodes = { 1, 1, 1, 1 }, .cpus = { 8, 8, 8, 16 }, .gpus = { 1, 1, 1, 1 },
	.mb_per_cpu = 8000, .minutes = { 150, 240, 380, 520, 720 }, .cpu_permille = { 8, 60 },
	.memory_permille = { 100, 400 }, .gpu_percent = { 0, 0 }, .tasks = { 1, 1 },
	.chain = { 1, 1 },
};

const struct duty duties[] = {
	/* physics 0 … 11 */
	{ 0, 0, &lattice, SEASON_TERM, 250 },
	{ 1, 1, &lattice, SEASON_TERM, 215 },
	{ 2, 2, &sparse, SEASON_TERM, 245 },
	{ 0, 1, &campaign, SEASON_SPRING, 34 },
	{ 3, 11, &model, SEASON_TERM, 100 },
	{ 3, 11, &reduction, SEASON_TERM, 40 },
	{ 2, 2, &lattice, SEASON_HOLIDAYS, 12 },
	/* astronomy 12 … 20 */
	{ 12, 12, &nbody, SEASON_TERM, 330 },
	{ 13, 13, &nbody, SEASON_TERM, 280 },
	{ 12, 13, &nbody, SEASON_AUTUMN, 60 },
	{ 14, 20, &nbody, SEASON_TERM, 62 },
	{ 14, 20, &reduction, SEASON_TERM, 55 },
	/* biology 21 … 34 */
	{ 21, 33, &pipeline, SEASON_TERM, 205 },
	{ 21, 24, &samples, SEASON_TERM, 60 },
	{ 25, 28, &assembly, SEASON_TERM, 130 },
	{ 34, 34, &session, SEASON_TERM, 95 },
	{ 22, 22, &pipeline, SEASON_HOLIDAYS, 40 },
	/* engineering 35 … 50 */
	{ 35, 45, &course, SEASON_DEADLINES, 178 },
	{ 35, 48, &serial, SEASON_TERM, 55 },
	{ 42, 48, &flow, SEASON_TERM, 120 },
	{ 49, 50, &session, SEASON_TERM, 85 },
	/* machine learning 51 … 59 */
	{ 51, 58, &training, SEASON_GROWTH, 345 },
	{ 51, 55, &serial, SEASON_TERM, 40 },
	{ 59, 59, &notebook, SEASON_GROWTH, 110 },
	{ 56, 56, &training, SEASON_HOLIDAYS, 36 },
	/* chemistry 60 … 68 */
	{ 60, 62, &greedy, SEASON_TERM, 330 },
	{ 63, 63, &solver, SEASON_TERM, 480 },
	{ 64, 64, &ensemble, SEASON_TERM, 520 },
	{ 65, 68, &solver, SEASON_TERM, 260 },
	{ 63, 68, &serial, SEASON_TERM, 65 },
	/* geoscience 69 … 75 */
	{ 69, 69, &inversion, SEASON_TERM, 820 },
	{ 70, 70, &model, SEASON_TERM, 330 },
	{ 71, 75, &model, SEASON_TERM, 115 },
	{ 69, 75, &serial, SEASON_TERM, 65 },
};

const guint duties_count = G_N_ELEMENTS(duties);

/* Submissions by hour of a working day; people start at nine and leave jobs for the night. */
static const guint8 hour_weights[24] = {
	2, 1, 1, 1, 1, 1, 2, 4, 9, 14, 16, 15, 11, 14, 16, 16, 15, 12, 8, 6, 5, 4, 4, 3,
};

/* From this day of the year on (0: 1 January), so many per cent of an ordinary day. */
struct stretch {
	guint first_day;
	gint64 percent;
};

static const struct stretch term[] = {
	{ 0, 60 }, { 5, 100 }, { 211, 85 }, { 243, 100 }, { 355, 45 },
};
static const struct stretch spring[] = { { 130, 100 }, { 142, 0 } };
static const struct stretch autumn[] = { { 286, 100 }, { 298, 0 } };
static const struct stretch deadlines[] = {
	{ 20, 10 }, { 96, 40 }, { 110, 160 }, { 120, 15 }, { 151, 5 }, { 280, 15 }, { 308, 50 },
	{ 323, 180 }, { 334, 15 }, { 350, 0 },
};
static const struct stretch growth[] = {
	{ 0, 38 }, { 31, 45 }, { 59, 52 }, { 90, 57 }, { 120, 62 }, { 151, 68 }, { 181, 74 },
	{ 212, 78 }, { 243, 90 }, { 273, 102 }, { 304, 114 }, { 334, 116 }, { 357, 60 },
};
static const struct stretch holidays[] = { { 363, 100 } };

static const struct {
	const struct stretch *stretches;
	guint count;
} seasons[SEASONS] = {
	[SEASON_TERM] = { term, G_N_ELEMENTS(term) },
	[SEASON_SPRING] = { spring, G_N_ELEMENTS(spring) },
	[SEASON_AUTUMN] = { autumn, G_N_ELEMENTS(autumn) },
	[SEASON_DEADLINES] = { deadlines, G_N_ELEMENTS(deadlines) },
	[SEASON_GROWTH] = { growth, G_N_ELEMENTS(growth) },
	[SEASON_HOLIDAYS] = { holidays, G_N_ELEMENTS(holidays) },
};

gint64 season_weight(enum season season, guint hour)
{
	guint day = hour / 24;
	guint weekday = (day + 2) % 7; /* 0 is Monday: the year 2025 begins on a Wednesday */
	gint64 rhythm = weekday < 5 ? 2 * hour_weights[hour % 24] : hour_weights[hour % 24] + 2;
	gint64 percent = 0;

	for (guint i = 0; i < seasons[season].count; i++)
		if (day >= seasons[season].stretches[i].first_day)
			percent = seasons[season].stretches[i].percent;
	return rhythm * percent;
}
