package buildspec

import "testing"

func TestMayEqual(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"web:1", "web:1", true},
		{"web:1", "web:2", false},
		{"web:${TAG}", "web:${TAG}", true},
		{"web:${TAG}", "web:latest", true},
		{"web:${TAG}", "api:latest", false},
		{"${A}/web:1", "${A}/web:2", false},
		{"${A}/web:1", "${B}/web:1", true},
		{"${A}/web:1", "${B}/web:2", false},
		{"${?1}/web:${TAG}", "${?1}/web:${?2}", true},
		{"web:" + commit, "web:stable", false},
		{"web:" + commit, "web:abc1234", true},
		{"web:" + commit, "web:" + commit + "-arm", false},
		{"web", "web:${TAG}", false},
		{"a${X}", "b${Y}", false},
		{"${X}a", "b${Y}", true},
	} {
		if got := mayEqual(test.a, test.b); got != test.want {
			t.Errorf("mayEqual(%q, %q) = %t", test.a, test.b, got)
		}
		if got := mayEqual(test.b, test.a); got != test.want {
			t.Errorf("mayEqual(%q, %q) = %t", test.b, test.a, got)
		}
	}
}
