package rehearsal

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"tfgen/generator/buildspec"
)

// A script is a buildspec as one shell program: all phases in one shell, so
// that variables and the folder go from each command to the next.
//
// Each command stands in a file of its own and is sourced, so that it may hold
// any text. A command that calls exit ends the shell, on CodeBuild as here just
// that command: a trap sources the program anew, and it goes on behind the
// number it had reached. It does so in a subshell, which begins with all that
// the shell knows and may have such a trap in its turn. A trap of a command's
// own is kept until then, or until all is done.
//
//	tfgen_number  next command to run
//	tfgen_active  1 while phases run at all
//	tfgen_in      1 while the commands of this phase do
//	tfgen_status  exit code of the phase so far
//	tfgen_failed  1 if the phase failed
//	tfgen_left    how often it may be tried again
//	tfgen_trap    what a command wants to be run when the shell ends
type script struct {
	strings.Builder
	dir      string // of the files
	mark     string // begins each line that is for us
	number   int
	commands []buildspec.Command
}

// newScript writes the program of a buildspec into dir and returns its path. The
// folder tools stays first in PATH.
func newScript(dir, mark, tools string, file *buildspec.File) (*script, string, error) {
	s := &script{dir: dir, mark: mark}
	for i, phase := range file.Phases {
		if err := s.phase(i, phase); err != nil {
			return nil, "", err
		}
	}
	for _, name := range variablesIn(file.Artifacts) {
		s.once(`tfgen_say variable "%s ${%s-}"`, name, name)
	}
	s.once("tfgen_end")
	name := s.program()
	if err := os.WriteFile(name, []byte(s.String()), 0o600); err != nil {
		return nil, "", err
	}
	entry := filepath.Join(dir, "entry")
	begin := strings.NewReplacer("MARK", mark, "PROGRAM", quoted(name), "TOOLS", quoted(tools)).Replace(prelude)
	return s, entry, os.WriteFile(entry, []byte(begin), 0o600)
}

func (s *script) program() string { return filepath.Join(s.dir, "program") }

// prelude is what stands before a program. An alias is the one thing that is
// stronger than trap, and counts in what is read after it.
const prelude = `exec 7>&1
tfgen_number=0 tfgen_active=1 tfgen_in=0 tfgen_status=0 tfgen_trap=
export CODEBUILD_BUILD_SUCCEEDING=1
tfgen_say() { command printf '\nMARK %s %s\n' "$1" "${2-}" >&7; }
tfgen_result() {
  tfgen_status=$1
  tfgen_say status "$1"
  case "${PATH-}" in
  TOOLS:*) ;;
  *)
    tfgen_docker=$(command -v docker)
    [ "$tfgen_docker" = TOOLS/docker ] || tfgen_say docker "$tfgen_docker"
    export PATH=TOOLS":${PATH-}"
    ;;
  esac
}
tfgen_set_trap() {
  case "${1--p}" in
  -[lp]) trap "$@"; return ;;
  --) shift ;;
  esac
  tfgen_action=$1
  shift
  for tfgen_signal; do
    case "$tfgen_signal" in
    EXIT | exit | 0) tfgen_trap=$tfgen_action ;;
    *) trap -- "$tfgen_action" "$tfgen_signal" ;;
    esac
  done
}
tfgen_run_trap() {
  case "$tfgen_trap" in
  '' | -) ;;
  *) ( set +e; (exit "$1"); eval "$tfgen_trap" ) ;;
  esac
  tfgen_trap=
}
tfgen_ended() {
  set +eu
  tfgen_run_trap "$1"
  tfgen_result "$1"
  ( trap 'tfgen_ended "$?"' EXIT; . PROGRAM )
}
tfgen_end() { tfgen_run_trap 0; tfgen_say done; trap - EXIT; }
trap 'tfgen_ended "$?"' EXIT
[ -z "${BASH_VERSION-}" ] || shopt -s expand_aliases
alias trap=tfgen_set_trap
. PROGRAM
`

func (s *script) line(format string, args ...any) { fmt.Fprintf(&s.Builder, format+"\n", args...) }

// phase writes one phase. It runs unless a phase before it ended the build.
func (s *script) phase(index int, p buildspec.Phase) error {
	tries := retries(p)
	s.once(`tfgen_in=$tfgen_active; tfgen_left=%d; tfgen_before=$CODEBUILD_BUILD_SUCCEEDING; [ "$tfgen_in" = 0 ] || tfgen_say phase %d`, tries, index)
	first := s.number
	s.once("tfgen_failed=0")
	for _, commands := range [][]buildspec.Command{p.Commands, p.Finally} {
		s.once("tfgen_status=0")
		for _, c := range commands {
			if err := s.command(c); err != nil {
				return err
			}
		}
		s.once("%s", ending(p))
	}
	if tries > 0 {
		s.retry(first)
	}
	return nil
}

// retry begins the phase anew at its first number if it failed. All that follows
// on the phase is done when the program that this sources ends.
func (s *script) retry(first int) {
	s.once(`if [ "$tfgen_failed" = 1 ] && [ "$tfgen_left" -gt 0 ]; then
  tfgen_left=$((tfgen_left - 1)) tfgen_active=1 tfgen_number=%d
  CODEBUILD_BUILD_SUCCEEDING=$tfgen_before
  tfgen_say retry
  . %s
fi`, first, quoted(s.program()))
}

// retries is how often a failed phase is tried again: RETRY means three times.
// What a pattern makes of it is not played.
//
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.phases.on-failure
func retries(p buildspec.Phase) int {
	const usual, most = 3, 100
	count, ok := strings.CutPrefix(p.OnFailure.Value, "RETRY-")
	if n, err := strconv.Atoi(count); ok && err == nil {
		return min(n, most)
	}
	if p.OnFailure.Value == "RETRY" {
		return usual
	}
	return 0
}

// ending is what a failed phase means for those after it: nothing follows on
// install and pre_build, and post_build follows on build.
func ending(p buildspec.Phase) string {
	stop := ""
	goesOn := p.Name == "build" || strings.HasPrefix(p.OnFailure.Value, "CONTINUE")
	if !goesOn || strings.HasPrefix(p.OnFailure.Value, "ABORT") || strings.HasPrefix(p.OnFailure.Value, "RETRY") {
		stop = " tfgen_active=0;"
	}
	return `[ "$tfgen_in" = 0 ] || [ "$tfgen_status" = 0 ] || { tfgen_failed=1; CODEBUILD_BUILD_SUCCEEDING=0;` + stop + ` }`
}

// once writes a line that runs once, also when the program is sourced anew.
func (s *script) once(format string, args ...any) {
	s.line(`if [ "$tfgen_number" -le %d ]; then tfgen_number=%d`, s.number, s.number+1)
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
	s.line(`if [ "$tfgen_number" -le %d ] && [ "$tfgen_in" = 1 ] && [ "$tfgen_status" = 0 ]; then`, s.number)
	s.line("tfgen_number=%d; tfgen_say command %d", s.number+1, len(s.commands))
	s.line(". %s", quoted(name))
	s.line(`{ tfgen_result "$?"; } 2>/dev/null`) // which set -x would trace
	s.line("fi")
	s.number++
	s.commands = append(s.commands, c)
	return nil
}

// quoted makes one word of a path for a POSIX shell.
func quoted(path string) string { return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'" }
