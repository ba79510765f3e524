-- SPDX-License-Identifier: Apache-2.0
-- How many kinds of job there is advice for, and how many of them could ask for half of the memory. Needs advice.sql.
SELECT 'advice.kinds', count(*) FROM advice;
SELECT 'advice.memory.kinds', count(*) FROM advice WHERE memory > 0;
SELECT 'advice.memory.halved', count(*) FROM advice WHERE memory > 0 AND 2 * memory <= asked;
SELECT 'advice.rest.jobs', CAST(total(jobs) AS INTEGER) FROM any_kind WHERE place > 32;
