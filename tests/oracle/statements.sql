-- SPDX-License-Identifier: Apache-2.0
-- What the report says beside totals and money: waits, people, findings (doc/model.md, sections 2, 3, 5, 6 and 9). Needs habits.sql.
-- names(who, place, list, most): the first of a list in words.
CREATE TEMP TABLE names (list TEXT, who TEXT, place INTEGER, most INTEGER);

-- Waits, in steps that grow by a tenth and at least a second.
CREATE TEMP TABLE edge (edge INTEGER PRIMARY KEY);
INSERT INTO edge
	WITH RECURSIVE step(edge) AS (SELECT 0 UNION ALL SELECT edge + max(1, edge / 10) FROM step WHERE edge < 100000000) SELECT edge FROM step;
CREATE TEMP TABLE waited AS
	SELECT (SELECT min(edge) FROM edge WHERE edge >= wait) AS wait, row_number() OVER (ORDER BY wait) AS place, count(*) OVER () AS jobs
	FROM ran;
SELECT 'wait.median', wait FROM waited WHERE place = (jobs * 50 + 99) / 100;
SELECT 'wait.p90', wait FROM waited WHERE place = (jobs * 90 + 99) / 100;
SELECT 'wait.from_submit', count(*) FROM ran WHERE eligible < 0;

SELECT 'window.from', first FROM period;
SELECT 'window.to', last FROM period;
SELECT 'window.days', printf('%.6f', (last - first) / 86400.0) FROM period;
SELECT 'window.length', last - first FROM period;
SELECT 'window.is_short', last - first < 56 * 86400 FROM period;
-- Minutes of the period before the first and after the last in which a core was held; all of them when none was.
CREATE TEMP TABLE hollow AS SELECT
	CASE WHEN count(s) = 0 THEN (last - first) / 60
	     ELSE max(0, min(s) - first) / 60 + max(0, last - max(e)) / 60 END AS empty, (last - first) / 60 AS minutes
	FROM period LEFT JOIN (SELECT start AS s, start + elapsed AS e FROM any_job WHERE ran AND elapsed > 0 AND cpus > 0) ON s < last AND e > first;
-- Where no job says its cores, nothing is said of them.
DELETE FROM hollow WHERE EXISTS (SELECT 1 FROM job WHERE ran AND elapsed > 0) AND NOT EXISTS (SELECT 1 FROM job WHERE ran AND elapsed > 0 AND cpus > 0);
SELECT 'window.empty.days', empty / 1440 FROM hollow;
SELECT 'window.is_hollow', coalesce((SELECT empty / 1440 > 7 AND empty > minutes / 20 FROM hollow), 0);
SELECT 'jobs.outside', (SELECT count(*) FROM any_job) - (SELECT count(*) FROM job);
SELECT 'groups.count', count(DISTINCT account) FROM who WHERE account <> '';
SELECT 'rows.used_above_held', count(*) FROM ran WHERE used_ms > 1000 * elapsed * cpus;
SELECT 'rows.peak_above_asked', count(*) FROM ran WHERE peak_kib > memory_kib AND memory_kib >= 0;

-- Who holds how much of the core-hours. What has no user comes last, and is nobody's.
CREATE TEMP TABLE holders AS
	SELECT user, held, sum(held) OVER (ORDER BY user = '', held DESC, user) AS until, row_number() OVER (ORDER BY user = '', held DESC, user) AS place
	FROM (SELECT user, sum(elapsed * cpus) AS held FROM job GROUP BY user);
SELECT 'top1.share', printf('%.6f', 1.0 * max(until) / (SELECT sum(held) FROM holders)) FROM holders WHERE place <= 1 AND user <> '';
SELECT 'top5.share', printf('%.6f', 1.0 * max(until) / (SELECT sum(held) FROM holders)) FROM holders WHERE place <= 5 AND user <> '';
SELECT 'top50.share', printf('%.6f', 1.0 * max(until) / (SELECT sum(held) FROM holders)) FROM holders WHERE place <= 50 AND user <> '';
SELECT 'power.gini', printf('%.6f', sum(1.0 * (2 * place - n - 1) * held) / (n * sum(1.0 * held)))
	FROM (SELECT held, row_number() OVER (ORDER BY held, user) AS place, count(*) OVER () AS n FROM holders WHERE held > 0 AND user <> '');
SELECT 'power.rest', max(0, count(DISTINCT user) - 10) FROM who WHERE user <> '';
SELECT 'power.half', coalesce(min(place), 'null') FROM holders WHERE 2 * until >= (SELECT sum(held) FROM holders) AND user <> '';

-- Habits: what habits.sql leaves over.
CREATE TEMP TABLE wait_edge (edge INTEGER PRIMARY KEY);
INSERT INTO wait_edge VALUES (60), (300), (900), (1800), (3600), (7200), (14400), (28800), (43200), (86400), (172800), (345600), (604800);
CREATE TEMP TABLE queued AS
	SELECT (SELECT min(edge) FROM wait_edge WHERE edge >= wait) AS step, held, count(*) OVER (ORDER BY wait, ran.rowid) AS jobs,
	       sum(held) OVER (ORDER BY wait, ran.rowid) AS until, (SELECT count(*) FROM ran) AS all_jobs, (SELECT sum(held) FROM ran) AS all_held
	FROM (SELECT row_number() OVER () AS rowid, wait, held FROM ran) AS ran;
CREATE TEMP TABLE sign (name TEXT, side TEXT, value REAL, says INTEGER);
INSERT INTO sign SELECT 'wait', 'jobs', min(step), min(step) <= 300 FROM queued WHERE 2 * jobs >= all_jobs;
INSERT INTO sign SELECT 'wait', 'hours', min(step), min(step) <= 300 FROM queued WHERE 2 * until >= all_held;
INSERT INTO sign SELECT 'prompt', 'jobs', 1.0 * sum(wait <= 300) / count(*), 10 * sum(wait <= 300) > 6 * count(*) FROM ran;
INSERT INTO sign SELECT 'prompt', 'hours', 0, 10 * sum((wait <= 300) * held) > 6 * sum(held) FROM ran;
INSERT INTO sign SELECT 'single', 'jobs', 0, 2 * sum(cpus <= 1) > count(*) FROM ran;
INSERT INTO sign SELECT 'single', 'hours', 0, 2 * sum((cpus <= 1) * held) > sum(held) FROM ran;
INSERT INTO sign SELECT 'small', 'jobs', 0, 10 * sum(cpus <= 4) > 8 * count(*) FROM ran;
INSERT INTO sign SELECT 'small', 'hours', 0, 10 * sum((cpus <= 4) * held) > 8 * sum(held) FROM ran;
INSERT INTO sign SELECT 'short', 'jobs', 0, 10 * sum(elapsed < 3600) > 7 * count(*) FROM ran;
INSERT INTO sign SELECT 'short', 'hours', 0, 10 * sum((elapsed < 3600) * held) > 7 * sum(held) FROM ran;
INSERT INTO sign SELECT 'cores', 'jobs', 0, sum(cpus) < 5 * count(*) FROM ran;
INSERT INTO sign SELECT 'cores', 'hours', 0, sum(held) < 5 * sum(elapsed) FROM ran;
SELECT 'throughput.wait.' || side, printf('%.6f', value) FROM sign WHERE name = 'wait';
SELECT 'throughput.' || name || '.' || side || '.says', CASE WHEN says THEN 'yes' ELSE 'no' END FROM sign;
SELECT 'throughput.differ', (SELECT count(*) FROM sign AS a JOIN sign AS b USING (name) WHERE a.side = 'jobs' AND b.side = 'hours' AND a.says <> b.says);
SELECT 'throughput.work', CASE sum(says) WHEN 0 THEN 'capacity' WHEN count(*) THEN 'throughput' ELSE '' END FROM sign WHERE name IN ('single', 'small', 'short', 'cores');
SELECT 'throughput.gain', max(a.says <> b.says) FROM sign AS a JOIN sign AS b USING (name) WHERE a.side = 'jobs' AND b.side = 'hours';

SELECT 'limits.loose.share', printf('%.6f', 1.0 * sum(limit_s > 4 * elapsed) / count(*)) FROM ran WHERE ending = 'COMPLETED' AND limit_s > 0 HAVING count(*);
CREATE TEMP VIEW brief AS SELECT * FROM ran WHERE elapsed < 60 AND ending <> 'RUNNING';
SELECT 'short.share', printf('%.6f', 1.0 * (SELECT count(*) FROM brief) / count(*)) FROM ran;
SELECT 'short.hours.share', printf('%.6f', 1.0 * (SELECT total(held) FROM brief) / sum(held)) FROM ran;
SELECT 'short.array.jobs', CAST(total(task) AS INTEGER) FROM brief WHERE (SELECT min(task) >= 0 FROM job) HAVING (SELECT min(task) >= 0 FROM job);
SELECT 'short.array.share', printf('%.6f', total(task) / count(*)) FROM brief HAVING count(*) AND (SELECT min(task) >= 0 FROM job);
SELECT 'short.users', count(DISTINCT user) FROM brief;
SELECT 'serial.share', printf('%.6f', 1.0 * (SELECT total(held) FROM serial) / sum(held)) FROM ran;
CREATE TEMP VIEW cards AS SELECT *, elapsed * gpus AS gpu_held FROM ran;
SELECT 'gpus.idle.share', printf('%.6f', 1.0 * total((gpu_util = 0) * gpu_held) / sum(gpu_held)) FROM cards WHERE gpus > 0 HAVING count(*);
SELECT 'gpus.busy.share', printf('%.6f', 1.0 * total((gpu_util > 0) * gpu_held) / sum(gpu_held)) FROM cards WHERE gpus > 0 HAVING count(*);
SELECT 'gpus.unmeasured.share', printf('%.6f', 1.0 * total((gpu_util < 0) * gpu_held) / sum(gpu_held)) FROM cards WHERE gpus > 0 HAVING count(*);
SELECT 'gpu.measured.share', printf('%.6f', 1.0 * total((gpu_util >= 0) * gpu_held) / sum(gpu_held)) FROM cards WHERE gpus > 0 HAVING count(*);
SELECT 'gpus.users', count(DISTINCT user) FROM cards WHERE gpu_held > 0 AND gpu_util = 0;
SELECT 'failed.worst', ending FROM failed GROUP BY ending ORDER BY sum(held) DESC, ending LIMIT 1;
SELECT 'failed.worst.hours', printf('%.6f', max(held) / 3600.0) FROM (SELECT sum(held) AS held FROM failed GROUP BY ending);
INSERT INTO names SELECT 'failed', user, row_number() OVER (ORDER BY sum(held) DESC, user), 5 FROM failed WHERE user <> '' GROUP BY user HAVING sum(held) > 0;
INSERT INTO names SELECT 'short', user, row_number() OVER (ORDER BY count(*) DESC, user), 5 FROM brief WHERE user <> '' GROUP BY user;
INSERT INTO names SELECT 'serial', user, row_number() OVER (ORDER BY sum(held) DESC, user), 5 FROM serial WHERE user <> '' GROUP BY user;
INSERT INTO names SELECT 'gpus', user, row_number() OVER (ORDER BY sum(gpu_held) DESC, user), 5 FROM cards WHERE gpu_held > 0 AND gpu_util = 0 AND user <> '' GROUP BY user;

-- The busiest hour of those that the period touches, whole, and the account that rises most above its own mean in it. Nothing
-- is hidden.
CREATE TEMP VIEW span AS
	SELECT first / 3600 * 3600 AS first, (last + 3599) / 3600 * 3600 AS last, (last + 3599) / 3600 - first / 3600 AS hours FROM period;
CREATE TEMP TABLE hour AS
	WITH RECURSIVE inside AS (
		SELECT account, max(start, span.first) AS first, min(start + elapsed, span.last) AS last, cpus FROM any_job, span WHERE ran
	), piece(account, hour, first, last, cpus) AS (
		SELECT account, first / 3600, first, last, cpus FROM inside WHERE first < last
		UNION ALL
		SELECT account, hour + 1, first, last, cpus FROM piece WHERE (hour + 1) * 3600 < last
	)
	SELECT account, hour, sum((min(last, (hour + 1) * 3600) - max(first, hour * 3600)) * cpus) AS held FROM piece GROUP BY account, hour;
CREATE TEMP TABLE busiest AS SELECT hour, sum(held) AS held FROM hour GROUP BY hour ORDER BY 2 DESC, 1 LIMIT 1;
CREATE TEMP TABLE rise AS
	SELECT account, hour.held AS held, busiest.held AS everybody, usual FROM busiest JOIN hour USING (hour)
	JOIN (SELECT account, 1.0 * sum(held) / hours AS usual FROM hour, span GROUP BY account) USING (account)
	ORDER BY hour.held - usual DESC LIMIT 1;
SELECT 'peak.time', hour * 3600 FROM busiest;
SELECT 'peak.cpus', printf('%.6f', held / 3600.0) FROM busiest;
SELECT 'peak.when', 'the busiest hour';
SELECT 'peak.when.cpus', printf('%.6f', held / 3600.0) FROM busiest;
SELECT 'peak.group', account FROM rise;
SELECT 'peak.group.cpus', printf('%.6f', held / 3600.0) FROM rise;
SELECT 'peak.group.mean', printf('%.6f', usual / 3600.0) FROM rise;
SELECT 'peak.group.factor', printf('%.6f', held / usual) FROM rise;
SELECT 'peak.group.share', printf('%.6f', 1.0 * held / everybody) FROM rise;

-- What grew, all together and the account that did, told from half a year on: of whole local days the first and the last quarter.
-- Accounts that grew by a quarter come first, then those that rose by most hours a day.
CREATE TEMP TABLE quarters AS
	SELECT first / 86400 AS first, (last - 1) / 86400 + 1 AS last, ((last - 1) / 86400 + 1 - first / 86400) / 4 AS days FROM period
	WHERE last - first >= 180 * 86400;
CREATE TEMP TABLE by_day AS
	WITH RECURSIVE piece(account, day, start, end, cpus, gpus) AS (
		SELECT account, start / 86400, start, start + elapsed, cpus, gpus FROM ran WHERE elapsed > 0
		UNION ALL
		SELECT account, day + 1, start, end, cpus, gpus FROM piece WHERE (day + 1) * 86400 < end
	), held AS (
		SELECT account, day, cpus, gpus, min(end, (day + 1) * 86400) - max(start, day * 86400) AS seconds FROM piece
	)
	SELECT 'cpu' AS what, account, day, total(cpus * seconds) AS held FROM held GROUP BY account, day
	UNION ALL SELECT 'gpu', account, day, total(gpus * seconds) FROM held GROUP BY account, day
	UNION ALL SELECT 'all_cpu', '', day, total(cpus * seconds) FROM held GROUP BY day
	UNION ALL SELECT 'all_gpu', '', day, total(gpus * seconds) FROM held GROUP BY day;
CREATE TEMP TABLE growth AS
	WITH sums AS (
		SELECT what, account, total((day >= first AND day < first + days) * held) / days / 3600 AS before,
		       total((day >= last - days AND day < last) * held) / days / 3600 AS after FROM by_day, quarters GROUP BY what, account
	)
	SELECT *, row_number() OVER (PARTITION BY what ORDER BY before > 0 AND after >= 1.25 * before DESC, after - before DESC, account) AS place FROM sums;
DELETE FROM growth WHERE place > 1;
SELECT 'growth.' || what || '.group', account FROM growth WHERE what NOT LIKE 'all%';
SELECT 'growth.' || what || '.before', printf('%.6f', before) FROM growth;
SELECT 'growth.' || what || '.after', printf('%.6f', after) FROM growth;
SELECT 'growth.' || what || '.factor', printf('%.6f', after / before) FROM growth WHERE before > 0;
SELECT 'growth.' || what, before > 0 AND after >= 1.25 * before FROM growth;
SELECT 'growth.' || what || '.fell', before > 0 AND before >= 1.25 * after FROM growth WHERE what LIKE 'all%';

-- How far a factor may be by chance: whole weeks from the begin of the first quarter on, and up to the end of the last.
CREATE TEMP TABLE by_week AS
	WITH RECURSIVE week(n) AS (
		SELECT 0 FROM quarters UNION ALL SELECT n + 1 FROM week, quarters WHERE n + 1 < days / 7
	), begins AS (
		SELECT 'before' AS part, first + 7 * n AS begin FROM week, quarters UNION ALL SELECT 'after', last - 7 * (n + 1) FROM week, quarters
	)
	SELECT what, part, begin, total((day >= begin AND day < begin + 7) * held) AS held FROM growth JOIN by_day USING (what, account), begins
	GROUP BY what, part, begin;
CREATE TEMP TABLE wobble AS
	SELECT what, part, total((held - mean) * (held - mean)) / (count(*) - 1) / count(*) / (mean * mean) AS squared
	FROM by_week JOIN (SELECT what, part, avg(held) AS mean FROM by_week GROUP BY what, part) USING (what, part)
	WHERE mean > 0 GROUP BY what, part;
CREATE TEMP TABLE range AS
	SELECT what, after / before AS factor, exp(1.959964 * sqrt(sum(squared))) AS times FROM growth JOIN wobble USING (what)
	GROUP BY what HAVING count(*) = 2;
SELECT 'growth.' || what || '.factor.low', printf('%.6f', factor / times) FROM range;
SELECT 'growth.' || what || '.factor.high', printf('%.6f', factor * times) FROM range;
-- What part of the core-hours went into jobs that need no fast network.
CREATE TEMP VIEW fits AS SELECT 1.0 * sum((ran AND nodes = 1 AND elapsed <= 86400) * elapsed * cpus) / sum(elapsed * cpus) AS fit FROM job;
SELECT 'own.fit', printf('%.6f', fit) FROM fits;
SELECT 'throughput.nothing', 1 - max(a.says <> b.says) FROM sign AS a JOIN sign AS b USING (name) WHERE a.side = 'jobs' AND b.side = 'hours';
