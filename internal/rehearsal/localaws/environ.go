package localaws

import (
	"os"
	"path/filepath"
	"strings"
)

// DefaultAccount is the account that a call is made in when nothing else is
// said: moto's own.
const DefaultAccount = "123456789012"

// Env returns what a process needs in its environment to speak with the server
// as the administrator of [DefaultAccount]. See [Server.EnvFor].
func (s *Server) Env() []string { return s.EnvFor(DefaultAccount) }

// EnvFor returns what a process needs in its environment to speak with the
// server as the administrator of an account: twelve digits. The accounts of
// one server are as separate as AWS's. No region is set: what runs against AWS
// names its own. A process that may inherit the user's own AWS_PROFILE wants
// [Server.Environ] instead.
func (s *Server) EnvFor(account string) []string {
	return []string{
		"AWS_ENDPOINT_URL=" + s.URL,
		"AWS_ACCESS_KEY_ID=TFGENADM" + account,
		"AWS_SECRET_ACCESS_KEY=local",
		"AWS_SESSION_TOKEN=",
		"AWS_CONFIG_FILE=" + os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull,
		"AWS_EC2_METADATA_DISABLED=true",
		// An action that is missing here is then an error at once and not
		// after 25 attempts, which take minutes.
		"AWS_MAX_ATTEMPTS=2",
	}
}

// Environ returns base without any AWS_ variable, with those of
// [Server.EnvFor] the account and with the server's Python, beside which the
// aws command may stand, at the end of the PATH.
func (s *Server) Environ(base []string, account string) []string {
	env := without(base, "AWS_")
	path := os.Getenv("PATH")
	for _, variable := range env {
		if value, ok := strings.CutPrefix(variable, "PATH="); ok {
			path = value
		}
	}
	path += string(os.PathListSeparator) + filepath.Dir(s.Python)
	return append(append(env, s.EnvFor(account)...), "PATH="+path)
}

// serverEnviron is the environment of the server itself. The settings of a
// moto that the user runs for something else do not concern it.
func serverEnviron(base []string) []string {
	env := without(base, "MOTO_", "AWS_", "PYTHONPATH=", "PYTHONHOME=")
	return append(env, "PYTHONUNBUFFERED=1",
		// Else the policies that AWS manages do not exist.
		"MOTO_IAM_LOAD_MANAGED_POLICIES=true")
}

func without(env []string, prefixes ...string) []string {
	var kept []string
	for _, variable := range env {
		if !hasAny(variable, prefixes) {
			kept = append(kept, variable)
		}
	}
	return kept
}

func hasAny(text string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}
