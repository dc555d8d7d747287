package deploy

import (
	"math"
	"testing"
	"testing/fstest"
)

func TestSideBySideFits(t *testing.T) {
	const gigabyte = 1 << 30
	for _, test := range []struct {
		processors int
		available  uint64
		want       int
	}{
		{1, 16 * gigabyte, 2},
		{2, 16 * gigabyte, 3},
		{8, 16 * gigabyte, 9},
		{64, 16 * gigabyte, 46},
		{8, 2 * gigabyte, 5},
		{8, gigabyte, 2},
		{8, 600 << 20, 1},
		{8, 0, 1},
		{4, math.MaxUint64, 5},
	} {
		if got := sideBySide(test.processors, test.available); got != test.want {
			t.Errorf("%d processors and %d bytes: %d, want %d", test.processors, test.available, got, test.want)
		}
	}
}

func TestAvailableMemory(t *testing.T) {
	const (
		meminfo = "MemTotal:       24684092 kB\nMemFree:         1024 kB\nMemAvailable:       2048 kB\n"
		v2      = "sys/fs/cgroup/memory.max"
		v1      = "sys/fs/cgroup/memory/memory.limit_in_bytes"
	)
	for name, test := range map[string]struct {
		files map[string]string
		want  uint64
	}{
		"nothing known":     {nil, math.MaxUint64},
		"the machine":       {map[string]string{"proc/meminfo": meminfo}, 2 << 20},
		"no limit":          {map[string]string{"proc/meminfo": meminfo, v2: "max\n"}, 2 << 20},
		"a lower limit":     {map[string]string{"proc/meminfo": meminfo, v2: "1048576\n"}, 1 << 20},
		"a higher limit":    {map[string]string{"proc/meminfo": meminfo, v2: "4194304\n"}, 2 << 20},
		"a limit of old":    {map[string]string{"proc/meminfo": meminfo, v1: "1048576\n"}, 1 << 20},
		"no limit of old":   {map[string]string{"proc/meminfo": meminfo, v1: "9223372036854771712\n"}, 2 << 20},
		"a limit, no more":  {map[string]string{v2: "1048576\n"}, 1 << 20},
		"an old kernel":     {map[string]string{"proc/meminfo": "MemTotal: 24684092 kB\n"}, math.MaxUint64},
		"not a number":      {map[string]string{"proc/meminfo": "MemAvailable: much\n"}, math.MaxUint64},
		"nothing to read":   {map[string]string{v2: ""}, math.MaxUint64},
		"a field, and none": {map[string]string{"proc/meminfo": "MemAvailable:"}, math.MaxUint64},
	} {
		root := fstest.MapFS{}
		for file, text := range test.files {
			root[file] = &fstest.MapFile{Data: []byte(text)}
		}
		if got := availableMemory(root); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
}
