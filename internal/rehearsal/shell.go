package rehearsal

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"tfgen/generator/buildspec"
)

// A script is a buildspec as one shell program: all phases in one shell, so
// that variables and the folder go from each command to the next.
//
// Each command stands in a file of its own and is sourced, so that it may hold
// any text. A command that calls exit ends the shell, on CodeBuild as here just
// that command: a trap sources the program anew, and it goes on behind the
// number it had reached.
//
//	tfgen_number  next command to run
//	tfgen_active  1 while phases run at all
//	tfgen_in      1 while the commands of this phase do
//	tfgen_status  exit code of the phase so far
type script struct {
	strings.Builder
	dir      string // of the files
	mark     string // begins each line that is for us
	number   int
	commands []buildspec.Command
}

// newScript writes the program of a buildspec into dir and returns its path.
func newScript(dir, mark string, file *buildspec.File) (*script, string, error) {
	s := &script{dir: dir, mark: mark}
	for i, phase := range file.Phases {
		if err := s.phase(i, phase); err != nil {
			return nil, "", err
		}
	}
	s.line("tfgen_say done")
	name := filepath.Join(dir, "program")
	begin := fmt.Sprintf(`exec 9>&1
tfgen_number=0 tfgen_active=1 tfgen_in=0 tfgen_status=0
export CODEBUILD_BUILD_SUCCEEDING=1
tfgen_say() { printf '\n%s %%s\n' "$*" >&9; }
trap 'tfgen_status=$?; set +eu; tfgen_say status "$tfgen_status"; . %s' EXIT
. %s
trap - EXIT
`, mark, quoted(name), quoted(name))
	if err := os.WriteFile(name, []byte(s.String()), 0o600); err != nil {
		return nil, "", err
	}
	entry := filepath.Join(dir, "entry")
	return s, entry, os.WriteFile(entry, []byte(begin), 0o600)
}

func (s *script) line(format string, args ...any) { fmt.Fprintf(&s.Builder, format+"\n", args...) }

// phase writes one phase. It runs unless a phase before it ended the build.
func (s *script) phase(index int, p buildspec.Phase) error {
	s.once("tfgen_in=$tfgen_active; tfgen_status=0; [ $tfgen_in = 0 ] || tfgen_say phase %d", index)
	for _, c := range p.Commands {
		if err := s.command(c); err != nil {
			return err
		}
	}
	s.once("%s", ending(p))
	if len(p.Finally) == 0 {
		return nil
	}
	s.once("tfgen_status=0")
	for _, c := range p.Finally {
		if err := s.command(c); err != nil {
			return err
		}
	}
	s.once("%s", ending(p))
	return nil
}

// ending is what a failed phase means for those after it: nothing follows on
// install and pre_build, and post_build follows on build.
func ending(p buildspec.Phase) string {
	stop := ""
	goesOn := p.Name == "build" || strings.HasPrefix(p.OnFailure.Value, "CONTINUE")
	if !goesOn || strings.HasPrefix(p.OnFailure.Value, "ABORT") || strings.HasPrefix(p.OnFailure.Value, "RETRY") {
		stop = " tfgen_active=0;"
	}
	return "[ $tfgen_in = 0 ] || [ $tfgen_status = 0 ] || { CODEBUILD_BUILD_SUCCEEDING=0;" + stop + " }"
}

// once writes a line that runs once, also when the program is sourced anew.
func (s *script) once(format string, args ...any) {
	s.line("if [ $tfgen_number -le %d ]; then tfgen_number=%d", s.number, s.number+1)
	s.line(format, args...)
	s.line("fi")
	s.number++
}

// command writes one command, which runs unless one before it in its phase
// failed. It is sourced outside of any condition, where set -e still counts.
func (s *script) command(c buildspec.Command) error {
	name := filepath.Join(s.dir, fmt.Sprintf("command-%d", len(s.commands)))
	if err := os.WriteFile(name, []byte(c.Text+"\n"), 0o600); err != nil {
		return err
	}
	s.line("if [ $tfgen_number -le %d ] && [ $tfgen_in = 1 ] && [ $tfgen_status = 0 ]; then", s.number)
	s.line("tfgen_number=%d; tfgen_say command %d", s.number+1, len(s.commands))
	s.line(". %s", quoted(name))
	s.line("tfgen_status=$?; tfgen_say status $tfgen_status")
	s.line("fi")
	s.number++
	s.commands = append(s.commands, c)
	return nil
}

// quoted makes one word of a path for a POSIX shell.
func quoted(path string) string { return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'" }
