-- SPDX-License-Identifier: Apache-2.0
-- The tables of a report in which nothing is hidden, as lines "table.row.column TAB value". Needs programmes.sql, ledger.sql, habits.sql
-- and statements.sql.
CREATE TEMP VIEW bodies AS SELECT 'users' AS body UNION SELECT 'groups';
CREATE TEMP VIEW body_job AS
	SELECT 'users' AS body, user AS name, number AS job FROM job UNION ALL SELECT 'groups', account, number FROM job;
-- Everything that a job holds, of users and of groups.
CREATE TEMP TABLE use AS
	SELECT body, name, sum(jobs) AS jobs, sum(cpu) / 3600.0 AS cpu, sum(gpu) / 3600.0 AS gpu, sum(node) / 3600.0 AS node
	FROM (SELECT 'users' AS body, user AS name, * FROM who UNION ALL SELECT 'groups', account, * FROM who) GROUP BY body, name;
CREATE TEMP VIEW line AS SELECT body || '.' || name || '.' AS dot, * FROM use;
SELECT dot || 'jobs', jobs FROM line;
SELECT dot || 'cpu_hours', printf('%.6f', cpu) FROM line;
SELECT dot || 'gpu_hours', printf('%.6f', gpu) FROM line;
SELECT dot || 'node_hours', printf('%.6f', node) FROM line;

CREATE TEMP TABLE middle AS
	WITH each AS (SELECT 'users' AS body, user AS name, efficiency FROM judged UNION ALL SELECT 'groups', account, efficiency FROM judged),
	ranked AS (SELECT body, name, efficiency, row_number() OVER (PARTITION BY body, name ORDER BY efficiency) AS place,
	                  count(*) OVER (PARTITION BY body, name) AS jobs FROM each)
	SELECT body, name, efficiency FROM ranked WHERE place = (jobs + 1) / 2;
SELECT dot || 'efficiency', (SELECT printf('%.6f', efficiency / 100.0) FROM middle WHERE middle.body = line.body AND middle.name = line.name) FROM line;
CREATE TEMP TABLE remembered AS
	SELECT body, name, 1.0 * sum(elapsed * CAST(min(peak_kib, memory_kib) / 1024 AS INTEGER))
	                   / sum(elapsed * CAST(memory_kib / 1024 AS INTEGER)) AS share
	FROM body_job JOIN job ON job.number = body_job.job
	WHERE ran AND state = 'COMPLETED' AND elapsed >= 300 AND peak_kib >= 0 AND memory_kib > 0 GROUP BY body, name;
SELECT dot || 'memory_used', (SELECT printf('%.6f', CAST(printf('%.2e', share) AS REAL)) FROM remembered WHERE remembered.body = line.body AND remembered.name = line.name) FROM line;

-- What users and groups held inside the period, whoever counts the job.
CREATE TEMP TABLE taken AS
	SELECT user, account, pool, sum(held * (last - first)) AS held, sum(excess * (last - first)) AS excess,
	       sum((programme <> 'others') * excess * (last - first)) AS promised
	FROM claim WHERE scenario = 'expected' GROUP BY user, account, pool;
CREATE TEMP TABLE pooled AS
	SELECT body, name, price.pool AS pool, rate, total(held) / 3600e6 AS held, total(excess) / 3600e6 AS excess, total(promised) / 3600e6 AS promised
	FROM price, use LEFT JOIN taken ON name = CASE body WHEN 'users' THEN user ELSE account END AND taken.pool = price.pool
	GROUP BY body, name, price.pool;
SELECT body || '.' || name || '.held_' || pool, printf('%.6f', held) FROM pooled;
SELECT body || '.' || name || '.excess_' || pool, iif(known, printf('%.6f', excess), '') FROM pooled, judging;
SELECT body || '.' || name || '.promised_' || pool, iif(known, printf('%.6f', promised), '') FROM pooled, judging;
SELECT body || '.' || name || '.cost', printf('%.6f', sum(held * rate)) FROM pooled GROUP BY body, name;
SELECT body || '.' || name || '.unused', iif(known, printf('%.6f', sum(excess * rate)), '') FROM pooled, judging GROUP BY body, name;
SELECT body || '.' || name || '.saving', iif(known, printf('%.6f', sum(promised * rate) * (SELECT expected FROM assumed WHERE key = 'adoption')), '')
	FROM pooled, judging GROUP BY body, name;
SELECT 'users.' || user || '.group', account FROM home;
SELECT 'users.' || user || '.advice',
       CASE WHEN user IN (SELECT claim.user FROM claim JOIN job ON job.number = claim.job
                          WHERE took_all AND job.state = 'COMPLETED' AND elapsed >= 300 AND peak_kib >= 0) THEN 'memory requests'
            WHEN user IN (SELECT user FROM idle) THEN 'idle CPUs'
            WHEN user IN top THEN 'one of the heaviest' ELSE '' END FROM home;
SELECT 'groups.' || account || '.users', count(*) FROM who GROUP BY account;
SELECT 'groups.' || name || '.share', CASE WHEN known AND sum(held) > 0 THEN printf('%.6f', sum(excess) / sum(held)) ELSE '' END
	FROM pooled, judging WHERE body = 'groups' GROUP BY name;

CREATE TEMP VIEW ends AS
	SELECT CASE WHEN instr(state, ' ') THEN substr(state, 1, instr(state, ' ') - 1) ELSE state END AS ending, * FROM job;
CREATE TEMP VIEW state_line AS
	SELECT 'states.' || ending || '.' AS dot, count(*) AS jobs, sum(elapsed * cpus) / 3600.0 AS cpu, sum(elapsed * gpus) / 3600.0 AS gpu,
	       sum(elapsed * nodes) / 3600.0 AS node FROM ends GROUP BY ending;
SELECT dot || 'jobs', jobs FROM state_line;
SELECT dot || 'cpu_hours', printf('%.6f', cpu) FROM state_line;
SELECT dot || 'gpu_hours', printf('%.6f', gpu) FROM state_line;
SELECT dot || 'node_hours', printf('%.6f', node) FROM state_line;
CREATE TEMP TABLE word (state TEXT, name TEXT);
INSERT INTO word VALUES ('FAILED', 'Failed'), ('TIMEOUT', 'Ran out of time'), ('OUT_OF_MEMORY', 'Out of memory'), ('NODE_FAIL', 'Node broke'),
	('CANCELLED', 'Cancelled'), ('BOOT_FAIL', 'Node did not boot'), ('DEADLINE', 'Past deadline'), ('PREEMPTED', 'Gave way'),
	('REQUEUED', 'Run again');
CREATE TEMP VIEW ending AS
	SELECT 'endings.' || name || '.' AS dot, word.state AS state, count(*) AS jobs, sum(held) AS held, sum(elapsed * nodes) / 3600.0 AS node
	FROM ran JOIN word ON word.state = ran.ending GROUP BY name;
SELECT dot || 'state', state FROM ending;
SELECT dot || 'jobs', jobs FROM ending;
SELECT dot || 'cpu_hours', printf('%.6f', held / 3600.0) FROM ending;
SELECT dot || 'node_hours', printf('%.6f', node) FROM ending;
SELECT dot || 'share', printf('%.6f', 1.0 * held / (SELECT sum(held) FROM ran)) FROM ending;

CREATE TEMP TABLE kind (name TEXT, words TEXT);
INSERT INTO kind VALUES ('took_all', 'Jobs that take all of a node'), ('top_users', 'The heaviest users, one by one'),
	('idle_jobs', 'Users whose jobs run idle'), ('training', 'Training for whole groups'), ('others', 'Everyone else (not promised)');
SELECT 'programmes.' || words || '.users', CASE name WHEN 'took_all' THEN (SELECT count(DISTINCT job.user) FROM claim JOIN job ON job.number = claim.job WHERE took_all)
	ELSE (SELECT count(*) FROM member WHERE programme = name) END FROM kind;
SELECT 'programmes.' || words || '.hours', iif(known, printf('%.6f', total(excess * (last - first)) / 3600e6), '')
	FROM judging, kind LEFT JOIN claim ON programme = name AND scenario = 'expected' GROUP BY words;
SELECT 'programmes.' || words || '.gross', iif(known, printf('%.6f', total(excess * (claim.last - claim.first) * rate) / 3600e6 * factor), '')
	FROM yearly, judging, kind LEFT JOIN claim ON programme = name AND scenario = 'expected' LEFT JOIN price USING (pool) GROUP BY words;

CREATE TEMP TABLE class (words TEXT, amount INTEGER);
INSERT INTO class SELECT 'useful work', useful FROM sums;
INSERT INTO class SELECT 'memory alone asked beyond need', memory FROM sums;
INSERT INTO class SELECT 'idle CPUs alone', cpu FROM sums;
INSERT INTO class SELECT 'idle CPUs and memory, only together', both FROM sums;
INSERT INTO class SELECT 'idle GPUs', gpu FROM sums;
INSERT INTO class SELECT 'whole nodes taken for a part', whole_node FROM sums;
INSERT INTO class SELECT 'work that failed', failed FROM sums;
INSERT INTO class SELECT 'unfinished work', unfinished FROM sums;
INSERT INTO class SELECT 'unmeasured', unmeasured FROM sums;
SELECT 'ledger.' || words || '.hours', printf('%.6f', amount / 3600e6) FROM class;
SELECT 'ledger.' || words || '.share', printf('%.6f', 1.0 * amount / (SELECT sum(amount) FROM class)) FROM class;

CREATE TEMP TABLE size AS
	SELECT substr(id, 1, instr(substr(id, 6), '.') + 4) AS pool, substr(id, instr(substr(id, 6), '.') + 6) AS what, value FROM sized;
CREATE TEMP TABLE chosen (level TEXT, nodes INTEGER, burst REAL, cost REAL);
INSERT INTO chosen SELECT level || ' of 100 minutes', sum(own.value), sum(burst.value), sum(own.value * year + burst.value * rent)
	FROM (SELECT 50 AS level UNION SELECT 75 UNION SELECT 80 UNION SELECT 85 UNION SELECT 90 UNION SELECT 95 UNION SELECT 99)
	JOIN size AS own ON own.what = 'own.p' || level || '.nodes' JOIN size AS burst ON burst.what = 'own.p' || level || '.burst'
	JOIN price ON own.pool = 'pool.' || price.pool AND burst.pool = own.pool GROUP BY level;
INSERT INTO chosen SELECT 'the least cost', sum(own.value), sum(burst.value), sum(own.value * year + burst.value * rent)
	FROM size AS own JOIN size AS burst ON burst.pool = own.pool JOIN price ON own.pool = 'pool.' || price.pool
	WHERE own.what = 'keep.expected' AND burst.what = 'burst.expected';
SELECT 'choices.' || level || '.nodes', nodes FROM chosen;
SELECT 'choices.' || level || '.burst', printf('%.6f', burst) FROM chosen;
SELECT 'choices.' || level || '.cost', printf('%.6f', cost) FROM chosen;
SELECT 'choices.' || level || '.saving', printf('%.6f', (SELECT sum(nodes * year) FROM price) - cost) FROM chosen;
CREATE TEMP VIEW pool_line AS SELECT 'pools.' || pool || '.' AS dot, 'pool.' || pool AS id, * FROM price;
SELECT dot || 'owned', nodes FROM pool_line;
SELECT dot || 'mean', printf('%.6f', value) FROM pool_line JOIN size ON id = size.pool AND what = 'mean';
SELECT dot || 'peak', printf('%.6f', value) FROM pool_line JOIN size ON id = size.pool AND what = 'peak';
SELECT dot || 'p85', CAST(value AS INTEGER) FROM pool_line JOIN size ON id = size.pool AND what = 'own.p85.nodes';
SELECT dot || 'keep', CAST(value AS INTEGER) FROM pool_line JOIN size ON id = size.pool AND what = 'keep.expected';
SELECT dot || 'burst', printf('%.6f', value) FROM pool_line JOIN size ON id = size.pool AND what = 'burst.expected';
SELECT dot || 'year', printf('%.6f', year) FROM pool_line;
SELECT dot || 'rent', printf('%.6f', rent) FROM pool_line;
CREATE TEMP VIEW beside AS
	SELECT 'stranded.' || price.pool || '.' AS dot, total(cpus) / 3600e6 AS cpus, total(memory) / 3600e6 AS memory,
	       (SELECT total(held) / 3600e6 FROM ledger WHERE ledger.pool = price.pool) AS held
	FROM (SELECT pool FROM price) AS price LEFT JOIN stranded USING (pool) WHERE (SELECT known FROM asked) GROUP BY price.pool;
SELECT dot || 'held', printf('%.6f', held) FROM beside;
SELECT dot || 'cpus_least', printf('%.6f', max(0, cpus - memory)) FROM beside;
SELECT dot || 'cpus_most', printf('%.6f', cpus) FROM beside;
SELECT dot || 'memory_least', printf('%.6f', max(0, memory - cpus)) FROM beside;
SELECT dot || 'memory_most', printf('%.6f', memory) FROM beside;
SELECT 'sensitivity.' || key || '.low', low FROM moved;
SELECT 'sensitivity.' || key || '.at_low', printf('%.6f', at_low) FROM moved;
SELECT 'sensitivity.' || key || '.high', high FROM moved;
SELECT 'sensitivity.' || key || '.at_high', printf('%.6f', at_high) FROM moved;
SELECT 'sensitivity.' || key || '.even', even, CASE WHEN even <> '' THEN 1e-6 * even END FROM moved;
