package localaws_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tfgen/internal/rehearsal/localaws"
)

// After each call that may cut somebody off, what there is is written down.
func TestMoments(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "moments")
	server, err := localaws.Start(t.Context(), localaws.Options{Progress: t.Output(), Moments: file})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	admin := administrator(t, server)
	prepare(admin)
	admin.json(ecs+"UpdateService", `{"cluster": "main", "service": "web", "desiredCount": 3}`)
	admin.json(ecs+"ListServices", `{"cluster": "main"}`) // which changes nothing

	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var calls []string
	var last struct {
		Account, Call string
		Services      []struct {
			Name    string
			Running int
		}
	}
	for line := range strings.Lines(string(text)) {
		if err := json.Unmarshal([]byte(line), &last); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		calls = append(calls, last.Call)
	}
	if got := strings.Join(calls, " "); got != "CreateService UpdateService" {
		t.Errorf("calls: %s", got)
	}
	if s := last.Services; last.Account != localaws.DefaultAccount || len(s) != 1 || s[0].Name != "main/web" || s[0].Running != 3 {
		t.Errorf("the last moment: %+v", last)
	}
}
