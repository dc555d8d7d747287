package docs_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"tfgen/internal/docs"
)

var update = flag.Bool("update", false, "write the pages anew")

func TestPagesAreFresh(t *testing.T) {
	for file, want := range map[string][]byte{
		"../../docs/spec.md":        docs.Spec(),
		"../../docs/diagnostics.md": docs.Diagnostics(),
		"../../docs/names.md":       docs.Names(),
	} {
		if *update {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is out of date: run go test ./internal/docs -update", file)
		}
	}
}
