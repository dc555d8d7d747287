package deploy

import (
	"io/fs"
	"math"
	"strconv"
	"strings"
)

// availableMemory is how much a new process may take, in bytes: what Linux says
// is free without swapping, and no more than the limit of the container. Where
// none of the two says anything, as on macOS, it is without bounds.
//
// The files below root are those of proc_meminfo(5) and of the memory
// controllers of cgroups 2 and 1, as a container sees its own:
// https://docs.kernel.org/admin-guide/cgroup-v2.html
func availableMemory(root fs.FS) uint64 {
	available := uint64(math.MaxUint64)
	for _, limit := range []struct {
		file, field string // the field is the word before the number
		unit        uint64
	}{
		{"proc/meminfo", "MemAvailable:", 1 << 10},
		{"sys/fs/cgroup/memory.max", "", 1},
		{"sys/fs/cgroup/memory/memory.limit_in_bytes", "", 1},
	} {
		if n, ok := readNumber(root, limit.file, limit.field); ok {
			available = min(available, n*limit.unit)
		}
	}
	return available
}

// readNumber returns the number that stands behind a field in a file of the
// kernel's, and false where there is none: "max" is no limit.
func readNumber(root fs.FS, file, field string) (uint64, bool) {
	text, err := fs.ReadFile(root, file)
	if err != nil {
		return 0, false
	}
	_, rest, found := strings.Cut(string(text), field)
	words := strings.Fields(rest)
	if !found || len(words) == 0 {
		return 0, false
	}
	n, err := strconv.ParseUint(words[0], 10, 64)
	return n, err == nil
}
