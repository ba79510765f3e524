/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/pseudonym.h"

#define LARGEST_NUMBER 999999999u

enum form {
	FORM_DIGITS,  /* 1, 2 … */
	FORM_FOUR,    /* 0001 … */
	FORM_LETTERS, /* A … Z, AA … */
	FORM_NODE,    /* a0001: the letters of the class and the number of the node */
};

static const struct {
	const char *name, *prefix;
	enum form form;
} kinds[NAME_KINDS] = {
	[NAME_USER] = { "user", "user_", FORM_FOUR },
	[NAME_ACCOUNT] = { "account", "group_", FORM_LETTERS },
	[NAME_GROUP] = { "group", "group_", FORM_LETTERS },
	[NAME_PARTITION] = { "partition", "partition_", FORM_DIGITS },
	[NAME_QOS] = { "qos", "qos_", FORM_DIGITS },
	[NAME_CLUSTER] = { "cluster", "cluster_", FORM_DIGITS },
	[NAME_RESERVATION] = { "reservation", "reservation_", FORM_DIGITS },
	[NAME_GRES] = { "gres", "gres_", FORM_DIGITS },
	[NAME_LICENSE] = { "license", "license_", FORM_DIGITS },
	[NAME_WORD] = { "word", "word_", FORM_DIGITS },
	[NAME_HOST] = { "host", "host_", FORM_DIGITS },
	[NAME_CLASS] = { "class", "class_", FORM_DIGITS },
	[NAME_NODE] = { "node", "n", FORM_NODE },
};

const char *name_kind_name(enum name_kind kind)
{
	return kinds[kind].name;
}

gboolean name_kind_find(struct slice text, enum name_kind *kind)
{
	for (int i = 0; i < NAME_KINDS; i++) {
		if (slice_is(text, kinds[i].name)) {
			*kind = (enum name_kind)i;
			return TRUE;
		}
	}
	return FALSE;
}

/* 1 → A, 26 → Z, 27 → AA: counting with letters and without a zero. */
static void letters_print(guint number, char first, char *text)
{
	char reversed[8];
	int n = 0;

	for (; number > 0; number = (number - 1) / 26)
		reversed[n++] = (char)(first + (number - 1) % 26);
	while (n > 0)
		*text++ = reversed[--n];
	*text = '\0';
}

static guint letters_number(struct slice text, char first)
{
	guint64 number = 0;

	if (slice_empty(text) || text.length > 7)
		return 0;
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] < first || text.data[i] > first + 25)
			return 0;
		number = number * 26 + (guint64)(text.data[i] - first) + 1;
	}
	return number <= LARGEST_NUMBER ? (guint)number : 0;
}

/* So many digits, more only where they are needed: no number has two spellings. */
static guint digits_number(struct slice text, size_t least)
{
	gint64 number;

	if (text.length < least || (text.length > least && text.data[0] == '0') ||
	    !slice_number(text, &number) || number > LARGEST_NUMBER)
		return 0;
	return (guint)number;
}

static guint node_number(struct slice text, guint *class)
{
	struct slice letters = { text.data, 0 };

	while (letters.length < text.length && g_ascii_islower(text.data[letters.length]))
		letters.length++;
	*class = letters_number(letters, 'a');
	text = (struct slice){ text.data + letters.length, text.length - letters.length };
	return *class > 0 ? digits_number(text, 4) : 0;
}

void pseudonym_print(enum name_kind kind, guint class, guint number, char text[PSEUDONYM_SIZE])
{
	char letters[8] = "";

	switch (kinds[kind].form) {
	case FORM_DIGITS:
		g_snprintf(text, PSEUDONYM_SIZE, "%s%u", kinds[kind].prefix, number);
		break;
	case FORM_FOUR:
		g_snprintf(text, PSEUDONYM_SIZE, "%s%04u", kinds[kind].prefix, number);
		break;
	case FORM_LETTERS:
		letters_print(number, 'A', letters);
		g_snprintf(text, PSEUDONYM_SIZE, "%s%s", kinds[kind].prefix, letters);
		break;
	case FORM_NODE:
		letters_print(class, 'a', letters);
		g_snprintf(text, PSEUDONYM_SIZE, "%s%s%04u", kinds[kind].prefix, letters, number);
		break;
	}
}

guint pseudonym_number(enum name_kind kind, struct slice text, guint *class)
{
	size_t skip = strlen(kinds[kind].prefix);
	struct slice rest;
	guint ignored;

	if (!slice_starts(text, kinds[kind].prefix))
		return 0;
	rest = (struct slice){ text.data + skip, text.length - skip };
	switch (kinds[kind].form) {
	case FORM_DIGITS:
		return digits_number(rest, 1);
	case FORM_FOUR:
		return digits_number(rest, 4);
	case FORM_LETTERS:
		return letters_number(rest, 'A');
	case FORM_NODE:
		return node_number(rest, class ? class : &ignored);
	}
	return 0;
}

gboolean pseudonym_valid(enum name_kind kind, struct slice text)
{
	return pseudonym_number(kind, text, NULL) > 0;
}

gboolean pseudonym_is_any(struct slice text)
{
	for (int kind = 0; kind < NAME_KINDS; kind++)
		if (pseudonym_valid((enum name_kind)kind, text))
			return TRUE;
	return FALSE;
}
