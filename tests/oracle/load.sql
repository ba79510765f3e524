-- SPDX-License-Identifier: Apache-2.0
-- What fold.awk and ledger.awk write.
CREATE TABLE job (cluster TEXT, id TEXT, user TEXT, account TEXT, grp TEXT, state TEXT, submit INTEGER, eligible INTEGER,
	start INTEGER, end INTEGER, elapsed INTEGER, cpus INTEGER, memory_kib REAL, gpus INTEGER, nodes INTEGER,
	nodelist TEXT, ran INTEGER, used_ms INTEGER, peak_kib REAL, gpu_util INTEGER, limit_s INTEGER);
CREATE TABLE ledger (id TEXT, user TEXT, account TEXT, grp TEXT, state TEXT, held INTEGER, useful INTEGER,
	memory INTEGER, cpu INTEGER, both INTEGER, gpu INTEGER, failed INTEGER, unfinished INTEGER, unmeasured INTEGER);
