/* SPDX-License-Identifier: Apache-2.0 */
/* audit: the log of who asked for names: a line each, only ever appended, readable by its owner
 * alone, never with a name. */
#ifndef PRIVACY_AUDIT_H
#define PRIVACY_AUDIT_H

#include <glib.h>

struct audit_entry {
	const char *when; /* 2026-01-31T09:30:00Z */
	const char *who;  /* the login name */
	const char *why;  /* in their words; what would break the line is escaped */
	char *const *what; /* pseudonyms, ended by NULL: a line each */
};

/* Appends to MAP.log beside the mapping, made when it is not there, and makes that durable: only
 * then may the answer be given. Refused when the log is a symbolic link, not a regular file,
 * somebody else's, or open to others. */
gboolean audit_append(const char *mapping, const struct audit_entry *entry, GError **error);

/* The same for another log, of lines that are ready, at any path. */
gboolean audit_append_lines(const char *path, const char *lines, GError **error);

#endif
