/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/scan.h"

#include <errno.h>
#include <unistd.h>

#include "base/error.h"
#include "base/intern.h"
#include "base/terminal.h"
#include "privacy/caseless.h"
#include "privacy/wiped.h"

#define LONGEST 255       /* of a name's first word, bytes */
#define LEAST_INSIDE 3    /* characters of a name that is also found beside a dash */
#define HITS_OF_A_NAME 3  /* that are told of one file */
#define AROUND 30         /* bytes of text shown on either side */
#define BLOCK_BYTES ((size_t)1024 * 1024)

struct name {
	char *folded; /* caseless_fold() */
	char *pseudonym;
	size_t length, lead; /* lead: what stands before its first word */
	size_t letters;      /* bytes of words in it */
	const char *kind;    /* "user" */
	gboolean digits;     /* nothing else in it */
	gboolean by_chance;
	const char *file; /* where it was last found, and how often there */
	guint hits;
};

struct hit {
	const struct name *name; /* NULL: whoever's home or number it is */
	const char *kind, *file; /* file: interned */
	guint64 line;
	char *around; /* escaped */
	gboolean forbids;
};

struct scan {
	gboolean word[256];   /* which bytes words are made of, as far as one byte tells */
	gboolean plain[256];  /* the ASCII of them */
	guint64 lengths[256]; /* by first byte: a bit for each length of a first word of a name */
	struct intern *firsts; /* first words, folded */
	GPtrArray *beginning;  /* by number of a first word: GPtrArray of struct name; empty: see
	                          home */
	GByteArray *simple;    /* by the same: whether these names are of ASCII words and
	                          underscores alone */
	GPtrArray *names;      /* struct name */
	struct intern *whole;  /* names, folded: each is looked for once */
	struct intern *issued; /* pseudonyms that the mapping has given: in them no name is looked
	                          for */
	guint32 home, cancelled; /* numbers of these first words */
	struct intern *homes;  /* whose home may be told of */
	struct intern *files;
	GArray *hits;         /* struct hit */
	gboolean learning;
	guint others;         /* hits without a name */
};

/* Where the search is. */
struct place {
	const char *file;
	struct slice text;
	guint64 line; /* of the first byte of the text */
};

/* Names */

static void name_free(gpointer data)
{
	struct name *name = data;

	explicit_bzero(name->folded, name->length);
	g_free(name->folded);
	g_free(name->pseudonym);
	g_free(name);
}

static void unref_array(gpointer array)
{
	g_ptr_array_unref(array);
}

static guint32 first_word(struct scan *scan, struct slice word)
{
	guint32 number = intern_get(scan->firsts, word);
	guint64 bit = (guint64)1 << MIN(word.length, 63);

	if (number == scan->beginning->len) {
		g_ptr_array_add(scan->beginning, g_ptr_array_new());
		g_byte_array_append(scan->simple, (const guint8[]){ TRUE }, 1);
	}
	scan->lengths[(guchar)word.data[0]] |= bit;
	scan->lengths[(guchar)g_ascii_toupper(word.data[0])] |= bit;
	return number;
}

static gboolean all_digits(struct slice text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!g_ascii_isdigit(text.data[i]))
			return FALSE;
	return TRUE;
}

static struct slice find_word(struct slice text)
{
	size_t begin = 0;
	gboolean letter;

	while (begin < text.length && caseless_word(text, begin) == 0)
		begin += caseless_character(text, begin, &letter);
	return (struct slice){ text.data + begin, caseless_word(text, begin) };
}

static size_t count_letters(struct slice text)
{
	size_t count = 0;
	gboolean letter;

	for (size_t at = 0, bytes; at < text.length; at += bytes) {
		bytes = caseless_character(text, at, &letter);
		count += letter ? bytes : 0;
	}
	return count;
}

static gboolean is_simple(const struct scan *scan, struct slice name)
{
	for (size_t i = 0; i < name.length; i++)
		if (!scan->plain[(guchar)name.data[i]] && name.data[i] != '_')
			return FALSE;
	return TRUE;
}

/* A word that stands in one column does so in all. */
static gboolean word_stands(const struct terms *terms, struct slice word)
{
	for (int kind = NAME_PEOPLE; kind < NAME_WORDS; kind++)
		if (values_let(terms->values, (enum name_kind)kind, word))
			return TRUE;
	return FALSE;
}

/* Whether it stands as it is called on these terms. People never do. */
static gboolean name_stands(const struct terms *terms, enum name_kind kind, struct slice name)
{
	if (!terms || kind < NAME_PEOPLE || kind == NAME_HOST)
		return FALSE;
	return kind < NAME_WORDS ? word_stands(terms, name) : terms_nodes(terms) == NODES_KEEP;
}

struct taking {
	struct scan *scan;
	const struct terms *terms;
};

/* What has no letter in it cannot be told from the text around it. */
static void add_name(enum name_kind kind, const char *text, const char *pseudonym, void *data)
{
	const struct taking *taking = data;
	struct scan *scan = taking->scan;
	g_autofree char *folded = caseless_fold(slice_of(text));
	struct slice all = slice_of(folded), first = find_word(all);
	struct name *name;
	guint32 number;

	intern_get(scan->issued, slice_of(pseudonym));
	if (name_stands(taking->terms, kind, slice_of(text)) || slice_empty(first) ||
	    first.length > LONGEST || intern_find(scan->whole, all) >= 0)
		return;
	intern_get(scan->whole, all);
	name = g_new0(struct name, 1);
	name->pseudonym = g_strdup(pseudonym);
	name->length = all.length;
	name->lead = (size_t)(first.data - folded);
	name->letters = count_letters(all);
	name->kind = name_kind_name(kind);
	name->digits = all_digits(all);
	number = first_word(scan, first);
	g_ptr_array_add(scan->beginning->pdata[number], name);
	scan->simple->data[number] &= (guint8)is_simple(scan, all);
	name->folded = g_steal_pointer(&folded);
	g_ptr_array_add(scan->names, name);
}

static void hit_clear(gpointer data)
{
	struct hit *hit = data;

	explicit_bzero(hit->around, strlen(hit->around));
	g_free(hit->around);
}

struct scan *scan_new(const struct mapping *mapping, const struct terms *terms)
{
	struct scan *scan = g_new0(struct scan, 1);
	struct taking taking = { scan, terms };

	for (guint byte = 0; byte < 256; byte++)
		scan->word[byte] = lexicon_is_letter((char)byte),
		scan->plain[byte] = scan->word[byte] && byte < 0x80;
	scan->firsts = intern_new();
	scan->whole = intern_new();
	scan->issued = intern_new();
	scan->homes = intern_new();
	scan->files = intern_new();
	scan->beginning = g_ptr_array_new_with_free_func(unref_array);
	scan->simple = g_byte_array_new();
	scan->names = g_ptr_array_new_with_free_func(name_free);
	scan->hits = g_array_new(FALSE, FALSE, sizeof(struct hit));
	g_array_set_clear_func(scan->hits, hit_clear);
	scan->home = first_word(scan, slice_of("home"));
	scan->cancelled = first_word(scan, slice_of("cancelled"));
	/* Pages say what pseudonyms look like, whether or not somebody has these, or is called
	 * so. */
	intern_get(scan->issued, slice_of("user_0001"));
	intern_get(scan->issued, slice_of("group_A"));
	intern_get(scan->issued, slice_of(PSEUDONYM_OTHER));
	mapping_each(mapping, add_name, &taking);
	return scan;
}

static void wipe(const struct intern *intern)
{
	for (guint32 i = 0; i < intern_count(intern); i++) {
		/* The text is the intern's own, and goes with it. */
		char *text = (char *)(guintptr)intern_text(intern, i);

		explicit_bzero(text, strlen(text));
	}
}

void scan_free(struct scan *scan)
{
	if (!scan)
		return;
	wipe(scan->firsts);
	wipe(scan->whole);
	g_array_unref(scan->hits);
	g_ptr_array_unref(scan->beginning);
	g_byte_array_unref(scan->simple);
	g_ptr_array_unref(scan->names);
	intern_free(scan->firsts);
	intern_free(scan->whole);
	intern_free(scan->issued);
	intern_free(scan->homes);
	intern_free(scan->files);
	g_free(scan);
}

/* Hits */

static guint64 line_at(const struct place *place, size_t at)
{
	guint64 line = place->line;

	for (size_t i = 0; i < at; i++)
		line += place->text.data[i] == '\n';
	return line;
}

static char *text_around(struct slice text, size_t at, size_t length)
{
	size_t begin = at - MIN(at, AROUND), end = MIN(text.length, at + length + AROUND);

	return terminal_escape_whole((struct slice){ text.data + begin, end - begin });
}

static void add_hit(struct scan *scan, const struct place *place, size_t at, size_t length,
                    struct hit hit)
{
	hit.file = place->file;
	hit.line = line_at(place, at);
	hit.around = text_around(place->text, at, length);
	g_array_append_val(scan->hits, hit);
}

static void found(struct scan *scan, const struct place *place, struct slice where,
                  struct name *name, gboolean forbids)
{
	if (scan->learning) {
		name->by_chance = TRUE;
		return;
	}
	if (name->file != place->file) {
		name->file = place->file;
		name->hits = 0;
	}
	if (name->hits++ < HITS_OF_A_NAME)
		add_hit(scan, place, (size_t)(where.data - place->text.data), where.length,
		        (struct hit){ .name = name, .kind = name->kind, .forbids = forbids });
}

static void found_somebody(struct scan *scan, const struct place *place, size_t at,
                           const char *kind)
{
	if (!scan->learning && scan->others++ < HITS_OF_A_NAME)
		add_hit(scan, place, at, 24, (struct hit){ .kind = kind, .forbids = TRUE });
}

/* The search */

static gboolean stands_before(struct slice text, size_t at, const char *what)
{
	size_t length = strlen(what);

	return at >= length && g_ascii_strncasecmp(text.data + at - length, what, length) == 0;
}

static gboolean joins(struct slice text, size_t at)
{
	return at < text.length &&
	       (caseless_word(text, at) > 0 || (text.data[at] && strchr("_.+-", text.data[at])));
}

/* Where the character before begins. */
static size_t one_back(struct slice text, size_t at)
{
	size_t back = at - 1;

	while (back > 0 && at - back < 4 && ((guchar)text.data[back] & 0xc0) == 0x80)
		back--;
	return back;
}

static gboolean stands_alone(struct slice text, size_t at, size_t length)
{
	return (at == 0 || !joins(text, one_back(text, at))) && !joins(text, at + length);
}

/* Behind "by", a word of its own. */
static gboolean stands_by(const struct scan *scan, struct slice text, size_t at)
{
	return stands_before(text, at, "by ") &&
	       (at == 3 || (!scan->word[(guchar)text.data[at - 4]] && text.data[at - 4] != '_'));
}

/* With all words and underscores around it. */
static struct slice run_around(const struct scan *scan, struct slice text, size_t at, size_t length)
{
	size_t begin = at, end = at + length;

	while (begin > 0 &&
	       (scan->plain[(guchar)text.data[begin - 1]] || text.data[begin - 1] == '_'))
		begin--;
	while (end < text.length && (scan->plain[(guchar)text.data[end]] || text.data[end] == '_'))
		end++;
	return (struct slice){ text.data + begin, end - begin };
}

/* Whether it is a part of user_0001 or group_A. */
static gboolean in_pseudonym(const struct scan *scan, struct slice text, size_t at, size_t length)
{
	return intern_find(scan->issued, run_around(scan, text, at, length)) >= 0;
}

/* The same of all names that begin with this word, none of which can reach beyond. Where accounts
 * are called group_physics, every row has a group_A. */
static gboolean all_in_pseudonym(const struct scan *scan, struct slice text, size_t at,
                                 size_t length)
{
	struct slice run = run_around(scan, text, at, length);
	const char *end = run.data + run.length;

	return (end == text.data + text.length || (guchar)*end < 0x80) &&
	       intern_find(scan->issued, run) >= 0;
}

/* Over what stands in the text at *at as at the begin of the name, a word or a byte of none; 0:
 * they differ. */
static size_t step(struct slice text, size_t *at, struct slice name)
{
	size_t length = caseless_word(text, *at), same = caseless_word(name, 0), apostrophe;
	char *folded;
	gboolean equal;

	if (length == 0 || same == 0) {
		apostrophe = caseless_apostrophe(text, *at);
		equal = length == same && (apostrophe ? '\'' : text.data[*at]) == name.data[0];
		*at += MAX(apostrophe, 1);
		return equal ? 1 : 0;
	}
	folded = caseless_fold((struct slice){ text.data + *at, length });
	equal = slice_is((struct slice){ name.data, same }, folded);
	wiped_free_text(folded);
	*at += length;
	return equal ? same : 0;
}

/* How many bytes the name has where it stands in the text word by word, whatever letters beyond
 * ASCII it is written with; 0: it does not. */
static G_NO_INLINE size_t wide_length(struct slice text, size_t at, struct slice name)
{
	size_t begin = at;

	while (name.length > 0) {
		size_t done = at < text.length ? step(text, &at, name) : 0;

		if (done == 0)
			return 0;
		name = (struct slice){ name.data + done, name.length - done };
	}
	return at - begin;
}

static inline char lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/* Whether they differ in a letter of ASCII: with what follows it may become another beyond ASCII,
 * but not that of the name. Where hundreds of names begin alike, and every row as they do, this is
 * what is asked of most. */
static gboolean differ_plainly(struct slice text, size_t at, const struct name *name)
{
	size_t i = 0, most = MIN(name->length, text.length - at);

	while (i < most && lower(text.data[at + i]) == name->folded[i])
		i++;
	return i < most && (guchar)text.data[at + i] < 0x80 && (guchar)name->folded[i] < 0x80;
}

/* How many bytes the name has that stands there, as a word; 0: it does not. */
static size_t length_there(const struct scan *scan, const struct name *name, struct slice text,
                           size_t at)
{
	size_t end = at + name->length;

	if (differ_plainly(text, at, name))
		return 0;
	if (text.length - at < name->length ||
	    g_ascii_strncasecmp(text.data + at, name->folded, name->length) != 0)
		return wide_length(text, at, (struct slice){ name->folded, name->length });
	return end == text.length || !scan->word[(guchar)name->folded[name->length - 1]] ||
	                       caseless_word(text, end) == 0
	               ? name->length
	               : 0;
}

static void compare(struct scan *scan, const struct place *place, size_t word, struct name *name)
{
	struct slice text = place->text;
	size_t at = word - name->lead,
	       length = name->lead > word ? 0 : length_there(scan, name, text, at);
	gboolean path;

	if (length == 0)
		return;
	path = stands_before(text, at, "~") || stands_before(text, at, "/home/");
	if (name->digits && !path && !stands_by(scan, text, at))
		return;
	if (!path && name->letters < LEAST_INSIDE && !stands_alone(text, at, length))
		return;
	if (!in_pseudonym(scan, text, at, length))
		found(scan, place, (struct slice){ text.data + at, length }, name,
		      path || !name->by_chance);
}

/* The number in the program's own example is nobody's. */
static gboolean is_example(const struct scan *scan, struct slice text)
{
	return slice_starts(text, "1234") &&
	       (text.length == 4 || !scan->word[(guchar)text.data[4]]);
}

static void look_for_number(struct scan *scan, const struct place *place, size_t word)
{
	struct slice text = place->text;
	size_t at = word + strlen("cancelled by ");

	if (at < text.length && stands_before(text, at, "cancelled by ") &&
	    g_ascii_isdigit(text.data[at]) &&
	    !is_example(scan, (struct slice){ text.data + at, text.length - at }))
		found_somebody(scan, place, word, "user number");
}

/* With all that may be a part of a login. */
static struct slice login_at(struct slice text, size_t begin)
{
	size_t end = begin;

	while (joins(text, end))
		end += MAX(1, caseless_word(text, end));
	return (struct slice){ text.data + begin, end - begin };
}

static void look_for_home(struct scan *scan, const struct place *place, size_t word)
{
	struct slice text = place->text;
	size_t at = word + strlen("home/");
	struct slice whose;

	if (word == 0 || at >= text.length || text.data[word - 1] != '/' ||
	    text.data[at - 1] != '/' || !scan->word[(guchar)text.data[at]] ||
	    in_pseudonym(scan, text, at, 1))
		return;
	whose = login_at(text, at);
	if (scan->learning)
		intern_get(scan->homes, whose);
	else if (intern_find(scan->homes, whose) < 0)
		found_somebody(scan, place, word - 1, "home");
}

/* A word, and where it stands. */
static void look_up(struct scan *scan, const struct place *place, size_t at, size_t length,
                    struct slice folded)
{
	gint64 number = intern_find(scan->firsts, folded);
	const GPtrArray *names;

	if (number < 0)
		return;
	names = scan->beginning->pdata[number];
	if (names->len > 0 &&
	    !(scan->simple->data[number] && all_in_pseudonym(scan, place->text, at, length)))
		for (guint i = 0; i < names->len; i++)
			compare(scan, place, at, names->pdata[i]);
	if (number == scan->home)
		look_for_home(scan, place, at);
	if (number == scan->cancelled)
		look_for_number(scan, place, at);
}

/* One of ASCII that is as long as the first word of some name, and begins like it. */
static G_NO_INLINE void consider(struct scan *scan, const struct place *place, size_t at,
                                 size_t length)
{
	char folded[LONGEST];

	if (length > LONGEST)
		return;
	for (size_t i = 0; i < length; i++)
		folded[i] = g_ascii_tolower(place->text.data[at + i]);
	look_up(scan, place, at, length, (struct slice){ folded, length });
}

/* Words with bytes beyond ASCII in or around them, and where they end. */
static G_NO_INLINE size_t consider_wide(struct scan *scan, const struct place *place, size_t at)
{
	struct slice text = place->text;

	while (at < text.length && scan->word[(guchar)text.data[at]]) {
		gboolean letter;
		size_t length = caseless_word(text, at);
		char *folded = caseless_fold((struct slice){ text.data + at, length });

		if (length > 0)
			look_up(scan, place, at, length, slice_of(folded));
		wiped_free_text(folded);
		at += length > 0 ? length : caseless_character(text, at, &letter);
	}
	return at;
}

static void search(struct scan *scan, const struct place *place)
{
	const guchar *const begin = (const guchar *)place->text.data, *const end =
									      begin +
									      place->text.length;
	const guchar *at = begin, *word;

	while (at < end) {
		if (!scan->word[*at]) {
			at++;
			continue;
		}
		for (word = at; at < end && scan->plain[*at]; at++)
			;
		if (at < end && *at >= 0x80)
			at = begin + consider_wide(scan, place, (size_t)(word - begin));
		else if (scan->lengths[*word] >> MIN(at - word, 63) & 1)
			consider(scan, place, (size_t)(word - begin), (size_t)(at - word));
	}
}

/* From the words alone */

/* What must stand before a name that is all digits, if it is not in somebody's home. */
static gboolean may_lead_to_number(const struct lexicon *words)
{
	return lexicon_has_tilde(words) || lexicon_may_have_apart(words, slice_of("by"));
}

static gboolean may_find_name(const struct name *name, struct slice first,
                              const struct lexicon *words)
{
	if (name->digits)
		return may_lead_to_number(words);
	if (g_ascii_isdigit(*first.data))
		return TRUE;
	return name->letters < LEAST_INSIDE ? lexicon_may_have_apart(words, first)
	                                    : lexicon_may_have(words, first);
}

/* Somebody's home or number. */
static gboolean may_find_somebody(const struct lexicon *words)
{
	return lexicon_may_have(words, slice_of("home")) ||
	       (lexicon_may_have(words, slice_of("cancelled")) &&
	        lexicon_may_have_apart(words, slice_of("by")));
}

/* A text of ASCII has no name in it that begins with another word; one with other letters must be
 * read. */
gboolean scan_may_find(const struct scan *scan, const struct lexicon *words)
{
	if (lexicon_is_wide(words) && scan->names->len > 0)
		return TRUE;
	for (guint32 i = 0; i < scan->beginning->len; i++) {
		const GPtrArray *names = scan->beginning->pdata[i];
		struct slice first = slice_of(intern_text(scan->firsts, i));

		for (guint j = 0; j < names->len; j++)
			if (may_find_name(names->pdata[j], first, words))
				return TRUE;
	}
	return may_find_somebody(words);
}

void scan_learn(struct scan *scan, struct slice text)
{
	scan->learning = TRUE;
	search(scan, &(struct place){ .text = text, .line = 1 });
	scan->learning = FALSE;
}

/* Texts */

static const char *file_name(struct scan *scan, const char *file)
{
	return intern_text(scan->files, intern_get(scan->files, slice_of(file)));
}

void scan_text(struct scan *scan, const char *file, struct slice text)
{
	search(scan, &(struct place){ file_name(scan, file), text, 1 });
}

/* Bytes up to the last line end; all of them when there is none, so that memory has a bound. */
static size_t whole_lines(struct slice text)
{
	const char *last = memrchr(text.data, '\n', text.length);

	return last ? (size_t)(last - text.data) + 1 : text.length;
}

/* Fills the buffer behind what is left in it. FALSE: an error; *length stays as it was at the
 * end. */
static gboolean fill(int fd, char *buffer, size_t *length)
{
	ssize_t got;

	do
		got = read(fd, buffer + *length, 2 * BLOCK_BYTES - *length);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		*length += (size_t)got;
	return got >= 0;
}

gboolean scan_file(struct scan *scan, const char *file, int fd, GError **error)
{
	g_autofree char *buffer = g_malloc(2 * BLOCK_BYTES);
	struct place place = { file_name(scan, file), { buffer, 0 }, 1 };
	size_t length = 0, before, done;

	do {
		before = length;
		if (!fill(fd, buffer, &length))
			return error_failed(error, "%s: cannot be read again: %s", file,
			                    g_strerror(errno));
		done = length > before ? whole_lines((struct slice){ buffer, length }) : length;
		place.text.length = done;
		search(scan, &place);
		place.line = line_at(&place, done);
		memmove(buffer, buffer + done, length - done);
		length -= done;
	} while (done > 0);
	return TRUE;
}

const char *scan_forbids(const struct scan *scan)
{
	for (guint i = 0; i < scan->hits->len; i++)
		if (g_array_index(scan->hits, struct hit, i).forbids)
			return g_array_index(scan->hits, struct hit, i).file;
	return NULL;
}

char *scan_print(const struct scan *scan, const char *when, gboolean discreet)
{
	GString *lines = g_string_new(NULL);

	for (guint i = 0; i < scan->hits->len; i++) {
		const struct hit *hit = &g_array_index(scan->hits, struct hit, i);
		const char *word = !hit->name ? "-"
		                   : discreet ? hit->name->pseudonym
		                              : hit->name->folded;
		g_autofree char *name = terminal_escape_whole(slice_of(word));

		g_string_append_printf(lines, "%s\t%s\t%s\t%" G_GUINT64_FORMAT "\t%s\t%s\t%s\n",
		                       when, hit->forbids ? "found" : "by chance", hit->file,
		                       hit->line, hit->kind, name, discreet ? "-" : hit->around);
	}
	return g_string_free(lines, FALSE);
}
