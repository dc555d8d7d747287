# Every kind of resource that a delivery pipeline to ECS needs, in the shape that meets most of what an emulator
# may get wrong. It is a test of the local AWS, not an example.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]

  default_tags {
    tags = {
      Project = "stack"
    }
  }
}

data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_availability_zones" "this" {
  state = "available"
}

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }

  filter {
    name   = "default-for-az"
    values = ["true"]
  }
}

variable "cpu" {
  type    = number
  default = 256
}

variable "token" {
  type      = string
  default   = "planted-secret"
  ephemeral = true
}

locals {
  services = {
    web  = { count = 2, port = 80 }
    blue = { count = 3, port = 8080 }
  }
}
