#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# On what terms `reclaim anonymize` shares: what it explains, profiles, what stands beside the file, and nodes.
# RECLAIM is the program to test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"

# expect STATUS ARGUMENT...: runs it with standard output in the file out and standard error in err.
expect()
{
	wanted=$1
	shift
	status=0
	"$RECLAIM" "$@" > out 2> err || status=$?
	[ "$status" -eq "$wanted" ] || fail "reclaim $*: exit $status, not $wanted: $(cat err)"
}

# --explain says what becomes of each column, and writes nothing.
printf '%s\n' 'JobID|User|UID|Partition|State|Start|End|NodeList|JobName|Spin' \
	'1|ann|7|own|COMPLETED|2024-01-31T10:00:00|2024-01-31T11:00:00|cn01|for ann|up' \
	'2|bob|8|batch|FAILED|2024-01-31T10:00:00|2024-02-01T12:00:00|cn[01-02]||' > jobs.psv
expect 0 anonymize --explain jobs.psv
cat > wanted <<'END'
column     kind              filled  distinct  becomes
JobID      job number        100.0%        2  kept as it is. Joins a job with its steps and with other exports; Slurm’s own number leads whoever may ask the cluster to the user.
User       name              100.0%        2  pseudonym. A person’s login; the pseudonym keeps whose jobs belong together.
UID        number            100.0%        2  dropped. A number as good as the name on any machine of the site.
Partition  word of the site  100.0%        2  kept, or a token. The site’s word for a class of nodes; one of few users is a token.
State      state             100.0%        2  kept without user number. How the job ended, without the user number of "CANCELLED by 1234".
Start      time              100.0%        1  kept. A time: demand by the minute needs it.
End        time              100.0%        2  kept. A time: demand by the minute needs it.
NodeList   nodes             100.0%        2  kept without domain. Says which class of node ran the job; the site’s domain is cut off.
JobName    free text          50.0%        1  dropped. Free text by the user: people, projects and patients are named in it.
Spin       unknown            50.0%        1  dropped. Not on the list of columns that are known to tell nothing of a person.
END
diff wanted out || fail "--explain says something else"
[ "$(find . -type f | wc -l)" -eq 4 ] || fail "--explain wrote a file: $(ls)"
expect 0 anonymize --explain jobs.psv --profile share --keep JobName --drop state
grep -q '^State .* dropped\. Dropped by hand\.$' out || fail "--explain does not know --drop"
grep -q '^JobName .* kept, known names replaced\. ' out || fail "--explain does not know --keep"
grep -q '^NodeList .* dropped\. ' out || fail "--explain does not know --profile share"

# The manifest has the same table, the terms and the warnings; the digests are true.
expect 0 anonymize jobs.psv -m map.csv -o shared.psv --keep JobName,UID
says 'warning: JobName is free text and kept by hand'
says 'warning: UID is kept by hand'
says '1 word of the site became a token (fewer than 5 users have it, or somebody is called so)'
for text in '"column" : "JobName"' '"becomes" : "kept, known names replaced"' '"filled" : 0.5' '"times" : "second"' \
	'"JobName is free text' '"profile" : "research"' '"policy_rows" : 2'; do
	grep -qF -- "$text" shared.psv.manifest.json || fail "the manifest lacks $text"
done
grep -q '|partition_1|' shared.psv || fail "a partition of one user stands as it is"
grep -q '|for user_0001$' shared.psv || fail "a name in free text that was kept stands as it is: $(cat shared.psv)"
sha256sum -c shared.psv.sha256 > out || fail "the digests are wrong: $(cat out)"
[ "$(wc -l < out)" -eq 2 ] || fail "not two digests: $(cat out)"
grep -vxE '[0-9a-f]{64}  shared\.psv(\.manifest\.json)?' shared.psv.sha256 > out && fail "among the digests stand others: $(cat out)"

# Of several words each has its users.
awk 'NR == 1 { print $0 "|QOS" } NR > 1 { print $0 "|own" }' jobs.psv > words.raw
expect 0 anonymize words.raw -m words.csv -o words.psv
says '2 words of the site became tokens (fewer than 5 users have each, or somebody is called so)'

# Whom they are handed to can read all of it.
for file in shared.psv shared.psv.manifest.json shared.psv.sha256; do
	[ "$(stat -c %a $file)" = 644 ] || fail "$file has mode $(stat -c %a $file)"
done

# The private list: what was made of what, for the owner alone; nothing of it beside the output.
[ "$(stat -c %a map.csv.releases.json)" = 600 ] || fail "the private list has mode $(stat -c %a map.csv.releases.json)"
id=$(sed -n '2s/.*"\([0-9a-f]*\)-[0-9a-f]*"$/\1/p' map.csv)
[ ${#id} -eq 32 ] || fail "the mapping has no id: $(sed -n 2p map.csv)"
for text in "$id" "$(sha256sum < jobs.psv | cut -d' ' -f1)" "$(sha256sum < shared.psv | cut -d' ' -f1)" research; do
	grep -qF -- "$text" map.csv.releases.json || fail "the private list lacks $text: $(cat map.csv.releases.json)"
done
! grep -q "$id" shared.psv* || fail "the id of the mapping is shared"
expect 0 anonymize jobs.psv -m map.csv -o again.psv
[ "$(wc -l < map.csv.releases.json)" -eq 2 ] || fail "a second release is not a second line"
chmod 644 map.csv.releases.json
expect 1 anonymize jobs.psv -m map.csv -o open.psv
says 'is open to other users'
[ ! -e open.psv ] || fail "something was published that the private list does not know"
chmod 600 map.csv.releases.json

# The same mapping gives the same tokens; they are revealed like names.
grep -q '|partition_1|' again.psv || fail "another export has another token"
expect 0 reveal partition_1 -m map.csv -r test
grep -qx 'partition_1	partition	own' out || fail "a token is not revealed: $(cat out)"
printf '[partition]\nkeep=own;other\n' > values.conf
expect 0 anonymize jobs.psv -m map.csv -o listed.psv --values values.conf
grep -q '|own|' listed.psv || fail "a listed word is a token"
printf '[people]\nkeep=own\n' > wrong.conf
expect 1 anonymize jobs.psv -m map.csv -o wrong.psv --values wrong.conf
says 'wrong.conf, line 1: [people]: the groups are partition, qos, cluster'
printf '[qos]\nkeep=own\n\nkept=other\n' > wrong.conf
expect 1 anonymize jobs.psv -m map.csv -o wrong.psv --values wrong.conf
says 'wrong.conf, line 4: [qos]: the only key is keep'
printf '[qos]\nkeep=own\nother\n' > wrong.conf
expect 1 anonymize jobs.psv -m map.csv -o wrong.psv --values wrong.conf
says 'wrong.conf, line 3: '
printf '[qos]\nkeep=own;other\n[partition]\nkeep=own,other\n' > wrong.conf
expect 1 anonymize jobs.psv -m map.csv -o wrong.psv --values wrong.conf
says 'wrong.conf, line 4: [partition]: between words stands a semicolon'
expect 0 anonymize jobs.psv -m map.csv -o few.psv --min-users 2
[ ! -e wrong.psv ] || fail "a wrong list went unseen"

# What makes no sense, or cannot be done.
expect 2 anonymize jobs.psv -m map.csv -o x.psv --profile public
expect 2 anonymize jobs.psv -m map.csv -o x.psv --nodes hide
expect 2 anonymize jobs.psv -m map.csv -o x.psv --times week
says '--times is second, minute, hour or day'
expect 2 anonymize jobs.psv -m map.csv -o x.psv --min-users 1
says '--min-users is a number from 2 to 1000; --values lists words'
expect 2 anonymize jobs.psv -m map.csv -o x.psv --min-users 1001
expect 2 anonymize jobs.psv -m map.csv -o x.psv --keep Nothing
says 'is no column that this version'
expect 2 anonymize jobs.psv -m map.csv -o x.psv --drop End
says 'could not be read'
expect 2 anonymize jobs.psv -m map.csv -o x.psv --drop UID --keep UID
status=0
"$RECLAIM" anonymize - -m map.csv -o x.psv --profile share < jobs.psv > out 2> err || status=$?
[ "$status" -eq 2 ] || fail "--profile share of a pipe: exit $status"
says 'take a second reading'
expect 1 anonymize nothere.psv -m map.csv -o x.psv --profile share
says 'nothere.psv: cannot be opened'
expect 2 anonymize jobs.psv -m map.csv -o - -i jobs.psv
[ ! -e x.psv ] || fail "a misuse wrote something"

# share: days, new numbers, no nodes; nothing of the randomness in the manifest.
expect 0 anonymize jobs.psv -m new.csv -o share.psv --profile share
head -n 1 share.psv | grep -qx 'JobID|User|Partition|State|Start|End' || fail "share keeps $(head -n 1 share.psv)"
! sed 1d share.psv | grep -q 'T[0-9:]*[1-9]' || fail "share tells more than the day"
grep -q '"pseudonyms_shuffled" : true' share.psv.manifest.json || fail "the manifest does not say that numbers are shuffled"
# A Unix group of more people than the account tells the small accounts apart, unless it is dropped
# as doc/security.md has it.
printf '%s\n' 'qa1|one|north' 'qa2|one|north' 'qa3|one|north' 'qa4|one|north' \
	'qb1|two|south' 'qb2|two|south' 'qb3|two|south' \
	'qc1|three|south' 'qc2|three|south' 'qc3|three|south' \
	'qc4|three|south' 'qc5|three|south' 'qc5|three|north' |
	awk 'BEGIN { print "JobID|User|Account|Group|State|Start|End" }
		{ print NR "|" $0 "|COMPLETED|2025-03-01T08:00:00|2025-03-01T09:00:00" }' > apart.psv
expect 0 anonymize apart.psv -m apart.csv -o apart.share --profile share
[ "$(grep '|group_OTHER|' apart.share | cut -d '|' -f 3,4 | sort -u | wc -l)" = 2 ] ||
	fail "accounts are not told apart: $(cat apart.share)"
expect 0 anonymize apart.psv -m apart.csv -o apart.share --profile share --drop Partition,QOS,Group
[ "$(cut -d '|' -f 3 apart.share | grep -c group_OTHER)" = 7 ] && ! head -n 1 apart.share | grep -q Group ||
	fail "$(cat apart.share)"
# What was asked for stays as it was typed, and is said to tell people again.
printf '%s\n' 'JobID|User|Account|State|Start|End|TimelimitRaw|ReqCPUS|ReqMem|MaxRSS' \
	'9_4711|ann|physics|COMPLETED|2025-03-01T08:00:00|2025-03-01T09:01:00|61|13|17777M|9999M' > asked.psv
expect 0 anonymize asked.psv -m asked.csv -o asked.share --profile share
grep -qx '1_4711|user_0001|group_OTHER|COMPLETED|2025-03-01T00:00:00|2025-03-01T00:00:00|60|13|17777M|10000M' asked.share ||
	fail "share makes of what was asked for: $(cat asked.share)"
expect 0 report share.psv -o share.report
grep -q 'known again by what they always ask for' share.report/approval.html ||
	fail 'it is not said that requests tell people again'

# What is planted in every column is in no file that is shared, and not among the words.
printf '%s\n' 'JobID|User|UID|Account|Group|Partition|QOS|Cluster|State|Start|End|NodeList|AllocTRES|ReqGRES|JobName|WorkDir|Later' \
	'1|canary|canary|canary1|canary2|canary3|canary4|canary5|FAILED canary|2024-01-31T10:00:00|2024-02-01T11:00:00|cn1.canary.org|gres/gpu:canary=1,license/canary=2,canary=3|gpu:canary:1(canary)|canary|/canary|canary' \
	'2|ann|7|a|g|canary,canary3|canary-x|c|CANCELLED by canary|2024-01-31T10:00:00|2024-02-01T11:00:00|canary[1-2]|cpu=canary|canary|x|y|z' \
	'2.canary||7|a|g||||COMPLETED|2024-01-31T10:00:00|2024-02-01T11:00:00|cn1||||y|z' > canary.psv
printf 'NodeName=canary1 CPUTot=4 RealMemory=4096 Gres=gpu:canary:2 Comment=canary\nNodeName=cn1.canary.org CPUTot=4 RealMemory=4096\n' \
	> canary.nodes
printf 'NODELIST CPUS MEMORY GRES PARTITION REASON\ncanary[1-2] 4 4096 gpu:canary:2 canary canary\ncanary1 4 4096 gpu:canary:2 other none\n' \
	> canary.sinfo
for terms in '--profile research' '--profile share' '--nodes rename' '--nodes drop --shuffle'; do
	rm -rf birds
	mkdir birds
	# shellcheck disable=SC2086
	expect 0 anonymize canary.psv -m birds.csv -o birds/shared.psv -i canary.nodes --max-bad 50 $terms
	! grep -ri canary birds err out || fail "a canary got out ($terms)"
	expect 0 anonymize canary.psv -m birds.csv -o birds/shared.psv -i canary.sinfo --max-bad 50 $terms
	! grep -ri canary birds err out || fail "a canary of sinfo got out ($terms)"
	[ "$(wc -l < birds/shared.psv.nodes.csv)" -eq 3 ] || fail "not two nodes of sinfo"
	grep -q '"misfit" : 1' birds/shared.psv.manifest.json || fail "the manifest does not say why a row was set aside"
done

# What one release hides the next may show, with the same mapping: a partition that the site's list has since then, as the program itself
# advises, and nodes that had new names.
{ echo 'JobID|User|Partition|State|Start|End|NodeList'
	for i in 1 2 3 4 5; do echo "$i|qz$i|wing|COMPLETED|2025-01-0${i}T00:00:00|2025-01-0${i}T01:00:00|cn0$i"; done; } > five
{ cat five; echo '6|qz1|annex|COMPLETED|2025-01-06T00:00:00|2025-01-06T01:00:00|cn01'; } > six
for i in 1 2 3 4 5; do echo "NodeName=cn0$i CPUTot=4 RealMemory=4096"; done > six.nodes
printf '[partition]\nkeep=annex\n' > six.conf
expect 0 anonymize six -m six.csv -o six.psv
says '1 word of the site became a token'
expect 0 anonymize six -m six.csv -o six.psv --values six.conf
cut -d '|' -f 3 six.psv | tail -n 2 | tr '\n' ' ' | grep -qx 'wing annex ' || fail "a word that is on the list became $(cat six.psv)"
expect 0 anonymize six -m six.csv -o six.shared --profile share -i six.nodes
expect 0 run six -m six.csv -o seven --values six.conf -i six.nodes --only data
grep -q '|cn05$' seven.psv || fail "a node is called $(cat seven.psv)"
# A node that the list alone has is known, too, when its name stands elsewhere: here a partition is called so.
echo 'NodeName=wing CPUTot=4 RealMemory=4096' > wing.nodes
expect 5 anonymize five -m five.csv -o five.psv --nodes drop -i wing.nodes
says 'a real name was found in five.psv'
expect 0 anonymize five -m five.csv -o five.psv -i wing.nodes
# Nor is it overlooked where several exports are joined.
sed 1d five | tail -n 2 | sed 's/^/1/; 1i JobID|User|Partition|State|Start|End|NodeList' > more-of-five
expect 5 anonymize five more-of-five -m joined.csv -o joined.psv --nodes drop -i wing.nodes
says 'a real name was found in joined.psv'
[ ! -e joined.psv ] || fail 'what a real name was found in was published'
# The list calls nodes as the file does, also where they were kept or dropped by hand.
expect 0 anonymize six -m six.csv -o by-hand.psv --profile share --keep NodeList -i six.nodes
grep -q '|cn01$' by-hand.psv && grep -q '^cn01,' by-hand.psv.nodes.csv || fail "nodes are called otherwise: $(cat by-hand.psv.nodes.csv)"
grep -q '"nodes" : "keep"' by-hand.psv.manifest.json || fail 'the manifest does not say that nodes were kept'
expect 0 anonymize six -m six.csv -o by-hand.psv --drop NodeList -i six.nodes
! grep -q cn0 by-hand.psv by-hand.psv.nodes.csv || fail 'the list has the names that were dropped'
! grep -q 'no part of this release' err || fail "a list that is new is called old: $(cat err)"
# One of a release of that name, in which nodes were kept, is no part of the next.
expect 0 anonymize six -m six.csv -o by-hand.psv --nodes keep -i six.nodes
expect 0 anonymize six -m six.csv -o by-hand.psv --drop NodeList
says 'by-hand.psv.nodes.csv stood there before, and is no part of this release'
grep -q '"nodes" : "drop"' by-hand.psv.manifest.json || fail 'the manifest does not say that nodes were dropped'

# Renamed nodes: the report has the same figures, and the list has no old name.
gzip -dc "$SAMPLE/sacct-2025.psv.gz" | head -n 20000 > year.psv
expect 0 run year.psv -m one.csv --only data -o kept --inventory "$SAMPLE/nodes.txt" --timezone UTC --max-bad 100
expect 0 run year.psv -m two.csv --only data -o renamed --inventory "$SAMPLE/nodes.txt" --timezone UTC --max-bad 100 --nodes rename
head -n 1 renamed.psv.nodes.csv | grep -qx 'node,cpus,cores,memory_mb,gpus,gpu_type' || fail "the list of nodes has another header"
sha256sum -c renamed.psv.sha256 > out || fail "the digests are wrong: $(cat out)"
[ "$(wc -l < out)" -eq 3 ] || fail "not three digests: $(cat out)"
[ "$(stat -c %a renamed.psv.nodes.csv)" = 644 ] || fail "the list of nodes has mode $(stat -c %a renamed.psv.nodes.csv)"
sed -n 's/^NodeName=\([^ ]*\).*/\1/p' "$SAMPLE/nodes.txt" > nodes
[ "$(wc -l < nodes)" -eq "$(($(wc -l < renamed.psv.nodes.csv) - 1))" ] || fail "the list has not all nodes"
! cut -d, -f1 renamed.psv.nodes.csv | grep -qxFf nodes || fail "an old name of a node stands in the list"
! grep -qwFf nodes renamed.psv || fail "an old name of a node stands in the export"
for report in kept renamed; do
	sh "$tests/figures.sh" $report/report.json | grep -vE "^(report\.export|sharing\.nodes)" > $report.figures
done
cmp kept.figures renamed.figures || fail "renaming nodes changes figures: $(diff kept.figures renamed.figures | head -n 5)"

# Lists of several days: the shared one says from when each holds, and is as good as they are.
sed 1,30d "$SAMPLE/nodes.txt" > fewer
expect 0 run year.psv -m four.csv --only data -o grown -i 2024-01-01=fewer -i "2025-07-01=$SAMPLE/nodes.txt" --timezone UTC --max-bad 100
head -n 1 grown.psv.nodes.csv | grep -qx 'node,cpus,cores,memory_mb,gpus,gpu_type,from' || fail "the list does not say from when"
expect 0 report grown.psv -i grown.psv.nodes.csv --only data -o again --timezone UTC --max-bad 100
sh "$tests/figures.sh" again/report.json > again.all
for report in grown again; do
	sh "$tests/figures.sh" $report/report.json | grep -vE "^(report\.export|sharing|scan)" > $report.figures
done
cmp grown.figures again.figures || fail "the shared list of nodes gives other figures: $(diff grown.figures again.figures | head -n 5)"
expect 2 report grown.psv -i 2025-13-01=fewer -o x
says '2025-13-01 is not a date such as 2025-01-31'
expect 2 report grown.psv -i 2025-01-01= -o x
says '--inventory 2025-01-01= names no file'
cp fewer 2025-13-01=fewer
expect 0 report grown.psv -i 2025-13-01=fewer --only data -o x --timezone UTC --max-bad 100
rm -r x
# A list may come from a pipe, as of scontrol.
mkfifo nodes.pipe
cat "$SAMPLE/nodes.txt" > nodes.pipe &
expect 0 anonymize year.psv -m four.csv -o piped.psv -i nodes.pipe --max-bad 100
cmp kept.psv.nodes.csv piped.psv.nodes.csv || fail 'a list that was piped is another'
# A list of a day behind the period changes nothing, and that is said.
expect 0 report grown.psv -i grown.psv.nodes.csv -i 2031-01-01=fewer --only data -o later --timezone UTC --max-bad 100
says 'the list of nodes that holds from 2031-01-01 on begins after the period'
sh "$tests/figures.sh" later/report.json | cmp -s - again.all || fail 'a list of a later day changes figures'
expect 2 report grown.psv -i 2025-07-01=a -i 2025-07-01=b -o x
grep -q 'two lists of nodes hold from 2025-07-01 on' err || fail "two lists of one day: $(cat err)"

# Accounts that the profile puts together are none that a report could speak of: two of six users
# each use what they hold, three of two leave nearly all of it idle.
awk 'BEGIN { OFS = "|"
	print "JobID", "User", "Account", "State", "Submit", "Start", "End", "ElapsedRaw",
		"AllocCPUS", "ReqMem", "NodeList", "TotalCPU"
	for (day = 1; day <= 28; day++)
		for (user = 1; user <= 18; user++) {
			account = user <= 12 ? "large" user % 2 : "small" user % 3
			date = sprintf("2025-02-%02dT", day)
			print ++id, "person" user, account, "COMPLETED", date "06:00:00", date "09:00:00",
				date "15:00:00", 21600, 8, "1G", "n1", user <= 12 ? "1-23:00:00" : "03:00:00"
		}
}' > groups.psv
expect 0 anonymize groups.psv -m groups.csv -o groups.shared --profile share --keep NodeList \
	--timezone UTC
grep -q '|group_OTHER|' groups.shared || fail 'no account of two is one with others'
expect 0 report groups.shared --only data,site -o groups --timezone UTC
grep -q '^other (fewer than 5 users or as easily found),168,' groups/tables/groups.csv ||
	fail "groups: $(cat groups/tables/groups.csv)"
! grep -q group_OTHER groups/tables/strategies.csv groups/findings/*.html groups/index.html ||
	fail 'a report advises accounts that nobody can tell apart'
# Nor where all that is in the file is shown.
expect 0 report groups.shared --internal --only data,site -o all --timezone UTC
grep -q '^group_OTHER,168,' all/tables/groups.csv || fail "all groups: $(cat all/tables/groups.csv)"
! grep -qE '(At|Offer|Ask) group_OTHER' all/findings/groups.html && ! grep -q group_OTHER all/tables/strategies.csv all/index.html ||
	fail 'an internal report advises accounts that nobody can tell apart'

# Coarse durations: sums stay near.
expect 0 run year.psv -m three.csv --only data -o coarse --timezone UTC --max-bad 100 --profile share
sh "$tests/figures.sh" coarse/report.json > coarse.figures
near=$(awk -F '\t' '$1 == "cpu.hours" { v[FILENAME] = $2 } END { r = v["coarse.figures"] / v["kept.figures"]; print (r > 0.9 && r < 1.1) }' \
	kept.figures coarse.figures)
[ "$near" = 1 ] || fail "core-hours of the coarse file: $(grep -P '^cpu.hours\t' kept.figures coarse.figures)"

# Two columns of which sacct makes TotalCPU are one, as if it had been exported.
awk -F '|' -v OFS='|' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "TotalCPU") at = i }
	{ $at = (NR == 1 ? "UserCPU|SystemCPU" : $at == "" ? "|" : $at "|00:00:00") } 1' year.psv > halves.psv
expect 0 anonymize --explain halves.psv --profile share
grep -q '^UserCPU .* TotalCPU, rounded\. Added to SystemCPU: ' out || fail "--explain: UserCPU: $(cat out)"
grep -q '^SystemCPU .* dropped\. Two numbers help more ' out || fail "--explain: SystemCPU: $(cat out)"
expect 0 run halves.psv -m parts.csv --only data -o parts --timezone UTC --max-bad 100 --profile share
head -n 1 parts.psv | grep -q '|TotalCPU|' || fail "no TotalCPU: $(head -n 1 parts.psv)"
sh "$tests/figures.sh" parts/report.json > parts.figures
grep -qP '^cpu\.used\.hours\t[1-9]' coarse.figures || fail "no CPU time in the coarse file"
for figures in coarse parts; do
	grep -P '^cpu\.(used\.)?hours\t|^cpu\.efficiency\t' $figures.figures > $figures.use
done
cmp coarse.use parts.use || fail "CPU time in two columns: $(diff coarse.use parts.use)"

# Every step stays with its job, though sacct prints of it when it began and not when the job was submitted.
for id in rows.used rows.steps; do
	kept=$(awk -F '\t' -v id=$id '$1 == id { print $2 }' kept.figures) coarse=$(awk -F '\t' -v id=$id '$1 == id { print $2 }' coarse.figures)
	[ "$kept" = "$coarse" ] || fail "$id: $coarse in the coarse file, not $kept"
done

# With the sample no name of the export, nor the job numbers, is in what the profile share publishes.
! cut -d'|' -f2 year.psv | grep -v '[._]' | sort -u | grep -qxFf - coarse.psv || fail "an old job number stands in the file"
[ -z "$(find . -name '.*.part')" ] || fail "part files were left: $(find . -name '.*.part')"

# While another run gives its files their names this one waits, so that those of two do not mix.
mkdir held
"$RECLAIM" anonymize jobs.psv -m held.csv -o held/shared.psv 2> err || fail "$(cat err)"
rm held/shared.*
exec 3< held
flock 3
"$RECLAIM" anonymize jobs.psv -m held.csv -o held/shared.psv 2> waits 3<&- &
in_time grep -q 'waiting for another run' waits || fail "it does not wait: $(cat waits)"
ls held > named
! grep -q '^shared' named || fail "files have their names while another run holds the folder: $(cat named)"
exec 3<&-
wait $! || fail "it does not go on: $(cat waits)"
(cd held && sha256sum --quiet -c shared.psv.sha256) || fail 'it never gave its files their names'
