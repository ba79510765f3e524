-- SPDX-License-Identifier: Apache-2.0
-- Each job's hours on the days on which it held them; a job ends on the day of its End.
CREATE TEMP TABLE day AS WITH RECURSIVE
piece(day, first, last, cpus, gpus, nodes) AS (
	SELECT start / 86400, start, start + elapsed, cpus, gpus, nodes FROM job WHERE ran AND elapsed > 0
	UNION ALL
	SELECT day + 1, first, last, cpus, gpus, nodes FROM piece WHERE (day + 1) * 86400 < last
),
held AS (
	SELECT day, min(last, (day + 1) * 86400) - max(first, day * 86400) AS seconds, cpus, gpus, nodes FROM piece
),
hours AS (
	SELECT day, sum(seconds * cpus) AS cpu, sum(seconds * gpus) AS gpu, sum(seconds * nodes) AS node FROM held GROUP BY day
),
ended AS (
	SELECT end / 86400 AS day, count(*) AS jobs FROM job WHERE end >= 0 GROUP BY 1
),
span(day, last) AS (
	SELECT min(day), max(day) FROM (SELECT day FROM hours UNION SELECT day FROM ended)
	UNION ALL
	SELECT day + 1, last FROM span WHERE day < last
)
SELECT date(span.day * 86400, 'unixepoch') AS day, coalesce(ended.jobs, 0) AS jobs, coalesce(cpu, 0) AS cpu, coalesce(gpu, 0) AS gpu,
       coalesce(node, 0) AS node
FROM span LEFT JOIN hours ON hours.day = span.day LEFT JOIN ended ON ended.day = span.day;
CREATE TEMP VIEW calendar AS
	SELECT 'days.' || day || '.' AS dot, * FROM day
	UNION ALL SELECT 'months.' || substr(day, 1, 7) || '.', substr(day, 1, 7), sum(jobs), sum(cpu), sum(gpu), sum(node) FROM day GROUP BY 1;
SELECT dot || 'jobs_ended', jobs FROM calendar;
SELECT dot || 'cpu_hours', printf('%.6f', cpu / 3600.0) FROM calendar;
SELECT dot || 'gpu_hours', printf('%.6f', gpu / 3600.0) FROM calendar;
SELECT dot || 'node_hours', printf('%.6f', node / 3600.0) FROM calendar;
