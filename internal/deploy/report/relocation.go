package report

// A Relocation is a service that is in another module from now on, since its
// structure is another. Terraform destroys it in the one and creates it in the
// other, unless a moved block says that it is the same service.
type Relocation struct {
	From, To string // module.service["web"], module.worker["web"]
}

// Relocations returns the services that a plan could move instead, in order.
// Without a key nothing says that two are the same.
func (p Plan) Relocations() []Relocation {
	created := map[[2]string]string{} // what creates a service, by its key and its place in the module
	at := func(c Change) [2]string {
		_, key, _ := moduleCall(c.Module)
		return [2]string{key, c.Local}
	}
	for _, c := range p.Changes {
		if c.Type == "aws_ecs_service" && c.Action == Create && at(c)[0] != "" {
			created[at(c)] = c.Module
		}
	}
	var found []Relocation
	for _, c := range p.Changes {
		if to := created[at(c)]; c.Type == "aws_ecs_service" && c.Action == Delete && to != "" {
			found = append(found, Relocation{From: c.Module, To: to})
		}
	}
	return found
}

// Block is Terraform that keeps the service, line by line.
func (r Relocation) Block() []string {
	return []string{"moved {", "  from = " + r.From, "  to   = " + r.To, "}"}
}
