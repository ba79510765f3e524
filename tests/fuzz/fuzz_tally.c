/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "measure/tally_file.h"

/* What is between head and trailer: whatever is taken for a tally is written and read again as the
 * same. Half of the inputs begin in the middle, with what a small tally begins with before them. */
static GByteArray *written(const struct saved_tally *saved)
{
	tally_order(saved->tally);
	return tally_body(saved);
}

static void again(struct saved_tally *saved)
{
	g_autoptr(GByteArray) first = written(saved);
	const char *wrong = NULL;
	struct saved_tally *read =
		tally_body_read((struct slice){ (const char *)first->data, first->len }, &wrong);

	g_assert(read && !wrong);
	g_autoptr(GByteArray) second = written(read);
	g_assert(first->len == second->len && memcmp(first->data, second->data, first->len) == 0);
	saved_tally_free(read);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* By account, no period, the default rules; no zone, release, inventory, file or manifest;
	 * one kind of node. */
	static const uint8_t head[] = { 0,    0,    0,    0,    0xe8, 0x07, 0x90, 0x03, 0xc8,
		                        0x01, 0xe8, 0x07, 0x90, 0x03, 0,    0xd8, 0x04, 0xa0,
		                        0x38, 0x90, 0x1c, 0,    0,    0,    0,    0,    1,
		                        1,    2,    2,    2,    0,    0,    1,    0 };
	g_autoptr(GByteArray) body = g_byte_array_new();
	const char *wrong = NULL;

	if (size > 0 && data[0] == 'T')
		g_byte_array_append(body, head, sizeof head);
	g_byte_array_append(body, data + (body->len > 0), (guint)(size - (body->len > 0)));
	struct saved_tally *saved =
		tally_body_read((struct slice){ (const char *)body->data, body->len }, &wrong);
	g_assert(!saved == !!wrong);
	if (saved)
		again(saved);
	saved_tally_free(saved);
	return 0;
}
