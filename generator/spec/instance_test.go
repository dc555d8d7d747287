package spec

import "testing"

func TestInstances(t *testing.T) {
	for kind, want := range map[string]instance{
		"t3.micro":         {2048, 953, 2},
		"t2.small":         {1024, 1946, 3},
		"t3a.small":        {2048, 1946, 2},
		"t4g.2xlarge":      {8192, 31744, 4},
		"m5.large":         {2048, 7906, 3},
		"m6g.medium":       {1024, 3933, 2},
		"c7g.xlarge":       {4096, 7906, 4},
		"r5.24xlarge":      {98304, 762799, 15},
		"m5.4xlarge":       {16384, 63529, 8},
		"m7i-flex.2xlarge": {8192, 31744, 4},
		"c5n.large":        {},
		"m4.large":         {},
		"x2gd.medium":      {},
		"m5.metal":         {},
		"t3.huge":          {},
		"micro":            {},
	} {
		got, known := instanceOf(kind)
		if got != want || known != (want != instance{}) {
			t.Errorf("%s: %v %v", kind, got, known)
		}
	}
}

func TestArchitectures(t *testing.T) {
	for kind, want := range map[string]string{
		"t3.micro": x86, "t4g.micro": arm, "m6gd.large": arm, "c7gn.large": arm, "a1.medium": arm, "g4dn.xlarge": x86, "g5g.xlarge": arm, "im4gn.large": arm, "m5.large": x86,
	} {
		if got := architectureOf(kind); got != want {
			t.Errorf("%s: %s", kind, got)
		}
	}
}

func TestFargateSizes(t *testing.T) {
	for _, c := range []struct{ cpu, least, most, count int }{
		{256, 512, 2048, 3}, {512, 1024, 4096, 4}, {1024, 2048, 8192, 7}, {2048, 4096, 16384, 13}, {4096, 8192, 30720, 23},
		{8192, 16384, 61440, 12}, {16384, 32768, 122880, 12},
	} {
		sizes := fargateMemory(c.cpu)
		if len(sizes) != c.count || sizes[0] != c.least || sizes[len(sizes)-1] != c.most {
			t.Errorf("%d: %v", c.cpu, sizes)
		}
	}
	if fargateMemory(300) != nil {
		t.Error("300 CPU units")
	}
}
