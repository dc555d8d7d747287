package rehearsal

import (
	"fmt"
	"strings"
	"testing"

	"tfgen/generator/spec"
	"tfgen/internal/operate"
)

// executionStatements are what starts a task; each row below takes one away, or
// names something that is not there.
const executionStatements = `
ecr:GetAuthorizationToken *
ecr:BatchCheckLayerAvailability *
ecr:BatchGetImage *
ecr:GetDownloadUrlForLayer *
logs:CreateLogStream *
logs:PutLogEvents *
secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/database-??????
secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/database/hub-??????
ssm:GetParameters *
`

// A task starts on its execution role, or is told what keeps it from that. The
// secret is named as task definitions do: by an ARN without the six characters
// at its end, with a key.
func TestStartTask(t *testing.T) {
	t.Parallel()
	w := testWorld(t, server(t), nil)
	w.spec.Cluster = &spec.Cluster{Name: "main"}
	admin := w.caller(w.admin)
	for _, call := range []struct {
		service, target string
		in              map[string]any
	}{
		{"ssm", "AmazonSSM.PutParameter", map[string]any{"Name": "/shop/a", "Type": "SecureString", "Value": "v"}},
		{"logs", "Logs_20140328.CreateLogGroup", map[string]any{"logGroupName": "/web"}},
		{"secretsmanager", "secretsmanager.CreateSecret", map[string]any{"Name": "shop/app-config", "SecretString": "s", "ClientRequestToken": madeUp("c")}},
		{"secretsmanager", "secretsmanager.CreateSecret", map[string]any{"Name": "shop/database/hub", "SecretString": `{"username":"u","password":"p"}`, "ClientRequestToken": madeUp("h")}},
		{"secretsmanager", "secretsmanager.CreateSecret", map[string]any{"Name": "shop/database", "SecretString": `{"url":"u"}`, "ClientRequestToken": madeUp("s")}},
	} {
		if err := admin.json(t.Context(), call.service, call.target, call.in, nil); err != nil {
			t.Fatal(err)
		}
	}
	const theirs = "999999999999.dkr.ecr.eu-west-1.amazonaws.com"
	stranger := admin
	stranger.keys = administrator(w.server, "999999999999")
	for name, puller := range map[string]string{"lent": testAccount, "kept": "111111111111"} {
		if err := firstImage(parseImage(theirs+"/"+name+":1"), puller).make(t.Context(), stranger); err != nil {
			t.Fatal(err)
		}
	}
	const prefix = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/database"
	for name, test := range map[string]struct {
		denied, secret, image, credentials string

		want  string // "" where it starts
		doubt string // what it rests on
	}{
		"starts":       {},
		"no-secret":    {denied: "secretsmanager:GetSecretValue", want: "variable URL: AccessDenied"},
		"no-parameter": {denied: "ssm:GetParameters", want: "variable A: AccessDenied"},
		"no-log":       {denied: "logs:CreateLogStream", want: "write to the log group /web: AccessDenied"},
		"no-log-line":  {denied: "logs:PutLogEvents", want: "write to the log group /web: AccessDenied"},
		"no-such-key":  {secret: prefix + ":link::", want: "has no key link"},
		"six-letters":  {secret: strings.TrimSuffix(prefix, "database") + "app-config", want: "variable URL: "}, // It is there, by its name.
		"theirs":       {image: theirs + "/lent:1", doubt: "Whether account 999999999999 lets this one pull lent"},
		"not-lent":     {image: theirs + "/kept:1", want: "AccessDenied"},
		"public":       {image: "nginx:1.28"},
		"unknown":      {image: "acme/web:1", doubt: "Whether acme/web:1 is public."},
		"ghcr":         {image: "ghcr.io/acme/web:1", doubt: "Whether ghcr.io/acme/web:1 is public."},
		"private":      {image: "ghcr.io/acme/web:1", credentials: prefix + "/hub", doubt: "Whether ghcr.io takes the user"},
		"no-login":     {image: "ghcr.io/acme/web:1", credentials: prefix + "/hub", denied: "secretsmanager:GetSecretValue", want: "credentials: AccessDenied"},
		"no-user":      {image: "ghcr.io/acme/web:1", credentials: prefix, want: "has no key username"},
		"no-image":     {image: testHost + "/web:1", want: "pull " + testHost + "/web:1: "},
	} {
		t.Run(name, func(t *testing.T) {
			w.executionRole(t, name, test.denied)
			doubts := ""
			w.prove = func(string) {}
			w.doubt = func(format string, args ...any) { doubts = fmt.Sprintf(format, args...) }
			c := operate.Container{Name: "web", Image: test.image, Credentials: test.credentials, LogGroup: "/web", Secrets: map[string]string{
				"A": "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/a", "URL": prefix + ":url::",
			}}
			if test.secret != "" {
				c.Secrets["URL"] = test.secret
			}
			err := w.startTask(t.Context(), name, &operate.Service{ExecutionRole: "arn:aws:iam::123456789012:role/" + name, Containers: []operate.Container{c}})
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if !strings.HasPrefix(doubts, test.doubt) || test.want == "" && test.doubt == "" && doubts != "" {
				t.Errorf("doubts %q, want %q", doubts, test.doubt)
			}
		})
	}
}

func (w *world) executionRole(t *testing.T, name, denied string) {
	t.Helper()
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	for _, call := range [][]string{
		{"CreateRole", "RoleName", name, "AssumeRolePolicyDocument", trust},
		{"PutRolePolicy", "RoleName", name, "PolicyName", "p", "PolicyDocument", policyOf(executionStatements, denied)},
	} {
		if _, err := w.caller(w.admin).query(t.Context(), "iam", "2010-05-08", call[0], call[1:]...); err != nil {
			t.Fatal(err)
		}
	}
}
