package changes

import (
	"testing"

	"tfgen/generator/spec"
)

// Every argument and every label of the language has a row, of the effect that
// the language's own table promises.
func TestEveryArgument(t *testing.T) {
	t.Parallel()
	rows := map[string]bool{} // whether it is refused
	for _, w := range walks() {
		for _, s := range w.steps {
			for _, r := range s.rows {
				rows[r.argument] = s.refused || len(r.removes) > 0
			}
		}
	}
	look := func(path string, c spec.Change) {
		t.Helper()
		refused, played := rows[path]
		_, excused := unplayed()[path]
		switch {
		case played == excused:
			t.Errorf("%s needs a row in walks(), or one in unplayed()", path)
		case played && refused != (c.Effect == spec.Refused):
			t.Errorf("%s: the language says that a change is %s, and the row refused: %t", path, c.Effect, refused)
		}
		delete(rows, path)
	}
	for _, block := range spec.Reference() {
		if block.Label != "" {
			look(block.Path+" "+block.Label, block.Change)
		}
		for _, a := range block.Attributes {
			look(block.Path+"."+a.Name, a.Change)
		}
	}
	for path := range rows {
		t.Errorf("there is no argument %s", path)
	}
}
