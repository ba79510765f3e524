-- SPDX-License-Identifier: Apache-2.0
-- Without an inventory: nothing is known of nodes owned, and what users return is the saving. Needs kinds.sql.
SELECT id, printf('%.6f', value) FROM sized WHERE id GLOB 'pool.*.returned.*';
CREATE TEMP VIEW back AS
	SELECT scenario, sum(value * rate) AS worth FROM scenarios, price JOIN sized ON id = 'pool.' || pool || '.returned.' || scenario GROUP BY scenario;
SELECT 'saving.returned.' || scenario, printf('%.6f', worth) FROM back;
SELECT 'saving.total.' || scenario, printf('%.6f', worth) FROM back;
SELECT 'utilization.is_bound', 1;
CREATE TEMP VIEW total AS SELECT worth AS total FROM back WHERE scenario = 'expected';
