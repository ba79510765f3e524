-- SPDX-License-Identifier: Apache-2.0
-- What a list of events says of nodes (doc/model.md, "What became of the nodes' time"): into away, each stretch in which a node was not
-- there once, as planned when one event says so. Needs the tables event and node.
CREATE TABLE told AS
	SELECT node, pool, listed_from, listed_to, CAST(strftime('%s', start) AS INTEGER) AS began,
	       coalesce(CAST(strftime('%s', end) AS INTEGER), 1 << 60) AS ended, state GLOB 'MAINT*' AS planned,
	       state GLOB 'DOWN*' OR state GLOB 'FAIL*' AS broken
	FROM event LEFT JOIN node USING (node) WHERE NOT (state GLOB 'RESERVED*' OR state GLOB '*POWER*');
CREATE TABLE away AS
	WITH inside AS (SELECT node, pool, max(began, first, listed_from) AS first, min(ended, last, listed_to) AS last, planned FROM told, period
		WHERE pool IS NOT NULL AND max(began, first, listed_from) < min(ended, last, listed_to)),
	edge AS (SELECT node, first AS at FROM inside UNION SELECT node, last FROM inside),
	piece AS (SELECT node, at AS first, lead(at) OVER (PARTITION BY node ORDER BY at) AS last FROM edge)
	SELECT pool, CASE WHEN max(planned) THEN 'planned' ELSE 'down' END AS what, piece.first AS first, piece.last AS last
	FROM piece JOIN inside ON inside.node = piece.node AND inside.first <= piece.first AND inside.last >= piece.last GROUP BY piece.node, piece.first;
