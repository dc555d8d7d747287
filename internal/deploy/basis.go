package deploy

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// stateInPlan is the file of a saved plan that holds the state which the plan
// was made from, refreshed. A saved plan is a zip archive, in Terraform since
// 0.12 and in OpenTofu.
const stateInPlan = "tfstate"

// A Basis is what a plan was made from, as far as it stands in the saved plan
// itself: so it cannot be the basis of another one.
type Basis struct {
	Position
	Account string // that AWS answered from, or "" where the root does not ask
	Live    []Live // sorted
}

// Live is what a container of a service ran while the plan was made.
type Live struct {
	Cluster   string // ARN or name
	Service   string
	Container string
	Image     string
}

// ErrSealed is the error of a saved plan that nobody but its maker can read, as
// OpenTofu encrypts it where it is told to.
var ErrSealed = errors.New("it is encrypted, and what it was made from cannot be read")

// Basis reads what the plan was made from. The error may be ErrSealed.
func (p *Plan) Basis() (Basis, error) {
	raw, _, err := p.archive()
	if err != nil {
		return Basis{}, err
	}
	s, err := parseState(raw)
	if err != nil {
		return Basis{}, fmt.Errorf("saved plan of %s: %w", p.Root.Name, err)
	}
	return Basis{Position: s.Position, Account: s.account(), Live: s.live()}, nil
}

// archive opens the saved plan: the state in it, and all of its files. The error
// may be ErrSealed.
func (p *Plan) archive() (state []byte, files fs.FS, err error) {
	saved, err := p.Bytes()
	if err != nil {
		return nil, nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(saved), int64(len(saved)))
	if err != nil {
		return nil, nil, fmt.Errorf("saved plan of %s: %w", p.Root.Name, ErrSealed)
	}
	state, err = fs.ReadFile(archive, stateInPlan)
	if err != nil {
		return nil, nil, fmt.Errorf("saved plan of %s: %w", p.Root.Name, err)
	}
	return state, archive, nil
}

func (s state) account() string {
	for _, r := range s.Resources {
		if !r.managed() && r.Type == "aws_caller_identity" && len(r.Instances) > 0 {
			return r.Instances[0].Attributes.AccountID
		}
	}
	return ""
}

// live pairs the service and the container that a module asks for its image;
// the data sources are called "live".
func (s state) live() []Live {
	byModule := map[string]Live{}
	for _, r := range s.Resources {
		if r.managed() || r.Name != "live" || len(r.Instances) == 0 {
			continue
		}
		asked, found := r.Instances[0].Attributes, byModule[r.Module]
		switch r.Type {
		case "aws_ecs_service":
			found.Cluster, found.Service = asked.ClusterARN, asked.ServiceName
		case "aws_ecs_container_definition":
			found.Container, found.Image = asked.ContainerName, asked.Image
		}
		byModule[r.Module] = found
	}
	var all []Live
	for _, l := range byModule {
		if l.Service != "" && l.Image != "" {
			all = append(all, l)
		}
	}
	slices.SortFunc(all, func(a, b Live) int {
		return strings.Compare(a.Cluster+" "+a.Service, b.Cluster+" "+b.Service)
	})
	return all
}
