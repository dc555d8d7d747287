package buildspec

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// aws follows a run of the AWS command line.
func (t *tracer) aws(pos syntax.Pos, args []string) values {
	c := awsCall(args)
	c.event = t.event(pos)
	if c.command == "" {
		return unknown()
	}
	c.foreign = c.has("--profile") || c.has("--no-sign-request") || t.ownCredentials()
	c.defaultRegion = t.region()
	t.calls = append(t.calls, c)
	t.mayWrite(pos, args)
	switch c.name() {
	case "sts get-caller-identity":
		if c.options["--query"] == "Account" {
			return t.variable("AWS_ACCOUNT_ID")
		}
	case "ecr get-login-password":
		return values{ecrPassword}
	case "ecr-public get-login-password":
		return values{ecrPublicPassword}
	case "ecr get-login":
		// It prints a command, which runs where the substitution stands.
		t.logins = append(t.logins, login{event: c.event, input: values{ecrPassword}})
	case "ecr describe-images", "ecr batch-get-image", "ecr list-images":
		t.look(pos)
	}
	return unknown()
}

func (c call) name() string { return c.service + " " + c.command }

// ownCredentials tells that the commands have set credentials, most often those
// of a role that they assumed: the build's role is not asked any more.
func (t *tracer) ownCredentials() bool {
	return slices.ContainsFunc([]string{"AWS_ACCESS_KEY_ID", "AWS_PROFILE"}, func(name string) bool {
		return t.vars[name] != nil || t.given[name]
	})
}

// region is where a call goes that does not say so, by the variables that the
// command line reads, in its order.
// https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
func (t *tracer) region() string {
	for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION"} {
		if v := t.vars[name]; len(v) == 1 {
			return v[0]
		}
	}
	return "${AWS_REGION}"
}

// awsCall takes a command line apart. Every long option takes the next field
// unless that is an option too, which is right for all but a few switches.
func awsCall(args []string) call {
	c := call{options: map[string]string{}}
	for i := 0; i < len(args); i++ {
		name, value, joined := strings.Cut(args[i], "=")
		switch {
		case !strings.HasPrefix(args[i], "--"):
			c.operand(args[i])
		case joined:
			c.options[name] = value
		case i+1 < len(args) && !strings.HasPrefix(args[i+1], "--") && !isSwitch(name):
			i++
			c.options[name] = args[i]
		default:
			c.options[name] = ""
		}
	}
	return c
}

func (c *call) operand(field string) {
	switch {
	case c.service == "":
		c.service = field
	case c.command == "":
		c.command = field
	case c.command == "wait": // What it waits for is part of the command.
		c.command += " " + field
	default:
		c.operands = append(c.operands, field)
	}
}

// isSwitch names the options without a value that are common before a command or
// a path.
func isSwitch(name string) bool {
	return strings.HasPrefix(name, "--no-") || slices.Contains([]string{
		"--debug", "--recursive", "--quiet", "--only-show-errors", "--dryrun", "--delete", "--exact-timestamps",
		"--with-decryption", "--include-email", "--force-new-deployment", "--overwrite",
	}, name)
}
