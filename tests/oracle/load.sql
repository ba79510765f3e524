-- SPDX-License-Identifier: Apache-2.0
-- What fold.awk, ledger.awk and prices.awk write.
CREATE TABLE any_job (cluster TEXT, id TEXT, user TEXT, account TEXT, grp TEXT, state TEXT, submit INTEGER, eligible INTEGER,
	start INTEGER, end INTEGER, elapsed INTEGER, cpus INTEGER, memory_kib REAL, gpus INTEGER, nodes INTEGER,
	nodelist TEXT, ran INTEGER, used_ms INTEGER, peak_kib REAL, gpu_util INTEGER, limit_s INTEGER,
	all_memory INTEGER, exclusive INTEGER, partition TEXT, task INTEGER);
CREATE TABLE held (job INTEGER, scenario TEXT, pool INTEGER, user TEXT, account TEXT, grp TEXT, state TEXT, first INTEGER,
	last INTEGER, took_all INTEGER, held INTEGER, useful INTEGER, memory INTEGER, cpu INTEGER, both INTEGER, gpu INTEGER,
	failed INTEGER, unfinished INTEGER, unmeasured INTEGER, whole_node INTEGER);
CREATE TABLE price (pool INTEGER, nodes INTEGER, cpus INTEGER, gib REAL, gpus INTEGER, cores INTEGER, purchase REAL, capital REAL,
	watts REAL, cash REAL, year REAL, rate REAL, rent REAL, before INTEGER, mean REAL);
CREATE TABLE assumed (key TEXT, low REAL, expected REAL, high REAL, least REAL, most REAL);
CREATE TABLE period (first INTEGER, last INTEGER, given INTEGER);
-- Those that totals count: of a given period the jobs that ended in it, and those that have not ended, but such as came after it.
CREATE VIEW job AS
	SELECT any_job.rowid AS number, any_job.* FROM any_job, period WHERE NOT given OR (end < 0 AND iif(start >= 0, start, submit) < last) OR (end >= first AND end < last);
CREATE TABLE sized (id TEXT, value REAL); -- what sizing.awk writes
CREATE TABLE full (hour INTEGER);
CREATE TABLE event (node TEXT, start TEXT, end TEXT, state TEXT);
CREATE TABLE sat (job INTEGER, node TEXT, first INTEGER, last INTEGER); -- which nodes a job held, and when
CREATE TABLE least (job INTEGER PRIMARY KEY, cpus INTEGER); -- a core on each of its nodes
CREATE TABLE node (node TEXT, pool INTEGER, listed_from INTEGER, listed_to INTEGER);
CREATE TABLE all_moved (key TEXT, low REAL, at_low REAL, high REAL, at_high REAL, even TEXT); -- what moved.awk writes
CREATE VIEW moved AS SELECT * FROM all_moved WHERE key <> 'prices'; -- one price at a time
CREATE TABLE stranded (pool INTEGER, cpus REAL, memory REAL); -- micro-node-seconds left beside the other
