#!/bin/sh
# Cuts off first applies of the tutorial at random moments, 20 by an interrupt and 20 by a kill, and counts how many a second
# apply brings to an end. It takes half an hour, and needs Linux. With -seed=N it draws the same moments again.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh
. .tools/env

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
go build -o "$work/tfgen" ./cmd/tfgen
go build -o "$work/cutoff" ./internal/cutoff
"$work/cutoff" -tfgen="$work/tfgen" "$@"
