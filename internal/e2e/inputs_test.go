package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const inputsSpec = `project "app" {
  region = "eu-west-1"
}

source "codecommit" {
  repository = "app"
}

parameter "/app/token" {
  value   = variable("token")
  version = 1
}

secret "app/database" {
  values = { user = variable("user"), password = variable("password") }
}
`

// A value is asked for where it is written, before anything is changed, and
// nowhere else. What stands for it meanwhile is never sent.
func TestInputs(t *testing.T) {
	t.Parallel()
	p := newProject(t, "minimal", "eu-west-1")
	if err := os.WriteFile(filepath.Join(p.dir, "tfgen.hcl"), []byte(inputsSpec), 0o644); err != nil {
		t.Fatal(err)
	}
	without := p.env
	with := append(slices.Clip(without), "TF_VAR_token=token-4711", "TF_VAR_user=user-4711", "TF_VAR_password=password-4711")
	holds := func(token string) {
		t.Helper()
		parameter := get[string](t, p.aws, "ssm.get_parameter", map[string]any{"Name": "/app/token", "WithDecryption": true}, "Parameter.Value")
		secret := get[string](t, p.aws, "secretsmanager.get_secret_value", map[string]any{"SecretId": "app/database"}, "SecretString")
		if parameter != token || secret != `{"password":"password-4711","user":"user-4711"}` {
			t.Errorf("the account holds %s and %s", parameter, secret)
		}
	}
	refused := func(names ...string) {
		t.Helper()
		s := p.tfgen(t, "apply", "-auto-approve")
		want := append([]string{"these variables have no value, and the plan writes them"}, names...)
		for _, text := range want {
			if s.code != 1 || !strings.Contains(s.err, text) {
				t.Errorf("exit code %d, and not %q\n%s%s", s.code, text, s.out, s.err)
			}
		}
	}

	p.must(t, "generate")
	p.must(t, "plan")
	refused(`TF_VAR_token  tfgen.hcl line 10, parameter "/app/token"`, `TF_VAR_user  tfgen.hcl line 15, secret "app/database"`, "TF_VAR_password  tfgen.hcl line 15")
	if made := get[[]string](t, p.aws, "codecommit.list_repositories", nil, "repositories[].repositoryName"); len(made) > 0 {
		t.Errorf("an apply that was refused made %v", made)
	}
	p.env = with
	p.must(t, "apply", "-auto-approve")
	holds("token-4711")

	p.env = without
	p.changesNothing(t)
	p.edit(t, `region = "eu-west-1"`, "region = \"eu-west-1\"\n  tags   = { Team = \"app\" }")
	p.must(t, "generate")
	p.must(t, "apply", "-auto-approve")
	holds("token-4711")

	p.edit(t, "version = 1", "version = 2")
	p.must(t, "generate")
	refused("TF_VAR_token  tfgen.hcl line 11")
	p.must(t, "plan", "-out=kept.tfplan")
	if s := p.tfgen(t, "apply", "kept.tfplan"); s.code != 1 || !strings.Contains(s.err, "TF_VAR_token") || strings.Contains(s.err, "TF_VAR_user") {
		t.Errorf("exit code %d\n%s%s", s.code, s.out, s.err)
	}
	p.env = append(slices.Clip(without), "TF_VAR_token=token-4712")
	p.must(t, "apply", "kept.tfplan")
	holds("token-4712")

	p.env = without
	p.must(t, "destroy", "-auto-approve")
	nothingLeft(t, p.aws)
}
