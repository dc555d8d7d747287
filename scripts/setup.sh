#!/bin/sh
# Installs into .tools what tests and demo need and this machine lacks: a Terraform, and a Python with moto. What is
# there already is used, wherever it stands. Says what it cannot do and goes on: each test says what it misses.
#
# Writes .tools/env, which the Makefile and the scripts read.
set -eu
cd "$(dirname "$0")/.."

terraform_version=1.11.4
moto_version=5.2.1

say() { printf 'setup: %s\n' "$*" >&2; }

# The same question that internal/rehearsal/localaws asks. The answer is where the interpreter really stands.
serves() {
	"$1" -c 'import importlib.metadata as m, importlib.util as u, sys
sys.exit(not (m.version("moto").startswith("5.2.") and u.find_spec("flask") and not print(sys.executable)))' 2>/dev/null
}

# Terraform 1.11 is the first with write-only arguments.
is_terraform() {
	"$1" version -json 2>/dev/null | tr -d ' \n' |
		grep -Eq '"terraform_version":"(1\.(1[1-9]|[2-9][0-9])|[2-9])'
}

find_python() {
	for python in "${TFGEN_PYTHON:-}" .tools/venv/bin/python python3; do
		[ -n "$python" ] && command -v "$python" >/dev/null && serves "$python" && return
	done
	return 1
}

make_python() {
	say "installing moto $moto_version into .tools/venv"
	if python3 -m venv .tools/venv >.tools/venv.log 2>&1 &&
		.tools/venv/bin/python -m pip install --quiet --disable-pip-version-check \
			"moto[server]==$moto_version" boto3 awscli >>.tools/venv.log 2>&1; then
		return
	fi
	say "cannot install moto (see .tools/venv.log): what needs a local AWS will fail."
	say "Give it a Python 3.10 or newer in TFGEN_PYTHON, with: pip install 'moto[server]==$moto_version' boto3 awscli"
}

find_terraform() {
	for terraform in "${TFGEN_TERRAFORM:-}" terraform .tools/terraform; do
		if [ -n "$terraform" ] && command -v "$terraform" >/dev/null && is_terraform "$terraform"; then
			command -v "$terraform"
			return
		fi
	done
	return 1
}

make_terraform() {
	say "installing Terraform $terraform_version into .tools"
	go run github.com/hashicorp/hc-install/cmd/hc-install@v0.10.0 \
		install -path .tools -version "$terraform_version" terraform >.tools/terraform.log 2>&1 && return
	say "cannot install Terraform (see .tools/terraform.log): what runs it will fail."
	say "Put a Terraform 1.11 or newer on the PATH, or name one in TFGEN_TERRAFORM."
}

# A folder that Terraform can take the AWS provider from without a network.
find_mirror() {
	provider=registry.terraform.io/hashicorp/aws
	for dir in "${TFGEN_PLUGIN_DIR:-}" "$HOME/.terraform.d/plugins" "$HOME/.local/share/terraform/plugins" \
		/usr/local/share/terraform/plugins /usr/share/terraform/plugins \
		/opt /opt/* /opt/*/* /srv /srv/* /usr/local/share/* /usr/local/lib/* /usr/share/* "$HOME/.terraform.d"/*; do
		if [ -n "$dir" ] && [ -d "$dir/$provider" ]; then
			printf '%s\n' "$dir"
			return
		fi
	done
	return 1
}

absolute() {
	case $1 in
	/*) printf '%s\n' "$1" ;;
	*) printf '%s/%s\n' "$PWD" "$1" ;;
	esac
}

# A line for the shell that sets a variable, where there is something to set.
line() {
	[ -z "$2" ] || printf "export %s='%s'\n" "$1" "$(absolute "$2" | sed "s/'/'\\\\''/g")"
}

if ! command -v go >/dev/null; then
	say "Go is missing. tfgen is written in Go 1.26 or newer: https://go.dev/dl/"
	exit 1
fi
mkdir -p .tools
python=$(find_python) || { make_python && python=$(find_python); } || python=
terraform=$(find_terraform) || { make_terraform && terraform=$(find_terraform); } || terraform=
mirror=$(find_mirror) || mirror= # Terraform downloads the provider.
{
	line TFGEN_PYTHON "$python"
	line TFGEN_TERRAFORM "$terraform"
	line TFGEN_PLUGIN_DIR "$mirror"
} >.tools/env.new
mv .tools/env.new .tools/env
