/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/rewrite.h"

#include "privacy/hosts.h"
#include "privacy/marks.h"
#include "privacy/rewrite_state.h"
#include "record/digits.h"
#include "record/value.h"
#include "source/rows.h"

#define TIME_LENGTH 19 /* 2024-01-31T12:30:59 */

/* Into the sink's memory */

static void make_room(struct rewrite *rewrite, size_t least)
{
	size_t room;

	sink_commit(rewrite->sink, (size_t)(rewrite->at - rewrite->begin));
	sink_commit_marks(rewrite->sink, rewrite->marks_made);
	rewrite->begin = rewrite->at = sink_reserve(rewrite->sink, least, &room);
	rewrite->limit = rewrite->begin + room;
	rewrite->marks = sink_reserve_marks(rewrite->sink, &rewrite->place, &rewrite->marks_room);
	rewrite->place -= (size_t)rewrite->begin;
	rewrite->marks_made = 0;
	rewrite->marking = FALSE;
}

static inline void need_room(struct rewrite *rewrite, size_t least)
{
	if ((size_t)(rewrite->limit - rewrite->at) < least)
		make_room(rewrite, least);
}

static inline void put_delimiter(struct rewrite *rewrite)
{
	if (rewrite->delimiter.length == 1)
		*rewrite->at = *rewrite->delimiter.data;
	else
		memcpy(rewrite->at, rewrite->delimiter.data, rewrite->delimiter.length);
	rewrite->at += rewrite->delimiter.length;
}

/* With a delimiter behind, as what is put by all of these. There must be room. */
static inline void put(struct rewrite *rewrite, struct slice text)
{
	memcpy(rewrite->at, text.data, text.length);
	rewrite->at += text.length;
	put_delimiter(rewrite);
}

/* Fields of a row that was split as it stands, each with the byte behind it. */
static inline void put_fields(struct rewrite *rewrite, const struct row *row, guint first, guint last)
{
	guint begin = row->begins[first], length = row->begins[last + 1] - begin;

	memcpy(rewrite->at, row->text + begin, length);
	rewrite->at += length;
	rewrite->at[-1] = *rewrite->delimiter.data;
}

static inline void put_remembered(struct rewrite *rewrite, const struct remembered *known)
{
	struct release *release = rewrite->keeping.release;

	if (known->changed) {
		release->uids_removed += known->changes.uids;
		release->words_replaced += known->changes.words;
	}
	rewrite->at = memo_copy(known, rewrite->at);
	put_delimiter(rewrite);
}

/* Without what stands behind the word. */
static void put_state(struct rewrite *rewrite, struct slice text)
{
	put(rewrite, kept_state(&rewrite->keeping, text));
}

/* Leaves room for `more` bytes and what is spare. */
static void put_line(struct rewrite *rewrite, size_t more)
{
	const GString *line = rewrite->line;

	need_room(rewrite, line->len + rewrite->delimiter.length + more + rewrite->spare);
	put(rewrite, (struct slice){ line->str, line->len });
}

/* Behind the last field stands a line end. */
static void end_row(struct rewrite *rewrite)
{
	rewrite->at -= rewrite->delimiter.length;
	*rewrite->at++ = '\n';
}

/* Marks: they count once the row is written as it was meant to be */

static inline guint32 *begin_marks(struct rewrite *rewrite)
{
	guint count = rewrite->marked->len + MARKS_AT_ONCE;

	rewrite->marking = rewrite->same_columns && count <= rewrite->marks_room - rewrite->marks_made;
	return rewrite->marking ? rewrite->marks + rewrite->marks_made : &g_array_index(rewrite->unwanted, guint32, 0);
}

static inline guint32 place_of(const struct rewrite *rewrite, const char *at)
{
	return (guint32)(rewrite->place + (size_t)at);
}

/* All of a row, from the first on; the next one goes behind them. */
static inline void end_marks(struct rewrite *rewrite, guint32 *first, guint32 *mark)
{
	if (!rewrite->marking)
		return;
	*first |= MARK_ROW;
	*mark++ = place_of(rewrite, rewrite->at);
	rewrite->marks_made += (guint)(mark - first);
}

/* Those of a span that stays as it is, with `place` added to where its fields begin in the row. */
static inline guint32 *put_marks(const struct span *span, const guint32 *begins, guint32 place, guint32 *mark)
{
	*mark++ = place + begins[span->first];
	for (guint i = 0; i < span->told; i++)
		*mark++ = place + begins[span->tell[i]];
	return mark;
}

/* That of one that does not: where in it its columns begin is not known. */
static inline guint32 *put_mark(struct rewrite *rewrite, const struct span *span, guint32 *mark)
{
	*mark = place_of(rewrite, rewrite->at);
	rewrite->marking &= span->told == 0;
	return mark + span->told + 1;
}

/* Columns one behind the other, with delimiters between. */
static gboolean build_line(struct rewrite *rewrite, const struct kept *kept, guint count,
                           const struct row *row, GError **error)
{
	struct slice delimiter = rewrite->delimiter;

	g_string_truncate(rewrite->line, 0);
	rewrite->keeping.user = rewrite->user < 0 ? (struct slice){ NULL, 0 } : slice_trim(row_field(row, (guint)rewrite->user));
	rewrite->keeping.settled = TRUE;
	for (guint i = 0; i < count; i++) {
		if (i > 0)
			kept_append_text(delimiter, rewrite->line);
		if (!kept_append(&kept[i], &rewrite->keeping, row_field(row, kept[i].field), rewrite->line,
		                 error))
			return FALSE;
	}
	return TRUE;
}

/* What tells that it is a row */

/* Times come close together: mostly the day is one of the last ones. */
static inline char *day_of(struct rewrite *rewrite, const char *time)
{
	return rewrite->days[(guchar)time[9] % DAYS];
}

static G_NO_INLINE gboolean time_fits(struct rewrite *rewrite, struct slice text)
{
	if (slice_empty(text))
		return TRUE;
	if (!value_is_time(text))
		return FALSE;
	if (text.length == TIME_LENGTH && text.data[4] == '-') {
		char *day = day_of(rewrite, text.data);

		memcpy(day, text.data, 11);
		memcpy(day + 11, "00:00:00", 8);
	}
	return TRUE;
}

/* Mostly each is as long as the others: then, all being times, each is where one is. */
static inline gboolean times_fit(struct rewrite *rewrite, const struct row *row, struct fields times)
{
	guint begin = row->begins[times.first], end = row->begins[times.first + times.count];
	const char *at = row->text + begin;
	gboolean fit = end - begin == times.count * (TIME_LENGTH + 1);

	for (const char *behind = row->text + end; fit && at < behind; at += TIME_LENGTH + 1)
		fit = digits_are_on_day(at, day_of(rewrite, at));
	for (guint i = 0; !fit && i < times.count; i++)
		if (!time_fits(rewrite, row_field(row, times.first + i)))
			return FALSE;
	return TRUE;
}

/* The third letter tells states of one length apart. */
static inline guint state_place(struct slice word)
{
	return (guint)(word.length ^ (word.length > 2 ? (guchar)word.data[2] : 0)) % STATE_WORDS;
}

/* A word that fitted before. */
static inline gboolean is_state(const struct rewrite *rewrite, struct slice word)
{
	guint at = state_place(word);

	return word.length > 0 && rewrite->states[at].length == word.length &&
	       bytes_equal(rewrite->states[at].text, word.data, word.length);
}

/* Whether it does hangs on its first word alone. */
static G_NO_INLINE gboolean state_fits_anew(struct rewrite *rewrite, const struct kept *kept, struct slice text)
{
	struct slice rest = text, word = slice_cut(&rest, ' ');

	if (is_state(rewrite, word))
		return TRUE;
	if (!kept->fits(text))
		return FALSE;
	if (word.length <= STATE_LENGTH) {
		memcpy(rewrite->states[state_place(word)].text, word.data, word.length);
		rewrite->states[state_place(word)].length = (guint)word.length;
	}
	return TRUE;
}

static inline gboolean only_digits(struct slice text, guint digits_most)
{
	return slice_empty(text) || (text.length <= digits_most && digits_only(text));
}

gboolean rewrite_fits(struct rewrite *rewrite, const struct row *row)
{
	const struct fields *times = &g_array_index(rewrite->times, struct fields, 0);
	const struct kept *kept = &g_array_index(rewrite->telling, struct kept, 0);

	for (const struct fields *end = times + rewrite->times->len; times < end; times++)
		if (!times_fit(rewrite, row, *times))
			return FALSE;
	for (const struct kept *end = kept + rewrite->telling->len; kept < end; kept++) {
		struct slice text = row_field(row, kept->field);

		if (only_digits(text, kept->digits_most))
			continue;
		if (kept->kind == VALUE_STATE ? !is_state(rewrite, text) && !state_fits_anew(rewrite, kept, text)
		                              : !kept->fits(text))
			return FALSE;
	}
	return TRUE;
}

/* What stays as it is */

static inline gboolean measured_stay(const struct check *check, guint count, const struct row *row)
{
	for (const struct check *end = check + count; check < end; check++) {
		struct slice text = row_field(row, check->field);

		if (!slice_empty(text) && !only_digits(text, check->digits_most) && !check->stays(text))
			return FALSE;
	}
	return TRUE;
}

/* Where a stem is remembered that stays. */
static inline guint64 *stem_place(struct rewrite *rewrite, guint64 stem)
{
	return &rewrite->stems[stem * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) >> 60];
}

static G_NO_INLINE gboolean stem_stays_anew(struct rewrite *rewrite, struct slice stem, guint64 packed)
{
	gboolean stays = hosts_stem_stays(rewrite->keeping.words, stem);

	if (stays && stem.length <= STEM_LENGTH)
		*stem_place(rewrite, packed) = packed;
	return stays;
}

/* The name of a single host, letters and then digits, of which the letters are nobody's. */
static G_NO_INLINE gboolean host_stays_anew(struct rewrite *rewrite, struct slice text)
{
	const char *at = text.data, *end = at + text.length;
	guint64 packed = 0; /* the letters, one byte each */
	struct slice stem;

	for (; at < end && (g_ascii_isalpha(*at) || *at == '-' || *at == '_'); at++)
		packed = packed << 8 | (guchar)*at;
	stem = (struct slice){ text.data, (size_t)(at - text.data) };
	for (; at < end; at++)
		if ((guchar)(*at - '0') > 9)
			return FALSE;
	if ((stem.length > STEM_LENGTH || *stem_place(rewrite, packed) != packed) && !stem_stays_anew(rewrite, stem, packed))
		return FALSE;
	rewrite->stem_length = stem.length <= STEM_LENGTH ? stem.length : 0;
	memcpy(rewrite->stem, stem.data, rewrite->stem_length);
	return TRUE;
}

/* Mostly it is called as the last one was. */
static inline gboolean host_stays(struct rewrite *rewrite, struct slice text)
{
	size_t length = rewrite->stem_length;

	return (length > 0 && text.length > length && bytes_equal(text.data, rewrite->stem, length) &&
	        digits_only((struct slice){ text.data + length, text.length - length })) ||
	       host_stays_anew(rewrite, text);
}

/* A row as it was split */

static inline struct slice span_text(const struct span *span, const struct row *row)
{
	return row_fields(row, span->first, span->first + span->more);
}

static struct changes changes_so_far(const struct release *release)
{
	return (struct changes){ release->uids_removed, release->words_replaced };
}

static G_NO_INLINE gboolean write_anew(struct rewrite *rewrite, struct span *span, const struct row *row,
                                       GError **error)
{
	const struct release *release = rewrite->keeping.release;
	struct changes before = changes_so_far(release), changes;
	guint64 blanked = release->values_blanked;

	if (!build_line(rewrite, span->kept, span->more + 1, row, error))
		return FALSE;
	changes = changes_so_far(release);
	changes.uids -= before.uids;
	changes.words -= before.words;
	/* Of one that was blanked the column must be counted anew. */
	if (span->reading == READING_STEADY && rewrite->keeping.settled &&
	    release->values_blanked == blanked) {
		memo_add(&span->memo, span_text(span, row),
		         (struct slice){ rewrite->line->str, rewrite->line->len }, changes);
		/* It may have gone where something else was. */
		rewrite->settled = FALSE;
	}
	put_line(rewrite, row->raw.length);
	return TRUE;
}

static inline gboolean text_stays(struct rewrite *rewrite, const struct span *span, struct slice text)
{
	if (slice_empty(text))
		return TRUE;
	if (span->reading == READING_STATE)
		return is_state(rewrite, text) || !memchr(text.data, ' ', text.length);
	return span->reading == READING_HOSTS && host_stays(rewrite, text);
}

/* Whether the span stays as it is; else *known is what stands for it, or NULL. */
static inline gboolean span_stays(struct rewrite *rewrite, struct span *span, const struct row *row,
                                  const struct remembered **known)
{
	struct slice text;

	*known = NULL;
	if (span->reading == READING_MEASURED)
		return span->checks == 0 ||
		       measured_stay(&g_array_index(rewrite->checks, struct check, span->check), span->checks, row);
	text = span_text(span, row);
	if (span->reading != READING_STEADY || slice_empty(text))
		return text_stays(rewrite, span, text);
	*known = memo_find(&span->memo, text);
	return *known && (*known)->stays;
}

/* What does not stay as it is. */
static inline gboolean write_changed(struct rewrite *rewrite, struct span *span, const struct row *row,
                                     const struct remembered *known, GError **error)
{
	if (known)
		put_remembered(rewrite, known);
	else if (span->reading == READING_STATE)
		put_state(rewrite, row_field(row, span->first));
	else
		return write_anew(rewrite, span, row, error);
	return TRUE;
}

/* As in the row before */

/* Another text that also stays as it is, or also does not. */
static G_NO_INLINE gboolean steady_changes(struct rewrite *rewrite, struct steady *steady, struct slice text)
{
	const struct remembered *known = slice_empty(text) ? NULL : memo_find(&steady->span->memo, text);

	rewrite->settled = known && steady->known && known->stays == steady->known->stays;
	if (!rewrite->settled)
		return FALSE;
	steady->known = known;
	if (!known->stays)
		g_array_index(rewrite->stretches, struct stretch, steady->stretch).known = known;
	return TRUE;
}

static inline gboolean steady_is_alike(struct rewrite *rewrite, struct steady *steady, const struct row *row)
{
	struct slice text = row_fields(row, steady->first, steady->last);

	return (steady->known ? memo_is(steady->known, text) : slice_empty(text)) || steady_changes(rewrite, steady, text);
}

/* Whether the row is to be put together as the one before was. */
static inline gboolean is_alike(struct rewrite *rewrite, const struct row *row)
{
	struct steady *steady = &g_array_index(rewrite->steadies, struct steady, 0);
	const guint *loose = &g_array_index(rewrite->loose, guint, 0);

	for (struct steady *end = steady + rewrite->steadies->len; steady < end; steady++)
		if (!steady_is_alike(rewrite, steady, row))
			return FALSE;
	for (const guint *end = loose + rewrite->loose->len; loose < end; loose++) {
		const struct span *span = span_at(rewrite, *loose);

		if (!text_stays(rewrite, span, span_text(span, row)))
			return FALSE;
	}
	return measured_stay(&g_array_index(rewrite->checks, struct check, 0), rewrite->checks->len, row);
}

static inline guint32 *mark_stretch(const struct rewrite *rewrite, const struct stretch *stretch, const guint32 *begins,
                                    guint32 *mark)
{
	const guint32 *field = &g_array_index(rewrite->marked_fields, guint32, stretch->mark);
	guint32 place = place_of(rewrite, rewrite->at) - begins[stretch->first], *end = mark + stretch->marks;

	for (; mark < end; mark += MARKS_AT_ONCE, field += MARKS_AT_ONCE)
#pragma GCC unroll 4
		for (guint i = 0; i < MARKS_AT_ONCE; i++)
			mark[i] = place + begins[field[i]];
	return end;
}

static void write_alike(struct rewrite *rewrite, const struct row *row)
{
	const struct stretch *stretch = &g_array_index(rewrite->stretches, struct stretch, 0);
	guint32 *const first = begin_marks(rewrite), *mark = first;

	for (const struct stretch *end = stretch + rewrite->stretches->len; stretch < end; stretch++) {
		mark = mark_stretch(rewrite, stretch, row->begins, mark);
		if (stretch->known)
			put_remembered(rewrite, stretch->known);
		else
			put_fields(rewrite, row, stretch->first, stretch->last);
	}
	end_row(rewrite);
	end_marks(rewrite, first, mark);
}

static void begin_stretches(struct rewrite *rewrite)
{
	g_array_set_size(rewrite->steadies, 0);
	g_array_set_size(rewrite->stretches, 0);
	rewrite->settled = TRUE;
}

/* Notes how a span is written; from the first of a row to its last. One of another text in each row counts as one that stays as it
 * is, which is asked of each row. */
static void note_span(struct rewrite *rewrite, struct span *span, const struct remembered *known, gboolean stays)
{
	guint last = span->first + span->more, count = rewrite->stretches->len;
	struct stretch *before = count > 0 ? &g_array_index(rewrite->stretches, struct stretch, count - 1) : NULL;
	struct stretch next = { .known = stays ? NULL : known, .first = span->first, .last = last, .marks = span->told + 1 };

	if (span->reading == READING_STEADY)
		g_array_append_vals(rewrite->steadies, &(struct steady){ span, span->first, last, count, known }, 1);
	rewrite->settled &= span->reading == READING_STEADY ? stays || known : span->reading != READING_ANEW;
	if (before && !before->known && !next.known && span->joins) {
		before->last = last;
		before->marks += next.marks;
		return;
	}
	next.mark = before ? before->mark + before->marks : 0;
	g_array_append_val(rewrite->stretches, next);
}

static void put_run(struct rewrite *rewrite, const struct span *first, const struct span *last, const struct row *row)
{
	put_fields(rewrite, row, first->first, last->first + last->more);
}

/* Neighbours that stay as they are are written together, with the delimiters between. */
static gboolean write_spans(struct rewrite *rewrite, const struct row *row, GError **error)
{
	struct span *span = span_at(rewrite, 0), *const end = span + rewrite->spans->len;
	const struct span *run = NULL; /* the first of them */
	guint32 place = 0;             /* from where fields begin to what marks say */
	guint32 *mark, *first;
	gboolean noting; /* how the row is put together */

	need_room(rewrite, row->raw.length + rewrite->spare);
	if (rewrite->settled && is_alike(rewrite, row))
		return write_alike(rewrite, row), TRUE;
	noting = !rewrite->settled;
	if (noting)
		begin_stretches(rewrite);
	mark = first = begin_marks(rewrite);
	for (; span < end; span++) {
		const struct remembered *known;
		gboolean stays = span_stays(rewrite, span, row, &known);

		if (noting)
			note_span(rewrite, span, known, stays);
		if (run && (!stays || !span->joins)) {
			put_run(rewrite, run, span - 1, row);
			run = NULL;
		}
		if (stays && !run) {
			run = span;
			place = place_of(rewrite, rewrite->at) - row->begins[span->first];
		}
		mark = stays ? put_marks(span, row->begins, place, mark) : put_mark(rewrite, span, mark);
		if (!stays && !write_changed(rewrite, span, row, known, error))
			return FALSE;
	}
	if (run)
		put_run(rewrite, run, end - 1, row);
	end_row(rewrite);
	end_marks(rewrite, first, mark);
	return TRUE;
}

/* All rows */

/* Of the line just written, in which columns begin there. */
static void mark_header(struct rewrite *rewrite, const guint32 *begins)
{
	guint32 place = place_of(rewrite, rewrite->at - rewrite->line->len - 1), *mark, *first;

	g_array_append_vals(rewrite->header, rewrite->marked->data, rewrite->marked->len);
	rewrite->same_columns = TRUE;
	mark = first = begin_marks(rewrite);
	for (guint i = 0; i < rewrite->marked->len; i++) {
		const struct marked *marked = &g_array_index(rewrite->marked, struct marked, i);

		*mark++ = (place + begins[marked->column]) | marked->mark;
	}
	end_marks(rewrite, first, mark);
}

void rewrite_header(struct rewrite *rewrite, const struct rows *rows)
{
	guint count;
	const struct slice *header = rows_header(rows, &count);
	g_autofree guint32 *begins = g_new(guint32, rewrite->kept->len);

	g_string_truncate(rewrite->line, 0);
	for (guint i = 0; i < rewrite->kept->len; i++) {
		guint field = g_array_index(rewrite->kept, struct kept, i).field;

		if (i > 0)
			g_string_append(rewrite->line, rewrite->delimiter.data);
		begins[i] = (guint32)rewrite->line->len;
		kept_append_value(&rewrite->keeping, slice_trim(header[field]), rewrite->line);
	}
	put_line(rewrite, 0);
	end_row(rewrite);
	mark_header(rewrite, begins);
}

static gboolean write_fields(struct rewrite *rewrite, const struct row *row, GError **error)
{
	const struct kept *kept = &g_array_index(rewrite->kept, struct kept, 0);

	if (!build_line(rewrite, kept, rewrite->kept->len, row, error))
		return FALSE;
	put_line(rewrite, 0);
	end_row(rewrite);
	return TRUE;
}

gboolean rewrite_row(struct rewrite *rewrite, const struct row *row, GError **error)
{
	gboolean as_split = row->as_split && !rewrite->keeping.quotes;

	if (!(as_split ? write_spans(rewrite, row, error) : write_fields(rewrite, row, error)))
		return FALSE;
	rewrite->keeping.release->rows_written++;
	return TRUE;
}

void rewrite_finish(struct rewrite *rewrite)
{
	const struct keeping *keeping = &rewrite->keeping;

	if (rewrite->begin)
		make_room(rewrite, 1);
	keeping->release->users = mapping_count(keeping->mapping, NAME_USER);
	keeping->release->accounts = mapping_count(keeping->mapping, NAME_ACCOUNT);
	keeping->release->groups = mapping_count(keeping->mapping, NAME_GROUP);
	keeping->release->words_tokens = words_tokens(keeping->words);
}
