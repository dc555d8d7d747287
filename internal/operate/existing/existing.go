// Package existing finds what AWS holds already of what a plan would create,
// and says whose it is.
//
// It promises:
//   - Only what is asked for is looked up, each with one call or two, side by
//     side. Nothing is changed.
//   - What the credentials may not look at is told, and is no error.
//
// EC2 is asked without the SDK's package for it, which alone makes the program
// 94 MB instead of 55.
//
// It knows Terraform's types and attributes by name, and no plan and no spec.
package existing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"tfgen/internal/operate"
)

// A Wanted is a resource that a plan would create.
type Wanted struct {
	Root    string // name of the root module
	Address string
	Type    string            // Terraform's, such as "aws_iam_role"
	Values  map[string]any    // attributes that are known, as terraform show -json has them
	Owner   map[string]string // tags that say whose it would be, as Owner picks them
}

// A Thing is what is there of a Wanted.
type Thing struct {
	Wanted
	Kind    string // in AWS's words: "ECS cluster"
	Name    string
	ID      string            // that Terraform imports it by
	Tags    map[string]string // empty where it has none
	Regions []string          // that something account-wide serves, as far as it tells, sorted
	Made    time.Time         // zero where AWS does not say
	Part    bool              // it has no tags, and belongs to what it is a part of
	Deleted time.Time         // when somebody deleted what AWS still keeps under its name, or zero
}

// Found is the outcome of a look.
type Found struct {
	Things []Thing  // sorted by root and address
	Denied []string // actions that AWS refused, sorted
}

// Types are the types that Look knows, sorted.
func Types() []string { return slices.Sorted(maps.Keys(kinds())) }

// Key identifies a resource among those of its type in one account and region.
// It is "" where the type is not looked up, or where not all is known yet that
// identifies it.
func Key(kind string, values map[string]any) string {
	key := kinds()[kind].keyOf(values)
	if key == nil {
		return ""
	}
	return kind + " " + strings.Join(key, " ")
}

// parallel is how many calls are made at a time: few enough that AWS does not
// throttle them.
const parallel = 8

// Look looks up what is wanted, in the region and the account of a client. What
// has no Key is passed over.
func Look(ctx context.Context, client *operate.Client, wanted []Wanted) (Found, error) {
	all := kinds()
	var found Found
	var failures []error
	var mutex sync.Mutex
	var group sync.WaitGroup
	slots := make(chan struct{}, parallel)
	for _, w := range wanted {
		k := all[w.Type]
		key := k.keyOf(w.Values)
		if key == nil {
			continue
		}
		group.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			thing, err := k.look(ctx, client.Config(), key)
			mutex.Lock()
			defer mutex.Unlock()
			if failure := found.judge(w, err); failure != nil {
				failures = append(failures, failure)
			} else if thing != nil {
				thing.Wanted, thing.Kind = w, k.name
				found.Things = append(found.Things, *thing)
			}
		})
	}
	group.Wait()
	slices.SortFunc(found.Things, func(a, b Thing) int { return strings.Compare(a.Root+" "+a.Address, b.Root+" "+b.Address) })
	slices.Sort(found.Denied)
	found.Denied = slices.Compact(found.Denied)
	return found, errors.Join(failures...)
}

// judge sorts the errors: what is not there is none, and what must not be looked
// at is remembered.
func (f *Found) judge(w Wanted, err error) error {
	reason, answered := errors.AsType[*operate.Refusal](operate.Reason(err))
	switch {
	case err == nil || answered && absent(reason.Code):
		return nil
	case answered && denied(reason.Code):
		f.Denied = append(f.Denied, action(reason.Message, w.Type))
		return nil
	}
	return fmt.Errorf("look whether %s is there already: %w", w.Address, operate.Reason(err))
}

// absent reports whether AWS says that there is no such thing. Each service has
// a code of its own: RepositoryNotFoundException, NoSuchEntity,
// RepositoryDoesNotExistException, InvalidLaunchTemplateName.NotFoundException.
func absent(code string) bool {
	return strings.Contains(code, "NotFound") || strings.Contains(code, "NoSuchEntity") || strings.Contains(code, "DoesNotExist")
}

func denied(code string) bool {
	return strings.HasPrefix(code, "AccessDenied") || code == "UnauthorizedOperation"
}

// action is what AWS refused, where it says so, else the type.
func action(message, kind string) string {
	if found := regexp.MustCompile(`not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z0-9]+)`).FindStringSubmatch(message); found != nil {
		return found[1]
	}
	return kind
}

// A kind is a type that is looked up.
type kind struct {
	name string   // in AWS's words
	by   []string // attributes that identify one; one that may be unset begins with ?
	look func(ctx context.Context, config aws.Config, key []string) (*Thing, error)
}

// keyOf are the values of the attributes that identify a resource, or nil where
// one is not known.
func (k kind) keyOf(values map[string]any) []string {
	var key []string
	for _, name := range k.by {
		name, optional := strings.CutPrefix(name, "?")
		text, ok := textOf(at(values, name))
		if !ok && !optional {
			return nil
		}
		key = append(key, text)
	}
	return key
}

// at is the value of an attribute, or of one within it: tags_all.Name.
func at(values map[string]any, name string) any {
	outer, inner, within := strings.Cut(name, ".")
	if !within {
		return values[name]
	}
	part, _ := values[outer].(map[string]any)
	return part[inner]
}

func textOf(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, v != ""
	case json.Number:
		return v.String(), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case bool:
		return strconv.FormatBool(v), true
	}
	return "", false
}
