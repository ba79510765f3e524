/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/rewrite_state.h"

#include "base/terminal.h"
#include "privacy/marks.h"

static void init_pattern(struct pattern *pattern)
{
	pattern->whole = g_array_sized_new(FALSE, FALSE, sizeof(struct stretch), 8);
	pattern->cut = g_array_sized_new(FALSE, FALSE, sizeof(struct stretch), 8);
}

static void clear_pattern(struct pattern *pattern)
{
	g_array_unref(pattern->whole);
	g_array_unref(pattern->cut);
}

struct rewrite *rewrite_new(const struct disguise *disguise, struct sink *sink,
                            struct release *release)
{
	struct rewrite *rewrite = g_new0(struct rewrite, 1);

	rewrite->keeping = (struct keeping){
		.terms = disguise->terms, .mapping = disguise->mapping, .words = disguise->words,
			.release = release,
		.renumber = renumber_new(), .scratch = g_string_new(NULL),
	};
	rewrite->sink = sink;
	rewrite->kept = g_array_new(FALSE, FALSE, sizeof(struct kept));
	rewrite->known = g_array_new(FALSE, FALSE, sizeof(struct kept));
	rewrite->spans = g_array_new(FALSE, TRUE, sizeof(struct span));
	rewrite->marked = g_array_sized_new(FALSE, FALSE, sizeof(struct marked), 16);
	rewrite->marked_fields = g_array_sized_new(FALSE, TRUE, sizeof(guint32), 16);
	rewrite->header = g_array_sized_new(FALSE, FALSE, sizeof(struct marked), 16);
	rewrite->unwanted = g_array_sized_new(FALSE, FALSE, sizeof(guint32), 32);
	init_pattern(&rewrite->pattern);
	init_pattern(&rewrite->other);
	rewrite->line = g_string_sized_new(1024);
	return rewrite;
}

/* Names stand in what was remembered. */
static void forget(struct rewrite *rewrite)
{
	for (guint i = 0; i < rewrite->spans->len; i++)
		memo_clear(&g_array_index(rewrite->spans, struct span, i).memo);
	g_array_set_size(rewrite->spans, 0);
	g_array_set_size(rewrite->kept, 0);
	g_array_set_size(rewrite->known, 0);
	g_array_set_size(rewrite->marked, 0);
	g_array_set_size(rewrite->marked_fields, 0);
	rewrite->settled = FALSE;
}

void rewrite_free(struct rewrite *rewrite)
{
	if (!rewrite)
		return;
	forget(rewrite);
	explicit_bzero(rewrite->line->str, rewrite->line->len);
	g_string_free(rewrite->line, TRUE);
	g_array_unref(rewrite->kept);
	g_array_unref(rewrite->known);
	g_array_unref(rewrite->spans);
	g_array_unref(rewrite->marked);
	g_array_unref(rewrite->marked_fields);
	g_array_unref(rewrite->header);
	g_array_unref(rewrite->unwanted);
	clear_pattern(&rewrite->pattern);
	clear_pattern(&rewrite->other);
	renumber_free(rewrite->keeping.renumber);
	explicit_bzero(rewrite->keeping.scratch->str, rewrite->keeping.scratch->len);
	g_string_free(rewrite->keeping.scratch, TRUE);
	g_free(rewrite);
}

/* Which columns */

/* What is asked for and who asks is the same for all jobs of a burst; when they ran and what
 * they used is not. */
static gboolean is_steady(const struct kept *kept)
{
	static const gboolean asked[COLUMNS] = {
		[COLUMN_TIMELIMIT] = TRUE,     [COLUMN_TIMELIMIT_RAW] = TRUE,
		[COLUMN_LIMIT_SECONDS] = TRUE, [COLUMN_REQ_CPUS] = TRUE,
		[COLUMN_ALLOC_CPUS] = TRUE,    [COLUMN_N_CPUS] = TRUE,
		[COLUMN_REQ_NODES] = TRUE,     [COLUMN_ALLOC_NODES] = TRUE,
		[COLUMN_N_NODES] = TRUE,       [COLUMN_REQ_TRES] = TRUE,
		[COLUMN_ALLOC_TRES] = TRUE,    [COLUMN_REQ_MEM] = TRUE,
		[COLUMN_REQ_GRES] = TRUE,      [COLUMN_ALLOC_GRES] = TRUE,
		[COLUMN_REQ_GPUS] = TRUE,
	};

	return asked[kept->column] || kept->kind == VALUE_PERSON || kept->kind == VALUE_WORD ||
	       kept->kind == VALUE_CODE || kept->transform == TRANSFORM_NODES;
}

static gboolean is_anew(const struct kept *kept)
{
	switch (kept->transform) {
	case TRANSFORM_TEXT:
	case TRANSFORM_TIME:
	case TRANSFORM_DURATION:
	case TRANSFORM_SUM:
	case TRANSFORM_AMOUNT:
	case TRANSFORM_USAGE:
	case TRANSFORM_RENUMBER:
		return TRUE;
	default:
		return FALSE;
	}
}

static enum reading reading_of(const struct kept *kept)
{
	return is_anew(kept)                        ? READING_ANEW
	       : is_steady(kept)                    ? READING_STEADY
	       : kept->transform == TRANSFORM_STATE ? READING_STATE
	       : kept->transform == TRANSFORM_HOSTS ? READING_HOSTS
	       : kept->kind == VALUE_TIME           ? READING_TIMES
	       : kept->kind == VALUE_JOB            ? READING_JOBS
	       : kept->kind == VALUE_DURATION       ? READING_DURATIONS
	                                            : READING_MEASURED;
}

static gboolean is_in_place(const struct span *span)
{
	return span->reading == READING_MEASURED || span->reading == READING_TIMES ||
	       span->reading == READING_JOBS || span->reading == READING_DURATIONS;
}

static gboolean belongs(const struct span *span, const struct span *next)
{
	return next->joins && span->reading == next->reading && span->reading != READING_STATE;
}

/* What is made anew is as long as it gets: only where it begins is known, and where it ends is
 * where the next one begins. Within what stays in place only the columns that tell something are
 * marked. */
static gboolean wants_mark(const struct span *span, gboolean follows, const struct kept *kept)
{
	if (is_in_place(span) && (kept->field > span->first || follows))
		return marks_tell(kept->column) || marks_end(kept[-1].column);
	return kept->field == span->first;
}

/* `follows`: the span follows what stays in place. */
static void plan_mark(struct rewrite *rewrite, struct span *span, gboolean follows,
                      const struct kept *kept)
{
	struct marked marked = {
		.column = (guint)(kept - &g_array_index(rewrite->kept, struct kept, 0)),
		.mark = span->reading == READING_STEADY ? MARK_REPEATS : 0,
	};
	guint32 field = kept->field;

	if (!wants_mark(span, follows, kept))
		return;
	if (rewrite->marked->len == 0)
		marked.mark |= MARK_ROW;
	span->marks++;
	g_array_append_val(rewrite->marked, marked);
	g_array_append_val(rewrite->marked_fields, field);
}

static void plan_span(struct rewrite *rewrite, const struct kept *kept)
{
	guint count = rewrite->spans->len;
	struct span *last = count > 0 ? span_at(rewrite, count - 1) : NULL;
	struct span next = {
		.reading = reading_of(kept),
		.first = kept->field,
		.last = kept->field,
		.digits_most = kept->digits_most,
		.mark = rewrite->marked->len,
		.kept = kept,
	};

	next.joins = last && last->last + 1 == kept->field;
	if (last && belongs(last, &next)) {
		last->last++;
		last->digits_most = MIN(last->digits_most, kept->digits_most);
	} else {
		g_array_append_val(rewrite->spans, next);
	}
	count = rewrite->spans->len;
	plan_mark(rewrite, span_at(rewrite, count - 1),
	          count > 1 && is_in_place(span_at(rewrite, count - 2)), kept);
}

/* When none is added any more, and none moves. */
static void chain_spans(struct rewrite *rewrite)
{
	memset(rewrite->chains, 0, sizeof rewrite->chains);
	for (guint i = rewrite->spans->len; i-- > 0;) {
		struct span *span = span_at(rewrite, i);

		span->next = rewrite->chains[span->reading];
		rewrite->chains[span->reading] = span;
	}
}

/* Where the user stands, when the job was submitted, and what is added up, if this column says
 * it. */
static void note_place(struct rewrite *rewrite, struct slice header_name, guint at)
{
	gboolean sums = policy_sums(rewrite->keeping.terms);
	enum column column;

	if (!column_find(slice_trim(header_name), &column))
		return;
	if (column == COLUMN_USER)
		rewrite->user = (int)at;
	if (column == COLUMN_SUBMIT)
		rewrite->submit = (int)at;
	if (column == COLUMN_USER_CPU && sums && rewrite->user_cpu < 0)
		rewrite->user_cpu = (int)at;
	if (column == COLUMN_SYSTEM_CPU && sums && rewrite->system_cpu < 0)
		rewrite->system_cpu = (int)at;
}

static gboolean same_marks(const GArray *one, const GArray *other)
{
	if (one->len != other->len)
		return FALSE;
	for (guint i = 0; i < one->len; i++) {
		const struct marked *left = &g_array_index(one, struct marked, i),
				    *right = &g_array_index(other, struct marked, i);

		if (left->column != right->column || left->mark != right->mark)
			return FALSE;
	}
	return TRUE;
}

void rewrite_expect_marks(struct rewrite *rewrite)
{
	rewrite->marks_most = same_marks(rewrite->marked, rewrite->header)
	                              ? rewrite->marked->len + MARKS_AT_ONCE
	                              : G_MAXUINT;
}

static void add_dropped(struct rewrite *rewrite, struct slice header_name)
{
	g_autofree char *shown = terminal_escape(slice_trim(header_name));

	release_add_dropped(rewrite->keeping.release, shown);
}

GPtrArray *rewrite_begin(struct rewrite *rewrite, const struct rows *rows)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	guint count;
	const struct slice *header = rows_header(rows, &count);

	forget(rewrite);
	rewrite->delimiter = slice_of(rows_delimiter(rows));
	rewrite->keeping.delimiter = rewrite->delimiter;
	rewrite->keeping.quotes = slice_is(rewrite->delimiter, ",");
	rewrite->user = rewrite->submit = rewrite->user_cpu = rewrite->system_cpu = -1;
	for (guint i = 0; i < count; i++) {
		struct kept kept;

		note_place(rewrite, header[i], i);
		if (kept_init(&kept, rewrite->keeping.terms, i, header, count)) {
			g_array_append_val(rewrite->kept, kept);
			g_ptr_array_add(names, g_strdup(column_info(kept.column)->name));
		} else if (kept_init_known(&kept, rewrite->keeping.terms, i, header[i])) {
			g_array_append_val(rewrite->known, kept);
		}
		if (kept.transform == TRANSFORM_DROP || kept.transform == TRANSFORM_SUM)
			add_dropped(rewrite, header[i]);
	}
	for (guint i = 0; i < rewrite->kept->len; i++)
		plan_span(rewrite, &g_array_index(rewrite->kept, struct kept, i));
	chain_spans(rewrite);
	g_array_set_size(rewrite->marked_fields, rewrite->marked->len + MARKS_AT_ONCE);
	g_array_set_size(rewrite->unwanted, rewrite->marked->len + MARKS_AT_ONCE);
	rewrite_expect_marks(rewrite);
	rewrite->spare =
		rewrite->spans->len * (MEMO_LENGTH + rewrite->delimiter.length) + MEMO_PIECE;
	return names;
}
