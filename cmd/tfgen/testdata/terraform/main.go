// Command terraform is a fake that plans what a file says. It is a program of
// its own, for a test's binary takes long to start.
package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A fake is a Terraform that plans what a file says. Its folder, $FAKE, holds
// for each root NAME:
//
//	NAME.plan     a line for each change: create ADDRESS
//	NAME.destroy  the same for plans with -destroy; else every line of NAME.state is one
//	NAME.outputs  what output -json prints
//	NAME.state    what state pull prints
//	NAME.error    what is printed to stderr when it plans, which then fails
//	NAME.broken   an address whose apply fails
//	hang          if there, it waits for an interrupt instead of saying its version
//	wait          if there, an apply waits for an interrupt; with "twice" in it for two,
//	              with "sent" for one that is sent, and may not arrive
//	NAME.edits    a file that somebody edits while it plans
//	sealed        if there, saved plans are encrypted
//	log           written: a line for each run
type fake struct {
	dir, root string
	args      []string
}

func main() {
	here, _ := os.Getwd()
	f := fake{dir: os.Getenv("FAKE"), root: filepath.Base(here), args: os.Args[1:]}
	f.log()
	os.Exit(f.run())
}

func (f fake) run() int {
	switch f.args[0] {
	case "version":
		return f.version()
	case "init":
		_ = os.MkdirAll(".terraform/modules", 0o755)
		_ = os.WriteFile(".terraform/modules/modules.json", nil, 0o644)
	case "plan":
		return f.plan()
	case "apply":
		return f.apply()
	case "show":
		fmt.Println(f.shown(f.args[len(f.args)-1]))
	case "output":
		fmt.Println(or(f.read(".outputs"), "{}"))
	case "state":
		fmt.Print(f.read(".state"))
	}
	return 0
}

func (f fake) version() int {
	if _, err := os.Stat(filepath.Join(f.dir, "hang")); err == nil {
		f.mark("signal-0")
		time.Sleep(time.Hour)
	}
	if slices.Contains(f.args, "-json") {
		fmt.Println(`{"terraform_version":"1.11.4"}`)
		return 0
	}
	fmt.Println("Terraform v1.11.4")
	return 0
}

func (f fake) plan() int {
	if text := f.read(".error"); text != "" {
		fmt.Fprint(os.Stderr, text)
		return 1
	}
	if edited := strings.TrimSpace(f.read(".edits")); edited != "" {
		text, _ := os.ReadFile(edited)
		_ = os.WriteFile(edited, append(text, "# edited\n"...), 0o644)
	}
	name := ".plan"
	if slices.Contains(f.args, "-destroy=true") || slices.Contains(f.args, "-destroy") {
		name = ".destroy"
	}
	text := f.read(name)
	for _, arg := range f.args {
		if file, ok := strings.CutPrefix(arg, "-out="); ok {
			_ = os.WriteFile(file, f.saved(text), 0o600)
		}
	}
	counts := map[string]int{"add": 0, "change": 0, "remove": 0, "import": 0}
	for _, c := range changes(text) {
		counts[map[string]string{"create": "add", "update": "change", "delete": "remove"}[c.action]]++
		f.event("planned_change", "change", map[string]any{"resource": c.resource(), "action": c.action})
	}
	f.event("change_summary", "changes", counts)
	if warning := strings.TrimSpace(f.read(".warning")); warning != "" {
		f.event("diagnostic", "diagnostic", map[string]any{"severity": "warning", "summary": warning})
	}
	if text == "" {
		return 0
	}
	return 2
}

// saved is a plan as Terraform saves it: a zip archive, with the state that it
// was made from.
func (f fake) saved(text string) []byte {
	if _, err := os.Stat(filepath.Join(f.dir, "sealed")); err == nil {
		return []byte("sealed\n" + text)
	}
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for name, text := range map[string]string{"tfplan": text, "tfstate": or(f.read(".state"), "{}"), "tfstate-prev": or(f.read(".before"), "{}")} {
		file, _ := archive.Create(name)
		_, _ = file.Write([]byte(text))
	}
	_ = archive.Close()
	return b.Bytes()
}

// inPlan is the text of a saved plan.
func inPlan(file string) string {
	archive, err := zip.OpenReader(file)
	if err != nil {
		text, _ := os.ReadFile(file)
		_, sealed, _ := strings.Cut(string(text), "sealed\n")
		return sealed
	}
	defer archive.Close()
	text, _ := fs.ReadFile(archive, "tfplan")
	return string(text)
}

func (f fake) apply() int {
	broken := strings.TrimSpace(f.read(".broken"))
	for i, c := range changes(inPlan(f.args[len(f.args)-1])) {
		hook := map[string]any{"resource": c.resource(), "action": c.action, "elapsed_seconds": 1}
		f.event("apply_start", "hook", hook)
		stopped := i == 0 && f.waited()
		if c.address == broken {
			f.event("apply_errored", "hook", hook)
			f.event("diagnostic", "diagnostic", map[string]any{"severity": "error", "summary": "no such luck", "address": c.address})
			return 1
		}
		f.event("apply_complete", "hook", hook)
		if stopped {
			return 1
		}
	}
	if text := f.read(".outputs"); text != "" {
		f.event("outputs", "outputs", json.RawMessage(text))
	}
	return 0
}

// waited waits for an interrupt where it shall, and says when it is ready.
func (f fake) waited() bool {
	how, err := os.ReadFile(filepath.Join(f.dir, "wait"))
	if err != nil {
		return false
	}
	if strings.TrimSpace(string(how)) == "sent" {
		f.mark("signal-0")
		for !f.marked("sent-0") {
			time.Sleep(5 * time.Millisecond)
		}
		return false
	}
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt)
	for i := range len(strings.Fields("once " + string(how))) {
		f.mark(fmt.Sprintf("signal-%d", i))
		<-signals
	}
	return true
}

func (f fake) shown(file string) string {
	var all []any
	for _, c := range changes(inPlan(file)) {
		r := c.resource()
		all = append(all, map[string]any{"address": c.address, "module_address": r["module"], "mode": "managed", "type": r["resource_type"], "name": r["resource_name"],
			"change": map[string]any{"actions": []string{c.action}, "before": map[string]any{"size": 1}, "after": map[string]any{"size": 2}}})
	}
	out, _ := json.Marshal(map[string]any{"format_version": "1.2", "resource_changes": all})
	return string(out)
}

func (f fake) event(kind, name string, value any) {
	line, _ := json.Marshal(map[string]any{"type": kind, "@message": kind, "@timestamp": "2026-01-02T03:04:05Z", name: value})
	fmt.Println(string(line))
}

func (f fake) read(suffix string) string {
	text, _ := os.ReadFile(filepath.Join(f.dir, f.root+suffix))
	return string(text)
}

func (f fake) mark(name string) { _ = os.WriteFile(filepath.Join(f.dir, name), nil, 0o644) }

func (f fake) marked(name string) bool {
	_, err := os.Stat(filepath.Join(f.dir, name))
	return err == nil
}

// log notes a run, with what of its arguments says what it does.
func (f fake) log() {
	file, err := os.OpenFile(filepath.Join(f.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return
	}
	defer file.Close()
	words := []string{f.root, f.args[0]}
	for _, arg := range f.args[1:] {
		for _, telling := range []string{"-destroy", "-refresh=false", "-refresh-only", "-target=", "force_destroy"} {
			if strings.HasPrefix(arg, telling) {
				words = append(words, arg)
			}
		}
	}
	fmt.Fprintln(file, strings.Join(words, " "))
}

// A change is a line such as "create module.source.aws_codecommit_repository.this".
type change struct{ action, address string }

func changes(text string) (all []change) {
	for line := range strings.Lines(text) {
		if action, address, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			all = append(all, change{action, address})
		}
	}
	return all
}

func (c change) resource() map[string]any {
	parts := strings.Split(c.address, ".")
	n := len(parts)
	return map[string]any{
		"addr": c.address, "module": strings.Join(parts[:n-2], "."), "resource": strings.Join(parts[n-2:], "."),
		"resource_type": parts[n-2], "resource_name": parts[n-1],
	}
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
