/* SPDX-License-Identifier: Apache-2.0 */
#include "base/outdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/outdir_former.h"
#include "base/part.h"
#include "base/terminal.h"

enum { HEAD_BYTES = 64 * 1024 };

struct outdir {
	int folder; /* that holds both the target and the part */
	int fd;     /* of the part; its lock lasts as long */
	char *name, *part;
	char *old;   /* what stood there, once it has its name; NULL: nothing */
	char *shown; /* in messages */
	char *path;
	gboolean finished;
	guint file_mode, folder_mode;
	GMutex mutex;        /* of the next two, while files are written */
	GTree *receipts;     /* struct sink_receipt by name; without a digest: not closed yet */
	GHashTable *folders; /* names of those made in it */
};

static int compare(const void *a, const void *b, void *data)
{
	(void)data;
	return strcmp(a, b);
}

static struct outdir *outdir_new(const char *path, int folder, char *name)
{
	struct outdir *outdir = g_new0(struct outdir, 1);

	outdir->folder = folder;
	outdir->fd = -1;
	outdir->file_mode = part_mode(0644);
	outdir->folder_mode = part_mode(0755);
	outdir->name = name;
	outdir->shown = terminal_escape_whole(slice_of(path));
	g_mutex_init(&outdir->mutex);
	outdir->receipts = g_tree_new_full(compare, NULL, g_free, g_free);
	outdir->folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return outdir;
}

static void outdir_free(struct outdir *outdir)
{
	if (outdir->fd >= 0)
		close(outdir->fd);
	close(outdir->folder);
	g_free(outdir->name);
	g_free(outdir->part);
	g_free(outdir->old);
	g_free(outdir->shown);
	g_free(outdir->path);
	g_mutex_clear(&outdir->mutex);
	g_tree_destroy(outdir->receipts);
	g_hash_table_unref(outdir->folders);
	g_free(outdir);
}

static gboolean replaceable(const struct outdir *outdir, GError **error)
{
	return outdir_former_replaceable(outdir->folder, outdir->name, outdir->shown, error);
}

static gboolean open_part(struct outdir *outdir, const char *path, GError **error)
{
	g_autofree char *above = g_path_get_dirname(path);

	if (!replaceable(outdir, error))
		return FALSE;
	part_remove_stale(outdir->folder, outdir->name);
	outdir->fd = part_create_folder(outdir->folder, outdir->name, &outdir->part);
	if (outdir->fd < 0)
		return error_failed(error, "%s: cannot create: %s", outdir->shown,
		                    g_strerror(errno));
	outdir->path = g_build_filename(above, outdir->part, NULL);
	return TRUE;
}

struct outdir *outdir_open(const char *path, GError **error)
{
	g_autofree char *trimmed = g_strdup(path);
	struct outdir *outdir;
	char *name;
	int folder;

	for (size_t length = strlen(trimmed); length > 1 && trimmed[length - 1] == '/'; length--)
		trimmed[length - 1] = '\0';
	folder = part_place(trimmed, &name, error);
	if (folder < 0)
		return NULL;
	outdir = outdir_new(trimmed, folder, name);
	if (open_part(outdir, trimmed, error))
		return outdir;
	outdir_free(outdir);
	return NULL;
}

void outdir_keep_private(struct outdir *outdir)
{
	outdir->file_mode = 0600;
	outdir->folder_mode = 0700;
}

const char *outdir_path(const struct outdir *outdir)
{
	return outdir->path;
}

static gboolean valid_name(const char *name)
{
	gboolean at_start = TRUE;

	for (; *name; name++) {
		if (at_start && (*name == '.' || *name == '/'))
			return FALSE;
		if (!g_ascii_isalnum(*name) && !strchr("._/-", *name))
			return FALSE;
		at_start = *name == '/';
	}
	return !at_start;
}

/* Where the receipt of a new file goes, or NULL and error. */
static struct sink_receipt *take_name(struct outdir *outdir, const char *name, GError **error)
{
	struct sink_receipt *receipt = g_tree_lookup(outdir->receipts, name);

	if (!valid_name(name)) {
		g_autofree char *shown = terminal_escape(slice_of(name));

		error_failed(error, "%s: not a name for a file in %s", shown, outdir->shown);
		return NULL;
	}
	if (receipt && receipt->sha256[0]) {
		error_failed(error, "%s/%s: written twice", outdir->shown, name);
		return NULL;
	}
	if (receipt == NULL) {
		receipt = g_new0(struct sink_receipt, 1);
		g_tree_insert(outdir->receipts, g_strdup(name), receipt);
	}
	return receipt;
}

static gboolean make_folder(const struct outdir *outdir, const char *folder, GError **error)
{
	if (mkdirat(outdir->fd, folder, outdir->folder_mode) != 0)
		return errno == EEXIST || error_failed(error, "%s/%s: cannot create: %s",
		                                       outdir->shown, folder, g_strerror(errno));
	if (fchmodat(outdir->fd, folder, outdir->folder_mode, 0) != 0)
		return error_failed(error, "%s/%s: cannot set the permissions: %s", outdir->shown,
		                    folder, g_strerror(errno));
	return TRUE;
}

/* The folders above a file; open as the umask has it, since the part itself is closed to others. */
static gboolean make_folders(const struct outdir *outdir, const char *name, GError **error)
{
	for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
		char *folder = g_strndup(name, (gsize)(slash - name));
		gboolean made = g_hash_table_contains(outdir->folders, folder) ||
		                make_folder(outdir, folder, error);

		g_hash_table_add(outdir->folders, folder);
		if (!made)
			return FALSE;
	}
	return TRUE;
}

static struct sink_receipt *take_place(struct outdir *outdir, const char *name, GError **error)
{
	struct sink_receipt *receipt;

	g_mutex_lock(&outdir->mutex);
	receipt = take_name(outdir, name, error);
	if (receipt && !make_folders(outdir, name, error))
		receipt = NULL;
	g_mutex_unlock(&outdir->mutex);
	return receipt;
}

struct sink *outdir_sink(struct outdir *outdir, const char *name, GError **error)
{
	struct sink_receipt *receipt = take_place(outdir, name, error);
	g_autofree char *path = g_build_filename(outdir->path, name, NULL);
	g_autofree char *shown = g_build_filename(outdir->shown, name, NULL);

	return receipt ? sink_open_inside(path, shown, outdir->file_mode, receipt, error) : NULL;
}

/* Reads the file to its end. */
static gboolean take_digest(int fd, struct sink_receipt *receipt)
{
	struct digest *digest = digest_new();
	g_autofree guchar *buffer = g_malloc(HEAD_BYTES);
	ssize_t got;

	receipt->size = 0;
	while ((got = read(fd, buffer, HEAD_BYTES)) > 0 || (got < 0 && errno == EINTR)) {
		if (got < 0)
			continue;
		digest_update(digest, buffer, (size_t)got);
		receipt->size += (guint64)got;
	}
	g_strlcpy(receipt->sha256, digest_hex(digest), sizeof(receipt->sha256));
	digest_free(digest);
	return got == 0;
}

/* Takes size and digest, and settles the file's mode. */
static gboolean adopt(int fd, guint mode, struct sink_receipt *receipt)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return FALSE;
	if (!S_ISREG(status.st_mode)) {
		errno = EINVAL;
		return FALSE;
	}
	return take_digest(fd, receipt) && fchmod(fd, mode) == 0;
}

gboolean outdir_adopt(struct outdir *outdir, const char *name, GError **error)
{
	struct sink_receipt *receipt = take_place(outdir, name, error);
	gboolean adopted;
	int fd, code;

	if (receipt == NULL)
		return FALSE;
	fd = openat(outdir->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	adopted = fd >= 0 && adopt(fd, outdir->file_mode, receipt);
	code = errno;
	if (fd >= 0)
		close(fd);
	if (!adopted)
		return error_failed(error, "%s/%s: cannot read: %s", outdir->shown, name,
		                    g_strerror(code));
	return TRUE;
}

struct visit {
	void (*each)(const char *name, const struct sink_receipt *receipt, void *data);
	void *data;
};

static gboolean visit_file(void *name, void *value, void *data)
{
	const struct sink_receipt *receipt = value;
	const struct visit *visit = data;

	if (receipt->sha256[0])
		visit->each(name, receipt, visit->data);
	return FALSE;
}

void outdir_each(const struct outdir *outdir,
                 void (*each)(const char *name, const struct sink_receipt *receipt, void *data),
                 void *data)
{
	struct visit visit = { each, data };

	g_tree_foreach(outdir->receipts, visit_file, &visit);
}

/* Puts the new directory where the old one stands and the old one under *old. Where the two cannot
 * be exchanged at one stroke the old one steps aside first. 0, or -1 with errno. */
static int replace(const struct outdir *outdir, char **old)
{
	int code;

	*old = g_strdup(outdir->part);
	if (renameat2(outdir->folder, outdir->part, outdir->folder, outdir->name,
	              RENAME_EXCHANGE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
		return -1;
	g_free(*old);
	*old = part_name(outdir->name);
	if (renameat(outdir->folder, outdir->name, outdir->folder, *old) != 0)
		return -1;
	if (renameat(outdir->folder, outdir->part, outdir->folder, outdir->name) == 0)
		return 0;
	code = errno;
	renameat(outdir->folder, *old, outdir->folder, outdir->name);
	errno = code;
	return -1;
}

/* A plain rename is enough where nothing stands, or something empty. */
static gboolean give_name(struct outdir *outdir, GError **error)
{
	g_autofree char *old = NULL;
	int status = renameat(outdir->folder, outdir->part, outdir->folder, outdir->name);

	if (status != 0 && (errno == ENOTEMPTY || errno == EEXIST))
		status = replace(outdir, &old);
	if (status != 0)
		return error_failed(error, "%s: cannot rename: %s", outdir->shown,
		                    g_strerror(errno));
	g_clear_pointer(&outdir->part, g_free);
	outdir->old = g_steal_pointer(&old);
	return TRUE;
}

static gboolean settle_name(const struct outdir *outdir, GError **error)
{
	if (fsync(outdir->folder) != 0 && errno != EINVAL)
		return error_failed(error, "%s: cannot write its directory: %s", outdir->shown,
		                    g_strerror(errno));
	if (outdir->old && !part_remove(outdir->folder, outdir->old))
		return error_failed(
			error,
			"%s: is complete, but what it replaced, now %s, cannot be removed: %s",
			outdir->shown, outdir->old, g_strerror(errno));
	return TRUE;
}

/* One file or folder of it; an error number. EINVAL: a file system has no need or no means of
 * it. */
static int make_durable(const struct outdir *outdir, const char *name)
{
	int fd = openat(outdir->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC),
	    number = 0;

	if (fd < 0)
		return errno;
	if (fsync(fd) != 0 && errno != EINVAL)
		number = errno;
	close(fd);
	return number;
}

static void add_name(const char *name, const struct sink_receipt *receipt, void *data)
{
	(void)receipt;
	g_ptr_array_add(data, (gpointer)name);
}

static GPtrArray *contents(const struct outdir *outdir)
{
	GPtrArray *names = g_ptr_array_new();
	GHashTableIter folders;
	gpointer folder;

	outdir_each(outdir, add_name, names);
	g_hash_table_iter_init(&folders, outdir->folders);
	while (g_hash_table_iter_next(&folders, &folder, NULL))
		g_ptr_array_add(names, folder);
	g_ptr_array_add(names, (gpointer) ".");
	return names;
}

/* All at the end: the disk has begun with each when it was closed, and the file system writes its
 * own notes of all at once instead of twice for each. */
static gboolean make_all_durable(const struct outdir *outdir, GError **error)
{
	g_autoptr(GPtrArray) names = contents(outdir);

	if (fchmod(outdir->fd, outdir->folder_mode) != 0)
		return error_failed(error, "%s: cannot write: %s", outdir->shown,
		                    g_strerror(errno));
	for (guint i = 0; i < names->len; i++) {
		int number = make_durable(outdir, names->pdata[i]);

		if (number)
			return error_failed(error, "%s/%s: cannot write: %s", outdir->shown,
			                    (const char *)names->pdata[i], g_strerror(number));
	}
	return TRUE;
}

gboolean outdir_finish(struct outdir *outdir, GError **error)
{
	if (!outdir->finished)
		outdir->finished = replaceable(outdir, error) && make_all_durable(outdir, error);
	return outdir->finished;
}

gboolean outdir_place(struct outdir *outdir, GError **error)
{
	return outdir_finish(outdir, error) && replaceable(outdir, error) &&
	       give_name(outdir, error);
}

gboolean outdir_close(struct outdir *outdir, GError **error)
{
	gboolean closed = (!outdir->part || outdir_place(outdir, error)) &&
	                  settle_name(outdir, error);

	outdir_abort(outdir);
	return closed;
}

void outdir_abort(struct outdir *outdir)
{
	if (outdir == NULL)
		return;
	/* What cannot be removed now the next run for this target will take for stale. */
	if (outdir->part)
		part_remove(outdir->folder, outdir->part);
	outdir_free(outdir);
}
