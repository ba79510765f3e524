-- SPDX-License-Identifier: Apache-2.0
-- What is known at all, and what the report says of its own period. Needs kinds.sql, people.sql.
SELECT 'report.period', date(first, 'unixepoch') || CASE WHEN date(first, 'unixepoch') = date(last - 1, 'unixepoch') THEN ''
	ELSE ' to ' || date(last - 1, 'unixepoch') END FROM period;
SELECT 'has.users', count(*) > 0 FROM job WHERE user <> '';
SELECT 'has.groups', count(*) > 0 FROM job WHERE account <> '';
SELECT 'has.names', 0;
SELECT 'has.gpus', total(elapsed * gpus) > 0 FROM job;
SELECT 'has.usage', known FROM judging;
SELECT 'has.use_unjudged', NOT known AND EXISTS (SELECT * FROM job WHERE used_ms >= 0 AND elapsed * cpus > 0) FROM judging;
SELECT 'has.requests', known FROM asked;
SELECT 'capacity.planned.hours', 'null';
SELECT 'capacity.planned.share', 'null';
