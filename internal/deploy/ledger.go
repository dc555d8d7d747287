package deploy

import (
	"tfgen/internal/deploy/report"
)

// A ledger keeps account of what an apply does.
type ledger struct {
	plan  *Plan
	begun map[string]bool // whether it has not ended yet
	done  report.Result
}

func (l *ledger) add(e report.Event) {
	step := report.Step{Address: e.Resource.Address, Action: e.Action, Elapsed: e.Elapsed}
	switch e.Type {
	case report.ApplyStart:
		l.begun[step.Address] = true
		l.done.Begun = l.done.Begun || step.Action != report.Read
	case report.ApplyErrored:
		l.begun[step.Address] = false
		l.done.Failed = append(l.done.Failed, step)
	case report.ApplyComplete:
		l.begun[step.Address] = false
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
	for _, c := range l.plan.Changes {
		open, begun := l.begun[c.Address]
		switch {
		case c.Action.Symbol() == "" || c.Action == report.Read || l.plan.terraform.config.Verbose != nil:
		case open:
			l.done.CutOff = append(l.done.CutOff, c.Address)
		case !begun:
			l.done.Left = append(l.done.Left, c.Address)
		}
	}
	return &l.done
}
