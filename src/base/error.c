/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

GQuark error_quark(void)
{
	return g_quark_from_static_string("reclaim");
}

G_GNUC_PRINTF(3, 0)
static void set(GError **error, enum error_code code, const char *format, va_list arguments)
{
	if (error && !*error)
		*error = g_error_new_valist(error_quark(), code, format, arguments);
}

gboolean error_failed(GError **error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set(error, ERROR_FAILED, format, arguments);
	va_end(arguments);
	return FALSE;
}

gboolean error_usage(GError **error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set(error, ERROR_USAGE, format, arguments);
	va_end(arguments);
	return FALSE;
}

gboolean error_in_file(GError **error, const char *path, GError *cause)
{
	g_autofree char *name = g_path_get_basename(path);

	g_propagate_prefixed_error(error, cause, "%s: ", name);
	return FALSE;
}
