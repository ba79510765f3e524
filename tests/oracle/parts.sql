-- SPDX-License-Identifier: Apache-2.0
-- The ledger of parts of the whole, in all scenarios: of all, by kind of node, month and partition; and what was done in each
-- partition, of a report that hides nothing. As tables.sql.
CREATE TEMP TABLE stretch AS WITH RECURSIVE
piece(row, month, first, last) AS (
	SELECT rowid, strftime('%Y-%m', first, 'unixepoch'), first, last FROM held WHERE last > first
	UNION ALL
	SELECT row, strftime('%Y-%m', month || '-01', '+1 month'), CAST(strftime('%s', month || '-01', '+1 month') AS INTEGER), last FROM piece
	WHERE CAST(strftime('%s', month || '-01', '+1 month') AS INTEGER) < last
)
SELECT row, month, min(last, CAST(strftime('%s', month || '-01', '+1 month') AS INTEGER)) - first AS seconds FROM piece;
CREATE TEMP TABLE booked AS
	SELECT any_job.partition AS partition, any_job.user AS user, month, pool, scenario, sum(seconds * held) AS held, sum(seconds * useful) AS useful,
	       sum(seconds * memory) AS memory, sum(seconds * cpu) AS cpu, sum(seconds * both) AS both, sum(seconds * gpu) AS gpu,
	       sum(seconds * whole_node) AS whole_node, sum(seconds * failed) AS failed, sum(seconds * unfinished) AS unfinished,
	       sum(seconds * unmeasured) AS unmeasured, sum(seconds * (memory + cpu + both + gpu + whole_node)) AS excess
	FROM stretch JOIN held ON held.rowid = stretch.row JOIN any_job ON any_job.rowid = held.job
	GROUP BY any_job.partition, any_job.user, month, pool, scenario;
CREATE TEMP VIEW part AS
	SELECT 'all' AS part, 'all' AS name, * FROM booked UNION ALL SELECT 'kind of node', pool, * FROM booked UNION ALL SELECT 'month', month, * FROM booked;
CREATE TEMP TABLE of_part AS
	SELECT 'ledgers.' || part || ' ' || name || ' ' || scenario || '.' AS dot, sum(held) AS held, sum(useful) AS useful, sum(memory) AS memory,
	       sum(cpu) AS cpu, sum(both) AS both, sum(gpu) AS gpu, sum(whole_node) AS whole_node, sum(failed) AS failed,
	       sum(unfinished) AS unfinished, sum(unmeasured) AS unmeasured
	FROM part GROUP BY part, name, scenario;
INSERT INTO of_part SELECT dot, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
	FROM (SELECT 'ledgers.kind of node ' || pool || ' ' || scenario || '.' AS dot FROM price,
	             (SELECT 'low' AS scenario UNION SELECT 'expected' UNION SELECT 'high')) WHERE dot NOT IN (SELECT dot FROM of_part);
SELECT dot || 'held', printf('%.6f', held / 3600e6) FROM of_part;
SELECT dot || 'useful', printf('%.6f', useful / 3600e6) FROM of_part;
SELECT dot || 'memory', printf('%.6f', memory / 3600e6) FROM of_part;
SELECT dot || 'cpu', printf('%.6f', cpu / 3600e6) FROM of_part;
SELECT dot || 'both', printf('%.6f', both / 3600e6) FROM of_part;
SELECT dot || 'gpu', printf('%.6f', gpu / 3600e6) FROM of_part;
SELECT dot || 'whole_node', printf('%.6f', whole_node / 3600e6) FROM of_part;
SELECT dot || 'failed', printf('%.6f', failed / 3600e6) FROM of_part;
SELECT dot || 'unfinished', printf('%.6f', unfinished / 3600e6) FROM of_part;
SELECT dot || 'unmeasured', printf('%.6f', unmeasured / 3600e6) FROM of_part;

CREATE TEMP TABLE short AS
	SELECT body, name, total((scenario = 'expected') * held) AS held, total((scenario = 'expected') * useful) AS useful,
	       total((scenario = 'low') * excess) AS low, total((scenario = 'expected') * excess) AS expected, total((scenario = 'high') * excess) AS high
	FROM (SELECT 'ledger_months' AS body, month AS name, * FROM booked UNION ALL SELECT 'partitions', partition, * FROM booked)
	GROUP BY body, name;
CREATE TEMP TABLE worked AS
	SELECT partition AS name, sum(jobs) AS jobs, sum(cpu) AS cpu, sum(ran) AS ran, sum(wait) AS wait, count(DISTINCT user) AS users FROM (
		SELECT partition, user, 1 AS jobs, elapsed * cpus AS cpu, ran,
		       CASE WHEN ran THEN max(0, start - CASE WHEN eligible < 0 THEN submit ELSE eligible END) ELSE 0 END AS wait FROM job
		UNION ALL SELECT partition, user, 0, 0, 0, 0 FROM booked)
	GROUP BY partition;
INSERT INTO short SELECT 'partitions', name, 0, 0, 0, 0, 0 FROM worked WHERE name NOT IN (SELECT name FROM short WHERE body = 'partitions');
CREATE TEMP VIEW told AS SELECT body || '.' || name || '.' AS dot, * FROM short WHERE body <> 'partitions' OR (SELECT count(*) FROM worked) > 1;
SELECT dot || 'held', printf('%.6f', held / 3600e6) FROM told;
SELECT dot || 'useful', iif(known, printf('%.6f', useful / 3600e6), '') FROM told, judging;
SELECT dot || 'excess_low', iif(known, printf('%.6f', low / 3600e6), '') FROM told, judging;
SELECT dot || 'excess', iif(known, printf('%.6f', expected / 3600e6), '') FROM told, judging;
SELECT dot || 'excess_high', iif(known, printf('%.6f', high / 3600e6), '') FROM told, judging;
SELECT dot || 'rest', printf('%.6f', (held - useful - expected) / 3600e6) FROM told;
SELECT dot || 'share', CASE WHEN known AND held > 0 THEN printf('%.6f', expected / held) ELSE '' END FROM told, judging WHERE body = 'partitions';
CREATE TEMP VIEW told_work AS SELECT dot, worked.* FROM told JOIN worked USING (name) WHERE body = 'partitions';
SELECT dot || 'users', users FROM told_work;
SELECT dot || 'jobs', jobs FROM told_work;
SELECT dot || 'cpu_hours', printf('%.6f', cpu / 3600.0) FROM told_work;
SELECT dot || 'wait', CASE WHEN ran > 0 THEN printf('%.6f', 1.0 * wait / ran) ELSE '' END FROM told_work;
