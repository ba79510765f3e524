-- SPDX-License-Identifier: Apache-2.0
-- Node-hours inside the window, class by class; they sum to ledger.hours.
SELECT 'ledger.hours', printf('%.6f', sum(held) / 3600e6) FROM ledger;
SELECT 'ledger.useful.hours', printf('%.6f', sum(useful) / 3600e6) FROM ledger;
SELECT 'ledger.memory.hours', printf('%.6f', sum(memory) / 3600e6) FROM ledger;
SELECT 'ledger.cpu.hours', printf('%.6f', sum(cpu) / 3600e6) FROM ledger;
SELECT 'ledger.both.hours', printf('%.6f', sum(both) / 3600e6) FROM ledger;
SELECT 'ledger.gpu.hours', printf('%.6f', sum(gpu) / 3600e6) FROM ledger;
SELECT 'ledger.failed.hours', printf('%.6f', sum(failed) / 3600e6) FROM ledger;
SELECT 'ledger.unfinished.hours', printf('%.6f', sum(unfinished) / 3600e6) FROM ledger;
SELECT 'ledger.unmeasured.hours', printf('%.6f', sum(unmeasured) / 3600e6) FROM ledger;
