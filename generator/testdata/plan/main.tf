# TestPlan calls the roots of all specs below this one.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
