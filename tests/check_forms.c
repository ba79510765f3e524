/* SPDX-License-Identifier: Apache-2.0 */
/* Every form and every oddity in which jobs come, each in a small file of its own with what must be
 * read from it; and random jobs, written in every form and read back. */
#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "record/reader.h"

static char *folder, *path;
static struct zone *zone;

static void setup(void)
{
	folder = g_dir_make_tmp("check-forms-XXXXXX", NULL);
	path = g_build_filename(folder, "jobs", NULL);
	zone = zone_new(NULL, NULL);
}

static void teardown(void)
{
	zone_free(zone);
	g_unlink(path);
	ck_assert_int_eq(g_rmdir(folder), 0);
	g_free(path);
	g_free(folder);
}

static struct reader *opened(const char *text, gssize length, const char *columns)
{
	char *paths[] = { path, NULL };
	GError *error = NULL;
	struct reader *reader;

	ck_assert(g_file_set_contents(path, text, length, NULL));
	reader = reader_open_as(paths, columns, zone, &error);
	ck_assert_msg(reader != NULL, "%s", error ? error->message : "");
	return reader;
}

static void assert_identity(const struct reading *reading)
{
	ck_assert_uint_eq(reading->rows, reading->jobs + reading->steps + reading->duplicates +
						 reading_set_aside(reading));
}

static void tell_number(GString *all, gint64 number)
{
	if (number == VALUE_UNKNOWN)
		g_string_append(all, " ?");
	else if (number == VALUE_UNLIMITED)
		g_string_append(all, " max");
	else
		g_string_append_printf(all, " %" G_GINT64_FORMAT, number);
}

/* "7 ann/pi COMPLETED elapsed limit nodes cpus gpus MB cpu-ms peak-KB steps" a job, then the rows
 * set aside and mended. */
static char *told(struct reader *reader)
{
	GString *all = g_string_new(NULL);
	const struct reading *reading = reader_reading(reader);
	GError *error = NULL;
	struct job job;

	while (reader_next(reader, &job, &error)) {
		gint64 mb = job.memory_bytes, kb = job.memory_peak_bytes;

		g_string_append_printf(all, "%.*s %.*s/%.*s %s", (int)job.id.length, job.id.data,
				       (int)job.user.length, job.user.data,
				       (int)job.account.length, job.account.data,
				       state_name(job.state));
		tell_number(all, job.elapsed_seconds);
		tell_number(all, job.limit_seconds);
		tell_number(all, job.nodes);
		tell_number(all, job.cpus);
		tell_number(all, job.gpus);
		tell_number(all, mb > 0 && mb != VALUE_UNLIMITED ? mb >> 20 : mb);
		tell_number(all, job.cpu_used_milliseconds);
		tell_number(all, kb > 0 ? kb >> 10 : kb);
		tell_number(all, job.steps);
		g_string_append(all, job.flagged ? " flagged\n" : "\n");
		assert_identity(reading);
	}
	ck_assert_ptr_null(error);
	assert_identity(reading);
	for (guint i = 0; i < ASIDES; i++)
		if (reading->set_aside[i] > 0)
			g_string_append_printf(all, "%" G_GUINT64_FORMAT " %s\n",
					       reading->set_aside[i],
					       set_aside_name((enum set_aside)i));
	if (reading->mended > 0)
		g_string_append_printf(all, "%" G_GUINT64_FORMAT " mended\n", reading->mended);
	return g_string_free(all, FALSE);
}

/* Forms and oddities, one each */

#define S "2024-03-05T10:00:00"
#define E "2024-03-05T11:00:00"
#define HEAD "JobID|User|Account|State|Start|End|ElapsedRaw|AllocCPUS|NodeList"
#define WIDE "JobID%20|User%-12|Account%8|State%15|Start|End|ElapsedRaw|AllocCPUS|NodeList%60"
#define REST "|" S "|" E "|3600|4|n1"
#define JOB7 "7 ann/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0\n"
#define BOM "\xef\xbb\xbf"
#define TWELVE(d)                                                                                  \
	"User" d "Account" d "Group" d "ReqCPUS" d "ReqMem" d "NNodes" d "NodeList" d "AllocTRES" d \
	"ReqTRES" d "Submit" d "Start" d "End\n"
#define XDMOD                                                                                      \
	"7|7|lab|batch|normal|pi|grp|100|ann|500|" S "|" S "|" S "|" E "|01:00:00|0:0|COMPLETED|"  \
	"1|4|4|2000Mc|cpu=4|cpu=4,mem=8000M,node=1|1-00:00:00|n1|a name"
#define COST                                                                                       \
	"COMPLETED|7|4|2000Mc|1|c7&spot|" S "|" S "|" S "|01:00:00|00:00:00|" E                    \
	"|0:0|0:0|1|4||||||04:00:00|00:01.5|00:00.5|00:02.000"

static const struct {
	const char *columns, *text, *jobs;
} cases[] = {
	/* forms of sacct's */
	{ NULL, HEAD "\n7|ann|pi|COMPLETED" REST "\n", JOB7 },
	{ NULL, HEAD "|\n7|ann|pi|COMPLETED" REST "|\n", JOB7 },
	{ NULL, "# of a site\n\n" HEAD "\r\n7|ann|pi|COMPLETED" REST "\r\n\r\n", JOB7 },
	{ NULL, "JobID|State|Start|End\r\r\n7|COMPLETED|" S "|" E "\r\r\n",
	  "7 / COMPLETED 3600 ? 1 0 0 ? ? ? 0\n" },
	{ "User,JobID,Account,State,Start,End,ElapsedRaw,AllocCPUS,NodeList",
	  ";7;pi;COMPLETED;" S ";" E ";3600;4;n1\n", "7 /pi COMPLETED 3600 ? 1 4 0 ? ? ? 0\n" },
	{ NULL, "JobID ||State ||Start||End \r\r\n7 ||COMPLETED||" S "||" E "\r\r\n",
	  "7 / COMPLETED 3600 ? 1 0 0 ? ? ? 0\n" },
	{ NULL, HEAD "\n7|ann|pi|COMPLETED" REST, JOB7 },
	{ "JobID,User,Account,State,Start,End,ElapsedRaw,AllocCPUS,NodeList",
	  "7|ann|pi|COMPLETED" REST "\n", JOB7 },
	{ "jobid,user,account,state,start,end,elapsedraw,alloccpus,nodelist",
	  "7☃ann☃pi☃COMPLETED☃" S "☃" E "☃3600☃4☃n1☃\n", JOB7 },
	{ NULL, "Jobs/User|JobID|User|State\n1|7|ann|COMPLETED\n",
	  "7 ann/ COMPLETED 0 ? 0 0 0 ? ? ? 0\n" },
	/* a header that was made of what sacct was given */
	{ NULL, WIDE "\n7|ann|pi|COMPLETED" REST "\n" WIDE "\n8|x|pi|COMPLETED" REST "\n",
	  JOB7 "8 x/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0\n" },
	{ NULL, "#JobID%20|User%-12|State%15\n7|ann|COMPLETED\n",
	  "7 ann/ COMPLETED 0 ? 0 0 0 ? ? ? 0\n" },
	/* the first rows may be odd as any other */
	{ "JobID,User,Account,State,Start,End,ElapsedRaw,AllocCPUS,NodeList",
	  "left of a row\n8|ann|pi|DONE" REST "\n7|ann|pi|pe|COMPLETED" REST "\n7|ann|pi|COMPLETED" REST "\n",
	  "7 ann/pi|pe COMPLETED 3600 ? 1 4 0 ? ? ? 0 flagged\n" JOB7
	  "1 wrong number of fields\n1 unknown state\n1 mended\n" },
	/* a delimiter behind each row and none behind the header */
	{ NULL, HEAD "\n7|ann|pi|COMPLETED" REST "|\n8|bob|pi|COMPLETED" REST "|\n",
	  JOB7 "8 bob/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0\n" },
	/* blanks that belong to the delimiter, that belong to the header alone, and about quotes */
	{ NULL, "JobID; User; Account; State; Start; End; ElapsedRaw; AllocCPUS; NodeList; \n"
		"7; ann; pi; COMPLETED; " S "; " E "; 3600; 4; n1; \n", JOB7 },
	{ NULL, "JobID | User | Account | State | Start | End | ElapsedRaw | AllocCPUS | NodeList\n"
		"7 | ann | pi | COMPLETED | " S " | " E " | 3600 | 4 | n1\n", JOB7 },
	{ "JobID,User,Account,State,Start,End,ElapsedRaw,AllocCPUS,NodeList",
	  "7; ann; pi; COMPLETED; " S "; " E "; 3600; 4; n1\n", JOB7 },
	{ "JobID,User,Account,State,Start,End,ElapsedRaw,AllocCPUS,NodeList",
	  "7 | ann | pi | COMPLETED | " S " | " E " | 3600 | 4 | n1 | \n", JOB7 },
	{ NULL, "JobID | User | Account | State | Start | End | ElapsedRaw | AllocCPUS | NodeList\n"
		"7|ann|pi|COMPLETED" REST "\n", JOB7 },
	{ NULL,
	  "\"JobID\"; \"User\"; \"Account\"; \"State\"; \"Start\"; \"End\"; \"ElapsedRaw\"; \"AllocCPUS\"; \"NodeList\"\n"
		"7; \"ann\"; \"pi\"; COMPLETED; " S "; " E "; 3600; 4; n1\n", JOB7 },
	{ NULL, XDMOD "\n", "7 ann/pi COMPLETED 3600 86400 1 4 0 8000 ? ? 0\n" },
	{ NULL, COST "\n", "7 / COMPLETED 3600 ? 1 4 0 8000 2000 ? 0\n" },
	{ NULL, "# a note\n" COST "|us-east\n" COST "\n",
	  "7 / COMPLETED 3600 ? 1 4 0 8000 2000 ? 0\n"
	  "7 / COMPLETED 3600 ? 1 4 0 8000 2000 ? 0\n1 mended\n" },
	{ NULL, HEAD "\n7|ann|pi|COMPLETED" REST "\n" HEAD "\n7|ann|pi|COMPLETED" REST "\n",
	  JOB7 JOB7 },
	{ NULL, BOM HEAD "\n7|ann|pi|COMPLETED" REST "\n" BOM HEAD "\n8|ann|pi|COMPLETED" REST "\n",
	  JOB7 "8 ann/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0\n" },
	{ NULL, BOM "\"JobID\",\"State\",\"Start\",\"ElapsedRaw\"\r\n7,COMPLETED," S ",60\r\n"
		BOM "\"JobID\",\"State\",\"Start\",\"ElapsedRaw\"\r\n8,COMPLETED," S ",60\r\n",
	  "7 / COMPLETED 60 ? 1 0 0 ? ? ? 0\n8 / COMPLETED 60 ? 1 0 0 ? ? ? 0\n" },
	/* a header in the words of another version */
	{ NULL, HEAD "|Reserved\n7|ann|pi|COMPLETED" REST "|00:00:01\n"
		"jobid|user|account|state|start|end|elapsedraw|alloccpus|nodelist|Planned\n"
		"8|x|pi|COMPLETED" REST "|00:00:01\n",
	  JOB7 "8 x/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0\n" },
	/* in capitals, but not squeue's */
	{ NULL,
	  "JOBID|USER|ACCOUNT|STATE|START|END|ELAPSEDRAW|ALLOCCPUS|NODELIST\n7|ann|pi|COMPLETED" REST "\n", JOB7 },
	/* any order; rows that somebody has taken out; two clusters that number their jobs alike */
	{ NULL, "NodeList|AllocCPUS|ElapsedRaw|End|Start|State|Account|User|JobID\n"
		"n1|4|3600|" E "|" S "|COMPLETED|pi|ann|7\n", JOB7 },
	{ NULL,
	  "State|" HEAD "\n#COMPLETED|7|ann|pi|COMPLETED" REST "\nFAILED|8|bob|pi|FAILED" REST "\n",
	  "8 bob/pi FAILED 3600 ? 1 4 0 ? ? ? 0\n" },
	{ NULL, "Cluster|" HEAD "\na|7|ann|pi|COMPLETED" REST "\nCluster|" HEAD "\n"
		"b|7|ann|pi|COMPLETED" REST "\nCluster|" HEAD "\nb|7|ann|pi|COMPLETED" REST "\n",
	  JOB7 JOB7 },
	/* times that bear their offset, or are seconds since 1970 */
	{ NULL, "JobID|User|Account|State|Start|End|AllocCPUS|NodeList\n"
		"7|ann|pi|COMPLETED|2024-03-05T10:00:00+02:00|2024-03-05T10:00:00+0100|4|n1\n",
			JOB7 },
	{ NULL, "JobID|User|Account|State|Start|End|AllocCPUS|NodeList\n"
		"7|ann|pi|COMPLETED|1709632800|1709636400|4|n1\n", JOB7 },
	{ NULL, "JobID|User|Account|State|Start|End|AllocCPUS|NodeList\n"
		"7|ann|pi|PENDING|None|Unknown|4|None assigned\n"
		"8|ann|pi|PENDING|||4|\n",
	  "7 ann/pi PENDING 0 ? 0 4 0 ? ? ? 0\n8 ann/pi PENDING 0 ? 0 4 0 ? ? ? 0\n" },
	/* processor time beyond a month; the larger of typed and untyped GPUs */
	{ NULL, HEAD "|TotalCPU|AllocTRES\n7|ann|pi|COMPLETED" REST
		"|45-02:03:04|billing=9,cpu=4,gres/gpu:a100=2,gres/gpu=2,mem=62.50G,node=1\n",
	  "7 ann/pi COMPLETED 3600 ? 1 4 2 64000 3895384000 ? 0\n" },
	/* which job a row is of */
	{ NULL,
	  "JobID|JobIDRaw|State|ElapsedRaw|Start|NodeList\n"
	  "9_[1-4,7%2]|9|PENDING|0|Unknown|None assigned\n9_5|12|COMPLETED|60|" S "|n1\n"
	  "9_5.batch|12.batch|COMPLETED|60|" S "|n1\n162+1|163|COMPLETED|60|" S "|n2\n"
	  "162+1.0|163.0|COMPLETED|60|" S "|n2\n",
	  "9_[1-4,7%2] / PENDING 0 ? 0 0 0 ? ? ? 0\n9_5 / COMPLETED 60 ? 1 0 0 ? ? ? 1\n"
	  "162+1 / COMPLETED 60 ? 1 0 0 ? ? ? 1\n" },
	{ NULL, "JobID|State|Start|ElapsedRaw\n7.0|COMPLETED|" S "|60\n7|COMPLETED|" S "|60\n",
	  "7 / COMPLETED 60 ? 1 0 0 ? ? ? 1\n" },
	{ NULL,
	  "JobID|Cluster|State|Start|ElapsedRaw\n7.0|a|COMPLETED|" S "|60\n7.0|b|COMPLETED|" S "|60\n7.1|b|COMPLETED|" S
		"|60\n7|a|COMPLETED|" S "|60\n7|b|COMPLETED|" S "|60\n",
	  "7 / COMPLETED 60 ? 1 0 0 ? ? ? 1\n7 / COMPLETED 60 ? 1 0 0 ? ? ? 2\n" },
	{ NULL, "JobID|State|Start|ElapsedRaw\n6.0|COMPLETED|" S "|60\n7|COMPLETED|" S "|60\n",
	  "7 / COMPLETED 60 ? 1 0 0 ? ? ? 0 flagged\n1 a step without its job\n" },
	/* steps whose ids a spreadsheet has made numbers of, behind a run, and the run after it;
	 * and jobs of which nobody says whose they are */
	{ NULL, "JobID|User|State|Submit|Start|ElapsedRaw|AllocCPUS|TotalCPU\n"
		"7|ann|REQUEUED|" S "|" S "|60|4|00:00:00\n7||REQUEUED|" S "|" S "|60|4|00:01:00\n7.1||REQUEUED|" S "|" S "|60|4|00:01:00\n"
		"7|ann|COMPLETED|" E "|" E "|60|4|00:00:00\n7||COMPLETED|" E "|" E "|60|4|00:02:00\n",
	  "7 ann/ REQUEUED 60 ? 1 4 0 ? 120000 ? 2\n7 ann/ COMPLETED 60 ? 1 4 0 ? 120000 ? 1\n" },
	{ NULL, "JobID|User|State|Submit|Start|ElapsedRaw|AllocCPUS\n"
		"7||REQUEUED|" S "|" S "|60|4\n7||COMPLETED|" E "|" E "|60|4\n",
	  "7 / REQUEUED 60 ? 1 4 0 ? ? ? 0\n7 / COMPLETED 60 ? 1 4 0 ? ? ? 0\n" },
	/* the twelve columns, with bars and as quoted CSV: a row of nobody is a step */
	{ NULL,
	  TWELVE("|") "ann|pi|g|4|1000M|2|n[1,3]|cpu=4,mem=2G,node=2|cpu=4|" S "|" S "|" E "\n"
		"|pi||4||1|n1|cpu=4,mem=2G,node=1||" S "|" S "|" E "\n",
	  " ann/pi UNKNOWN 3600 ? 2 4 0 2048 ? ? 1\n" },
	{ NULL,
	  TWELVE(",") "ann,pi,g,4,1000M,2,\"n[1,3]\",\"cpu=4,mem=2G,node=2\",cpu=4," S "," S "," E "\n",
	  " ann/pi UNKNOWN 3600 ? 2 4 0 2048 ? ? 0\n" },
	/* a log in the Standard Workload Format: a job that stopped at checkpoints, and
	 * one that does not say how many processors it asked for */
	{ NULL, "; UnixStartTime: 1709632800\n"
		"7 0 10 3600 4 900.5 1024 4 7200 2048 1 5 2 -1 1 1 -1 -1\n"
		"7 0 10 1600 4 900.5 1024 4 7200 2048 2 5 2 -1 1 1 -1 -1\n"
		"7 -1 3610 2000 4 900.5 1024 4 7200 2048 4 5 2 -1 1 1 -1 -1\n"
		"8 200 0 60 2 -1 -1 -1 -1 3072 0 5 2 7 1 -1 -1 -1\n",
	  "7 user5/ COMPLETED 3600 7200 1 4 0 8 3602000 4096 2\n8 user5/ FAILED 60 ? 1 2 0 6 ? ? 0\n" },
	/* tables of other programs */
	{ NULL,
	  "user,group,account,job_id,cpus_req,mem_req,mem_used,cpu_time_used,walltime_used,nodes,"
	  "nodelist,submit_time,start_time,end_time\n"
	  "\"ann\",g,pi,7,4,8000,512.5,7200.25,3600.0,1,\"n1\",2024-03-05 09:00:00,"
	  "2024-03-05 10:00:00,2024-03-05 11:00:00\n",
	  "7 ann/pi UNKNOWN 3600 ? 1 4 0 8000 7200250 524800 0\n" },
	{ NULL,
	  "id_job,account,state,time_submit,time_start,time_end,cpus_req,nodes_alloc,mem_req,"
	  "timelimit,tres_alloc\n"
	  "7,pi,3,1709628000,1709632800,1709636400,20,1,9223372036854777808,60,"
	  "\"1=20,2=170000,4=1,1001=2\"\n"
	  "8,pi,5,1709628000,1709632800,1709636400,20,1,9223372036854777808,60,\"\"\n",
	  "7 /pi COMPLETED 3600 3600 1 20 2 170000 ? ? 0\n"
	  "8 /pi FAILED 3600 3600 1 20 0 40000 ? ? 0\n" },
	{ NULL,
	  "id_job\tstate\ttime_submit\ttime_start\ttime_end\tcpus_req\tnodelist\n"
	  "7\t4\t1709628000\t0\t1709632800\t20\tNULL\n",
	  "7 / CANCELLED 0 ? 0 20 0 ? ? ? 0\n" },
	{ NULL,
	  "id_job\tuser\taccount\tstate\ttime_start\ttime_end\tcpus_req\tnodelist\n"
	  "7\tNULL\tpi\t3\t1709632800\t1709636400\t20\tn1\n"
	  "8\tann\t\\N\t3\t1709632800\t1709636400\t20\tn1\n",
	  "7 /pi COMPLETED 3600 ? 1 20 0 ? ? ? 0\n8 ann/ COMPLETED 3600 ? 1 20 0 ? ? ? 0\n" },
	{ NULL,
	  "job_id,user,account,wallclock_req,nodes_req,processors_req,gpus_req,mem_req,submit_time,"
	  "start_time,end_time,run_time,state\n"
	  "7,ann,pi,172800.0,2,8,1,0.0,2024-03-05 09:00:00,2024-03-05 10:00:00,"
	  "2024-03-05 11:00:00,3600.0,COMPLETED\n",
	  "7 ann/pi COMPLETED 3600 172800 2 8 1 ? ? ? 0\n" },
	{ NULL, "job_id,user,gpu_num,cpu_num,node_num,state,start_time,end_time,duration\n"
		"7,ann,8,64,2,COMPLETED,2024-03-05 10:00:00,2024-03-05 11:00:00,3600\n",
	  "7 ann/ COMPLETED 3600 ? 2 64 8 ? ? ? 0\n" },
	/* jobcomp/mysql, whose last start is a corner of a machine that is gone */
	{ NULL,
	  "jobid\tuid\tuser_name\tgid\tgroup_name\tname\tstate\tpartition\ttimelimit\tstarttime\tendtime\tnodelist\tnodecnt\t"
		"proc_cnt\tstart\n"
		"7\t17\tann\t3\tg\trun\tCOMPLETED\tbatch\t60\t1709632800\t1709636400\tn[1-2]\t2\t8\tNULL\n",
	  "7 ann/ COMPLETED 3600 3600 2 8 0 ? ? ? 0\n" },
	{ NULL, "user_ID,submit_time,start_time,end_time,node_count\n"
		"1,2024-03-05 09:00:00-06:00,2024-03-05 10:00:00-06:00,2024-03-05 11:00:00-06:00,48\n",
	  " / UNKNOWN 3600 ? 48 0 0 ? ? ? 0\n" },
	{ NULL,
	  "job_id,job_state,start_time,end_time,num_cores_alloc,num_nodes_alloc,num_gpus_alloc\n"
		"7,COMPLETED,2024-03-05 10:00:00,2024-03-05 11:00:00,64,2,4\n",
	  "7 / COMPLETED 3600 ? 2 64 4 ? ? ? 0\n" },
	{ NULL, "v=1,JobID=7,User=ann,Account=pi,State=COMPLETED,Start=2024-03-05T11:00:00+01:00,"
		"ElapsedRaw=3600,\"AllocTRES=cpu=4,mem=2G,node=1\",NodeList=n1\n"
		"v=1,JobID=7.0,State=COMPLETED,MaxRSS=12K,ElapsedRaw=1\n",
	  "7 ann/pi COMPLETED 3600 ? 1 4 0 2048 ? 12 1\n" },
	{ NULL, "; UnixStartTime: 1000000000\n7 0 9 3600 4 100 2048 4 7200 -1 1 3 5 -1 1 1 -1 -1\n"
		"8 0 9 -1 -1 -1 -1 4 7200 1024 5 3 5 -1 1 1 -1 -1\n",
	  "7 user3/ COMPLETED 3600 7200 1 4 0 ? 400000 8192 0\n"
	  "8 user3/ CANCELLED 0 7200 0 4 0 4 ? ? 0\n" },
	{ NULL, HEAD "\n# Columns, such as JobID,User,Account\n7|ann|pi|COMPLETED" REST "\n",
	  "7 ann/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0\n" },
	/* numbers of rows, for which R has no name, and NA for those that are missing */
	{ NULL,
	  "JobID|JobIDRaw|Cluster|User|Account|State|Start|ElapsedRaw|TimelimitRaw|AllocCPUS\n"
		"1|7|7|lab|ann|pi|COMPLETED|" S "|60|2|4\n"
		"2|7.batch|7.batch|lab||pi|COMPLETED|" S "|60|NA|4\n"
		"3|7.0|7.0|lab||pi|COMPLETED|" S "|60|NA|NA\n",
	  "7 ann/pi COMPLETED 60 120 1 4 0 ? ? ? 2\n" },
	/* rows that can only have been one thing */
	{ NULL, "JobID|JobName|State|Start|ElapsedRaw\n7|a|b\nc|COMPLETED|" S "|60\n",
	  "7 / COMPLETED 60 ? 1 0 0 ? ? ? 0\n1 mended\n" },
	{ NULL,
	  "JobID|JobName|Layout|MaxDiskReadNode|MaxRSS|McsLabel|State|Start|ElapsedRaw\n7|a|b|||||COMPLETED|" S "|60\n",
	  "7 / COMPLETED 60 ? 1 0 0 ? ? ? 0\n1 mended\n" },
	{ NULL,
	  "JobID|AveVMSize|BlockID|Cluster|Comment|Constraints|ConsumedEnergy|State|Start|ElapsedRaw\n"
		"7|||lab||a100|v100||COMPLETED|" S "|60\n",
	  "7 / COMPLETED 60 ? 1 0 0 ? ? ? 0\n1 mended\n" },
	{ NULL, HEAD "\n7|ann|pi|pe|COMPLETED" REST "\n",
	  "7 ann/pi|pe COMPLETED 3600 ? 1 4 0 ? ? ? 0\n1 mended\n" },
	{ NULL, HEAD "\n7|ann|pi|COMPLETED|" S "|" E "|3600\n",
	  "7 ann/pi COMPLETED 3600 ? 1 0 0 ? ? ? 0\n1 mended\n" },
	{ NULL,
	  "JobID,State,Start,ElapsedRaw,ReqTRES,AllocTRES,NodeList\n"
	  "7,COMPLETED," S ",60,cpu=4,mem=1G,node=1,cpu=4,mem=2G,node=1,n[1,3]\n",
	  "7 / COMPLETED 60 ? 2 4 0 2048 ? ? 0\n1 mended\n" },
	{ NULL,
	  "JobID,State,Start,ElapsedRaw,NTasks,TRESUsageInTot,TRESUsageInAve,NodeList\n"
	  "7,COMPLETED," S ",60,,,,n[1,3]\n"
	  "7.0,COMPLETED," S ",60,1,cpu=00:00:50,energy=0,mem=12K,pages=0,vmem=50K,cpu=00:00:50,mem=12K,n1\n",
	  "7 / COMPLETED 60 ? 2 0 0 ? 50000 12 1\n2 mended\n" },
	{ NULL,
	  "JobID|State|Start|ElapsedRaw|SubmitLine|Suspended|SystemComment|SystemCPU|Timelimit|"
	  "TimelimitRaw|TotalCPU|TRESUsageInAve|TRESUsageInMax|TRESUsageInMaxNode\n"
	  "7|COMPLETED|" S "|3600|sbatch a || exit|00:00:00||00:00.100|02:00:00|120|00:50:00|||\n",
	  "7 / COMPLETED 3600 7200 1 0 0 ? 3000000 ? 0\n1 mended\n" },
	{ NULL,
	  "JobID|State|Start|ElapsedRaw|SubmitLine|Suspended|SystemComment|TotalCPU\n"
	  "7|COMPLETED|" S "|3600|sbatch a || exit|00:00:00||00:50:00\n",
	  "7 / COMPLETED 3600 ? 1 0 0 ? 3000000 ? 0\n1 mended\n" },
	/* and those that cannot */
	{ NULL, "JobID+JobIDRaw+Cluster+User+Account+State+Start+ElapsedRaw\n"
		"7+0+7+lab+ann+pi+COMPLETED+" S "+60\n8+8+lab+ann+pi+COMPLETED+" S "+60\n"
		"9+9+lab+ann+pi+COMPLETED+" S "+60\n",
	  "8 ann/pi COMPLETED 60 ? 1 0 0 ? ? ? 0 flagged\n"
	  "9 ann/pi COMPLETED 60 ? 1 0 0 ? ? ? 0\n1 wrong number of fields\n" },
	{ NULL, HEAD "\n7|ann|pi|COMPLETED" REST "\n8|x|ann|pi|COMPLETED" REST "\n",
	  "7 ann/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0\n8 x/ann|pi COMPLETED 3600 ? 1 4 0 ? ? ? 0\n"
	  "1 mended\n" },
	{ NULL, HEAD "\n7|ann|pi|COMPLETED" REST "\n8|x|COMPLETED" REST "\n",
	  "7 ann/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0 flagged\n1 wrong number of fields\n" },
	{ NULL, HEAD "\n7|ann|pi|COMPLETED" REST "\n8|ann|pi|DONE" REST "\n",
	  "7 ann/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0 flagged\n1 unknown state\n" },
	{ NULL,
	  HEAD "\n7|ann|pi|COMPLETED" REST "\nsacct: error: Broken pipe\n8|bob|pi|COMPLETED" REST "\n",
	  "7 ann/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0 flagged\n8 bob/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0 flagged\n"
	  "1 a message of sacct's: the export may be incomplete\n" },
	{ NULL, HEAD "\n7|ann|pi|COMPLETED" REST "\nSlurm accounting storage is disabled\n",
	  "7 ann/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0 flagged\n1 a message of sacct's: the export may be incomplete\n" },
	{ NULL, HEAD "\n7|ann|pi|COMPLETED" REST "\n8|ann|pi|COMPL",
	  "7 ann/pi COMPLETED 3600 ? 1 4 0 ? ? ? 0 flagged\n1 cut off at the end of the file\n" },
};

START_TEST(a_form_is_read_for_what_it_says)
{
	struct reader *reader = opened(cases[_i].text, -1, cases[_i].columns);
	g_autofree char *jobs = told(reader);

	ck_assert_str_eq(jobs, cases[_i].jobs);
	reader_close(reader);
}
END_TEST

/* --format=ALL of any version is some of these. */
START_TEST(an_export_of_all_columns_is_read)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *jobs = NULL;
	struct reader *reader;

	for (enum column column = 0; column < COLUMNS; column++)
		g_string_append_printf(text, "%s%s", column > 0 ? "|" : "",
		                       column_info(column)->name);
	for (enum column column = 0; column < COLUMNS; column++)
		g_string_append_printf(text, "%s%s", column > 0 ? "|" : "\n",
				       column == COLUMN_JOB_ID       ? "7"
				       : column == COLUMN_USER       ? "ann"
				       : column == COLUMN_ACCOUNT    ? "pi"
				       : column == COLUMN_STATE      ? "COMPLETED"
				       : column == COLUMN_START      ? S
				       : column == COLUMN_ELAPSED    ? "01:00:00"
				       : column == COLUMN_ALLOC_CPUS ? "4"
				       : column == COLUMN_NODE_LIST  ? "n1"
				       : column == COLUMN_FLAGS      ? "SchedBackfill"
				       : column == COLUMN_WORK_DIR   ? "/home/ann"
								     : "");
	reader = opened(text->str, -1, NULL);
	jobs = told(reader);
	ck_assert_str_eq(jobs, JOB7);
	ck_assert_uint_eq(reader_reading(reader)->unknown_columns->len, 0);
	reader_close(reader);
}
END_TEST

/* Amounts of memory of a job with 4 CPUs on 2 nodes. */
static const struct {
	const char *memory;
	gint64 megabytes;
	gboolean whole_node;
} amounts[] = {
	{ "1000", 1000, FALSE },        { "1000M", 1000, FALSE },
	{ "62.50G", 64000, FALSE },     { "1T", 1 << 20, FALSE },
	{ "3072K", 3, FALSE },          { "1000Mn", 2000, FALSE },
	{ "1000Mc", 4000, FALSE },      { "2147486448Mn", 11200, FALSE },
	{ "2147486448", 11200, FALSE }, { "9223372036854778608", 11200, FALSE },
	{ "0n", VALUE_UNKNOWN, TRUE },  { "0", VALUE_UNKNOWN, TRUE },
	{ "1M", 1, FALSE },             { "1Mn", VALUE_UNKNOWN, FALSE },
	{ "", VALUE_UNKNOWN, FALSE },   { "18446744073709551614", VALUE_UNKNOWN, FALSE },
	{ "18446744073709551615", VALUE_UNKNOWN, FALSE },
	{ "2147483647", VALUE_UNLIMITED, TRUE },
	{ "9223372036854775807", VALUE_UNLIMITED, TRUE },
};

START_TEST(an_amount_of_memory_is_that_of_the_job)
{
	g_autofree char *text =
		g_strconcat("JobID|State|Start|ElapsedRaw|AllocCPUS|NodeList|ReqMem\n"
	                    "7|COMPLETED|" S "|60|4|n[1-2]|",
	                    amounts[_i].memory, "\n", NULL);
	struct reader *reader = opened(text, -1, NULL);
	struct job job;

	ck_assert(reader_next(reader, &job, NULL));
	if (amounts[_i].megabytes == VALUE_UNKNOWN || amounts[_i].megabytes == VALUE_UNLIMITED)
		ck_assert_int_eq(job.memory_bytes, amounts[_i].megabytes);
	else
		ck_assert_int_eq(job.memory_bytes, amounts[_i].megabytes << 20);
	ck_assert_int_eq(job.whole_node_memory, amounts[_i].whole_node);
	reader_close(reader);
}
END_TEST

/* What is refused, and where to go from there. */
static const struct {
	const char *text, *says;
} refused[] = {
	{ "03/05/2024 10:00:00;E;123.server;user=ann group=g queue=batch\n", "PBS" },
	{ "ACCOUNT|GROUP|JOBID|USER|EXEC_HOST|TIME_LEFT|END_TIME\npi|g|7|ann|n1|10:00|" S "\n",
	  "output of squeue" },
	{ "JOBID|USER|ACCOUNT|STATE|START_TIME|END_TIME|CPUS|NODES|NODELIST\n7|ann|pi|RUNNING|" S "|" E "|4|1|n1\n",
	  "output of squeue" },
	{ "JOBID    USER     ACCOUNT  START_TIME           END_TIME             NODELIST \n",
	  "output of squeue" },
	{ "             JOBID PARTITION     NAME     USER ST       TIME  NODES NODELIST(REASON)\n",
	  "output of squeue" },
	{ "JobID           JobName  Partition\n------------ ---------- ----------\n",
	  "--parsable2" },
	{ "{\"jobs\": []}\n", "--json" },
	{ "JobId=7 JobName=a\n", "output of scontrol" },
	{ "7|ann|pi|COMPLETED" REST "\n", "--columns" },
	{ "; Version: 2\n1 2 3\n", "UnixStartTime" },
	{ "; UnixStartTime: 0\n1 0 9 3600 4 100 2048 4 7200 -1 1 3 5 -1 1 1 -1 -1\n",
	  "UnixStartTime" },
	{ "<html>\n", "web page" },
	{ "sacct: error: slow\n", "error message instead of jobs (“sacct: error: slow”)" },
	{ "sacct: error: slow\n" HEAD "\n7|ann|pi|COMPLETED" REST "\n",
	  "before the header stands a line that is no part of the export (“sacct: error: slow”): take it out" },
	{ "a banner of the login node\n" HEAD "\n7|ann|pi|COMPLETED" REST "\n",
	  "before the header stands a line that is no part of the export (“a banner of the login node”)" },
	{ "Usage by User/Account/Partition\n" HEAD "\n7|ann|pi|COMPLETED" REST "\n",
	  "before the header stands a line that is no part of the export (“Usage by User/Acc" },
	{ "     ----------\n      Welcome\n" HEAD "\n7|ann|pi|COMPLETED" REST "\n",
	  "before the header stand 2 lines that are no part of the export" },
	{ "----------\nWelcome\n" HEAD "\n7|ann|pi|COMPLETED" REST "\n",
	  "before the header stand 2 lines that are no part of the export" },
	{ "+--------+\n| User, Account |\n+--------+\n" HEAD "\n7|ann|pi|COMPLETED" REST "\n",
	  "before the header stand 3 lines that are no part of the export" },
	{ "╔═════════╗\n║ Welcome ║\n╚═════════╝\n" HEAD "\n7|ann|pi|COMPLETED" REST "\n",
	  "before the header stand 3 lines that are no part of the export" },
	{ "Fields - Start - End - State\n" HEAD "\n7|ann|pi|COMPLETED" REST "\n",
	  "before the header stands a line that is no part of the export (“Fields - Start" },
	{ "[root@login ~]$ sacct -aP -o JobID,User,State,Start,End\n" HEAD "\n7|ann|pi|COMPLETED" REST "\n",
	  "before the header stands a line that is no part of the export (“[root@login ~]$ sacct -aP -o" },
	/* the ids were lost without a word */
	{ "> " HEAD "\n> 7|ann|pi|COMPLETED" REST "\n",
	  "the first column is called “> JobID”: take what stands before JobID out" },
	{ "jan.psv:" HEAD "\njan.psv:7|ann|pi|COMPLETED" REST "\n",
	  "the first column is called “jan.psv:JobID”" },
	{ "\"" HEAD "\"\n\"7|ann|pi|COMPLETED" REST "\"\n",
	  "the first column is called “\"JobID”" },
	{ "1:" HEAD "\n2:7|ann|pi|COMPLETED" REST "\n", "its lines are numbered, as by grep -n" },
	{ "     1\t" HEAD "\n     2\t7|ann|pi|COMPLETED" REST "\n", "its lines are numbered" },
	{ "#!/bin/sh\nsacct -aP -o JobID,User,State,Start,End\n",
	  "this calls sacct, and is not what sacct printed" },
	/* a job may be called so */
	{ "7|ann|pi|sacct -X|COMPLETED" REST "\n", "the first line names no known column" },
	{ "Cluster|User|Account|Share\nlab|ann|pi|1\n", "neither job ids nor" },
	{ "Cluster|NodeName|TimeStart|TimeEnd|State|Reason|User\nlab|n1|" S "|" E "|DOWN|x|root\n",
	  "these are events of nodes, not jobs: give them with --events" },
	{ "node,start,end,state\nn1," S "," E ",DOWN\n",
	  "these are events of nodes, not jobs: give them with --events" },
	{ "----------\nCluster/Account/User Utilization " S " - " E "\nCluster|Account|Used\n",
	  "with --sreport when it is of the cluster's utilization" },
	{ "----------\nCluster Utilization " S " - " E "\n",
	  "with --sreport when it is of the cluster's utilization" },
	/* what stands before a header on several lines, and what only looks like that */
	{ "srun: job 9 queued\nsrun: job 9 started\n" HEAD "\n7|ann|pi|COMPLETED" REST "\n",
	  "before the header stand 2 lines that are no part of the export (“srun: job 9 queued” …): take them out" },
	{ "7|ann|pi|COMPLETED" REST "\n8|ann|pi|COMPLETED" REST "\n" HEAD "\n9|ann|pi|COMPLETED" REST "\n",
	  "the first line names no known column" },
	{ "bash: sacct: command not found\n",
	  "error message instead of jobs (“bash: sacct: command not found”)" },
	{ "Slurm accounting storage is disabled\n", "error message instead of jobs" },
	/* what this program writes */
	{ "{\n  \"program\" : \"reclaim\",\n  \"version\" : \"1\"\n",
	  "a manifest or a report.json" },
	{ "{\n  \"program\": \"reclaim\",\n", "a manifest or a report.json" },
	{ "node,cpus,cores,memory_mb,gpus,gpu_type\nn1,4,4,1000,0,\n", "give it with --inventory" },
	{ "kind,name,pseudonym\n",
	  "a mapping, which is secret, and no export: give it with --mapping" },
	/* Slurm's own */
	{ "JobId=7 UserId=ann(1) GroupId=pi(1) Name=a JobState=COMPLETED\n",
	  "a log of Slurm's jobcomp/filetxt" },
	{ "Job ID: 7\nCluster: lab\n", "output of seff" },
	{ "---\njobs:\n- account: pi\n",
	  "this is YAML: run sacct again with --parsable2 instead of --yaml" },
	{ "jobs:\n- account: pi\n", "this is YAML" },
	{ "%YAML 1.1\n---\njobs:\n- account: pi\n", "this is YAML" },
	{ "  jobs:\n  - account: pi\n", "this is YAML" },
	{ "\n   <!DOCTYPE html>\n", "web page" },
	{ "2024-03-05T10:00:00.250+01:00;E;123.server;user=ann group=g queue=batch\n", "PBS" },
	{ S ";R;7;ann;pi;" S "\n", "the first line names no known column" },
	{ "bash: line 1: /opt/slurm/bin/sacct: No such file or directory\n",
	  "error message instead of jobs" },
	{ "\x1b[1mJobID|User|State|Start|End\x1b[0m\n7|ann|COMPLETED|" S "|" E "\n",
	  "the colours of a terminal" },
	/* its database */
	{ "-- MySQL dump 10.13\n--\n", "an SQL dump" },
	{ "/*!40101 SET NAMES utf8 */;\n", "an SQL dump" },
	{ "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\n", "an SQL dump" },
	{ "*******************************************************\nsdiag output at Fri Mar 01 10:00:00 2024 (1709287200)\n",
	  "names no known column" },
	{ "INSERT INTO `lab_job_table` VALUES (1);\n", "an SQL dump" },
	{ "+--------+------+\n| JobID  | User |\n+--------+------+\n|      7 | ann  |\n",
	  "run mysql with --batch" },
	{ "+--------+------+\n| id_job | user |\n+--------+------+\n|      7 | ann  |\n",
	  "run mysql with --batch" },
	/* other schedulers */
	{ "a.q:n1:pi:ann:a:7:sge:0:1709632800:1709632800:1709636400:0:0:3600:1:1:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:"
	  "NONE:d:smp:4:0:1:0:0:-u:0:NONE:0:0\n",
	  "records of Grid Engine" },
	{ "==============\nqname        a.q\nhostname     n1\n", "records of Grid Engine" },
	{ "\"JOB_FINISH\" \"10.1\" 1709636400 7 1 33554482 4\n", "records of LSF" },
	{ "\nAccounting information about jobs that are: \n  - submitted by all users.\n",
	  "records of LSF" },
	{ "JOBID   USER    STAT  QUEUE      FROM_HOST   EXEC_HOST   JOB_NAME   SUBMIT_TIME\n",
	  "records of LSF" },
	{ "Job id            Name             User              Time Use S Queue\n",
	  "records of PBS" },
	{ "Job Id: 7.server\n    Job_Name = a\n", "records of PBS" },
};

START_TEST(what_is_not_read_is_said_with_what_to_do)
{
	char *paths[] = { path, NULL };
	g_autoptr(GError) error = NULL;

	ck_assert(g_file_set_contents(path, refused[_i].text, -1, NULL));
	ck_assert_ptr_null(reader_open(paths, zone, &error));
	ck_assert_msg(strstr(error->message, refused[_i].says) != NULL, "%s", error->message);
}
END_TEST

/* Random jobs in every form */

#define JOBS 60

struct made {
	guint id, user, account, state;
	gint64 submit, start, elapsed, cpus, nodes, megabytes, gpus, limit_minutes, used_ms,
		peak_kb;
	const char *name; /* free text */
};

static const char *const states[] = { "PENDING",   "RUNNING", "SUSPENDED", "COMPLETED",
				      "CANCELLED", "FAILED",  "TIMEOUT",   "NODE_FAIL" };
/* The last ones need mending. */
static const char *const job_names[] = { "a",      "run.sh", "x=1,y=2", "☃",   "\"quoted\"", "-",
					 "a b",    "{D}",    "p{D}q{D}", "a\nb", "a\n\n{D}b" };

static struct made make(GRand *random, guint id)
{
	struct made made = { .id = id };

	made.user = (guint)g_rand_int_range(random, 1, 9);
	made.account = (guint)g_rand_int_range(random, 1, 4);
	made.state = (guint)g_rand_int_range(random, 3, G_N_ELEMENTS(states));
	made.submit = 1700000000 + g_rand_int_range(random, 0, 50000000);
	made.start = made.submit + g_rand_int_range(random, 0, 100000);
	made.elapsed = g_rand_int_range(random, 1, 40 * 86400);
	made.nodes = g_rand_int_range(random, 1, 5);
	made.cpus = made.nodes * g_rand_int_range(random, 1, 129);
	made.megabytes = g_rand_int_range(random, 1, 2000000);
	made.gpus = g_rand_int_range(random, 0, 9);
	made.limit_minutes = g_rand_int_range(random, 1, 60000);
	made.used_ms = g_rand_int_range(random, 1, 2000000000);
	made.peak_kb = g_rand_int_range(random, 1, 2000000000);
	made.name = job_names[g_rand_int_range(random, 0, G_N_ELEMENTS(job_names))];
	return made;
}

enum what { ID, USER, ACCOUNT, NAME, STATE, SUBMIT, START, END, ELAPSED, CPUS, NODES, MEMORY, TRES,
	    LIMIT, USED, PEAK, WHATS };

struct form {
	const char *delimiter;
	gboolean header, quoted, epoch, clocks, trailing, pairs;
	const char *end;
	const char *names[WHATS]; /* NULL: the column is not there */
};

#define NAMES { "JobID", "User", "Account", "JobName", "State", "Submit", "Start", "End", "ElapsedRaw", \
		"AllocCPUS", "NodeList", "ReqMem", "AllocTRES", "TimelimitRaw", "TotalCPU", "MaxRSS" }

static const struct form forms[] = {
	{ "|", TRUE, FALSE, FALSE, FALSE, FALSE, FALSE, "\n", NAMES },
	{ "|", TRUE, FALSE, TRUE, TRUE, TRUE, FALSE, "\n", NAMES },
	{ "|", FALSE, FALSE, FALSE, TRUE, FALSE, FALSE, "\r\n", NAMES },
	{ ";", TRUE, FALSE, FALSE, FALSE, FALSE, FALSE, "\n", NAMES },
	{ "\t", TRUE, FALSE, TRUE, FALSE, TRUE, FALSE, "\r\n", NAMES },
	{ "\x1f", TRUE, FALSE, FALSE, FALSE, FALSE, FALSE, "\n", NAMES },
	{ "☃", TRUE, FALSE, FALSE, FALSE, TRUE, FALSE, "\n", NAMES },
	{ "☃", FALSE, FALSE, TRUE, FALSE, FALSE, FALSE, "\n", NAMES },
	{ "<3f9a0b>", TRUE, FALSE, FALSE, TRUE, FALSE, FALSE, "\n", NAMES },
	{ ",", TRUE, TRUE, FALSE, FALSE, FALSE, FALSE, "\n", NAMES },
	{ ",", TRUE, TRUE, TRUE, TRUE, FALSE, FALSE, "\r\n", NAMES },
	{ ",", FALSE, TRUE, FALSE, FALSE, FALSE, TRUE, "\n", NAMES },
	{ ",", TRUE, TRUE, TRUE, FALSE, FALSE, FALSE, "\n",
	  { "job_id", "user", "account", "job_name", "state", "submit_time", "start_time",
	    "end_time",
	    "walltime_used", "cpus_alloc", "nodelist", "mem_req", "tres_alloc", "timelimit", NULL,
	            NULL } },
};

static char *clock_of(gint64 milliseconds)
{
	gint64 seconds = milliseconds / 1000;

	if (seconds < 3600)
		return g_strdup_printf("%02d:%02d.%03d", (int)(seconds / 60), (int)(seconds % 60),
				       (int)(milliseconds % 1000));
	if (seconds < 86400)
		return g_strdup_printf("%02d:%02d:%02d", (int)(seconds / 3600),
				       (int)(seconds / 60 % 60), (int)(seconds % 60));
	return g_strdup_printf("%d-%02d:%02d:%02d", (int)(seconds / 86400),
	                       (int)(seconds / 3600 % 24), (int)(seconds / 60 % 60),
	                       (int)(seconds % 60));
}

static char *time_of(const struct form *form, gint64 seconds)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);

	if (form->epoch)
		return g_strdup_printf("%" G_GINT64_FORMAT, seconds);
	return g_date_time_format(time, "%Y-%m-%dT%H:%M:%S");
}

static char *name_in(const struct form *form, const struct made *made)
{
	g_auto(GStrv) parts = g_strsplit(made->name, "{D}", -1);

	return g_strjoinv(form->quoted ? "," : form->delimiter, parts);
}

static char *value_of(const struct form *form, const struct made *made, enum what what,
                      gboolean step)
{
	switch (what) {
	case ID:
		return g_strdup_printf(step ? "%u.batch" : "%u", made->id);
	case USER:
		return step ? g_strdup("") : g_strdup_printf("user%u", made->user);
	case ACCOUNT:
		return g_strdup_printf("account %u", made->account);
	case NAME:
		return step ? g_strdup("batch") : name_in(form, made);
	case STATE:
		return g_strdup_printf("%s%s", states[made->state],
		                       strcmp(states[made->state], "CANCELLED") == 0 ? " by 7"
		                                                                     : "");
	case SUBMIT:
		return time_of(form, made->submit);
	case START:
		return time_of(form, made->start);
	case END:
		return time_of(form, made->start + made->elapsed);
	case ELAPSED:
		return g_strdup_printf("%" G_GINT64_FORMAT, made->elapsed);
	case CPUS:
		return g_strdup_printf("%" G_GINT64_FORMAT, made->cpus);
	case NODES:
		return made->nodes == 1 ? g_strdup("cn07")
					: g_strdup_printf("cn[01,03-%02d]", (int)made->nodes + 1);
	case MEMORY:
		return step ? g_strdup("")
			    : g_strdup_printf("%" G_GINT64_FORMAT "M", made->megabytes);
	case TRES:
		return g_strdup_printf("billing=1,cpu=%d,gres/gpu=%d,mem=%dM,node=%d",
		                       (int)made->cpus, (int)made->gpus, (int)made->megabytes,
		                       (int)made->nodes);
	case LIMIT:
		if (step)
			return g_strdup("");
		return form->clocks ? clock_of(made->limit_minutes * 60000)
				    : g_strdup_printf("%d", (int)made->limit_minutes);
	case USED:
		return clock_of(made->used_ms);
	case PEAK:
		return step ? g_strdup_printf("%" G_GINT64_FORMAT "K", made->peak_kb)
		            : g_strdup("");
	default:
		return NULL;
	}
}

static void put(GString *text, const struct form *form, const char *value, gboolean last)
{
	if (form->quoted && strpbrk(value, ",\"\n ")) {
		g_auto(GStrv) parts = g_strsplit(value, "\"", -1);
		g_autofree char *doubled = g_strjoinv("\"\"", parts);

		g_string_append_printf(text, "\"%s\"", doubled);
	} else {
		g_string_append(text, value);
	}
	if (!last || form->trailing)
		g_string_append(text, form->delimiter);
	if (last)
		g_string_append(text, form->end);
}

static void put_row(GString *text, const struct form *form, const enum what *order,
		    const struct made *made, gboolean step)
{
	for (guint i = 0; i < WHATS; i++) {
		const char *name = form->names[order[i]];
		gboolean last = i == WHATS - 1;
		g_autofree char *value = made && name ? value_of(form, made, order[i], step)
						      : g_strdup(name ? name : "Extra");
		g_autofree char *pair = form->pairs
		                                ? g_strconcat(name ? name : "", "=", value, NULL)
		                                : NULL;

		if (!name && made)
			put(text, form, "", last);
		else
			put(text, form, pair ? pair : value, last);
	}
}

/* Any order that leaves the id first, and checked columns about the free text. */
static void shuffle(GRand *random, enum what *order)
{
	for (guint i = 0; i < WHATS; i++)
		order[i] = (enum what)i;
	for (guint i = WHATS - 1; i > 1; i--) {
		guint other = (guint)g_rand_int_range(random, 1, (gint)i + 1);
		enum what kept = order[i];

		order[i] = order[other];
		order[other] = kept;
	}
}

static guint place_of(const enum what *order, enum what what)
{
	guint at = 0;

	while (order[at] != what)
		at++;
	return at;
}

/* Whether between the two stands a column that an odd word cannot pass for. */
static gboolean apart(const enum what *order, guint one, guint other)
{
	for (guint i = MIN(one, other) + 1; i < MAX(one, other); i++)
		if (order[i] == STATE || order[i] == SUBMIT || order[i] == START || order[i] == END)
			return TRUE;
	return FALSE;
}

/* Where an account or nothing stands behind the free text, it cannot be told where that ends: there
 * no row needs mending. */
static void tame(struct made *made, const struct form *form, const enum what *order)
{
	guint name = place_of(order, NAME), account = place_of(order, ACCOUNT);
	gboolean plain = !strpbrk(made->name, "\n{") && !strstr(made->name, form->delimiter);

	if (plain || form->quoted)
		return;
	if (name == WHATS - 1 || !apart(order, name, account) || !form->names[USED])
		made->name = "tame";
	if (!form->header && strpbrk(made->name, "\n"))
		made->name = "tame";
}

static void compare(const struct form *form, const struct made *made, const struct job *job)
{
	g_autofree char *id = g_strdup_printf("%u", made->id);
	g_autofree char *user = g_strdup_printf("user%u", made->user);
	g_autofree char *account = g_strdup_printf("account %u", made->account);

	ck_assert(slice_is(job->id, id));
	ck_assert(slice_is(job->user, user));
	ck_assert(slice_is(job->account, account));
	ck_assert_str_eq(state_name(job->state), states[made->state]);
	ck_assert_int_eq(job->submit, made->submit);
	ck_assert_int_eq(job->start, made->start);
	ck_assert_int_eq(job->end, made->start + made->elapsed);
	ck_assert_int_eq(job->elapsed_seconds, made->elapsed);
	ck_assert_int_eq(job->cpus, made->cpus);
	ck_assert_int_eq(job->nodes, made->nodes);
	ck_assert_int_eq(job->gpus, made->gpus);
	ck_assert_int_eq(job->memory_bytes, made->megabytes << 20);
	ck_assert_int_eq(job->limit_seconds, made->limit_minutes * 60);
	ck_assert_int_eq(job->steps, 1);
	ck_assert(job->ran && !job->flagged);
	if (!form->names[USED])
		return;
	ck_assert_int_eq(job->memory_peak_bytes, made->peak_kb << 10);
	ck_assert_int_eq(job->cpu_used_milliseconds,
			 made->used_ms < 3600000 ? made->used_ms : made->used_ms / 1000 * 1000);
}

static char *told_columns(const struct form *form, const enum what *order)
{
	GString *columns = g_string_new(NULL);

	for (guint i = 0; i < WHATS; i++)
		g_string_append_printf(columns, "%s%s", i > 0 ? "," : "", form->names[order[i]]);
	return g_string_free(columns, FALSE);
}

static void round_trip(const struct form *form, guint32 seed)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(seed);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *columns = NULL;
	struct made jobs[JOBS];
	enum what order[WHATS];
	struct reader *reader;
	struct job job;

	shuffle(random, order);
	if (form->header)
		put_row(text, form, order, NULL, FALSE);
	else if (!form->pairs)
		columns = told_columns(form, order);
	for (guint i = 0; i < JOBS; i++) {
		jobs[i] = make(random, i + 1);
		if (i == 0)
			jobs[i].name = "first";
		tame(&jobs[i], form, order);
		put_row(text, form, order, &jobs[i], FALSE);
		put_row(text, form, order, &jobs[i], TRUE);
	}
	reader = opened(text->str, (gssize)text->len, columns);
	for (guint i = 0; i < JOBS; i++) {
		ck_assert_msg(reader_next(reader, &job, NULL), "seed %u: job %u of %u", seed, i,
		              JOBS);
		compare(form, &jobs[i], &job);
	}
	ck_assert(!reader_next(reader, &job, NULL));
	ck_assert_uint_eq(reading_set_aside(reader_reading(reader)), 0);
	assert_identity(reader_reading(reader));
	reader_close(reader);
}

START_TEST(random_jobs_are_read_back_from_every_form)
{
	for (guint32 seed = 0; seed < 40; seed++)
		round_trip(&forms[_i], seed);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("forms");
	TCase *all = tcase_create("all");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(all, 60);
	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_loop_test(all, a_form_is_read_for_what_it_says, 0, G_N_ELEMENTS(cases));
	tcase_add_test(all, an_export_of_all_columns_is_read);
	tcase_add_loop_test(all, an_amount_of_memory_is_that_of_the_job, 0, G_N_ELEMENTS(amounts));
	tcase_add_loop_test(all, what_is_not_read_is_said_with_what_to_do, 0,
	                    G_N_ELEMENTS(refused));
	tcase_add_loop_test(all, random_jobs_are_read_back_from_every_form, 0, G_N_ELEMENTS(forms));
	suite_add_tcase(suite, all);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
