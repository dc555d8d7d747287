package e2e

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A document is an IAM policy, as far as generated policies use the language
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html).
// What is not known here fails the test that reads it: to pass over an element
// would be to believe more, or less, than AWS does.
type document struct {
	Version   string
	Statement []statement
}

type statement struct {
	Sid       string `json:",omitempty"`
	Effect    string
	Principal map[string]texts            `json:",omitempty"`
	Action    texts                       `json:",omitempty"`
	Resource  texts                       `json:",omitempty"`
	Condition map[string]map[string]texts `json:",omitempty"`
}

// texts is one text or several, which AWS writes as a list.
type texts []string

func (s *texts) UnmarshalJSON(src []byte) error {
	var one string
	if json.Unmarshal(src, &one) == nil {
		*s = texts{one}
		return nil
	}
	return json.Unmarshal(src, (*[]string)(s))
}

// readPolicy reads a document. An element that is not known is an error.
func readPolicy(text string) (d document, err error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return d, fmt.Errorf("%w\n%s", err, text)
	}
	for _, s := range d.Statement {
		for operator := range s.Condition {
			if _, err := compare(operator, "", ""); err != nil {
				return d, err
			}
		}
	}
	return d, nil
}

// A request is an action on a resource, and what AWS says of its circumstances:
// condition keys and their values.
type request struct {
	action, resource string
	context          map[string]string
}

func (r request) String() string { return fmt.Sprintf("%s on %s %v", r.action, r.resource, r.context) }

// allows reports whether the statements together allow a request: one allows
// it, and none denies it.
func allows(statements []statement, r request) bool {
	allowed := false
	for _, s := range statements {
		if s.matches(r) {
			if s.Effect == "Deny" {
				return false
			}
			allowed = true
		}
	}
	return allowed
}

// matches reports whether a statement speaks of a request. One in a trust
// policy has no resource.
func (s statement) matches(r request) bool {
	action := slices.ContainsFunc(s.Action, func(pattern string) bool {
		return like(strings.ToLower(pattern), strings.ToLower(r.action))
	})
	resource := s.Resource == nil || slices.ContainsFunc(s.Resource, func(pattern string) bool { return like(pattern, r.resource) })
	return action && resource && s.conditionsHold(r)
}

// conditionsHold: all keys of all operators must hold. Of a key's values one is
// enough, and a key that the request lacks holds for none.
func (s statement) conditionsHold(r request) bool {
	for operator, keys := range s.Condition {
		for key, values := range keys {
			actual, ok := r.context[key]
			if !ok || !slices.ContainsFunc(values, func(wanted string) bool {
				same, _ := compare(operator, wanted, actual)
				return same
			}) {
				return false
			}
		}
	}
	return true
}

// compare applies a condition operator to a wanted and an actual value.
func compare(operator, wanted, actual string) (bool, error) {
	switch operator {
	case "StringEquals":
		return wanted == actual, nil
	case "StringLike":
		return like(wanted, actual), nil
	case "ArnEquals", "ArnLike":
		return likeARN(wanted, actual), nil
	case "Bool":
		return strings.EqualFold(wanted, actual), nil
	}
	return false, fmt.Errorf("the condition operator %s is not known to this test", operator)
}

// likeARN matches part by part: a * in one of the first five parts does not
// reach over a colon.
func likeARN(wanted, actual string) bool {
	w, a := strings.SplitN(wanted, ":", 6), strings.SplitN(actual, ":", 6)
	return len(w) == len(a) && slices.EqualFunc(w, a, like)
}

// like matches all of a value against a pattern of * (any text) and ? (any one
// character).
func like(pattern, value string) bool {
	expression := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	return regexp.MustCompile("(?s)^" + expression + "$").MatchString(value)
}

// without is a document without an action.
func without(t *testing.T, text, action string) string {
	t.Helper()
	d, err := readPolicy(text)
	if err != nil {
		t.Fatal(err)
	}
	var kept []statement
	for _, s := range d.Statement {
		s.Action = slices.DeleteFunc(s.Action, func(a string) bool { return a == action })
		if len(s.Action) > 0 {
			kept = append(kept, s)
		}
	}
	d.Statement = kept
	smaller, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(smaller)
}

// The evaluator, held to examples of AWS's own rules.
func TestPolicy(t *testing.T) {
	t.Parallel()
	const get = `{"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"}`
	for _, test := range []struct {
		name, statements, action, resource, context string
		want                                        bool
	}{
		{"a wildcard in an action", get, "s3:GetObject", "arn:aws:s3:::b/k", ``, true},
		{"actions have no case", get, "S3:getobject", "arn:aws:s3:::b/k", ``, true},
		{"another action", get, "s3:PutObject", "arn:aws:s3:::b/k", ``, false},
		{"resources have case", get, "s3:GetObject", "arn:aws:s3:::B/k", ``, false},
		{"another resource", get, "s3:GetObject", "arn:aws:s3:::b", ``, false},
		{"a dot is a dot", `{"Effect": "Allow", "Action": "a:B", "Resource": "x.y"}`, "a:B", "xzy", ``, false},
		{"one character", `{"Effect": "Allow", "Action": "a:B", "Resource": "x-??"}`, "a:B", "x-12", ``, true},
		{"two for one character", `{"Effect": "Allow", "Action": "a:B", "Resource": "x-?"}`, "a:B", "x-12", ``, false},
		{"a denial is stronger", get + `, {"Effect": "Deny", "Action": "*", "Resource": "*"}`, "s3:GetObject", "arn:aws:s3:::b/k", ``, false},
		{"a condition", `{"Effect": "Allow", "Action": "a:B", "Resource": "*", "Condition": {"StringEquals": {"k": ["v", "w"]}}}`, "a:B", "r", `{"k": "w"}`, true},
		{"a condition on what is not said", `{"Effect": "Allow", "Action": "a:B", "Resource": "*", "Condition": {"StringEquals": {"k": "v"}}}`, "a:B", "r", ``, false},
		{"all keys must hold", `{"Effect": "Allow", "Action": "a:B", "Resource": "*", "Condition": {"StringEquals": {"k": "v", "l": "v"}}}`, "a:B", "r", `{"k": "v", "l": "w"}`, false},
		{"an ARN", `{"Effect": "Allow", "Action": "a:B", "Resource": "*", "Condition": {"ArnLike": {"k": "arn:aws:ecs:eu:1:*"}}}`, "a:B", "r", `{"k": "arn:aws:ecs:eu:1:service/a:1"}`, true},
		{"an ARN of another account", `{"Effect": "Allow", "Action": "a:B", "Resource": "*", "Condition": {"ArnLike": {"k": "arn:aws:*:1:x"}}}`, "a:B", "r", `{"k": "arn:aws:ecs:eu:1:x"}`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, err := readPolicy(`{"Version": "2012-10-17", "Statement": [` + test.statements + `]}`)
			if err != nil {
				t.Fatal(err)
			}
			r := request{action: test.action, resource: test.resource}
			if test.context != "" {
				r.context = decode[map[string]string](t, test.context)
			}
			if got := allows(d.Statement, r); got != test.want {
				t.Errorf("allowed: %v, want %v", got, test.want)
			}
		})
	}
	for _, unknown := range []string{
		`{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}`,
		`{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}`,
	} {
		if _, err := readPolicy(`{"Version": "2012-10-17", "Statement": [` + unknown + `]}`); err == nil {
			t.Errorf("the evaluator believes that it understands %s", unknown)
		}
	}
}
