package spec

import "fmt"

// fargateCPU lists the CPU units of a task on Fargate (ECS developer guide,
// "Task definition differences for Fargate").
func fargateCPU() []int { return []int{256, 512, 1024, 2048, 4096, 8192, 16384} }

// fargateMemory lists the MiB that Fargate offers with some CPU units, nil for
// units that it does not have. The source is that of fargateCPU.
func fargateMemory(cpu int) []int {
	switch cpu {
	case 256:
		return []int{512, 1024, 2048}
	case 512, 1024, 2048, 4096:
		return steps(max(1024, cpu*2), min(cpu*8, 30720), 1024)
	case 8192:
		return steps(16384, 61440, 4096)
	case 16384:
		return steps(32768, 122880, 8192)
	default:
		return nil
	}
}

func steps(least, most, by int) []int {
	var sizes []int
	for size := least; size <= most; size += by {
		sizes = append(sizes, size)
	}
	return sizes
}

// memorySizes lists a few sizes, and describes many.
func memorySizes(sizes []int) string {
	if len(sizes) < 6 {
		return listOf(sizes)
	}
	return fmt.Sprintf("%d to %d in steps of %d", sizes[0], sizes[len(sizes)-1], sizes[1]-sizes[0])
}

// cpuFor says which CPU units go with a memory, if any do.
func cpuFor(memory int) string {
	var fitting []int
	for _, cpu := range fargateCPU() {
		if contains(fargateMemory(cpu), memory) {
			fitting = append(fitting, cpu)
		}
	}
	if len(fitting) == 0 {
		return ""
	}
	return fmt.Sprintf(" With this memory, cpu is %s.", listOf(fitting))
}
