/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/hosts.h"
#include "privacy/rewrite_state.h"
#include "record/clock.h"
#include "record/digits.h"
#include "record/value.h"

/* Times: they come close together, and mostly the day is one of the last ones. */

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

/* When each is as long as times are, and a time stands where each is then, that is what they are. */
static inline gboolean times_fit(struct rewrite *rewrite, const struct span *span, const struct row *row)
{
	guint begin = row->begins[span->first], end = row->begins[span->last + 1];
	const char *at = row->text + begin, *const behind = row->text + end;
	gboolean fit = end - begin == (span->last - span->first + 1) * (TIME_LENGTH + 1);

	for (; fit && at < behind; at += TIME_LENGTH + 1)
		fit = clock_is_on_day(at, day_of(rewrite, at));
	for (guint i = span->first; !fit && i <= span->last; i++)
		if (!time_fits(rewrite, row_field(row, i)))
			return FALSE;
	return TRUE;
}

/* Numbers */

static G_NO_INLINE gboolean each_stays(const struct span *span, const struct row *row)
{
	const guint32 *begin = row->begins + span->first, *const end = row->begins + span->last;

	for (const struct kept *kept = span->kept; begin <= end; begin++, kept++) {
		struct slice text = split_field(row->text, begin, 0);

		if (!slice_empty(text) && !(text.length <= kept->digits_most && digits_only(text)) && !kept->stays(text))
			return FALSE;
	}
	return TRUE;
}

/* Mostly all are digits, or many are empty. */
static inline gboolean measures_stay(const struct rewrite *rewrite, const struct span *span, const struct row *row)
{
	struct slice all = row_fields(row, span->first, span->last);

	return (all.length <= MIN(span->digits_most, DIGITS_BESIDE) && digits_beside(all, *rewrite->delimiter.data)) ||
	       each_stays(span, row);
}

/* States */

/* The third letter tells states of one length apart. */
static inline guint state_place(struct slice word)
{
	return (guint)(word.length ^ (word.length > 2 ? (guchar)word.data[2] : 0)) % STATE_WORDS;
}

/* A word that fitted before. */
static inline gboolean is_state(const struct rewrite *rewrite, struct slice word)
{
	guint at = state_place(word);

	return rewrite->states[at].length == word.length && bytes_equal(rewrite->states[at].text, word.data, word.length);
}

/* Behind a blank stands something about somebody. */
static G_NO_INLINE gboolean state_stays_anew(struct rewrite *rewrite, const struct kept *kept, struct slice text)
{
	if (memchr(text.data, ' ', text.length) || !kept->fits(text))
		return FALSE;
	if (text.length <= STATE_LENGTH) {
		memcpy(rewrite->states[state_place(text)].text, text.data, text.length);
		rewrite->states[state_place(text)].length = (guint)text.length;
	}
	return TRUE;
}

/* Names of nodes */

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

/* Moves *at behind the letters that a name begins with. FALSE when they may be somebody's. */
static gboolean stem_stays(struct rewrite *rewrite, const char **at, const char *end)
{
	struct slice stem = { *at, 0 };
	guint64 packed = 0; /* the letters, one byte each */

	for (; *at < end && (g_ascii_isalpha(**at) || **at == '-' || **at == '_'); ++*at)
		packed = packed << 8 | (guchar)**at;
	stem.length = (size_t)(*at - stem.data);
	return (stem.length <= STEM_LENGTH && *stem_place(rewrite, packed) == packed) || stem_stays_anew(rewrite, stem, packed);
}

static const char *digits_end(const char *at, const char *end)
{
	while (at < end && g_ascii_isdigit(*at))
		at++;
	return at;
}

/* Behind [01-03,07], if that is what it is. */
static const char *range_end(const char *at, const char *end)
{
	if (at == end || *at != '[')
		return at;
	for (at++; at < end && (g_ascii_isdigit(*at) || *at == '-' || *at == ',');)
		at++;
	return at < end && *at == ']' ? at + 1 : at;
}

/* Moves *at behind a name of letters that are nobody's, and then digits or a range of them. */
static gboolean name_stays(struct rewrite *rewrite, const char **at, const char *end)
{
	const char *begin = *at;

	if (!stem_stays(rewrite, at, end))
		return FALSE;
	/* A part of a longer one is another name. */
	rewrite->stem_length = *at - begin <= STEM_LENGTH ? (size_t)(*at - begin) : 0;
	memcpy(rewrite->stem, begin, rewrite->stem_length);
	*at = range_end(digits_end(*at, end), end);
	return *at > begin;
}

static gboolean names_stay(struct rewrite *rewrite, struct slice text)
{
	const char *at = text.data, *end = at + text.length;

	for (; name_stays(rewrite, &at, end); at++)
		if (at == end || *at != ',')
			return at == end;
	return FALSE;
}

static G_NO_INLINE gboolean hosts_stay_anew(struct rewrite *rewrite, const struct kept *kept, struct slice text)
{
	return names_stay(rewrite, text) && kept->fits(text);
}

/* Mostly it is one, and called as the last one was. */
static inline gboolean hosts_stay(struct rewrite *rewrite, const struct kept *kept, struct slice text)
{
	size_t length = rewrite->stem_length;

	return (length > 0 && text.length > length && bytes_equal(text.data, rewrite->stem, length) &&
	        digits_only((struct slice){ text.data + length, text.length - length })) ||
	       hosts_stay_anew(rewrite, kept, text);
}

/* All of them */

static G_ALWAYS_INLINE inline gboolean span_stays(struct rewrite *rewrite, const struct span *span, const struct row *row)
{
	struct slice text;

	if (span->reading == READING_MEASURED)
		return measures_stay(rewrite, span, row);
	if (span->reading == READING_TIMES)
		return times_fit(rewrite, span, row);
	text = row_fields(row, span->first, span->last);
	if (span->reading == READING_STATE)
		return slice_empty(text) || is_state(rewrite, text) || state_stays_anew(rewrite, span->kept, text);
	return span->reading == READING_HOSTS && (slice_empty(text) || hosts_stay(rewrite, span->kept, text));
}

gboolean rewrite_span_stays(struct rewrite *rewrite, const struct span *span, const struct row *row)
{
	return span_stays(rewrite, span, row);
}

/* Another text that also stays as it is, or also does not. */
static G_NO_INLINE gboolean changes_alike(struct span *span, struct slice text)
{
	const struct remembered *known = slice_empty(text) ? NULL : memo_find(&span->memo, text);

	if ((!known && !slice_empty(text)) || remembered_stays(known) != remembered_stays(span->latest))
		return FALSE;
	span->latest = known;
	return TRUE;
}

static inline gboolean steady_is_alike(struct span *span, struct slice text)
{
	return (span->latest ? memo_is(span->latest, text) : slice_empty(text)) || changes_alike(span, text);
}

gboolean rewrite_is_alike(struct rewrite *rewrite, const struct row *row)
{
	struct span *span = span_at(rewrite, 0);

	for (struct span *end = span + rewrite->spans->len; span < end; span++)
		if (span->reading == READING_STEADY ? !steady_is_alike(span, row_fields(row, span->first, span->last))
		                                    : !span_stays(rewrite, span, row))
			return FALSE;
	return TRUE;
}
