# What a person runs, and a CI: everything else is a script that can be read.

.PHONY: build demo fuzz generate lint setup test

build:
	go build -o bin/tfgen ./cmd/tfgen

# A whole project against a local AWS: no account, no cost.
demo:
	scripts/demo.sh

# Most of the time goes by waiting for the provider's own waits, so that more packages than there are cores may run at once.
# No result is taken from an earlier run: Go does not see that tests from outside build the command.
test: setup
	. .tools/env && go test -count=1 -p 4 -timeout 20m ./...

lint:
	scripts/lint.sh

# The code that is generated and checked in: modules and examples.
generate:
	scripts/generate.sh

fuzz:
	scripts/fuzz.sh

setup:
	@scripts/setup.sh
