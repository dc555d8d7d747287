package rehearsal

import (
	"context"
	"fmt"

	"tfgen/generator/spec"
)

// certify puts certificates of the local AWS in the place of the spec's, whose
// ARNs belong to a real account, and says so.
func (w *world) certify(ctx context.Context, s *spec.Spec) error {
	n := 0
	for _, balancer := range s.LoadBalancers {
		for i := range balancer.Certificates {
			var made struct{ CertificateArn string }
			in := map[string]any{"DomainName": fmt.Sprintf("rehearsal-%d.example", n)}
			if err := w.caller(w.admin).json(ctx, "acm", "CertificateManager.RequestCertificate", in, &made); err != nil {
				return fmt.Errorf("make up a certificate: %w", err)
			}
			balancer.Certificates[i] = made.CertificateArn
			n++
		}
	}
	if n > 0 {
		w.note("certificates stand in a real account: the rehearsal uses made-up ones")
	}
	return nil
}
