package operate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// The statements that a bucket of states has in its policy, by their Sid.
const (
	tlsOnly    = "TfgenTLSOnly"
	noDeletion = "TfgenNoDeletion"
)

// policyVersion is that of the policies that AWS's documentation writes today.
const policyVersion = "2012-10-17"

// A statement is one statement of a policy, as JSON.
type statement struct {
	sid   string
	about string // what it does, for people
	text  json.RawMessage
}

// statements are those that the bucket shall have: nobody reads it in clear
// over the network, and nobody deletes it. Both hold for administrators too,
// who may take a statement out again.
func (w StateBucket) statements() []statement {
	arn := "arn:" + w.Owner.Partition + ":s3:::" + w.Name
	return []statement{
		deny(tlsOnly, "TLS only", map[string]any{
			"Action":    "s3:*",
			"Resource":  []string{arn, arn + "/*"},
			"Condition": map[string]any{"Bool": map[string]string{"aws:SecureTransport": "false"}},
		}),
		deny(noDeletion, "no deletion", map[string]any{"Action": "s3:DeleteBucket", "Resource": arn}),
	}
}

// deny denies everybody what the rest of a statement is about.
func deny(sid, about string, rest map[string]any) statement {
	rest["Sid"], rest["Effect"], rest["Principal"] = sid, "Deny", "*"
	text, _ := json.Marshal(rest) // Texts and lists of texts always have a JSON.
	return statement{sid, about, text}
}

// A policy is a document with its statements as they were written.
type policy struct {
	fields     map[string]json.RawMessage
	statements []json.RawMessage
}

func readPolicy(text []byte) (policy, error) {
	p := policy{fields: map[string]json.RawMessage{}}
	if len(text) == 0 {
		version, err := json.Marshal(policyVersion)
		p.fields["Version"] = version
		return p, err
	}
	if err := json.Unmarshal(text, &p.fields); err != nil {
		return p, err
	}
	listed := p.fields["Statement"]
	if bytes.HasPrefix(listed, []byte("{")) { // One may stand without a list around it.
		listed = append(append(json.RawMessage("["), listed...), ']')
	}
	if err := json.Unmarshal(listed, &p.statements); err != nil {
		return p, fmt.Errorf("its statements: %w", err)
	}
	return p, nil
}

// mergePolicy adds statements to a policy. All others stay as they are, and
// one of the same Sid gives way. Where nothing is missing, the text is what it
// was.
func mergePolicy(text []byte, want []statement) ([]byte, error) {
	p, err := readPolicy(text)
	if err != nil {
		return nil, err
	}
	changed := false
	for _, s := range want {
		if !p.has(s) {
			p.put(s)
			changed = true
		}
	}
	if !changed {
		return text, nil
	}
	return p.text()
}

// has reports whether a policy says what a statement does, under whichever
// name.
func (p policy) has(want statement) bool {
	for _, s := range p.statements {
		if reflect.DeepEqual(meaning(s), meaning(want.text)) {
			return true
		}
	}
	return false
}

// meaning is a statement without its name. AWS takes a text and a list of this
// one text for the same, and the texts "true" and "false" for the words.
func meaning(s json.RawMessage) any {
	var fields map[string]any
	if json.Unmarshal(s, &fields) != nil {
		return string(s)
	}
	delete(fields, "Sid")
	return plain(fields)
}

func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			v[name] = plain(inner)
		}
	case []any:
		for i, inner := range v {
			v[i] = plain(inner)
		}
		if len(v) == 1 {
			return v[0]
		}
	case bool:
		return fmt.Sprint(v)
	}
	return v
}

// put replaces the statement of the same Sid, or adds one.
func (p *policy) put(want statement) {
	for i, s := range p.statements {
		if sidOf(s) == want.sid {
			p.statements[i] = want.text
			return
		}
	}
	p.statements = append(p.statements, want.text)
}

func sidOf(s json.RawMessage) string {
	var named struct{ Sid string }
	_ = json.Unmarshal(s, &named) // What is no statement has no name.
	return named.Sid
}

func (p policy) text() ([]byte, error) {
	statements, err := compact(p.statements)
	if err != nil {
		return nil, err
	}
	p.fields["Statement"] = statements
	return compact(p.fields)
}

// compact is JSON with < and > as they were written.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// showPolicy says which of the wanted statements a policy has, and how many
// others there are.
func (w StateBucket) showPolicy(b Bucket) string {
	p, err := readPolicy(b.Policy)
	if err != nil {
		return "unreadable"
	}
	var said []string
	others := len(p.statements)
	for _, want := range w.statements() {
		if p.has(want) {
			said = append(said, want.about)
			others--
		}
	}
	switch {
	case others == 1:
		said = append(said, "1 other statement")
	case others > 1:
		said = append(said, fmt.Sprintf("%d other statements", others))
	case len(said) == 0:
		return "none"
	}
	return strings.Join(said, ", ")
}
