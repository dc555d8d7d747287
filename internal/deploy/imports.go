package deploy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"tfgen/internal/deploy/report"
)

// An Import is something that is there already, for a plan to take over.
type Import struct {
	Address string
	ID      string // that Terraform knows it by
}

// importFile holds Terraform's import blocks beside a root's code, while a plan
// is made. The saved plan then knows them.
const importFile = "tfgen_take_over.tf.json"

// withImports runs f while the import blocks stand beside the code.
func withImports(root Root, imports []Import, f func() error) error {
	if len(imports) == 0 {
		return f()
	}
	text, err := json.MarshalIndent(map[string]any{"import": blocks(imports)}, "", "  ")
	if err == nil {
		err = os.WriteFile(filepath.Join(root.Dir, importFile), text, 0o644)
	}
	if err == nil {
		err = f()
	}
	return errors.Join(err, DropImports(root))
}

func blocks(imports []Import) (all []map[string]string) {
	literal := strings.NewReplacer("${", "$${", "%{", "%%{") // A string is a template.
	for _, i := range imports {
		all = append(all, map[string]string{"to": i.Address, "id": literal.Replace(i.ID)})
	}
	return all
}

// DropImports removes the import blocks that a run which was killed left beside
// a root's code.
func DropImports(root Root) error {
	file := filepath.Join(root.Dir, importFile)
	if !exists(file) { // A file system that is read-only refuses to remove also what is not there.
		return nil
	}
	return os.Remove(file)
}

// Creations returns what the plan creates, and what the state has, with their
// values: see [report.Creations]. It asks Terraform for the values where nobody
// has yet.
func (p *Plan) Creations(ctx context.Context) (created, known []report.Creation, err error) {
	if p.raw == nil {
		if err := p.read(ctx); err != nil {
			return nil, nil, fmt.Errorf("saved plan of %s: %w", p.Root.Name, err)
		}
	}
	created, known = report.Creations(p.raw)
	return created, known, nil
}
