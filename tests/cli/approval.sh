#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The page for reviewers and its PDF: all that a manifest says of the columns, and no word too much. RECLAIM is the program
# to test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"
templates=$tests/../templates
for tool in pdftotext pdfinfo unzip gzip sqlite3; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

report()
{
	"$RECLAIM" report "$@" --inventory "$SAMPLE/nodes.txt" --site "$SAMPLE/site.conf" --timezone UTC 2> err ||
		fail "reclaim report $*: $(cat err)"
}

# words PDF: its text as one line.
words()
{
	pdftotext -layout "$1" - | tr -s ' \n\f' '   '
}

gzip -dc "$SAMPLE/sacct-2025.psv.gz" | head -n 1500 > raw.psv
"$RECLAIM" anonymize raw.psv -m map.csv -o shared.psv --timezone UTC 2> err || fail "reclaim anonymize: $(cat err)"

# A manifest without a policy, and one with: every column that sacct has, and one with a name like markup.
columns='Account AdminComment AllocCPUS AllocNodes AllocTRES AssocID AveCPU AveCPUFreq AveDiskRead AveDiskWrite AvePages AveRSS
AveVMSize BlockID Cluster Comment Constraints ConsumedEnergy ConsumedEnergyRaw Container CPUTime CPUTimeRAW DBIndex
DerivedExitCode Elapsed ElapsedRaw Eligible End ExitCode Extra FailedNode Flags GID Group JobID JobIDRaw JobName Layout Licenses
MaxDiskRead MaxDiskReadNode MaxDiskReadTask MaxDiskWrite MaxDiskWriteNode MaxDiskWriteTask MaxPages MaxPagesNode MaxPagesTask
MaxRSS MaxRSSNode MaxRSSTask MaxVMSize MaxVMSizeNode MaxVMSizeTask McsLabel MinCPU MinCPUNode MinCPUTask NCPUS NNodes NodeList
NTasks Partition Planned PlannedCPU PlannedCPURAW Priority QOS QOSRAW QOSREQ Reason ReqCPUFreq ReqCPUFreqGov ReqCPUFreqMax
ReqCPUFreqMin ReqCPUS ReqMem ReqNodes ReqTRES Reservation ReservationId Restarts Start State StdErr StdIn StdOut Submit SubmitLine
Suspended SystemComment SystemCPU Timelimit TimelimitRaw TotalCPU TRESUsageInAve TRESUsageInMax TRESUsageInMaxNode
TRESUsageInMaxTask TRESUsageInMin TRESUsageInMinNode TRESUsageInMinTask TRESUsageInTot TRESUsageOutAve TRESUsageOutMax
TRESUsageOutMaxNode TRESUsageOutMaxTask TRESUsageOutMin TRESUsageOutMinNode TRESUsageOutMinTask TRESUsageOutTot UID User UserCPU
WCKey WCKeyID WorkDir <script>x'
cp shared.psv.manifest.json made.json
sed -e '/"policy_rows"/d' -e 's/"policy"/"no_policy"/' -e 's/"disclosure"/"no_disclosure"/' shared.psv.manifest.json > bare.json
{
	sed 1q bare.json
	echo '"policy": ['
	separator=
	for column in $columns; do
		printf '%s{"column": "%s", "kind": "free text", "filled": 0.5, "distinct": null, "becomes": "dropped", "why": "%s"}\n' \
			"$separator" "$column" 'Nobody has thought about it yet, or it says what a person does: so it is dropped.'
		separator=,
	done
	echo '],'
	sed 1d bare.json
} > full.json

cp full.json shared.psv.manifest.json
report shared.psv -o full
cp bare.json shared.psv.manifest.json
report shared.psv -o bare

# Every column is in the paper, whole, in the page, the table and the figures.
words full/approval-case.pdf > paper
count=0
for column in $columns; do
	grep -qE -- " $column[ ,]" paper || fail "the paper has no $column"
	grep -qF -- "$column," full/tables/fields.csv || fail "tables/fields.csv has no $column"
	grep -qF -- "\"column\": \"$column\"" full/report.json || fail "report.json has no $column"
	page=$(echo "$column" | sed 's/</\&lt;/; s/>/\&gt;/')
	grep -qE -- "[> ]$page[<,]" full/approval.html || fail "the page has no $column"
	count=$((count + 1))
done
[ "$(sed 1d full/tables/fields.csv | wc -l)" -eq $count ] || fail 'tables/fields.csv has other rows'
grep -qF "Of $count columns $count are dropped" paper || fail 'the paper does not count its columns'

# Columns that are dropped for one reason are one row of the paper, and those that are not in the export are named.
grep -qF 'The columns that are not in it' paper || fail 'the paper does not list what is not in the file'
[ "$(grep -c '^"Dropped. Nobody has thought' full/tables/fields_rest.csv)" -le 5 ] || fail "$(cat full/tables/fields_rest.csv)"
grep -q '^Not in the export. They would be: dropped.,"AdminComment, AssocID' bare/tables/fields_rest.csv ||
	fail "$(cat bare/tables/fields_rest.csv)"

# Nothing in it is cut off, and there are as many pages as somebody reads.
for name in full bare; do
	words $name/approval-case.pdf > paper
	! grep -q '…' paper || fail "$name: a cell is cut off: $(grep -o '.\{60\}…' paper | head -n 3)"
	pdfinfo $name/approval-case.pdf > info 2> complaints || fail "$name: $(cat complaints)"
	[ ! -s complaints ] || fail "$name: $(cat complaints)"
	grep -q '^Tagged: *yes' info || fail "$name: the paper is not tagged"
	pages=$(sed -n 's/^Pages: *//p' info)
	[ "$pages" -ge 4 ] && [ "$pages" -le 6 ] || fail "$name: the paper has $pages pages"
	grep -q 'Approval case$' info || fail "$name: the paper has no title"
	for heading in 'Every column of the export' 'Custody of the mapping' 'Worksheet: FERPA' 'Worksheet: GDPR' 'Worksheet: IRB' Sign-off; do
		grep -qF "$heading" paper || fail "$name: there is no $heading"
	done
done
pdfinfo -struct-text bare/approval-case.pdf > tree
for tag in H1 H2 Table TH TD L Caption; do
	grep -q "^ *$tag" tree || fail "the paper has no $tag"
done

# Without a policy, a sentence and the command.
grep -qF 'does not say what was found in each column' paper || fail 'it is not said that there is no policy'
grep -qF 'reclaim anonymize jobs.psv' paper || fail 'no command is named that makes one'
[ "$(wc -l < bare/tables/fields.csv)" -eq 1 ] || fail 'there are columns without a policy'

# measured DIR: 1 when a report says how easily people could be found.
measured()
{
	sh "$tests/figures.sh" "$1/report.json" | awk -F '\t' '$1 == "has.risk" { print $2 }'
}

# What a manifest says of another state of the file does not count, nor that of one of several files.
cp made.json shared.psv.manifest.json
report shared.psv --only site,pdf -o own
[ "$(measured own)" -eq 1 ] || fail 'the measured risk is not in the report'
sed 's/"sha256" : "..../"sha256" : "0000/' made.json > shared.psv.manifest.json
! cmp -s made.json shared.psv.manifest.json || fail 'the manifest is as it was'
report shared.psv --only data -o foreign
[ "$(measured foreign)" -eq 0 ] || fail "another file's risk was believed"
sed 's/"sha256" : "..../"sha256" : "0000/' full.json > shared.psv.manifest.json
report shared.psv --only data -o other
[ "$(wc -l < other/tables/fields.csv)" -eq 1 ] || fail "another file's policy was believed"
cp full.json shared.psv.manifest.json
cp shared.psv again.psv
cp full.json again.psv.manifest.json
report shared.psv again.psv --only data -o several
[ "$(wc -l < several/tables/fields.csv)" -eq 1 ] || fail 'one policy stands for two files'

# Whether anybody looked for names is said, in the paper and on the page.
says_of_search()
{
	words "$1/approval-case.pdf" | grep -qF "$2" || fail "$1: the paper does not say: $2"
	sed 's/<[^>]*>//g' "$1/approval.html" | grep -qF "$2" || fail "$1: the page does not say: $2"
}
cp made.json shared.psv.manifest.json
says_of_search own 'This report was not searched for names.'
report shared.psv --only site,pdf -o searched --scan-with map.csv
says_of_search searched 'This report was searched for names, and none that forbids it was found.'
! grep -q 'not searched for names' searched/approval.html || fail 'both are said'
report shared.psv --only site,pdf -o allowing --scan-with map.csv --allow-word physics
says_of_search allowing 'Words that were allowed, whoever may bear them: physics.'
pages=$(pdfinfo own/approval-case.pdf 2> /dev/null | sed -n 's/^Pages: *//p')
[ "$pages" -le 7 ] || fail "the paper of the sample has $pages pages"

# A manifest that was tampered with is no danger: what is not of the expected kind is left out.
sed 's/"policy": \[/"policy": [7, null, {}, {"column": 3, "filled": "x", "distinct": -9},/' full.json > shared.psv.manifest.json
report shared.psv --only data -o odd
[ "$(sed 1d odd/tables/fields.csv | wc -l)" -eq $((count + 2)) ] || fail 'odd rows were not read as they should be'
cp full.json shared.psv.manifest.json

# Words that nobody may claim, in no output and in no template. The search is shown to find them.
forbidden='anonymous data|(is|are|fully|truly|completely) anonymous|complete privacy|cannot be traced|compliant with|satisfies (gdpr )?article 89|safe for public repositor'
plain()
{
	for file in "$1"/*.pdf; do
		words "$file"
		echo
	done
	unzip -p "$1/savings.xlsx" | tr -d '\0'
	cat "$1"/*.html "$1"/findings/*.html "$1"/*.json "$1"/tables/*.csv
}
claims()
{
	grep -aioE "$forbidden"
}
for name in full bare; do
	plain $name > text
	! claims < text > hits || fail "$name claims: $(head -n 3 hits)"
done
find "$templates" -type f -exec cat {} + > text
! claims < text > hits || fail "a template claims: $(head -n 3 hits)"
printf '[site]\ninstitution = Data here cannot be traced\n' > claiming.conf
"$RECLAIM" report shared.psv --site claiming.conf --only pdf -o claiming 2> err || fail "reclaim report: $(cat err)"
words claiming/approval-case.pdf | claims > hits || fail 'a claim in the paper is not noticed'

# What sums of one job tell is told: the rows of a user and of a day agree.
printf '%s\n' 'JobID|User|Account|State|Start|End|AllocCPUS' \
	'1|user_0001|group_A|COMPLETED|2025-03-01T08:00:00|2025-03-01T09:00:00|4' \
	'2|user_0002|group_A|COMPLETED|2025-03-02T08:00:00|2025-03-02T09:20:00|3' \
	'3|user_0001|group_A|COMPLETED|2025-03-01T08:00:00|2025-03-01T08:30:00|1' > alone.psv
expect 0 report alone.psv --only data,site -o alone
hours=$(awk -F , '$1 == "user_0002" { print $2 "," $3 }' alone/tables/users.csv)
grep -q "^2025-03-02,$hours," alone/tables/days.csv ||
	fail "the sums of one job are $hours and $(cat alone/tables/days.csv)"
grep -q 'A sum of one job is that job’s' alone/approval.html || fail 'what a sum of one job tells is not told'

# Of each file that a run writes the paper says who gets it.
printf '%s\n' 'NodeName|TimeStart|TimeEnd|State' 'cn001|2025-03-03T00:00:00|2025-03-04T00:00:00|DOWN' > events
mkdir made
expect 0 anonymize raw.psv -m made/map --timezone UTC --inventory "$SAMPLE/nodes.txt" --events events -o made/shared
[ "$(ls made | tr '\n' ' ')" = 'map map.releases.json shared shared.events.csv shared.manifest.json shared.nodes.csv shared.sha256 ' ] ||
	fail "the table of what leaves the host does not know of $(ls made)"
for words in 'where the search found a name; which export became which file' 'nodes, and when they were down' 'Mapping and its logs'; do
	grep -qF "$words" alone/approval.html || fail "the paper does not say: $words"
done
