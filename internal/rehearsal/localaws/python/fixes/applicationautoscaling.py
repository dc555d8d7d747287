"""Application Auto Scaling."""

import json


def apply():
    """Tags of a scalable target are forgotten and cannot be listed, so that the provider cannot read one."""
    from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

    plain = ApplicationAutoScalingResponse.register_scalable_target

    def register_scalable_target(self):
        answer = plain(self)
        tags = {k: str(v) for k, v in (self._get_param("Tags") or {}).items()}
        by_arn(self).setdefault(json.loads(answer)["ScalableTargetARN"], {}).update(tags)
        return answer

    ApplicationAutoScalingResponse.register_scalable_target = register_scalable_target
    for action in (list_tags_for_resource, tag_resource, untag_resource):
        setattr(ApplicationAutoScalingResponse, action.__name__, action)


def list_tags_for_resource(self):
    return json.dumps({"Tags": tags(self)})


def tag_resource(self):
    tags(self).update(self._get_param("Tags"))
    return "{}"


def untag_resource(self):
    for key in self._get_param("TagKeys"):
        tags(self).pop(key, None)
    return "{}"


def tags(self):
    return by_arn(self).setdefault(self._get_param("ResourceARN"), {})


def by_arn(self):
    return self.applicationautoscaling_backend.__dict__.setdefault("tags_of_targets", {})
