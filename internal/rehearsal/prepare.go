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
	for _, f := range furniture(s, w.account()) {
		admin := w.caller(w.admin)
		if f.account != "" {
			admin.keys = administrator(w.server, f.account)
		}
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
	name    string
	account string // "" for the project's
	make    func(context.Context, caller) error
}

// of says which account it is in.
func (e existing) of(account string) existing {
	e.account = account
	return e
}

// furniture is what a project in an account expects to find.
func furniture(s *spec.Spec, account string) []existing {
	parameters, secrets := references(s)
	var all []existing
	if s.Project.KMSKey != "" {
		all = append(all, kmsKey(s.Project.KMSKey))
	}
	for _, path := range slices.Sorted(maps.Keys(parameters)) {
		all = append(all, parameter(path, s.Project.KMSKey))
	}
	for _, name := range slices.Sorted(maps.Keys(secrets)) {
		all = append(all, secret(name, secrets[name], s.Project.KMSKey))
	}
	if s.Source != nil && s.Source.Kind == "codecommit" && !s.Source.Create {
		in := map[string]any{"repositoryName": s.Source.Repository}
		all = append(all, furnishing("repository "+s.Source.Repository, "codecommit", "CodeCommit_20150413.CreateRepository", in))
	}
	all = append(all, givenRegistries(s)...)
	for _, service := range s.Services {
		if _, ok := spec.ECRImage(service.Image.First); ok {
			all = append(all, firstImage(parseImage(service.Image.First), account))
		}
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
	return existing{name: name, make: func(ctx context.Context, c caller) error { return c.json(ctx, service, target, in, nil) }}
}

// kmsKey makes the key of an ARN. The local AWS takes its ID from a tag.
func kmsKey(arn string) existing {
	id := arn[strings.LastIndex(arn, "/")+1:]
	in := map[string]any{"Tags": []map[string]string{{"TagKey": "_custom_id_", "TagValue": id}}}
	return furnishing("key "+id, "kms", "TrentService.CreateKey", in).of(strings.Split(arn, ":")[4])
}

// parameter makes a parameter, by its path or by its ARN, encrypted with the
// project's key if it is the project's own.
func parameter(name, key string) existing {
	account, path := owned(name, ":parameter")
	in := map[string]any{"Name": path, "Type": "SecureString", "Value": pretended}
	if key != "" && account == "" {
		in["KeyId"] = key
	}
	return furnishing("parameter "+name, "ssm", "AmazonSSM.PutParameter", in).of(account)
}

// secret makes a secret, by its name or by its ARN: with the six characters that
// the ARN ends in, which moto takes from a tag.
func secret(name string, keys map[string]string, key string) existing {
	account, plain := owned(name, ":secret:")
	text, _ := json.Marshal(keys)
	in := map[string]any{"Name": plain, "SecretString": string(text), "ClientRequestToken": madeUp(name)}
	if key != "" && account == "" {
		in["KmsKeyId"] = key
	}
	if plain != name {
		end := len(plain) - len("-XXXXXX")
		in["Name"], in["Tags"] = plain[:end], []map[string]string{{"Key": "_custom_id_", "Value": plain[end+1:]}}
	}
	return furnishing("secret "+name, "secretsmanager", "secretsmanager.CreateSecret", in).of(account)
}

// owned takes an ARN apart: its account, and what stands behind the kind. What is
// no ARN is a name in the project's account, which is then "".
func owned(name, kind string) (account, rest string) {
	_, rest, ok := strings.Cut(name, kind)
	if !ok || !strings.HasPrefix(name, "arn:") {
		return "", name
	}
	return strings.Split(name, ":")[4], rest
}

// givenRegistries makes the repositories that the spec expects, each once.
func givenRegistries(s *spec.Spec) (all []existing) {
	made := map[string]bool{}
	for _, service := range s.Services {
		name := service.Image.Repository
		if service.Build == nil || service.Image.Registry != "ecr" || service.Image.Create || made[name] {
			continue
		}
		made[name] = true
		in := map[string]any{"repositoryName": name}
		all = append(all, furnishing("ECR repository "+name, "ecr", "AmazonEC2ContainerRegistry_V20150921.CreateRepository", in))
	}
	return all
}

// firstImage makes the repository of an image that is in ECR, and pushes it. That
// of another account lets the project's pull.
//
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
func firstImage(image reference, puller string) existing {
	return existing{name: "image " + image.String(), account: image.repository().Account, make: func(ctx context.Context, c caller) error {
		c.region = image.region()
		in := map[string]any{"repositoryName": image.name}
		err := c.json(ctx, "ecr", "AmazonEC2ContainerRegistry_V20150921.CreateRepository", in, nil)
		var refused *operate.Refusal
		if err != nil && !(errors.As(err, &refused) && strings.Contains(refused.Code, "Already")) {
			return err
		}
		lend := map[string]any{"repositoryName": image.name, "policyText": `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + puller +
			`:root"},"Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}]}`}
		if err := c.json(ctx, "ecr", "AmazonEC2ContainerRegistry_V20150921.SetRepositoryPolicy", lend, nil); err != nil {
			return err
		}
		return operate.At(c.url, c.region, c.keys).PushImage(ctx, image.repository(), image.tag, []byte(pretended))
	}}
}

func stateBucket(state spec.State) existing {
	return existing{name: "bucket " + state.Bucket + " for the state", make: func(ctx context.Context, c caller) error {
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
		if credentials := service.Image.Credentials; credentials != nil {
			refer(credentials.Text, "username")
			refer(credentials.Text, "password")
		}
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
		refer(v.Name+v.ARN, v.Key)
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
