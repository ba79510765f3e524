/* SPDX-License-Identifier: Apache-2.0 */
#include "source/sniff.h"

#include "base/error.h"
#include "base/terminal.h"

static const char delimiters[] = { '|', ',', '\t', ';', '\x1f' };

gboolean sniff_is_blank(struct slice line)
{
	for (size_t i = 0; i < line.length; i++)
		if (line.data[i] != ' ' && line.data[i] != '\r' && line.data[i] != '\n')
			return FALSE;
	return TRUE;
}

static struct slice unquote(struct slice name)
{
	name = slice_trim(name);
	if (name.length >= 2 && name.data[0] == '"' && name.data[name.length - 1] == '"')
		return (struct slice){ name.data + 1, name.length - 2 };
	return name;
}

/* How many known names the delimiter separates; 0 when a field begins with a digit, as no column's
 * name does but almost every row of data: a user called "group" makes no header. */
static guint count_known(struct slice header, char delimiter, gboolean (*known)(struct slice name))
{
	guint count = 0;

	while (header.length > 0) {
		struct slice name = unquote(slice_cut(&header, delimiter));

		if (name.length > 0 && g_ascii_isdigit(name.data[0]))
			return 0;
		count += name.length > 0 && known(name);
	}
	return count;
}

static struct slice next_word(struct slice *rest)
{
	size_t begin = 0, end;
	struct slice word;

	while (begin < rest->length && g_ascii_isspace(rest->data[begin]))
		begin++;
	for (end = begin; end < rest->length && !g_ascii_isspace(rest->data[end]);)
		end++;
	word = (struct slice){ rest->data + begin, end - begin };
	rest->data += end;
	rest->length -= end;
	return word;
}

static gboolean has_word(struct slice line, const char *wanted)
{
	for (struct slice word = next_word(&line); word.length > 0; word = next_word(&line))
		if (slice_is(word, wanted))
			return TRUE;
	return FALSE;
}

static guint known_words(struct slice line, gboolean (*known)(struct slice name))
{
	guint count = 0;

	for (struct slice word = next_word(&line); word.length > 0; word = next_word(&line))
		count += known(word);
	return count;
}

/* With `2>&1` a refusal of sacct's lands in the file. */
static gboolean refuse_message(struct slice header, GError **error)
{
	g_autofree char *words = terminal_escape(slice_trim(header));

	if (strstr(words, "ReqGRES has been removed"))
		return error_failed(error,
				    "the file holds an error message instead of jobs (“%s”): "
				    "use ReqTRES instead of ReqGRES",
				    words);
	return error_failed(error, "the file holds an error message instead of jobs (“%s”)", words);
}

static gboolean refuse(struct slice header, struct slice next, gboolean (*known)(struct slice name),
		       GError **error)
{
	if (slice_starts(header, "sacct: "))
		return refuse_message(header, error);
	if (slice_starts(header, "{") || slice_starts(header, "[{"))
		return error_failed(
			error, "this is JSON: run sacct again with --parsable2 instead of --json");
	if (has_word(header, "JOBID") &&
	    (has_word(header, "ST") || has_word(header, "NODELIST(REASON)")))
		return error_failed(
			error, "this is output of squeue, which knows only the jobs of one moment: "
			       "export with sacct and --parsable2");
	if (slice_starts(header, "NodeName=") || slice_starts(header, "NODELIST "))
		return error_failed(error, "this is a list of nodes, not of jobs");
	if (slice_starts(header, "----------"))
		return error_failed(error, "this is output of sreport, which has sums and no jobs: "
					   "export with sacct and --parsable2");
	if (known_words(header, known) >= 2 && slice_starts(next, "---"))
		return error_failed(error,
				    "this is sacct's fixed-width output, with values cut off: "
				    "run sacct again with --parsable2");
	return error_failed(
		error,
		"the first line names no known column; export with a header (no --noheader)");
}

char sniff_delimiter(struct slice header, struct slice next, gboolean (*known)(struct slice name),
		     GError **error)
{
	guint most = 1;
	char best = 0;

	while (header.length > 0 && g_ascii_isspace(header.data[header.length - 1]) &&
	       header.data[header.length - 1] != '\t')
		header.length--;
	for (guint i = 0; i < G_N_ELEMENTS(delimiters); i++) {
		guint count = count_known(header, delimiters[i], known);

		if (count > most) {
			most = count;
			best = delimiters[i];
		}
	}
	if (!best)
		refuse(header, next, known, error);
	return best;
}
