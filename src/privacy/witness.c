/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/witness.h"

#include "record/job_row.h"
#include "privacy/memo.h"
#include "record/digits.h"
#include "record/job_time.h"
#include "source/split.h"

#define MOST_COLUMNS 512

struct held {
	gint64 cpus;
	gboolean gpus;
};

/* What was asked for and held, of one row after the other: neighbours mostly have the same, and others not often what nobody
 * had before. */
struct asked {
	gboolean known;
	struct slice texts[REQUEST_SPANS]; /* of the row before, as they stand in it */
	struct held held;                  /* by the row before */
	GString *text;                     /* these one behind the other */
	struct memo memo;                  /* of them; what is shown are the bytes of a struct held */
};

struct witness {
	struct lexicon *words;
	GString *rest;            /* the begin of a line whose end has not been seen */
	struct risk_meter *meter; /* NULL: the header has not been seen, or … */
	gboolean unable;          /* … rows are not such that they can be read here */
	char delimiter;
	gboolean by_account;
	struct layout layout;     /* of what the meter asks for alone */
	struct job_row row;
	struct asked asked;
	struct slice fields[MOST_COLUMNS]; /* the header's, count of them */
	guint count;
	struct splitter splitter;          /* of rows */
};

struct witness *witness_new(void)
{
	struct witness *witness = g_new0(struct witness, 1);

	witness->words = lexicon_new();
	witness->rest = g_string_new(NULL);
	witness->asked.text = g_string_new(NULL);
	return witness;
}

void witness_free(struct witness *witness)
{
	if (!witness)
		return;
	lexicon_free(witness->words);
	g_string_free(witness->rest, TRUE);
	g_string_free(witness->asked.text, TRUE);
	memo_clear(&witness->asked.memo);
	splitter_clear(&witness->splitter);
	risk_meter_free(witness->meter);
	g_free(witness);
}

/* Columns */

static gboolean asks_for(const struct layout *layout, enum column column)
{
	static const gboolean always[COLUMNS] = {
		[COLUMN_USER] = TRUE,       [COLUMN_ACCOUNT] = TRUE,     [COLUMN_GROUP] = TRUE,
		[COLUMN_START] = TRUE,      [COLUMN_ELAPSED] = TRUE,     [COLUMN_ELAPSED_RAW] = TRUE,
		[COLUMN_JOB_ID] = TRUE,     [COLUMN_JOB_ID_RAW] = TRUE,  [COLUMN_ALLOC_TRES] = TRUE,
		[COLUMN_REQ_TRES] = TRUE,   [COLUMN_ALLOC_GRES] = TRUE,  [COLUMN_REQ_GRES] = TRUE,
		[COLUMN_ALLOC_CPUS] = TRUE, [COLUMN_N_CPUS] = TRUE,      [COLUMN_REQ_CPUS] = TRUE,
		[COLUMN_REQ_GPUS] = TRUE,
	};

	return always[column] || (column == COLUMN_END && !layout_has(layout, COLUMN_ELAPSED) &&
	                          !layout_has(layout, COLUMN_ELAPSED_RAW));
}

/* Whether these are columns of a shareable file, and nothing else. */
static gboolean all_known(const struct slice *header, guint count)
{
	for (guint i = 0; i < count; i++)
		if (!column_known(header[i]))
			return FALSE;
	return TRUE;
}

static void plan(struct witness *witness)
{
	struct layout all;

	layout_init(&all, witness->fields, witness->count);
	for (guint i = 0; i < witness->count; i++) {
		enum column column;

		if (column_find(witness->fields[i], &column) && !asks_for(&all, column))
			witness->fields[i] = (struct slice){ "", 0 };
	}
	layout_init(&witness->layout, witness->fields, witness->count);
	splitter_init(&witness->splitter, witness->delimiter, witness->count);
	witness->by_account = layout_has(&all, COLUMN_ACCOUNT);
	witness->meter = risk_meter_new(risk_grouped_by(witness->by_account, layout_has(&all, COLUMN_GROUP)));
	witness->row.layout = &witness->layout;
	witness->row.zone = risk_meter_zone(witness->meter);
}

/* The first byte that belongs to no name of a column; a comma file may have quotes. */
static void see_header(struct witness *witness, const char *begin, const char *end)
{
	const char *at = begin;

	while (at < end - 1 && (g_ascii_isalnum(*at) || *at == '_'))
		at++;
	witness->delimiter = *at == '\n' ? '|' : *at;
	witness->count = split_row(begin, end, witness->delimiter, witness->fields, MOST_COLUMNS).count;
	witness->unable = witness->delimiter == ',' || witness->count > MOST_COLUMNS ||
	                  !all_known(witness->fields, witness->count);
	if (!witness->unable)
		plan(witness);
}

/* Rows */

static gboolean has_gpus(const struct request_list *list)
{
	return list->tres.gpus > 0 || list->tres.mig_slices > 0;
}

/* As in job_row.c: what was asked for stands in for what was held where nothing tells that. */
static gboolean uses_gpus(const struct request *request)
{
	return request->gpus > 0 || has_gpus(&request->allocated) ||
	       (!request->has_allocated && has_gpus(&request->requested)) ||
	       (request->has_gres && (has_gpus(&request->allocated_gres) || has_gpus(&request->requested_gres)));
}

/* Whether the texts are those of the row before; and the next time, this is the row before. */
static inline gboolean asks_again(const struct layout *layout, struct asked *asked, const struct slice *fields)
{
	gboolean again = asked->known;

	for (guint i = 0; i < layout->spans; i++) {
		const struct slice *first = fields + layout->span[i].first, *last = fields + layout->span[i].last;
		struct slice text = { first->data, (size_t)(last->data - first->data) + last->length };

		again = again && text.length == asked->texts[i].length &&
		        bytes_equal(text.data, asked->texts[i].data, text.length);
		asked->texts[i] = text;
	}
	asked->known = layout->spans > 0;
	return again;
}

static struct slice join_texts(struct asked *asked, guint count)
{
	g_string_truncate(asked->text, 0);
	for (guint i = 0; i < count; i++) {
		g_string_append_len(asked->text, asked->texts[i].data, (gssize)asked->texts[i].length);
		g_string_append_c(asked->text, '\n');
	}
	return (struct slice){ asked->text->str, asked->text->len };
}

static G_NO_INLINE void read_asked_anew(struct witness *witness)
{
	struct asked *asked = &witness->asked;
	struct slice text = join_texts(asked, witness->layout.spans);
	const struct remembered *found = slice_empty(text) ? NULL : memo_find(&asked->memo, text);
	const struct request *request;

	if (found) {
		memcpy(&asked->held, found->shown, sizeof asked->held);
		return;
	}
	request = request_read(&witness->row);
	asked->held = (struct held){ request->cpus, uses_gpus(request) };
	memo_add(&asked->memo, text, (struct slice){ (const char *)&asked->held, sizeof asked->held }, (struct changes){ 0, 0 });
}

static inline void read_asked(struct witness *witness)
{
	if (!asks_again(&witness->layout, &witness->asked, witness->row.row->fields))
		read_asked_anew(witness);
}

static inline struct slice field(const struct witness *witness, enum column column)
{
	return layout_field(&witness->layout, witness->row.row, column);
}

/* 12.batch; without job ids the row of nobody is one. */
static inline gboolean is_step(const struct witness *witness)
{
	struct slice id = field(witness, COLUMN_JOB_ID_RAW);

	if (slice_empty(id))
		id = field(witness, COLUMN_JOB_ID);
	return !slice_empty(id) && !digits_only(id) && memchr(id.data, '.', id.length);
}

/* When it began, and how long it took; this is mostly whole seconds, as ElapsedRaw has them. */
static inline gboolean read_time(struct witness *witness, struct job_time *time)
{
	struct job_row *row = &witness->row;

	return (digits_number(field(witness, COLUMN_ELAPSED_RAW), &time->elapsed_seconds) &&
	        day_memo_time(&row->day, field(witness, COLUMN_START), row->zone, &time->start)) ||
	       job_time_read(row, time);
}

/* A row that is no sound job is in no figure. */
static void see_row(struct witness *witness, const struct row *row)
{
	struct job_time time;
	struct slice user;

	witness->row.row = row;
	user = field(witness, COLUMN_USER);
	if (slice_empty(user) || is_step(witness) || !read_time(witness, &time))
		return;
	read_asked(witness);
	risk_meter_add(witness->meter, &(struct seen_job){
		.user = user,
		.group = field(witness, witness->by_account ? COLUMN_ACCOUNT : COLUMN_GROUP),
		.start = time.start,
		.core_seconds = (guint64)(witness->asked.held.cpus * MAX(time.elapsed_seconds, 0)),
		.gpus = witness->asked.held.gpus,
	});
}

static void see_rows(struct witness *witness, const char *at, const char *end)
{
	splitter_forget(&witness->splitter);
	witness->asked.known = FALSE;
	while (at < end && !witness->unable) {
		struct split split = splitter_next(&witness->splitter, at, end);
		struct row row = { .fields = split.fields, .count = split.count, .as_split = TRUE };

		witness->unable = !split.end || split.count != witness->count;
		if (!witness->unable)
			see_row(witness, &row);
		at = split.end + 1;
	}
}

/* Whole lines. */
static void see_lines(struct witness *witness, const char *bytes, size_t length)
{
	const char *end = bytes + length, *at = bytes;

	lexicon_add(witness->words, (struct slice){ bytes, length });
	if (!witness->meter && !witness->unable) {
		at = (const char *)memchr(bytes, '\n', length) + 1;
		see_header(witness, bytes, at);
	}
	see_rows(witness, at, end);
}

/* All of the rest is behind it, too. */
static void add_to_rest(struct witness *witness, const char *bytes, size_t length)
{
	GString *rest = witness->rest;

	g_string_append_len(rest, bytes, (gssize)length);
	g_string_set_size(rest, rest->len + LEXICON_BEYOND);
	memset(rest->str + rest->len - LEXICON_BEYOND, 0, LEXICON_BEYOND);
	g_string_truncate(rest, rest->len - LEXICON_BEYOND);
}

void witness_see(void *data, const char *bytes, size_t length)
{
	struct witness *witness = data;
	const char *end = bytes + length, *last = memrchr(bytes, '\n', length), *first;

	if (last && witness->rest->len > 0) {
		first = (const char *)memchr(bytes, '\n', length) + 1;
		add_to_rest(witness, bytes, (size_t)(first - bytes));
		see_lines(witness, witness->rest->str, witness->rest->len);
		g_string_truncate(witness->rest, 0);
		bytes = first;
	}
	if (last && last >= bytes) {
		see_lines(witness, bytes, (size_t)(last + 1 - bytes));
		bytes = last + 1;
	}
	if (bytes < end)
		add_to_rest(witness, bytes, (size_t)(end - bytes));
}

/* What no line end follows. */
static void see_rest(struct witness *witness)
{
	if (witness->rest->len == 0)
		return;
	lexicon_add(witness->words, (struct slice){ witness->rest->str, witness->rest->len });
	g_string_truncate(witness->rest, 0);
	witness->unable = TRUE;
}

const struct lexicon *witness_words(struct witness *witness)
{
	see_rest(witness);
	return witness->words;
}

gboolean witness_risk(struct witness *witness, struct risk *risk)
{
	see_rest(witness);
	if (witness->unable || !witness->meter)
		return FALSE;
	risk_meter_finish(witness->meter, risk);
	return TRUE;
}
