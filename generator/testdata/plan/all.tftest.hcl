# What AWS would answer, as far as the code looks at it.
mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["a", "b", "c"] }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_lb" {
    defaults = { dns_name = "shared.example", security_groups = ["sg-2", "sg-1"] }
  }

  mock_data "aws_lb_listener" {
    defaults = {
      load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shared/50dc6c495c0c9188"
      port              = 8443
      protocol          = "HTTPS"
    }
  }

  mock_data "aws_ssm_parameters_by_path" {
    defaults = { names = ["/ecs/app/app/live/service"] }
  }

  mock_data "aws_subnets" {
    defaults = { ids = ["subnet-1", "subnet-2"] }
  }

  mock_data "aws_vpc" {
    defaults = { cidr_block_associations = [{ association_id = "vpc-cidr-assoc-1", cidr_block = "172.31.0.0/16", state = "associated" }] }
  }
}

run "plan" {
  command = plan
}
