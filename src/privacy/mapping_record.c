/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/mapping_record.h"

/* Cuts one field off the front, in place: quotes are taken away and doubled ones made single. */
static gboolean field_cut(char **at, struct slice *field)
{
	char *read = *at, *put = *at;

	field->data = put;
	if (*read != '"') {
		while (*read && !strchr(",\"\r\n", *read))
			read++;
		put = read;
	} else {
		for (read++; *read && (*read != '"' || read[1] == '"'); read++) {
			if (*read == '"')
				read++;
			*put++ = *read;
		}
		if (*read++ != '"')
			return FALSE;
	}
	field->length = (size_t)(put - field->data);
	*at = read;
	return TRUE;
}

gboolean mapping_record_cut(char **at, struct slice fields[3])
{
	for (int i = 0; i < 3; i++) {
		if (!field_cut(at, &fields[i]))
			return FALSE;
		if (i < 2 && *(*at)++ != ',')
			return FALSE;
	}
	if (**at == '\r')
		++*at;
	if (**at == '\n')
		return ++*at, TRUE;
	return **at == '\0';
}

guint mapping_record_lines(const struct slice fields[3])
{
	guint lines = 1;

	for (int i = 0; i < 3; i++)
		for (size_t k = 0; k < fields[i].length; k++)
			lines += fields[i].data[k] == '\n';
	return lines;
}

static char *quoted_print(char *put, struct slice text)
{
	*put++ = '"';
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] == '"')
			*put++ = '"';
		*put++ = text.data[i];
	}
	*put++ = '"';
	return put;
}

char *mapping_record_print(char *put, const struct slice fields[3])
{
	for (int i = 0; i < 3; i++) {
		put = quoted_print(put, fields[i]);
		*put++ = i < 2 ? ',' : '\n';
	}
	return put;
}
