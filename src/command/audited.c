/* SPDX-License-Identifier: Apache-2.0 */
#include "command/audited.h"

#include <pwd.h>
#include <unistd.h>

#include "base/error.h"
#include "base/slice.h"
#include "command/prompt.h"
#include "privacy/audit.h"

gboolean reason_get(char **reason, GError **error)
{
	if (!*reason && isatty(STDIN_FILENO))
		*reason = prompt("Why are the names needed? (This is kept.) ", FALSE, error);
	else if (!*reason)
		return error_usage(error, "--reason TEXT is missing");
	return *reason && (!slice_empty(slice_trim(slice_of(*reason))) ||
	                   error_usage(error, "--reason is empty: say why the names are needed"));
}

/* By the number of the user: the environment may say anything. */
static char *login_name(void)
{
	const struct passwd *user = getpwuid(getuid());

	return user ? g_strdup(user->pw_name) : g_strdup_printf("%u", (unsigned)getuid());
}

gboolean audited(const char *mapping, const char *reason, char *const *pseudonyms, GError **error)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autofree char *when = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
	g_autofree char *who = login_name();
	const struct audit_entry entry = {
		.when = when, .who = who, .why = reason, .what = pseudonyms
	};

	return audit_append(mapping, &entry, error);
}
