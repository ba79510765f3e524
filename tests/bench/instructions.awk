# SPDX-License-Identifier: Apache-2.0
# A file of callgrind's → how many instructions were counted, those of libcrypto apart: it knows instructions for SHA-256
# that valgrind does not, so that what is counted there is not what is done. With -v inside=FUNCTION: only what was counted
# in calls of it, and in all that it calls.
function named(text, kind,    end, id) {
	end = index(text, ")")
	id = kind substr(text, 1, end)
	if (length(text) > end)
		name[id] = substr(text, end + 2)
	return name[id]
}

/^ob=/ { of = named(substr($0, 4), "object") }
/^cob=/ { named(substr($0, 5), "object") }
/^fn=/ { named(substr($0, 4), "function") }
/^cfn=/ { callee = named(substr($0, 5), "function") }
/^calls=/ { called = 1; next }
/^[0-9+*-]/ {
	if (inside != "" ? called && callee == inside : !called && of !~ /libcrypto/)
		sum += $2
	called = 0
}
END { printf "%.0f\n", sum }
