/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/mapping.h"

#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/error.h"
#include "base/terminal.h"
#include "privacy/caseless.h"
#include "privacy/mapping_file.h"
#include "privacy/mapping_parts.h"
#include "privacy/realm.h"
#include "privacy/vault.h"
#include "privacy/wiped.h"

static gboolean name_equal(gconstpointer a, gconstpointer b)
{
	return slice_equal(*(const struct slice *)a, *(const struct slice *)b);
}

static void entry_free(gpointer data)
{
	struct entry *entry = data;

	explicit_bzero((char *)entry->name.data, entry->name.length);
	g_free((char *)entry->name.data);
	explicit_bzero(entry, sizeof *entry);
	g_free(entry);
}

static struct mapping *mapping_new(const char *path)
{
	struct mapping *mapping = g_new0(struct mapping, 1);

	mapping->path = terminal_escape(slice_of(path));
	mapping->format = MAPPING_FORMAT;
	mapping->entries = g_ptr_array_new_with_free_func(entry_free);
	for (int kind = 0; kind < NAME_KINDS; kind++) {
		mapping->by_name[kind] = g_hash_table_new(caseless_hash, name_equal);
		mapping->by_fold[kind] = g_hash_table_new(caseless_hash, caseless_equal);
	}
	mapping->by_bare = g_hash_table_new(caseless_hash, caseless_equal);
	mapping->tokens = g_hash_table_new(caseless_hash, caseless_equal);
	mapping->stems = g_hash_table_new(caseless_hash, caseless_equal);
	mapping->parts = g_hash_table_new_full(caseless_hash, caseless_equal, g_free, NULL);
	return mapping;
}

void mapping_free(struct mapping *mapping)
{
	if (!mapping)
		return;
	for (int kind = 0; kind < NAME_KINDS; kind++) {
		g_hash_table_destroy(mapping->by_name[kind]);
		g_hash_table_destroy(mapping->by_fold[kind]);
	}
	g_hash_table_destroy(mapping->by_bare);
	g_hash_table_destroy(mapping->tokens);
	g_hash_table_destroy(mapping->stems);
	g_hash_table_destroy(mapping->parts);
	g_ptr_array_free(mapping->entries, TRUE);
	mapping_file_close(mapping->file);
	vault_free(mapping->vault);
	g_free(mapping->path);
	g_free(mapping);
}

static void entry_number(struct entry *entry, guint number)
{
	entry->number = number;
	pseudonym_print(entry->kind, entry->class ? entry->class->number : 0, number,
	                entry->pseudonym);
}

static void add_stem(struct mapping *mapping, struct slice name, struct slice *stem)
{
	*stem = realm_stem(name);
	if (stem->data)
		g_hash_table_add(mapping->stems, stem);
}

/* The letters between dashes, digits and the like. */
static void add_parts(struct mapping *mapping, struct slice name)
{
	struct slice part;

	while (realm_letters(&name, &part)) {
		gpointer count = g_hash_table_lookup(mapping->parts, &part);

		g_hash_table_replace(mapping->parts, g_memdup2(&part, sizeof part),
		                     GUINT_TO_POINTER(GPOINTER_TO_UINT(count) + 1));
	}
}

struct entry *mapping_add(struct mapping *mapping, enum name_kind kind, struct slice name,
                          const struct entry *class, guint number)
{
	struct entry *entry = g_new0(struct entry, 1);

	entry->kind = kind;
	entry->name = (struct slice){ slice_dup(name), name.length };
	entry->class = class;
	entry_number(entry, number);
	g_ptr_array_add(mapping->entries, entry);
	g_hash_table_insert(mapping->by_name[kind], &entry->name, entry);
	if (!g_hash_table_contains(mapping->by_fold[kind], &entry->name))
		g_hash_table_insert(mapping->by_fold[kind], &entry->name, entry);
	entry->bare = kind < NAME_PEOPLE ? realm_bare(entry->name) : (struct slice){ NULL, 0 };
	if (entry->bare.length > 0 && !g_hash_table_contains(mapping->by_bare, &entry->bare))
		g_hash_table_insert(mapping->by_bare, &entry->bare, entry);
	if (kind < NAME_WORDS) {
		add_stem(mapping, entry->name, &entry->stems[0]);
		add_stem(mapping, entry->bare, &entry->stems[1]);
	}
	if (kind < NAME_PEOPLE)
		add_parts(mapping, entry->bare.length > 0 ? entry->bare : entry->name);
	if (kind >= NAME_PEOPLE && kind < NAME_WORDS &&
	    !g_hash_table_contains(mapping->tokens, &entry->name))
		g_hash_table_insert(mapping->tokens, &entry->name, entry);
	mapping->highest[kind] = MAX(mapping->highest[kind], number);
	mapping->count[kind]++;
	return entry;
}

static struct entry *entry_find(const struct mapping *mapping, enum name_kind kind,
                                struct slice name)
{
	return g_hash_table_lookup(mapping->by_name[kind], &name);
}

/* An account that is called group_A would stand as it is in all that is passed on: it is given the
 * next number. */
static void entry_disguise(struct mapping *mapping, struct entry *entry)
{
	struct slice pseudonym = slice_of(entry->pseudonym);

	if (caseless_equal(&pseudonym, &entry->name))
		entry_number(entry, ++mapping->highest[entry->kind]);
}

static const struct entry *entry_get(struct mapping *mapping, enum name_kind kind,
                                     struct slice name, const struct entry *class)
{
	struct entry *entry = entry_find(mapping, kind, name);

	if (!entry) {
		entry = mapping_add(mapping, kind, name, class, mapping->highest[kind] + 1);
		entry_disguise(mapping, entry);
		entry->fresh = mapping->changed = TRUE;
	}
	return entry;
}

const char *mapping_pseudonym(struct mapping *mapping, enum name_kind kind, struct slice name)
{
	return entry_get(mapping, kind, name, NULL)->pseudonym;
}

const char *mapping_node(struct mapping *mapping, struct slice class, struct slice name)
{
	return entry_get(mapping, NAME_NODE, name, entry_get(mapping, NAME_CLASS, class, NULL))
	        ->pseudonym;
}

const char *mapping_known(const struct mapping *mapping, enum name_kind kind, struct slice name)
{
	const struct entry *entry = entry_find(mapping, kind, name);

	return entry ? entry->pseudonym : NULL;
}

/* Deals the numbers of those of one kind that are new out among them anew. */
static void shuffle_kind(struct mapping *mapping, enum name_kind kind, GRand *rand)
{
	g_autoptr(GPtrArray) fresh = g_ptr_array_new();

	for (guint i = 0; i < mapping->entries->len; i++) {
		struct entry *entry = g_ptr_array_index(mapping->entries, i);

		if (entry->kind == kind && entry->fresh)
			g_ptr_array_add(fresh, entry);
	}
	for (guint i = fresh->len; i > 1; i--) {
		struct entry *one = g_ptr_array_index(fresh, i - 1);
		struct entry *other = g_ptr_array_index(fresh, (guint)g_rand_int_range(rand, 0,
		                                                                       (gint32)i));
		guint number = one->number;

		entry_number(one, other->number);
		entry_number(other, number);
	}
	for (guint i = 0; i < fresh->len; i++)
		entry_disguise(mapping, g_ptr_array_index(fresh, i));
}

gboolean mapping_shuffle(struct mapping *mapping, GError **error)
{
	guint32 seed[8];
	GRand *rand;

	if (getrandom(seed, sizeof seed, 0) != sizeof seed)
		return error_failed(error, "%s: the system has no random numbers", mapping->path);
	rand = g_rand_new_with_seed_array(seed, G_N_ELEMENTS(seed));
	/* Nodes stay in their order, so that a range remains one. */
	for (int kind = 0; kind < NAME_CLASS; kind++)
		shuffle_kind(mapping, (enum name_kind)kind, rand);
	g_rand_free(rand);
	explicit_bzero(seed, sizeof seed);
	return TRUE;
}

const char *mapping_find(const struct mapping *mapping, struct slice name)
{
	const struct entry *entry = NULL;

	for (int kind = 0; !entry && kind < NAME_PEOPLE; kind++)
		entry = g_hash_table_lookup(mapping->by_fold[kind], &name);
	if (!entry)
		entry = g_hash_table_lookup(mapping->by_bare, &name);
	return entry ? entry->pseudonym : NULL;
}

const char *mapping_token(const struct mapping *mapping, struct slice word)
{
	const struct entry *entry = g_hash_table_lookup(mapping->tokens, &word);

	return entry ? entry->pseudonym : NULL;
}

gboolean mapping_has_stem(const struct mapping *mapping, struct slice stem)
{
	return g_hash_table_contains(mapping->stems, &stem);
}

guint mapping_names_with(const struct mapping *mapping, struct slice part)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(mapping->parts, &part));
}

guint mapping_reveal(const struct mapping *mapping, const char *pseudonym,
                     void (*each)(enum name_kind kind, const char *name, void *data), void *data)
{
	guint found = 0;

	for (guint i = 0; i < mapping->entries->len; i++) {
		const struct entry *entry = g_ptr_array_index(mapping->entries, i);

		if (strcmp(entry->pseudonym, pseudonym) != 0)
			continue;
		each(entry->kind, entry->name.data, data);
		found++;
	}
	return found;
}

void mapping_each_entry(const struct mapping *mapping,
                        void (*each)(enum name_kind kind, const char *name, const char *pseudonym,
                                     void *data),
                        void *data)
{
	for (guint i = 0; i < mapping->entries->len; i++) {
		const struct entry *entry = g_ptr_array_index(mapping->entries, i);

		each(entry->kind, entry->name.data, entry->pseudonym, data);
	}
}

void mapping_each(const struct mapping *mapping,
                  void (*each)(enum name_kind kind, const char *name, const char *pseudonym,
                               void *data),
                  void *data)
{
	mapping_each_entry(mapping, each, data);
	for (guint i = 0; i < mapping->entries->len; i++) {
		const struct entry *entry = g_ptr_array_index(mapping->entries, i);
		char *bare = entry->bare.length > 0 ? slice_dup(entry->bare) : NULL;

		if (bare)
			each(entry->kind, bare, entry->pseudonym, data);
		wiped_free_text(bare);
	}
}

const struct entry *mapping_class(const struct mapping *mapping, guint number)
{
	GHashTableIter iter;
	gpointer entry;

	g_hash_table_iter_init(&iter, mapping->by_name[NAME_CLASS]);
	while (g_hash_table_iter_next(&iter, NULL, &entry))
		if (((struct entry *)entry)->number == number)
			return entry;
	return NULL;
}

static void mapping_take(struct mapping *mapping, const struct entry *entry)
{
	const struct entry *class = entry->class ? mapping_class(mapping, entry->class->number)
	                                         : NULL;

	mapping_add(mapping, entry->kind, entry->name, class, entry->number);
	mapping->changed = TRUE;
}

/* What speaks against an entry of `other` beside those of `one`, which `into` holds, and the
 * pseudonyms of whose kind are `given`. */
static gboolean merge_entry(struct mapping *into, const struct entry *entry, GHashTable *given,
                            const char *paths[2], GError **error)
{
	const struct entry *same = entry_find(into, entry->kind, entry->name);
	const char *kind = name_kind_name(entry->kind);

	if (same && strcmp(same->pseudonym, entry->pseudonym) != 0)
		return error_failed(error,
		                    "%s of %s and %s of %s are the same %s: they are not one "
		                    "mapping extended twice",
		                    same->pseudonym, paths[0], entry->pseudonym, paths[1], kind);
	if (!same && g_hash_table_contains(given, entry->pseudonym))
		return error_failed(
			error,
			"%s is one %s in %s and another in %s: each has given it to a new one",
			entry->pseudonym, kind, paths[0], paths[1]);
	if (!same)
		mapping_take(into, entry);
	return TRUE;
}

static gboolean merge_entries(struct mapping *into, const struct mapping *one,
                              const struct mapping *other, GHashTable *const *given, GError **error)
{
	const char *paths[2] = { one->path, other->path };

	for (guint i = 0; i < one->entries->len; i++) {
		struct entry *entry = g_ptr_array_index(one->entries, i);

		mapping_take(into, entry);
		g_hash_table_add(given[entry->kind], entry->pseudonym);
	}
	for (guint i = 0; i < other->entries->len; i++) {
		const struct entry *entry = g_ptr_array_index(other->entries, i);

		if (!merge_entry(into, entry, given[entry->kind], paths, error))
			return FALSE;
	}
	return TRUE;
}

void mapping_tables_init(GHashTable *tables[NAME_KINDS], GHashFunc hash, GEqualFunc equal)
{
	for (int kind = 0; kind < NAME_KINDS; kind++)
		tables[kind] = g_hash_table_new(hash, equal);
}

void mapping_tables_clear(GHashTable *tables[NAME_KINDS])
{
	for (int kind = 0; kind < NAME_KINDS; kind++)
		g_hash_table_destroy(tables[kind]);
}

gboolean mapping_merge(struct mapping *into, const struct mapping *one, const struct mapping *other,
                       GError **error)
{
	GHashTable *given[NAME_KINDS];
	const char *id = *one->id ? one->id : other->id;
	gboolean done;

	if (*one->id && *other->id && strcmp(one->id, other->id) != 0)
		return error_failed(
			error, "%s and %s have different ids: they did not begin as one mapping",
			one->path, other->path);
	if (*id)
		g_strlcpy(into->id, id, sizeof into->id);
	g_strlcpy(into->release, *one->release ? one->release : other->release,
	          sizeof into->release);
	mapping_tables_init(given, g_str_hash, g_str_equal);
	done = merge_entries(into, one, other, given, error);
	mapping_tables_clear(given);
	return done;
}

guint mapping_count(const struct mapping *mapping, enum name_kind kind)
{
	return mapping->count[kind];
}

gboolean mapping_tells_whole(const struct mapping *mapping)
{
	return mapping->format == MAPPING_FORMAT;
}

const char *mapping_id(const struct mapping *mapping)
{
	return *mapping->id ? mapping->id : NULL;
}

const char *mapping_release(const struct mapping *mapping)
{
	return *mapping->release ? mapping->release : NULL;
}

void mapping_set_release(struct mapping *mapping, const char *sha256)
{
	g_assert(mapping_is_hexadecimal(slice_of(sha256), 2 * RELEASE_BYTES));
	mapping->changed |= strcmp(mapping->release, sha256) != 0;
	g_strlcpy(mapping->release, sha256, sizeof mapping->release);
}

gboolean mapping_encrypted(const struct mapping *mapping)
{
	return mapping->sealed;
}

char *mapping_recipients(const struct mapping *mapping)
{
	return mapping->sealed ? vault_recipients(mapping->vault) : NULL;
}

/* Said of nobody and derived from nothing, so that it gives nothing away. */
static gboolean id_make(struct mapping *mapping, GError **error)
{
	guchar bytes[ID_BYTES];

	if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
		return error_failed(error, "%s: the system has no random numbers", mapping->path);
	for (int i = 0; i < ID_BYTES; i++)
		g_snprintf(mapping->id + 2 * i, 3, "%02x", bytes[i]);
	mapping->changed = TRUE;
	return TRUE;
}

static gboolean mapping_unseal(struct mapping *mapping, struct slice sealed, GError **error)
{
	struct wiped text = { 0 };
	gboolean done;

	if (!mapping->vault)
		return error_failed(error, "%s: is encrypted", mapping->path);
	done = vault_unseal(mapping->vault, sealed, &text, error);
	if (!done)
		g_prefix_error(error, "%s: ", mapping->path);
	done = done && mapping_parse(mapping, text.data, text.length, error);
	wiped_clear(&text);
	return done;
}

/* Reads what stands there into the mapping. */
static gboolean mapping_read(struct mapping *mapping, struct mapping_file *file, gboolean create,
                             GError **error)
{
	char *text;
	size_t length;
	gboolean done;

	if (!mapping_file_read(file, &text, &length, error))
		return FALSE;
	if (!text)
		return create || error_failed(error, "%s: there is no such mapping", mapping->path);
	mapping->sealed = vault_recognize((struct slice){ text, length }) != SEAL_NONE;
	done = mapping->sealed ? mapping_unseal(mapping, (struct slice){ text, length }, error) :
	                         mapping_parse(mapping, text, length, error);
	explicit_bzero(text, length);
	g_free(text);
	return done;
}

/* Makes sure, before any work is done, that it can be saved as it should be. */
static gboolean mapping_prepare(struct mapping *mapping, GError **error)
{
	if (!*mapping->id && !id_make(mapping, error))
		return FALSE;
	mapping->changed |= mapping->format < MAPPING_FORMAT;
	if (!mapping->vault)
		return TRUE;
	if (!vault_prepare(mapping->vault, error)) {
		g_prefix_error(error, "%s: ", mapping->path);
		return FALSE;
	}
	mapping->changed |= !mapping->sealed && vault_seal_kind(mapping->vault) != SEAL_NONE;
	return TRUE;
}

struct mapping *mapping_open(const char *path, gboolean create, struct vault *vault, GError **error)
{
	struct mapping_file *file = mapping_file_open(path, create, error);
	struct mapping *mapping;

	if (!file)
		return vault_free(vault), NULL;
	mapping = mapping_new(path);
	mapping->file = file;
	mapping->vault = vault;
	if (!mapping_read(mapping, file, create, error) ||
	    (create && !mapping_prepare(mapping, error))) {
		mapping_free(mapping);
		return NULL;
	}
	return mapping;
}

static gboolean save_sealed(struct mapping *mapping, struct slice text, GError **error)
{
	struct wiped sealed = { 0 };
	gboolean done = vault_seal(mapping->vault, text, &sealed, error);

	if (!done)
		g_prefix_error(error, "%s: ", mapping->path);
	done = done && mapping_file_replace(mapping->file, sealed.data, sealed.length, error);
	wiped_clear(&sealed);
	return done;
}

enum seal mapping_seal(const struct mapping *mapping)
{
	return mapping->vault ? vault_seal_kind(mapping->vault) : SEAL_NONE;
}

gboolean mapping_save(struct mapping *mapping, GError **error)
{
	g_autofree char *text = NULL;
	size_t size, length;
	gboolean done;

	if (!mapping->changed)
		return TRUE;
	text = mapping_print(mapping, &size, &length);
	if (mapping_seal(mapping) != SEAL_NONE)
		done = save_sealed(mapping, (struct slice){ text, length }, error);
	else
		done = mapping_file_replace(mapping->file, text, length, error);
	explicit_bzero(text, size);
	mapping->changed = !done;
	return done;
}

/* Whatever is encrypted is taken for one: nobody may have the key any more. */
static gboolean begins_as_one(struct slice text)
{
	return slice_starts(text, MAPPING_HEADER) || vault_recognize(text) != SEAL_NONE;
}

gboolean mapping_seems(const char *path)
{
	char bytes[1024]; /* an armored one has words before */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	ssize_t got = fd < 0 ? 0 : read(fd, bytes, sizeof bytes);
	const char *end = bytes;
	struct slice text = slice_behind_mark((struct slice){ bytes, (size_t)MAX(got, 0) });
	gboolean seems = text.length > 0 && begins_as_one(text);

	/* A word may begin with a byte that a packet begins with, too; the last letter may have
	 * been cut. */
	if (seems && !g_ascii_isprint(*text.data))
		seems = !g_utf8_validate(bytes, got, &end) &&
		        (got < (ssize_t)sizeof bytes || end + 4 <= bytes + got);
	if (fd >= 0)
		close(fd);
	explicit_bzero(bytes, sizeof bytes);
	return seems;
}

static gboolean may_be_mapping(struct mapping_file *file, const char *path, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(path));
	gboolean is_one;
	size_t length;
	char *text;

	if (!mapping_file_read(file, &text, &length, error))
		return FALSE;
	is_one = text && begins_as_one((struct slice){ text, length });
	if (text)
		explicit_bzero(text, length);
	g_free(text);
	return is_one || error_failed(error, "%s: there is no mapping here", shown);
}

gboolean mapping_stands(const char *path, GError **error)
{
	struct mapping_file *file = mapping_file_open(path, FALSE, error);
	gboolean stands = file && may_be_mapping(file, path, error);

	mapping_file_close(file);
	return stands;
}

gboolean mapping_destroy(const char *path, GError **error)
{
	struct mapping_file *file = mapping_file_open(path, TRUE, error);
	gboolean done = file && may_be_mapping(file, path, error) &&
	                mapping_file_destroy(file, error);

	mapping_file_close(file);
	return done;
}
