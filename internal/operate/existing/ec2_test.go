package existing

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"tfgen/internal/operate"
)

// ec2At is a config for a server that answers requests one after the other. It
// returns the parameters of those that came, too.
func ec2At(t *testing.T, status int, answers ...string) (aws.Config, *[]url.Values) {
	t.Helper()
	var came []url.Values
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		signed := r.Header.Get("Authorization")
		if !strings.Contains(signed, "Credential=id/") || !strings.Contains(signed, "/eu-west-1/ec2/aws4_request") || r.Header.Get("X-Amz-Security-Token") != "token" {
			t.Errorf("signed by %q", signed)
		}
		body, _ := io.ReadAll(r.Body)
		in, err := url.ParseQuery(string(body))
		if err != nil {
			t.Error(err)
		}
		came = append(came, in)
		w.WriteHeader(status)
		fmt.Fprint(w, answers[min(len(came), len(answers))-1])
	}))
	t.Cleanup(server.Close)
	return operate.At(server.URL, "eu-west-1", operate.Keys{ID: "id", Secret: "secret", Token: "token"}).Config(), &came
}

// TestDescribe holds what is asked of EC2, and that all pages are read.
func TestDescribe(t *testing.T) {
	rule := `<R><securityGroupRuleSet><item><securityGroupRuleId>%s</securityGroupRuleId><isEgress>true</isEgress><ipProtocol>-1</ipProtocol>
		<fromPort>-1</fromPort><toPort>-1</toPort><cidrIpv4>%s</cidrIpv4><tagSet><item><key>Project</key><value>shop</value></item></tagSet></item>
		</securityGroupRuleSet><nextToken>%s</nextToken></R>`
	config, came := ec2At(t, http.StatusOK, fmt.Sprintf(rule, "sgr-1", "10.0.0.0/8", "more"), fmt.Sprintf(rule, "sgr-2", "0.0.0.0/0", ""))
	thing, err := groupRule(true)(t.Context(), config, []string{"sg-1", "-1", "", "", "0.0.0.0/0", "", "", ""})
	if err != nil || thing == nil || thing.ID != "sgr-2" || thing.Tags["Project"] != "shop" {
		t.Fatalf("%+v, %v", thing, err)
	}
	want := "Action=DescribeSecurityGroupRules&Filter.1.Name=group-id&Filter.1.Value.1=sg-1&NextToken=more&Version=2016-11-15"
	if got := (*came)[1].Encode(); got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
}

// TestOwnedRules holds that a rule is somebody's who has put a tag on it.
func TestOwnedRules(t *testing.T) {
	config, _ := ec2At(t, http.StatusOK, `<R><securityGroupRuleSet>
		<item><groupId>sg-1</groupId><isEgress>true</isEgress><ipProtocol>tcp</ipProtocol><fromPort>80</fromPort><toPort>80</toPort>
			<referencedGroupInfo><groupId>sg-2</groupId></referencedGroupInfo>
			<tagSet><item><key>Project</key><value>bank</value></item><item><key>Environment</key><value>dev</value></item></tagSet></item>
		<item><groupId>sg-1</groupId><isEgress>false</isEgress><ipProtocol>-1</ipProtocol><cidrIpv4>0.0.0.0/0</cidrIpv4></item>
		</securityGroupRuleSet></R>`)
	rules, err := ownedRules(t.Context(), config, []string{"sg-1"})
	want := []Rule{{Group: "sg-1", Egress: true, Protocol: "tcp", From: 80, To: 80, Peer: "sg-2", Project: "bank", Environment: "dev"}}
	if err != nil || !slices.Equal(rules, want) {
		t.Errorf("%+v, %v, want %+v", rules, err, want)
	}
}

// TestRefused holds that EC2's refusals are AWS's own words, and which are tried
// again.
func TestRefused(t *testing.T) {
	for _, test := range []struct {
		status       int
		answer, want string
		calls        int
	}{
		{403, `<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>`, "UnauthorizedOperation: no", 1},
		{400, `<Response><Errors><Error><Code>InvalidLaunchTemplateName.NotFoundException</Code><Message>none</Message></Error></Errors></Response>`,
			"InvalidLaunchTemplateName.NotFoundException: none", 1},
		{400, `<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>slow</Message></Error></Errors></Response>`, "RequestLimitExceeded: slow", 2},
		{503, `not XML`, "HTTP503: Service Unavailable", 2},
	} {
		config, came := ec2At(t, test.status, test.answer)
		_, err := launchTemplate(t.Context(), config, []string{"shop"})
		if got := operate.Reason(err); got == nil || got.Error() != test.want {
			t.Errorf("%v, want %s", got, test.want)
		}
		if len(*came) != test.calls {
			t.Errorf("%s: %d calls, want %d", test.want, len(*came), test.calls)
		}
	}
}

// TestEndpoint holds where EC2 is asked, in the order of the SDK.
func TestEndpoint(t *testing.T) {
	profile := filepath.Join(t.TempDir(), "config")
	t.Setenv("AWS_CONFIG_FILE", profile)
	const own, all = "[default]\nservices = s\n[services s]\nec2 =\n  endpoint_url = http://ec2.profile\n", "[default]\nendpoint_url = http://all.profile\n"
	for _, test := range []struct{ region, all, ec2, profile, want string }{
		{region: "eu-west-1", want: "https://ec2.eu-west-1.amazonaws.com/"},
		{region: "us-gov-west-1", want: "https://ec2.us-gov-west-1.amazonaws.com/"},
		{region: "cn-north-1", want: "https://ec2.cn-north-1.amazonaws.com.cn/"},
		{all: "http://all", want: "http://all"},
		{all: "http://all", ec2: "http://ec2", want: "http://ec2"},
		{all: "http://all", profile: own, want: "http://all"},
		{ec2: "http://ec2", profile: own, want: "http://ec2"},
		{profile: own, want: "http://ec2.profile"},
		{profile: all, want: "http://all.profile"},
		{profile: strings.Replace(all, "\n", "\nservices = s\n", 1) + strings.SplitAfterN(own, "\n", 3)[2], want: "http://ec2.profile"},
		{region: "eu-west-1", profile: strings.Replace(own, "\n", "\nignore_configured_endpoint_urls = true\n", 1), want: "https://ec2.eu-west-1.amazonaws.com/"},
	} {
		setOrUnset(t, "AWS_ENDPOINT_URL", test.all)
		setOrUnset(t, "AWS_ENDPOINT_URL_EC2", test.ec2)
		if err := os.WriteFile(profile, []byte(test.profile), 0o600); err != nil {
			t.Fatal(err)
		}
		client, err := operate.FromEnvironment(t.Context(), test.region)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ec2Endpoint(t.Context(), client.Config()); got != test.want || err != nil {
			t.Errorf("%+v: %s, %v", test, got, err)
		}
	}
}

func setOrUnset(t *testing.T, name, value string) {
	t.Helper()
	t.Setenv(name, value) // which puts back what was there, after the test
	if value == "" {
		if err := os.Unsetenv(name); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFIPS holds that FIPS is used where the environment asks for it.
func TestFIPS(t *testing.T) {
	setOrUnset(t, "AWS_ENDPOINT_URL", "")
	t.Setenv("AWS_USE_FIPS_ENDPOINT", "true")
	for region, want := range map[string]string{
		"us-east-1":     "https://ec2-fips.us-east-1.amazonaws.com/",
		"us-gov-west-1": "https://ec2.us-gov-west-1.amazonaws.com/",
	} {
		client, err := operate.FromEnvironment(t.Context(), region)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ec2Endpoint(t.Context(), client.Config()); got != want || err != nil {
			t.Errorf("%s: %s, %v", region, got, err)
		}
	}
}
