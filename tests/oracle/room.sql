-- SPDX-License-Identifier: Apache-2.0
-- What became of the room that is owned: allocated, idle, left beside what is held, full. Needs kinds.sql and habits.sql.
-- What became of the nodes' time. Where no list of events says what was down it is idle.
CREATE TEMP VIEW hours AS
	SELECT (SELECT sum(mean) FROM price) * (last - first) / 3600.0 AS owned, (SELECT count(*) > 0 FROM told) AS known,
	       (SELECT sum(value) FROM sized WHERE id GLOB 'pool.*.allocated') AS allocated, (SELECT sum(value) FROM sized WHERE id GLOB 'pool.*.planned') AS planned,
	       (SELECT sum(value) FROM sized WHERE id GLOB 'pool.*.down') AS down, (SELECT sum(value) FROM sized WHERE id GLOB 'pool.*.both') AS both FROM period;
SELECT 'capacity.owned.hours', printf('%.6f', owned) FROM hours;
SELECT 'capacity.allocated.hours', printf('%.6f', allocated) FROM hours;
SELECT 'capacity.allocated.share', printf('%.6f', allocated / owned) FROM hours;
SELECT 'capacity.idle.hours', printf('%.6f', owned - allocated - planned - down) FROM hours;
SELECT 'capacity.idle.share', printf('%.6f', 1 - (allocated + planned + down) / owned) FROM hours;
SELECT 'capacity.planned_down.hours', printf('%.6f', planned) FROM hours WHERE known;
SELECT 'capacity.planned_down.share', printf('%.6f', planned / owned) FROM hours WHERE known;
SELECT 'capacity.down.hours', printf('%.6f', down) FROM hours WHERE known;
SELECT 'capacity.down.share', printf('%.6f', down / owned) FROM hours WHERE known;
SELECT 'capacity.both.hours', printf('%.6f', both) FROM hours WHERE known;
SELECT 'capacity.up.share', printf('%.6f', allocated / (owned - planned - down)) FROM hours WHERE known;
SELECT id, printf('%.6f', value) FROM sized, hours WHERE id GLOB 'pool.*.down' AND known;
SELECT id || '_down', printf('%.6f', value) FROM sized, hours WHERE id GLOB 'pool.*.planned' AND known;
SELECT 'events.count', count(*) FROM told;
SELECT 'events.unlisted', count(DISTINCT node) FROM told WHERE pool IS NULL;
SELECT 'events.jobs', count(DISTINCT job) FROM sat JOIN told USING (node), period
	WHERE broken AND min(sat.last, ended, CASE WHEN given THEN period.last ELSE ended END)
	                 - max(sat.first, began, CASE WHEN given THEN period.first ELSE began END) >= 60;

-- What one resource leaves of another, by kind of node, then of all of them; not known where too few jobs say what memory they held.
CREATE TEMP VIEW left_over AS
	SELECT sum(cpus) / 3600e6 AS cpus_most, sum(max(0, cpus - memory)) / 3600e6 AS cpus_least,
	       sum(memory) / 3600e6 AS memory_most, sum(max(0, memory - cpus)) / 3600e6 AS memory_least, (SELECT sum(held) / 3600e6 FROM ledger) AS held
	FROM stranded;
SELECT 'stranded.cpus.most', iif(known, printf('%.6f', cpus_most), 'null') FROM left_over, asked;
SELECT 'stranded.cpus.least', iif(known, printf('%.6f', cpus_least), 'null') FROM left_over, asked;
SELECT 'stranded.cpus.share', iif(known, printf('%.6f', cpus_least / held), 'null') FROM left_over, asked;
SELECT 'stranded.memory.most', iif(known, printf('%.6f', memory_most), 'null') FROM left_over, asked;
SELECT 'stranded.memory.least', iif(known, printf('%.6f', memory_least), 'null') FROM left_over, asked;
SELECT 'stranded.memory.share', iif(known, printf('%.6f', memory_least / held), 'null') FROM left_over, asked;
SELECT 'stranded.gain', known AND 20 * cpus_least >= held FROM left_over, asked;
SELECT 'stranded.nothing', known AND 20 * cpus_least < held FROM left_over, asked;

-- The kind of node with most that is left for certain, of whichever resource.
CREATE TEMP VIEW worst AS
	SELECT pool, abs(cpus - memory) / 3600e6 AS hours, cpus > memory AS of_cpus, (SELECT sum(held) / 3600e6 FROM ledger WHERE ledger.pool = stranded.pool) AS held
	FROM stranded ORDER BY 2 DESC LIMIT 1;
SELECT 'stranded.worst.what', CASE WHEN of_cpus THEN 'CPUs' ELSE 'memory' END FROM worst, asked WHERE hours > 0 AND known;
SELECT 'stranded.worst.beside', CASE WHEN of_cpus THEN 'memory' ELSE 'CPUs' END FROM worst, asked WHERE hours > 0 AND known;
SELECT 'stranded.worst.share', printf('%.6f', hours / held) FROM worst, asked WHERE hours > 0 AND known;

-- Hours of the period in which some kind of node was full, and of those hours of the week in which they could have started who started
-- late. An hour that begins within one of the clock is that in which most of it lies.
CREATE TEMP VIEW whole_hour AS
	WITH RECURSIVE h(hour) AS (SELECT 0 UNION ALL SELECT hour + 1 FROM h, period WHERE hour + 1 < (last - first) / 3600)
	SELECT ((first + 1800) / 3600 + hour + 96) % 168 AS of_week, hour IN (SELECT hour FROM full) AS full FROM h, period;
CREATE TEMP TABLE week AS SELECT of_week, avg(full) AS full FROM whole_hour GROUP BY of_week;
CREATE TEMP TABLE fullness AS
	SELECT (SELECT avg(full) FROM whole_hour) AS always, sum(full) / count(*) AS late
	FROM classed JOIN week ON of_week = (CASE WHEN eligible < 0 THEN submit ELSE eligible END / 3600 + 96) % 168
	WHERE late HAVING (SELECT count(*) FROM classed) >= 20;
SELECT 'waiting.full.share', printf('%.6f', always) FROM fullness;
-- Where all of these came at hours of the week that a short period has not, nobody knows.
CREATE TEMP VIEW blamed AS SELECT * FROM fullness WHERE late IS NOT NULL;
SELECT 'waiting.late.full.share', printf('%.6f', late) FROM blamed;
SELECT 'waiting.by_demand', late >= 0.5 FROM blamed;
SELECT 'waiting.by_limits', late < 0.5 AND always < 0.01 AND 2 * (
	SELECT count(*) FROM any_job, period WHERE ran AND elapsed > 0 AND start >= first AND start < last AND
		((start / 60 - first / 60) / 60 IN (SELECT hour FROM full) OR (start / 60 - first / 60) / 60 - 1 IN (SELECT hour FROM full))
	) <= (SELECT sum(late) FROM classed) FROM blamed;
