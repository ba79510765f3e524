-- SPDX-License-Identifier: Apache-2.0
-- What cells.awk reads, in the order of names: who worked where, in which hours, and in which partitions.
SELECT 'pools', count(*) FROM price;
SELECT 'window', first, last FROM period;
SELECT 'member', account, user, cpu, gpu FROM who ORDER BY account, user;
SELECT 'held', account, user, pool, sum(held * (last - first)) FROM held WHERE scenario = 'expected' AND last > first GROUP BY account, user, pool;
SELECT 'work', account, user, start / 3600, (start + elapsed + 3599) / 3600, cpus > 0, gpus > 0 FROM job WHERE ran AND elapsed > 0;
SELECT 'stay', account, user, partition, sum(cpu) FROM (
	SELECT account, user, partition, elapsed * cpus AS cpu FROM job
	UNION ALL SELECT held.account, held.user, any_job.partition, 0 FROM held JOIN any_job ON any_job.rowid = held.job WHERE held.last > held.first)
	GROUP BY account, user, partition ORDER BY partition, account, user;
SELECT 'lay', held.account, held.user, any_job.partition, pool, sum(held * (held.last - held.first)) FROM held JOIN any_job ON any_job.rowid = held.job
	WHERE scenario = 'expected' AND held.last > held.first GROUP BY held.account, held.user, any_job.partition, pool;
