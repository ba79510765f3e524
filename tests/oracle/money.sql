-- SPDX-License-Identifier: Apache-2.0
-- What is owned, own or rent, the saving. Needs kinds.sql and statements.sql.
SELECT dot || 'nodes', nodes FROM plain;
SELECT dot || 'cost', printf('%.6f', nodes * year) FROM plain;
SELECT 'capacity.nodes', sum(nodes) FROM price;
SELECT dot || 'nodes_mean', printf('%.6f', mean) FROM plain WHERE (SELECT max(before <> nodes) FROM price);
SELECT 'capacity.cpus', printf('%.6f', sum(mean * cpus)) FROM price;
SELECT 'capacity.gpus', printf('%.6f', sum(mean * gpus)) FROM price;
SELECT 'cost.total', printf('%.6f', sum(nodes * year)) FROM price;
CREATE TEMP VIEW used AS SELECT held * 1.0 / (last - first) / (SELECT sum(mean * cpus) FROM price) AS share FROM inside, period;
CREATE TEMP VIEW sides AS SELECT 'jobs' AS side UNION SELECT 'hours';
SELECT 'utilization', printf('%.6f', share) FROM used;
SELECT 'throughput.utilization.' || side, printf('%.6f', share) FROM used, sides;
SELECT 'throughput.utilization.' || side || '.says', CASE WHEN share < 0.3 THEN 'yes' ELSE 'no' END FROM used, sides;
SELECT 'utilization.is_bound', 0;

-- Pool by pool, as sizing.awk found them.
SELECT id, printf('%.6f', value) FROM sized WHERE id GLOB 'pool.*.keep*' OR id GLOB 'pool.*.burst*.*' OR id GLOB 'pool.*.returned.*' OR id GLOB 'pool.*.less.*';
SELECT 'demand.clipped.hours', printf('%.6f', sum(value)) FROM sized WHERE id GLOB 'pool.*.clipped';
SELECT 'saving.is_least', total(nodes * year * (value * 3600 > 0.05 * (last - first))) * (memory + cpu + both + gpu + whole_node) / held > 0.1 * total(nodes * year)
	FROM price JOIN sized ON id = 'pool.' || pool || '.clipped', period, sums;
SELECT 'clusters.several', 0;
SELECT 'nodes.kinds', count(*) FROM price WHERE nodes > 0;
SELECT 'nodes.unused', total(nodes) FROM price JOIN sized ON id = 'pool.' || pool || '.peak' WHERE value = 0;

CREATE TEMP VIEW parts AS
	SELECT scenario, price.*,
	       (SELECT value FROM sized WHERE id = 'pool.' || pool || '.keep.' || scenario) AS keep,
	       (SELECT value FROM sized WHERE id = 'pool.' || pool || '.keep_users.' || scenario) AS keep_users,
	       (SELECT value FROM sized WHERE id = 'pool.' || pool || '.burst.' || scenario) AS burst,
	       (SELECT value FROM sized WHERE id = 'pool.' || pool || '.burst_users.' || scenario) AS burst_users,
	       (SELECT value FROM sized WHERE id = 'pool.' || pool || '.returned.' || scenario) AS returned,
	       (SELECT value FROM sized WHERE id = 'pool.' || pool || '.now.keep_users.' || scenario) AS now_keep_users,
	       (SELECT value FROM sized WHERE id = 'pool.' || pool || '.now.burst_users.' || scenario) AS now_burst_users
	FROM scenarios, price;
CREATE TEMP TABLE saving AS
	SELECT scenario, sum((nodes - keep) * year - rent * burst) AS infrastructure,
	       sum((keep - keep_users) * year + rent * (burst - burst_users)) AS users, sum(returned * rate) AS returned,
	       sum((nodes - keep_users) * capital) AS purchase, sum((nodes - keep_users) * cash - rent * burst_users) AS running,
	       sum((nodes - now_keep_users) * cash - rent * now_burst_users) AS now
	FROM parts GROUP BY scenario;
SELECT 'saving.infrastructure.' || scenario, printf('%.6f', infrastructure) FROM saving;
SELECT 'saving.users.' || scenario, iif(known, printf('%.6f', users), 'null') FROM saving, judging;
SELECT 'saving.returned.' || scenario, iif(known, printf('%.6f', returned), 'null') FROM saving, judging;
SELECT 'saving.total.' || scenario, printf('%.6f', infrastructure + known * (users + returned)) FROM saving, judging;
SELECT 'saving.purchase.' || scenario, printf('%.6f', purchase) FROM saving;
SELECT 'saving.running.' || scenario, printf('%.6f', running) FROM saving;
SELECT 'saving.now.' || scenario, printf('%.6f', now) FROM saving;

CREATE TEMP VIEW level AS SELECT 'p50' AS level UNION SELECT 'p75' UNION SELECT 'p80' UNION SELECT 'p85' UNION SELECT 'p90' UNION SELECT 'p95'
	UNION SELECT 'p99';
CREATE TEMP VIEW choice AS
	SELECT level, price.*, (SELECT value FROM sized WHERE id = 'pool.' || pool || '.own.' || level || '.nodes') AS own,
	       (SELECT value FROM sized WHERE id = 'pool.' || pool || '.own.' || level || '.burst') AS burst
	FROM level, price;
SELECT 'pool.' || pool || '.' || level || '.nodes', CAST(own AS INTEGER) FROM choice;
SELECT 'pool.' || pool || '.' || level || '.burst', printf('%.6f', burst) FROM choice;
SELECT 'own.' || level || '.nodes', CAST(sum(own) AS INTEGER) FROM choice GROUP BY level;
SELECT 'own.' || level || '.burst', printf('%.6f', sum(burst)) FROM choice GROUP BY level;
SELECT 'own.' || level || '.cost', printf('%.6f', sum(own * year + burst * rent)) FROM choice GROUP BY level;
SELECT 'own.p85.saving', printf('%.6f', sum((nodes - own) * year - burst * rent)) FROM choice WHERE level = 'p85';
SELECT 'own.p85.better', sum((nodes - own) * year - burst * rent) > 0 FROM choice WHERE level = 'p85';
SELECT 'own_or_rent.gain', infrastructure > 0.01 * (SELECT sum(nodes * year) FROM price) FROM saving WHERE scenario = 'expected';
CREATE TEMP VIEW expected AS SELECT * FROM parts WHERE scenario = 'expected';
SELECT 'own.need', printf('%.6f', sum(value)) FROM sized WHERE id GLOB 'pool.*.need';
SELECT 'own.keep.gpus', printf('%.6f', sum(keep * gpus)) FROM expected;
SELECT 'own.keep', CAST(sum(keep) AS INTEGER) FROM expected;
SELECT 'own.keep.cpus', CAST(sum(keep * price.cpus) AS INTEGER) FROM expected JOIN price USING (pool);
SELECT 'own.keep_users', CAST(sum(keep_users) AS INTEGER) FROM expected;
SELECT 'own.fewer', CAST(sum(nodes - keep) AS INTEGER) FROM expected;
SELECT 'own.fewer_users', CAST(sum(nodes - keep_users) AS INTEGER) FROM expected;
SELECT 'own.burst', printf('%.6f', sum(burst)) FROM expected;
SELECT 'own.burst.share', printf('%.6f', sum(burst) / (SELECT sum(value) FROM sized WHERE id GLOB 'pool.*.need')) FROM expected;
SELECT 'own.rent', printf('%.6f', sum(burst * rent)) FROM expected;
SELECT 'own.burst_users', printf('%.6f', sum(burst_users)) FROM expected;
SELECT 'own.rent_users', printf('%.6f', sum(burst_users * rent)) FROM expected;
SELECT 'own.trial', sum(burst_users * rent) > 0.01 * (SELECT sum(nodes * year) FROM price) FROM expected;
SELECT 'own.cost', printf('%.6f', sum(keep * year + burst * rent)) FROM expected;
-- How often, how long and how deep the need exceeds the nodes best to own; what could run elsewhere is in statements.sql.
SELECT 'own.bursts', printf('%.6f', sum(value)) FROM sized WHERE id GLOB 'pool.*.crests';
SELECT 'own.bursts.longest', CAST(max(value) AS INTEGER) FROM sized WHERE id GLOB 'pool.*.crests.longest';
SELECT id, CAST(value AS INTEGER) FROM sized WHERE id GLOB 'pool.*.most';
SELECT 'own.bursts.deepest', CAST(max(value) AS INTEGER) FROM sized WHERE id GLOB 'pool.*.crests.deepest';
SELECT 'own.bursts.time', printf('%.6f', max(value)) FROM sized WHERE id GLOB 'pool.*.crests.time';
CREATE TEMP VIEW borne AS SELECT sum(value) AS light, (SELECT sum(burst) FROM expected) AS burst FROM sized WHERE id GLOB 'pool.*.crests.light';
SELECT 'own.burst.light', printf('%.6f', light) FROM borne;
SELECT 'own.burst.fit', printf('%.6f', light / burst) FROM borne WHERE burst > 0;
SELECT 'own.burst.unfit', printf('%.6f', 1 - light / burst) FROM borne WHERE burst > 0;

CREATE TEMP VIEW total AS SELECT infrastructure + users + returned AS total FROM saving WHERE scenario = 'expected';
SELECT 'cost.to_pay', printf('%.6f', (SELECT sum(nodes * year) FROM price) - infrastructure - users) FROM saving WHERE scenario = 'expected';
SELECT 'cost.proposed', printf('%.6f', (SELECT sum(nodes * year) FROM price) - total) FROM total;
CREATE TEMP VIEW energy AS
	SELECT sum(nodes * watts) * 8760 * pue / 1e6 AS total, sum((nodes - keep_users) * watts) * 8760 * pue / 1e6 AS saved, carbon
	FROM expected, (SELECT expected AS pue FROM assumed WHERE key = 'pue'), (SELECT expected AS carbon FROM assumed WHERE key = 'grid_carbon');
SELECT 'energy.total', printf('%.6f', total) FROM energy;
SELECT 'energy.saved', printf('%.6f', saved) FROM energy;
SELECT 'carbon.total', printf('%.6f', total * carbon) FROM energy WHERE carbon > 0;
SELECT 'carbon.saved', printf('%.6f', saved * carbon) FROM energy WHERE carbon > 0;
SELECT 'own_or_rent.nothing', infrastructure <= 0.01 * (SELECT sum(nodes * year) FROM price) FROM saving WHERE scenario = 'expected';

-- With one price moved alone.
SELECT 'sensitivity.' || key || '.low', printf('%.6f', at_low) FROM all_moved;
SELECT 'sensitivity.' || key || '.high', printf('%.6f', at_high) FROM all_moved;
-- Where plans change, which of two that cost the same is taken is a matter of the last digits.
SELECT 'breakeven.' || key, even, 1e-6 * even FROM moved WHERE even <> '';
SELECT 'breakeven.' || key, 'null' FROM moved WHERE even = '';
SELECT 'sensitivity.top.by', printf('%.6f', max(abs(at_high - at_low))) FROM moved;
SELECT 'assumption.' || key || '.low', low FROM moved;
SELECT 'assumption.' || key || '.high', high FROM moved;
SELECT 'has.capacity', 1;
SELECT 'has.dollars', 0;
SELECT 'has.inventory', 1;
SELECT 'capacity.lacks_jobs', 0;
SELECT 'has.saving', total > 0.01 * (SELECT sum(nodes * year) FROM price) FROM total;
SELECT 'saving.people.expected', iif(known, printf('%.6f', users + returned), 'null') FROM saving, judging WHERE scenario = 'expected';
SELECT 'payback.people.dear', iif(known, people > saving.users + returned, 'null') FROM saving, effort, judging WHERE scenario = 'expected';
SELECT 'has.freed', users + returned > 0.5 FROM saving WHERE scenario = 'expected';
SELECT 'has.returned', returned > 0.5 FROM saving WHERE scenario = 'expected';
