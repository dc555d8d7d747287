package terminal_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tfgen/internal/terminal"
)

// TestSettings holds the form in which one thing's settings change.
func TestSettings(t *testing.T) {
	all := []terminal.Setting{{"bucket", "", "shop in eu-west-1"}, {"versioning", "off", "on"}}
	want := "Bucket shop eu-west-1 · account 1\n  + bucket      shop in eu-west-1\n  ~ versioning  off → on\n"
	if diff := cmp.Diff(want, terminal.Style{}.Settings("Bucket shop", []string{"eu-west-1", "account 1"}, all)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	want = "Bucket shop\n  + bucket      shop in eu-west-1\n  ~ versioning  off\n              → on\n"
	if diff := cmp.Diff(want, terminal.Style{Width: 20}.Settings("Bucket shop", nil, all)); diff != "" {
		t.Errorf("narrow: -want +got\n%s", diff)
	}
}
