#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Nothing is published in which a real name stands. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"

# expect STATUS ARGUMENT...: runs it with standard error in the file err.
expect()
{
	wanted=$1
	shift
	status=0
	"$RECLAIM" "$@" > out 2> err || status=$?
	[ "$status" -eq "$wanted" ] || fail "reclaim $*: exit $status, not $wanted: $(cat err)"
}

# absent PATH...
absent()
{
	for path in "$@"; do
		[ ! -e "$path" ] || fail "$path was published"
	done
	[ -z "$(find . -name '.?*')" ] || fail "something was left: $(find . -name '.?*')"
}

header='JobID|User|Account|Group|Partition|State|Submit|Start|End|AllocCPUS|NNodes|NodeList|AllocTRES'
row()
{
	echo "$1|$2|$3|crewmen|$4|COMPLETED|2025-03-01T08:00:00|2025-03-0$1T09:00:00|2025-03-0$1T11:00:00|4|1|$5|cpu=4,mem=8G"
}
{ echo "$header"; row 1 zaphodb heartofgold batch cn01; row 2 trillian heartofgold batch cn02; } > jobs.psv
mkdir -m 700 private

# Without a name anywhere there is nothing to tell.
expect 0 run jobs.psv -m private/map -o clean
[ ! -e private/map.scan.log ] || fail "a log without a hit: $(cat private/map.scan.log)"
[ "$(find private | wc -l)" -eq 3 ] || fail "something is beside the mapping: $(ls private)"

# planted NAME: in the institution it is in every kind of file, and none of them is published.
planted()
{
	printf '[site]\ninstitution = The %s Institute\n' "$1" > site.conf
	rm -f private/map.scan.log
	expect 5 run jobs.psv -m private/map --site site.conf -o planted --single-file
	says 'a real name was found in planted/'
	says 'private/map.scan.log says which and where'
	! grep -qi "$2" err || fail "the message itself says the name: $(cat err)"
	absent planted planted.psv planted.psv.manifest.json
	[ "$(stat -c %a private/map.scan.log)" = 600 ] || fail "the log has mode $(stat -c %a private/map.scan.log)"
	for file in executive-summary.pdf report.pdf index.html report.html findings/own-or-rent.html savings.xlsx report.json summary.eml; do
		grep -q "	found	planted/$file	[0-9]*	[a-z]*	$2	.*" private/map.scan.log ||
			fail "the name planted in $file was not found: $(cut -f 2-6 private/map.scan.log)"
	done
}
planted zaphodb zaphodb
planted ZAPHODB zaphodb
planted 'Trillian-Heartofgold' heartofgold
planted '/home/trillian' trillian

# What a page is for a reading voice is said in its head alone.
printf '[site]\nlanguage = en-zaphodb\n' > site.conf
rm -f private/map.scan.log
expect 5 run jobs.psv -m private/map --site site.conf -o planted
for file in index.html report.pdf executive-summary.pdf approval-case.pdf summary.eml; do
	grep -q "	found	planted/$file	[0-9]*	user	zaphodb	" private/map.scan.log || fail "the name in the language of $file was not found"
done

# What stood there before stays as it was.
cp -r clean before
printf '[site]\ninstitution = zaphodb\n' > site.conf
expect 5 run jobs.psv -m private/map --site site.conf -o clean
diff -r clean before > /dev/null || fail "a refused run changed the report"

# Who wants the word there says so; it is noted.
expect 0 run jobs.psv -m private/map --site site.conf -o allowed --only site --allow-word zaphodb
says 'private/map.scan.log says where such words stand'
grep -q '	by chance	allowed/index.html	' private/map.scan.log || fail "an allowed word is not noted"

# `report` looks for names when it is given the mapping.
expect 0 report clean.psv --site site.conf --only site -o unscanned
expect 5 report clean.psv --site site.conf --only site -o scanned --scan-with private/map
says '--allow-word lets a word pass'
says 'Take it out of what you wrote yourself (--site, --assumptions, --templates)'
absent scanned
expect 0 report clean.psv --only site -o scanned --scan-with private/map
expect 0 report clean.psv --site site.conf --only site -o let --scan-with private/map --allow-word zaphodb

# Whatever stands behind /home/ may be a login; a home that is nobody's is allowed by its path, and nobody else's with it.
printf '[memory_headroom]\nlow=0.5\nexpected=0.2\nhigh=0.1\nsource=/home/hpc/prices.txt\ndate=2026-11\n' > home.conf
expect 5 report clean.psv --assumptions home.conf --only data -o home --scan-with private/map --allow-word hpc
says "or a home that is no user's, as /home/hpc"
expect 0 report clean.psv --assumptions home.conf --only data -o home --scan-with private/map --allow-word /home/hpc
for home in /home/zaphodb /home/hpc2 /home/hpc-two /home/hpc.two /home/hpcé; do
	sed "s|/home/hpc|$home|" home.conf > homes.conf
	expect 5 report clean.psv --assumptions homes.conf --only data -o homes --scan-with private/map --allow-word /home/hpc --allow-word /home/zaphodb
done

# In a PDF, too, whose font has no such letters, or none with their dots apart.
for name in '王五' "$(printf 'mu\314\210ller')"; do
	{ echo "$header"; row 1 "$name" heartofgold batch cn01; } > letters.psv
	printf '[memory_headroom]\nlow=0.5\nexpected=0.2\nhigh=0.1\nsource=agreed with %s\ndate=2026-11\n' "$name" > letters.conf
	rm -f private/letters*
	expect 5 run letters.psv -m private/letters --assumptions letters.conf --only pdf -o lettered
	grep -q '	found	lettered/report.pdf	' private/letters.scan.log || fail "$name in the PDF: $(cut -f 2-6 private/letters.scan.log)"
done

# Nor is it overlooked where a link of a site's own words leads, written with per cent signs, as a page writes other letters than those of
# ASCII, with a sign in it that is not seen, in letters of another width or face, or a part of it in another type or a link.
{ cat jobs.psv; row 3 müller heartofgold batch cn01; row 4 anna-bell ilker batch cn01; } > addresses.psv
mkdir own
for words in '[two](https://example.org/~zaphodb/)' '[two](https://example.org/%7Ezaphodb/)' '[two](https://example.org/~müller/)' \
	"$(printf 'za\302\255phodb, 50 %%')" "$(printf 'zapho\342\200\216db')" "$(printf 'zapho\315\217db')" "$(printf 'zapho\357\270\217db')" \
	ｚａｐｈｏｄｂ ＺＡＰＨＯＤＢ 𝐳𝐚𝐩𝐡𝐨𝐝𝐛 "$(printf 'Anna\342\200\221Bell')" Anna－Bell İlker 'zapho**db**' 'zapho`db`' 'zapho[db](https://example.org/)'; do
	printf '# One\n\n%s\n' "$words" > own/index.md
	for kind in pdf site; do
		expect 5 run addresses.psv -m private/addresses --templates own --only $kind -o linked
		absent linked linked.psv
	done
done
printf '# One\n\n50 %% and [two](https://example.org/%%7Eford/)\n' > own/index.md
expect 0 run addresses.psv -m private/addresses --templates own --only site -o addressed

# Nor in a domain, which the head of a mail has without letters beyond ASCII.
printf '[site]\nmail_from = hpc@example.org\nmail_to = hpc@müller.example\n' > domain.conf
expect 5 run addresses.psv -m private/addresses --site domain.conf --only mail -o mailed
grep -q '	found	mailed/summary.eml	[0-9]*	user	müller	' private/addresses.scan.log || fail 'the name in a domain was not found'

# Nor where a page of the site's own making is set and no reader sees it.
"$RECLAIM" templates -o made
for attribute in class style; do
	sed "s|<body>|<body $attribute=\"zaphodb\">|" made/page.xsl > own/page.xsl
	expect 5 run jobs.psv -m private/made --templates own --only site -o dressed
	absent dressed dressed.psv
done
rm own/page.xsl

# Nor at the end of a page that is nested as deeply as no reader would want it.
{ printf '# One\n\n'; awk 'BEGIN { for (i = 0; i < 300; i++) printf "%*s- a\n", 2 * i, "" }'; printf '\nzaphodb\n'; } > own/index.md
expect 5 run jobs.psv -m private/made --templates own --only site -o deep
absent deep deep.psv

# The shareable file: a node that bears a name of more parts than are looked for in nodes.
long=a-b-c-d-e-f-g-h-i
{ echo "$header"; row 3 $long heartofgold batch cn01; } > long.psv
expect 0 anonymize long.psv -m private/map -o long.shared
{ echo "$header"; row 1 zaphodb heartofgold batch $long-01; } > nodes.psv
rm -f private/map.scan.log
expect 5 anonymize nodes.psv -m private/map -o shared.psv
says 'a real name was found in shared.psv'
says '--nodes rename or drop and --drop COLUMN keep it out, and another -o where it is in the names of files'
grep -q "	found	shared.psv	2	user	$long	" private/map.scan.log || fail "the log: $(cat private/map.scan.log)"
expect 5 anonymize nodes.psv -m private/map -o -
[ ! -s out ] || fail "a name went to standard output"
absent shared.psv shared.psv.manifest.json
expect 5 run nodes.psv -m private/map --only data -o named
absent named named.psv named.psv.manifest.json
cp -p private/map private/renaming
expect 0 anonymize nodes.psv -m private/renaming -o renamed.psv --nodes rename
grep -q '|na0001$\||na0001|' renamed.psv || fail "the node: $(cat renamed.psv)"
expect 0 anonymize nodes.psv -m private/map -o shared.psv --allow-word $long

# So do the lists beside it, which may name nodes on which no job ran.
{ echo "$header"; row 1 zaphodb heartofgold batch cn01; } > listed.psv
printf 'NodeName=%s CPUTot=4 RealMemory=4096\n' cn01 $long-01 > listed.nodes
head -n 1 listed.nodes > cn01.nodes
printf 'NodeName|TimeStart|TimeEnd|State\n%s|2025-01-01T00:00:00|2025-01-01T01:00:00|DOWN\n' $long-01 > listed.events
expect 5 anonymize listed.psv -m private/map -o listed --inventory listed.nodes
says 'a real name was found in listed.nodes.csv'
expect 5 anonymize listed.psv -m private/map -o listed --inventory cn01.nodes --events listed.events
says 'a real name was found in listed.events.csv'
absent listed listed.nodes.csv listed.events.csv listed.manifest.json
expect 0 anonymize listed.psv -m private/map -o listed --inventory listed.nodes --events listed.events --allow-word $long
grep -q "^$long-01," listed.nodes.csv && grep -q "^$long-01," listed.events.csv || fail 'the lists do not name that node'

# A name with digits is known in a node's name, also when the row that tells it comes later.
{ echo "$header"; row 1 zaphodb heartofgold batch ford2-prefect-01; row 2 zaphodb heartofgold batch gpu1
	row 3 ford2-prefect heartofgold batch cn01; row 4 gpu1 heartofgold batch cn02; } > ford.psv
expect 0 anonymize ford.psv -m private/map -o ford.shared
for node in host_1-01 host_2 cn01 cn02; do
	grep -q "|$node|" ford.shared || fail "no node $node: $(cat ford.shared)"
done

# A name of letters and dashes is known in a node's name.
{ echo "$header"; row 1 arthur-dent heartofgold batch arthur-dent-01; } > dent.psv
expect 0 anonymize dent.psv -m private/map -o dent.shared
grep -q '|host_3-01' dent.shared || fail "the node: $(cat dent.shared)"

# The longest of several is taken, and what follows it is nobody's.
{ echo "$header"; row 1 arthur heartofgold batch tricia-mc-gpu-01; row 2 tricia heartofgold batch cn01
	row 3 tricia-mc heartofgold batch cn01; } > parts.psv
expect 0 anonymize parts.psv -m private/map -o parts.shared
grep -q '|host_[0-9]*-gpu-01' parts.shared || fail "the node: $(cat parts.shared)"

# The manifest: a column that is dropped is told by its name.
{ echo "$header|trillian"; row 1 zaphodb heartofgold batch cn01 | sed 's/$/|x/'; } > column.psv
expect 5 anonymize column.psv -m private/map -o column.shared
says 'a real name was found in column.shared.manifest.json'
absent column.shared column.shared.manifest.json

# A partition that holds a name becomes a token.
{ echo "$header"; row 1 zaphodb heartofgold pi_zaphodb-gpu cn01; } > condo.psv
expect 0 anonymize condo.psv -m private/map -o condo.shared
grep -q '|partition_1|' condo.shared || fail "the partition: $(cat condo.shared)"

# Also as an address writes it, with a sign in it that is not seen, or in letters of another width or face, however many have it.
for word in za%70hodb m%C3%BCller-gpu xn--mller-kva "$(printf 'za\302\255phodb')" ｚａｐｈｏｄｂ_1 𝐳𝐚𝐩𝐡𝐨𝐝𝐛 ｗｕ; do
	{ echo "$header"; for i in 1 2 3 4 5; do row $i "hoopy$i" heartofgold "$word" cn01; done
		row 6 zaphodb heartofgold batch cn01; row 7 müller heartofgold batch cn01; row 8 wu heartofgold batch cn01; } > taken.psv
	rm -f private/taken*
	expect 0 anonymize taken.psv -m private/taken -o taken.shared
	[ "$(grep -c '|partition_1|' taken.shared)" -eq 5 ] || fail "$word stays: $(cat taken.shared)"
done

# So does one that holds a name of digits alone, however many have it, but for the few of a GPU's model. In nodes digits are the number.
{ echo "$header"; for i in 1 2 3 4 5; do row $i "hoopy$i" heartofgold p4711 cn4711; row $i "hoopy$i" heartofgold a100 cn100; done
	row 6 4711 heartofgold batch cn01; row 7 100 heartofgold batch cn01; } | awk -F '|' -v OFS='|' 'NR > 1 { $1 = NR } 1' > digits.psv
expect 0 anonymize digits.psv -m private/digits -o digits.shared
[ "$(grep -c '|partition_1|.*|cn4711|' digits.shared)" -eq 5 ] || fail "the number of somebody stands in a partition: $(cat digits.shared)"
[ "$(grep -c '|a100|.*|cn100|' digits.shared)" -eq 5 ] || fail "the model of a GPU is taken for somebody: $(cat digits.shared)"

# A word that is hidden in one column is so in all, and in the names of nodes.
row_of() { row "$1" "$2" heartofgold "$3" "$4" | sed "s/\$/|$5|$6/"; }
{ echo "$header|QOS|Cluster"; row_of 1 zaphodb krikkit krikkit-01 normal magrathea; row_of 2 zaphodb batch magrathea-cn01 Krikkit magrathea
	row_of 3 trillian betel7 betel7 krikkit magrathea; } > words.psv
expect 0 anonymize words.psv -m private/hidden -o words.shared
! grep -qiE 'krikkit|magrathea|betel' words.shared* || fail "a hidden word stands elsewhere: $(cat words.shared)"
for node in host_1-01 host_2-cn01 host_3; do
	grep -q "|$node|" words.shared || fail "no node $node: $(cat words.shared)"
done
# One that enough people have in one column is nobody's own in any.
expect 0 anonymize words.psv -m private/open -o words.shared --min-users 2
[ "$(grep -o magrathea words.shared | wc -l)" -eq 4 ] || fail "an open word is hidden: $(cat words.shared)"
# A partition called like a part of a name is one of the site's words only when the list has it, when many names have that part, or
# when it is what groups are called.
{ echo "$header"; for i in 1 2 3 4 5; do
	row $i "hoopy$i" slartib_lab Slartib slartib-0$i; row $i "hoopy$i" "chem_${i}x" chem cn01; row $i "hoopy$i" slartib_lab lab cn02
done; } | awk -F '|' -v OFS='|' 'NR > 1 { $1 = NR } 1' > parts.psv
expect 0 anonymize parts.psv -m private/parts -o parts.shared
! grep -qi slartib parts.shared* || fail "a part of an account stands there: $(cat parts.shared)"
for word in chem lab; do
	[ "$(grep -c "|$word|" parts.shared)" -eq 5 ] || fail "$word, a part of accounts, is hidden: $(cat parts.shared)"
done
printf '[partition]\nkeep = Slartib\n' > keep.conf
expect 0 anonymize parts.psv -m private/kept -o parts.shared --values keep.conf
[ "$(grep -c '|Slartib|' parts.shared)" -eq 5 ] || fail "a word of the list is hidden: $(cat parts.shared)"

# Names in a column that is dropped are known all the same.
{ echo "$header"; row 1 zaphodb heartofgold zaphodb-gpu zaphodb-01; row 2 trillian heartofgold heartofgold heartofgold-02; } > dropped.psv
for columns in User Account User,Account,Group; do
	expect 0 anonymize dropped.psv -m "private/no$columns" -o dropped.shared --drop $columns
	! grep -qiE 'zaphodb|heartofgold' dropped.shared* || fail "a name of a dropped column stands elsewhere: $(cat dropped.shared)"
done
# What slipped into the column of partitions is no word of the site, and hides nothing where it belongs.
{ echo "$header"; row 1 zaphodb heartofgold 'cpu=4,mem=8G' cn01; row 2 trillian heartofgold 'cn[01-02]' 'cn[01-02]'; } > slipped.psv
expect 0 anonymize slipped.psv -m private/slipped -o slipped.shared
says '2 values were'

# Logins that are words of the report are no alarm.
{ echo "$header"; row 1 gpu test test cn01; row 2 core users batch gpu-01; row 3 may hours batch cn01
	row 4 billing fs batch cn02 | sed 's|$|,billing=4,fs/disk=1|'; } > logins.psv
expect 0 run logins.psv -m private/words -o plain
grep -q '	by chance	plain/index.html	' private/words.scan.log || fail "nothing was noted: $(cat private/words.scan.log)"
! grep -q '	found	' private/words.scan.log || fail "a word was taken for a name: $(grep found private/words.scan.log)"
says 'some names are also words of the report or allowed'
[ "$(grep -c 'some names are also words' err)" = 1 ] || fail "it is said twice: $(cat err)"
cut -f 2- private/words.scan.log | grep 'plain\.psv' | sort | uniq -d > twice
[ -s private/words.scan.log ] && [ ! -s twice ] || fail "it is noted twice: $(cat twice)"
[ "$(stat -c %a private/words.scan.log)" = 600 ] || fail "the note has mode $(stat -c %a private/words.scan.log)"

# A word that stands in a comment of the program is none of its words.
{ echo "$header"; row 1 ann heartofgold batch cn01; } > comment.psv
printf '[site]\ninstitution = The Ann Institute\n' > comment.conf
expect 5 run comment.psv -m private/comment --site comment.conf -o commented --only data
grep -q '	found	commented/report.json	[0-9]*	user	ann	' private/comment.scan.log || fail "ann was not found: $(cat private/comment.scan.log)"

# Nor are those that look like a cell of the workbook, a place in a book, or a number that a library made.
{ echo "$header"; row 1 d11 draws batch cn01; row 2 b12 percent batch cn02; row 3 aaaa d16 batch cn01; row 4 da7aba51 b11 batch cn01
	row 5 sheet2 table3 batch cn01; row 6 p95 ranges batch cn01; } > cells.psv
expect 0 run cells.psv -m private/cells -o grid
! grep -q '	found	' private/cells.scan.log || fail "taken for a name: $(grep found private/cells.scan.log)"

# Nor are the pseudonyms that every page gives as examples, where partitions are called so and nobody else is.
printf '%s\n' 'JobID|Partition|State|Start|End|ElapsedRaw|AllocCPUS' '1|group_A|COMPLETED|2025-01-01T00:00:00|2025-01-01T01:00:00|3600|4' \
	'2|user_0001|COMPLETED|2025-01-02T00:00:00|2025-01-02T01:00:00|3600|4' > examples.psv
expect 0 run examples.psv -m private/examples -o named
cut -d '|' -f 2 named.psv | tr '\n' ' ' | grep -qx 'Partition partition_1 partition_2 ' || fail "partitions like pseudonyms become: $(cat named.psv)"

# Nor is an account that is called like the pseudonym of another, wherever that stands, also within the names of places.
{ echo "$header"; for i in 1 2 3 4 5 6; do row $i "hoopy$i" group_A batch cn01; row $i "froody$i" group_B batch cn02; done; } |
	awk -F '|' -v OFS='|' 'NR > 1 { $1 = NR } 1' > alike.psv
expect 0 run alike.psv -m private/alike -o called --only site --single-file
grep -q 'id="groups.group_B"' called/report.html || fail 'no page of group_B'

# Destroying the mapping destroys the log.
expect 0 mapping destroy private/words --yes
absent private/words private/words.scan.log

# The log is no way to write elsewhere, and where it cannot be written nothing is published.
echo mine > letter
rm -f private/map.scan.log
ln -s ../letter private/map.scan.log
expect 1 anonymize nodes.psv -m private/map -o linked.psv
says 'is a symbolic link'
[ "$(cat letter)" = mine ] || fail "the target of a link was written to"
absent linked.psv
rm private/map.scan.log
touch private/map.scan.log
chmod 644 private/map.scan.log
expect 1 anonymize nodes.psv -m private/map -o open.psv
absent open.psv
