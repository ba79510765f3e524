#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What pages say is so of small and unusual clusters, too: each sentence that once was not has its log here, made by hand.
# RECLAIM is the program to test.
# shellcheck disable=SC2016,SC2086 # amounts in dollars; options and their values
. "$(dirname "$0")/begin.sh"
for node in 1 2 3 4; do
	echo "NodeName=n$node CPUTot=16 RealMemory=65536 Sockets=1 CoresPerSocket=16 ThreadsPerCore=1"
done > nodes

# log USERS DAYS LAST: every day one job of each user on a node of its own, six hours, half of the node, one core of eight busy.
# LAST is the state of the last one; none that runs has an end.
log()
{
	awk -v users="$1" -v days="$2" -v last="$3" 'BEGIN {
		OFS = "|"
		print "JobID", "User", "Account", "State", "Submit", "Eligible", "Start", "End", "ElapsedRaw", "AllocCPUS", "ReqMem", "NodeList", "TotalCPU", "MaxRSS"
		for (day = 1; day <= days; day++)
			for (user = 1; user <= users; user++) {
				date = sprintf("2025-%02d-%02dT", 1 + int((day - 1) / 28), 1 + (day - 1) % 28)
				is_last = day == days && user == users
				print ++id, sprintf("user_%04d", user), "group_A", is_last ? last : "COMPLETED", date "06:00:00", date "06:00:00",
				      date "09:00:00", is_last && last == "RUNNING" ? "Unknown" : date "15:00:00", 21600, 8, "32G", "n" 1 + user % 4, "06:00:00", "4G"
			}
	}'
}

# about ARGUMENT...: a report on jobs.psv, its site without what is no text.
about()
{
	rm -rf report
	expect 0 report jobs.psv --internal --timezone UTC --only data,site "$@" -o report
}

# told PAGE: its text, on one line, with plain spaces only. states PAGE TEXT, never PAGE TEXT.
told() { sed 's/<[^>]*>//g; s/ / /g' "report/$1" | tr -s '\n' ' '; }
states() { told "$1" | grep -qF -- "$2" || fail "$1 does not say \"$2\""; }
never() { ! told "$1" | grep -qF -- "$2" || fail "$1 says \"$2\""; }

# A job that runs has not completed.
log 2 60 RUNNING > jobs.psv
about --inventory nodes
states findings/failed-work.html 'All jobs that ran and ended completed'

# One account is no other's example, and one size of job waits no longer than itself.
states findings/groups.html 'At group_A'
never findings/groups.html 'it was'
never findings/groups.html 'Ask the account with the smallest share, group_A'
states findings/waiting.html 'By size, jobs with 5–16 cores wait most: 100 % of them longer than an hour. By length'
never findings/waiting.html 'of those with'

# Of eight users three are talked to; what they held is not what all held.
log 8 60 COMPLETED > jobs.psv
printf '[top_users]\nexpected = 3\n' > prices
about --inventory nodes --assumptions prices
states findings/power-users.html 'The 3 whose jobs cost most held'
about --inventory nodes
states findings/power-users.html 'Together they held'
