package rehearsal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tfgen/generator/buildspec"
	"tfgen/internal/operate"
	"tfgen/internal/rehearsal/localaws"
)

// build plays the build action of each pipeline.
func (w *world) build(ctx context.Context) error {
	if len(w.pipelines) == 0 {
		return noPipeline
	}
	for _, p := range w.pipelines {
		for _, a := range actions(p, "Build", "Test") {
			if a.Provider != "CodeBuild" {
				w.note("%s: the action %s builds with %s, which is not rehearsed", p.Name, a.Name, a.Provider)
				continue
			}
			if err := w.buildAction(ctx, p, a); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *world) buildAction(ctx context.Context, p *operate.Pipeline, a operate.Action) error {
	pipeline, err := w.as(ctx, p.Role, "codepipeline.amazonaws.com", p.ARN)
	if err == nil {
		err = pipeline.StartBuild(ctx, a.Configuration["ProjectName"])
	}
	if err != nil {
		return fmt.Errorf("%s of %s: %w", a.Name, p.Name, err)
	}
	project, err := w.admin.Project(ctx, a.Configuration["ProjectName"])
	if err != nil {
		return err
	}
	if len(w.builds) == 0 {
		w.note("commands other than docker run for real, on this machine")
	}
	b := &player{world: w, pipeline: p, project: project, overrides: overrides(a)}
	out, err := b.play(ctx)
	if err != nil {
		return fmt.Errorf("build of %s: %w", project.Name, err)
	}
	w.builds[p.Name], w.elsewhere = out, out.elsewhere
	w.note("%s: %s in %s; %s", project.Name, counted(out.commands, "command"), counted(out.phases, "phase"), out.pushed())
	for _, image := range out.pushes {
		if strings.Contains(image, pretended) {
			w.doubt("Whether the push of %s would hold: a made-up value is in its name.", image)
		}
	}
	for _, image := range out.unsure {
		w.leave("Whether %s is public: the build pulls it without a login.", image)
	}
	for _, text := range out.notes {
		w.note("%s", text)
	}
	if passed := slices.Concat(out.unplayed, out.unread); len(passed) > 0 {
		w.note("not rehearsed: %s", strings.Join(passed, "; "))
	}
	return nil
}

// overrides are the variables that a pipeline's action gives to its build.
func overrides(a operate.Action) []operate.Variable {
	var variables []operate.Variable
	// What is no JSON is refused by CodePipeline when the pipeline is made.
	_ = json.Unmarshal([]byte(a.Configuration["EnvironmentVariables"]), &variables)
	return variables
}

// A player plays CodeBuild for one build.
type player struct {
	*world
	pipeline  *operate.Pipeline
	project   *operate.Project
	overrides []operate.Variable

	dir  string // of this build: source, home, tools
	role *operate.Client
	file *buildspec.File
}

// An outcome is what a build that succeeded did.
type outcome struct {
	phases, commands int
	notes            []string // what is to be known of its commands
	commit           string   // ID of what was built
	images           int      // that docker built or pulled
	pushes           []string // images
	inPlace          bool     // the registry was asked, and has what the build hands on
	elsewhere        []string // images that registries other than ECR have now
	unsure           []string // images that were pulled without a login, and may be private
	unplayed         []string // commands that the docker stand-in only noted
	unread           []string // keys of the buildspec that were passed over
}

func (o *outcome) pushed() string {
	switch {
	case len(o.pushes) > 0:
		var said []string
		for _, image := range o.pushes {
			said = append(said, afterSlash(image))
		}
		return "pushed " + strings.Join(said, ", ")
	case o.inPlace:
		return "no image pushed: it is there already"
	case o.images > 0:
		return "no image pushed"
	}
	return "no image built, none pushed"
}

// play plays a build from its source to its artifact.
func (b *player) play(ctx context.Context) (*outcome, error) {
	var err error
	if b.dir, err = b.fresh("build"); err != nil {
		return nil, err
	}
	defer localaws.Remove(b.dir) //nolint:errcheck // What stays goes with the server.
	if b.role, err = b.as(ctx, b.project.Role, "codebuild.amazonaws.com", b.project.ARN); err != nil {
		return nil, err
	}
	if err := b.log(ctx); err != nil {
		return nil, err
	}
	if err := b.prepare(ctx); err != nil {
		return nil, err
	}
	env, err := b.environment(ctx)
	if err != nil {
		return nil, err
	}
	run, err := b.run(ctx, env)
	if err != nil {
		return nil, err
	}
	if err := run.judge(b.file); err != nil {
		return nil, err
	}
	return b.handOver(ctx, run)
}

// log opens the build's log.
func (b *player) log(ctx context.Context) error {
	group := b.project.LogGroup
	if group == "" {
		group = "/aws/codebuild/" + b.project.Name
	}
	stream := filepath.Base(b.dir)
	err := b.caller(b.role).json(ctx, "logs", "Logs_20140328.CreateLogStream", map[string]any{"logGroupName": group, "logStreamName": stream}, nil)
	if err == nil {
		err = putLog(ctx, b.caller(b.role), group, stream)
	}
	if err != nil {
		return fmt.Errorf("write to the log group %s: %w", group, err)
	}
	return nil
}

// prepare fetches the source, and reads the buildspec in it.
func (b *player) prepare(ctx context.Context) error {
	if _, err := load(ctx, b.caller(b.role), b.pipeline, "SourceArtifact"); err != nil {
		return err
	}
	if err := os.CopyFS(b.sourceDir(), os.DirFS(b.commit.dir)); err != nil {
		return err
	}
	for _, name := range []string{"home", "tools"} {
		if err := os.Mkdir(filepath.Join(b.dir, name), 0o700); err != nil {
			return err
		}
	}
	text, name, err := b.buildspec()
	if err != nil {
		return err
	}
	file, problems := buildspec.Read(text)
	if file == nil {
		return fmt.Errorf("%s:%d: %s %s", name, problems[0].Line, problems[0].Message, problems[0].Fix)
	}
	b.file = file
	return nil
}

func (b *player) sourceDir() string { return filepath.Join(b.dir, "src") }

// buildspec returns the text of the buildspec and how it is called.
func (b *player) buildspec() (text []byte, name string, err error) {
	name = b.project.Buildspec
	if strings.Contains(name, "\n") {
		return []byte(name), "the project's buildspec", nil
	}
	if name == "" {
		name = "buildspec.yml"
	}
	text, err = os.ReadFile(filepath.Join(b.sourceDir(), filepath.FromSlash(name)))
	if errors.Is(err, os.ErrNotExist) {
		return nil, name, fmt.Errorf("YAML_FILE_ERROR: there is no %s in the source: is it committed?", name)
	}
	return text, name, err
}
