"""KMS."""


def apply():
    """A key has an ID that nobody can choose. Here a tag _custom_id_ does, as in moto elsewhere, so that a key which a
    project names can be made up."""
    from moto.kms.models import KmsBackend

    plain = KmsBackend.create_key

    def create_key(self, policy, key_usage, key_spec, description, tags, *arguments, **named):
        key = plain(self, policy, key_usage, key_spec, description, tags, *arguments, **named)
        chosen = next((t["TagValue"] for t in tags or [] if t["TagKey"] == "_custom_id_"), None)
        if chosen:
            del self.keys[key.id]
            key.id, key.arn = chosen, key.arn.replace(key.id, chosen)
            self.keys[key.id] = key
        return key

    KmsBackend.create_key = create_key
