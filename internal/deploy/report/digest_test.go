package report_test

import (
	"fmt"
	"strings"
	"testing"

	"tfgen/internal/deploy/report"
)

// change is a plan of one change, as Terraform shows it.
func change(t *testing.T, fields string) report.Plan {
	t.Helper()
	return fromShow(t, fmt.Appendf(nil, `{"format_version": "1.2", "resource_changes": [{
		"address": "aws_x.this", "mode": "managed", "type": "aws_x", "name": "this", "change": {%s}}]}`, fields))
}

const memory = `"actions": ["update"], "before": {"memory": 512, "name": "a", "token": "old"}, "after": {"memory": 1024, "name": "a", "token": "old"}`

// TestDigest holds what makes another plan of a plan, and what does not.
func TestDigest(t *testing.T) {
	base := digest(t, memory)
	for _, test := range []struct {
		name, fields string
		same         bool
	}{
		{"the same", memory, true},
		{"what stays", strings.ReplaceAll(memory, `"name": "a"`, `"name": "b"`), true},
		{"another value", strings.Replace(memory, "1024", "2048", 1), false},
		{"another value before", strings.Replace(memory, "512", "256", 1), false},
		{"another action", strings.Replace(memory, `["update"]`, `["delete", "create"]`, 1), false},
		{"what forces", memory + `, "replace_paths": [["memory"]]`, false},
		{"one more", strings.Replace(memory, `"memory": 1024, "name": "a"`, `"memory": 1024, "name": "b"`, 1), false},
		{"a value known later", memory + `, "after_unknown": {"arn": true}`, false},
	} {
		if got := digest(t, test.fields); (got == base) != test.same {
			t.Errorf("%s: %s, and the first %s", test.name, got, base)
		}
	}
}

// TestDigestCreate holds that what is made counts with all its values, however long.
func TestDigestCreate(t *testing.T) {
	long := strings.Repeat("x", 100)
	create := func(policy string) string {
		return digest(t, `"actions": ["create"], "before": null, "after": {"policy": "`+policy+`"}, "after_unknown": {"arn": true}`)
	}
	if create(long+"a") == create(long+"b") {
		t.Error("the end of a long value does not count")
	}
}

// TestDigestOrder holds that the order of JSON's keys is no other plan: the
// provider reads a task definition's options in any.
func TestDigestOrder(t *testing.T) {
	read := func(options string) string {
		return digest(t, `"actions": ["update"], "before": {"container_definitions": "[{\"options\":{`+options+`}}]"}, "after": {"container_definitions": "[]"}`)
	}
	if read(`\"a\":1,\"b\":2`) != read(`\"b\":2,\"a\":1`) {
		t.Error("the order of keys counts")
	}
	if read(`\"a\":1,\"b\":2`) == read(`\"a\":1,\"b\":3`) {
		t.Error("a value does not count")
	}
	if read(`}}] more {{`) == read(`}}] less {{`) {
		t.Error("what follows JSON does not count")
	}
}

// TestDigestSecret holds that nobody can try out a secret against a digest, and
// that whether one changes does count.
func TestDigestSecret(t *testing.T) {
	token := func(before, after string) string {
		return digest(t, fmt.Sprintf(`"actions": ["update"], "before": {"token": %q, "copy": %q, "n": 1}, "after": {"token": %q, "copy": %q, "n": 2},
			"before_sensitive": {"token": true}, "after_sensitive": {"token": true}`, before, before, after, after))
	}
	if token("old-old", "hush-hush") != token("old-old", "whisper") {
		t.Error("a sensitive value counts")
	}
}

// TestDigests holds how the digests of roots add up.
func TestDigests(t *testing.T) {
	one, two := change(t, memory), change(t, strings.Replace(memory, "1024", "2048", 1))
	empty := report.Plan{Empty: true}
	all := report.Digest(map[string]report.Plan{"a": one, "b": two})
	switch {
	case !report.IsDigest(all):
		t.Errorf("%s is no digest", all)
	case all == report.Digest(map[string]report.Plan{"a": two, "b": one}):
		t.Error("it does not matter which root a plan is of")
	case all != report.Digest(map[string]report.Plan{"a": one, "b": two, "c": empty}):
		t.Error("a root that nothing happens to counts")
	case report.Digest(map[string]report.Plan{"a": {}}) != "":
		t.Error("a plan without values has a digest")
	}
	for _, text := range []string{"", "sha256:", all[7:], all + "0", strings.ToUpper(all), "sha512:" + all[7:], all[:70] + "g"} {
		if report.IsDigest(text) {
			t.Errorf("%q is a digest", text)
		}
	}
}

// TestOutputsDiffer holds that an output with another value is named.
func TestOutputsDiffer(t *testing.T) {
	output := func(value string) report.Plan {
		return fromShow(t, fmt.Appendf(nil, `{"format_version": "1.2", "output_changes": {"url": {"actions": ["create"], "before": null, "after": %q}}}`, value))
	}
	one, two := output("a"), output("b")
	if said := report.Differences(one, two); one.Digest == two.Digest || len(said) != 1 || said[0].String() != "output url: other values" {
		t.Errorf("%s, %s: %v", one.Digest, two.Digest, said)
	}
}

func digest(t *testing.T, fields string) string {
	t.Helper()
	return report.Digest(map[string]report.Plan{"root": change(t, fields)})
}

// TestDifferences holds what is said of two plans that should be one.
func TestDifferences(t *testing.T) {
	was := change(t, memory)
	for _, test := range []struct{ name, fields, want string }{
		{"the same", memory, ""},
		{"another value", strings.Replace(memory, "1024", "2048", 1), "aws_x.this: memory 512 → 2048; expected was memory 512 → 1024"},
		{"one more", strings.Replace(memory, `1024, "name": "a"`, `1024, "name": "b"`, 1), "aws_x.this: name a → b, which was not expected"},
		{"another action", strings.Replace(memory, `["update"]`, `["delete", "create"]`, 1), "aws_x.this: replace; expected was update"},
		{"none", `"actions": ["no-op"], "before": {}, "after": {}`, "aws_x.this: no longer update, memory 512 → 1024"},
	} {
		var said []string
		for _, d := range report.Differences(was, change(t, test.fields)) {
			said = append(said, d.String())
		}
		if got := strings.Join(said, "\n"); got != test.want {
			t.Errorf("%s:\n%s\nwant:\n%s", test.name, got, test.want)
		}
	}
}

// TestImageDiffers holds that a plan is another one, and says so, where an image
// was deployed since, although it changes the same values.
func TestImageDiffers(t *testing.T) {
	plan := func(image string) report.Plan {
		containers := fmt.Sprintf(`"container_definitions":"[{\"name\":\"web\",\"image\":\"r/web:%s\"}]"`, image)
		return fromShow(t, ecs(`"actions":["update"],"before":{"task_definition":"a:task-definition/web:1","desired_count":1},"after":{"desired_count":1},"after_unknown":{"task_definition":true}`,
			`"actions":["create","delete"],"before":{"memory":"512",`+containers+`},"after":{"memory":"1024",`+containers+`}`))
	}
	was, is := plan("abc"), plan("def")
	said := report.Differences(was, is)
	if was.Digest == is.Digest || len(said) != 1 || said[0].String() != "Service web: same image def; expected was same image abc" {
		t.Errorf("%s, %s: %v", was.Digest, is.Digest, said)
	}
}
