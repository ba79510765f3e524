-- SPDX-License-Identifier: Apache-2.0
-- What was planted in the sample, found by what it does and not by name.

-- The ten users with most core-hours.
CREATE TEMP TABLE heavy AS
	SELECT row_number() OVER (ORDER BY sum(elapsed * cpus) DESC) AS place, user, sum(elapsed * cpus) / 3600.0 AS hours
	FROM job GROUP BY user;
SELECT 'heaviest.' || place || '.user', user FROM heavy WHERE place <= 10;
SELECT 'heaviest.' || place || '.cpu_hours', printf('%.6f', hours) FROM heavy WHERE place <= 10;
SELECT 'heaviest.share', printf('%.6f', (SELECT sum(hours) FROM heavy WHERE place <= 10) / (SELECT sum(hours) FROM heavy));

-- Users who ask for all memory of a node in most of their jobs on whole memory: 250 GiB of each node, held by few cores.
CREATE TEMP TABLE whole AS
	SELECT user, account, id, submit, peak_kib / 1048576.0 AS peak
	FROM job WHERE ran AND memory_kib / nodes >= 256000 * 1024 AND cpus / nodes < 64 AND gpus = 0
	               AND nodelist LIKE 'cn%';
CREATE TEMP TABLE whole_peak AS
	SELECT whole.user, peak, row_number() OVER (PARTITION BY whole.user ORDER BY peak) AS place,
	       count(*) OVER (PARTITION BY whole.user) AS jobs
	FROM whole JOIN job USING (id, submit)
	WHERE state = 'COMPLETED' AND elapsed >= 300 AND peak_kib >= 0;
CREATE TEMP TABLE whole_user AS
	SELECT row_number() OVER (ORDER BY user) AS place, user, account, count(*) AS jobs FROM whole GROUP BY user;
SELECT 'whole_memory.users', count(*) FROM whole_user;
SELECT 'whole_memory.accounts', group_concat(DISTINCT account) FROM whole_user;
SELECT 'whole_memory.' || place || '.user', user FROM whole_user;
SELECT 'whole_memory.' || place || '.jobs', jobs FROM whole_user;
SELECT 'whole_memory.' || whole_user.place || '.median_peak_gib', printf('%.6f', peak)
	FROM whole_user JOIN whole_peak USING (user) WHERE whole_peak.place = (whole_peak.jobs + 1) / 2
	ORDER BY whole_user.place;
SELECT 'whole_memory.mean_peak_gib', printf('%.6f', avg(peak)) FROM whole_peak;
SELECT 'whole_memory.max_peak_gib', printf('%.6f', max(peak)) FROM whole_peak;
SELECT 'whole_memory.excess_node_hours', printf('%.6f', sum(memory + cpu + both + gpu + whole_node) / 3600e6)
	FROM ledger WHERE user IN (SELECT user FROM whole_user) AND id IN (SELECT id FROM whole);

-- Users whose median CPU efficiency over at least 20 judged jobs is under 15 %.
CREATE TEMP TABLE judged AS
	SELECT user, min(1.0, used_ms / 1000.0 / elapsed / cpus) AS efficiency
	FROM job WHERE state = 'COMPLETED' AND elapsed >= 300 AND used_ms >= 0;
CREATE TEMP TABLE ranked AS
	SELECT user, efficiency, row_number() OVER (PARTITION BY user ORDER BY efficiency) AS place,
	       count(*) OVER (PARTITION BY user) AS jobs
	FROM judged;
CREATE TEMP TABLE idle AS
	SELECT row_number() OVER (ORDER BY user) AS place, user, jobs, efficiency
	FROM ranked WHERE place = (jobs + 1) / 2 AND jobs >= 20 AND efficiency < 0.15;
SELECT 'idle.users', count(*) FROM idle;
SELECT 'idle.' || place || '.user', user FROM idle;
SELECT 'idle.' || place || '.judged_jobs', jobs FROM idle;
SELECT 'idle.' || place || '.median_cpu_efficiency', printf('%.6f', efficiency) FROM idle;

-- The hour with most CPUs held, and the account that is furthest above its own mean in it.
CREATE TEMP TABLE hours AS
	WITH RECURSIVE piece(account, hour, first, last, cpus) AS (
		SELECT account, start / 3600, start, start + elapsed, cpus FROM job WHERE ran AND elapsed > 0
		UNION ALL
		SELECT account, hour + 1, first, last, cpus FROM piece WHERE (hour + 1) * 3600 < last
	)
	SELECT account, hour, sum((min(last, (hour + 1) * 3600) - max(first, hour * 3600)) * cpus) / 3600.0 AS cpus
	FROM piece GROUP BY account, hour;
CREATE TEMP TABLE peak AS SELECT hour, sum(cpus) AS cpus FROM hours GROUP BY hour ORDER BY 2 DESC, 1 LIMIT 1;
CREATE TEMP TABLE driver AS
	SELECT account, hours.cpus AS cpus, usual
	FROM hours JOIN peak USING (hour)
	     JOIN (SELECT account, sum(elapsed * cpus) * 1.0 / (SELECT max(end) - min(end) FROM job WHERE end >= 0) AS usual
	           FROM job GROUP BY account) USING (account)
	ORDER BY hours.cpus - usual DESC LIMIT 1;
SELECT 'peak.hour', strftime('%Y-%m-%dT%H:00:00', hour * 3600, 'unixepoch') FROM peak;
SELECT 'peak.day', date(hour * 3600, 'unixepoch') FROM peak;
SELECT 'peak.cpus', printf('%.6f', cpus) FROM peak;
SELECT 'peak.account', account FROM driver;
SELECT 'peak.account.cpus', printf('%.6f', cpus) FROM driver;
SELECT 'peak.account.mean_cpus', printf('%.6f', usual) FROM driver;

-- GPU- and core-hours held in the first and in the last quarter, and the account that grew most.
CREATE TEMP TABLE quarters AS
	SELECT account, sum(CASE WHEN month <= '03' THEN cpus END) AS cpu_first, sum(CASE WHEN month >= '10' THEN cpus END) AS cpu_last
	FROM (SELECT account, strftime('%m', hour * 3600, 'unixepoch') AS month, cpus FROM hours) GROUP BY account;
CREATE TEMP TABLE gpu_quarters AS
	WITH RECURSIVE piece(day, first, last, gpus) AS (
		SELECT start / 86400, start, start + elapsed, gpus FROM job WHERE ran AND gpus > 0 AND elapsed > 0
		UNION ALL
		SELECT day + 1, first, last, gpus FROM piece WHERE (day + 1) * 86400 < last
	)
	SELECT strftime('%m', day * 86400, 'unixepoch') AS month,
	       sum((min(last, (day + 1) * 86400) - max(first, day * 86400)) * gpus) / 3600.0 AS gpus
	FROM piece GROUP BY 1;
SELECT 'growth.account', account FROM quarters ORDER BY cpu_last / cpu_first DESC LIMIT 1;
SELECT 'growth.cpu_ratio', printf('%.6f', max(cpu_last / cpu_first)) FROM quarters;
SELECT 'growth.next_cpu_ratio', printf('%.6f', cpu_last / cpu_first) FROM quarters ORDER BY cpu_last / cpu_first DESC LIMIT 1 OFFSET 1;
SELECT 'growth.gpu_hours.q1', printf('%.6f', sum(gpus)) FROM gpu_quarters WHERE month <= '03';
SELECT 'growth.gpu_hours.q4', printf('%.6f', sum(gpus)) FROM gpu_quarters WHERE month >= '10';

-- Accounts by their excess: all that need a course, and the most careful one.
CREATE TEMP TABLE waste AS
	SELECT account, 1.0 * sum(memory + cpu + both + gpu + whole_node) / sum(held) AS share FROM ledger GROUP BY account;
SELECT 'training.accounts', group_concat(account) FROM waste WHERE share >= 0.25;
SELECT 'training.excess_share', printf('%.6f', max(share)) FROM waste;
SELECT 'careful.account', account FROM waste ORDER BY share LIMIT 1;
SELECT 'careful.excess_share', printf('%.6f', min(share)) FROM waste;

-- Who holds most in vain, in node-hours: whole memory, three times the memory used, every other core.
CREATE TEMP TABLE vain AS
	SELECT row_number() OVER (ORDER BY sum(memory + cpu + both + gpu + whole_node) DESC) AS place, user, sum(memory + cpu + both + gpu + whole_node) / 3600e6 AS hours
	FROM ledger GROUP BY user;
SELECT 'vain.' || place || '.user', user FROM vain WHERE place <= 6;
SELECT 'vain.' || place || '.node_hours', printf('%.6f', hours) FROM vain WHERE place <= 6;
SELECT 'every_other_core.user', user FROM (SELECT user, sum(cpu) AS cpu FROM ledger GROUP BY user ORDER BY 2 DESC LIMIT 1);
SELECT 'thrice_the_memory.user', user FROM (SELECT user, sum(memory) AS memory FROM ledger WHERE user NOT IN (SELECT user FROM whole_user)
	GROUP BY user ORDER BY 2 DESC LIMIT 1);

-- What every export has some of.
SELECT 'short.jobs', count(*) FROM job WHERE ran AND elapsed < 300;
SELECT 'unmeasured.long_jobs', count(*) FROM job
	WHERE ran AND elapsed >= 300 AND used_ms < 0 AND peak_kib < 0 AND state <> 'RUNNING';
SELECT 'multi_node.jobs', count(*) FROM job WHERE nodes > 1;
SELECT 'pending.rows', count(*) FROM job WHERE state = 'PENDING';
SELECT 'gpu.jobs_with_util', count(*) FROM job WHERE gpus > 0 AND gpu_util >= 0;
SELECT 'gpu.jobs_without_util', count(*) FROM job WHERE ran AND gpus > 0 AND gpu_util < 0;
SELECT 'cpu.above_held', count(*) FROM job WHERE used_ms > 1000 * elapsed * cpus;
SELECT 'memory.above_asked', count(*) FROM job WHERE peak_kib > memory_kib AND memory_kib >= 0;
SELECT 'requeued.jobs', count(*) FROM (SELECT id FROM job GROUP BY id HAVING count(*) > 1);
