/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/renumber.h"

#include <string.h>

#include "base/intern.h"
#include "record/keys.h"

/* Of what a number stands for: a job that runs again keeps its number and is submitted another
 * time. */
struct runs {
	guint64 first;  /* when it was submitted, mixed; 0: not told yet */
	guint32 latest; /* the number that the run has which was seen last */
	gboolean is_somebodys; /* a row of it has a user */
};

struct renumber {
	struct intern *numbers; /* as printed; of a further run what is mixed stands behind */
	GArray *runs;           /* struct runs, by number */
};

struct renumber *renumber_new(void)
{
	struct renumber *renumber = g_new0(struct renumber, 1);

	renumber->numbers = intern_new();
	renumber->runs = g_array_new(FALSE, FALSE, sizeof(struct runs));
	return renumber;
}

void renumber_free(struct renumber *renumber)
{
	if (!renumber)
		return;
	intern_free(renumber->numbers);
	g_array_unref(renumber->runs);
	g_free(renumber);
}

static guint32 number_of(struct renumber *renumber, struct slice text)
{
	guint32 number = intern_get(renumber->numbers, text);
	struct runs runs = { 0, number, FALSE };

	if (number == renumber->runs->len)
		g_array_append_val(renumber->runs, runs);
	return number;
}

static char *further_run(struct slice digits, guint64 submit)
{
	return g_strdup_printf("%.*s %" G_GUINT64_FORMAT, (int)digits.length, digits.data, submit);
}

/* sacct prints of a step when it began in the place of when its job was submitted: a run that
 * nobody has seen is none. */
static guint32 run_of_step(const struct renumber *renumber, guint32 number, struct slice digits,
                           guint64 submit)
{
	const struct runs *runs = &g_array_index(renumber->runs, struct runs, number);
	g_autofree char *text = further_run(digits, submit);
	gint64 further = runs->first == submit ? number
	                                       : intern_find(renumber->numbers, slice_of(text));

	return further < 0 ? runs->latest : (guint32)further;
}

static guint32 run_of_job(struct renumber *renumber, guint32 number, struct slice digits,
                          guint64 submit)
{
	struct runs *runs = &g_array_index(renumber->runs, struct runs, number);
	guint32 latest = number;

	if (runs->first == 0)
		runs->first = submit;
	if (runs->first != submit) {
		g_autofree char *text = further_run(digits, submit);

		latest = number_of(renumber, slice_of(text));
	}
	/* They may have moved. */
	g_array_index(renumber->runs, struct runs, number).latest = latest;
	return latest;
}

/* Where a row does not say when its job was submitted it is of the run that was seen last. */
static guint32 run_of(struct renumber *renumber, struct slice digits, struct slice submitted,
                      gboolean is_step, gboolean is_nobodys)
{
	guint32 number = number_of(renumber, digits);
	struct runs *runs = &g_array_index(renumber->runs, struct runs, number);
	guint64 submit;

	/* A spreadsheet makes 7 of step 7.0: nobody's, as steps are. */
	is_step |= is_nobodys && runs->is_somebodys;
	runs->is_somebodys |= !is_nobodys;
	if (slice_empty(submitted) || !g_ascii_isdigit(*submitted.data))
		return g_array_index(renumber->runs, struct runs, number).latest;
	submit = key_of(slice_of(""), submitted, 0).half[0];
	return is_step ? run_of_step(renumber, number, digits, submit)
	               : run_of_job(renumber, number, digits, submit);
}

void renumber_append(struct renumber *renumber, struct slice name, struct slice submit,
                     gboolean is_nobodys, GString *line)
{
	gboolean is_step = name.length > 0 && memchr(name.data, '.', name.length) != NULL;
	size_t digits = 0;

	while (digits < name.length && g_ascii_isdigit(name.data[digits]))
		digits++;
	g_string_append_printf(line, "%u",
	                       run_of(renumber, (struct slice){ name.data, digits }, submit,
	                              is_step, is_nobodys) +
	                               1);
	g_string_append_len(line, name.data + digits, (gssize)(name.length - digits));
}
