/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/words.h"

#include "base/intern.h"
#include "privacy/caseless.h"
#include "privacy/realm.h"
#include "privacy/taken.h"

#define LEAST_INSIDE 3 /* bytes of a name that is also looked for inside a word */
#define LEAST_DIGITS 4 /* the same of one without a letter: fewer are the model of a GPU or the size
                          of a node */

/* What is known of a word, and what was last said of it. */
struct verdict {
	const char *shown; /* NULL: it stays as it is */
	gboolean settled, said;
	gboolean asked, numbered; /* words_numbered(), and what it said */
	guint32 *who;      /* the first users of it; owned, NULL when there is none */
	guint users;       /* how many of them, at most as many as matter */
	guint turn;        /* of an account or a group: the how manieth that has enough users; 0: it
	                      has not */
};

struct words {
	struct mapping *mapping;
	const struct terms *terms;
	struct intern *users;
	struct intern *seen[NAME_KINDS];
	GArray *verdicts[NAME_KINDS]; /* struct verdict, by word */
	GHashTable *open; /* a set of words, struct slice, case ignored, that stay in some column;
	                     NULL until all is decided */
	gboolean decided;
	gboolean changed; /* something else was said of a word than before */
	guint turns[NAME_PEOPLE]; /* how many accounts or groups have enough users */
};

struct words *words_new(struct mapping *mapping, const struct terms *terms)
{
	struct words *words = g_new0(struct words, 1);

	words->mapping = mapping;
	words->terms = terms;
	words->decided = terms->at_once;
	words->users = intern_new();
	for (int kind = 0; kind < NAME_KINDS; kind++) {
		words->seen[kind] = intern_new();
		words->verdicts[kind] = g_array_new(FALSE, TRUE, sizeof(struct verdict));
	}
	return words;
}

static struct verdict *verdict_at(const struct words *words, enum name_kind kind, guint number)
{
	return &g_array_index(words->verdicts[kind], struct verdict, number);
}

void words_free(struct words *words)
{
	if (!words)
		return;
	for (int kind = 0; kind < NAME_KINDS; kind++) {
		for (guint i = 0; i < words->verdicts[kind]->len; i++)
			g_free(verdict_at(words, (enum name_kind)kind, i)->who);
		g_array_unref(words->verdicts[kind]);
		intern_free(words->seen[kind]);
	}
	intern_free(words->users);
	if (words->open)
		g_hash_table_destroy(words->open);
	g_free(words);
}

static void count_user(struct words *words, struct verdict *verdict, struct slice user)
{
	guint32 number;

	if (slice_empty(user) || verdict->users >= words->terms->min_users)
		return;
	number = intern_get(words->users, user);
	for (guint i = 0; i < verdict->users; i++)
		if (verdict->who[i] == number)
			return;
	if (!verdict->who)
		verdict->who = g_new(guint32, words->terms->min_users);
	verdict->who[verdict->users++] = number;
}

static void settle(struct verdict *verdict, const char *shown)
{
	verdict->shown = shown;
	verdict->settled = TRUE;
}

/* An account or a group, where small ones are pooled. */
static void judge_people(struct words *words, enum name_kind kind, struct slice name,
                         struct verdict *verdict)
{
	if (verdict->users >= words->terms->min_users && !words->decided)
		verdict->turn = ++words->turns[kind];
	verdict->shown = mapping_pseudonym(words->mapping, kind, name);
	if (verdict->turn == 0 && words->decided)
		verdict->shown = PSEUDONYM_OTHER;
	verdict->settled = verdict->turn > 0 || words->decided;
}

/* Users of the accounts or groups that have too few of them, together. */
static guint count_pooled(const struct words *words, enum name_kind kind)
{
	g_autoptr(GHashTable) users = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < words->verdicts[kind]->len; i++) {
		const struct verdict *verdict = verdict_at(words, kind, i);

		for (guint j = 0; verdict->turn == 0 && j < verdict->users; j++)
			g_hash_table_add(users, GUINT_TO_POINTER(verdict->who[j]));
	}
	return g_hash_table_size(users);
}

/* Where those that have too few users are too few together, too, what all of them are called would
 * be a small group's name: one more goes with them. It is the last that came to enough users, which
 * is mostly the one that a report misses least. */
static void pool_another(struct words *words, enum name_kind kind)
{
	gboolean pooled = words->verdicts[kind]->len > words->turns[kind];

	if (!pooled || count_pooled(words, kind) >= words->terms->min_users)
		return;
	for (guint i = 0; i < words->verdicts[kind]->len; i++) {
		struct verdict *verdict = verdict_at(words, kind, i);

		if (verdict->turn == words->turns[kind])
			verdict->turn = 0;
	}
}

static gboolean is_letter(char byte)
{
	return g_ascii_isalnum(byte) || (guchar)byte >= 0x80;
}

/* Letters, digits, and what is neither. */
static int class_of(char byte)
{
	return g_ascii_isdigit(byte) ? 1 : is_letter(byte) ? 2 : 0;
}

/* Where one of them ends and another begins. */
static size_t next_edge(struct slice word, size_t at)
{
	int class = class_of(word.data[at]);

	while (at < word.length && class_of(word.data[at]) == class)
		at++;
	return at;
}

static gboolean has_letter(struct slice text)
{
	for (size_t i = 0; i < text.length; i++)
		if (realm_is_letter(text.data[i]))
			return TRUE;
	return FALSE;
}

static gboolean may_be_inside(struct slice name)
{
	return name.length >= (has_letter(name) ? LEAST_INSIDE : LEAST_DIGITS);
}

/* Whether somebody's name is a part of the word between dashes, digits or the like: "smith" of
 * "smith2-gpu", "4711" of "p4711". */
static gboolean holds_name(const struct mapping *mapping, struct slice word)
{
	for (size_t at = 0; at < word.length; at = next_edge(word, at))
		for (size_t edge = at; edge < word.length;) {
			struct slice part = { word.data + at, 0 };

			edge = next_edge(word, edge);
			part.length = edge - at;
			if (may_be_inside(part) && mapping_find(mapping, part))
				return TRUE;
		}
	return FALSE;
}

/* A part of a node's name, of which a site makes words, too. */
static void judge_host(struct words *words, struct slice part, struct verdict *verdict)
{
	gboolean hidden = mapping_find(words->mapping, part) || mapping_token(words->mapping, part);

	settle(verdict, hidden ? mapping_pseudonym(words->mapping, NAME_HOST, part) : NULL);
}

static gboolean is_free(const struct words *words, enum name_kind kind, struct slice word)
{
	return values_let(words->terms->values, kind, word);
}

/* One that stood as it is would be taken for another's token, or for a person or a group. */
static gboolean is_like_pseudonym(struct slice word)
{
	for (int kind = 0; kind < NAME_CLASS; kind++)
		if (pseudonym_valid((enum name_kind)kind, word))
			return TRUE;
	return FALSE;
}

/* Whether it has letters that also stand in a name, and in few: "smith" of "smith-gpu", when an
 * account is "smith_lab". */
static gboolean holds_part(const struct words *words, enum name_kind kind, struct slice word)
{
	struct slice part;

	while (realm_letters(&word, &part)) {
		guint names = part.length >= LEAST_INSIDE ? mapping_names_with(words->mapping, part)
		                                          : 0;

		if (names > 0 && names < words->terms->min_users &&
		    !values_are_common(kind, part) && !values_are_of_groups(part))
			return TRUE;
	}
	return FALSE;
}

static gboolean is_shared(const struct words *words, enum name_kind kind, struct slice word,
                          const struct verdict *verdict)
{
	return verdict->users >= words->terms->min_users && !holds_part(words, kind, word);
}

static gboolean is_name(const struct mapping *mapping, struct slice word)
{
	return mapping_find(mapping, word) || holds_name(mapping, word);
}

/* Whether it is or holds somebody's name, also as an address writes it, or in letters of another
 * face. */
static gboolean is_named(const struct mapping *mapping, struct slice word)
{
	g_autoptr(GString) taken = taken_read(word);

	return is_name(mapping, word) ||
	       (taken && is_name(mapping, (struct slice){ taken->str, taken->len }));
}

/* What is hidden in one column is so in all, and what is open in one is in all. A word that is
 * somebody's name gets a token, too, and not that name's pseudonym: what partitions a cluster has
 * is known to all who work there, and which of them the pseudonym of a person or a group stands for
 * would be seen at once. */
static void judge_word(struct words *words, enum name_kind kind, struct slice word,
                       struct verdict *verdict)
{
	if (is_named(words->mapping, word) || is_like_pseudonym(word))
		settle(verdict, mapping_pseudonym(words->mapping, kind, word));
	else if (is_free(words, kind, word) ||
	         (words->open && g_hash_table_contains(words->open, &word)))
		settle(verdict, NULL);
	else if (mapping_token(words->mapping, word))
		settle(verdict, mapping_pseudonym(words->mapping, kind, word));
	else if (is_shared(words, kind, word, verdict))
		settle(verdict, NULL);
	else if (words->decided)
		settle(verdict, mapping_pseudonym(words->mapping, kind, word));
}

static void judge(struct words *words, enum name_kind kind, struct slice word,
                  struct verdict *verdict)
{
	if (kind < NAME_PEOPLE)
		judge_people(words, kind, word, verdict);
	else if (kind == NAME_HOST)
		judge_host(words, word, verdict);
	else
		judge_word(words, kind, word, verdict);
}

/* Notes when it is not what was said before, as of a word that proves a name. */
static void judge_again(struct words *words, enum name_kind kind, struct slice word,
                        struct verdict *verdict)
{
	const char *shown = verdict->shown;

	judge(words, kind, word, verdict);
	words->changed |= verdict->said && verdict->shown != shown;
	verdict->said = TRUE;
}

static struct verdict *verdict_of(struct words *words, enum name_kind kind, struct slice word)
{
	guint32 number = intern_get(words->seen[kind], word);

	if (number == words->verdicts[kind]->len)
		g_array_set_size(words->verdicts[kind], number + 1);
	return verdict_at(words, kind, number);
}

const char *words_shown(struct words *words, enum name_kind kind, struct slice word,
                        struct slice user, gboolean *settled)
{
	struct verdict *verdict = verdict_of(words, kind, word);

	if (!verdict->settled) {
		if (!words->decided)
			count_user(words, verdict, user);
		judge_again(words, kind, word, verdict);
	}
	*settled &= verdict->settled;
	return verdict->shown;
}

gboolean words_numbered(struct words *words, struct slice stem)
{
	struct verdict *verdict = verdict_of(words, NAME_HOST, stem);

	verdict->asked = TRUE;
	verdict->numbered = mapping_has_stem(words->mapping, stem);
	return verdict->numbered;
}

/* Whether it proved to be the begin of a name with a number since that was asked. */
static gboolean numbered_late(const struct words *words, const struct verdict *verdict,
                              const char *word)
{
	return verdict->asked && !verdict->numbered &&
	       mapping_has_stem(words->mapping, slice_of(word));
}

static gboolean is_open(const struct words *words, enum name_kind kind, struct slice word,
                        const struct verdict *verdict)
{
	return is_free(words, kind, word) ||
	       (is_shared(words, kind, word, verdict) && !mapping_token(words->mapping, word));
}

static void find_open(struct words *words)
{
	words->open = g_hash_table_new_full(caseless_hash, caseless_equal, g_free, NULL);
	for (int kind = NAME_PEOPLE; kind < NAME_WORDS; kind++)
		for (guint i = 0; i < words->verdicts[kind]->len; i++) {
			struct slice word = slice_of(intern_text(words->seen[kind], i));

			if (is_open(words, (enum name_kind)kind, word,
			            verdict_at(words, (enum name_kind)kind, i)))
				g_hash_table_add(words->open, g_memdup2(&word, sizeof word));
		}
}

gboolean words_decide(struct words *words)
{
	words->decided = TRUE;
	find_open(words);
	pool_another(words, NAME_ACCOUNT);
	pool_another(words, NAME_GROUP);
	for (int kind = 0; kind < NAME_KINDS; kind++)
		for (guint i = 0; i < words->verdicts[kind]->len; i++) {
			struct verdict *verdict = verdict_at(words, (enum name_kind)kind, i);
			const char *word = intern_text(words->seen[kind], i);

			judge_again(words, (enum name_kind)kind, slice_of(word), verdict);
			words->changed |= numbered_late(words, verdict, word);
			verdict->asked = FALSE; /* it is again when it matters to the second
			                           reading */
		}
	return words->changed;
}

gboolean words_decided(const struct words *words)
{
	return words->decided;
}

/* Of a node's name every part is a word of its own. */
static gboolean is_late(const struct words *words, enum name_kind kind,
                        const struct verdict *verdict, const char *word)
{
	if (numbered_late(words, verdict, word))
		return TRUE;
	if (kind == NAME_HOST)
		return !verdict->shown && (mapping_find(words->mapping, slice_of(word)) ||
		                           mapping_token(words->mapping, slice_of(word)));
	return !verdict->shown && is_named(words->mapping, slice_of(word));
}

char *words_find_late(const struct words *words)
{
	for (int kind = NAME_PEOPLE; kind < NAME_KINDS; kind++)
		for (guint i = 0; i < words->verdicts[kind]->len; i++) {
			const char *word = intern_text(words->seen[kind], i);

			if (is_late(words, (enum name_kind)kind,
			            verdict_at(words, (enum name_kind)kind, i), word))
				return g_strdup(word);
		}
	return NULL;
}

guint words_tokens(const struct words *words)
{
	guint tokens = 0;

	for (int kind = NAME_PEOPLE; kind < NAME_KINDS; kind++)
		for (guint i = 0; i < words->verdicts[kind]->len; i++) {
			const char *shown = verdict_at(words, (enum name_kind)kind, i)->shown;

			tokens += shown && pseudonym_valid((enum name_kind)kind, slice_of(shown));
		}
	return tokens;
}
