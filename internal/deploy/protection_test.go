package deploy_test

import (
	"path/filepath"
	"strings"
	"testing"

	"tfgen/internal/deploy"
)

// missing is a Terraform whose plan fails unless it looks at what is there.
const missing = `
-- tf --
#!/bin/sh
cd "$(dirname "$0")"
case "$*" in
version) echo "Terraform v1.11.4" ;;
*-json) echo '{"terraform_version":"1.11.4"}' ;;
plan*-refresh=false*) echo "believed" >>log; exit 1 ;;
plan*)
	echo "looked at $*" >>log
	for arg; do case $arg in -out=*) echo saved >"${arg#-out=}" ;; esac; done
	exit 2
	;;
show*) echo "shown" >>log ;;
apply*) echo "applied" >>log ;;
esac
-- log --
`

// TestUnprotectLooks holds that lifting a protection believes the state, looks
// at what is there where that fails, changes nothing beside, and shows nobody
// what it plans.
func TestUnprotectLooks(t *testing.T) {
	dir := t.TempDir()
	unpack(t, dir, missing)
	tf := findWith(t, deploy.Config{Terraform: filepath.Join(dir, "tf"), Env: environ()})
	root := write(t, "-- main.tf --\n")
	if err := tf.Unprotect(t.Context(), root, []string{"aws_s3_bucket.this"}, nil); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(read(t, deploy.Root{Dir: dir}, "log")), "\n")
	if len(lines) != 3 || lines[0] != "believed" || lines[2] != "applied" {
		t.Fatalf("%q", lines)
	}
	for _, want := range []string{"-refresh=true", "-target=aws_s3_bucket.this", "-var " + deploy.Lift} {
		if !strings.Contains(lines[1], want) {
			t.Errorf("no %s in %s", want, lines[1])
		}
	}
}
