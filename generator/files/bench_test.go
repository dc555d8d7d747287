package files

import (
	"bytes"
	"fmt"
	"testing"
)

// BenchmarkDiff looks at a tree in which nothing has changed.
func BenchmarkDiff(b *testing.B) {
	dir, set := b.TempDir(), Set{}
	for i := range 60 {
		set[fmt.Sprintf("infra/modules/m%d/main.tf", i)] = bytes.Repeat([]byte("# A line of a file that is as long as most.\n"), 100)
	}
	opts := Options{Output: "infra", Version: "1"}
	if err := write(dir, set, opts); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		changes, err := Diff(dir, set, opts)
		if err != nil || changes.Stale() {
			b.Fatal(changes, err)
		}
	}
}
