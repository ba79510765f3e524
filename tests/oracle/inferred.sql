-- SPDX-License-Identifier: Apache-2.0
-- Without an inventory: nothing is known of nodes owned, and what users return is the saving. Needs kinds.sql.
SELECT id, printf('%.6f', value) FROM sized WHERE id GLOB 'pool.*.returned.*';
CREATE TEMP VIEW back AS
	SELECT scenario, sum(value * rate) AS worth FROM scenarios, price JOIN sized ON id = 'pool.' || pool || '.returned.' || scenario GROUP BY scenario;
SELECT 'saving.returned.' || scenario, printf('%.6f', worth) FROM back;
SELECT 'saving.total.' || scenario, printf('%.6f', worth) FROM back;
SELECT 'utilization.is_bound', 1;
CREATE TEMP VIEW total AS SELECT worth AS total FROM back WHERE scenario = 'expected';
SELECT 'demand.clipped.hours', 0;
SELECT 'saving.is_least', 0;
SELECT 'clusters.several', 0;
SELECT 'nodes.kinds', 0;
SELECT 'nodes.unused', 0;
SELECT 'events.count', 0;
SELECT 'events.unlisted', 0;
SELECT 'events.jobs', 0;
-- What cannot be told is neither a gain nor none.
SELECT 'own_or_rent.gain', 0;
SELECT 'own_or_rent.nothing', 0;
SELECT 'stranded.gain', 0;
SELECT 'stranded.nothing', 0;
SELECT 'has.capacity', 0;
SELECT 'has.dollars', 0;
SELECT 'has.inventory', 0;
SELECT 'capacity.lacks_jobs', 0;
SELECT 'has.saving', total > 0.5 AND (SELECT memory + cpu + both + gpu + whole_node > 0.01 * held FROM sums) FROM total;
SELECT 'saving.people.expected', iif(known, printf('%.6f', total), 'null') FROM total, judging;
SELECT 'payback.people.dear', iif(known, people > total, 'null') FROM total, effort, judging;
SELECT 'has.freed', total > 0.5 FROM total;
SELECT 'has.returned', total > 0.5 FROM total;
