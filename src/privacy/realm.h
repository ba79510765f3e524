/* SPDX-License-Identifier: Apache-2.0 */
/* realm: logins of a directory, jsmith@EXAMPLE.ORG or EXAMPLE\jsmith, and the parts by which people
 * call them. */
#ifndef PRIVACY_REALM_H
#define PRIVACY_REALM_H

#include "base/slice.h"

/* The login without its realm or domain, a part of the name; empty when it has neither. */
struct slice realm_bare(struct slice name);

/* What stands before the first digit of a name, a part of it, maybe empty; data is NULL when it has
 * no digit, or nothing else. */
struct slice realm_stem(struct slice name);

/* Of any script: no digit. */
static inline gboolean realm_is_letter(char byte)
{
	return g_ascii_isalpha(byte) || (guchar)byte >= 0x80;
}

/* Cuts the next run of letters off a name, with what is before it; FALSE when there is none. */
gboolean realm_letters(struct slice *name, struct slice *letters);

#endif
