package changes

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
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
	moments string            // the file
	seen    int               // how many of the moments were judged
	given   *strings.Replacer // puts ARNs and IDs of what is there in the place of {certificate} and the like
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
	w.given = given(t, server)
	w.write(t, w.given.Replace(string(text)))
	w.must(t, "generate")
	w.must(t, "apply", "-auto-approve")
	for _, m := range w.read(t) {
		for _, fault := range m.stranded() {
			t.Errorf("after the first %s: %s", m.Call, fault)
		}
	}
	w.seen = len(w.read(t)) - 1
	return w
}

// given makes what a team has before it writes a spec.
func given(t *testing.T, server *localaws.Server) *strings.Replacer {
	t.Helper()
	var key, other struct{ KeyMetadata struct{ Arn string } }
	var certificate struct{ CertificateArn string }
	ask(t, server, "kms", "TrentService.CreateKey", `{}`, &key)
	ask(t, server, "kms", "TrentService.CreateKey", `{}`, &other)
	ask(t, server, "acm", "CertificateManager.RequestCertificate", `{"DomainName": "www.shop.example"}`, &certificate)
	network := subnets(t, server)
	return strings.NewReplacer("{certificate}", certificate.CertificateArn, "{key}", key.KeyMetadata.Arn, "{other key}", other.KeyMetadata.Arn,
		"{vpc}", network[0], "{subnet 1}", network[1], "{subnet 2}", network[2], "{subnet 3}", network[3],
		"{listener}", listener(t, server, network[1:3]))
}

// listener is that of a load balancer in some subnets, by its ARN.
func listener(t *testing.T, server *localaws.Server, subnets []string) string {
	t.Helper()
	var groups struct {
		IDs []string `xml:"securityGroupInfo>item>groupId"`
	}
	query(t, server, "ec2", url.Values{"Action": {"DescribeSecurityGroups"}, "Version": {"2016-11-15"}}, &groups)
	var balancer struct {
		ARN string `xml:"CreateLoadBalancerResult>LoadBalancers>member>LoadBalancerArn"`
	}
	query(t, server, "elasticloadbalancing", url.Values{"Action": {"CreateLoadBalancer"}, "Version": {"2015-12-01"}, "Name": {"given"}, "Scheme": {"internal"},
		"Subnets.member.1": subnets[:1], "Subnets.member.2": subnets[1:], "SecurityGroups.member.1": groups.IDs[:1]}, &balancer)
	var listener struct {
		ARN string `xml:"CreateListenerResult>Listeners>member>ListenerArn"`
	}
	query(t, server, "elasticloadbalancing", url.Values{"Action": {"CreateListener"}, "Version": {"2015-12-01"}, "LoadBalancerArn": {balancer.ARN}, "Protocol": {"HTTP"}, "Port": {"80"},
		"DefaultActions.member.1.Type": {"fixed-response"}, "DefaultActions.member.1.FixedResponseConfig.StatusCode": {"404"}}, &listener)
	return listener.ARN
}

// ask asks one of the services that speak JSON.
func ask(t *testing.T, server *localaws.Server, service, target, body string, answer any) {
	t.Helper()
	header := http.Header{"Content-Type": {"application/x-amz-json-1.1"}, "X-Amz-Target": {target}}
	if err := json.Unmarshal(post(t, server, service, header, body), answer); err != nil {
		t.Fatalf("%s: %v", target, err)
	}
}

// subnets are those of the default VPC, whose ID is the first one.
func subnets(t *testing.T, server *localaws.Server) (ids []string) {
	t.Helper()
	var answer struct {
		Subnets []struct {
			ID  string `xml:"subnetId"`
			VPC string `xml:"vpcId"`
		} `xml:"subnetSet>item"`
	}
	query(t, server, "ec2", url.Values{"Action": {"DescribeSubnets"}, "Version": {"2016-11-15"}}, &answer)
	ids = []string{answer.Subnets[0].VPC}
	for _, subnet := range answer.Subnets {
		ids = append(ids, subnet.ID)
	}
	return ids
}

// query asks one of the services that take a form and answer in XML.
func query(t *testing.T, server *localaws.Server, service string, form url.Values, answer any) {
	t.Helper()
	text := post(t, server, service, http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, form.Encode())
	if err := xml.Unmarshal(text, answer); err != nil {
		t.Fatalf("%s: %v\n%s", form.Get("Action"), err, text)
	}
}

func post(t *testing.T, server *localaws.Server, service string, header http.Header, body string) []byte {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = header
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=TFGENADM"+localaws.DefaultAccount+"/20260101/eu-central-1/"+service+"/aws4_request, SignedHeaders=host, Signature=0")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v\n%s", service, answer.Status, err, text)
	}
	return text
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
