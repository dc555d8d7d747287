package rehearsal

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"tfgen/internal/operate"
)

// What was made since is found, of each way of listing; what was there before,
// and what is gone again, is not.
func TestLeftovers(t *testing.T) {
	t.Parallel()
	w := testWorld(t, server(t), nil)
	admin := w.caller(w.admin)
	create := func(service, target string, in map[string]any) {
		t.Helper()
		if err := admin.json(t.Context(), service, target, in, nil); err != nil {
			t.Fatal(err)
		}
	}
	const ecs = "AmazonEC2ContainerServiceV20141113."
	create("ecr", "AmazonEC2ContainerRegistry_V20150921.CreateRepository", map[string]any{"repositoryName": "before"})
	var err error
	if w.empty, err = w.inventory(t.Context()); err != nil {
		t.Fatal(err)
	}
	create("ecs", ecs+"CreateCluster", map[string]any{"clusterName": "gone"})
	create("ecs", ecs+"DeleteCluster", map[string]any{"cluster": "gone"})
	if err := w.nothing(t.Context()); err != nil {
		t.Errorf("nothing was made: %v", err)
	}
	create("ecr", "AmazonEC2ContainerRegistry_V20150921.CreateRepository", map[string]any{"repositoryName": "web"})
	create("ecs", ecs+"CreateCluster", map[string]any{"clusterName": "main"})
	create("logs", "Logs_20140328.CreateLogGroup", map[string]any{"logGroupName": "/web"})
	if _, err := admin.query(t.Context(), "iam", "2010-05-08", "CreateRole", "RoleName", "web", "AssumeRolePolicyDocument", `{"Version":"2012-10-17","Statement":[]}`); err != nil {
		t.Fatal(err)
	}
	if _, err := admin.object(t.Context(), "PUT", "web-artifacts", []byte("<CreateBucketConfiguration><LocationConstraint>"+testRegion+"</LocationConstraint></CreateBucketConfiguration>")); err != nil {
		t.Fatal(err)
	}
	found, ok := errors.AsType[*finding](w.nothing(t.Context()))
	if !ok {
		t.Fatal("nothing was found")
	}
	want := []string{"ECR repository web", "bucket web-artifacts", "cluster main", "log group /web", "role web"}
	if !slices.Equal(found.evidence, want) {
		t.Errorf("found %q, want %q", found.evidence, want)
	}
}

func TestPick(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"a": [{"b": "1"}, {"b": "2"}, {"c": "3"}]}`: "1 2",
		`{"a": {"b": ["1", "2"]}}`:                    "1 2",
		`{}`:                                          "",
	} {
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(pick(value, []string{"a", "b"}), " "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// AWS's reason is read whether it comes as JSON or as XML.
func TestRefusal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]operate.Refusal{
		`{"__type": "com.amazonaws#AccessDeniedException", "Message": "no"}`: {Code: "AccessDeniedException", Message: "no"},
		`{"__type": "Missing", "message": "none"}`:                           {Code: "Missing", Message: "none"},
		`<Error><Code>NoSuchBucket</Code><Message>none</Message></Error>`:    {Code: "NoSuchBucket", Message: "none"},
		`<html>`: {Code: "500 Internal", Message: "<html>"},
	} {
		if got, _ := errors.AsType[*operate.Refusal](refusal("500 Internal", []byte(text))); got == nil || *got != want {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
}
