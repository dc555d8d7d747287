#!/bin/sh
# The tutorial's end state, from nothing to nothing, on this machine alone: no AWS account, no cost.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh
. .tools/env

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/tfgen" ./cmd/tfgen
go build -o "$work/localaws" ./internal/rehearsal/localaws/cmd
cp -R examples/tutorial "$work/app"

PATH=$work:$PATH
export PATH
cd "$work/app"
localaws sh -euc '
step() {
	printf "\n$ tfgen %s\n" "$*"
	tfgen "$@"
}
step generate
step plan
step apply -auto-approve
step plan -detailed-exitcode
step destroy -auto-approve
'
