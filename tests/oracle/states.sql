-- SPDX-License-Identifier: Apache-2.0
SELECT CASE WHEN instr(state, ' ') THEN substr(state, 1, instr(state, ' ') - 1) ELSE state END AS name, count(*) AS jobs, printf('%.6f', sum(elapsed * cpus) / 3600.0) AS cpu_hours,
       printf('%.6f', sum(elapsed * gpus) / 3600.0) AS gpu_hours,
       printf('%.6f', sum(elapsed * nodes) / 3600.0) AS node_hours
FROM job GROUP BY 1 ORDER BY 1;
