package deploy

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// environment returns what Terraform shall see of the caller's environment,
// and a warning for each variable that it shall not.
func environment(environ []string) (map[string]string, []string) {
	env := map[string]string{"CHECKPOINT_DISABLE": "1"}
	var warnings []string
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		why := whyIgnored(name)
		switch {
		case why == "":
			env[name] = value
		case value != "":
			warnings = append(warnings, name+" is set and "+why)
		}
	}
	slices.Sort(warnings)
	return env, warnings
}

// whyIgnored is why Terraform shall not see a variable, or "".
func whyIgnored(name string) string {
	switch {
	case changesPlan(name):
		return "would change what is planned; it is ignored."
	case name == "TF_LOG" || strings.HasPrefix(name, "TF_LOG_"):
		return "would mix a log with the messages; it is ignored. -debug writes the log to a file."
	}
	return ""
}

// changesPlan reports whether a variable makes Terraform do something else
// than the code says. TF_CLI_ARGS_plan=-destroy, for one, turns every plan
// into the plan of a destroy, without a word.
func changesPlan(name string) bool {
	return name == "TF_WORKSPACE" || name == "TF_REATTACH_PROVIDERS" ||
		name == "TF_CLI_ARGS" || strings.HasPrefix(name, "TF_CLI_ARGS_")
}

// missingConfig warns of a CLI configuration that is named and not there:
// Terraform only mentions it, and then downloads what a mirror named in the
// file should have provided.
func missingConfig(c Config, env map[string]string) []string {
	file := env["TF_CLI_CONFIG_FILE"]
	if file == "" || c.PluginDir != "" {
		return nil
	}
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	return []string{fmt.Sprintf("TF_CLI_CONFIG_FILE names %s, which does not exist: a provider mirror set there is not used. -plugin-dir names one directly.", file)}
}
