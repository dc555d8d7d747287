"""EC2 Auto Scaling."""


def apply():
    """A group's maximum lifetime of instances is forgotten, so that each plan sets it anew, and no refresh of a group's
    instances can be started. AWS renews the instances by and by and answers at once
    (https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_StartInstanceRefresh.html)."""
    from moto.autoscaling.responses import AutoScalingResponse

    for name in ("create_auto_scaling_group", "update_auto_scaling_group"):
        setattr(AutoScalingResponse, name, remembering(getattr(AutoScalingResponse, name)))
    AutoScalingResponse.start_instance_refresh = start_instance_refresh


def remembering(plain):
    def call(self):
        answer = plain(self)
        lifetime = self._get_int_param("MaxInstanceLifetime")
        if lifetime is not None:
            group(self).max_instance_lifetime = lifetime
        return answer

    return call


def start_instance_refresh(self):
    from moto.core.responses import ActionResult
    from moto.moto_api._internal import mock_random

    group(self)
    return ActionResult({"InstanceRefreshId": str(mock_random.uuid4())})


def group(self):
    """The group that is named, which there must be."""
    from moto.autoscaling.exceptions import ValidationError

    groups = self.autoscaling_backend.autoscaling_groups
    name = self._get_param("AutoScalingGroupName")
    if name not in groups:
        raise ValidationError("AutoScalingGroup name not found - AutoScalingGroup '%s' not found" % name)
    return groups[name]
