/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/rewrite.h"

#include "privacy/marks.h"
#include "privacy/rewrite_state.h"
#include "record/value.h"

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

/* With a newline behind. */
static void put_line(struct rewrite *rewrite)
{
	const GString *line = rewrite->line;

	need_room(rewrite, line->len + 1);
	memcpy(rewrite->at, line->str, line->len);
	rewrite->at += line->len;
	*rewrite->at++ = '\n';
}

/* Marks: they count once the row is written as it was meant to be */

static inline guint32 *begin_marks(struct rewrite *rewrite)
{
	rewrite->marking = rewrite->marks_room - rewrite->marks_made >= rewrite->marks_most;
	return rewrite->marking ? rewrite->marks + rewrite->marks_made
	                        : &g_array_index(rewrite->unwanted, guint32, 0);
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

/* Those of a stretch that stays as it is, at that place; the first of its bytes is byte `begin` of
 * the row. */
static inline guint32 *mark_fields(const struct stretch *stretch, guint32 place, guint32 begin,
                                   const guint32 *begins, guint32 *mark)
{
	const guint32 *field = stretch->marked;
	guint32 *end = mark + stretch->marks;

	for (place -= begin; mark < end; mark += MARKS_AT_ONCE, field += MARKS_AT_ONCE)
#pragma GCC unroll 4
		for (guint i = 0; i < MARKS_AT_ONCE; i++)
			mark[i] = place + begins[field[i]];
	return end;
}

/* What is built before it is written */

/* -1: nothing. */
static struct slice field_at(const struct row *row, int at)
{
	return at < 0 ? (struct slice){ NULL, 0 } : slice_trim(row_field(row, (guint)at));
}

/* Columns one behind the other, with delimiters between, behind what is there. */
static gboolean build(struct rewrite *rewrite, const struct kept *kept, guint count,
                      const struct row *row, GError **error)
{
	struct slice delimiter = rewrite->delimiter;

	rewrite->keeping.user = value_person(field_at(row, rewrite->user));
	rewrite->keeping.is_nobodys = rewrite->user >= 0 && slice_empty(rewrite->keeping.user);
	rewrite->keeping.submitted = field_at(row, rewrite->submit);
	rewrite->keeping.user_cpu = field_at(row, rewrite->user_cpu);
	rewrite->keeping.system_cpu = field_at(row, rewrite->system_cpu);
	rewrite->keeping.settled = TRUE;
	for (guint i = 0; i < count; i++) {
		if (i > 0)
			kept_append_text(delimiter, rewrite->line);
		if (!kept_append(&kept[i], &rewrite->keeping, row_field(row, kept[i].field),
		                 rewrite->line, error))
			return FALSE;
	}
	return TRUE;
}

/* The header */

/* Of the line just written, in which columns begin there. */
static void mark_header(struct rewrite *rewrite, const guint32 *begins)
{
	guint32 place = place_of(rewrite, rewrite->at - rewrite->line->len - 1), *mark, *first;

	g_array_append_vals(rewrite->header, rewrite->marked->data, rewrite->marked->len);
	rewrite_expect_marks(rewrite);
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
		const struct kept *kept = &g_array_index(rewrite->kept, struct kept, i);
		struct slice name = slice_trim(header[kept->field]);

		if (i > 0)
			g_string_append(rewrite->line, rewrite->delimiter.data);
		begins[i] = (guint32)rewrite->line->len;
		if (kept->transform == TRANSFORM_SUM)
			name = slice_of(column_info(kept->column)->name);
		kept_append_value(&rewrite->keeping, name, rewrite->line);
	}
	put_line(rewrite);
	mark_header(rewrite, begins);
}

/* A row as it was split, of stretches */

static inline char *put_remembered(struct release *release, const struct remembered *known,
                                   char *at)
{
	if (known->changed) {
		release->uids_removed += known->changes.uids;
		release->words_replaced += known->changes.words;
	}
	return memo_copy(known, at);
}

static inline char *put_built(const struct rewrite *rewrite, const struct stretch *stretch,
                              char *at)
{
	memcpy(at, rewrite->line->str + stretch->built_at, stretch->built_length);
	return at + stretch->built_length;
}

static inline char *put_word(const struct rewrite *rewrite, struct slice state, char *at)
{
	struct slice word = kept_state_word(&rewrite->keeping, state);

	memcpy(at, word.data, word.length);
	return at + word.length;
}

static inline char *put_changed(const struct rewrite *rewrite, const struct stretch *stretch,
                                const struct row *row, char *at)
{
	return stretch->cut   ? put_word(rewrite, row_field(row, stretch->first), at) :
	       stretch->built ? put_built(rewrite, stretch, at) :
	                        put_remembered(rewrite->keeping.release, stretch->span->latest, at);
}

/* Of what becomes something else only where it begins is known. */
static inline guint32 *mark_changed(struct rewrite *rewrite, const struct stretch *stretch,
                                    guint32 place, guint32 *mark)
{
	*mark = place;
	rewrite->marking &= stretch->marks == 1;
	return mark + stretch->marks;
}

/* Each with a delimiter behind it, or the line end. */
static inline void write_stretches(struct rewrite *rewrite, const GArray *stretches,
                                   const struct row *row)
{
	const struct stretch *stretch = (const struct stretch *)(const void *)stretches->data,
			     *const end = stretch + stretches->len;
	const char delimiter = *rewrite->delimiter.data;
	const guint32 *const begins = row->begins;
	guint32 *const first = begin_marks(rewrite), *mark = first;
	char *at = rewrite->at;

	for (; stretch < end; stretch++) {
		guint32 place = place_of(rewrite, at);

		if (stretch->stays) {
			guint32 begin = begins[stretch->first],
				length = begins[stretch->last + 1] - begin;

			mark = mark_fields(stretch, place, begin, begins, mark);
			/* With the byte behind it, a delimiter or the line end. */
			memcpy(at, row->text + begin, length);
			at += length;
		} else {
			mark = mark_changed(rewrite, stretch, place, mark);
			at = put_changed(rewrite, stretch, row, at);
			*at++ = delimiter;
		}
	}
	at[-1] = '\n';
	rewrite->at = at;
	end_marks(rewrite, first, mark);
}

/* A row that is not like the last one */

/* It is not built another time when it can be remembered: then what was changed is counted as it is
 * written. */
static gboolean build_steady(struct rewrite *rewrite, struct span *span, const struct row *row,
                             struct stretch *stretch, GError **error)
{
	struct release *release = rewrite->keeping.release;
	guint64 uids = release->uids_removed, words = release->words_replaced,
		blanked = release->values_blanked;
	struct slice text = row_fields(row, span->first, span->last), shown;

	if (!build(rewrite, span->kept, span->last - span->first + 1, row, error))
		return FALSE;
	stretch->built = TRUE;
	/* Of what was blanked the column must be counted anew. */
	if (!rewrite->keeping.settled || release->values_blanked != blanked)
		return TRUE;
	shown = (struct slice){ rewrite->line->str + stretch->built_at,
		                rewrite->line->len - stretch->built_at };
	if (!memo_add(&span->memo, text, shown,
	              (struct changes){ release->uids_removed - uids,
	                                release->words_replaced - words }))
		return TRUE;
	stretch->built = FALSE;
	span->latest = memo_find(&span->memo, text);
	release->uids_removed = uids;
	release->words_replaced = words;
	return TRUE;
}

static gboolean plan_steady(struct rewrite *rewrite, struct span *span, const struct row *row,
                            struct stretch *stretch, GError **error)
{
	struct slice text = row_fields(row, span->first, span->last);
	gboolean stayed = remembered_stays(span->latest);
	const struct remembered *known = slice_empty(text) ? NULL : memo_find(&span->memo, text);

	if (known || slice_empty(text))
		span->latest = known;
	else if (!build_steady(rewrite, span, row, stretch, error))
		return FALSE;
	stretch->stays = !stretch->built && remembered_stays(span->latest);
	rewrite->settled &= remembered_stays(span->latest) == stayed;
	return TRUE;
}

/* Of columns that tell whether a row is one. */
static gboolean telling_fit(const struct kept *kept, guint count, const struct row *row)
{
	for (const struct kept *end = kept + count; kept < end; kept++) {
		struct slice text = row_field(row, kept->field);

		if (kept->tells && !slice_empty(text) && !kept->fits(text))
			return FALSE;
	}
	return TRUE;
}

/* What stays as it is fits. */
static gboolean spans_fit(struct rewrite *rewrite, const struct row *row)
{
	for (guint i = 0; i < rewrite->spans->len; i++) {
		struct span *span = span_at(rewrite, i);

		span->stays = span->reading != READING_STEADY &&
		              rewrite_span_stays(rewrite, span, row);
		if (!span->stays && !telling_fit(span->kept, span->last - span->first + 1, row))
			return FALSE;
	}
	return TRUE;
}

static gboolean plan_stretch(struct rewrite *rewrite, struct span *span, const struct row *row,
                             struct stretch *stretch, GError **error)
{
	*stretch = (struct stretch){
		.span = span, .first = span->first, .last = span->last,
			.built_at = (guint)rewrite->line->len,
		.marked = &g_array_index(rewrite->marked_fields, guint32, span->mark),
			.marks = span->marks,
	};
	if (span->reading == READING_STEADY) {
		if (!plan_steady(rewrite, span, row, stretch, error))
			return FALSE;
	} else {
		stretch->stays = span->stays;
		stretch->built = !stretch->stays;
		if (stretch->built &&
		    !build(rewrite, span->kept, span->last - span->first + 1, row, error))
			return FALSE;
	}
	stretch->built_length = (guint)rewrite->line->len - stretch->built_at;
	return TRUE;
}

/* Neighbours that stay as they are are one. */
static void add_stretch(GArray *stretches, const struct stretch *next)
{
	struct stretch *last = stretches->len > 0 ? &g_array_index(stretches, struct stretch,
	                                                           stretches->len - 1)
	                                          : NULL;

	if (last && last->stays && next->stays && next->span->joins) {
		last->last = next->last;
		last->marks += next->marks;
	} else {
		g_array_append_vals(stretches, next, 1);
	}
}

static void add_to_pattern(struct pattern *pattern, const struct stretch *next)
{
	struct stretch cut = *next;

	add_stretch(pattern->whole, next);
	if (next->span->reading == READING_STATE) {
		cut.stays = FALSE;
		cut.cut = TRUE;
	}
	add_stretch(pattern->cut, &cut);
}

/* Gives how a row is written that fits; when nothing had to be built, the next ones may be like it.
 * NULL: error. */
static const GArray *plan_row(struct rewrite *rewrite, const struct row *row, GError **error)
{
	struct pattern pattern = rewrite->other;
	gboolean built = FALSE;

	g_array_set_size(pattern.whole, 0);
	g_array_set_size(pattern.cut, 0);
	g_string_truncate(rewrite->line, 0);
	for (guint i = 0; i < rewrite->spans->len; i++) {
		struct stretch next;

		if (!plan_stretch(rewrite, span_at(rewrite, i), row, &next, error))
			return NULL;
		built |= next.built;
		add_to_pattern(&pattern, &next);
	}
	if (!built) {
		rewrite->other = rewrite->pattern;
		rewrite->pattern = pattern;
		rewrite->settled = TRUE;
	}
	return pattern.whole;
}

/* All rows */

static inline void know_names(struct rewrite *rewrite, const struct row *row)
{
	for (guint i = 0; i < rewrite->known->len; i++) {
		const struct kept *kept = &g_array_index(rewrite->known, struct kept, i);

		kept_know(kept, &rewrite->keeping, row_field(row, kept->field));
	}
}

/* A row that was split as it stands, and is not as the last one was. As plan_row(); NULL, too, when
 * it does not fit. */
static G_NO_INLINE const GArray *plan_unlike(struct rewrite *rewrite, const struct row *row,
                                             gboolean *fits, GError **error)
{
	*fits = spans_fit(rewrite, row);
	if (!*fits)
		return NULL;
	know_names(rewrite, row);
	return plan_row(rewrite, row, error);
}

/* A row that was put together. */
static G_NO_INLINE gboolean rewrite_fields(struct rewrite *rewrite, const struct row *row,
                                           gboolean *fits, GError **error)
{
	const struct kept *kept = &g_array_index(rewrite->kept, struct kept, 0);

	*fits = telling_fit(kept, rewrite->kept->len, row);
	if (!*fits)
		return TRUE;
	know_names(rewrite, row);
	g_string_truncate(rewrite->line, 0);
	if (!build(rewrite, kept, rewrite->kept->len, row, error))
		return FALSE;
	put_line(rewrite);
	rewrite->keeping.release->rows_written++;
	return TRUE;
}

gboolean rewrite_row(struct rewrite *rewrite, const struct row *row, gboolean *fits, GError **error)
{
	const GArray *stretches;
	size_t built = 0;

	/* Most rows. Where values are quoted nothing is ever settled, for no row is planned. */
	if (row->as_split && rewrite->settled && rewrite_is_alike(rewrite, row)) {
		know_names(rewrite, row);
		stretches = rewrite->cut ? rewrite->pattern.cut : rewrite->pattern.whole;
	} else if (!row->as_split || rewrite->keeping.quotes) {
		return rewrite_fields(rewrite, row, fits, error);
	} else {
		stretches = plan_unlike(rewrite, row, fits, error);
		if (!stretches)
			return !*fits;
		built = rewrite->line->len;
	}
	need_room(rewrite, row->raw.length + built + rewrite->spare);
	write_stretches(rewrite, stretches, row);
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
