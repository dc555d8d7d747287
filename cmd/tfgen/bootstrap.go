package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tfgen/generator/files"
	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/operate"
	"tfgen/internal/terminal"
)

type bootstrapOptions struct {
	autoApprove bool
	migrate     bool
}

func (a *app) bootstrapCommand() *cobra.Command {
	var o bootstrapOptions
	cmd := &cobra.Command{
		Use:   "bootstrap",
		Short: "Make the bucket that keeps the state, and take states there",
		Long: `Make the bucket that the spec's state "s3" names: versioned, encrypted, private, open to
TLS alone, and kept from deletion. One that is there is shown with all that is not so,
and changed after a yes; one that is as it should be is left alone.

With -migrate-state, states that are elsewhere, such as in files beside the code, go there.`,
		Example: `  tfgen bootstrap
  tfgen bootstrap -migrate-state`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.bootstrap(cmd.Context(), o) },
	}
	a.jsonFlag(cmd)
	cmd.Flags().BoolVar(&o.autoApprove, "auto-approve", false, "do not ask")
	cmd.Flags().BoolVar(&o.migrate, "migrate-state", false, "take the state of each root there, from where it was")
	return cmd
}

// A bootstrap is what is to be done until the states are where the spec says.
type bootstrap struct {
	project *project
	stage   *stage // nil: no state shall move
	bucket  *operate.BucketPlan
	moves   []*deploy.Move
}

func (a *app) bootstrap(ctx context.Context, o bootstrapOptions) error {
	if why := a.cannotAsk(); why != "" && !o.autoApprove {
		return fmt.Errorf("%s: give -auto-approve to go ahead without a question", why)
	}
	b, err := a.newBootstrap(ctx, o)
	if err != nil {
		return err
	}
	a.showBootstrap(b)
	a.warnOfKey(b.bucket)
	if len(b.bucket.Changes) == 0 && len(b.moves) == 0 {
		return nil
	}
	if err := a.confirm(ctx, applyOptions{autoApprove: o.autoApprove}); err != nil {
		return err
	}
	if err := b.bucket.Make(ctx); err != nil {
		return fmt.Errorf("%w\nIt is safe to run tfgen bootstrap again: it goes on from there", err)
	}
	if err := a.move(ctx, b); err != nil {
		return err
	}
	a.showBootstrapped(b)
	return a.afterBootstrap(b)
}

// newBootstrap looks at everything, and changes nothing.
func (a *app) newBootstrap(ctx context.Context, o bootstrapOptions) (*bootstrap, error) {
	p, err := a.project()
	if err != nil {
		return nil, err
	}
	b := &bootstrap{project: p}
	if err := a.wantsBucket(p.spec); err != nil {
		return nil, err
	}
	if o.migrate {
		if b.stage, err = a.freshStage(ctx, p, ""); err != nil {
			return nil, err
		}
	}
	if b.bucket, err = planBucket(ctx, p.spec); err != nil {
		return nil, err
	}
	if b.stage != nil {
		b.moves, err = planMoves(ctx, a.environ, b.stage)
	}
	return b, err
}

// wantsBucket says what to write where no bucket keeps the state.
func (a *app) wantsBucket(s *spec.Spec) error {
	switch s.State.Kind {
	case "s3":
		return nil
	case "hcp":
		return fmt.Errorf("HCP Terraform keeps the state, so there is no bucket to make. terraform login gets a token for it; tfgen apply makes the workspaces")
	}
	name := strings.ReplaceAll(strings.ToLower(s.Project.Name), "_", "-") + "-terraform-state"
	return fmt.Errorf("the state is in files beside the code, so there is no bucket to make. For one, write into %s, under a name that nobody in the world has taken:\nstate \"s3\" {\n  bucket = %q\n}",
		a.show(joinDir(a.dir, s.File)), name)
}

// planBucket compares the bucket with what it should be, as the account that
// the spec names and no other.
func planBucket(ctx context.Context, s *spec.Spec) (*operate.BucketPlan, error) {
	client, err := operate.FromEnvironment(ctx, s.State.Region)
	if err != nil {
		return nil, err
	}
	owner, err := client.Identity(ctx)
	if err != nil {
		return nil, err
	}
	if account := s.Project.Account; account != "" && account != owner.Account {
		return nil, fmt.Errorf("the AWS credentials belong to account %s, and project.account in the spec is %s; AWS_PROFILE chooses others", owner.Account, account)
	}
	return client.PlanBucket(ctx, operate.StateBucket{
		Name: s.State.Bucket, Region: s.State.Region, KMSKey: s.State.KMSKey, Tags: s.Project.Tags, Owner: owner,
	})
}

// showBootstrap shows what would be done.
func (a *app) showBootstrap(b *bootstrap) {
	if a.flags.json {
		a.line("bootstrap", b.fields())
		return
	}
	style := a.style(a.out)
	switch {
	case len(b.bucket.Changes) > 0:
		fmt.Fprint(a.out, style.Settings("Bucket "+b.bucket.Name, b.facts(), b.settings()))
	case len(b.moves) == 0:
		fmt.Fprint(a.out, style.Head("Bucket "+b.bucket.Name, "No changes. It keeps states as it should."))
	}
	if len(b.moves) > 0 {
		fmt.Fprint(a.out, style.Settings("States", nil, b.journeys()))
	}
}

// warnOfKey says that states are not written with the bucket's own key: without
// kms_key_id, encrypt = true makes Terraform ask S3 for AES256.
func (a *app) warnOfKey(bucket *operate.BucketPlan) {
	if bucket.Foreign != "" {
		a.warn(fmt.Sprintf("bucket %s encrypts with the key %s, and the states in it will be AES256, since the spec does not name it.\nTo encrypt them with that key too, give its ARN to kms_key in state \"s3\".", bucket.Name, bucket.Foreign))
	}
}

func (b *bootstrap) facts() []string {
	return []string{b.bucket.Region, "account " + b.bucket.Owner.Account}
}

// settings are the changes of the bucket, itself first where it is new.
func (b *bootstrap) settings() (all []terminal.Setting) {
	if b.bucket.New {
		all = append(all, terminal.Setting{Name: "bucket", After: b.bucket.Name + " in " + b.bucket.Region})
	}
	for _, c := range b.bucket.Changes {
		all = append(all, terminal.Setting(c))
	}
	return all
}

// fields are what would be done, for programs.
func (b *bootstrap) fields() map[string]any {
	changes, moves := []any{}, []any{}
	for _, c := range b.bucket.Changes {
		changes = append(changes, map[string]string{"name": c.Name, "before": c.Before, "after": c.After})
	}
	for _, m := range b.moves {
		moves = append(moves, map[string]any{"root": m.Root.Name, "from": m.From.String(), "to": m.To.String(), "resources": len(m.Held.Addresses)})
	}
	return map[string]any{
		"bucket": b.bucket.Name, "region": b.bucket.Region, "account": b.bucket.Owner.Account,
		"new": b.bucket.New, "changes": changes, "moves": moves,
	}
}

// showBootstrapped says what was done.
func (a *app) showBootstrapped(b *bootstrap) {
	said := "Bootstrap complete! Bucket " + b.bucket.Name + " keeps the state."
	if a.flags.json {
		a.note(said)
		return
	}
	fmt.Fprintln(a.out, said)
	a.block("Left behind, and no longer read. They may hold secrets: remove them once tfgen plan finds no changes", b.leftovers())
}

// afterBootstrap says what to do next.
func (a *app) afterBootstrap(b *bootstrap) error {
	if a.flags.json {
		return nil
	}
	changes, err := b.project.diff(files.Options{})
	if err != nil {
		return err
	}
	elsewhere, err := a.elsewhere(b.project.spec)
	if err != nil {
		return err
	}
	var next []string
	if changes.Stale() {
		next = append(next, "tfgen generate")
	}
	switch {
	case b.stage != nil:
		next = append(next, "tfgen plan")
	case elsewhere:
		next = append(next, "tfgen bootstrap -migrate-state")
	default:
		next = append(next, "tfgen apply")
	}
	a.block("Next", next)
	return nil
}
