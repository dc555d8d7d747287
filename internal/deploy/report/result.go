package report

import (
	"encoding/json"
	"time"
)

// A Result is what an apply did, whether or not it went well.
type Result struct {
	Root   string
	Counts Counts // what was done, not what was planned
	Done   []Step
	Failed []Step
	CutOff []string // addresses of what was begun, and whose end nobody saw, sorted
	Left   []string // addresses that were planned and never begun, sorted

	// Outputs are the root's outputs by name, nil where the stream did not tell.
	Outputs map[string]Output

	Begun   bool // something was done, or may have been
	Unsaved bool // not all that was done is in the state; the error says where it is
}

// An Output is an output of a root, as its state holds it.
type Output struct {
	Sensitive bool            `json:"sensitive"`
	Type      json.RawMessage `json:"type"` // Terraform's type, as JSON
	Value     json.RawMessage `json:"value"`
}

// A Step is one resource that an apply was done with.
type Step struct {
	Address string
	Action  Action
	Elapsed time.Duration
}
