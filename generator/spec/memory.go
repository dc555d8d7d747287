package spec

// MoreMemory returns the next larger memory that a service may have with its
// CPU units on Fargate, in MiB. It is the service's own where there is none,
// and for one that runs on instances, where a larger task may not fit.
func MoreMemory(s *Service) int {
	if s.OnEC2() {
		return s.Memory
	}
	for _, size := range fargateMemory(s.CPU) {
		if size > s.Memory {
			return size
		}
	}
	return s.Memory
}

// MoreCPU returns the next larger CPU units that a service may have with an
// amount of memory on Fargate. They are the service's own where there are none,
// and for one that runs on instances.
func MoreCPU(s *Service, memory int) int {
	if s.OnEC2() {
		return s.CPU
	}
	for _, units := range fargateCPU() {
		if units > s.CPU && contains(fargateMemory(units), memory) {
			return units
		}
	}
	return s.CPU
}
