package spec

import (
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

func TestCredentialNames(t *testing.T) {
	for name, want := range map[string]bool{
		"TOKEN": true, "API_TOKEN": true, "apiToken": true, "api-key": true, "KEY": true, "SECRET": true, "SECRETS": true,
		"DB_PASSWORD": true, "DBPASSWORD": true, "SMTP_PASSWD": true, "APIKEY": true, "SIGNING_KEY": true, "TOKEN_2": true,
		"CLIENT_SECRET_ID": true, "DB_PASS": true, "AWS_SECRET_ACCESS_KEY": true, "DOCKERHUB_TOKEN": true,
		"MONKEY": false, "KEYBOARD": false, "MAX_TOKENS": false, "PUBLIC_KEY": false, "KMS_KEY_ID": false, "SECRET_ARN": false,
		"SECRET_NAME": false, "TOKEN_URL": false, "PWD": false, "COMPASS": false, "TOKENIZER": false, "SORT_KEY": false, "": false,
	} {
		if got := credentialName(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestCredentialValues(t *testing.T) {
	for value, want := range map[string]bool{
		"AKIAIOSFODNN7EXAMPLE": true, "ASIAIOSFODNN7EXAMPLE": true, "key is AKIAIOSFODNN7EXAMPLE.": true, "ghp_16C7e42F292c6912E7": true,
		"github_pat_11AAAAAAA0": true, "xoxb-123456789012": true, "dckr_pat_abcdefgh": true, "glpat-abcdefgh": true,
		"-----BEGIN RSA PRIVATE KEY-----\nMIIE": true, "-----BEGIN PRIVATE KEY-----": true, "postgres://u:p4ss@db/x": true,
		"AKIA": false, "MAKIAVELLI": false, "https://example.com/a:b@c": false, "http://host:8080/": false, "-----BEGIN CERTIFICATE-----": false,
		"postgres://${USER}:${PASSWORD}@db": false, "ghp": false, "": false,
	} {
		if got := credentialValue(value); got != want {
			t.Errorf("%q: %v", value, got)
		}
	}
}

// planted is a credential that stands in many texts, and must be in no problem.
const planted = "hunter22secret"

// Whatever is wrong with a spec, and wherever, no problem shows a credential:
// not in its words, not in its snippet.
func TestCredentialsAreNeverShown(t *testing.T) {
	for _, text := range []string{
		`environment = { API_TOKEN = "` + planted + `" }`,
		`environment = { API_TOKEN = ` + planted + ` }`,
		`environment = { API_TOKEN = ` + planted + `.attribute }`,
		`environment = { "API_TOKEN": "` + planted + `", OTHER = nothing }`,
		`environment = { A = "a", API_TOKEN = "` + planted + ` }`,
		`environment = { API_TOKEN = "` + planted + `" `,
		`environment = { API_TOKEN = true ? "` + planted + `" : "" }`,
		`environment = { API_TOKEN = ["` + planted + `"] }`,
		`environment = { API_TOKEN = (("` + planted + `")) }`,
		`environment = { API_TOKEN = "x${` + planted + `}" }`,
		`environment = { (` + "\n" + `"API_TOKEN") = "ghp_` + planted + `" }`,
		"environment = { API_TOKEN = <<EOT\n" + planted + "\nEOT\n }",
		"environment = { API_TOKEN = <<-EOT\n  " + planted + "\n  ${nothing}\n  EOT\n }",
		`environment = { DATABASE_URL = "postgres://shop:` + planted + `@db" }`,
		`environment = { API_TOKEN = "ssm(` + planted + `" }`,
		"environment = { API_TOKEN = <<EOT\n" + planted + " ${ * }\nEOT\n }",
		"}\nparameter \"/a\" {\n value = \"" + planted + "\n",
		`environment { API_TOKEN = "` + planted + `" }`,
		`API_TOKEN = "` + planted + `"`,
		`port = "ghp_` + planted + `"`,
		`command = ["x", "dckr_pat_` + planted + `"]`,
		`architecture = "xoxb-` + planted + `"`,
		`strategy = { "AKIA` + planted + `" = 1 }`,
		"build {\n logins = [\"ghp_" + planted + "\"]\n}",
		"build {\n environment = { X_PASSWORD = \"" + planted + "\" }\n}",
		"pipeline {\n environment = { X_PASSWORD = \"" + planted + "\", X_PASSWORD = \"" + planted + "2\" }\n}",
		"}\nparameter \"/a\" {\n value = \"" + planted + "\"\n",
		"}\nparameter \"/a\" {\n value = " + planted + "\n",
		"}\nsecret \"a\" {\n values = { user = \"" + planted + "\" }\n",
		"}\nsecret \"a\" {\n values = { user = upper(\"" + planted + "\") }\n",
	} {
		src := "service \"web\" {\n  " + text + "\n}\nproject \"shop\" {\n  region = nowhere\n}\n"
		hides(t, src, "tfgen.hcl")
	}
	for _, text := range []string{
		`{"service": {"web": {"environment": {"API_TOKEN": "` + planted + `"}}}}`,
		`{"service": {"web": {"environment": {"API_TOKEN": ` + planted + `}}}}`,
		`{"service": {"web": {"environment": {"API_TOKEN": "` + planted + `}}}}`,
		`{"service": {"web": {"environment": {"API_TOKEN":` + "\n" + `"${` + planted + `}"}}}}`,
		`{"service": {"web": {"environment": {"API_TOKEN": {"x": "` + planted + `"}}}}}`,
		`{"parameter": {"/a": {"value": "` + planted + `"}}}`,
		`{"secret": {"a": {"values": {"user": "` + planted + `"}}}}`,
	} {
		hides(t, text, "tfgen.hcl.json")
	}
}

func TestCredentialsInBuildspecsAreNeverShown(t *testing.T) {
	c := cases(txtar.Parse([]byte("-- a.hcl --\nservice \"web\" {\n  build {}\n}\n-- a/buildspec.yml --\n" +
		"version: 0.2\nenv:\n  variables:\n    API_TOKEN: " + planted + "\n  parameter-store:\n    OTHER_TOKEN: /other\nphases:\n  build:\n    commands:\n" +
		"      - export DB_PASSWORD=" + planted + " \"\n      - docker login -u me -p ghp_" + planted + "\n-- a.want --\n")))[0]
	problems := c.problems()
	if len(problems) < 2 {
		t.Fatal(problems)
	}
	without(t, problems, "buildspec")
}

func hides(t *testing.T, src, filename string) {
	t.Helper()
	_, problems := Parse([]byte(src), filename)
	if len(problems) == 0 {
		t.Errorf("no problem in %s", src)
	}
	without(t, problems, src)
}

// without fails if a problem holds the planted credential.
func without(t *testing.T, problems Problems, src string) {
	t.Helper()
	told, err := json.Marshal(problems)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(told)+problems.Error(), "hunter22") {
		t.Errorf("%s\ntells %s", src, told)
	}
}
