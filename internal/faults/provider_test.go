package faults

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// There is neither a registry nor a mirror with the provider, or the lock file
// has another's checksum, or the configuration that names a mirror is missing: it
// is said which, and what to do. Nothing here looks at a network.
func TestProviders(t *testing.T) {
	t.Parallel()
	p := newProject(t, "")
	mirror, empty := p.variable("TFGEN_PLUGIN_DIR"), t.TempDir()
	config := filepath.Join(t.TempDir(), "config")
	p.env = append(p.env, "TFGEN_PLUGIN_DIR=", "TF_CLI_CONFIG_FILE="+config, "HTTPS_PROXY=http://127.0.0.1:1")
	settle := func(text string) {
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	fails := func(want string, args ...string) said {
		t.Helper()
		s := p.tfgen(t, append([]string{"plan"}, args...)...)
		if s.code != 1 {
			t.Errorf("exit code %d, want 1\n%s", s.code, s.err)
		}
		demand(t, s.err, want)
		return s
	}
	settle(`provider_installation { filesystem_mirror { path = "` + empty + `" } }`)
	fails(`^Error: initialize delivery: a provider could not be installed; without a network, -plugin-dir names a folder with providers\.$`)
	settle(`host "registry.terraform.io" { services = { "providers.v1" = "http://127.0.0.1:1/" } }`)
	fails(`^Error: initialize delivery: a provider could not be installed; without a network, -plugin-dir names a folder with providers\.$`)
	fails(`^Error: initialize delivery: the folder `+empty+`, which -plugin-dir names, does not hold a provider that the code asks for\.$`, "-plugin-dir="+empty)

	if s := p.shell(t, "terraform -chdir=infra/delivery init -plugin-dir="+mirror); s.code != 0 {
		t.Fatal(s.err)
	}
	lock := p.read(t, "infra/delivery/.terraform.lock.hcl")
	other := regexp.MustCompile(`h1:[^"]+`).ReplaceAllString(lock, "h1:"+strings.Repeat("A", 43)+"=")
	p.write(t, "infra/delivery/.terraform.lock.hcl", other)
	s := fails(`^Error: initialize delivery: the provider's package has none of the checksums in infra/delivery/\.terraform\.lock\.hcl\.`, "-plugin-dir="+mirror)
	p.obey(t, s.err, "terraform -chdir=infra/delivery providers lock -platform=")
	p.must(t, "output", "-plugin-dir="+mirror) // which initializes, and starts no provider

	// What is installed is enough, also where the configuration that named the
	// mirror is gone. Terraform says so in the middle of everything, and tfgen once.
	settle(`provider_installation { filesystem_mirror { path = "` + mirror + `" } }`)
	p.must(t, "output")
	if err := os.Remove(config); err != nil {
		t.Fatal(err)
	}
	s = p.must(t, "plan", "-json")
	demand(t, s.out, `"TF_CLI_CONFIG_FILE names `+config+`, which does not exist: a provider mirror set there is not used\. -plugin-dir names one directly\."`, `"address":"module\.source\.aws_codecommit_repository\.this".*"type":"plan"`)
	if strings.Count(s.out, config) != 2 || s.err != "" { // as a message, and as the summary of it
		t.Errorf("more is said of it:\n%s%s", s.out, s.err)
	}
}
