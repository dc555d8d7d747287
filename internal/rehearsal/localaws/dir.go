package localaws

// Dir is a folder that lives as long as the server: whatever ends the process
// that started it, the folder goes with it, and all that was put there.
func (s *Server) Dir() string { return s.dir }
