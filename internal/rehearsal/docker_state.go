package rehearsal

import (
	"encoding/json"
	"os"

	"tfgen/internal/operate"
)

// dockerVariable names the file in which the docker stand-in keeps what it
// knows. Where it is not set, there is no build that it belongs to.
const dockerVariable = "TFGEN_REHEARSAL_DOCKER"

// dockerState is what a docker daemon, its client's logins and the registries
// that are not AWS's would know.
type dockerState struct {
	Endpoint   string            // of the local AWS
	Privileged bool              // the build may run docker
	Logins     map[string]login  // by registry
	Images     map[string]string // that were built, tagged or pulled, with their IDs
	Pushed     []string          // by this build, in order
	Elsewhere  []string          // that registries other than ECR have, of this build and those before
	Unsure     []string          // that were pulled without a login, and may be private
	Unplayed   []string          // commands that were noted and not played
}

// A login is who may push and pull.
type login struct {
	User string
	Keys operate.Keys // of the identity that fetched ECR's password
}

func openDocker(file string) (*dockerState, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	s := &dockerState{}
	if err := json.Unmarshal(text, s); err != nil {
		return nil, err
	}
	if s.Logins == nil {
		s.Logins = map[string]login{}
	}
	if s.Images == nil {
		s.Images = map[string]string{}
	}
	return s, nil
}

// save replaces the file at once, so that a command that is killed cannot leave
// half of it.
func (s *dockerState) save(file string) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
