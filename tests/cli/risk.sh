#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# How easily people could be found, computed again by SQLite from the shareable file of a random log.
. "$(dirname "$0")/begin.sh"
command -v sqlite3 > /dev/null || { echo "skipped: sqlite3 is not installed"; exit 77; }

# Forty people in twelve groups of any size, a year of jobs, starts to the day so that some are alike.
awk 'BEGIN {
	srand(7)
	print "JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NNodes|NodeList|AllocTRES"
	for (i = 1; i <= 3000; i++) {
		user = int(40 * rand() * rand())
		account = rand() < 0.9 ? int(user * user / 140) : int(12 * rand())
		month = int(rand() * 12) + 1
		day = int(rand() * 28) + 1
		start = sprintf("2025-%02d-%02dT00:00:00", month, day)
		cpus = int(rand() * 64) + 1
		gpu = user % 4 == 0 && rand() < 0.3 ? ",gres/gpu=1" : ""
		printf "%d|ann%d|lab%d|COMPLETED|%s|%s|2025-%02d-%02dT02:00:00|7200|%d|1|cn01|cpu=%d,mem=4G,node=1%s\n",
			i, user, account, start, start, month, day, cpus, cpus, gpu
	}
}' > jobs.psv
"$RECLAIM" run jobs.psv -m map -o report 2> err || fail "reclaim run: $(cat err)"
sed 1d report.psv > rows

cat > wanted.sql <<'END'
CREATE TABLE job (id, user, account, state, submit, start, end, elapsed INTEGER, cpus INTEGER, nodes, list, tres);
.separator |
.import rows job
CREATE VIEW seen AS SELECT *, substr(start, 1, 7) AS month, tres LIKE '%gres/gpu%' AS gpu, cpus * elapsed AS held FROM job;
CREATE VIEW size AS SELECT account, count(DISTINCT user) AS users, count(*) AS jobs, sum(held) AS held FROM seen GROUP BY 1;
CREATE VIEW cell AS SELECT account, month, gpu, count(DISTINCT user) AS users FROM seen GROUP BY 1, 2, 3;
CREATE VIEW accounts AS SELECT user, group_concat(account) AS set_of FROM
	(SELECT DISTINCT user, account FROM seen ORDER BY 1, 2) GROUP BY 1;
CREATE VIEW months AS SELECT user, group_concat(month) AS set_of FROM
	(SELECT DISTINCT user, month FROM seen ORDER BY 1, 2) GROUP BY 1;
CREATE VIEW habit AS SELECT user, accounts.set_of || ';' || months.set_of || ';' || gpus.gpu AS look
	FROM accounts JOIN months USING (user) JOIN (SELECT user, max(gpu) AS gpu FROM seen GROUP BY 1) AS gpus USING (user);
SELECT 'risk.users', count(DISTINCT user) FROM seen;
SELECT 'risk.groups', count(*) FROM size;
SELECT 'risk.groups.below', count(*) FROM size WHERE users < 5;
SELECT 'risk.groups.below.jobs', (SELECT 1.0 * total(jobs) FROM size WHERE users < 5) / total(jobs) FROM size;
SELECT 'risk.groups.below.hours', (SELECT total(held) FROM size WHERE users < 5) / total(held) FROM size;
SELECT 'risk.groups.dominated', count(*) FROM size WHERE 0.85 * held <=
	(SELECT max(own) FROM (SELECT sum(held) AS own FROM seen WHERE seen.account = size.account GROUP BY user));
SELECT 'risk.cells', count(*) FROM cell;
SELECT 'risk.cells.below', count(*) FROM cell WHERE users < 5;
SELECT 'risk.cells.two', count(*) FROM cell WHERE users = 2;
SELECT 'risk.unique', 1.0 * (SELECT count(*) FROM (SELECT look FROM habit GROUP BY 1 HAVING count(*) = 1)) / count(*) FROM habit;
-- One known job: each person equally likely, then each of their days and accounts.
SELECT 'exact.known.1', avg(own) FROM (SELECT user, avg(people = 1) AS own FROM
	(SELECT DISTINCT user, start, account FROM seen) JOIN
	(SELECT start, account, count(DISTINCT user) AS people FROM seen GROUP BY 1, 2) USING (start, account) GROUP BY 1);
END
sqlite3 :memory: < wanted.sql > wanted
[ "$(wc -l < wanted)" -eq 11 ] || fail "SQLite says: $(cat wanted)"
sh "$tests/figures.sh" report/report.json > figures
awk -F '[|\t]' '
	NR == FNR { found[$1] = $2; next }
	$1 == "exact.known.1" { # drawn, so that it lies near
		if (($2 - found["risk.known.1"]) ^ 2 > 0.05 ^ 2) { print $1, found["risk.known.1"], $2; wrong = 1 }
		next
	}
	(found[$1] - $2) ^ 2 > 1e-8 || found[$1] == "" { print $1, found[$1], "not", $2; wrong = 1 }
	END { exit wrong }' figures wanted > differ || fail "$(cat differ)"

# The draws themselves, with the sequence of numbers that doc/model.md gives: to the last of four decimals.
sed '1s/^JobID|/JobIDRaw|/' report.psv | awk -v rows=/dev/null -v fates=/dev/null -f "$tests/oracle/fold.awk" |
	awk -f "$tests/oracle/risk.awk" > wanted
[ "$(grep -c '^risk\.known' wanted)" -eq 15 ] || fail "the draws: $(cat wanted)"
awk -F '\t' '
	NR == FNR { found[$1] = $2; next }
	/^risk/ && (found[$1] == "" || (found[$1] - $2) ^ 2 > ($3 + 0) ^ 2 + 1e-18) { print $1, found[$1], "not", $2; wrong = 1 }
	END { exit wrong }' figures wanted > differ || fail "$(cat differ)"

# To the second everybody differs; the words say neither more nor less.
awk -F '|' -v OFS='|' 'NR > 1 { sub(/00:00:00/, sprintf("%02d:%02d:%02d", NR / 3600, NR / 60 % 60, NR % 60), $6) } { print }' \
	jobs.psv > exact.psv
"$RECLAIM" anonymize exact.psv -m map -o exact.shared 2> err || fail "reclaim anonymize: $(cat err)"
grep -q 'finds them in 100.0 % of cases, two jobs: 100.0 %' err || fail "to the second: $(cat err)"
! grep -qiE 'anonymous data|cannot be traced|compliant|complete privacy' err exact.shared.manifest.json report/privacy.html ||
	fail "something is promised"

# Where times are cut and durations are not, these are what finds people, and no number here knows them.
! grep -q 'durations stay exact' err || fail "to the second: $(cat err)"
"$RECLAIM" anonymize exact.psv --times day -m map -o day.shared 2> err || fail "reclaim anonymize: $(cat err)"
grep -q 'durations stay exact' err || fail "--times day: $(cat err)"
"$RECLAIM" anonymize exact.psv --profile share -m share.map -o day.shared 2> err || fail "reclaim anonymize: $(cat err)"
! grep -q 'durations stay exact' err || fail "--profile share: $(cat err)"

# Without the manifest nothing is known.
cp report.psv bare.psv
"$RECLAIM" report bare.psv --only site -o bare 2> err || fail "reclaim report: $(cat err)"
grep -q 'It was not measured' bare/privacy.html || fail "the page without a manifest says something else"

# Of several files each has its own; one that has none says so.
head -n 12 jobs.psv | awk 'BEGIN { FS = OFS = "|" } NR > 1 { $3 = "lab" NR % 6 } { print }' > few.psv
"$RECLAIM" anonymize few.psv -m map -o few.shared 2> err || fail "reclaim anonymize: $(cat err)"
# Of small groups, which a report hides, it says how many there are and not what they did.
for kind in shared --internal; do
	"$RECLAIM" report few.shared --only site $([ $kind = shared ] || echo $kind) -o few$kind 2> err || fail "reclaim report: $(cat err)"
	sh "$tests/figures.sh" few$kind/report.json | grep '^risk.groups.below' | cut -f 1,2 > small$kind
done
grep -qx 'risk.groups.below	[1-9]' smallshared && [ "$(grep -c 'below[.].*	null$' smallshared)" -eq 2 ] && ! grep -q 'they ran' fewshared/privacy.html ||
	fail "of small groups a report says: $(cat smallshared)"
grep -q 'below.hours	1$' small--internal && grep -q 'they ran' few--internal/privacy.html || fail "an internal report says: $(cat small--internal)"
"$RECLAIM" report report.psv few.shared --only site -o several 2> err || fail "reclaim report: $(cat err)"
[ "$(sed 1d several/tables/risks.csv | wc -l)" -eq 2 ] || fail "the files' own risks: $(cat several/tables/risks.csv)"
cut -d , -f 2 several/tables/risks.csv | tr '\n' ' ' | grep -qE '^users [0-9]+ [0-9]+ $' || fail "$(cat several/tables/risks.csv)"
for page in privacy approval; do
	sed 's/<[^>]*>//g' several/$page.html | grep -q 'measured on each of' || fail "$page.html does not say how it was measured"
done
sed '$d' report.psv > bare.psv
"$RECLAIM" report report.psv bare.psv --only site -o half 2> err || fail "reclaim report: $(cat err)"
grep -q "^[12]: [0-9a-f]*,,,,,$" half/tables/risks.csv && grep -q 'not known' half/privacy.html || fail "a file without a manifest: $(cat half/tables/risks.csv)"
"$RECLAIM" report bare.psv few.psv.none -o none 2> err && fail 'a file that is not there'
cp few.shared few.bare
"$RECLAIM" report bare.psv few.bare --only site -o none 2> err || fail "reclaim report: $(cat err)"
grep -q 'It was not measured' none/privacy.html || fail 'without manifests it is not said that nothing was measured'

# No job counts twice: the second of two exports has both jobs of a small group again, which are two of eleven jobs, and not four of thirteen.
awk -v OFS='|' 'BEGIN {
	print "JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NNodes|NodeList"
	for (i = 1; i <= 10; i++)
		print i, i < 3 ? "ann" i : "bob" i % 5, i < 3 ? "small" : "large", "COMPLETED", "2024-01-01T00:00:00", "2024-01-01T00:00:00",
			"2024-01-01T02:00:00", 7200, 1, 1, "cn01"
}' > first.psv
{ sed -n 1,3p first.psv; sed -n '$s/^10/11/p' first.psv; } > second.psv
"$RECLAIM" anonymize first.psv second.psv -m joined.csv -o joined.shared 2> err || fail "reclaim anonymize: $(cat err)"
[ "$(sed 1d joined.shared | wc -l)" -eq 13 ] || fail "what was repeated is not in the file: $(cat joined.shared)"
for share in share_of_jobs_below_minimum share_of_core_hours_below_minimum; do
	sed -n "s/.*\"$share\" : \([0-9.]*\).*/\1/p" joined.shared.manifest.json | awk '{ same = ($1 - 0.1818) ^ 2 < 1e-12 } END { exit !same }' ||
		fail "$share: $(grep $share joined.shared.manifest.json), not 2 of 11"
done
