-- SPDX-License-Identifier: Apache-2.0
-- What suits each group, and the numbers that decide (doc/model.md, "What suits a group"), as tables.sql. Needs programmes.sql and
-- statements.sql.
CREATE TEMP TABLE short_work AS
	SELECT account, sum(elapsed * cpus) AS held, sum((ran AND nodes = 1 AND elapsed <= 14400) * elapsed * cpus) AS brief FROM job GROUP BY account;
-- Hours in which a group held nothing come first.
CREATE TEMP TABLE crest AS
	SELECT account, CAST(10 * (max(CASE WHEN place = (hours * 95 + 99) / 100 THEN held ELSE 0 END) * hours * 1.0 / total) + 1e-9 AS INTEGER) / 10.0 AS crest
	FROM (SELECT account, held, hours - count(*) OVER (PARTITION BY account) + row_number() OVER (PARTITION BY account ORDER BY held) AS place,
	             sum(held) OVER (PARTITION BY account) AS total, hours FROM hour, span)
	GROUP BY account;
-- The busiest week ends with an hour in which something was held, or it is one that begins earlier and holds as much.
CREATE TEMP TABLE long_peak AS
	SELECT account, CAST(10 * (max(week) * 1.0 / min(168, hours) * hours / total) + 1e-9 AS INTEGER) / 10.0 AS peak
	FROM (SELECT account, sum(held) OVER (PARTITION BY account ORDER BY hour RANGE BETWEEN 167 PRECEDING AND CURRENT ROW) AS week,
	             sum(held) OVER (PARTITION BY account) AS total, hours FROM hour, span)
	GROUP BY account;
CREATE TEMP VIEW suits AS
	SELECT short_work.account AS account, short_work.held AS held, 1.0 * brief / short_work.held AS brief, crest, peak, share, account IN training AS trains,
	       2 * brief >= short_work.held AND short_work.held > 0 AS breaks, crest >= 3 OR crest < 0.5 OR peak >= 3 AS rents
	FROM short_work LEFT JOIN crest USING (account) LEFT JOIN long_peak USING (account) LEFT JOIN waste USING (account);
SELECT 'strategies.' || account || '.cpu_hours', printf('%.6f', held / 3600.0) FROM suits;
SELECT 'strategies.' || account || '.excess', CASE WHEN known AND share IS NOT NULL THEN printf('%.9f', share) ELSE '' END FROM suits, judging;
SELECT 'strategies.' || account || '.brief', CASE WHEN held > 0 THEN printf('%.9f', brief) ELSE '' END FROM suits;
SELECT 'strategies.' || account || '.crest', CASE WHEN crest IS NOT NULL THEN printf('%.9f', crest) ELSE '' END FROM suits;
SELECT 'strategies.' || account || '.peak', CASE WHEN peak IS NOT NULL THEN printf('%.9f', peak) ELSE '' END FROM suits;
SELECT 'strategies.' || account || '.strategy', rtrim(CASE WHEN trains THEN 'train, ' ELSE '' END ||
       CASE WHEN breaks THEN 'interruptible nodes' || CASE WHEN rents THEN ', rent its crests' ELSE '' END
            WHEN rents THEN 'rent its crests' WHEN held > 0 THEN 'own nodes' ELSE '' END, ', ') FROM suits;
