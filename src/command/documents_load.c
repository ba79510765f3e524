/* SPDX-License-Identifier: Apache-2.0 */
/* What the program has in the place of the functions that stand in the module: the same names, and
 * each asks the module. What is linked with the module's own objects, as tests are, leaves this
 * file out. */
#include <dlfcn.h>
#include <string.h>

#include "base/error.h"
#include "base/terminal.h"
#include "command/documents_module.h"

/* Beside the program where that was built; else where it was installed, below whatever folder all
 * of it was installed into. */
static char *module_path(GError **error)
{
	g_autofree char *program = g_file_read_link("/proc/self/exe", error);
	g_autofree char *folder = program ? g_path_get_dirname(program) : NULL;
	if (!folder)
		return NULL;
	if (!g_str_has_suffix(folder, PROGRAM_FOLDER))
		return g_build_filename(folder, DOCUMENTS_MODULE, NULL);
	folder[strlen(folder) - strlen(PROGRAM_FOLDER)] = '\0';
	return g_strconcat(folder, MODULE_FOLDER G_DIR_SEPARATOR_S DOCUMENTS_MODULE, NULL);
}

/* What the loader says begins with the path as a rule. */
static char *why_not(const char *path)
{
	const char *said = dlerror();
	g_autofree char *shown = NULL;
	if (g_str_has_prefix(said, path) && g_str_has_prefix(said + strlen(path), ": "))
		said += strlen(path) + 2;
	shown = terminal_escape(slice_of(said));
	return g_strdup_printf("cannot be loaded (%s)", shown);
}

static const struct documents_module *refuse(const char *path, const char *why, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(path));
	error_failed(error,
	             "%s, the part of reclaim that writes documents, %s: install reclaim again",
	             shown, why);
	return NULL;
}

/* It stays loaded: libraries leave threads and memory behind that know of their code. */
static const struct documents_module *load(GError **error)
{
	g_autofree char *path = module_path(error), *why = NULL;
	const struct documents_module *module;
	void *handle = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;

	if (!path)
		return NULL;
	module = handle ? dlsym(handle, "documents_module") : NULL;
	if (!module)
		why = why_not(path);
	else if (strcmp(module->version, PACKAGE_VERSION) != 0)
		why = g_strdup_printf("is of version %s and the program of " PACKAGE_VERSION,
		                      module->version);
	return why ? refuse(path, why, error) : module;
}

gboolean documents_render(const struct report *report, struct outdir *outdir,
                          const struct documents_options *options, GError **error)
{
	const struct documents_module *module = load(error);
	return module && module->render(report, outdir, options, error);
}

gboolean legible_file(const struct outdir *outdir, const char *name, const struct legible *legible,
                      GError **error)
{
	const struct documents_module *module = load(error);
	return module && module->legible_file(outdir, name, legible, error);
}

GBytes *logo_load(const char *path, GError **error)
{
	const struct documents_module *module = load(error);
	return module ? module->logo_load(path, error) : NULL;
}

gboolean mail_addresses_valid(const char *text, gboolean one, GError **error)
{
	const struct documents_module *module = load(error);
	return module && module->mail_addresses_valid(text, one, error);
}
