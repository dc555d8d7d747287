"""Evaluates IAM policy documents: does this statement speak about this call, and what do all of them say together?

Knows the policy language (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html) and
neither moto nor HTTP. Policy variables such as ${aws:username} are not replaced. An operator that is not known here
is an error, since to ignore a condition would be to allow more than AWS does.
"""

import functools
import re


def decide(statements, action, resource, context):
    """"Deny" if any statement denies the call, else "Allow" if any allows it, else None.

    context: condition key (lower case) → text, or a list of texts for a key with many values.
    """
    effects = {s["Effect"] for s in statements if applies(s, action, resource, context)}
    return "Deny" if "Deny" in effects else "Allow" if "Allow" in effects else None


def applies(statement, action, resource, context):
    """Whether the statement's action, resource and condition elements all match the call. A trust policy's
    statement has no resource, and matches any."""
    return (
        element(statement, "Action", action.lower(), str.lower)
        and element(statement, "Resource", resource, str)
        and conditions_hold(statement.get("Condition", {}), context)
    )


def element(statement, name, value, prepare):
    if "Not" + name in statement:
        return not any(like(prepare(p), value) for p in as_list(statement["Not" + name]))
    if name not in statement:
        return True
    return any(like(prepare(p), value) for p in as_list(statement[name]))


def conditions_hold(conditions, context):
    """All operators and all their keys must hold; of a key's values, one is enough."""
    return all(
        holds(operator, context.get(key.lower()), [as_text(v) for v in as_list(wanted)])
        for operator, keys in conditions.items()
        for key, wanted in keys.items()
    )


def holds(operator, actual, wanted):
    quantifier, _, name = operator.rpartition(":")
    if name == "Null":
        return (actual is None) == (wanted[0].lower() == "true")
    name, if_exists = (name[:-8], True) if name.endswith("IfExists") else (name, False)
    compare, negated = operator_named(name)
    if actual is None:
        return if_exists or quantifier == "ForAllValues" or (negated and not quantifier)
    matches = [any(compare(w, a) for w in wanted) != negated for a in map(as_text, as_list(actual))]
    every = quantifier == "ForAllValues" or (negated and not quantifier)
    return all(matches) if every else any(matches)


def operator_named(name):
    """How the operator compares (wanted, actual), and whether it is the negation of that."""
    positive = name.replace("Not", "", 1)
    compare = {
        "StringEquals": str.__eq__,
        "StringEqualsIgnoreCase": lambda w, a: w.lower() == a.lower(),
        "StringLike": lambda w, a: like(w, a),
        "ArnEquals": lambda w, a: like_arn(w, a),
        "ArnLike": lambda w, a: like_arn(w, a),
        "Bool": lambda w, a: w.lower() == a.lower(),
        "NumericEquals": lambda w, a: float(w) == float(a),
        "NumericLessThan": lambda w, a: float(a) < float(w),
        "NumericLessThanEquals": lambda w, a: float(a) <= float(w),
        "NumericGreaterThan": lambda w, a: float(a) > float(w),
        "NumericGreaterThanEquals": lambda w, a: float(a) >= float(w),
    }.get(positive)
    if compare is None:
        raise ValueError(f"the condition operator {name} is not known to the local AWS")
    return compare, positive != name


def like_arn(wanted, actual):
    """An ARN matches part by part: a * in one of the first five never reaches over a colon."""
    wanted, actual = wanted.split(":", 5), actual.split(":", 5)
    return len(wanted) == len(actual) and all(map(like, wanted, actual))


def like(pattern, value):
    """Whether all of value matches a pattern of * (any text) and ? (any one character)."""
    return compiled(pattern).fullmatch(value) is not None


@functools.lru_cache(maxsize=4096)
def compiled(pattern):
    parts = {"*": ".*", "?": "."}
    return re.compile("".join(parts.get(c) or re.escape(c) for c in pattern), re.DOTALL)


def as_list(value):
    return value if isinstance(value, list) else [value]


def as_text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)
