package deploy

import (
	"encoding/json"
	"os"
	"path/filepath"

	"tfgen/internal/deploy/report"
)

// remembered is what the last plan of a root would do, and the digest that it
// was shown under.
type remembered struct {
	Digest string
	Plan   report.Plan
}

// Remember keeps what a plan would do in the root's data folder, so that a
// later plan which should be the same can be compared with it. It holds no
// sensitive values. What cannot be kept is not missed until then.
func (p *Plan) Remember(digest string) {
	text, err := json.Marshal(remembered{digest, p.Plan})
	if err == nil {
		_ = os.WriteFile(p.terraform.rememberedFile(p.Root), text, 0o600)
	}
}

// Recall returns what the last plan of the root would do, if that was shown
// under the digest.
func (p *Plan) Recall(digest string) (report.Plan, bool) {
	var m remembered
	text, err := os.ReadFile(p.terraform.rememberedFile(p.Root))
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	return m.Plan, err == nil && m.Digest == digest
}

func (t *Terraform) rememberedFile(root Root) string {
	return filepath.Join(t.dataDir(root), "tfgen.plan.json")
}
