//go:build linux

// Command cutoff cuts off first applies of the tutorial at random moments and
// counts how many a second apply brings to an end.
//
// A moment is a call to AWS: the one at which the apply is cut off, before AWS
// gets it or after AWS has carried it out and before anybody hears of it. Each
// run has a copy of the project and a local AWS of its own. After it, only what
// tfgen itself says is done: apply, a lock that is taken away, what is there
// taken over. A run holds if the apply ends well and the plan after it is empty.
// It needs Linux, which tells the processes of a session.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	"tfgen/internal/terraformtest"
)

func main() {
	var o options
	flag.StringVar(&o.tfgen, "tfgen", "", "the `BINARY` that is cut off")
	flag.IntVar(&o.each, "each", 20, "how many interrupts, and how many kills")
	flag.IntVar(&o.parallel, "parallel", 4, "how many run side by side")
	flag.Uint64Var(&o.seed, "seed", rand.Uint64(), "what the moments are drawn from") //nolint:gosec // a moment is no secret
	flag.Parse()
	end, err := thin()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	held := o.run(ctx)
	if err := end(); err != nil || !held {
		os.Exit(1)
	}
}

// thin puts the command thin before the provider of TFGEN_PLUGIN_DIR: an hour
// becomes half of one.
func thin() (end func() error, err error) {
	provider, err := terraformtest.Thin(os.Getenv("TFGEN_PLUGIN_DIR"))
	if err != nil {
		return nil, err
	}
	for _, variable := range provider.Env() {
		name, value, _ := strings.Cut(variable, "=")
		err = errors.Join(err, os.Setenv(name, value))
	}
	return provider.End, err
}

type options struct {
	tfgen          string
	each, parallel int
	seed           uint64
}

// run cuts off all applies, says how each ended, and reports whether all held.
func (o options) run(ctx context.Context) bool {
	fmt.Printf("seed %d\n", o.seed)
	cuts := o.cuts()
	held, done := 0, 0
	var mutex sync.Mutex
	var group sync.WaitGroup
	slots := make(chan struct{}, o.parallel)
	for _, c := range cuts {
		group.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			said, err := c.play(ctx, o.tfgen)
			mutex.Lock()
			defer mutex.Unlock()
			done++
			if err == nil {
				held++
			} else {
				said = "FAILED: " + err.Error()
			}
			fmt.Printf("%2d of %d  %s: %s\n", done, len(cuts), c, said)
		})
	}
	group.Wait()
	fmt.Printf("%d of %d held\n", held, len(cuts))
	return held == len(cuts)
}

// calls is about as many calls as a first apply of the tutorial makes, from the
// first that makes something. A moment that is later than the last becomes one that is not.
const calls = 300

// cuts draws the moments, interrupts and kills in turns.
func (o options) cuts() (all []*cut) {
	draw := rand.New(rand.NewPCG(o.seed, 0)) //nolint:gosec // as above
	for i := range 2 * o.each {
		signal := syscall.SIGINT
		if i%2 == 1 {
			signal = syscall.SIGKILL
		}
		all = append(all, &cut{signal: signal, call: 1 + draw.IntN(calls), after: draw.IntN(2) == 1})
	}
	return all
}
