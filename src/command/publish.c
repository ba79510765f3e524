/* SPDX-License-Identifier: Apache-2.0 */
#include "command/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "base/error.h"
#include "base/signals.h"
#include "base/terminal.h"
#include "command/events_file.h"
#include "command/nodes_file.h"
#include "command/releases.h"
#include "command/shell.h"
#include "command/terms_options.h"

#define SEND_BYTES ((size_t)64 * 1024 * 1024) /* at once */

static gboolean is_file(const struct parcel *parcel)
{
	return strcmp(parcel->options->output, "-") != 0;
}

void parcel_init(struct parcel *parcel, const struct anonymize_options *options,
                 const struct manifest *inputs, const struct disguise *disguise,
                 const struct release *release)
{
	*parcel = (struct parcel){ .options = options,
		                   .inputs = inputs,
		                   .disguise = disguise,
		                   .release = release,
		                   .held = -1 };
	for (int part = 0; part < PARTS; part++)
		parcel->files[part] = -1;
}

void parcel_clear(struct parcel *parcel)
{
	for (int part = 0; part < PARTS; part++) {
		sink_abort(parcel->sinks[part]);
		if (parcel->files[part] >= 0)
			close(parcel->files[part]);
	}
	if (parcel->held >= 0)
		close(parcel->held);
	if (parcel->holds_signals)
		signals_release(&parcel->before);
	witness_free(parcel->witness);
}

struct sink *parcel_open(struct parcel *parcel, const char *path, GError **error)
{
	struct sink *sink = is_file(parcel) ? sink_open(path, 0644, error)
	                                    : sink_open_passing(path, error);

	g_clear_pointer(&parcel->witness, witness_free);
	if (!sink)
		return NULL;
	parcel->witness = witness_new();
	sink_watch(sink, witness_see, parcel->witness);
	return parcel->sinks[PART_SHARED] = sink;
}

void parcel_throw_away(struct parcel *parcel)
{
	g_clear_pointer(&parcel->sinks[PART_SHARED], sink_abort);
}

char *parcel_path(const struct parcel *parcel, enum part part)
{
	return parcel->files[part] < 0 ? NULL
	                               : g_strdup_printf("/proc/self/fd/%d", parcel->files[part]);
}

static char *part_path(const struct parcel *parcel, enum part part)
{
	const char *output = parcel->options->output;

	switch (part) {
	case PART_NODES:
		return nodes_file_path(output);
	case PART_EVENTS:
		return events_file_path(output);
	case PART_MANIFEST:
		return manifest_path(output);
	case PART_SUMS:
		return g_strconcat(output, ".sha256", NULL);
	default:
		return g_strdup(is_file(parcel) ? output : "standard output");
	}
}

static gboolean open_part(struct parcel *parcel, enum part part, GError **error)
{
	g_autofree char *path = part_path(parcel, part);

	parcel->sinks[part] = sink_open(path, 0644, error);
	return parcel->sinks[part] != NULL;
}

/* It is complete, and can be read. */
static gboolean close_part(struct parcel *parcel, enum part part, GError **error)
{
	if (!sink_finish(parcel->sinks[part], &parcel->receipts[part], error))
		return FALSE;
	parcel->files[part] = sink_reopen(parcel->sinks[part], error);
	return parcel->files[part] >= 0;
}

static gboolean look_through(struct parcel *parcel, enum part part, struct leak_check *check,
                             GError **error)
{
	g_autofree char *path = part_path(parcel, part);

	return leak_check_file(check, path, parcel->files[part], error);
}

/* The same of one that may not be there. */
static gboolean look_through_list(struct parcel *parcel, enum part part, struct leak_check *check,
                                  GError **error)
{
	return !parcel->sinks[part] || look_through(parcel, part, check, error);
}

/* It is complete, and no name stands in it. */
static gboolean finish_part(struct parcel *parcel, enum part part, struct leak_check *check,
                            GError **error)
{
	return close_part(parcel, part, error) && look_through(parcel, part, check, error);
}

static gboolean make_nodes(struct parcel *parcel, GError **error)
{
	char *const *inventories = parcel->options->inventories;

	return !inventories ||
	       (open_part(parcel, PART_NODES, error) &&
	        nodes_file_write(parcel->sinks[PART_NODES], inventories, parcel->disguise, error) &&
	        close_part(parcel, PART_NODES, error));
}

static gboolean make_events(struct parcel *parcel, GError **error)
{
	const char *events = parcel->options->events;

	return !events ||
	       (open_part(parcel, PART_EVENTS, error) &&
	        events_file_write(parcel->sinks[PART_EVENTS], events, parcel->disguise, error) &&
	        close_part(parcel, PART_EVENTS, error));
}

/* Of all that is made with one mapping the same: the digest of what was made first. It gives
 * nothing away, and does not hang on chance. */
static const char *pseudonyms_of(const struct parcel *parcel)
{
	struct mapping *mapping = parcel->disguise->mapping;

	if (!mapping_release(mapping))
		mapping_set_release(mapping, parcel->receipts[PART_SHARED].sha256);
	return mapping_release(mapping);
}

static gboolean make_manifest(struct parcel *parcel, struct leak_check *check, GError **error)
{
	g_auto(GStrv) warnings = terms_warnings(parcel->options->terms);
	struct manifest inputs = *parcel->inputs;
	const struct manifest_facts facts = {
		.inputs = &inputs, .pseudonyms = pseudonyms_of(parcel),
			.terms = parcel->options->terms, .release = parcel->release,
			.warnings = warnings,
		.file = &parcel->receipts[PART_SHARED], .risk = &parcel->risk,
		.nodes = parcel->sinks[PART_NODES] ? &parcel->receipts[PART_NODES] : NULL,
		.events = parcel->sinks[PART_EVENTS] ? &parcel->receipts[PART_EVENTS] : NULL,
	};

	if (!open_part(parcel, PART_MANIFEST, error))
		return FALSE;
	if (parcel->options->timezone)
		inputs.zone = (char *)parcel->options->timezone;
	manifest_write(parcel->sinks[PART_MANIFEST], &facts);
	return finish_part(parcel, PART_MANIFEST, check, error);
}

/* As `sha256sum -c` reads it, in the folder of the files. */
static gboolean make_sums(struct parcel *parcel, struct leak_check *check, GError **error)
{
	if (!open_part(parcel, PART_SUMS, error))
		return FALSE;
	for (int part = 0; part < PART_SUMS; part++) {
		g_autofree char *path = part_path(parcel, (enum part)part);
		g_autofree char *name = g_path_get_basename(path);

		if (parcel->sinks[part])
			sink_printf(parcel->sinks[PART_SUMS], "%s  %s\n",
			            parcel->receipts[part].sha256, name);
	}
	return finish_part(parcel, PART_SUMS, check, error);
}

/* Where the file must be read for it, the risk is measured while names are looked for. */
struct measuring {
	struct parcel *parcel;
	GError *failure;
};

static void *measure_risk(void *data)
{
	struct measuring *measuring = data;
	struct parcel *parcel = measuring->parcel;
	g_autofree char *path = parcel_path(parcel, PART_SHARED);

	risk_measure(&parcel->risk, path, parcel->release->exports > 1, &measuring->failure);
	return NULL;
}

static gboolean look_if_needed(struct parcel *parcel, struct leak_check *check, GError **error)
{
	return !leak_check_needs(check, witness_words(parcel->witness)) ||
	       look_through(parcel, PART_SHARED, check, error);
}

static gboolean look_and_measure(struct parcel *parcel, struct leak_check *check, GError **error)
{
	struct measuring measuring = { parcel, NULL };
	GThread *thread;
	gboolean done;

	if (!close_part(parcel, PART_SHARED, error))
		return FALSE;
	if (parcel->release->exports <= 1 && witness_risk(parcel->witness, &parcel->risk))
		return look_if_needed(parcel, check, error);
	thread = g_thread_try_new("risk", measure_risk, &measuring, NULL);
	done = look_if_needed(parcel, check, error);
	if (thread)
		g_thread_join(thread);
	else
		measure_risk(&measuring);
	if (!measuring.failure)
		return done;
	if (done)
		g_propagate_error(error, g_steal_pointer(&measuring.failure));
	g_clear_error(&measuring.failure);
	return FALSE;
}

gboolean parcel_list(struct parcel *parcel, GError **error)
{
	return !is_file(parcel) || (make_nodes(parcel, error) && make_events(parcel, error));
}

gboolean parcel_make(struct parcel *parcel, struct leak_check *check, GError **error)
{
	if (!look_and_measure(parcel, check, error))
		return FALSE;
	if (is_file(parcel) &&
	    !(look_through_list(parcel, PART_NODES, check, error) &&
	      look_through_list(parcel, PART_EVENTS, check, error) &&
	      make_manifest(parcel, check, error) && make_sums(parcel, check, error)))
		return FALSE;
	return leak_check_done(check, error);
}

/* The kernel copies what it can by itself, without a detour through this program: into a file it
 * need not even copy, where the two may share what they hold. All else, and what goes wrong, is met
 * when the rest is copied. */
static off_t send_most(int from)
{
	off_t sent = 0;

	while (copy_file_range(from, &sent, STDOUT_FILENO, NULL, SEND_BYTES, 0) > 0)
		;
	while (sendfile(STDOUT_FILENO, from, &sent, SEND_BYTES) > 0)
		;
	return sent;
}

static gboolean copy_to_stdout(int from, GError **error)
{
	struct sink *out = sink_open("-", 0644, error);
	ssize_t got = -1;
	size_t room;

	sink_spare_digest(out);
	if (lseek(from, send_most(from), SEEK_SET) >= 0)
		while ((got = read(from, sink_reserve(out, 65536, &room), 65536)) > 0)
			sink_commit(out, (size_t)got);
	if (got == 0)
		return sink_close(out, NULL, error);
	sink_abort(out);
	return error_failed(error, "the output cannot be read again: %s", g_strerror(errno));
}

/* So that of two runs with one output each gives all of its files their names, or none, before the
 * other does: until what is given back is closed. Where a file system cannot, -1. */
static int hold_folder(const char *output)
{
	g_autofree char *folder = g_path_get_dirname(output);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
		shell_say("waiting for another run, which gives its files their names");
		while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
			;
	}
	return fd;
}

static gboolean place_all(struct parcel *parcel, GError **error)
{
	gboolean done = TRUE;

	parcel->held = hold_folder(parcel->options->output);
	/* Who breaks the run off now has all files under their names, or none. */
	signals_hold(&parcel->before);
	parcel->holds_signals = TRUE;
	for (int part = 0; done && part < PARTS; part++)
		done = !parcel->sinks[part] || sink_place(parcel->sinks[part], error);
	return done;
}

/* A mapping that knows more than what is shared does no harm. */
gboolean parcel_publish(struct parcel *parcel, GError **error)
{
	if (!mapping_save(parcel->disguise->mapping, error))
		return FALSE;
	if (!is_file(parcel))
		return copy_to_stdout(parcel->files[PART_SHARED], error);
	return releases_note(parcel, error) && place_all(parcel, error);
}

/* All of them, whatever is wrong with one; the first failure is told. */
gboolean parcel_keep(struct parcel *parcel, GError **error)
{
	gboolean done = TRUE;

	for (int part = 0; is_file(parcel) && part < PARTS; part++)
		if (parcel->sinks[part] &&
		    !sink_close(g_steal_pointer(&parcel->sinks[part]), NULL, done ? error : NULL))
			done = FALSE;
	return done;
}

/* Which nodes they name was up to the terms of the release that wrote them. */
void parcel_say_left(const struct parcel *parcel)
{
	for (int part = PART_NODES; is_file(parcel) && part <= PART_EVENTS; part++) {
		g_autofree char *path = part_path(parcel, (enum part)part);
		g_autofree char *shown = terminal_escape(slice_of(path));

		if (parcel->receipts[part].size == 0 && g_file_test(path, G_FILE_TEST_EXISTS))
			shell_say("warning: %s stood there before, and is no part of this release: "
			          "do not pass it on", shown);
	}
}
