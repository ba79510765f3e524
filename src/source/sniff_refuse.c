/* SPDX-License-Identifier: Apache-2.0 */
#include "source/sniff.h"

#include "base/error.h"
#include "base/terminal.h"
#include "source/split_text.h"

static struct slice next_word(struct slice *rest)
{
	size_t begin = 0, end;
	struct slice word;

	while (begin < rest->length && g_ascii_isspace(rest->data[begin]))
		begin++;
	for (end = begin; end < rest->length && !g_ascii_isspace(rest->data[end]);)
		end++;
	word = (struct slice){ rest->data + begin, end - begin };
	rest->data += end;
	rest->length -= end;
	return word;
}

static gboolean has_word(struct slice line, const char *wanted)
{
	for (struct slice word = next_word(&line); word.length > 0; word = next_word(&line))
		if (slice_is(word, wanted))
			return TRUE;
	return FALSE;
}

static guint known_words(struct slice line, const struct vocabulary *vocabulary)
{
	guint count = 0;

	for (struct slice word = next_word(&line); word.length > 0; word = next_word(&line))
		count += vocabulary_knows(vocabulary, sniff_name(word));
	return count;
}

gboolean sniff_is_message(struct slice line)
{
	return slice_starts(line, "sacct: ") ||
	       slice_starts(line, "Slurm accounting storage is disabled");
}

static gboolean refuse_message(struct slice header, GError **error)
{
	g_autofree char *words = terminal_escape(slice_trim(sniff_without_end(header)));

	if (strstr(words, "ReqGRES has been removed"))
		return error_failed(error,
				    "the file holds an error message instead of jobs (“%s”): "
				    "use ReqTRES instead of ReqGRES",
				    words);
	return error_failed(error, "the file holds an error message instead of jobs (“%s”)", words);
}

/* What a shell says where there is no sacct. */
static gboolean is_failure(struct slice line)
{
	g_autofree char *words = slice_dup(line);

	return strstr(words, "sacct") &&
	       (strstr(words, "not found") || strstr(words, "No such file"));
}

/* One of the characters U+2500 to U+257F. */
static gboolean is_box(struct slice line)
{
	line = slice_trim(line);
	return line.length >= 3 && line.data[0] == '\xe2' &&
	       (line.data[1] == '\x94' || line.data[1] == '\x95');
}

static guint count_of(struct slice text, const char *bytes)
{
	size_t length = strlen(bytes);
	guint count = 0;

	for (size_t at = 0; at + length <= text.length; at++)
		count += memcmp(text.data + at, bytes, length) == 0;
	return count;
}

/* "Cluster Utilization 2025-03-01T00:00:00 - 2025-03-31T23:59:59" has two times below dashes. */
static gboolean is_sreport(struct slice line, struct slice below)
{
	return slice_starts(line, "----------") && count_of(below, ":") >= 4;
}

/* What sreport and mysql begin with, and some greet with, too. */
static gboolean may_greet(struct slice line)
{
	return slice_starts(line, "----------") || slice_starts(line, "+--");
}

/* A login node greets in so many lines at most. */
#define LINES_BEFORE_HEADER 40

/* How many of the lines from this one on are none of the header's; 0 when no header follows. One
 * that is cut like the header is a row of an export without one; in a box stands none. */
static guint lines_before_header(struct slice line, struct slice next,
				 const struct vocabulary *vocabulary)
{
	gboolean framed = slice_starts(line, "+--");

	for (guint count = 1; count <= LINES_BEFORE_HEADER && next.length > 0; count++) {
		struct slice header = slice_cut(&next, '\n'), delimiter, fields[2];

		if (count == 1 && is_sreport(line, header))
			return 0;
		if (!is_box(header) && !(framed && slice_starts(header, "|")) &&
		    sniff_header(header, vocabulary, &delimiter))
			return count == 1 || split_text(line, delimiter, fields, 2) == 1 ? count
			                                                                 : 0;
	}
	return 0;
}

/* What sacct, ssh or a shell said on standard error. */
static gboolean refuse_before_header(struct slice line, guint count, GError **error)
{
	g_autofree char *words = terminal_escape(slice_trim(sniff_without_end(line)));

	if (count == 1)
		return error_failed(error,
		                    "before the header stands a line that is no part of the export "
		                    "(“%s”): take it out, when the export is complete all the same",
		                    words);
	return error_failed(error,
	                    "before the header stand %u lines that are no part of the export (“%s” "
	                    "…): take them out, when the export is complete all the same",
	                    count, words);
}

/* squeue's own names, behind which the others mean something else than sacct's. */
static const char *const queue_names[] = { "EXEC_HOST", "TIME_LEFT", "NODELIST(REASON)",
					   "OVER_SUBSCRIBE", "SCHEDNODES" };

/* The others, in capitals as only squeue has them. */
static const char *const queue_words[] = {
	"ACCOUNT", "ARRAY_JOB_ID", "ARRAY_TASK_ID", "COMMAND", "COMMENT", "CORE_SPEC", "CPUS",
		"DEPENDENCY", "END_TIME",
	"EXC_NODES", "FEATURES", "GROUP", "JOBID", "LICENSES", "MIN_CPUS", "MIN_MEMORY",
		"MIN_TMP_DISK", "NAME", "NODELIST",
	"NODES", "PARTITION", "PRIORITY", "QOS", "REASON", "REQ_NODES", "RESERVATION",
		"SOCKETS_PER_NODE", "ST", "START_TIME",
	"STATE", "SUBMIT_TIME", "TIME", "TIME_LIMIT", "TRES_PER_NODE", "UID", "USER", "WCKEY",
		"WORK_DIR",
};

static gboolean is_one_of(struct slice name, const char *const *list, guint count)
{
	for (guint i = 0; i < count; i++)
		if (slice_is(name, list[i]))
			return TRUE;
	return FALSE;
}

/* One name that only squeue has, or no other names than its own: when a job will end it calls
 * END_TIME. */
gboolean sniff_is_queue(struct slice header, struct slice delimiter)
{
	struct slice fields[SNIFF_FIELDS];
	guint count = MIN(split_text(sniff_without_end(header), delimiter, fields, SNIFF_FIELDS),
	                  SNIFF_FIELDS),
	      words = 0;
	gboolean has_id = FALSE;

	for (guint i = 0; i < count; i++) {
		struct slice name = sniff_name(fields[i]);

		if (is_one_of(name, queue_names, G_N_ELEMENTS(queue_names)))
			return TRUE;
		has_id |= slice_is(name, "JOBID");
		words += slice_empty(name) ||
		         is_one_of(name, queue_words, G_N_ELEMENTS(queue_words));
	}
	return has_id && count > 1 && words == count;
}

static gboolean is_queue(struct slice line)
{
	for (guint i = 0; i < SNIFF_USUAL; i++)
		if (sniff_is_queue(line, sniff_usual(i)))
			return TRUE;
	/* In columns blanks stand side by side. */
	return sniff_is_queue(line, slice_of(" ")) ||
	       (has_word(line, "JOBID") && has_word(line, "ST"));
}

/* 03/01/2024 10:00:00;E;123.server;user=… */
static gboolean is_pbs(struct slice line)
{
	struct slice time = slice_cut(&line, ';'), kind = slice_cut(&line, ';');

	slice_cut(&line, ';');
	return line.data && !memchr(line.data, ';', line.length) && kind.length == 1 &&
	       g_ascii_isupper(*kind.data) && time.length >= 19 && g_ascii_isdigit(*time.data) &&
	       memchr(time.data, ':', time.length);
}

/* queue:host:group:owner:name:number:account:priority:submitted:started:ended:… */
#define GRID_ENGINE_FIELDS 40

static gboolean is_grid_engine(struct slice line)
{
	static const guint8 numbers[] = { 5, 8, 9, 10 };
	struct slice fields[GRID_ENGINE_FIELDS];
	gint64 ignored;

	if (split_text(sniff_without_end(line), slice_of(":"), fields, GRID_ENGINE_FIELDS) <
	    GRID_ENGINE_FIELDS)
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		if (!slice_number(fields[numbers[i]], &ignored))
			return FALSE;
	return TRUE;
}

/* What other schedulers write and print begins so. */
static const struct {
	const char *begin, *scheduler;
} others[] = {
	{ "Job Id: ", "PBS" },         { "Job id  ", "PBS" },
	{ "\"JOB_FINISH\"", "LSF" },   { "\"JOB_NEW\"", "LSF" },
	{ "Accounting information about jobs", "LSF" },
	{ "Summary of time in seconds spent in various states", "LSF" },
	{ "qname  ", "Grid Engine" },
};

/* NULL when it is none that is known. */
static const char *other_scheduler(struct slice line, struct slice next)
{
	if (is_pbs(line))
		return "PBS";
	if (is_grid_engine(line) ||
	    (slice_starts(line, "==========") && slice_starts(next, "qname  ")))
		return "Grid Engine";
	if (has_word(line, "FROM_HOST"))
		return "LSF";
	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		if (slice_starts(line, others[i].begin))
			return others[i].scheduler;
	return NULL;
}

/* scontrol has the name behind the number of a job, the plugin whose job it is. */
static gboolean is_completion_log(struct slice line)
{
	return slice_starts(next_word(&line), "JobId=") &&
	       slice_starts(next_word(&line), "UserId=");
}

/* An object or a list, on one line or many. No export begins so. */
static gboolean is_json(struct slice line)
{
	line = slice_trim(sniff_without_end(line));
	return slice_starts(line, "{") || slice_is(line, "[") || slice_starts(line, "[{");
}

/* What reclaim writes as JSON says so first. */
static gboolean is_own(struct slice next)
{
	return slice_starts(next_word(&next), "\"program\"") &&
	       g_strstr_len(next.data, (gssize)MIN(next.length, 16), "\"reclaim\"");
}

/* Tables that are made to be looked at */

#define PSQL "this is a table that psql has drawn: run psql with --csv, or export with sacct and --parsable2"
#define MYSQL \
	"this is a table that mysql has drawn: run mysql with --batch, which puts tabs between fields, " \
	"or export with sacct and --parsable2"

/* ---+---, |---|:-:| and |---+---|, which nothing but a header has below it. */
static gboolean is_rule(struct slice line, gboolean *bars)
{
	guint dashes = 0, crossings = 0;

	*bars = FALSE;
	line = slice_trim(sniff_without_end(line));
	for (size_t i = 0; i < line.length; i++) {
		if (!line.data[i] || !strchr("-+|: ", line.data[i]))
			return FALSE;
		dashes += line.data[i] == '-';
		crossings += line.data[i] == '+' || line.data[i] == '|';
		*bars |= line.data[i] == '|';
	}
	return dashes >= 3 && crossings > 0;
}

gboolean sniff_refuse_drawn(struct slice line, struct slice next, GError **error)
{
	gboolean bars;

	if (is_rule(next, &bars))
		return error_failed(error, "%s",
		                    bars ? "this is a table of Markdown: give what it was made of, "
		                           "or export with sacct and --parsable2"
		                         : PSQL);
	if (is_box(line) || is_box(next))
		return error_failed(error, "this is a table that a program has drawn to be looked "
		                           "at: have it write CSV, or "
		                           "export with sacct and --parsable2");
	return TRUE;
}

static gboolean has_gap(struct slice line)
{
	return memmem(line.data, line.length, "  ", 2) != NULL;
}

/* Two columns may be words of a sentence. */
static gboolean refuse_blanks(struct slice line, struct slice next,
                              const struct vocabulary *vocabulary, GError **error)
{
	guint known = known_words(line, vocabulary);
	gboolean ruled = slice_starts(slice_trim(next), "---");

	if (known < 3 && !(known == 2 && ruled))
		return TRUE;
	if (ruled)
		return error_failed(error,
		                    "this is sacct's fixed-width output, with values cut off: "
		                    "run sacct again with --parsable2");
	if (has_gap(line) || has_gap(next))
		return error_failed(error, "this is a table aligned by blanks, as `column -t` "
		                           "makes them, in which nothing tells "
		                           "where a value is missing: give what it was made of, or "
		                           "run sacct with --parsable2");
	return error_failed(
		error, "this is a table with blanks between its fields, which stand in values, "
	               "too: run sacct with "
		       "--parsable2, or write it with another delimiter, as with sep=\"|\" in R");
}

/* Line ends */

/* What some editors and web pages end lines in: U+2028, U+2029, U+0085. */
static const struct {
	const char *bytes, *name, *sed;
} separators[] = {
	{ "\xe2\x80\xa8", "U+2028", "\\xe2\\x80\\xa8" },
	{ "\xe2\x80\xa9", "U+2029", "\\xe2\\x80\\xa9" },
	{ "\xc2\x85", "U+0085", "\\xc2\\x85" },
};

static gboolean refuse_separators(struct slice text, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(separators); i++)
		if (count_of(text, separators[i].bytes) > 1)
			return error_failed(error,
			                    "its lines end in %s, which no program takes for a "
			                    "line end: make newlines of them, "
			                    "such as with sed 's/%s/\\n/g'",
			                    separators[i].name, separators[i].sed);
	return TRUE;
}

static gboolean begins_with_digit(struct slice field)
{
	field = sniff_name(field);
	return field.length > 0 && g_ascii_isdigit(*field.data);
}

static gboolean may_be_name(struct slice field)
{
	field = sniff_name(field);
	return slice_empty(field) || g_ascii_isalpha(*field.data) || (guchar)*field.data >= 0x80;
}

/* Above a row of as many fields, in which there are numbers, nothing but names, though none is
 * known. */
static gboolean is_other_words(struct slice line, struct slice next, struct slice delimiter)
{
	struct slice names[SNIFF_FIELDS], values[SNIFF_FIELDS];
	guint count = sniff_split(sniff_without_end(line), delimiter, names, SNIFF_FIELDS),
	      numbers = 0;

	if (count < 3 || count > SNIFF_FIELDS ||
	    sniff_split(sniff_without_end(next), delimiter, values, SNIFF_FIELDS) != count)
		return FALSE;
	for (guint i = 0; i < count; i++) {
		if (!may_be_name(names[i]))
			return FALSE;
		numbers += begins_with_digit(values[i]);
	}
	return numbers > 0;
}

static gboolean refuse_other_words(struct slice line, struct slice next, GError **error)
{
	for (guint i = 0; i < SNIFF_USUAL; i++)
		if (is_other_words(line, next, sniff_usual(i)))
			return error_failed(error,
			                    "the first line is a header in other words than "
			                    "sacct's: call its columns as sacct does, such as "
			                    "JobID,User,Account,State,Start,End, or take it out "
			                    "and name them with --columns");
	return TRUE;
}

/* The known name in a line that may be a header, though with one alone it is taken for none. */
static struct slice find_known(struct slice line, struct slice delimiter,
                               const struct vocabulary *vocabulary)
{
	struct slice fields[SNIFF_FIELDS], known = { NULL, 0 };
	guint count = sniff_split(sniff_without_end(line), delimiter, fields, SNIFF_FIELDS);

	for (guint i = 0; i < MIN(count, SNIFF_FIELDS); i++) {
		if (!may_be_name(fields[i]))
			return (struct slice){ NULL, 0 };
		if (!slice_empty(fields[i]) && vocabulary_knows(vocabulary, sniff_name(fields[i])))
			known = sniff_name(fields[i]);
	}
	return known;
}

static gboolean refuse_single(struct slice line, const struct vocabulary *vocabulary,
                              GError **error)
{
	for (guint i = 0; i < SNIFF_USUAL; i++) {
		struct slice known = find_known(line, sniff_usual(i), vocabulary);
		g_autofree char *shown = terminal_escape(known);

		if (known.data)
			return error_failed(error,
			                    "the first line names one known column alone, %s, by "
			                    "which no job is told: export more, such as "
			                    "JobID,User,Account,State,Start,End,AllocCPUS, or call "
			                    "the others as sacct does",
			                    shown);
	}
	return TRUE;
}

/* Names that no line end closes: with one behind the last of them they would be a header. */
static gboolean refuse_endless(struct slice line, struct slice next,
                               const struct vocabulary *vocabulary, GError **error)
{
	struct slice fields[3];

	for (guint i = 0; i < SNIFF_USUAL && next.length == 0; i++)
		if (sniff_split(sniff_without_end(line), sniff_usual(i), fields, 3) > 2 &&
		    vocabulary_knows(vocabulary, sniff_name(fields[0])) &&
		    vocabulary_knows(vocabulary, sniff_name(fields[1])))
			return error_failed(error,
			                    "the first line begins as a header does, and does not "
			                    "end: line ends are lost, as echo $(sacct …) loses "
			                    "them; write what sacct prints into the file as it is");
	return TRUE;
}

/* 1:JobID|User and "     1	JobID|User", which would else be no header for its digit. */
static gboolean refuse_numbered(struct slice line, const struct vocabulary *vocabulary,
                                GError **error)
{
	struct slice rest = slice_trim(line), delimiter;

	if (slice_empty(rest) || !g_ascii_isdigit(*rest.data))
		return TRUE;
	while (!slice_empty(rest) && (g_ascii_isdigit(*rest.data) || strchr(":\t ", *rest.data)))
		rest = (struct slice){ rest.data + 1, rest.length - 1 };
	return !strchr(":\t ", rest.data[-1]) || !sniff_header(rest, vocabulary, &delimiter) ||
	       error_failed(error, "its lines are numbered, as by grep -n and cat -n: take the "
			    "numbers out, such as with sed 's/^ *[0-9]*[:[:space:]]*//'");
}

#define SQL_DUMP "this is an SQL dump, which is not read: export with sacct and --parsable2"
#define YAML "this is YAML: run sacct again with --parsable2 instead of --yaml"
#define NODES_OF_SINFO                                                                             \
	"this is a list of nodes, not of jobs: for --inventory export them with scontrol show "    \
	"node -o"

/* Files by what they begin with, and what to do about them. */
static const struct {
	const char *begin, *message;
} foreign[] = {
	{ "NodeName=", "this is a list of nodes, not of jobs: give it with --inventory" },
	{ "NODELIST ", NODES_OF_SINFO },
	{ "HOSTNAMES", NODES_OF_SINFO },
	{ "JobId=", "this is output of scontrol, which knows only the jobs of one moment: export "
		    "with sacct and --parsable2" },
	{ "PartitionName=", "this is a list of partitions, not of jobs" },
	{ "Configuration data as of", "this is Slurm's configuration, and lists no jobs: export "
				      "with sacct and --parsable2" },
	{ "----------", "this is output of sreport, which has sums and no jobs: export with sacct "
			"and --parsable2, and give this with --sreport when it is of the cluster's "
			"utilization" },
	{ "<", "this is a web page or XML: export with sacct and --parsable2" },
	{ "---\n", YAML },
	{ "---\r\n", YAML },
	{ "%YAML", YAML },
	{ "jobs:", YAML },
	{ "meta:", YAML },
	{ "-- ", SQL_DUMP },
	{ "--\n", SQL_DUMP },
	{ "/*", SQL_DUMP },
	{ "INSERT INTO ", SQL_DUMP },
	{ "CREATE TABLE ", SQL_DUMP },
	{ "+--", MYSQL },
	{ "*************************** 1.", MYSQL },
	{ "-[ RECORD ", PSQL },
	{ "node,cpus,", "this is a list of nodes, not of jobs: give it with --inventory" },
	{ "kind,name,pseudonym",
	  "this is a mapping, which is secret, and no export: give it with --mapping" },
	{ "Job ID: ", "this is output of seff, which tells of one job: export with sacct and "
		      "--parsable2" },
};

gboolean sniff_refuse_ends(struct slice text, GError **error)
{
	text = sniff_without_end(text);
	if (!refuse_separators(text, error))
		return FALSE;
	if (!memchr(text.data, '\r', text.length) || memchr(text.data, '\0', text.length))
		return TRUE;
	return error_failed(error,
		"its lines end in carriage returns alone, as on old Macs: make newlines of them, such as with "
	                           "tr '\\r' '\\n'");
}

gboolean sniff_refuse(struct slice line, struct slice next, const struct vocabulary *vocabulary,
		      GError **error)
{
	guint before = lines_before_header(line, next, vocabulary);
	const char *scheduler = other_scheduler(line, next);
	struct slice rest = next, below = slice_cut(&rest, '\n'), begin = line;

	while (before == 0 && begin.length > 0 && *begin.data == ' ')
		begin = (struct slice){ begin.data + 1, begin.length - 1 };
	if ((sniff_is_message(line) || is_failure(line)) && before == 0)
		return refuse_message(line, error);
	if (sniff_is_command(line) && before == 0)
		return error_failed(error,
			"this calls sacct, and is not what sacct printed: run it, and name the file that its "
					   "output is in");
	if (is_completion_log(line))
		return error_failed(error,
				    "this is a log of Slurm's jobcomp/filetxt, which is not read: export with "
				    "sacct and --parsable2");
	if (scheduler)
		return error_failed(error,
				    "these are records of %s, which are not read: make a table of them with a "
				    "header in sacct's words, such as JobID,User,Start,End,AllocCPUS,NodeList",
				    scheduler);
	for (guint i = 0; i < G_N_ELEMENTS(foreign); i++)
		if (slice_starts(begin, foreign[i].begin) && (before == 0 || !may_greet(begin)))
			return error_failed(error, "%s", foreign[i].message);
	if (is_queue(line))
		return error_failed(
			error, "this is output of squeue, which knows only the jobs of one moment: "
			       "export with sacct and --parsable2");
	if (has_word(line, "TimeStart") && has_word(line, "TimeEnd"))
		return error_failed(error,
			"these are events of nodes, not jobs, in fixed width: give --events what "
					   "`sacctmgr list event --parsable2 all_time` prints");
	if (before > 0)
		return refuse_before_header(line, before, error);
	if (is_json(line) && is_own(next))
		return error_failed(error,
				    "this is a manifest or a report.json, and holds no jobs: name the file that "
				    "it stands beside");
	if (is_json(line))
		return error_failed(error,
				    "this is JSON: run sacct again with --parsable2 instead of --json");
	if (!sniff_refuse_drawn(line, below, error) ||
	    !refuse_blanks(line, below, vocabulary, error) ||
	    !sniff_refuse_ends(line, error) || !refuse_endless(line, next, vocabulary, error) ||
	    !refuse_other_words(line, below, error) ||
	    !refuse_single(line, vocabulary, error) || !refuse_numbered(line, vocabulary, error))
		return FALSE;
	return error_failed(error, "the first line names no known column; export with a header (no "
				   "--noheader), or say which columns they are with --columns");
}
