package faults

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// lostBackend begins an apply, and takes the bucket away before its end.
func (p *project) lostBackend(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	x := start(t, cmd)
	p.begun(t)
	p.aws.on(fault{call: "/" + p.bucket, times: -1, answer: cut})
	p.goOn(t)
	if got := x.end(t); got != 1 {
		t.Errorf("exit code %d, want 1", got)
	}
	p.aws.clear()
	return x
}

// The bucket of the state cannot be reached at the end of an apply: the state
// is kept beside the code, nothing is applied before it is stored, and what is
// said is the way to store it.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	p := newProject(t, slow)
	x := p.lostBackend(t, p.command(t, "apply", "-auto-approve"))
	demand(t, x.err.String(), `^  Not all of this may be in the state`, `^Error: the state of delivery could not be stored and waits in infra/delivery/errored.tfstate`)
	p.refuses(t)
	p.stores(t, x.err.String())
	p.fullToo(t)
}

// refuses fails the test unless the state is kept, for its owner alone, and an
// apply is refused while it is.
func (p *project) refuses(t *testing.T) {
	t.Helper()
	file := filepath.Join(p.root, "errored.tfstate")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"aws_codecommit_repository.this", "terraform_data.after", "terraform_data.slow"}
	if got := resources(t, string(text)); !slices.Equal(got, want) {
		t.Errorf("the state that was kept knows %q", got)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode: %v, %v", info.Mode(), err)
	}
	s := p.tfgen(t, "apply", "-auto-approve")
	if s.code != 1 || s.out != "" {
		t.Errorf("exit code %d, want 1\n%s", s.code, s.out)
	}
	demand(t, s.err, `^Error: the state of delivery could not be stored and waits in infra/delivery/errored.tfstate`)
}

// stores does what was said.
func (p *project) stores(t *testing.T, text string) {
	t.Helper()
	if p.locked(t) {
		s := p.shell(t, "terraform -chdir=infra/delivery state push errored.tfstate")
		id := regexp.MustCompile(`\bID: +([0-9a-f-]{36})`).FindStringSubmatch(s.err)
		if id == nil {
			t.Fatalf("Terraform does not say who holds the lock:\n%s", s.err)
		}
		p.obey(t, strings.ReplaceAll(text, "force-unlock ID", "force-unlock "+id[1]), "terraform -chdir=infra/delivery force-unlock ")
	}
	p.obey(t, text, "terraform -chdir=infra/delivery state push errored.tfstate")
	p.obey(t, text, "rm infra/delivery/errored.tfstate")
	p.holds(t, "aws_codecommit_repository.this", "terraform_data.after", "terraform_data.slow")
	if p.locked(t) {
		t.Error("the state is still locked")
	}
}

// onDisk is a command that runs with a disk of its own in a folder's place,
// where a user who is not root may fill it or make it read-only: prepare and
// after are lines of shell that run there before and after it.
func (p *project) onDisk(t *testing.T, folder, prepare, after string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := p.command(t, args...)
	script := fmt.Sprintf(`set -e
cp -R %[1]s/. "$FAULT/copy"
mount -t tmpfs -o size=512k disk %[1]s
cp -R "$FAULT/copy/." %[1]s
%[2]s
set +e
%[3]s
code=$?
%[4]s
exit $code
`, folder, prepare, strings.Join(cmd.Args, " "), after)
	inside := exec.CommandContext(t.Context(), "unshare", "--map-root-user", "--mount", "sh", "-c", script)
	inside.Dir, inside.Env = cmd.Dir, cmd.Env
	if err := os.RemoveAll(filepath.Join(p.fault, "copy")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(p.fault, "copy"), 0o755); err != nil {
		t.Fatal(err)
	}
	return inside
}

// Lines of shell for onDisk.
const (
	fill     = `dd if=/dev/zero of="$PWD/%[1]s/fill" bs=1k 2>/dev/null || :`
	readOnly = `mount -o remount,ro %[1]s`
)

// fullToo takes the bucket away once more, with a full disk: Terraform finds no
// place for the state, and prints it. It is the only record of what was made.
func (p *project) fullToo(t *testing.T) {
	t.Helper()
	p.stop(t)
	p.env = append(p.env, "TF_VAR_round=1")
	x := p.lostBackend(t, p.onDisk(t, "infra", fmt.Sprintf(fill, "infra"), `readlink infra/delivery/errored.tfstate >"$FAULT/link"`, "apply", "-auto-approve"))
	demand(t, x.err.String(), `^Error: the state of delivery could not be stored and waits in infra/delivery/errored.tfstate, which leads to /.*/errored.tfstate`)
	link, err := os.ReadFile(filepath.Join(p.fault, "link"))
	if err != nil {
		t.Fatal(err)
	}
	// The disk is gone with the command. This is the link that was on it.
	if err := os.Symlink(strings.TrimSpace(string(link)), filepath.Join(p.root, "errored.tfstate")); err != nil {
		t.Fatal(err)
	}
	p.refuses(t)
	p.stores(t, x.err.String())
}

// Nothing can be written: each command says which file, and leaves everything
// as it was.
func TestDisk(t *testing.T) {
	t.Parallel()
	p := newProject(t, "")
	same := p.read(t, "tfgen.hcl")
	changed := strings.Replace(same, `repository = "jobs"`, `repository = "other"`, 1)
	for _, test := range []struct {
		name, spec, folder, prepare string
		args                        []string
		want                        string
	}{
		{"generate, full", changed, "infra", fill, []string{"generate"}, `^Error: write infra/\S+: no space left on device$`},
		{"generate, read-only", changed, "infra", readOnly, []string{"generate"}, `^Error: lock infra/.tfgen.lock: read-only file system$`},
		{"init, full", same, "infra", fill, []string{"plan"}, `^Error: initialize delivery: infra/delivery/\.terraform\S* cannot be written: no space left on device\.$|^Error: initialize delivery: mkdir infra/delivery/.terraform: no space left on device$`},
		{"init, read-only", same, "infra", readOnly, []string{"plan"}, `^Error: initialize delivery: mkdir infra/delivery/.terraform: read-only file system$`},
		{"temporary files, read-only", same, p.temporary, readOnly, []string{"plan"}, `^Error: mkdir ` + p.temporary + `/tfgen-\d+: read-only file system$`},
		{"temporary files, full", same, p.temporary, fill, []string{"apply", "-auto-approve"}, `^Error: plan delivery: the plan could not be saved in ` + p.temporary + `/tfgen-\d+/plan: is there no space left\?$`},
	} {
		p.write(t, "tfgen.hcl", test.spec)
		prepare := strings.ReplaceAll(test.prepare, `$PWD/%[1]s`, `%[1]s`)
		left := `find ` + test.folder + ` ! -name fill -type f | xargs cksum | sort >"$FAULT/left"; cd "$FAULT/copy"; find . -type f | xargs cksum | sort >"$FAULT/before"`
		s := end(t, p.onDisk(t, test.folder, fmt.Sprintf(prepare, test.folder), left, test.args...))
		if s.code != 1 || strings.Count(s.err, "Error: ") > 2 {
			t.Errorf("%s: exit code %d, want 1 and one error\n%s", test.name, s.code, s.err)
		}
		demand(t, s.err, test.want)
		p.same(t, test.name, test.folder)
	}
}

// same fails the test unless a command left a folder with the files that were
// in it, all of them old.
func (p *project) same(t *testing.T, name, folder string) {
	t.Helper()
	lines := func(file, dir string) []string {
		text, err := os.ReadFile(filepath.Join(p.fault, file))
		if err != nil {
			t.Fatal(err)
		}
		all := strings.Split(strings.ReplaceAll(string(text), " "+dir+"/", " "), "\n")
		return slices.DeleteFunc(all, func(line string) bool { return strings.Contains(line, "/.terraform") })
	}
	if before, left := lines("before", "."), lines("left", folder); !slices.Equal(before, left) {
		t.Errorf("%s: there was\n%s\nand there is\n%s", name, strings.Join(before, "\n"), strings.Join(left, "\n"))
	}
}
