#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The whole site in one file: it is all there, needs nothing else, and lets in nothing but its own style and script. RECLAIM is
# the program to test, SAMPLE the folder of the sample.
. "$(dirname "$0")/begin.sh"
: "${SAMPLE:?the folder of the sample}"
for tool in gzip base64 perl; do
	command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

gzip -dc "$SAMPLE/sacct-2025.psv.gz" | head -n 1500 > raw.psv
expect 0 anonymize raw.psv -m map.csv -o shared.psv
base64 -d > dot.png << 'END'
iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAAEnRFWHRDb21tZW50AGJ5IHphcGhvZGISbVMLAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC
END
printf '[site]\ninstitution=<b>Co</b> & "Sons"\nlogo=dot.png\ncolour=#7A1020\nlanguage=de-CH\n' > own.conf
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --site own.conf --only site -o usual
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --site own.conf --only site -o one --single-file

# It comes when it is asked for, and the pages then offer it; nothing else changes.
[ ! -e usual/report.html ] || fail 'the file is there without being asked for'
[ -s one/report.html ] || fail 'the file that was asked for is not there'
grep -q '"report.html"' one/manifest.json || fail 'the manifest does not list it'
grep -q 'href="../report.html"' one/findings/memory.html || fail 'the pages do not offer it'
rm -rf same && cp -r one same && rm same/report.html
find same -name '*.html' -exec sed -i 's|<li><a href="[./]*report.html">[^<]*</a></li>||g' {} +
cp usual/manifest.json same/manifest.json
diff -r usual same > differ || fail "more than the one file differs: $(head -n 3 differ | cut -c 1-200)"
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --site own.conf --only data -o again --single-file
cmp one/report.html again/report.html || fail 'the same input gives other bytes'

# examine FILE PAGES: what is wrong with it.
examine()
{
	perl -MDigest::SHA=sha256_base64 -e '
	my ($file, $pages) = @ARGV;
	open my $in, "<:raw", $file or die; local $/; my $html = <$in>;
	my (%digest, %id, @wrong);
	for my $kind ("style", "script") {
		my @found = $html =~ m{<$kind>(.*?)</$kind>}gs;
		push @wrong, "$kind stands in it " . @found . " times" if @found != 1;
		$digest{$kind} = sha256_base64($found[0] // "") . "=";
	}
	my $policy = "default-src \x27none\x27; style-src \x27sha256-$digest{style}\x27; script-src \x27sha256-$digest{script}\x27; " .
		"img-src data:; base-uri \x27none\x27; form-action \x27none\x27";
	push @wrong, "its policy is another" if index($html, "<meta http-equiv=\"Content-Security-Policy\" content=\"$policy\">") < 0;
	push @wrong, "no referrer policy" unless $html =~ m{<meta name="referrer" content="no-referrer">};
	$html =~ s{<(style|script)>.*?</\1>}{}gs;
	$id{$1}++ while $html =~ m{<[^>]* id="([^"]*)"}g;
	push @wrong, "$_ stands there $id{$_} times" for grep { $id{$_} > 1 } sort keys %id;
	while ($html =~ m{ (href|src)="([^"]*)"}g) {
		my ($kind, $link) = ($1, $2);
		next if $link =~ m{^data:} || ($kind eq "href" && $link =~ m{^https://});
		push @wrong, "$link leads out of it" if $link !~ m{^#};
		push @wrong, "$link leads nowhere" if $link =~ m{^#(.*)} && !$id{$1};
	}
	while ($html =~ m{ (?:aria-labelledby|for)="([^"]*)"}g) {
		for (split / /, $1) { push @wrong, "$_ names no one" unless $id{$_} }
	}
	push @wrong, "$1 in an element" if $html =~ m{<[a-z][^>]* (style|on[a-z]+)=};
	my @levels = $html =~ m{<h([1-6])[ >]}g;
	push @wrong, "it does not have one heading of level 1, first" if $levels[0] != 1 || 1 != grep { $_ == 1 } @levels;
	for (1 .. $#levels) { push @wrong, "level $levels[$_] follows $levels[$_ - 1]" if $levels[$_] > $levels[$_ - 1] + 1 }
	my $articles = () = $html =~ m{<article id="[^"]+" aria-labelledby="[^"]+"}g;
	push @wrong, "$articles pages stand in it, not $pages" if $articles != $pages;
	print map { "$_\n" } @wrong;' "$1" "$2"
}
pages=$(find usual -name '*.html' | wc -l)
[ "$pages" -gt 20 ] || fail "there are only $pages pages"
examine one/report.html "$pages" > wrong
[ ! -s wrong ] || fail "report.html: $(head -n 5 wrong)"

# Each of these is noticed.
planted()
{
	sed "$1" one/report.html > planted.html
	examine planted.html "$pages" | grep -qF "$2" || fail "it was not noticed that $2: $(examine planted.html "$pages" | head -n 3)"
}
planted 's|^:root {|:root  {|' 'its policy is another'
planted 's|"use strict"|"use  strict"|' 'its policy is another'
planted 's|<div class="frame"|& id="index"|' 'index stands there 2 times'
planted 's|</main>|<a href="users.html">x</a></main>|' 'users.html leads out of it'
planted 's|</main>|<a href="#nowhere">x</a></main>|' '#nowhere leads nowhere'
planted 's|</main>|<p style="color:red">x</p></main>|' 'style in an element'
planted 's|</main>|<h1>x</h1><h3>x</h3></main>|' 'level 3 follows 1'
planted 's|<article id="users"|<div id="users"|' 'pages stand in it'

# All words of the pages are there, in their order.
words()
{
	perl -0777 -ne 's{^.*?<main[^>]*>}{}s; s{</main>.*}{}s; s{<p class="(next|up)">.*?</p>}{}gs;
		s{( · )?<a href="[^"]*">All rows as CSV</a>}{}g; s{<p class="rest"></p>}{}g; s{<[^>]*>}{ }g; s{\s+}{\n}g; print' "$@"
}
order=$(perl -0777 -ne '($nav) = m{<nav class="menu-wide"(.*?)</nav>}s; print "$_\n" for $nav =~ m{href="([^"#:]*[.]html)"}g' usual/index.html)
# Those of groups, which the navigation does not name, come last.
order="$order $(grep -o 'href="groups/[^"]*[.]html"' usual/groups.html | sed 's/href="//; s/"//')"
(cd usual && for page in $order; do words "$page"; done) | grep . > pages.words
words one/report.html | grep . > one.words
[ "$(wc -l < pages.words)" -gt 5000 ] || fail 'there are no words on the pages'
diff pages.words one.words > differ || fail "its words are not those of the pages: $(head -n 5 differ)"

# What the site says of itself is there, as text, and its logo in the file.
grep -q '&lt;b&gt;Co&lt;/b&gt; &amp; "Sons"' one/report.html || fail 'the institution is not text'
grep -q '<html lang="de-CH">' one/report.html || fail 'the language'
grep -q -- '--accent:#7A1020' one/report.html || fail 'the colour'
grep -o 'src="data:image/png;base64,[^"]*' one/report.html | sed 's/.*,//' | base64 -d | cmp - one/assets/logo.png ||
	fail 'the logo is another'

# What is packed holds no words: a name that its letters happen to be is no name.
{ grep -o "sha256-[^']*" one/report.html | sed 's/sha256-//'; grep -o 'base64,[^"]*' one/report.html | sed 's/base64,//'; } |
	tr -s '+/=' '\n' | awk 'length($0) >= 3 && length($0) <= 60' | sort -u > chance
[ "$(wc -l < chance)" -ge 3 ] || fail 'there is nothing to be found by chance'
{ echo 'JobID|User|Account|Start|End|AllocCPUS|NodeList'
	awk '{ print NR "|" $0 "|heartofgold|2025-03-01T09:00:00|2025-03-01T11:00:00|4|cn01" }' chance; } > chance.psv
expect 0 anonymize chance.psv -m chance.map -o chance.shared
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --site own.conf -o chanced --single-file --scan-with chance.map

# Of an internal report it is its owner's alone, like all of it; `run` makes it, too.
mkdir -m 700 ours
expect 0 run raw.psv -m map.csv -o ours/report --single-file --internal
[ "$(stat -c %a ours/report/report.html)" = 600 ] || fail 'others can read the file of an internal report'
grep -q CONFIDENTIAL ours/report/report.html || fail 'it does not say that it is confidential'

# A site's own looks, with the ends of lines of another system; what would end them early is refused.
mkdir own
printf '/* ours */\r\n:root { color: red }\r' > own/style.css
expect 0 report shared.psv --inventory "$SAMPLE/nodes.txt" --templates own --only data -o ours/looks --single-file
examine ours/looks/report.html "$pages" > wrong
[ ! -s wrong ] || fail "with own looks: $(head -n 3 wrong)"
! grep -q "$(printf '\r')" ours/looks/report.html || fail 'the digest is not of what a browser reads'
# refuses FILE TEXT END: a template with that text, of which END is told.
refuses()
{
	rm -f own/*
	printf '/* %s */\n' "$2" > "own/$1"
	expect 1 report shared.psv --templates own -o ours/refused --single-file
	says "own/$1: “$3” cannot stand in a page"
	[ ! -e ours/refused ] || fail "a refused report was written"
}
refuses report.js 'x = "<!--<script>"' '<!--'
refuses report.js '</Script >' '</script'
refuses style.css '</STYLE>' '</style'
expect 0 report shared.psv --templates own -o ours/refused
