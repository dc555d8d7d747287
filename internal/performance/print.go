//go:build linux

package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// load is how many processes wanted a processor in the last minute.
func load() string {
	text, _ := os.ReadFile("/proc/loadavg")
	average, _, _ := strings.Cut(string(text), " ")
	return average
}

func printMachine(busy string) {
	said, _ := exec.Command(cmp.Or(os.Getenv("TFGEN_TERRAFORM"), "terraform"), "version").Output()
	terraform, _, _ := strings.Cut(string(said), "\n")
	fmt.Printf("%d processors (%s/%s), %s, %s, AWS provider 5.100.0. Load at the start %s, at the end %s.\n",
		runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), terraform, busy, load())
}

func printGenerating(all []generating) {
	fmt.Print("\n| `tfgen generate`, unchanged | runs | clock, best | median | processors, best | median | memory |\n|---|---|---|---|---|---|---|\n")
	clock, processors := func(u usage) time.Duration { return u.clock }, func(u usage) time.Duration { return u.all }
	memory := func(u usage) int64 { return u.memory }
	for _, g := range all {
		fmt.Printf("| %s | %d | %s | %s | %s | %s | %d MB |\n", g.name, len(g.usages), milli(least(g.usages, clock)), milli(median(g.usages, clock)),
			milli(least(g.usages, processors)), milli(median(g.usages, processors)), median(g.usages, memory)>>20)
	}
}

func milli(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }

func printRows(rows []row) {
	fmt.Print("\n| work | turns | processors: Terraform alone | tfgen | of that tfgen itself | clock: Terraform alone | tfgen " +
		"| commands of Terraform: alone, tfgen | providers started: alone, tfgen | largest process |\n|---|---|---|---|---|---|---|---|---|---|\n")
	for _, r := range rows {
		n := r.times
		fmt.Printf("| %s | %d | %s | %s | %s (%.1f %%) | %s | %s | %d, %d | %d, %d | %d MB |\n", r.name, n,
			seconds(r.alone.all, n), seconds(r.driven.all, n), milli(r.driven.own/time.Duration(n)), 100*r.driven.own.Seconds()/r.alone.all.Seconds(),
			seconds(r.alone.clock, n), seconds(r.driven.clock, n), r.alone.terraform/n, r.driven.terraform/n,
			r.alone.providers/n, r.driven.providers/n, max(r.alone.memory, r.driven.memory)>>20)
	}
}

func seconds(d time.Duration, n int) string { return fmt.Sprintf("%.1f s", d.Seconds()/float64(n)) }
