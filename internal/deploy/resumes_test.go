package deploy

import "testing"

// What an apply goes on with, and what it makes anew.
func TestResumes(t *testing.T) {
	terraform := &Terraform{config: Config{TakesOver: []string{"aws_lb", "aws_vpc_endpoint"}}}
	for kind, want := range map[string]bool{
		"aws_lb":                             true,  // its name is taken
		"aws_s3_bucket":                      true,  // it holds data
		"aws_s3_bucket_versioning":           true,  // the old one's end takes away what the new one wrote
		"aws_iam_role_policy":                true,  // the same
		"aws_vpc_security_group_egress_rule": true,  // AWS refuses a second one
		"aws_vpc_endpoint":                   false, // it may have failed for good
		"terraform_data":                     false, // somebody's provisioner may have failed
	} {
		if got := terraform.resumes(kind); got != want {
			t.Errorf("%s: %v, want %v", kind, got, want)
		}
	}
}
