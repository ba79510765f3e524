# SPDX-License-Identifier: Apache-2.0
# What the tests of the command line begin with: . "$(dirname "$0")/begin.sh". Leaves the test in a folder of its own, dir, that
# goes when it ends. RECLAIM is the program to test, SAMPLE the folder of the sample where one is needed, tests that of all tests.
# shellcheck shell=sh

set -eu
umask 022 # some ask whether others may read a file
: "${RECLAIM:?the program to test}"
case $RECLAIM in */*) RECLAIM=$(cd "$(dirname "$RECLAIM")" && pwd)/$(basename "$RECLAIM") ;; esac
[ -z "${SAMPLE:-}" ] || SAMPLE=$(cd "$SAMPLE" && pwd)
tests=$(cd "$(dirname "$0")/.." && pwd)
test_name=$(basename "$0")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

fail()
{
	echo "$test_name: $*" >&2
	exit 1
}

# expect STATUS ARGUMENT...: runs the program with nothing on standard input, and with standard error in the file err.
expect()
{
	wanted=$1
	shift
	status=0
	"$RECLAIM" "$@" < /dev/null 2> err || status=$?
	[ "$status" -eq "$wanted" ] || fail "reclaim $*: exit $status, not $wanted: $(cat err)"
}

# says TEXT: standard error of the last one.
says()
{
	grep -qF -- "$1" err || fail "the message does not say \"$1\": $(cat err)"
}

# in_time COMMAND...: whether it comes to hold; a machine may be slow.
in_time()
{
	for tenth in $(seq 1200); do
		! "$@" || return 0
		sleep 0.1
	done
	return 1
}

# part EML TYPE: the first part of that type of a mail, decoded; needs perl.
part()
{
	perl -MMIME::Base64 -MMIME::QuotedPrint -e '
		my ($file, $type) = @ARGV;
		open my $in, "<:raw", $file or die; local $/; my $mail = <$in>;
		for my $part (split /^--=_\d_[0-9a-f]{32}(?:--)?\n/m, $mail) {
			my ($head, $body) = split /\n\n/, $part, 2;
			next unless $head =~ /^Content-Type: \Q$type\E/m;
			print $head =~ /base64/ ? decode_base64($body) : decode_qp($body);
			exit 0;
		}
		exit 1' "$1" "$2" || fail "$1 has no $2"
}
