output "id" {
  description = "ARN of the service."
  value       = aws_ecs_service.this.id
}

output "security_group_id" {
  description = "ID of the tasks' security group, to open a database to them."
  value       = aws_security_group.this.id
}

output "task_role_name" {
  description = "Name of the role that tasks run as, to add a permission of your own to."
  value       = aws_iam_role.task.name
}
