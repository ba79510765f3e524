/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/kept.h"

#include "base/error.h"
#include "base/terminal.h"
#include "privacy/coarse.h"
#include "privacy/hosts.h"
#include "privacy/resources.h"
#include "privacy/scrub.h"
#include "record/digits.h"
#include "record/value.h"

static enum name_kind name_kind_of(enum column column)
{
	switch (column) {
	case COLUMN_USER:
		return NAME_USER;
	case COLUMN_GROUP:
		return NAME_GROUP;
	case COLUMN_ACCOUNT:
		return NAME_ACCOUNT;
	case COLUMN_PARTITION:
		return NAME_PARTITION;
	case COLUMN_QOS:
	case COLUMN_QOS_REQ:
		return NAME_QOS;
	case COLUMN_CLUSTER:
		return NAME_CLUSTER;
	case COLUMN_RESERVATION:
	case COLUMN_REQ_RESERVATION:
		return NAME_RESERVATION;
	default:
		return NAME_WORD;
	}
}

/* Whole seconds, minutes, numbers. Longer durations mostly have colons. */
static guint digits_most(enum value_kind kind)
{
	return kind == VALUE_JOB || kind == VALUE_NUMBER ? DIGITS_BESIDE
	       : kind == VALUE_DURATION                  ? 7
	                                                 : 0;
}

static gboolean common_resources(struct slice text)
{
	return resources_are_common(text) && column_value_valid(VALUE_TRES, text);
}

static gboolean read_resources(struct slice text)
{
	return resources_are_held(text) && column_value_valid(VALUE_TRES, text);
}

static gboolean (*stays_of(const struct kept *kept))(struct slice text)
{
	if (kept->kind != VALUE_TRES)
		return kept->fits;
	return kept->transform == TRANSFORM_HELD ? read_resources : common_resources;
}

gboolean kept_init(struct kept *kept, const struct terms *terms, guint field,
                   const struct slice *header, guint count)
{
	*kept = (struct kept){ .field = field,
		               .transform = policy_among(terms, header, count, field).transform };
	if (kept->transform == TRANSFORM_DROP)
		return FALSE;
	column_find(slice_trim(header[field]), &kept->column);
	if (kept->transform == TRANSFORM_SUM)
		kept->column = COLUMN_TOTAL_CPU;
	kept->kind = column_info(kept->column)->kind;
	kept->fits = column_check(kept->kind);
	kept->stays = stays_of(kept);
	kept->tells = kept->kind == VALUE_JOB || kept->kind == VALUE_STATE ||
	              kept->kind == VALUE_TIME;
	kept->digits_most = digits_most(kept->kind);
	kept->name = name_kind_of(kept->column);
	return TRUE;
}

gboolean kept_init_known(struct kept *kept, const struct terms *terms, guint field,
                         struct slice header_name)
{
	*kept = (struct kept){ .field = field,
		               .transform = policy_for(terms, header_name).transform };
	if (kept->transform != TRANSFORM_DROP ||
	    !column_find(slice_trim(header_name), &kept->column))
		return FALSE;
	kept->kind = column_info(kept->column)->kind;
	kept->name = name_kind_of(kept->column);
	return kept->kind == VALUE_PERSON;
}

void kept_know(const struct kept *kept, struct keeping *keeping, struct slice text)
{
	struct slice name = value_person(slice_trim(text));

	if (!slice_empty(name) && !pseudonym_valid(kept->name, name))
		mapping_pseudonym(keeping->mapping, kept->name, name);
}

void kept_append_text(struct slice text, GString *line)
{
	gsize at = line->len;

	if (text.length == 0)
		return;
	g_string_set_size(line, at + text.length);
	memcpy(line->str + at, text.data, text.length);
}

static gboolean needs_quotes(struct slice text)
{
	for (size_t i = 0; i < text.length; i++)
		if (strchr(",\"\r\n", text.data[i]))
			return TRUE;
	return slice_trim(text).length != text.length;
}

void kept_append_value(const struct keeping *keeping, struct slice text, GString *line)
{
	if (!keeping->quotes || !needs_quotes(text)) {
		kept_append_text(text, line);
		return;
	}
	g_string_append_c(line, '"');
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] == '"')
			g_string_append_c(line, '"');
		g_string_append_c(line, text.data[i]);
	}
	g_string_append_c(line, '"');
}

struct slice kept_state_word(const struct keeping *keeping, struct slice text)
{
	struct slice word = slice_cut(&text, ' '); /* whatever stands behind it is about somebody */

	keeping->release->uids_removed += slice_starts(text, "by ");
	return word;
}

/* A list of partitions is one word for each. */
static void append_word(const struct kept *kept, struct keeping *keeping, struct slice list,
                        GString *line)
{
	gboolean replaced = FALSE;

	for (gboolean first = TRUE; !slice_empty(list); first = FALSE) {
		struct slice word = slice_cut(&list, ',');
		const char *shown = slice_empty(word)
		                            ? NULL
		                            : words_shown(keeping->words, kept->name, word,
		                                          keeping->user, &keeping->settled);

		if (!first)
			g_string_append_c(line, ',');
		kept_append_text(shown ? slice_of(shown) : word, line);
		replaced |= shown != NULL;
	}
	keeping->release->words_replaced += replaced;
}

static void append_resources(const struct kept *kept, struct keeping *keeping, struct slice text,
                             GString *line)
{
	struct resources resources = {
		.words = keeping->words, .user = keeping->user, .settled = TRUE,
		.rounded = kept->transform == TRANSFORM_USAGE,
			.held = kept->transform == TRANSFORM_HELD,
	};

	resources_append(&resources, text, line);
	keeping->settled &= resources.settled;
	keeping->release->words_replaced += resources.replaced > 0;
}

/* Nothing is written of a value. */
static void blank(const struct kept *kept, struct keeping *keeping)
{
	keeping->release->values_blanked++;
	keeping->release->blanked[kept->column]++;
}

/* What would break the row is not written. */
static void append_free_text(const struct kept *kept, struct keeping *keeping, struct slice text,
                             GString *line)
{
	if (!keeping->quotes &&
	    g_strstr_len(text.data, (gssize)text.length, keeping->delimiter.data))
		blank(kept, keeping);
	else
		keeping->release->words_replaced += scrub_append(keeping->mapping, text, line);
}

static void append_nodes(const struct kept *kept, struct keeping *keeping, struct slice text,
                         GString *line)
{
	if (!hosts_append_renamed(keeping->mapping, text, line))
		blank(kept, keeping);
}

static gboolean has(struct slice text, char byte)
{
	return memchr(text.data, byte, text.length) != NULL;
}

/* Rounded it could no more be told from a number of thousands. */
static gboolean is_vague(const struct kept *kept, struct slice text)
{
	return kept->column == COLUMN_ELAPSED_RAW && kept->transform == TRANSFORM_DURATION &&
	       value_may_be_thousands(text);
}

/* No partition has these in its name, but what slipped here from a column beside it: a sentence,
 * resources, nodes. And nothing is written that ends a line, or that a terminal would obey. */
static gboolean value_fits(const struct kept *kept, struct slice text)
{
	return kept->fits(text) && terminal_safe(text) && !is_vague(kept, text) &&
	       !(kept->kind == VALUE_WORD && (has(text, ' ') || has(text, '='))) &&
	       !((kept->kind == VALUE_WORD || kept->kind == VALUE_TRES) && has(text, '['));
}

static gboolean append_pseudonym(struct keeping *keeping, enum name_kind kind, struct slice name,
                                 GString *line, GError **error)
{
	const char *shown;

	if (slice_empty(name))
		return TRUE;
	if (kind == NAME_USER && pseudonym_valid(NAME_USER, name))
		return error_failed(error,
		                    "the user is a pseudonym already (%.*s): this file has been "
		                    "anonymized, and `reclaim report` reads it as it is; where a "
		                    "login is called so, give it another name in the export",
		                    (int)name.length, name.data);
	if (kind != NAME_USER && keeping->terms->pool)
		shown = words_shown(keeping->words, kind, name, keeping->user, &keeping->settled);
	else
		shown = mapping_pseudonym(keeping->mapping, kind, name);
	kept_append_text(slice_of(shown), line);
	return TRUE;
}

static void append_transformed(const struct kept *kept, struct keeping *keeping, struct slice text,
                               GString *line)
{
	switch (kept->transform) {
	case TRANSFORM_HOSTS:
		keeping->release->words_replaced += hosts_append(keeping->words, text, line) > 0;
		break;
	case TRANSFORM_STATE:
		kept_append_text(kept_state_word(keeping, text), line);
		break;
	case TRANSFORM_WORD:
		append_word(kept, keeping, text, line);
		break;
	case TRANSFORM_TRES:
	case TRANSFORM_USAGE:
	case TRANSFORM_HELD:
		append_resources(kept, keeping, text, line);
		break;
	case TRANSFORM_TEXT:
		append_free_text(kept, keeping, text, line);
		break;
	case TRANSFORM_TIME:
		coarse_append_time(text, keeping->terms->times, keeping->terms->zone, line);
		break;
	case TRANSFORM_DURATION:
		coarse_append_duration(text, kept->column == COLUMN_TIMELIMIT_RAW, line);
		break;
	case TRANSFORM_AMOUNT:
		coarse_append_amount(text, line);
		break;
	case TRANSFORM_RENUMBER:
		renumber_append(keeping->renumber, text, keeping->submitted, keeping->is_nobodys,
		                line);
		break;
	case TRANSFORM_NODES:
		append_nodes(kept, keeping, text, line);
		break;
	default:
		kept_append_text(text, line);
	}
}

static gboolean is_known(struct slice text, gint64 *milliseconds)
{
	return value_duration(text, milliseconds) && *milliseconds != VALUE_UNKNOWN;
}

/* Whether of TotalCPU there is only what it is the sum of. */
static gboolean lacks_total(const struct keeping *keeping, struct slice total)
{
	gint64 ignored;

	return !slice_empty(keeping->user_cpu) && !is_known(total, &ignored);
}

/* A report adds the two up, too. */
static gboolean append_sum(const struct keeping *keeping, GString *line)
{
	gint64 user, system;

	if (!is_known(keeping->user_cpu, &user) || !is_known(keeping->system_cpu, &system) ||
	    user == VALUE_UNLIMITED || system == VALUE_UNLIMITED)
		return FALSE;
	coarse_append_clock(user + system, line);
	return TRUE;
}

/* In the place of UserCPU. */
static void append_total(const struct kept *kept, struct keeping *keeping, GString *line)
{
	if (!append_sum(keeping, line) &&
	    !(column_value_valid(VALUE_DURATION, keeping->user_cpu) &&
	      column_value_valid(VALUE_DURATION, keeping->system_cpu)))
		blank(kept, keeping);
}

gboolean kept_append(const struct kept *kept, struct keeping *keeping, struct slice text,
                     GString *line, GError **error)
{
	if (kept->transform == TRANSFORM_PSEUDONYM)
		return append_pseudonym(keeping, kept->name, value_person(slice_trim(text)), line,
		                        error);
	if (kept->transform == TRANSFORM_SUM)
		return append_total(kept, keeping, line), TRUE;
	if (kept->column == COLUMN_TOTAL_CPU && lacks_total(keeping, text) &&
	    append_sum(keeping, line))
		return TRUE;
	if (slice_empty(text))
		return TRUE;
	if (!value_fits(kept, text)) {
		blank(kept, keeping);
		return TRUE;
	}
	if (kept->transform == TRANSFORM_KEEP && !keeping->quotes) {
		kept_append_text(text, line);
		return TRUE;
	}
	if (!keeping->quotes) {
		append_transformed(kept, keeping, text, line);
		return TRUE;
	}
	g_string_truncate(keeping->scratch, 0);
	append_transformed(kept, keeping, text, keeping->scratch);
	kept_append_value(keeping, (struct slice){ keeping->scratch->str, keeping->scratch->len },
	                  line);
	return TRUE;
}
