"""EC2: security groups and launch templates."""


def apply():
    """A security group's rule that names another group loses its description, and goes on naming that group when it is
    to name a third one (API_ModifySecurityGroupRules: ReferencedGroupId). A launch template's own tags come back
    as tags of what it launches, and those that it gets later (CreateTags) do not come back at all. Each is a change
    that every plan shows again."""
    from moto.ec2.models.launch_templates import LaunchTemplate, LaunchTemplateVersion
    from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule

    SecurityGroupRule.description = property(description)
    SecurityGroupBackend.modify_security_group_rules = modify_rules(SecurityGroupBackend.modify_security_group_rules)
    plain = LaunchTemplateVersion.__init__

    def init(self, template, number, data, description):
        plain(self, template, number, without_own_tags(data), description)

    LaunchTemplateVersion.__init__ = init
    LaunchTemplate.tags = property(lambda template: template.get_tags(), lambda template, made_with: None)


def modify_rules(plain):
    def modify_security_group_rules(self, group_id, rules):
        plain(self, group_id, rules)
        for rule_id, new in rules.items():
            if new.get("ReferencedGroupId"):
                self.get_security_group_by_name_or_id(group_id).get_rule(rule_id).source_group["GroupId"] = new["ReferencedGroupId"]

    return modify_security_group_rules


def description(rule):
    return rule.ip_range.get("Description") or rule.source_group.get("Description")


def without_own_tags(data):
    launched = [s for s in data.get("TagSpecifications", []) if s.get("ResourceType") != "launch-template"]
    data = {key: value for key, value in data.items() if key != "TagSpecifications"}
    return {**data, "TagSpecifications": launched} if launched else data
