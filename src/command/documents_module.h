/* SPDX-License-Identifier: Apache-2.0 */
/* documents_module: all that writes documents and reads them back, in a file of its own. The
 * program loads it when the first of these is called: fonts, pictures, PDF, XML, mail and workbooks
 * take fifty libraries, three quarters of the time to start, and a fifth of the memory in which ten
 * million rows are counted, and none of them is in a process that only reads names. */
#ifndef COMMAND_DOCUMENTS_MODULE_H
#define COMMAND_DOCUMENTS_MODULE_H

#include "command/documents.h"
#include "render/render.h"

#define DOCUMENTS_MODULE "documents.so"

/* What the program calls there. Its structures are those of this very build: hence the version. */
struct documents_module {
	const char *version;
	__typeof__(documents_render) *render;
	__typeof__(legible_file) *legible_file;
	__typeof__(logo_load) *logo_load;
	__typeof__(mail_addresses_valid) *mail_addresses_valid;
};

/* The only thing that is seen of the module from outside. */
extern const struct documents_module documents_module;

#endif
