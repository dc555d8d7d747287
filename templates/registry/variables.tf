variable "force_destroy" {
  type        = bool
  description = "Whether to remove the repository although it holds images. Set it, apply, then destroy."
  default     = false
}

variable "image_tag_mutability" {
  type        = string
  description = "IMMUTABLE, so that a tag always means the image it first meant, or MUTABLE."
  default     = "IMMUTABLE"

  validation {
    condition     = contains(["IMMUTABLE", "MUTABLE"], var.image_tag_mutability)
    error_message = "The mutability is IMMUTABLE or MUTABLE."
  }
}

variable "keep" {
  type        = number
  description = "How many images with a tag stay; 0 for all."
  default     = 0
}

variable "name" {
  type        = string
  description = "Name of the repository: lower case, 2 to 256 characters."
}

variable "scan_on_push" {
  type        = bool
  description = "Whether each image is scanned for known vulnerabilities when it arrives."
  default     = true
}
