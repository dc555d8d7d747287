package changes

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tfgen/generator"
	"tfgen/generator/files"
	"tfgen/generator/spec"
	"tfgen/internal/rehearsal/localaws"
	"tfgen/internal/terraformtest"
)

// A world is a project that is applied, in an account that nobody else uses.
type world struct {
	dir     string
	env     []string
	moments string // the file
	seen    int    // how many of the moments were judged
	cert    string // ARN of a certificate
}

// newWorld applies a spec of testdata.
func newWorld(t *testing.T, spec string) *world {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", spec))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{dir: t.TempDir(), moments: filepath.Join(t.TempDir(), "moments")}
	server, err := localaws.Start(t.Context(), localaws.Options{Progress: t.Output(), Moments: w.moments})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(server.Log())
		}
		_ = server.Stop()
	})
	w.env = append(server.Environ(terraformtest.Find(t).Environ(os.Environ()), localaws.DefaultAccount),
		"AWS_REGION=eu-central-1", "NO_COLOR=1", "TMPDIR="+t.TempDir(), "TF_VAR_token=t0ken-4711", "TF_VAR_url=url-4711")
	w.cert = certificate(t, server)
	w.write(t, string(text))
	w.must(t, "generate")
	w.must(t, "apply", "-auto-approve")
	w.seen = len(w.read(t)) - 1
	return w
}

// certificate asks for a certificate, and returns its ARN.
func certificate(t *testing.T, server *localaws.Server) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, strings.NewReader(`{"DomainName": "www.shop.example"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-amz-json-1.1")
	request.Header.Set("X-Amz-Target", "CertificateManager.RequestCertificate")
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=TFGENADM"+localaws.DefaultAccount+"/20260101/eu-central-1/acm/aws4_request, SignedHeaders=host, Signature=0")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var made struct{ CertificateArn string }
	if err := json.NewDecoder(answer.Body).Decode(&made); err != nil || made.CertificateArn == "" {
		t.Fatalf("there is no certificate: %v", err)
	}
	return made.CertificateArn
}

func (w *world) file() string { return filepath.Join(w.dir, "tfgen.hcl") }

func (w *world) write(t *testing.T, spec string) {
	t.Helper()
	if err := os.WriteFile(w.file(), []byte(spec), 0o644); err != nil {
		t.Fatal(err)
	}
}

// spec is the spec as it is now.
func (w *world) spec(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(w.file())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// said is what a command said, and its exit code.
type said struct {
	text string
	code int
}

func (w *world) tfgen(t *testing.T, args ...string) said {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "tfgen", args...)
	cmd.Dir, cmd.Env = w.dir, w.env
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return said{out.String(), cmd.ProcessState.ExitCode()}
}

func (w *world) must(t *testing.T, args ...string) string {
	t.Helper()
	s := w.tfgen(t, args...)
	if s.code != 0 {
		t.Fatalf("tfgen %s: exit code %d\n%s", strings.Join(args, " "), s.code, s.text)
	}
	return s.text
}

// code is what the spec becomes, to see whether it changes.
func (w *world) code(t *testing.T) files.Set {
	t.Helper()
	s, problems := spec.Load(w.file())
	if s == nil {
		t.Fatal(problems)
	}
	set, err := generator.Generate(s)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// resources are the types of all that the states hold, by type and ID.
func (w *world) resources(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, root := range []string{"delivery", "environments/production"} {
		text, err := os.ReadFile(filepath.Join(w.dir, "infra", root, "terraform.tfstate"))
		if err != nil {
			t.Fatal(err)
		}
		var state struct {
			Resources []struct {
				Mode, Type string
				Instances  []struct {
					Attributes struct {
						ID           string
						RepositoryID string `json:"repository_id"` // of a repository that is renamed
					}
				}
			}
		}
		if err := json.Unmarshal(text, &state); err != nil {
			t.Fatal(err)
		}
		for _, r := range state.Resources {
			for _, i := range r.Instances {
				if r.Mode == "managed" {
					found[r.Type+" "+cmp.Or(i.Attributes.RepositoryID, i.Attributes.ID)] = r.Type
				}
			}
		}
	}
	return found
}

// gone are the types of what was destroyed.
func gone(before, after map[string]string) []string {
	types := map[string]bool{}
	for key, kind := range before {
		if _, there := after[key]; !there {
			types[kind] = true
		}
	}
	return slices.Sorted(maps.Keys(types))
}

// read reads the moments until now.
func (w *world) read(t *testing.T) (all []moment) {
	t.Helper()
	text, err := os.ReadFile(w.moments)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		var m moment
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		all = append(all, m)
	}
	return all
}

// since returns the moments since the last time, and the one before.
func (w *world) since(t *testing.T) []moment {
	t.Helper()
	all := w.read(t)
	since := all[w.seen:]
	w.seen = len(all) - 1
	return since
}
