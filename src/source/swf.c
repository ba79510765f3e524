/* SPDX-License-Identifier: Apache-2.0 */
#include "source/swf.h"

#include "base/error.h"

enum field {
	FIELD_JOB, FIELD_SUBMIT, FIELD_WAIT, FIELD_RUN, FIELD_PROCESSORS, FIELD_CPU, FIELD_MEMORY,
	FIELD_ASKED_PROCESSORS, FIELD_ASKED_TIME, FIELD_ASKED_MEMORY, FIELD_STATUS, FIELD_USER,
	FIELD_GROUP, FIELD_PROGRAM, FIELD_QUEUE, FIELD_PARTITION, FIELD_BEFORE, FIELD_THINK,
	FIELDS
};

struct swf {
	gint64 start; /* UnixStartTime; -1: not said */
	GString *row;
};

#define MAX_NUMBER 1e15

#define STATUS_FIRST_PART 2
#define STATUS_LAST_PART 4

gboolean swf_begins(struct slice line)
{
	return slice_starts(line, ";");
}

struct swf *swf_new(void)
{
	struct swf *swf = g_new0(struct swf, 1);

	swf->start = -1;
	swf->row = g_string_new(NULL);
	return swf;
}

void swf_free(struct swf *swf)
{
	if (!swf)
		return;
	g_string_free(swf->row, TRUE);
	g_free(swf);
}

/* "; UnixStartTime: 820454400" */
void swf_note(struct swf *swf, struct slice line)
{
	static const char label[] = "UnixStartTime:";
	const char *at = memmem(line.data, line.length, label, sizeof label - 1);
	struct slice rest;

	if (!at)
		return;
	rest.data = at + sizeof label - 1;
	rest.length = (size_t)(line.data + line.length - rest.data);
	rest = slice_trim(slice_cut(&rest, '\n'));
	rest = slice_cut(&rest, ' ');
	if (!slice_number(rest, &swf->start))
		swf->start = -1;
}

gboolean swf_ready(const struct swf *swf, GError **error)
{
	if (swf->start > 0)
		return TRUE;
	return error_failed(error, "this log in the Standard Workload Format does not say when it "
				   "begins: write “; UnixStartTime: SECONDS” at its top");
}

const char *swf_names(void)
{
	return "JobIDRaw,User,Group,Partition,QOS,State,Submit,Start,End,ElapsedRaw,Timelimit,"
	       "ReqCPUS,AllocCPUS,ReqMem,TotalCPU,MaxRSS";
}

static gboolean take_number(struct slice *rest, double *number)
{
	char text[32], *end;
	struct slice word;

	*rest = slice_trim(*rest);
	for (word = (struct slice){ rest->data, 0 };
	     word.length < rest->length && !g_ascii_isspace(rest->data[word.length]);)
		word.length++;
	rest->data += word.length;
	rest->length -= word.length;
	if (word.length == 0 || word.length >= sizeof text)
		return FALSE;
	memcpy(text, word.data, word.length);
	text[word.length] = '\0';
	if (strspn(text, "-.0123456789") != word.length)
		return FALSE;
	*number = g_ascii_strtod(text, &end);
	return *end == '\0' && *number >= -1 && *number <= MAX_NUMBER;
}

static gboolean take_all(struct slice line, double *numbers)
{
	while (line.length > 0 && strchr("\r\n", line.data[line.length - 1]))
		line.length--;
	for (guint i = 0; i < FIELDS; i++)
		if (!take_number(&line, &numbers[i]))
			return FALSE;
	return slice_trim(line).length == 0;
}

static void put(struct swf *swf, double number)
{
	if (number >= 0)
		g_string_append_printf(swf->row, "%" G_GINT64_FORMAT, (gint64)number);
	g_string_append_c(swf->row, '|');
}

/* A bare number would be taken for that of somebody where there is none: a report is full of
 * them. */
static void put_word(struct swf *swf, const char *word, double number)
{
	if (number >= 0)
		g_string_append(swf->row, word);
	put(swf, number);
}

static void put_time(struct swf *swf, gboolean known, double seconds)
{
	if (known)
		put(swf, (double)swf->start + seconds);
	else
		g_string_append(swf->row, "Unknown|");
}

static void put_clock(struct swf *swf, double seconds)
{
	gint64 whole = (gint64)seconds;

	if (seconds >= 0)
		g_string_append_printf(swf->row,
				       "%" G_GINT64_FORMAT "-%02" G_GINT64_FORMAT
				       ":%02" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT,
				       whole / 86400, whole / 3600 % 24, whole / 60 % 60,
				       whole % 60);
	g_string_append_c(swf->row, '|');
}

/* Kilobytes of one processor, of so many. */
static void put_memory(struct swf *swf, double kilobytes, double processors)
{
	if (kilobytes > 0)
		g_string_append_printf(swf->row, "%" G_GINT64_FORMAT "K",
				       (gint64)(kilobytes * MAX(processors, 1)));
}

static const char *state_of(double status)
{
	static const char *const names[] = { "FAILED", "COMPLETED", "",
					     "COMPLETED", "FAILED", "CANCELLED" };

	return status >= 0 && status < G_N_ELEMENTS(names) ? names[(int)status] : "";
}

/* A part of a job that stopped at a checkpoint stands behind the line of the whole job, which says
 * all that was used: it is a step that uses nothing. */
static gboolean is_part(const double *numbers)
{
	return numbers[FIELD_STATUS] >= STATUS_FIRST_PART &&
	       numbers[FIELD_STATUS] <= STATUS_LAST_PART;
}

static void put_who(struct swf *swf, const double *numbers)
{
	g_string_append_printf(swf->row, "%" G_GINT64_FORMAT "%s|", (gint64)numbers[FIELD_JOB],
			       is_part(numbers) ? ".0" : "");
	put_word(swf, "user", numbers[FIELD_USER]);
	put_word(swf, "group", numbers[FIELD_GROUP]);
	put_word(swf, "partition", numbers[FIELD_PARTITION]);
	put_word(swf, "queue", numbers[FIELD_QUEUE]);
	g_string_append(swf->row, state_of(numbers[FIELD_STATUS]));
	g_string_append_c(swf->row, '|');
}

static void put_times(struct swf *swf, const double *numbers)
{
	double submit = numbers[FIELD_SUBMIT], wait = numbers[FIELD_WAIT],
	       run = numbers[FIELD_RUN];

	put_time(swf, submit >= 0, submit);
	put_time(swf, submit >= 0 && wait >= 0, submit + wait);
	put_time(swf, submit >= 0 && wait >= 0 && run >= 0, submit + wait + run);
	put(swf, run);
	put_clock(swf, numbers[FIELD_ASKED_TIME]);
}

gboolean swf_read(struct swf *swf, struct slice line, struct slice *row)
{
	double numbers[FIELDS], processors, asked;

	if (!take_all(line, numbers) || numbers[FIELD_JOB] < 0)
		return FALSE;
	processors = numbers[FIELD_PROCESSORS];
	asked = numbers[FIELD_ASKED_PROCESSORS];
	g_string_truncate(swf->row, 0);
	put_who(swf, numbers);
	put_times(swf, numbers);
	put(swf, asked);
	put(swf, processors);
	put_memory(swf, numbers[FIELD_ASKED_MEMORY], asked > 0 ? asked : processors);
	g_string_append_c(swf->row, '|');
	/* Its CPU time is the mean of the processors. */
	put_clock(swf, numbers[FIELD_CPU] < 0 || is_part(numbers)
	                       ? -1
	                       : numbers[FIELD_CPU] * MAX(processors, 1));
	put_memory(swf, is_part(numbers) ? -1 : numbers[FIELD_MEMORY], processors);
	*row = (struct slice){ swf->row->str, swf->row->len };
	return TRUE;
}
