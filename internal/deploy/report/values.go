package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// maxValue caps one rendered value, in runes.
const maxValue = 60

// A side is a value with its masks, on one side of a change.
type side struct {
	value     any
	sensitive any
	unknown   any
}

func (s side) part(key any) side {
	return side{child(s.value, key), part(s.sensitive, key), part(s.unknown, key)}
}

func (s side) hidden() bool { return s.sensitive == true }

func child(value, key any) any {
	switch v := value.(type) {
	case map[string]any:
		if name, ok := key.(string); ok {
			return v[name]
		}
	case []any:
		if i, ok := key.(int); ok && i < len(v) {
			return v[i]
		}
	}
	return nil
}

// render shows a value in one line. Lists and objects are written as JSON,
// with each part that is hidden or unknown replaced.
func (s side) render() string {
	masked := s.masked()
	switch v := masked.(type) {
	case nil:
		return None
	case string:
		return shorten(text(v))
	case json.Number:
		return v.String()
	}
	out, err := json.Marshal(masked)
	if err != nil {
		return fmt.Sprint(masked)
	}
	return shorten(Clean(string(out)))
}

// text shows a string as it is, and quoted where it would be unclear where it
// begins and ends.
func text(s string) string {
	if s == Sensitive || s == Unknown {
		return s
	}
	clean := line(s)
	if clean != s || s == "" {
		return fmt.Sprintf("%q", clean)
	}
	return s
}

// masked is the value with what must not be shown replaced, at any depth.
func (s side) masked() any {
	if s.hidden() {
		return Sensitive
	}
	if s.unknown == true {
		return Unknown
	}
	switch v := s.value.(type) {
	case map[string]any:
		out := map[string]any{}
		for key := range v {
			out[key] = s.part(key).masked()
		}
		return out
	case []any:
		out := []any{}
		for i := range v {
			out = append(out, s.part(i).masked())
		}
		return out
	}
	return s.value
}

func shorten(s string) string {
	runes := []rune(s)
	if len(runes) <= maxValue {
		return s
	}
	return string(runes[:maxValue-1]) + "…"
}

// parsed opens a string that holds a JSON object or list, as policies and
// container definitions do, so that their parts can be told apart. A hidden or
// unknown one stays closed.
func (s side) parsed() side {
	str, ok := s.value.(string)
	if !ok || covers(s.sensitive) || covers(s.unknown) {
		return s
	}
	var v any
	dec := json.NewDecoder(strings.NewReader(str))
	dec.UseNumber()
	if !strings.HasPrefix(str, "{") && !strings.HasPrefix(str, "[") || !json.Valid([]byte(str)) || dec.Decode(&v) != nil {
		return s
	}
	return side{value: v}
}

// revision shortens the ARN of a task definition to its end, web:3, which is
// all that tells one from the next.
func (s side) revision() side {
	if arn, ok := s.value.(string); ok {
		if _, name, found := strings.Cut(arn, ":task-definition/"); found {
			s.value = name
		}
	}
	return s
}

// keys are the names that either side has, sorted.
func keys[V any](a, b map[string]V) []string {
	all := map[string]V{}
	maps.Copy(all, a)
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}
