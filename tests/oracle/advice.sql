-- SPDX-License-Identifier: Apache-2.0
-- doc/model.md, "Advice": `sufficient`, what would be enough for a user's kind of job, and `advice`, what of it is less than the kind
-- asks for; in bytes and seconds, 0 where there is none.
CREATE TEMP TABLE edge (value INTEGER PRIMARY KEY);
INSERT INTO edge
	WITH RECURSIVE e(value) AS (SELECT 1 UNION ALL
		SELECT value + CASE WHEN value < 16 THEN 1 WHEN value < 32 THEN 2 WHEN value < 64 THEN 4 WHEN value < 128 THEN 8
		                    WHEN value < 256 THEN 16 WHEN value < 512 THEN 32 WHEN value < 1024 THEN 64 WHEN value < 2048 THEN 128
		                    WHEN value < 4096 THEN 256 WHEN value < 8192 THEN 512 WHEN value < 16384 THEN 1024 WHEN value < 32768 THEN 2048
		                    ELSE 4096 END
		FROM e WHERE value < 65536)
	SELECT value FROM e;
CREATE TEMP VIEW ended AS
	SELECT *, CASE WHEN instr(state, ' ') THEN substr(state, 1, instr(state, ' ') - 1) ELSE state END AS ending FROM job WHERE ran;
CREATE TEMP TABLE fit AS
	SELECT user, cpus, nodes, gpus, limit_s, ending, elapsed, memory_kib, peak_kib, nodes = 1 AND cpus > 1 AND used_ms >= 0 AS has_cpus,
	       ending = 'COMPLETED' AND elapsed >= 300 AND (used_ms >= 0 OR peak_kib >= 0 OR gpu_util >= 0) AS judged,
	       (SELECT min(value) FROM edge WHERE value >= elapsed * 4 / 225.0) AS time,
	       (SELECT min(value) FROM edge WHERE value >= peak_kib / (16384.0 * nodes)) AS memory,
	       (SELECT min(value) FROM edge WHERE value >= min(used_ms, elapsed * 1000 * cpus) * 8 / (1000.0 * elapsed)) AS busy
	FROM ended WHERE (ending = 'COMPLETED' AND elapsed >= 300) OR ending IN ('TIMEOUT', 'OUT_OF_MEMORY');
-- The 32 kinds of a user that ask for most; no limit is more than any.
CREATE TEMP TABLE any_kind AS
	SELECT *, row_number() OVER (ORDER BY user) AS kind FROM (
		SELECT user, cpus, nodes, gpus, limit_s, sum(judged) AS jobs, total(judged * elapsed * cpus) AS cpu_seconds,
		       sum(ending = 'TIMEOUT') AS late, sum(ending = 'OUT_OF_MEMORY') AS full,
		       total(judged AND peak_kib >= 0 AND memory_kib >= 0) AS asked_jobs,
		       total(CASE WHEN judged AND peak_kib >= 0 AND memory_kib >= 0 THEN CAST(memory_kib / 1024 AS INTEGER) END) AS asked_mib,
		       row_number() OVER (PARTITION BY user ORDER BY cpus DESC, nodes DESC, gpus DESC, limit_s = -1 DESC, limit_s DESC) AS place
		FROM fit WHERE judged OR ending <> 'COMPLETED' GROUP BY user, cpus, nodes, gpus, limit_s);
CREATE TEMP VIEW kind AS SELECT * FROM any_kind WHERE place <= 32;
-- Of each kind the needs in rising order, what is needed of it, and by how many it is known.
CREATE TEMP TABLE need AS
	SELECT kind, 'time' AS what, time AS value, late AS cut FROM fit JOIN kind USING (user, cpus, nodes, gpus, limit_s) WHERE judged
	UNION ALL SELECT kind, 'memory', memory, full FROM fit JOIN kind USING (user, cpus, nodes, gpus, limit_s) WHERE judged AND peak_kib >= 0
	UNION ALL SELECT kind, 'cpus', busy, 0 FROM fit JOIN kind USING (user, cpus, nodes, gpus, limit_s) WHERE judged AND has_cpus;
CREATE INDEX temp.need_of_kind ON need (kind, what, value);
CREATE TEMP TABLE enough AS
	SELECT kind, what, value FROM (
		SELECT kind, what, value, row_number() OVER (PARTITION BY kind, what ORDER BY value) AS place,
		       count(*) OVER (PARTITION BY kind, what) AS known, cut FROM need)
	WHERE known >= 10 AND place = ((known + cut) * 95 + 99) / 100;
CREATE TEMP TABLE rounded AS
	SELECT kind, what, CASE
		WHEN what = 'memory' AND wanted <= 64 THEN (wanted + 7) / 8 * 8
		WHEN what = 'memory' AND wanted <= 1024 THEN (wanted + 63) / 64 * 64
		WHEN what = 'time' AND wanted <= 256 THEN (wanted + 15) / 16 * 16
		WHEN what = 'cpus' THEN value
		ELSE (SELECT min(value) FROM edge WHERE value >= wanted) END AS typed
	FROM (SELECT kind, what, value, (value * 1200 + 999) / 1000 AS wanted FROM enough);
CREATE TEMP TABLE advised AS
	SELECT kind.*,
	       (SELECT typed FROM rounded r WHERE r.kind = kind.kind AND what = 'memory'
	        AND (asked_jobs = 0 OR typed * 16 <= CAST(asked_mib AS INTEGER) / CAST(asked_jobs AS INTEGER) / nodes)) AS memory,
	       (SELECT typed FROM rounded r WHERE r.kind = kind.kind AND what = 'time') AS time,
	       (SELECT typed FROM rounded r WHERE r.kind = kind.kind AND what = 'cpus') AS busy
	FROM kind WHERE jobs >= 10;
CREATE TEMP TABLE sufficient AS
SELECT user, cpus AS held, limit_s, cpu_seconds, user || '.' || cpus || '.' || nodes || '.' || gpus || '.' || max(0, limit_s) AS name, jobs + late + full AS jobs,
       printf('%.6f', cpu_seconds / 3600.0) AS cpu_hours, ifnull(memory, 0) << 24 AS memory,
       CASE WHEN asked_jobs > 0 THEN CAST(asked_mib AS INTEGER) / CAST(asked_jobs AS INTEGER) / nodes << 20 END AS asked,
       CASE WHEN nodes <> 1 OR cpus < 1 THEN 0 WHEN cpus = 1 THEN 1 WHEN busy IS NULL THEN 0 ELSE
	       cpus - (cpus - min(cpus, (busy * 1200 + 7999) / 8000)) * max(0, 8 * (cpus - 1) - max(0, busy - 8)) / (8 * (cpus - 1)) END AS cpus,
       CASE WHEN limit_s > 0 THEN min(limit_s, ifnull(time, 0) * 225 / 4) ELSE ifnull(time, 0) * 225 / 4 END AS time,
       min(jobs + late + full,
	       CASE WHEN memory IS NULL THEN 0 ELSE full + (SELECT count(*) FROM need n WHERE n.kind = a.kind AND what = 'memory' AND n.value > a.memory) END +
	       CASE WHEN time IS NULL THEN 0 WHEN limit_s > 0 AND time * 225 / 4 >= limit_s THEN late
	            ELSE late + (SELECT count(*) FROM need n WHERE n.kind = a.kind AND what = 'time' AND n.value > a.time) END) AS failed
FROM advised a WHERE memory > 0 OR time > 0 OR busy > 0 OR (nodes = 1 AND cpus = 1);
CREATE TEMP TABLE advice AS
SELECT * FROM (
	SELECT name, jobs, cpu_seconds, cpu_hours, held, asked, failed, iif(asked IS NULL OR memory < asked, memory, 0) AS memory, iif(cpus < held, cpus, 0) AS cpus,
	       iif(limit_s <= 0 OR time < limit_s, time, 0) AS time FROM sufficient)
WHERE memory > 0 OR cpus > 0 OR time > 0;
