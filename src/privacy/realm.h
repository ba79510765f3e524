/* SPDX-License-Identifier: Apache-2.0 */
/* realm: logins of a directory, jsmith@EXAMPLE.ORG or EXAMPLE\jsmith, and the part by which people call them. */
#ifndef PRIVACY_REALM_H
#define PRIVACY_REALM_H

#include "base/slice.h"

/* The login without its realm or domain, a part of the name; empty when it has neither. */
struct slice realm_bare(struct slice name);

#endif
