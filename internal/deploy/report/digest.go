package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// digestPrefix names the hash that a digest is.
const digestPrefix = "sha256:"

// Digest stands for all that plans of roots, told apart by name, would do:
// "sha256:" and 64 hex digits. Two plans have the same one only if they do the
// same to the same resources, with the same values, as far as those are known
// and not sensitive. Roots that nothing happens to do not count.
//
// It is "" where a plan was read from the stream alone, which holds no values.
func Digest(plans map[string]Plan) string {
	hash := sha256.New()
	for _, root := range slices.Sorted(maps.Keys(plans)) {
		p := plans[root]
		switch {
		case p.Empty:
		case p.Digest == "":
			return ""
		default:
			hash.Write([]byte(root + "\x00" + p.Digest + "\x00"))
		}
	}
	return digestPrefix + hex.EncodeToString(hash.Sum(nil))
}

// IsDigest reports whether a text has the form of a digest.
func IsDigest(text string) bool {
	digits, ok := strings.CutPrefix(text, digestPrefix)
	raw, err := hex.DecodeString(digits)
	return ok && err == nil && len(raw) == sha256.Size && strings.ToLower(text) == text
}

// digest adds up what a plan does. What was changed outside of Terraform counts
// only where taking it over is all that the plan does.
func (p Plan) digest(raw *tfjson.Plan, s secrets) string {
	parts := []any{}
	for _, c := range p.Changes {
		parts = append(parts, c.Digest)
	}
	if len(p.Changes) == 0 {
		for _, c := range raw.ResourceDrift {
			parts = append(parts, []any{c.Address, s.values(c.Change)})
		}
	}
	for _, r := range p.Rolls { // An image that was deployed meanwhile changes no value.
		parts = append(parts, []any{r.Service, r.Image})
	}
	for _, o := range p.Outputs {
		parts = append(parts, []any{o.Name, o.Action, o.Digest})
	}
	return sum(parts)
}

// changeDigest adds up what happens to one resource.
func changeDigest(change Change, c *tfjson.Change, s secrets) string {
	return sum([]any{change.Address, change.Action, change.Previous, change.ImportID, c.ReplacePaths, s.values(c)})
}

func sum(parts []any) string {
	text, err := json.Marshal(parts)
	if err != nil {
		return "" // Terraform's JSON is JSON again
	}
	hash := sha256.Sum256(text)
	return hex.EncodeToString(hash[:])
}

// values are the values that a change changes, whole, before and after. Of one
// that is known after the apply, what it was is left out.
func (s secrets) values(c *tfjson.Change) any {
	if c == nil {
		return nil
	}
	before, after := sides(c)
	if !isObject(c.Before) && !isObject(c.After) {
		return s.pair(before, after)
	}
	changed := map[string]any{}
	for _, name := range topLevel(before, after) {
		b, a := before.part(name), after.part(name)
		if pair := s.pair(b, a); pair != nil {
			changed[name] = pair
		}
	}
	return changed
}

// pair is a value before and after, or nil where it stays.
func (s secrets) pair(before, after side) any {
	b, a := s.mask(before.masked()), s.mask(after.masked())
	switch {
	case after.unknown == true:
		return []any{nil, a}
	case covers(after.unknown):
		return []any{b, a, after.unknown}
	case sum([]any{b}) == sum([]any{a}):
		return nil
	}
	return []any{b, a}
}

// mask hides the strings that repeat a secret, at any depth. Those that hold JSON
// are opened: the provider writes its objects in another order each time.
func (s secrets) mask(value any) any {
	switch v := value.(type) {
	case string:
		if s.in(v) {
			return Sensitive
		}
		return side{value: v}.parsed().value
	case map[string]any:
		for key, item := range v {
			v[key] = s.mask(item)
		}
	case []any:
		for i, item := range v {
			v[i] = s.mask(item)
		}
	}
	return value
}

func isObject(value any) bool {
	_, ok := value.(map[string]any)
	return ok
}
