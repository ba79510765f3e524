-- SPDX-License-Identifier: Apache-2.0
-- People and groups by what they held and did not need: what programmes.sql found, in figures. Needs ledger.sql and statements.sql.
SELECT 'ledger.useful.share', printf('%.6f', 1.0 * useful / held) FROM sums;
SELECT 'ledger.memory.share', printf('%.6f', 1.0 * memory / held) FROM sums;
SELECT 'ledger.cpu.share', printf('%.6f', 1.0 * cpu / held) FROM sums;
SELECT 'ledger.both.share', printf('%.6f', 1.0 * both / held) FROM sums;
SELECT 'ledger.gpu.share', printf('%.6f', 1.0 * gpu / held) FROM sums;
SELECT 'ledger.failed.share', printf('%.6f', 1.0 * failed / held) FROM sums;
SELECT 'ledger.unfinished.share', printf('%.6f', 1.0 * unfinished / held) FROM sums;
SELECT 'ledger.unmeasured.share', printf('%.6f', 1.0 * unmeasured / held) FROM sums;
SELECT 'ledger.whole_node.hours', printf('%.6f', whole_node / 3600e6) FROM sums;
SELECT 'ledger.whole_node.share', printf('%.6f', 1.0 * whole_node / held) FROM sums;
SELECT 'ledger.excess.hours', printf('%.6f', (memory + cpu + both + gpu + whole_node) / 3600e6) FROM sums;
SELECT 'ledger.excess.share', printf('%.6f', 1.0 * (memory + cpu + both + gpu + whole_node) / held) FROM sums;
SELECT 'coverage', printf('%.6f', 1 - 1.0 * unmeasured / held) FROM sums;
SELECT 'memory.excess.hours', printf('%.6f', (memory + both) / 3600e6) FROM sums;
SELECT 'memory.excess.share', printf('%.6f', 1.0 * (memory + both) / held) FROM sums;
SELECT 'jobs.unplaced', count(*) FROM any_job AS job, period WHERE ran AND elapsed > 0 AND start < last AND start + elapsed > first
	AND job.rowid NOT IN (SELECT job FROM held);

-- Memory of judged jobs in whole MiB, weighted by time; what is above what was held counts as all of it.
CREATE TEMP TABLE sized_memory AS
	SELECT elapsed * CAST(min(peak_kib, memory_kib) / 1024 AS INTEGER) AS used, elapsed * CAST(memory_kib / 1024 AS INTEGER) AS asked FROM ran
	WHERE ending = 'COMPLETED' AND elapsed >= 300 AND peak_kib >= 0 AND memory_kib > 0;
SELECT 'memory.judged', count(*) FROM sized_memory;
SELECT 'memory.used.share', printf('%.6f', 1.0 * sum(used) / sum(asked)) FROM sized_memory HAVING count(*);
CREATE TEMP TABLE all_memory AS
	SELECT DISTINCT job.* FROM held JOIN job ON job.number = held.job WHERE took_all AND scenario = 'expected';
SELECT 'memory.took_all.users', count(DISTINCT user) FROM all_memory;
SELECT 'memory.took_all.jobs', count(*) FROM all_memory;
SELECT 'memory.took_all.hours', printf('%.6f', total(elapsed * cpus) / 3600.0) FROM all_memory;
SELECT 'memory.took_all.peak', printf('%.6f', avg(CAST(peak_kib / nodes / 1024 AS INTEGER)) * 1048576) FROM all_memory WHERE state = 'COMPLETED' AND elapsed >= 300 AND peak_kib >= 0 HAVING count(*);
SELECT 'memory.took_all.highest', printf('%d', max(CAST(peak_kib / nodes / 1024 AS INTEGER)) * 1048576) FROM all_memory WHERE state = 'COMPLETED' AND elapsed >= 300 AND peak_kib >= 0 HAVING count(*);

SELECT 'power.count', count(*) FROM top;
SELECT 'power.hours', printf('%.6f', sum(held) / 3600e6) FROM ledger WHERE user IN top;
SELECT 'power.excess.hours', iif(known, printf('%.6f', total(memory + cpu + both + gpu + whole_node) / 3600e6), 'null') FROM judging LEFT JOIN ledger ON user IN top;
SELECT 'power.excess.share', iif(known, printf('%.6f', 1.0 * total(memory + cpu + both + gpu + whole_node) / (SELECT held FROM sums)), 'null')
	FROM judging LEFT JOIN ledger ON user IN top;
SELECT 'idle.users', count(*) FROM idle;
SELECT 'idle.jobs', CAST(total(jobs) AS INTEGER) FROM idle;
SELECT 'idle.hours', printf('%.6f', total(elapsed * cpus) / 3600.0) FROM job WHERE user IN (SELECT user FROM idle);
SELECT 'idle.excess.hours', iif(known, printf('%.6f', total(memory + cpu + both + gpu + whole_node) / 3600e6), 'null') FROM judging LEFT JOIN ledger ON user IN (SELECT user FROM idle);
SELECT 'idle.excess.share', iif(known, printf('%.6f', 1.0 * total(memory + cpu + both + gpu + whole_node) / (SELECT held FROM sums)), 'null')
	FROM judging LEFT JOIN ledger ON user IN (SELECT user FROM idle);
SELECT 'idle.lowest', printf('%.6f', min(efficiency) / 100.0) FROM idle HAVING count(*);
SELECT 'groups.worst', account FROM waste, judging WHERE known ORDER BY share DESC, cost DESC, account LIMIT 1;
SELECT 'groups.worst.share', iif(known, printf('%.6f', max(share)), 'null') FROM waste, judging;
-- The best is judged for half of what it held, or nobody is and it is the worst.
CREATE TEMP VIEW best AS SELECT account, share FROM (
	SELECT *, judged OR NOT (SELECT max(judged) FROM waste) AS stands, iif(judged, share, -share) AS rank FROM waste) WHERE stands ORDER BY rank, cost DESC, account LIMIT 1;
SELECT 'groups.best', account FROM best, judging WHERE known;
SELECT 'groups.best.share', iif(known, printf('%.6f', share), 'null') FROM best, judging;
SELECT 'groups.training.count', count(*) FROM training;
SELECT 'groups.training.rest', iif(count(*) > 7, count(*) - 6, 0) FROM training;

-- Jobs on more nodes of one kind than their CPUs, memory and GPUs need.
CREATE TEMP TABLE spread AS
	SELECT job.user AS user, job.elapsed AS elapsed, job.nodes AS nodes,
	       max((job.cpus + price.cpus - 1) / price.cpus,
	           CAST((job.memory_kib + price.gib * 1048576 - 1) / (price.gib * 1048576) AS INTEGER),
	           CASE WHEN price.gpus THEN (job.gpus + price.gpus - 1) / price.gpus ELSE 0 END) AS needed
	FROM job JOIN (SELECT job, min(pool) AS pool, count(DISTINCT pool) AS pools FROM held GROUP BY job) AS at ON at.job = job.number
	JOIN price ON price.pool = at.pool
	WHERE pools = 1 AND job.nodes > 1 AND NOT all_memory AND memory_kib >= 0;
DELETE FROM spread WHERE needed >= nodes;
SELECT 'spread.jobs', count(*) FROM spread;
SELECT 'spread.hours', printf('%.6f', total(elapsed * nodes) / 3600.0) FROM spread;
SELECT 'spread.needed.hours', printf('%.6f', total(elapsed * needed) / 3600.0) FROM spread;
SELECT 'spread.share', printf('%.6f', total(elapsed * (nodes - needed)) / (SELECT sum(elapsed * nodes) FROM ran)) FROM spread;
SELECT 'spread.users', count(DISTINCT user) FROM spread;

-- Lists of people begin with those whose node-hours cost most.
INSERT INTO names SELECT 'power', user, row_number() OVER (ORDER BY cost DESC, user), 10 FROM worth WHERE user IN top;
INSERT INTO names SELECT 'idle', user, row_number() OVER (ORDER BY cost DESC, user), 6 FROM worth WHERE user IN (SELECT user FROM idle);
INSERT INTO names SELECT 'memory.took_all', user, row_number() OVER (ORDER BY cost DESC, user), 5 FROM worth WHERE user IN (SELECT user FROM all_memory);
INSERT INTO names SELECT 'groups.training', account, row_number() OVER (ORDER BY sum(held * rate) DESC, account), 6
	FROM ledger JOIN price USING (pool) WHERE account IN training GROUP BY account;
INSERT INTO names SELECT 'spread', user, row_number() OVER (ORDER BY sum(elapsed * (nodes - needed)) DESC, user), 5 FROM spread GROUP BY user;

-- What each finding says: 1 for a gain, 0 for nothing.
CREATE TEMP TABLE says (id TEXT, gain INTEGER);
INSERT INTO says SELECT 'memory', 100 * (memory + both) >= held FROM sums WHERE (SELECT count(*) FROM sized_memory);
INSERT INTO says SELECT 'power_users', 4 * (SELECT max(until) FROM holders WHERE place <= 10) >= (SELECT sum(held) FROM holders);
INSERT INTO says SELECT 'idle_jobs', EXISTS (SELECT * FROM idle) WHERE EXISTS (SELECT * FROM judged);
INSERT INTO says SELECT 'groups', EXISTS (SELECT * FROM training) FROM judging WHERE known;
INSERT INTO says SELECT 'peak', held >= 1.5 * usual AND (SELECT count(DISTINCT account) FROM job) > 1 FROM rise;
INSERT INTO says SELECT 'growth', max(before > 0 AND after >= 1.25 * before) FROM growth HAVING count(*);
INSERT INTO says SELECT 'failed_work', 20 * (SELECT total(held) FROM failed) >= sum(held) FROM ran HAVING count(*) < 1000 OR EXISTS (SELECT * FROM job WHERE substr(state || ' ', 1, instr(state || ' ', ' ') - 1) IN ('FAILED', 'TIMEOUT',
	'OUT_OF_MEMORY', 'NODE_FAIL', 'CANCELLED', 'BOOT_FAIL', 'DEADLINE', 'PREEMPTED', 'REQUEUED'));
INSERT INTO says SELECT 'time_limits', 4 * sum(limit_s > 4 * elapsed) >= count(*) FROM ran WHERE ending = 'COMPLETED' AND limit_s > 0 HAVING count(*);
INSERT INTO says SELECT 'short_jobs', 4 * (SELECT count(*) FROM brief) >= count(*) FROM ran;
INSERT INTO says SELECT 'serial_cores', 100 * (SELECT total(held) FROM serial) >= sum(held) FROM ran HAVING EXISTS (SELECT * FROM judged);
INSERT INTO says SELECT 'gpus', 100 * total((gpu_util = 0) * gpu_held) >= sum(gpu_held) FROM cards HAVING sum((gpu_util >= 0) * gpu_held) > 0;
INSERT INTO says SELECT 'fragmentation', 100 * total(elapsed * (nodes - needed)) >= (SELECT sum(elapsed * nodes) FROM ran) FROM spread HAVING (SELECT known FROM asked);
-- Of what cannot be told neither is said.
INSERT INTO says
	WITH RECURSIVE finding(id, rest) AS (
		SELECT '', 'memory power_users idle_jobs groups peak growth failed_work time_limits short_jobs serial_cores gpus fragmentation '
		UNION ALL SELECT substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM finding WHERE rest <> '')
	SELECT id, NULL FROM finding WHERE id <> '' AND id NOT IN (SELECT id FROM says WHERE gain IS NOT NULL);
SELECT 'waiting.' || says, 0 FROM (SELECT 'gain' AS says UNION SELECT 'nothing') WHERE (SELECT count(*) FROM classed) < 20;
SELECT id || '.gain', coalesce(gain, 0) FROM says;
SELECT id || '.nothing', coalesce(1 - gain, 0) FROM says;

SELECT 'programme.' || name || '.helped', (SELECT count(*) FROM helped WHERE programme = name) FROM programme WHERE name IN ('took_all', 'top_users', 'idle_jobs');
SELECT 'acting.users', users FROM acting;
SELECT 'acting.groups', groups FROM acting;
SELECT 'acting.rents', rents FROM acting;
SELECT 'acting.hours', printf('%.6f', hours) FROM effort;
SELECT 'acting.cost', printf('%.6f', cost) FROM effort;
SELECT 'acting.people.cost', printf('%.6f', people) FROM effort;
SELECT 'payback.share', printf('%.6f', cost / total) FROM effort, total;
SELECT 'payback.dear', cost > total FROM effort, total;
