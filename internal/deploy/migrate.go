package deploy

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// A Held is what a state holds, as far as it matters to a move.
type Held struct {
	Position
	Addresses []string // of all resources, sorted
	Region    string   // that they are in, or "" where none of them says it
	outputs   int
}

// ReadHeld reads a state in Terraform's format, version 4. No bytes are a state
// that was never written.
func ReadHeld(raw []byte) (Held, error) {
	s, err := parseState(raw)
	return s.held(), err
}

func (s state) held() Held {
	h := Held{Position: s.Position, Region: s.region(), outputs: len(s.Outputs)}
	for _, r := range s.Resources {
		for _, i := range r.Instances {
			if r.managed() {
				h.Addresses = append(h.Addresses, r.address(i))
			}
		}
	}
	slices.Sort(h.Addresses)
	return h
}

// IsEmpty reports whether nothing would be lost with the state.
func (h Held) IsEmpty() bool { return len(h.Addresses) == 0 && h.outputs == 0 }

// lost lists what a state held, and another one does not.
func (h Held) lost(now Held) []string {
	return slices.DeleteFunc(slices.Clone(h.Addresses), func(a string) bool { return slices.Contains(now.Addresses, a) })
}

// A Move takes the state of a root to where its code says. Only NewMove makes
// one.
type Move struct {
	Root     Root
	From, To Place
	Held     Held // what is moved

	there bool // it is there already: only the data folder must learn of it
}

// NewMove decides how a state gets from one place to another, by what both
// hold. It is an error where a state would be lost: where the other place has
// one already that is not a later one of the same.
func NewMove(root Root, from, to Place, held, there Held) (*Move, error) {
	m := &Move{Root: root, From: from, To: to, Held: held}
	switch {
	case from.String() == to.String() || held.IsEmpty():
		m.there = true
		return m, nil
	case there.IsEmpty():
		return m, nil
	case held.Lineage == there.Lineage && held.Serial <= there.Serial && len(held.lost(there)) == 0:
		m.there = true
		return m, nil
	}
	return nil, fmt.Errorf("the state of %s is in two places, and neither is a later one of the other: %s (serial %d, %d resources) and %s (serial %d, %d resources). "+
		"Look at both, and take away the one that is old", root.Name, from, held.Serial, len(held.Addresses), to, there.Serial, len(there.Addresses))
}

// Copies reports whether the state is copied. It is not where it is there
// already, as after a move that was interrupted.
func (m *Move) Copies() bool { return !m.there }

// Move initializes the root where its code says, takes the state along, and
// asks no question. It fails if a resource is missing afterwards.
func (t *Terraform) Move(ctx context.Context, m *Move) error {
	if err := t.CheckErrored(m.Root); err != nil {
		return err
	}
	if m.From.Kind == "local" { // Terraform empties the file, and keeps what was in it beside it.
		if err := privateState(m.From.File); err != nil {
			return fmt.Errorf("move the state of %s: %w", m.Root.Name, err)
		}
		defer dropBackup(m.From.File)
	}
	how := tfexec.InitOption(tfexec.ForceCopy(true))
	if m.there {
		how = tfexec.Reconfigure(true)
	}
	if err := t.init(ctx, m.Root, how); err != nil {
		return err
	}
	now, err := t.state(ctx, m.Root)
	if err != nil {
		return fmt.Errorf("state of %s in %s: %w", m.Root.Name, m.To, err)
	}
	if lost := m.Held.lost(now.held()); len(lost) > 0 {
		return fmt.Errorf("the state of %s arrived in %s without %s. Apply nothing; what it was before stands in %s, or beside it as .backup",
			m.Root.Name, m.To, strings.Join(lost, ", "), m.From)
	}
	return nil
}
