#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The encrypted mapping: with a passphrase, to keys, opened by gpg alone, and everything that can go wrong with GnuPG.
# RECLAIM is the program to test.
unset TMPDIR # the path of an agent's socket is limited to 107 bytes
. "$(dirname "$0")/begin.sh"
for tool in gpg gpgconf; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
homes=
finish()
{
	for home in $homes; do gpgconf --homedir "$home" --kill all 2> /dev/null || true; done
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM
mkdir -m 700 run home
export XDG_RUNTIME_DIR="$dir/run" HOME="$dir/home"
unset GNUPGHOME

# expect STATUS ARGUMENT...: with standard output in the file out, too. Whatever happens, nothing of GnuPG's stays behind.
expect()
{
	wanted=$1
	shift
	status=0
	"$RECLAIM" "$@" < /dev/null > out 2> err || status=$?
	[ "$status" -eq "$wanted" ] || fail "reclaim $*: exit $status, not $wanted: $(cat err)"
	[ -z "$(ls -A run)" ] || fail "reclaim $*: left $(find run)"
}

# refused WORDS ARGUMENT...: exit 1, these words, and the mappings, the outputs and their folder as they were.
refused()
{
	words=$1
	shift
	ls -A > list.before
	cat ./*.map > maps.before
	expect 1 "$@"
	says "$words"
	ls -A > list.after
	cat ./*.map | cmp -s maps.before - || fail "reclaim $*: changed a mapping"
	cmp -s list.before list.after || fail "reclaim $*: $(diff list.before list.after)"
}

# sealed FILE: armored, private, without a name.
sealed()
{
	head -n 1 "$1" | grep -qx -e '-----BEGIN PGP MESSAGE-----' || fail "$1 is not encrypted"
	! grep -qE 'physics|pseudonym|user_' "$1" || fail "$1 holds plain text"
	[ "$(stat -c %a "$1")" = 600 ] || fail "$1 has mode $(stat -c %a "$1")"
}

printf 'User|Account|End\nann|physics|Unknown\n' > jobs.psv
printf 'User|Account|End\nbob|physics|Unknown\n' > more.psv
umask 077
echo 'grunt vivid oxbow lethal penny quartz' > pass
echo 'grunt vivid oxbow lethal penny quarts' > wrong
echo 'Passw0rd!' > weak
: > empty
printf 'grunt vivid oxbow lethal penny quartz\0 and more\n' > zero
cp pass open
chmod 640 open
ln -s pass link
umask 022
: > list.before; : > list.after; : > maps.before; : > out; : > err

# With a passphrase: made, extended without being asked how, opened by everything that reads it.
expect 0 anonymize jobs.psv -m p.map -o p.psv --encrypt --passphrase-file pass
sealed p.map
cp -p p.map p.first
expect 0 anonymize more.psv -m p.map -o p.psv --passphrase-file pass
sealed p.map
printf 'User|Account|End\nuser_0002|group_A|Unknown\n' | cmp p.psv - || fail "an encrypted mapping gives other pseudonyms"
expect 0 reveal user_0002 -m p.map -r x --passphrase-fd 5 5< pass
[ "$(cat out)" = "user_0002	user	bob" ] || fail "reveal says: $(cat out)"
expect 0 mapping check p.map --passphrase-file pass
grep -q '^encrypted *with a passphrase$' out || fail "check says: $(cat out)"
(umask 0; expect 0 anonymize jobs.psv -m wide.map -o wide.psv --encrypt --passphrase-file pass)
sealed wide.map
rm wide.map wide.psv*

# The paper for reviewers says how it is kept.
printf 'User|State|Start|End|AllocCPUS\nqzvan|COMPLETED|2025-01-01T00:00:00|2025-01-01T01:00:00|4\n' > ran.psv
for how in 'passphrase --encrypt --passphrase-file pass' 'not --min-users 5'; do
	# shellcheck disable=SC2086 # words
	expect 0 run ran.psv -m kept.map -o kept --only data ${how#* }
	grep -q "^How the mapping is kept,scan.mapping,.*${how%% *}" kept/tables/figures.csv || fail "$how: $(grep scan.mapping kept/tables/figures.csv)"
	rm -r kept kept.*
done
# A report for those who run the cluster opens it, and so does a search; what that finds is noted without a name, of a new one, too.
expect 0 run ran.psv -m kept.map -o kept --only data --encrypt --passphrase-file pass
expect 0 report kept.psv --internal -m kept.map -r review -o internal --only data --passphrase-file pass
grep -q '^qzvan,' internal/tables/users.csv || fail "no name in $(cat internal/tables/users.csv)"
printf '[site]\ninstitution = The qzvan Institute\n' > site.conf
expect 5 report kept.psv --site site.conf --scan-with kept.map -o found --only data --passphrase-file pass
expect 5 run ran.psv -m noted.map -o found --site site.conf --only data --encrypt --passphrase-file pass
for log in kept.map.scan.log noted.map.scan.log; do
	grep -q '	found	found/report.json	[0-9]*	user	user_0001	-$' $log && ! grep -q qzvan $log || fail "$log: $(cat $log)"
done
rm -r kept kept.* internal noted.map.scan.log

# In ten years, with nothing but gpg, the file and the passphrase.
mkdir -m 700 later
homes="$homes $dir/later"
gpg --homedir later --batch --quiet --pinentry-mode loopback --passphrase-file pass -d p.map > plain 2> err ||
	fail "gpg does not open it: $(cat err)"
printf '%s\n' kind,name,pseudonym '"user","ann","user_0001"' '"account","physics","group_A"' \
	'"user","bob","user_0002"' '"end","3",""' > wanted
sed 2d plain | cmp - wanted || fail "gpg gives: $(cat plain)"
# What gpg itself encrypts, binary and compressed, is read too.
gpg --homedir later --batch --quiet --pinentry-mode loopback --passphrase-file pass -c -o own.map plain 2> err ||
	fail "$(cat err)"
chmod 600 own.map
expect 0 mapping list own.map --passphrase-file pass
grep -q '^user_0002	user$' out || fail "a binary message is not read"
rm plain

# A wrong, weak, missing or badly kept passphrase.
refused 'the passphrase is wrong, or the file is damaged' anonymize more.psv -m p.map -o x.psv --passphrase-file wrong
refused 'the passphrase is wrong' reveal user_0001 -m p.map -r x --passphrase-file wrong
# Without a terminal, also when the test has one.
status=0
setsid -w "$RECLAIM" anonymize more.psv -m p.map -o x.psv < /dev/null 2> err || status=$?
[ "$status" = 1 ] || fail "without a passphrase: exit $status"
says 'a passphrase is needed (--passphrase-file, --passphrase-fd): there is no terminal to ask on'
refused 'the passphrase is too weak' anonymize jobs.psv -m new.map -o x.psv --encrypt --passphrase-file weak
refused 'the passphrase is empty' anonymize jobs.psv -m new.map -o x.psv --encrypt --passphrase-file empty
refused 'the passphrase holds a zero byte' anonymize jobs.psv -m new.map -o x.psv --encrypt --passphrase-file zero
refused 'the passphrase holds a zero byte' anonymize more.psv -m p.map -o x.psv --passphrase-fd 5 5< zero
refused 'open: is open to other users' anonymize jobs.psv -m new.map -o x.psv --encrypt --passphrase-file open
refused 'link: is a symbolic link' anonymize jobs.psv -m new.map -o x.psv --encrypt --passphrase-file link
refused 'there is no such file' anonymize jobs.psv -m new.map -o x.psv --encrypt --passphrase-file none
# A passphrase without --encrypt would leave the names in plain text, while whoever gave it takes them for encrypted.
refused 'new.map is not there yet, and a passphrase alone would not encrypt it: add --encrypt' \
	anonymize jobs.psv -m new.map -o x.psv --passphrase-file pass
(umask 077; expect 0 anonymize jobs.psv -m clear.map -o clear.psv)
refused 'clear.map is plain text, which a passphrase alone leaves it: add --encrypt' \
	anonymize more.psv -m clear.map -o x.psv --passphrase-fd 5 5< pass
rm clear.map* clear.psv*
[ -z "$(ls -d new.map* x.psv* 2> /dev/null)" ] || fail "a refused run left $(ls -d new.map* x.psv*)"

# No trace of what passes through, whatever the environment says.
GPGME_DEBUG=9:$dir/traced expect 0 mapping check p.map --passphrase-file pass
! grep -qE 'vivid|physics' traced 2> /dev/null || fail "GPGME_DEBUG gives the passphrase or the names away"
rm -f traced

# Damaged and cut.
for size in 100 200 300; do
	head -c $size p.map > cut.map
	chmod 600 cut.map
	refused 'cut.map: cannot be decrypted' mapping check cut.map --passphrase-file pass
done
sed '4s/./A/9; 4s/./B/10; 4s/./C/11' p.map > bent.map
chmod 600 bent.map
refused 'the file is damaged' anonymize more.psv -m bent.map -o x.psv --passphrase-file pass
rm cut.map bent.map

# A plain mapping becomes an encrypted one, and is told that the old bytes may stay.
expect 0 anonymize jobs.psv -m was.map -o was.psv
cp -p was.map plain
expect 0 anonymize jobs.psv -m was.map -o was.psv --encrypt --passphrase-file pass
says 'was plain text until now'
sealed was.map
expect 0 mapping list was.map --names -r x --passphrase-file pass
[ "$(cut -f 1-2 out)" = "$(printf 'user_0001\tuser\ngroup_A\taccount')" ] || fail "encrypting changed it: $(cat out)"

# GnuPG keys, in a keyring of their owner.
mkdir -m 700 keys other
homes="$homes $dir/keys $dir/other"
g()
{
	home=$1
	shift
	gpg --homedir "$home" --batch --quiet --no-tty --pinentry-mode loopback --passphrase '' "$@" 2> gpg.err ||
		fail "gpg $*: $(cat gpg.err)"
}
fingerprint() # HOME ADDRESS
{
	gpg --homedir "$1" --batch --with-colons -k "$2" 2> gpg.err | awk -F: '$1 == "fpr" { print $10; exit }'
}
key() # HOME ADDRESS [OPTION...]
{
	home=$1
	address=$2
	shift 2
	g "$home" "$@" --quick-gen-key "$address" ed25519 cert "${expires:-never}"
	# A faked time begins anew with each command: an hour later, lest the key be one of the future.
	[ $# -eq 0 ] || set -- "$1" "${2%000000}010000"
	g "$home" "$@" --quick-add-key "$(fingerprint "$home" "$address")" cv25519 encr "${expires:-never}"
}
key keys ann@example.org
key keys ben@example.org
key other far@example.org
expires=1y
key keys old@example.org --faked-system-time 20200101T000000
expires=
key keys gone@example.org
sed 's/^:---/---/' "keys/openpgp-revocs.d/$(fingerprint keys gone@example.org).rev" > gone.rev
g keys --import gone.rev
g keys --quick-gen-key sign@example.org ed25519 sign never
g keys --armor --export ben@example.org > ben.asc
g keys --export ben@example.org > ben.gpg
g keys --armor --export ann@example.org ben@example.org > both.asc
g keys --armor --export-secret-keys ben@example.org > secret.asc
g keys --export-secret-keys ben@example.org > secret.gpg
g keys --armor --export old@example.org > old.asc
g other --armor --export far@example.org > far.asc
g keys --import far.asc
export GNUPGHOME="$dir/keys"
ann=$(fingerprint keys ann@example.org)
ben=$(fingerprint keys ben@example.org)
far=$(fingerprint other far@example.org)

# By address, fingerprint with and without spaces, key id, armored and binary file.
for who in ann@example.org "$ann" "0x$ann" "$(echo "$ann" | sed 's/..../& /g; s/ $//')" "$(echo "$ann" | tail -c 17)"; do
	expect 0 anonymize jobs.psv -m by.map -o by.psv --encrypt-to "$who"
	sealed by.map
	gpg --batch --quiet -d by.map > by.plain 2> err || fail "$who: gpg does not open it: $(cat err)"
	rm by.map
done
for file in ./ben.asc ben.asc "$dir/ben.gpg"; do
	expect 0 anonymize jobs.psv -m by.map -o by.psv --encrypt-to "$file"
	gpg --batch --quiet -d by.map > by.plain 2> err || fail "$file: gpg does not open it: $(cat err)"
	rm by.map
done
rm -f by.plain by.psv*

# To several; opened in another home with the one key and nothing else.
expect 0 anonymize jobs.psv -m k.map -o k.psv --encrypt-to ann@example.org --encrypt-to far.asc --encrypt-to "$far"
[ "$(gpg --batch --list-packets k.map 2> /dev/null | grep -c '^:pubkey enc packet')" = 2 ] || fail "not two recipients"
gpg --homedir other --batch --quiet -d k.map > plain 2> err || fail "the second recipient cannot open it: $(cat err)"
grep -q '^"user","ann","user_0001"$' plain || fail "the second recipient gets: $(cat plain)"
rm plain
expect 0 mapping check k.map
grep -q '^encrypted *to .*(far@example.org).*' out && grep -q '(ann@example.org)' out || fail "check says: $(cat out)"

# It stays encrypted to them: they are to be given again, and more may come.
refused 'give --encrypt-to for that again' anonymize more.psv -m k.map -o x.psv
refused '(ann@example.org)' anonymize more.psv -m k.map -o x.psv --encrypt-to far.asc
refused '(far@example.org)' anonymize more.psv -m k.map -o x.psv --encrypt-to ann@example.org
refused 'give --encrypt-to for that again' anonymize more.psv -m k.map -o x.psv --encrypt --passphrase-file pass
# Where one of them can be encrypted to no more, there is a way to others.
for to in far.asc old@example.org; do
	refused 'mapping merge MAP MAP -o NEW --encrypt-to' anonymize more.psv -m k.map -o x.psv --encrypt-to "$to"
done
expect 0 mapping merge k.map k.map -o moved.map --encrypt-to ann@example.org
sealed moved.map
expect 0 anonymize more.psv -m moved.map -o moved.psv --encrypt-to ann@example.org
expect 0 anonymize more.psv -m k.map -o k.psv --encrypt-to ann@example.org --encrypt-to far.asc --encrypt-to ben.asc
sealed k.map
expect 0 reveal user_0002 user_0001 -m k.map -r x
[ "$(cut -f 3 out | tr '\n' ' ')" = "bob ann " ] || fail "reveal says: $(cat out)"

# To somebody else alone: it can be made without their secret key, and then only they can extend it.
expect 0 anonymize jobs.psv -m f.map -o f.psv --encrypt-to far.asc
gpg --homedir other --batch --quiet -d f.map > plain 2> err || fail "the recipient cannot open it: $(cat err)"
rm plain
refused 'has no secret key for that' anonymize more.psv -m f.map -o x.psv --encrypt-to far.asc
refused 'has no secret key for that' reveal user_0001 -m f.map -r x
(export GNUPGHOME="$dir/other"; expect 0 anonymize more.psv -m f.map -o f.psv --encrypt-to far.asc)

# A passphrase gives way to a key; a key that a passphrase protects is opened by it in cron.
expect 0 anonymize more.psv -m was.map -o was.psv --encrypt-to ann@example.org --passphrase-file pass
expect 0 mapping check was.map
grep -q '(ann@example.org)' out || fail "check says: $(cat out)"
gpg --batch --quiet --pinentry-mode loopback --passphrase-file pass --quick-gen-key cron@example.org ed25519 cert never \
	2> gpg.err || fail "$(cat gpg.err)"
gpg --batch --quiet --pinentry-mode loopback --passphrase-file pass --quick-add-key \
	"$(fingerprint keys cron@example.org)" cv25519 encr never 2> gpg.err || fail "$(cat gpg.err)"
expect 0 anonymize jobs.psv -m c.map -o c.psv --encrypt-to cron@example.org --passphrase-file pass
gpgconf --kill all
refused 'cannot be decrypted' anonymize more.psv -m c.map -o x.psv --encrypt-to cron@example.org --passphrase-file wrong
expect 0 anonymize more.psv -m c.map -o c.psv --encrypt-to cron@example.org --passphrase-file pass

# Keys that cannot be used, words that mean none or several.
new='anonymize jobs.psv -m new.map -o x.psv --encrypt-to'
# shellcheck disable=SC2086 # words
{
	refused 'there is no key of nobody@example.org in your keyring' $new nobody@example.org
	refused 'there is no key of nn@example.org in your keyring' $new nn@example.org
	refused 'the key of old@example.org has expired' $new old@example.org
	refused 'has expired' $new old.asc
	refused 'the key of gone@example.org is revoked' $new gone@example.org
	refused 'has no part that can be encrypted to' $new sign@example.org
	refused "compare its fingerprint with them, then give that: $far" $new far@example.org
	refused 'both.asc: it holds 2 public keys' $new both.asc
	refused 'secret.asc: this is a secret key' $new secret.asc
	refused 'secret.gpg: this is a secret key' $new secret.gpg
	refused 'jobs.psv: ' $new ./jobs.psv
	refused 'there is no such file' $new ./none.asc
	expect 2 $new ann
	expect 2 $new 0x12345678
	expect 2 $new '<ann@example.org>'
}
g keys --quick-gen-key 'Second <ben@example.org>' ed25519 cert never
second=$(gpg --batch --with-colons -k ben@example.org 2> gpg.err | awk -F: -v first="$ben" \
	'$1 == "pub" { next_is = 1 } $1 == "fpr" && next_is { next_is = 0; if ($10 != first) print $10 }')
g keys --quick-add-key "$second" cv25519 encr never
# shellcheck disable=SC2086 # words
refused 'there are 2 keys of ben@example.org: give the fingerprint' $new ben@example.org

# merge and destroy.
(umask 077; echo "morbid waltz ingot thirsty pelican drum" > new.pass)
cat pass pass new.pass > three
expect 0 mapping merge p.first p.map -o other.map --encrypt --passphrase-fd 5 5< three
refused 'the passphrase is wrong' mapping check other.map --passphrase-file pass
expect 0 mapping check other.map --passphrase-file new.pass
rm other.map
expect 2 mapping merge p.first p.map -o new.map --passphrase-file pass
says 'these mappings are encrypted: say with --encrypt-to or --encrypt how the result is'
expect 0 anonymize more.psv -m plain.map -o plain.psv
expect 2 mapping merge p.first plain.map -o new.map --passphrase-file pass
says 'one of these mappings is encrypted: say'
rm plain.*
expect 0 mapping merge p.first p.map -o joined.map --passphrase-file pass --encrypt-to ann@example.org
sealed joined.map
expect 0 mapping list joined.map
[ "$(wc -l < out)" = 3 ] || fail "merged: $(cat out)"
expect 0 mapping destroy joined.map --yes
[ ! -e joined.map ] || fail "an encrypted mapping is still there"

# Without a usable HOME, as in cron: a passphrase and key files need no keyring.
unset GNUPGHOME
HOME=/nonexistent
refused 'in your keyring' anonymize jobs.psv -m new.map -o x.psv --encrypt-to ann@example.org
refused 'cannot be decrypted' anonymize more.psv -m k.map -o x.psv --encrypt-to ann@example.org
expect 0 anonymize jobs.psv -m cron.map -o cron.psv --encrypt --passphrase-file pass
expect 0 anonymize more.psv -m cron.map -o cron.psv --passphrase-file pass
expect 0 anonymize jobs.psv -m cronkey.map -o cron.psv --encrypt-to ben.asc
HOME=$dir/home
rm cron.map cronkey.map cron.psv*
XDG_RUNTIME_DIR=/nonexistent expect 0 anonymize jobs.psv -m tmp.map -o tmp.psv --encrypt-to ben.asc
XDG_RUNTIME_DIR=$dir/$(printf '%0100d' 1) expect 0 mapping check p.map --passphrase-file pass
rm tmp.map tmp.psv*

# GnuPG missing, too old, crashing, silent, lying: stand-ins before the real one.
mkdir bin none
real=$(command -v gpg)
conf=$(command -v gpgconf)
cat > bin/gpgconf << END
#!/bin/sh
case "\$*" in
*--list-components*) $conf "\$@" | sed 's|^gpg:\\([^:]*\\):.*|gpg:\\1:$dir/bin/gpg|' ;;
*) exec $conf "\$@" ;;
esac
END
stand_in() # what gpg does when it is not asked for its version
{
	printf '#!/bin/sh\ncase "$*" in *--version*) %s ;; esac\n%s\n' "${version:-exec $real \"\$@\"}" "$1" > bin/gpg
	chmod 755 bin/gpg bin/gpgconf
}
bare=$PATH
broken()
{
	refused "$1" anonymize jobs.psv -m new.map -o x.psv --encrypt --passphrase-file pass
	refused "$1" anonymize more.psv -m p.map -o x.psv --passphrase-file pass
	refused "$1" anonymize jobs.psv -m new.map -o x.psv --encrypt-to ben.asc
}
missing()
{
	status=0
	# shellcheck disable=SC2123 # that is the point
	(PATH=$dir/none; "$RECLAIM" "$@" < /dev/null > out 2> err) || status=$?
	[ "$status" -eq 1 ] || fail "without gpg: exit $status: $(cat err)"
	says 'GnuPG is missing or does not start'
}
cp -p p.map p.before
missing anonymize jobs.psv -m new.map -o x.psv --encrypt --passphrase-file pass
missing anonymize jobs.psv -m new.map -o x.psv --encrypt-to ben.asc
missing anonymize more.psv -m p.map -o x.psv --passphrase-file pass
# shellcheck disable=SC2123 # that is the point
(PATH=$dir/none; "$RECLAIM" anonymize jobs.psv -m plain.map -o plain.psv 2> err) || fail "plain text needs gpg: $(cat err)"
rm plain.map plain.psv*
cmp p.map p.before || fail "a run without gpg changed the mapping"
[ -z "$(ls -d new.map* x.psv* .*.part 2> /dev/null)" ] || fail "a run without gpg left something"
PATH=$dir/bin:$bare
version='echo "gpg (GnuPG) 2.2.6"; exit 0'
stand_in "exec $real \"\$@\""
broken 'GnuPG is too old: encryption needs gpg 2.2.7 or later'
version='exit 1'
stand_in 'exit 1'
broken 'GnuPG is missing or does not start'
version=
for crash in 'exit 1' 'exit 0' 'kill -SEGV $$' 'cat > /dev/null; exit 0' 'echo nonsense'; do
	stand_in "$crash"
	for words in 'anonymize jobs.psv -m new.map -o x.psv --encrypt --passphrase-file pass' \
		'anonymize more.psv -m p.map -o x.psv --passphrase-file pass' \
		'anonymize jobs.psv -m new.map -o x.psv --encrypt-to ben.asc'; do
		# shellcheck disable=SC2086 # words
		refused '' $words
	done
done
# It encrypts well and gives nothing, or something else, when it is asked to open that again.
stand_in "case \"\$*\" in *--decrypt*) exit 0 ;; esac; exec $real \"\$@\""
refused 'broke off' anonymize jobs.psv -m new.map -o x.psv --encrypt --passphrase-file pass
stand_in "case \"\$*\" in *--decrypt*) $real \"\$@\" | sed s/ann/eve/ ;; *) exec $real \"\$@\" ;; esac"
refused 'does not decrypt to the same' anonymize jobs.psv -m new.map -o x.psv --encrypt --passphrase-file pass
# It writes half of what it should.
stand_in "case \"\$*\" in *--encrypt*|*--symmetric*) $real \"\$@\" | head -c 150 ;; *) exec $real \"\$@\" ;; esac"
refused 'encryption failed' anonymize jobs.psv -m new.map -o x.psv --encrypt --passphrase-file pass
refused 'encryption failed' anonymize jobs.psv -m new.map -o x.psv --encrypt-to ben.asc
PATH=$bare

# A full disk: for the mapping, which is larger than what is shared, and for GnuPG's folder.
awk 'BEGIN {
	srand(1)
	print "User|End"
	for (i = 0; i < 3000; i++) {
		name = ""
		for (j = 0; j < 40; j++) name = name sprintf("%c", 97 + int(rand() * 26))
		print name "|"
	}
}' > crowd.psv
(trap '' XFSZ; ulimit -f 100; exec "$RECLAIM" anonymize crowd.psv -m p.map -o - --passphrase-file pass) 2> err |
	cat > /dev/null
says 'p.map: cannot be written: File too large'
cmp p.map p.before || fail "a full disk changed the mapping"
[ -z "$(ls -A run)$(ls -d .*.part 2> /dev/null)" ] || fail "a full disk left something"
if unshare -m true 2> /dev/null; then
	cat > full.sh << 'END'
mount -t tmpfs -o size=64k,mode=700 none small || exit 77
cp -p p.map small/p.map
cp -p p.map before
"$RECLAIM" anonymize crowd.psv -m small/p.map -o full.psv --passphrase-file pass 2> err && exit 1
cmp small/p.map before && [ "$(ls -A small)" = p.map ] || exit 2
XDG_RUNTIME_DIR=$PWD/small
head -c 100000 /dev/zero > small/fill 2> /dev/null
"$RECLAIM" anonymize jobs.psv -m new.map -o full.psv --encrypt-to ben.asc 2>> err && exit 3
[ "$(ls small | tr '\n' ' ')" = 'fill p.map ' ] || exit 4
END
	mkdir small
	export RECLAIM
	status=0
	unshare -m sh full.sh || status=$?
	[ "$status" = 0 ] || [ "$status" = 77 ] || fail "a full file system: $status: $(cat err)"
	[ "$status" = 77 ] || says 'No space left on device'
	[ ! -e new.map ] && [ ! -e full.psv ] || fail "a full file system left a file"
fi

# swept: what a killed run has of GnuPG's goes soon, its folder and its agent; a gpg may still be at work there.
swept()
{
	in_time gone || fail "a killed run left, after $tenth tenths of a second: $(find run) $(grep -lsa "$dir/run/recla[i]m-" /proc/[0-9]*/cmdline)"
}
gone() { [ -z "$(ls -A run)" ] && ! grep -qsa "$dir/run/recla[i]m-" /proc/[0-9]*/cmdline; }

# Killed while it encrypts: the old mapping or the new one.
for i in 1 2 3 4 5 6 7 8 9 10; do
	cp -p p.first k9.map
	"$RECLAIM" anonymize more.psv -m k9.map -o k9.psv --passphrase-file pass 2> /dev/null &
	sleep "0.$(printf '%02d' $((i * 7)))"
	kill -9 $! 2> /dev/null || true
	wait $! 2> /dev/null || true
	swept
	expect 0 mapping check k9.map --passphrase-file pass
	grep -qE '^user *[12]$' out || fail "a killed run left: $(cat out)"
	sealed k9.map
done

# Stopped while it encrypts: as when killed, and nothing of GnuPG's stays.
for signal in INT TERM HUP; do
	for i in 1 2 3 4; do
		cp -p p.first k9.map
		# Not in the background of this shell, which would have it ignore SIGINT.
		timeout -s $signal "0.$(printf '%02d' $((i * 9)))" "$RECLAIM" anonymize more.psv -m k9.map -o k9.psv \
			--passphrase-file pass 2> /dev/null || true
		swept
		sealed k9.map
	done
done

# A gpg that hangs keeps nobody from stopping it.
PATH=$dir/bin:$bare
stand_in 'exec sleep 300'
for signal in INT TERM HUP; do
	cp -p p.first k9.map
	status=0
	timeout -k 120 -s $signal 1 "$RECLAIM" anonymize more.psv -m k9.map -o k9.psv --passphrase-file pass 2> /dev/null || status=$?
	[ "$status" = 124 ] || fail "where gpg hangs SIG$signal does not end it: $status"
	swept
	cmp k9.map p.first || fail "where gpg hangs SIG$signal changed the mapping"
done
PATH=$bare

# What ends it is sent to the whole group, and what sees to the folder may still be in that.
can_trace()
{
	[ "$(id -u)" = 0 ] && command -v strace > /dev/null && strace -f -o trace true 2> /dev/null
}
is_leaving() { grep -q setsid trace 2> /dev/null; }
if can_trace; then
	for signal in TERM HUP; do
		rm -f trace
		cp -p p.first k9.map
		ASAN_OPTIONS=detect_leaks=0 strace -f -o trace -e trace=setsid -e inject=setsid:delay_enter=3000000 \
			"$RECLAIM" anonymize more.psv -m k9.map -o k9.psv --passphrase-file pass 2> err &
		tracer=$!
		in_time is_leaving || fail "nobody is there to see to the folder: $(cat err)"
		leaving=$(sed -n '/setsid/ { s/ .*//p; q; }' trace)
		kill -s $signal "$leaving" "$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/$leaving/status")"
		wait $tracer 2> /dev/null || true
		swept
		cmp k9.map p.first || fail "SIG$signal to both changed the mapping"
	done
fi

# No other process sees the passphrase, and no plain text comes onto the disk: pipes and sockets carry both.
if can_trace; then
	ASAN_OPTIONS=detect_leaks=0 strace -f -s 4096 -y -e trace=execve,write,pwrite64 -o trace "$RECLAIM" anonymize more.psv \
		-m p.map -o x.psv --passphrase-file pass 2> err || fail "$(cat err)"
	! grep execve trace | grep -q 'vivid oxbow' || fail "the passphrase is in a command line"
	grep -q 'vivid oxbow' trace || fail "strace did not see the passphrase being handed over"
	grep -E '(write|pwrite64)\([0-9]+</' trace | grep -vE '\([0-9]+</dev/' | grep -E 'physics|vivid oxbow' > written || true
	[ ! -s written ] || fail "plain text was written: $(cat written)"
	rm -f x.psv*
fi

# On a terminal: asked twice without echo, and not taken when the two differ.
if command -v script > /dev/null; then
	mkfifo keyboard
	is_asked()
	{
		[ "$(tr '\r' '\n' < screen | grep -cE '(assphrase for .*|Once more|\(This is kept\.\)|“destroy”):? ')" -ge "$asked" ]
	}
	typed() # COMMAND-LINE ANSWER...
	{
		line=$1
		shift
		: > screen
		script -qfec "$line" screen < keyboard > /dev/null 2>&1 &
		terminal=$!
		exec 4> keyboard
		asked=0
		for answer in "$@"; do
			asked=$((asked + 1))
			in_time is_asked || fail "on a terminal it does not ask: $(cat screen)"
			echo "$answer" >&4
		done
		exec 4>&-
		status=0
		wait $terminal || status=$?
	}
	phrase=$(cat pass)
	typed "'$RECLAIM' anonymize jobs.psv -m t.map -o t.psv --encrypt" "$phrase" "$phrase"
	[ "$status" = 0 ] || fail "on a terminal: exit $status: $(cat screen)"
	! grep -q 'vivid oxbow' screen || fail "the passphrase was echoed"
	sealed t.map
	expect 0 mapping check t.map --passphrase-file pass
	typed "'$RECLAIM' reveal user_0001 -m t.map" 'because I was asked' "$phrase"
	grep -q 'user_0001.*ann' screen || fail "on a terminal reveal says: $(cat screen)"
	grep -q '	because I was asked$' t.map.log || fail "the reason that was typed is not in the log"
	typed "'$RECLAIM' anonymize jobs.psv -m t2.map -o t.psv --encrypt" "$phrase" "$phrase!"
	[ "$status" = 1 ] && grep -q 'the two passphrases differ' screen && [ ! -e t2.map ] || fail "two differ: $(cat screen)"
	typed "'$RECLAIM' anonymize jobs.psv -m t2.map -o t.psv --encrypt" weak
	[ "$status" = 1 ] && grep -q 'too weak' screen && [ ! -e t2.map ] || fail "a weak one: $(cat screen)"
	typed "'$RECLAIM' mapping destroy t.map" yes
	[ "$status" = 1 ] && [ -e t.map ] || fail "destroyed without the word: $(cat screen)"
	typed "'$RECLAIM' mapping destroy t.map" destroy
	[ "$status" = 0 ] && [ ! -e t.map ] || fail "not destroyed: $(cat screen)"
fi
