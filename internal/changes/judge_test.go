package changes

import (
	"slices"
	"testing"
)

// Each way to cut a service off is seen, and what cuts nobody off is not.
func TestCuts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		change func(*moment)
		want   []string
	}{
		{"nothing", func(*moment) {}, nil},
		{"a second rule", func(m *moment) { m.Routes = append(m.Routes, route{"new", []string{"alb"}, []string{"empty"}}) }, nil},
		{"no tasks", func(m *moment) { m.Services[0].Running = 0 }, []string{"after X: a rule leads to no task", "after X: c/web does not run"}},
		{"no service", func(m *moment) { m.Services = nil }, []string{"after X: a rule leads to no task", "after X: c/web does not run"}},
		{"no rule", func(m *moment) { m.Routes = nil }, []string{"after X: nothing leads to c/web"}},
		{"a rule to an empty group", func(m *moment) { m.Routes[0].Targets = []string{"empty"} }, []string{"after X: a rule leads to no task", "after X: nothing leads to c/web"}},
		{"no way out", func(m *moment) { m.Openings = m.Openings[1:] }, []string{"after X: the load balancer cannot reach c/web on port 80"}},
		{"no way in", func(m *moment) { m.Openings = append(m.Openings[:1:1], m.Openings[2]) }, []string{"after X: the load balancer cannot reach c/web on port 80"}},
		{"another port", func(m *moment) { m.Services[0].Targets[0].Port = 8080 }, []string{"after X: the load balancer cannot reach c/web on port 8080"}},
		{"less to reach", func(m *moment) { m.Openings = m.Openings[:2] }, []string{"after X: c/web reaches less than before and after"}},
		{"no way to an image", func(m *moment) { m.Services[0].Stranded = []string{"private"} }, []string{"after X: c/web runs in subnets that nothing leads out of"}},
		{"no role", func(m *moment) { m.Roles = nil }, []string{"after X: c/web has no role r", "after X: r lacks p"}},
		{"no policy", func(m *moment) { m.Roles["r"] = nil }, []string{"after X: r lacks p"}},
	} {
		changed := sound()
		changed.Call = "X"
		test.change(&changed)
		if got := cuts([]moment{sound(), changed, sound()}); !slices.Equal(got, test.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", test.name, got, test.want)
		}
	}
}

func sound() moment {
	return moment{
		Services: []served{{"c/web", 1, "web:1", []string{"tasks"}, nil, []target{{"web", 80}}, []string{"r"}}},
		Routes:   []route{{"rule", []string{"alb"}, []string{"web"}}},
		Openings: []opening{{"alb", "out", 80, 80, false, "tasks", ""}, {"tasks", "in", 80, 80, false, "alb", ""}, {"tasks", "out", 443, 443, false, "", "0.0.0.0/0"}},
		Roles:    map[string][]string{"r": {"p"}},
	}
}

// Tasks are replaced by a new revision, and by a deployment that is forced.
func TestRolls(t *testing.T) {
	t.Parallel()
	forced, revised, counted := sound(), sound(), sound()
	forced.Call, forced.Forced = "X", true
	revised.Call, revised.Services[0].Definition = "Y", "web:2"
	counted.Services[0].Running = 2
	want := []string{"X forces a deployment", "Y gives c/web another task definition"}
	if got := rolls([]moment{sound(), counted, forced, revised, revised}); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
