package spec

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
)

// dockerfile looks at the Dockerfile that the spec names: whether it is there,
// where the application should be by now, and whether it exposes the port on
// which the service listens. EXPOSE opens nothing, and so a difference is a
// warning: one of the two may be what the application does.
func (c *checker) dockerfile(s service) {
	name := path.Join(s.Build.Context, s.Build.Dockerfile)
	filename := filepath.Join(c.Dir, filepath.FromSlash(name))
	src, err := c.read(filename)
	if errors.Is(err, fs.ErrNotExist) && c.whole && s.Build.Written == nil {
		c.add(missingDockerfile, s.node.child("build").at("dockerfile"), "There is no %s, and the first build fails without it. Add it with the application, or name the folder that has one in context.", name)
	}
	if err != nil || s.Port == 0 {
		return
	}
	d := readDockerfile(src)
	if len(d.exposed) == 0 || d.unknown || d.exposes(s.Port) {
		return
	}
	p := c.inFile(otherPortExposed, filename, src, src, d.exposed[0].line, 1)
	p.Detail = fmt.Sprintf("The image exposes %d, and the service %s has port = %d: health checks fail if nothing listens there. Write the port of the application in both places.", d.exposed[0].from, s.Label, s.Port)
	c.problems = append(c.problems, p)
}
