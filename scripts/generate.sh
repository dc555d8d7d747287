#!/bin/sh
# Writes anew what is generated and checked in: the code of the examples, and modules, which are those of the complete
# example. The difference is the review.
set -eu
cd "$(dirname "$0")/.."
mkdir -p bin
go build -o bin/tfgen ./cmd/tfgen
for spec in examples/*/tfgen.hcl; do
	bin/tfgen -chdir="$(dirname "$spec")" generate
done
rm -rf modules
cp -R examples/complete/infra/modules modules
