package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"golang.org/x/tools/txtar"

	"tfgen/internal/deploy/report"
)

// fromShow reads a plan from JSON, as terraform-exec does.
func fromShow(t *testing.T, src []byte) report.Plan {
	t.Helper()
	var raw tfjson.Plan
	raw.UseJSONNumber(true)
	if err := json.Unmarshal(src, &raw); err != nil {
		t.Fatal(err)
	}
	return report.FromShow(&raw)
}

// told is everything a plan has to say, in text.
func told(p report.Plan) string {
	var b bytes.Buffer
	for _, c := range p.Changes {
		b.WriteString(strings.TrimSpace(fmt.Sprintf("%s [%s] %s %s", c.Action.Symbol(), report.Group(c.Module), c.Local, c.Title)) + "\n")
		writeAttributes(&b, c.Attributes)
	}
	for _, o := range p.Outputs {
		fmt.Fprintf(&b, "output %s %s %t\n", o.Name, o.Action, o.Sensitive)
		writeAttributes(&b, o.Attributes)
	}
	for _, r := range p.Rolls {
		b.WriteString(r.String() + "\n")
	}
	fmt.Fprintf(&b, "%+v, %d unchanged\n", p.Counts, p.Unchanged)
	return b.String()
}

func writeAttributes(b *bytes.Buffer, attributes []report.Attribute) {
	for _, a := range attributes {
		b.WriteString("    " + a.String())
		if a.Forces {
			b.WriteString(" (forces)")
		}
		b.WriteString("\n")
	}
}

// TestFromShow reads plans with what ECS and its neighbours change. Each
// archive holds the plan and what shall be told of it.
func TestFromShow(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("archives: %v, %v", archives, err)
	}
	for _, name := range archives {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := txtar.Parse(src).Files
		if got, want := told(fromShow(t, files[0].Data)), string(files[1].Data); got != want {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, want)
		}
	}
}

// TestAttributes holds how one changed value reads.
func TestAttributes(t *testing.T) {
	for _, test := range []struct{ name, change, want string }{
		{"number", `"before":{"n":2},"after":{"n":4}`, "n 2 → 4"},
		{"large number", `"before":{"n":10000000},"after":{"n":12345678901234567}`, "n 10000000 → 12345678901234567"},
		{"text", `"before":{"s":"a b"},"after":{"s":""}`, `s a b → ""`},
		{"unset", `"before":{"s":null},"after":{"s":"x"}`, "s (none) → x"},
		{"nested", `"before":{"a":[{"b":{"c":1}}]},"after":{"a":[{"b":{"c":2}}]}`, "a.b.c 1 → 2"},
		{"two blocks", `"before":{"a":[{"b":1},{"b":1}]},"after":{"a":[{"b":1},{"b":2}]}`, "a[1].b 1 → 2"},
		{"block more", `"before":{"a":[{"b":1}]},"after":{"a":[{"b":1},{"b":2}]}`, "a: 1 added"},
		{"blocks less", `"before":{"a":[{"b":1},{"b":2},{"b":3}]},"after":{"a":[{"b":1}]}`, "a: 2 removed"},
		{"stage", `"before":{"stage":[{"name":"Source"},{"name":"Deploy","x":1}]},"after":{"stage":[{"name":"Source"},{"name":"Approve"},{"name":"Deploy","x":2}]}`,
			`stage "Approve" added, stage["Deploy"].x 1 → 2`},
		{"what comes before what changes", `"before":{"stage":[{"name":"Build","x":1}]},"after":{"stage":[{"name":"Build","x":2},{"name":"Deploy"}]}`,
			`stage "Deploy" added, stage["Build"].x 1 → 2`},
		{"statement", `"before":{"policy":"{\"Statement\":[{\"Sid\":\"A\",\"Action\":\"a\"},{\"Sid\":\"C\",\"Action\":\"c\"}]}"},"after":{"policy":"{\"Statement\":[{\"Sid\":\"B\",\"Action\":\"b\"},{\"Sid\":\"C\",\"Action\":\"d\"}]}"}`,
			`policy.Statement "A" removed, policy.Statement "B" added, policy.Statement["C"].Action c → d`},
		{"plain list", `"before":{"l":["a","b"]},"after":{"l":["a","c"]}`, `l ["a","b"] → ["a","c"]`},
		{"policy", `"before":{"policy":"{\"Statement\":[{\"Sid\":\"A\",\"Action\":\"s3:Get\"}]}"},"after":{"policy":"{\"Statement\":[{\"Sid\":\"A\",\"Action\":\"s3:Put\"}]}"}`,
			"policy.Statement.Action s3:Get → s3:Put"},
		{"unknown last", `"before":{"a":"1","b":"1"},"after":{"b":"2"},"after_unknown":{"a":true}`, "b 1 → 2, a (known after apply)"},
		{"unknown inside", `"before":{"a":[{"x":"1","y":"1"}]},"after":{"a":[{"x":"1"}]},"after_unknown":{"a":[{"y":true}]}`, "a.y (known after apply)"},
		{"unknown item", `"before":{"l":["a"]},"after":{"l":[null]},"after_unknown":{"l":[true]}`, `l ["a"] → ["(known after apply)"]`},
		{"forcing first", `"before":{"a":1,"port":80},"after":{"a":2,"port":8080},"replace_paths":[["port"]]`, "port 80 → 8080 (forces), a 1 → 2"},
		{"forcing inside", `"before":{"a":[{"b":1,"c":1},{"b":1}]},"after":{"a":[{"b":2,"c":2},{"b":1}]},"replace_paths":[["a",0,"c"]]`, "a[0].c 1 → 2 (forces), a[0].b 1 → 2"},
		{"tags once", `"before":{"tags":{"a":"1"},"tags_all":{"a":"1"}},"after":{"tags":{"a":"2"},"tags_all":{"a":"2"}}`, "tags.a 1 → 2"},
		{"default tags", `"before":{"tags":{},"tags_all":{"a":"1"}},"after":{"tags":{},"tags_all":{"a":"2"}}`, "tags.a 1 → 2"},
		{"default tags, refreshed", `"before":{"tags":{"a":"1"},"tags_all":{"a":"1"}},"after":{"tags":{},"tags_all":{"a":"2"}}`, "tags.a 1 → 2"},
		{"escapes", `"before":{"s":"x"},"after":{"s":"\u001b[31mred\u0007\u202e"}`, `s x → "red"`},
		{"long", `"before":{"s":"x"},"after":{"s":"` + strings.Repeat("y", 200) + `"}`, "s x → " + strings.Repeat("y", 59) + "…"},
		{"nothing in two ways", `"before":{"a":"","b":null,"c":[],"n":1},"after":{"a":null,"b":{},"c":null,"n":2}`, "n 1 → 2"},
		{"nothing in two ways, forcing", `"before":{"a":""},"after":{"a":null},"replace_paths":[["a"]]`, `a "" → (none) (forces)`},
		{"revision", `"before":{"task_definition":"arn:aws:ecs:eu-west-1:111111111111:task-definition/a-long-name-of-a-service:3"},"after":{"task_definition":"arn:aws:ecs:eu-west-1:111111111111:task-definition/a-long-name-of-a-service:4"}`,
			"task_definition a-long-name-of-a-service:3 → a-long-name-of-a-service:4"},
		{"sensitive", `"before":{"s":"secret-1"},"after":{"s":"secret-2"},"before_sensitive":{"s":true},"after_sensitive":{"s":true}`, "s (sensitive)"},
		{"sensitive and same", `"before":{"s":"secret-1","n":1},"after":{"s":"secret-1","n":2},"before_sensitive":{"s":true},"after_sensitive":{"s":true}`, "n 1 → 2"},
		{"no longer sensitive", `"before":{"s":"secret-1"},"after":{"s":"secret-1"},"before_sensitive":{"s":true}`, "s (sensitive)"},
		{"short and sensitive", `"before":{"s":"a"},"after":{"s":"b"},"after_sensitive":{"s":true}`, "s a → (sensitive)"},
		{"inside a list", `"before":{"l":["a","secret-1"]},"after":{"l":["b","secret-2"]},"before_sensitive":{"l":[false,true]},"after_sensitive":{"l":[false,true]}`,
			`l ["a","(sensitive)"] → ["b","(sensitive)"]`},
		{"repeated elsewhere", `"before":{"s":"secret-1","copy":"x secret-1"},"after":{"s":"secret-2","copy":"x secret-2"},"before_sensitive":{"s":true},"after_sensitive":{"s":true}`,
			"copy (sensitive), s (sensitive)"},
		{"repeated before unknown", `"before":{"s":"secret-1","copy":{"x":"secret-1"}},"after":{"s":"secret-1"},"after_unknown":{"copy":true},"before_sensitive":{"s":true},"after_sensitive":{"s":true}`,
			"copy (known after apply)"},
	} {
		p := fromShow(t, []byte(`{"format_version":"1.2","resource_changes":[{"address":"x.y","type":"x","mode":"managed","change":{"actions":["update"],`+test.change+`}}]}`))
		var got []string
		for _, a := range p.Changes[0].Attributes {
			text := a.String()
			if a.Forces {
				text += " (forces)"
			}
			got = append(got, text)
		}
		if text := strings.Join(got, ", "); text != test.want {
			t.Errorf("%s: %s\nwant: %s", test.name, text, test.want)
		}
	}
}

// TestUnknownHidesBefore holds that what a value was is not told where it will
// only be known later: a secret too short to be looked for may be in it.
func TestUnknownHidesBefore(t *testing.T) {
	p := fromShow(t, []byte(`{"format_version":"1.2","resource_changes":[{"address":"x.y","type":"x","mode":"managed","change":{"actions":["update"],`+
		`"before":{"s":"pin","copy":"pin"},"after":{"s":"pin"},"after_unknown":{"copy":true},"before_sensitive":{"s":true},"after_sensitive":{"s":true}}}]}`))
	if got := p.Changes[0].Attributes; len(got) != 1 || got[0].Before != report.None {
		t.Errorf("%+v", got)
	}
}

func TestGroup(t *testing.T) {
	for module, want := range map[string]string{
		"":                             "Root",
		"module.source":                "Source",
		`module.service["myweb"]`:      "Service myweb",
		`module.load_balancer["shop"]`: "Load balancer shop",
		`module.service["a.b]\"c"]`:    `Service a.b]"c`,
		`module.worker[3]`:             "Worker 3",
		`module.a["x"].module.b["y"]`:  "A x",
		`module.a.module.b["y"]`:       "A",
		`module.s["\u001b[31mred"]`:    "S red",
		`not a module`:                 "Root",
		`module.broken[`:               "Broken",
	} {
		if got := report.Group(module); got != want {
			t.Errorf("%s: %q, want %q", module, got, want)
		}
	}
}

// TestKept holds that a new revision takes nothing away, where the old one is
// told to stay, and that everything else that is replaced does.
func TestKept(t *testing.T) {
	for fields, removes := range map[string]bool{
		`"actions": ["create", "delete"], "before": {"skip_destroy": true}, "after": {}`:  false,
		`"actions": ["delete", "create"], "before": {"skip_destroy": false}, "after": {}`: true,
		`"actions": ["delete", "create"], "before": {}, "after": {"skip_destroy": true}`:  true,
		`"actions": ["delete"], "before": {"skip_destroy": true}, "after": null`:          true,
		`"actions": ["update"], "before": {"skip_destroy": true}, "after": {}`:            false,
	} {
		p := change(t, fields)
		if got := p.Changes[0].Removes(); got != removes || got != (len(p.Destructive()) > 0) {
			t.Errorf("%s removes: %t, want %t", fields, got, removes)
		}
	}
}
