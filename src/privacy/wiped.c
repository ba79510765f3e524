/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/wiped.h"

#include <string.h>

enum { SMALLEST = 4096 };

/* Not g_realloc(), which would leave the old copy behind. */
static void grow(struct wiped *wiped, size_t needed)
{
	struct wiped larger = { NULL, wiped->length, MAX(SMALLEST, MAX(needed, 2 * wiped->size)) };

	larger.data = g_malloc(larger.size);
	if (wiped->length > 0)
		memcpy(larger.data, wiped->data, wiped->length);
	wiped_clear(wiped);
	*wiped = larger;
}

void wiped_append(struct wiped *wiped, const void *bytes, size_t length)
{
	if (wiped->length + length + 1 > wiped->size)
		grow(wiped, wiped->length + length + 1);
	if (length > 0)
		memcpy(wiped->data + wiped->length, bytes, length);
	wiped->length += length;
	wiped->data[wiped->length] = '\0';
}

void wiped_clear(struct wiped *wiped)
{
	if (wiped->data)
		explicit_bzero(wiped->data, wiped->size);
	g_free(wiped->data);
	*wiped = (struct wiped){ 0 };
}

void wiped_free_text(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	g_free(text);
}
