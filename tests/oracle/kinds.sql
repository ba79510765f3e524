-- SPDX-License-Identifier: Apache-2.0
-- Kinds of node, and programmes.
CREATE TEMP VIEW plain AS
	SELECT 'pool.' || pool || '.' AS dot, * FROM price;
SELECT 'demand.gpus.any', max(gpus > 0) FROM price;
-- What nodes cost, or, without that, what was held of them, outweighs the rest; and a GPU was held.
CREATE TEMP VIEW weighed AS
	SELECT gpus > 0 AS has, iif((SELECT sum(nodes * year) FROM price) > 0, nodes * year, value) AS weight FROM price JOIN sized ON id = 'pool.' || pool || '.mean';
SELECT 'demand.is_gpus', total(iif(has, weight, -weight)) > 0 AND EXISTS (SELECT 1 FROM any_job, period WHERE ran AND gpus > 0 AND elapsed > 0
	AND start < last AND start + elapsed > first) FROM weighed;
SELECT 'assumption.' || key, printf('%.6f', expected) FROM assumed;
SELECT dot || 'cores', cores FROM plain;
SELECT dot || 'cpus', cpus FROM plain;
SELECT dot || 'gpus', gpus FROM plain;
SELECT dot || 'memory', printf('%.6f', gib) FROM plain;
SELECT dot || 'purchase', printf('%.6f', purchase) FROM plain;
SELECT dot || 'capital', printf('%.6f', capital) FROM plain;
SELECT dot || 'watts', printf('%.6f', watts) FROM plain;
SELECT dot || 'cash', printf('%.6f', cash) FROM plain;
SELECT dot || 'year', printf('%.6f', year) FROM plain;
SELECT dot || 'rate', printf('%.6f', rate) FROM plain;
SELECT dot || 'rent', printf('%.6f', rent) FROM plain;

CREATE TEMP TABLE programme (place INTEGER, name TEXT);
INSERT INTO programme VALUES (1, 'took_all'), (2, 'top_users'), (3, 'idle_jobs'), (4, 'training'), (5, 'others');
CREATE TEMP TABLE claims AS
	SELECT programme, pool, scenario, sum(excess * (last - first)) / 3600e6 AS hours FROM claim GROUP BY programme, pool, scenario;
CREATE TEMP VIEW claimed AS
	SELECT name, pool, rate, coalesce((SELECT hours FROM claims
	                   WHERE programme = name AND claims.pool = price.pool AND scenario = 'expected'), 0) AS hours
	FROM programme, price;
SELECT 'programme.' || name || '.pool_' || pool, iif(known, printf('%.6f', hours * factor), 'null') FROM claimed, yearly, judging;
-- The same excess in the two other scenarios, with prices as expected.
CREATE TEMP VIEW otherwise AS
	SELECT name, pool, rate, scenario, coalesce((SELECT hours FROM claims
	                   WHERE programme = name AND claims.pool = price.pool AND claims.scenario = other.scenario), 0) AS hours
	FROM programme, price, (SELECT 'low' AS scenario UNION SELECT 'high') AS other;
SELECT 'programme.' || name || '.pool_' || pool || '.' || scenario, iif(known, printf('%.6f', hours * factor), 'null') FROM otherwise, yearly, judging;
SELECT 'programme.' || name || '.gross.' || scenario, iif(known, printf('%.6f', sum(hours * rate * factor)), 'null') FROM otherwise, yearly, judging GROUP BY name, scenario;
SELECT 'programme.' || name || '.hours', iif(known, printf('%.6f', sum(hours)), 'null') FROM claimed, judging GROUP BY name;
SELECT 'programme.' || name || '.gross', iif(known, printf('%.6f', sum(hours * rate * factor)), 'null') FROM claimed, yearly, judging GROUP BY name;
SELECT 'programme.took_all.users', count(DISTINCT job.user) FROM claim JOIN job ON job.number = claim.job WHERE took_all;
SELECT 'programme.' || name || '.users', (SELECT count(*) FROM member WHERE programme = name) FROM programme WHERE name <> 'took_all';

CREATE TEMP VIEW scenarios AS SELECT 'low' AS scenario UNION SELECT 'expected' UNION SELECT 'high';
-- CPU-seconds inside the period
CREATE TEMP VIEW inside AS
	SELECT sum((min(start + elapsed, last) - max(start, first)) * cpus) AS held FROM any_job, period WHERE ran AND start < last AND start + elapsed > first;
