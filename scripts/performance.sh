#!/bin/sh
# Measures what tfgen costs, beside Terraform alone on the same work, and prints the tables of docs/performance.md. It takes
# about five minutes, most of them the provider's waits; let the machine do nothing else meanwhile.
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
go build -o "$work/performance" ./internal/performance
"$work/performance" -tfgen="$work/tfgen"
