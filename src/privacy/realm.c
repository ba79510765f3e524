/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/realm.h"

struct slice realm_bare(struct slice name)
{
	const char *domain = name.length ? memchr(name.data, '\\', name.length) : NULL;
	const char *realm = name.length ? memchr(name.data, '@', name.length) : NULL;
	const char *begin = domain ? domain + 1 : name.data;
	const char *end = realm && realm > begin ? realm : name.data + name.length;

	if (!domain && !realm)
		return (struct slice){ NULL, 0 };
	return (struct slice){ begin, (size_t)(end - begin) };
}

struct slice realm_stem(struct slice name)
{
	size_t digit = 0, other = 0;

	while (digit < name.length && !g_ascii_isdigit(name.data[digit]))
		digit++;
	while (other < name.length && g_ascii_isdigit(name.data[other]))
		other++;
	if (digit == name.length || other == name.length)
		return (struct slice){ NULL, 0 };
	return (struct slice){ name.data, digit };
}

gboolean realm_letters(struct slice *name, struct slice *letters)
{
	size_t begin = 0, end;

	while (begin < name->length && !realm_is_letter(name->data[begin]))
		begin++;
	for (end = begin; end < name->length && realm_is_letter(name->data[end]);)
		end++;
	*letters = (struct slice){ name->data + begin, end - begin };
	*name = (struct slice){ name->data + end, name->length - end };
	return letters->length > 0;
}
