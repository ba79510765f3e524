/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "privacy/mapping_parts.h"
#include "privacy/mapping_record.h"

#define END "end"
#define FORMAT_RELEASE 4 /* without the last line, but may say what was the first release; */
#define FORMAT_FIRST 1   /* without a line about the mapping itself */

/* Reading */

gboolean mapping_is_hexadecimal(struct slice text, size_t length)
{
	for (size_t i = 0; i < text.length; i++)
		if (!g_ascii_isxdigit(text.data[i]) || g_ascii_isupper(text.data[i]))
			return FALSE;
	return text.length == length;
}

/* What is wrong with a record, or NULL and it is in the mapping. `numbers` holds what each kind
 * has given so far. */
static const char *record_add(struct mapping *mapping, const struct slice fields[3],
                              GHashTable *const *numbers)
{
	const struct entry *of_class = NULL;
	enum name_kind kind;
	guint number, class;

	if (!name_kind_find(fields[0], &kind))
		return "the kind is none of those that this version of reclaim knows (user, "
		       "account, group, partition …)";
	if (slice_empty(fields[1]))
		return "the name is empty";
	number = pseudonym_number(kind, fields[2], &class);
	if (kind == NAME_NODE && number > 0 && !(of_class = mapping_class(mapping, class)))
		return "the class of this node stands nowhere before it";
	if (number == 0)
		return "the pseudonym does not have the form of its kind (user_0001, group_A)";
	if (g_hash_table_contains(mapping->by_name[kind], &fields[1]))
		return "this name stands here a second time";
	if (!g_hash_table_add(numbers[kind], GUINT_TO_POINTER(number)))
		return "this pseudonym stands here a second time";
	mapping_add(mapping, kind, fields[1], of_class, number);
	return NULL;
}

/* The id, and since the fourth format perhaps a dash and the release. */
static gboolean id_read(struct mapping *mapping, struct slice field)
{
	struct slice release = field, id = slice_cut(&release, '-');

	if (!mapping_is_hexadecimal(id, 2 * ID_BYTES) ||
	    (release.data && mapping->format < FORMAT_RELEASE) ||
	    (release.data && !mapping_is_hexadecimal(release, 2 * RELEASE_BYTES)))
		return FALSE;
	memcpy(mapping->id, id.data, id.length);
	if (release.data)
		memcpy(mapping->release, release.data, release.length);
	return TRUE;
}

/* What is wrong with the record of the mapping itself ("mapping", format, id), or NULL. */
static const char *about_read(struct mapping *mapping, const struct slice fields[3])
{
	if (!slice_number(fields[1], &mapping->format) || mapping->format <= FORMAT_FIRST)
		return "the second field of the line \"mapping\" is not the number of a format";
	if (mapping->format > MAPPING_FORMAT)
		return "this mapping is of a later format than this version of reclaim knows; "
		       "it takes a newer one to read it";
	return id_read(mapping, fields[2]) ? NULL
	                                   : "the third field of the line \"mapping\" is not an id "
	                                     "of 32 hexadecimal digits";
}

/* What is wrong with the last record ("end", how many names, nothing), or NULL. */
static const char *end_read(struct mapping *mapping, const struct slice fields[3])
{
	gint64 names;

	if (!slice_number(fields[1], &names) || !slice_empty(fields[2]))
		return "the second field of the line \"end\" is not how many names there are";
	if (names != mapping->entries->len)
		return "there are not as many names as this line says: lines of the file were "
		       "lost, or taken out without changing it";
	mapping->ended = TRUE;
	return NULL;
}

static const char *record_read(struct mapping *mapping, guint line, const struct slice fields[3],
                               GHashTable *const *numbers)
{
	if (mapping->ended)
		return "something stands behind the line \"end\"";
	if (line == 2 && slice_is(fields[0], "mapping"))
		return about_read(mapping, fields);
	if (mapping->format == MAPPING_FORMAT && slice_is(fields[0], END))
		return end_read(mapping, fields);
	return record_add(mapping, fields, numbers);
}

/* From what is left of a mapping pseudonyms would be given to others that somebody has already. A
 * file of an older format does not tell, but none was ever written without a line behind the
 * first. */
static gboolean is_whole(const struct mapping *mapping, GError **error)
{
	if (mapping->ended || (mapping->format < MAPPING_FORMAT &&
	                       (mapping->format > FORMAT_FIRST || mapping->entries->len > 0)))
		return TRUE;
	return error_failed(
		error,
		"%s: its last line is missing: the file was cut short; take a whole copy of it",
		mapping->path);
}

static gboolean header_cut(char **at)
{
	struct slice fields[3];

	return mapping_record_cut(at, fields) && slice_is(fields[0], "kind") &&
	       slice_is(fields[1], "name") && slice_is(fields[2], "pseudonym");
}

static gboolean mapping_parse_with(struct mapping *mapping, char *text, size_t length,
                                   GHashTable *const *numbers, GError **error)
{
	char *at = text + length - slice_behind_mark((struct slice){ text, length }).length;

	mapping->format = FORMAT_FIRST;
	if (memchr(text, '\0', length) || !header_cut(&at))
		return error_failed(error,
		                    "%s, line 1: this is not a mapping: its first line must be %s",
		                    mapping->path, MAPPING_HEADER);
	for (guint line = 2; *at;) {
		const char *wrong = "not three fields, in quotes where needed";
		struct slice fields[3];

		if (mapping_record_cut(&at, fields))
			wrong = record_read(mapping, line, fields, numbers);
		if (wrong)
			return error_failed(error, "%s, line %u: %s", mapping->path, line, wrong);
		line += mapping_record_lines(fields);
	}
	return is_whole(mapping, error);
}

gboolean mapping_parse(struct mapping *mapping, char *text, size_t length, GError **error)
{
	GHashTable *numbers[NAME_KINDS];
	gboolean done;

	mapping_tables_init(numbers, NULL, NULL);
	done = mapping_parse_with(mapping, text, length, numbers, error);
	mapping_tables_clear(numbers);
	return done;
}

/* Writing */

/* The whole file. Measured before it is allocated: a buffer that grew would leave copies of the
 * names behind. */
char *mapping_print(const struct mapping *mapping, size_t *size, size_t *length)
{
	char *text, *put;

	*size = sizeof MAPPING_HEADER + sizeof mapping->id + sizeof mapping->release + 64;
	for (guint i = 0; i < mapping->entries->len; i++) {
		const struct entry *entry = g_ptr_array_index(mapping->entries, i);

		*size += 2 * entry->name.length + PSEUDONYM_SIZE + 32;
	}
	put = text = g_malloc(*size);
	put += g_snprintf(put, *size, MAPPING_HEADER "\n\"mapping\",\"%d\",\"%s%s%s\"\n",
	                  MAPPING_FORMAT, mapping->id, *mapping->release ? "-" : "",
	                  mapping->release);
	for (guint i = 0; i < mapping->entries->len; i++) {
		const struct entry *entry = g_ptr_array_index(mapping->entries, i);

		put = mapping_record_print(put, (const struct slice[]){
							slice_of(name_kind_name(entry->kind)),
							entry->name, slice_of(entry->pseudonym) });
	}
	put += g_snprintf(put, *size - (size_t)(put - text), "\"" END "\",\"%u\",\"\"\n",
	                  mapping->entries->len);
	*length = (size_t)(put - text);
	return text;
}
