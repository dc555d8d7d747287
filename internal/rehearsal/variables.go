package rehearsal

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"tfgen/generator/buildspec"
	"tfgen/internal/operate"
)

// The types of a build's variables.
const (
	plaintext      = "PLAINTEXT"
	parameterStore = "PARAMETER_STORE"
	secretsManager = "SECRETS_MANAGER"
)

// environment returns the environment of a build's shell: what the buildspec
// sets, then what the project sets, then what the pipeline's action sets, each
// stronger than the one before; and CodeBuild's own.
func (b *player) environment(ctx context.Context) (map[string]string, error) {
	env := map[string]string{}
	declared := map[string]operate.Variable{}
	for _, v := range slices.Concat(declaredIn(b.file.Env), b.project.Variables, b.overrides) {
		declared[v.Name] = v
	}
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		value, err := b.value(ctx, declared[name])
		if err != nil {
			return nil, &finding{
				err:   fmt.Errorf("variable %s: %w", name, err),
				onAWS: "The build would have failed before its first command, in DOWNLOAD_SOURCE.",
			}
		}
		env[name] = value
	}
	maps.Copy(env, b.builtIn())
	return env, nil
}

func declaredIn(env buildspec.Env) []operate.Variable {
	var all []operate.Variable
	for _, v := range env.Variables {
		all = append(all, operate.Variable{Name: v.Name, Value: v.Value, Type: plaintext})
	}
	for _, v := range env.ParameterStore {
		all = append(all, operate.Variable{Name: v.Name, Value: v.Value, Type: parameterStore})
	}
	for _, v := range env.SecretsManager {
		reference := strings.Join([]string{v.Name + v.ARN, v.Key, v.Stage, v.Version}, ":")
		all = append(all, operate.Variable{Name: v.Variable, Value: reference, Type: secretsManager})
	}
	return all
}

// value reads a variable with the build role's permissions.
func (b *player) value(ctx context.Context, v operate.Variable) (string, error) {
	switch v.Type {
	case parameterStore:
		var value string
		err := readParameter(ctx, b.caller(b.role), v.Value, &value)
		return value, err
	case secretsManager:
		return secretValue(ctx, b.caller(b.role), buildspec.ParseSecret(v.Value))
	}
	return v.Value, nil
}

// readParameter reads a parameter the way CodeBuild and ECS do, by
// GetParameters, which answers without an error for one that is not there.
func readParameter(ctx context.Context, role caller, name string, value *string) error {
	var out struct {
		Parameters        []struct{ Value string }
		InvalidParameters []string
	}
	if err := role.json(ctx, "ssm", "AmazonSSM.GetParameters", map[string]any{"Names": []string{name}, "WithDecryption": true}, &out); err != nil {
		return err
	}
	if len(out.Parameters) == 0 {
		return fmt.Errorf("there is no parameter %s", name)
	}
	if value != nil {
		*value = out.Parameters[0].Value
	}
	return nil
}

func secretValue(ctx context.Context, role caller, s buildspec.SecretVariable) (string, error) {
	in := map[string]any{"SecretId": s.Name + s.ARN}
	if s.Stage != "" {
		in["VersionStage"] = s.Stage
	}
	if s.Version != "" {
		in["VersionId"] = s.Version
	}
	var out struct{ SecretString string }
	if err := role.json(ctx, "secretsmanager", "secretsmanager.GetSecretValue", in, &out); err != nil {
		return "", err
	}
	if s.Key == "" {
		return out.SecretString, nil
	}
	var keys map[string]any
	if err := json.Unmarshal([]byte(out.SecretString), &keys); err != nil {
		return "", fmt.Errorf("the secret %s is no JSON, so it has no key %s", s.Name+s.ARN, s.Key)
	}
	value, ok := keys[s.Key]
	if !ok {
		return "", fmt.Errorf("the secret %s has no key %s", s.Name+s.ARN, s.Key)
	}
	return fmt.Sprint(value), nil
}

// builtIn is what CodeBuild sets itself. The account's number is not among it.
//
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
func (b *player) builtIn() map[string]string {
	id := b.project.Name + ":" + filepath.Base(b.dir)
	region := b.spec.Project.Region
	return map[string]string{
		"AWS_DEFAULT_REGION":                region,
		"AWS_REGION":                        region,
		"CODEBUILD_BUILD_ARN":               strings.Replace(b.project.ARN, ":project/", ":build/", 1) + ":" + filepath.Base(b.dir),
		"CODEBUILD_BUILD_ID":                id,
		"CODEBUILD_BUILD_IMAGE":             b.project.Image,
		"CODEBUILD_BUILD_NUMBER":            "1",
		"CODEBUILD_BUILD_SUCCEEDING":        "1",
		"CODEBUILD_INITIATOR":               "codepipeline/" + b.pipeline.Name,
		"CODEBUILD_KMS_KEY_ID":              "arn:aws:kms:" + region + ":" + b.account() + ":alias/aws/s3",
		"CODEBUILD_LOG_PATH":                filepath.Base(b.dir),
		"CODEBUILD_RESOLVED_SOURCE_VERSION": b.commit.id,
		"CODEBUILD_SOURCE_VERSION":          "arn:aws:s3:::" + b.pipeline.Bucket + "/" + b.pipeline.Name + "/SourceArtifact",
		"CODEBUILD_SRC_DIR":                 b.sourceDir(),
		"CODEBUILD_START_TIME":              "1767225600000",
	}
}
