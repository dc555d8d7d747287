package rehearsal

import (
	"archive/zip"
	"bytes"
	"testing"

	"tfgen/internal/operate"
)

// pipelineStatements are what the deploy action needs; each row below takes
// one away, or hands over something else.
const pipelineStatements = `
s3:GetObject *
ecs:DescribeServices *
ecs:DescribeTaskDefinition *
ecs:RegisterTaskDefinition *
ecs:UpdateService *
ecs:ListTasks *
ecs:DescribeTasks *
iam:PassRole *
sns:Publish *
`

// The deploy action rolls the service over to the image that the build names,
// or fails with the words that one needs.
func TestDeployAction(t *testing.T) {
	t.Parallel()
	w := testWorld(t, server(t), nil)
	admin := w.caller(w.admin)
	const ecs = "AmazonEC2ContainerServiceV20141113."
	for _, call := range []struct {
		service, target string
		in              map[string]any
	}{
		{"ecs", ecs + "CreateCluster", map[string]any{"clusterName": "main"}},
		{"ecs", ecs + "RegisterTaskDefinition", map[string]any{"family": "web", "taskRoleArn": "arn:aws:iam::123456789012:role/task", "containerDefinitions": []any{
			map[string]any{"name": "web", "image": "old", "memory": 64, "environment": []any{map[string]any{"name": "A", "value": "b"}}},
		}}},
		{"ecs", ecs + "CreateService", map[string]any{"cluster": "main", "serviceName": "web", "taskDefinition": "web:1", "desiredCount": 1}},
	} {
		if err := admin.json(t.Context(), call.service, call.target, call.in, nil); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		denied, file, text string
		provider           string
		want               string // "" where it holds
	}{
		"deploys":             {},
		"wrong-container":     {text: `[{"name":"wep","imageUri":"new"}]`, want: `imagedefinitions.json names the container "wep", and the task definition has "web"`},
		"no-json":             {text: `{"name":"web"}`, want: "it is not the JSON that the deploy action reads"},
		"no-image":            {text: `[{"name":"web"}]`, want: "each entry needs a name and an imageUri"},
		"nothing":             {text: `[]`, want: "it names no image"},
		"other-file":          {file: "images.json", want: "the build handed over no imagedefinitions.json"},
		"no-artifact":         {denied: "s3:GetObject", want: "read the artifact from the bucket no-artifact"},
		"no-look":             {denied: "ecs:DescribeServices", want: "not authorized to perform: ecs:DescribeServices"},
		"no-read":             {denied: "ecs:DescribeTaskDefinition", want: "not authorized to perform: ecs:DescribeTaskDefinition"},
		"no-register":         {denied: "ecs:RegisterTaskDefinition", want: "not authorized to perform: ecs:RegisterTaskDefinition"},
		"no-pass":             {denied: "iam:PassRole", want: "not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/task"},
		"no-update":           {denied: "ecs:UpdateService", want: "not authorized to perform: ecs:UpdateService"},
		"no-tasks":            {denied: "ecs:ListTasks", want: "not authorized to perform: ecs:ListTasks"},
		"another-provider":    {provider: "CodeDeploy", denied: "s3:GetObject"},
		"approval-untold":     {provider: "Manual", denied: "sns:Publish", want: "not authorized to perform: sns:Publish"},
		"approval-that-tells": {provider: "Manual"},
	} {
		t.Run(name, func(t *testing.T) {
			p := w.deployTest(t, name, test.denied)
			action := operate.Action{Name: "DeployToECS", Category: "Deploy", Provider: "ECS", Configuration: map[string]string{"ClusterName": "main", "ServiceName": "web"}}
			switch test.provider {
			case "CodeDeploy":
				action.Provider = test.provider
			case "Manual":
				action = operate.Action{Name: "Approve", Category: "Approval", Provider: "Manual", Configuration: map[string]string{"NotificationArn": topic(t, admin)}}
			}
			text, file := test.text, test.file
			if text == "" {
				text = `[{"name":"web","imageUri":"` + name + `"}]`
			}
			if file == "" {
				file = "imagedefinitions.json"
			}
			if err := store(t.Context(), admin, p, "BuildArtifact", zipped(t, file, text)); err != nil {
				t.Fatal(err)
			}
			err := w.deployAction(t.Context(), p, action)
			if failed(t, err, test.want) {
				return
			}
			live, err := w.admin.Service(t.Context(), "main", "web")
			if err != nil {
				t.Fatal(err)
			}
			if action.Provider == "ECS" && (live.Image("web") != name || live.Containers[0].Environment["A"] != "b") {
				t.Errorf("live is %+v", live.Containers)
			}
		})
	}
}

// deployTest makes the role and the bucket of a pipeline.
func (w *world) deployTest(t *testing.T, name, denied string) *operate.Pipeline {
	t.Helper()
	admin := w.caller(w.admin)
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"codepipeline.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	for _, call := range [][]string{
		{"CreateRole", "RoleName", name, "AssumeRolePolicyDocument", trust},
		{"PutRolePolicy", "RoleName", name, "PolicyName", "p", "PolicyDocument", policyOf(pipelineStatements, denied)},
	} {
		if _, err := admin.query(t.Context(), "iam", "2010-05-08", call[0], call[1:]...); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := admin.object(t.Context(), "PUT", name, []byte("<CreateBucketConfiguration><LocationConstraint>"+testRegion+"</LocationConstraint></CreateBucketConfiguration>")); err != nil {
		t.Fatal(err)
	}
	return &operate.Pipeline{Name: name, Bucket: name, Role: "arn:aws:iam::" + testAccount + ":role/" + name, ARN: "arn:aws:codepipeline:eu-west-1:123456789012:" + name}
}

func topic(t *testing.T, admin caller) string {
	t.Helper()
	text, err := admin.query(t.Context(), "sns", "2010-03-31", "CreateTopic", "Name", "approvals")
	if err != nil {
		t.Fatal(err)
	}
	return elements(text, "TopicArn")[0]
}

func zipped(t *testing.T, name, text string) []byte {
	t.Helper()
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	entry, err := archive.Create(name)
	if err == nil {
		_, err = entry.Write([]byte(text))
	}
	if err == nil {
		err = archive.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}
