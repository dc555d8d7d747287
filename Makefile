# What a person runs, and a CI: everything else is a script that can be read.

.PHONY: build demo fuzz generate lint setup test

build:
	go build -o bin/tfgen ./cmd/tfgen

# A whole project against a local AWS: no account, no cost.
demo:
	scripts/demo.sh

# The tests that wait longest, for the provider's own waits, come first, and others run beside them. Go's vet is the
# linters' business. No result is taken from an earlier run: Go does not see that tests from outside build the command.
# AWS's SDK is compiled without inlining, which takes half of its time; what is delivered is compiled with it.
test: setup
	. .tools/env && GOFLAGS="$$GOFLAGS -gcflags=github.com/aws/...=-l" go test -count=1 -vet=off -p 4 -timeout 2h ./internal/e2e ./internal/rehearsal/... ./internal/changes ./internal/faults ./examples ./...

lint:
	scripts/lint.sh

# The code that is generated and checked in: modules and examples.
generate:
	scripts/generate.sh

fuzz:
	scripts/fuzz.sh

setup:
	@scripts/setup.sh
