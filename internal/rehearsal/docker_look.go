package rehearsal

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// list prints the images that there are, all or those of a name.
func (d *docker) list(c call) {
	wanted := c.operand(0)
	for _, name := range slices.Sorted(maps.Keys(d.Images)) {
		image := parseImage(name)
		if wanted != "" && image != parseImage(wanted) && (strings.Contains(afterSlash(wanted), ":") || image.name != parseImage(wanted).name) {
			continue
		}
		if c.has("-q") || c.has("--quiet") {
			fmt.Fprintln(d.Out, d.Images[name][len("sha256:"):][:12])
			continue
		}
		fmt.Fprintln(d.Out, strings.TrimSuffix(name, ":"+image.tag), image.tag, d.Images[name])
	}
}

// inspect tells the ID of an image, or its digest where that is asked for. What
// else it would tell, the stand-in does not know.
func (d *docker) inspect(c call, words []string) error {
	name := c.operand(0)
	image := parseImage(name)
	id, there := d.Images[image.String()]
	switch format := c.last("-f", "--format"); {
	case !there:
		return fmt.Errorf("Error: No such object: %s", name)
	case strings.Contains(format, "RepoDigests"):
		image.tag = ""
		fmt.Fprintf(d.Out, "%s@%s\n", image, id)
	case strings.Contains(format, ".Id"):
		fmt.Fprintln(d.Out, id)
	default:
		d.skip(words)
	}
	return nil
}
