package rehearsal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"tfgen/generator/buildspec"
	"tfgen/generator/spec"
	"tfgen/internal/operate"
)

// pretended is the value of every secret, parameter and variable that the
// rehearsal makes up.
const pretended = "made-up-for-the-rehearsal"

// furnish makes what the project expects to find in its account, and says so.
func (w *world) furnish(ctx context.Context, s *spec.Spec) error {
	var made []string
	admin := w.caller(w.admin)
	for _, f := range furniture(s) {
		err := f.make(ctx, admin)
		var refused *operate.Refusal
		if errors.As(err, &refused) && strings.Contains(refused.Code, "Already") {
			continue
		}
		if err != nil {
			return fmt.Errorf("make the %s that the spec expects to be there: %w", f.name, err)
		}
		made = append(made, f.name)
	}
	if len(made) > 0 {
		w.note("The spec expects to find these, so they were made up: %s.", strings.Join(made, ", "))
	}
	return nil
}

// An existing is something that the spec refers to and does not make.
type existing struct {
	name string
	make func(context.Context, caller) error
}

func furniture(s *spec.Spec) []existing {
	parameters, secrets := references(s)
	var all []existing
	for _, path := range slices.Sorted(maps.Keys(parameters)) {
		in := map[string]any{"Name": path, "Type": "SecureString", "Value": pretended}
		all = append(all, furnishing("parameter "+path, "ssm", "AmazonSSM.PutParameter", in))
	}
	for _, name := range slices.Sorted(maps.Keys(secrets)) {
		text, _ := json.Marshal(secrets[name])
		in := map[string]any{"Name": name, "SecretString": string(text), "ClientRequestToken": madeUp(name)}
		all = append(all, furnishing("secret "+name, "secretsmanager", "secretsmanager.CreateSecret", in))
	}
	if s.Source != nil && s.Source.Kind == "codecommit" && !s.Source.Create {
		in := map[string]any{"repositoryName": s.Source.Repository}
		all = append(all, furnishing("repository "+s.Source.Repository, "codecommit", "CodeCommit_20150413.CreateRepository", in))
	}
	if s.Cluster != nil && s.Cluster.Existing {
		in := map[string]any{"clusterName": s.Cluster.Name}
		all = append(all, furnishing("cluster "+s.Cluster.Name, "ecs", "AmazonEC2ContainerServiceV20141113.CreateCluster", in))
	}
	if s.State.Kind == "s3" {
		all = append(all, stateBucket(s.State))
	}
	return all
}

func furnishing(name, service, target string, in map[string]any) existing {
	return existing{name, func(ctx context.Context, c caller) error { return c.json(ctx, service, target, in, nil) }}
}

func stateBucket(state spec.State) existing {
	return existing{"bucket " + state.Bucket + " for the state", func(ctx context.Context, c caller) error {
		c.region = state.Region
		body := "<CreateBucketConfiguration><LocationConstraint>" + state.Region + "</LocationConstraint></CreateBucketConfiguration>"
		if state.Region == "us-east-1" {
			body = ""
		}
		_, err := c.object(ctx, http.MethodPut, state.Bucket, []byte(body))
		return err
	}}
}

// references are the parameters and the secrets, with their keys, that the spec
// and its buildspecs refer to and do not make.
func references(s *spec.Spec) (parameters map[string]bool, secrets map[string]map[string]string) {
	parameters, secrets = map[string]bool{}, map[string]map[string]string{}
	refer := func(name, key string) {
		if secrets[name] == nil {
			secrets[name] = map[string]string{}
		}
		if key != "" {
			secrets[name][key] = pretended
		}
	}
	for _, v := range values(s) {
		switch v.Kind {
		case spec.SSM:
			parameters[v.Text] = true
		case spec.SecretsM:
			refer(v.Text, v.Key)
		}
	}
	for _, service := range s.Services {
		referredByBuildspec(service, parameters, refer)
	}
	for _, p := range s.Parameters {
		delete(parameters, p.Path)
	}
	for _, made := range s.Secrets {
		delete(secrets, made.Name)
	}
	return parameters, secrets
}

func referredByBuildspec(s *spec.Service, parameters map[string]bool, refer func(name, key string)) {
	if s.Build == nil || s.Build.Written == nil {
		return
	}
	file, _ := buildspec.Read(s.Build.Written)
	if file == nil {
		return
	}
	for _, v := range file.Env.ParameterStore {
		parameters[v.Value] = true
	}
	for _, v := range file.Env.SecretsManager {
		if v.Name != "" {
			refer(v.Name, v.Key)
		}
	}
}

// values are all values of variables in a spec.
func values(s *spec.Spec) []spec.Value {
	var all []spec.Value
	add := func(m map[string]spec.Value) {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			all = append(all, m[name])
		}
	}
	for _, service := range s.Services {
		add(service.Environment)
		if service.Build != nil {
			add(service.Build.Environment)
		}
		if service.Pipeline != nil {
			add(service.Pipeline.Environment)
		}
	}
	for _, p := range s.Parameters {
		all = append(all, p.Value)
	}
	for _, secret := range s.Secrets {
		add(secret.Values)
	}
	return all
}

// terraformEnv is the environment of Terraform: the caller's, without what
// would lead to a real account or out of the scratch copy, and with a value for
// each variable of the spec.
func (w *world) terraformEnv() []string {
	var base []string
	for _, pair := range w.Terraform.Env {
		if !strings.HasPrefix(pair, "TF_DATA_DIR=") && !strings.HasPrefix(pair, "TF_VAR_") {
			base = append(base, pair)
		}
	}
	for _, v := range values(w.spec) {
		if v.Kind == spec.Variable {
			base = append(base, "TF_VAR_"+v.Text+"="+pretended)
		}
	}
	return w.server.Environ(base, w.account())
}
