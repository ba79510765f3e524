-- SPDX-License-Identifier: Apache-2.0
-- A small random list of events, as sacctmgr prints them, of the nodes of export-nodes.txt and of some that are not listed: all states, some
-- that last to this day, many that overlap.
.separator |
SELECT 'Cluster', 'NodeName', 'TimeStart', 'TimeEnd', 'Duration', 'State', 'Reason';
WITH RECURSIVE chance(i, s) AS (SELECT 1, 42 * 16807 UNION ALL SELECT i + 1, s * 16807 % 2147483647 FROM chance WHERE i < 150),
event AS (SELECT i, substr('cnbmgpcncn', 1 + 2 * (s % 5), 2) || printf('%02d', 1 + s / 5 % 5) AS node, 1704067200 + s / 3 % (200 * 86400) AS start, s / 17 % 500000 AS length FROM chance)
SELECT 'c', node, strftime('%Y-%m-%dT%H:%M:%S', start, 'unixepoch'),
       CASE WHEN i % 50 = 0 THEN 'Unknown' ELSE strftime('%Y-%m-%dT%H:%M:%S', start + length, 'unixepoch') END, '',
       CASE i % 7 WHEN 0 THEN 'DOWN' WHEN 1 THEN 'DRAIN' WHEN 2 THEN 'MAINT' WHEN 3 THEN 'FAIL' WHEN 4 THEN 'RESERVED' WHEN 5 THEN 'IDLE+POWERED_DOWN'
                  ELSE 'DOWN*' END, '' FROM event;
