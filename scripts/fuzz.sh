#!/bin/sh
# Runs every fuzz test for a while: FUZZTIME, 30s unless it is set, with as many
# workers as FUZZWORKERS says, one unless it is set. Inputs that find something
# new are made small in a moment: it would take most of the time else.
set -eu
cd "$(dirname "$0")/.."
grep -rl --include='*_test.go' '^func Fuzz' . | sort | while read -r file; do
	for name in $(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$file"); do
		go test -run '^$' -fuzz "^$name\$" -fuzztime "${FUZZTIME:-30s}" -fuzzminimizetime 10x -parallel "${FUZZWORKERS:-1}" "$(dirname "$file")" </dev/null
	done
done
