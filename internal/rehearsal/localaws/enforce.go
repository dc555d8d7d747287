package localaws

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

// Enforce switches the permissions of roles and users on or off. They are off
// at first. The administrator of an account ([Server.EnvFor]) may do anything
// in both cases; a role assumed with sts:AssumeRole may do what its policies
// allow, with resources and conditions, and is refused the rest with
// AccessDenied or AccessDeniedException.
//
// A service of AWS assumes a role through the administrator: with the service
// principal (codebuild.amazonaws.com) as the session's name and, where the
// trust policy asks for it, the ARN of what it acts for as the external id.
// The role's trust policy then decides, whether permissions are on or not.
func (s *Server) Enforce(ctx context.Context, on bool) error {
	unchecked := "inf" // How many requests go unchecked.
	if on {
		unchecked = "0"
	}
	if err := s.post(ctx, "/moto-api/reset-auth", unchecked); err != nil {
		return fmt.Errorf("local AWS: switch permissions: %w", err)
	}
	return nil
}

// Reset forgets everything that was ever created in any account.
func (s *Server) Reset(ctx context.Context) error {
	if err := s.post(ctx, "/moto-api/reset", ""); err != nil {
		return fmt.Errorf("local AWS: reset: %w", err)
	}
	return nil
}

func (s *Server) post(ctx context.Context, path, body string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "text/plain")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("POST %s: %s", path, answer.Status)
	}
	return nil
}
