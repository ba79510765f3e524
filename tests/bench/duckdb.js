// SPDX-License-Identifier: Apache-2.0
// duckdb.js all|sums THREADS EXPORT TIMES ANSWERS: DuckDB answers what counts.c asks of an export without steps: the sums of
// users and demand by minute, and with "all" also what is asked by account, group, partition, state, day and class of
// nodes. Appends to TIMES what the queries took, as measure does; the start of the program does not count.
'use strict';
const fs = require('fs');
const { DuckDBInstance } = require('@duckdb/node-api');

const [what, threads, file, times, answers] = process.argv.slice(2);
const all = what === 'all';

const columns = `{'JobIDRaw': 'VARCHAR', 'JobID': 'VARCHAR', 'Cluster': 'VARCHAR', 'User': 'VARCHAR', 'Account': 'VARCHAR',
	'Group': 'VARCHAR', 'Partition': 'VARCHAR', 'QOS': 'VARCHAR', 'State': 'VARCHAR', 'Submit': 'TIMESTAMP',
	'Eligible': 'TIMESTAMP', 'Start': 'TIMESTAMP', 'End': 'TIMESTAMP', 'ElapsedRaw': 'BIGINT', 'TimelimitRaw': 'VARCHAR',
	'ReqCPUS': 'BIGINT', 'AllocCPUS': 'BIGINT', 'ReqMem': 'VARCHAR', 'NNodes': 'BIGINT', 'NodeList': 'VARCHAR',
	'ReqTRES': 'VARCHAR', 'AllocTRES': 'VARCHAR', 'TotalCPU': 'VARCHAR', 'MaxRSS': 'VARCHAR', 'NTasks': 'VARCHAR',
	'TRESUsageInTot': 'VARCHAR', 'TRESUsageInAve': 'VARCHAR'}`;

const seconds = name => `epoch_us("${name}") // 1000000`;

// D-HH:MM:SS, HH:MM:SS or MM:SS.mmm
const used = `CASE WHEN contains(TotalCPU, '.')
	THEN (TotalCPU[1:2]::BIGINT * 60 + TotalCPU[4:5]::BIGINT) * 1000 + TotalCPU[7:9]::BIGINT
	ELSE (CASE WHEN contains(TotalCPU, '-') THEN split_part(TotalCPU, '-', 1)::BIGINT * 86400 ELSE 0 END +
		right(TotalCPU, 8)[1:2]::BIGINT * 3600 + right(TotalCPU, 5)[1:2]::BIGINT * 60 + right(TotalCPU, 2)::BIGINT) * 1000
	END`;

const load = `CREATE TEMP TABLE jobs AS SELECT "User", ${seconds('Start')} AS start, ${seconds('End')} AS ended,
	ElapsedRaw AS elapsed, AllocCPUS AS cpus, NNodes AS nodes, NodeList <> 'None assigned' AS ran,
	CASE WHEN contains(AllocTRES, 'gres/gpu=') THEN regexp_extract(AllocTRES, 'gres/gpu=([0-9]+)', 1)::BIGINT ELSE 0 END AS gpus
	${all ? `, Account, "Group", "Partition", split_part(State, ' ', 1) AS State, MaxRSS, ${seconds('Submit')} AS submit,
	${seconds('Eligible')} AS eligible, regexp_extract(NodeList, '^[a-z]+') AS class, ${used} AS used` : ''}
	FROM read_csv('${file}', delim = '|', header = true, quote = '', escape = '', auto_detect = false, columns = ${columns})`;

const held = `count(*), sum(CASE WHEN ran THEN cpus * elapsed ELSE 0 END), sum(CASE WHEN ran THEN gpus * elapsed ELSE 0 END),
	sum(CASE WHEN ran THEN nodes * elapsed ELSE 0 END)`;
const more = `sum(CASE WHEN ran THEN start - submit ELSE 0 END), sum(CASE WHEN ran THEN start - eligible ELSE 0 END), sum(used)`;

const demand = `WITH runs AS (SELECT start, start + elapsed AS ends, cpus FROM jobs WHERE ran AND elapsed > 0),
	changes AS (SELECT start // 60 AS minute, cpus * (60 - start % 60) AS amount FROM runs
		UNION ALL SELECT start // 60 + 1, cpus * (start % 60) FROM runs
		UNION ALL SELECT ends // 60, -cpus * (60 - ends % 60) FROM runs
		UNION ALL SELECT ends // 60 + 1, -cpus * (ends % 60) FROM runs),
	minutes AS (SELECT minute, sum(amount) AS amount FROM changes GROUP BY minute),
	levels AS (SELECT minute, lead(minute) OVER (ORDER BY minute) AS next, sum(amount) OVER (ORDER BY minute) AS level FROM minutes),
	window_ AS (SELECT min(ended) // 60 AS first, (max(ended) + 59) // 60 AS last FROM jobs)
	SELECT max(level) / 60, sum(level * (least(next, last) - greatest(minute, first))) / 60 / any_value(last - first)
	FROM levels, window_ WHERE next > first AND minute < last`;

async function main() {
	const connection = await (await DuckDBInstance.create(':memory:')).connect();
	const rows = async sql => (await connection.runAndReadAll(sql)).getRows();
	await connection.run(`SET threads = ${Number(threads)}`);

	const begun = process.hrtime.bigint(), before = process.cpuUsage();
	await connection.run(load);
	const users = await rows(`SELECT "User", ${all ? `${held}, ${more}, max(MaxRSS)` : held} FROM jobs GROUP BY "User"`);
	const more_lines = [];
	const tell = (what, found, columns) => found.forEach(row => more_lines.push([what, ...row.slice(...columns)].join(' ')));
	if (all) {
		for (const by of ['Account', 'Group', 'Partition'])
			tell('~' + by, await rows(`SELECT "${by}", ${held}, ${more} FROM jobs GROUP BY "${by}"`), [0, 5]);
		tell('~State', await rows(`SELECT State, ${held}, ${more} FROM jobs GROUP BY State`), [1, 5]);
		tell('~class', await rows(`SELECT class, ${held}, ${more} FROM jobs WHERE ran GROUP BY class`), [1, 5]);
		tell('~day', await rows(`SELECT ended // 86400, ${held} FROM jobs GROUP BY ended // 86400`), [0, 3]);
		tell('~wait', await rows('SELECT floor(log2(1 + start - eligible))::INT, count(*) FROM jobs WHERE ran GROUP BY 1'), [0, 2]);
		await rows('SELECT class, max(gpus), max(cpus // nodes) FROM jobs WHERE ran GROUP BY class');
	}
	const [[peak, mean]] = await rows(demand);
	const used = process.cpuUsage(before);
	fs.appendFileSync(times, `${(process.hrtime.bigint() - begun) / 1000n} ${used.user} ${used.system} ${process.resourceUsage().maxRSS}\n`);

	const lines = users.map(row => row.slice(0, 5).join(' ')).concat(more_lines);
	lines.push(`~demand ${Number(peak).toFixed(6)} ${Number(mean).toFixed(6)}`);
	fs.writeFileSync(answers, lines.join('\n') + '\n');
}

main().catch(error => {
	console.error(error.message);
	process.exit(1);
});
