package spec

import (
	"strconv"
	"strings"
)

// instance is what a type of EC2 instances offers to tasks.
type instance struct {
	cpu    int // units, 1024 a vCPU
	memory int // MiB that are left beside the system and the agent
	// interfaces are the network interfaces that it may have, its own among them
	// (EC2 instance types guide, network specifications).
	interfaces int
}

// instanceOf knows the usual families (EC2 instance types guide). It is false
// for the others, of which nothing is checked.
func instanceOf(kind string) (instance, bool) {
	family, size, _ := strings.Cut(kind, ".")
	if vcpu, mib := burstable(family, size); vcpu > 0 {
		return offer(vcpu, mib, burstableInterfaces(family, size)), true
	}
	ratio := memoryRatio(family)
	vcpu := sizeOf(size)
	if ratio == 0 || vcpu == 0 {
		return instance{}, false
	}
	return offer(vcpu, vcpu*ratio*1024, interfacesOf(vcpu)), true
}

// offer takes off what the kernel, the system and the agent use: about 3 % and
// 40 MiB, which leaves 953 of the 1024 MiB of a t3.micro.
func offer(vcpu, mib, interfaces int) instance {
	return instance{cpu: vcpu * 1024, memory: mib*97/100 - 40, interfaces: interfaces}
}

// burstable knows the T families, whose sizes follow no ratio.
func burstable(family, size string) (vcpu, mib int) {
	if !contains([]string{"t2", "t3", "t3a", "t4g"}, family) {
		return 0, 0
	}
	vcpus := map[string]int{"nano": 2, "micro": 2, "small": 2, "medium": 2, "large": 2, "xlarge": 4, "2xlarge": 8}
	if family == "t2" {
		vcpus["nano"], vcpus["micro"], vcpus["small"] = 1, 1, 1
	}
	memory := map[string]int{"nano": 512, "micro": 1024, "small": 2048, "medium": 4096, "large": 8192, "xlarge": 16384, "2xlarge": 32768}
	return vcpus[size], memory[size]
}

func burstableInterfaces(family, size string) int {
	switch {
	case size == "nano" || size == "micro" || family+"."+size == "t3a.small":
		return 2
	case family != "t2" && (size == "xlarge" || size == "2xlarge"):
		return 4
	}
	return 3
}

// interfacesOf follows the number of vCPUs in the families of memoryRatio.
func interfacesOf(vcpu int) int {
	switch {
	case vcpu == 1:
		return 2
	case vcpu == 2:
		return 3
	case vcpu <= 8:
		return 4
	case vcpu <= 48:
		return 8
	}
	return 15
}

// memoryRatio is the GiB a vCPU of the general, compute and memory families
// from the fifth generation on, or 0.
func memoryRatio(family string) int {
	if len(family) < 2 || family[1] < '5' || family[1] > '9' || strings.HasPrefix(family, "c5n") {
		return 0
	}
	return map[byte]int{'c': 2, 'm': 4, 'r': 8}[family[0]]
}

// sizeOf is the number of vCPUs of a size, or 0.
func sizeOf(size string) int {
	switch size {
	case "medium":
		return 1
	case "large":
		return 2
	case "xlarge":
		return 4
	}
	times, err := strconv.Atoi(strings.TrimSuffix(size, "xlarge"))
	if err != nil || !strings.HasSuffix(size, "xlarge") || times < 1 || times > 96 {
		return 0
	}
	return 4 * times
}

// architectureOf reads an instance type: Graviton has a g after its
// generation's digit, and the first of its kind was called a1.
func architectureOf(kind string) string {
	family, _, _ := strings.Cut(kind, ".")
	letters := strings.TrimLeft(family, "abcdefghijklmnopqrstuvwxyz")
	if family == "a1" || strings.Contains(strings.TrimLeft(letters, "0123456789"), "g") {
		return arm
	}
	return x86
}

// instanceShaped reports whether a text looks like t3.micro.
func instanceShaped(kind string) bool {
	family, size, found := strings.Cut(kind, ".")
	plain := func(s string) bool {
		return s != "" && strings.IndexFunc(s, func(r rune) bool { return !isDigit(r) && r != '-' && (r < 'a' || r > 'z') }) < 0
	}
	return found && plain(family) && plain(size) && strings.ContainsAny(family, "0123456789")
}
