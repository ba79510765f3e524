-- SPDX-License-Identifier: Apache-2.0
-- How many kinds of job there is advice for, and how many of them could ask for half of the memory. Needs advice.sql.
SELECT 'advice.kinds', count(*) FROM advice;
SELECT 'advice.fitting', (SELECT count(*) FROM sufficient) - count(*) FROM advice;
SELECT 'advice.memory.kinds', count(*) FROM sufficient WHERE memory > 0 AND asked > 0;
SELECT 'advice.memory.halved', count(*) FROM sufficient WHERE memory > 0 AND 2 * memory <= asked;
SELECT 'advice.rest.jobs', CAST(total(jobs) AS INTEGER) FROM any_kind WHERE place > 32;
-- The kind of job with advice on most that could be typed; of such the one that would free most, of memory or of cores.
CREATE TEMP VIEW example AS
	SELECT *, (memory > 0) + (cpus > 0) + (time > 0) AS numbers,
	       cpu_seconds * max(iif(memory > 0 AND asked > 0, (asked - memory) * 1000 / asked, 0), iif(cpus > 0, (held - cpus) * 1000 / held, 0)) AS freed
	FROM advice ORDER BY numbers DESC, freed DESC, cpu_hours + 0 DESC, name LIMIT 1;
SELECT 'advice.example.user', coalesce((SELECT substr(name, 1, instr(name, '.') - 1) FROM example), '');
SELECT 'advice.example.cores', coalesce((SELECT CAST(substr(name, instr(name, '.') + 1) AS INTEGER) FROM example), 0);
SELECT 'advice.example.command', coalesce((SELECT 'sbatch' ||
	CASE WHEN memory = 0 THEN '' WHEN memory % 1073741824 = 0 THEN ' --mem=' || (memory >> 30) || 'G' ELSE ' --mem=' || (memory >> 20) || 'M' END ||
	CASE WHEN cpus = 0 THEN '' ELSE ' --cpus-per-task=' || cpus END ||
	CASE WHEN time = 0 THEN '' ELSE ' --time=' || CASE WHEN time >= 86400 THEN (time / 86400) || '-' ELSE '' END ||
		printf('%02d:%02d:%02d', time / 3600 % 24, time / 60 % 60, time % 60) END FROM example), '');
