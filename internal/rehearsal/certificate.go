package rehearsal

import (
	"context"
	"fmt"

	"tfgen/generator/spec"
)

// certify puts certificates of the local AWS in the place of the spec's, whose
// ARNs belong to a real account, and says so.
func (w *world) certify(ctx context.Context, s *spec.Spec) error {
	w.certificates = map[string]string{}
	for _, balancer := range s.LoadBalancers {
		for i, arn := range balancer.Certificates {
			if w.certificates[arn] == "" {
				made, err := w.requestCertificate(ctx, fmt.Sprintf("rehearsal-%d.example", len(w.certificates)))
				if err != nil {
					return fmt.Errorf("make up a certificate: %w", err)
				}
				w.certificates[arn] = made
			}
			balancer.Certificates[i] = w.certificates[arn]
		}
	}
	if len(w.certificates) > 0 {
		w.note("certificates stand in a real account: the rehearsal uses made-up ones")
	}
	return nil
}

func (w *world) requestCertificate(ctx context.Context, domain string) (arn string, err error) {
	var made struct{ CertificateArn string }
	err = w.caller(w.admin).json(ctx, "acm", "CertificateManager.RequestCertificate", map[string]any{"DomainName": domain}, &made)
	return made.CertificateArn, err
}
