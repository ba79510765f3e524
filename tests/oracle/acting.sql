-- SPDX-License-Identifier: Apache-2.0
-- What acting costs, once (doc/model.md, "What acting costs"). Who is helped is in one of the first
-- three programmes, and held a node-hour of what that claims in vain; nodes are rented with or without what users give back.
CREATE TABLE helped AS
	SELECT programme, user FROM claim WHERE scenario = 'expected' AND user <> '' AND programme IN ('took_all', 'top_users', 'idle_jobs')
	GROUP BY programme, user HAVING sum(excess * (last - first)) >= 3600e6;
CREATE TABLE acting AS
	SELECT (SELECT count(DISTINCT user) FROM helped) AS users,
	       (SELECT known FROM judging) * (SELECT count(*) FROM training) AS groups,
	       (SELECT total(value) > 0 FROM sized WHERE (id GLOB 'pool.*.burst.expected' OR id GLOB 'pool.*.burst_users.expected') AND id NOT GLOB '*.now.*') AS rents;
CREATE VIEW effort AS
	SELECT users * user_hours + groups * group_hours + rents * rent_hours AS hours, (users * user_hours + groups * group_hours + rents * rent_hours) * staff_hour AS cost,
	       (users * user_hours + groups * group_hours) * staff_hour AS people
	FROM acting, (SELECT expected AS user_hours FROM assumed WHERE key = 'user_hours'), (SELECT expected AS group_hours FROM assumed WHERE key = 'group_hours'),
	     (SELECT expected AS rent_hours FROM assumed WHERE key = 'rent_hours'), (SELECT expected AS staff_hour FROM assumed WHERE key = 'staff_hour');
