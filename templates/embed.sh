#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints a C file with the bytes of every template, made by hand (in DIRECTORY) or by the build (here):
# embed.sh DIRECTORY NAME...
set -eu
export LC_ALL=C
directory=$1
shift
echo '/* Generated from templates/ by templates/embed.sh. */'
echo '#include "templates/templates.h"'
echo '#include <string.h>'
number=0
for name in "$@"; do
	printf 'static const unsigned char bytes_%d[] = {' "$number"
	file=$directory/$name
	[ -f "$file" ] || file=templates/$name
	od -An -v -tu1 "$file" | sed 's/  */,/g; s/^,//; s/$/,/'
	echo '0 };'
	number=$((number + 1))
done
echo 'static const struct { const char *name; const unsigned char *bytes; gsize length; } table[] = {'
number=0
for name in "$@"; do
	printf '	{ "%s", bytes_%d, sizeof bytes_%d - 1 },\n' "$name" "$number" "$number"
	number=$((number + 1))
done
cat <<'END'
};

const char *template_find(const char *name, gsize *length)
{
	for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
		if (strcmp(table[i].name, name) != 0)
			continue;
		if (length)
			*length = table[i].length;
		return (const char *)table[i].bytes;
	}
	return NULL;
}

/* The last of the table is made by the build, and no template. */
const char *template_name(guint n)
{
	return n + 1 < G_N_ELEMENTS(table) ? table[n].name : NULL;
}
END
