/* SPDX-License-Identifier: Apache-2.0 */
#include "command/documents_module.h"

__attribute__((visibility("default"))) const struct documents_module documents_module = {
	.version = PACKAGE_VERSION,
	.render = documents_render,
	.legible_file = legible_file,
	.logo_load = logo_load,
	.mail_addresses_valid = mail_addresses_valid,
};
