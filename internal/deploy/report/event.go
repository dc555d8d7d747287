package report

import (
	"encoding/json"
	"time"
)

// An Event is one line of the JSON stream of a plan or an apply. Types that
// this package has never heard of pass with their message.
type Event struct {
	Root       string // which root module it comes from; the stream does not say
	Type       string // Terraform's own word: "planned_change", "apply_start", …
	Time       time.Time
	Message    string
	Resource   Resource // zero where the event is not about one resource
	Action     Action
	Elapsed    time.Duration // how long an apply of the resource took so far
	Diagnostic *Diagnostic
	State      []byte // a state that Terraform could store nowhere, or nil

	change  *Change
	counts  *Counts
	outputs []OutputChange
	values  map[string]Output
}

// The types of event that a progress display lives on.
const (
	ApplyStart      = "apply_start"
	ApplyProgress   = "apply_progress"
	ApplyComplete   = "apply_complete"
	ApplyErrored    = "apply_errored"
	RefreshStart    = "refresh_start"
	RefreshComplete = "refresh_complete"
	LockWait        = "state_lock_acquire" // taking the state's lock has lasted for a while
)

// rawEvent is a line as Terraform writes it; see the page "Machine-Readable
// UI" of Terraform's documentation.
type rawEvent struct {
	Type       string                `json:"type"`
	Time       time.Time             `json:"@timestamp"`
	Message    string                `json:"@message"`
	Change     *rawChange            `json:"change"`
	Hook       *rawHook              `json:"hook"`
	Changes    *Counts               `json:"changes"`
	Outputs    map[string]*rawOutput `json:"outputs"`
	Diagnostic *rawDiagnostic        `json:"diagnostic"`
	State      json.RawMessage       `json:"state"` // of an "Emergency state dump"
}

type rawResource struct {
	Address string `json:"addr"`
	Module  string `json:"module"`
	Local   string `json:"resource"`
	Type    string `json:"resource_type"`
}

type rawChange struct {
	Resource  rawResource  `json:"resource"`
	Previous  *rawResource `json:"previous_resource"`
	Action    Action       `json:"action"`
	Reason    string       `json:"reason"`
	Importing *struct {
		ID string `json:"id"`
	} `json:"importing"`
}

type rawHook struct {
	Resource rawResource `json:"resource"`
	Action   Action      `json:"action"`
	Elapsed  float64     `json:"elapsed_seconds"`
}

type rawOutput struct {
	Output
	Action Action `json:"action"`
}

// ParseEvent reads one line of the stream. It reports false for a line that
// is not JSON, such as a crash of Terraform itself. Messages and diagnostics go
// through hide, whole. Addresses do not: they name what a person may ask for.
func ParseEvent(text []byte, hide func(string) string) (Event, bool) {
	var raw rawEvent
	if err := json.Unmarshal(text, &raw); err != nil || raw.Type == "" {
		return Event{}, false
	}
	raw.Message = hide(raw.Message)
	if raw.Diagnostic != nil {
		raw.Diagnostic.hide(hide)
	}
	e := Event{Type: raw.Type, Time: raw.Time, Message: Clean(raw.Message), State: raw.State, counts: raw.Changes}
	switch {
	case raw.Diagnostic != nil:
		e.Diagnostic = diagnostic(raw.Diagnostic)
	case raw.Hook != nil:
		e.Resource, e.Action = raw.Hook.Resource.clean(), raw.Hook.Action
		e.Elapsed = time.Duration(raw.Hook.Elapsed * float64(time.Second))
	case raw.Change != nil:
		e.change = raw.Change.change()
		e.Resource, e.Action = e.change.Resource, e.change.Action
	case raw.Outputs != nil:
		e.outputs, e.values = outputChanges(raw.Outputs), outputValues(raw.Outputs)
	}
	return e, true
}

// Outputs are the outputs of a root after an apply, by name; nil where the
// event is about something else. The values of sensitive ones are not among them.
func (e Event) Outputs() map[string]Output { return e.values }

func (r rawResource) clean() Resource {
	return Resource{Address: line(r.Address), Module: line(r.Module), Local: line(r.Local), Type: line(r.Type)}
}

func (r rawChange) change() *Change {
	c := &Change{Resource: r.Resource.clean(), Action: r.Action, Reason: r.Reason}
	if r.Previous != nil {
		c.Previous = line(r.Previous.Address)
	}
	if r.Importing != nil {
		c.ImportID = line(r.Importing.ID)
	}
	return c
}
