#!/bin/sh
# The tutorial's end state, from nothing to nothing, on this machine alone: no AWS account, no cost.
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
"$work/tfgen" -chdir=examples/tutorial rehearse "$@"
