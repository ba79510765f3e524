-- SPDX-License-Identifier: Apache-2.0
-- doc/model.md, "Habits": of jobs that ran, whole.
-- Whether enough jobs say what memory they held.
CREATE TEMP VIEW asked AS SELECT total((memory_kib >= 0 OR all_memory) * elapsed * cpus) >= 0.95 * total(elapsed * cpus) AS known FROM job;
SELECT 'memory.known.share', printf('%.6f', total((memory_kib >= 0 OR all_memory) * elapsed * cpus) / total(elapsed * cpus)) FROM job HAVING total(elapsed * cpus) > 0;
CREATE TEMP TABLE ran AS
	SELECT *, elapsed * cpus AS held, max(0, start - CASE WHEN eligible < 0 THEN submit ELSE eligible END) AS wait,
	       CASE WHEN instr(state, ' ') THEN substr(state, 1, instr(state, ' ') - 1) ELSE state END AS ending
	FROM job WHERE ran;
CREATE TEMP VIEW failed AS
	SELECT * FROM ran WHERE ending IN ('FAILED', 'TIMEOUT', 'OUT_OF_MEMORY', 'NODE_FAIL', 'CANCELLED', 'BOOT_FAIL', 'DEADLINE',
	                                   'PREEMPTED', 'REQUEUED');
CREATE TEMP VIEW serial AS
	SELECT ran.*, least.cpus AS least FROM ran JOIN least ON job = number WHERE ran.cpus >= 2 AND ran.cpus > least.cpus AND gpus = 0 AND used_ms >= 0 AND used_ms <= 1200 * elapsed
	AND elapsed >= 300 AND (ending = 'COMPLETED' OR (ending IN ('TIMEOUT', 'CANCELLED') AND elapsed >= 3600));

SELECT 'throughput.prompt.jobs', printf('%.6f', 1.0 * sum(wait <= 300) / count(*)) FROM ran;
SELECT 'throughput.prompt.hours', printf('%.6f', 1.0 * sum((wait <= 300) * held) / sum(held)) FROM ran;
SELECT 'throughput.single.jobs', printf('%.6f', 1.0 * sum(cpus <= 1) / count(*)) FROM ran;
SELECT 'throughput.single.hours', printf('%.6f', 1.0 * sum((cpus <= 1) * held) / sum(held)) FROM ran;
SELECT 'throughput.small.jobs', printf('%.6f', 1.0 * sum(cpus <= 4) / count(*)) FROM ran;
SELECT 'throughput.small.hours', printf('%.6f', 1.0 * sum((cpus <= 4) * held) / sum(held)) FROM ran;
SELECT 'throughput.short.jobs', printf('%.6f', 1.0 * sum(elapsed < 3600) / count(*)) FROM ran;
SELECT 'throughput.short.hours', printf('%.6f', 1.0 * sum((elapsed < 3600) * held) / sum(held)) FROM ran;
SELECT 'throughput.cores.jobs', printf('%.6f', 1.0 * sum(cpus) / count(*)) FROM ran;
SELECT 'throughput.cores.hours', printf('%.6f', 1.0 * sum(held) / sum(elapsed)) FROM ran;

-- "Waiting": late is more than an hour; no share is told of fewer than 20 jobs.
CREATE TEMP VIEW classed AS
	SELECT *, wait > 3600 AS late,
	       (cpus > 1) + (cpus > 4) + (cpus > 16) + (cpus > 64) + (cpus > 256) + (cpus > 1024) AS size,
	       (elapsed >= 60) + (elapsed >= 300) + (elapsed >= 3600) + (elapsed >= 21600) + (elapsed >= 86400) + (elapsed >= 604800) AS length,
	       strftime('%w', CASE WHEN eligible < 0 THEN submit ELSE eligible END, 'unixepoch') AS weekday,
	       strftime('%H', CASE WHEN eligible < 0 THEN submit ELSE eligible END, 'unixepoch') AS hour
	FROM ran;
SELECT 'waiting.jobs', count(*) FROM classed HAVING count(*) >= 20;
SELECT 'waiting.late.jobs', sum(late) FROM classed HAVING count(*) >= 20;
SELECT 'waiting.late.share', printf('%.6f', 1.0 * sum(late) / count(*)) FROM classed HAVING count(*) >= 20;
SELECT 'waiting.late.hours.share', printf('%.6f', 1.0 * sum(late * held) / sum(held)) FROM classed HAVING count(*) >= 20;
SELECT 'waiting.longer.share', printf('%.6f', 1.0 * sum(CASE length WHEN 0 THEN wait > 60 WHEN 1 THEN wait > 300 WHEN 2 THEN wait > 3600
	WHEN 3 THEN wait > 28800 WHEN 4 THEN wait > 86400 WHEN 5 THEN wait > 604800 ELSE 0 END) / count(*)) FROM classed HAVING count(*) >= 20;
SELECT 'waiting.size.share', printf('%.6f', max(share)) FROM (SELECT 1.0 * sum(late) / count(*) AS share FROM classed GROUP BY size HAVING count(*) >= 20)
	HAVING count(*) > 0;
SELECT 'waiting.calm.share', printf('%.6f', min(share)) FROM (SELECT 1.0 * sum(late) / count(*) AS share FROM classed GROUP BY size HAVING count(*) >= 20)
	HAVING count(*) > 0;
SELECT 'waiting.length.share', printf('%.6f', max(share)) FROM (SELECT 1.0 * sum(late) / count(*) AS share FROM classed GROUP BY length HAVING count(*) >= 20)
	HAVING count(*) > 0;
-- From two weeks on, between the first and the last end.
SELECT 'waiting.when.share', printf('%.6f', max(share)) FROM (SELECT 1.0 * sum(late) / count(*) AS share FROM classed GROUP BY weekday, hour HAVING count(*) >= 20)
	WHERE (SELECT max(end) - min(end) FROM job WHERE end >= 0) >= 14 * 86400 HAVING count(*) > 0;

SELECT 'failed.jobs', count(*) FROM failed;
SELECT 'failed.by.' || lower(column1), (SELECT count(*) FROM failed WHERE ending = column1)
	FROM (VALUES ('FAILED'), ('TIMEOUT'), ('OUT_OF_MEMORY'), ('NODE_FAIL'), ('BOOT_FAIL'), ('CANCELLED'), ('DEADLINE'), ('PREEMPTED'), ('REQUEUED'));
SELECT 'failed.hours', printf('%.6f', sum(held) / 3600.0) FROM failed;
SELECT 'failed.node_hours', printf('%.6f', sum(elapsed * nodes) / 3600.0) FROM failed;
SELECT 'failed.share', printf('%.6f', 1.0 * (SELECT sum(held) FROM failed) / sum(held)) FROM ran;
SELECT 'failed.users', count(*) FROM (SELECT user FROM failed GROUP BY 1 HAVING sum(held) > 0);

SELECT 'limits.jobs', count(*) FROM ran WHERE ending = 'COMPLETED' AND limit_s > 0;
SELECT 'limits.loose.jobs', count(*) FROM ran WHERE ending = 'COMPLETED' AND limit_s > 0 AND limit_s > 4 * elapsed;
WITH used AS (SELECT min(100, elapsed * 100 / limit_s) AS share, row_number() OVER (ORDER BY min(100, elapsed * 100 / limit_s)) AS place,
                     count(*) OVER () AS jobs
              FROM ran WHERE ending = 'COMPLETED' AND limit_s > 0)
SELECT 'limits.median', printf('%.6f', share / 100.0) FROM used WHERE place = (jobs + 1) / 2;

SELECT 'short.jobs', count(*) FROM ran WHERE elapsed < 60 AND ending <> 'RUNNING';
SELECT 'short.hours', printf('%.6f', total(held) / 3600.0) FROM ran WHERE elapsed < 60 AND ending <> 'RUNNING';
SELECT 'short.five.share', printf('%.6f', 1.0 * sum(elapsed < 300 AND ending <> 'RUNNING') / count(*)) FROM ran;
SELECT 'short.five.hours.share', printf('%.6f', 1.0 * sum((elapsed < 300 AND ending <> 'RUNNING') * held) / sum(held)) FROM ran;

SELECT 'serial.jobs', count(*) FROM serial;
SELECT 'serial.hours', printf('%.6f', total(held) / 3600.0) FROM serial;
SELECT 'serial.spare.hours', printf('%.6f', total(held - elapsed * least) / 3600.0) FROM serial;
SELECT 'serial.spare.share', printf('%.6f', 1.0 * (SELECT total(held - elapsed * least) FROM serial) / sum(held)) FROM ran;
SELECT 'serial.users', count(DISTINCT user) FROM serial;

-- Serious jobs: completed, of a core-hour and more, judged by both. A share of what is above what was held is all of it.
CREATE TEMP TABLE serious AS
	SELECT held, used_ms * 2 >= 1000 * held AS cpus, peak_kib * 2 >= memory_kib AS memory FROM ran
	WHERE ending = 'COMPLETED' AND elapsed >= 300 AND held >= 3600 AND used_ms >= 0 AND peak_kib >= 0 AND memory_kib > 0;
SELECT 'serious.jobs', count(*) FROM serious;
SELECT 'serious.hours', printf('%.6f', total(held) / 3600.0) FROM serious;
SELECT 'serious.share', printf('%.6f', (SELECT total(held) FROM serious) / sum(held)) FROM ran HAVING (SELECT count(*) FROM serious);
SELECT 'serious.both.share', printf('%.6f', total(held * (cpus AND memory)) / sum(held)) FROM serious HAVING count(*);
SELECT 'serious.cpus.share', printf('%.6f', total(held * (cpus AND NOT memory)) / sum(held)) FROM serious HAVING count(*);
SELECT 'serious.memory.share', printf('%.6f', total(held * (memory AND NOT cpus)) / sum(held)) FROM serious HAVING count(*);
SELECT 'serious.neither.share', printf('%.6f', total(held * (NOT memory AND NOT cpus)) / sum(held)) FROM serious HAVING count(*);

SELECT 'gpus.idle.hours', printf('%.6f', total((gpu_util = 0) * elapsed * gpus) / 3600.0) FROM ran;
SELECT 'gpus.busy.hours', printf('%.6f', total((gpu_util > 0) * elapsed * gpus) / 3600.0) FROM ran;
SELECT 'gpus.unmeasured.hours', printf('%.6f', total((gpu_util < 0) * elapsed * gpus) / 3600.0) FROM ran;
SELECT 'waiting.gain', 10 * sum(late) >= count(*) OR 4 * sum(late * held) >= sum(held) FROM classed HAVING count(*) >= 20;
SELECT 'waiting.nothing', NOT (10 * sum(late) >= count(*) OR 4 * sum(late * held) >= sum(held)) FROM classed HAVING count(*) >= 20;
-- Where most and fewest are late; of equal shares the first class counts.
CREATE TEMP TABLE queue AS
	SELECT what, class, 1.0 * sum(late) / count(*) AS share FROM (SELECT 'size' AS what, size AS class, late FROM classed UNION ALL SELECT 'length', length, late FROM classed)
	GROUP BY what, class HAVING count(*) >= 20;
CREATE TEMP TABLE class_name (what TEXT, class INTEGER, words TEXT);
INSERT INTO class_name VALUES ('size', 0, '1 core'), ('size', 1, '2–4 cores'), ('size', 2, '5–16 cores'), ('size', 3, '17–64 cores'), ('size', 4, '65–256 cores'),
	('size', 5, '257–1024 cores'), ('size', 6, 'over 1024 cores'), ('length', 0, 'under 1 min'), ('length', 1, '1–5 min'), ('length', 2, '5–60 min'),
	('length', 3, '1–6 h'), ('length', 4, '6–24 h'), ('length', 5, '1–7 days'), ('length', 6, 'a week and more');
SELECT 'waiting.size', words FROM (SELECT * FROM queue WHERE what = 'size' ORDER BY share DESC, class LIMIT 1) JOIN class_name USING (what, class);
SELECT 'waiting.calm', words FROM (SELECT * FROM queue WHERE what = 'size' ORDER BY share, class LIMIT 1) JOIN class_name USING (what, class);
SELECT 'waiting.length', words FROM (SELECT * FROM queue WHERE what = 'length' ORDER BY share DESC, class LIMIT 1) JOIN class_name USING (what, class);
-- The week begins on Monday.
SELECT 'waiting.when', CASE weekday WHEN '0' THEN 'Sunday' WHEN '1' THEN 'Monday' WHEN '2' THEN 'Tuesday' WHEN '3' THEN 'Wednesday' WHEN '4' THEN 'Thursday'
	WHEN '5' THEN 'Friday' ELSE 'Saturday' END || ' at ' || hour || ':00'
	FROM (SELECT weekday, hour, 1.0 * sum(late) / count(*) AS share FROM classed GROUP BY weekday, hour HAVING count(*) >= 20 ORDER BY 3 DESC, (weekday + 6) % 7, hour LIMIT 1)
	WHERE (SELECT max(end) - min(end) FROM job WHERE end >= 0) >= 14 * 86400;
