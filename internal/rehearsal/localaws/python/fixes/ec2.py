"""EC2: security groups and launch templates."""


def apply():
    """A security group's rule that names another group loses its description. A launch template's own tags come back
    as tags of what it launches, and those that it gets later (CreateTags) do not come back at all. Each is a change
    that every plan shows again."""
    from moto.ec2.models.launch_templates import LaunchTemplate, LaunchTemplateVersion
    from moto.ec2.models.security_groups import SecurityGroupRule

    SecurityGroupRule.description = property(description)
    plain = LaunchTemplateVersion.__init__

    def init(self, template, number, data, description):
        plain(self, template, number, without_own_tags(data), description)

    LaunchTemplateVersion.__init__ = init
    LaunchTemplate.tags = property(lambda template: template.get_tags(), lambda template, made_with: None)


def description(rule):
    return rule.ip_range.get("Description") or rule.source_group.get("Description")


def without_own_tags(data):
    launched = [s for s in data.get("TagSpecifications", []) if s.get("ResourceType") != "launch-template"]
    data = {key: value for key, value in data.items() if key != "TagSpecifications"}
    return {**data, "TagSpecifications": launched} if launched else data
