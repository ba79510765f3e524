-- SPDX-License-Identifier: Apache-2.0
SELECT account AS name, printf('%.6f', sum(held) / 3600e6) AS held, printf('%.6f', sum(useful) / 3600e6) AS useful,
       printf('%.6f', sum(memory) / 3600e6) AS memory, printf('%.6f', sum(cpu) / 3600e6) AS cpu,
       printf('%.6f', sum(both) / 3600e6) AS both, printf('%.6f', sum(gpu) / 3600e6) AS gpu,
       printf('%.6f', sum(failed) / 3600e6) AS failed, printf('%.6f', sum(unfinished) / 3600e6) AS unfinished,
       printf('%.6f', sum(unmeasured) / 3600e6) AS unmeasured,
       printf('%.6f', 1.0 * sum(memory + cpu + both + gpu) / sum(held)) AS excess_share
FROM ledger GROUP BY account ORDER BY account;
