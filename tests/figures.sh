#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# figures.sh REPORT.JSON: every figure of a report on a line: id, value, unit, grade and text, with tabs between.
set -eu
report=${1:?usage: figures.sh REPORT.JSON}
[ -s "$report" ] || { echo "figures.sh: there is no $report" >&2; exit 1; }
sqlite3 -batch -noheader -separator '	' -nullvalue null :memory: "
	SELECT json_extract(value, '\$.id'), json_extract(value, '\$.value'), json_extract(value, '\$.unit'),
	       json_extract(value, '\$.grade'), json_extract(value, '\$.text')
	FROM json_each(CAST(readfile('$report') AS TEXT), '\$.figures')"
