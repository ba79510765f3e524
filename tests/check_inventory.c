/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/inventory.h"

#include <string.h>

#include "fixture_jobs.h"
#include "measure/capacity.h"
#include "measure/survey.h"

static const char *const one_line =
	"NodeName=cn01 Arch=x86_64 CoresPerSocket=16  CPUAlloc=2 CPUEfctv=64 CPUTot=64 "
        "CPULoad=1.68 AvailableFeatures=avx2 "
	"Gres=(null) NodeAddr=10.0.0.1 NodeHostName=cn01 OS=Linux 6.1 #1 SMP RealMemory=256000 "
        "AllocMem=1024 Sockets=2 "
	"Boards=1 State=MIXED ThreadsPerCore=2 CfgTRES=cpu=64,mem=250G,billing=64 "
        "AllocTRES=cpu=2,mem=1G\n"
	"NodeName=cn02 Arch=x86_64 CoresPerSocket=16  CPUAlloc=0 CPUTot=64 Gres=(null) "
        "RealMemory=256000 Sockets=2 "
	"State=DOWN ThreadsPerCore=2 CfgTRES=cpu=64,mem=250G,billing=64 Reason=NodeName=cn09 "
        "CPUTot=8 Gres=gpu:4 burnt "
	"[root@2025-01-01T00:00:00]\n"
	"NodeName=gpu01 CoresPerSocket=24 CPUEfctv=48 CPUTot=48 Gres=gpu:a100:4(S:0-1),nvme:1 "
        "RealMemory=512000 Sockets=2 "
	"ThreadsPerCore=1 CfgTRES=cpu=48,mem=500G,billing=48,gres/gpu=4,gres/gpu:a100=4\n"
	"NodeName=big01 CoresPerSocket=32 CPUEfctv=62 CPUTot=64 Gres=(null) RealMemory=2048000 "
        "Sockets=2 ThreadsPerCore=1 "
	"Comment=Gres=gpu:9\n";

/* The same without -o: a record is several lines, and a blank one between. */
static const char *const many_lines =
    "NodeName=cn01 Arch=x86_64 CoresPerSocket=16 \n"
    "   CPUAlloc=2 CPUEfctv=64 CPUTot=64 CPULoad=1.68\n"
    "   AvailableFeatures=avx2\n"
    "   Gres=(null)\n"
    "   NodeAddr=10.0.0.1 NodeHostName=cn01 \n"
    "   OS=Linux 6.1 #1 SMP \n"
    "   RealMemory=256000 AllocMem=1024 FreeMem=20805 Sockets=2 Boards=1\n"
    "   State=MIXED ThreadsPerCore=2 TmpDisk=0 Weight=1 Owner=N/A MCS_label=N/A\n"
    "   CfgTRES=cpu=64,mem=250G,billing=64\n"
    "   AllocTRES=cpu=2,mem=1G\n"
    "\n"
    "NodeName=cn02 Arch=x86_64 CoresPerSocket=16 \r\n"
    "   CPUAlloc=0 CPUTot=64\r\n"
    "   Gres=(null)\r\n"
    "   RealMemory=256000 Sockets=2\r\n"
    "   Reason=NodeName=cn09 CPUTot=8 Gres=gpu:4 burnt [root@2025-01-01T00:00:00]\r\n"
    "\r\n"
    "NodeName=gpu01 CoresPerSocket=24\n"
    "   CPUEfctv=48 CPUTot=48\n"
    "   Gres=gpu:a100:4(S:0-1),nvme:1\n"
    "   RealMemory=512000 Sockets=2\n"
    "   CfgTRES=cpu=48,mem=500G,billing=48,gres/gpu=4,gres/gpu:a100=4\n"
    "\n"
    "NodeName=big01 CoresPerSocket=32 \n"
    "   CPUEfctv=62 CPUTot=64 \n"
    "   RealMemory=2048000 Sockets=2\n"
    "   Comment=Gres=gpu:9\n";

static void assert_pool(const struct inventory *inventory, guint number, const char *label,
                        guint nodes, gint64 cpus, gint64 cores, gint64 gpus)
{
	const struct pool *pool = inventory_pool(inventory, number);
	ck_assert_str_eq(pool->label, label);
	ck_assert_uint_eq(pool->nodes, nodes);
	ck_assert_int_eq(pool->shape.cpus, cpus);
	ck_assert_int_eq(pool->shape.cores, cores);
	ck_assert_int_eq(pool->shape.gpus, gpus);
}

START_TEST(both_forms_of_scontrol_give_the_same_pools)
{
	struct inventory *inventory = inventory_from(_i == 0 ? one_line : many_lines);
	inventory_finish(inventory);
	ck_assert(inventory_given(inventory));
	ck_assert_uint_eq(inventory_learned(inventory), 0);
	ck_assert_uint_eq(inventory_pools(inventory), 3);
	/* 2 sockets × 16 cores, two threads each: Slurm counts 64 CPUs. 256000 MiB are 250 GiB. */
	assert_pool(inventory, 0, "32 cores (64 CPUs), 250 GiB", 2, 64, 32, 0);
	assert_pool(inventory, 1, "4 × a100, 48 cores, 500 GiB", 1, 48, 48, 4);
	/* Two of 64 are kept for the system, so jobs can have 62. */
	assert_pool(inventory, 2, "62 cores, 2000 GiB", 1, 62, 62, 0);
	ck_assert_str_eq(inventory_pool(inventory, 1)->shape.gpu_type, "a100");
	ck_assert_int_eq(inventory_pool(inventory, 0)->shape.memory_kib, 256000 * 1024);
	guint counts[3];
	ck_assert(inventory_place(inventory, slice_of("cn[01-02],big01"), counts));
	ck_assert_uint_eq(counts[0], 2);
	ck_assert_uint_eq(counts[1], 0);
	ck_assert_uint_eq(counts[2], 1);
	ck_assert(!inventory_place(inventory, slice_of("cn09"), counts));
	inventory_free(inventory);
}
END_TEST

#define LONG_TYPE "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz" \
	          "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"

static const struct {
	const char *fields;
	gint64 gpus;
	const char *type;
} gres[] = {
	{ "Gres=(null)", 0, NULL },
	{ "Gres=", 0, NULL },
	{ "Gres=gpu:2", 2, NULL },
	{ "Gres=gpu:a100:4", 4, "a100" },
	{ "Gres=gpu:\033]0;a\007:4", 4, "\\x1b]0;a\\x07" },
	/* longer than a line */
	{ "Gres=gpu:" LONG_TYPE ":2", 2, LONG_TYPE },
	{ "Gres=gpu:a100:4(S:0-1)", 4, "a100" },
	{ "Gres=gpu:a100:3(S:0,2),gpu:a100:1(S:1)", 4, "a100" },
	{ "Gres=gpu:a100:2(S:0),gpu:v100:2(S:1)", 4, "a100" },
	{ "Gres=gpu:1g.5gb:7,gpu:a100:1", 1, "a100" },
	{ "Gres=gpu:a100:1,gpu:1g.5gb:7", 1, "a100" },
	{ "Gres=gpu:1g.5gb:7", 0, "1g.5gb" },
	{ "Gres=gpu:1g.5gb:7 CfgTRES=cpu=8,mem=10G,gres/gpu=7", 7, "1g.5gb" },
	{ "Gres=gpu:a100:0", 0, NULL },
	{ "Gres=nvme:1,gpu:v100:2", 2, "v100" },
	{ "Gres=shard:8", 0, NULL },
	{ "Gres=(null) CfgTRES=cpu=8,mem=10G,gres/gpu=2,gres/gpu:h100=2", 2, "h100" },
	{ "Gres=gpu:2 CfgTRES=cpu=8,mem=10G,gres/gpu=2,gres/gpu:h100=2", 2, NULL },
};

START_TEST(gpus_are_counted_in_every_spelling)
{
	g_autofree char *text = g_strdup_printf("NodeName=n1 CPUTot=8 RealMemory=10240 %s\n",
	                                        gres[_i].fields);
	struct inventory *inventory = inventory_from(text);
	inventory_finish(inventory);
	const struct node_shape *shape = &inventory_pool(inventory, 0)->shape;
	ck_assert_int_eq(shape->gpus, gres[_i].gpus);
	if (gres[_i].type)
		ck_assert_str_eq(shape->gpu_type, gres[_i].type);
	else
		ck_assert_ptr_null(shape->gpu_type);
	inventory_free(inventory);
}
END_TEST

START_TEST(hardware_threads_make_another_pool)
{
	struct inventory *inventory = inventory_from(
		"NodeName=a1 CPUTot=32 RealMemory=102400 Sockets=2 CoresPerSocket=16 "
	        "ThreadsPerCore=1\n"
		"NodeName=b[1] CPUTot=64 RealMemory=102400 Sockets=2 CoresPerSocket=16 "
	        "ThreadsPerCore=2\n"
		"NodeName=b2 CPUTot=64 RealMemory=102400 Sockets=2 CoresPerSocket=16 "
	        "ThreadsPerCore=2\n"
		/* As much memory as the others but for what the firmware keeps: the same kind of
		 * node. */
		"NodeName=b3 CPUTot=64 RealMemory=102300 Sockets=2 CoresPerSocket=16 "
	        "ThreadsPerCore=2\n"
		"NodeName=b3 CPUTot=64 RealMemory=102300 Sockets=2 CoresPerSocket=16 "
	        "ThreadsPerCore=2\n");
	inventory_finish(inventory);
	ck_assert_uint_eq(inventory_pools(inventory), 2);
	assert_pool(inventory, 0, "32 cores (64 CPUs), 100 GiB", 3, 64, 32, 0);
	assert_pool(inventory, 1, "32 cores, 100 GiB", 1, 32, 32, 0);
	ck_assert_int_eq(inventory_pool(inventory, 0)->shape.memory_kib, 102300 * 1024);
	inventory_free(inventory);
}
END_TEST

/* The cluster of `tables`, in every form that a table may have. All of it is made up. */
static const char *const tables[] = {
	/* sinfo -N -o "%N|%c|%m|%z|%G|%P", a node once for each partition */
	"NODELIST|CPUS|MEMORY|S:C:T|GRES|PARTITION\n"
	"cn01|64|256000|2:16:2|(null)|batch*\ncn01|64|256000|2:16:2|(null)|short\n"
	"cn02|64|256000|2:16:2|(null)|batch*\ngpu01|48|512000|2:24:1|gpu:a100:4(S:0-1)|gpu\n",
	/* in columns, as -N --long prints it after the date; reasons have blanks */
	"Tue Jan 07 10:00:00 2025\n"
	"NODELIST   NODES PARTITION       STATE CPUS    S:C:T MEMORY GRES              TMP_DISK WEIGHT AVAIL_FE REASON\n"
	"cn01           1    batch*        idle 64     2:16:2 256000 (null)                   0      1   (null) none\n"
	"cn02           1    batch*     drained 64     2:16:2 256000 (null)                   0      1   (null) bad 8 disk\n"
	"gpu01          1       gpu       mixed 48     2:24:1 512000 gpu:a100:4(S:0-1)        0      1   (null) none\n",
	/* sinfo -o "%n/%f/%m/%X/%Y/%Z/%G": CPUs are sockets by cores by threads */
	"HOSTNAMES/AVAIL_FEATURES/MEMORY/SOCKETS/CORES/THREADS/GRES\n"
	"cn01/ib,avx/256000/2/16/2/(null)\ncn02/ib/256000/2/16/2/(null)\n"
	"gpu01/ib/512000/2/24/1/gpu:a100:3(S:0,2),gpu:a100:1(S:1)\n",
	/* sinfo -O NodeList,CPUsState,Memory,Sockets,Cores,Gres; without -N, nodes that are alike
	 * stand in one row */
	"NODELIST            CPUS(A/I/O/T)       MEMORY              SOCKETS             CORES               GRES\n"
	"cn[01-02]           0/64/0/64           256000              2                   16                  (null)\n"
	"gpu01               8/40/0/48           512000              2                   24                  gpu:a100:4\n",
	/* what anonymize writes */
	"node,cpus,cores,memory_mb,gpus,gpu_type\ncn01,64,32,256000,0,\ncn02,64,32,256000,0,\ngpu01,48,48,512000,4,a100\n",
	/* somebody's own, from a spreadsheet */
	"\xef\xbb\xbf# synthetic\r\nName;CPUs;Cores;Memory (GiB);GPUs;GPU type\r\n"
	"\"cn01\";64;32;250;;\r\ncn02;64;32;250;0;\r\n\r\ngpu01;48;48;500;4;a100\r\n",
	"host,cpus,sockets,cores per socket,RAM,gres\n"
	"\"cn[01-02]\",64,2,16,250 GB,\ngpu01,48,2,24,0.48828125T,\"gpu:a100:2,gpu:a100:2\"\n",
	"node\tcores\tthreads\tmem_gb\tgpus\tgpu_model\ncn01\t32\t2\t250\t\t\ncn02\t32\t2\t250\t-\tN/A\n"
	"gpu01\t48\t1\t500\t4\ta100\n",
};

START_TEST(a_table_gives_the_pools_that_scontrol_gives)
{
	struct inventory *inventory = inventory_from(tables[_i]);
	inventory_finish(inventory);
	ck_assert_uint_eq(inventory_pools(inventory), 2);
	assert_pool(inventory, 0, "32 cores (64 CPUs), 250 GiB", 2, 64, 32, 0);
	assert_pool(inventory, 1, "4 × a100, 48 cores, 500 GiB", 1, 48, 48, 4);
	ck_assert_int_eq(inventory_pool(inventory, 0)->shape.memory_kib, 256000 * 1024);
	ck_assert_str_eq(inventory_pool(inventory, 1)->shape.gpu_type, "a100");
	guint counts[2];
	ck_assert(inventory_place(inventory, slice_of("cn[01-02],gpu01"), counts));
	inventory_free(inventory);
}
END_TEST

/* Two nodes until July, three from then on, of which one is new and one is gone. */
static const char *const dated =
    "node,cpus,memory_mb,from\na,8,1024,2025-01-01\nb,8,1024,2025-01-01\n"
    "b,8,1024,2025-07-01\nc,8,1024,2025-07-01\nd,8,1024,2025-07-01\n";

#define JULY (T0 + 181 * (gint64)DAY)

START_TEST(lists_of_several_days_are_steps_of_capacity)
{
	struct inventory *inventory = inventory_from(dated);
	struct zone *zone = zone_new(NULL, NULL);
	inventory_finish(inventory);
	ck_assert_uint_eq(inventory_steps(inventory), 2);
	ck_assert_str_eq(inventory_step_date(inventory, 1), "2025-07-01");
	assert_pool(inventory, 0, "8 cores, 1 GiB", 3, 8, 8, 0);
	/* The first holds before its day, too. */
	g_autoptr(GArray) year = capacity_steps(inventory, zone, 0, T0 - 10 * DAY, JULY + 10 * DAY);
	ck_assert_uint_eq(year->len, 2);
	ck_assert_int_eq(g_array_index(year, struct capacity_step, 1).from, JULY);
	ck_assert_int_eq(capacity_node_seconds(year, JULY + 10 * DAY),
	                 (191 * 2 + 10 * 3) * (gint64)DAY);
	ck_assert_int_eq(capacity_last(year), 3);
	g_autoptr(GArray) spring = capacity_steps(inventory, zone, 0, T0, JULY);
	ck_assert_uint_eq(spring->len, 1);
	ck_assert_int_eq(capacity_last(spring), 2);
	g_autoptr(GArray) autumn = capacity_steps(inventory, zone, 0, JULY, JULY + DAY);
	ck_assert_uint_eq(autumn->len, 1);
	ck_assert_int_eq(capacity_last(autumn), 3);
	/* What is in force already begins with the period. */
	g_autoptr(GArray) winter = capacity_steps(inventory, zone, 0, JULY + 100 * DAY,
	                                          JULY + 110 * DAY);
	ck_assert_uint_eq(winter->len, 1);
	ck_assert_int_eq(capacity_node_seconds(winter, JULY + 110 * DAY), 10 * 3 * (gint64)DAY);
	g_autoptr(GArray) node = capacity_steps_of_node(inventory, zone, "d", T0, JULY + 10 * DAY);
	ck_assert_int_eq(capacity_node_seconds(node, JULY + 10 * DAY), 10 * (gint64)DAY);
	guint counts[1];
	ck_assert(inventory_place(inventory, slice_of("a,d"), counts));
	zone_free(zone);
	inventory_free(inventory);
}
END_TEST

static const struct {
	const char *text, *message;
} bad[] = {
	{ "node,cpus,memory_mb,from\na,8,1024,July\n",
	  "nodes.txt, line 2: from=July is not a date such as 2025-01-31" },
	{ "node,cpus,memory_mb,from\na,8,1024,\na,16,1024,2025-07-01\n",
	  "nodes.txt, line 3: node a has another shape than in the list before: jobs could not be told apart by it; leave out "
	  "the older list" },
	{ "NODELIST NODES PARTITION STATE\ncn1 1 batch* idle\n",
	  "nodes.txt, line 1: it has no column of CPUs: `scontrol show node -o` prints all that is needed" },
	{ "HOSTNAMES|CPUS\ncn1|8\n",
	  "nodes.txt, line 1: it has no column of memory: `scontrol show node -o` prints all that is needed" },
	{ "cn1,cpu,rack02,1,1-c01\n",
	  "nodes.txt, line 1: this is not the output of `scontrol show node`" },
	{ "NODELIST|CPUS|MEMORY\ncn1|8|1024\ncn2|8|1024\ncn1|16|1024\n",
	  "nodes.txt, line 4: node cn1 stands there twice, with different shapes" },
	{ "NODELIST CPUS MEMORY\ncn1 8 1024\ncn2 64+ 1024\n",
	  "nodes.txt, line 3: cpus=64+ is not a number" },
	{ "NODELIST CPUS MEMORY\ncn1 8 1024+\n",
	  "nodes.txt, line 2: memory=1024+ is not a number" },
	{ "NODELIST CPUS MEMORY\ncn1 8\n",
	  "nodes.txt, line 2: fewer fields than the header names" },
	{ "NODELIST CPUS MEMORY\ncn1 8 1024 x\n",
	  "nodes.txt, line 2: more fields than the header names" },
	{ "NODELIST CPUS MEMORY\ncn[1- 8 1024\n",
	  "nodes.txt, line 2: cn[1- is not the name of a node" },
	{ "NODELIST S:C:T MEMORY\ncn1 2:x:1 1024\n", "nodes.txt, line 2: S:C:T=x is not a number" },
	{ "NODELIST S:C:T MEMORY\ncn1 99999:99999:99999 1024\n",
	  "nodes.txt, line 2: S:C:T=99999 is not a number" },
	{ "NODELIST CPUS MEMORY\n",
	  "nodes.txt: no node in it: it should be the output of `scontrol show node -o`" },
	{ "node,cpus,memory\na,8,1024\n",
	  "nodes.txt, line 2: memory has no unit: call the column memory_gb or memory_mb" },
	{ "node,cpus,memory\na,8,1024 apples\n",
	  "nodes.txt, line 2: memory=1024 apples is not a number" },
	{ "node,cpus,memory_mb\na,,1024\n", "nodes.txt, line 2: node a has no CPUs or no memory" },
	{ "node,cpus,memory_mb,gpu_type\na,8,1024,\"a,b\"\n",
	  "nodes.txt, line 2: the type of a GPU has a comma or a quote in it" },
	{ "node,cpus,cores,memory_mb,gpus,gpu_type\na,8,8,1024,0,,9\n",
	  "nodes.txt, line 2: more fields than the header names" },
	{ "", "nodes.txt: no node in it: it should be the output of `scontrol show node -o`" },
	{ "\n \n", "nodes.txt: no node in it: it should be the output of `scontrol show node -o`" },
	{ "JobID|User\n1|a\n",
	  "nodes.txt, line 1: this is not the output of `scontrol show node`" },
	{ "NodeName=a CPUTot=8 RealMemory=x1\n",
	  "nodes.txt, line 1: RealMemory=x1 is not a number" },
	{ "NodeName=a CPUTot=-8 RealMemory=1024\n",
	  "nodes.txt, line 1: CPUTot=-8 is not a number" },
	{ "NodeName=a CPUTot=99999999999 RealMemory=1024\n",
	  "nodes.txt, line 1: CPUTot=99999999999 is not a number" },
	{ "NodeName=a\n   CPUTot=8\n   RealMemory=10\x1bZ\n",
	  "nodes.txt, line 3: RealMemory=10\\x1bZ is not a number" },
	{ "NodeName=a CPUTot=8\n\nNodeName=b CPUTot=8 RealMemory=1024\n",
	  "nodes.txt, line 1: node a has no CPUTot or no RealMemory" },
	{ "NodeName=a CPUTot=8 RealMemory=1024\nNodeName=b\x07 RealMemory=1024\n",
	  "nodes.txt, line 2: node b\\x07 has no CPUTot or no RealMemory" },
	{ "NodeName=a CPUTot=8 RealMemory=10240\nNodeName=b CPUTot=8 RealMemory=10240\nNodeName=a CPUTot=4 "
	  "RealMemory=10240\n",
	  "nodes.txt, line 3: node a stands there twice, with different shapes" },
	{ "node,cpus,cores,memory_mb,gpus,gpu_type,source\na,4,4,1,0,,red\n",
	  "nodes.txt, line 2: the source of a node is given or inferred" },
	{ "node,cpus,cores,memory_mb,gpus,gpu_type,source\na,4,4,1,0\n",
	  "nodes.txt, line 2: fewer fields than the header names" },
	{ "node,cpus,cores,memory_mb,gpus,gpu_type,source\na,4,4,0,0,,given\n",
	  "nodes.txt, line 2: node a has no CPUs or no memory" },
};

START_TEST(a_bad_inventory_is_refused_with_file_and_line)
{
	char *path = write_file("nodes.txt", bad[_i].text);
	struct inventory *inventory = inventory_new();
	g_autoptr(GError) error = NULL;
	ck_assert(!inventory_load(inventory, path, "", &error));
	ck_assert_str_eq(error->message, bad[_i].message);
	inventory_free(inventory);
	remove_file(path);
}
END_TEST

START_TEST(an_inventory_that_is_not_there_is_an_error)
{
	struct inventory *inventory = inventory_new();
	g_autoptr(GError) error = NULL;
	ck_assert(!inventory_load(inventory, "/nonexistent/nodes.txt", "", &error));
	ck_assert(g_str_has_prefix(error->message, "/nonexistent/nodes.txt: "));
	inventory_free(inventory);
}
END_TEST

/* Jobs from which shapes are learned; each says little, together they say: cn01, cn02 and cn003 are
 * as large as the largest share that any of them gave, and gpu1 is of its own kind. */
static void lessons(struct job jobs[5])
{
	jobs[0] = job_on("cn01", 1, 8);
	jobs[0].memory_bytes = 16 * GIB;
	jobs[1] = job_on("cn02", 1, 2);
	jobs[1].memory_bytes = 100 * GIB;
	/* 31 CPUs over two nodes: one of them gave at least 16. */
	jobs[2] = job_on("cn[02,003]", 2, 31);
	jobs[3] = job_on("gpu1", 1, 4);
	jobs[3].gpus = 2;
	jobs[3].memory_bytes = VALUE_UNLIMITED;
	/* It never ran. */
	jobs[4] = job_on("cn04", 0, 999);
}

START_TEST(shapes_are_learned_by_stem_in_any_order)
{
	struct job jobs[5];
	lessons(jobs);
	struct inventory *inventory = inventory_new();
	struct survey survey;
	survey_init(&survey);
	for (int i = 0; i < 5; i++)
		survey_add(&survey, inventory, &jobs[_i == 0 ? i : 4 - i]);
	inventory_finish(inventory);
	ck_assert(!inventory_given(inventory));
	ck_assert_uint_eq(inventory_learned(inventory), 4);
	ck_assert_uint_eq(inventory_pools(inventory), 2);
	assert_pool(inventory, 0, "16 cores, 100 GiB", 3, 16, 16, 0);
	assert_pool(inventory, 1, "2 × GPU, 4 cores, memory not known", 1, 4, 4, 2);
	ck_assert(inventory_pool(inventory, 0)->inferred);
	ck_assert_int_eq(inventory_pool(inventory, 0)->shape.memory_kib, 100 * GIB_KIB);
	guint counts[2];
	ck_assert(inventory_place(inventory, slice_of("cn003,gpu1"), counts));
	ck_assert_uint_eq(counts[0], 1);
	ck_assert_uint_eq(counts[1], 1);
	ck_assert(!inventory_place(inventory, slice_of("cn04"), counts));
	inventory_free(inventory);
}
END_TEST

START_TEST(stems_of_one_shape_are_one_pool)
{
	struct inventory *inventory = inventory_new();
	static const char *const hosts[] = { "a1", "rack1-n1", "rack2-n7", "b" };
	for (guint i = 0; i < G_N_ELEMENTS(hosts); i++) {
		struct job job = job_on(hosts[i], 1, i == 3 ? 4 : 8);
		inventory_learn(inventory, &job);
	}
	inventory_finish(inventory);
	ck_assert_uint_eq(inventory_pools(inventory), 2);
	assert_pool(inventory, 0, "8 cores, memory not known", 3, 8, 8, 0);
	assert_pool(inventory, 1, "4 cores, memory not known", 1, 4, 4, 0);
	inventory_free(inventory);
}
END_TEST

START_TEST(what_is_given_is_not_changed_by_jobs_and_comes_first)
{
	struct inventory *inventory = inventory_from("NodeName=cn1 CPUTot=8 RealMemory=10240\n");
	struct job larger = job_on("cn1", 1, 64), elsewhere = job_on("cn[2-3]", 2, 32);
	inventory_learn(inventory, &larger);
	inventory_learn(inventory, &elsewhere);
	inventory_finish(inventory);
	ck_assert_uint_eq(inventory_learned(inventory), 2);
	ck_assert_uint_eq(inventory_pools(inventory), 2);
	assert_pool(inventory, 0, "8 cores, 10 GiB", 1, 8, 8, 0);
	ck_assert(!inventory_pool(inventory, 0)->inferred);
	assert_pool(inventory, 1, "16 cores, memory not known", 2, 16, 16, 0);
	ck_assert(inventory_pool(inventory, 1)->inferred);
	inventory_free(inventory);
}
END_TEST

START_TEST(a_list_that_names_no_known_node_has_no_place)
{
	struct inventory *inventory = inventory_from("NodeName=cn1 CPUTot=8 RealMemory=10240\n");
	inventory_finish(inventory);
	static const char *const lists[] = { "",        "None assigned", "cn2",
		                             "cn1,cn2", "cn[1-",         "cn[1-2]" };
	for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
		guint counts[1];
		ck_assert_msg(!inventory_place(inventory, slice_of(lists[i]), counts) ||
		                      counts[0] == 0,
		              "%s", lists[i]);
	}
	inventory_free(inventory);
}
END_TEST

START_TEST(a_survey_knows_the_first_and_the_last_end)
{
	struct inventory *inventory = inventory_new();
	struct survey survey;
	survey_init(&survey);
	ck_assert_int_eq(survey.extent.first_end, VALUE_UNKNOWN);
	struct job first = job_on("a1", 1, 1), second = job_on("a2", 1, 1),
		   open = job_on("a3", 1, 1);
	job_time_set(&first, T0, 100);
	job_time_set(&second, T0 - 500, 50);
	job_time_set(&open, T0, 9999);
	open.state = STATE_RUNNING;
	survey_add(&survey, inventory, &first);
	survey_add(&survey, inventory, &second);
	survey_add(&survey, inventory, &open);
	ck_assert_int_eq(survey.jobs, 3);
	ck_assert_int_eq(survey.extent.first_end, T0 - 450);
	ck_assert_int_eq(survey.extent.last_end, T0 + 100);
	inventory_free(inventory);
}
END_TEST

START_TEST(its_text_is_read_back_as_it_was)
{
	struct inventory *inventory = inventory_from(one_line);
	/* The last two have more than any node. */
	struct job jobs[] = { job_on("zz[01-03]", 3, 7), job_on("aa1", 1, 4), job_on("cn01", 1, 9),
		              job_on("yy1", 1, 100000), job_on("xx1", 1, G_MAXUINT32) };
	jobs[0].memory_bytes = 10 * GIB + 1;
	jobs[1].gpus = 2;
	jobs[4].memory_bytes = G_MAXINT64 - 1;
	jobs[4].gpus = G_MAXUINT32;
	for (guint i = 0; i < G_N_ELEMENTS(jobs); i++)
		inventory_learn(inventory, &jobs[i]);
	inventory_finish(inventory);
	g_autofree char *text = inventory_text(inventory);
	struct inventory *read = inventory_from(text);
	inventory_finish(read);
	g_autofree char *again = inventory_text(read);
	ck_assert_str_eq(text, again);
	ck_assert(g_str_has_prefix(text, "node,cpus,cores,memory_mb,gpus,gpu_type,source\n"
	                                 "aa1,4,4,0,2,,inferred\nbig01,62,62,2048000,0,,given\n"));
	ck_assert_uint_eq(inventory_pools(read), inventory_pools(inventory));
	for (guint p = 0; p < inventory_pools(read); p++) {
		const struct pool *one = inventory_pool(inventory, p),
				  *other = inventory_pool(read, p);
		assert_pool(read, p, one->label, one->nodes, one->shape.cpus, one->shape.cores,
		            one->shape.gpus);
		ck_assert_int_eq(one->shape.memory_kib, other->shape.memory_kib);
		ck_assert_int_eq(one->inferred, other->inferred);
	}
	ck_assert(inventory_given(read));
	inventory_free(read);
	inventory_free(inventory);
}
END_TEST

START_TEST(what_was_inferred_is_not_given_when_it_is_read_back)
{
	struct inventory *inventory = inventory_from(
		"node,cpus,cores,memory_mb,gpus,gpu_type,source\na1,4,4,0,0,,inferred\n");
	struct job job = job_on("a[1-2]", 2, 32);
	ck_assert(!inventory_given(inventory));
	ck_assert_uint_eq(inventory_learned(inventory), 1);
	inventory_learn(inventory, &job);
	inventory_finish(inventory);
	assert_pool(inventory, 0, "16 cores, memory not known", 2, 16, 16, 0);
	inventory_free(inventory);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("inventory");
	TCase *cases = tcase_create("inventory");
	tcase_add_loop_test(cases, both_forms_of_scontrol_give_the_same_pools, 0, 2);
	tcase_add_loop_test(cases, gpus_are_counted_in_every_spelling, 0, G_N_ELEMENTS(gres));
	tcase_add_test(cases, hardware_threads_make_another_pool);
	tcase_add_loop_test(cases, a_table_gives_the_pools_that_scontrol_gives, 0,
	                    G_N_ELEMENTS(tables));
	tcase_add_test(cases, lists_of_several_days_are_steps_of_capacity);
	tcase_add_loop_test(cases, a_bad_inventory_is_refused_with_file_and_line, 0,
	                    G_N_ELEMENTS(bad));
	tcase_add_test(cases, an_inventory_that_is_not_there_is_an_error);
	tcase_add_loop_test(cases, shapes_are_learned_by_stem_in_any_order, 0, 2);
	tcase_add_test(cases, stems_of_one_shape_are_one_pool);
	tcase_add_test(cases, what_is_given_is_not_changed_by_jobs_and_comes_first);
	tcase_add_test(cases, a_list_that_names_no_known_node_has_no_place);
	tcase_add_test(cases, its_text_is_read_back_as_it_was);
	tcase_add_test(cases, what_was_inferred_is_not_given_when_it_is_read_back);
	tcase_add_test(cases, a_survey_knows_the_first_and_the_last_end);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
