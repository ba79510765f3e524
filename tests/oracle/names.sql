-- SPDX-License-Identifier: Apache-2.0
-- Lists of people in words: a, b and c; or the first and how many more, if that is not one.
SELECT list || '.names',
       CASE WHEN people > most + 1 THEN (SELECT group_concat(who, ', ') FROM (SELECT who FROM names AS n WHERE n.list = l.list AND place <= most ORDER BY place))
                                    || ' and ' || (people - most) || ' more'
            WHEN people = 1 THEN (SELECT who FROM names AS n WHERE n.list = l.list)
            ELSE (SELECT group_concat(who, ', ') FROM (SELECT who FROM names AS n WHERE n.list = l.list AND place < people ORDER BY place))
                 || ' and ' || (SELECT who FROM names AS n WHERE n.list = l.list AND place = people) END
FROM (SELECT list, max(most) AS most, count(*) AS people FROM names GROUP BY list) AS l;
