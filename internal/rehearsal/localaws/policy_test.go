package localaws_test

import (
	"os/exec"
	"testing"
)

// The evaluator of policies has its tests in its own language.
func TestPolicyEvaluator(t *testing.T) {
	t.Parallel()
	python := start(t).Python
	if out, err := exec.CommandContext(t.Context(), python, "-B", "python/tests/test_policy.py").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
