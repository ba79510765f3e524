#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What cron starts each quarter, against stand-ins for Slurm, the mail and the clock: two quarters in a row, the second after
# failures. The program is the real one, but for the mail, to which it puts an address; what it was asked for is noted here.
. "$(dirname "$0")/begin.sh"
# shellcheck source=tests/cli/stand_ins.sh
. "$tests/cli/stand_ins.sh"

cat > bin/date << 'END'
#!/bin/sh
case $2 in
+%Y) echo "${TODAY%%-*}" ;;
+%m) echo "$TODAY" | cut -d - -f 2 ;;
+%Y-%m-%d) echo "$TODAY" ;;
*) echo "${TODAY}T05:00:00" ;;
esac
END
cat > bin/reclaim << 'END'
#!/bin/sh
echo "$@" >> "$STEPS"
"$RECLAIM" "$@" || exit 1
report=''
while [ "$#" -gt 1 ]; do
	[ "$1" != -o ] || report=$2
	shift
done
[ -z "$report" ] || printf 'To: dean@example.org\nDate: Tue, 01 Apr 2025 00:00:00 +0000\n\nThe report\n\nDate: as it is\n' > "$report/summary.eml"
END
cat > bin/sendmail << 'END'
#!/bin/sh
[ "$1" = -t ] && [ "$MAIL" = works ] || exit 75
cat >> "$SENT"
END
cp "$tests/../tools/reclaim-export" bin
chmod +x bin/*
mkdir config
echo "export_options='--pause 0'" > config/quarter.conf
export RECLAIM RECLAIM_CONFIG="$dir/config" RECLAIM_STATE="$dir/state" STEPS="$dir/steps" SENT="$dir/sent" MAIL=works TODAY=2025-04-02

# quarter STATUS, with the words of arguments
quarter()
{
	: > steps
	: > sent
	status=0
	sh "$tests/../contrib/quarterly/reclaim-quarter" $arguments > out 2> err || status=$?
	[ "$status" -eq "$1" ] || fail "exit $status, not $1: $(cat err)"
}

# Who asks for help wants no report.
arguments=--help
quarter 2
[ ! -e state ] || fail "--help did something: $(find state)"
arguments=''
quarter 0
grep -q '^To: dean' sent || fail "no mail: $(cat out err)"
[ "$(grep '^Date' sent)" = 'Date: as it is' ] || fail "the mail is not of the day on which it is sent: $(cat sent)"
[ -s state/reports/2025-q1/report.json ] || fail 'no report'
! grep -q -- --previous steps || fail 'a first report has none before it'
[ -z "$(find state -perm /077 ! -path 'state/reports/2025-q1*')" ] || fail "others can read $(find state -perm /077)"
cp state/private/mapping.csv before
quarter 0
[ -z "$(cat sent steps)" ] || fail 'what is done was done again'

# The next one: the database is away, then the mail.
TODAY=2025-07-02 MOOD=refuse
quarter 1
grep -q AdminLevel err || fail "$(cat err)"
export MOOD='' MAIL=broken
quarter 75
[ -s state/reports/2025-q2/report.json ] || fail 'a report that could not be mailed is not kept'
MAIL=works
quarter 0
! grep -q '^run' steps || fail 'the report was made again, only to be mailed'
grep -q '^To: dean' sent || fail 'the mail was not sent at last'
grep -q '"from": "2025-04-01T00:00:00"' state/exports/2025-q2/manifest.json || fail 'another window'
TODAY=2026-01-03
quarter 0
[ -d state/exports/2025-q4 ] || fail "the quarter before the first of a year: $(ls state/exports)"
grep -q -- "--previous $dir/state/reports/2025-q2/report.json" steps || fail "the report before is not named: $(cat steps)"
# In it no job ran, so that the nodes that there are cannot be told: the report is made, without a comparison, and why is said.
says 'cannot be compared with this report'
[ -s state/reports/2025-q4/report.json ] || fail 'no report where nothing can be compared'
grep -q '^To: dean' sent || fail 'a report that is compared with none was not mailed'
TODAY=2025-07-03
rm -r state/reports/2025-q2 state/sent/2025-q2 state/reports/2025-q4
echo broken > state/reports/2025-q1/report.json
quarter 1
[ ! -e state/reports/2025-q2 ] || fail 'another failure was passed over'
head -n 3 state/private/mapping.csv > after
head -n 3 before | cmp -s - after || fail 'the mapping was not extended'
