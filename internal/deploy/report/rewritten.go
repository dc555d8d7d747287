package report

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// valueless finds parameters that would be written without their value. The
// provider writes a parameter anew whenever more than its tags changes, and sends
// the write-only value with it only if its version changes too; Parameter Store
// then refuses the empty one.
// https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ssm/parameter.go
func (w world) valueless() []Refusal {
	var found []Refusal
	for _, c := range w.of("aws_ssm_parameter") {
		version := child(c.Change.After, "value_wo_version")
		names := written(c)
		if action(c.Change) != Update || version == nil || version != child(c.Change.Before, "value_wo_version") || len(names) == 0 {
			continue
		}
		name := keptName(c)
		found = append(found, Refusal{
			fmt.Sprintf("the parameter %s changes in %s, and AWS takes that only together with the value, which Terraform sends only when the version rises.", name, strings.Join(names, ", ")),
			fmt.Sprintf("Raise version in the block parameter %q in the same change (it is %v).", name, version),
		})
	}
	return found
}

// written are the arguments that change of a parameter, but for those that
// have a call of their own, or none.
func written(c *tfjson.ResourceChange) []string {
	after, _ := c.Change.After.(map[string]any)
	var names []string
	for _, name := range slices.Sorted(maps.Keys(after)) {
		apart := slices.Contains([]string{"overwrite", "tags", "tags_all"}, name)
		if !apart && !reflect.DeepEqual(after[name], child(c.Change.Before, name)) {
			names = append(names, name)
		}
	}
	return names
}

// keyless finds secrets that would go back to the key that AWS manages: the
// provider then names no key at all, and the secret keeps the one that it has.
// https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/secretsmanager/secret.go
func (w world) keyless() []Refusal {
	var found []Refusal
	for _, c := range w.of("aws_secretsmanager_secret") {
		before, _ := child(c.Change.Before, "kms_key_id").(string)
		after, _ := child(c.Change.After, "kms_key_id").(string)
		if action(c.Change) != Update || before == "" || after != "" || covers(child(c.Change.AfterUnknown, "kms_key_id")) {
			continue
		}
		arn, _ := child(c.Change.Before, "arn").(string)
		found = append(found, Refusal{
			fmt.Sprintf("the secret %s goes back to the key that AWS manages, and Terraform cannot tell AWS so: it would stay with its key, which nobody that reads it may use from then on.", keptName(c)),
			fmt.Sprintf("Do it first, and apply then:\n  aws secretsmanager update-secret --region %s --secret-id %s --kms-key-id alias/aws/secretsmanager", regionOf(arn), line(arn)),
		})
	}
	return found
}
