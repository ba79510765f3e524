/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/renumber.h"

#include "base/intern.h"
#include "record/keys.h"

/* Of what a number stands for: a job that runs again keeps its number and is submitted another time. */
struct runs {
	guint64 first;  /* when it was submitted, mixed; 0: not told yet */
	guint32 latest; /* the number that the run has which was seen last */
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
	struct runs runs = { 0, number };

	if (number == renumber->runs->len)
		g_array_append_val(renumber->runs, runs);
	return number;
}

static guint32 further_run(struct renumber *renumber, struct slice digits, guint64 submit)
{
	g_autofree char *text = g_strdup_printf("%.*s %" G_GUINT64_FORMAT, (int)digits.length, digits.data, submit);

	return number_of(renumber, slice_of(text));
}

/* Where a step does not say when its job was submitted it is of the run that was seen last. */
static guint32 run_of(struct renumber *renumber, struct slice digits, struct slice submitted)
{
	guint32 number = number_of(renumber, digits), latest = number;
	struct runs *runs = &g_array_index(renumber->runs, struct runs, number);
	guint64 submit;

	if (slice_empty(submitted) || !g_ascii_isdigit(*submitted.data))
		return runs->latest;
	submit = key_of(slice_of(""), submitted, 0).half[0];
	if (runs->first == 0)
		runs->first = submit;
	if (runs->first != submit)
		latest = further_run(renumber, digits, submit);
	/* They may have moved. */
	g_array_index(renumber->runs, struct runs, number).latest = latest;
	return latest;
}

void renumber_append(struct renumber *renumber, struct slice name, struct slice submit, GString *line)
{
	size_t digits = 0;

	while (digits < name.length && g_ascii_isdigit(name.data[digits]))
		digits++;
	g_string_append_printf(line, "%u", run_of(renumber, (struct slice){ name.data, digits }, submit) + 1);
	g_string_append_len(line, name.data + digits, (gssize)(name.length - digits));
}
