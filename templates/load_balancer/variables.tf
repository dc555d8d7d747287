variable "allowed_cidrs" {
  type        = list(string)
  description = "Ranges of addresses that may reach the load balancer."
}

variable "certificate_arns" {
  type        = list(string)
  description = "ARNs of the certificates. The first is for clients that name no host."
  default     = []
}

variable "force_destroy" {
  type        = bool
  description = "Whether to remove the log bucket although it holds logs. Set it, apply, then destroy."
  default     = false
}

variable "internal" {
  type        = bool
  description = "Whether the load balancer has private addresses only."
  default     = false
}

variable "listener_port" {
  type        = number
  description = "Port that clients connect to, 1 to 65535."
}

variable "log_bucket_prefix" {
  type        = string
  description = "What the log bucket's name begins with, at most 37 characters: S3 adds the rest."
}

variable "log_retention_days" {
  type        = number
  description = "Days for which access logs are kept."
  default     = 365
}

variable "name" {
  type        = string
  description = "Name of the load balancer, at most 32 characters, and what the name of its security group begins with."
}

variable "redirect_ports" {
  type        = list(string)
  description = "Ports on which clients without encryption are sent to the listener."
  default     = []
}

variable "subnet_ids" {
  type        = list(string)
  description = "IDs of the load balancer's subnets, in two zones at least."
}

variable "vpc_id" {
  type        = string
  description = "ID of the load balancer's VPC."
}
