/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/witness.h"

#include "base/writer.h"
#include "privacy/marks.h"
#include "privacy/memo.h"
#include "record/digits.h"
#include "record/job_row.h"
#include "record/job_time.h"
#include "source/split.h"

#define MOST_COLUMNS 512
#define WORTH_SKIPPING 32 /* bytes */
#define TIME_LENGTH 19    /* 2024-01-31T12:30:59 */

struct held {
	gint64 cpus;
	gboolean gpus;
};

/* What was asked for and held, of one row after the other: neighbours mostly have the same, and
 * others not often what nobody had before. */
struct asked {
	gboolean known;
	struct slice texts[FIELD_SPANS]; /* of the row before, as they stand in it */
	struct held held;                  /* by the row before */
	GString *text;                     /* these one behind the other */
	struct memo memo;                  /* of them; what is shown are the bytes of a struct
	                                      held */
};

/* What a row's marks are of. */
struct by_marks {
	guint count; /* of a row; 0: rows are not looked at by their marks */
	guint pieces, piece[MARKS_MOST]; /* the marks of what mostly repeats */
	int id, start, elapsed, nodes;   /* the marks of these columns; -1: there is none */
};

/* Where the looking is, in a passage. */
struct look {
	const char *bytes;
	const char *unseen;    /* from there on, words have not been taken */
	const guint32 *before; /* the marks of the row before; NULL: it is not in the passage, or
	                          has none */
	gboolean counted;      /* that row is a job, and was counted */
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
	struct slice header[MOST_COLUMNS]; /* count of them */
	guint count;
	struct splitter splitter;          /* of rows */
	struct by_marks by_marks;
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

static gboolean asks_for(enum column column)
{
	static const gboolean asked[COLUMNS] = {
		[COLUMN_USER] = TRUE,       [COLUMN_ACCOUNT] = TRUE,     [COLUMN_GROUP] = TRUE,
		[COLUMN_START] = TRUE,      [COLUMN_END] = TRUE,         [COLUMN_ELAPSED] = TRUE,
		[COLUMN_ELAPSED_RAW] = TRUE,
		[COLUMN_JOB_ID] = TRUE,     [COLUMN_JOB_ID_RAW] = TRUE,  [COLUMN_ALLOC_TRES] = TRUE,
		[COLUMN_REQ_TRES] = TRUE,   [COLUMN_ALLOC_GRES] = TRUE,  [COLUMN_REQ_GRES] = TRUE,
		[COLUMN_ALLOC_CPUS] = TRUE, [COLUMN_N_CPUS] = TRUE,      [COLUMN_REQ_CPUS] = TRUE,
		[COLUMN_REQ_GPUS] = TRUE,   [COLUMN_NODE_LIST] = TRUE,
	};

	return asked[column];
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

	layout_init(&all, witness->header, witness->count);
	for (guint i = 0; i < witness->count; i++) {
		enum column column;

		if (column_find(witness->header[i], &column) && !asks_for(column))
			witness->header[i] = (struct slice){ "", 0 };
	}
	layout_init(&witness->layout, witness->header, witness->count);
	splitter_init(&witness->splitter, witness->delimiter, witness->count);
	witness->by_account = layout_has(&all, COLUMN_ACCOUNT);
	witness->meter = risk_meter_new(
		risk_grouped_by(witness->by_account, layout_has(&all, COLUMN_GROUP)));
	witness->row.layout = &witness->layout;
	witness->row.zone = risk_meter_zone(witness->meter);
}

/* The first byte that belongs to no name of a column; a comma file may have quotes. */
static void see_header(struct witness *witness, const char *begin, const char *end)
{
	const char *at = begin;
	guint32 begins[MOST_COLUMNS + 1];
	struct split split;

	while (at < end - 1 && (g_ascii_isalnum(*at) || *at == '_'))
		at++;
	witness->delimiter = *at == '\n' ? '|' : *at;
	split = split_row(begin, end, witness->delimiter, begins, MOST_COLUMNS);
	witness->count = split.count;
	for (guint i = 0; i < MIN(split.count, MOST_COLUMNS); i++)
		witness->header[i] = split_field(split.text, begins, i);
	witness->unable = witness->delimiter == ',' || witness->count > MOST_COLUMNS ||
	                  !all_known(witness->header, witness->count);
	if (!witness->unable)
		plan(witness);
}

/* Rows */

/* Whether the texts are those of the row before; and the next time, this is the row before. */
static inline gboolean asks_again(const struct layout *layout, struct asked *asked,
                                  const struct row *row)
{
	gboolean again = asked->known;

	for (guint i = 0; i < layout->spans; i++) {
		struct slice text = row_fields(row, layout->span[i].first, layout->span[i].last);

		again = again && text.length == asked->texts[i].length &&
		        bytes_equal(text.data, asked->texts[i].data, text.length);
		asked->texts[i] = text;
	}
	asked->known = TRUE;
	return again;
}

static struct slice join_texts(struct asked *asked, guint count)
{
	g_string_truncate(asked->text, 0);
	for (guint i = 0; i < count; i++) {
		g_string_append_len(asked->text, asked->texts[i].data,
		                    (gssize)asked->texts[i].length);
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
	asked->held = (struct held){ request->cpus,
	                               request->gpus > 0 || request_gpu_list(request) };
	memo_add(&asked->memo, text,
	         (struct slice){ (const char *)&asked->held, sizeof asked->held },
	         (struct changes){ 0, 0 });
}

static inline void read_asked(struct witness *witness)
{
	if (!asks_again(&witness->layout, &witness->asked, witness->row.row))
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

/* When it began, and how long it took; this is mostly whole seconds, as ElapsedRaw has them, and
 * few. */
static inline gboolean read_time(struct witness *witness, struct job_time *time)
{
	struct job_row *row = &witness->row;

	return (digits_number(field(witness, COLUMN_ELAPSED_RAW), &time->elapsed_seconds) &&
	        time->elapsed_seconds <= JOB_TIME_SLACK &&
	        day_memo_time(&row->day, field(witness, COLUMN_START), row->zone, &time->start)) ||
	       job_time_read(row, time);
}

/* "None assigned" and its like begin so, and hardly any node does; there is a byte behind what is
 * empty. */
static inline gboolean may_be_none(const char *nodes)
{
	return *nodes == 'N' || *nodes == '(';
}

/* As a reader of the row says: what has no nodes, and says so, holds none whatever time it has. */
static gboolean has_run(const struct witness *witness, gint64 start)
{
	struct slice nodes = field(witness, COLUMN_NODE_LIST);
	gint64 count;

	if (start != VALUE_UNKNOWN && !slice_empty(nodes) && !may_be_none(nodes.data))
		return TRUE;
	return slice_empty(nodes) || !hosts_count(nodes, &count) ? start != VALUE_UNKNOWN
	                                                         : count > 0;
}

/* FALSE: a row that is no sound job is in no figure. */
static gboolean see_row(struct witness *witness, const struct row *row)
{
	struct job_time time;
	struct slice user;

	witness->row.row = row;
	user = field(witness, COLUMN_USER);
	if (slice_empty(user) || is_step(witness) || !read_time(witness, &time))
		return FALSE;
	read_asked(witness);
	risk_meter_add(witness->meter, &(struct seen_job){
		.user = user,
		.group = field(witness, witness->by_account ? COLUMN_ACCOUNT : COLUMN_GROUP),
		.start = time.start,
		.core_seconds = has_run(witness, time.start)
			? (guint64)(witness->asked.held.cpus * time.elapsed_seconds) : 0,
		.gpus = witness->asked.held.gpus,
	});
	return TRUE;
}

/* Gives what is behind the row. */
static inline const char *split_and_see(struct witness *witness, const char *at, const char *end,
                                        gboolean *counted)
{
	struct split split = splitter_next(&witness->splitter, at, end);
	struct row row = {
		.text = split.text, .begins = split.begins, .count = split.count, .as_split = TRUE
	};

	witness->unable = !split.end || split.count != witness->count;
	*counted = !witness->unable && see_row(witness, &row);
	return split.end + 1;
}

/* Where the texts of the row before were, there is something else from here on. */
static void forget_before(struct witness *witness)
{
	splitter_forget(&witness->splitter);
	witness->asked.known = FALSE;
}

static void see_rows(struct witness *witness, const char *at, const char *end)
{
	gboolean counted;

	forget_before(witness);
	while (at < end && !witness->unable)
		at = split_and_see(witness, at, end, &counted);
	forget_before(witness);
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

static void see_bytes(struct witness *witness, const char *bytes, size_t length)
{
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

/* By marks */

/* Which mark of the header, marked so, is that of a column; -1: none. */
static int mark_of(const guint *columns, guint count, gint32 column)
{
	for (guint i = 0; column >= 0 && i + 1 < count; i++)
		if (columns[i] == (guint)column)
			return (int)i;
	return -1;
}

/* The same, when the next mark is behind it. */
static int whole_mark_of(const guint *columns, guint count, gint32 column)
{
	int mark = mark_of(columns, count, column);

	return mark >= 0 && columns[mark + 1] == columns[mark] + 1 ? mark : -1;
}

static gboolean repeats(const guint32 *marks, const guint *columns, guint count, gint32 column)
{
	guint i = 0;

	while (i + 2 < count && columns[i + 1] <= (guint)column)
		i++;
	return marks[i] & MARK_REPEATS;
}

/* Whether all that a row must tell beyond those that have marks of their own repeats. */
static gboolean rest_repeats(const struct witness *witness, const guint32 *marks,
                             const guint *columns, guint count)
{
	static const enum column rest[] = {
		COLUMN_ALLOC_TRES, COLUMN_REQ_TRES, COLUMN_ALLOC_GRES, COLUMN_REQ_GRES,
		COLUMN_ALLOC_CPUS, COLUMN_N_CPUS,   COLUMN_REQ_CPUS,   COLUMN_REQ_GPUS,
		COLUMN_USER,       COLUMN_ACCOUNT,  COLUMN_GROUP,
	};

	for (guint i = 0; i < G_N_ELEMENTS(rest); i++)
		if (layout_has(&witness->layout, rest[i]) &&
		    !repeats(marks, columns, count, witness->layout.at[rest[i]]))
			return FALSE;
	return TRUE;
}

/* In which columns of the header its marks are; behind it, the one behind the last. */
static void find_columns(const struct witness *witness, const char *bytes, const guint32 *marks,
                         guint count, guint *columns)
{
	const char *at = bytes + mark_at(marks[0]);
	guint column = 0;

	for (guint i = 0; i < count; i++)
		for (columns[i] = column; i + 1 < count && at < bytes + mark_at(marks[i + 1]); at++)
			column += *at == witness->delimiter || *at == '\n';
}

/* Whether rows like the header can be looked at by their marks. */
static void plan_marks(struct witness *witness, const char *bytes, const guint32 *marks,
                       guint count)
{
	const struct layout *layout = &witness->layout;
	enum column id = layout_has(layout, COLUMN_JOB_ID_RAW) ? COLUMN_JOB_ID_RAW : COLUMN_JOB_ID;
	struct by_marks by = { .count = count };
	guint columns[MARKS_MOST];

	find_columns(witness, bytes, marks, count, columns);
	by.id = whole_mark_of(columns, count, layout->at[id]);
	by.start = mark_of(columns, count, layout->at[COLUMN_START]);
	by.elapsed = whole_mark_of(columns, count, layout->at[COLUMN_ELAPSED_RAW]);
	by.nodes = whole_mark_of(columns, count, layout->at[COLUMN_NODE_LIST]);
	for (guint i = 0; i + 1 < count; i++)
		if (marks[i] & MARK_REPEATS)
			by.piece[by.pieces++] = i;
	if (by.start >= 0 && by.elapsed >= 0 && (by.id >= 0 || !layout_has(layout, id)) &&
	    (by.nodes >= 0 || !layout_has(layout, COLUMN_NODE_LIST)) &&
	    rest_repeats(witness, marks, columns, count))
		witness->by_marks = by;
}

static guint see_marked_header(struct witness *witness, const struct passage *passage)
{
	const guint32 *marks = passage->marks;
	guint count = 1;

	while (count < passage->marked && !(marks[count] & MARK_ROW))
		count++;
	see_bytes(witness, passage->bytes, mark_at(marks[count - 1]));
	if (count <= MARKS_MOST && witness->meter)
		plan_marks(witness, passage->bytes, marks, count);
	return count;
}

/* Takes the words up to there. */
static inline void take_words(struct witness *witness, struct look *look, const char *end)
{
	if (look->unseen < end)
		lexicon_add(witness->words,
		            (struct slice){ look->unseen, (size_t)(end - look->unseen) });
	look->unseen = end;
}

static inline gboolean is_end(const struct witness *witness, char byte)
{
	return byte == witness->delimiter || byte == '\n';
}

/* With the delimiter behind it. */
static inline struct slice text_at(const struct look *look, const guint32 *mark)
{
	return (struct slice){ look->bytes + mark_at(mark[0]), mark[1] - mark_at(mark[0]) };
}

/* The words of a text that is that of the row before were taken there, if it is made of whole ones
 * in both places. It is cut out of the row only where that is less work than to take them again. */
static inline void skip_words(struct witness *witness, struct look *look, struct slice text,
                              struct slice before)
{
	if (text.length < WORTH_SKIPPING || before.data == look->bytes ||
	    !is_end(witness, before.data[-1]) || !is_end(witness, text.data[-1]) ||
	    !is_end(witness, text.data[text.length - 1]))
		return;
	take_words(witness, look, text.data);
	look->unseen = text.data + text.length;
}

static inline gboolean skip_piece(struct witness *witness, struct look *look, const guint32 *marks,
                                  guint i)
{
	struct slice text = text_at(look, &marks[i]), before = text_at(look, &look->before[i]);

	if (text.length != before.length || !bytes_equal(text.data, before.data, text.length))
		return FALSE;
	skip_words(witness, look, text, before);
	return TRUE;
}

static inline gboolean skip_pieces(struct witness *witness, struct look *look, const guint32 *marks)
{
	const struct by_marks *by = &witness->by_marks;
	gboolean all = TRUE;

	if (!look->before)
		return FALSE;
	for (const guint *piece = by->piece, *end = piece + by->pieces; piece < end; piece++)
		all &= skip_piece(witness, look, marks, *piece);
	return all;
}

static inline struct slice field_at(const struct look *look, const guint32 *mark)
{
	struct slice text = text_at(look, mark);

	text.length--;
	return text;
}

/* A field that is a time of the usual length; one of another length makes no time. */
static inline struct slice time_at(const struct witness *witness, const struct look *look,
                                   const guint32 *mark)
{
	struct slice text = { look->bytes + mark_at(*mark), TIME_LENGTH };

	return is_end(witness, text.data[TIME_LENGTH]) ? text : (struct slice){ "", 0 };
}

static inline gboolean is_number(struct slice text)
{
	return text.length - 1 < DIGITS_BESIDE ? digits_others(text) == 0 : digits_only(text);
}

/* As see_row(), of a job that has all but its time from the one before. FALSE: it must be looked at
 * closely. */
static inline gboolean see_another(struct witness *witness, const struct look *look,
                                   const guint32 *marks)
{
	const struct by_marks *by = &witness->by_marks;
	struct job_row *row = &witness->row;
	gint64 elapsed, start;

	if ((by->id >= 0 && !is_number(field_at(look, &marks[by->id]))) ||
	    (by->nodes >= 0 && may_be_none(look->bytes + mark_at(marks[by->nodes]))) ||
	    !digits_number_ahead(field_at(look, &marks[by->elapsed]), &elapsed) ||
	    elapsed > JOB_TIME_SLACK ||
	    !day_memo_time(&row->day, time_at(witness, look, &marks[by->start]), row->zone,
	                   &start) ||
	    start == VALUE_UNKNOWN)
		return FALSE;
	risk_meter_add_another(witness->meter, start,
	                       (guint64)(witness->asked.held.cpus * elapsed));
	return TRUE;
}

static inline void see_marked(struct witness *witness, struct look *look, const guint32 *marks)
{
	gboolean same = skip_pieces(witness, look, marks);

	if (!witness->unable && !(same && look->counted && see_another(witness, look, marks))) {
		splitter_forget(&witness->splitter);
		split_and_see(witness, look->bytes + mark_at(marks[0]),
		              look->bytes + mark_at(marks[witness->by_marks.count - 1]),
		              &look->counted);
	}
	look->before = marks;
}

/* What has no marks. */
static void see_between(struct witness *witness, struct look *look, const char *at, const char *end)
{
	take_words(witness, look, at);
	if (at < end)
		see_bytes(witness, at, (size_t)(end - at));
	look->unseen = end;
	look->before = NULL;
}

/* Rows with marks, and what is between. Gives where the last one ends. */
static const char *see_marked_rows(struct witness *witness, struct look *look, const char *at,
                                   const guint32 *mark, const guint32 *last)
{
	guint count = witness->by_marks.count;

	for (; count > 0 && last - mark >= count && mark[0] & MARK_ROW; mark += count) {
		const char *begin = look->bytes + mark_at(mark[0]);

		if (begin > at)
			see_between(witness, look, at, begin);
		if (witness->rest->len > 0)
			break;
		see_marked(witness, look, mark);
		at = look->bytes + mark_at(mark[count - 1]);
	}
	return at;
}

void witness_see(void *data, const struct passage *passage)
{
	struct witness *witness = data;
	const char *at = passage->bytes, *end = at + passage->length;
	struct look look = { .bytes = at };
	guint header = 0;

	if (!witness->meter && !witness->unable && witness->rest->len == 0 && passage->marked > 0) {
		header = see_marked_header(witness, passage);
		at += mark_at(passage->marks[header - 1]);
	}
	look.unseen = at;
	forget_before(witness);
	if (passage->marked > 0)
		at = see_marked_rows(witness, &look, at, passage->marks + header,
		                     passage->marks + passage->marked);
	see_between(witness, &look, at, end);
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
