/* SPDX-License-Identifier: Apache-2.0 */
/* vocabulary: the columns of column.h as source/ is told of them. */
#ifndef RECORD_VOCABULARY_H
#define RECORD_VOCABULARY_H

#include "record/column.h"
#include "source/vocabulary.h"

extern const struct vocabulary column_vocabulary;

#endif
