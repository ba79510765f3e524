#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Help, version and misuse of every command. RECLAIM is the program to test.
. "$(dirname "$0")/begin.sh"

# misuse MESSAGE ARGUMENT...: exit 2, nothing on standard output, the message on standard error.
misuse()
{
	wanted=$1
	shift
	status=0
	"$RECLAIM" "$@" > out 2> err || status=$?
	[ "$status" -eq 2 ] || fail "reclaim $*: exit $status, not 2: $(cat err)"
	[ ! -s out ] || fail "reclaim $*: words on standard output"
	grep -qF -- "$wanted" err || fail "reclaim $*: does not say \"$wanted\": $(cat err)"
}

"$RECLAIM" --version > out
grep -qE '^reclaim [0-9]' out || fail "--version says: $(cat out)"
"$RECLAIM" --help > list
[ "$(wc -L < list)" -le 80 ] || fail "--help is wider than a terminal: $(awk 'length > 80' list)"
for command in run check anonymize report tally inventory assumptions templates reveal mapping; do
	grep -q "^  $command " list || fail "--help does not list $command"
	"$RECLAIM" "$command" --help > help 2> err || fail "$command --help: exit $?"
	[ ! -s err ] || fail "$command --help: words on standard error"
	[ "$(wc -L < help)" -le 100 ] || fail "$command --help is wide: $(awk 'length > 100' help)"
	grep -q "^  reclaim $command " help || fail "$command --help has no usage line"
	# The manual has the same options, and the shell completes them; those of `mapping` are of its own commands.
	sed -n 's/^ *\(-., \)\{0,1\}\(--[a-z-]*\)\(=.*\)\{0,1\}   *.*/\2/p' help | sort > offered
	while read -r option; do
		grep -q "^[.]It .*Fl -${option#--}\( \|\$\)" "$tests/../doc/reclaim.1" || fail "$command $option is not in the manual"
	done < offered
	if [ "$command" != mapping ] && command -v bash > /dev/null; then
		bash -c '. "$1" 2> /dev/null; _reclaim_options "$2"' - "$tests/../completions/reclaim" "$command" | tr ' ' '\n' | sort |
			diff offered - > differ || fail "the completion of $command: $(cat differ)"
	fi
	grep -q '^Example:' help || fail "$command --help has no example"
	misuse 'nknown option' "$command" --no-such-option
done
rm -f offered differ
# Of -g it knows the words as of --group-by.
if command -v bash > /dev/null; then
	[ "$(bash -c '. "$1" 2> /dev/null; COMP_WORDS=(reclaim run -g ""); COMP_CWORD=3; _reclaim; echo "${COMPREPLY[*]}"' \
		- "$tests/../completions/reclaim" 2> /dev/null)" = 'account group' ] || fail 'the completion of -g'
fi

misuse 'no command given'
misuse 'there is no command frobnicate' frobnicate
misuse '--mapping: the command comes first, options behind it' --mapping map.csv run jobs.psv -o report
misuse 'there is no command reprot; did you mean report?' reprot
misuse 'Unknown option --inventroy=nodes.txt; did you mean --inventory?' report jobs.psv --inventroy=nodes.txt
misuse 'an export' check
misuse '-o DIR is missing' templates
misuse 'an export' anonymize -m map.csv -o shared.psv
misuse '--mapping MAP is missing' anonymize jobs.psv -o shared.psv
misuse '-o SHARED is missing' anonymize jobs.psv -m map.csv
misuse '--timezone' anonymize jobs.psv -m map.csv -o shared.psv --timezone Nowhere/Atall
misuse '--timezone' check jobs.psv --timezone Nowhere/Atall
misuse 'standard input (-) cannot be read together' anonymize - jobs.psv -m map.csv -o shared.psv
misuse 'is given twice' check "$RECLAIM" "$RECLAIM"
misuse '--mapping MAP is missing' reveal user_0001
misuse 'a pseudonym is missing' reveal -m map.csv
misuse '--reason TEXT is missing' reveal -m map.csv user_0001 < /dev/null
misuse 'exclude each other' anonymize jobs.psv -m map.csv -o shared.psv --encrypt --encrypt-to ann@example.org
misuse 'exclude each other' reveal -m map.csv user_0001 -r x --passphrase-fd 0 --passphrase-file pass
misuse 'not the number of an open file' reveal -m map.csv user_0001 -r x --passphrase-fd 77
misuse 'not the number of an open file' reveal -m map.csv user_0001 -r x --passphrase-fd secret
misuse 'standard input is the export' anonymize - -m map.csv -o shared.psv --encrypt --passphrase-fd 0
misuse 'what to do (list, check, merge or destroy) is missing' mapping
misuse 'what to do is one of' mapping show map.csv
misuse 'list takes one mapping' mapping list
misuse 'merge takes two mappings' mapping merge a.csv -o c.csv
misuse '-o C is missing' mapping merge a.csv b.csv
misuse 'check has no --names' mapping check map.csv --names
misuse '--reason TEXT is missing' mapping list map.csv --names < /dev/null
misuse '--yes is missing' mapping destroy map.csv < /dev/null
misuse '--reason is for --names' mapping list map.csv -r x
misuse '--reason is for --mapping' report jobs.psv -o report -r x
misuse '--reason is for --mapping' report jobs.psv -o report --internal -r x
misuse '--internal has no mail' report jobs.psv -o report --internal --only pdf,mail
misuse '--apart is for tallies' report jobs.psv -o report --apart
misuse '--apart is for tallies' tally jobs.psv -o jobs.tally -i nodes.txt --apart
# A variable of the shell that was never set.
for option in --output --inventory --events --assumptions --site --templates --previous --sreport --scan-with --mapping --reason \
	--allow-word --timezone --from --threads --only; do
	misuse "report: $option is empty" report jobs.psv -o report "$option" ''
done
misuse 'check: one of its arguments is empty' check ''
misuse 'reveal: one of its arguments is empty' reveal -m map.csv -r x user_0001 ''
misuse '--internal takes no value' report jobs.psv -o report --internal=no
misuse '--encrypt takes no value' anonymize jobs.psv -m map.csv -o shared.psv --encrypt=ann@example.org
misuse '--mapping has no value: behind it stands --encrypt' anonymize jobs.psv -o shared.psv -m --encrypt
misuse '--output has no value: behind it stands -m' anonymize jobs.psv -o -m map.csv
: > ./--encrypt
misuse '--mapping has no value: behind it stands --encrypt' anonymize jobs.psv -o shared.psv -m --encrypt
rm ./--encrypt
# The last one counted without a word: one -m is another mapping than the other.
for option in -o --output -m --mapping --previous --site --timezone --inventory; do
	[ "$option" = --inventory ] && wanted='two lists of nodes' || wanted='is given more than once'
	misuse "$wanted" report jobs.psv -o report -m map.csv --previous a --site a --timezone UTC \
		-i a "$option" b
done
misuse 'mapping: --reason is given more than once' mapping list map.csv --names -r x --reason=y
# Pasted from a page that makes one dash of two; a home that the shell does not put in.
for dash in — – ‐‐ −−; do
	misuse "${dash}mapping begins with a dash as it is printed" run jobs.psv "${dash}mapping" map.csv -o report
done
for option in --mapping=~/map.csv --output=~/report --inventory=~/nodes.txt; do
	misuse "${option#*=}: the shell puts no home in" run jobs.psv -m map.csv -o report "$option"
done
# shellcheck disable=SC2088 # it is what the program is to be given
misuse '~/jobs.psv: the shell puts no home in' check '~/jobs.psv'
misuse 'reclaim anonymize --help' anonymize
misuse 'takes no files' assumptions jobs.psv
misuse 'takes no files' assumptions -- -x
misuse 'takes no files' templates -o words jobs.psv
misuse '-o DIR is missing' report -- jobs.psv -o report
misuse '--mapping MAP is missing' anonymize -o shared.psv -- jobs.psv --mapping map.csv
[ "$(ls)" = "$(printf 'err\nhelp\nlist\nout')" ] || fail "a file was written: $(ls)"

# What is given cannot talk to the terminal: a file's name, and a line of it that a library quotes.
hostile=$(printf 'x\033[31my')
printf '%s\n' "$hostile" > "$hostile"
for side in site assumptions inventory; do
	status=0
	"$RECLAIM" report "$hostile" --$side "$hostile" -o report > out 2> err || status=$?
	[ "$status" -eq 1 ] || fail "--$side of nonsense: exit $status, not 1: $(cat err)"
	grep -qF 'x\x1b[31my' err || fail "--$side of nonsense is not named: $(cat err)"
	! grep -q "$(printf '\033')" out err || fail "an escape sequence came through: --$side"
done
"$RECLAIM" check "$hostile" > out 2> err && fail 'nonsense is taken for an export'
! grep -q "$(printf '\033')" out err || fail 'an escape sequence came through: check'
rm "$hostile"

# A full or closed standard output is seen.
if [ -e /dev/full ]; then
	status=0
	"$RECLAIM" --help > /dev/full 2> err || status=$?
	[ "$status" -eq 1 ] || fail "a full standard output: exit $status, not 1"
fi

# Memory that holds names leaves no core file.
if [ -r /proc/self/limits ]; then
	printf 'User|Account|End\nann|phys|Unknown\n' > jobs.psv
	mkfifo pipe
	ulimit -c "$(ulimit -H -c)"
	"$RECLAIM" anonymize - -m map.csv -o shared.psv < pipe 2> err &
	exec 3> pipe
	# The shell opened the pipe, and the program begins when the machine gets to it.
	in_time grep -q '^Max core file size *0 *0 ' "/proc/$!/limits" || { exec 3>&-; fail "core files are allowed, after $tenth tenths of a second"; }
	cat jobs.psv >&3
	exec 3>&-
	wait $! || fail "reading from a pipe: $(cat err)"
fi

# Behind -- all are files, also one that begins with a dash and one that is called like an option; before it options stand anywhere.
printf 'JobID|User|State|Start|End|AllocCPUS\n1|ann|COMPLETED|2024-03-01T00:00:00|2024-03-01T01:00:00|1\n' > -x.psv
cp ./-x.psv ./--json
expect 0 check -- -x.psv > out
expect 0 check --json -- -x.psv > out
grep -q '^{' out || fail "an option before -- is not understood: $(cat out)"
expect 0 check -- --json > out
! grep -q '^{' out || fail '--json behind -- is taken for an option'
expect 0 -- check -- -x.psv > out
expect 1 check -- -x.psv --jsn > out
says '--jsn: cannot be opened'
expect 0 assumptions -- > out
