/* SPDX-License-Identifier: Apache-2.0 */
/* witness: sees the bytes of the shareable file as they are written, and says afterwards which
 * words stand in them and how easily people could be found. It knows nothing of how they came
 * about: where rows are marked it believes that a column begins there, and no more. Every byte is
 * looked at, or is the same as one of the row before that was. */
#ifndef PRIVACY_WITNESS_H
#define PRIVACY_WITNESS_H

#include "privacy/lexicon.h"
#include "privacy/risk.h"

struct witness;

struct witness *witness_new(void);
void witness_free(struct witness *witness);

/* For sink_watch(): what comes next in the file, cut anywhere. `data` is the witness. Marks are
 * those of marks.h. */
struct passage;
void witness_see(void *data, const struct passage *passage);

/* All has been seen: the words of it. */
const struct lexicon *witness_words(struct witness *witness);

/* And the risk, if each job stands in it once. FALSE when the file is of a kind that must be read
 * for that: see risk_measure(). Once. */
gboolean witness_risk(struct witness *witness, struct risk *risk);

#endif
