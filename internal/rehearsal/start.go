package rehearsal

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tfgen/generator/buildspec"
	"tfgen/internal/operate"
)

// start makes the calls that ECS makes before a container begins, with each
// service's execution role.
func (w *world) start(ctx context.Context) error {
	if err := w.unserved(); err != nil {
		return err
	}
	for _, s := range w.spec.Services {
		live, err := w.admin.Service(ctx, w.spec.Cluster.Name, s.Name)
		if err == nil {
			err = w.startTask(ctx, s.Name, live)
		}
		if err != nil {
			return fmt.Errorf("service %s: %w", s.Name, err)
		}
	}
	return nil
}

func (w *world) startTask(ctx context.Context, service string, live *operate.Service) error {
	role, err := w.as(ctx, live.ExecutionRole, "ecs-tasks.amazonaws.com", w.taskARN())
	if err != nil {
		return err
	}
	for _, c := range live.Containers {
		if err := w.pull(ctx, role, c); err != nil {
			return fmt.Errorf("pull %s: %w", c.Image, err)
		}
		for _, name := range slices.Sorted(maps.Keys(c.Secrets)) {
			if err := readSecret(ctx, w.caller(role), c.Secrets[name]); err != nil {
				return fmt.Errorf("variable %s: %w", name, err)
			}
		}
		if err := writeLog(ctx, w.caller(role), c.LogGroup, c.Name+"/"+service); err != nil {
			return fmt.Errorf("write to the log group %s: %w", c.LogGroup, err)
		}
		w.note("%s: %s, %s, logs", service, afterSlash(c.Image), counted(len(c.Secrets), "secret"))
	}
	return nil
}

// taskARN is what a trust policy may ask for: some task in the account.
func (w *world) taskARN() string {
	return fmt.Sprintf("arn:aws:ecs:%s:%s:task/%s/0123456789abcdef", w.spec.Project.Region, w.account(), w.spec.Cluster.Name)
}

// pull does what ECS does to pull a container's image. Whether one of another
// registry needs a login, only that registry knows.
func (w *world) pull(ctx context.Context, role *operate.Client, c operate.Container) error {
	ref := parseImage(c.Image)
	if !ref.private() && !ref.public() {
		w.prove("the execution role may read each secret and write the logs")
	}
	if ref.private() && ref.repository().Account != w.account() {
		w.doubt("Whether account %s lets this one pull %s: a policy of the repository says so, and here one does.", ref.repository().Account, ref.name)
	}
	switch {
	case ref.private():
		return operate.At(w.server.URL, ref.region(), role.Keys).PullImage(ctx, ref.repository(), ref.tag)
	case c.Credentials != "":
		w.doubt("Whether %s takes the user and the password of %s: the secret's value is made up.", ref.registry, plainSecret(c.Credentials))
		return readCredentials(ctx, w.caller(role), c.Credentials)
	case !ref.public():
		w.doubt("Whether %s is public. A task pulls a private image only with image { credentials = secret(\"…\") }.", ref)
	}
	return nil
}

// readCredentials reads the secret of a private registry: a JSON with the keys
// username and password.
//
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html
func readCredentials(ctx context.Context, role caller, arn string) error {
	for _, key := range []string{"username", "password"} {
		if _, err := secretValue(ctx, role, buildspec.ParseSecret(arn+":"+key+"::")); err != nil {
			return fmt.Errorf("credentials: %w", err)
		}
	}
	return nil
}

// plainSecret is the name of a secret in its whole ARN.
func plainSecret(arn string) string {
	_, name := owned(arn, ":secret:")
	return name[:max(0, len(name)-len("-XXXXXX"))]
}

// readSecret reads what an ARN names: a parameter, or a secret with perhaps a
// key, a stage and a version behind it.
func readSecret(ctx context.Context, role caller, arn string) error {
	if strings.Contains(arn, ":parameter/") {
		return readParameter(ctx, role, arn, nil)
	}
	_, err := secretValue(ctx, role, buildspec.ParseSecret(arn))
	return err
}

// writeLog does what the container's log driver does: it makes a stream, and
// writes to it.
func writeLog(ctx context.Context, role caller, group, stream string) error {
	if group == "" {
		return nil
	}
	stream += "/" + madeUp(stream)[:8]
	err := role.json(ctx, "logs", "Logs_20140328.CreateLogStream", map[string]any{"logGroupName": group, "logStreamName": stream}, nil)
	if err != nil && !strings.Contains(err.Error(), "ResourceAlreadyExists") {
		return err
	}
	return putLog(ctx, role, group, stream)
}

// putLog writes a line to a stream.
func putLog(ctx context.Context, role caller, group, stream string) error {
	event := map[string]any{"timestamp": 1767225600000, "message": "rehearsed"}
	in := map[string]any{"logGroupName": group, "logStreamName": stream, "logEvents": []any{event}}
	return role.json(ctx, "logs", "Logs_20140328.PutLogEvents", in, nil)
}

// afterSlash shortens an image or an ARN to what tells it from others.
func afterSlash(text string) string { return text[strings.LastIndex(text, "/")+1:] }
