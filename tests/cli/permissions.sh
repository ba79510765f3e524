#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The mapping and its log are never, not for an instant, open to others, under any umask: seen by every system call that makes
# or opens a file. Needs strace, and root: the program hides its memory from everybody else. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"

if ! command -v strace > /dev/null; then
	echo "skipped: strace is not installed"
	exit 77
fi
if [ "$(id -u)" != 0 ] || ! strace -f -o trace.self true 2> /dev/null; then
	echo "skipped: strace is not permitted to look into the program"
	exit 77
fi

printf 'User|Account|End\nann|physics|Unknown\n' > jobs.psv
printf 'User|Account|End\nbob|physics|Unknown\n' > more.psv
calls=trace=open,openat,creat,chmod,fchmod,fchmodat,mknod,mknodat,link,linkat,symlink,symlinkat,rename,renameat,renameat2
umask 000
# LeakSanitizer does not work under a tracer.
export ASAN_OPTIONS=detect_leaks=0
strace -f -e "$calls" -o trace "$RECLAIM" anonymize jobs.psv -m watched.csv -o watched.psv 2> err || fail "$(cat err)"
strace -f -e "$calls" -o trace.more "$RECLAIM" anonymize more.psv -m watched.csv -o watched.psv 2> err ||
	fail "$(cat err)"
strace -f -e "$calls" -o trace.log "$RECLAIM" reveal user_0001 -m watched.csv -r strace > out 2> err || fail "$(cat err)"
cat trace.more trace.log >> trace
grep -E '"[^"]*watched\.csv[^"]*"' trace > touched
grep -q 'O_CREAT.*0600' touched || fail "strace saw no mapping being made: $(cat touched)"
grep -E 'O_CREAT|creat\(|mknod' touched | grep -vE ', 0600\)' > wrong && fail "made with other rights: $(cat wrong)"
grep -E 'O_CREAT|O_WRONLY|O_RDWR' touched | grep -v O_NOFOLLOW > wrong && fail "opened through a link: $(cat wrong)"
grep -E 'chmod' trace | grep -vE '0600\)|0644\)' > wrong && fail "rights were changed: $(cat wrong)"
[ "$(stat -c %a watched.csv)" = 600 ] && [ "$(stat -c %a watched.csv.log)" = 600 ] || fail "watched.csv is not private"

# From before the mapping is opened on nobody looks into the memory, and no core is left of it.
strace -e trace=prctl,prlimit64,setrlimit,openat -o trace.core "$RECLAIM" reveal user_0001 -m watched.csv -r strace > out 2> err || fail "$(cat err)"
awk '/PR_SET_DUMPABLE, (0|SUID_DUMP_DISABLE)[,)]/ { closed = 1 }
	/RLIMIT_CORE, \{rlim_cur=0, rlim_max=0\}/ { small = 1 }
	/watched\.csv"/ { opened = 1; exit }
	END { exit !(closed && small && opened) }' trace.core || fail "the memory with the names can be looked into: $(cat trace.core)"

# What goes to standard output is its owner's alone until it has been looked through; nobody waits for a disk to keep it.
strace -f -y -e trace=openat,fsync,fdatasync -o trace.out "$RECLAIM" anonymize jobs.psv -m held.csv -o - 2> err > shown || fail "$(cat err)"
grep O_CREAT trace.out | grep -q '\.held\.csv\.out\..*, 0600)' || fail "strace saw nothing held back: $(cat trace.out)"
grep -q 'fsync(.*\.held\.csv\.part' trace.out || fail "the mapping was not made durable: $(cat trace.out)"
grep 'sync(.*held\.csv\.out' trace.out > wrong && fail "a disk was waited for: $(cat wrong)"
[ "$(cat shown)" = "$(printf 'User|Account|End\nuser_0001|group_A|Unknown')" ] || fail "what came is $(cat shown)"

# Of two runs with one output each gives its report its name, too, before the other gives any.
mkdir together
{ echo 'JobID|User|Account|State|Start|End|AllocCPUS'; echo '1|ann|physics|COMPLETED|2025-03-01T08:00:00|2025-03-01T09:00:00|4'; } > job.psv
strace -f -y -e trace=flock,close,renameat -o trace.names "$RECLAIM" run job.psv -m watched.csv -o together/report --only data 2> err ||
	fail "$(cat err)"
awk '/ flock\(.*\/together>, LOCK_EX/ { split($0, at, "[(<]"); held = "close(" at[2] "<" }
	held != "" && index($0, held) { held = "" }
	/ renameat\(.*, "report"\)/ { told = 1; exit held == "" }
	END { if (!told) exit 1 }' trace.names || fail "the report got its name when others could give theirs: $(cat trace.names)"
