package files

import (
	"path"
	"strings"
)

// A temporary file is known by its name, so that the next run can remove what
// a killed one left.
const (
	tempPrefix = ".tfgen-"
	tempSuffix = ".tmp"
)

func isTemp(base string) bool {
	return strings.HasPrefix(base, tempPrefix) && strings.HasSuffix(base, tempSuffix)
}

// litter lists what a killed run left in the folders of the paths: temporary
// files and the lock, which is also there while another run holds it.
func (t *tree) litter(names []string, lock string) ([]string, error) {
	var found []string
	for _, dir := range folders(names) {
		entries, err := t.list(dir)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			name := path.Join(dir, e.Name())
			if e.Type().IsRegular() && (isTemp(e.Name()) || name == lock) {
				found = append(found, name)
			}
		}
	}
	return found, nil
}

func folders(names []string) []string {
	dirs := map[string]bool{}
	for _, name := range names {
		dirs[path.Dir(name)] = true
	}
	return sortedKeys(dirs)
}
