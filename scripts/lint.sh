#!/bin/sh
# Reads the Go code with golangci-lint, and the Terraform that tfgen writes with terraform fmt, tflint and Trivy. The
# first and the third are installed into .tools/bin, in the versions that the settings were written for. Trivy takes too
# long to build: it reads where it is installed. Last, npm builds the tutorial's application as its Dockerfile says.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh
. .tools/env

bin=$PWD/.tools/bin
install_at() { # VERSION MODULE: nothing to do where the binary says that version.
	name=$(basename "$2")
	if ! "$bin/$name" --version 2>/dev/null | grep -q "${1#v}"; then
		echo "lint: installing $name $1 into .tools/bin" >&2
		GOBIN=$bin go install "$2@$1"
	fi
}
install_at v2.15.0 github.com/golangci/golangci-lint/v2/cmd/golangci-lint
install_at v0.64.0 github.com/terraform-linters/tflint

failed=0
"$bin/golangci-lint" run ./... || failed=1
"${TFGEN_TERRAFORM:-terraform}" fmt -check -recursive templates modules examples || failed=1
# tflint reads one folder at a time; a folder with a .tf file is a module.
for dir in $(find modules examples/*/infra -name '*.tf' -not -path '*/.terraform/*' -exec dirname {} \; | sort -u); do
	"$bin/tflint" --config="$PWD/.tflint.hcl" --chdir="$dir" || failed=1
done
if command -v trivy >/dev/null; then
	for infra in examples/*/infra; do
		trivy config --quiet --skip-check-update --exit-code 1 "$infra" || failed=1
	done
fi
go test -count=1 -tags=npm -run=TestTutorialApp ./examples || failed=1
exit $failed
