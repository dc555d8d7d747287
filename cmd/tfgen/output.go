package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

type outputOptions struct {
	env       string
	json, raw bool
}

func (a *app) outputCommand() *cobra.Command {
	var o outputOptions
	cmd := &cobra.Command{
		Use:   "output [NAME]",
		Short: "Print the outputs: addresses, clone URL, pipelines, registries",
		Example: `  tfgen output
  tfgen output -raw clone_url_http
  tfgen output -json | jq .urls.value`,
		Args: atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.raw && (o.json || len(args) == 0) {
				return usagef(cmd, "-raw prints one output: give its name, and no -json")
			}
			return a.output(cmd.Context(), o, args)
		},
	}
	a.envFlag(cmd, &o.env, "ask")
	cmd.Flags().BoolVar(&o.json, "json", false, "print JSON, as terraform output -json does")
	cmd.Flags().BoolVar(&o.raw, "raw", false, "print the text of one output without quotes")
	return cmd
}

func (a *app) output(ctx context.Context, o outputOptions, args []string) error {
	s, err := a.readStage(ctx, o.env)
	if err != nil {
		return err
	}
	outputs, err := a.outputs(ctx, s, s.roots)
	if err != nil {
		return err
	}
	if len(args) == 1 {
		return a.printOne(outputs, args[0], o)
	}
	if o.json {
		return a.printJSON(wire(outputs))
	}
	if len(outputs) == 0 {
		a.note("There are no outputs: nothing was applied yet.")
	}
	for _, name := range slices.Sorted(maps.Keys(outputs)) {
		fmt.Fprintf(a.out, "%s = %s\n", name, report.Clean(plain(outputs[name])))
	}
	return nil
}

// outputs reads the outputs of roots, by name.
func (a *app) outputs(ctx context.Context, s *stage, roots []deploy.Root) (map[string]report.Output, error) {
	all := map[string]report.Output{}
	if len(roots) == 0 {
		return all, nil
	}
	var mu sync.Mutex
	_, done := a.progress("Reading the outputs of", tasks(roots))
	defer done()
	_, err := deploy.Each(ctx, s.terraform, roots, func(ctx context.Context, root deploy.Root) (struct{}, error) {
		outputs, err := s.terraform.Output(ctx, root)
		mu.Lock()
		defer mu.Unlock()
		maps.Copy(all, outputs)
		return struct{}{}, err
	})
	return all, err
}

func (a *app) printOne(outputs map[string]report.Output, name string, o outputOptions) error {
	out, ok := outputs[name]
	if !ok {
		return fmt.Errorf("there is no output %s.%s", name, didYouMean(name, slices.Sorted(maps.Keys(outputs)), ""))
	}
	var text string
	isText := json.Unmarshal(out.Value, &text) == nil
	switch {
	case o.raw && !isText:
		return fmt.Errorf("output %s is no text: give -json instead of -raw", name)
	case o.raw:
		fmt.Fprint(a.out, text)
		return nil
	}
	return a.printJSON(out.Value)
}

func (a *app) printJSON(v any) error {
	encoder := json.NewEncoder(a.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}

// plain is an output's value for a person. One that is sensitive is asked for
// by its name.
func plain(o report.Output) string {
	if o.Sensitive {
		return "(sensitive)"
	}
	var b bytes.Buffer
	if err := json.Indent(&b, o.Value, "", "  "); err != nil {
		return string(o.Value)
	}
	return b.String()
}

// wire is the form of `terraform output -json`.
func wire(outputs map[string]report.Output) map[string]any {
	all := map[string]any{}
	for name, o := range outputs {
		all[name] = map[string]any{"sensitive": o.Sensitive, "type": o.Type, "value": o.Value}
	}
	return all
}
