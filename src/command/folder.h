/* SPDX-License-Identifier: Apache-2.0 */
/* folder: an export as reclaim-export leaves it: slices of a period, the nodes, and a manifest of
 * what is there. */
#ifndef COMMAND_FOLDER_H
#define COMMAND_FOLDER_H

#include <glib.h>

struct folder_file {
	char *name;      /* in the folder */
	gint64 size;     /* bytes, when it was written */
	char *sha256;    /* NULL: nothing on that machine could say it */
	char *from, *to; /* of a slice, "2025-01-01T00:00:00", to being the first instant after it;
	                    NULL: it is no slice */
};

struct folder {
	char *path;
	char *zone;       /* of all times in it; NULL: not said */
	char *site_zone;  /* in which the cluster's people live; NULL: not said */
	char *from, *to;  /* the window that was asked for */
	GPtrArray *files; /* struct folder_file *: the slices as listed, then the rest */
	/* Paths of what Slurm may refuse, and then NULL. */
	char *nodes, *events, *sreport;
	gboolean only_own; /* whose jobs they are: of her alone who exported, it seems */
};

/* The folder with this path. NULL without error when it is no such folder, with error when it is
 * one and cannot be used: unfinished, or its manifest damaged. */
struct folder *folder_open(const char *path, GError **error);
void folder_free(struct folder *folder);

/* "2025/jobs.psv" of the file; the caller frees it. */
char *folder_file_path(const struct folder *folder, const struct folder_file *file);

/* The slice with this path, of the folder it stands in; NULL when it is none. *folder is the one
 * that was found last, NULL at first, and is looked at again only when the path leads into another;
 * the caller frees the last one. */
const struct folder_file *folder_slice(struct folder **folder, const char *path);

/* What is wrong with it, a sentence each (char *), none when all is there: parts of the window that
 * no slice covers or two do, files that are missing or not as they were written. All bytes are
 * read. */
GPtrArray *folder_verify(const struct folder *folder);

/* What is named on a command line, folders as the files in them. */
struct exports {
	char **paths;     /* NULL: nothing was named */
	char **inventories; /* of the folder with the latest window, when it has a list of nodes;
	                       else NULL */
	const struct folder *latest; /* that folder, for what else is in it; NULL: no folder was
	                                named */
	GPtrArray *folders; /* struct folder * */
};

/* paths may be NULL. The zone of --timezone, or NULL, must be that of the folders. */
gboolean exports_open(struct exports *exports, char *const *paths, const char *zone,
                      GError **error);
void exports_clear(struct exports *exports);

#endif
