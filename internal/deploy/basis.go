package deploy

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
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

// A Position says which state it is, and how often it was written.
type Position struct {
	Lineage string // "" where there is no state yet
	Serial  uint64
}

// Live is what a container of a service ran while the plan was made.
type Live struct {
	Cluster   string // ARN or name
	Service   string
	Container string
	Image     string
}

// Basis reads what the plan was made from.
func (p *Plan) Basis() (Basis, error) {
	saved, err := p.Bytes()
	if err != nil {
		return Basis{}, err
	}
	raw, err := fileIn(saved, stateInPlan)
	if err != nil {
		return Basis{}, fmt.Errorf("saved plan of %s: %w", p.Root.Name, err)
	}
	var s liveState
	if err := json.Unmarshal(raw, &s); err != nil {
		return Basis{}, fmt.Errorf("saved plan of %s: %w", p.Root.Name, err)
	}
	return Basis{Position: s.position(), Account: s.account(), Live: s.live()}, nil
}

func fileIn(archive []byte, name string) ([]byte, error) {
	files, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	file, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// Position says which state a root has now. It starts no provider.
func (t *Terraform) Position(ctx context.Context, root Root) (Position, error) {
	raw, err := t.pull(ctx, root)
	if err != nil || raw == "" {
		return Position{}, err
	}
	var s liveState
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		return Position{}, fmt.Errorf("read the state of %s: %w", root.Name, err)
	}
	return s.position(), nil
}

// pull reads the state of a root, "" where there is none.
func (t *Terraform) pull(ctx context.Context, root Root) (raw string, err error) {
	err = t.initialized(ctx, root, func() error {
		return t.run(ctx, &run{root: root, verb: "read the state of", quiet: true, do: func(ctx context.Context, tf *tfexec.Terraform) (err error) {
			raw, err = tf.StatePull(ctx)
			return err
		}})
	})
	return raw, err
}

// liveState is what Basis reads of a state, format version 4.
type liveState struct {
	Serial    uint64
	Lineage   string
	Resources []struct {
		Mode, Type, Name, Module string
		Instances                []struct {
			Attributes struct {
				AccountID     string `json:"account_id"`
				ClusterARN    string `json:"cluster_arn"`
				ServiceName   string `json:"service_name"`
				ContainerName string `json:"container_name"`
				Image         string
			}
		}
	}
}

func (s liveState) position() Position { return Position{Lineage: s.Lineage, Serial: s.Serial} }

func (s liveState) account() string {
	for _, r := range s.Resources {
		if r.Mode == "data" && r.Type == "aws_caller_identity" && len(r.Instances) > 0 {
			return r.Instances[0].Attributes.AccountID
		}
	}
	return ""
}

// live pairs the service and the container that a module asks for its image;
// the data sources are called "live".
func (s liveState) live() []Live {
	byModule := map[string]Live{}
	for _, r := range s.Resources {
		if r.Mode != "data" || r.Name != "live" || len(r.Instances) == 0 {
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
