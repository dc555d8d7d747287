package spec

import "testing"

// A task grows by the smallest steps that Fargate offers, and not where an
// instance may be too small for it.
func TestMore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ cpu, memory, moreCPU, moreMemory int }{
		{256, 512, 512, 1024},
		{256, 2048, 512, 2048},
		{512, 1024, 1024, 2048},
		{4096, 30720, 4096, 30720},
		{16384, 122880, 16384, 122880},
	} {
		s := &Service{CPU: c.cpu, Memory: c.memory}
		memory := MoreMemory(s)
		if cpu := MoreCPU(s, memory); cpu != c.moreCPU || memory != c.moreMemory {
			t.Errorf("%d and %d: %d and %d, want %d and %d", c.cpu, c.memory, cpu, memory, c.moreCPU, c.moreMemory)
		}
	}
	s := &Service{CPU: 256, Memory: 512, Strategy: []Capacity{{Provider: "EC2"}}}
	if memory := MoreMemory(s); memory != 512 || MoreCPU(s, memory) != 256 {
		t.Errorf("on an instance: %d and %d", MoreCPU(s, memory), memory)
	}
}
