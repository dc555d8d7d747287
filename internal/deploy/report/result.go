package report

import "time"

// A Result is what an apply did, whether or not it went well.
type Result struct {
	Root   string
	Counts Counts // what was done, not what was planned
	Done   []Step
	Failed []Step
	Left   []string // addresses that were planned and never begun, sorted
}

// A Step is one resource that an apply was done with.
type Step struct {
	Address string
	Action  Action
	Elapsed time.Duration
}
