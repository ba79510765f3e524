/* SPDX-License-Identifier: Apache-2.0 */
#include "record/digits.h"
#include "record/value.h"

/* How many digits stand at a place within the text or at its end. */
static size_t digits(struct slice text, size_t at)
{
	size_t begin = at;

	for (; text.length - at >= 8; at += 8) {
		guint first = digits_first(digits_load(text.data + at));

		if (first < 8)
			return at + first - begin;
	}
	while (at < text.length && g_ascii_isdigit(text.data[at]))
		at++;
	return at - begin;
}

/* [1-4,7%2], or what is left of a long one: [1,3,…]. */
static size_t task_list(struct slice text, size_t at)
{
	size_t begin = at;

	if (at >= text.length || text.data[at] != '[')
		return 0;
	for (at++; at < text.length && text.data[at] != ']'; at++)
		if (!g_ascii_isdigit(text.data[at]) && !memchr(",-:%.", text.data[at], 5))
			return 0;
	return at < text.length ? at + 1 - begin : 0;
}

/* Slurm names steps itself, 0, 0+1 or one of these: another word is somebody's. */
static gboolean is_step_name(struct slice name)
{
	static const char *const names[] = { "batch", "extern", "interactive", "TBD" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (slice_is(name, names[i]))
			return TRUE;
	for (size_t i = 0; i < name.length; i++)
		if (!g_ascii_isdigit(name.data[i]) && name.data[i] != '+')
			return FALSE;
	return name.length > 0 && name.length <= 64;
}

gboolean value_job_parts(struct slice text, struct job_name *name)
{
	size_t at = digits(text, 0), more;

	if (at == 0 || at > 20)
		return FALSE;
	if (at < text.length && text.data[at] == '_') {
		more = digits(text, at + 1);
		at += 1 + (more ? more : task_list(text, at + 1));
		if (text.data[at - 1] == '_')
			return FALSE;
	}
	if (at < text.length && text.data[at] == '+') {
		more = digits(text, at + 1);
		if (more == 0)
			return FALSE;
		at += 1 + more;
	}
	name->base = (struct slice){ text.data, at };
	name->step = at < text.length;
	return !name->step ||
	       (text.data[at] == '.' &&
		is_step_name((struct slice){ text.data + at + 1, text.length - at - 1 }));
}
