# SPDX-License-Identifier: Apache-2.0
# A file of callgrind's → how many instructions were counted, those of libcrypto apart: it knows instructions for SHA-256
# that valgrind does not, so that what is counted there is not what is done.
function object(text,    end, id) {
	end = index(text, ")")
	id = substr(text, 1, end)
	if (length(text) > end)
		name[id] = substr(text, end + 2)
	return name[id]
}

/^ob=/ { of = object(substr($0, 4)) }
/^cob=/ { object(substr($0, 5)) }
/^calls=/ { called = 1; next }
/^[0-9+*-]/ {
	if (!called && of !~ /libcrypto/)
		sum += $2
	called = 0
}
END { printf "%.0f\n", sum }
