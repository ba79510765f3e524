/* SPDX-License-Identifier: Apache-2.0 */
/* mapping_record: what the file of a mapping is made of: three fields and the end of the line,
 * quoted as in CSV. Nothing is copied, so that no name is left behind. */
#ifndef PRIVACY_MAPPING_RECORD_H
#define PRIVACY_MAPPING_RECORD_H

#include "base/slice.h"

/* Cuts a record off the front, in place: quotes are taken away. FALSE: it is not one of three
 * fields. */
gboolean mapping_record_cut(char **at, struct slice fields[3]);

/* How many lines it takes: a name may have an end of a line in it. */
guint mapping_record_lines(const struct slice fields[3]);

/* Puts it there, twice as many bytes as the fields have and nine more at most. Returns where it
 * ends. */
char *mapping_record_print(char *put, const struct slice fields[3]);

#endif
