/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/hosts.h"
#include "privacy/rewrite_state.h"
#include "record/clock.h"
#include "record/digits.h"
#include "record/value.h"

static inline struct slice span_text(const struct span *span, const struct row *row)
{
	return row_fields(row, span->first, span->last);
}

/* `stays` is asked of all spans that are read so. */
static G_ALWAYS_INLINE inline gboolean all_stay(
	struct rewrite *rewrite, enum reading reading, const struct row *row,
	gboolean (*stays)(struct rewrite *rewrite, const struct span *span, const struct row *row))
{
	for (const struct span *span = rewrite->chains[reading]; span; span = span->next)
		if (!stays(rewrite, span, row))
			return FALSE;
	return TRUE;
}

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

static G_NO_INLINE gboolean times_fit_anew(struct rewrite *rewrite, const struct span *span,
                                           const struct row *row)
{
	for (guint i = span->first; i <= span->last; i++)
		if (!time_fits(rewrite, row_field(row, i)))
			return FALSE;
	return TRUE;
}

/* When each is as long as times are, and a time stands where each is then, that is what they
 * are. */
static G_ALWAYS_INLINE inline gboolean times_fit(struct rewrite *rewrite, const struct span *span,
                                                 const struct row *row)
{
	const struct slice all = span_text(span, row);

	if (all.length + 1 != (span->last - span->first + 1) * (TIME_LENGTH + 1))
		return times_fit_anew(rewrite, span, row);
	for (const char *at = all.data, *const end = at + all.length; at < end;
	     at += TIME_LENGTH + 1)
		if (!clock_is_on_day(at, day_of(rewrite, at)))
			return times_fit_anew(rewrite, span, row);
	return TRUE;
}

/* Columns one by one: `stays` is asked of each field of a span. */
static G_ALWAYS_INLINE inline gboolean each_stays(const struct span *span, const struct row *row,
                                                  gboolean (*stays)(const struct kept *kept,
                                                                    struct slice text))
{
	const guint32 *begin = row->begins + span->first, *const end = row->begins + span->last;

	for (const struct kept *kept = span->kept; begin <= end; begin++, kept++)
		if (!stays(kept, split_field(row->text, begin, 0)))
			return FALSE;
	return TRUE;
}

/* Numbers */

static inline gboolean number_stays(const struct kept *kept, struct slice text)
{
	return slice_empty(text) ||
	       (text.length <= kept->digits_most && digits_others(text) == 0) || kept->stays(text);
}

static G_NO_INLINE gboolean numbers_stay(const struct span *span, const struct row *row)
{
	return each_stays(span, row, number_stays);
}

/* Mostly all are digits, or all are empty. */
static inline gboolean measures_stay(struct rewrite *rewrite, const struct span *span,
                                     const struct row *row)
{
	struct slice all = span_text(span, row);

	return all.length == span->last - span->first ||
	       (all.length <= span->digits_most && digits_beside(all, *rewrite->delimiter.data)) ||
	       numbers_stay(span, row);
}

/* Job ids: 1234 or, in an array, 1234_5; or none. Others are looked at closely. */

static inline gboolean job_stays(const struct kept *kept, struct slice text)
{
	return (text.length <= DIGITS_BESIDE && digits_joined(text, '_')) || kept->stays(text);
}

static G_ALWAYS_INLINE inline gboolean jobs_stay(struct rewrite *rewrite, const struct span *span,
                                                 const struct row *row)
{
	struct slice all = span_text(span, row);

	return (all.length <= DIGITS_BESIDE && digits_beside(all, *rewrite->delimiter.data)) ||
	       each_stays(span, row, job_stays);
}

/* 1- or 12-, up to there. */
static inline gboolean are_days(const char *at, const char *clock)
{
	size_t length = (size_t)(clock - at) - 1;

	return length > 0 && length <= DAYS_LENGTH && clock[-1] == '-' &&
	       digits_others((struct slice){ at, length }) == 0;
}

/* Durations: most are MM:SS.mmm, HH:MM:SS, the same behind a number of days, or whole seconds. */

static G_ALWAYS_INLINE inline gboolean duration_stays(const struct kept *kept, struct slice text)
{
	const char *clock;

	if (text.length < CLOCK_LENGTH)
		return number_stays(kept, text);
	clock = text.data + text.length - CLOCK_LENGTH;
	if (text.length == CLOCK_LENGTH + 1)
		return clock_is_minutes(text.data) || kept->stays(text);
	return (clock_is_time(clock) && (clock == text.data || are_days(text.data, clock))) ||
	       kept->stays(text);
}

static G_ALWAYS_INLINE inline gboolean durations_stay(struct rewrite *rewrite,
                                                      const struct span *span,
                                                      const struct row *row)
{
	(void)rewrite;
	return each_stays(span, row, duration_stays);
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

	return rewrite->states[at].length == word.length &&
	       bytes_equal(rewrite->states[at].text, word.data, word.length);
}

static G_NO_INLINE gboolean state_fits_anew(struct rewrite *rewrite, const struct kept *kept,
                                            struct slice word)
{
	if (!kept->fits(word))
		return FALSE;
	if (word.length <= STATE_LENGTH) {
		memcpy(rewrite->states[state_place(word)].text, word.data, word.length);
		rewrite->states[state_place(word)].length = (guint)word.length;
	}
	return TRUE;
}

static inline gboolean state_stays(struct rewrite *rewrite, const struct span *span,
                                   const struct row *row)
{
	struct slice text = span_text(span, row);

	return slice_empty(text) || is_state(rewrite, text) ||
	       (!memchr(text.data, ' ', text.length) && state_fits_anew(rewrite, span->kept, text));
}

/* CANCELLED by 1000: behind a blank stands something about somebody, and is not written. */
static inline gboolean state_is_cut(struct rewrite *rewrite, const struct span *span,
                                    const struct row *row)
{
	struct slice text = span_text(span, row), word = slice_cut(&text, ' ');

	return text.data && !slice_empty(word) &&
	       (is_state(rewrite, word) || state_fits_anew(rewrite, span->kept, word));
}

/* Of two states neither is cut. */
static inline gboolean states_are_alike(struct rewrite *rewrite, const struct row *row)
{
	const struct span *span = rewrite->chains[READING_STATE];

	rewrite->cut = FALSE;
	if (!span || all_stay(rewrite, READING_STATE, row, state_stays))
		return TRUE;
	rewrite->cut = !span->next && state_is_cut(rewrite, span, row);
	return rewrite->cut;
}

/* Names of nodes */

/* Where a stem is remembered that stays. */
static inline guint64 *stem_place(struct rewrite *rewrite, guint64 stem)
{
	return &rewrite->stems[stem * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) >> 60];
}

static G_NO_INLINE gboolean stem_stays_anew(struct rewrite *rewrite, struct slice stem,
                                            guint64 packed)
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
	return (stem.length <= STEM_LENGTH && *stem_place(rewrite, packed) == packed) ||
	       stem_stays_anew(rewrite, stem, packed);
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

static G_NO_INLINE gboolean hosts_stay_anew(struct rewrite *rewrite, const struct kept *kept,
                                            struct slice text)
{
	return hosts_are_none(text) || (names_stay(rewrite, text) && kept->fits(text));
}

/* Mostly it is one, and called as the last one was. */
static G_ALWAYS_INLINE inline gboolean hosts_stay(struct rewrite *rewrite, const struct span *span,
                                                  const struct row *row)
{
	struct slice text = span_text(span, row);
	size_t length = rewrite->stem_length;

	return slice_empty(text) ||
	       (length > 0 && text.length > length &&
	        bytes_equal(text.data, rewrite->stem, length) &&
	        digits_only((struct slice){ text.data + length, text.length - length })) ||
	       hosts_stay_anew(rewrite, span->kept, text);
}

/* All of them */

gboolean rewrite_span_stays(struct rewrite *rewrite, const struct span *span, const struct row *row)
{
	switch (span->reading) {
	case READING_STATE:
		return state_stays(rewrite, span, row);
	case READING_MEASURED:
		return measures_stay(rewrite, span, row);
	case READING_TIMES:
		return times_fit(rewrite, span, row);
	case READING_JOBS:
		return jobs_stay(rewrite, span, row);
	case READING_DURATIONS:
		return durations_stay(rewrite, span, row);
	case READING_HOSTS:
		return hosts_stay(rewrite, span, row);
	default:
		return FALSE;
	}
}

/* Another text that also stays as it is, or also does not. */
static G_NO_INLINE gboolean changes_alike(struct span *span, struct slice text)
{
	const struct remembered *known = slice_empty(text) ? NULL : memo_find(&span->memo, text);

	if ((!known && !slice_empty(text)) ||
	    remembered_stays(known) != remembered_stays(span->latest))
		return FALSE;
	span->latest = known;
	return TRUE;
}

static inline gboolean steady_are_alike(struct rewrite *rewrite, const struct row *row)
{
	for (struct span *span = rewrite->chains[READING_STEADY]; span; span = span->next) {
		struct slice text = span_text(span, row);

		if (!(span->latest ? memo_is(span->latest, text) : slice_empty(text)) &&
		    !changes_alike(span, text))
			return FALSE;
	}
	return TRUE;
}

gboolean rewrite_is_alike(struct rewrite *rewrite, const struct row *row)
{
	return !rewrite->chains[READING_ANEW] && steady_are_alike(rewrite, row) &&
	       states_are_alike(rewrite, row) &&
	       all_stay(rewrite, READING_HOSTS, row, hosts_stay) &&
	       all_stay(rewrite, READING_JOBS, row, jobs_stay) &&
	       all_stay(rewrite, READING_TIMES, row, times_fit) &&
	       all_stay(rewrite, READING_DURATIONS, row, durations_stay) &&
	       all_stay(rewrite, READING_MEASURED, row, measures_stay);
}
