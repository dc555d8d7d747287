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
