package rehearsal

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/operate"
	"tfgen/internal/rehearsal/localaws"
)

const worker = `project "shop" {
  region = "eu-west-1"
}

cluster "shop" {
  capacity "FARGATE" {}
}

service "worker" {
  image {
    first = "public.ecr.aws/docker/library/nginx:1.28"
  }
}
`

// Where a worker's code stands: what its roles may do, and its size.
const (
	roles = "infra/modules/worker/iam.tf"
	sizes = "infra/environments/production/main.tf"
)

// project is a world with a worker's code as tfgen generate writes it, before
// the rehearsal looks at it.
func project(t *testing.T) *world {
	t.Helper()
	w := &world{
		Options: Options{SpecFile: "tfgen.hcl"}, dir: t.TempDir(), server: &localaws.Server{}, admin: &operate.Client{},
		prove: func(string) {}, note: func(string, ...any) {},
	}
	put(t, w.file("tfgen.hcl"), worker)
	if err := w.load(); err != nil {
		t.Fatal(err)
	}
	if err := write(t.Context(), w.project(), w.spec, ""); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) file(name string) string { return filepath.Join(w.project(), filepath.FromSlash(name)) }

func (w *world) read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(w.file(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What is checked in is played: what somebody edited as it is, and what is stale
// or missing as it should be. Both are said.
func TestPlaysWhatIsCheckedIn(t *testing.T) {
	t.Parallel()
	const edit, grown = "# Nothing is allowed any more.\n", "  memory = 1024\n"
	for name, test := range map[string]struct {
		edit  []string // files that are edited by hand
		lose  []string // files that are lost
		grow  bool     // the spec asks for another size than the code has
		notes []string
		want  string // or the error
	}{
		"fresh":   {},
		"edited":  {edit: []string{roles}, notes: []string{"edited by hand, and played so: " + roles}},
		"stale":   {grow: true, notes: []string{"not as checked in, since the spec says otherwise: " + sizes + "; tfgen generate writes them"}},
		"missing": {lose: []string{roles}, notes: []string{"not as checked in, since the spec says otherwise: " + roles + "; tfgen generate writes them"}},
		"both": {edit: []string{roles}, grow: true, notes: []string{
			"not as checked in, since the spec says otherwise: " + sizes + "; tfgen generate writes them", "edited by hand, and played so: " + roles,
		}},
		"none":     {lose: []string{"infra"}, notes: []string{"none of them is checked in: tfgen generate writes them"}},
		"conflict": {edit: []string{sizes, roles}, grow: true, want: sizes + ": edited by hand\nMove your changes to the spec"},
		"foreign":  {lose: []string{"infra/.tfgen.json"}, edit: []string{roles}, want: roles + ": not written by tfgen\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := project(t)
			for _, name := range test.edit {
				put(t, w.file(name), edit)
			}
			for _, name := range test.lose {
				if err := os.RemoveAll(w.file(name)); err != nil {
					t.Fatal(err)
				}
			}
			if test.grow {
				put(t, w.file("tfgen.hcl"), strings.Replace(worker, "  image {", grown+"  image {", 1))
			}
			if err := w.load(); err != nil {
				t.Fatal(err)
			}
			var notes []string
			w.note = noteTo(&notes)
			err := w.generate(t.Context())
			if failed(t, err, test.want) {
				return
			}
			if got, want := strings.Join(notes[1:], "\n"), strings.Join(test.notes, "\n"); got != want {
				t.Errorf("notes:\n%s\nwant:\n%s", got, want)
			}
			if edited := w.read(t, roles) == edit; edited != (len(test.edit) > 0) {
				t.Errorf("played as edited: %v", edited)
			}
			if grows := strings.Contains(w.read(t, sizes), "1024"); grows != test.grow {
				t.Errorf("as the spec says: %v", grows)
			}
		})
	}
}

// A change of the spec is played with what was edited by hand, or not at all.
func TestChangeKeepsEdits(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		roles: "",
		sizes: sizes + " is edited by hand, and tfgen generate would refuse to change it",
	} {
		w := project(t)
		put(t, w.file(name), "# Edited.\n")
		if err := w.generate(t.Context()); err != nil {
			t.Fatal(err)
		}
		notes, err := w.alterAll(t.Context())
		if want == "" && (err != nil || len(notes) != 3) || want != "" && (!isIdle(err) || err.Error() != want) {
			t.Errorf("%s: %q, %v, want %q", name, notes, err, want)
		}
		if w.read(t, name) != "# Edited.\n" || want == "" && !strings.Contains(w.read(t, sizes), added) {
			t.Errorf("%s: the code is not what the change asks for", name)
		}
	}
}

// What was edited by hand has the rehearsal's certificates, and no state that
// is somewhere else.
func TestKeepEdited(t *testing.T) {
	t.Parallel()
	w := project(t)
	w.certificates = map[string]string{"arn:real": "arn:made-up"}
	put(t, w.file(sizes), "arn = \"arn:real\" # edited\n")
	put(t, w.file(roles), "cloud {} # edited\n")
	_, changes, err := w.checkedIn()
	if err != nil {
		t.Fatal(err)
	}
	w.code.generated = map[string][]byte{sizes: []byte("arn = \"arn:made-up\"\n"), roles: []byte("local\n")}
	w.keepEdited(map[string][]byte{sizes: []byte("arn = \"arn:real\"\n"), roles: []byte("cloud {}\n")}, changes.EditedAlone())
	if got := string(w.code.edited[sizes]); got != "arn = \"arn:made-up\" # edited\n" || len(w.code.edited) != 1 {
		t.Errorf("%q", w.code.edited)
	}
}

// What has nothing to do says why, and does not pass for a proof.
func TestIdle(t *testing.T) {
	t.Parallel()
	cluster := &spec.Cluster{Name: "shop"}
	deployed := &spec.Service{Pipeline: &spec.Pipeline{Deploy: true}, Image: spec.Image{Tag: "latest"}}
	for _, test := range []struct {
		step, want string
		spec       spec.Spec
		pipelines  int
	}{
		{step: "source", want: "the spec has no pipeline"},
		{step: "build", want: "the spec has no pipeline"},
		{step: "deploy", want: "the spec has no cluster"},
		{step: "deploy", want: "the spec has no pipeline", spec: spec.Spec{Cluster: cluster}},
		{step: "deploy", want: "no pipeline deploys a service", spec: spec.Spec{Cluster: cluster}, pipelines: 1},
		{step: "start", want: "the spec has no cluster"},
		{step: "start", want: "the spec has no service", spec: spec.Spec{Cluster: cluster}},
		{step: "settled", want: "the spec has no cluster"},
		{step: "change", want: "the spec has no service", spec: spec.Spec{Cluster: cluster}},
		{step: "change", want: "the spec leaves each task definition to the pipeline", spec: spec.Spec{Cluster: cluster, Services: []*spec.Service{{Owner: "pipeline"}}}},
		{step: "retry", want: "the spec has no pipeline"},
		{step: "next", want: "the spec has no pipeline"},
		{step: "rollback", want: "the spec has no cluster"},
		{step: "rollback", want: "each image has the same tag, so that there is no other one to go back to", spec: spec.Spec{Cluster: cluster, Services: []*spec.Service{deployed}}, pipelines: 1},
	} {
		var told []string
		w := &world{spec: &test.spec, terraform: &deploy.Terraform{}, pipelines: make([]*operate.Pipeline, test.pipelines), listen: func(e Event) { told = append(told, string(e.Kind)+" "+e.Text) }}
		for _, s := range steps() {
			if s.name == test.step {
				if err := w.play(context.Background(), s); err != nil {
					t.Error(err)
				}
			}
		}
		if got, want := strings.Join(told, ", "), "begun , idle "+test.want; got != want {
			t.Errorf("%s: %s, want %s", test.step, got, want)
		}
	}
}

// Each step that proves something is summed up, once.
func TestProved(t *testing.T) {
	t.Parallel()
	all := StepNames()
	summed := map[string]int{"before": 1} // which proves nothing
	for _, sentence := range proofs() {
		for _, p := range sentence {
			summed[p.step]++
		}
	}
	for _, name := range all {
		if summed[name] != 1 {
			t.Errorf("%s is summed up %d times", name, summed[name])
		}
	}
	if got := Proved(all); len(got) < 3 || len(got) > 6 {
		t.Errorf("%d sentences", len(got))
	}
	want := "The spec becomes Terraform, one apply makes it all, and a second plan is empty.\nThe pipeline deploys the image.\nOne destroy removes everything, and nothing is left behind."
	if got := strings.Join(Proved([]string{"generate", "apply", "plan", "deploy", "destroy", "nothing"}), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
