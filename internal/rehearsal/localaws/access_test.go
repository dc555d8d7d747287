package localaws_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const (
	codecommit    = "codecommit/CodeCommit_20150413."
	codebuild     = "codebuild/CodeBuild_20161006."
	codepipeline  = "codepipeline/CodePipeline_20150709."
	ecr           = "ecr/AmazonEC2ContainerRegistry_V20150921."
	ecrPublic     = "ecr-public/SpencerFrontendService."
	ecs           = "ecs/AmazonEC2ContainerServiceV20141113."
	kms           = "kms/TrentService."
	logs          = "logs/Logs_20140328."
	secrets       = "secretsmanager/secretsmanager."
	ssm           = "ssm/AmazonSSM."
	arnPrefix     = "arn:aws:%s:eu-west-1:123456789012:"
	accessDenied  = "AccessDeniedException"
	taskRoles     = `"taskRoleArn": "arn:aws:iam::123456789012:role/task", "executionRoleArn": "arn:aws:iam::123456789012:role/execution"`
	registerWeb   = `{"family": "web", "containerDefinitions": [{"name": "web", "image": "i", "memory": 64}], ` + taskRoles + `}`
	registerTags  = `{"family": "web", "containerDefinitions": [{"name": "web", "image": "i", "memory": 64}], "tags": [{"key": "A", "value": "b"}]}`
	registerPlain = `{"family": "web", "containerDefinitions": [{"name": "web", "image": "i", "memory": 64}]}`
)

// Each call is allowed by exactly the statement beside it, and refused to a
// role without it. That is all that a proof of least privilege rests on.
func TestPermissions(t *testing.T) {
	t.Parallel()
	server := start(t)
	admin := administrator(t, server)
	prepare(admin)
	if err := server.Enforce(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	for i, test := range []struct {
		call, body string
		allow      string // Statements, one a line: ACTIONS on RESOURCE [if CONDITION].
	}{
		{codecommit + "GetBranch", `{"repositoryName": "app", "branchName": "main"}`, "codecommit:GetBranch on codecommit:app"},
		{codecommit + "UploadArchive", `{"repositoryName": "app"}`, "codecommit:UploadArchive on codecommit:app"},
		{codebuild + "StartBuild", `{"projectName": "app"}`, "codebuild:StartBuild on codebuild:project/app"},
		{codebuild + "BatchGetBuilds", `{"ids": ["app:1"]}`, "codebuild:BatchGetBuilds on codebuild:project/app"},
		{codepipeline + "StartPipelineExecution", `{"name": "app"}`, "codepipeline:StartPipelineExecution on codepipeline:app"},
		{ecr + "GetAuthorizationToken", `{}`, "ecr:GetAuthorizationToken on *"},
		{ecr + "InitiateLayerUpload", `{"repositoryName": "team/app"}`, "ecr:InitiateLayerUpload on ecr:repository/team/app"},
		{ecr + "DescribeImages", `{"repositoryName": "team/app"}`, "ecr:Describe* on ecr:repository/team/*"},
		{ecrPublic + "GetAuthorizationToken", `{}`, "ecr-public:GetAuthorizationToken on *\nsts:GetServiceBearerToken on *"},
		{ecs + "DescribeTaskDefinition", `{"taskDefinition": "web"}`, "ecs:DescribeTaskDefinition on *"},
		{ecs + "DescribeServices", `{"cluster": "main", "services": ["web"]}`, "ecs:DescribeServices on ecs:service/main/web"},
		{ecs + "UpdateService", `{"cluster": "main", "service": "web"}`, "ecs:UpdateService on ecs:service/main/web"},
		{ecs + "DescribeTasks", `{"cluster": "main", "tasks": ["0123"]}`, "ecs:DescribeTasks on ecs:task/main/*"},
		{ecs + "ListTasks", `{"cluster": "main"}`, "ecs:ListTasks on * if ArnEquals ecs:cluster arn:aws:ecs:eu-west-1:123456789012:cluster/main"},
		{ecs + "RegisterTaskDefinition", registerPlain, "ecs:RegisterTaskDefinition on ecs:task-definition/web:*"},
		{ecs + "RegisterTaskDefinition", registerTags, "ecs:RegisterTaskDefinition on ecs:task-definition/web:*\n" +
			"ecs:TagResource on ecs:task-definition/web:* if StringEquals ecs:CreateAction RegisterTaskDefinition"},
		{ecs + "RegisterTaskDefinition", registerWeb, "ecs:RegisterTaskDefinition on ecs:task-definition/web:*\n" +
			"iam:PassRole on arn:aws:iam::123456789012:role/task if StringEquals iam:PassedToService ecs-tasks.amazonaws.com\n" +
			"iam:PassRole on arn:aws:iam::123456789012:role/execution if StringEqualsIfExists iam:PassedToService ecs-tasks.amazonaws.com"},
		{logs + "CreateLogStream", `{"logGroupName": "/app", "logStreamName": "s"}`, "logs:CreateLogStream on logs:log-group:/app:*"},
		{ssm + "GetParameters", `{"Names": ["/app/a", "/app/b"], "WithDecryption": true}`, "ssm:GetParameters on ssm:parameter/app/a\nssm:GetParameters on ssm:parameter/app/b"},
		{secrets + "GetSecretValue", `{"SecretId": "app/db"}`, "secretsmanager:GetSecretValue on secretsmanager:secret:app/db-??????"},
		{secrets + "GetSecretValue", `{"SecretId": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/db"}`, "secretsmanager:GetSecretValue on secretsmanager:secret:app/db-??????"},
		{ssm + "GetParameters", `{"Names": ["/app/own"], "WithDecryption": true}`, "ssm:GetParameters on ssm:parameter/app/own\nkms:Decrypt on kms:key/*"},
		{secrets + "GetSecretValue", `{"SecretId": "app/own"}`, "secretsmanager:GetSecretValue on secretsmanager:secret:app/own-??????\nkms:Decrypt on kms:key/*"},
		{kms + "GenerateDataKey", `{"KeyId": "alias/app", "KeySpec": "AES_256"}`, "kms:GenerateDataKey on kms:key/*"},
	} {
		t.Run(test.call[strings.Index(test.call, ".")+1:], func(t *testing.T) {
			statements := strings.Split(test.allow, "\n")
			code := as(admin, t, fmt.Sprintf("all-%d", i), statements).code(test.call, test.body)
			if code != "" && code != "NotEmulated" && !strings.HasSuffix(code, "NotFoundException") {
				t.Errorf("%s, although allowed by\n%s", code, test.allow)
			}
			for removed := range statements {
				rest := append(append([]string{}, statements[:removed]...), statements[removed+1:]...)
				if code := as(admin, t, fmt.Sprintf("no-%d-%d", i, removed), rest).code(test.call, test.body); code != accessDenied {
					t.Errorf("without %q: %q, want %s", statements[removed], code, accessDenied)
				}
				for j, other := range elsewhere(statements[removed]) {
					wrong := append(rest, other)
					if code := as(admin, t, fmt.Sprintf("else-%d-%d-%d", i, removed, j), wrong).code(test.call, test.body); code != accessDenied {
						t.Errorf("with %q: %q, want %s", other, code, accessDenied)
					}
				}
			}
		})
	}
}

// A role is assumed by those whom its trust policy admits, and by nobody else.
func TestTrust(t *testing.T) {
	t.Parallel()
	admin := administrator(t, start(t))
	admin.role("build", "codebuild.amazonaws.com", policy(nil))
	for _, test := range []struct{ service, source, want string }{
		{"codebuild.amazonaws.com", "arn:aws:codebuild:eu-west-1:123456789012:project/app", ""},
		{"events.amazonaws.com", "arn:aws:codebuild:eu-west-1:123456789012:project/app", "AccessDenied"},
		{"codebuild.amazonaws.com", "", "AccessDenied"}, // The trust policy asks for aws:SourceAccount.
	} {
		parameters := map[string]string{
			"Action": "AssumeRole", "Version": "2011-06-15",
			"RoleArn": "arn:aws:iam::123456789012:role/build", "RoleSessionName": test.service,
		}
		if test.source != "" {
			parameters["ExternalId"] = test.source
		}
		if _, code := admin.query("sts", parameters); code != test.want {
			t.Errorf("%s for %q: %q, want %q", test.service, test.source, code, test.want)
		}
	}
}

// A bucket's policy that denies what is not TLS must not deny everything, and
// an object needs the permission on its own path.
func TestObjects(t *testing.T) {
	t.Parallel()
	server := start(t)
	admin := administrator(t, server)
	admin.s3(http.MethodPut, "/artifacts", `<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>`)
	admin.s3(http.MethodPut, "/artifacts?policy", `{"Version": "2012-10-17", "Statement": [
		{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::artifacts", "arn:aws:s3:::artifacts/*"],
		 "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}`)
	if status := admin.s3(http.MethodPut, "/artifacts/app/source.zip", "zip"); status != http.StatusOK {
		t.Errorf("put: %d", status)
	}
	if err := server.Enforce(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	reader := as(admin, t, "reader", []string{"s3:GetObject on arn:aws:s3:::artifacts/app/*"})
	for _, test := range []struct {
		method, path string
		want         int
	}{
		{http.MethodGet, "/artifacts/app/source.zip", http.StatusOK},
		{http.MethodGet, "/artifacts/other/source.zip", http.StatusForbidden},
		{http.MethodPut, "/artifacts/app/source.zip", http.StatusForbidden},
		{http.MethodHead, "/artifacts", http.StatusForbidden},
	} {
		if status := reader.s3(test.method, test.path, ""); status != test.want {
			t.Errorf("%s %s: %d, want %d", test.method, test.path, status, test.want)
		}
	}
	encrypt := `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>%s</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`
	key, _ := admin.json(kms+"CreateKey", `{}`)
	admin.s3(http.MethodPut, "/artifacts?encryption", fmt.Sprintf(encrypt, key["KeyMetadata"].(map[string]any)["KeyId"]))
	if status := reader.s3(http.MethodGet, "/artifacts/app/source.zip", ""); status != http.StatusForbidden {
		t.Errorf("get without kms:Decrypt: %d", status)
	}
	decrypter := as(admin, t, "decrypter", []string{"s3:GetObject on arn:aws:s3:::artifacts/app/*", "kms:Decrypt on kms:key/*"})
	if status := decrypter.s3(http.MethodGet, "/artifacts/app/source.zip", ""); status != http.StatusOK {
		t.Errorf("get with kms:Decrypt: %d", status)
	}
	lister := as(admin, t, "lister", []string{"s3:ListBucket on arn:aws:s3:::artifacts"})
	if status := lister.s3(http.MethodHead, "/artifacts", ""); status != http.StatusOK {
		t.Errorf("HEAD with s3:ListBucket: %d", status)
	}
	if err := server.Enforce(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if status := reader.s3(http.MethodPut, "/artifacts/app/source.zip", "zip"); status != http.StatusOK {
		t.Errorf("put with permissions off: %d", status)
	}
}

// What IAM itself answers about a role agrees with what a call would be told.
func TestSimulation(t *testing.T) {
	t.Parallel()
	admin := administrator(t, start(t))
	admin.role("pipeline", "codepipeline.amazonaws.com", policy([]string{"codecommit:UploadArchive on codecommit:app"}))
	for resource, want := range map[string]string{"app": "allowed", "other": "implicitDeny"} {
		answer, _ := admin.query("iam", map[string]string{
			"Action": "SimulatePrincipalPolicy", "Version": "2010-05-08",
			"PolicySourceArn":       "arn:aws:iam::123456789012:role/pipeline",
			"ActionNames.member.1":  "codecommit:UploadArchive",
			"ResourceArns.member.1": "arn:aws:codecommit:eu-west-1:123456789012:" + resource,
		})
		if decision := element(answer, "EvalDecision"); decision != want {
			t.Errorf("%s: %q, want %q\n%s", resource, decision, want, answer)
		}
	}
}

// prepare creates what the calls are about, as far as they need it to be there.
func prepare(admin client) {
	for _, call := range [][2]string{
		{codecommit + "CreateRepository", `{"repositoryName": "app"}`},
		{codecommit + "CreateCommit", `{"repositoryName": "app", "branchName": "main"}`},
		{ecr + "CreateRepository", `{"repositoryName": "team/app"}`},
		{ecs + "CreateCluster", `{"clusterName": "main"}`},
		{ecs + "RegisterTaskDefinition", registerPlain},
		{ecs + "CreateService", `{"cluster": "main", "serviceName": "web", "taskDefinition": "web", "desiredCount": 1}`},
		{secrets + "CreateSecret", `{"Name": "app/db", "SecretString": "s", "ClientRequestToken": "00000000-0000-0000-0000-000000000000"}`},
		{logs + "CreateLogGroup", `{"logGroupName": "/app"}`},
		{ssm + "PutParameter", `{"Name": "/app/a", "Type": "SecureString", "Value": "v"}`}, // With AWS's own key.
	} {
		if _, code := admin.json(call[0], call[1]); code != "" {
			admin.t.Fatalf("%s: %s", call[0], code)
		}
	}
	key, _ := admin.json(kms+"CreateKey", `{}`)
	id := key["KeyMetadata"].(map[string]any)["KeyId"].(string)
	admin.json(kms+"CreateAlias", fmt.Sprintf(`{"AliasName": "alias/app", "TargetKeyId": %q}`, id))
	admin.json(ssm+"PutParameter", fmt.Sprintf(`{"Name": "/app/own", "Type": "SecureString", "Value": "v", "KeyId": %q}`, id))
	admin.json(secrets+"CreateSecret", fmt.Sprintf(`{"Name": "app/own", "SecretString": "s", "KmsKeyId": %q, "ClientRequestToken": "00000000-0000-0000-0000-000000000001"}`, id))
}

// as returns a client of a new role that has the statements as its policy.
func as(admin client, t *testing.T, role string, statements []string) client {
	t.Helper()
	admin.t = t
	admin.role(role, "codebuild.amazonaws.com", policy(statements))
	return admin.assume("arn:aws:iam::123456789012:role/"+role, "codebuild.amazonaws.com")
}

func (c client) code(call, body string) string {
	c.t.Helper()
	_, code := c.json(call, body)
	return code
}

func (c client) role(name, service, policy string) {
	c.t.Helper()
	trust := fmt.Sprintf(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
		"Principal": {"Service": %q}, "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}]}`, service)
	for _, call := range []map[string]string{
		{"Action": "CreateRole", "RoleName": name, "AssumeRolePolicyDocument": trust},
		{"Action": "PutRolePolicy", "RoleName": name, "PolicyName": "p", "PolicyDocument": policy},
	} {
		call["Version"] = "2010-05-08"
		if answer, code := c.query("iam", call); code != "" {
			c.t.Fatalf("%s: %s", call["Action"], answer)
		}
	}
}

// policy makes a document of statements as the table spells them.
func policy(statements []string) string {
	document := map[string]any{"Version": "2012-10-17", "Statement": []any{statement("sqs:ListQueues on *")}}
	for _, spelled := range statements {
		document["Statement"] = append(document["Statement"].([]any), statement(spelled))
	}
	return text(document)
}

// text is the JSON of maps, lists and texts, of which there always is one.
func text(value any) string {
	written, _ := json.Marshal(value)
	return string(written)
}

func statement(text string) map[string]any {
	text, condition, conditional := strings.Cut(text, " if ")
	action, resource, _ := strings.Cut(text, " on ")
	if service, rest, ok := strings.Cut(resource, ":"); ok && service != "arn" {
		resource = fmt.Sprintf(arnPrefix, service) + rest
	}
	made := map[string]any{"Effect": "Allow", "Action": action, "Resource": resource}
	if conditional {
		words := strings.Fields(condition)
		made["Condition"] = map[string]any{words[0]: map[string]any{words[1]: words[2]}}
	}
	return made
}

// elsewhere are the statement for another resource and, where it has a
// condition, the statement under another one.
func elsewhere(text string) []string {
	allowed, condition, conditional := strings.Cut(text, " if ")
	other := strings.TrimSuffix(allowed, " on *") + "-other"
	if strings.HasSuffix(allowed, " on *") {
		other = strings.TrimSuffix(allowed, "*") + "sqs:queue"
	}
	if !conditional {
		return []string{other}
	}
	return []string{other + " if " + condition, text + "-other"}
}
