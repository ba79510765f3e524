/* SPDX-License-Identifier: Apache-2.0 */
/* manifest: what stands beside an export, EXPORT.manifest.json: how it was made, and what its times
 * mean. Counts, column names and the digest of the export itself; never a path, a name, or the
 * digest of a raw export. */
#ifndef COMMAND_MANIFEST_H
#define COMMAND_MANIFEST_H

#include <json-glib/json-glib.h>

#include "privacy/anonymize.h"
#include "privacy/risk.h"
#include "report/compose.h"

/* What was exported, or was not, as manifests write it: "2024-01-01", or with a time of day. */
struct timespan {
	char *from, *to;
};

struct manifest {
	char *zone;     /* in which its times are; NULL: not declared */
	char *site_zone; /* whose days and hours a report shows; NULL: those of the times */
	char *from, *to; /* the window it was exported for, "2024-01-01"; NULL: not declared */
	GArray *gaps;    /* struct timespan: of several, the times within it that none was exported
	                    for; NULL: none is known */
	char *profile;  /* "research"; NULL for a raw export */
	char *pseudonyms; /* whose they are: two files with the same text share them; NULL when not
	                     declared */
	enum time_step times; /* to which its times are cut: of several, the coarsest */
	gboolean rounded; /* its durations and amounts, or those of one of several, are rounded */
	gboolean renumbered; /* its jobs, or those of one of several, have other numbers than Slurm
	                        gave them */
	gint64 exports; /* how many exports were joined in it; 1 when not declared */
	gboolean has_risk;
	struct report_risk risk; /* of a single export, when it says it; it counts when sha256 is
	                            that of the file read */
	char *sha256;   /* of the export; NULL when not declared. Reading does not compare it */
	struct sharing *sharing; /* what it says of a shareable file; NULL: there is none, or there
	                            are several */
};

void manifest_clear(struct manifest *manifest);

/* "shared.psv" → "shared.psv.manifest.json"; the caller frees it. */
char *manifest_path(const char *export_path);

/* The manifest at a path, of this export. Without one (and for "-") *manifest is empty and the
 * result TRUE. FALSE when it is none of ours, or when the export's size is not the one it says. */
gboolean manifest_read_at(const char *path, const char *export_path, struct manifest *manifest,
                          GError **error);

/* The manifest that stands beside one of the files and is of the very bytes with this digest, as it
 * stands; "" when none is, NULL and error when one cannot be read. The caller frees it. */
char *manifest_text(char *const *paths, const char *sha256, GError **error);

/* The same of the text of one, whose export is not at hand. */
gboolean manifest_read_text(const char *text, struct manifest *manifest, GError **error);

/* Those beside the exports, or of the folders of reclaim-export of which they are slices; of
 * several taken together: their one zone and pseudonyms (two that differ are an error), and the
 * window from the first to the last (none when one has none). profile, sha256 and sharing are those
 * of a single export. */
gboolean manifest_read_all(char *const *paths, struct manifest *manifest, GError **error);

/* What the object of a manifest says of its file; the caller frees it. What is not of the expected
 * kind is left out. */
struct sharing *manifest_sharing(JsonObject *root);

/* What a shareable export's manifest is written from. */
struct manifest_facts {
	const struct manifest *inputs; /* its zone and window are those of the exports */
	const struct terms *terms;
	const struct release *release;
	const char *pseudonyms;
	const struct sink_receipt *file;
	const struct sink_receipt *events; /* of the list of events beside it; NULL: there is
	                                      none */
	const struct sink_receipt *nodes; /* of the list of nodes beside it; NULL: there is none */
	const struct risk *risk;       /* as it was measured */
	char *const *warnings;
};

/* Writes the manifest of a shareable export. */
void manifest_write(struct sink *sink, const struct manifest_facts *facts);

#endif
