-- SPDX-License-Identifier: Apache-2.0
-- Node-hours inside the window, class by class; they sum to ledger.hours.
CREATE TEMP TABLE sums AS
	SELECT sum(held) AS held, sum(useful) AS useful, sum(memory) AS memory, sum(cpu) AS cpu, sum(both) AS both, sum(gpu) AS gpu,
	       sum(failed) AS failed, sum(unfinished) AS unfinished, sum(unmeasured) AS unmeasured,
	       sum(whole_node) AS whole_node FROM ledger;
SELECT 'ledger.hours', printf('%.6f', held / 3600e6) FROM sums;
SELECT 'ledger.useful.hours', printf('%.6f', useful / 3600e6) FROM sums;
SELECT 'ledger.memory.hours', printf('%.6f', memory / 3600e6) FROM sums;
SELECT 'ledger.cpu.hours', printf('%.6f', cpu / 3600e6) FROM sums;
SELECT 'ledger.both.hours', printf('%.6f', both / 3600e6) FROM sums;
SELECT 'ledger.gpu.hours', printf('%.6f', gpu / 3600e6) FROM sums;
SELECT 'ledger.failed.hours', printf('%.6f', failed / 3600e6) FROM sums;
SELECT 'ledger.unfinished.hours', printf('%.6f', unfinished / 3600e6) FROM sums;
SELECT 'ledger.unmeasured.hours', printf('%.6f', unmeasured / 3600e6) FROM sums;
