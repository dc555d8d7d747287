package deploy

import (
	"context"

	"github.com/hashicorp/terraform-exec/tfexec"

	"tfgen/internal/deploy/report"
)

// Output reads the outputs of a root by name, in clear also those that are
// sensitive. A root that was never applied has none.
func (t *Terraform) Output(ctx context.Context, root Root) (map[string]report.Output, error) {
	outputs := map[string]report.Output{}
	err := t.initialized(ctx, root, func() error {
		return t.run(ctx, &run{root: root, verb: "read the outputs of", quiet: true, do: func(ctx context.Context, tf *tfexec.Terraform) error {
			raw, err := tf.Output(ctx)
			for name, o := range raw {
				outputs[name] = report.Output{Sensitive: o.Sensitive, Type: o.Type, Value: o.Value}
			}
			return err
		}})
	})
	return outputs, err
}
