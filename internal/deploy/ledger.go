package deploy

import (
	"tfgen/internal/deploy/report"
)

// A ledger keeps account of what an apply does.
type ledger struct {
	plan  *Plan
	begun map[string]bool
	done  report.Result
}

func (l *ledger) add(e report.Event) {
	step := report.Step{Address: e.Resource.Address, Action: e.Action, Elapsed: e.Elapsed}
	switch e.Type {
	case report.ApplyStart:
		l.begun[step.Address] = true
	case report.ApplyErrored:
		l.done.Failed = append(l.done.Failed, step)
	case report.ApplyComplete:
		l.complete(step)
	}
	if outputs := e.Outputs(); outputs != nil {
		l.done.Outputs = outputs
	}
}

func (l *ledger) complete(step report.Step) {
	switch step.Action {
	case report.Create:
		l.done.Counts.Add++
	case report.Update:
		l.done.Counts.Change++
	case report.Delete:
		l.done.Counts.Destroy++
	default:
		return // reading is not doing
	}
	l.done.Done = append(l.done.Done, step)
}

// result closes the account.
func (l *ledger) result() *report.Result {
	l.done.Root = l.plan.Root.Name
	l.done.Left = nil
	for _, c := range l.plan.Changes {
		if c.Action.Symbol() != "" && c.Action != report.Read && !l.begun[c.Address] && l.plan.terraform.config.Verbose == nil {
			l.done.Left = append(l.done.Left, c.Address)
		}
	}
	return &l.done
}
