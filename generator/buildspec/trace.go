package buildspec

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// maxCommand bounds the text of one command: a parser that descends into
// brackets needs a limit, and no person's command comes near it.
const maxCommand = 16 << 10

// maxDepth bounds functions that call themselves and shells in shells.
const maxDepth = 8

// maxSteps bounds what functions that call one another several times multiply to.
const maxSteps = 10_000

// A trace is what the commands of a buildspec do, in their order, as far as
// reading them tells. Every event has its place and its step, a number that
// grows: an event happens after those of lower steps.
type trace struct {
	logins  []login
	pushes  []imageUse
	pulls   []imageUse
	started []imageUse // by docker run, which pulls what is not there
	made    []making
	checks  []check // commands that fail if something is wrong with what is built
	calls   []call
	clones  []clone
	writes  []write // what is in the files that commands made, in the end
	bash    []feature
	uses    []use
	broken  []Finding

	assigned map[string]bool // names that commands set
	sourced  bool            // a command reads variables from a file that nobody sees here
	hidden   []string        // programs and scripts that may do anything
	daemon   *Place          // the first command that needs Docker's daemon
	looked   int             // step of the first look whether an image is there, 0: none
	guard    int             // step at which what runs after a failure asks whether there was one, 0: never
	helper   bool            // a credential helper logs in
}

// event is what all events have.
type event struct {
	Place
	step  int
	phase string
	after bool // runs even when the build failed
	maybe bool // stands in a branch
	tried bool // something else is done if it fails
}

// login is a docker login.
type login struct {
	event
	server   string // as given, "" for Docker Hub
	user     string
	password string // as given on the command line, "" for stdin
	input    values // the password, wherever it comes from
}

// imageUse is a push or a pull.
type imageUse struct {
	event
	images   values
	forgiven bool // the build goes on if it fails
}

// making is a name that an image gets.
type making struct {
	event
	reference string
	from      string // the name that it had before, "" if it is built here
}

// check is a command that may fail and is no part of making an image.
type check struct {
	event
	test bool // it says that it tests
}

// call is a run of the AWS command line.
type call struct {
	event
	service, command string
	options          map[string]string
	operands         []string
	foreign          bool   // it runs with other credentials than the build role's
	defaultRegion    string // for a call without --region
}

// feature is a piece of the shell language that dash does not have.
type feature struct {
	Place
	name string
}

// use is a variable that a command needs.
type use struct {
	Place
	name string
}

// tracer follows the commands of one buildspec.
type tracer struct {
	trace
	vars  map[string]values
	given map[string]bool // set before the first command, with a value that nobody knows here
	funcs map[string]*syntax.Stmt

	now    event
	source Command
	fixed  *Place   // of all events in a nested shell
	dir    string   // relative to the repository; mystery when unknown
	dirs   []string // those that pushd left
	maybe  int      // branches that may not run
	tries  int      // left sides of ||
	loops  int      // loops, which may run any number of times
	alone  bool     // each command has a shell of its own
	dash   bool     // the commands run under dash
	holes  int      // pieces that nobody knows, so far
	depth  int
}

// trace follows f's commands. What the project or the pipeline sets is stronger
// than the buildspec.
func (f *File) trace(w Want) *trace {
	t := &tracer{vars: map[string]values{}, given: map[string]bool{}, funcs: map[string]*syntax.Stmt{}}
	t.assigned = map[string]bool{}
	t.alone = f.Version.Value == oldVersion
	t.dash = f.Env.Shell.Value != "bash" && shOf(w.BuildImage) == dash
	for _, v := range f.Env.Variables {
		t.vars[v.Name] = t.kept(v.Name, values{v.Value})
	}
	for _, name := range f.givenNames(w.Environment) {
		delete(t.vars, name)
		t.given[name] = true
	}
	for name, value := range w.Known {
		t.vars[name] = t.kept(name, values{value})
	}
	if f.windows() {
		return &t.trace
	}
	aborts := false
	for _, p := range f.Phases {
		t.run(p, aborts)
		aborts = aborts || p.Name == "build" && p.OnFailure.Value == "ABORT"
	}
	return &t.trace
}

// kept is a value as far as it may be followed: a credential goes by the name of
// its variable, so that no finding can show it.
func (t *tracer) kept(name string, value values) values {
	if credentialName(name) && slices.ContainsFunc(value, known) || slices.ContainsFunc(value, credentialValue) {
		return values{"${" + name + "}"}
	}
	return value
}

// windows tells that the commands are none of a Unix shell's.
func (f *File) windows() bool { return strings.HasSuffix(f.Env.Shell.Value, ".exe") }

// givenNames are the variables whose values the buildspec does not hold.
func (f *File) givenNames(outside []string) []string {
	names := slices.Clone(outside)
	for _, v := range f.Env.ParameterStore {
		names = append(names, v.Name)
	}
	for _, v := range f.Env.SecretsManager {
		names = append(names, v.Variable)
	}
	return names
}

// run follows a phase. Only post_build runs after a build that failed, and it
// does not when the build phase aborts; a finally block always runs.
func (t *tracer) run(p Phase, aborts bool) {
	t.now.phase, t.now.after = p.Name, p.Name == "post_build" && !aborts
	for _, c := range p.Commands {
		t.inItsShell(c)
	}
	t.now.after = true
	for _, c := range p.Finally {
		t.inItsShell(c)
	}
}

// inItsShell follows a command in the shell of all, which version 0.1 does not
// have: there, variables and folder end with the command.
func (t *tracer) inItsShell(c Command) {
	if !t.alone {
		t.command(c)
		return
	}
	vars, dir := t.vars, t.dir
	t.vars = maps.Clone(vars)
	t.command(c)
	t.vars, t.dir = vars, dir
}

// command follows what CodeBuild gives to the shell at once.
func (t *tracer) command(c Command) {
	t.source = c
	if len(c.Text) > maxCommand {
		t.broken = append(t.broken, Finding{ShellSyntax, Warning, c.Place, "This command is too long to be read here.", "Put it into a script."})
		return
	}
	file, err := parseShell(c.Text)
	if err != nil {
		t.broken = append(t.broken, shellError(c, err))
		return
	}
	t.survey(file)
	t.stmts(file.Stmts)
}

// parseShell reads a command as bash, which knows nearly all that sh does.
func parseShell(text string) (*syntax.File, error) {
	return syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), "")
}

// shellError gives an error of the shell parser its place in the buildspec.
func shellError(c Command, err error) Finding {
	place, message := c.Place, err.Error()
	if parse, ok := errors.AsType[syntax.ParseError](err); ok {
		place, message = c.at(parse.Pos.Line(), parse.Pos.Col()), parse.Text
	}
	return Finding{ShellSyntax, Error, place, "The shell cannot read this command: " + message + ".", "Correct the command; sh -n says whether it can be read."}
}

// event stamps what happens at a position of the current command.
func (t *tracer) event(pos syntax.Pos) event {
	t.now.step++
	e := t.now
	e.Place, e.maybe, e.tried = t.place(pos), t.maybe > 0, t.tries > 0
	return e
}

func (t *tracer) place(pos syntax.Pos) Place {
	if t.fixed != nil {
		return *t.fixed
	}
	return t.source.at(pos.Line(), pos.Col())
}
