package deploy_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

// told plans and returns all that is said of it: the events, Terraform's own
// text, and the error.
func told(t *testing.T, root deploy.Root, c deploy.Config) string {
	t.Helper()
	var all bytes.Buffer
	if c.Verbose != nil {
		c.Verbose = &all
	}
	p, err := findWith(t, c).NewPlan(t.Context(), root, deploy.PlanOptions{}, func(e report.Event) {
		all.WriteString(e.Message + "\n")
		if e.Diagnostic != nil {
			all.WriteString(e.Diagnostic.String() + "\n")
		}
	})
	if err == nil {
		_ = p.Close()
		t.Fatalf("no error:\n%s", all.String())
	}
	return all.String() + err.Error()
}

// TestSecretInError holds that what Terraform does not hide in an error is
// hidden: the value of a variable that is sensitive, and of no other.
func TestSecretInError(t *testing.T) {
	root := write(t, `
-- main.tf --
variable "key" { sensitive = true }
variable "place" {}
data "terraform_remote_state" "this" {
  for_each = { key = nonsensitive(var.key), place = var.place }
  backend  = "s3"
  config   = { bucket = "b", key = "k", region = each.value, access_key = "a", secret_key = "s" }
}
`)
	for _, verbose := range []*bytes.Buffer{nil, {}} {
		c := deploy.Config{Env: environ("TF_VAR_key=planted-Zx81-secret", "TF_VAR_place=eu-nowhere-7")}
		if verbose != nil {
			c.Verbose = verbose
		}
		text := told(t, root, c)
		for _, want := range []string{"Invalid AWS Region: (hidden by tfgen)", "Invalid AWS Region: eu-nowhere-7"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in:\n%s", want, text)
			}
		}
		if strings.Contains(text, "planted") {
			t.Errorf("the secret is told:\n%s", text)
		}
	}
}

// talkative declares variables in each way, and is a Terraform that repeats their values.
const talkative = says + `
-- main.tf --
variable "ephemeral" { ephemeral = true }
variable "short" { sensitive = true }
variable "flag" { sensitive = true }
variable "login" { sensitive = true }
variable "open" { sensitive = false }
-- extra.tf.json --
{"variable": {"json": {"sensitive": true}}}
-- script --
`

// TestVeil holds what is hidden wherever Terraform says it, and what is not.
func TestVeil(t *testing.T) {
	env := environ("TF_VAR_ephemeral=one\"secret", "TF_VAR_json=many\nsecrets\n     \n-----\n  = \r", `TF_VAR_login={ user = "me", password = "<pass\"&word>" }`, "TF_VAR_short=abc", "TF_VAR_flag=true", "TF_VAR_open=eu-west-1", "TF_VAR_undeclared=elsewhere")
	event := func(fields string) string { return "cat <<'E'\n{\"type\":" + fields + "}\nE\nexit 1\n" }
	for _, test := range []struct {
		name, script string
		verbose      bool
		want         string
	}{
		{"a detail", event(`"diagnostic","diagnostic":{"severity":"error","summary":"bad one\"secret","detail":"bad secrets"}`), false, "Error: bad (hidden by tfgen)\nbad (hidden by tfgen)"},
		{"a detail that is cut in a secret", event(`"diagnostic","diagnostic":{"severity":"error","summary":"bad","detail":"` + strings.Repeat("x", 3996) + `one\"secret"}`), false, "x(hid\n… ("},
		{"a message", event(`"log","@message":"bad one\"secret"`), false, "bad (hidden by tfgen)\n"},
		{"a line of code", event(`"diagnostic","diagnostic":{"severity":"error","summary":"bad","snippet":{"code":"x = secrets"}}`), false, "x = (hidden by tfgen)"},
		{"blank and dashed lines", "printf '%s\\n' '1  |     |  = 2 +++++ ----- x' >&2; exit 1\n", false, "1  |     |  = 2 +++++ ----- x"},
		{"a key of the stream", event(`"diagnostic","json":"secrets","diagnostic":{"severity":"error","summary":"bad abc is true in eu-west-1 and elsewhere"}`), false, "bad abc is true in eu-west-1 and elsewhere"},
		{"plain text", "echo 'bad one\"secret' >&2; exit 1\n", false, "bad (hidden by tfgen)"},
		{"a part of a value", "printf '%s\\n' 'me: <pass\"&word>' >&2; exit 1\n", false, "me: (hidden by tfgen)"},
		{"a part in JSON", `printf '%s\n' '{"p":"<pass\"&word>"}' >&2; exit 1` + "\n", false, `{"p":"(hidden by tfgen)"}`},
		{"a part in JSON that is fit for HTML", `printf '%s\n' '"\u003cpass\"\u0026word\u003e"' >&2; exit 1` + "\n", false, `"(hidden by tfgen)"`},
		{"a part in JSON within such", `printf '%s\n' '"{\"p\":\"\u003cpass\\\"\u0026word\u003e\"}"' >&2; exit 1` + "\n", false, `\"(hidden by tfgen)\"`},
		{"a part in XML", "printf '%s\\n' '<p>&lt;pass&#34;&amp;word&gt;</p>' >&2; exit 1\n", false, "<p>(hidden by tfgen)</p>"},
		{"between the lines of the stream", "echo 'panic: one\"secret'; exit 1\n", false, "panic: (hidden by tfgen)"},
		{"its own words", "echo 'bad one\"secret'; printf 'bad secrets, twice' >&2; exit 1\n", true, "bad (hidden by tfgen), twice\n"},
		{"what looks like a state", "printf '{\\n  \"version\": 4,\\n  \"a\": \"secrets\"\\n}\\n' >&2; exit 1\n", true, "  \"a\": \"(hidden by tfgen)\"\n}\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := write(t, talkative+test.script)
			c := deploy.Config{Terraform: filepath.Join(root.Dir, "tf"), Env: env}
			if test.verbose {
				c.Verbose = &bytes.Buffer{}
			}
			text := told(t, root, c)
			if !strings.Contains(text, test.want) {
				t.Errorf("no %q in:\n%s", test.want, text)
			}
			if strings.Contains(text, `one"s`) || strings.Contains(text, "secrets") {
				t.Errorf("a secret is told:\n%s", text)
			}
		})
	}
}

// TestVeilState holds that a state which an apply prints stays whole, and that
// nothing else does that is printed around it.
func TestVeilState(t *testing.T) {
	const state = "{\n  \"version\": 4,\n  \"a\": \"secrets\"\n}\n"
	const other = "{\n  \"a\": \"secrets\"\n"
	root := write(t, talkative+"cat >&2 <<'E'\n"+other+state+"secrets\nE\nexit 1\n")
	var text bytes.Buffer
	tf := findWith(t, deploy.Config{Terraform: filepath.Join(root.Dir, "tf"), Verbose: &text, Env: environ("TF_VAR_json=secrets")})
	p, err := tf.OpenPlan(t.Context(), root, []byte("saved"), report.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	_, err = p.Apply(t.Context(), nil)
	if want := strings.ReplaceAll(other, "secrets", "(hidden by tfgen)") + state + "(hidden by tfgen)\n"; err == nil || text.String() != want {
		t.Errorf("%v\n%s\nwant:\n%s", err, &text, want)
	}
}

// TestVeilUnread holds that each value is hidden where the code cannot be read.
func TestVeilUnread(t *testing.T) {
	root := write(t, talkative+"echo 'bad elsewhere' >&2; exit 1\n-- broken.tf --\nvariable {\n")
	text := told(t, root, deploy.Config{Terraform: filepath.Join(root.Dir, "tf"), Env: environ("TF_VAR_undeclared=elsewhere")})
	if !strings.Contains(text, "bad (hidden by tfgen)") {
		t.Error(text)
	}
}
