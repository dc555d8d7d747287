package generator

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"text/template"

	"tfgen/templates"
)

// overview writes what stands beside the roots in the output folder: its README,
// and what git ignores below it.
func (g *generation) overview() error {
	text, err := fs.ReadFile(templates.FS, "overview/README.md.tmpl")
	if err != nil {
		return err
	}
	tmpl, err := template.New("overview").Funcs(template.FuncMap{"word": word}).Parse(string(text))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	out.WriteString(markdownHeader)
	if err := tmpl.Execute(&out, g.overviewView()); err != nil {
		return err
	}
	g.add("README.md", out.Bytes())
	return g.ignored()
}

// ignored writes what git shall not take into the repository.
func (g *generation) ignored() error {
	text, err := fs.ReadFile(templates.FS, "overview/gitignore")
	if err != nil {
		return err
	}
	g.add(".gitignore", append([]byte(header), text...))
	return nil
}

type overviewView struct {
	Project, Output, What string
	Roots                 []overviewRoot
}

type overviewRoot struct{ Dir, About string }

func (g *generation) overviewView() overviewView {
	s := g.spec
	view := overviewView{Project: s.Project.Name, Output: s.Project.Output}
	switch {
	case s.Cluster == nil:
		view.What = "a pipeline from commits to images"
	case s.Source == nil:
		view.What = "services and what they run on"
	default:
		view.What = "a delivery pipeline and what it delivers to"
	}
	if s.Source != nil {
		view.Roots = append(view.Roots, overviewRoot{"delivery", "From a commit to an image: repository, registries, pipelines"})
	}
	if s.Cluster != nil {
		view.Roots = append(view.Roots, overviewRoot{path.Join("environments", s.Environment.Name), "Where the services run: network, cluster, load balancers, services"})
	}
	return view
}

// word returns a text as one word of a shell.
func word(text string) string {
	if regexp.MustCompile(`^[A-Za-z0-9_./-]+$`).MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
