-- SPDX-License-Identifier: Apache-2.0
-- Totals over whole jobs.
SELECT 'jobs.count', count(*) FROM job;
SELECT 'jobs.ran', sum(ran) FROM job;
SELECT 'users.count', count(DISTINCT user) FROM who WHERE user <> '';
SELECT 'cpu.hours', printf('%.6f', sum(elapsed * cpus) / 3600.0) FROM job;
SELECT 'gpu.hours', printf('%.6f', sum(elapsed * gpus) / 3600.0) FROM job;
SELECT 'node.hours', printf('%.6f', sum(elapsed * nodes) / 3600.0) FROM job;
SELECT 'wall.hours', printf('%.6f', sum(elapsed) / 3600.0) FROM job;
SELECT 'wait.submit.hours', printf('%.6f', sum(start - submit) / 3600.0) FROM job WHERE ran;
SELECT 'wait.eligible.hours',
       printf('%.6f', sum(start - CASE WHEN eligible < 0 THEN submit ELSE eligible END) / 3600.0) FROM job WHERE ran;
SELECT 'cpu.used.hours', iif(total(elapsed * cpus) > 0, printf('%.6f', sum(used_ms) / 3600000.0), 'null') FROM job WHERE used_ms >= 0;
WITH by_user AS (SELECT user, sum(elapsed * cpus) AS held FROM job GROUP BY user)
SELECT 'top10.share', printf('%.6f', 1.0 * (SELECT sum(held) FROM (SELECT held FROM by_user WHERE user <> '' ORDER BY held DESC LIMIT 10))
                                         / (SELECT sum(held) FROM by_user));
