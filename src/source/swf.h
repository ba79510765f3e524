/* SPDX-License-Identifier: Apache-2.0 */
/* swf: a log in the Standard Workload Format, eighteen numbers a line below a header of comments,
 * → rows with sacct's columns. */
#ifndef SOURCE_SWF_H
#define SOURCE_SWF_H

#include "base/slice.h"

struct swf;

/* Whether a file's first line is that of such a log. */
gboolean swf_begins(struct slice line);

struct swf *swf_new(void);
void swf_free(struct swf *swf);

/* A line of the header. */
void swf_note(struct swf *swf, struct slice line);

/* After the header: FALSE when it does not say when the log begins. */
gboolean swf_ready(const struct swf *swf, GError **error);

/* The columns of the rows made, commas between. */
const char *swf_names(void);

/* Makes a row of a line, its fields delimited by |; borrowed until the next call. FALSE when it has
 * not eighteen numbers. */
gboolean swf_read(struct swf *swf, struct slice line, struct slice *row);

#endif
