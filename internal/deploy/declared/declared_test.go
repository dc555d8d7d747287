package declared_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tfgen/internal/deploy/declared"
)

// TestSecrets holds which variables are secrets, and that code which cannot be
// read is an error.
func TestSecrets(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"sensitive", "a.tf", "variable \"x\" {\n  sensitive = true\n}\nvariable \"y\" {}\n", "x"},
		{"ephemeral, on one line", "a.tf", `variable "x" { ephemeral = true }`, "x"},
		{"neither", "a.tf", "variable \"x\" {\n  sensitive = false\n  ephemeral = false\n}\n", ""},
		{"no plain false", "a.tf", `variable "x" { sensitive = "true" }`, "x"},
		{"a mark on something else", "a.tf", `output "x" { sensitive = true }`, ""},
		{"a comment", "a.tf", "variable \"x\" {\n  # sensitive = true\n}\n", ""},
		{"JSON", "a.tf.json", `{"variable": {"x": {"sensitive": true}, "y": {}}}`, "x"},
		{"OpenTofu's", "a.tofu", `variable "x" { sensitive = true }`, "x"},
		{"no code", "a.tf.bak", `variable "x" { sensitive = true }`, ""},
		{"broken", "a.tf", `variable "x" {`, "error"},
		{"broken JSON", "a.tf.json", `{`, "error"},
		{"no name", "a.tf", `variable { sensitive = true }`, "error"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, test.file), []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		found, err := declared.Secrets(dir)
		got := strings.Join(slices.Sorted(maps.Keys(found)), " ")
		if err != nil {
			got = "error"
		}
		if got != test.want {
			t.Errorf("%s: %q, %v, want %q", test.name, got, err, test.want)
		}
	}
	if _, err := declared.Secrets(filepath.Join(t.TempDir(), "absent")); err == nil {
		t.Error("a folder that is not there holds no secrets")
	}
}

// TestStrings holds which strings a value holds, and that what is no
// expression holds none.
func TestStrings(t *testing.T) {
	for _, test := range []struct{ value, want string }{
		{`{ user = "me", password = "a\"b" }`, `a"b|me`},
		{`{"list": ["a", 1, true, null, {"b": "c"}]}`, "a|c"},
		{`"quoted"`, "quoted"},
		{"<<E\nmany\nlines\nE\n", "many\nlines\n"},
		{"plain", ""},
		{"two words", ""},
		{`[var.x, "a"]`, ""},
		{"{", ""},
		{"7", ""},
		{"", ""},
	} {
		if got := strings.Join(declared.Strings(test.value), "|"); got != test.want {
			t.Errorf("%s: %q, want %q", test.value, got, test.want)
		}
	}
}
