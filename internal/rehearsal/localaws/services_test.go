package localaws_test

import (
	"fmt"
	"strings"
	"testing"
)

// Every service runs as many tasks as it wants, and its one deployment is of
// the task definition that it was last given.
func TestServices(t *testing.T) {
	t.Parallel()
	admin := administrator(t, start(t))
	prepare(admin)
	admin.json(ecs+"PutClusterCapacityProviders", `{"cluster": "main", "capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": []}`)
	admin.json(ecs+"CreateService", `{"cluster": "main", "serviceName": "blue", "taskDefinition": "web:1", "desiredCount": 3,
		"capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1}], "deploymentConfiguration": {"maximumPercent": 150}}`)
	admin.json(ecs+"RegisterTaskDefinition", registerPlain)
	admin.json(ecs+"UpdateService", `{"cluster": "main", "service": "web", "taskDefinition": "web:2", "desiredCount": 5}`)
	answer, _ := admin.json(ecs+"DescribeServices", `{"cluster": "main", "services": ["web", "blue"]}`)
	for i, want := range []string{
		"desired 5, running 5, deployments 1 COMPLETED of web:2 running 5, at most 200 %",
		"desired 3, running 3, deployments 1 COMPLETED of web:1 running 3, at most 150 %",
	} {
		service := answer["services"].([]any)[i].(map[string]any)
		deployments := service["deployments"].([]any)
		first := deployments[0].(map[string]any)
		definition := first["taskDefinition"].(string)
		got := fmt.Sprintf("desired %v, running %v, deployments %d %v of %s running %v, at most %v %%",
			service["desiredCount"], service["runningCount"], len(deployments), first["rolloutState"],
			definition[strings.LastIndex(definition, "/")+1:], first["runningCount"],
			service["deploymentConfiguration"].(map[string]any)["maximumPercent"])
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// A task definition is read with AWS's defaults in it, by the newest revision
// that is active; a number is never used again.
func TestTaskDefinitions(t *testing.T) {
	t.Parallel()
	admin := administrator(t, start(t))
	register := `{"family": "web", "networkMode": "awsvpc", "containerDefinitions": [{"name": "web", "image": "i", "memory": 64,
		"portMappings": [{"containerPort": 80}], "healthCheck": {"command": ["CMD", "true"]}}]}`
	admin.json(ecs+"RegisterTaskDefinition", register)
	admin.json(ecs+"RegisterTaskDefinition", register)
	admin.json(ecs+"DeregisterTaskDefinition", `{"taskDefinition": "web:2"}`)
	answer, _ := admin.json(ecs+"DescribeTaskDefinition", `{"taskDefinition": "web"}`)
	definition := answer["taskDefinition"].(map[string]any)
	if definition["revision"] != 1.0 {
		t.Errorf("revision %v, want 1: the second is not active", definition["revision"])
	}
	container := text(definition["containerDefinitions"].([]any)[0])
	want := `{"cpu":0,"environment":[],"essential":true,"healthCheck":{"command":["CMD","true"],"interval":30,"retries":3,"timeout":5},` +
		`"image":"i","memory":64,"mountPoints":[],"name":"web","portMappings":[{"containerPort":80,"hostPort":80,"protocol":"tcp"}],` +
		`"systemControls":[],"volumesFrom":[]}`
	if container != want {
		t.Errorf("got  %s\nwant %s", container, want)
	}
	answer, _ = admin.json(ecs+"RegisterTaskDefinition", register)
	if revision := answer["taskDefinition"].(map[string]any)["revision"]; revision != 3.0 {
		t.Errorf("the next revision is %v, want 3", revision)
	}
}

// Credentials for a private registry are not for ECR.
func TestRepositoryCredentials(t *testing.T) {
	t.Parallel()
	admin := administrator(t, start(t))
	register := `{"family": "web", "containerDefinitions": [{"name": "web", "image": %q, "memory": 64,
		"repositoryCredentials": {"credentialsParameter": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:hub-Ab12Cd"}}]}`
	for image, want := range map[string]string{
		"acme/web:1":            "",
		"ghcr.io/acme/ecr/x:1":  "",
		testRegistry + "/web:1": "ClientException",
	} {
		if _, code := admin.json(ecs+"RegisterTaskDefinition", fmt.Sprintf(register, image)); code != want {
			t.Errorf("%s: %q, want %q", image, code, want)
		}
	}
}

const testRegistry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"

// An immutable tag is given once, and only to a repository that exists.
func TestImages(t *testing.T) {
	t.Parallel()
	admin := administrator(t, start(t))
	admin.json(ecr+"CreateRepository", `{"repositoryName": "app", "imageTagMutability": "IMMUTABLE"}`)
	push := `{"repositoryName": %q, "imageTag": %q, "imageManifest": "{\"mediaType\": \"application/vnd.oci.image.manifest.v1+json\", \"n\": %d}"}`
	find := `{"repositoryName": "app", "imageIds": [{"imageTag": %q}]}`
	layer := `{"repositoryName": "app", "uploadId": %q, "partFirstByte": 0, "partLastByte": 4, "layerPartBlob": "bGF5ZXI="}`
	upload, _ := admin.json(ecr+"InitiateLayerUpload", `{"repositoryName": "app"}`)
	for _, test := range []struct{ action, body, want string }{
		{"PutImage", fmt.Sprintf(push, "app", "abcd1234", 1), ""},
		{"PutImage", fmt.Sprintf(push, "app", "abcd1234", 2), "ImageTagAlreadyExistsException"},
		{"PutImage", fmt.Sprintf(push, "app", "ffff0000", 2), ""},
		{"PutImage", fmt.Sprintf(push, "none", "abcd1234", 1), "RepositoryNotFoundException"},
		{"DescribeImages", fmt.Sprintf(find, "abcd1234"), ""},
		{"DescribeImages", fmt.Sprintf(find, "00000000"), "ImageNotFoundException"},
		{"UploadLayerPart", fmt.Sprintf(layer, upload["uploadId"]), ""},
		{"CompleteLayerUpload", fmt.Sprintf(layer, upload["uploadId"]), ""},
		{"GetDownloadUrlForLayer", `{"repositoryName": "app", "layerDigest": "sha256:0"}`, ""},
	} {
		if _, code := admin.json(ecr+test.action, test.body); code != test.want {
			t.Errorf("%s %s: %q, want %q", test.action, test.body, code, test.want)
		}
	}
}

// A repository keeps what it is under another name, which nobody else has.
func TestRename(t *testing.T) {
	t.Parallel()
	admin := administrator(t, start(t))
	admin.json(codecommit+"CreateRepository", `{"repositoryName": "app", "repositoryDescription": "kept"}`)
	admin.json(codecommit+"CreateRepository", `{"repositoryName": "other"}`)
	for _, test := range []struct{ action, body, want string }{
		{"UpdateRepositoryName", `{"oldName": "app", "newName": "other"}`, "RepositoryNameExistsException"},
		{"UpdateRepositoryName", `{"oldName": "none", "newName": "new"}`, "RepositoryDoesNotExistException"},
		{"UpdateRepositoryName", `{"oldName": "app", "newName": "shop"}`, ""},
		{"GetRepository", `{"repositoryName": "app"}`, "RepositoryDoesNotExistException"},
	} {
		if _, code := admin.json(codecommit+test.action, test.body); code != test.want {
			t.Errorf("%s %s: %q, want %q", test.action, test.body, code, test.want)
		}
	}
	answer, _ := admin.json(codecommit+"GetRepository", `{"repositoryName": "shop"}`)
	found, _ := answer["repositoryMetadata"].(map[string]any)
	if found["repositoryDescription"] != "kept" || found["Arn"] != "arn:aws:codecommit:eu-west-1:123456789012:shop" {
		t.Errorf("found %v", found)
	}
}

// What is not there is said at once, and in a way that no SDK tries again.
func TestMissing(t *testing.T) {
	t.Parallel()
	admin := administrator(t, start(t))
	for _, call := range []string{codebuild + "ListReports", "noservice/Some.Action"} {
		if _, code := admin.json(call, `{}`); code != "NotEmulated" {
			t.Errorf("%s: %q, want NotEmulated", call, code)
		}
	}
}
