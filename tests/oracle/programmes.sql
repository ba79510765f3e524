-- SPDX-License-Identifier: Apache-2.0
-- Who is in which programme (doc/model.md, "Programmes"), decided in the expected scenario. Leaves the table claim: the lines of
-- `held` with their excess and the programme that claims it.
-- Micro-node-seconds of each job on each kind of node, in the expected scenario.
CREATE TABLE ledger AS
	SELECT any_job.id AS id, held.user AS user, held.account AS account, held.state AS state, pool,
	       held * (last - first) AS held, useful * (last - first) AS useful, memory * (last - first) AS memory,
	       cpu * (last - first) AS cpu, both * (last - first) AS both, gpu * (last - first) AS gpu,
	       failed * (last - first) AS failed, unfinished * (last - first) AS unfinished,
	       unmeasured * (last - first) AS unmeasured, whole_node * (last - first) AS whole_node
	FROM held JOIN any_job ON any_job.rowid = held.job WHERE scenario = 'expected';
CREATE TABLE worth AS
	SELECT user, sum(held * rate) AS cost FROM ledger JOIN price USING (pool) WHERE user <> '' GROUP BY user;
CREATE TABLE top AS
	SELECT user FROM worth WHERE cost > 0 ORDER BY cost DESC, user LIMIT (SELECT CAST(expected AS INTEGER) FROM assumed WHERE key = 'top_users');
-- CPU efficiency in whole per cents, rounded down, of judged jobs.
CREATE TABLE judged AS
	SELECT user, account, min(100, used_ms / 10 / (elapsed * cpus)) AS efficiency
	FROM job WHERE ran AND used_ms >= 0 AND elapsed >= 300
	AND (state = 'COMPLETED' OR (elapsed >= 3600 AND (state LIKE 'CANCELLED%' OR state = 'TIMEOUT')));
-- Whether any job can be judged by what it used: of CPUs or of memory in the totals, of anything for what it held in the period.
CREATE TABLE judging AS
	SELECT EXISTS (SELECT * FROM judged) OR EXISTS (SELECT * FROM job WHERE ran AND state = 'COMPLETED' AND elapsed >= 300 AND
	                                                peak_kib >= 0 AND memory_kib > 0)
	    OR EXISTS (SELECT * FROM ledger WHERE held > failed + unfinished + unmeasured) AS known;
CREATE TABLE median AS
	WITH ranked AS (SELECT user, efficiency, row_number() OVER (PARTITION BY user ORDER BY efficiency) AS place,
	                       count(*) OVER (PARTITION BY user) AS jobs FROM judged)
	SELECT user, jobs, efficiency FROM ranked WHERE place = (jobs + 1) / 2;
CREATE TABLE idle AS
	SELECT user, jobs, efficiency FROM median
	WHERE user <> '' AND efficiency < 100 * (SELECT expected FROM assumed WHERE key = 'idle_efficiency')
	AND jobs >= (SELECT expected FROM assumed WHERE key = 'idle_jobs');
-- Whom the report tells of: who has a job in the totals, or held nodes in the period; in core-seconds of the first and micro-node-seconds
-- of the second.
CREATE TABLE who AS
	SELECT user, account, sum(jobs) AS jobs, sum(cpu) AS cpu, sum(gpu) AS gpu, sum(node) AS node, sum(inside) AS inside FROM (
		SELECT user, account, 1 AS jobs, elapsed * cpus AS cpu, elapsed * gpus AS gpu, elapsed * nodes AS node, 0 AS inside FROM job
		UNION ALL SELECT user, account, 0, 0, 0, 0, held * (last - first) FROM held WHERE scenario = 'expected' AND last > first)
	GROUP BY user, account;
CREATE TABLE home AS
	SELECT user, account FROM (SELECT user, account, row_number() OVER (PARTITION BY user ORDER BY cpu DESC, inside DESC, account) AS place
	                           FROM who) WHERE place = 1;
CREATE TABLE waste AS
	SELECT account, sum(memory + cpu + both + gpu + whole_node) AS excess, sum(held) AS held, sum(held * rate) AS cost,
	       1.0 * sum(memory + cpu + both + gpu + whole_node) / sum(held) AS share,
	       2 * sum(useful + memory + cpu + both + gpu + whole_node) >= sum(held) AS judged
	FROM ledger JOIN price USING (pool) GROUP BY account HAVING sum(held) > 0;
CREATE TABLE training AS
	SELECT account FROM waste WHERE share >= (SELECT expected FROM assumed WHERE key = 'training_share');
CREATE TABLE member AS
	SELECT DISTINCT user, CASE WHEN user IN (SELECT user FROM top) THEN 'top_users' WHEN user IN (SELECT user FROM idle) THEN 'idle_jobs'
	              WHEN (SELECT account FROM home WHERE home.user = who.user) IN training THEN 'training' ELSE 'others' END AS programme
	FROM who;
CREATE TABLE claim AS
	SELECT held.*, (memory + cpu + both + gpu + whole_node) AS excess, CASE WHEN took_all THEN 'took_all' ELSE programme END AS programme
	FROM held JOIN member USING (user);
-- What sizing.awk reads.
CREATE VIEW demand AS
	SELECT pool, scenario, claim.first, claim.last, held, excess, CASE WHEN programme = 'others' THEN 0 ELSE excess END AS promised,
	       (nodes = 1 AND elapsed <= 86400) * held AS light
	FROM claim JOIN any_job ON any_job.rowid = claim.job;
CREATE VIEW yearly AS SELECT 8760.0 * 3600 / (last - first) AS factor FROM period;
