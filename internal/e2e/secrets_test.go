package e2e

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// planted are values that stand for somebody's secrets, and whatever tfgen said
// since it knows them.
type planted struct {
	user, token, url string
	said             []string
}

// plant gives the project random secrets, as a CI gives them: in variables of
// the environment.
func (p *complete) plant() {
	p.planted.user, p.planted.token, p.planted.url = "user-"+rand.Text(), "token-"+rand.Text(), "url-"+rand.Text()
	p.env = append(p.env, "TF_VAR_dockerhub_user="+p.planted.user, "TF_VAR_dockerhub_token="+p.planted.token, "TF_VAR_database_url="+p.planted.url)
}

// stored are the values that the account holds.
func (p *complete) stored(t *testing.T) (user, token, database string) {
	t.Helper()
	parameter := func(name string) string {
		return get[string](t, p.aws, "ssm.get_parameter", with{"Name": name, "WithDecryption": true}, "Parameter.Value")
	}
	return parameter("/dockerhub/user"), parameter("/dockerhub/token"),
		get[string](t, p.aws, "secretsmanager.get_secret_value", with{"SecretId": "shop/database"}, "SecretString")
}

func (p *complete) secretsArrive(t *testing.T) {
	user, token, database := p.stored(t)
	if user != p.planted.user || token != p.planted.token || database != `{"url":"`+p.planted.url+`"}` {
		t.Errorf("the account holds %s, %s and %s", user, token, database)
	}
	if kind := get[string](t, p.aws, "ssm.get_parameter", with{"Name": "/dockerhub/token"}, "Parameter.Type"); kind != "SecureString" {
		t.Errorf("the token is a %s", kind)
	}
}

// secretsNowhere looks for the secrets where they would be found by others:
// whoever reads the repository, the state, a plan that waits for approval, or
// the log of a CI run.
func (p *complete) secretsNowhere(t *testing.T) {
	for name, text := range p.everywhere(t) {
		if secret := p.planted.in(text); secret != "" {
			t.Errorf("%s holds %s", name, secret)
		}
	}
}

// everywhere is all that tfgen and Terraform wrote, by where it stands.
func (p *complete) everywhere(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for i, said := range p.planted.said {
		texts[fmt.Sprintf("output %d", i)] = said
	}
	// The log has the arguments of every run, which anybody may list.
	for _, folder := range []string{p.dir, p.temporary(), filepath.Dir(p.log)} {
		maps.Copy(texts, folderTexts(t, folder))
	}
	p.states(t, texts)
	p.plans(t, texts)
	return texts
}

// temporary is the folder for the project's temporary files.
func (p *project) temporary() string {
	var dir string
	for _, variable := range p.env {
		if value, ok := strings.CutPrefix(variable, "TMPDIR="); ok {
			dir = value
		}
	}
	return dir
}

func folderTexts(t *testing.T, dir string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err // The provider is a link, and not ours.
		}
		text, err := os.ReadFile(path)
		texts[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// states adds every version of every state. That it holds where the secrets are
// shows that the right objects were read.
func (p *complete) states(t *testing.T, texts map[string]string) {
	t.Helper()
	type version struct{ Key, VersionId string }
	found := ""
	for _, v := range get[[]version](t, p.aws, "s3.list_object_versions", with{"Bucket": stateBucket}, "Versions") {
		text := get[string](t, p.aws, "s3.get_object", with{"Bucket": stateBucket, "Key": v.Key, "VersionId": v.VersionId}, "Body")
		texts["state "+v.Key+" "+v.VersionId] = text
		found += text
	}
	for _, name := range []string{"/dockerhub/token", "shop/database"} {
		if !strings.Contains(found, name) {
			t.Errorf("no state knows %s: these are not the states", name)
		}
	}
}

// plans adds what is inside a saved plan of each root, a plan that writes the
// secrets once more.
func (p *complete) plans(t *testing.T, texts map[string]string) {
	t.Helper()
	for root, address := range map[string]string{
		"delivery":                `module.secrets.aws_ssm_parameter.this["/dockerhub/token"]`,
		"environments/production": `module.secrets.aws_secretsmanager_secret_version.this["shop/database"]`,
	} {
		file := filepath.Join(t.TempDir(), "plan")
		if out, code := p.plain(t, root, "plan", "-no-color", "-input=false", "-replace="+address, "-target="+address, "-out="+file); code != 0 {
			t.Fatalf("terraform plan: exit code %d\n%s", code, out)
		} else {
			texts["terraform plan in "+root] = out
		}
		saved, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		unzipped := unzip(t, saved)
		if !strings.Contains(unzipped, address) {
			t.Errorf("the plan does not write %s", address)
		}
		texts["saved plan of "+root] = unzipped
	}
}

func unzip(t *testing.T, file []byte) (all string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range archive.File {
		content, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		all += string(text)
	}
	return all
}

// in returns the first secret that stands in a text, as it is or in base64.
func (p planted) in(text string) string {
	for _, secret := range []string{p.user, p.token, p.url} {
		for _, spelled := range []string{secret, base64.StdEncoding.EncodeToString([]byte(secret)), base64.RawURLEncoding.EncodeToString([]byte(secret))} {
			if strings.Contains(text, strings.TrimRight(spelled, "=")) {
				return secret
			}
		}
	}
	return ""
}

// raise: a person who rotates a token raises its version. A variable that
// changed by itself changes nothing: whoever applies next might not have it.
func (p *complete) raise(t *testing.T) {
	old := p.planted
	p.plant()
	p.edit(t, `value = variable("dockerhub_token")`, "value   = variable(\"dockerhub_token\")\n  version = 2")
	p.must(t, "generate")
	p.said(t, "plan", "-out=raise.tfplan", "-env=delivery")
	p.said(t, "show", "-format=markdown", "raise.tfplan")
	p.said(t, "apply", "-json", "raise.tfplan")
	user, token, database := p.stored(t)
	if token != p.planted.token {
		t.Error("the token is the old one, although its version was raised")
	}
	if user != old.user || database != `{"url":"`+old.url+`"}` {
		t.Errorf("what was not raised was written: %s, %s", user, database)
	}
	for _, said := range p.planted.said[len(p.planted.said)-6:] {
		if secret := p.planted.in(said); secret != "" {
			t.Errorf("plan, show or apply says %s:\n%s", secret, said)
		}
	}
	assertLines(t, p.planted.said[len(p.planted.said)-2])
}

// assertLines: whoever reads -json reads a line at a time.
func assertLines(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		var object struct{ Type, Time, Version string }
		if err := json.Unmarshal([]byte(line), &object); err != nil || object.Type == "" || object.Time == "" || object.Version == "" {
			t.Errorf("no line of -json: %s", line)
		}
	}
}

// failure: what an error repeats, it must not repeat of these. AWS cannot be
// reached here, which the provider tells at length.
func (p *complete) failure(t *testing.T) {
	cmd := p.command(t, "plan", "-env=delivery")
	cmd.Env = append(cmd.Env, "AWS_ENDPOINT_URL=http://127.0.0.1:1")
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Error("a plan without AWS succeeds")
	}
	if secret := p.planted.in(string(out)); secret != "" {
		t.Errorf("the error holds %s:\n%s", secret, out)
	}
}

// A credential that stands in the spec itself is refused, and not shown to
// whoever reads the refusal.
func TestLiteralCredential(t *testing.T) {
	t.Parallel()
	p := bare(t, "minimal")
	token := "ghp_" + rand.Text() + rand.Text()
	p.edit(t, "port = 80", "port = 80\n  environment = { GITHUB_TOKEN = \""+token+"\" }")
	for _, args := range [][]string{{"validate"}, {"validate", "-json"}, {"generate"}, {"plan"}, {"apply", "-auto-approve"}} {
		s := p.tfgen(t, args...)
		if s.code != 1 {
			t.Errorf("tfgen %s: exit code %d, want 1\n%s%s", args, s.code, s.out, s.err)
		}
		if strings.Contains(s.out+s.err, token) {
			t.Errorf("tfgen %s prints the token:\n%s%s", args, s.out, s.err)
		}
		if !strings.Contains(s.out+s.err, "GITHUB_TOKEN") {
			t.Errorf("tfgen %s does not say which variable:\n%s%s", args, s.out, s.err)
		}
	}
	if _, err := os.Stat(filepath.Join(p.dir, "infra")); err == nil {
		t.Error("code was written all the same")
	}
}
