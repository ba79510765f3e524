#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Where there is one of a thing, every document says "1 user" and "1 job was", not "1 users" and "1 jobs were". No sentence has a
# hole where a figure is not known, or an option of the program instead of a reason. The exports are made up. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"
for tool in perl pdftotext unzip; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

# jobs FILE: an export of jobs, a line each: number, user, account, state, start, end, hours, CPUs, GiB, node, GPUs, CPU hours, GiB used.
jobs()
{
	awk 'BEGIN {
		OFS = "|"
		print "JobID|User|Account|State|Submit|Start|End|ElapsedRaw|Timelimit|AllocCPUS|ReqMem|NNodes|NodeList|AllocTRES|TotalCPU|MaxRSS|NTasks"
	}
	{
		tres = "cpu=" $8 ",mem=" $9 "G,node=1" ($11 ? ",gres/gpu=" $11 : "")
		print $1, $2, $3, $4, $5, $5, $6, $7 * 3600, "60-00:00:00", $8, $9 "G", 1, $10, tres, $12 ":00:00", "", ""
		print $1 ".batch", "", $3, $4, $5, $5, $6, $7 * 3600, "", $8, "", 1, $10, tres, $12 ":00:00", $13 "G", 1
	}' > "$1"
}
node()
{
	echo "NodeName=$1 CPUTot=16 RealMemory=65536 Sockets=2 CoresPerSocket=8 ThreadsPerCore=1 Gres=$2 State=IDLE"
}

echo '1 alba physics COMPLETED 2025-01-01T00:00:00 2025-03-12T00:00:00 1680 8 32 n1 0 1000 4' | jobs alone.export
jobs several.export << 'END'
1 alba physics COMPLETED 2025-01-01T00:00:00 2025-02-12T00:00:00 1008 8 32 n1 0 3000 4
2 alba physics FAILED 2025-02-13T00:00:00 2025-02-15T00:00:00 48 8 32 n1 0 1 4
3 boro physics COMPLETED 2025-02-16T00:00:00 2025-02-28T00:00:00 288 8 32 n1 0 288 4
4 cyra physics COMPLETED 2025-02-01T00:00:00 2025-02-28T00:00:00 648 8 32 n2 1 5000 30
5 dimo physics COMPLETED 2025-03-01T00:00:00 2025-04-28T00:00:00 1392 16 60 n2 0 20000 30
6 elke physics COMPLETED 2025-03-01T00:00:00 2025-03-28T00:00:00 648 16 60 n1 0 9000 50
7 finn biology COMPLETED 2025-04-01T00:00:00 2025-04-02T00:00:00 24 16 60 n1 0 300 50
END
node n1 '(null)' > one.txt
node n2 gpu:a100:1 | cat one.txt - > two.txt

# Who has no name is no user: nobody is in a programme, and no hour of staff is spent on them.
awk 'BEGIN { FS = OFS = "|" } { $2 = ""; print }' several.export | sed '1s/||/|Comment|/; 2s/32G|1/0|1/' > nameless.export
expect 0 run nameless.export --inventory two.txt --timezone UTC -m nameless.map -o nameless --only site
sh "$tests/figures.sh" nameless/report.json | awk -F '\t' '$1 ~ /^(users.count|memory.took_all.(users|jobs)|programme.(took_all|others).users|acting.users)$/ {
	print $1, $2 }' | sort | tr '\n' ' ' > found
grep -qx 'acting.users 0 memory.took_all.jobs 1 memory.took_all.users 0 programme.others.users 0 programme.took_all.users 0 users.count null ' found ||
	fail "without names: $(cat found)"
grep -q '1</a> job took all memory of a node or the whole node\.' nameless/findings/memory.html || fail 'nothing is said of jobs without names'

# A block a line; what stands in a line is in it.
html()
{
	perl -0pe 's/<style.*?<\/style>//gs; s/<script.*?<\/script>//gs; s/\s+/ /g; s/<\/?(a|b|em|strong|span|code|abbr)\b[^>]*>//g; s/<[^>]*>/\n/g; s/&#160;|\xc2\xa0/ /g' "$@"
}

words()
{
	find "$1" -name '*.html' | sort | while read -r page; do html "$page"; done
	for pdf in "$1"/*.pdf; do pdftotext "$pdf" -; done
	unzip -p "$1/savings.xlsx" xl/sharedStrings.xml 'xl/drawings/*.xml' 'xl/charts/*.xml' | sed 's/<[^>]*>/\n/g'
	[ ! -e "$1/summary.eml" ] || part "$1/summary.eml" text/plain
	[ ! -e "$1/summary.eml" ] || part "$1/summary.eml" text/html | html
}

# "1 users", "1 completed jobs", "1 jobs were", "1 have": what ends in s is a plural but for the words that are none.
verbs='(?:are|were|have|do|say|hold|cost)\b'
singular='(?:is|has|was|its|costs|does|says|holds|accounts|[a-z-]*ss)\b'
plurals="(?<![0-9.,:=-])\b1 (?:of [0-9,]+ [a-z]+ $verbs|(?:completed )?(?!$singular)[A-Za-z-]+s\b|[a-z-]+ $verbs|$verbs)"

holes='[Oo]f that was|, of it could|\(--(?:inventory|events|from)\)'

check()
{
	report=$1
	shift
	expect 0 run "$@" --mapping "$report.csv" --timezone UTC -o "$report"
	words "$report" | sed 's/\xc2\xa0/ /g' > "$report.txt"
	[ "$(wc -l < "$report.txt")" -gt 1000 ] || fail "$report: there is nothing to read"
	! cat err "$report.txt" | grep -nP "$plurals" > hits || fail "$report: $(sort -u hits | head -n 20)"
	! grep -nP "$holes" "$report.txt" > hits || fail "$report: $(sort -u hits | head -n 20)"
}

for sign in '1 users' '1 GPUs' '1 core-hours' '1 completed jobs say' '1 jobs' '1 job were' '1 of 3 groups are' '1 have'; do
	echo "$sign" | grep -qP "$plurals" || fail "\"$sign\" passes"
done
for sign in '1 user is' '1 has' '11 users' '2.1 users' '1 of 3 groups is' '1 node costs' '1 process'; do
	! echo "$sign" | grep -qP "$plurals" || fail "\"$sign\" does not pass"
done

check alone alone.export
check alone-nodes alone.export --inventory one.txt
check alone-internal alone.export --inventory two.txt --internal
check several several.export
check several-nodes several.export --inventory two.txt
check several-internal several.export --inventory two.txt --internal
cut -d '|' -f 1-14 several.export > unmeasured.export
check unmeasured unmeasured.export --internal
[ -e unmeasured/groups/group_A.html ] || fail 'no group has a page'
