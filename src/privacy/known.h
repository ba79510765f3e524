/* SPDX-License-Identifier: Apache-2.0 */
/* known: what somebody may know of jobs, and whose each is: how often a few of them single a person out. */
#ifndef PRIVACY_KNOWN_H
#define PRIVACY_KNOWN_H

#include "privacy/risk.h"

struct known;

struct known *known_new(void);
void known_free(struct known *known);

/* A job of this user (a number from 0) that looks like that. Jobs that look alike are kept all or not at all; of many one in
 * known_one_in() is kept. */
void known_add(struct known *known, guint64 seen, guint32 user);

/* Draws RISK_DRAWS times for each number of known jobs, of the first `users` users: the same in every run. Nothing may be added
 * afterwards. */
void known_draw(struct known *known, guint users, struct unicity *unicity);

/* 1: all were kept. */
guint64 known_one_in(const struct known *known);

#endif
