#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the program is built with is asked for by the packages, too: libraries by bootstrap and debian/control, and what
# configure looks for by contrib/reclaim.spec. Both have the pages, which `make install` puts there.
set -eu
cd "${srcdir:-.}"
[ -e debian/control ] || { echo 'skipped: debian/ is in the repository alone'; exit 77; }
failed=0
count=0
pages=$(mktemp)
trap 'rm -f "$pages"' EXIT

# asked FILE WORD: it stands there by itself.
asked() {
	count=$((count + 1))
	grep -qE "(^|[ ,(])$(echo "$2" | sed 's/[.+]/\\&/g')([ ,)]|\$)" "$1" || {
		echo "$1 does not ask for $2"
		failed=1
	}
}

for package in $(sed -n "/^packages=/,/'\$/p" bootstrap | tr -d "'" | sed 's/^packages=//'); do
	case $package in
	autoconf | automake | gcc | libc6-dev | make | gzip) ;; # every package is built with these
	*) asked debian/control "$package" ;;
	esac
done
for module in $(sed -n 's/^PKG_CHECK_MODULES(\[[A-Z]*\], \[\(.*\)\])$/\1/p' configure.ac | sed 's/ >= [0-9.]*//g'); do
	asked contrib/reclaim.spec "$module"
done
# What is read, and what a page has the reader submit, is installed, and packed from where it is.
sed -n 's/^dist_doc_DATA = //p' Makefile.am >"$pages"
for page in doc/*.md doc/*.sbatch; do
	asked "$pages" "$page"
done
asked debian/reclaim.install usr/share/doc/reclaim
for packed in '*.md' tally-month.sbatch; do
	grep -qxF "%{_docdir}/%{name}/$packed" contrib/reclaim.spec || {
		echo "contrib/reclaim.spec does not pack $packed"
		failed=1
	}
done
[ "$count" -ge 40 ] || { echo "only $count things are asked for"; failed=1; }
exit $failed
